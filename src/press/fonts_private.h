/* What the files of fonts share. */
#ifndef TM_PRESS_FONTS_PRIVATE_H
#define TM_PRESS_FONTS_PRIVATE_H

#include <hb.h>

#include "fonts.h"

struct TmFonts {
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;
    PangoFontDescription *descriptions[TM_WEIGHT_COUNT];
    hb_face_t *faces[TM_WEIGHT_COUNT];
    hb_set_t *covered;         /* code points that all faces have */
    GHashTable *widths;        /* char* key of style and text -> double* */
    GHashTable *extra_subsets; /* char* key of weight and code points -> GBytes* (WOFF2) */
    TmTextMeter meter;
};

#endif
