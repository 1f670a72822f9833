/*
 * faces: the shipped font files, one per TmWeight. Everything that names a font (drawing, subsets,
 * CSS) reads this table.
 */
#ifndef TM_PRESS_FACES_H
#define TM_PRESS_FACES_H

#include <tidemark/chart.h>

typedef struct TmFace {
    const char *file;   /* below the folder fonts */
    const char *family; /* as the file and the CSS call it */
    int css_weight;     /* as in CSS; pango's numbers are the same */
} TmFace;

extern const TmFace tm_faces[TM_WEIGHT_COUNT];

#endif
