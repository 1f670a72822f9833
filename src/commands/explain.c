/* tidemark explain: the catalogue at the command line. */
#include "command.h"
#include <tidemark/measure.h>

#include <stdio.h>

gboolean tm_command_explain(TmInvocation *invocation, GError **error)
{
    if (invocation->arguments == NULL) {
        for (int id = 0; id < TM_KPI_COUNT; id++)
            if (!tm_kpi((TmKpiId)id)->support)
                printf("%-24s %s\n", tm_kpi((TmKpiId)id)->key, tm_kpi((TmKpiId)id)->name);
        return TRUE;
    }
    for (char **key = invocation->arguments; *key != NULL; key++) {
        TmKpiId id = tm_kpi_by_key(*key);
        if (id == TM_KPI_COUNT)
            return tm_command_refuse(
                error, "explain: there is no such KPI; `tidemark explain` lists them");
        g_autofree char *text = tm_kpi_explain(id);
        fputs(text, stdout);
    }
    return TRUE;
}
