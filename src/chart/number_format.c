/*
 * Numbers as reports print them: one place decides signs, units, digits. A single value shows
 * three significant digits at most; the labels of an axis share one scale and one precision.
 */
#include <math.h>
#include <string.h>

#include "chart_private.h"

#define MINUS "\xE2\x88\x92"        /* U+2212 */
#define NARROW_SPACE "\xE2\x80\xAF" /* U+202F */
#define DASH "\xE2\x80\x94"         /* em dash */
#define MOST_DECIMALS 9

typedef struct Scale {
    double divisor;
    const char *spaced; /* "139 M" */
    const char *tight;  /* "$14.9k" */
} Scale;

static const Scale scales[] = {
    {1.0, "", ""},
    {1e3, NARROW_SPACE "k", "k"},
    {1e6, NARROW_SPACE "M", "M"},
    {1e9, NARROW_SPACE "bn", "bn"},
    {1e12, NARROW_SPACE "tn", "tn"},
};

/* How each form is written. */
typedef struct FormRule {
    gboolean scale_thousands; /* k from 1,000 on; else digits in groups up to a million */
    gboolean scale_at_all;
    gboolean keep_decimals; /* "3.0 d" */
    const char *unit;
    double least;       /* smallest step of a single value below 10 … */
    int small_decimals; /* … and its decimals */
} FormRule;

static const FormRule rules[] = {
    [TM_NUMBER_COUNT] = {FALSE, TRUE, FALSE, "", 0.1, 1},
    [TM_NUMBER_PERCENT] = {FALSE, FALSE, FALSE, "%", 1.0, 0},
    [TM_NUMBER_TOKENS] = {TRUE, TRUE, FALSE, "", 1.0, 0},
    [TM_NUMBER_MONEY] = {TRUE, TRUE, FALSE, "", 0.01, 2},
    [TM_NUMBER_DAYS] = {FALSE, FALSE, TRUE, NARROW_SPACE "d", 0.1, 1},
};

typedef struct CurrencySign {
    const char *code;
    const char *sign;
} CurrencySign;

static const CurrencySign currency_signs[] = {
    {"USD", "$"},
    {"EUR", "\xE2\x82\xAC"},
    {"GBP", "\xC2\xA3"},
    {"JPY", "\xC2\xA5"},
};

static void append_currency(GString *out, TmNumberForm form, const char *currency)
{
    if (form != TM_NUMBER_MONEY || currency == NULL)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(currency_signs); i++) {
        if (g_str_equal(currency_signs[i].code, currency)) {
            g_string_append(out, currency_signs[i].sign);
            return;
        }
    }
    g_string_append_printf(out, "%s" NARROW_SPACE, currency);
}

/* Digits of a value that is not negative, thousands in groups. */
static void append_digits(GString *out, double value, int decimals, gboolean keep_decimals)
{
    char format[8];
    char digits[G_ASCII_DTOSTR_BUF_SIZE + 320];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd(digits, sizeof digits, format, value);
    gsize whole = strcspn(digits, ".");
    if (!keep_decimals && digits[whole] == '.') {
        char *end = strchr(digits, '\0');
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            end[-1] = '\0';
    }
    for (gsize i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(out, NARROW_SPACE);
        g_string_append_c(out, digits[i]);
    }
    g_string_append(out, digits + whole);
}

static int decimals_below(TmNumberForm form, double scaled, gboolean is_scaled)
{
    if (form == TM_NUMBER_DAYS)
        return scaled < 99.95 ? 1 : 0;
    if (is_scaled || form == TM_NUMBER_COUNT)
        return scaled < 99.95 ? 1 : 0;
    return scaled < 9.995 ? rules[form].small_decimals : 0;
}

/* From 1,000 on only three digits stay. */
static double round_to_three(double value)
{
    if (value < 999.5)
        return value;
    double unit = pow(10.0, floor(log10(value)) - 2.0);
    return rint(value / unit) * unit;
}

static const Scale *scale_for(TmNumberForm form, double magnitude)
{
    guint scale = 0;
    if (rules[form].scale_at_all) {
        gboolean thousands = rules[form].scale_thousands;
        while (scale + 1 < G_N_ELEMENTS(scales)) {
            double rounded = round_to_three(magnitude / scales[scale].divisor);
            if (rounded < (scale == 0 && !thousands ? 1e6 : 1e3))
                break;
            scale += scale == 0 && !thousands ? 2 : 1;
        }
    }
    return &scales[scale];
}

static void append_unit(GString *out, TmNumberForm form, const Scale *scale)
{
    g_string_append(out, form == TM_NUMBER_MONEY ? scale->tight : scale->spaced);
    g_string_append(out, rules[form].unit);
}

char *tm_number_format(TmNumberForm form, double value, const char *currency)
{
    if (!isfinite(value))
        return g_strdup(DASH);
    const FormRule *rule = &rules[form];
    GString *out = g_string_new(NULL);
    double magnitude = fabs(value);
    const Scale *scale = scale_for(form, magnitude);
    double scaled = round_to_three(magnitude / scale->divisor);
    int decimals = decimals_below(form, scaled, scale != scales);
    gboolean reads_as_zero = scaled * pow(10.0, decimals) <= 0.5;
    if (reads_as_zero && value > 0.0) {
        g_string_append_c(out, '<');
        scaled = rule->least;
        decimals = rule->small_decimals;
    } else if (form == TM_NUMBER_PERCENT && value >= 99.5 && value < 100.0) {
        g_string_append_c(out, '>');
        scaled = 99.0;
    } else if (value < 0.0 && !reads_as_zero) {
        g_string_append(out, MINUS);
    }
    append_currency(out, form, currency);
    append_digits(out, scaled, decimals, rule->keep_decimals || scale != scales);
    append_unit(out, form, scale);
    return g_string_free(out, FALSE);
}

/* ---- Axes -------------------------------------------------------------------------------- */

/* Decimals that a step needs to be exact. */
static int decimals_of(double step)
{
    int decimals = 0;
    for (double times = step; decimals < MOST_DECIMALS && fabs(times - rint(times)) > 1e-6 * times;
         times *= 10.0)
        decimals++;
    return decimals;
}

GPtrArray *tm_axis_labels(TmNumberForm form, const char *currency, const double *ticks, guint count)
{
    GPtrArray *labels = g_ptr_array_new_with_free_func(g_free);
    double largest = 0.0;
    for (guint i = 0; i < count; i++)
        largest = MAX(largest, fabs(ticks[i]));
    const Scale *scale = scale_for(form, largest);
    double step = count > 1 ? (ticks[1] - ticks[0]) / scale->divisor : 1.0;
    int decimals = decimals_of(step);
    for (guint i = 0; i < count; i++) {
        GString *label = g_string_new(ticks[i] < 0.0 ? MINUS : NULL);
        append_currency(label, form, currency);
        append_digits(label, fabs(ticks[i]) / scale->divisor, ticks[i] == 0.0 ? 0 : decimals, TRUE);
        append_unit(label, form, ticks[i] == 0.0 ? scales : scale);
        g_ptr_array_add(labels, g_string_free(label, FALSE));
    }
    return labels;
}
