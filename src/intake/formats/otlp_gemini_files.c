/*
 * What Gemini CLI writes without a collector: the telemetry file, indented objects one after
 * another (log records as the JavaScript library holds them, batches of metrics, spans), and
 * entries of Cloud Logging, whose jsonPayload is an event's attributes.
 *
 * In these files every gen_ai event is a twin of a gemini_cli one, whatever stands near it.
 */
#include "otlp.h"

#define NANOSECONDS_PER_SECOND G_GINT64_CONSTANT(1000000000)
#define SCOPE "gemini-cli"

/* The library's own numbers, which are not those of the protocol. */
#define LIBRARY_DELTA "0"
#define LIBRARY_CUMULATIVE "1"

/* [seconds, nanoseconds]; 0 for anything else, such as the text "[Circular]". */
static guint64 read_pair(TmOtel *otel)
{
    gint64 parts[2] = {0};
    guint count = 0;
    if (!tm_otel_enter(otel->record, TM_JSON_ARRAY))
        return 0;
    while (tm_json_record_next(otel->record)) {
        TmCell text = tm_otel_read_scalar(otel->record);
        if (count < 2 && text.text != NULL &&
            tm_integer_parse(text.text, text.length, &parts[count]))
            count++;
    }
    gboolean fits = count == 2 && parts[0] > 0 && parts[1] >= 0 &&
                    parts[1] < NANOSECONDS_PER_SECOND &&
                    parts[0] < G_MAXINT64 / NANOSECONDS_PER_SECOND;
    return fits ? (guint64)(parts[0] * NANOSECONDS_PER_SECOND + parts[1]) : 0;
}

/* ---- Metrics ------------------------------------------------------------------------------- */

/*
 * The start is left out of the key, as it may be "[Circular]" too: the session in the attributes
 * tells processes apart.
 */
static void read_point(TmOtel *otel)
{
    TmOtelItem *item = tm_otel_item_begin(otel, TM_OTEL_POINT);
    item->metric = &otel->metric;
    while (tm_json_record_next(otel->record)) {
        TmCell name = tm_otel_key(otel->record);
        if (tm_otel_is(name, "attributes"))
            tm_otel_read_map(&otel->attributes, &item->attributes);
        else if (tm_otel_is(name, "endTime"))
            item->time = read_pair(otel);
        else if (tm_otel_is(name, "value"))
            item->value = tm_otel_read_scalar(otel->record);
    }
    if (otel->batch_time == 0)
        otel->batch_time = item->time;
    item->time = item->time != 0 ? item->time : otel->batch_time;
    tm_otel_dispatch(otel, item);
}

static gboolean is_points(TmCell name)
{
    return tm_otel_is(name, "dataPoints");
}

/* Name and temporality are both wanted before the points. */
static gboolean read_metric_member(gpointer user, TmCell name)
{
    TmOtel *otel = user;
    if (tm_otel_is(name, "descriptor") && tm_otel_enter(otel->record, TM_JSON_OBJECT)) {
        while (tm_json_record_next(otel->record))
            if (tm_otel_is(tm_otel_key(otel->record), "name"))
                otel->metric.name = tm_otel_read_scalar(otel->record);
    } else if (tm_otel_is(name, "aggregationTemporality")) {
        TmCell text = tm_otel_read_scalar(otel->record);
        otel->metric.temporality = tm_otel_is(text, LIBRARY_DELTA)        ? TM_OTEL_DELTA
                                   : tm_otel_is(text, LIBRARY_CUMULATIVE) ? TM_OTEL_CUMULATIVE
                                                                          : TM_OTEL_UNSPECIFIED;
    }
    return otel->metric.name.length > 0 && otel->metric.temporality != TM_OTEL_UNSPECIFIED;
}

static void read_points(gpointer user, TmCell name G_GNUC_UNUSED)
{
    TmOtel *otel = user;
    if (tm_otel_is_known_metric(otel->metric.name))
        tm_otel_each_object(otel, read_point);
}

static void read_metric(TmOtel *otel)
{
    static const TmOtelShape shape = {is_points, read_metric_member, read_points};
    otel->metric = (TmOtelMetric){0};
    tm_otel_read_shape(otel->record, &shape, otel);
}

static void read_scope(TmOtel *otel)
{
    while (tm_json_record_next(otel->record))
        if (tm_otel_is(tm_otel_key(otel->record), "metrics"))
            tm_otel_each_object(otel, read_metric);
}

/* ---- Log records and entries --------------------------------------------------------------- */

void tm_otel_gemini_begin(TmOtel *otel)
{
    tm_otel_item_begin(otel, TM_OTEL_EVENT);
    otel->batch_time = 0;
    otel->is_event = FALSE;
}

/* RFC 3339 with up to nine digits of a second. */
static guint64 read_timestamp(TmOtel *otel)
{
    gint64 instant = 0;
    TmCell text = tm_otel_read_scalar(otel->record);
    gboolean fits = text.text != NULL && tm_instant_parse(text.text, text.length, &instant);
    return fits && instant > 0 && instant < G_MAXINT64 / 1000000 ? (guint64)instant * 1000000 : 0;
}

void tm_otel_gemini_member(TmOtel *otel, TmCell name)
{
    TmOtelItem *item = &otel->item;
    if (tm_otel_is(name, "scopeMetrics")) {
        otel->scope = (TmCell){SCOPE, sizeof SCOPE - 1};
        tm_otel_each_object(otel, read_scope);
    } else if (tm_otel_is(name, "attributes") || tm_otel_is(name, "jsonPayload")) {
        tm_otel_read_map(&otel->attributes, &item->attributes);
        otel->is_event |= tm_otel_is(name, "jsonPayload");
    } else if (tm_otel_is(name, "_body")) {
        otel->is_event = TRUE;
    } else if (tm_otel_is(name, "hrTime")) {
        item->time = read_pair(otel);
    } else if (tm_otel_is(name, "timestamp")) {
        item->time = read_timestamp(otel);
    } else if (tm_otel_is(name, "insertId")) {
        item->id = tm_otel_read_scalar(otel->record);
    }
}

/* Spans have attributes too, but no text. */
void tm_otel_gemini_end(TmOtel *otel)
{
    TmOtelItem *item = &otel->item;
    if (!otel->is_event)
        return;
    if (item->attributes.values[TM_OTEL_WARNING].length > 0) {
        tm_reading_skip(otel->reading, TM_KIND_MISSING_FIELD, "jsonPayload",
            "the entry was too large for the log, which dropped it: its use is lost");
        return;
    }
    otel->scope = (TmCell){SCOPE, sizeof SCOPE - 1};
    tm_otel_dispatch(otel, item);
}
