/*
 * chart: data and scales become geometry. No drawing here.
 *
 * A TmChart is filled with published values; tm_chart_draw() turns it into a TmPicture, a display
 * list of shapes in points (1/72 inch) with the origin at the top left, which press draws on any
 * canvas (PDF, SVG, PNG, trace). Colours are roles (TmInk); press maps them to a light or dark
 * palette. Labels are placed with the widths that a TmTextMeter reports, measured with the fonts
 * that are also embedded, so that no label leaves the frame or touches another.
 *
 * Rules: time runs left to right; bars start at zero; a line breaks where there is no value;
 * estimated and provisional values look different; "not shown" has its own slot; two hues and
 * greys, then shape and dash; direct labels, no legend box.
 */
#ifndef TIDEMARK_CHART_H
#define TIDEMARK_CHART_H

#include <tidemark/base.h>

G_BEGIN_DECLS

/* ---- Pictures: what a canvas draws ------------------------------------------------------- */

typedef enum TmInk {
    TM_INK_NONE,
    TM_INK_TEXT,        /* main text */
    TM_INK_MUTED,       /* captions, axis labels */
    TM_INK_MAIN,        /* actual values */
    TM_INK_MAIN_LIGHT,  /* second series, previous period (fill) */
    TM_INK_ACCENT,      /* the one thing to look at: marks */
    TM_INK_ACCENT_TEXT, /* the same as words */
    TM_INK_RULE,        /* hairlines and grid */
    TM_INK_BAND,        /* target band, fill */
    TM_INK_BAND_STRONG, /* the next step of the band, fill */
    TM_INK_PAPER,       /* background, and the inside of open circles */
    TM_INK_COUNT
} TmInk;

typedef enum TmWeight {
    TM_WEIGHT_REGULAR,
    TM_WEIGHT_MEDIUM,
    TM_WEIGHT_SEMIBOLD,
    TM_WEIGHT_DISPLAY, /* semibold of the display cut, for figures and the message */
    TM_WEIGHT_COUNT
} TmWeight;

typedef struct TmTextStyle {
    double size; /* points */
    TmWeight weight;
    TmInk ink;
} TmTextStyle;

/* Measures text as it will be drawn. */
typedef struct TmTextMeter {
    double (*width)(gpointer user, const TmTextStyle *style, const char *text); /* points */
    gpointer user;
} TmTextMeter;

typedef enum TmAnchor { TM_ANCHOR_START, TM_ANCHOR_MIDDLE, TM_ANCHOR_END } TmAnchor;

typedef enum TmShapeKind {
    TM_SHAPE_PATH,   /* polyline through points; closed if `closed` */
    TM_SHAPE_RECT,   /* points[0] top left, points[1] bottom right */
    TM_SHAPE_CIRCLE, /* points[0] centre, radius */
    TM_SHAPE_TEXT,   /* points[0] on the base line */
} TmShapeKind;

typedef struct TmPoint2 {
    double x, y;
} TmPoint2;

typedef struct TmShape {
    TmShapeKind kind;
    TmInk fill;
    TmInk stroke;
    double stroke_width;
    double dash[2];     /* on, off; 0, 0: solid */
    gboolean hatched;   /* fill with diagonal lines of `fill` on paper */
    gboolean closed;
    double radius;
    guint point_count;
    TmPoint2 *points;   /* owned */
    char *text;         /* owned */
    TmTextStyle style;
    TmAnchor anchor;
} TmShape;

typedef struct TmPicture {
    double width, height; /* points */
    GArray *shapes;       /* TmShape, in drawing order */
} TmPicture;

void tm_picture_free(TmPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmPicture, tm_picture_free)

/* ---- Charts: what reports fill ----------------------------------------------------------- */

typedef enum TmChartForm {
    TM_CHART_LINE,      /* one or two series, target line, band steps */
    TM_CHART_COLUMNS,   /* stacked columns, budget line */
    TM_CHART_SPARKLINE, /* word-sized line with its last point marked, target line */
    TM_CHART_DOTS,      /* one row: this period's dot, last period's ring, target tick. One series:
                           its last point is this period, the one before it (if any) last period */
} TmChartForm;

typedef enum TmPointState {
    TM_POINT_MEASURED,
    TM_POINT_ESTIMATED,
    TM_POINT_PROVISIONAL,
    TM_POINT_BAND,         /* only low and high are known */
    TM_POINT_NOT_SHOWN,    /* fewer than the minimum of people */
    TM_POINT_NOT_MEASURED, /* no source */
} TmPointState;

enum { TM_POINT_STATE_COUNT = TM_POINT_NOT_MEASURED + 1 };

typedef struct TmPoint {
    TmPointState state;
    double value;     /* in the chart's unit */
    double low, high; /* state BAND */
    gboolean incomplete; /* a tool lacks days */
} TmPoint;

/* How axis ticks and labels are written. */
typedef enum TmNumberForm {
    TM_NUMBER_COUNT,   /* 1 240 */
    TM_NUMBER_PERCENT, /* 62% */
    TM_NUMBER_TOKENS,  /* 139 M */
    TM_NUMBER_MONEY,   /* $14.9k; value in whole currency units */
    TM_NUMBER_DAYS,    /* 6.8 d */
} TmNumberForm;

/*
 * Three significant digits at most, with the unit; currency as ISO code or NULL. Owned by caller.
 * Known currencies get their sign ($, €, £, ¥), others the code in front. U+2212 for minus, U+202F
 * between thousands and before a unit. What is not zero never reads as zero ("<1%"), what is under
 * a whole never as the whole (">99%"). A value that is no number gives an em dash.
 */
char *tm_number_format(TmNumberForm form, double value, const char *currency);

typedef struct TmSeries {
    char *name;     /* direct label beside the last point or column part ("regular", "seats"); not
                       written when the chart has one series only: its title says it */
    TmInk ink;
    double width;   /* of the line, points; 0: the form's default */
    GArray *points; /* TmPoint, one per x label */
} TmSeries;

typedef struct TmChartEvent {
    guint index; /* of the x label */
    char *text;
} TmChartEvent;

typedef struct TmChart {
    TmChartForm form;
    TmNumberForm number;
    char *currency;      /* or NULL */
    GPtrArray *series;   /* TmSeries*; columns are stacked in this order from zero */
    GPtrArray *x_labels; /* char*, "W36" … */
    gboolean has_target;
    double target;       /* target or budget line */
    char *target_label;  /* "target 70%", "budget $12k" */
    GArray *band_steps;  /* double: limits of reading bands (40, 60, 80), or NULL */
    gboolean from_zero;  /* the axis starts at zero even for a line */
    gboolean highlight_last; /* last column's or point's top part in ACCENT (an alert is on it) */
    GArray *events;      /* TmChartEvent, or NULL */
    double range_low, range_high; /* forced axis (DOTS: 0–100); both 0: from the data */
    char *words[TM_POINT_STATE_COUNT]; /* what is said of values that are not plain ("not shown") */
} TmChart;

TmChart *tm_chart_new(TmChartForm form, TmNumberForm number);
void tm_chart_free(TmChart *chart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmChart, tm_chart_free)
TmSeries *tm_chart_add_series(TmChart *chart, const char *name, TmInk ink); /* borrowed */
void tm_series_add(TmSeries *series, TmPoint point);
void tm_chart_add_label(TmChart *chart, const char *text);
void tm_chart_add_event(TmChart *chart, guint index, const char *text);
void tm_chart_add_band_step(TmChart *chart, double limit); /* in rising order */
/* The words start in English: "estimated", "provisional", "not shown", "not measured". */
void tm_chart_set_word(TmChart *chart, TmPointState state, const char *text);

/* Geometry for a frame of width × height points. Owned by the caller. */
TmPicture *tm_chart_draw(
    const TmChart *chart, double width, double height, const TmTextMeter *meter);

/*
 * Nice tick values: at most `most` (from 3) multiples of 1, 2, 2.5 or 5 × 10^n that enclose
 * low … high; a range of zero is widened. Returns how many were written; 0 when a bound is no
 * number or `most` is too small.
 */
guint tm_ticks(double low, double high, guint most, double *ticks);

G_END_DECLS

#endif
