/* Precedence of sources: see facts.h. */
#include "facts.h"

#include <string.h>

static const TmSource *source_of(const TmPersonWeek *row)
{
    return &tm_sources[row->source];
}

static gboolean is_money(guint measure)
{
    return measure == TM_MEASURE_METERED || measure == TM_MEASURE_LIST_VALUE;
}

static void add_value(TmMeasures *total, const TmMeasures *day, guint measure)
{
    guint32 bit = TM_MEASURE_BIT(measure);
    if ((day->present & bit) == 0)
        return;
    total->present |= bit;
    total->estimated |= day->estimated & bit;
    total->value[measure] += day->value[measure];
}

static void add_day(TmToolWeek *tool, const TmPersonWeek *row, guint day, guint measure)
{
    add_value(&tool->total, &row->day[day], measure);
    if (measure == TM_MEASURE_INTERACTIONS)
        tool->interactions[day] += row->day[day].value[measure];
}

/* The usual case: one source, nothing to choose. */
static void take_all(TmToolWeek *tool, const TmPersonWeek *row)
{
    for (guint day = 0; day < 7; day++) {
        guint32 left = (row->days_with_rows >> day & 1) ? row->day[day].present : 0;
        while (left != 0) {
            guint measure = (guint)__builtin_ctz(left);
            left &= left - 1;
            add_day(tool, row, day, measure);
        }
    }
}

/* The most preferred of the rows whose source supplies the measure and covers the days. */
static const TmPersonWeek *preferred(
    const TmPersonWeek *const *rows, guint count, guint measure, guint8 days, const guint8 *covered)
{
    const TmPersonWeek *best = NULL;
    for (guint i = 0; i < count; i++) {
        const TmSource *source = source_of(rows[i]);
        if ((source->measures & TM_MEASURE_BIT(measure)) == 0)
            continue;
        if (((covered[rows[i]->source] | rows[i]->days_with_rows) & days) != days)
            continue;
        int order = is_money(measure) ? source->money_order : source->order;
        int best_order = best == NULL        ? 0
                         : is_money(measure) ? source_of(best)->money_order
                                             : source_of(best)->order;
        if (best == NULL || order < best_order)
            best = rows[i];
    }
    return best;
}

static void choose(TmToolWeek *tool, const TmPersonWeek *const *rows, guint count, guint measure,
    const guint8 *covered)
{
    guint8 any = 0;
    for (guint i = 0; i < count; i++)
        if (source_of(rows[i])->measures & TM_MEASURE_BIT(measure))
            any |= (guint8)(covered[rows[i]->source] | rows[i]->days_with_rows);
    const TmPersonWeek *whole = preferred(rows, count, measure, any, covered);
    for (guint day = 0; day < 7; day++) {
        if ((any >> day & 1) == 0)
            continue;
        const TmPersonWeek *row = whole;
        if (row == NULL)
            row = preferred(rows, count, measure, (guint8)(1u << day), covered);
        if (row != NULL && (row->days_with_rows >> day & 1))
            add_day(tool, row, day, measure);
    }
}

static void merge_tool(
    TmToolWeek *tool, const TmPersonWeek *rows, guint row_count, guint id, const guint8 *covered)
{
    const TmPersonWeek *of_tool[TM_ROWS_LIMIT];
    guint count = 0;
    for (guint i = 0; i < row_count; i++)
        if (source_of(&rows[i])->tool == id)
            of_tool[count++] = &rows[i];
    memset(tool, 0, sizeof *tool);
    tool->tool = id;
    if (count == 1) {
        take_all(tool, of_tool[0]);
        return;
    }
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        choose(tool, of_tool, count, measure, covered);
}

void tm_facts_merge(
    TmFacts *facts, const TmPersonWeek *rows, guint row_count, const guint8 *covered_by_source)
{
    guint64 done = 0;
    facts->tool_count = 0;
    for (guint i = 0; i < row_count; i++) {
        guint tool = source_of(&rows[i])->tool;
        if (done >> tool & 1)
            continue;
        done |= G_GUINT64_CONSTANT(1) << tool;
        merge_tool(&facts->tools[facts->tool_count++], rows, row_count, tool, covered_by_source);
    }
}
