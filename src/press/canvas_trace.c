/* The trace back end: what was drawn where, one line per call, for golden tests. */
#include <string.h>

#include "canvas.h"
#include "palette.h"

typedef struct TraceCanvas {
    TmCanvas base;
    GString *lines;
    guint depth; /* of tags, shown by indentation */
} TraceCanvas;

static const char *const weight_names[TM_WEIGHT_COUNT] = {
    [TM_WEIGHT_REGULAR] = "regular",
    [TM_WEIGHT_MEDIUM] = "medium",
    [TM_WEIGHT_SEMIBOLD] = "semibold",
    [TM_WEIGHT_DISPLAY] = "display",
};

static const char *const anchor_names[] = {
    [TM_ANCHOR_START] = "start",
    [TM_ANCHOR_MIDDLE] = "middle",
    [TM_ANCHOR_END] = "end",
};

static const char *const shape_names[] = {
    [TM_SHAPE_PATH] = "path",
    [TM_SHAPE_RECT] = "rect",
    [TM_SHAPE_CIRCLE] = "circle",
};

static TraceCanvas *trace_of(TmCanvas *canvas)
{
    return (TraceCanvas *)canvas;
}

static void begin_line(TraceCanvas *trace, const char *verb)
{
    g_string_append_printf(trace->lines, "%*s%s", (int)(2 * trace->depth), "", verb);
}

static void append_number(GString *lines, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.2f", value);
    g_string_append_printf(lines, " %s", strcmp(digits, "-0.00") == 0 ? "0.00" : digits);
}

static void append_quoted(GString *lines, const char *name, const char *text)
{
    if (text == NULL)
        return;
    g_string_append_printf(lines, " %s\"", name);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_c(lines, '\\');
        if (*at == '\n')
            g_string_append(lines, "\\n");
        else
            g_string_append_c(lines, *at);
    }
    g_string_append_c(lines, '"');
}

static void trace_page_begin(TmCanvas *canvas, double width, double height)
{
    TraceCanvas *trace = trace_of(canvas);
    begin_line(trace, "page");
    append_number(trace->lines, width);
    append_number(trace->lines, height);
    g_string_append_c(trace->lines, '\n');
}

static void trace_page_end(TmCanvas *canvas)
{
    begin_line(trace_of(canvas), "page-end\n");
}

static void trace_tag_begin(TmCanvas *canvas, const TmTag *tag)
{
    TraceCanvas *trace = trace_of(canvas);
    begin_line(trace, tag->name);
    append_quoted(trace->lines, "alt=", tag->alt);
    append_quoted(trace->lines, "scope=", tag->scope);
    append_quoted(trace->lines, "href=", tag->href);
    append_quoted(trace->lines, "anchor=", tag->anchor);
    g_string_append_c(trace->lines, '\n');
    trace->depth++;
}

static void trace_artifact_begin(TmCanvas *canvas)
{
    TraceCanvas *trace = trace_of(canvas);
    begin_line(trace, "artifact\n");
    trace->depth++;
}

static void trace_end(TmCanvas *canvas)
{
    trace_of(canvas)->depth--;
}

static void trace_text(TmCanvas *canvas, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text)
{
    TraceCanvas *trace = trace_of(canvas);
    if (style->ink == TM_INK_NONE)
        return;
    begin_line(trace, "text");
    append_number(trace->lines, x);
    append_number(trace->lines, y);
    g_string_append_printf(trace->lines, " %s", anchor_names[anchor]);
    append_number(trace->lines, style->size);
    g_string_append_printf(
        trace->lines, " %s %s", weight_names[style->weight], tm_palette_name(style->ink));
    append_quoted(trace->lines, "", text);
    g_string_append_c(trace->lines, '\n');
}

static void append_paint(GString *lines, const TmShape *shape)
{
    if (shape->fill != TM_INK_NONE)
        g_string_append_printf(
            lines, " %s=%s", shape->hatched ? "hatch" : "fill", tm_palette_name(shape->fill));
    if (shape->stroke == TM_INK_NONE)
        return;
    g_string_append_printf(lines, " stroke=%s", tm_palette_name(shape->stroke));
    append_number(lines, shape->stroke_width);
    if (shape->dash[0] > 0.0) {
        g_string_append(lines, " dash");
        append_number(lines, shape->dash[0]);
        append_number(lines, shape->dash[1]);
    }
}

static void trace_shape(TmCanvas *canvas, const TmShape *shape, double dx, double dy)
{
    TraceCanvas *trace = trace_of(canvas);
    begin_line(trace, shape_names[shape->kind]);
    for (guint i = 0; i < shape->point_count; i++) {
        append_number(trace->lines, shape->points[i].x + dx);
        append_number(trace->lines, shape->points[i].y + dy);
    }
    if (shape->kind == TM_SHAPE_CIRCLE)
        append_number(trace->lines, shape->radius);
    if (shape->closed)
        g_string_append(trace->lines, " closed");
    append_paint(trace->lines, shape);
    g_string_append_c(trace->lines, '\n');
}

static void trace_outline(TmCanvas *canvas, guint level, const char *title, const char *anchor)
{
    TraceCanvas *trace = trace_of(canvas);
    begin_line(trace, "outline");
    g_string_append_printf(trace->lines, " %u", level);
    append_quoted(trace->lines, "", title);
    append_quoted(trace->lines, "anchor=", anchor);
    g_string_append_c(trace->lines, '\n');
}

static void trace_free(TmCanvas *canvas)
{
    TraceCanvas *trace = trace_of(canvas);
    g_string_free(trace->lines, TRUE);
    g_free(trace);
}

static const TmCanvasOps trace_ops = {
    .page_begin = trace_page_begin,
    .page_end = trace_page_end,
    .tag_begin = trace_tag_begin,
    .tag_end = trace_end,
    .artifact_begin = trace_artifact_begin,
    .artifact_end = trace_end,
    .text = trace_text,
    .shape = trace_shape,
    .outline = trace_outline,
    .free = trace_free,
};

TmCanvas *tm_canvas_trace_new(void)
{
    TraceCanvas *trace = g_new0(TraceCanvas, 1);
    trace->base.ops = &trace_ops;
    trace->lines = g_string_new(NULL);
    return &trace->base;
}

char *tm_canvas_trace_finish(TmCanvas *canvas)
{
    return g_strdup(trace_of(canvas)->lines->str);
}
