/*
 * Cursor's usage events as JSON: one record for each model call, from the Admin API or from the
 * dashboard's own interface.
 *
 * Events have no id; two in one file may be the same and both be true. Pages however shift while
 * events come in, so that the end of a page comes again at the front of the next one: of equal
 * events on neighbouring pages as many count as stand on the page that has more.
 */
#include "cursor_kinds.h"
#include "cursor_pages.h"
#include "cursor_walk.h"

#include <string.h>

enum {
    TIMESTAMP,
    EMAIL,
    USER_ID,
    OWNER,
    TEAM,
    MODEL,
    KIND,
    CACHE_WRITE,
    INPUT,
    CACHE_READ,
    OUTPUT,
    TOTAL_CENTS,
    DISCOUNT,
    FEE,
    CHARGED,
    CHARGEABLE,
    TOKEN_BASED,
    UNITS,
    MAX_MODE,
    SHOWN_COST,
    PLAN,
    HEADLESS,
    CLOUD_AGENT,
    AUTOMATION,
    CONVERSATION,
    FREE_REVIEW,
    SERVICE,
    SERVICE_NAME,
    PAGE_TOTAL,
    PAGE_NUMBER,
    PAGE_START,
    PAGE_END,
    PAGE_REST,
    FIELD_COUNT
};

#define TOKENS "tokenUsage."

static const TmFieldRule fields[FIELD_COUNT] = {
    [TIMESTAMP] = {"timestamp", TM_FIELD_READ, "day, instant, record key",
        "epoch milliseconds as text or number, or an instant; UTC"},
    [EMAIL] = {"userEmail", TM_FIELD_IDENTITY, "person",
        "trusted first; empty for service accounts"},
    [USER_ID] = {"userId", TM_FIELD_IDENTITY, "person", "trusted second"},
    [OWNER] = {"owningUser", TM_FIELD_IDENTITY, "person",
        "in personal answers, which have no address: a number, and then the file's path"},
    [TEAM] = {"owningTeam", TM_FIELD_IGNORED, "", ""},
    [MODEL] = {"model", TM_FIELD_READ, "model, surface, record key",
        "default is read as auto; agent_review is a review"},
    [KIND] = {"kind", TM_FIELD_READ, "metered, requests",
        "usage-based and on-demand are billed; errored and aborted calls are no requests"},
    [CACHE_WRITE] = {TOKENS "cacheWriteTokens", TM_FIELD_READ, "cache_write_tokens, record key",
        "one of the four missing beside others is 0; without any, tokens are not measured"},
    [INPUT] = {TOKENS "inputTokens", TM_FIELD_READ, "input_tokens, record key",
        "without cached input"},
    [CACHE_READ] = {TOKENS "cacheReadTokens", TM_FIELD_READ, "cache_read_tokens, record key", ""},
    [OUTPUT] = {TOKENS "outputTokens", TM_FIELD_READ, "output_tokens, record key", ""},
    [TOTAL_CENTS] = {TOKENS "totalCents", TM_FIELD_READ, "metered, list_value",
        "cents before discount and fee; used where chargedCents is missing"},
    [DISCOUNT] = {TOKENS "discountPercentOff", TM_FIELD_READ, "metered, list_value",
        "taken off totalCents"},
    [FEE] = {"cursorTokenFee", TM_FIELD_READ, "metered, list_value",
        "cents; in chargedCents already, added to totalCents"},
    [CHARGED] = {"chargedCents", TM_FIELD_READ, "metered, list_value",
        "cents; billed for usage-based and on-demand, list value for included, free and own-key "
        "calls, nothing for failed ones"},
    [CHARGEABLE] = {"isChargeable", TM_FIELD_IGNORED, "", "does not tell what is billed"},
    [TOKEN_BASED] = {"isTokenBasedCall", TM_FIELD_IGNORED, "",
        "does not tell whether there are tokens"},
    [UNITS] = {"requestsCosts", TM_FIELD_IGNORED, "", "billing units, not calls"},
    [MAX_MODE] = {"maxMode", TM_FIELD_IGNORED, "", ""},
    [SHOWN_COST] = {"usageBasedCosts", TM_FIELD_IGNORED, "", "chargedCents rounded, as text"},
    [PLAN] = {"customSubscriptionName", TM_FIELD_IGNORED, "", ""},
    [HEADLESS] = {"isHeadless", TM_FIELD_READ, "surface", "true: background agent"},
    [CLOUD_AGENT] = {"cloudAgentId", TM_FIELD_READ, "surface", "set: background agent"},
    [AUTOMATION] = {"automationId", TM_FIELD_READ, "surface, service",
        "set: nobody at the keyboard"},
    [CONVERSATION] = {"conversationId", TM_FIELD_READ, "session",
        "events without one: by gaps, as an estimate"},
    [FREE_REVIEW] = {"isFreeBugbot", TM_FIELD_READ, "surface", "true: a review"},
    [SERVICE] = {"serviceAccountId", TM_FIELD_IDENTITY, "service",
        "set: no person; identities.csv may give it to one"},
    [SERVICE_NAME] = {"serviceAccountName", TM_FIELD_CONTENT, "", "a name given by people"},
    [PAGE_TOTAL] = {"page.totalUsageEventsCount", TM_FIELD_READ, "",
        "more than there are events: the export is incomplete"},
    [PAGE_NUMBER] = {"page.pagination.currentPage", TM_FIELD_READ, "", "which query a page is of"},
    [PAGE_START] = {"page.period.startDate", TM_FIELD_READ, "coverage",
        "only of complete exports; a period's first and last day count when they are whole"},
    [PAGE_END] = {"page.period.endDate", TM_FIELD_READ, "coverage", ""},
    [PAGE_REST] = {"page.pagination.pageSize|page.pagination.numPages|"
                   "page.pagination.hasNextPage|page.pagination.hasPreviousPage",
        TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"cursor-events", "Cursor usage events (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_EVENTS], fields, FIELD_COUNT};

/* The field of each token count. */
static const guint token_fields[TM_CURSOR_TOKENS] = {
    [TM_CURSOR_CACHE_WRITE] = CACHE_WRITE,
    [TM_CURSOR_INPUT] = INPUT,
    [TM_CURSOR_CACHE_READ] = CACHE_READ,
    [TM_CURSOR_OUTPUT] = OUTPUT,
};

/* Events of a page that are remembered; the interface gives at most 1,000 at once. */
#define MOST_REMEMBERED 5000

typedef struct Event {
    gint64 instant;
    TmCell email, user, owner, model, kind;
    TmCell cloud_agent, automation, conversation, service;
    gboolean headless, review;
    TmCount tokens[TM_CURSOR_TOKENS];
    TmCount total, discount, fee, charged; /* micro-units; the discount as a share of one */
} Event;

typedef struct State {
    gboolean begun;
    TmCursorKinds kinds;
    Event event;
    TmCursorPages pages;
    GHashTable *earlier, *current; /* of two pages: guint64* → how often it stood there */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->event = (Event){.instant = TM_INSTANT_NONE};
    state->pages.page.have++;
}

static gboolean take_money(Event *event, TmReading *reading, guint field, const TmFieldRule *rule,
    const TmJsonValue *value)
{
    if (field == TOTAL_CENTS)
        return tm_json_take_hundredths(reading, rule, value, &event->total);
    if (field == FEE)
        return tm_json_take_hundredths(reading, rule, value, &event->fee);
    if (field == CHARGED)
        return tm_json_take_hundredths(reading, rule, value, &event->charged);
    if (!tm_json_take_hundredths(reading, rule, value, &event->discount))
        return FALSE;
    if (event->discount.value <= TM_MICROS_PER_UNIT)
        return TRUE;
    tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, tm_field_name(rule), "a share cannot be so");
    return FALSE;
}

static gboolean take_text(Event *event, TmReading *reading, guint field, const TmFieldRule *rule,
    const TmJsonValue *value)
{
    TmCell *const cells[FIELD_COUNT] = {[EMAIL] = &event->email,
        [USER_ID] = &event->user,
        [OWNER] = &event->owner,
        [CLOUD_AGENT] = &event->cloud_agent,
        [AUTOMATION] = &event->automation,
        [CONVERSATION] = &event->conversation,
        [SERVICE] = &event->service,
        [MODEL] = &event->model,
        [KIND] = &event->kind};
    if (field == EMAIL || field == MODEL || field == KIND)
        return tm_json_take_text(reading, rule, value, cells[field]);
    return tm_cursor_take_id(reading, rule, value, cells[field]);
}

static gboolean take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    Event *event = &((State *)user)->event;
    const TmFieldRule *rule = &fields[field];
    for (guint i = 0; i < TM_CURSOR_TOKENS; i++)
        if (token_fields[i] == field)
            return tm_json_take_count(reading, rule, value, &event->tokens[i]);
    switch (field) {
    case TIMESTAMP:
        return tm_cursor_take_instant(reading, rule, value, &event->instant);
    case TOTAL_CENTS:
    case DISCOUNT:
    case FEE:
    case CHARGED:
        return take_money(event, reading, field, rule, value);
    case HEADLESS:
        return tm_json_take_truth(reading, rule, value, &event->headless);
    case FREE_REVIEW:
        return tm_json_take_truth(reading, rule, value, &event->review);
    default:
        return take_text(event, reading, field, rule, value);
    }
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    return tm_cursor_walk(&table, record, reading, take_field, user);
}

/* The members of a page; those of records come by walk(). */
static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCursorPage *page = &((State *)user)->pages.page;
    const TmFieldRule *rule = &fields[field];
    if (field == PAGE_TOTAL)
        tm_json_take_count(reading, rule, value, &page->wanted);
    else if (field == PAGE_NUMBER)
        tm_json_take_count(reading, rule, value, &page->number);
    else
        tm_cursor_take_end(reading, rule, value, field == PAGE_START ? &page->start : &page->end);
}

/* ---- Records ------------------------------------------------------------------------------- */

static void add_identity(TmRecord *record, TmIdentityKind kind, TmCell cell)
{
    if (cell.length > 0 && record->identities < TM_RECORD_IDENTITIES)
        record->identity[record->identities++] = (TmIdentity){kind, cell.text, cell.length};
}

/* A person by address or number; a service by its id, or nobody. */
static void set_identity(const Event *event, const TmReading *reading, TmRecord *record)
{
    record->service = event->automation.length > 0 || event->service.length > 0;
    if (event->service.length > 0) {
        add_identity(record, TM_IDENTITY_API_KEY, event->service);
        return;
    }
    add_identity(record, TM_IDENTITY_EMAIL, event->email);
    add_identity(record, TM_IDENTITY_USER_ID, event->user);
    if (record->identities > 0)
        return;
    add_identity(record, TM_IDENTITY_USER_ID, event->owner);
    if (record->identities > 0)
        record->identity[record->identities++] = tm_reading_path_identity(reading);
    else
        record->service = TRUE;
}

static void set_surface(const Event *event, TmRecord *record)
{
    if (event->headless || event->cloud_agent.length > 0 || event->automation.length > 0)
        record->surface = TM_SURFACE_AGENT;
    else if (event->review)
        record->surface = TM_SURFACE_REVIEW;
}

static void set_tokens(const Event *event, TmRecord *record)
{
    gboolean any = FALSE;
    for (guint i = 0; i < TM_CURSOR_TOKENS; i++)
        any |= event->tokens[i].present;
    for (guint i = 0; any && i < TM_CURSOR_TOKENS; i++)
        tm_measures_set(&record->measures, tm_cursor_token_measures[i], event->tokens[i].value);
}

/* The price with discount and fee. FALSE when it is not known. */
static gboolean price_of(const Event *event, gint64 *micros)
{
    *micros = event->charged.value;
    if (event->charged.present || !event->total.present)
        return event->charged.present;
    *micros = tm_scale_half_even(event->total.value, TM_MICROS_PER_UNIT - event->discount.value,
                  TM_MICROS_PER_UNIT) +
              event->fee.value;
    return TRUE;
}

static guint64 record_key(const Event *event)
{
    gint64 tokens[TM_CURSOR_TOKENS];
    for (guint i = 0; i < TM_CURSOR_TOKENS; i++)
        tokens[i] = event->tokens[i].value;
    return tm_key_end(tm_cursor_event_key(event->instant, event->model, tokens));
}

static GHashTable *new_page_table(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

/* The event stood on the page before as often as on this one so far: it came again. */
static gboolean is_repeated(State *state, const TmRecord *record)
{
    if (state->current == NULL)
        state->current = new_page_table();
    if (g_hash_table_size(state->current) >= MOST_REMEMBERED)
        return FALSE;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, (gint64)record->key);
    for (guint i = 0; i < record->identities; i++)
        hash = tm_key_lower(hash, record->identity[i].value, record->identity[i].length);
    hash = tm_key_end(hash);
    guint times = GPOINTER_TO_UINT(g_hash_table_lookup(state->current, &hash)) + 1;
    g_hash_table_replace(state->current, g_memdup2(&hash, sizeof hash), GUINT_TO_POINTER(times));
    return state->earlier != NULL &&
           times <= GPOINTER_TO_UINT(g_hash_table_lookup(state->earlier, &hash));
}

static void begin_file(State *state, TmReading *reading)
{
    if (!state->begun)
        tm_reading_begin(
            reading, &table, state->event.owner.length > 0 ? "dashboard" : "Admin API");
    state->begun = TRUE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const Event *event = &state->event;
    TmRecord record = {.instant = event->instant};
    gint64 micros;
    begin_file(state, reading);
    if (event->instant == TM_INSTANT_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "timestamp", "no time");
        return TRUE;
    }
    record.day = tm_instant_day(event->instant);
    record.key = record_key(event);
    set_identity(event, reading, &record);
    if (is_repeated(state, &record)) {
        state->pages.page.have--;
        return TRUE;
    }
    TmCursorKind kind = tm_cursor_kind(&state->kinds, reading, "kind", event->kind);
    if (!tm_reading_admits(reading, record.day, "timestamp"))
        return TRUE;
    if (event->conversation.length > 0)
        record.session = tm_key_end(
            tm_key_text(TM_KEY_START, event->conversation.text, event->conversation.length));
    tm_cursor_set_model(&record, event->model);
    set_surface(event, &record);
    set_tokens(event, &record);
    tm_cursor_set_calls(&record.measures, kind);
    if (price_of(event, &micros))
        tm_cursor_set_money(&record.measures, kind, micros);
    tm_reading_take(reading, &record);
    return TRUE;
}

/* ---- Pages --------------------------------------------------------------------------------- */

static const TmCursorPageWords words = {"totalUsageEventsCount", "events"};

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    State *state = user;
    if (!closing)
        return;
    tm_cursor_pages_turn(&state->pages, reading, &words);
    g_clear_pointer(&state->earlier, g_hash_table_unref);
    state->earlier = g_steal_pointer(&state->current);
}

static void end_file(gpointer user, TmReading *reading)
{
    tm_cursor_pages_end(&((State *)user)->pages, reading, &words);
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->earlier, g_hash_table_unref);
    g_clear_pointer(&state->current, g_hash_table_unref);
}

/* In camel case, in snake case, and in small letters. */
static const char *const signatures[] = {"timestamp|model|kind|userEmail",
    "timestamp|model|kind|owningUser", "timestamp|model|kind|tokenUsage",
    "timestamp|model|kind|maxMode", "timestamp|model|kind|chargedCents",
    "timestamp|model|kind|isTokenBasedCall", "timestamp|model|kind|user_email",
    "timestamp|model|kind|owning_user", "timestamp|model|kind|token_usage",
    "timestamp|model|kind|max_mode", "timestamp|model|kind|charged_cents",
    "timestamp|model|kind|is_token_based_call", "timestamp|model|kind|useremail",
    "timestamp|model|kind|chargedcents", "timestamp|model|kind|istokenbasedcall", NULL};

const TmJsonFormat tm_json_cursor_events = {
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
