/* Sessions, how use is spread over people, and the cuts by tool. */
#include "person.h"

static void add_sessions(const TmPersonAt *at)
{
    const TmSessionUse *session = &tm_at_use(at)->session;
    guint32 estimated = tm_at_use(at)->total.estimated;
    gboolean guessed = (estimated & TM_MEASURE_BIT(TM_MEASURE_SESSIONS)) != 0;
    const struct {
        TmKpiId kpi;
        gint64 value;
        gboolean estimated;
    } parts[] = {
        {TM_KPI_SESSIONS, session->sessions, guessed},
        {TM_KPI_SESSION_TOKENS, session->tokens, FALSE},
        {TM_KPI_TOKEN_SESSIONS, session->with_tokens, guessed},
        {TM_KPI_SESSION_MESSAGES, session->messages, FALSE},
        {TM_KPI_MESSAGE_SESSIONS, session->with_messages, guessed},
        {TM_KPI_SESSION_VALUE, session->value, session->value_estimated},
        {TM_KPI_VALUE_SESSIONS, session->with_value, guessed},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        tm_sum_add(tm_at_sum(at, parts[i].kpi), parts[i].value, parts[i].estimated);
    if (!at->active || session->tools == 0)
        return;
    tm_sum_add(tm_at_sum(at, TM_KPI_SESSION_USERS), 1, FALSE);
    tm_sum_add(tm_at_sum(at, TM_KPI_SESSION_DAYS), tm_bits(tm_at_cell(at)->working), FALSE);
}

static void add_spread(const TmPersonAt *at)
{
    const TmUse *use = tm_at_use(at);
    TmSpread spread = {.tokens = tm_headline_tokens(&use->total),
        .days = tm_bits(use->active_days),
        .active = at->active,
        .has_tokens = (use->total.present & TM_HEADLINE_TOKENS) != 0};
    g_array_append_val(at->frame->sums->spread[at->block], spread);
}

static void add_tools(const TmPersonAt *at)
{
    const TmUse *use = tm_at_use(at);
    for (guint i = 0; i < use->tool_count; i++) {
        const TmToolUse *tool = &g_array_index(at->pass->tool_uses, TmToolUse, use->first_tool + i);
        tm_at_cut(at, TM_KPI_TOOL_ACTIVE, tool->tool, at->active && tool->active);
        tm_at_cut(at, TM_KPI_TOOL_TOKENS, tool->tool, tool->tokens);
        tm_at_cut(at, TM_KPI_TOOL_METERED, tool->tool, tool->metered);
        tm_at_cut(at, TM_KPI_TOOL_LIST_VALUE, tool->tool, tool->list_value);
        tm_at_cut(at, TM_KPI_TOOL_SESSIONS, tool->tool, tool->sessions);
    }
}

/* The mix of use, and of how many tasks and surfaces it was. */
static void add_parts(const TmPersonAt *at)
{
    const TmUse *use = tm_at_use(at);
    guint tasks = 0, surfaces = 0;
    for (guint i = 0; i < use->part_count; i++) {
        const TmPartUse *part = &g_array_index(at->pass->part_uses, TmPartUse, use->first_part + i);
        tm_at_cut(at, part->kpi, part->part, part->value);
        tasks += part->kpi == TM_KPI_TASK_USE;
        surfaces += part->kpi == TM_KPI_SURFACE_USE;
    }
    TmKinds *kinds = &at->frame->sums->kinds[at->block];
    if (!at->active)
        return;
    kinds->tasks += tasks;
    kinds->task_people += tasks > 0;
    kinds->surfaces += surfaces;
    kinds->surface_people += surfaces > 0;
}

void tm_person_sessions(const TmPersonAt *at)
{
    add_sessions(at);
    add_spread(at);
    add_tools(at);
    add_parts(at);
}
