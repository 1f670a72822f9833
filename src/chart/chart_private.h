/*
 * What the files of chart share.
 *
 *   picture.c    making shapes
 *   points.c     reading series: which values are known, their range
 *   labels.c     fitting and spreading labels
 *   frame.c      the plot of lines and columns: margins, axes, bands, target, hatched slots, events
 *   line.c, columns.c, sparkline.c, dots.c   one form each
 *   ticks.c, number_format.c
 */
#ifndef TM_CHART_PRIVATE_H
#define TM_CHART_PRIVATE_H

#include <tidemark/chart.h>

/* ---- Pictures ---------------------------------------------------------------------------- */

TmPicture *tm_picture_new(double width, double height);

/* The returned shape may be changed until the next one is added. */
TmShape *tm_picture_path(
    TmPicture *picture, const TmPoint2 *points, guint count, TmInk stroke, double width);
TmShape *tm_picture_line(
    TmPicture *picture, double x1, double y1, double x2, double y2, TmInk stroke, double width);
TmShape *tm_picture_rectangle(
    TmPicture *picture, double left, double top, double right, double bottom, TmInk fill);
TmShape *tm_picture_circle(TmPicture *picture, double x, double y, double radius, TmInk fill);
void tm_picture_text(TmPicture *picture, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text);

/* A dot in one ink, or with `open` a ring of the same size. */
void tm_picture_dot(
    TmPicture *picture, double x, double y, double radius, TmInk ink, gboolean open);

/* ---- Points ------------------------------------------------------------------------------ */

const TmSeries *tm_chart_series(const TmChart *chart, guint index);

/* Slots along x: as many as labels or points. */
guint tm_chart_slots(const TmChart *chart);

/* The point at a slot; NOT_MEASURED where the series has none or its number is no number. */
TmPoint tm_series_point(const TmSeries *series, guint slot);

gboolean tm_point_has_value(const TmPoint *point);   /* measured, estimated or provisional */
gboolean tm_point_is_doubtful(const TmPoint *point); /* estimated or provisional */

/* The last slot with a value; FALSE if there is none. */
gboolean tm_series_last(const TmSeries *series, guint slots, guint *slot);

typedef struct TmRange {
    double low, high;
    gboolean any;
} TmRange;

void tm_range_add(TmRange *range, double value);

/* Range of all values and bands, and of the target. */
TmRange tm_chart_range(const TmChart *chart);

/* ---- Labels ------------------------------------------------------------------------------ */

/* A label in the right margin. */
typedef struct TmEndLabel {
    double wanted;  /* where its middle would be, alone */
    double middle;  /* where it came to stand */
    guint priority; /* larger ones are left out first when there is no room */
    TmTextStyle style;
    char *text; /* owned */
} TmEndLabel;

GArray *tm_end_labels_new(void);
/* Text NULL or empty adds nothing. */
void tm_end_labels_add(
    GArray *labels, double wanted, guint priority, const TmTextStyle *style, const char *text);

/* Sets `middle` so that no two touch and all stay in top … bottom, moving them as little as can be.
 */
void tm_end_labels_spread(GArray *labels, double top, double bottom);

/* Base line of text whose capitals have their middle at `middle`. */
double tm_base_line(double middle, double size);

double tm_text_width(const TmTextMeter *meter, const TmTextStyle *style, const char *text);

/* The text, cut and ended with "…" if it is wider; NULL if not even that fits. Owned by the caller.
 */
char *tm_text_fit(
    const TmTextMeter *meter, const TmTextStyle *style, const char *text, double width);

/* Ink for words that name a series: light inks do not carry text. */
TmInk tm_label_ink(TmInk series_ink);

/* ---- Frame ------------------------------------------------------------------------------- */

#define TM_MOST_TICKS 6

typedef struct TmFrame {
    const TmChart *chart;
    const TmTextMeter *meter;
    TmPicture *picture;
    gboolean
        slotted; /* columns: a slot's place is its middle; lines: first and last at the edges */
    guint slots;
    double left, top, right, bottom; /* of the plot */
    double low, high;                /* values at bottom and top */
    guint tick_count;
    double ticks[TM_MOST_TICKS];
} TmFrame;

extern const TmTextStyle tm_axis_style;  /* axis labels, small words */
extern const TmTextStyle tm_value_style; /* the last value; ink to be set */

/*
 * Lays out the plot: `range` are the values to show, `labels` those of the right margin; they are
 * cut to fit, and the target's is added. Here `wanted` is a value of the axis, not a height; NAN
 * stands for the middle. Then draw in this order: ground, the form's own marks, marks, labels.
 */
void tm_frame_init(TmFrame *frame, const TmChart *chart, const TmTextMeter *meter,
    TmPicture *picture, TmRange range, GArray *labels);

double tm_frame_x(const TmFrame *frame, guint slot);
double tm_frame_y(const TmFrame *frame, double value);
double tm_frame_step(const TmFrame *frame); /* distance of slots */

void tm_frame_draw_ground(const TmFrame *frame); /* bands, hatched slots, grid, x labels */
void tm_frame_draw_marks(const TmFrame *frame);  /* target line, events */
void tm_frame_draw_labels(const TmFrame *frame, GArray *labels);

/*
 * Adds to `labels` what is to be said of a series' last slot: value and name, or that there is
 * none, and why; and for doubtful values the word for it.
 */
void tm_frame_label_series(const TmChart *chart, guint series, double at, GArray *labels);

/* Order in which end labels give way, most important first. */
enum { TM_PRIORITY_VALUE = 0, TM_PRIORITY_TARGET = 50, TM_PRIORITY_WORD = 100 };

/* ---- The forms --------------------------------------------------------------------------- */

void tm_draw_line(const TmChart *chart, const TmTextMeter *meter, TmPicture *picture);
void tm_draw_columns(const TmChart *chart, const TmTextMeter *meter, TmPicture *picture);
void tm_draw_sparkline(const TmChart *chart, TmPicture *picture);
void tm_draw_dots(const TmChart *chart, TmPicture *picture);

/* The strokes of one series: solid where measured, dashed where doubtful, broken at gaps. */
typedef struct TmStroke {
    const TmSeries *series;
    guint slots;
    double width;
    const TmPoint2 *places; /* one per slot */
} TmStroke;

void tm_draw_stroke(TmPicture *picture, const TmStroke *stroke);

/* ---- Numbers ----------------------------------------------------------------------------- */

/* As tm_ticks, but steps of at least `least` and multiples of it (1 for things that are counted).
 */
guint tm_ticks_of(double low, double high, guint most, double least, double *ticks);

/* Labels of an axis: one scale for all, as many decimals as the step needs. char*, owned. */
GPtrArray *tm_axis_labels(
    TmNumberForm form, const char *currency, const double *ticks, guint count);

#endif
