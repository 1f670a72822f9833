/* Sources that depend on the company: see tm_intake_prepare(). */
#include "prepare.h"
#include "mapping.h"

#include <string.h>

#define CSV_ORDER 65
#define CSV_PREFIX "tidemark-csv:"
#define LONGEST_KEY 128

static const char *currency;

const char *tm_prepared_currency(void)
{
    return currency;
}

TmSource *tm_source_add(const char *key, const TmSource *source)
{
    if (tm_source_count == TM_SOURCE_LIMIT)
        return NULL;
    TmSource *row = &tm_sources[tm_source_count++];
    *row = *source;
    row->key = g_intern_string(key);
    return row;
}

static void add_csv_source(const char *tool_key, TmToolIndex tool)
{
    const TmSource source = {.tool = tool,
        .order = CSV_ORDER,
        .money_order = CSV_ORDER,
        .measures = TM_MEASURE_BIT(TM_MEASURE_COUNT) - 1,
        .merging = TM_MERGE_LATER,
        .sessions = TM_SESSIONS_STATED};
    g_autofree char *key = g_strconcat(CSV_PREFIX, tool_key, NULL);
    tm_source_add(key, &source);
}

static void add_csv_sources(const TmSetup *setup)
{
    static const char *const known[] = {
#define X(id, key, name) key,
        TM_KNOWN_TOOLS(X)
#undef X
    };
    G_STATIC_ASSERT(TM_SOURCE_COUNT + TM_TOOL_LIMIT <= TM_SOURCE_LIMIT);
    guint count = setup != NULL ? setup->tools->len : G_N_ELEMENTS(known);
    for (guint tool = 0; tool < count; tool++)
        add_csv_source(
            setup != NULL ? g_array_index(setup->tools, TmTool, tool).key : known[tool], tool);
}

/* As names of tools are compared in set-up files: small letters, and '_' for blanks and dashes. */
const TmSource *tm_prepared_csv_source(TmCell tool)
{
    char key[LONGEST_KEY] = CSV_PREFIX;
    gsize at = strlen(CSV_PREFIX);
    if (tool.length >= sizeof key - at)
        return NULL;
    for (gsize i = 0; i < tool.length; i++)
        key[at + i] =
            tool.text[i] == ' ' || tool.text[i] == '-' ? '_' : tm_ascii_lower(tool.text[i]);
    key[at + tool.length] = '\0';
    guint index = tm_source_index(key);
    return index != G_MAXUINT ? &tm_sources[index] : NULL;
}

/* ---- Mapping files ----------------------------------------------------------------------- */

static GPtrArray *mappings; /* TmMapping, owned: those of the set-up prepared last */

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The mapping files of a folder, by name; empty without the folder. NULL with an error. */
static GPtrArray *find_mappings(const char *folder, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) fault = NULL;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, &fault);
    const char *name;
    if (fault != NULL && !g_error_matches(fault, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
            "%s: the folder of mapping files cannot be read; check its permissions", folder);
        return NULL;
    }
    while (directory != NULL && (name = g_dir_read_name(directory)) != NULL)
        if (name[0] != '.' && g_str_has_suffix(name, ".xml"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, compare_names);
    return g_steal_pointer(&paths);
}

static gboolean add_mapping(const char *path, const TmSetup *setup, GError **error)
{
    TmMapping *mapping = tm_mapping_read(path, setup, error);
    if (mapping == NULL)
        return FALSE;
    g_ptr_array_add(mappings, mapping);
    if (mappings->len <= TM_MAPPING_LIMIT && tm_mapping_add(mapping))
        return TRUE;
    g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE,
        "%s:1: more than %d mappings; remove those that are not needed", path, TM_MAPPING_LIMIT);
    return FALSE;
}

static gboolean add_mappings(const TmSetup *setup, GError **error)
{
    g_autoptr(GPtrArray) paths = find_mappings(setup->settings.mappings_path, error);
    for (guint i = 0; paths != NULL && i < paths->len; i++)
        if (!add_mapping(paths->pdata[i], setup, error))
            return FALSE;
    return paths != NULL;
}

static void free_mapping(gpointer mapping)
{
    tm_mapping_free(mapping);
}

gboolean tm_intake_prepare(const TmSetup *setup, GError **error)
{
    tm_formats_forget_added();
    g_clear_pointer(&mappings, g_ptr_array_unref);
    mappings = g_ptr_array_new_with_free_func(free_mapping);
    tm_source_count = TM_SOURCE_COUNT;
    currency = setup != NULL ? g_intern_string(setup->settings.currency) : NULL;
    add_csv_sources(setup);
    return setup == NULL || setup->settings.mappings_path == NULL || add_mappings(setup, error);
}
