/*
 * docs/readings.md, made from the tables of readings and message: what holds, in which order, with
 * an example of the words.
 */
#include "message.h"
#include "rules.h"

/* An example of every place that a text of the tables has. */
static char *example(InsightString id)
{
    return tm_text_fill(tm_insight_strings[id], "group", "Mobile", "state", "62%", "value", "62%",
        "percent", "31%", "count", "3", "word", "Four", "week", "W44", "week_number", "44",
        "cost_share", "20%", "head_share", "10%", "departments", "2", "all_departments", "3",
        "target", ", 8 points under the 70% target", "band", "at 40–59%", "minimum", "5", "tool",
        "Cursor", "use", "use", NULL);
}

static void append_limit(GString *text, const Condition *condition)
{
    static const char *const directions[] = {"down", "flat", "up"};
    const FactWords *words = fact_words(condition->fact);
    gboolean is_least = condition->least != G_MININT64;
    gint64 limit = is_least ? condition->least : condition->most;
    g_string_append_printf(text, "%s ", words->name);
    if (words->is_direction && condition->least == condition->most) {
        g_string_append(text, directions[limit + 1]);
        return;
    }
    if (words->is_direction) {
        g_string_append_printf(
            text, "not %s", is_least ? directions[limit] : directions[limit + 2]);
        return;
    }
    g_autofree char *value = tm_format_value(words->unit, limit, NULL);
    g_string_append_printf(text, "%s %s", is_least ? "at least" : "at most", value);
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
        g_autofree char *sentence = example(rule->sentence);
        g_autofree char *ask = example(rule->ask);
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
        g_autofree char *brief = example(states[i].brief);
        *brief = g_ascii_toupper(*brief);
        g_string_append_printf(text, "%u. %s: “%s”\n", i + 1, states[i].when, brief);
    }
}

static void append_clauses(GString *text, const MessageClause *clauses, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *words = example(clauses[i].text);
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
        g_autofree char *words = example(clause->text);
        g_string_append_printf(text, "%u. cost %s, use %s%s: “%s”\n", i + 1,
            directions[clause->cost + 1], directions[clause->use + 1], leads[clause->lead], words);
    }
}

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
    return g_string_free(text, FALSE);
}
