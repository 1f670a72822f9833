/*
 * The places of a template's texts, and conditions on what an issue holds.
 */
#include "binder.h"
#include "strings.h"

typedef char *(*PlaceText)(const Binder *binder);

static char *organisation_text(const Binder *binder)
{
    return g_strdup(tm_issue_organisation(binder->issue));
}

static char *week_text(const Binder *binder)
{
    return tm_format_week_number(binder->week);
}

static char *week_before_text(const Binder *binder)
{
    return tm_format_week_number(binder->week - 1);
}

static char *dates_text(const Binder *binder)
{
    return tm_format_week_dates(binder->week);
}

static char *minimum_text(const Binder *binder)
{
    return tm_format_count(tm_issue_setting(binder->issue, "minimum_people", 5));
}

static char *currency_text(const Binder *binder)
{
    return g_strdup(binder->currency);
}

static char *rule_version_text(const Binder *binder)
{
    return g_strdup_printf("%d", tm_issue_rule_version(binder->issue));
}

static char *hash_text(const Binder *binder)
{
    return g_strdup(tm_issue_hash(binder->issue));
}

/* With a capital: it opens a heading. */
static char *capital_word(guint count)
{
    char *word = tm_format_count_word(count);
    *word = g_ascii_toupper(*word);
    return word;
}

static char *decisions_text(const Binder *binder)
{
    return capital_word(binder->decisions != NULL ? binder->decisions->len : 0);
}

static char *weeks_text(const Binder *binder)
{
    guint weeks = (guint)(binder->week - binder_first_week(binder, DEFAULT_WEEKS)) + 1;
    if (weeks == 1)
        return g_strdup(TEXT(ONE_WEEK_SHOWN));
    g_autofree char *count = capital_word(weeks);
    return tm_text_fill(TEXT(WEEKS_SHOWN), "count", count, NULL);
}

static char *list_value_text(const Binder *binder)
{
    return tm_format_cell(binder->issue, TM_KPI_LIST_VALUE,
        binder_cell(binder, binder->organisation, TM_KPI_LIST_VALUE), FALSE);
}

static guint count_merged_teams(const Binder *binder)
{
    g_autoptr(GPtrArray) rows = binder_rows(binder);
    guint teams = 0;
    for (guint i = 0; i < rows->len; i++) {
        const TmScope *scope = rows->pdata[i];
        if (scope->kind == TM_SCOPE_BLOCK && scope->merged)
            teams += scope->teams->len;
    }
    return teams;
}

static char *merged_teams_text(const Binder *binder)
{
    return tm_format_count(count_merged_teams(binder));
}

/* Cell of the unassigned accounts when it has a figure to print, else NULL. */
static const TmCell *unassigned_cell(const Binder *binder, TmKpiId kpi)
{
    const GPtrArray *scopes = tm_issue_scopes(binder->issue);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = scopes->pdata[i];
        const TmCell *cell = binder_cell(binder, scope, kpi);
        if (scope->kind == TM_SCOPE_UNASSIGNED && cell != NULL &&
            (cell->state == TM_CELL_VALUE || cell->state == TM_CELL_BAND))
            return cell;
    }
    return NULL;
}

/* "8.5 M tokens and $12" */
static char *unassigned_text(const Binder *binder)
{
    const TmCell *tokens = unassigned_cell(binder, TM_KPI_TOKENS);
    const TmCell *metered = unassigned_cell(binder, TM_KPI_COST_METERED);
    GString *text = g_string_new(NULL);
    if (tokens != NULL) {
        g_autofree char *value = tm_format_cell(binder->issue, TM_KPI_TOKENS, tokens, FALSE);
        g_autofree char *words = tm_text_fill(TEXT(UNASSIGNED_TOKENS), "value", value, NULL);
        g_string_append(text, words);
    }
    if (metered != NULL) {
        g_autofree char *value = tm_format_cell(binder->issue, TM_KPI_COST_METERED, metered, FALSE);
        g_string_append_printf(text, "%s%s", text->len > 0 ? TEXT(AND) : "", value);
    }
    return g_string_free(text, FALSE);
}

/* "Claude Code and Cursor to 15 November, Copilot to 13 November": tools by their last day. */
static char *sources_text(const Binder *binder)
{
    const GArray *tools = tm_issue_tools(binder->issue);
    GString *text = g_string_new(tools->len == 0 ? TEXT(NO_SOURCES) : NULL);
    g_autofree gboolean *told = g_new0(gboolean, tools->len + 1);
    for (guint i = 0; i < tools->len; i++) {
        if (told[i])
            continue;
        TmDay day = g_array_index(tools, TmIssueTool, i).last_day;
        g_autoptr(GString) names = g_string_new(NULL);
        for (guint j = i; j < tools->len; j++) {
            const TmIssueTool *tool = &g_array_index(tools, TmIssueTool, j);
            if (tool->last_day != day)
                continue;
            told[j] = TRUE;
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", tool->name);
        }
        g_autofree char *day_text = day == TM_DAY_NONE ? g_strdup("") : tm_format_day(day);
        g_autofree char *part =
            tm_text_fill(day == TM_DAY_NONE ? TEXT(SOURCE_NONE) : TEXT(SOURCE_TO), "tools",
                names->str, "day", day_text, NULL);
        g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", part);
    }
    return g_string_free(text, FALSE);
}

static const PlaceText place_texts[PLACE_COUNT] = {
    [PLACE_ORGANISATION] = organisation_text,
    [PLACE_WEEK] = week_text,
    [PLACE_WEEK_BEFORE] = week_before_text,
    [PLACE_DATES] = dates_text,
    [PLACE_MINIMUM] = minimum_text,
    [PLACE_CURRENCY] = currency_text,
    [PLACE_RULE_VERSION] = rule_version_text,
    [PLACE_HASH] = hash_text,
    [PLACE_DECISIONS] = decisions_text,
    [PLACE_WEEKS] = weeks_text,
    [PLACE_LIST_VALUE] = list_value_text,
    [PLACE_MERGED_TEAMS] = merged_teams_text,
    [PLACE_UNASSIGNED] = unassigned_text,
    [PLACE_SOURCES] = sources_text,
};

static char *fill(const Binder *binder, const GArray *pieces)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; pieces != NULL && i < pieces->len; i++) {
        const Piece *piece = &g_array_index(pieces, Piece, i);
        if (piece->words != NULL) {
            g_string_append(text, piece->words);
            continue;
        }
        g_autofree char *place = place_texts[piece->place](binder);
        g_string_append(text, place);
    }
    return g_string_free(text, FALSE);
}

char *binder_words(const Binder *binder, const Operation *operation, AttributeId attribute)
{
    return fill(binder, operation->values[attribute].pieces);
}

char *binder_text(const Binder *binder, const Operation *operation)
{
    return fill(binder, operation->text);
}

gint64 binder_number(const Operation *operation, AttributeId attribute, gint64 fallback)
{
    const Value *value = &operation->values[attribute];
    return value->given ? value->number : fallback;
}

static gboolean holds_merged_teams(const Binder *binder)
{
    return count_merged_teams(binder) > 0;
}

static gboolean holds_seats(const Binder *binder)
{
    g_autoptr(GPtrArray) tools = binder_tools_with_seats(binder);
    return tools->len > 0;
}

static gboolean holds_unassigned(const Binder *binder)
{
    return unassigned_cell(binder, TM_KPI_TOKENS) != NULL ||
           unassigned_cell(binder, TM_KPI_COST_METERED) != NULL;
}

static gboolean holds_list_value(const Binder *binder)
{
    const TmCell *cell = binder_cell(binder, binder->organisation, TM_KPI_LIST_VALUE);
    return cell != NULL &&
           ((cell->state == TM_CELL_VALUE && cell->value > 0) || cell->state == TM_CELL_BAND);
}

gboolean binder_holds(const Binder *binder, Condition condition)
{
    static gboolean (*const conditions[CONDITION_COUNT])(const Binder *) = {
        [CONDITION_LIST_VALUE] = holds_list_value,
        [CONDITION_MERGED_TEAMS] = holds_merged_teams,
        [CONDITION_SEATS] = holds_seats,
        [CONDITION_UNASSIGNED] = holds_unassigned,
    };
    return conditions[condition](binder);
}
