/* Calls of models through gateways; see gateway_rows.h. */
#include "gateway_rows.h"

static void begin_row(TmGatewayState *state)
{
    state->bad = FALSE;
    state->row = (TmGatewayRow){0};
    tm_loose_begin(state->kind->loose, &state->row);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

void tm_gateway_open(TmGatewayState *state, TmReading *reading, const TmGatewayKind *kind)
{
    state->kind = kind;
    tm_reading_begin(reading, kind->format, "CSV");
}

gboolean tm_gateway_read_cells(TmGatewayState *state, TmReading *reading, const TmCell *cells)
{
    begin_row(state);
    return tm_loose_take_cells(state->kind->loose, reading, cells, &state->row);
}

void tm_gateway_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    TmGatewayState *state = user;
    if (tm_gateway_read_cells(state, reading, cells))
        state->kind->take(reading, &state->row);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

void tm_gateway_begin_record(TmGatewayState *state, const TmGatewayKind *kind)
{
    state->kind = kind;
    begin_row(state);
}

void tm_gateway_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmGatewayState *state = user;
    if (!state->bad)
        state->bad = !tm_loose_take(state->kind->loose, reading, field, value, &state->row);
}

gboolean tm_gateway_has_record(TmGatewayState *state, TmReading *reading)
{
    if (!state->begun)
        tm_reading_begin(reading, state->kind->format, "JSON");
    state->begun = TRUE;
    return !state->bad;
}

gboolean tm_gateway_end_record(gpointer user, TmReading *reading)
{
    TmGatewayState *state = user;
    if (tm_gateway_has_record(state, reading))
        state->kind->take(reading, &state->row);
    return TRUE;
}

/* ---- Records ------------------------------------------------------------------------------- */

gboolean tm_gateway_begin_call(
    TmReading *reading, const TmGatewayRow *row, const TmGatewayNames *names, TmRecord *record)
{
    gboolean no_id = row->id.length == 0;
    if (no_id || row->time == TM_INSTANT_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, no_id ? names->id : names->time, "%s",
            no_id ? "no id" : "no time");
        return FALSE;
    }
    record->instant = row->time;
    record->day = tm_instant_day(row->time);
    record->key = tm_key_end(tm_key_text(TM_KEY_START, row->id.text, row->id.length));
    if (row->session.length > 0)
        record->session =
            tm_key_end(tm_key_text(TM_KEY_START, row->session.text, row->session.length));
    return tm_reading_admits(reading, record->day, names->time);
}

void tm_gateway_take_call(
    TmReading *reading, const TmGatewayRow *row, const TmGatewayNames *names, gboolean failed)
{
    TmRecord record = {0};
    if (!tm_gateway_begin_call(reading, row, names, &record))
        return;
    tm_gateway_set_identity(&record, row->user, row->key);
    tm_gateway_set_model(&record, row->model);
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, failed ? 0 : 1);
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, failed ? 0 : 1);
    tm_gateway_set_tokens(&row->tokens, &record.measures);
    tm_gateway_set_cost(&record, row->cost);
    tm_reading_take(reading, &record);
}

void tm_gateway_set_tokens(const TmGatewayTokens *tokens, TmMeasures *measures)
{
    gint64 parts = tokens->cached.value + tokens->written.value;
    gboolean is_split = tokens->cached.present || tokens->written.present;
    gboolean includes = parts <= tokens->prompt.value;
    tm_loose_set(measures, TM_MEASURE_CACHE_READ_TOKENS, tokens->cached);
    tm_loose_set(measures, TM_MEASURE_CACHE_WRITE_TOKENS, tokens->written);
    if (tokens->prompt.present && is_split)
        tm_measures_set(
            measures, TM_MEASURE_INPUT_TOKENS, tokens->prompt.value - (includes ? parts : 0));
    else
        tm_loose_set(measures, TM_MEASURE_UNSPLIT_TOKENS, tokens->prompt);
    tm_loose_set(measures, TM_MEASURE_OUTPUT_TOKENS, tokens->output);
}

void tm_gateway_set_cost(TmRecord *record, TmCount micros)
{
    TmMeasures *measures = &record->measures;
    tm_loose_set(measures, TM_MEASURE_LIST_VALUE, micros);
    if (micros.present)
        measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    record->pricing.wanted = !micros.present && record->model != NULL;
    record->pricing.request = record->pricing.wanted && record->instant != TM_INSTANT_NONE;
}

void tm_gateway_set_identity(TmRecord *record, TmCell user, TmCell key)
{
    if (!tm_cell_equals(user, "default_user_id"))
        tm_loose_add_account(record, user);
    record->service = record->identities == 0;
    if (key.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_API_KEY, key.text, key.length};
}

void tm_gateway_set_model(TmRecord *record, TmCell model)
{
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
}
