/*
 * docs/readings.md, made from the tables of readings and message: what holds, in which order, with
 * an example of the words.
 */
#include "message.h"
#include "rules.h"

/* Numbers of an example that have to fit the conditions of its row. */
typedef struct Example {
    const char *state;
    gint64 weeks;
} Example;

static const Example usual = {"62%", 3};

/* A text with an example in each of its places. */
static char *fill(InsightString id, const Example *example)
{
    g_autofree char *count = tm_format_count(example->weeks);
    g_autofree char *word = tm_format_count_word((guint)example->weeks);
    return tm_text_fill(tm_insight_strings[id], "group", "Mobile", "state", example->state, "value",
        "62%", "percent", "31%", "count", count, "word", word, "week", "W44", "week_number", "44",
        "cost_share", "20%", "head_share", "10%", "departments", "2", "all_departments", "3",
        "target", ", 8 points under the 70% target", "band", "at 40–59%", "minimum", "5", "tool",
        "Cursor", "use", "use", NULL);
}

static Example example_of(const Rule *rule)
{
    Example example = usual;
    for (guint i = 0; i < MOST_CONDITIONS && rule->when[i].fact != FACT_NONE; i++) {
        const Condition *condition = &rule->when[i];
        if (condition->fact == FACT_ADOPTION && condition->most != G_MAXINT64)
            example.state = "38%";
        if (condition->fact == FACT_ADOPTION_RISES)
            example.weeks = condition->least;
    }
    return example;
}

static void append_limit(GString *text, const Condition *condition)
{
    static const char *const directions[] = {"down", "flat", "up"};
    const FactWords *words = fact_words(condition->fact);
    gboolean is_least = condition->least != G_MININT64;
    gint64 limit = is_least ? condition->least : condition->most;
    g_string_append(text, words->name);
    if (words->is_direction && condition->least == condition->most) {
        g_string_append_printf(text, ": %s", directions[limit + 1]);
        return;
    }
    if (words->is_direction) {
        g_string_append_printf(
            text, ": not %s", is_least ? directions[limit] : directions[limit + 2]);
        return;
    }
    g_autofree char *value = tm_format_value(words->unit, limit, NULL);
    g_string_append_printf(text, " %s %s", is_least ? "≥" : "≤", value);
}

static void append_conditions(GString *text, const Rule *rule)
{
    for (guint i = 0; i < MOST_CONDITIONS && rule->when[i].fact != FACT_NONE; i++) {
        g_string_append(text, i > 0 ? "; " : "");
        append_limit(text, &rule->when[i]);
    }
}

static void append_rules(GString *text)
{
    g_string_append(text,
        "| | Key | When | It says | It asks | Who | Decision |\n|---|---|---|---|---|---|---|\n");
    for (guint i = 0; i < insight_rule_count; i++) {
        const Rule *rule = &insight_rules[i];
        const Example example = example_of(rule);
        g_autofree char *sentence = fill(rule->sentence, &example);
        g_autofree char *ask = fill(rule->ask, &example);
        g_string_append_printf(text, "| %u | `%s` | ", i + 1, rule->key);
        append_conditions(text, rule);
        g_string_append_printf(text, " | %s | %s | %s | ", sentence, ask, rule->audiences);
        if (rule->rank > 0)
            g_string_append_printf(text, "%u |\n", rule->rank);
        else
            g_string_append(text, "|\n");
    }
}

static void append_states(GString *text, const RuleState *states, guint count)
{
    for (guint i = 0; i < count; i++) {
        static const Example unknown = {"not measured", 0};
        g_autofree char *brief = fill(states[i].brief, &unknown);
        *brief = g_ascii_toupper(*brief);
        g_string_append_printf(text, "%u. %s: “%s”\n", i + 1, states[i].when, brief);
    }
}

static void append_clauses(GString *text, const MessageClause *clauses, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *words = fill(clauses[i].text, &usual);
        g_string_append_printf(text, "%u. %s: “%s”\n", i + 1, clauses[i].when, words);
    }
}

static void append_costs(GString *text)
{
    static const char *const directions[] = {"fell", "held", "rose", "is not known"};
    static const char *const leads[] = {"", ", cost by 5 points of percent or more above use",
        ", use by 5 points of percent or more above cost"};
    for (guint i = 0; i < message_cost_count; i++) {
        const CostClause *clause = &message_costs[i];
        g_autofree char *words = fill(clause->text, &usual);
        g_string_append_printf(text, "%u. cost %s, use %s%s: “%s”\n", i + 1,
            directions[clause->cost + 1], directions[clause->use + 1], leads[clause->lead], words);
    }
}

/* Which figures of a longer period are made in which way. */
static void append_methods(GString *text)
{
    for (TmPeriodMethod method = TM_PERIOD_SUM; method <= TM_PERIOD_NO_FIGURE; method++) {
        const char *comma = "";
        g_string_append_printf(text, "- **%s**: ", tm_period_method_name(method));
        for (int id = 0; id < TM_KPI_COUNT; id++) {
            const TmKpi *kpi = tm_kpi((TmKpiId)id);
            if (kpi->support || tm_period_method((TmKpiId)id) != method)
                continue;
            g_string_append_printf(text, "%s`%s`", comma, kpi->key);
            comma = ", ";
        }
        g_string_append_c(text, '\n');
    }
}

static const char other_readings[] =
    "\n## Adoption velocity and trajectory\n\n"
    "The slope of the least-squares line through the latest eight weekly adoption rates that are "
    "not short, in points a week. Adoption is growing or declining when the slope has p < 0.01 "
    "(two-sided, six degrees of freedom: |t| > 3.7074) and the line changes by 5 points or more "
    "from the first week to the eighth; else there is no clear trend. The target lies between "
    "(target − fitted last) ÷ (slope + t × se) and the same with slope − t × se, in whole weeks "
    "rounded up, at most 26 weeks ahead. All of it is decided in whole numbers: with weeks x = −7, "
    "−5, …, 7, rates y, S = Σ y, A = Σ x y and R = 168 Σ y² − 21 S² − A², the slope is A ÷ 84, the "
    "fitted last value (3 S + A) ÷ 24, the change A ÷ 12, t² = 6 A² ÷ R and se² = R ÷ 42336. A "
    "week that is missing, incomplete, a band or under other rules leaves no trend.\n\n"
    "## Cost split\n\n"
    "Why cost changed on the week before. Seats stand apart. Metered cost changes by *more users*, "
    "Δusers × mean cost per user, and by *use and price per user*, Δcost per user × mean users, "
    "which add up exactly. The first part is Δusers × (c u′ + c′ u) ÷ (2 u u′), rounded half to "
    "even to the micro-unit; the second is the rest of the change, so that it takes the "
    "rounding.\n\n"
    "## Cost share beside head share\n\n"
    "A block's share of the organisation's cost beside its share of the licensed people. It is an "
    "outlier to talk about from twice its share of heads among the blocks of the same function, of "
    "which there must be at least two others.\n\n"
    "## Months, quarters and other periods\n\n"
    "Months and quarters are whole ISO weeks: those whose Thursday lies in them. A month has four "
    "or five weeks; a quarter mostly thirteen, with twelve or fourteen where the calendar says so. "
    "Quarters begin with the setting `fiscal_year_month`, and a fiscal year bears the name of the "
    "calendar year that it ends in. A period that is not over holds its settled weeks, beside as "
    "many weeks before it; a whole one stands beside the month or quarter before, and sums are "
    "compared per week. Figures are made from published weekly ones:\n\n";

static const char period_rules[] =
    "\nA figure is shown of the organisation and of groups that exist in every week of the period; "
    "of another one the data name the group above it that does. A week that is not published, not "
    "shown, not measured or under other rules leaves no figure, with the reason. Bands give bands, "
    "rounded outward. One incomplete week marks the period, which is then not compared; neither "
    "are bands, periods under different rules, and tokens and cost of a block that one or two "
    "people entered or left.\n";

char *tm_readings_markdown(void)
{
    GString *text = g_string_new(
        "# Readings and the message\n\n"
        "Made from the tables in the program; do not edit by hand. All of it rests on published "
        "figures only.\n\n"
        "## Combined readings\n\n"
        "A reading puts several figures of a group into one sentence, with a question or a next "
        "step. A row holds when all its conditions do. Where several rows hold, the first one is "
        "the group's reading in the executive report; readings with a number in the last column "
        "may become a decision, the smallest number first.\n\n"
        "- A figure that is shown as a band counts only where every value in it would.\n"
        "- Groups are compared only with at least two others of the same function.\n"
        "- An incomplete week, a short week (under 60% of the usual working days) and a week "
        "under other rules say nothing; runs of weeks pass over short ones, and end at others.\n"
        "- Tokens and cost of a group that one or two people entered or left are not compared.\n"
        "- Up, flat and down: flat is under 2 points, 5%, or half a streak day.\n"
        "- Readings that need acceptance or rework rates are not made: no such figure is "
        "published.\n\n");
    append_rules(text);
    g_string_append(text, "\nBefore any row, the first of these that holds stands alone:\n\n");
    append_states(text, insight_states, insight_state_count);
    g_string_append(text, "\nWhere no row holds:\n\n");
    append_states(text, insight_closings, insight_closing_count);
    g_string_append(text, "\n## The message\n\n"
                          "The sentence at the top of a report has two clauses. The first is "
                          "about adoption; the first row that holds is taken:\n\n");
    append_clauses(text, message_adoption, message_adoption_count);
    g_string_append(text, "\nThe second says why the week cannot be compared, when it cannot:\n\n");
    append_clauses(text, message_reasons, message_reason_count);
    g_string_append(text,
        "\nElse it puts cost against use. Use is tokens where their change is known, else active "
        "users. Where the change of cost is not known, there is no second clause.\n\n");
    append_costs(text);
    g_string_append(text, other_readings);
    append_methods(text);
    g_string_append(text, period_rules);
    return g_string_free(text, FALSE);
}
