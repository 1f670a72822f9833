/* Money day by day: see money_days.h. */
#include "money_days.h"

#include <tidemark/measure.h>

#define WEEKS_BACK 104

/* By day since the first; NULL until an amount comes. */
typedef struct Amounts {
    gint64 *micros;
    gboolean *stated;
} Amounts;

struct TmMoneyDays {
    const TmSetup *setup;
    TmLedger *ledger;
    TmWeek first, last;
    Amounts tools[TM_TOOL_LIMIT], strangers[TM_TOOL_LIMIT];
    Amounts sources[TM_SOURCE_LIMIT];
    guint8 *covered; /* [week][tool]: days for which a source has data that may state the cost */
};

static gsize weeks_of(const TmMoneyDays *money)
{
    return (gsize)(money->last - money->first + 1);
}

static void add(const TmMoneyDays *money, Amounts *amounts, TmDay day, gint64 micros)
{
    gsize days = weeks_of(money) * 7;
    gsize at = (gsize)(day - tm_week_monday(money->first));
    if (amounts->micros == NULL) {
        amounts->micros = g_new0(gint64, days);
        amounts->stated = g_new0(gboolean, days);
    }
    amounts->micros[at] += micros;
    amounts->stated[at] = TRUE;
}

static void take_metered(gpointer user, guint tool, guint32 account, TmDay day, gint64 micros)
{
    TmMoneyDays *money = user;
    add(money, &money->tools[tool], day, micros);
    if (tm_ledger_account_kind(money->ledger, account) == TM_ACCOUNT_UNRESOLVED)
        add(money, &money->strangers[tool], day, micros);
}

static void take_total(TmMoneyDays *money, const TmPersonWeek *row)
{
    for (int day = 0; day < 7; day++)
        if (row->day[day].present & TM_MEASURE_BIT(TM_MEASURE_METERED))
            add(money, &money->sources[row->source], tm_week_monday(row->week) + day,
                row->day[day].value[TM_MEASURE_METERED]);
}

static gboolean read_totals(TmMoneyDays *money, GError **error)
{
    TmPersonWeek row;
    TmLedgerScan *scan = tm_ledger_scan(money->ledger, money->first, money->last, error);
    if (scan == NULL)
        return FALSE;
    while (tm_ledger_scan_next(scan, &row))
        if (tm_sources[row.source].trait == TM_TRAIT_APART)
            take_total(money, &row);
    return tm_ledger_scan_end(scan, error);
}

static void read_coverage(TmMoneyDays *money)
{
    money->covered = g_malloc0_n(weeks_of(money), TM_TOOL_LIMIT);
    for (guint source = 0; source < tm_source_count; source++) {
        if (tm_sources[source].trait == TM_TRAIT_APART ||
            (tm_sources[source].measures & TM_MEASURE_BIT(TM_MEASURE_METERED)) == 0)
            continue;
        guint8 *covered = money->covered + tm_sources[source].tool;
        for (TmWeek week = money->first; week <= money->last; week++, covered += TM_TOOL_LIMIT)
            *covered |= tm_ledger_covered(money->ledger, source, week);
    }
}

TmMoneyDays *tm_money_days_read(TmLedger *ledger, const TmSetup *setup, GError **error)
{
    g_autoptr(TmMoneyDays) money = g_new0(TmMoneyDays, 1);
    money->setup = setup;
    money->ledger = ledger;
    if (!tm_ledger_span(ledger, &money->first, &money->last)) {
        money->last = money->first - 1;
        return g_steal_pointer(&money);
    }
    money->first = MAX(money->first, money->last - WEEKS_BACK);
    if (!tm_measure_metered(setup, ledger, money->first, money->last, take_metered, money, error) ||
        !read_totals(money, error))
        return NULL;
    read_coverage(money);
    return g_steal_pointer(&money);
}

static void clear(Amounts *amounts, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_free(amounts[i].micros);
        g_free(amounts[i].stated);
    }
}

void tm_money_days_free(TmMoneyDays *money)
{
    if (money == NULL)
        return;
    clear(money->tools, TM_TOOL_LIMIT);
    clear(money->strangers, TM_TOOL_LIMIT);
    clear(money->sources, TM_SOURCE_LIMIT);
    g_free(money->covered);
    g_free(money);
}

TmDaySpan tm_money_days_span(const TmMoneyDays *money)
{
    return (TmDaySpan){tm_week_monday(money->first), tm_week_monday(money->last) + 6};
}

static TmDaySpan within(const TmMoneyDays *money, TmDaySpan days)
{
    TmDaySpan all = tm_money_days_span(money);
    return (TmDaySpan){MAX(days.first, all.first), MIN(days.last, all.last)};
}

static TmMoneySum sum(const TmMoneyDays *money, const Amounts *amounts, TmDaySpan days)
{
    TmMoneySum result = {.last = TM_DAY_NONE};
    TmDay first = tm_week_monday(money->first);
    days = within(money, days);
    for (TmDay day = days.first; amounts->micros != NULL && day <= days.last; day++) {
        if (!amounts->stated[day - first])
            continue;
        result.micros += amounts->micros[day - first];
        result.days++;
        result.last = day;
    }
    return result;
}

TmMoneySum tm_money_of_tool(const TmMoneyDays *money, TmToolIndex tool, TmDaySpan days)
{
    return sum(money, &money->tools[tool], days);
}

TmMoneySum tm_money_of_strangers(const TmMoneyDays *money, TmToolIndex tool, TmDaySpan days)
{
    return sum(money, &money->strangers[tool], days);
}

TmMoneySum tm_money_of_source(const TmMoneyDays *money, guint source, TmDaySpan days)
{
    return sum(money, &money->sources[source], days);
}

static guint8 covered_days(const TmMoneyDays *money, TmToolIndex tool, TmWeek week)
{
    return money->covered[(gsize)(week - money->first) * TM_TOOL_LIMIT + tool];
}

TmDaySpan tm_money_covered(const TmMoneyDays *money, TmToolIndex tool)
{
    TmDaySpan covered = {TM_DAY_FOREVER, TM_DAY_NONE};
    for (TmWeek week = money->first; week <= money->last; week++) {
        guint8 days = covered_days(money, tool, week);
        if (days == 0)
            continue;
        covered.first = MIN(covered.first, tm_week_monday(week) + __builtin_ctz(days));
        covered.last = tm_week_monday(week) + 31 - __builtin_clz(days);
    }
    return covered;
}

guint tm_money_missing_days(const TmMoneyDays *money, TmToolIndex tool, TmDaySpan days)
{
    guint missing = 0;
    days = within(money, days);
    for (TmDay day = days.first; day <= days.last; day++) {
        TmWeek week = tm_week_of_day(day);
        guint8 expected =
            money->setup->settings.work_days & tm_setup_tool_days(money->setup, tool, week);
        guint8 lacking = expected & (guint8)~covered_days(money, tool, week);
        missing += lacking >> tm_day_weekday(day) & 1;
    }
    return missing;
}
