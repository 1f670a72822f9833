/*
 * otlp: OpenTelemetry data on their way from the walkers to the clients' handlers.
 *
 *   walker (otlp.c, otlp_gemini_files.c) → TmOtelItem → tm_otel_dispatch() → handler of the client
 *   → TmRecord → tm_otel_hand_over()
 *
 * An item is a log record, one point of a metric, or a span; its texts live as long as the JSON
 * record that is open.
 */
#ifndef TIDEMARK_INTAKE_OTLP_H
#define TIDEMARK_INTAKE_OTLP_H

#include "otlp_attributes.h"

typedef enum TmOtelKind {
    TM_OTEL_EVENT,
    TM_OTEL_POINT,
    TM_OTEL_SPAN,
} TmOtelKind;

typedef enum TmOtelTemporality {
    TM_OTEL_UNSPECIFIED,
    TM_OTEL_DELTA,
    TM_OTEL_CUMULATIVE,
} TmOtelTemporality;

/* What a metric says about all of its points. */
typedef struct TmOtelMetric {
    TmCell name;
    TmOtelTemporality temporality;
    gboolean is_gauge; /* its start time means nothing */
} TmOtelMetric;

typedef struct TmOtelItem {
    TmOtelKind kind;
    TmOtelAttributes attributes; /* of the resource, and over them those of the item */
    TmCell event;                /* of an event: eventName, else empty */
    TmCell body;                 /* of an event: its text, only to be compared with names */
    TmCell id;                   /* of the log's entry; else empty */
    TmCell trace, span;
    guint64 time, start; /* nanoseconds since 1970; 0: not stated */
    const TmOtelMetric *metric;
    TmCell value; /* of a number, or the sum of a histogram */
    TmCell calls; /* count of a histogram */
} TmOtelItem;

typedef struct TmOtel {
    TmReading *reading;
    TmJsonRecord *record;
    TmOtelReader attributes; /* how lists of attributes are read */
    TmOtelNames names;
    TmOtelAttributes resource;
    TmCell scope;
    TmOtelMetric metric;
    TmOtelItem item;                 /* the one being read */
    GString *label;                  /* of the record that is being made */
    guint64 batch_time;              /* of a batch of metrics in a telemetry file */
    gboolean is_event;               /* the record of a telemetry file or of a log */
    gboolean old_members;            /* that they are there was reported */
    gboolean asked[TM_SOURCE_LIMIT]; /* requests of this source were seen in the file */
    struct TmOtelPrompts *prompts;   /* held until it is known whether there are requests */
} TmOtel;

/* Starts the next item over what is known of its resource. */
TmOtelItem *tm_otel_item_begin(TmOtel *otel, TmOtelKind kind);

/* Whether some handler takes metrics of that name. */
gboolean tm_otel_is_known_metric(TmCell name);

/* Gives the item to the handler of its client, or to none. */
void tm_otel_dispatch(TmOtel *otel, TmOtelItem *item);

/* Calls `read` for each object in the current value, an array. */
void tm_otel_each_object(TmOtel *otel, void (*read)(TmOtel *otel));

/* A record of Gemini CLI's own files, member by member; otlp_gemini_files.c. */
void tm_otel_gemini_begin(TmOtel *otel);
void tm_otel_gemini_member(TmOtel *otel, TmCell name);
void tm_otel_gemini_end(TmOtel *otel);

/* ---- Handlers ------------------------------------------------------------------------------ */

/* `name` is that of the event or metric, without the prefix of the client. */
typedef void (*TmOtelHandler)(TmOtel *otel, const TmOtelItem *item, TmKnownTool tool, TmCell name);

void tm_otel_take_claude_code(TmOtel *otel, const TmOtelItem *item, TmKnownTool tool, TmCell name);
void tm_otel_take_gemini_cli(TmOtel *otel, const TmOtelItem *item, TmKnownTool tool, TmCell name);
void tm_otel_take_genai(TmOtel *otel, const TmOtelItem *item, TmKnownTool tool, TmCell name);
void tm_otel_take_revenium(TmOtel *otel, const TmOtelItem *item);

/* ---- Records ------------------------------------------------------------------------------- */

static inline TmCell tm_otel_text(const TmOtelItem *item, TmOtelKey key)
{
    return item->attributes.values[key];
}

/*
 * Begins a record: source, whose it is, when, in which session, label. FALSE when it was reported.
 */
gboolean tm_otel_record_begin(
    TmOtel *otel, const TmOtelItem *item, TmSourceIndex source, TmRecord *record);

/* A count of the item; not present when missing or NaN. FALSE when it was reported. */
gboolean tm_otel_count(TmOtel *otel, const TmOtelItem *item, TmOtelKey key, TmCount *count);

void tm_otel_set_model(TmRecord *record, TmCell model);
void tm_otel_set_session(TmRecord *record, TmCell session);

/* Tokens of one request. */
typedef struct TmOtelTokens {
    TmCount input, output, cache_read, cache_write;
    gboolean input_has_cached; /* in what `input` counts */
} TmOtelTokens;

/* Sets the slots of tokens; FALSE when there are no tokens at all. */
gboolean tm_otel_set_tokens(TmRecord *record, const TmOtelTokens *tokens);

/* A record of one request: REQUESTS and INTERACTIONS. */
void tm_otel_set_request(TmRecord *record, gboolean is_interaction);

/*
 * A record of one request by the attributes that Claude Code and Revenium name alike: model,
 * tokens, money. FALSE when it was reported.
 */
gboolean tm_otel_set_priced_request(
    TmOtel *otel, const TmOtelItem *item, gboolean input_has_cached, TmRecord *record);

/* Key of an event without an id of its own. */
TmKeyHash tm_otel_event_key(const TmOtelItem *item, TmCell name, const TmRecord *record);

/* Hands the record to the sink, if its day is wanted. */
void tm_otel_hand_over(TmOtel *otel, const TmRecord *record);

/* A prompt: an interaction only if the file has no requests of its source. */
void tm_otel_hand_over_prompt(TmOtel *otel, const TmRecord *record);

/* The end of the file: prompts that are still held. */
void tm_otel_prompts_finish(TmOtel *otel);
void tm_otel_prompts_free(struct TmOtelPrompts *prompts);

/* ---- Points -------------------------------------------------------------------------------- */

/* How the value of a point becomes a measure. */
typedef enum TmOtelUnit {
    TM_OTEL_WHOLE,   /* a count */
    TM_OTEL_ROUNDED, /* seconds, with a fraction */
    TM_OTEL_MONEY,   /* currency units, kept in micro-units */
} TmOtelUnit;

/*
 * Completes a record by the value of its point, the key of its series, and whether it is a running
 * total. FALSE when there is no value or it was reported.
 */
gboolean tm_otel_set_point(
    TmOtel *otel, const TmOtelItem *item, TmRecord *record, TmMeasure measure, TmOtelUnit unit);

#endif
