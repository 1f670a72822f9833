/* Money against vendors' totals and invoices: see status_money.h. */
#include "status_money.h"

#include "money_days.h"

#include <stdio.h>
#include <string.h>

#define MONTHS_BACK 12

char *tm_status_amount(gint64 micros)
{
    char *text = tm_micros_format(micros);
    gsize length = strlen(text);
    for (guint digits = 6; digits > 2 && text[length - 1] == '0'; digits--)
        text[--length] = '\0';
    return text;
}

/* The nearest amount where the sum does not fit. */
static gint64 plus(gint64 a, gint64 b)
{
    gint64 sum;
    if (!__builtin_add_overflow(a, b, &sum))
        return MAX(sum, -G_MAXINT64);
    return a > 0 ? G_MAXINT64 : -G_MAXINT64;
}

/* ---- Periods ----------------------------------------------------------------------------- */

static TmDaySpan month_of(TmDay day)
{
    int year, month, of_month;
    tm_day_to_date(day, &year, &month, &of_month);
    TmDay first = day - of_month + 1;
    return (TmDaySpan){first, first + tm_days_in_month(year, month) - 1};
}

static gboolean is_month(TmDaySpan span)
{
    TmDaySpan month = month_of(span.first);
    return month.first == span.first && month.last == span.last;
}

static int compare_spans(gconstpointer left, gconstpointer right)
{
    const TmDaySpan *a = left, *b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

/* Months of the data, the last twelve, and what invoices of the tool are for; each once. */
static GArray *periods_of(const TmSetup *setup, const TmMoneyDays *money, TmToolIndex tool)
{
    GArray *periods = g_array_new(FALSE, FALSE, sizeof(TmDaySpan));
    TmDaySpan data = tm_money_days_span(money), month = month_of(data.last);
    for (guint i = 0; i < MONTHS_BACK && month.last >= data.first; i++) {
        g_array_append_val(periods, month);
        month = month_of(month.first - 1);
    }
    for (guint i = 0; i < setup->invoices->len; i++) {
        const TmInvoice *invoice = &g_array_index(setup->invoices, TmInvoice, i);
        TmDaySpan span = {invoice->first, invoice->last};
        if (invoice->tool == tool)
            g_array_append_val(periods, span);
    }
    g_array_sort(periods, compare_spans);
    for (guint i = periods->len; i-- > 1;)
        if (compare_spans(&g_array_index(periods, TmDaySpan, i - 1),
                &g_array_index(periods, TmDaySpan, i)) == 0)
            g_array_remove_index(periods, i);
    return periods;
}

/* ---- What seats cost --------------------------------------------------------------------- */

static gint64 seats_of_contract(const TmContract *contract, TmDaySpan span)
{
    gint64 micros = 0;
    gint64 each_period = tm_scale_half_even(contract->price_per_seat, contract->seats, 1);
    TmDay last = MIN(span.last, contract->last);
    for (TmDay day = MAX(span.first, contract->first); day <= last;) {
        TmDaySpan month = month_of(day);
        TmDay until = MIN(last, month.last);
        gint64 month_days = (gint64)month.last - month.first + 1;
        micros = plus(micros, tm_scale_half_even(each_period, until - day + 1,
                                  month_days * (contract->yearly ? 12 : 1)));
        day = until + 1;
    }
    return micros;
}

/* Each day has its share of the month. */
static gint64 seats_cost(const TmSetup *setup, TmToolIndex tool, TmDaySpan span)
{
    gint64 micros = 0;
    for (guint i = 0; i < setup->contracts->len; i++) {
        const TmContract *contract = &g_array_index(setup->contracts, TmContract, i);
        if (contract->tool == tool && g_str_equal(contract->currency, setup->settings.currency))
            micros = plus(micros, seats_of_contract(contract, span));
    }
    return micros;
}

/* ---- Comparing --------------------------------------------------------------------------- */

/* One period of one tool. */
typedef struct Period {
    const TmSetup *setup;
    const TmMoneyDays *money;
    TmToolIndex tool;
    TmDaySpan days;
    TmMoneySum metered;
} Period;

static void add_reason(GString *reasons, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add_reason(GString *reasons, const char *format, ...)
{
    va_list arguments;
    if (reasons->len > 0)
        g_string_append(reasons, "; ");
    va_start(arguments, format);
    g_string_append_vprintf(reasons, format, arguments);
    va_end(arguments);
}

/* What the exports do not know of the period; FALSE if they know all of its days. */
static gboolean add_gaps(const Period *period, GString *reasons)
{
    TmDaySpan covered = tm_money_covered(period->money, period->tool);
    gsize before = reasons->len;
    if (covered.first > period->days.last || covered.last < period->days.first) {
        add_reason(reasons, "no export of these days states metered cost");
        return TRUE;
    }
    if (covered.first > period->days.first) {
        g_autofree char *day = tm_day_format(covered.first);
        add_reason(reasons, "exports begin on %s", day);
    }
    if (covered.last < period->days.last) {
        g_autofree char *day = tm_day_format(covered.last);
        add_reason(reasons, "exports end on %s", day);
    }
    TmDaySpan inside = {
        MAX(covered.first, period->days.first), MIN(covered.last, period->days.last)};
    guint missing = tm_money_missing_days(period->money, period->tool, inside);
    if (missing > 0)
        add_reason(
            reasons, "%u working day%s without data of cost", missing, missing == 1 ? "" : "s");
    return reasons->len > before;
}

/* Seats stand on invoices beside use, or alone; to the cent, since they are shares of months. */
static void add_seats(const Period *period, gint64 invoice, GString *reasons, gint64 *rest)
{
    gint64 seats = tm_round_to(
        seats_cost(period->setup, period->tool, period->days), TM_MICROS_PER_UNIT / 100);
    if (seats == 0)
        return;
    if (seats == invoice) {
        add_reason(reasons, "just the seats of subscriptions.csv, no metered use");
        *rest = 0;
        return;
    }
    g_autofree char *text = tm_status_amount(seats);
    add_reason(reasons, "%s for seats of subscriptions.csv, which are not metered", text);
    *rest = plus(*rest, -seats);
}

/* A vendor that counts members only does not count them. */
static void add_strangers(const Period *period, GString *reasons, gint64 *rest)
{
    TmMoneySum strangers = tm_money_of_strangers(period->money, period->tool, period->days);
    if (strangers.micros <= 0 || *rest >= 0)
        return;
    g_autofree char *text = tm_status_amount(strangers.micros);
    add_reason(reasons, "%s of metered is of accounts that nobody on the roster has", text);
    if (*rest == -strangers.micros)
        *rest = 0;
}

static void add_rest(GString *reasons, gint64 rest, gboolean has_cause)
{
    g_autofree char *text = tm_status_amount(rest);
    if (rest == 0)
        return;
    if (has_cause)
        add_reason(reasons, "that leaves %s", text);
    else
        add_reason(
            reasons, "%s not explained (tax, discounts and rounding are not known here)", text);
}

/* What is different, from whom it may come, and what is left of it. */
static void explain(const Period *period, TmMoneySum other, gboolean is_invoice, gint64 difference,
    GString *reasons)
{
    gint64 rest = difference;
    gboolean has_cause = add_gaps(period, reasons);
    if (is_invoice)
        add_seats(period, other.micros, reasons, &rest);
    add_strangers(period, reasons, &rest);
    if (!is_invoice && other.days == 1 && rest != 0) {
        g_autofree char *day = tm_day_format(other.last);
        add_reason(reasons, "all of it stands on %s and may be of another period", day);
        has_cause = TRUE;
    }
    add_rest(reasons, rest, has_cause);
}

/* One line: what somebody else says, how much more or less it is, and why. */
static void print_other(
    const Period *period, const char *name, TmMoneySum other, gboolean is_invoice)
{
    g_autofree char *amount = tm_status_amount(other.micros);
    printf("      %s %s: ", name, amount);
    if (!is_invoice && period->metered.days == 0) {
        puts("no export of these days states metered cost to compare with");
        return;
    }
    gint64 difference = plus(other.micros, -period->metered.micros);
    if (difference == 0) {
        puts("the same");
        return;
    }
    g_autofree char *text = tm_status_amount(ABS(difference));
    g_autoptr(GString) reasons = g_string_new(NULL);
    explain(period, other, is_invoice, difference, reasons);
    printf("%s %s; %s\n", text, difference > 0 ? "more" : "less", reasons->str);
}

static void print_totals(const Period *period)
{
    for (guint source = 0; source < tm_source_count; source++) {
        if (tm_sources[source].tool != period->tool)
            continue;
        TmMoneySum total = tm_money_of_source(period->money, source, period->days);
        if (total.days > 0)
            print_other(period, tm_sources[source].key, total, FALSE);
    }
}

static gboolean is_of_period(const TmInvoice *invoice, const Period *period)
{
    return invoice->tool == period->tool && invoice->first == period->days.first &&
           invoice->last == period->days.last;
}

/* Invoices in our currency are added up; others only named. */
static void print_invoices(const Period *period)
{
    const char *currency = period->setup->settings.currency;
    TmMoneySum sum = {0};
    for (guint i = 0; i < period->setup->invoices->len; i++) {
        const TmInvoice *invoice = &g_array_index(period->setup->invoices, TmInvoice, i);
        if (!is_of_period(invoice, period))
            continue;
        if (g_str_equal(invoice->currency, currency)) {
            sum.micros = plus(sum.micros, invoice->amount);
            sum.days++;
            continue;
        }
        g_autofree char *amount = tm_status_amount(invoice->amount);
        printf("      invoice %s %s: another currency, not compared\n", amount, invoice->currency);
    }
    if (sum.days > 0)
        print_other(period, "invoice", sum, TRUE);
}

/* ---- Printing ---------------------------------------------------------------------------- */

static gboolean has_anything(const Period *period)
{
    if (period->metered.micros != 0)
        return TRUE;
    for (guint source = 0; source < tm_source_count; source++)
        if (tm_sources[source].tool == period->tool &&
            tm_money_of_source(period->money, source, period->days).days > 0)
            return TRUE;
    for (guint i = 0; i < period->setup->invoices->len; i++)
        if (is_of_period(&g_array_index(period->setup->invoices, TmInvoice, i), period))
            return TRUE;
    return FALSE;
}

static void print_period(const Period *period)
{
    g_autofree char *first = tm_day_format(period->days.first);
    g_autofree char *last = tm_day_format(period->days.last);
    g_autofree char *amount = tm_status_amount(period->metered.micros);
    if (is_month(period->days))
        printf("    %.7s: ", first);
    else
        printf("    %s to %s: ", first, last);
    printf("metered %s\n", period->metered.days > 0 ? amount : "not measured");
    print_totals(period);
    print_invoices(period);
}

/* The heading stands above the first tool that has anything. */
static void print_tool(
    const TmSetup *setup, const TmMoneyDays *money, TmToolIndex tool, gboolean *any)
{
    g_autoptr(GArray) periods = periods_of(setup, money, tool);
    gboolean named = FALSE;
    for (guint i = 0; i < periods->len; i++) {
        Period period = {setup, money, tool, g_array_index(periods, TmDaySpan, i), {0}};
        period.metered = tm_money_of_tool(money, tool, period.days);
        if (!has_anything(&period))
            continue;
        if (!*any)
            printf("Money by calendar month, in %s (metered: what is billed beyond seats):\n",
                setup->settings.currency);
        if (!named)
            printf("  %s\n", g_array_index(setup->tools, TmTool, tool).name);
        *any = named = TRUE;
        print_period(&period);
    }
}

gboolean tm_status_print_money(TmLedger *ledger, const TmSetup *setup, GError **error)
{
    g_autoptr(TmMoneyDays) money = tm_money_days_read(ledger, setup, error);
    gboolean any = FALSE;
    for (TmToolIndex tool = 0; money != NULL && tool < setup->tools->len; tool++)
        print_tool(setup, money, tool, &any);
    return money != NULL;
}
