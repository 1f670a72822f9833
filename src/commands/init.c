/* tidemark init: a folder to start from. */
#include "command.h"

#include <stdio.h>
#include <string.h>

static gboolean is_plain(const char *path)
{
    for (; *path != '\0'; path++)
        if (!g_ascii_isalnum(*path) && strchr("/._-", *path) == NULL)
            return FALSE;
    return TRUE;
}

/* The commands as they work from where the user stands. */
static void say_next(const char *folder, const char *exports)
{
    g_autofree char *settings = g_build_filename(folder, "tidemark.ini", NULL);
    g_autofree char *quoted = is_plain(settings) ? g_strdup(settings) : g_shell_quote(settings);
    g_autofree char *option =
        strcmp(folder, ".") == 0 ? g_strdup("") : g_strdup_printf(" --config %s", quoted);
    printf("\nNext: put your people, teams and licences into these files, the vendors' exports\n"
           "into %s, and call\n"
           "    tidemark check%s\n"
           "    tidemark run%s\n"
           "Teams without a stage are in stage 3: their figures appear in reports as groups of\n"
           "five or more. The careful path is stage 1, then 2, then 3 (docs/privacy.md).\n",
        exports, option, option);
}

gboolean tm_command_init(TmInvocation *invocation, GError **error)
{
    const char *folder = invocation->arguments == NULL ? "." : invocation->arguments[0];
    if (invocation->arguments != NULL && invocation->arguments[1] != NULL)
        return tm_command_refuse(error, "init takes one folder");
    g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func(g_free);
    if (!tm_setup_write_examples(folder, written, error))
        return FALSE;
    g_autofree char *exports = g_build_filename(folder, "exports", NULL);
    if (g_mkdir_with_parents(exports, 0755) != 0)
        return tm_command_refuse(error, "init: cannot make the folder exports");
    for (guint i = 0; i < written->len; i++)
        printf("wrote %s\n", (const char *)g_ptr_array_index(written, i));
    if (written->len == 0)
        puts("every file exists already; nothing was written");
    else
        say_next(folder, exports);
    return TRUE;
}
