/*
 * OpenAI's organisation interface: buckets of usage and of costs, in pages or as a bare array.
 *
 * Both come in the same buckets; what a result is, its members tell. Use of the interface is billed
 * by use, so costs are metered; usage itself names no money.
 */
#include "openai_buckets.h"

enum {
    START,
    END,
    RESULT,
    PROJECT,
    USER,
    MODEL,
    INPUT,
    CACHED,
    UNCACHED,
    CACHE_WRITE,
    OUTPUT,
    REQUESTS,
    BATCH,
    TIER,
    AMOUNT,
    CURRENCY,
    LINE_ITEM,
    KIND,
    KEY_ID,
    PARTS,
    API_SOURCE,
    QUANTITY,
    ORGANISATION,
    BUCKET_KIND,
    HAS_MORE,
    NEXT_PAGE,
    PAGE_KIND,
    FIELD_COUNT
};

#define RESULTS(name) "results[]." name "|result[]." name

static const TmFieldRule fields[FIELD_COUNT] = {
    [START] = {"start_time", TM_FIELD_READ, "day", "seconds, UTC; buckets of a day or less"},
    [END] = {"end_time", TM_FIELD_READ, "record key", "with the width of the bucket"},
    [RESULT] = {"results[]|result[]", TM_FIELD_READ, "part",
        "one part for each; a bucket without any is a day without use"},
    [PROJECT] = {RESULTS("project_id"), TM_FIELD_READ, "label", ""},
    [USER] = {RESULTS("user_id"), TM_FIELD_IDENTITY, "person",
        "identities.csv tells whose it is; without one the row is a total of the organisation, "
        "which is shown apart. Export grouped by user, and always with the same grouping"},
    [MODEL] = {RESULTS("model"), TM_FIELD_READ, "model", ""},
    [INPUT] = {RESULTS("input_tokens"), TM_FIELD_READ, "input_tokens",
        "with cached and written tokens, which are taken off"},
    [CACHED] = {RESULTS("input_cached_tokens"), TM_FIELD_READ, "cache_read_tokens",
        "without it all input is unsplit"},
    [UNCACHED] = {RESULTS("input_uncached_tokens"), TM_FIELD_READ, "input_tokens",
        "where cached tokens are not stated"},
    [CACHE_WRITE] = {RESULTS("input_cache_write_tokens"), TM_FIELD_READ, "cache_write_tokens", ""},
    [OUTPUT] = {RESULTS("output_tokens"), TM_FIELD_READ, "output_tokens", "with reasoning"},
    [REQUESTS] = {RESULTS("num_model_requests"), TM_FIELD_READ, "requests, interactions", ""},
    [BATCH] = {RESULTS("batch"), TM_FIELD_READ, "pricing", "batches are not priced"},
    [TIER] = {RESULTS("service_tier"), TM_FIELD_READ, "pricing",
        "flex is not priced, priority is priced as fast"},
    [AMOUNT] = {RESULTS("amount.value"), TM_FIELD_READ, "metered",
        "dollars, as a number or as text; what the organisation is billed"},
    [CURRENCY] = {RESULTS("amount.currency"), TM_FIELD_READ, "", "other than USD: left out"},
    [LINE_ITEM] = {RESULTS("line_item"), TM_FIELD_READ, "model",
        "model before the comma; in a bucket that has line items, amounts without one are "
        "their "
        "sum once more and are left out"},
    [KIND] = {RESULTS("object"), TM_FIELD_IGNORED, "", ""},
    [KEY_ID] = {RESULTS("api_key_id"), TM_FIELD_IGNORED, "", ""},
    [PARTS] =
        {RESULTS("input_audio_tokens") "|" RESULTS("output_audio_tokens") "|" RESULTS(
             "input_"
             "text_"
             "tokens") "|" RESULTS("output_text_tokens") "|" RESULTS("input_image_"
                                                                     "tokens") "|" RESULTS("outp"
                                                                                           "ut_"
                                                                                           "imag"
                                                                                           "e_"
                                                                                           "toke"
                                                                                           "ns") "|" RESULTS("input_cached_text_"
                                                                                                             "tokens") "|" RESULTS("in"
                                                                                                                                   "pu"
                                                                                                                                   "t_"
                                                                                                                                   "ca"
                                                                                                                                   "ch"
                                                                                                                                   "ed"
                                                                                                                                   "_a"
                                                                                                                                   "ud"
                                                                                                                                   "io"
                                                                                                                                   "_t"
                                                                                                                                   "ok"
                                                                                                                                   "en"
                                                                                                                                   "s") "|" RESULTS("input_cached_image_tokens"),
            TM_FIELD_IGNORED, "", "parts of the totals"},
    [API_SOURCE] = {RESULTS("api_source"), TM_FIELD_IGNORED, "", ""},
    [QUANTITY] = {RESULTS("quantity"), TM_FIELD_IGNORED, "", ""},
    [ORGANISATION] = {RESULTS("organization_id") "|" RESULTS("organization_name") "|" RESULTS(
                          "project_name"),
        TM_FIELD_IGNORED, "", ""},
    [BUCKET_KIND] = {"object", TM_FIELD_IGNORED, "", ""},
    [HAS_MORE] = {"page.has_more", TM_FIELD_READ, "",
        "true without a further page: the export is incomplete"},
    [NEXT_PAGE] = {"page.next_page", TM_FIELD_IGNORED, "", ""},
    [PAGE_KIND] = {"page.object", TM_FIELD_IGNORED, "", ""},
};

enum { OF_USAGE, OF_COSTS };

static const TmFormat tables[] = {
    [OF_USAGE] = {"openai-usage", "OpenAI organisation usage (JSON)",
        &tm_sources[TM_SOURCE_OPENAI_USAGE_USERS], fields, FIELD_COUNT},
    [OF_COSTS] = {"openai-costs", "OpenAI organisation costs (JSON)",
        &tm_sources[TM_SOURCE_OPENAI_COSTS_ORGANISATION], fields, FIELD_COUNT},
};

typedef struct Result {
    TmOpenaiUsage usage;
    TmCell amount, currency, line_item;
} Result;

typedef struct State {
    TmOpenaiFile file;
    gboolean begun, has_more, warned_other;
    gboolean bad; /* the bucket was reported */
    TmCount start, end;
    GArray *results; /* Result */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    if (state->results == NULL)
        state->results = g_array_new(FALSE, TRUE, sizeof(Result));
    g_array_set_size(state->results, 0);
    state->bad = FALSE;
    state->start = state->end = (TmCount){0};
}

/* An amount comes as a number or as text of one. */
static gboolean take_amount(TmReading *reading, const TmJsonValue *value, TmCell *amount)
{
    if (value->kind != TM_JSON_NUMBER)
        return tm_json_take_text(reading, &fields[AMOUNT], value, amount);
    *amount = (TmCell){value->text, value->length};
    return TRUE;
}

static gboolean take_result(
    TmReading *reading, guint field, const TmJsonValue *value, Result *result)
{
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case PROJECT:
        return tm_json_take_text(reading, rule, value, &result->usage.project);
    case USER:
        return tm_json_take_text(reading, rule, value, &result->usage.user);
    case MODEL:
        return tm_json_take_text(reading, rule, value, &result->usage.model);
    case INPUT:
        return tm_json_take_count(reading, rule, value, &result->usage.tokens.input);
    case CACHED:
        return tm_json_take_count(reading, rule, value, &result->usage.tokens.cached);
    case UNCACHED:
        return tm_json_take_count(reading, rule, value, &result->usage.tokens.uncached);
    case CACHE_WRITE:
        return tm_json_take_count(reading, rule, value, &result->usage.tokens.cache_write);
    case OUTPUT:
        return tm_json_take_count(reading, rule, value, &result->usage.tokens.output);
    case REQUESTS:
        return tm_json_take_count(reading, rule, value, &result->usage.requests);
    case BATCH:
        return tm_json_take_truth(reading, rule, value, &result->usage.batch);
    case TIER:
        return tm_json_take_text(reading, rule, value, &result->usage.tier);
    case AMOUNT:
        return take_amount(reading, value, &result->amount);
    case CURRENCY:
        return tm_json_take_text(reading, rule, value, &result->currency);
    default:
        return tm_json_take_text(reading, rule, value, &result->line_item);
    }
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field == HAS_MORE)
        state->has_more = value->kind == TM_JSON_BOOLEAN && value->truth;
    if (field == HAS_MORE || state->bad)
        return;
    if (field == START)
        state->bad = !tm_json_take_count(reading, &fields[START], value, &state->start);
    else if (field == END)
        state->bad = !tm_json_take_count(reading, &fields[END], value, &state->end);
    else if (field == RESULT)
        g_array_set_size(state->results, state->results->len + 1);
    else
        state->bad = !take_result(
            reading, field, value, &g_array_index(state->results, Result, state->results->len - 1));
}

static void begin_file(State *state, TmReading *reading, guint kind)
{
    if (!state->begun)
        tm_reading_begin(reading, &tables[kind], NULL);
    state->begun = TRUE;
}

static gboolean has_line_items(const State *state)
{
    for (guint i = 0; i < state->results->len; i++)
        if (g_array_index(state->results, Result, i).line_item.length > 0)
            return TRUE;
    return FALSE;
}

/* Where there are line items, a result without one is their sum. */
static void take_cost(State *state, TmReading *reading, const TmOpenaiBucket *bucket,
    const Result *result, gboolean by_line_item)
{
    TmOpenaiCost cost = {.project = result->usage.project, .line_item = result->line_item};
    begin_file(state, reading, OF_COSTS);
    if (result->line_item.length == 0 && by_line_item)
        return;
    if (tm_openai_take_amount(reading, "amount.value", result->amount, "amount.currency",
            result->currency, &cost.micros))
        tm_openai_take_cost(&state->file, reading, bucket, &cost);
}

/* Images, searches, storage: what is counted in nothing that we know. */
static void refuse_other(State *state, TmReading *reading)
{
    begin_file(state, reading, OF_USAGE);
    if (!state->warned_other)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "num_model_requests",
            "results without requests, tokens or amounts are not read, here and below");
    else
        reading->summary->rows_skipped++;
    state->warned_other = TRUE;
}

static gboolean is_cost(const Result *result)
{
    return result->amount.length > 0 || result->currency.length > 0;
}

static gboolean is_usage(const Result *result)
{
    return result->usage.requests.present || result->usage.tokens.input.present;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmOpenaiBucket bucket;
    gboolean of_usage = TRUE;
    if (state->bad || !tm_openai_bucket(reading, &state->start, &state->end, &bucket))
        return TRUE;
    gboolean by_line_item = has_line_items(state); /* once: there may be half a million results */
    for (guint i = 0; i < state->results->len; i++) {
        const Result *result = &g_array_index(state->results, Result, i);
        if (is_cost(result)) {
            take_cost(state, reading, &bucket, result, by_line_item);
        } else if (is_usage(result)) {
            begin_file(state, reading, OF_USAGE);
            tm_openai_take_usage(&state->file, reading, &bucket, &result->usage);
            continue;
        } else {
            refuse_other(state, reading);
        }
        of_usage = FALSE;
    }
    if (of_usage)
        tm_openai_see_bucket(&state->file, reading, &bucket);
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    begin_file(state, reading, OF_USAGE);
    tm_openai_file_end(&state->file, reading);
    if (state->has_more)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "has_more",
            "the last page says that there is more, and the next page is not here");
}

static void clear(gpointer user)
{
    State *state = user;
    tm_openai_file_clear(&state->file);
    g_clear_pointer(&state->results, g_array_unref);
}

static const char *const signatures[] = {
    "start_time|end_time|results", "start_time|end_time|result", NULL};

const TmJsonFormat tm_json_openai_organisation = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
