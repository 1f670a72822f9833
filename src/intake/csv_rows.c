/*
 * The window begins at or before the row that is being read, so that reading can go back to the
 * row's second line. `row` and `next` are offsets into the window.
 */
#include "csv_rows.h"

#include <csv.h>
#include <string.h>

#include "json_record.h"

#define FIELD_BLOCK 4096 /* bytes by which libcsv lets a field grow */

typedef struct Field {
    gsize offset, length;
} Field;

typedef struct Reader {
    TmBytes *bytes;
    const char *path;
    const TmCsvSink *sink;
    TmDiagnostics *diagnostics;
    struct csv_parser parser;
    gsize row, next;        /* where the row and where the next physical line begin */
    gsize searched;         /* no newline from `next` up to here */
    guint64 row_line, line; /* numbers of the two; `line` is the one being fed */
    gboolean stopped;       /* the sink wants no more */
    guint64 skipped;
    guint columns;              /* of the header; 0 before it */
    gint slots[TM_CSV_COLUMNS]; /* slot of each column, or -1 */
    guint count;                /* fields of the row so far */
    Field fields[TM_CSV_COLUMNS];
    GString *text; /* of the fields that are wanted */
    TmCell cells[TM_CSV_COLUMNS];
} Reader;

static void on_field(void *text, size_t length, void *user)
{
    Reader *reader = user;
    guint column = reader->count++;
    if (column >= TM_CSV_COLUMNS)
        return;
    reader->fields[column] = (Field){reader->text->len, length};
    if (reader->columns == 0 || reader->slots[column] >= 0)
        g_string_append_len(reader->text, text, (gssize)length);
}

static TmPlace row_place(const Reader *reader)
{
    return (TmPlace){.file = reader->path, .line = reader->row_line};
}

static void take_header(Reader *reader)
{
    guint count = reader->count;
    for (guint i = 0; i < count; i++) {
        const Field *field = &reader->fields[i];
        reader->cells[i] = (TmCell){reader->text->str + field->offset, field->length};
        reader->slots[i] = -1;
    }
    reader->columns = count;
    const TmCsvSink *sink = reader->sink;
    reader->stopped =
        !sink->header(sink->user, reader->row_line, reader->cells, count, reader->slots);
    memset(reader->cells, 0, sizeof reader->cells);
}

static void take_row(Reader *reader)
{
    for (guint i = 0; i < reader->columns; i++) {
        const Field *field = &reader->fields[i];
        if (reader->slots[i] >= 0)
            reader->cells[reader->slots[i]] =
                (TmCell){reader->text->str + field->offset, field->length};
    }
    reader->sink->row(reader->sink->user, reader->row_line, reader->cells);
}

static void on_row(int end G_GNUC_UNUSED, void *user)
{
    Reader *reader = user;
    TmPlace place = row_place(reader);
    if (reader->stopped) {
        /* the rest of the line is not wanted */
    } else if (reader->count > TM_CSV_COLUMNS) {
        tm_diagnostics_report(reader->diagnostics, TM_KIND_RAGGED_ROW, &place,
            "%u fields are more than any export has", reader->count);
        reader->skipped++;
    } else if (reader->columns == 0) {
        take_header(reader);
    } else if (reader->count != reader->columns) {
        tm_diagnostics_report(reader->diagnostics, TM_KIND_RAGGED_ROW, &place,
            "%u fields where the header has %u", reader->count, reader->columns);
        reader->skipped++;
    } else {
        take_row(reader);
    }
    reader->count = 0;
    g_string_truncate(reader->text, 0);
}

static void start_parser(Reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        g_error("libcsv cannot start");
    csv_set_blk_size(&reader->parser, FIELD_BLOCK);
}

static void restart_parser(Reader *reader)
{
    csv_free(&reader->parser);
    start_parser(reader);
    reader->count = 0;
    g_string_truncate(reader->text, 0);
}

/* libcsv's state 0: between rows. A line that does not end there leaves a quote open. */
static gboolean row_is_open(const Reader *reader)
{
    return reader->parser.pstate != 0;
}

/* Gives up the row and goes back to the line after its first one. */
static void skip_row(Reader *reader)
{
    const char *data = reader->bytes->data;
    const char *newline = memchr(data + reader->row, '\n', reader->bytes->length - reader->row);
    reader->next = newline != NULL ? (gsize)(newline + 1 - data) : reader->bytes->length;
    reader->searched = reader->next;
    reader->line = reader->row_line;
    reader->skipped++;
    restart_parser(reader);
}

/* Drops a line that is too long to be held, up to and with its newline. */
static void discard_line(Reader *reader)
{
    TmBytes *bytes = reader->bytes;
    reader->line++;
    const char *newline = NULL;
    do {
        tm_bytes_consume(bytes, bytes->length);
        if (tm_bytes_more(bytes))
            newline = memchr(bytes->data, '\n', bytes->length);
    } while (bytes->length > 0 && newline == NULL);
    reader->next = newline != NULL ? (gsize)(newline + 1 - bytes->data) : bytes->length;
    reader->row = reader->searched = reader->next;
    reader->skipped++;
    restart_parser(reader);
}

static void refuse_long_row(Reader *reader)
{
    TmPlace place = row_place(reader);
    tm_diagnostics_report(reader->diagnostics, TM_KIND_TOO_LONG, &place,
        "the row is longer than %d MiB", TM_RECORD_LIMIT >> 20);
    if (reader->row < reader->next)
        skip_row(reader);
    else
        discard_line(reader);
}

/* Extends the window; what lies before the row is dropped first. */
static gboolean read_more(Reader *reader)
{
    tm_bytes_consume(reader->bytes, reader->row);
    reader->next -= reader->row;
    reader->searched -= reader->row;
    reader->row = 0;
    return tm_bytes_more(reader->bytes);
}

/*
 * Length of the next physical line with its newline; 0 at the end. A last line without newline is
 * a line too, unless the file broke off there.
 */
static gsize next_line(Reader *reader)
{
    TmBytes *bytes = reader->bytes;
    for (;;) {
        const char *from = bytes->data + reader->searched;
        const char *newline = memchr(from, '\n', bytes->length - reader->searched);
        if (newline != NULL)
            return (gsize)(newline + 1 - bytes->data) - reader->next;
        reader->searched = bytes->length;
        if (!row_is_open(reader)) {
            reader->row = reader->next;
            reader->row_line = reader->line + 1;
        }
        if (bytes->length - reader->row >= TM_RECORD_LIMIT) {
            refuse_long_row(reader);
        } else if (!read_more(reader)) {
            return bytes->failure == TM_BYTES_FINE ? bytes->length - reader->next : 0;
        }
    }
}

/* NUL bytes and broken UTF-8: the line, and the row that it belongs to, cannot be taken. */
static gboolean check_encoding(Reader *reader, const char *text, gsize length)
{
    const char *nul = memchr(text, '\0', length), *end = nul;
    if (nul == NULL && tm_utf8_is_valid(text, length))
        return TRUE;
    if (nul == NULL)
        g_utf8_validate_len(text, length, &end);
    TmPlace place = {
        .file = reader->path, .line = reader->line, .column = (guint64)(end - text) + 1};
    tm_diagnostics_report(reader->diagnostics, TM_KIND_BAD_ENCODING, &place,
        nul != NULL ? "a NUL byte" : "bytes that are not UTF-8");
    reader->skipped++;
    restart_parser(reader);
    return FALSE;
}

static void report_syntax(Reader *reader, gsize column)
{
    TmPlace place = {.file = reader->path, .line = reader->line, .column = column};
    if (reader->row_line == reader->line)
        tm_diagnostics_report(reader->diagnostics, TM_KIND_BAD_CSV, &place,
            "a quote inside a field that is not quoted, or text after a closing quote");
    else
        tm_diagnostics_report(reader->diagnostics, TM_KIND_BAD_CSV, &place,
            "a quote that does not close the field opened in line %" G_GUINT64_FORMAT,
            reader->row_line);
}

static void feed_line(Reader *reader, gsize length)
{
    const char *text = reader->bytes->data + reader->next;
    reader->line++;
    if (!row_is_open(reader)) {
        reader->row = reader->next;
        reader->row_line = reader->line;
    }
    reader->next += length;
    reader->searched = reader->next;
    if (!check_encoding(reader, text, length))
        return;
    gsize used = csv_parse(&reader->parser, text, length, on_field, on_row, reader);
    if (used == length)
        return;
    report_syntax(reader, used + 1);
    skip_row(reader);
}

/* At the end of the file: closes the last row. FALSE when an open quote made reading go back. */
static gboolean end_rows(Reader *reader)
{
    if (reader->bytes->failure != TM_BYTES_FINE)
        return TRUE;
    if (csv_fini(&reader->parser, on_field, on_row, reader) == 0)
        return TRUE;
    TmPlace place = row_place(reader);
    tm_diagnostics_report(reader->diagnostics, TM_KIND_BAD_CSV, &place, "a quote is never closed");
    skip_row(reader);
    return reader->next >= reader->bytes->length;
}

guint64 tm_csv_read(
    TmBytes *bytes, const char *path, const TmCsvSink *sink, TmDiagnostics *diagnostics)
{
    g_autofree Reader *reader = g_new0(Reader, 1);
    reader->bytes = bytes;
    reader->path = path;
    reader->sink = sink;
    reader->diagnostics = diagnostics;
    reader->text = g_string_sized_new(1024);
    start_parser(reader);
    do {
        gsize length;
        while (!reader->stopped && (length = next_line(reader)) > 0)
            feed_line(reader, length);
    } while (!reader->stopped && !end_rows(reader));
    csv_free(&reader->parser);
    g_string_free(reader->text, TRUE);
    return reader->skipped;
}
