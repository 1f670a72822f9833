/* woff2: the one call of libwoff2, which has no C interface. */
#ifndef TM_PRESS_WOFF2_H
#define TM_PRESS_WOFF2_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stddef.h>
#include <stdint.h>

/* Room that the compressed font needs at most. */
size_t tm_woff2_bound(const uint8_t *font, size_t length);

/* *room is the size of `out`, then what was used of it. 0 when the font is not usable. */
int tm_woff2_compress(const uint8_t *font, size_t length, uint8_t *out, size_t *room);

#ifdef __cplusplus
}
#endif

#endif
