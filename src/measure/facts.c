/* Precedence of sources: see facts.h. */
#include "facts.h"

#include <string.h>

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
    if ((TM_MEASURE_BIT(measure) & TM_HEADLINE_TOKENS & row->day[day].present) != 0) {
        tool->tokens[day] += row->day[day].value[measure];
        tool->token_days |= (guint8)(1u << day);
    } else if (measure == TM_MEASURE_METERED &&
               (row->day[day].present & TM_MEASURE_BIT(TM_MEASURE_METERED))) {
        tool->metered[day] += row->day[day].value[measure];
        tool->metered_days |= (guint8)(1u << day);
    }
}

/* The usual case: one source, nothing to choose. */
static void take_all(TmToolWeek *tool, const TmPersonWeek *row)
{
    tool->tokens_row = tool->interactions_row = row;
    for (guint day = 0; day < 7; day++) {
        guint32 left = (row->days_with_rows >> day & 1) ? row->day[day].present : 0;
        while (left != 0) {
            guint measure = (guint)__builtin_ctz(left);
            left &= left - 1;
            add_day(tool, row, day, measure);
        }
    }
}

/* One source of the tool: what it covers, and the account's row in it if it has any. */
typedef struct Candidate {
    const TmSource *source;
    guint8 covered;
    guint32 supplied;        /* what the rows state; without rows what the source can */
    const TmPersonWeek *row; /* NULL: covered without rows is zero use */
} Candidate;

/* What is chosen together with a measure: all slots of tokens, both kinds of money, else the
 * measure alone. */
static guint32 chosen_with(guint measure)
{
    static const guint32 tokens =
        TM_MEASURE_BIT(TM_MEASURE_INPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_CACHE_WRITE_TOKENS) |
        TM_MEASURE_BIT(TM_MEASURE_CACHE_READ_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) |
        TM_MEASURE_BIT(TM_MEASURE_UNSPLIT_TOKENS);
    static const guint32 money =
        TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    if (tm_measure_is_money((TmMeasure)measure))
        return money;
    return TM_MEASURE_BIT(measure) & tokens ? tokens : TM_MEASURE_BIT(measure);
}

/* Lower is preferred. For money, who states what is billed comes before who can only estimate. */
static int place_of(const Candidate *candidate, guint measure)
{
    static const int behind_all = 1000;
    if (!tm_measure_is_money((TmMeasure)measure))
        return candidate->source->order;
    gboolean bills =
        candidate->row != NULL && (candidate->supplied & TM_MEASURE_BIT(TM_MEASURE_METERED)) != 0;
    return candidate->source->money_order + (bills ? 0 : behind_all);
}

/* The most preferred source that supplies the measure and covers the days; NULL if none does. */
static const Candidate *preferred(
    const Candidate *candidates, guint count, guint measure, guint8 days)
{
    const Candidate *best = NULL;
    for (guint i = 0; i < count; i++) {
        if ((candidates[i].supplied & chosen_with(measure)) == 0 ||
            (candidates[i].covered & days) != days)
            continue;
        if (best == NULL || place_of(&candidates[i], measure) < place_of(best, measure))
            best = &candidates[i];
    }
    return best;
}

/* Remembers whose mix of models, surfaces and tasks is that of the week. */
static void note_row(
    TmToolWeek *tool, guint measure, const Candidate *candidates, const guint *days_of, guint count)
{
    guint best = 0;
    for (guint i = 1; i < count; i++)
        if (days_of[i] > days_of[best])
            best = i;
    if (count == 0 || days_of[best] == 0)
        return;
    if (measure == TM_MEASURE_INTERACTIONS)
        tool->interactions_row = candidates[best].row;
    else if (TM_MEASURE_BIT(measure) & TM_HEADLINE_TOKENS)
        tool->tokens_row = candidates[best].row;
}

static void choose(TmToolWeek *tool, const Candidate *candidates, guint count, guint measure)
{
    guint8 any = 0;
    for (guint i = 0; i < count; i++)
        if (candidates[i].supplied & chosen_with(measure))
            any |= candidates[i].covered;
    /* Money is chosen by day: no estimate of a whole week outdoes a bill of some of its days. */
    const Candidate *whole =
        tm_measure_is_money((TmMeasure)measure) ? NULL : preferred(candidates, count, measure, any);
    guint days_of[TM_ROWS_LIMIT] = {0};
    for (guint day = 0; day < 7; day++) {
        if ((any >> day & 1) == 0)
            continue;
        const Candidate *taken =
            whole != NULL ? whole : preferred(candidates, count, measure, (guint8)(1u << day));
        if (taken == NULL || taken->row == NULL || !(taken->row->days_with_rows >> day & 1))
            continue;
        add_day(tool, taken->row, day, measure);
        days_of[taken - candidates]++;
    }
    note_row(tool, measure, candidates, days_of, count);
}

/* A day off is covered when the day before or after it is. */
static guint8 with_days_off(guint8 covered, guint8 days_off)
{
    for (guint step = 0; step < 6; step++)
        covered |= (guint8)((covered << 1 | covered >> 1) & days_off);
    return covered;
}

/*
 * A measure that no row of the week states is unknown from this source, not zero. Sessions that the
 * ledger makes count on their first day only, so that later days know of them without stating any.
 */
static guint32 stated_by(const TmPersonWeek *row)
{
    TmSessionKind sessions = tm_sources[row->source].sessions;
    gboolean made = sessions == TM_SESSIONS_NAMED || sessions == TM_SESSIONS_GAPS;
    guint32 stated = made ? TM_MEASURE_BIT(TM_MEASURE_SESSIONS) : 0;
    for (guint day = 0; day < 7; day++)
        if (row->days_with_rows >> day & 1)
            stated |= row->day[day].present;
    return stated;
}

static guint find_candidates(Candidate *candidates, const TmPersonWeek *rows, guint row_count,
    guint tool, const guint8 *covered_by_source, guint8 days_off)
{
    guint count = 0;
    for (guint source = 0; source < tm_source_count; source++) {
        if (tm_sources[source].tool != tool || tm_sources[source].trait == TM_TRAIT_APART)
            continue;
        Candidate candidate = {
            &tm_sources[source], covered_by_source[source], tm_sources[source].measures, NULL};
        for (guint i = 0; i < row_count; i++) {
            if (rows[i].source != source)
                continue;
            candidate.row = &rows[i];
            if (rows[i].days_with_rows != 0)
                candidate.supplied = stated_by(&rows[i]);
            candidate.covered |= rows[i].days_with_rows | rows[i].covered;
        }
        candidate.covered = with_days_off(candidate.covered, days_off);
        if (candidate.covered != 0 && count < TM_ROWS_LIMIT)
            candidates[count++] = candidate;
    }
    return count;
}

static void merge_tool(TmToolWeek *tool, const TmPersonWeek *rows, guint row_count, guint id,
    const guint8 *covered_by_source, guint8 days_off)
{
    Candidate candidates[TM_ROWS_LIMIT];
    guint count = find_candidates(candidates, rows, row_count, id, covered_by_source, days_off);
    memset(tool, 0, sizeof *tool);
    tool->tool = id;
    if (count == 1 && candidates[0].row != NULL) {
        take_all(tool, candidates[0].row);
        return;
    }
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        choose(tool, candidates, count, measure);
}

void tm_facts_merge(TmFacts *facts, const TmPersonWeek *rows, guint row_count,
    const guint8 *covered_by_source, guint8 days_off)
{
    guint64 done = 0;
    facts->tool_count = 0;
    for (guint i = 0; i < row_count; i++) {
        guint tool = tm_sources[rows[i].source].tool;
        if (done >> tool & 1 || tm_sources[rows[i].source].trait == TM_TRAIT_APART)
            continue;
        done |= G_GUINT64_CONSTANT(1) << tool;
        merge_tool(
            &facts->tools[facts->tool_count++], rows, row_count, tool, covered_by_source, days_off);
    }
}
