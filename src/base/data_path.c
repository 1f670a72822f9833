/* Where the shipped templates and fonts are. */
#include <tidemark/base.h>

static gboolean is_folder(const char *parent, const char *name)
{
    g_autofree char *path = g_build_filename(parent, name, NULL);
    return g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* Nearest folder above `folder` that looks like the source tree; NULL if none does. */
static char *source_tree_around(const char *folder)
{
    char *candidate = g_strdup(folder);
    for (;;) {
        if (is_folder(candidate, "templates") && is_folder(candidate, "fonts"))
            return candidate;
        char *parent = g_path_get_dirname(candidate);
        gboolean at_top = g_str_equal(parent, candidate);
        g_free(candidate);
        candidate = parent;
        if (at_top)
            break;
    }
    g_free(candidate);
    return NULL;
}

char *tm_data_path(const char *relative)
{
    const char *given = g_getenv("TIDEMARK_DATA");
    if (given != NULL && *given != '\0')
        return g_build_filename(given, relative, NULL);
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program != NULL ? g_path_get_dirname(program) : g_strdup(".");
    g_autofree char *installed = g_build_filename(folder, "..", "share", "tidemark", NULL);
    if (g_file_test(installed, G_FILE_TEST_IS_DIR))
        return g_build_filename(installed, relative, NULL);
    g_autofree char *source_tree = source_tree_around(folder);
    return g_build_filename(source_tree != NULL ? source_tree : installed, relative, NULL);
}
