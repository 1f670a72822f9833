/* The words for surfaces and tasks; see words.h. */
#include "words.h"

static const char *const surfaces[] = {
    [TM_SURFACE_UNKNOWN] = "",
    [TM_SURFACE_COMPLETION] = "completion",
    [TM_SURFACE_CHAT] = "chat",
    [TM_SURFACE_EDIT] = "edit",
    [TM_SURFACE_AGENT] = "agent",
    [TM_SURFACE_REVIEW] = "review",
    [TM_SURFACE_TERMINAL] = "terminal",
    [TM_SURFACE_OTHER] = "other",
};

static const char *const tasks[] = {
    [TM_TASK_UNKNOWN] = "",
    [TM_TASK_CODING] = "coding",
    [TM_TASK_TESTING] = "testing",
    [TM_TASK_DEBUGGING] = "debugging",
    [TM_TASK_DOCUMENTATION] = "documentation",
    [TM_TASK_REVIEW] = "review",
    [TM_TASK_REFACTORING] = "refactoring",
    [TM_TASK_OTHER] = "other",
};

const char *tm_surface_name(TmSurface surface)
{
    return surfaces[surface];
}

const char *tm_task_name(TmTask task)
{
    return tasks[task];
}

static gboolean find(const char *const *words, guint count, TmCell cell, guint *index)
{
    for (*index = 0; *index < count; (*index)++)
        if (tm_cell_equals(cell, words[*index]))
            return TRUE;
    return FALSE;
}

gboolean tm_surface_parse(TmCell cell, TmSurface *surface)
{
    guint index;
    gboolean found = find(surfaces, G_N_ELEMENTS(surfaces), cell, &index);
    if (found)
        *surface = (TmSurface)index;
    return found;
}

gboolean tm_task_parse(TmCell cell, TmTask *task)
{
    guint index;
    gboolean found = find(tasks, G_N_ELEMENTS(tasks), cell, &index);
    if (found)
        *task = (TmTask)index;
    return found;
}

gboolean tm_truth_parse(TmCell cell, gboolean *truth)
{
    static const char *const words[] = {
        "", "false", "f", "no", "0", "true", "t", "yes", "1"}; /* from "true" on: yes */
    guint index;
    gboolean found = find(words, G_N_ELEMENTS(words), cell, &index);
    if (found)
        *truth = index > 4;
    return found;
}
