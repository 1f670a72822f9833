/*
 * The catalogue of report's own texts.
 */
#include "strings.h"

const char *const report_strings[TEXT_COUNT] = {
#define X(id, text) [TEXT_##id] = text,
    REPORT_STRINGS(X)
#undef X
};
