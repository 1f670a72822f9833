/* Makes a WOFF2 subset of a font: HarfBuzz takes the glyphs, libwoff2 packs them. */
#include "subset.h"

#include <fcntl.h>
#include <hb-subset.h>
#include <stdio.h>
#include <unistd.h>

#include "woff2.h"

static const hb_tag_t kept_features[] = {
    HB_TAG('k', 'e', 'r', 'n'),
    HB_TAG('t', 'n', 'u', 'm'),
    HB_TAG('m', 'a', 'r', 'k'),
    HB_TAG('c', 'c', 'm', 'p'),
    HB_TAG('l', 'o', 'c', 'l'),
};

/* libwoff2 prints sizes to standard error; a report run is quiet. Returns what restores it. */
static int silence_standard_error(void)
{
    fflush(stderr);
    int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (saved >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0)
        close(nowhere);
    return saved;
}

static void restore_standard_error(int saved)
{
    fflush(stderr);
    if (saved >= 0) {
        dup2(saved, STDERR_FILENO);
        close(saved);
    }
}

static hb_face_t *subset_face(hb_face_t *face, const hb_set_t *code_points)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        return NULL;
    hb_set_set(hb_subset_input_unicode_set(input), code_points);
    hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_clear(features);
    for (guint i = 0; i < G_N_ELEMENTS(kept_features); i++)
        hb_set_add(features, kept_features[i]);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *subset = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    return subset;
}

GBytes *tm_subset_make(hb_face_t *face, const hb_set_t *code_points, GError **error)
{
    hb_face_t *subset = subset_face(face, code_points);
    if (subset == NULL) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "a font could not be subset");
        return NULL;
    }
    hb_blob_t *blob = hb_face_reference_blob(subset);
    hb_face_destroy(subset);
    unsigned int length = 0;
    const char *font = hb_blob_get_data(blob, &length);
    size_t room = tm_woff2_bound((const uint8_t *)font, length);
    /* Zeroed: libwoff2 leaves the padding at the end as it finds it. */
    g_autofree guint8 *packed = g_malloc0(room);
    int saved = silence_standard_error();
    int packed_well = tm_woff2_compress((const uint8_t *)font, length, packed, &room);
    restore_standard_error(saved);
    hb_blob_destroy(blob);
    if (!packed_well) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "a font subset could not be packed");
        return NULL;
    }
    return g_bytes_new(packed, room);
}
