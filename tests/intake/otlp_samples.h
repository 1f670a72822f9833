/* otlp_samples: OpenTelemetry JSON put together from its parts, for the tests of its readers. */
#ifndef TESTS_INTAKE_OTLP_SAMPLES_H
#define TESTS_INTAKE_OTLP_SAMPLES_H

#include <string.h>

#include "../cmocka_all.h"
#include "transcript.h"

/* 2026-09-08T08:16:05.120Z, which is 29765120 milliseconds into its day, and a minute before. */
#define TIME "1788855365120000000"
#define TIME_BEFORE "1788855305120000000"
#define AT "2026-09-08+29765120"
/* The next day at 00:00:01. */
#define TIME_NEXT_DAY "1788912001000000000"
#define AT_NEXT_DAY "2026-09-09+1000"

/* Attributes: text, whole number as a collector writes it, whatever value object. */
#define VALUE(key, value) "{\"key\":\"" key "\",\"value\":" value "}"
#define TEXT(key, text) VALUE(key, "{\"stringValue\":\"" text "\"}")
#define WHOLE(key, number) VALUE(key, "{\"intValue\":\"" number "\"}")

#define RESOURCE(attributes) "\"resource\":{\"attributes\":[" attributes "]}"
#define SCOPE(name) "\"scope\":{\"name\":\"" name "\"}"

#define LOG(attributes) "{\"timeUnixNano\":\"" TIME "\",\"attributes\":[" attributes "]}"
#define LOGS_OF(resource, scope, records)                                                          \
    "{\"resourceLogs\":[{" RESOURCE(resource) ",\"scopeLogs\":[{" SCOPE(                           \
        scope) ",\"logRecords\":[" records "]}]}]}\n"

/* One point and what stands around it: a metric's name, the kind of data, its other members. */
#define POINT(attributes, start, time, value)                                                      \
    "{\"attributes\":[" attributes "],\"startTimeUnixNano\":\"" start                              \
    "\",\"timeUnixNano\":\"" time "\"," value "}"
#define METRICS_OF(resource, scope, name, kind, points, members)                                   \
    "{\"resourceMetrics\":[{" RESOURCE(resource) ",\"scopeMetrics\":[{" SCOPE(                     \
        scope) ",\"metrics\":[{\"name\":\"" name "\",\"" kind "\":{\"dataPoints\":[" points        \
               "]" members "}}]}]}]}\n"
#define DELTA ",\"aggregationTemporality\":1,\"isMonotonic\":true"
#define CUMULATIVE ",\"aggregationTemporality\":2,\"isMonotonic\":true"

/* Nothing is taken of the text, and nothing is said but that. */
static inline void expect_nothing(const char *text)
{
    transcript_expect("f.json", text, "",
        "f.json: note: empty file: no rows in it, which does not mean no use (export the period "
        "again if use was expected)\n");
}

/* The key of the only record. */
static inline guint64 key_of(const char *text)
{
    return transcript_key("f.json", text);
}

#endif
