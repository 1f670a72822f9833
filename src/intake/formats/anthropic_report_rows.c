/* Rows of Anthropic's usage and cost reports become records; see anthropic_reports.h. */
#include "anthropic_reports.h"

/* Some clients write 23:59:59 for the end of a day. */
#define SHORTEST_DAY (TM_MILLISECONDS_PER_DAY - 1000)

/* Who a row of the Enterprise reports is about. */
enum { OF_CODE, OF_APPS, PRODUCTS };

/* Sources of the Enterprise reports: usage or cost, tool, grain. */
static const TmSourceIndex enterprise_sources[2][PRODUCTS][TM_ANTHROPIC_GRAINS] = {
    [FALSE][OF_CODE] = {TM_SOURCE_CLAUDE_CODE_USAGE, TM_SOURCE_CLAUDE_CODE_USAGE_HOURS,
        TM_SOURCE_CLAUDE_CODE_USAGE_TOTALS},
    [FALSE][OF_APPS] = {TM_SOURCE_CLAUDE_USAGE, TM_SOURCE_CLAUDE_USAGE_HOURS,
        TM_SOURCE_CLAUDE_USAGE_TOTALS},
    [TRUE][OF_CODE] = {TM_SOURCE_CLAUDE_CODE_COST, TM_SOURCE_CLAUDE_CODE_COST_HOURS,
        TM_SOURCE_CLAUDE_CODE_COST_TOTALS},
    [TRUE][OF_APPS] = {TM_SOURCE_CLAUDE_COST, TM_SOURCE_CLAUDE_COST_HOURS,
        TM_SOURCE_CLAUDE_COST_TOTALS},
};

static const TmSourceIndex admin_usage_sources[TM_ANTHROPIC_GRAINS] = {
    TM_SOURCE_ANTHROPIC_USAGE, TM_SOURCE_ANTHROPIC_USAGE_HOURS, TM_SOURCE_ANTHROPIC_USAGE_TOTALS};

TmAnthropicReport tm_anthropic_report_of(
    const TmAnthropicReports *reports, const TmAnthropicRow *row)
{
    if (!reports->in_bucket)
        return row->is_cost ? TM_ANTHROPIC_USER_COST : TM_ANTHROPIC_USER_USAGE;
    if (row->enterprise)
        return row->is_cost ? TM_ANTHROPIC_TOTAL_COST : TM_ANTHROPIC_TOTAL_USAGE;
    return row->is_cost ? TM_ANTHROPIC_COST : TM_ANTHROPIC_USAGE;
}

/* ---- Time -------------------------------------------------------------------------------- */

/* A row without a bucket: the file's name says its day or its period. */
static gboolean place_by_name(TmAnthropicReports *reports, TmReading *reading)
{
    TmAnthropicBucket *bucket = &reports->bucket;
    TmDay first, last;
    tm_path_days(reading->path, &first, &last);
    if (first != TM_DAY_NONE && first <= last) {
        bucket->starts = first * TM_MILLISECONDS_PER_DAY;
        bucket->ends = (last + 1) * TM_MILLISECONDS_PER_DAY;
        bucket->day = last;
        bucket->grain = first == last ? TM_ANTHROPIC_DAYS : TM_ANTHROPIC_APART;
        return TRUE;
    }
    tm_anthropic_skip_once(reading, &reports->period_reported, TM_KIND_MISSING_FIELD, "starting_at",
        "rows without a bucket of time: export buckets of one day, or name the file after its day");
    return FALSE;
}

gboolean tm_anthropic_place_bucket(TmAnthropicReports *reports, TmReading *reading)
{
    TmAnthropicBucket *bucket = &reports->bucket;
    if (bucket->starts == TM_INSTANT_NONE && !reports->in_bucket)
        return place_by_name(reports, reading);
    if (bucket->starts == TM_INSTANT_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "starting_at", "no day");
        return FALSE;
    }
    if (bucket->ends == TM_INSTANT_NONE)
        bucket->ends = bucket->starts + TM_MILLISECONDS_PER_DAY;
    if (bucket->ends <= bucket->starts) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "ending_at", "the bucket ends before it begins");
        return FALSE;
    }
    bucket->day = tm_instant_day(bucket->ends - 1);
    if (bucket->day != tm_instant_day(bucket->starts))
        bucket->grain = TM_ANTHROPIC_APART;
    else if (bucket->ends - bucket->starts < SHORTEST_DAY)
        bucket->grain = TM_ANTHROPIC_HOURS;
    return TRUE;
}

/* ---- Measures ---------------------------------------------------------------------------- */

static void set_count(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_add(measures, measure, count.value);
}

static void set_activity(const TmAnthropicRow *row, TmMeasures *measures)
{
    const guint32 tokens =
        TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |
        TM_MEASURE_BIT(TM_MEASURE_CACHE_READ_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) |
        TM_MEASURE_BIT(TM_MEASURE_UNSPLIT_TOKENS);
    gint64 interactions = row->requests.value;
    gboolean used = FALSE;
    for (guint32 left = measures->present & tokens; left != 0; left &= left - 1)
        used |= measures->value[__builtin_ctz(left)] > 0;
    set_count(measures, TM_MEASURE_REQUESTS, row->requests);
    if (!row->requests.present && row->is_cost)
        return;
    if (!row->requests.present)
        interactions = used ? 1 : 0;
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, interactions);
    if (!row->requests.present)
        measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
}

static void set_usage(const TmAnthropicRow *row, TmRecord *record)
{
    TmMeasures *measures = &record->measures;
    set_count(measures, TM_MEASURE_INPUT_TOKENS, row->uncached);
    set_count(measures, TM_MEASURE_CACHE_WRITE_TOKENS, row->short_writes);
    set_count(measures, TM_MEASURE_CACHE_WRITE_TOKENS, row->long_writes);
    set_count(measures, TM_MEASURE_CACHE_READ_TOKENS, row->reads);
    set_count(measures, TM_MEASURE_OUTPUT_TOKENS, row->output);
    if (measures->present == 0)
        set_count(measures, TM_MEASURE_UNSPLIT_TOKENS, row->total);
    gboolean own_price = tm_cell_begins(row->tier, "batch") || tm_cell_begins(row->tier, "flex");
    record->pricing = (TmPricing){.wanted = row->model.length > 0 && !own_price,
        .fast = tm_cell_equals(row->speed, "fast"),
        .long_cache_known = row->long_writes.present,
        .long_cache_writes = row->long_writes.value};
    set_activity(row, measures);
}

static void set_cost(TmAnthropicReports *reports, TmReading *reading, const TmAnthropicRow *row,
    TmMeasures *measures)
{
    if (row->token_type.length == 0 && row->cost_type.length == 0)
        set_activity(row, measures);
    if (tm_cell_equals(row->currency, "USD")) {
        tm_anthropic_set_money(measures, row->amount, row->list_amount);
    } else if (!reports->currency_reported) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "currency",
            "not USD: amounts are left out, here and below");
        reports->currency_reported = TRUE;
    }
}

/* ---- Whose it is ------------------------------------------------------------------------- */

static void add_identity(TmRecord *record, TmIdentityKind kind, TmCell name)
{
    if (name.length > 0 && record->identities < TM_RECORD_IDENTITIES)
        record->identity[record->identities++] = (TmIdentity){kind, name.text, name.length};
}

static void set_identity(const TmAnthropicRow *row, TmRecord *record)
{
    add_identity(record, TM_IDENTITY_EMAIL, row->email);
    add_identity(record, TM_IDENTITY_USER_ID, row->user);
    add_identity(record, TM_IDENTITY_USER_ID, row->account);
    record->service = record->identities == 0;
    add_identity(record, TM_IDENTITY_USER_ID, row->service_account);
    add_identity(record, TM_IDENTITY_API_KEY, row->api_key);
}

/* The source by what the row is; without an identity, and for long periods, it is one apart. */
static void set_source(
    const TmAnthropicReports *reports, const TmAnthropicRow *row, TmRecord *record)
{
    TmAnthropicGrain grain = reports->bucket.grain;
    TmSourceIndex source;
    if (record->identities == 0)
        grain = TM_ANTHROPIC_APART;
    if (row->enterprise || !reports->in_bucket)
        source = enterprise_sources[row->is_cost]
                                   [tm_anthropic_is_code(row->product) ? OF_CODE : OF_APPS][grain];
    else
        source = row->is_cost ? TM_SOURCE_ANTHROPIC_COST_TOTALS : admin_usage_sources[grain];
    record->source = &tm_sources[source];
    if (record->source->trait != TM_TRAIT_APART)
        return;
    record->identities = 0;
    record->service = TRUE;
}

/* ---- Keys -------------------------------------------------------------------------------- */

static TmKeyHash start_key(const TmAnthropicBucket *bucket)
{
    return tm_key_integer(tm_key_integer(TM_KEY_START, bucket->starts), bucket->ends);
}

/*
 * A bucket is never cut, however it was grouped: all its results for one account are parts of one
 * record, so that another grouping of the same bucket replaces them.
 */
static guint64 key_in_bucket(const TmAnthropicBucket *bucket, const TmRecord *record)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, bucket->starts);
    for (guint i = 0; i < record->identities; i++) {
        hash = tm_key_integer(hash, record->identity[i].kind);
        hash = tm_key_text(hash, record->identity[i].value, record->identity[i].length);
    }
    return tm_key_end(hash);
}

/* Rows about people may be cut into pages anywhere: each is a record of its own. */
static guint64 key_of_person_row(const TmAnthropicBucket *bucket, const TmAnthropicRow *row)
{
    const TmCell cells[] = {row->user.length > 0 ? row->user : row->email, row->product, row->model,
        row->context, row->geo, row->speed, row->channel, row->cost_type, row->token_type};
    TmKeyHash hash = start_key(bucket);
    for (guint i = 0; i < G_N_ELEMENTS(cells); i++)
        hash = tm_key_lower(hash, cells[i].text, cells[i].length);
    return tm_key_end(hash);
}

/* ---- Rows -------------------------------------------------------------------------------- */

static void take_row(
    TmAnthropicReports *reports, TmReading *reading, const TmAnthropicRow *row, GHashTable **seen)
{
    char label[TM_ANTHROPIC_LABEL];
    TmRecord record = {.day = reports->bucket.day, .instant = TM_INSTANT_NONE};
    set_identity(row, &record);
    if (!reports->in_bucket && record.identities == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "actor.user_id", "neither id nor e-mail");
        return;
    }
    set_source(reports, row, &record);
    if (reports->in_bucket) {
        record.key = key_in_bucket(&reports->bucket, &record);
        record.part = tm_anthropic_times_seen(seen, record.key ^ record.source->tool);
    } else {
        record.key = key_of_person_row(&reports->bucket, row);
    }
    record.model = row->model.length > 0 ? row->model.text : NULL;
    record.model_length = row->model.length;
    record.label_length = row->workspace.length > 0
                              ? tm_anthropic_project_label(row->workspace, label)
                              : tm_anthropic_product_label(row->product, label);
    record.label = record.label_length > 0 ? label : NULL;
    if (row->is_cost)
        set_cost(reports, reading, row, &record.measures);
    else
        set_usage(row, &record);
    reports->covers |= record.source == &tm_sources[TM_SOURCE_ANTHROPIC_USAGE];
    tm_reading_take(reading, &record);
}

void tm_anthropic_take_rows(TmAnthropicReports *reports, TmReading *reading)
{
    GHashTable *seen = NULL;
    for (guint i = 0; i < reports->rows->len; i++) {
        const TmAnthropicRow *row = &g_array_index(reports->rows, TmAnthropicRow, i);
        if (row->bad || tm_anthropic_is_grouped(reading, row->group, &reports->group_reported) ||
            !tm_reading_admits(reading, reports->bucket.day, "starting_at"))
            continue;
        take_row(reports, reading, row, &seen);
    }
    g_clear_pointer(&seen, g_hash_table_unref);
}
