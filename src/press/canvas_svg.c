/*
 * The SVG back end: one picture as text. Short by design: numbers with two decimals at most,
 * colours and fonts by class, so that a page with fifty charts stays small.
 */
#include <math.h>
#include <string.h>

#include "canvas.h"
#include "faces.h"
#include "palette.h"

typedef struct SvgCanvas {
    TmCanvas base;
    char *prefix;
    char *title;
    char *description;
    GString *body;
    gboolean hatch_used[TM_INK_COUNT];
    double width, height;
} SvgCanvas;

/* Class for the weight of a text; regular needs none. */
static const char *const weight_classes[TM_WEIGHT_COUNT] = {
    [TM_WEIGHT_MEDIUM] = "w-medium",
    [TM_WEIGHT_SEMIBOLD] = "w-semibold",
    [TM_WEIGHT_DISPLAY] = "w-display",
};

static const char *const anchor_names[] = {
    [TM_ANCHOR_MIDDLE] = "middle",
    [TM_ANCHOR_END] = "end",
};

static SvgCanvas *svg_of(TmCanvas *canvas)
{
    return (SvgCanvas *)canvas;
}

/* ---- Pieces of text ---------------------------------------------------------------------- */

/* Two decimals at most, no trailing zeros, no "-0". */
static void append_number(GString *svg, double value)
{
    double rounded = round(value * 100.0) / 100.0;
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.2f", rounded == 0.0 ? 0.0 : rounded);
    char *end = strchr(digits, '\0');
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        *--end = '\0';
    g_string_append(svg, digits);
}

static void append_attribute(GString *svg, const char *name, double value)
{
    g_string_append_printf(svg, " %s=\"", name);
    append_number(svg, value);
    g_string_append_c(svg, '"');
}

/*
 * Text between tags, or inside a quoted attribute. Characters that XML forbids become U+FFFD, so
 * that the element can stand in XHTML and SVG files too.
 */
static void append_escaped(GString *svg, const char *text, gboolean in_attribute)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        gboolean forbidden = (character < 0x20 && strchr("\t\n\r", (int)character) == NULL) ||
                             character == 0xFFFE || character == 0xFFFF;
        if (forbidden)
            g_string_append(svg, "\xEF\xBF\xBD");
        else if (character == '&')
            g_string_append(svg, "&amp;");
        else if (character == '<')
            g_string_append(svg, "&lt;");
        else if (character == '>')
            g_string_append(svg, "&gt;");
        else if (character == '"' && in_attribute)
            g_string_append(svg, "&quot;");
        else
            g_string_append_unichar(svg, character);
    }
}

static void append_hatch_id(const SvgCanvas *canvas, GString *svg, TmInk ink)
{
    append_escaped(svg, canvas->prefix, TRUE);
    g_string_append_printf(svg, "-hatch-%s", tm_palette_name(ink));
}

/* ---- Shapes ------------------------------------------------------------------------------ */

static void append_paint(SvgCanvas *svg, const TmShape *shape)
{
    GString *body = svg->body;
    g_string_append(body, " class=\"");
    if (shape->fill == TM_INK_NONE)
        g_string_append(body, "f-none");
    else if (!shape->hatched)
        g_string_append_printf(body, "f-%s", tm_palette_name(shape->fill));
    if (shape->stroke != TM_INK_NONE)
        g_string_append_printf(body, "%ss-%s",
            shape->hatched && shape->fill != TM_INK_NONE ? "" : " ",
            tm_palette_name(shape->stroke));
    g_string_append_c(body, '"');
    if (shape->fill != TM_INK_NONE && shape->hatched) {
        svg->hatch_used[shape->fill] = TRUE;
        g_string_append(body, " fill=\"url(#");
        append_hatch_id(svg, body, shape->fill);
        g_string_append(body, ")\"");
    }
    if (shape->stroke == TM_INK_NONE)
        return;
    append_attribute(body, "stroke-width", shape->stroke_width);
    if (shape->dash[0] > 0.0) {
        g_string_append(body, " stroke-dasharray=\"");
        append_number(body, shape->dash[0]);
        g_string_append_c(body, ' ');
        append_number(body, shape->dash[1]);
        g_string_append_c(body, '"');
    }
}

static void append_rectangle(GString *body, const TmShape *shape, double dx, double dy)
{
    const TmPoint2 *points = shape->points;
    g_string_append(body, "<rect");
    append_attribute(body, "x", points[0].x + dx);
    append_attribute(body, "y", points[0].y + dy);
    append_attribute(body, "width", points[1].x - points[0].x);
    append_attribute(body, "height", points[1].y - points[0].y);
}

static void append_circle(GString *body, const TmShape *shape, double dx, double dy)
{
    g_string_append(body, "<circle");
    append_attribute(body, "cx", shape->points[0].x + dx);
    append_attribute(body, "cy", shape->points[0].y + dy);
    append_attribute(body, "r", shape->radius);
}

static void append_path(GString *body, const TmShape *shape, double dx, double dy)
{
    g_string_append(body, "<path d=\"");
    for (guint i = 0; i < shape->point_count; i++) {
        g_string_append(body, i == 0 ? "M" : i == 1 ? "L" : " ");
        append_number(body, shape->points[i].x + dx);
        g_string_append_c(body, ' ');
        append_number(body, shape->points[i].y + dy);
    }
    g_string_append(body, shape->closed ? "Z\"" : "\"");
}

static void svg_shape(TmCanvas *canvas, const TmShape *shape, double dx, double dy)
{
    SvgCanvas *svg = svg_of(canvas);
    switch (shape->kind) {
    case TM_SHAPE_RECT:
        append_rectangle(svg->body, shape, dx, dy);
        break;
    case TM_SHAPE_CIRCLE:
        append_circle(svg->body, shape, dx, dy);
        break;
    case TM_SHAPE_PATH:
        append_path(svg->body, shape, dx, dy);
        break;
    case TM_SHAPE_TEXT:
        g_assert_not_reached();
    }
    append_paint(svg, shape);
    g_string_append(svg->body, "/>");
}

static void svg_text(TmCanvas *canvas, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text)
{
    GString *body = svg_of(canvas)->body;
    if (style->ink == TM_INK_NONE || *text == '\0')
        return;
    g_string_append(body, "<text");
    append_attribute(body, "x", x);
    append_attribute(body, "y", y);
    g_string_append_printf(body, " class=\"f-%s", tm_palette_name(style->ink));
    if (weight_classes[style->weight] != NULL)
        g_string_append_printf(body, " %s", weight_classes[style->weight]);
    g_string_append_c(body, '"');
    append_attribute(body, "font-size", style->size);
    if (anchor != TM_ANCHOR_START)
        g_string_append_printf(body, " text-anchor=\"%s\"", anchor_names[anchor]);
    g_string_append_c(body, '>');
    append_escaped(body, text, FALSE);
    g_string_append(body, "</text>");
}

/* ---- The element ------------------------------------------------------------------------- */

static void svg_page_begin(TmCanvas *canvas, double width, double height)
{
    SvgCanvas *svg = svg_of(canvas);
    svg->width = width;
    svg->height = height;
}

static void svg_ignore(TmCanvas *canvas)
{
    (void)canvas;
}

static void svg_ignore_tag(TmCanvas *canvas, const TmTag *tag)
{
    (void)canvas;
    (void)tag;
}

static void svg_ignore_outline(TmCanvas *canvas, guint level, const char *title, const char *anchor)
{
    (void)canvas;
    (void)level;
    (void)title;
    (void)anchor;
}

static void svg_free(TmCanvas *canvas)
{
    SvgCanvas *svg = svg_of(canvas);
    g_free(svg->prefix);
    g_free(svg->title);
    g_free(svg->description);
    g_string_free(svg->body, TRUE);
    g_free(svg);
}

static const TmCanvasOps svg_ops = {
    .page_begin = svg_page_begin,
    .page_end = svg_ignore,
    .tag_begin = svg_ignore_tag,
    .tag_end = svg_ignore,
    .artifact_begin = svg_ignore,
    .artifact_end = svg_ignore,
    .text = svg_text,
    .shape = svg_shape,
    .outline = svg_ignore_outline,
    .free = svg_free,
};

TmCanvas *tm_canvas_svg_new(const char *prefix, const char *title, const char *description)
{
    SvgCanvas *svg = g_new0(SvgCanvas, 1);
    svg->base.ops = &svg_ops;
    svg->prefix = g_strdup(prefix);
    svg->title = g_strdup(title);
    svg->description = g_strdup(description);
    svg->body = g_string_new(NULL);
    return &svg->base;
}

/* <title> or <desc> with an id of its own. */
static void append_words(const SvgCanvas *svg, GString *out, const char *element, const char *text)
{
    g_string_append_printf(out, "<%s id=\"", element);
    append_escaped(out, svg->prefix, TRUE);
    g_string_append_printf(out, "-%c\">", element[0]);
    append_escaped(out, text, FALSE);
    g_string_append_printf(out, "</%s>", element);
}

static void append_role(const SvgCanvas *svg, GString *out)
{
    if (svg->title == NULL) {
        g_string_append(out, " aria-hidden=\"true\">");
        return;
    }
    g_string_append(out, " role=\"img\" aria-labelledby=\"");
    append_escaped(out, svg->prefix, TRUE);
    g_string_append(out, "-t");
    if (svg->description != NULL) {
        g_string_append_c(out, ' ');
        append_escaped(out, svg->prefix, TRUE);
        g_string_append(out, "-d");
    }
    g_string_append(out, "\">");
    append_words(svg, out, "title", svg->title);
    if (svg->description != NULL)
        append_words(svg, out, "desc", svg->description);
}

/* Rising diagonals on paper, one pattern per ink that was hatched with. */
static void append_patterns(const SvgCanvas *svg, GString *out)
{
    for (TmInk ink = TM_INK_NONE + 1; ink < TM_INK_COUNT; ink++) {
        if (!svg->hatch_used[ink])
            continue;
        g_string_append(out, "<defs><pattern id=\"");
        append_hatch_id(svg, out, ink);
        g_string_append_printf(out,
            "\" patternUnits=\"userSpaceOnUse\" width=\"3.6\" height=\"3.6\">"
            "<rect width=\"3.6\" height=\"3.6\" class=\"f-paper\"/>"
            "<path d=\"M-1 1L1 -1M-.5 4.1L4.1 -.5M2.6 4.6L4.6 2.6\" class=\"f-none s-%s\" "
            "stroke-width=\".7\"/></pattern></defs>",
            tm_palette_name(ink));
    }
}

char *tm_canvas_svg_finish(TmCanvas *canvas)
{
    const SvgCanvas *svg = svg_of(canvas);
    GString *out = g_string_new("<svg class=\"chart\"");
    append_attribute(out, "width", svg->width);
    append_attribute(out, "height", svg->height);
    g_string_append(out, " viewBox=\"0 0 ");
    append_number(out, svg->width);
    g_string_append_c(out, ' ');
    append_number(out, svg->height);
    g_string_append_c(out, '"');
    append_role(svg, out);
    append_patterns(svg, out);
    g_string_append_len(out, svg->body->str, (gssize)svg->body->len);
    g_string_append(out, "</svg>");
    return g_string_free(out, FALSE);
}

char *tm_svg_picture(
    const TmPicture *picture, const char *prefix, const char *title, const char *description)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_svg_new(prefix, title, description);
    canvas->ops->page_begin(canvas, picture->width, picture->height);
    tm_canvas_picture(canvas, picture, 0.0, 0.0);
    canvas->ops->page_end(canvas);
    return tm_canvas_svg_finish(canvas);
}

void tm_svg_append_css(GString *css)
{
    g_string_append(css,
        ".chart{stroke-linejoin:round;font-feature-settings:\"tnum\",\"liga\" 0,\"clig\" 0,"
        "\"calt\" 0}\n.f-none{fill:none}\n");
    for (TmInk ink = TM_INK_NONE + 1; ink < TM_INK_COUNT; ink++)
        g_string_append_printf(css, ".f-%s{fill:var(--%s)}.s-%s{stroke:var(--%s)}\n",
            tm_palette_name(ink), tm_palette_name(ink), tm_palette_name(ink), tm_palette_name(ink));
    for (TmWeight weight = 0; weight < TM_WEIGHT_COUNT; weight++) {
        const char *class_name = weight_classes[weight] != NULL ? weight_classes[weight] : "chart";
        g_string_append_printf(css, ".%s{font-family:\"%s\",Inter,sans-serif;font-weight:%d}\n",
            class_name, tm_faces[weight].family, tm_faces[weight].css_weight);
    }
}
