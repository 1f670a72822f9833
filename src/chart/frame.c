/* The plot of lines and columns: margins from measured labels, scales, axes, what lies behind. */
#include <math.h>

#include "chart_private.h"

#define EDGE_TOP 6.0        /* half a tick label, and room for the last dot */
#define EVENT_STRIP 10.0    /* above the plot, when there are events */
#define X_LABEL_STRIP 13.5  /* below the plot */
#define TICK_GAP 5.0        /* between tick labels and plot */
#define END_GAP 6.0         /* between plot and end labels */
#define LABEL_GAP 8.0       /* least distance of x labels */
#define TICK_DISTANCE 10.0  /* six fit beside events */
#define MOST_END_SHARE 0.42 /* of the width for end labels */
#define LEAST_PLOT_SHARE 0.3
#define RULE_WIDTH 0.6
#define COLUMN_SHARE 0.8 /* of a slot */

const TmTextStyle tm_axis_style = {7.0, TM_WEIGHT_REGULAR, TM_INK_MUTED};
const TmTextStyle tm_value_style = {8.5, TM_WEIGHT_SEMIBOLD, TM_INK_MAIN};
static const TmTextStyle target_style = {7.0, TM_WEIGHT_REGULAR, TM_INK_TEXT};

/* ---- Layout ------------------------------------------------------------------------------ */

/*
 * Bands are read whole: the axis starts at the limit below all values (or zero) and reaches the
 * limit above them; for a percentage all of it, so that what lies ahead is seen.
 */
static TmRange range_with_bands(const TmChart *chart, TmRange range)
{
    const GArray *steps = chart->band_steps;
    if (steps == NULL || steps->len == 0 || !range.any)
        return range;
    TmRange whole = {MIN(range.low, 0.0), range.high, TRUE};
    for (guint i = 0; i < steps->len; i++) {
        double limit = g_array_index(steps, double, i);
        if (limit <= range.low)
            whole.low = MAX(whole.low, limit);
        if (limit >= range.high) {
            whole.high = limit;
            break;
        }
    }
    if (chart->number == TM_NUMBER_PERCENT)
        whole.high = MAX(whole.high, 100.0);
    return whole;
}

static void set_scale(TmFrame *frame, TmRange range)
{
    const TmChart *chart = frame->chart;
    double most = floor((frame->bottom - frame->top) / TICK_DISTANCE) + 1.0;
    guint most_ticks = (guint)CLAMP(most, 3.0, (double)TM_MOST_TICKS);
    double least = chart->number == TM_NUMBER_COUNT ? 1.0 : 0.0;
    gboolean forced = chart->range_high > chart->range_low;
    if (forced)
        range = (TmRange){chart->range_low, chart->range_high, TRUE};
    else if (!range.any)
        range = (TmRange){0.0, chart->number == TM_NUMBER_PERCENT ? 100.0 : 1.0, TRUE};
    else if (chart->from_zero || frame->slotted)
        tm_range_add(&range, 0.0);
    else
        range = range_with_bands(chart, range);
    double ticks[TM_MOST_TICKS];
    guint count = tm_ticks_of(range.low, range.high, most_ticks, least, ticks);
    frame->low = forced || count == 0 ? range.low : ticks[0];
    frame->high = forced || count == 0 ? range.high : ticks[count - 1];
    frame->tick_count = 0;
    double slack = (frame->high - frame->low) * 1e-9;
    for (guint i = 0; i < count; i++) {
        if (ticks[i] >= frame->low - slack && ticks[i] <= frame->high + slack)
            frame->ticks[frame->tick_count++] = ticks[i];
    }
}

static double widest_text(const TmTextMeter *meter, const TmTextStyle *style, GPtrArray *texts)
{
    double widest = 0.0;
    for (guint i = 0; i < texts->len; i++)
        widest = MAX(widest, tm_text_width(meter, style, g_ptr_array_index(texts, i)));
    return widest;
}

/* Cuts end labels to `room`; those of which nothing is left go. Returns the widest. */
static double fit_end_labels(const TmFrame *frame, GArray *labels, double room)
{
    double widest = 0.0;
    for (guint i = labels->len; i-- > 0;) {
        TmEndLabel *label = &g_array_index(labels, TmEndLabel, i);
        char *fitted = tm_text_fit(frame->meter, &label->style, label->text, room);
        g_free(label->text);
        label->text = fitted;
        if (fitted == NULL)
            g_array_remove_index(labels, i);
        else
            widest = MAX(widest, tm_text_width(frame->meter, &label->style, fitted));
    }
    return widest;
}

static void set_margins(TmFrame *frame, GArray *labels)
{
    const TmChart *chart = frame->chart;
    double width = frame->picture->width;
    g_autoptr(GPtrArray) ticks =
        tm_axis_labels(chart->number, chart->currency, frame->ticks, frame->tick_count);
    frame->left = widest_text(frame->meter, &tm_axis_style, ticks) + TICK_GAP;
    double room = MIN(width * MOST_END_SHARE, width * (1.0 - LEAST_PLOT_SHARE) - frame->left);
    double widest = fit_end_labels(frame, labels, room - END_GAP);
    double last_label = 0.0;
    if (chart->x_labels->len > 0 && !frame->slotted)
        last_label = tm_text_width(frame->meter, &tm_axis_style,
            g_ptr_array_index(chart->x_labels, chart->x_labels->len - 1));
    double margin = MAX(widest > 0.0 ? widest + END_GAP : 0.0, MIN(last_label / 2.0, room));
    frame->right = MAX(width - MAX(margin, 3.0), frame->left + 1.0);
}

static void add_target_label(const TmChart *chart, GArray *labels)
{
    if (chart->has_target && isfinite(chart->target) && chart->target_label != NULL)
        tm_end_labels_add(
            labels, chart->target, TM_PRIORITY_TARGET, &target_style, chart->target_label);
}

void tm_frame_init(TmFrame *frame, const TmChart *chart, const TmTextMeter *meter,
    TmPicture *picture, TmRange range, GArray *labels)
{
    *frame = (TmFrame){.chart = chart, .meter = meter, .picture = picture};
    frame->slotted = chart->form == TM_CHART_COLUMNS;
    frame->slots = tm_chart_slots(chart);
    frame->top = EDGE_TOP + (chart->events != NULL ? EVENT_STRIP : 0.0);
    frame->bottom = MAX(
        picture->height - (chart->x_labels->len > 0 ? X_LABEL_STRIP : EDGE_TOP), frame->top + 1.0);
    add_target_label(chart, labels);
    set_scale(frame, range);
    set_margins(frame, labels);
}

double tm_frame_step(const TmFrame *frame)
{
    double width = frame->right - frame->left;
    if (frame->slotted)
        return width / MAX(frame->slots, 1);
    return frame->slots > 1 ? width / (frame->slots - 1) : width;
}

double tm_frame_x(const TmFrame *frame, guint slot)
{
    if (frame->slotted)
        return frame->left + tm_frame_step(frame) * (slot + 0.5);
    return frame->slots > 1 ? frame->left + tm_frame_step(frame) * slot : frame->right;
}

double tm_frame_y(const TmFrame *frame, double value)
{
    double share = (value - frame->low) / (frame->high - frame->low);
    return frame->bottom - CLAMP(share, 0.0, 1.0) * (frame->bottom - frame->top);
}

/* ---- Ground ------------------------------------------------------------------------------ */

/* The highest reading band is filled most, the next less; what lies below stays paper. */
static void draw_bands(const TmFrame *frame)
{
    static const TmInk fills[] = {TM_INK_BAND_STRONG, TM_INK_BAND};
    const GArray *steps = frame->chart->band_steps;
    double above = frame->high;
    for (guint i = 0; steps != NULL && i < MIN(steps->len, G_N_ELEMENTS(fills)); i++) {
        double limit = g_array_index(steps, double, steps->len - 1 - i);
        limit = CLAMP(limit, frame->low, frame->high);
        if (limit < above)
            tm_picture_rectangle(frame->picture, frame->left, tm_frame_y(frame, above),
                frame->right, tm_frame_y(frame, limit), fills[i]);
        above = MIN(above, limit);
    }
}

/*
 * Nothing of the slot may be shown; or, of a column, one part: what is known of it is drawn over
 * the hatching, so that it does not pass for the whole.
 */
static gboolean is_not_shown(const TmFrame *frame, guint slot)
{
    const TmChart *chart = frame->chart;
    guint hidden = 0;
    for (guint i = 0; i < chart->series->len; i++)
        hidden += tm_series_point(tm_chart_series(chart, i), slot).state == TM_POINT_NOT_SHOWN;
    return hidden > 0 && (frame->slotted || hidden == chart->series->len);
}

/* Only where nothing else is drawn is there room for words. */
static gboolean is_empty(const TmFrame *frame, guint slot)
{
    const TmChart *chart = frame->chart;
    for (guint i = 0; i < chart->series->len; i++) {
        if (tm_series_point(tm_chart_series(chart, i), slot).state != TM_POINT_NOT_SHOWN)
            return FALSE;
    }
    return TRUE;
}

/* Says "not shown" inside hatched slots that are wide enough; the last has its end label. */
static void draw_not_shown_word(const TmFrame *frame, double left, double right)
{
    const char *word = frame->chart->words[TM_POINT_NOT_SHOWN];
    if (word == NULL)
        return;
    double width = tm_text_width(frame->meter, &tm_axis_style, word);
    double base = frame->bottom - 5.0;
    if (width + 8.0 > right - left || frame->bottom - frame->top < 14.0)
        return;
    double middle = (left + right) / 2.0;
    tm_picture_rectangle(frame->picture, middle - width / 2.0 - 2.0, base - 7.0,
        middle + width / 2.0 + 2.0, base + 2.5, TM_INK_PAPER);
    tm_picture_text(frame->picture, middle, base, TM_ANCHOR_MIDDLE, &tm_axis_style, word);
}

/* Runs of slots in which nothing may be shown are hatched lightly. */
static void draw_not_shown(const TmFrame *frame)
{
    double half = tm_frame_step(frame) * (frame->slotted ? COLUMN_SHARE : 1.0) / 2.0;
    for (guint slot = 0; slot < frame->slots; slot++) {
        if (!is_not_shown(frame, slot))
            continue;
        guint first = slot;
        gboolean empty = is_empty(frame, slot);
        while (slot + 1 < frame->slots && is_not_shown(frame, slot + 1))
            empty = is_empty(frame, ++slot) && empty;
        double left = MAX(tm_frame_x(frame, first) - half, frame->left);
        double right = MIN(tm_frame_x(frame, slot) + half, frame->right);
        tm_picture_rectangle(frame->picture, left, frame->top, right, frame->bottom, TM_INK_RULE)
            ->hatched = TRUE;
        if (empty && slot + 1 < frame->slots)
            draw_not_shown_word(frame, left, right);
    }
}

static void draw_grid(const TmFrame *frame)
{
    const TmChart *chart = frame->chart;
    const double least_distance = tm_axis_style.size * 1.1;
    g_autoptr(GPtrArray) labels =
        tm_axis_labels(chart->number, chart->currency, frame->ticks, frame->tick_count);
    double free_above = INFINITY;
    for (guint i = 0; i < frame->tick_count; i++) {
        double y = tm_frame_y(frame, frame->ticks[i]);
        tm_picture_line(frame->picture, frame->left, y, frame->right, y, TM_INK_RULE, RULE_WIDTH);
        if (y > free_above)
            continue;
        tm_picture_text(frame->picture, frame->left - TICK_GAP, tm_base_line(y, tm_axis_style.size),
            TM_ANCHOR_END, &tm_axis_style, g_ptr_array_index(labels, i));
        free_above = y - least_distance;
    }
}

/* Every n-th label, counted from the last, so that the newest always has one. */
static void draw_x_labels(const TmFrame *frame)
{
    GPtrArray *labels = frame->chart->x_labels;
    double frame_width = frame->picture->width;
    double step = tm_frame_step(frame);
    double widest = widest_text(frame->meter, &tm_axis_style, labels) + LABEL_GAP;
    guint stride = (guint)MIN(MAX(ceil(widest / step), 1.0), (double)MAX(labels->len, 1));
    double free_until = frame_width;
    for (guint i = labels->len; i > 0; i = i > stride ? i - stride : 0) {
        g_autofree char *text = tm_text_fit(
            frame->meter, &tm_axis_style, g_ptr_array_index(labels, i - 1), frame_width);
        if (text == NULL)
            continue;
        double half = tm_text_width(frame->meter, &tm_axis_style, text) / 2.0;
        double x = tm_frame_x(frame, i - 1);
        x = MAX(half, MIN(frame_width - half, x));
        if (x + half > free_until)
            continue;
        tm_picture_text(
            frame->picture, x, frame->bottom + 10.0, TM_ANCHOR_MIDDLE, &tm_axis_style, text);
        free_until = x - half - LABEL_GAP;
    }
}

void tm_frame_draw_ground(const TmFrame *frame)
{
    draw_bands(frame);
    draw_not_shown(frame);
    draw_grid(frame);
    draw_x_labels(frame);
}

/* ---- Marks and labels -------------------------------------------------------------------- */

static void draw_target(const TmFrame *frame)
{
    if (!frame->chart->has_target || !isfinite(frame->chart->target))
        return;
    double y = tm_frame_y(frame, frame->chart->target);
    TmShape *line =
        tm_picture_line(frame->picture, frame->left, y, frame->right, y, TM_INK_TEXT, 0.9);
    line->dash[0] = 3.0;
    line->dash[1] = 2.0;
}

/* A small flag on a dotted pole; its words above, where there is room, newest first. */
static void draw_events(const TmFrame *frame)
{
    const GArray *events = frame->chart->events;
    double free_until = frame->right;
    for (guint i = events != NULL ? events->len : 0; i-- > 0;) {
        const TmChartEvent *event = &g_array_index(events, TmChartEvent, i);
        if (event->index >= frame->slots)
            continue;
        double x = tm_frame_x(frame, event->index);
        TmShape *pole = tm_picture_line(
            frame->picture, x, frame->top - 3.0, x, frame->bottom, TM_INK_MUTED, 0.5);
        pole->dash[0] = 1.0;
        pole->dash[1] = 2.0;
        const TmPoint2 flag[] = {
            {x - 2.2, frame->top - 4.0}, {x + 2.2, frame->top - 4.0}, {x, frame->top}};
        TmShape *shape = tm_picture_path(frame->picture, flag, 3, TM_INK_NONE, 0.0);
        shape->closed = TRUE;
        shape->fill = TM_INK_MUTED;
        double half = tm_text_width(frame->meter, &tm_axis_style, event->text) / 2.0;
        double middle = MIN(x, free_until - half);
        if (middle - half < frame->left || middle + half < x)
            continue;
        tm_picture_text(frame->picture, middle, frame->top - 6.5, TM_ANCHOR_MIDDLE, &tm_axis_style,
            event->text);
        free_until = middle - half - LABEL_GAP;
    }
}

void tm_frame_draw_marks(const TmFrame *frame)
{
    draw_target(frame);
    draw_events(frame);
}

void tm_frame_draw_labels(const TmFrame *frame, GArray *labels)
{
    for (guint i = 0; i < labels->len; i++) {
        TmEndLabel *label = &g_array_index(labels, TmEndLabel, i);
        label->wanted = isfinite(label->wanted) ? tm_frame_y(frame, label->wanted)
                                                : (frame->top + frame->bottom) / 2.0;
    }
    tm_end_labels_spread(labels, 0.0, frame->bottom + 3.0);
    for (guint i = 0; i < labels->len; i++) {
        const TmEndLabel *label = &g_array_index(labels, TmEndLabel, i);
        tm_picture_text(frame->picture, frame->right + END_GAP,
            tm_base_line(label->middle, label->style.size), TM_ANCHOR_START, &label->style,
            label->text);
    }
}

static char *value_text(const TmChart *chart, const TmPoint *point)
{
    if (point->state != TM_POINT_BAND)
        return tm_number_format(chart->number, point->value, chart->currency);
    g_autofree char *low = tm_number_format(chart->number, point->low, chart->currency);
    g_autofree char *high = tm_number_format(chart->number, point->high, chart->currency);
    return g_strconcat(low, "\xE2\x80\x93", high, NULL);
}

static char *with_name(const TmChart *chart, const TmSeries *series, const char *text)
{
    if (chart->series->len < 2 || series->name == NULL || *series->name == '\0')
        return g_strdup(text);
    return g_strconcat(text, " ", series->name, NULL);
}

void tm_frame_label_series(const TmChart *chart, guint index, double at, GArray *labels)
{
    const TmSeries *series = tm_chart_series(chart, index);
    guint slots = tm_chart_slots(chart);
    if (slots == 0)
        return;
    TmPoint last = tm_series_point(series, slots - 1);
    gboolean has_value = tm_point_has_value(&last) || last.state == TM_POINT_BAND;
    g_autofree char *value =
        has_value ? value_text(chart, &last) : g_strdup(chart->words[last.state]);
    g_autofree char *text = value != NULL ? with_name(chart, series, value) : NULL;
    TmTextStyle style = has_value ? tm_value_style : tm_axis_style;
    if (has_value)
        style.ink = tm_label_ink(chart->highlight_last && index == 0 ? TM_INK_ACCENT : series->ink);
    tm_end_labels_add(labels, at, TM_PRIORITY_VALUE + index, &style, text);
    if (tm_point_is_doubtful(&last))
        tm_end_labels_add(
            labels, at, TM_PRIORITY_WORD + index, &tm_axis_style, chart->words[last.state]);
}
