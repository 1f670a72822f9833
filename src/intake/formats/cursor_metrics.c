/* One row of Cursor's Analytics API; see cursor_metrics.h. */
#include "cursor_metrics.h"

#include <string.h>

#include "cursor_kinds.h"
#include "cursor_walk.h"

#define MOST_MODELS 1000 /* of one row */

/* The members that decide or count, by name. Those of MODELS hold objects. */
static const struct {
    const char *name;
    guint field;
    TmCursorMetric metric;
} members[] = {
    {"event_date", TM_CURSOR_ROW_DAY, TM_CURSOR_METRIC_UNKNOWN},
    {"date", TM_CURSOR_ROW_DAY, TM_CURSOR_METRIC_UNKNOWN},
    {"total_suggestions", TM_CURSOR_ROW_TABS_SHOWN, TM_CURSOR_METRIC_TABS},
    {"total_accepts", TM_CURSOR_ROW_TABS_ACCEPTED, TM_CURSOR_METRIC_TABS},
    {"total_rejects", TM_CURSOR_ROW_TABS_REJECTED, TM_CURSOR_METRIC_TABS},
    {"total_suggested_diffs", TM_CURSOR_ROW_DIFFS_SHOWN, TM_CURSOR_METRIC_EDITS},
    {"total_accepted_diffs", TM_CURSOR_ROW_DIFFS_ACCEPTED, TM_CURSOR_METRIC_EDITS},
    {"total_rejected_diffs", TM_CURSOR_ROW_DIFFS_REJECTED, TM_CURSOR_METRIC_EDITS},
    {"model_breakdown", TM_CURSOR_ROW_MODELS, TM_CURSOR_METRIC_MODELS},
    {"usage", TM_CURSOR_ROW_USAGE, TM_CURSOR_METRIC_WORKFLOWS},
    {"model", TM_CURSOR_ROW_USAGE_MODEL, TM_CURSOR_METRIC_UNKNOWN},
    {"command_name", TM_CURSOR_ROW_NAMES, TM_CURSOR_METRIC_UNKNOWN},
    {"skill_name", TM_CURSOR_ROW_NAMES, TM_CURSOR_METRIC_UNKNOWN},
    {"tool_name", TM_CURSOR_ROW_NAMES, TM_CURSOR_METRIC_UNKNOWN},
    {"mcp_server_name", TM_CURSOR_ROW_NAMES, TM_CURSOR_METRIC_UNKNOWN},
    {"client_version", TM_CURSOR_ROW_VERSION, TM_CURSOR_METRIC_VERSIONS},
    {"user_count", TM_CURSOR_ROW_VERSION_REST, TM_CURSOR_METRIC_UNKNOWN},
    {"percentage", TM_CURSOR_ROW_VERSION_REST, TM_CURSOR_METRIC_UNKNOWN},
    {"file_extension", TM_CURSOR_ROW_FILES, TM_CURSOR_METRIC_FILES},
    {"total_files", TM_CURSOR_ROW_FILES_REST, TM_CURSOR_METRIC_FILES},
};

/* Names of the field that is known and not read at all. */
static gboolean is_lines(TmCell name)
{
    return tm_cell_begins(name, "total_") && tm_cell_contains(name, "lines_");
}

void tm_cursor_metric_reset(TmCursorMetricRow *row)
{
    GArray *models =
        row->models != NULL ? row->models : g_array_new(FALSE, FALSE, sizeof(TmCursorModel));
    g_array_set_size(models, 0);
    *row = (TmCursorMetricRow){.day = TM_DAY_NONE, .models = models};
}

/* The numbers of one model, to their end even if one is bad. */
static gboolean read_messages(
    const TmFieldRule *rule, TmReading *reading, TmJsonRecord *record, TmCount *messages)
{
    gboolean taken = TRUE;
    while (tm_json_record_next(record)) {
        TmCell name;
        TmJsonValue value;
        name.text = tm_json_record_key(record, &name.length);
        if (!taken || !tm_cell_equals(name, "messages"))
            continue;
        tm_json_record_value(record, &value);
        taken = value.kind != TM_JSON_BROKEN && tm_json_take_count(reading, rule, &value, messages);
    }
    return taken;
}

/* The members of a breakdown: model → its numbers. */
static void read_models(
    const TmFieldRule *rules, TmReading *reading, TmJsonRecord *record, TmCursorMetricRow *row)
{
    while (tm_json_record_next(record)) {
        TmCursorModel model;
        TmCount messages = {0};
        TmJsonValue value;
        model.name.text = tm_json_record_key(record, &model.name.length);
        tm_json_record_value(record, &value);
        if (value.kind != TM_JSON_OBJECT || row->bad || !tm_json_record_enter(record))
            continue;
        row->bad = !read_messages(&rules[TM_CURSOR_ROW_MESSAGES], reading, record, &messages);
        model.messages = messages.value;
        if (messages.present && row->models->len < MOST_MODELS)
            g_array_append_val(row->models, model);
    }
}

static gboolean take_count(TmReading *reading, const TmFieldRule *rule, guint field,
    const TmJsonValue *value, TmCursorMetricRow *row)
{
    switch (field) {
    case TM_CURSOR_ROW_TABS_SHOWN:
    case TM_CURSOR_ROW_DIFFS_SHOWN:
        return tm_json_take_count(reading, rule, value, &row->shown);
    case TM_CURSOR_ROW_TABS_ACCEPTED:
    case TM_CURSOR_ROW_DIFFS_ACCEPTED:
        return tm_json_take_count(reading, rule, value, &row->accepted);
    case TM_CURSOR_ROW_TABS_REJECTED:
    case TM_CURSOR_ROW_DIFFS_REJECTED:
        return tm_json_take_count(reading, rule, value, &row->rejected);
    default:
        return tm_json_take_count(reading, rule, value, &row->usage);
    }
}

static void read_member(const TmFieldRule *rules, TmReading *reading, TmJsonRecord *record,
    guint field, TmCursorMetricRow *row)
{
    const TmFieldRule *rule = &rules[field];
    TmJsonValue value;
    if (rule->use == TM_FIELD_CONTENT)
        reading->summary->dropped_content_fields++;
    if (rule->use != TM_FIELD_READ || field == TM_CURSOR_ROW_VERSION || row->bad)
        return;
    tm_json_record_value(record, &value);
    if (value.kind == TM_JSON_BROKEN)
        return;
    if (field == TM_CURSOR_ROW_DAY)
        row->bad = !tm_cursor_take_date(reading, rule, &value, &row->day);
    else if (field != TM_CURSOR_ROW_MODELS)
        row->bad = !take_count(reading, rule, field, &value, row);
    else if (value.kind == TM_JSON_OBJECT && tm_json_record_enter(record))
        read_models(rules, reading, record, row);
}

gboolean tm_cursor_metric_member(const TmFieldRule *rules, TmReading *reading, TmJsonRecord *record,
    TmCell name, TmCursorMetricRow *row)
{
    for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
        if (!tm_cell_same(name, (TmCell){members[i].name, strlen(members[i].name)}))
            continue;
        if (members[i].metric != TM_CURSOR_METRIC_UNKNOWN && row->metric != TM_CURSOR_METRIC_FILES)
            row->metric = members[i].metric;
        read_member(rules, reading, record, members[i].field, row);
        return TRUE;
    }
    return is_lines(name);
}

static void set_count(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_set(measures, measure, count.value);
}

static void set_acceptance(const TmCursorMetricRow *row, TmRecord *record)
{
    gint64 interactions = row->accepted.value;
    gboolean asked = row->metric == TM_CURSOR_METRIC_EDITS && row->shown.value > 0;
    record->surface =
        row->metric == TM_CURSOR_METRIC_EDITS ? TM_SURFACE_AGENT : TM_SURFACE_COMPLETION;
    tm_measures_set(
        &record->measures, TM_MEASURE_INTERACTIONS, interactions == 0 && asked ? 1 : interactions);
    set_count(&record->measures, TM_MEASURE_SHOWN, row->shown);
    set_count(&record->measures, TM_MEASURE_ACCEPTED, row->accepted);
    set_count(&record->measures, TM_MEASURE_REJECTED, row->rejected);
}

static void set_requests(TmMeasures *measures, gint64 requests)
{
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, requests);
    tm_measures_set(measures, TM_MEASURE_REQUESTS, requests);
}

static void take_models(TmReading *reading, const TmCursorMetricRow *row, TmRecord *record)
{
    for (guint i = 0; i < row->models->len; i++) {
        const TmCursorModel *model = &g_array_index(row->models, TmCursorModel, i);
        record->part = i;
        tm_cursor_set_model(record, model->name);
        set_requests(&record->measures, model->messages);
        tm_reading_take(reading, record);
    }
    if (row->models->len > 0)
        return;
    set_requests(&record->measures, 0);
    tm_reading_take(reading, record);
}

void tm_cursor_metric_take(TmReading *reading, const TmCursorMetricRow *row, TmRecord *record)
{
    if (row->metric == TM_CURSOR_METRIC_MODELS) {
        take_models(reading, row, record);
        return;
    }
    if (row->metric == TM_CURSOR_METRIC_WORKFLOWS)
        tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, MIN(row->usage.value, 1));
    else
        set_acceptance(row, record);
    tm_reading_take(reading, record);
}
