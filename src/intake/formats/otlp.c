/*
 * OpenTelemetry: the JSON files of a collector, in which each line is one whole export request of
 * logs, metrics or spans, or bodies of such requests; and what Gemini CLI writes by itself
 * (otlp_gemini_files.c). One file may hold several clients and kinds of data.
 *
 * A record is read without copying it. Members may stand in any order: where the list of points
 * comes before what they mean, it is passed over first and read in a second run.
 */
#include "otlp.h"

#include <string.h>

static const TmFormat table = {"otlp", "OpenTelemetry (OTLP JSON, Gemini CLI telemetry)",
    &tm_sources[TM_SOURCE_CLAUDE_CODE_OTEL_EVENTS], tm_otel_fields, TM_OTEL_KEY_COUNT};

void tm_otel_each_object(TmOtel *otel, void (*read)(TmOtel *otel))
{
    if (!tm_otel_enter(otel->record, TM_JSON_ARRAY))
        return;
    while (tm_json_record_next(otel->record))
        if (tm_otel_enter(otel->record, TM_JSON_OBJECT))
            read(otel);
}

/* Nanoseconds: digits, as text or number; 0 for anything else. */
static guint64 read_time(TmOtel *otel)
{
    gint64 time = 0;
    TmCell text = tm_otel_read_scalar(otel->record);
    gboolean fits = text.text != NULL && tm_integer_parse(text.text, text.length, &time);
    return fits && time > 0 ? (guint64)time : 0;
}

/* Attributes of the item that is being read, over those of its resource. */
static void read_attributes(TmOtel *otel)
{
    tm_otel_read_list(&otel->attributes, &otel->item.attributes);
}

/* ---- Log records --------------------------------------------------------------------------- */

static void read_log_record(TmOtel *otel)
{
    TmOtelItem *item = tm_otel_item_begin(otel, TM_OTEL_EVENT);
    guint64 observed = 0;
    while (tm_json_record_next(otel->record)) {
        TmCell name = tm_otel_key(otel->record);
        if (tm_otel_is(name, "attributes"))
            read_attributes(otel);
        else if (tm_otel_is(name, "timeUnixNano"))
            item->time = read_time(otel);
        else if (tm_otel_is(name, "observedTimeUnixNano"))
            observed = read_time(otel);
        else if (tm_otel_is(name, "eventName"))
            item->event = tm_otel_read_scalar(otel->record);
        else if (tm_otel_is(name, "body"))
            item->body = tm_otel_read_any(otel->record);
        else if (tm_otel_is(name, "traceId"))
            item->trace = tm_otel_read_scalar(otel->record);
        else if (tm_otel_is(name, "spanId"))
            item->span = tm_otel_read_scalar(otel->record);
    }
    item->time = item->time != 0 ? item->time : observed;
    tm_otel_dispatch(otel, item);
}

/* ---- Spans --------------------------------------------------------------------------------- */

static void read_span(TmOtel *otel)
{
    TmOtelItem *item = tm_otel_item_begin(otel, TM_OTEL_SPAN);
    while (tm_json_record_next(otel->record)) {
        TmCell name = tm_otel_key(otel->record);
        if (tm_otel_is(name, "attributes"))
            read_attributes(otel);
        else if (tm_otel_is(name, "startTimeUnixNano"))
            item->time = read_time(otel);
        else if (tm_otel_is(name, "traceId"))
            item->trace = tm_otel_read_scalar(otel->record);
        else if (tm_otel_is(name, "spanId"))
            item->span = tm_otel_read_scalar(otel->record);
    }
    tm_otel_dispatch(otel, item);
}

/* ---- Metrics ------------------------------------------------------------------------------- */

static void read_point(TmOtel *otel)
{
    TmOtelItem *item = tm_otel_item_begin(otel, TM_OTEL_POINT);
    item->metric = &otel->metric;
    while (tm_json_record_next(otel->record)) {
        TmCell name = tm_otel_key(otel->record);
        if (tm_otel_is(name, "attributes"))
            read_attributes(otel);
        else if (tm_otel_is(name, "startTimeUnixNano"))
            item->start = read_time(otel);
        else if (tm_otel_is(name, "timeUnixNano"))
            item->time = read_time(otel);
        else if (tm_otel_is(name, "asInt") || tm_otel_is(name, "asDouble") ||
                 tm_otel_is(name, "sum"))
            item->value = tm_otel_read_scalar(otel->record);
        else if (tm_otel_is(name, "count"))
            item->calls = tm_otel_read_scalar(otel->record);
    }
    tm_otel_dispatch(otel, item);
}

static TmOtelTemporality temporality_of(TmCell text)
{
    if (tm_otel_is(text, "1") || tm_otel_is(text, "AGGREGATION_TEMPORALITY_DELTA"))
        return TM_OTEL_DELTA;
    if (tm_otel_is(text, "2") || tm_otel_is(text, "AGGREGATION_TEMPORALITY_CUMULATIVE"))
        return TM_OTEL_CUMULATIVE;
    return TM_OTEL_UNSPECIFIED;
}

static gboolean is_points(TmCell name)
{
    return tm_otel_is(name, "dataPoints");
}

static gboolean read_temporality(gpointer user, TmCell name)
{
    TmOtel *otel = user;
    if (!tm_otel_is(name, "aggregationTemporality"))
        return FALSE;
    otel->metric.temporality = temporality_of(tm_otel_read_scalar(otel->record));
    return TRUE;
}

static void read_points(gpointer user, TmCell name G_GNUC_UNUSED)
{
    tm_otel_each_object(user, read_point);
}

static gboolean is_gauge(TmCell name)
{
    return tm_otel_is(name, "gauge");
}

static gboolean is_data(TmCell name)
{
    return is_gauge(name) || tm_otel_is(name, "sum") || tm_otel_is(name, "histogram") ||
           tm_otel_is(name, "exponentialHistogram");
}

static gboolean read_metric_name(gpointer user, TmCell name)
{
    TmOtel *otel = user;
    if (!tm_otel_is(name, "name"))
        return FALSE;
    otel->metric.name = tm_otel_read_scalar(otel->record);
    return TRUE;
}

static void read_data(gpointer user, TmCell name)
{
    static const TmOtelShape shape = {is_points, read_temporality, read_points};
    TmOtel *otel = user;
    if (!tm_otel_is_known_metric(otel->metric.name) || !tm_otel_enter(otel->record, TM_JSON_OBJECT))
        return;
    otel->metric.is_gauge = is_gauge(name);
    otel->metric.temporality = is_gauge(name) ? TM_OTEL_CUMULATIVE : TM_OTEL_UNSPECIFIED;
    tm_otel_read_shape(otel->record, &shape, otel);
}

static void read_metric(TmOtel *otel)
{
    static const TmOtelShape shape = {is_data, read_metric_name, read_data};
    otel->metric = (TmOtelMetric){0};
    tm_otel_read_shape(otel->record, &shape, otel);
}

/* ---- Scopes and resources ------------------------------------------------------------------ */

static const struct {
    const char *request, *scopes, *items;
    const char *old_request_scopes; /* of protocols before 0.15 */
    void (*read)(TmOtel *otel);
} signals[] = {
    {"resourceLogs", "scopeLogs", "logRecords", "instrumentationLibraryLogs", read_log_record},
    {"resourceMetrics", "scopeMetrics", "metrics", "instrumentationLibraryMetrics", read_metric},
    {"resourceSpans", "scopeSpans", "spans", "instrumentationLibrarySpans", read_span},
};

/* Which signal has this name in its `member`; G_N_ELEMENTS(signals) for none. */
#define FIND_SIGNAL(member, cell, found)                                                           \
    do {                                                                                           \
        for (found = 0; found < G_N_ELEMENTS(signals); found++)                                    \
            if ((cell).length == strlen(signals[found].member) &&                                  \
                memcmp((cell).text, signals[found].member, (cell).length) == 0)                    \
                break;                                                                             \
    } while (0)

static gboolean is_items(TmCell name)
{
    guint found;
    FIND_SIGNAL(items, name, found);
    return found < G_N_ELEMENTS(signals);
}

static gboolean read_scope_name(gpointer user, TmCell name)
{
    TmOtel *otel = user;
    if (!tm_otel_is(name, "scope"))
        return FALSE;
    if (!tm_otel_enter(otel->record, TM_JSON_OBJECT))
        return TRUE;
    while (tm_json_record_next(otel->record))
        if (tm_otel_is(tm_otel_key(otel->record), "name"))
            otel->scope = tm_otel_read_scalar(otel->record);
    return TRUE;
}

static void read_items(gpointer user, TmCell name)
{
    guint found;
    FIND_SIGNAL(items, name, found);
    tm_otel_each_object(user, signals[found].read);
}

static void read_scope(TmOtel *otel)
{
    static const TmOtelShape shape = {is_items, read_scope_name, read_items};
    otel->scope = (TmCell){"", 0};
    tm_otel_read_shape(otel->record, &shape, otel);
}

static gboolean is_scopes(TmCell name)
{
    guint found;
    FIND_SIGNAL(scopes, name, found);
    return found < G_N_ELEMENTS(signals);
}

static void warn_of_old_member(TmOtel *otel, TmCell name)
{
    guint found;
    FIND_SIGNAL(old_request_scopes, name, found);
    if (found == G_N_ELEMENTS(signals) || otel->old_members)
        return;
    otel->old_members = TRUE;
    tm_reading_warn(otel->reading, TM_KIND_INCOMPLETE_EXPORT, signals[found].old_request_scopes,
        "written by a collector from before 2022, and not read");
}

static gboolean read_resource_member(gpointer user, TmCell name)
{
    TmOtel *otel = user;
    warn_of_old_member(otel, name);
    if (!tm_otel_is(name, "resource"))
        return FALSE;
    if (!tm_otel_enter(otel->record, TM_JSON_OBJECT))
        return TRUE;
    otel->attributes.hashing = TRUE;
    while (tm_json_record_next(otel->record))
        if (tm_otel_is(tm_otel_key(otel->record), "attributes"))
            tm_otel_read_list(&otel->attributes, &otel->resource);
    return TRUE;
}

static void read_scopes(gpointer user, TmCell name G_GNUC_UNUSED)
{
    tm_otel_each_object(user, read_scope);
}

static void read_resource(TmOtel *otel)
{
    static const TmOtelShape shape = {is_scopes, read_resource_member, read_scopes};
    tm_otel_attributes_clear(&otel->resource);
    tm_otel_read_shape(otel->record, &shape, otel);
}

static gboolean is_request(TmCell name)
{
    guint found;
    FIND_SIGNAL(request, name, found);
    return found < G_N_ELEMENTS(signals);
}

/* ---- The format ---------------------------------------------------------------------------- */

typedef struct State {
    gboolean begun;
    TmOtel otel;
} State;

static void begin_file(State *state, TmReading *reading)
{
    TmOtel *otel = &state->otel;
    state->begun = TRUE;
    otel->reading = reading;
    otel->label = g_string_new(NULL);
    tm_otel_names_fill(&otel->names);
    tm_reading_begin(reading, &table, NULL);
}

static void begin_record(gpointer user)
{
    State *state = user;
    TmOtel *otel = &state->otel;
    otel->scope = (TmCell){"", 0};
    tm_otel_attributes_clear(&otel->resource);
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    State *state = user;
    TmOtel *otel = &state->otel;
    gsize offset;
    if (!state->begun)
        begin_file(state, reading);
    otel->record = record;
    otel->attributes = (TmOtelReader){
        .record = record,
        .names = &otel->names,
        .dropped_content = &reading->summary->dropped_content_fields,
    };
    tm_otel_gemini_begin(otel);
    while (tm_json_record_next(record)) {
        TmCell name = tm_otel_key(record);
        if (is_request(name))
            tm_otel_each_object(otel, read_resource);
        else
            tm_otel_gemini_member(otel, name);
    }
    if (tm_json_record_fault(record, &offset) != TM_JSON_FAULT_NONE)
        return FALSE;
    tm_otel_gemini_end(otel);
    return TRUE;
}

static gboolean end_record(gpointer user G_GNUC_UNUSED, TmReading *reading G_GNUC_UNUSED)
{
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading G_GNUC_UNUSED)
{
    State *state = user;
    tm_otel_prompts_finish(&state->otel);
}

static void clear(gpointer user)
{
    State *state = user;
    tm_otel_prompts_free(state->otel.prompts);
    if (state->otel.label != NULL)
        g_string_free(state->otel.label, TRUE);
}

/* Requests; then records of Gemini CLI's telemetry file and entries of Cloud Logging. */
static const char *const signatures[] = {"resourceLogs", "resourceMetrics", "resourceSpans",
    "attributes|_body", "scopeMetrics|resource", "traceId|name|kind|duration",
    "insertId|jsonPayload|logName=*/logs/gemini_cli|timestamp", NULL};

const TmJsonFormat tm_json_otlp = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .walk = walk,
    .lines = TRUE,
    .grows = TRUE,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
