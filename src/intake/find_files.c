/* Which files to read: everything below what the user named, in an order that never varies. */
#include <tidemark/intake.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define DEEPEST 64 /* folders inside one another */

typedef struct Search {
    GPtrArray *files;
    GHashTable *seen; /* "device:inode" of the files found */
    TmDiagnostics *diagnostics;
} Search;

static void report(Search *search, const char *path, const char *text)
{
    TmPlace place = {.file = path};
    tm_diagnostics_report(search->diagnostics, TM_KIND_UNREADABLE_FILE, &place, "%s", text);
}

static void add_file(Search *search, const char *path, const struct stat *status)
{
    char *identity = g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
        (guint64)status->st_dev, (guint64)status->st_ino);
    if (g_hash_table_add(search->seen, identity))
        g_ptr_array_add(search->files, g_strdup(path));
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Hidden folders in which clients of assistants keep what they record. */
static gboolean is_clients_folder(const char *name)
{
    static const char *const folders[] = {
        ".claude", ".codex", ".config", ".gemini", ".local", ".qwen", NULL};
    return g_strv_contains(folders, name);
}

/* What clients leave behind when writing failed: "….tmp-PID", and files that they set aside. */
static gboolean is_leftover(const char *name)
{
    const char *mark = strstr(name, ".tmp-");
    gboolean unfinished =
        mark != NULL && mark[5] != '\0' && strspn(mark + 5, "0123456789") == strlen(mark + 5);
    return unfinished || strstr(name, ".unreadable-") != NULL;
}

static GPtrArray *names_in(Search *search, const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    const char *name;
    if (dir == NULL)
        report(search, folder, "the folder cannot be read");
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
        if ((name[0] != '.' || is_clients_folder(name)) && !is_leftover(name))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_paths);
    return names;
}

static void search_folder(Search *search, const char *folder, guint depth)
{
    if (depth > DEEPEST) {
        report(search, folder, "folders are nested too deeply");
        return;
    }
    g_autoptr(GPtrArray) names = names_in(search, folder);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        struct stat status;
        if (lstat(path, &status) != 0)
            report(search, path, g_strerror(errno));
        else if (S_ISDIR(status.st_mode))
            search_folder(search, path, depth + 1);
        else if (S_ISREG(status.st_mode))
            add_file(search, path, &status);
    }
}

GPtrArray *tm_intake_find_files(char *const *paths, TmDiagnostics *diagnostics)
{
    Search search = {.files = g_ptr_array_new_with_free_func(g_free),
        .seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .diagnostics = diagnostics};
    for (; *paths != NULL; paths++) {
        struct stat status;
        if (stat(*paths, &status) != 0)
            report(&search, *paths, g_strerror(errno));
        else if (S_ISDIR(status.st_mode))
            search_folder(&search, *paths, 0);
        else if (S_ISREG(status.st_mode))
            add_file(&search, *paths, &status);
        else
            report(&search, *paths, "neither a file nor a folder");
    }
    g_ptr_array_sort(search.files, compare_paths);
    g_hash_table_unref(search.seen);
    return search.files;
}
