/* The table of shipped font files. */
#include "faces.h"

const TmFace tm_faces[TM_WEIGHT_COUNT] = {
    [TM_WEIGHT_REGULAR] = {"Inter/Inter-Regular.otf", "Inter", 400},
    [TM_WEIGHT_MEDIUM] = {"Inter/Inter-Medium.otf", "Inter", 500},
    [TM_WEIGHT_SEMIBOLD] = {"Inter/Inter-SemiBold.otf", "Inter", 600},
    [TM_WEIGHT_DISPLAY] = {"Inter/InterDisplay-SemiBold.otf", "Inter Display", 600},
};
