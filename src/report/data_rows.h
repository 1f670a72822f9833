/*
 * Rows of the data files: one for each published cell that the executive report rests on. CSV and
 * JSON write the same rows in the same order.
 */
#ifndef TIDEMARK_REPORT_DATA_ROWS_H
#define TIDEMARK_REPORT_DATA_ROWS_H

#include <tidemark/report.h>

typedef struct DataRow {
    const TmCell *cell;
    const TmKpi *kpi;
    const char *scope_name;
    const char *scope_kind; /* "organisation", "department", "team", … */
    const char *state;      /* "value", "band", "not shown", "not measured" */
    const char *unit;       /* "percent", "people", "USD", … */
    gboolean has_last_week; /* the week before may be compared with */
    gint64 last_week;
    gboolean has_target;
    gint64 target;
} DataRow;

/*
 * All rows: the organisation's cells of the twelve weeks that are drawn, oldest week first, and in
 * the issue's week those of every group with a line of its own. Owned by the caller.
 */
GArray *data_rows_new(const TmIssue *issue);

/* Names as they stand in the files. Borrowed. */
const char *data_scope_kind(TmScopeKind kind);
const char *data_state(TmCellState state);
const char *data_unit_name(TmUnit unit, const char *currency);

/* A value in plain units and its published precision: "14893.22", "6.8", "62". Owned by caller. */
char *data_value(const TmKpi *kpi, gint64 value);

/* TRUE for KPIs that the organisation's data files may hold: not support, and for executives. */
gboolean data_shows_kpi(const TmKpi *kpi);

/* The same in micro-units, for JSON. */
gint64 data_micros(const TmKpi *kpi, gint64 value);

/* ---- CSV: each field ends in a comma, the end of the line takes the place of the last one ---- */

void data_csv_append(GString *line, const char *text);
void data_csv_append_value(GString *line, const TmKpi *kpi, gboolean given, gint64 value);
void data_csv_append_flags(GString *line, guint flags);
void data_csv_end_line(GString *text);

/* ---- JSON -------------------------------------------------------------------------------- */

/* What every JSON file says first of its issue; leaves the object open. */
void data_json_begin(TmJson *json, const TmIssue *issue);

/* A member of an object; NULL writes null. */
void data_json_string(TmJson *json, const char *key, const char *text);
void data_json_integer(TmJson *json, const char *key, gint64 value);
void data_json_value(TmJson *json, const char *key, const TmKpi *kpi, gboolean given, gint64 value);
void data_json_flags(TmJson *json, guint flags);

#endif
