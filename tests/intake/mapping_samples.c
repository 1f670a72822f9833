/* See mapping_samples.h. */
#include "mapping_samples.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../cmocka_all.h"

#define FOLDER "mappings"
#define MOST_FILES 40

gboolean mapping_prepare_folder(GError **error)
{
    TmTool tools[] = {
        {(char *)"claude_code", (char *)"Claude Code"}, {(char *)"acme", (char *)"Acme"}};
    GArray *array = g_array_new(FALSE, FALSE, sizeof(TmTool));
    g_array_append_vals(array, tools, G_N_ELEMENTS(tools));
    TmSetup setup = {
        .settings = {.currency = (char *)"USD", .mappings_path = (char *)FOLDER}, .tools = array};
    gboolean prepared = tm_intake_prepare(&setup, error);
    g_array_unref(array);
    return prepared;
}

static void write_file(guint index, const char *bytes, gssize length)
{
    g_autofree char *path = g_strdup_printf(FOLDER "/%u.xml", index);
    assert_true(g_file_set_contents(path, bytes, length, NULL));
}

static void remove_files(void)
{
    g_mkdir_with_parents(FOLDER, 0700);
    for (guint i = 0; i < MOST_FILES; i++) {
        g_autofree char *path = g_strdup_printf(FOLDER "/%u.xml", i);
        g_unlink(path);
    }
}

gboolean mapping_prepare(const char *const *texts, GError **error)
{
    remove_files();
    for (guint i = 0; texts[i] != NULL; i++) {
        assert_true(i < MOST_FILES);
        write_file(i, texts[i], -1);
    }
    return mapping_prepare_folder(error);
}

void mapping_prepare_one(const char *text)
{
    g_autoptr(GError) error = NULL;
    const char *texts[] = {text, NULL};
    if (!mapping_prepare(texts, &error))
        fail_msg("%s", error->message);
}

void mapping_expect_fault(const char *bytes, gssize length, const char *fault)
{
    g_autoptr(GError) error = NULL;
    remove_files();
    write_file(0, bytes, length);
    assert_false(mapping_prepare_folder(&error));
    assert_int_equal(error->code, TM_ERROR_UNUSABLE);
    assert_true(g_str_has_prefix(error->message, FOLDER "/0.xml:"));
    assert_string_equal(error->message + strlen(FOLDER "/0.xml:"), fault);
}

int mapping_enter(void **state)
{
    transcript_enter_folder();
    return mapping_forget(state);
}

int mapping_forget(void **state)
{
    static const char *const nothing[] = {NULL};
    (void)state;
    return mapping_prepare(nothing, NULL) ? 0 : 1;
}
