/* Nice tick values. */
#include <math.h>

#include "chart_private.h"

/* Beyond this many steps from zero a double no longer tells neighbours apart well. */
#define MOST_STEPS_FROM_ZERO 1e9

/* So that steps above it are numbers still. */
#define LARGEST 1e290

static const double nice_steps[] = {1.0, 2.0, 2.5, 5.0};

static gboolean is_multiple(double step, double least)
{
    if (least <= 0.0)
        return TRUE;
    double times = step / least;
    return times >= 1.0 - 1e-9 && fabs(times - round(times)) < 1e-6;
}

/* Widens ranges of zero, and of less than a double can show, around their middle. */
static void widen(double *low, double *high)
{
    double size = MAX(fabs(*low), fabs(*high));
    if (size == 0.0) {
        *high = 1.0;
        return;
    }
    double least = size * 1e-8;
    if (*high - *low >= least)
        return;
    gboolean equal = *high == *low;
    double half = equal ? size * 0.05 : least;
    *low -= half;
    *high += half;
}

guint tm_ticks_of(double low, double high, guint most, double least, double *ticks)
{
    if (!(fabs(low) <= LARGEST && fabs(high) <= LARGEST) || most < 3)
        return 0;
    if (low > high) {
        double swap = low;
        low = high;
        high = swap;
    }
    widen(&low, &high);
    int power = (int)floor(log10((high - low) / most)) - 1;
    for (;; power++) {
        for (guint i = 0; i < G_N_ELEMENTS(nice_steps); i++) {
            double step = nice_steps[i] * pow(10.0, power);
            double first = floor(low / step + 1e-9);
            double last = ceil(high / step - 1e-9);
            if (!is_multiple(step, least) || last - first + 1.0 > most || last <= first ||
                MAX(fabs(first), fabs(last)) > MOST_STEPS_FROM_ZERO)
                continue;
            guint count = (guint)(last - first) + 1;
            for (guint k = 0; k < count; k++)
                ticks[k] = (first + k) * step;
            return count;
        }
    }
}

guint tm_ticks(double low, double high, guint most, double *ticks)
{
    return tm_ticks_of(low, high, most, 0.0, ticks);
}
