/* The canvases: what lands in PDF, SVG, PNG; goldens of all sample charts as trace. */
#include "../../src/press/canvas.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../chart/sample_charts.h"
#include "../golden.h"

static const TmTextStyle body = {9.0, TM_WEIGHT_REGULAR, TM_INK_TEXT};
static const TmPdfMetadata metadata = {"Title \xE2\x80\x94 \xC3\xBC", "subject", 20772};

static int open_fonts(void **state)
{
    *state = tm_fonts_new(NULL);
    return *state == NULL ? -1 : 0;
}

static int close_fonts(void **state)
{
    tm_fonts_free(*state);
    return 0;
}

static void leaf(TmCanvas *canvas, const TmTag *tag, double y, const char *text)
{
    canvas->ops->tag_begin(canvas, tag);
    canvas->ops->text(canvas, 50.0, y, TM_ANCHOR_START, &body, text);
    canvas->ops->tag_end(canvas);
}

static void rule(TmCanvas *canvas, double y)
{
    TmPoint2 points[] = {{50.0, y}, {200.0, y}};
    TmShape line = {.kind = TM_SHAPE_PATH,
        .stroke = TM_INK_RULE,
        .stroke_width = 0.6,
        .point_count = 2,
        .points = points};
    canvas->ops->artifact_begin(canvas);
    canvas->ops->shape(canvas, &line, 0.0, 0.0);
    canvas->ops->artifact_end(canvas);
}

/* Two pages with headings, links, a table, rules and a figure. */
static void draw_pages(TmCanvas *canvas)
{
    canvas->ops->page_begin(canvas, 595.0, 842.0);
    canvas->ops->tag_begin(canvas, &(TmTag){.name = "Document"});
    leaf(canvas, &(TmTag){.name = "H1", .anchor = "top"}, 80.0, "Heading waffle office");
    canvas->ops->outline(canvas, 1, "Heading", "top");
    rule(canvas, 90.0);
    canvas->ops->tag_begin(canvas, &(TmTag){.name = "P"});
    leaf(canvas, &(TmTag){.name = "Span"}, 100.0, "Words and a ");
    leaf(canvas, &(TmTag){.name = "Link", .href = "#end", .alt = "the end"}, 110.0, "link");
    leaf(canvas, &(TmTag){.name = "Link", .href = "https://example.org/a(b)'\\\xC3\xBC"}, 120.0,
        "out");
    canvas->ops->tag_end(canvas);
    canvas->ops->tag_begin(canvas, &(TmTag){.name = "Table"});
    canvas->ops->tag_begin(canvas, &(TmTag){.name = "TR"});
    leaf(canvas, &(TmTag){.name = "TH", .scope = "Column"}, 140.0, "Team");
    canvas->ops->tag_begin(canvas, &(TmTag){.name = "TD"});
    canvas->ops->tag_end(canvas);
    canvas->ops->tag_end(canvas);
    canvas->ops->tag_end(canvas);
    canvas->ops->page_end(canvas);
    canvas->ops->page_begin(canvas, 595.0, 842.0);
    leaf(canvas, &(TmTag){.name = "Figure", .alt = "A chart", .anchor = "end"}, 60.0, "12");
    canvas->ops->outline(canvas, 2, "End", "end");
    canvas->ops->tag_end(canvas);
    canvas->ops->page_end(canvas);
}

static GBytes *make_pdf(TmFonts *fonts, GPtrArray **elements)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_pdf_new(fonts, &metadata);
    draw_pages(canvas);
    return tm_canvas_pdf_finish(canvas, elements, NULL);
}

static char *bytes_text(GBytes *bytes)
{
    gsize length = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    char *text = g_malloc(length + 1);
    for (gsize i = 0; i < length; i++)
        text[i] = data[i] == '\0' ? ' ' : data[i];
    text[length] = '\0';
    return text;
}

/* ---- PDF --------------------------------------------------------------------------------- */

static void elements_come_in_the_order_of_the_calls(void **state)
{
    static const char *const expected[] = {"Document", "H1", "NonStruct", "P", "Span", "Link",
        "Link", "Table", "TR", "TH", "TD", "Figure"};
    g_autoptr(GPtrArray) elements = NULL;
    g_autoptr(GBytes) pdf = make_pdf(*state, &elements);
    assert_non_null(pdf);
    assert_int_equal(elements->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < elements->len; i++) {
        const TmStructureElement *element = g_ptr_array_index(elements, i);
        assert_string_equal(element->name, expected[i]);
        assert_int_equal(element->is_artifact, g_str_equal(expected[i], "NonStruct"));
    }
}

static void elements_keep_what_cairo_cannot_take(void **state)
{
    g_autoptr(GPtrArray) elements = NULL;
    g_autoptr(GBytes) pdf = make_pdf(*state, &elements);
    const TmStructureElement *link = g_ptr_array_index(elements, 5);
    const TmStructureElement *head = g_ptr_array_index(elements, 9);
    const TmStructureElement *figure = g_ptr_array_index(elements, 11);
    assert_string_equal(link->alt, "the end");
    assert_string_equal(link->href, "#end");
    assert_string_equal(head->scope, "Column");
    assert_string_equal(figure->alt, "A chart");
}

static char *run_tool(const char *tool, const char *option, GBytes *pdf)
{
    g_autofree char *path = g_find_program_in_path(tool);
    if (path == NULL)
        return NULL;
    g_autofree char *file = NULL;
    int handle = g_file_open_tmp("tidemark-XXXXXX.pdf", &file, NULL);
    assert_true(handle >= 0);
    close(handle);
    gsize length = 0;
    const char *data = g_bytes_get_data(pdf, &length);
    assert_true(g_file_set_contents(file, data, (gssize)length, NULL));
    char *with_option[] = {path, (char *)option, file, (char *)"-", NULL};
    char *output = NULL;
    if (g_str_equal(tool, "pdfinfo"))
        with_option[3] = NULL;
    g_spawn_sync(
        NULL, with_option, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, NULL, NULL);
    unlink(file);
    return output;
}

static void a_reader_finds_the_tags_in_order(void **state)
{
    g_autoptr(GBytes) pdf = make_pdf(*state, NULL);
    g_autofree char *tree = run_tool("pdfinfo", "-struct-text", pdf);
    if (tree == NULL) {
        skip();
        return;
    }
    static const char *const expected[] = {"Document", "H1", "\"Heading waffle office\"",
        "NonStruct", "P (", "Span", "\"Words and a \"", "Link", "\"link\"", "Table", "TR", "TH",
        "\"Team\"", "TD", "Figure"};
    const char *at = tree;
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        at = strstr(at, expected[i]);
        assert_non_null(at);
    }
}

static void text_comes_out_as_it_went_in(void **state)
{
    g_autoptr(GBytes) pdf = make_pdf(*state, NULL);
    g_autofree char *text = run_tool("pdftotext", "-raw", pdf);
    if (text == NULL) {
        skip();
        return;
    }
    assert_non_null(strstr(text, "Heading waffle office"));
}

static void the_same_calls_give_the_same_pdf(void **state)
{
    g_autoptr(GBytes) first = make_pdf(*state, NULL);
    g_autoptr(GBytes) second = make_pdf(*state, NULL);
    assert_true(g_bytes_equal(first, second));
}

static void dates_come_from_the_document(void **state)
{
    g_autoptr(GBytes) pdf = make_pdf(*state, NULL);
    g_autofree char *text = bytes_text(pdf);
    assert_non_null(strstr(text, "20261115"));
}

static void addresses_are_encoded(void **state)
{
    g_autoptr(GBytes) pdf = make_pdf(*state, NULL);
    g_autofree char *text = bytes_text(pdf);
    assert_non_null(strstr(text, "(https://example.org/a%28b%29%27%5C%C3%BC)"));
}

static void a_link_to_nowhere_is_an_error(void **state)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_pdf_new(*state, &metadata);
    canvas->ops->page_begin(canvas, 595.0, 842.0);
    leaf(canvas, &(TmTag){.name = "Link", .href = "#nowhere"}, 50.0, "link");
    canvas->ops->page_end(canvas);
    g_autoptr(GError) error = NULL;
    assert_null(tm_canvas_pdf_finish(canvas, NULL, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

static void an_anchor_set_twice_keeps_the_first(void **state)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_pdf_new(*state, &metadata);
    canvas->ops->page_begin(canvas, 595.0, 842.0);
    leaf(canvas, &(TmTag){.name = "P", .anchor = "a"}, 50.0, "one");
    leaf(canvas, &(TmTag){.name = "P", .anchor = "a"}, 70.0, "two");
    canvas->ops->page_end(canvas);
    g_autoptr(GBytes) pdf = tm_canvas_pdf_finish(canvas, NULL, NULL);
    assert_non_null(pdf);
}

/* ---- PNG --------------------------------------------------------------------------------- */

static void a_png_has_the_size_of_its_page(void **state)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_png_new(*state, 1, 144.0);
    draw_pages(canvas);
    g_autoptr(GBytes) png = tm_canvas_png_finish(canvas, NULL);
    assert_non_null(png);
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(png, &length);
    assert_true(length > 24);
    assert_int_equal(data[18] << 8 | data[19], 1190);
    assert_int_equal(data[22] << 8 | data[23], 1684);
}

static void a_page_that_is_not_there_is_an_error(void **state)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_png_new(*state, 2, 72.0);
    draw_pages(canvas);
    g_autoptr(GError) error = NULL;
    assert_null(tm_canvas_png_finish(canvas, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

/* ---- SVG --------------------------------------------------------------------------------- */

typedef struct SvgFacts {
    const char *prefix;
    guint texts;
} SvgFacts;

static void start_element(GMarkupParseContext *context, const char *element, const char **names,
    const char **values, gpointer user, GError **error)
{
    (void)context;
    (void)error;
    SvgFacts *facts = user;
    facts->texts += g_str_equal(element, "text") ? 1 : 0;
    for (guint i = 0; names[i] != NULL; i++) {
        if (g_str_equal(names[i], "id"))
            assert_true(g_str_has_prefix(values[i], facts->prefix));
        if (g_str_equal(names[i], "x") || g_str_equal(names[i], "y")) {
            const char *point = strchr(values[i], '.');
            assert_true(point == NULL || strlen(point) <= 3);
        }
    }
}

static guint parse_svg(const char *svg, const char *prefix)
{
    const GMarkupParser parser = {.start_element = start_element};
    SvgFacts facts = {prefix, 0};
    g_autoptr(GMarkupParseContext) context =
        g_markup_parse_context_new(&parser, G_MARKUP_DEFAULT_FLAGS, &facts, NULL);
    assert_true(g_markup_parse_context_parse(context, svg, -1, NULL));
    assert_true(g_markup_parse_context_end_parse(context, NULL));
    return facts.texts;
}

static char *svg_of_sample(TmFonts *fonts, guint index, const char *title)
{
    const SampleChart *sample = &sample_charts[index];
    g_autoptr(TmChart) chart = sample->make();
    g_autoptr(TmPicture) picture =
        tm_chart_draw(chart, sample->width, sample->height, tm_fonts_meter(fonts));
    return tm_svg_picture(picture, "c7", title, title);
}

static void every_svg_is_well_formed(void **state)
{
    for (guint i = 0; i < sample_chart_count; i++) {
        g_autofree char *svg = svg_of_sample(*state, i, sample_charts[i].name);
        parse_svg(svg, "c7-");
    }
}

static void svg_keeps_text_as_text(void **state)
{
    g_autofree char *svg = svg_of_sample(*state, 0, "Adoption");
    assert_true(parse_svg(svg, "c7-") >= 12);
    assert_non_null(strstr(svg, ">target 70%</text>"));
}

static void hostile_words_stay_words(void **state)
{
    (void)state;
    const char *hostile = "]]><script>alert(\"1\")</script>&amp;\x01\xFF'";
    g_autoptr(TmCanvas) canvas = tm_canvas_svg_new("c\"><x", hostile, hostile);
    canvas->ops->page_begin(canvas, 10.0, 10.0);
    canvas->ops->text(canvas, 1.0, 1.0, TM_ANCHOR_END, &body, hostile);
    canvas->ops->page_end(canvas);
    g_autofree char *svg = tm_canvas_svg_finish(canvas);
    assert_int_equal(parse_svg(svg, "c\"><x-"), 1);
    assert_null(strstr(svg, "<script"));
    assert_null(strchr(svg, '\x01'));
}

static void an_svg_without_a_title_is_hidden(void **state)
{
    g_autofree char *svg = svg_of_sample(*state, 0, NULL);
    assert_non_null(strstr(svg, "aria-hidden=\"true\""));
    assert_null(strstr(svg, "role="));
}

static void colours_are_classes(void **state)
{
    g_autofree char *svg = svg_of_sample(*state, 1, "Cost");
    assert_null(strstr(svg, "\"#"));
    assert_non_null(strstr(svg, "f-accent"));
}

/* ---- Goldens ----------------------------------------------------------------------------- */

static void sample_charts_are_drawn_as_before(void **state)
{
    g_autoptr(TmCanvas) canvas = tm_canvas_trace_new();
    for (guint i = 0; i < sample_chart_count; i++) {
        const SampleChart *sample = &sample_charts[i];
        g_autoptr(TmChart) chart = sample->make();
        g_autoptr(TmPicture) picture =
            tm_chart_draw(chart, sample->width, sample->height, tm_fonts_meter(*state));
        canvas->ops->tag_begin(canvas, &(TmTag){.name = "Figure", .alt = sample->name});
        tm_canvas_picture(canvas, picture, 0.0, 0.0);
        canvas->ops->tag_end(canvas);
    }
    g_autofree char *trace = tm_canvas_trace_finish(canvas);
    assert_golden("press/golden/charts.trace", trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_come_in_the_order_of_the_calls),
        cmocka_unit_test(elements_keep_what_cairo_cannot_take),
        cmocka_unit_test(a_reader_finds_the_tags_in_order),
        cmocka_unit_test(text_comes_out_as_it_went_in),
        cmocka_unit_test(the_same_calls_give_the_same_pdf),
        cmocka_unit_test(dates_come_from_the_document),
        cmocka_unit_test(addresses_are_encoded),
        cmocka_unit_test(a_link_to_nowhere_is_an_error),
        cmocka_unit_test(an_anchor_set_twice_keeps_the_first),
        cmocka_unit_test(a_png_has_the_size_of_its_page),
        cmocka_unit_test(a_page_that_is_not_there_is_an_error),
        cmocka_unit_test(every_svg_is_well_formed),
        cmocka_unit_test(svg_keeps_text_as_text),
        cmocka_unit_test(hostile_words_stay_words),
        cmocka_unit_test(an_svg_without_a_title_is_hidden),
        cmocka_unit_test(colours_are_classes),
        cmocka_unit_test(sample_charts_are_drawn_as_before),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
