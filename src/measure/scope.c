/* Scopes, partitions and measured weeks as plain data: archive handles them without the ledger. */
#include <tidemark/measure.h>

void tm_scope_free(TmScope *scope)
{
    if (scope == NULL)
        return;
    g_free(scope->id);
    g_free(scope->name);
    g_free(scope->function);
    g_free(scope->cost_center);
    g_clear_pointer(&scope->teams, g_ptr_array_unref);
    g_free(scope);
}

void tm_partition_free(TmPartition *partition)
{
    if (partition == NULL)
        return;
    g_ptr_array_unref(partition->scopes);
    g_clear_pointer(&partition->block_of_team, g_hash_table_unref);
    g_free(partition);
}

static void tool_state_clear(gpointer data)
{
    g_free(((TmToolState *)data)->name);
}

TmMeasuredWeek *tm_measured_week_new(void)
{
    TmMeasuredWeek *week = g_new0(TmMeasuredWeek, 1);
    week->figures = g_array_new(FALSE, TRUE, sizeof(TmFigure));
    week->tools = g_array_new(FALSE, TRUE, sizeof(TmToolState));
    g_array_set_clear_func(week->tools, tool_state_clear);
    return week;
}

static void measured_week_free(gpointer data)
{
    TmMeasuredWeek *week = data;
    tm_partition_free(week->partition);
    g_array_unref(week->figures);
    g_array_unref(week->tools);
    g_free(week);
}

TmMeasured *tm_measured_new(void)
{
    TmMeasured *measured = g_new0(TmMeasured, 1);
    measured->weeks = g_ptr_array_new_with_free_func(measured_week_free);
    return measured;
}

void tm_measured_free(TmMeasured *measured)
{
    if (measured == NULL)
        return;
    g_ptr_array_unref(measured->weeks);
    g_free(measured);
}
