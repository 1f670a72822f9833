/*
 * Integer arithmetic for money and counts: rounding half to even, decimal text to micro-units.
 * Products are made in 128 bits; a result beyond 64 bits is the nearest 64-bit number.
 */
#include <tidemark/base.h>

#define MICRO_DIGITS 6
#define MOST_SIGNIFICANT 30      /* digits kept of a decimal; fits 128 bits with room to spare */
#define SHORT_DIGITS 18          /* any so many fit 64 bits */
#define MOST_EXPONENT 1000000000 /* beyond it every number is zero or too large */

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

static gint64 clamp_to_64_bits(Wide value)
{
    return (gint64)CLAMP(value, (Wide)G_MININT64, (Wide)G_MAXINT64);
}

static UnsignedWide divide_unsigned_half_even(
    UnsignedWide numerator, UnsignedWide denominator, gboolean more_follows)
{
    UnsignedWide quotient = numerator / denominator, rest = numerator % denominator;
    UnsignedWide to_next = denominator - rest;
    gboolean tie = rest == to_next && !more_follows;
    if (rest > to_next || (rest == to_next && more_follows) || (tie && quotient % 2 == 1))
        quotient++;
    return quotient;
}

static Wide divide_half_even(Wide numerator, gint64 denominator)
{
    g_assert(denominator > 0);
    UnsignedWide size = numerator < 0 ? -(UnsignedWide)numerator : (UnsignedWide)numerator;
    Wide quotient = (Wide)divide_unsigned_half_even(size, (UnsignedWide)denominator, FALSE);
    return numerator < 0 ? -quotient : quotient;
}

gint64 tm_divide_half_even(gint64 numerator, gint64 denominator)
{
    return clamp_to_64_bits(divide_half_even(numerator, denominator));
}

gint64 tm_scale_half_even(gint64 a, gint64 b, gint64 c)
{
    return clamp_to_64_bits(divide_half_even((Wide)a * b, c));
}

gint64 tm_round_to(gint64 value, gint64 step)
{
    return clamp_to_64_bits(divide_half_even(value, step) * step);
}

/* A decimal as read: digits × 10^exponent, and whether non-zero digits were dropped after them. */
typedef struct Decimal {
    UnsignedWide digits;
    int significant;
    gint64 exponent;
    gboolean more_follows;
} Decimal;

static void add_digit(Decimal *decimal, int digit, gboolean is_fraction)
{
    if (decimal->significant == MOST_SIGNIFICANT) {
        decimal->more_follows |= digit != 0;
        decimal->exponent += is_fraction ? 0 : 1;
        return;
    }
    decimal->digits = decimal->digits * 10 + (UnsignedWide)digit;
    decimal->significant += decimal->digits != 0 ? 1 : 0;
    decimal->exponent -= is_fraction ? 1 : 0;
}

/* Reads one or more digits from *at on; FALSE if there is none. */
static gboolean read_digits(
    Decimal *decimal, const char **at, const char *end, gboolean is_fraction)
{
    const char *start = *at;
    for (; *at < end && g_ascii_isdigit(**at); (*at)++)
        add_digit(decimal, **at - '0', is_fraction);
    return *at > start;
}

static gboolean read_sign(const char **at, const char *end)
{
    gboolean negative = *at < end && **at == '-';
    if (*at < end && (**at == '-' || **at == '+'))
        (*at)++;
    return negative;
}

/* Reads the digits of an exponent after "e"; large ones stay at the bound. */
static gboolean read_exponent(Decimal *decimal, const char **at, const char *end)
{
    gboolean negative = read_sign(at, end);
    const char *start = *at;
    gint64 exponent = 0;
    for (; *at < end && g_ascii_isdigit(**at); (*at)++)
        exponent = MIN(exponent * 10 + (**at - '0'), MOST_EXPONENT);
    decimal->exponent += negative ? -exponent : exponent;
    return *at > start;
}

/* The decimal times 10^places; FALSE if it is beyond 64 bits. */
static gboolean to_fixed_point(const Decimal *decimal, int places, UnsignedWide *fixed)
{
    static const UnsignedWide limit = G_MAXINT64;
    UnsignedWide value = decimal->digits;
    gint64 shift = decimal->exponent + places;
    for (; shift > 0 && value > 0 && value <= limit; shift--)
        value *= 10;
    if (shift < -MOST_SIGNIFICANT - 1)
        value = 0;
    else if (shift < 0) {
        UnsignedWide divisor = 1;
        for (; shift < 0; shift++)
            divisor *= 10;
        value = divide_unsigned_half_even(value, divisor, decimal->more_follows);
    }
    *fixed = value;
    return value <= limit;
}

/*
 * Nearly all amounts: digits, perhaps a point and no more digits behind it than there are places,
 * so few of them that nothing can overflow. FALSE for others, which are read in full.
 */
static gboolean parse_short(const char *text, gsize length, int places, gint64 *value)
{
    gint64 digits = 0;
    gsize point = length;
    if (length == 0 || length + (gsize)places > SHORT_DIGITS)
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if (text[i] == '.' && point == length)
            point = i;
        else if (!g_ascii_isdigit(text[i]))
            return FALSE;
        else
            digits = digits * 10 + (text[i] - '0');
    }
    int fraction = point == length ? 0 : (int)(length - point - 1);
    if (point == 0 || (point < length && fraction == 0) || fraction > places)
        return FALSE;
    for (; fraction < places; fraction++)
        digits *= 10;
    *value = digits;
    return TRUE;
}

gboolean tm_decimal_parse(const char *text, gsize length, int places, gint64 *value)
{
    if (parse_short(text, length, places, value))
        return TRUE;
    const char *at = text, *end = text + length;
    gboolean negative = read_sign(&at, end);
    Decimal decimal = {0};
    if (!read_digits(&decimal, &at, end, FALSE))
        return FALSE;
    if (at < end && *at == '.') {
        at++;
        if (!read_digits(&decimal, &at, end, TRUE))
            return FALSE;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (!read_exponent(&decimal, &at, end))
            return FALSE;
    }
    UnsignedWide size;
    if (at != end || !to_fixed_point(&decimal, places, &size))
        return FALSE;
    *value = negative ? -(gint64)size : (gint64)size;
    return TRUE;
}

gboolean tm_micros_parse(const char *text, gsize length, gint64 *micros)
{
    return tm_decimal_parse(text, length, MICRO_DIGITS, micros);
}

char *tm_micros_format(gint64 micros)
{
    guint64 size = micros < 0 ? -(guint64)micros : (guint64)micros;
    return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT, micros < 0 ? "-" : "",
        size / TM_MICROS_PER_UNIT, size % TM_MICROS_PER_UNIT);
}

gboolean tm_integer_parse(const char *text, gsize length, gint64 *value)
{
    const char *at = text, *end = text + length;
    gboolean negative = read_sign(&at, end);
    if (at == end)
        return FALSE;
    gint64 sum = 0; /* negative, since that side reaches one further */
    for (; at < end; at++) {
        if (!g_ascii_isdigit(*at) || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_sub_overflow(sum, *at - '0', &sum))
            return FALSE;
    }
    if (!negative && sum == G_MININT64)
        return FALSE;
    *value = negative ? sum : -sum;
    return TRUE;
}
