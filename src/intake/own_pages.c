/* Which arrays of a file's pages hold its records: see own_pages.h. */
#include "own_pages.h"

#include <string.h>

#include "recognise.h"

#define MOST_PIECES 200 /* looked at before a file is none of the format */

static const TmJsonFormat *format_of(TmJsonRecord *record, const char *text, gsize length)
{
    TmRefusal refusal = {0};
    const TmJsonFormat *format = NULL;
    if (tm_json_record_open(record, text, length))
        format = tm_recognise_record(record, &refusal);
    g_free(refusal.text);
    return format;
}

/* Whether the page as a whole, of which `head` is the beginning, is a record of some format. */
static gboolean is_record(TmJsonRecord *record, const TmJsonPiece *head, const char *array)
{
    g_autoptr(GString) text = g_string_new_len(head->text, (gssize)head->length - 1);
    g_string_append_printf(text, "%s\"%s\":[]}", head->length > 2 ? "," : "", array);
    gsize length = text->len;
    g_string_set_size(text, length + TM_BYTES_PADDING);
    return format_of(record, text->str, length) != NULL;
}

/* What a file is when the page arrays of a format are taken. */
typedef enum Fit {
    FIT_NOT,
    FIT_PAGE, /* its pages are those of the format, and its records are of none */
    FIT_WHOLE,
} Fit;

static Fit try_pages(TmJsonSplitter *splitter, const TmJsonFormat *format)
{
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    gboolean in_page = FALSE;
    TmJsonPiece piece;
    for (guint i = 0; i < MOST_PIECES && tm_json_splitter_next(splitter, &piece); i++) {
        if (piece.kind == TM_JSON_RECORD) {
            const TmJsonFormat *found = format_of(record, piece.text, piece.length);
            return found == format ? FIT_WHOLE : found == NULL && in_page ? FIT_PAGE : FIT_NOT;
        }
        in_page = format->own_page != NULL;
        if (in_page && piece.kind == TM_JSON_PAGE_HEAD &&
            is_record(record, &piece, format->own_page))
            return FIT_NOT;
    }
    return in_page ? FIT_WHOLE : FIT_NOT; /* of empty pages */
}

static Fit fit(const char *path, const TmJsonFormat *format)
{
    g_autoptr(TmDiagnostics) unheard = tm_diagnostics_new();
    g_autoptr(TmBytes) bytes = tm_bytes_open(path, NULL);
    TmReading reading = {.path = path, .diagnostics = unheard};
    if (bytes == NULL)
        return FIT_NOT;
    TmFileKind kind = tm_bytes_recognise(bytes, path, unheard);
    if (kind != TM_FILE_JSON && kind != TM_FILE_CSV)
        return FIT_NOT;
    tm_recognise_text_before_json(bytes, &reading);
    g_autoptr(TmJsonSplitter) splitter =
        tm_json_splitter_new(bytes, path, format->page_arrays, unheard);
    return try_pages(splitter, format);
}

const char *const *tm_own_page_arrays(const char *path)
{
    const char *const *nearest = NULL;
    for (guint i = 0; tm_json_formats[i] != NULL; i++) {
        const char *const *arrays = tm_json_formats[i]->page_arrays;
        Fit how = arrays != NULL ? fit(path, tm_json_formats[i]) : FIT_NOT;
        if (how == FIT_WHOLE)
            return arrays;
        if (how == FIT_PAGE)
            nearest = arrays;
    }
    return nearest;
}
