/* Scopes and partitions as plain data: also for rooms that know nothing of the set-up. */
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
    g_free(partition);
}
