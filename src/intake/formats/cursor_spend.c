/*
 * Cursor's spend (Admin API, JSON): for each person a running total since the billing cycle began.
 *
 * It has no end and no days, so it is kept apart: a later answer of the same cycle replaces an
 * earlier one, and nothing is added. The cycle stands behind the rows, which are held until then.
 */
#include "cursor_pages.h"
#include "cursor_walk.h"

enum {
    EMAIL,
    USER_ID,
    SPENT,
    INCLUDED,
    OVERALL,
    NAME,
    PICTURE,
    ROLE,
    LIMITS,
    OTHER,
    PAGE_CYCLE,
    PAGE_MEMBERS,
    PAGE_REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [EMAIL] = {"email", TM_FIELD_IDENTITY, "record key", "no person's figures are made of it"},
    [USER_ID] = {"userId", TM_FIELD_IDENTITY, "record key", "where there is no address"},
    [SPENT] = {"spendCents", TM_FIELD_READ, "metered",
        "cents; on-demand, in newer answers with the included part. Without the next two fields it "
        "cannot be told which, and counts as an estimate"},
    [INCLUDED] = {"includedSpendCents", TM_FIELD_READ, "list_value", "cents covered by the plan"},
    [OVERALL] = {"overallSpendCents", TM_FIELD_READ, "metered, list_value",
        "cents; included and on-demand"},
    [NAME] = {"name", TM_FIELD_CONTENT, "", "a person's name"},
    [PICTURE] = {"profilePictureUrl", TM_FIELD_CONTENT, "", ""},
    [ROLE] = {"role", TM_FIELD_IGNORED, "", ""},
    [LIMITS] = {"hardLimitOverrideDollars|monthlyLimitDollars|effectivePerUserLimitDollars",
        TM_FIELD_IGNORED, "", "limits, not money spent"},
    [OTHER] = {"fastPremiumRequests|billingTier|apiPercentUsed|autoPercentUsed|totalPercentUsed|"
               "usagePromoExpiresAt|removedAt",
        TM_FIELD_IGNORED, "", ""},
    [PAGE_CYCLE] = {"page.subscriptionCycleStart", TM_FIELD_READ, "day, record key",
        "the day on which the cycle began; without it nothing is taken"},
    [PAGE_MEMBERS] = {"page.totalMembers", TM_FIELD_READ, "",
        "more than there are rows: the export is incomplete"},
    [PAGE_REST] = {"page.totalPages|page.limitedUsersCount|page.maxUserSpendCents",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"cursor-spend", "Cursor spend of the billing cycle (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_SPEND], fields, FIELD_COUNT};

#define MOST_ROWS 200000 /* held at once */

typedef struct Row {
    guint64 person; /* hash, for the key only */
    guint64 line;
    gint64 on_demand;
    gboolean doubtful;
    TmCount included;
} Row;

typedef struct State {
    gboolean begun;
    TmCell email, user;
    TmCount spent, included, overall;
    TmCount cycle;
    TmCursorPages pages;
    GArray *rows; /* Row */
} State;

static const TmCursorPageWords words = {"totalMembers", "members"};

static void begin_record(gpointer user)
{
    State *state = user;
    const TmCount none = {0};
    state->email = state->user = (TmCell){0};
    state->spent = state->included = state->overall = none;
    state->pages.page.have++;
    if (state->rows == NULL)
        state->rows = g_array_new(FALSE, FALSE, sizeof(Row));
}

static gboolean take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &state->email);
    case USER_ID:
        return tm_cursor_take_id(reading, rule, value, &state->user);
    case SPENT:
        return tm_json_take_hundredths(reading, rule, value, &state->spent);
    case INCLUDED:
        return tm_json_take_hundredths(reading, rule, value, &state->included);
    default:
        return tm_json_take_hundredths(reading, rule, value, &state->overall);
    }
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    return tm_cursor_walk(&table, record, reading, take_field, user);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field == PAGE_CYCLE)
        tm_cursor_take_end(reading, &fields[field], value, &state->cycle);
    else
        tm_json_take_count(reading, &fields[field], value, &state->pages.page.wanted);
}

/*
 * What is on-demand of what was spent. Included and overall spending decide, since the vendor's
 * pages differ on whether spendCents has the included part in it.
 */
static void split(const State *state, Row *row)
{
    gint64 spent = state->spent.value, included = state->included.value;
    row->on_demand = spent;
    row->included = state->included;
    if (state->included.present && state->overall.present)
        row->on_demand = MAX(state->overall.value - included, 0);
    else if (state->included.present && spent >= included)
        row->on_demand = spent - included;
    else if (state->overall.present && state->overall.value >= spent)
        row->included = (TmCount){TRUE, state->overall.value - spent};
    else
        row->doubtful = TRUE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    Row row = {.line = reading->line};
    TmCell person = state->email.length > 0 ? state->email : state->user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (person.length == 0 || !state->spent.present) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, person.length == 0 ? "email" : "spendCents",
            person.length == 0 ? "neither address nor id" : "no amount");
        return TRUE;
    }
    if (state->rows->len == MOST_ROWS) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, NULL, "too many rows on one page");
        return TRUE;
    }
    row.person = tm_key_end(tm_key_lower(TM_KEY_START, person.text, person.length));
    split(state, &row);
    g_array_append_val(state->rows, row);
    return TRUE;
}

static void hand_over(TmReading *reading, const Row *row, TmDay day)
{
    TmRecord record = {.service = TRUE, .day = day, .instant = TM_INSTANT_NONE};
    TmKeyHash hash = tm_key_integer(TM_KEY_START, day);
    record.key = tm_key_end(tm_key_integer(hash, (gint64)row->person));
    reading->line = row->line;
    if (!tm_reading_admits(reading, day, "subscriptionCycleStart"))
        return;
    tm_measures_set(&record.measures, TM_MEASURE_METERED, row->on_demand);
    if (row->doubtful)
        record.measures.estimated |= TM_MEASURE_BIT(TM_MEASURE_METERED);
    if (row->included.present)
        tm_measures_set(&record.measures, TM_MEASURE_LIST_VALUE, row->included.value);
    tm_reading_take(reading, &record);
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    State *state = user;
    if (!closing)
        return;
    for (guint i = 0; state->cycle.present && i < state->rows->len; i++)
        hand_over(reading, &g_array_index(state->rows, Row, i), tm_instant_day(state->cycle.value));
    if (state->cycle.present)
        g_array_set_size(state->rows, 0);
    state->cycle = (TmCount){0};
    tm_cursor_pages_turn(&state->pages, reading, &words);
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    tm_cursor_pages_end(&state->pages, reading, &words);
    if (state->rows == NULL || state->rows->len == 0)
        return;
    tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "subscriptionCycleStart",
        "without it the sums are of no known time: save the whole answer");
    reading->summary->rows_skipped += state->rows->len - 1;
}

static void clear(gpointer user)
{
    g_clear_pointer(&((State *)user)->rows, g_array_unref);
}

static const char *const signatures[] = {"email|name|role|spendCents", "email|spendCents",
    "email|name|role|spend_cents", "email|spend_cents", NULL};

const TmJsonFormat tm_json_cursor_spend = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .walk = walk,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
