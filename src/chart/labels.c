/* Fits labels into widths, and spreads those of the right margin so that none touch. */
#include <string.h>

#include "chart_private.h"

#define CAPITAL_HEIGHT 0.727 /* of the size: capitals of Inter */
#define LABEL_HEIGHT 1.2     /* of the size: room that a label keeps for itself */
#define ELLIPSIS "\xE2\x80\xA6"

double tm_base_line(double middle, double size)
{
    return middle + size * CAPITAL_HEIGHT / 2.0;
}

double tm_text_width(const TmTextMeter *meter, const TmTextStyle *style, const char *text)
{
    return meter->width(meter->user, style, text);
}

char *tm_text_fit(
    const TmTextMeter *meter, const TmTextStyle *style, const char *text, double width)
{
    if (tm_text_width(meter, style, text) <= width)
        return g_strdup(text);
    g_autoptr(GString) cut = g_string_new(text);
    while (cut->len > 0) {
        const char *last = g_utf8_find_prev_char(cut->str, cut->str + cut->len);
        g_string_truncate(cut, last != NULL ? (gsize)(last - cut->str) : 0);
        g_autofree char *ended = g_strconcat(g_strchomp(cut->str), ELLIPSIS, NULL);
        cut->len = strlen(cut->str);
        if (tm_text_width(meter, style, ended) <= width)
            return g_steal_pointer(&ended);
    }
    return NULL;
}

TmInk tm_label_ink(TmInk series_ink)
{
    switch (series_ink) {
    case TM_INK_MAIN_LIGHT:
        return TM_INK_MUTED;
    case TM_INK_ACCENT:
        return TM_INK_ACCENT_TEXT;
    default:
        return series_ink;
    }
}

static void clear_label(gpointer data)
{
    g_free(((TmEndLabel *)data)->text);
}

GArray *tm_end_labels_new(void)
{
    GArray *labels = g_array_new(FALSE, TRUE, sizeof(TmEndLabel));
    g_array_set_clear_func(labels, clear_label);
    return labels;
}

void tm_end_labels_add(
    GArray *labels, double wanted, guint priority, const TmTextStyle *style, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    TmEndLabel label = {wanted, wanted, priority, *style, g_strdup(text)};
    g_array_append_val(labels, label);
}

static double height_of(const GArray *labels, guint index)
{
    return g_array_index(labels, TmEndLabel, index).style.size * LABEL_HEIGHT;
}

/* Leaves out the least important labels until all can stand one above the other. */
static void drop_what_has_no_room(GArray *labels, double room)
{
    for (;;) {
        double total = 0.0;
        guint least = 0;
        for (guint i = 0; i < labels->len; i++) {
            total += height_of(labels, i);
            if (g_array_index(labels, TmEndLabel, i).priority >
                g_array_index(labels, TmEndLabel, least).priority)
                least = i;
        }
        if (labels->len == 0 || total <= room)
            return;
        g_array_remove_index(labels, least);
    }
}

static int compare_wanted(gconstpointer a, gconstpointer b)
{
    const TmEndLabel *first = a;
    const TmEndLabel *second = b;
    if (first->wanted != second->wanted)
        return first->wanted < second->wanted ? -1 : 1;
    if (first->priority != second->priority)
        return first->priority < second->priority ? -1 : 1;
    return 0;
}

/* Labels that stand close together, as one body; its place is the mean of what each wants. */
typedef struct Body {
    guint first, count;
    double height;
    double wanted_sum; /* of the tops that the body would have for each label */
} Body;

static double body_top(const Body *body, double top, double bottom)
{
    return MAX(top, MIN(bottom - body->height, body->wanted_sum / body->count));
}

static Body join(const Body *above, const Body *below)
{
    return (Body){
        .first = above->first,
        .count = above->count + below->count,
        .height = above->height + below->height,
        .wanted_sum = above->wanted_sum + below->wanted_sum - below->count * above->height,
    };
}

void tm_end_labels_spread(GArray *labels, double top, double bottom)
{
    drop_what_has_no_room(labels, bottom - top);
    g_array_sort(labels, compare_wanted);
    g_autofree Body *bodies = g_new(Body, labels->len + 1);
    guint count = 0;
    for (guint i = 0; i < labels->len; i++) {
        double height = height_of(labels, i);
        double wanted = g_array_index(labels, TmEndLabel, i).wanted;
        bodies[count++] = (Body){i, 1, height, wanted - height / 2.0};
        while (count > 1 && body_top(&bodies[count - 2], top, bottom) + bodies[count - 2].height >
                                body_top(&bodies[count - 1], top, bottom)) {
            bodies[count - 2] = join(&bodies[count - 2], &bodies[count - 1]);
            count--;
        }
    }
    for (guint i = 0; i < count; i++) {
        double at = body_top(&bodies[i], top, bottom);
        for (guint k = bodies[i].first; k < bodies[i].first + bodies[i].count; k++) {
            double height = height_of(labels, k);
            g_array_index(labels, TmEndLabel, k).middle = at + height / 2.0;
            at += height;
        }
    }
}
