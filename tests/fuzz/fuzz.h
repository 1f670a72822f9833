/*
 * fuzz: what the fuzz targets have in common.
 *
 * A target is one function that takes any bytes, gives them to a reader, and asserts what must hold
 * whatever they are. In the fuzz build libFuzzer calls it (tests/fuzz/run), in every other build
 * replay.c does, with the inputs of the target's corpus.
 *
 * Where the first bytes of an input choose how the rest is read, a target's comment says how.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length);

/* Takes the first byte off; 0 when there is none. */
static inline guint8 fuzz_choice(const guint8 **bytes, gsize *length)
{
    if (*length == 0)
        return 0;
    (*length)--;
    return *(*bytes)++;
}

/* Goes, once, to a new empty folder for temporary files; tests/fuzz/run removes it. */
static inline void fuzz_enter_folder(void)
{
    static char *folder;
    if (folder != NULL)
        return;
    folder = g_dir_make_tmp("tidemark-fuzz-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_assert_cmpint(g_chdir(folder), ==, 0);
}

/* Writes a file below the working directory, without waiting for the disk as GLib would. */
static inline void fuzz_write(const char *name, const void *bytes, gsize length)
{
    FILE *file = fopen(name, "wb");
    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(bytes, 1, length, file), ==, length);
    g_assert_cmpint(fclose(file), ==, 0);
}

/* As if the input had reached nothing so far: then libFuzzer does not make others of it. */
void fuzz_forget_reached(void);

#endif
