/* The PDF back end: a tagged cairo PDF in memory. */
#include <cairo-pdf.h>
#include <string.h>

#include "cairo_draw.h"
#include "canvas.h"

/* An element that is open now. */
typedef struct OpenTag {
    char *name;
    char *destination; /* to be ended with the element, or NULL */
    gboolean has_children;
    gboolean has_drawn;
} OpenTag;

typedef struct PdfCanvas {
    TmCanvas base;
    TmFonts *fonts;
    GByteArray *bytes;
    cairo_surface_t *surface;
    cairo_t *cairo;
    guint page_count;
    GArray *open_tags;       /* OpenTag, outermost first */
    GPtrArray *elements;     /* TmStructureElement* */
    GArray *outline_ids;     /* int: latest entry of each level */
    GHashTable *anchors;     /* char*: set by tags */
    GPtrArray *link_anchors; /* char*: used by links and outline */
} PdfCanvas;

static PdfCanvas *pdf_of(TmCanvas *canvas)
{
    return (PdfCanvas *)canvas;
}

/* ---- Attributes of cairo tags ------------------------------------------------------------ */

/* 'text' with quotes and backslashes escaped, as cairo's attribute strings want it. */
static void append_quoted(GString *attributes, const char *text)
{
    g_string_append_c(attributes, '\'');
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\')
            g_string_append_c(attributes, '\\');
        g_string_append_c(attributes, *at);
    }
    g_string_append_c(attributes, '\'');
}

/* cairo 1.16 copies addresses unescaped into a PDF string, so what is special there goes as %XX. */
static char *encode_address(const char *address)
{
    GString *encoded = g_string_new(NULL);
    for (const guchar *at = (const guchar *)address; *at != '\0'; at++) {
        if (*at <= ' ' || *at >= 0x7F || strchr("()<>\"'\\", *at) != NULL)
            g_string_append_printf(encoded, "%%%02X", *at);
        else
            g_string_append_c(encoded, (char)*at);
    }
    return g_string_free(encoded, FALSE);
}

static char *link_attributes(PdfCanvas *pdf, const char *href)
{
    GString *attributes = g_string_new(NULL);
    if (href[0] == '#') {
        g_ptr_array_add(pdf->link_anchors, g_strdup(href + 1));
        g_string_append(attributes, "dest=");
        append_quoted(attributes, href + 1);
    } else {
        g_autofree char *address = encode_address(href);
        g_string_append(attributes, "uri=");
        append_quoted(attributes, address);
    }
    return g_string_free(attributes, FALSE);
}

static char *anchor_attributes(const char *key, const char *anchor)
{
    GString *attributes = g_string_new(key);
    append_quoted(attributes, anchor);
    return g_string_free(attributes, FALSE);
}

/* ---- Structure --------------------------------------------------------------------------- */

static void clear_open_tag(gpointer data)
{
    OpenTag *tag = data;
    g_free(tag->name);
    g_free(tag->destination);
}

static void free_element(gpointer data)
{
    TmStructureElement *element = data;
    g_free(element->name);
    g_free(element->alt);
    g_free(element->scope);
    g_free(element->href);
    g_free(element);
}

static OpenTag *innermost(PdfCanvas *pdf)
{
    guint depth = pdf->open_tags->len;
    return depth > 0 ? &g_array_index(pdf->open_tags, OpenTag, depth - 1) : NULL;
}

static void note_drawing(PdfCanvas *pdf)
{
    OpenTag *tag = innermost(pdf);
    g_assert(tag != NULL && !tag->has_children);
    tag->has_drawn = TRUE;
}

static void open_tag(PdfCanvas *pdf, const TmTag *tag, gboolean is_artifact)
{
    OpenTag *parent = innermost(pdf);
    if (parent != NULL) {
        g_assert(!parent->has_drawn);
        parent->has_children = TRUE;
    }
    TmStructureElement *element = g_new0(TmStructureElement, 1);
    *element = (TmStructureElement){g_strdup(tag->name), g_strdup(tag->alt), g_strdup(tag->scope),
        tag->column_span, g_strdup(tag->href), is_artifact};
    g_ptr_array_add(pdf->elements, element);
    OpenTag opened = {.name = g_strdup(tag->name), .destination = g_strdup(tag->anchor)};
    if (tag->anchor != NULL) {
        g_autofree char *attributes = anchor_attributes("name=", tag->anchor);
        if (g_hash_table_add(pdf->anchors, g_strdup(tag->anchor)))
            cairo_tag_begin(pdf->cairo, CAIRO_TAG_DEST, attributes);
        else
            g_clear_pointer(&opened.destination, g_free);
    }
    g_autofree char *attributes = tag->href != NULL ? link_attributes(pdf, tag->href) : NULL;
    cairo_tag_begin(pdf->cairo, tag->name, attributes != NULL ? attributes : "");
    g_array_append_val(pdf->open_tags, opened);
}

static void close_tag(PdfCanvas *pdf)
{
    OpenTag *tag = innermost(pdf);
    g_assert(tag != NULL);
    cairo_tag_end(pdf->cairo, tag->name);
    if (tag->destination != NULL)
        cairo_tag_end(pdf->cairo, CAIRO_TAG_DEST);
    g_array_set_size(pdf->open_tags, pdf->open_tags->len - 1);
}

static void pdf_tag_begin(TmCanvas *canvas, const TmTag *tag)
{
    open_tag(pdf_of(canvas), tag, FALSE);
}

static void pdf_tag_end(TmCanvas *canvas)
{
    close_tag(pdf_of(canvas));
}

static void pdf_artifact_begin(TmCanvas *canvas)
{
    open_tag(pdf_of(canvas), &(TmTag){.name = "NonStruct"}, TRUE);
}

/* ---- Pages and drawing ------------------------------------------------------------------- */

static void pdf_page_begin(TmCanvas *canvas, double width, double height)
{
    PdfCanvas *pdf = pdf_of(canvas);
    cairo_pdf_surface_set_size(pdf->surface, width, height);
    g_autofree char *label = g_strdup_printf("%u", ++pdf->page_count);
    cairo_pdf_surface_set_page_label(pdf->surface, label);
}

static void pdf_page_end(TmCanvas *canvas)
{
    cairo_show_page(pdf_of(canvas)->cairo);
}

static void pdf_text(TmCanvas *canvas, double x, double y, TmAnchor anchor,
    const TmTextStyle *style, const char *text)
{
    PdfCanvas *pdf = pdf_of(canvas);
    note_drawing(pdf);
    tm_cairo_text(pdf->cairo, pdf->fonts, x, y, anchor, style, text);
}

static void pdf_shape(TmCanvas *canvas, const TmShape *shape, double dx, double dy)
{
    PdfCanvas *pdf = pdf_of(canvas);
    note_drawing(pdf);
    tm_cairo_shape(pdf->cairo, shape, dx, dy);
}

static void pdf_outline(TmCanvas *canvas, guint level, const char *title, const char *anchor)
{
    PdfCanvas *pdf = pdf_of(canvas);
    guint depth = MIN(MAX(level, 1), pdf->outline_ids->len + 1);
    int parent =
        depth > 1 ? g_array_index(pdf->outline_ids, int, depth - 2) : CAIRO_PDF_OUTLINE_ROOT;
    g_ptr_array_add(pdf->link_anchors, g_strdup(anchor));
    g_autofree char *attributes = anchor_attributes("dest=", anchor);
    int id = cairo_pdf_surface_add_outline(
        pdf->surface, parent, title, attributes, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    g_array_set_size(pdf->outline_ids, depth - 1);
    g_array_append_val(pdf->outline_ids, id);
}

/* ---- Life -------------------------------------------------------------------------------- */

static void pdf_free(TmCanvas *canvas)
{
    PdfCanvas *pdf = pdf_of(canvas);
    cairo_destroy(pdf->cairo);
    cairo_surface_destroy(pdf->surface);
    g_byte_array_unref(pdf->bytes);
    g_array_unref(pdf->open_tags);
    g_ptr_array_unref(pdf->elements);
    g_array_unref(pdf->outline_ids);
    g_hash_table_unref(pdf->anchors);
    g_ptr_array_unref(pdf->link_anchors);
    g_free(pdf);
}

static const TmCanvasOps pdf_ops = {
    .page_begin = pdf_page_begin,
    .page_end = pdf_page_end,
    .tag_begin = pdf_tag_begin,
    .tag_end = pdf_tag_end,
    .artifact_begin = pdf_artifact_begin,
    .artifact_end = pdf_tag_end,
    .text = pdf_text,
    .shape = pdf_shape,
    .outline = pdf_outline,
    .free = pdf_free,
};

static cairo_status_t write_bytes(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *surface, const TmPdfMetadata *metadata)
{
    g_autofree char *day = tm_day_format(metadata->date);
    g_autofree char *instant = g_strconcat(day, "T00:00:00Z", NULL);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, metadata->title);
    if (metadata->subject != NULL)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, metadata->subject);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Tidemark " TM_VERSION);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, instant);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, instant);
}

TmCanvas *tm_canvas_pdf_new(TmFonts *fonts, const TmPdfMetadata *metadata)
{
    PdfCanvas *pdf = g_new0(PdfCanvas, 1);
    pdf->base.ops = &pdf_ops;
    pdf->fonts = fonts;
    pdf->bytes = g_byte_array_new();
    pdf->surface = cairo_pdf_surface_create_for_stream(write_bytes, pdf->bytes, 595.0, 842.0);
    pdf->cairo = cairo_create(pdf->surface);
    pdf->open_tags = g_array_new(FALSE, TRUE, sizeof(OpenTag));
    g_array_set_clear_func(pdf->open_tags, clear_open_tag);
    pdf->elements = g_ptr_array_new_with_free_func(free_element);
    pdf->outline_ids = g_array_new(FALSE, TRUE, sizeof(int));
    pdf->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    pdf->link_anchors = g_ptr_array_new_with_free_func(g_free);
    set_metadata(pdf->surface, metadata);
    return &pdf->base;
}

static gboolean check_links(const PdfCanvas *pdf, GError **error)
{
    for (guint i = 0; i < pdf->link_anchors->len; i++) {
        const char *anchor = g_ptr_array_index(pdf->link_anchors, i);
        if (!g_hash_table_contains(pdf->anchors, anchor)) {
            g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
                "a link in the PDF leads to \"%s\", which is nowhere in it", anchor);
            return FALSE;
        }
    }
    return TRUE;
}

GBytes *tm_canvas_pdf_finish(TmCanvas *canvas, GPtrArray **elements, GError **error)
{
    PdfCanvas *pdf = pdf_of(canvas);
    g_assert(pdf->open_tags->len == 0);
    if (!check_links(pdf, error))
        return NULL;
    cairo_status_t status = cairo_status(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(pdf->surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "the PDF could not be drawn: %s",
            cairo_status_to_string(status));
        return NULL;
    }
    if (elements != NULL)
        *elements = g_ptr_array_ref(pdf->elements);
    return g_bytes_new(pdf->bytes->data, pdf->bytes->len);
}
