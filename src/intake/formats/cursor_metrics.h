/*
 * cursor_metrics: one row of Cursor's Analytics API. Rows of people and of the team are of one
 * shape; their members say which metric a row is of.
 */
#ifndef TIDEMARK_INTAKE_CURSOR_METRICS_H
#define TIDEMARK_INTAKE_CURSOR_METRICS_H

#include "../json_values.h"

/* The numbers are part of record keys: they must never change. */
typedef enum TmCursorMetric {
    TM_CURSOR_METRIC_UNKNOWN,
    TM_CURSOR_METRIC_TABS,
    TM_CURSOR_METRIC_EDITS,
    TM_CURSOR_METRIC_MODELS,
    TM_CURSOR_METRIC_WORKFLOWS, /* commands, plans, skills, ask mode, MCP */
    TM_CURSOR_METRIC_VERSIONS,  /* this and the next are not read */
    TM_CURSOR_METRIC_FILES,
    TM_CURSOR_METRICS
} TmCursorMetric;

/* A model and its messages; the name lives as long as the record. */
typedef struct TmCursorModel {
    TmCell name;
    gint64 messages;
} TmCursorModel;

typedef struct TmCursorMetricRow {
    gboolean bad; /* reported; the rest of it was dropped */
    TmCursorMetric metric;
    TmDay day;
    TmCount shown, accepted, rejected, usage;
    GArray *models; /* TmCursorModel; owned by whoever reads */
} TmCursorMetricRow;

/* The fields of a row, for tables: `prefix` is the path to it. In the order of their numbers. */
enum {
    TM_CURSOR_ROW_DAY,
    TM_CURSOR_ROW_TABS_SHOWN,
    TM_CURSOR_ROW_TABS_ACCEPTED,
    TM_CURSOR_ROW_TABS_REJECTED,
    TM_CURSOR_ROW_DIFFS_SHOWN,
    TM_CURSOR_ROW_DIFFS_ACCEPTED,
    TM_CURSOR_ROW_DIFFS_REJECTED,
    TM_CURSOR_ROW_MODELS,
    TM_CURSOR_ROW_MESSAGES,
    TM_CURSOR_ROW_MODEL_USERS,
    TM_CURSOR_ROW_USAGE,
    TM_CURSOR_ROW_USAGE_MODEL,
    TM_CURSOR_ROW_NAMES,
    TM_CURSOR_ROW_LINES,
    TM_CURSOR_ROW_VERSION,
    TM_CURSOR_ROW_VERSION_REST,
    TM_CURSOR_ROW_FILES,
    TM_CURSOR_ROW_FILES_REST,
    TM_CURSOR_ROW_FIELDS
};

#define TM_CURSOR_ROW_RULES(prefix)                                                                \
    [TM_CURSOR_ROW_DAY] = {prefix "event_date|" prefix "date", TM_FIELD_READ, "day, record key",   \
        "UTC day"},                                                                                \
    [TM_CURSOR_ROW_TABS_SHOWN] = {prefix "total_suggestions", TM_FIELD_READ, "shown",              \
        "completions"},                                                                            \
    [TM_CURSOR_ROW_TABS_ACCEPTED] = {prefix "total_accepts", TM_FIELD_READ,                        \
        "accepted, interactions", "completions; by type of file they are not read"},               \
    [TM_CURSOR_ROW_TABS_REJECTED] = {prefix "total_rejects", TM_FIELD_READ, "rejected",            \
        "completions"},                                                                            \
    [TM_CURSOR_ROW_DIFFS_SHOWN] = {prefix "total_suggested_diffs", TM_FIELD_READ,                  \
        "shown, interactions", "the agent was asked: one interaction where none was accepted"},    \
    [TM_CURSOR_ROW_DIFFS_ACCEPTED] = {prefix "total_accepted_diffs", TM_FIELD_READ,                \
        "accepted, interactions", "differences made by the agent"},                                \
    [TM_CURSOR_ROW_DIFFS_REJECTED] = {prefix "total_rejected_diffs", TM_FIELD_READ, "rejected",    \
        "differences made by the agent"},                                                          \
    [TM_CURSOR_ROW_MODELS] = {prefix "model_breakdown", TM_FIELD_READ, "model, part",              \
        "one part for each model; default is read as auto"},                                       \
    [TM_CURSOR_ROW_MESSAGES] = {prefix "model_breakdown.*.messages", TM_FIELD_READ,                \
        "requests, interactions", ""},                                                             \
    [TM_CURSOR_ROW_MODEL_USERS] = {prefix "model_breakdown.*.users", TM_FIELD_IGNORED, "", ""},    \
    [TM_CURSOR_ROW_USAGE] = {prefix "usage", TM_FIELD_READ, "interactions",                        \
        "of commands, plans, skills, ask mode, MCP: one interaction of the day, since messages "   \
        "have them already; of the team not read"},                                                \
    [TM_CURSOR_ROW_USAGE_MODEL] = {prefix "model", TM_FIELD_IGNORED, "", ""},                      \
    [TM_CURSOR_ROW_NAMES] = {prefix "command_name|" prefix "skill_name|" prefix                    \
                                    "tool_name|" prefix "mcp_server_name",                         \
        TM_FIELD_CONTENT, "", "names given by people"},                                            \
    [TM_CURSOR_ROW_LINES] = {prefix                                                                \
        "total_green_lines_accepted|" prefix "total_red_lines_accepted|" prefix                    \
        "total_green_lines_rejected|" prefix "total_red_lines_rejected|" prefix                    \
        "total_green_lines_suggested|" prefix "total_red_lines_suggested|" prefix                  \
        "total_lines_suggested|" prefix "total_lines_accepted|" prefix "total_lines_rejected",     \
        TM_FIELD_IGNORED, "", "lines of code are not used"},                                       \
    [TM_CURSOR_ROW_VERSION] = {prefix "client_version", TM_FIELD_READ, "row kind",                 \
        "present: a row of client versions, refused"},                                             \
    [TM_CURSOR_ROW_VERSION_REST] = {prefix "user_count|" prefix "percentage", TM_FIELD_IGNORED,    \
        "", ""},                                                                                   \
    [TM_CURSOR_ROW_FILES] = {prefix "file_extension", TM_FIELD_CONTENT, "",                        \
        "may hold names of files; present: a row of types of files, refused"},                     \
    [TM_CURSOR_ROW_FILES_REST] = {prefix "total_files", TM_FIELD_IGNORED, "", ""}

/*
 * Reads one member of a row: the current one of the record, whose name is `name`. `rules` is the
 * table that begins with the rules above. FALSE when rows have no such member. A record that is
 * broken ends; tm_json_record_fault() says why.
 */
gboolean tm_cursor_metric_member(const TmFieldRule *rules, TmReading *reading, TmJsonRecord *record,
    TmCell name, TmCursorMetricRow *row);

/* Empties a row, and makes its array of models if there is none. */
void tm_cursor_metric_reset(TmCursorMetricRow *row);

/* Hands over a row of a metric that is read; what the record is of is filled in. */
void tm_cursor_metric_take(TmReading *reading, const TmCursorMetricRow *row, TmRecord *record);

#endif
