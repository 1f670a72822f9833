/*
 * Tests of whole PDF files, seen with the tools that readers have: pdftotext, pdfinfo, pdffonts,
 * qpdf. The trace golden leaves out what is inside figures, which chart tests on its own.
 */
#include <glib/gstdio.h>
#include <string.h>
#include <tidemark/press.h>

#include "../golden.h"
#include "sample_document.h"

static char *folder;
static TmPress *press;

static int open_all(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("tidemark-pdf-XXXXXX", NULL);
    press = tm_press_new(NULL);
    return folder == NULL || press == NULL;
}

static int close_all(void **state)
{
    (void)state;
    tm_press_free(press);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

static GBytes *pdf_of(SampleVariant variant, TmPaper paper)
{
    static const char cells[] = "week,kpi,value\n2026-W46,adoption,62\n";
    const TmAttachment attachments[] = {
        {"kpis.json", "application/json", "Published cells", "{}", 2},
        {"kpis.csv", "text/csv", "Published cells", cells, sizeof cells - 1}};
    const TmPdfOptions options = {
        .paper = paper, .attachments = attachments, .attachment_count = G_N_ELEMENTS(attachments)};
    g_autoptr(TmDocument) document = sample_document(variant);
    g_autoptr(GError) error = NULL;
    GBytes *bytes = tm_press_pdf(press, document, &options, &error);
    if (bytes == NULL)
        fail_msg("%s", error->message);
    return bytes;
}

/*
 * Standard output of a tool for a PDF; "FILE" in the arguments stands for the file. The tool must
 * end well and without complaint.
 */
static char *inspect(GBytes *pdf, const char *const *arguments)
{
    gsize length;
    const char *data = g_bytes_get_data(pdf, &length);
    g_autofree char *path = g_build_filename(folder, "report.pdf", NULL);
    assert_true(g_file_set_contents(path, data, (gssize)length, NULL));
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    for (guint i = 0; arguments[i] != NULL; i++)
        g_ptr_array_add(argv, strcmp(arguments[i], "FILE") == 0 ? path : (char *)arguments[i]);
    g_ptr_array_add(argv, NULL);
    char *output = NULL;
    g_autofree char *complaints = NULL;
    int status = -1;
    gboolean ran = g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
        &output, &complaints, &status, NULL);
    g_unlink(path);
    if (!ran || status != 0 || *complaints != '\0')
        fail_msg("%s: status %d, %s", arguments[0], status, complaints);
    return output;
}

static char *text_of_page(GBytes *pdf, guint page)
{
    g_autofree char *number = g_strdup_printf("%u", page);
    const char *const arguments[] = {
        "pdftotext", "-layout", "-f", number, "-l", number, "FILE", "-", NULL};
    return inspect(pdf, arguments);
}

/* Every object and stream as text; zero bytes of fonts become question marks. */
static char *source_of(GBytes *pdf)
{
    g_autofree char *path = g_build_filename(folder, "source.pdf", NULL);
    const char *const arguments[] = {"qpdf", "--qdf", "--object-streams=disable",
        "--no-original-object-ids", "FILE", path, NULL};
    g_autofree char *output = inspect(pdf, arguments);
    char *source = NULL;
    gsize length = 0;
    assert_true(g_file_get_contents(path, &source, &length, NULL));
    g_unlink(path);
    for (gsize i = 0; i < length; i++)
        if (source[i] == '\0')
            source[i] = '?';
    return source;
}

static guint page_count(GBytes *pdf)
{
    const char *const arguments[] = {"qpdf", "--show-npages", "FILE", NULL};
    g_autofree char *output = inspect(pdf, arguments);
    return (guint)g_ascii_strtoull(output, NULL, 10);
}

static guint count(const char *text, const char *needle)
{
    guint found = 0;
    for (const char *p = text; (p = strstr(p, needle)) != NULL; p += strlen(needle))
        found++;
    return found;
}

static void assert_holds(const char *text, const char *needle)
{
    if (strstr(text, needle) == NULL)
        fail_msg("missing: %s", needle);
}

/* ---- Pages ------------------------------------------------------------------------------- */

static void assert_page_1_is_whole(SampleVariant variant, TmPaper paper)
{
    g_autoptr(GBytes) pdf = pdf_of(variant, paper);
    assert_int_equal(page_count(pdf), 2);
    g_autofree char *first = text_of_page(pdf, 1);
    static const char *const needed[] = {"For support, never for appraisal", "Northwind",
        "Adoption jumped to 62%", "14 more developers", "Average streak", "Reassign or retire",
        "126 people used", "Token use grew", "page 1 of 2", "Data 5f0c2a7be1d9"};
    for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
        assert_holds(first, needed[i]);
    g_autofree char *second = text_of_page(pdf, 2);
    assert_holds(second, "grouped by kind of work");
    assert_null(strstr(first, "grouped by kind of work"));
}

static void page_1_is_whole_on_a4(void **state)
{
    (void)state;
    assert_page_1_is_whole(SAMPLE_PLAIN, TM_PAPER_A4);
}

static void page_1_is_whole_on_letter(void **state)
{
    (void)state;
    assert_page_1_is_whole(SAMPLE_PLAIN, TM_PAPER_LETTER);
}

static void page_1_is_whole_with_texts_30_percent_longer(void **state)
{
    (void)state;
    assert_page_1_is_whole(SAMPLE_LONG, TM_PAPER_LETTER);
}

static void table_heads_are_repeated(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_TALL, TM_PAPER_A4);
    guint pages = page_count(pdf);
    assert_true(pages > 4);
    for (guint page = 2; page < pages; page++) {
        g_autofree char *text = text_of_page(pdf, page);
        assert_holds(text, "Trend and reading");
    }
}

/* A group heading stays with its first row: no page ends with one. */
static void group_headings_do_not_end_a_page(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_TALL, TM_PAPER_A4);
    guint pages = page_count(pdf);
    for (guint page = 2; page < pages; page++) {
        g_autofree char *text = text_of_page(pdf, page);
        char *footer = strstr(text, "Teams with fewer than 5");
        assert_non_null(footer);
        *footer = '\0';
        g_strchomp(text);
        const char *last = strrchr(text, '\n');
        assert_null(strstr(last, " engineering"));
    }
}

static void both_papers_have_the_same_text(void **state)
{
    (void)state;
    const char *const arguments[] = {"pdftotext", "-raw", "FILE", "-", NULL};
    g_autoptr(GBytes) a4 = pdf_of(SAMPLE_PLAIN, TM_PAPER_A4);
    g_autoptr(GBytes) letter = pdf_of(SAMPLE_PLAIN, TM_PAPER_LETTER);
    g_autofree char *a4_text = inspect(a4, arguments);
    g_autofree char *letter_text = inspect(letter, arguments);
    assert_string_equal(a4_text, letter_text);
}

static void hostile_names_are_printed_as_they_are(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_HOSTILE, TM_PAPER_A4);
    const char *const arguments[] = {"pdftotext", "-f", "2", "FILE", "-", NULL};
    g_autofree char *text = inspect(pdf, arguments);
    static const char *const names[] = {"<script>alert('x')</", "]]><!-- & \"quotes\"",
        "/NonStruct <</MCID", "(unbalanced \\ paren"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        assert_holds(text, names[i]);
}

/* ---- The file ---------------------------------------------------------------------------- */

static void qpdf_finds_no_fault(void **state)
{
    (void)state;
    const char *const arguments[] = {"qpdf", "--check", "FILE", NULL};
    for (SampleVariant variant = SAMPLE_PLAIN; variant <= SAMPLE_TALL; variant++) {
        g_autoptr(GBytes) pdf = pdf_of(variant, TM_PAPER_A4);
        g_autofree char *output = inspect(pdf, arguments);
        assert_holds(output, "No syntax or stream encoding errors found");
    }
}

static void all_fonts_are_embedded_subsets_with_unicode(void **state)
{
    (void)state;
    const char *const arguments[] = {"pdffonts", "FILE", NULL};
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_HOSTILE, TM_PAPER_A4);
    g_autofree char *output = inspect(pdf, arguments);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(output), "\n", -1);
    assert_true(g_strv_length(lines) > 2);
    for (guint i = 2; lines[i] != NULL; i++)
        assert_holds(lines[i], "yes yes yes");
}

static void what_the_standards_ask_for_is_there(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_PLAIN, TM_PAPER_A4);
    g_autofree char *source = source_of(pdf);
    static const char *const needed[] = {"/Lang (en)", "/DisplayDocTitle true", "/Tabs /S",
        "/GTS_PDFA1", "/Marked true", "<pdfaid:part>3</pdfaid:part>",
        "<pdfuaid:part>1</pdfuaid:part>", "/CreationDate (D:20261119000000Z)",
        "/ModDate (D:20261119000000Z)", "<xmp:ModifyDate>2026-11-19T00:00:00Z", "/ID [",
        "/Scope /Column", "/Scope /Row", "/ColSpan 7", "/Contents (how it is counted"};
    for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
        assert_holds(source, needed[i]);
    assert_null(strstr(source, "/NonStruct"));
}

static void every_figure_and_link_has_an_alternative(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_PLAIN, TM_PAPER_A4);
    g_autofree char *source = source_of(pdf);
    guint figures = count(source, "/S /Figure");
    guint links = count(source, "/S /Link");
    assert_int_equal(figures, 5 + 4 + 9); /* cards, charts, table cells */
    assert_int_equal(links, 2);
    assert_int_equal(count(source, "/Alt "), figures + links);
}

static void annotations_are_printed(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_PLAIN, TM_PAPER_A4);
    g_autofree char *source = source_of(pdf);
    assert_int_equal(count(source, "/Subtype /Link"), 2);
    assert_int_equal(count(source, "/F 4\n"), 2);
}

/* cairo breaks long lines at blanks, so an operator may stand alone. */
static gboolean paints(const char *line)
{
    static const char *const operators[] = {" f", " f*", " S", "Tj", "TJ", " B", " Do"};
    for (guint i = 0; i < G_N_ELEMENTS(operators); i++)
        if (g_str_has_suffix(line, operators[i]) ||
            strcmp(line, operators[i] + strspn(operators[i], " ")) == 0)
            return TRUE;
    return FALSE;
}

/* Whatever is painted on a page is content of an element or an artifact. */
static void nothing_is_painted_outside_of_tags(void **state)
{
    (void)state;
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_TALL, TM_PAPER_A4);
    g_autofree char *source = source_of(pdf);
    g_auto(GStrv) lines = g_strsplit(source, "\n", -1);
    guint depth = 0, painted = 0;
    gboolean in_page = FALSE;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (strstr(lines[i], "%% Contents for page") != NULL)
            in_page = TRUE;
        else if (g_str_has_prefix(lines[i], "endstream"))
            in_page = FALSE;
        if (!in_page)
            continue;
        if (g_str_has_suffix(lines[i], "BDC") || g_str_has_suffix(lines[i], "BMC"))
            depth++;
        else if (g_str_has_suffix(lines[i], "EMC"))
            depth--;
        else if (paints(lines[i])) {
            painted++;
            if (depth == 0)
                fail_msg("painted outside of a tag: %s", lines[i]);
        }
    }
    assert_true(painted > 1000);
}

static void attachments_are_listed_in_order(void **state)
{
    (void)state;
    const char *const arguments[] = {"qpdf", "--list-attachments", "FILE", NULL};
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_PLAIN, TM_PAPER_A4);
    g_autofree char *output = inspect(pdf, arguments);
    const char *csv = strstr(output, "kpis.csv");
    const char *json = strstr(output, "kpis.json");
    assert_true(csv != NULL && json != NULL && csv < json);
    g_autofree char *source = source_of(pdf);
    assert_int_equal(count(source, "/AFRelationship /Data"), 2);
}

static void structure_follows_the_reading_order(void **state)
{
    (void)state;
    const char *const arguments[] = {"pdfinfo", "-struct-text", "FILE", NULL};
    g_autoptr(GBytes) pdf = pdf_of(SAMPLE_PLAIN, TM_PAPER_A4);
    g_autofree char *tree = inspect(pdf, arguments);
    assert_golden("press/golden/structure.txt", tree);
}

static void the_same_document_makes_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(GBytes) first = pdf_of(SAMPLE_HOSTILE, TM_PAPER_A4);
    g_autoptr(GBytes) second = pdf_of(SAMPLE_HOSTILE, TM_PAPER_A4);
    assert_true(g_bytes_equal(first, second));
}

static void a_document_without_date_is_refused(void **state)
{
    (void)state;
    const TmPdfOptions options = {.paper = TM_PAPER_A4};
    g_autoptr(TmDocument) document = sample_document(SAMPLE_PLAIN);
    document->date = TM_DAY_NONE;
    g_autoptr(GError) error = NULL;
    assert_null(tm_press_pdf(press, document, &options, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

/* ---- Trace and preview ------------------------------------------------------------------- */

/* Lines of a trace without those inside Figure elements. */
static char *without_figures(const char *trace)
{
    GString *kept = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(trace, "\n", -1);
    gsize figure = 0;
    gboolean in_figure = FALSE;
    for (guint i = 0; lines[i] != NULL; i++) {
        gsize indent = strspn(lines[i], " ");
        if (in_figure && indent > figure)
            continue;
        in_figure = g_str_has_prefix(lines[i] + indent, "Figure");
        figure = indent;
        if (*lines[i] != '\0')
            g_string_append_printf(kept, "%s\n", lines[i]);
    }
    return g_string_free(kept, FALSE);
}

static void everything_is_drawn_where_it_was(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = sample_document(SAMPLE_HOSTILE);
    g_autofree char *trace = tm_press_trace(press, document, TM_PAPER_A4, NULL);
    g_autofree char *texts = without_figures(trace);
    assert_golden("press/golden/trace.txt", texts);
}

static void a_preview_has_the_size_of_the_paper(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = sample_document(SAMPLE_PLAIN);
    g_autoptr(GBytes) png = tm_press_png(press, document, TM_PAPER_LETTER, 1, 72, NULL);
    const guint8 *bytes = g_bytes_get_data(png, NULL);
    assert_memory_equal(bytes, "\x89PNG", 4);
    assert_int_equal(bytes[18] << 8 | bytes[19], 612);
    assert_int_equal(bytes[22] << 8 | bytes[23], 792);
}

static void there_is_no_preview_of_a_page_that_is_not_there(void **state)
{
    (void)state;
    g_autoptr(TmDocument) document = sample_document(SAMPLE_PLAIN);
    g_autoptr(GError) error = NULL;
    assert_null(tm_press_png(press, document, TM_PAPER_A4, 7, 72, &error));
    assert_int_equal(error->code, TM_ERROR_INTERNAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_1_is_whole_on_a4),
        cmocka_unit_test(page_1_is_whole_on_letter),
        cmocka_unit_test(page_1_is_whole_with_texts_30_percent_longer),
        cmocka_unit_test(table_heads_are_repeated),
        cmocka_unit_test(group_headings_do_not_end_a_page),
        cmocka_unit_test(both_papers_have_the_same_text),
        cmocka_unit_test(hostile_names_are_printed_as_they_are),
        cmocka_unit_test(qpdf_finds_no_fault),
        cmocka_unit_test(all_fonts_are_embedded_subsets_with_unicode),
        cmocka_unit_test(what_the_standards_ask_for_is_there),
        cmocka_unit_test(every_figure_and_link_has_an_alternative),
        cmocka_unit_test(annotations_are_printed),
        cmocka_unit_test(nothing_is_painted_outside_of_tags),
        cmocka_unit_test(attachments_are_listed_in_order),
        cmocka_unit_test(structure_follows_the_reading_order),
        cmocka_unit_test(the_same_document_makes_the_same_bytes),
        cmocka_unit_test(a_document_without_date_is_refused),
        cmocka_unit_test(everything_is_drawn_where_it_was),
        cmocka_unit_test(a_preview_has_the_size_of_the_paper),
        cmocka_unit_test(there_is_no_preview_of_a_page_that_is_not_there),
    };
    return cmocka_run_group_tests_name("pdf", tests, open_all, close_all);
}
