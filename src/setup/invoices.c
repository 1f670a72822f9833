/* invoices.csv: what vendors have billed, for `tidemark status` to compare with. */
#include "loading.h"
#include "row.h"

enum { TOOL, FIRST, LAST, AMOUNT, CURRENCY, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [TOOL] = {"tool", "product", 1},
    [FIRST] = {"period_start", "start_date", 2},
    [LAST] = {"period_end", "end_date", 3},
    [AMOUNT] = {"amount", "total", 4},
    [CURRENCY] = {"currency", NULL, 0},
};

typedef struct Invoices {
    Loading *loading;
    GHashTable *seen; /* text of each row */
} Invoices;

/* Several invoices for one period are usual; the same amount again is a row written twice. */
static gboolean is_known(Invoices *invoices, const TableRow *row, const TmInvoice *invoice)
{
    char *text = g_strdup_printf("%u %d %d %s %" G_GINT64_FORMAT, invoice->tool, invoice->first,
        invoice->last, invoice->currency, invoice->amount);
    if (g_hash_table_add(invoices->seen, text))
        return FALSE;
    row_report(row, TM_KIND_OVERLAP, AMOUNT,
        "an earlier row has the same tool, period and amount; write their sum in one row if both "
        "were billed");
    return TRUE;
}

static void take_row(const TableRow *row, gpointer user)
{
    Invoices *invoices = user;
    TmSetup *setup = invoices->loading->setup;
    g_autofree char *currency = NULL;
    const char *text;
    TmInvoice invoice = {0};
    if (!row_tool(invoices->loading, row, TOOL, FALSE, &invoice.tool) ||
        !row_text(row, FIRST, &text) || !row_text(row, LAST, &text) ||
        !row_days(row, FIRST, LAST, &invoice.first, &invoice.last) ||
        !row_text(row, AMOUNT, &text) || !row_money(row, AMOUNT, 0, &invoice.amount) ||
        !row_currency(row, CURRENCY, &currency))
        return;
    if (currency == NULL)
        currency = g_strdup(setup->settings.currency);
    invoice.currency = currency;
    if (is_known(invoices, row, &invoice))
        return;
    invoice.currency = g_steal_pointer(&currency);
    g_array_append_val(setup->invoices, invoice);
}

/* By tool and period, so that the order of rows says nothing. */
static int compare(gconstpointer left, gconstpointer right)
{
    const TmInvoice *a = left, *b = right;
    if (a->tool != b->tool)
        return a->tool < b->tool ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    int order = g_strcmp0(a->currency, b->currency);
    return order != 0 ? order : (a->amount > b->amount) - (a->amount < b->amount);
}

gboolean invoices_load(Loading *loading)
{
    static const TableFormat format = {
        "invoices.csv", columns, COLUMN_COUNT, "note number", take_row};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Invoices invoices = {loading, seen};
    TableState state =
        table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint, &invoices);
    g_array_sort(loading->setup->invoices, compare);
    return state != TABLE_UNUSABLE;
}
