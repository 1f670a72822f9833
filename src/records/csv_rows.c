/*
 * The window begins at or before the row that is being read, so that reading can go back to the
 * row's second line. `row` and `next` are offsets into the window.
 *
 * Nearly all rows are one line of plain fields: its cells are slices of the window. Every other
 * line goes through libcsv, which tells what is a field and what is a mistake.
 */
#include <tidemark/records.h>

#include <csv.h>
#include <string.h>

#include "byte_marks.h"

#define FIELD_BLOCK 4096 /* bytes by which libcsv lets a field grow */

G_STATIC_ASSERT(FIELD_BLOCK >= TM_CELL_PADDING);
G_STATIC_ASSERT(TM_BYTES_PADDING >= TM_CELL_PADDING && TM_BYTES_PADDING >= TM_MARKS_STEP);

typedef struct TmCsvRow {
    TmBytes *bytes;
    const char *path;
    const TmCsvSink *sink;
    TmDiagnostics *diagnostics;
    struct csv_parser parser;
    gsize row, next;        /* where the row and where the next physical line begin */
    gsize searched;         /* no newline from `next` up to here */
    guint64 row_line, line; /* numbers of the two; `line` is the one being fed */
    gboolean later_row;     /* a bare carriage return has ended a row of the line before this one */
    gboolean stopped;       /* the sink wants no more */
    guint64 skipped;
    gsize checked;                /* up to here the encoding is known … */
    gboolean clean;               /* … to be good, since the place where it was known last */
    guint columns;                /* of the header; 0 before it */
    gint slots[TM_CSV_COLUMNS];   /* slot of each column, or -1; in the header, the column itself */
    guint count;                  /* fields of the row so far */
    TmCell cells[TM_CSV_COLUMNS]; /* by slot */
    char *text;                   /* of the fields that libcsv gave and that are wanted */
    gsize text_length, text_capacity;
} Reader;

/* Whether a cell's text is not in the window. */
static gboolean is_own_text(const Reader *reader, const char *text)
{
    return text >= reader->text && text <= reader->text + reader->text_length;
}

/* Makes room for the row up to `next`, all lines of it, so that taking a field need not look. */
static void reserve_text(Reader *reader)
{
    gsize needed = reader->next - reader->row;
    if (needed <= reader->text_capacity)
        return;
    reader->text_capacity = 2 * needed;
    char *grown = g_malloc(reader->text_capacity + TM_CELL_PADDING);
    memcpy(grown, reader->text, reader->text_length);
    for (guint i = 0; i < TM_CSV_COLUMNS; i++)
        if (is_own_text(reader, reader->cells[i].text))
            reader->cells[i].text = grown + (reader->cells[i].text - reader->text);
    g_free(reader->text);
    reader->text = grown;
}

/*
 * Fields are short: a block of TM_CELL_PADDING bytes is copied at once, which libcsv's buffer
 * always holds and ours has room for.
 */
static void on_field(void *text, size_t length, void *user)
{
    Reader *reader = user;
    guint column = reader->count++;
    if (column >= TM_CSV_COLUMNS || reader->slots[column] < 0)
        return;
    char *copy = reader->text + reader->text_length;
    memcpy(copy, text, TM_CELL_PADDING);
    if (length > TM_CELL_PADDING)
        memcpy(copy, text, length);
    reader->cells[reader->slots[column]] = (TmCell){copy, length};
    reader->text_length += length;
}

/* The column of the header that has the slot; TM_CSV_COLUMNS if none has. */
static guint column_with_slot(const Reader *reader, guint slot)
{
    guint column = 0;
    while (column < TM_CSV_COLUMNS && reader->slots[column] != (gint)slot)
        column++;
    return column;
}

guint64 tm_csv_column(const TmCsvRow *row, guint slot)
{
    guint left = column_with_slot(row, slot);
    gboolean quoted = FALSE;
    if (row->later_row) /* where it begins, libcsv alone knows */
        return 0;
    for (gsize at = row->row; at < row->next && left < TM_CSV_COLUMNS; at++) {
        char byte = row->bytes->data[at];
        if (left == 0)
            return at - row->row + 1;
        if (byte == '\n')
            return 0;
        quoted ^= byte == '"';
        left -= byte == ',' && !quoted;
    }
    return 0;
}

static TmPlace row_place(const Reader *reader)
{
    return (TmPlace){.file = reader->path, .line = reader->row_line};
}

static void take_header(Reader *reader)
{
    for (guint i = 0; i < TM_CSV_COLUMNS; i++)
        reader->slots[i] = -1;
    reader->columns = reader->count;
    const TmCsvSink *sink = reader->sink;
    reader->stopped =
        !sink->header(sink->user, reader->row_line, reader->cells, reader->count, reader->slots);
    memset(reader->cells, 0, sizeof reader->cells);
}

/* Fields that a short row lacks would else be those of a row before; padding is theirs, too. */
static gboolean take_ragged(Reader *reader)
{
    static const char nothing[TM_CELL_PADDING] = "";
    const TmCsvSink *sink = reader->sink;
    if (sink->ragged == NULL || !sink->ragged(sink->user))
        return FALSE;
    for (guint column = reader->count; column < reader->columns; column++)
        if (reader->slots[column] >= 0)
            reader->cells[reader->slots[column]] = (TmCell){nothing, 0};
    return TRUE;
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
    } else if (reader->count != reader->columns && !take_ragged(reader)) {
        tm_diagnostics_report(reader->diagnostics, TM_KIND_RAGGED_ROW, &place,
            "%u fields where the header has %u", reader->count, reader->columns);
        reader->skipped++;
    } else {
        reader->sink->row(reader->sink->user, reader->row_line, reader->cells, reader);
    }
    reader->later_row = TRUE;
    reader->count = 0;
    reader->text_length = 0;
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
    reader->text_length = 0;
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
    reader->checked = 0;
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
    reader->checked -= MIN(reader->checked, reader->row);
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

static gboolean is_clean(const char *text, gsize length)
{
    return memchr(text, '\0', length) == NULL && tm_utf8_is_valid(text, length);
}

/* Checks all whole lines of the window at once; seldom one of them has to be looked at alone. */
static gboolean line_is_clean(Reader *reader, const char *text, gsize length)
{
    const TmBytes *bytes = reader->bytes;
    gsize start = (gsize)(text - bytes->data);
    if (start + length > reader->checked) {
        const char *newline = memrchr(text + length, '\n', bytes->length - start - length);
        reader->checked = newline != NULL ? (gsize)(newline + 1 - bytes->data) : start + length;
        reader->clean = is_clean(text, reader->checked - start);
    }
    return reader->clean || is_clean(text, length);
}

/* NUL bytes and broken UTF-8: the line, and the row that it belongs to, cannot be taken. */
static gboolean check_encoding(Reader *reader, const char *text, gsize length)
{
    if (line_is_clean(reader, text, length))
        return TRUE;
    const char *nul = memchr(text, '\0', length), *end = nul;
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

/* ---- Plain lines ---------------------------------------------------------------------------- */

/*
 * The end of the plain field that begins at `at`, which sets its cell: text between quotes without
 * a quote in it, or text without quotes and without blanks around it. NULL: it is not plain.
 */
static inline const char *plain_field(const char *at, TmCell *cell)
{
    gboolean quoted = *at == '"';
    const char *start = quoted ? at + 1 : at;
    const char *end = quoted ? tm_marks_find(start, '"', '"', '\n', '\n')
                             : tm_marks_find(start, ',', '\n', '"', '\r');
    *cell = (TmCell){start, (gsize)(end - start)};
    if (quoted)
        return *end == '"' ? end + 1 : NULL;
    gboolean has_blanks = end > start && (g_ascii_isspace(start[0]) || g_ascii_isspace(end[-1]));
    return *end == '"' || has_blanks ? NULL : end;
}

/*
 * Takes a line with its newline as a row if all its fields are plain. FALSE when libcsv must look
 * at it; nothing has happened then.
 */
static gboolean take_plain_line(Reader *reader, const char *text, gsize length)
{
    const char *at = text, *last = text + length - 1;
    if (*last != '\n' || length < 3)
        return FALSE;
    for (guint count = 0;; at++) {
        TmCell cell;
        at = plain_field(at, &cell);
        if (at == NULL || count == TM_CSV_COLUMNS)
            break;
        if (reader->slots[count] >= 0)
            reader->cells[reader->slots[count]] = cell;
        count++;
        if (*at == ',')
            continue;
        if (at + (*at == '\r') != last)
            break;
        reader->count = count;
        on_row(0, reader);
        return TRUE;
    }
    return FALSE;
}

static void feed_line(Reader *reader, gsize length)
{
    const char *text = reader->bytes->data + reader->next;
    reader->line++;
    if (!row_is_open(reader)) {
        reader->row = reader->next;
        reader->row_line = reader->line;
        reader->later_row = FALSE;
    }
    reader->next += length;
    reader->searched = reader->next;
    if (!check_encoding(reader, text, length))
        return;
    if (!row_is_open(reader) && take_plain_line(reader, text, length))
        return;
    reserve_text(reader);
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
    reader->line = bytes->line - 1;
    reader->text = g_malloc(TM_CELL_PADDING);
    for (guint i = 0; i < TM_CSV_COLUMNS; i++)
        reader->slots[i] = (gint)i;
    start_parser(reader);
    do {
        gsize length;
        while (!reader->stopped && (length = next_line(reader)) > 0)
            feed_line(reader, length);
    } while (!reader->stopped && !end_rows(reader));
    csv_free(&reader->parser);
    g_free(reader->text);
    return reader->skipped;
}
