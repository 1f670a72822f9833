/* Hashes of record keys; see records.h. Stored in ledgers, hence fixed for good. */
#include <tidemark/records.h>

#define KEY_FACTOR G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

static TmKeyHash mix(TmKeyHash hash, guint64 word)
{
    hash = (hash ^ word) * KEY_FACTOR;
    return hash ^ (hash >> 29);
}

TmKeyHash tm_key_integer(TmKeyHash hash, gint64 value)
{
    return mix(hash, (guint64)value);
}

/* One to seven bytes as a little-endian number: loads that overlap agree where they do. */
static guint64 load_rest(const char *text, gsize length)
{
    const guchar *bytes = (const guchar *)text;
    if (length >= sizeof(guint32)) {
        guint32 first, last;
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + length - sizeof last, sizeof last);
        return GUINT32_FROM_LE(first) | (guint64)GUINT32_FROM_LE(last)
                                            << (8 * (length - sizeof last));
    }
    return bytes[0] | (guint64)bytes[length / 2] << (8 * (length / 2)) |
           (guint64)bytes[length - 1] << (8 * (length - 1));
}

/* Up to eight bytes of a text as one little-endian number, zeros behind its end. */
static guint64 load_word(const char *text, gsize length)
{
    guint64 word;
    if (length < sizeof word)
        return load_rest(text, length);
    memcpy(&word, text, sizeof word);
    return GUINT64_FROM_LE(word);
}

/* Capital ASCII letters of a word to small ones, all eight bytes at once. */
static guint64 lower_word(guint64 word)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101), high = ones << 7;
    guint64 ascii = word & ~high;
    guint64 from_a = ascii + ones * (0x80 - 'A'), above_z = ascii + ones * (0x80 - 'Z' - 1);
    return word | (((from_a & ~above_z & ~word) & high) >> 2);
}

TmKeyHash tm_key_text(TmKeyHash hash, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i += sizeof(guint64))
        hash = mix(hash, load_word(text + i, length - i));
    return mix(hash, length);
}

TmKeyHash tm_key_lower(TmKeyHash hash, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i += sizeof(guint64))
        hash = mix(hash, lower_word(load_word(text + i, length - i)));
    return mix(hash, length);
}

guint64 tm_key_end(TmKeyHash hash)
{
    hash ^= hash >> 33;
    hash *= G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    hash *= G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
    return hash ^ (hash >> 33);
}
