/*
 * GitHub's billing interfaces for AI credits and premium requests: pages for one period, with sums
 * by SKU, model and perhaps user. A page for one day and one user is a day of that person; all
 * others are totals of a period and stand apart.
 *
 * The period and the user may stand behind the items, so these are held until the page ends.
 */
#include "../formats.h"
#include "../json_values.h"

#include "copilot_bill.h"

enum {
    PRODUCT,
    SKU,
    MODEL,
    UNIT,
    QUANTITY,
    GROSS,
    DISCOUNT,
    NET,
    USER,
    ORGANISATION,
    NOT_USED,
    YEAR,
    MONTH,
    DAY,
    PAGE_USER,
    PAGE_ORGANISATION,
    PAGE_ENTERPRISE,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [PRODUCT] = {"product", TM_FIELD_READ, "", "items of other products than Copilot are left out"},
    [SKU] = {"sku", TM_FIELD_READ, "surface, record key", "items of seats are left out"},
    [MODEL] = {"model", TM_FIELD_READ, "model, surface, record key",
        "the vendor's choice is read without Auto:"},
    [UNIT] = {"unitType", TM_FIELD_READ, "list_value", "requests or credits; never added up"},
    [QUANTITY] = {"grossQuantity", TM_FIELD_READ, "interactions",
        "billing units, no prompts: use counts as one interaction in each item"},
    [GROSS] = {"grossAmount", TM_FIELD_READ, "list_value",
        "dollars; what is above the net amount is covered by an allowance or discount"},
    [DISCOUNT] = {"discountAmount", TM_FIELD_READ, "metered",
        "used where the net amount is missing"},
    [NET] = {"netAmount", TM_FIELD_READ, "metered", "dollars billed"},
    [USER] = {"user", TM_FIELD_IDENTITY, "person, record key", "login"},
    [ORGANISATION] = {"organization", TM_FIELD_READ, "record key", ""},
    [NOT_USED] = {"pricePerUnit|discountQuantity|netQuantity", TM_FIELD_IGNORED, "", ""},
    [YEAR] = {"page.timePeriod.year", TM_FIELD_READ, "day, record key", ""},
    [MONTH] = {"page.timePeriod.month", TM_FIELD_READ, "day, record key", ""},
    [DAY] = {"page.timePeriod.day", TM_FIELD_READ, "day, record key",
        "without it the items are of a period and never become days of people"},
    [PAGE_USER] = {"page.user", TM_FIELD_IDENTITY, "person, record key",
        "for items without one of their own"},
    [PAGE_ORGANISATION] = {"page.organization", TM_FIELD_READ, "record key",
        "for items without one of their own"},
    [PAGE_ENTERPRISE] = {"page.enterprise", TM_FIELD_READ, "record key", ""},
};

enum { OF_DAYS, OF_PERIODS };

static const TmFormat tables[] = {
    [OF_DAYS] = {"copilot-billing-api", "GitHub billing interface, days of users (JSON)",
        &tm_sources[TM_SOURCE_COPILOT_BILLING_API], fields, FIELD_COUNT},
    [OF_PERIODS] = {"copilot-billing-periods", "GitHub billing interface, periods (JSON)",
        &tm_sources[TM_SOURCE_COPILOT_BILLING_PERIODS], fields, FIELD_COUNT},
};

/* Items of one page held at most; more are left out. */
#define MOST_ITEMS 200000

typedef struct Item {
    gboolean bad;
    guint64 line, column;
    TmCopilotBill bill;
    TmCell user, organisation;
} Item;

typedef struct Page {
    TmCount year, month, day;
    TmCell user, organisation, enterprise; /* texts of the state */
} Page;

typedef struct State {
    const TmFormat *format; /* NULL before the first item */
    Page page;
    Item item;
    GArray *items;
    GStringChunk *texts; /* of the items and of the page */
    TmCopilotLeftOut left_out;
} State;

static void begin_state(State *state)
{
    if (state->items != NULL)
        return;
    state->items = g_array_new(FALSE, FALSE, sizeof(Item));
    state->texts = g_string_chunk_new(4096);
}

static void begin_record(gpointer user)
{
    State *state = user;
    begin_state(state);
    state->item = (Item){0};
}

static TmCell keep(State *state, TmCell cell)
{
    if (cell.length == 0)
        return (TmCell){"", 0};
    return (TmCell){
        g_string_chunk_insert_len(state->texts, cell.text, (gssize)cell.length), cell.length};
}

/* ---- Values -------------------------------------------------------------------------------- */

/* A decimal number of units, in millionths. */
static gboolean take_decimal(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *count)
{
    gint64 micros = 0;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind != TM_JSON_NUMBER || !tm_micros_parse(value->text, value->length, &micros)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, tm_field_name(rule), "an amount is wanted");
        return FALSE;
    }
    if (micros < 0 || micros > TM_COUNT_LIMIT) {
        tm_reading_skip(
            reading, TM_KIND_OUT_OF_RANGE, tm_field_name(rule), "an amount cannot be so");
        return FALSE;
    }
    *count = (TmCount){TRUE, micros};
    return TRUE;
}

static gboolean take_item(State *state, TmReading *reading, guint field, const TmJsonValue *value)
{
    Item *item = &state->item;
    TmCell *const texts[] = {[PRODUCT] = &item->bill.product,
        [SKU] = &item->bill.sku,
        [MODEL] = &item->bill.model,
        [UNIT] = &item->bill.unit,
        [USER] = &item->user,
        [ORGANISATION] = &item->organisation};
    TmCount *const amounts[] = {[QUANTITY] = &item->bill.quantity,
        [GROSS] = &item->bill.gross,
        [DISCOUNT] = &item->bill.discount,
        [NET] = &item->bill.net};
    if (texts[field] != NULL)
        return tm_json_take_text(reading, &fields[field], value, texts[field]);
    return take_decimal(reading, &fields[field], value, amounts[field]);
}

static void take_page(State *state, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    Page *page = &state->page;
    TmCount *const numbers[] = {[YEAR] = &page->year, [MONTH] = &page->month, [DAY] = &page->day};
    TmCell *const texts[] = {[PAGE_USER] = &page->user,
        [PAGE_ORGANISATION] = &page->organisation,
        [PAGE_ENTERPRISE] = &page->enterprise};
    TmCell text = {0};
    if (field <= DAY)
        tm_json_take_count(reading, rule, value, numbers[field]);
    else if (tm_json_take_text(reading, rule, value, &text))
        *texts[field] = keep(state, text);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    begin_state(state);
    if (field >= YEAR)
        take_page(state, reading, field, value);
    else if (!state->item.bad)
        state->item.bad = !take_item(state, reading, field, value);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    Item item = state->item;
    if (item.bad)
        return TRUE;
    if (state->items->len == MOST_ITEMS) {
        tm_reading_skip(
            reading, TM_KIND_TOO_LONG, "usageItems", "more than %u items in a page", MOST_ITEMS);
        return TRUE;
    }
    TmCell *const texts[] = {&item.bill.product, &item.bill.sku, &item.bill.model, &item.bill.unit,
        &item.user, &item.organisation};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = keep(state, *texts[i]);
    item.line = reading->line;
    item.column = reading->column;
    g_array_append_val(state->items, item);
    return TRUE;
}

/* ---- Records ------------------------------------------------------------------------------- */

/* The first day of the page's period; TM_DAY_NONE if there is no such day. */
static TmDay first_day(const Page *page)
{
    if (!page->year.present || page->year.value > 9999 || page->month.value > 12 ||
        page->day.value > 31 || (page->day.present && !page->month.present))
        return TM_DAY_NONE;
    return tm_day_from_date((int)page->year.value, page->month.present ? (int)page->month.value : 1,
        page->day.present ? (int)page->day.value : 1);
}

static guint64 record_key(const State *state, const Item *item, TmCell login)
{
    const Page *page = &state->page;
    const gint64 period[] = {page->year.value, page->month.value, page->day.value};
    TmCell organisation = item->organisation.length > 0 ? item->organisation : page->organisation;
    const TmCell texts[] = {
        page->enterprise, organisation, login, item->bill.sku, item->bill.model};
    TmKeyHash hash = TM_KEY_START;
    for (guint i = 0; i < G_N_ELEMENTS(period); i++)
        hash = tm_key_integer(hash, period[i]);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        hash = tm_key_lower(hash, texts[i].text, texts[i].length);
    return tm_key_end(hash);
}

static void take(State *state, TmReading *reading, const Item *item, TmDay day)
{
    TmCell login = item->user.length > 0 ? item->user : state->page.user;
    gboolean of_person = state->page.day.present && login.length > 0;
    const TmFormat *format = &tables[of_person ? OF_DAYS : OF_PERIODS];
    TmRecord record = {.source = format->source,
        .instant = TM_INSTANT_NONE,
        .day = day,
        .service = !of_person,
        .identity = {{TM_IDENTITY_LOGIN, login.text, login.length}},
        .identities = of_person ? 1 : 0};
    if (!tm_copilot_bill_is_use(&item->bill, reading, &state->left_out) ||
        !tm_reading_admits(reading, day, "timePeriod"))
        return;
    if (state->format == NULL)
        tm_reading_begin(reading, format, NULL);
    state->format = state->format != NULL ? state->format : format;
    tm_copilot_bill_set(&item->bill, of_person, &record);
    record.key = record_key(state, item, login);
    tm_reading_take(reading, &record);
}

static void release_items(State *state, TmReading *reading)
{
    TmDay day = first_day(&state->page);
    guint64 line = reading->line, column = reading->column;
    if (day == TM_DAY_NONE && state->items->len > 0) {
        reading->line = g_array_index(state->items, Item, 0).line;
        reading->column = 0;
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "timePeriod",
            "no period around these items: a page of them is left out");
        reading->summary->rows_skipped += state->items->len - 1;
        g_array_set_size(state->items, 0);
    }
    for (guint i = 0; i < state->items->len; i++) {
        const Item *item = &g_array_index(state->items, Item, i);
        reading->line = item->line;
        reading->column = item->column;
        take(state, reading, item, day);
    }
    reading->line = line;
    reading->column = column;
    g_array_set_size(state->items, 0);
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    State *state = user;
    begin_state(state);
    if (!closing)
        return;
    release_items(state, reading);
    state->page = (Page){0};
    g_string_chunk_clear(state->texts);
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    release_items(state, reading);
    tm_copilot_bill_note_left_out(&state->left_out, reading);
}

static void clear(gpointer user)
{
    State *state = user;
    if (state->items == NULL)
        return;
    g_array_unref(state->items);
    g_string_chunk_free(state->texts);
}

static const char *const signatures[] = {
    "sku|unitType|netAmount", "sku|unitType|grossAmount", "sku|unitType|grossQuantity", NULL};

const TmJsonFormat tm_json_copilot_billing = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
