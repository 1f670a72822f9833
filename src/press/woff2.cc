/* libwoff2's encoder behind two C functions. */
#include "woff2.h"

#include <woff2/encode.h>

size_t tm_woff2_bound(const uint8_t *font, size_t length)
{
    return woff2::MaxWOFF2CompressedSize(font, length);
}

int tm_woff2_compress(const uint8_t *font, size_t length, uint8_t *out, size_t *room)
{
    woff2::WOFF2Params parameters;
    parameters.brotli_quality = 11;
    return woff2::ConvertTTFToWOFF2(font, length, out, room, parameters) ? 1 : 0;
}
