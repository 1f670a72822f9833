/*
 * OpenAI's dashboard export of usage: the same buckets and rows as the interface gives, one row
 * each. A bucket without use is a row without values.
 */
#include "openai_buckets.h"

enum {
    START,
    END,
    START_TEXT,
    END_TEXT,
    PROJECT,
    REQUESTS,
    USER,
    KEY_ID,
    MODEL,
    BATCH,
    TIER,
    INPUT,
    OUTPUT,
    CACHED,
    UNCACHED,
    CACHE_WRITE,
    IGNORED, /* the rest; each column has a field of its own, since a header may have them all */
    FIELD_COUNT = IGNORED + 14
};

#define NOT_NEEDED(number, name, note) [IGNORED + (number)] = {name, TM_FIELD_IGNORED, "", note}

static const TmFieldRule fields[FIELD_COUNT] = {
    [START] = {"start_time", TM_FIELD_READ, "day", "seconds, UTC; buckets of a day or less"},
    [END] = {"end_time", TM_FIELD_READ, "record key", "with the width of the bucket"},
    [START_TEXT] = {"start_time_iso", TM_FIELD_IGNORED, "", ""},
    [END_TEXT] = {"end_time_iso", TM_FIELD_IGNORED, "", ""},
    [PROJECT] = {"project_id", TM_FIELD_READ, "label", ""},
    [REQUESTS] = {"num_model_requests", TM_FIELD_READ, "requests, interactions",
        "whole, perhaps written 3.0; a row without any counts is a bucket without use"},
    [USER] = {"user_id", TM_FIELD_IDENTITY, "person",
        "identities.csv tells whose it is; without one the row is a total of the organisation, "
        "which is shown apart"},
    [KEY_ID] = {"api_key_id", TM_FIELD_IGNORED, "", ""},
    [MODEL] = {"model", TM_FIELD_READ, "model", ""},
    [BATCH] = {"batch", TM_FIELD_READ, "pricing", "batches are not priced"},
    [TIER] = {"service_tier", TM_FIELD_READ, "pricing",
        "flex is not priced, priority is priced as fast"},
    [INPUT] = {"input_tokens", TM_FIELD_READ, "input_tokens",
        "with cached and written tokens, which are taken off"},
    [OUTPUT] = {"output_tokens", TM_FIELD_READ, "output_tokens", "with reasoning"},
    [CACHED] = {"input_cached_tokens", TM_FIELD_READ, "cache_read_tokens",
        "without it all input is unsplit"},
    [UNCACHED] = {"input_uncached_tokens", TM_FIELD_READ, "input_tokens",
        "where cached tokens are not stated"},
    [CACHE_WRITE] = {"input_cache_write_tokens", TM_FIELD_READ, "cache_write_tokens", ""},
    NOT_NEEDED(0, "input_text_tokens", "part of the totals"),
    NOT_NEEDED(1, "output_text_tokens", "part of the totals"),
    NOT_NEEDED(2, "input_cached_text_tokens", "part of the totals"),
    NOT_NEEDED(3, "input_audio_tokens", "part of the totals"),
    NOT_NEEDED(4, "input_cached_audio_tokens", "part of the totals"),
    NOT_NEEDED(5, "output_audio_tokens", "part of the totals"),
    NOT_NEEDED(6, "input_image_tokens", "part of the totals"),
    NOT_NEEDED(7, "input_cached_image_tokens", "part of the totals"),
    NOT_NEEDED(8, "output_image_tokens", "part of the totals"),
    NOT_NEEDED(9, "project_name", ""),
    NOT_NEEDED(10, "organization_id", ""),
    NOT_NEEDED(11, "organization_name", ""),
    NOT_NEEDED(12, "user_email", ""),
    NOT_NEEDED(13, "api_source", ""),
};

static const TmFormat table = {"openai-usage-csv", "OpenAI usage download (CSV)",
    &tm_sources[TM_SOURCE_OPENAI_USAGE_USERS], fields, FIELD_COUNT};

static void open_file(gpointer state G_GNUC_UNUSED, TmReading *reading, guint64 present)
{
    gboolean by_user = (present & TM_FIELD_BIT(USER)) != 0;
    tm_reading_begin(reading, &table, by_user ? "with users" : "without users");
}

/* Reads the counts of a row. FALSE when it was reported. */
static gboolean read_counts(TmReading *reading, const TmCell *cells, TmOpenaiUsage *usage)
{
    const struct {
        guint field;
        TmCount *count;
    } counts[] = {
        {REQUESTS, &usage->requests},
        {INPUT, &usage->tokens.input},
        {CACHED, &usage->tokens.cached},
        {UNCACHED, &usage->tokens.uncached},
        {CACHE_WRITE, &usage->tokens.cache_write},
        {OUTPUT, &usage->tokens.output},
    };
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        if (!tm_openai_take_cell(
                reading, &fields[counts[i].field], cells[counts[i].field], counts[i].count))
            return FALSE;
    return TRUE;
}

static void read_row(gpointer state, TmReading *reading, const TmCell *cells)
{
    TmOpenaiFile *file = state;
    TmCount start = {0}, end = {0};
    TmOpenaiBucket bucket;
    TmOpenaiUsage usage = {.user = tm_cell_trim(cells[USER]),
        .project = tm_cell_trim(cells[PROJECT]),
        .model = tm_cell_trim(cells[MODEL]),
        .tier = tm_cell_trim(cells[TIER]),
        .batch = tm_cell_equals(tm_cell_trim(cells[BATCH]), "true")};
    if (!tm_openai_take_cell(reading, &fields[START], cells[START], &start) ||
        !tm_openai_take_cell(reading, &fields[END], cells[END], &end) ||
        !tm_openai_bucket(reading, &start, &end, &bucket) || !read_counts(reading, cells, &usage))
        return;
    gboolean idle =
        !usage.requests.present && !usage.tokens.input.present && !usage.tokens.output.present;
    if (!idle)
        tm_openai_take_usage(file, reading, &bucket, &usage);
    tm_openai_see_bucket(file, reading, &bucket);
}

static void end_file(gpointer state, TmReading *reading)
{
    tm_openai_file_end(state, reading);
}

static void clear(gpointer state)
{
    tm_openai_file_clear(state);
}

const TmCsvFormat tm_csv_openai_usage_csv = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(START) | TM_FIELD_BIT(END) | TM_FIELD_BIT(REQUESTS),
    .state_size = sizeof(TmOpenaiFile),
    .open = open_file,
    .row = read_row,
    .end_file = end_file,
    .clear = clear,
};
