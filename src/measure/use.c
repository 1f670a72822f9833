/* What one account's week amounts to, all tools together: see pass.h. */
#include "pass.h"

#include <string.h>

/* What makes a day the first meaningful one; interactions where there are no tokens. */
#define FLOOR_TOKENS 1000
#define FLOOR_INTERACTIONS 3

gint64 tm_headline_tokens(const TmMeasures *measures)
{
    return measures->value[TM_MEASURE_INPUT_TOKENS] +
           measures->value[TM_MEASURE_CACHE_WRITE_TOKENS] +
           measures->value[TM_MEASURE_OUTPUT_TOKENS];
}

static gboolean has(const TmMeasures *measures, guint32 bits)
{
    return (measures->present & bits) != 0;
}

gboolean tm_use_is_any(const TmUse *use)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        if (use->total.value[measure] != 0)
            return TRUE;
    return FALSE;
}

/* Ratios take numerator and denominator from the tools that report both. */
static void add_sessions(TmSessionUse *session, const TmToolWeek *tool, gboolean active)
{
    const TmMeasures *total = &tool->total;
    if (!has(total, TM_MEASURE_BIT(TM_MEASURE_SESSIONS)))
        return;
    gint64 sessions = total->value[TM_MEASURE_SESSIONS];
    if (active)
        session->tools |= G_GUINT64_CONSTANT(1) << tool->tool;
    session->sessions += sessions;
    if (has(total, TM_HEADLINE_TOKENS)) {
        session->tokens += tm_headline_tokens(total);
        session->with_tokens += sessions;
    }
    if (has(total, TM_MEASURE_BIT(TM_MEASURE_MESSAGES))) {
        session->messages += total->value[TM_MEASURE_MESSAGES];
        session->with_messages += sessions;
    }
    gboolean metered = has(total, TM_MEASURE_BIT(TM_MEASURE_METERED));
    if (metered || has(total, TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE))) {
        session->value += total->value[metered ? TM_MEASURE_METERED : TM_MEASURE_LIST_VALUE];
        session->with_value += sessions;
        session->value_estimated |= !metered;
    }
}

/* Names beyond this many are not told apart. */
#define MOST_NAMES 250
#define LONGEST_PART 60 /* bytes of a part's name in a cell */

/* Number of a model or label; 0 is what has no name. */
static guint number_of_name(TmPass *pass, guint32 hash)
{
    gpointer known = g_hash_table_lookup(pass->parts, GUINT_TO_POINTER(hash));
    if (hash == 0 || known != NULL)
        return GPOINTER_TO_UINT(known);
    const char *name = tm_ledger_name(pass->ledger, hash);
    if (name == NULL || pass->part_names->len >= MOST_NAMES)
        return 0;
    g_autofree char *shown = g_utf8_make_valid(name, (gssize)MIN(strlen(name), LONGEST_PART));
    g_ptr_array_add(
        pass->part_names, (gpointer)g_intern_string(g_strdelimit(shown, "\t\r\n", ' ')));
    g_hash_table_insert(
        pass->parts, GUINT_TO_POINTER(hash), GUINT_TO_POINTER(pass->part_names->len));
    return pass->part_names->len;
}

/* One person counts once in a part, whatever tools they used it with. */
static void add_part(TmPass *pass, TmUse *use, TmKpiId kpi, guint part, gint64 value)
{
    if (part == 0 || value == 0)
        return;
    for (guint i = use->first_part; i < pass->part_uses->len; i++) {
        TmPartUse *known = &g_array_index(pass->part_uses, TmPartUse, i);
        if (known->kpi == kpi && known->part == part) {
            known->value += value;
            return;
        }
    }
    TmPartUse one = {.kpi = kpi, .part = part, .value = value};
    g_array_append_val(pass->part_uses, one);
    use->part_count++;
}

static void add_mixes(TmPass *pass, TmUse *use, const TmToolWeek *tool)
{
    const TmPersonWeek *tokens = tool->tokens_row, *interactions = tool->interactions_row;
    for (guint i = 0; tokens != NULL && i < tokens->mix_count; i++) {
        const TmMix *mix = &tokens->mix[i];
        add_part(pass, use, TM_KPI_MODEL_TOKENS, number_of_name(pass, mix->model), mix->tokens);
        add_part(pass, use, TM_KPI_PROJECT_TOKENS, number_of_name(pass, mix->label), mix->tokens);
    }
    for (guint i = 0; interactions != NULL && i < interactions->mix_count; i++) {
        const TmMix *mix = &interactions->mix[i];
        add_part(pass, use, TM_KPI_SURFACE_USE, mix->surface, mix->interactions);
        add_part(pass, use, TM_KPI_TASK_USE, mix->task, mix->interactions);
    }
}

static void add_tool(TmPass *pass, TmUse *use, const TmToolWeek *tool)
{
    TmToolUse one = {.tool = tool->tool,
        .tokens = tm_headline_tokens(&tool->total),
        .sessions = tool->total.value[TM_MEASURE_SESSIONS],
        .metered = tool->total.value[TM_MEASURE_METERED],
        .list_value = tool->total.value[TM_MEASURE_LIST_VALUE]};
    for (guint day = 0; day < 7; day++)
        one.active |= tool->interactions[day] > 0;
    if (one.active)
        use->active_tools |= G_GUINT64_CONSTANT(1) << tool->tool;
    use->total.present |= tool->total.present;
    use->total.estimated |= tool->total.estimated;
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        use->total.value[measure] += tool->total.value[measure];
    add_sessions(&use->session, tool, one.active);
    g_array_append_val(pass->tool_uses, one);
    use->tool_count++;
}

void tm_use_cover(TmUse *use, const TmPersonWeek *rows, guint row_count)
{
    for (guint i = 0; i < row_count; i++) {
        const TmSource *source = &tm_sources[rows[i].source];
        if (source->trait == TM_TRAIT_PERSONAL || source->trait == TM_TRAIT_OWN_DAYS)
            use->covered[source->tool] |= rows[i].covered | rows[i].days_with_rows;
    }
}

void tm_use_add(TmPass *pass, TmUse *use, const TmFacts *facts)
{
    gint64 interactions[7] = {0}, tokens[7] = {0};
    use->first_tool = pass->tool_uses->len;
    use->first_part = pass->part_uses->len;
    for (guint i = 0; i < facts->tool_count; i++) {
        const TmToolWeek *tool = &facts->tools[i];
        add_tool(pass, use, tool);
        add_mixes(pass, use, tool);
        for (guint day = 0; day < 7; day++) {
            interactions[day] += tool->interactions[day];
            tokens[day] += tool->tokens[day];
        }
    }
    gboolean tokens_known = has(&use->total, TM_HEADLINE_TOKENS);
    for (guint day = 0; day < 7; day++) {
        if (interactions[day] >= pass->setup->settings.active_threshold)
            use->active_days |= (guint8)(1u << day);
        if (tokens_known ? tokens[day] >= FLOOR_TOKENS : interactions[day] >= FLOOR_INTERACTIONS)
            use->meaningful_days |= (guint8)(1u << day);
    }
}
