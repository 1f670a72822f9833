/*
 * golden: compares a text with a file under tests/. When they differ, the new text is written to
 * the temporary folder and the test fails with the command that shows the difference. With
 * TIDEMARK_GOLDEN=update in the environment the file is rewritten instead.
 */
#ifndef TIDEMARK_TESTS_GOLDEN_H
#define TIDEMARK_TESTS_GOLDEN_H

#include <glib.h>

#include "cmocka_all.h"

/* `name` is relative to tests/, such as "document/golden/full.txt". */
static inline void assert_golden(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(g_getenv("TIDEMARK_DATA"), "tests", name, NULL);
    if (g_strcmp0(g_getenv("TIDEMARK_GOLDEN"), "update") == 0) {
        assert_true(g_file_set_contents(path, text, -1, NULL));
        return;
    }
    g_autofree char *expected = NULL;
    g_file_get_contents(path, &expected, NULL, NULL);
    if (g_strcmp0(expected, text) == 0)
        return;
    g_autofree char *base = g_path_get_basename(name);
    g_autofree char *actual = g_build_filename(g_get_tmp_dir(), base, NULL);
    g_file_set_contents(actual, text, -1, NULL);
    fail_msg("differs from the golden file: diff %s %s", path, actual);
}

#endif
