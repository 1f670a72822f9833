/* Rows of GitHub's billing exports; see copilot_bill.h. */
#include "copilot_bill.h"

#include <string.h>

#define MICROS_OF_CREDIT 10000 /* one credit is 0.01 USD */

/* Products, and beginnings of SKUs of rows that name another product or none. */
static const char *const products[] = {"copilot", "spark", "github copilot", "github spark"};
static const char *const use_skus[] = {"copilot", "coding_agent_", "spark"};

/* Seats: their price is in the contract. */
static const char *const seat_skus[] = {"copilot_for_business", "copilot_business",
    "copilot_for_enterprise", "copilot_enterprise", "copilot_standalone", "copilot for business",
    "copilot business", "copilot for enterprise", "copilot enterprise", "copilot standalone"};
static const char *const seat_units[] = {
    "user-month", "user month", "user_month", "usermonth", "seat"};

static const struct {
    const char *text; /* in the SKU or the model; begins with c or s */
    TmSurface surface;
} surfaces[] = {
    {"coding_agent", TM_SURFACE_AGENT},
    {"coding agent", TM_SURFACE_AGENT},
    {"code review", TM_SURFACE_REVIEW},
    {"code_review", TM_SURFACE_REVIEW},
    {"spark", TM_SURFACE_OTHER},
};

/* In front of a model that the vendor picked. */
#define PICKED "Auto: "

static gboolean begins_with_any(TmCell cell, const char *const *texts, guint count)
{
    for (guint i = 0; i < count; i++)
        if (tm_cell_begins(cell, texts[i]))
            return TRUE;
    return FALSE;
}

static gboolean is_copilot(const TmCopilotBill *bill)
{
    for (guint i = 0; i < G_N_ELEMENTS(products); i++)
        if (tm_cell_equals(bill->product, products[i]))
            return TRUE;
    return begins_with_any(bill->sku, use_skus, G_N_ELEMENTS(use_skus));
}

static gboolean is_credits(TmCell unit)
{
    return tm_cell_equals(unit, "ai-credits") || tm_cell_equals(unit, "ai_credits") ||
           tm_cell_equals(unit, "credits");
}

static gboolean is_seat(const TmCopilotBill *bill)
{
    if (is_credits(bill->unit) || tm_cell_equals(bill->unit, "requests"))
        return FALSE;
    return begins_with_any(bill->unit, seat_units, G_N_ELEMENTS(seat_units)) ||
           begins_with_any(bill->sku, seat_skus, G_N_ELEMENTS(seat_skus));
}

gboolean tm_copilot_bill_is_use(
    const TmCopilotBill *bill, TmReading *reading, TmCopilotLeftOut *left_out)
{
    gboolean copilot = is_copilot(bill);
    if (copilot && !is_seat(bill))
        return TRUE;
    TmCopilotLeft left = copilot ? TM_COPILOT_LEFT_SEATS : TM_COPILOT_LEFT_PRODUCTS;
    if (left_out->rows[left]++ == 0)
        left_out->line[left] = reading->line;
    return FALSE;
}

void tm_copilot_bill_note_left_out(const TmCopilotLeftOut *left_out, TmReading *reading)
{
    static const char *const texts[] = {
        [TM_COPILOT_LEFT_PRODUCTS] = "rows of other products from here on, left out",
        [TM_COPILOT_LEFT_SEATS] =
            "rows of seats from here on, left out: subscriptions.csv has their price"};
    for (guint i = 0; i < TM_COPILOT_LEFT_COUNT; i++) {
        TmPlace place = {.file = reading->path, .line = left_out->line[i]};
        if (left_out->rows[i] > 0)
            tm_diagnostics_report(reading->diagnostics, TM_KIND_NOTE_FILE, &place,
                "%" G_GUINT64_FORMAT " %s", left_out->rows[i], texts[i]);
    }
}

/* The credits of the row: its quantity if that is credits, else what it was converted to. */
static const TmCount *credits(const TmCopilotBill *bill)
{
    return is_credits(bill->unit) ? &bill->quantity : &bill->converted;
}

/*
 * What is billed, and what an allowance or discount covers. Each amount follows from the two
 * others; without any, credits have a value of their own.
 */
static void set_money(const TmCopilotBill *bill, TmMeasures *measures)
{
    TmCount gross = bill->gross, net = bill->net;
    if (!net.present && gross.present && bill->discount.present)
        net = (TmCount){TRUE, MAX(gross.value - bill->discount.value, 0)};
    if (net.present)
        tm_measures_set(measures, TM_MEASURE_METERED, net.value);
    if (gross.present)
        tm_measures_set(measures, TM_MEASURE_LIST_VALUE, MAX(gross.value - net.value, 0));
    else if (!net.present && credits(bill)->present)
        tm_measures_set(measures, TM_MEASURE_LIST_VALUE,
            tm_scale_half_even(credits(bill)->value, MICROS_OF_CREDIT, TM_MICROS_PER_UNIT));
}

/* The least row of the table whose text is in the cell, of those before `found`. */
static guint find_surface(TmCell cell, guint found)
{
    for (; cell.length > 0; cell.text++, cell.length--) {
        char letter = tm_ascii_lower(cell.text[0]);
        for (guint i = 0; i < found && (letter == 'c' || letter == 's'); i++)
            if (tm_cell_begins(cell, surfaces[i].text))
                found = i;
    }
    return found;
}

static TmSurface surface_of(const TmCopilotBill *bill)
{
    guint found = find_surface(bill->model, find_surface(bill->sku, G_N_ELEMENTS(surfaces)));
    return found < G_N_ELEMENTS(surfaces) ? surfaces[found].surface : TM_SURFACE_UNKNOWN;
}

void tm_copilot_bill_set(const TmCopilotBill *bill, gboolean person, TmRecord *record)
{
    TmCell model = bill->model;
    if (tm_cell_begins(model, PICKED))
        model = tm_cell_trim((TmCell){model.text + strlen(PICKED), model.length - strlen(PICKED)});
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
    record->surface = surface_of(bill);
    set_money(bill, &record->measures);
    gboolean used = bill->quantity.value > 0 || bill->converted.value > 0;
    if (person && bill->quantity.present)
        tm_measures_set(&record->measures, TM_MEASURE_INTERACTIONS, used ? 1 : 0);
}
