/*
 * The splitter: pieces may not depend on the chunks in which a file is read, nor on whether lines
 * are taken whole; each begins where it says. The first byte chooses the size of the chunks.
 */
#include <tidemark/records.h>

#include "../records/memory_file.h"
#include "fuzz.h"

static const char *const page_arrays[] = {"data", "day_totals", NULL};
static const char *const no_arrays[] = {NULL};

static void append_piece(GString *out, const TmJsonPiece *piece)
{
    g_string_append_printf(out, "%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT " %d ", piece->line,
        piece->column, piece->kind);
    g_string_append_len(out, piece->text, (gssize)piece->length);
    g_string_append_c(out, '\n');
}

/* Byte at which a line and column stand. */
static gsize offset_of(const char *text, gsize length, guint64 line, guint64 column)
{
    gsize at = 0;
    for (; line > 1; line--) {
        const char *newline = memchr(text + at, '\n', length - at);
        g_assert_nonnull(newline);
        at = (gsize)(newline - text) + 1;
    }
    g_assert_cmpuint(column, >=, 1);
    return at + column - 1;
}

/* Heads and tails are put together of members; records stand in the file as they are. */
static void check_piece(const TmJsonPiece *piece, const char *text, gsize length)
{
    g_assert_cmpuint(piece->length, >=, 2);
    g_assert_true(piece->text[0] == '{' && piece->text[piece->length - 1] == '}');
    if (piece->kind != TM_JSON_RECORD)
        return;
    gsize at = offset_of(text, length, piece->line, piece->column);
    g_assert_cmpuint(at + piece->length, <=, length);
    g_assert_cmpmem(text + at, piece->length, piece->text, piece->length);
}

/* All pieces with their places, then the diagnostics. */
static GString *split(const char *text, gsize length, gsize chunk)
{
    g_autoptr(TmBytes) bytes = memory_file(text, length, chunk);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(TmJsonSplitter) splitter = tm_json_splitter_new(bytes, "f", page_arrays, diagnostics);
    GString *out = g_string_new(NULL);
    TmJsonPiece piece;
    while (tm_json_splitter_next(splitter, &piece)) {
        if (!bytes->compressed)
            check_piece(&piece, text, length);
        append_piece(out, &piece);
    }
    g_autofree char *said = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    g_assert_true(g_utf8_validate(said, -1, NULL));
    g_string_append(out, said);
    return out;
}

/* Through all that can be entered. */
static void walk(TmJsonRecord *record)
{
    while (tm_json_record_next(record)) {
        TmJsonValue value;
        tm_json_record_value(record, &value);
        if ((value.kind == TM_JSON_OBJECT || value.kind == TM_JSON_ARRAY) &&
            tm_json_record_enter(record))
            walk(record);
    }
}

/* Whether the piece is one sound object and nothing else. */
static gboolean is_sound(TmJsonRecord *record, const TmJsonPiece *piece)
{
    gsize offset;
    if (!tm_json_record_open(record, piece->text, piece->length))
        return FALSE;
    walk(record);
    return tm_json_record_fault(record, &offset) == TM_JSON_FAULT_NONE &&
           tm_json_record_at_end(record);
}

/* Sound records with their places; lines that are not sound are cut again, as readers must. */
static GString *sound_records(const char *text, gsize length, gboolean by_lines)
{
    g_autoptr(TmBytes) bytes = memory_file(text, length, TM_BYTES_CHUNK);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(TmJsonSplitter) splitter = tm_json_splitter_new(bytes, "f", no_arrays, diagnostics);
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    GString *out = g_string_new(NULL);
    TmJsonPiece piece;
    if (by_lines)
        tm_json_splitter_by_lines(splitter);
    while (tm_json_splitter_next(splitter, &piece)) {
        if (is_sound(record, &piece))
            append_piece(out, &piece);
        else if (piece.unchecked)
            tm_json_splitter_again(splitter);
    }
    return out;
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static const gsize chunks[] = {1, 2, 3, 5, 7, 8, 13, 16, 31, 63, 64, 65, 127, 128, 129, 1000};
    gsize chunk = chunks[fuzz_choice(&bytes, &length) % G_N_ELEMENTS(chunks)];
    const char *text = (const char *)bytes;
    g_autoptr(GString) whole = split(text, length, TM_BYTES_CHUNK);
    g_autoptr(GString) parts = split(text, length, chunk);
    g_assert_cmpmem(whole->str, whole->len, parts->str, parts->len);
    g_autoptr(GString) cut = sound_records(text, length, FALSE);
    g_autoptr(GString) lines = sound_records(text, length, TRUE);
    g_assert_cmpmem(cut->str, cut->len, lines->str, lines->len);
    return 0;
}
