/*
 * finish: reads cairo's file with libqpdf, adds what the standards ask for, writes it anew with
 * object streams. The document's own date is the only one in the file, and the trailer's /ID comes
 * from the content, so that the same document makes the same bytes.
 */
#include "finish.h"

#include <stdlib.h>
#include <string.h>

/* ---- Small helpers ----------------------------------------------------------------------- */

static void set_parsed(qpdf_data qpdf, qpdf_oh dictionary, const char *key, const char *source)
{
    qpdf_oh value = qpdf_oh_parse(qpdf, source);
    qpdf_oh_replace_key(qpdf, dictionary, key, value);
    qpdf_oh_release(qpdf, value);
}

static void set_text(qpdf_data qpdf, qpdf_oh dictionary, const char *key, const char *text)
{
    qpdf_oh value = qpdf_oh_new_unicode_string(qpdf, text);
    qpdf_oh_replace_key(qpdf, dictionary, key, value);
    qpdf_oh_release(qpdf, value);
}

static void set_name(qpdf_data qpdf, qpdf_oh dictionary, const char *key, const char *name)
{
    qpdf_oh value = qpdf_oh_new_name(qpdf, name);
    qpdf_oh_replace_key(qpdf, dictionary, key, value);
    qpdf_oh_release(qpdf, value);
}

/* A stream with these bytes; `dictionary` are its other entries. */
static qpdf_oh new_stream(
    qpdf_data qpdf, const void *bytes, gsize length, const char *type, const char *subtype)
{
    qpdf_oh stream = qpdf_oh_new_stream(qpdf);
    qpdf_oh null = qpdf_oh_new_null(qpdf);
    qpdf_oh_replace_stream_data(qpdf, stream, bytes, length, null, null);
    qpdf_oh_release(qpdf, null);
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    if (type != NULL)
        set_name(qpdf, dictionary, "/Type", type);
    if (subtype != NULL)
        set_name(qpdf, dictionary, "/Subtype", subtype);
    qpdf_oh_release(qpdf, dictionary);
    return stream;
}

/* "D:20261115000000Z" */
static char *pdf_date(TmDay date)
{
    int year, month, day;
    tm_day_to_date(date, &year, &month, &day);
    return g_strdup_printf("D:%04d%02d%02d000000Z", year, month, day);
}

/* ---- Catalogue and document information --------------------------------------------------- */

static void finish_information(qpdf_data qpdf, const TmDocument *document)
{
    g_autofree char *date = pdf_date(document->date);
    qpdf_oh trailer = qpdf_get_trailer(qpdf);
    qpdf_oh information = qpdf_oh_get_key(qpdf, trailer, "/Info");
    set_text(qpdf, information, "/Title", document->title);
    if (document->subject != NULL)
        set_text(qpdf, information, "/Subject", document->subject);
    set_text(qpdf, information, "/Creator", "Tidemark " TM_VERSION);
    set_text(qpdf, information, "/Producer", "Tidemark " TM_VERSION);
    set_text(qpdf, information, "/CreationDate", date);
    set_text(qpdf, information, "/ModDate", date);
    qpdf_oh_release(qpdf, information);
    qpdf_oh_release(qpdf, trailer);
}

static void add_output_intent(qpdf_data qpdf, qpdf_oh catalogue)
{
    g_autoptr(GBytes) profile = tm_finish_srgb_profile();
    gsize length;
    const void *bytes = g_bytes_get_data(profile, &length);
    qpdf_oh stream = new_stream(qpdf, bytes, length, NULL, NULL);
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    set_parsed(qpdf, dictionary, "/N", "3");
    qpdf_oh intent = qpdf_oh_parse(qpdf, "<</Type /OutputIntent /S /GTS_PDFA1 "
                                         "/OutputConditionIdentifier (sRGB) /Info (sRGB)>>");
    qpdf_oh_replace_key(qpdf, intent, "/DestOutputProfile", stream);
    qpdf_oh intents = qpdf_oh_wrap_in_array(qpdf, intent);
    qpdf_oh_replace_key(qpdf, catalogue, "/OutputIntents", intents);
    qpdf_oh_release(qpdf, intents);
    qpdf_oh_release(qpdf, intent);
    qpdf_oh_release(qpdf, dictionary);
    qpdf_oh_release(qpdf, stream);
}

static void finish_catalogue(qpdf_data qpdf, qpdf_oh catalogue, const TmDocument *document)
{
    g_autofree char *xmp = tm_finish_xmp(document);
    set_text(qpdf, catalogue, "/Lang", document->language);
    set_parsed(qpdf, catalogue, "/ViewerPreferences", "<</DisplayDocTitle true>>");
    qpdf_oh metadata = new_stream(qpdf, xmp, strlen(xmp), "/Metadata", "/XML");
    qpdf_oh_replace_key(qpdf, catalogue, "/Metadata", metadata);
    qpdf_oh_release(qpdf, metadata);
    add_output_intent(qpdf, catalogue);
}

/* ---- Attachments ------------------------------------------------------------------------- */

static qpdf_oh new_file_specification(
    qpdf_data qpdf, const TmAttachment *attachment, const TmDocument *document)
{
    g_autofree char *date = pdf_date(document->date);
    g_autofree char *type = g_strconcat("/", attachment->mime_type, NULL);
    qpdf_oh stream = new_stream(qpdf, attachment->bytes, attachment->length, "/EmbeddedFile", type);
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    qpdf_oh parameters = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh size = qpdf_oh_new_integer(qpdf, (long long)attachment->length);
    qpdf_oh_replace_key(qpdf, parameters, "/Size", size);
    set_text(qpdf, parameters, "/ModDate", date);
    qpdf_oh_replace_key(qpdf, dictionary, "/Params", parameters);

    qpdf_oh files = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh_replace_key(qpdf, files, "/F", stream);
    qpdf_oh_replace_key(qpdf, files, "/UF", stream);
    qpdf_oh specification = qpdf_oh_parse(qpdf, "<</Type /Filespec /AFRelationship /Data>>");
    set_text(qpdf, specification, "/F", attachment->name);
    set_text(qpdf, specification, "/UF", attachment->name);
    if (attachment->description != NULL)
        set_text(qpdf, specification, "/Desc", attachment->description);
    qpdf_oh_replace_key(qpdf, specification, "/EF", files);
    qpdf_oh_release(qpdf, files);
    qpdf_oh_release(qpdf, size);
    qpdf_oh_release(qpdf, parameters);
    qpdf_oh_release(qpdf, dictionary);
    qpdf_oh_release(qpdf, stream);
    qpdf_oh indirect = qpdf_make_indirect_object(qpdf, specification);
    qpdf_oh_release(qpdf, specification);
    return indirect;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(((const TmAttachment *)a)->name, ((const TmAttachment *)b)->name);
}

/* The name tree wants its names in order. */
static void add_attachments(qpdf_data qpdf, qpdf_oh catalogue, const TmDocument *document,
    const TmAttachment *attachments, guint count)
{
    if (count == 0)
        return;
    g_autoptr(GArray) sorted = g_array_sized_new(FALSE, FALSE, sizeof(TmAttachment), count);
    g_array_append_vals(sorted, attachments, count);
    g_array_sort(sorted, compare_names);
    qpdf_oh names = qpdf_oh_new_array(qpdf);
    qpdf_oh associated = qpdf_oh_new_array(qpdf);
    for (guint i = 0; i < count; i++) {
        const TmAttachment *attachment = &g_array_index(sorted, TmAttachment, i);
        qpdf_oh name = qpdf_oh_new_unicode_string(qpdf, attachment->name);
        qpdf_oh file = new_file_specification(qpdf, attachment, document);
        qpdf_oh_append_item(qpdf, names, name);
        qpdf_oh_append_item(qpdf, names, file);
        qpdf_oh_append_item(qpdf, associated, file);
        qpdf_oh_release(qpdf, file);
        qpdf_oh_release(qpdf, name);
    }
    qpdf_oh tree = qpdf_oh_new_dictionary(qpdf);
    qpdf_oh_replace_key(qpdf, tree, "/Names", names);
    qpdf_oh all_names = qpdf_oh_get_key(qpdf, catalogue, "/Names");
    if (!qpdf_oh_is_dictionary(qpdf, all_names)) {
        qpdf_oh_release(qpdf, all_names);
        all_names = qpdf_oh_new_dictionary(qpdf);
        qpdf_oh_replace_key(qpdf, catalogue, "/Names", all_names);
    }
    qpdf_oh_replace_key(qpdf, all_names, "/EmbeddedFiles", tree);
    qpdf_oh_replace_key(qpdf, catalogue, "/AF", associated);
    qpdf_oh_release(qpdf, all_names);
    qpdf_oh_release(qpdf, tree);
    qpdf_oh_release(qpdf, associated);
    qpdf_oh_release(qpdf, names);
}

/* ---- Pages ------------------------------------------------------------------------------- */

static gboolean finish_page_content(qpdf_data qpdf, qpdf_oh page, guint expected, GError **error)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    if ((qpdf_oh_get_page_content_data(qpdf, page, &bytes, &length) & QPDF_ERRORS) != 0) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "a PDF page cannot be read again");
        return FALSE;
    }
    g_autoptr(GString) content = g_string_sized_new(length);
    guint replaced = tm_finish_content((const char *)bytes, length, content);
    free(bytes);
    if (replaced != expected) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL,
            "a PDF page holds %u decorations where %u were drawn", replaced, expected);
        return FALSE;
    }
    qpdf_oh stream = new_stream(qpdf, content->str, content->len, NULL, NULL);
    qpdf_oh_replace_key(qpdf, page, "/Contents", stream);
    qpdf_oh_release(qpdf, stream);
    return TRUE;
}

static void finish_annotations(qpdf_data qpdf, qpdf_oh page)
{
    qpdf_oh annotations = qpdf_oh_get_key(qpdf, page, "/Annots");
    int count =
        qpdf_oh_is_array(qpdf, annotations) ? qpdf_oh_get_array_n_items(qpdf, annotations) : 0;
    for (int i = 0; i < count; i++) {
        qpdf_oh annotation = qpdf_oh_get_array_item(qpdf, annotations, i);
        set_parsed(qpdf, annotation, "/F", "4"); /* printed */
        qpdf_oh_release(qpdf, annotation);
    }
    qpdf_oh_release(qpdf, annotations);
}

static gboolean finish_pages(qpdf_data qpdf, GHashTable *artifacts, GError **error)
{
    int count = qpdf_get_num_pages(qpdf);
    for (int i = 0; i < count; i++) {
        qpdf_oh page = qpdf_get_page_n(qpdf, (size_t)i);
        const GArray *ids =
            g_hash_table_lookup(artifacts, GINT_TO_POINTER(qpdf_oh_get_object_id(qpdf, page)));
        set_name(qpdf, page, "/Tabs", "/S");
        finish_annotations(qpdf, page);
        gboolean good = finish_page_content(qpdf, page, ids != NULL ? ids->len : 0, error);
        qpdf_oh_release(qpdf, page);
        if (!good)
            return FALSE;
    }
    return TRUE;
}

/* ---- Reading and writing ----------------------------------------------------------------- */

static gboolean check(qpdf_data qpdf, QPDF_ERROR_CODE code, const char *what, GError **error)
{
    if ((code & QPDF_ERRORS) == 0 && !qpdf_has_error(qpdf))
        return TRUE;
    g_autofree char *detail = NULL;
    if (qpdf_has_error(qpdf)) {
        qpdf_error failure = qpdf_get_error(qpdf);
        detail = g_strdup(qpdf_get_error_message_detail(qpdf, failure));
    }
    g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "the PDF could not be %s: %s", what,
        detail != NULL ? detail : "no reason given");
    return FALSE;
}

static GBytes *write_file(qpdf_data qpdf, GError **error)
{
    if (!check(qpdf, qpdf_init_write_memory(qpdf), "written", error))
        return NULL;
    qpdf_set_minimum_pdf_version(qpdf, "1.7");
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_compress_streams(qpdf, QPDF_TRUE);
    if (!check(qpdf, qpdf_write(qpdf), "written", error))
        return NULL;
    return g_bytes_new(qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
}

static gboolean finish(qpdf_data qpdf, const GPtrArray *elements, const TmDocument *document,
    const TmAttachment *attachments, guint attachment_count, GError **error)
{
    g_autoptr(GHashTable) artifacts =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    if (!tm_finish_structure(qpdf, elements, artifacts, error) ||
        !finish_pages(qpdf, artifacts, error))
        return FALSE;
    qpdf_oh catalogue = qpdf_get_root(qpdf);
    finish_catalogue(qpdf, catalogue, document);
    finish_information(qpdf, document);
    add_attachments(qpdf, catalogue, document, attachments, attachment_count);
    qpdf_oh_release(qpdf, catalogue);
    return check(qpdf, QPDF_SUCCESS, "finished", error);
}

GBytes *tm_finish_pdf(GBytes *pdf, const GPtrArray *elements, const TmDocument *document,
    const TmAttachment *attachments, guint attachment_count, GError **error)
{
    qpdf_data qpdf = qpdf_init();
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    gsize length;
    const char *bytes = g_bytes_get_data(pdf, &length);
    GBytes *result = NULL;
    if (check(qpdf, qpdf_read_memory(qpdf, "report.pdf", bytes, length, NULL), "read", error) &&
        finish(qpdf, elements, document, attachments, attachment_count, error))
        result = write_file(qpdf, error);
    qpdf_cleanup(&qpdf);
    return result;
}
