/* See mapping_samples.h. */
#include "mapping_samples.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../cmocka_all.h"

#define FOLDER "mappings"
#define MOST_FILES 40

static TmSetup *company;

gboolean mapping_prepare_folder(GError **error)
{
    return tm_intake_prepare(company, error);
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

const char *mapping_message(const GError *error)
{
    const char *message = strstr(error->message, FOLDER "/");
    assert_int_equal(error->code, TM_ERROR_UNUSABLE);
    assert_non_null(message);
    return message;
}

void mapping_expect_fault(const char *bytes, gssize length, const char *fault)
{
    g_autoptr(GError) error = NULL;
    remove_files();
    write_file(0, bytes, length);
    assert_false(mapping_prepare_folder(&error));
    g_autofree char *expected = g_strconcat(FOLDER "/0.xml:", fault, NULL);
    assert_string_equal(mapping_message(error), expected);
}

int mapping_enter(void **state)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"tidemark.ini", "[organisation]\nname = Test\n"},
        {"people.csv", "email,team_id\nana@example.com,core\n"},
        {"licenses.csv", "email,tool\nana@example.com,Acme\nana@example.com,claude_code\n"}};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    transcript_enter_folder();
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        assert_true(g_file_set_contents(files[i].name, files[i].text, -1, NULL));
    company = tm_setup_load("tidemark.ini", diagnostics, NULL);
    assert_non_null(company);
    return mapping_forget(state);
}

int mapping_leave(void **state)
{
    (void)state;
    g_clear_pointer(&company, tm_setup_free);
    return 0;
}

int mapping_forget(void **state)
{
    static const char *const nothing[] = {NULL};
    (void)state;
    return mapping_prepare(nothing, NULL) ? 0 : 1;
}
