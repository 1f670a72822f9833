/*
 * Usage and cost reports of Anthropic's Admin API and of Claude Enterprise.
 *
 * The reports of an organisation are buckets of time with results; those about people are rows
 * with an actor and the same members. Which report a file is, its first row tells: the Enterprise
 * reports have products, the Admin API has keys and workspaces. Reports that were not grouped by
 * keys, accounts or people are totals of the organisation: they stay apart.
 */
#include "anthropic_reports.h"

enum {
    STARTS,
    ENDS,
    RESULTS,
    RESULT,
    ACTOR_TYPE,
    USER,
    EMAIL,
    PERSON,
    WORKSPACE,
    API_KEY,
    ACCOUNT,
    SERVICE_ACCOUNT,
    PRODUCT,
    GROUP,
    CHANNEL,
    MODEL,
    TIER,
    CONTEXT,
    GEO,
    SPEED,
    COST_TYPE,
    TOKEN_TYPE,
    CURRENCY,
    UNCACHED,
    SHORT_WRITES,
    LONG_WRITES,
    READS,
    OUTPUT,
    TOTAL,
    REQUESTS,
    AMOUNT,
    LIST_AMOUNT,
    SEARCHES,
    DESCRIPTION,
    HAS_MORE,
    NEXT_PAGE,
    REFRESHED,
    PAGE_ORGANISATION,
    FIELD_COUNT
};

/* A member of a row about a person, or of a result in a bucket. */
#define ROW(name) name "|results[]." name

static const TmFieldRule fields[FIELD_COUNT] = {
    [STARTS] = {"starting_at", TM_FIELD_READ, "day, record key",
        "UTC; null in rows about people without buckets: then the dates in the file's name count, "
        "and a file that names one date is of that day"},
    [ENDS] = {"ending_at", TM_FIELD_READ, "day, record key",
        "not part of the bucket; a period longer than a day stays apart"},
    [RESULTS] = {"results", TM_FIELD_READ, "", "an empty one states a day without use"},
    [RESULT] = {"results[]", TM_FIELD_READ, "part", "one part for each result of an account"},
    [ACTOR_TYPE] = {"actor.type|actor.deleted", TM_FIELD_IGNORED, "", ""},
    [USER] = {"actor.user_id", TM_FIELD_IDENTITY, "person, record key",
        "trusted second; all that is left of people who were deleted"},
    [EMAIL] = {"actor.email", TM_FIELD_IDENTITY, "person", "trusted first"},
    [PERSON] = {"actor.name", TM_FIELD_CONTENT, "", "a person's name"},
    [WORKSPACE] = {ROW("workspace_id"), TM_FIELD_READ, "label",
        "project:ID; the default workspace has none"},
    [API_KEY] = {ROW("api_key_id"), TM_FIELD_IDENTITY, "person, record key",
        "a key, no person, unless identities.csv gives it to one"},
    [ACCOUNT] = {ROW("account_id"), TM_FIELD_IDENTITY, "person, record key",
        "who was logged in; trusted before the key"},
    [SERVICE_ACCOUNT] = {ROW("service_account_id"), TM_FIELD_IDENTITY, "service, record key", ""},
    [PRODUCT] = {ROW("product"), TM_FIELD_READ, "tool, label, record key",
        "claude_code is Claude Code; others are product:KEY"},
    [GROUP] = {ROW("rbac_group_id"), TM_FIELD_READ, "row kind",
        "set: refused, since access groups overlap"},
    [CHANNEL] = {ROW("slack_channel_id"), TM_FIELD_READ, "record key", ""},
    [MODEL] = {ROW("model"), TM_FIELD_READ, "model, record key", "null: not grouped by model"},
    [TIER] = {ROW("service_tier"), TM_FIELD_READ, "list_value",
        "batch and flex have prices of their own: their tokens are not priced"},
    [CONTEXT] = {ROW("context_window"), TM_FIELD_READ, "record key", ""},
    [GEO] = {ROW("inference_geo"), TM_FIELD_READ, "record key", ""},
    [SPEED] = {ROW("speed"), TM_FIELD_READ, "list_value, record key", "fast: the fast mode"},
    [COST_TYPE] = {ROW("cost_type"), TM_FIELD_READ, "record key", ""},
    [TOKEN_TYPE] = {ROW("token_type"), TM_FIELD_READ, "record key", ""},
    [CURRENCY] = {ROW("currency"), TM_FIELD_READ, "",
        "amounts in other currencies than USD are left out"},
    [UNCACHED] = {ROW("uncached_input_tokens"), TM_FIELD_READ, "input_tokens",
        "without any cached input"},
    [SHORT_WRITES] = {ROW("cache_creation.ephemeral_5m_input_tokens"), TM_FIELD_READ,
        "cache_write_tokens", "kept for five minutes"},
    [LONG_WRITES] = {ROW("cache_creation.ephemeral_1h_input_tokens"), TM_FIELD_READ,
        "cache_write_tokens", "kept for an hour; priced differently"},
    [READS] = {ROW("cache_read_input_tokens"), TM_FIELD_READ, "cache_read_tokens", ""},
    [OUTPUT] = {ROW("output_tokens"), TM_FIELD_READ, "output_tokens", ""},
    [TOTAL] = {ROW("total_tokens"), TM_FIELD_READ, "unsplit_tokens",
        "used only where the other token members are missing"},
    [REQUESTS] = {ROW("requests"), TM_FIELD_READ, "requests, interactions",
        "without it, tokens count as one interaction; not taken from costs that are split by kind "
        "of token"},
    [AMOUNT] = {ROW("amount"), TM_FIELD_READ, "metered",
        "cents as a decimal text; what is billed beyond seats, before credits; below zero: an "
        "adjustment"},
    [LIST_AMOUNT] = {ROW("list_amount"), TM_FIELD_READ, "list_value",
        "cents as a decimal text, at list price; what is billed of it is metered alone"},
    [SEARCHES] = {ROW("server_tool_use"), TM_FIELD_IGNORED, "", ""},
    [DESCRIPTION] = {ROW("description"), TM_FIELD_CONTENT, "", "free text"},
    [HAS_MORE] = {"page.has_more", TM_FIELD_READ, "",
        "true without a further page: the export is incomplete"},
    [NEXT_PAGE] = {"page.next_page", TM_FIELD_READ, "", "counts where has_more is missing"},
    [REFRESHED] = {"page.data_refreshed_at", TM_FIELD_READ, "rank of the export",
        "days from then on are incomplete"},
    [PAGE_ORGANISATION] = {"page.organization_id", TM_FIELD_IGNORED, "", ""},
};

#define SOURCE_OF(id) &tm_sources[TM_SOURCE_##id]

static const TmFormat tables[TM_ANTHROPIC_REPORTS] = {
    [TM_ANTHROPIC_USAGE] = {"anthropic-usage-report", "Anthropic Admin API, usage report (JSON)",
        SOURCE_OF(ANTHROPIC_USAGE), fields, FIELD_COUNT},
    [TM_ANTHROPIC_COST] = {"anthropic-cost-report", "Anthropic Admin API, cost report (JSON)",
        SOURCE_OF(ANTHROPIC_COST_TOTALS), fields, FIELD_COUNT},
    [TM_ANTHROPIC_USER_USAGE] = {"claude-enterprise-user-usage",
        "Claude Enterprise, usage by person (JSON)", SOURCE_OF(CLAUDE_USAGE), fields, FIELD_COUNT},
    [TM_ANTHROPIC_USER_COST] = {"claude-enterprise-user-cost",
        "Claude Enterprise, cost by person (JSON)", SOURCE_OF(CLAUDE_COST), fields, FIELD_COUNT},
    [TM_ANTHROPIC_TOTAL_USAGE] = {"claude-enterprise-usage",
        "Claude Enterprise, usage of the organisation (JSON)", SOURCE_OF(CLAUDE_USAGE_TOTALS),
        fields, FIELD_COUNT},
    [TM_ANTHROPIC_TOTAL_COST] = {"claude-enterprise-cost",
        "Claude Enterprise, cost of the organisation (JSON)", SOURCE_OF(CLAUDE_COST_TOTALS), fields,
        FIELD_COUNT},
};

/* Results of one bucket that are held in memory. */
#define MOST_ROWS 50000

/* Spans of days that are kept in mind until the report is known. */
#define MOST_SPANS 4096

static void begin_record(gpointer user)
{
    TmAnthropicReports *reports = user;
    if (reports->rows == NULL) {
        reports->rows = g_array_new(FALSE, TRUE, sizeof(TmAnthropicRow));
        reports->covered = g_array_new(FALSE, FALSE, sizeof(TmDaySpan));
    }
    g_array_set_size(reports->rows, 0);
    reports->in_bucket = reports->bad = reports->too_many = FALSE;
    reports->bucket =
        (TmAnthropicBucket){TM_INSTANT_NONE, TM_INSTANT_NONE, TM_DAY_NONE, TM_ANTHROPIC_DAYS};
    reports->pages.wanted = FALSE;
}

/* ---- Members ----------------------------------------------------------------------------- */

/* Where each text and each count goes. */
static TmCell *cell_of(TmAnthropicRow *row, guint field)
{
    TmCell *const cells[FIELD_COUNT] = {
        [USER] = &row->user,
        [EMAIL] = &row->email,
        [WORKSPACE] = &row->workspace,
        [API_KEY] = &row->api_key,
        [ACCOUNT] = &row->account,
        [SERVICE_ACCOUNT] = &row->service_account,
        [PRODUCT] = &row->product,
        [GROUP] = &row->group,
        [CHANNEL] = &row->channel,
        [MODEL] = &row->model,
        [TIER] = &row->tier,
        [CONTEXT] = &row->context,
        [GEO] = &row->geo,
        [SPEED] = &row->speed,
        [COST_TYPE] = &row->cost_type,
        [TOKEN_TYPE] = &row->token_type,
        [CURRENCY] = &row->currency,
    };
    return cells[field];
}

static TmCount *count_of(TmAnthropicRow *row, guint field)
{
    TmCount *const counts[FIELD_COUNT] = {
        [UNCACHED] = &row->uncached,
        [SHORT_WRITES] = &row->short_writes,
        [LONG_WRITES] = &row->long_writes,
        [READS] = &row->reads,
        [OUTPUT] = &row->output,
        [TOTAL] = &row->total,
        [REQUESTS] = &row->requests,
    };
    return counts[field];
}

/* Members that only the Enterprise reports have, even where they are null. */
static gboolean is_of_enterprise(guint field)
{
    return field == USER || field == PRODUCT || field == GROUP || field == CHANNEL ||
           field == REQUESTS || field == LIST_AMOUNT || field == TOTAL;
}

static gboolean take_row_field(
    TmAnthropicRow *row, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    row->enterprise |= is_of_enterprise(field);
    row->is_cost |= field == AMOUNT || field == LIST_AMOUNT;
    if (field == AMOUNT)
        return tm_anthropic_take_cents(reading, rule, value, &row->amount);
    if (field == LIST_AMOUNT)
        return tm_anthropic_take_cents(reading, rule, value, &row->list_amount);
    TmCell *cell = cell_of(row, field);
    if (cell != NULL)
        return tm_json_take_text(reading, rule, value, cell);
    return tm_json_take_count(reading, rule, value, count_of(row, field));
}

static void add_row(TmAnthropicReports *reports)
{
    if (reports->rows->len == MOST_ROWS)
        reports->too_many = TRUE;
    else
        g_array_set_size(reports->rows, reports->rows->len + 1);
}

static void take_page_field(TmAnthropicReports *reports, guint field, const TmJsonValue *value)
{
    gint64 refreshed;
    if (field == HAS_MORE)
        tm_anthropic_page_more(&reports->pages, value);
    else if (field == NEXT_PAGE)
        tm_anthropic_page_next(&reports->pages, value);
    else if (value->kind == TM_JSON_STRING &&
             tm_instant_parse(value->text, value->length, &refreshed))
        reports->refreshed = MAX(reports->refreshed, refreshed);
}

static void take_member(
    TmAnthropicReports *reports, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmAnthropicBucket *bucket = &reports->bucket;
    gboolean taken = TRUE;
    if (field == STARTS)
        taken = tm_anthropic_take_instant(reading, &fields[field], value, &bucket->starts);
    else if (field == ENDS)
        taken = tm_anthropic_take_instant(reading, &fields[field], value, &bucket->ends);
    else if (field == RESULTS)
        reports->in_bucket = TRUE;
    else
        add_row(reports);
    reports->bad |= !taken;
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmAnthropicReports *reports = user;
    if (field >= HAS_MORE) {
        take_page_field(reports, field, value);
        return;
    }
    if (reports->bad || reports->too_many)
        return;
    if (field <= RESULT) {
        take_member(reports, reading, field, value);
        return;
    }
    if (reports->rows->len == 0)
        add_row(reports);
    TmAnthropicRow *row = &g_array_index(reports->rows, TmAnthropicRow, reports->rows->len - 1);
    if (!row->bad)
        row->bad = !take_row_field(row, reading, field, value);
}

/* ---- Records ----------------------------------------------------------------------------- */

static void begin_report(TmAnthropicReports *reports, TmReading *reading)
{
    if (reports->begun || reports->rows->len == 0)
        return;
    static const char *const versions[] = {"days", "hours", "periods"};
    const TmAnthropicRow *row = &g_array_index(reports->rows, TmAnthropicRow, 0);
    tm_reading_begin(
        reading, &tables[tm_anthropic_report_of(reports, row)], versions[reports->bucket.grain]);
    reports->begun = TRUE;
}

/* Buckets of days say which days the report covers, idle ones too. */
static void note_day(TmAnthropicReports *reports)
{
    TmDay day = reports->bucket.day;
    if (!reports->in_bucket || reports->bucket.grain != TM_ANTHROPIC_DAYS)
        return;
    guint count = reports->covered->len;
    TmDaySpan *last = count > 0 ? &g_array_index(reports->covered, TmDaySpan, count - 1) : NULL;
    if (last != NULL && day >= last->first && day <= last->last + 1) {
        last->last = MAX(last->last, day);
    } else if (count < MOST_SPANS) {
        TmDaySpan span = {day, day};
        g_array_append_val(reports->covered, span);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    TmAnthropicReports *reports = user;
    if (reports->too_many)
        tm_reading_skip(reading, TM_KIND_TOO_LONG, "results",
            "more than %d results in one bucket: export smaller buckets", MOST_ROWS);
    if (reports->too_many || reports->bad || !tm_anthropic_place_bucket(reports, reading))
        return TRUE;
    begin_report(reports, reading);
    note_day(reports);
    tm_anthropic_take_rows(reports, reading);
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading G_GNUC_UNUSED, gboolean closing)
{
    TmAnthropicReports *reports = user;
    if (closing)
        tm_anthropic_page_closed(&reports->pages);
}

static void cover(const TmAnthropicReports *reports, TmReading *reading)
{
    for (guint i = 0; reports->covers && i < reports->covered->len; i++) {
        const TmDaySpan *span = &g_array_index(reports->covered, TmDaySpan, i);
        tm_reading_cover_source(
            reading, &tm_sources[TM_SOURCE_ANTHROPIC_USAGE], span->first, span->last);
    }
}

static void end_file(gpointer user, TmReading *reading)
{
    const TmAnthropicReports *reports = user;
    TmFileSummary *summary = reading->summary;
    if (!reports->begun)
        tm_reading_begin(reading, &tables[TM_ANTHROPIC_USAGE], NULL);
    cover(reports, reading);
    tm_anthropic_pages_are_complete(&reports->pages, reading);
    if (reports->refreshed == 0)
        return;
    summary->exported = MAX(summary->exported, reports->refreshed);
    if (summary->last != TM_DAY_NONE && summary->last >= tm_instant_day(reports->refreshed))
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "data_refreshed_at",
            "the last days are not complete yet, as the report itself says");
}

static void clear(gpointer user)
{
    TmAnthropicReports *reports = user;
    g_clear_pointer(&reports->rows, g_array_unref);
    g_clear_pointer(&reports->covered, g_array_unref);
}

static const char *const signatures[] = {"starting_at|ending_at|results", "starting_at|results",
    "actor|total_tokens", "actor|uncached_input_tokens", "actor|list_amount", "actor|amount", NULL};

const TmJsonFormat tm_json_anthropic_reports = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .signatures = signatures,
    .state_size = sizeof(TmAnthropicReports),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
