/*
 * reading: what all formats of this room share while one file is read: where we are, what is left
 * out and why, whose an item is, and the way to the sink.
 */
#ifndef TIDEMARK_OUTCOMES_READING_H
#define TIDEMARK_OUTCOMES_READING_H

#include <tidemark/outcomes.h>
#include <tidemark/records.h>

#define OUTCOME_FIELDS 40 /* of one format */
#define OUTCOME_MORE 64   /* further values of fields that may have several; the rest is dropped */

/*
 * One record, from a row or an object: the first value of each field by its place in the table;
 * text NULL: the record has no such field. Further values stand in `more`.
 */
typedef struct OutcomeValues {
    TmCell cells[OUTCOME_FIELDS];
    guint more_count;
    struct {
        guint field;
        TmCell cell;
    } more[OUTCOME_MORE];
} OutcomeValues;

typedef struct OutcomeFormat OutcomeFormat;

typedef struct OutcomeReading {
    const char *path;
    const TmOutcomeOptions *options;
    const TmSetup *setup;
    const TmOutcomeSink *sink;
    TmOutcomeSummary *summary;
    TmDiagnostics *diagnostics;
    const OutcomeFormat *format; /* NULL until recognised */
    guint64 line, column;        /* where the record being read begins */
    guint64 rows;                /* records seen, taken or not */
    GHashTable *team_ids;        /* -> index + 1; made when first asked for */
    TmDateOrder date_order;      /* as the settings or the file say */
    gboolean undecided;          /* it was reported that the file does not show the order */
} OutcomeReading;

void outcome_reading_clear(OutcomeReading *reading);

/* Reports about the record being read. skip() also counts it as left out. */
void outcome_skip(OutcomeReading *reading, TmDiagnosticKind kind, const char *field,
    const char *format, ...) G_GNUC_PRINTF(4, 5);
void outcome_report(OutcomeReading *reading, TmDiagnosticKind kind, const char *field,
    const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Counts the record as known and not wanted. */
void outcome_exclude(OutcomeReading *reading, TmOutcomeExclusion exclusion);

/* FALSE for a day before 1970 or after the day of this run, which is reported. */
gboolean outcome_admits(OutcomeReading *reading, TmDay day, const char *field);

/* The record became something: widens the days of the summary and counts. */
void outcome_note_taken(OutcomeReading *reading, TmDay day);

/*
 * Hands `item` to the sink as a count of `metric`. `identity` is the hash of what tells the item
 * from others of its source; source, metric and rank are added here.
 */
void outcome_take(
    OutcomeReading *reading, TmOutcome *item, TmKeyHash identity, TmOutcomeMetric metric);

/* The same for a metric by name. */
void outcome_take_named(
    OutcomeReading *reading, TmOutcome *item, TmKeyHash identity, const char *metric);

/* Fills project and project_key of an item; `key` must be long enough for any key. */
#define OUTCOME_KEY_SIZE 40
void outcome_set_project(TmOutcome *item, TmCell project, char key[OUTCOME_KEY_SIZE]);

/* The unit with this id; "*" is the organisation. TM_TEAM_NONE if there is none. */
TmTeamIndex outcome_team_by_id(OutcomeReading *reading, TmCell id);

/* ---- Attribution ------------------------------------------------------------------------- */

/*
 * The team of the person on the day; TM_TEAM_NONE if nobody on the roster has the account. Sets
 * *ignored when the set-up leaves the account out on purpose.
 */
TmTeamIndex outcome_team_of(const OutcomeReading *reading, TmToolIndex tool, TmIdentityKind kind,
    TmCell account, TmDay day, gboolean *ignored);

/* The account is by its form that of a bot. */
gboolean outcome_is_bot(TmCell account);

/* ---- Texts ------------------------------------------------------------------------------- */

/* One of the texts in `list`, by comma, is `value`, but for case and the signs between words. */
gboolean outcome_list_has(const char *list, TmCell value);

/* The next part of a cell with commas; FALSE behind the last one. Advances the cell. */
gboolean outcome_next_part(TmCell *rest, TmCell *part);

/*
 * Of "https://host/group/project/-/kind/7" with the marker "/kind/": the host with the path, and
 * the path "group/project" alone. FALSE if it is no such address.
 */
gboolean outcome_split_address(TmCell address, const char *marker, TmCell *site, TmCell *project);

/* The value of a field, without blanks; empty where the record or the format has none. */
#define OUTCOME_NO_FIELD G_MAXUINT
TmCell outcome_value(const OutcomeValues *values, guint field);

/* Some value of the field, or a part of it, is in the list. */
gboolean outcome_any_in_list(const OutcomeValues *values, guint field, const char *list);

#endif
