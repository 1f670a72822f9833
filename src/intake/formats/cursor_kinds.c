/* What Cursor's usage events have in common; see cursor_kinds.h. */
#include "cursor_kinds.h"

#include <string.h>

/* The first text that the cell contains decides. */
static const struct {
    const char *text;
    TmCursorKind kind;
} texts[] = {
    {"error", TM_CURSOR_FAILED},
    {"abort", TM_CURSOR_FAILED},
    {"no charge", TM_CURSOR_FAILED},
    {"not charged", TM_CURSOR_FAILED},
    {"not_charged", TM_CURSOR_FAILED},
    {"user api key", TM_CURSOR_OWN_KEY},
    {"user_api_key", TM_CURSOR_OWN_KEY},
    {"free", TM_CURSOR_FREE},
    {"includ", TM_CURSOR_INCLUDED},
    {"custom_subscription", TM_CURSOR_INCLUDED},
    {"usage", TM_CURSOR_METERED},
    {"on-demand", TM_CURSOR_METERED},
    {"on_demand", TM_CURSOR_METERED},
};

#define PREFIX "USAGE_EVENT_KIND_" /* as in the vendor's interface; contains "usage" */
#define AUTO "auto"

const TmMeasure tm_cursor_token_measures[TM_CURSOR_TOKENS] = {
    [TM_CURSOR_CACHE_WRITE] = TM_MEASURE_CACHE_WRITE_TOKENS,
    [TM_CURSOR_INPUT] = TM_MEASURE_INPUT_TOKENS,
    [TM_CURSOR_CACHE_READ] = TM_MEASURE_CACHE_READ_TOKENS,
    [TM_CURSOR_OUTPUT] = TM_MEASURE_OUTPUT_TOKENS,
};

static TmCursorKind fold(TmCell cell)
{
    gsize prefix = strlen(PREFIX);
    if (tm_cell_begins(cell, PREFIX))
        cell = (TmCell){cell.text + prefix, cell.length - prefix};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (tm_cell_contains(cell, texts[i].text))
            return texts[i].kind;
    return TM_CURSOR_UNKNOWN;
}

static TmCursorKind look_up(TmCursorKinds *kinds, TmCell cell)
{
    guint slot = (guint)(cell.length ^ (guchar)cell.text[0]) % TM_CURSOR_KNOWN_KINDS;
    if (tm_cell_same(cell, (TmCell){kinds->known[slot].text, kinds->known[slot].length}))
        return kinds->known[slot].kind;
    TmCursorKind kind = fold(cell);
    if (cell.length <= sizeof kinds->known[slot].text) {
        memcpy(kinds->known[slot].text, cell.text, cell.length);
        kinds->known[slot].length = cell.length;
        kinds->known[slot].kind = kind;
    }
    return kind;
}

TmCursorKind tm_cursor_kind(
    TmCursorKinds *kinds, TmReading *reading, const char *field, TmCell cell)
{
    if (cell.length == 0)
        return TM_CURSOR_UNKNOWN;
    TmCursorKind kind = look_up(kinds, cell);
    if (kind == TM_CURSOR_UNKNOWN && !kinds->warned) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, field,
            "a kind that is not known: its cost is taken for list value, here and below");
        kinds->warned = TRUE;
    }
    return kind;
}

void tm_cursor_set_money(TmMeasures *measures, TmCursorKind kind, gint64 micros)
{
    if (kind != TM_CURSOR_UNKNOWN)
        tm_measures_set(measures, TM_MEASURE_METERED, kind == TM_CURSOR_METERED ? micros : 0);
    if (kind != TM_CURSOR_METERED && kind != TM_CURSOR_FAILED)
        tm_measures_set(measures, TM_MEASURE_LIST_VALUE, micros);
}

void tm_cursor_set_calls(TmMeasures *measures, TmCursorKind kind)
{
    gint64 calls = kind == TM_CURSOR_FAILED ? 0 : 1;
    tm_measures_set(measures, TM_MEASURE_REQUESTS, calls);
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, calls);
}

static TmCell plain_model(TmCell model)
{
    return tm_cell_equals(model, "default") ? (TmCell){AUTO, strlen(AUTO)} : model;
}

void tm_cursor_set_model(TmRecord *record, TmCell model)
{
    model = plain_model(model);
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
    if (tm_cell_equals(model, "agent_review"))
        record->surface = TM_SURFACE_REVIEW;
}

TmKeyHash tm_cursor_event_key(gint64 time, TmCell model, const gint64 tokens[TM_CURSOR_TOKENS])
{
    model = plain_model(model);
    TmKeyHash hash = tm_key_integer(TM_KEY_START, time);
    hash = tm_key_lower(hash, model.text, model.length);
    for (guint i = 0; i < TM_CURSOR_TOKENS; i++)
        hash = tm_key_integer(hash, tokens[i]);
    return hash;
}
