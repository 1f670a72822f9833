/*
 * gateway_rows: what the tables of gateways and of tracing tools have in common: calls of models
 * with their tokens, and a cost that the program has reckoned from a list of prices. What is billed
 * for the calls stands in the providers' own exports, so that cost is list value here.
 */
#ifndef TIDEMARK_INTAKE_GATEWAY_ROWS_H
#define TIDEMARK_INTAKE_GATEWAY_ROWS_H

#include "../loose_values.h"

#define TM_GATEWAY_COST                                                                            \
    "dollars by a list of prices, an estimate: what is billed stands in the provider's export"

/* Tokens as a table has them; `cached` and `written` are parts of `prompt` unless they exceed it.
 */
typedef struct TmGatewayTokens {
    TmCount prompt, cached, written, output;
} TmGatewayTokens;

#define TM_GATEWAY_OTHERS 4

/* A call, or calls of a day. Each table fills what it has. */
typedef struct TmGatewayRow {
    gint64 time;
    TmDay day;
    TmCell id, user, key, model, session, status, project;
    TmCell others[TM_GATEWAY_OTHERS]; /* further parts of the record key */
    TmGatewayTokens tokens;
    TmCount cost, calls, succeeded, http_status;
} TmGatewayRow;

/* A kind of table. */
typedef struct TmGatewayKind {
    const TmFormat *format;
    const TmLooseTable *loose; /* slots in TmGatewayRow */
    void (*take)(TmReading *reading, const TmGatewayRow *row);
} TmGatewayKind;

/* While one file is read, CSV or JSON. Zeroed before use. */
typedef struct TmGatewayState {
    const TmGatewayKind *kind;
    gboolean begun, bad;
    TmGatewayRow row;
} TmGatewayState;

/* A CSV file: its columns are known. */
void tm_gateway_open(TmGatewayState *state, TmReading *reading, const TmGatewayKind *kind);
/* Reads a row and hands it to take(). */
void tm_gateway_row(gpointer state, TmReading *reading, const TmCell *cells);
/* The same without handing it over: FALSE when it was reported. */
gboolean tm_gateway_read_cells(TmGatewayState *state, TmReading *reading, const TmCell *cells);

/* A JSON record: begins, has a field, is whole and handed to take(). */
void tm_gateway_begin_record(TmGatewayState *state, const TmGatewayKind *kind);
void tm_gateway_field(gpointer state, TmReading *reading, guint field, const TmJsonValue *value);
gboolean tm_gateway_end_record(gpointer state, TmReading *reading);
/* The same without handing it over: FALSE when it was reported. */
gboolean tm_gateway_has_record(TmGatewayState *state, TmReading *reading);

/* The names of the fields of a call, for messages. */
typedef struct TmGatewayNames {
    const char *id, *time;
} TmGatewayNames;

/*
 * Gives the record of one call its key, day, instant and session, all by the row. FALSE when it was
 * reported, or is not wanted.
 */
gboolean tm_gateway_begin_call(
    TmReading *reading, const TmGatewayRow *row, const TmGatewayNames *names, TmRecord *record);

/* Hands over a call of a user, a key and a model; one that failed is no use. */
void tm_gateway_take_call(
    TmReading *reading, const TmGatewayRow *row, const TmGatewayNames *names, gboolean failed);

/* Sets disjoint measures. A prompt of which no part is known is unsplit. */
void tm_gateway_set_tokens(const TmGatewayTokens *tokens, TmMeasures *measures);

/* Sets what was reckoned; without it a call of a known model is left to be priced. */
void tm_gateway_set_cost(TmRecord *record, TmCount micros);

/*
 * Whose call it was: the user, then the key. A gateway's own user ("default_user_id") is nobody; a
 * key alone is a person's only if identities.csv says so.
 */
void tm_gateway_set_identity(TmRecord *record, TmCell user, TmCell key);

void tm_gateway_set_model(TmRecord *record, TmCell model);

#endif
