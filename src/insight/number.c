/*
 * Numbers in words: three significant digits at most, integer arithmetic throughout, so that a
 * figure is rounded once, half to even, and the same on every machine.
 */
#include <tidemark/insight.h>

#include <string.h>

#define THIN_SPACE "\u202f"  /* between thousands */
#define FIXED_SPACE "\u202f" /* between number and unit */
#define MINUS "\u2212"
#define EN_DASH "\u2013"

/* From here on a larger scale takes over. */
static const struct {
    gint64 factor;
    const char *tight; /* after money */
    const char *apart; /* after tokens */
} scales[] = {
    {1, "", ""},
    {1000, "k", FIXED_SPACE "k"},
    {1000000, "M", FIXED_SPACE "M"},
    {1000000000, "bn", FIXED_SPACE "bn"},
};

static const struct {
    const char *code, *sign;
} currency_signs[] = {
    {"USD", "$"},
    {"EUR", "€"},
    {"GBP", "£"},
    {"JPY", "¥"},
};

/* Digits in groups of three; `value` is not negative. */
static void append_grouped(GString *out, gint64 value)
{
    char digits[32];
    g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, value);
    gsize length = strlen(digits);
    for (gsize i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            g_string_append(out, THIN_SPACE);
        g_string_append_c(out, digits[i]);
    }
}

/* Takes the sign off and writes it; the smallest 64-bit number becomes the largest. */
static gint64 append_sign(GString *out, gint64 value)
{
    if (value >= 0)
        return value;
    g_string_append(out, MINUS);
    return value == G_MININT64 ? G_MAXINT64 : -value;
}

/* Tenths as "6.8"; `keep_zero` writes "6.0" and not "6". */
static void append_tenths(GString *out, gint64 tenths, gboolean keep_zero)
{
    append_grouped(out, tenths / 10);
    if (keep_zero || tenths % 10 != 0)
        g_string_append_printf(out, ".%d", (int)(tenths % 10));
}

/* `size` is what one whole unit counts: 1 for tokens, a million for money. */
static void append_scaled(GString *out, gint64 value, gint64 size, gboolean apart)
{
    for (guint i = 0;; i++) {
        gint64 unit = size * scales[i].factor;
        gint64 tenth = MAX(unit / 10, 1);
        gint64 rounded = tm_round_to(value, value < 100 * unit ? tenth : unit);
        if (rounded >= 1000 * unit && i + 1 < G_N_ELEMENTS(scales))
            continue;
        if (unit < 10)
            append_grouped(out, rounded);
        else
            append_tenths(out, rounded / tenth, i > 0 && rounded < 100 * unit);
        g_string_append(out, apart ? scales[i].apart : scales[i].tight);
        return;
    }
}

static void append_money(GString *out, gint64 micros, const char *currency)
{
    micros = append_sign(out, micros);
    const char *sign = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(currency_signs); i++)
        if (g_strcmp0(currency, currency_signs[i].code) == 0)
            sign = currency_signs[i].sign;
    if (sign != NULL)
        g_string_append(out, sign);
    else if (currency != NULL && *currency != '\0')
        g_string_append_printf(out, "%s" FIXED_SPACE, currency);

    gint64 cents = tm_divide_half_even(micros, TM_MICROS_PER_UNIT / 100);
    if (cents < 10000 && cents % 100 != 0)
        g_string_append_printf(out, "%d.%02d", (int)(cents / 100), (int)(cents % 100));
    else
        append_scaled(out, micros, TM_MICROS_PER_UNIT, FALSE);
}

char *tm_format_count(gint64 count)
{
    GString *out = g_string_new(NULL);
    append_grouped(out, append_sign(out, count));
    return g_string_free(out, FALSE);
}

char *tm_format_bare(TmUnit unit, gint64 value, const char *currency)
{
    GString *out = g_string_new(NULL);
    switch (unit) {
    case TM_UNIT_PEOPLE:
    case TM_UNIT_SEATS:
    case TM_UNIT_PERSON_DAYS:
    case TM_UNIT_COUNT:
        append_grouped(out, append_sign(out, value));
        break;
    case TM_UNIT_PERCENT:
        append_grouped(out, append_sign(out, value));
        g_string_append_c(out, '%');
        break;
    case TM_UNIT_TOKENS:
        append_scaled(out, append_sign(out, value), 1, TRUE);
        break;
    case TM_UNIT_MONEY:
        append_money(out, value, currency);
        break;
    case TM_UNIT_DAYS:
    case TM_UNIT_RATE:
    case TM_UNIT_HOURS:
        append_tenths(out, append_sign(out, value), TRUE);
        break;
    case TM_UNIT_HUNDREDTHS:
        g_string_append_printf(out, "%d.%02d", (int)(value / 100), (int)(value % 100));
        break;
    }
    return g_string_free(out, FALSE);
}

char *tm_format_value(TmUnit unit, gint64 value, const char *currency)
{
    if (unit != TM_UNIT_DAYS)
        return tm_format_bare(unit, value, currency);
    GString *out = g_string_new(NULL);
    append_tenths(out, append_sign(out, value), TRUE);
    g_string_append(out, FIXED_SPACE "days");
    return g_string_free(out, FALSE);
}

/* The published step of a unit: bands hold their upper end. */
static gint64 step_of(TmUnit unit)
{
    switch (unit) {
    case TM_UNIT_TOKENS:
        return 1000;
    case TM_UNIT_MONEY:
        return TM_MICROS_PER_UNIT / 100;
    default:
        return 1;
    }
}

/* "under 40%" where the next value begins another band, "up to 4" where the end itself counts. */
static char *format_below(TmUnit unit, gint64 high, const char *currency)
{
    gint64 next = high + step_of(unit);
    gboolean counts = unit == TM_UNIT_PEOPLE || unit == TM_UNIT_SEATS ||
                      unit == TM_UNIT_PERSON_DAYS || unit == TM_UNIT_COUNT;
    if (counts || (unit == TM_UNIT_MONEY && next % TM_MICROS_PER_UNIT != 0)) {
        g_autofree char *end = tm_format_bare(unit, high, currency);
        return g_strdup_printf("up to %s", end);
    }
    g_autofree char *limit = tm_format_bare(unit, next, currency);
    return g_strdup_printf("under %s", limit);
}

char *tm_format_band(TmUnit unit, gint64 low, gint64 high, const char *currency)
{
    gboolean open_above = high == G_MAXINT64 || (unit == TM_UNIT_PERCENT && high >= 100);
    if (low <= 0 && !open_above)
        return format_below(unit, high, currency);
    g_autofree char *low_text = tm_format_bare(unit, low, currency);
    if (open_above)
        return g_strdup_printf("%s or more", low_text);
    g_autofree char *high_text = tm_format_bare(unit, high, currency);
    if (unit == TM_UNIT_PERCENT)
        low_text[strlen(low_text) - 1] = '\0'; /* "40–59%", one sign for both */
    return g_strdup_printf("%s" EN_DASH "%s", low_text, high_text);
}
