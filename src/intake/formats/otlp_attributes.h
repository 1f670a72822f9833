/*
 * otlp_attributes: lists of OpenTelemetry attributes, decoded into a table of the wanted ones.
 *
 * The field table of the format is also the table of names: what stands before
 * TM_OTEL_WANTED has a value in TmOtelAttributes, everything else is passed over unread.
 */
#ifndef TIDEMARK_INTAKE_OTLP_ATTRIBUTES_H
#define TIDEMARK_INTAKE_OTLP_ATTRIBUTES_H

#include "../formats.h"
#include "../json_values.h"

typedef enum TmOtelKey {
    /* whose it is */
    TM_OTEL_USER_EMAIL,
    TM_OTEL_ENDUSER,
    TM_OTEL_ACCOUNT_UUID,
    TM_OTEL_ACCOUNT,
    TM_OTEL_USER,
    TM_OTEL_INSTALLATION,
    TM_OTEL_SUBSCRIBER,
    /* of any client */
    TM_OTEL_SERVICE,
    TM_OTEL_SESSION,
    TM_OTEL_EVENT_NAME,
    TM_OTEL_TIMESTAMP,
    TM_OTEL_SEQUENCE,
    TM_OTEL_PROMPT,
    TM_OTEL_MODEL,
    TM_OTEL_COST_CENTER,
    TM_OTEL_PRODUCT,
    TM_OTEL_TYPE,
    TM_OTEL_DECISION,
    TM_OTEL_ERROR_TYPE,
    /* Claude Code and Revenium */
    TM_OTEL_REQUEST,
    TM_OTEL_TRANSACTION,
    TM_OTEL_INPUT,
    TM_OTEL_OUTPUT,
    TM_OTEL_CACHE_READ,
    TM_OTEL_CACHE_WRITE,
    TM_OTEL_CACHE_WRITE_HOUR,
    TM_OTEL_COST,
    TM_OTEL_COST_MICROS,
    TM_OTEL_SPEED,
    TM_OTEL_TOOL,
    TM_OTEL_TOOL_USE,
    TM_OTEL_DECIDED_BY,
    /* Gemini CLI and Qwen Code */
    TM_OTEL_INPUT_COUNT,
    TM_OTEL_OUTPUT_COUNT,
    TM_OTEL_CACHED_COUNT,
    TM_OTEL_THOUGHTS_COUNT,
    TM_OTEL_TOOL_COUNT,
    TM_OTEL_TOTAL_COUNT,
    TM_OTEL_ROLE,
    TM_OTEL_FUNCTION,
    TM_OTEL_STATUS,
    TM_OTEL_WARNING,
    /* GenAI conventions */
    TM_OTEL_OPERATION,
    TM_OTEL_CONVERSATION,
    TM_OTEL_RESPONSE,
    TM_OTEL_RESPONSE_MODEL,
    TM_OTEL_REQUEST_MODEL,
    TM_OTEL_USAGE_INPUT,
    TM_OTEL_USAGE_OUTPUT,
    TM_OTEL_USAGE_CACHE_READ,
    TM_OTEL_USAGE_CACHE_WRITE,
    TM_OTEL_USAGE_TOTAL,
    TM_OTEL_TOKEN_TYPE,
    TM_OTEL_WANTED,
    /* passed over */
    TM_OTEL_NOT_NEEDED = TM_OTEL_WANTED,
    TM_OTEL_TEXTS,
    TM_OTEL_CALLS,
    TM_OTEL_TOOL_CONTENT,
    TM_OTEL_MESSAGES,
    TM_OTEL_NAMES_END,
    /* members of records, no attributes: read by the walkers */
    TM_OTEL_LOG_EVENT_NAME = TM_OTEL_NAMES_END,
    TM_OTEL_LOG_BODY,
    TM_OTEL_LOG_TIME,
    TM_OTEL_SCOPE,
    TM_OTEL_METRIC_NAME,
    TM_OTEL_TEMPORALITY,
    TM_OTEL_POINT_START,
    TM_OTEL_POINT_TIME,
    TM_OTEL_POINT_VALUE,
    TM_OTEL_POINT_SUM,
    TM_OTEL_POINT_CALLS,
    TM_OTEL_SPAN_TIME,
    TM_OTEL_SPAN_ID,
    TM_OTEL_FILE_TIME,
    TM_OTEL_FILE_METRIC,
    TM_OTEL_FILE_POINT,
    TM_OTEL_ENTRY_TIME,
    TM_OTEL_ENTRY_ID,
    TM_OTEL_KEY_COUNT
} TmOtelKey;

extern const TmFieldRule tm_otel_fields[TM_OTEL_KEY_COUNT];

/* The names of attributes by hash, made once for each file. */
#define TM_OTEL_SLOTS 512 /* a power of two, several times the number of names */
typedef struct TmOtelNames {
    struct {
        TmCell name; /* text NULL: the slot is free */
        TmOtelKey key;
    } slots[TM_OTEL_SLOTS];
} TmOtelNames;

void tm_otel_names_fill(TmOtelNames *names);

typedef struct TmOtelAttributes {
    TmCell values[TM_OTEL_WANTED]; /* scalars as text; text NULL: missing */
    TmOtelKey unfit;               /* a wanted text that is too long or holds a NUL; else WANTED */
    guint64 series; /* sum of the hashes of all attributes but content, whatever their order */
} TmOtelAttributes;

void tm_otel_attributes_clear(TmOtelAttributes *attributes);

typedef struct TmOtelReader {
    TmJsonRecord *record;
    const TmOtelNames *names;
    guint64 *dropped_content;
    gboolean hashing; /* attributes belong to a series: `series` is wanted */
} TmOtelReader;

/* The current value is a list of attributes, or a plain object of them. Adds to the table. */
void tm_otel_read_list(const TmOtelReader *reader, TmOtelAttributes *attributes);
void tm_otel_read_map(const TmOtelReader *reader, TmOtelAttributes *attributes);

/* The scalar in the current value, an AnyValue ({"stringValue": …}); text NULL if there is none. */
TmCell tm_otel_read_any(TmJsonRecord *record);

/* The current value if it is a scalar, as text; text NULL if it is none. */
TmCell tm_otel_read_scalar(TmJsonRecord *record);

/* Goes into the current value if it is of this kind; no fault if not. */
gboolean tm_otel_enter(TmJsonRecord *record, TmJsonKind kind);

TmCell tm_otel_key(const TmJsonRecord *record);

/* The same bytes as a literal. */
#define tm_otel_is(cell, literal)                                                                  \
    ((cell).length == sizeof(literal) - 1 && memcmp((cell).text, literal, sizeof(literal) - 1) == 0)

/*
 * An object with members (`bulk`) that can only be read with the help of others, which may stand
 * behind them.
 */
typedef struct TmOtelShape {
    gboolean (*is_bulk)(TmCell name);
    /* Reads any other member. TRUE: the bulk can be read now. */
    gboolean (*head)(gpointer user, TmCell name);
    void (*bulk)(gpointer user, TmCell name);
} TmOtelShape;

/* Reads the object that was entered, twice if need be; no member is asked for twice. */
void tm_otel_read_shape(TmJsonRecord *record, const TmOtelShape *shape, gpointer user);

#endif
