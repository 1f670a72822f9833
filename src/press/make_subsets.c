/*
 * Build program: make_subsets FONTS-FOLDER OUTPUT.c
 *
 * Subsets each shipped face for each script and writes one C file that defines tm_ready_subsets,
 * so that reports embed fonts without any work at run time.
 */
#include <glib.h>
#include <stdio.h>

#include "faces.h"
#include "subset.h"

static hb_face_t *open_face(const char *folder, const TmFace *face)
{
    g_autofree char *path = g_build_filename(folder, face->file, NULL);
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (blob == NULL)
        return NULL;
    hb_face_t *opened = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return opened;
}

static void append_bytes(GString *code, guint weight, guint script, GBytes *bytes)
{
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_string_append_printf(code, "static const guint8 subset_%u_%u[] = {", weight, script);
    for (gsize i = 0; i < length; i++)
        g_string_append_printf(code, "%s%u,", i % 24 == 0 ? "\n" : "", data[i]);
    g_string_append(code, "\n};\n");
}

static gboolean append_face(
    GString *code, GString *table, const char *folder, guint weight, GError **error)
{
    hb_face_t *face = open_face(folder, &tm_faces[weight]);
    if (face == NULL) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "no font file %s", tm_faces[weight].file);
        return FALSE;
    }
    gboolean good = TRUE;
    for (guint script = 0; good && script < TM_SCRIPT_COUNT; script++) {
        hb_set_t *code_points = hb_set_create();
        tm_script_collect(&tm_subset_scripts[script], code_points);
        g_autoptr(GBytes) bytes = tm_subset_make(face, code_points, error);
        hb_set_destroy(code_points);
        good = bytes != NULL;
        if (good) {
            append_bytes(code, weight, script, bytes);
            g_string_append_printf(table, "    [%u][%u] = {subset_%u_%u, sizeof subset_%u_%u},\n",
                weight, script, weight, script, weight, script);
        }
    }
    hb_face_destroy(face);
    return good;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: make_subsets FONTS-FOLDER OUTPUT.c\n", stderr);
        return 2;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) code =
        g_string_new("/* Made by make_subsets. */\n#include \"subset.h\"\n\n");
    g_autoptr(GString) table = g_string_new(
        "\nconst TmReadySubset tm_ready_subsets[TM_WEIGHT_COUNT][TM_SCRIPT_COUNT] = {\n");
    for (guint weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        if (!append_face(code, table, argv[1], weight, &error)) {
            fprintf(stderr, "make_subsets: %s\n", error->message);
            return 1;
        }
    }
    g_string_append_printf(code, "%s};\n", table->str);
    if (!g_file_set_contents(argv[2], code->str, (gssize)code->len, &error)) {
        fprintf(stderr, "make_subsets: %s\n", error->message);
        return 1;
    }
    return 0;
}
