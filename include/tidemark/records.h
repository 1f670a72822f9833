/*
 * records: files cut into records, whatever they mean.
 *
 *   bytes        a file as a window of bytes, plain or gzip, hashed while it is read
 *   cell         a slice of text as it stands in a file
 *   csv          rows of a CSV file, by libcsv in strict mode
 *   json split   a file of JSON cut into objects, over a bounded window
 *   json record  a pull reader over one object, the only door to simdjson
 *   keys         hashes that tell whether two records are the same
 *
 * Memory does not grow with the file: one window and one record of at most TM_RECORD_LIMIT bytes
 * are held. What cannot be cut is reported with file, line and column, and reading goes on.
 */
#ifndef TIDEMARK_RECORDS_H
#define TIDEMARK_RECORDS_H

#include <string.h>

#include <tidemark/base.h>

G_BEGIN_DECLS

/* ---- Bytes ----------------------------------------------------------------------------------- */

/*
 * A file as a window of bytes, plain or gzip, hashed while it is read.
 *
 *   tm_bytes_open() or tm_bytes_new() → { use data and length; tm_bytes_consume(); tm_bytes_more()
 * } → tm_bytes_finish() → tm_bytes_free()
 *
 * The window holds what was read and not yet consumed. tm_bytes_more() appends to it and may move
 * it; whoever reads decides how large it may become, by not asking for more. Behind the window
 * TM_BYTES_PADDING bytes may be read (never used), as SIMD readers want it.
 */

#define TM_BYTES_CHUNK (64 * 1024)
#define TM_BYTES_PADDING 64

/* The longest record of any format; the window never grows much beyond it. */
#define TM_RECORD_LIMIT (16 * 1024 * 1024)

/*
 * A gzip file is taken for a bomb when it unfolds to more than both: text of exports shrinks to
 * a tenth or a thirtieth, never to a two-hundredth.
 */
#define TM_GZIP_LARGEST (G_GUINT64_CONSTANT(1) << 30)
#define TM_GZIP_RATIO 200

typedef enum TmBytesFailure {
    TM_BYTES_FINE,
    TM_BYTES_READ_ERROR,
    TM_BYTES_TRUNCATED, /* the gzip stream ends too early */
    TM_BYTES_CORRUPT,   /* the gzip stream is damaged */
    TM_BYTES_BOMB,
} TmBytesFailure;

typedef struct TmBytes {
    const char *data; /* the window; owned */
    gsize length;
    guint64 line;   /* of data[0], from 1 */
    guint64 column; /* of data[0], from 1 */
    gboolean compressed;
    TmBytesFailure failure; /* why tm_bytes_more() ended early */
    struct TmBytesPrivate *hidden;
} TmBytes;

/* Opens a regular file. NULL with an error of G_FILE_ERROR. */
TmBytes *tm_bytes_open(const char *path, GError **error);

/* Takes over a descriptor; reads `chunk` bytes at a time (1 makes every boundary a test). */
TmBytes *tm_bytes_new(int descriptor, gsize chunk);

/* Appends to the window. FALSE at the end of the file and on failure: then nothing was added. */
gboolean tm_bytes_more(TmBytes *bytes);

/* Drops bytes from the front of the window and keeps count of lines. */
void tm_bytes_consume(TmBytes *bytes, gsize count);

/* Line and column of a byte of the window. */
void tm_bytes_place(const TmBytes *bytes, gsize offset, guint64 *line, guint64 *column);

/* Reads what is left, only to hash it. Size and SHA-256 of the bytes as stored. */
void tm_bytes_finish(TmBytes *bytes, guint64 *size, guint8 sha256[32]);

/* When the file last changed, in seconds since 1970; 0 for what is no file. */
gint64 tm_bytes_modified(const TmBytes *bytes);

void tm_bytes_free(TmBytes *bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmBytes, tm_bytes_free)

/* What a file is, told by its first bytes. */
typedef enum TmFileKind {
    TM_FILE_EMPTY, /* nothing, or only white space, "", null or empty brackets */
    TM_FILE_CSV,   /* text that is not JSON */
    TM_FILE_JSON,
    TM_FILE_REFUSED, /* known not to be text that we read; reported */
} TmFileKind;

/*
 * Looks at the beginning of a file. Fills the window as far as needed, consumes a byte order mark
 * and blanks in front.
 */
TmFileKind tm_bytes_recognise(TmBytes *bytes, const char *path, TmDiagnostics *diagnostics);

/* Reports why reading ended early, if it did. */
void tm_bytes_report_failure(const TmBytes *bytes, const char *path, TmDiagnostics *diagnostics);

/*
 * The first and the last date in a file's name (YYYY-MM-DD or YYYYMMDD), for exports that do not
 * say their days inside; TM_DAY_NONE without any.
 */
void tm_path_days(const char *path, TmDay *first, TmDay *last);

/* ---- Cells ----------------------------------------------------------------------------------- */

/*
 * A slice of text as it stands in a file, not ended by NUL. Small functions that run for each
 * cell of each row, hence inline.
 */

typedef struct TmCell {
    const char *text; /* NULL: the file has no such column */
    gsize length;
} TmCell;

/* Bytes behind the text of a CSV cell that may be read (never used). */
#define TM_CELL_PADDING 32

/* Without blanks around it. */
static inline TmCell tm_cell_trim(TmCell cell)
{
    while (cell.length > 0 && g_ascii_isspace(cell.text[0])) {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && g_ascii_isspace(cell.text[cell.length - 1]))
        cell.length--;
    return cell;
}

/* g_ascii_tolower() is a call. */
static inline char tm_ascii_lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter | 0x20) : letter;
}

/* Bytes at the front of the cell that are those of the text, ASCII case folded. */
static inline gsize tm_cell_agreement(TmCell cell, const char *text)
{
    gsize at = 0;
    while (at < cell.length && text[at] != '\0' &&
           tm_ascii_lower(cell.text[at]) == tm_ascii_lower(text[at]))
        at++;
    return at;
}

/* ASCII case folded. */
static inline gboolean tm_cell_begins(TmCell cell, const char *text)
{
    return text[tm_cell_agreement(cell, text)] == '\0';
}

static inline gboolean tm_cell_equals(TmCell cell, const char *text)
{
    gsize same = tm_cell_agreement(cell, text);
    return same == cell.length && text[same] == '\0';
}

static inline gboolean tm_cell_contains(TmCell cell, const char *text)
{
    for (; cell.length > 0; cell.text++, cell.length--)
        if (tm_cell_begins(cell, text))
            return TRUE;
    return FALSE;
}

/*
 * The value of a CSV cell of one to eight digits; FALSE for anything else. No branch depends on the
 * number of digits, which differs from cell to cell.
 */
static inline gboolean tm_cell_short_number(TmCell cell, gint64 *value)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
    guint64 word;
    if (cell.length - 1 >= sizeof word)
        return FALSE;
    memcpy(&word, cell.text, sizeof word);
    guint64 blank = 8 * (sizeof word - cell.length);
    word = (GUINT64_FROM_LE(word) ^ (ones * '0')) << blank; /* digits to the end, zeros before */
    if (((word | (word + ones * (0x7f - 9))) & (ones << 7)) != 0)
        return FALSE;
    /* neighbours become numbers of two, then four, then eight digits */
    word = (word * 10 + (word >> 8)) & G_GUINT64_CONSTANT(0x00ff00ff00ff00ff);
    word = (word * 100 + (word >> 16)) & G_GUINT64_CONSTANT(0x0000ffff0000ffff);
    word = (word * 10000 + (word >> 32)) & G_GUINT64_CONSTANT(0xffffffff);
    *value = (gint64)word;
    return TRUE;
}

/* The same bytes. */
static inline gboolean tm_cell_same(TmCell a, TmCell b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.text, b.text, a.length) == 0);
}

/* Digits with or without a sign: what cannot be read as a number then is too large, not malformed.
 */
static inline gboolean tm_is_digits(const char *text, gsize length)
{
    gsize sign = length > 1 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    for (gsize i = sign; i < length; i++)
        if (!g_ascii_isdigit(text[i]))
            return FALSE;
    return length > 0;
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/*
 * Rows of a CSV file, as libcsv reads them in strict mode. Only lines of plain fields are taken
 * without it.
 *
 * libcsv is fed one physical line at a time, so that an error has an exact line and column. A row
 * that cannot be read is reported and skipped, and reading goes on at the line after the one in
 * which the row began: an open quote costs one row, not the rest of the file.
 */

#define TM_CSV_SLOTS 64     /* columns that one format may ask for */
#define TM_CSV_COLUMNS 2048 /* a header with more is none */

/* The row that is being handed over. */
typedef struct TmCsvRow TmCsvRow;

typedef struct TmCsvSink {
    /*
     * The first row. Gives each column the slot under which row() finds it, or -1. FALSE stops
     * reading.
     */
    gboolean (*header)(gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots);
    /* Each other row: cells by slot. */
    void (*row)(gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row);
    /*
     * Whether a row is taken that has another number of fields than the header: fields that it
     * lacks are empty, those beyond the header are dropped. NULL: no such row is taken.
     */
    gboolean (*ragged)(gpointer user);
    gpointer user;
} TmCsvSink;

/*
 * Where the field of a slot begins in the row's first line, from 1; 0 when the row lacks it or it
 * stands on a later line. Looked for anew each time: for messages only.
 */
guint64 tm_csv_column(const TmCsvRow *row, guint slot);

/*
 * Reads all rows. Returns how many were reported and skipped here. Cells live during a call;
 * TM_CELL_PADDING bytes behind the text of a row's cell may be read.
 */
guint64 tm_csv_read(
    TmBytes *bytes, const char *path, const TmCsvSink *sink, TmDiagnostics *diagnostics);

/* ---- JSON, cut ------------------------------------------------------------------------------- */

/*
 * Cuts a file of JSON into records, over a bounded window.
 *
 * Taken are objects one per line, one after another, in an array, and inside pages: objects with a
 * member of one of the given names that is an array. Elements of such an array come one by one, so
 * that memory does not grow with the page; the page's other members come as small objects before
 * and behind them.
 *
 * The splitter only balances brackets outside strings. What does not balance is reported, and
 * reading goes on at the line after the one in which the record began (without lines: at the next
 * place where a record can begin).
 */

#define TM_JSON_DEPTH 128 /* brackets inside one another */

typedef enum TmJsonPieceKind {
    TM_JSON_RECORD,
    TM_JSON_PAGE_HEAD, /* members of a page before its records, as an object */
    TM_JSON_PAGE_TAIL, /* members behind them */
} TmJsonPieceKind;

/* One object; TM_BYTES_PADDING bytes behind it are readable. Valid until the next call. */
typedef struct TmJsonPiece {
    TmJsonPieceKind kind;
    const char *text;
    gsize length;
    guint64 line, column; /* where it begins */
    gboolean unchecked;   /* a line taken whole: see tm_json_splitter_by_lines() */
} TmJsonPiece;

typedef struct TmJsonSplitter TmJsonSplitter;

/*
 * `page_arrays` names the members, ended by NULL, whose elements are records when the value is an
 * array; "name!other": unless a member called `other` stands before it. It is borrowed, as is the
 * rest.
 */
TmJsonSplitter *tm_json_splitter_new(
    TmBytes *bytes, const char *path, const char *const *page_arrays, TmDiagnostics *diagnostics);
void tm_json_splitter_free(TmJsonSplitter *splitter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmJsonSplitter, tm_json_splitter_free)

/* The next piece; FALSE at the end. */
gboolean tm_json_splitter_next(TmJsonSplitter *splitter, TmJsonPiece *piece);

/*
 * The file is known to have one object in each line: lines that begin and end with a brace come as
 * they are, without a look at what is between. Whoever reads them must ask
 * tm_json_record_at_end() afterwards, and tm_json_splitter_again() for a line that is broken or
 * holds something behind its object: it is then cut like any other text.
 */
void tm_json_splitter_by_lines(TmJsonSplitter *splitter);
void tm_json_splitter_again(TmJsonSplitter *splitter);

/*
 * The file is one to which a client appends lines: an object that begins the last line and does not
 * end is still being written. It is noted, and not counted as left out.
 */
void tm_json_splitter_grows(TmJsonSplitter *splitter);

/* How many records were reported and left out. */
guint64 tm_json_splitter_skipped(const TmJsonSplitter *splitter);

/* ---- JSON, read ------------------------------------------------------------------------------ */

/*
 * Pull reader over one JSON object, and the only door to simdjson.
 *
 *   tm_json_record_open() → inside the object; then tm_json_record_next() for each member:
 *   key, kind, and its value; or tm_json_record_enter(), and next() runs over the inner members or
 *   elements until it returns FALSE, after which it goes on outside.
 *
 * Values that are not asked for are skipped at the speed of the structural scan and not checked
 * further. UTF-8, quotes and control characters are checked in the whole record. Text stays valid
 * until the next open. A member's value can be asked for once.
 *
 * Numbers are handed out as their text, so that money never passes through a float.
 */

/* Objects and arrays inside one another that can be entered. */
#define TM_JSON_LEVELS 16

typedef enum TmJsonKind {
    TM_JSON_NULL,
    TM_JSON_BOOLEAN,
    TM_JSON_NUMBER,
    TM_JSON_STRING,
    TM_JSON_OBJECT,
    TM_JSON_ARRAY,
    TM_JSON_BROKEN, /* no value; the record has failed */
} TmJsonKind;

typedef struct TmJsonValue {
    TmJsonKind kind;
    const char *text; /* of a string, unescaped; of a number, as written; not ended by NUL */
    gsize length;
    gboolean truth; /* of a boolean */
} TmJsonValue;

typedef enum TmJsonFault {
    TM_JSON_FAULT_NONE,
    TM_JSON_FAULT_UTF8,
    TM_JSON_FAULT_STRING, /* a bad escape, or half of a surrogate pair */
    TM_JSON_FAULT_SYNTAX,
} TmJsonFault;

typedef struct TmJsonRecord TmJsonRecord;

TmJsonRecord *tm_json_record_new(void);
void tm_json_record_free(TmJsonRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmJsonRecord, tm_json_record_free)

/* Begins an object. Behind `text`, TM_BYTES_PADDING bytes must be readable. FALSE if it failed. */
gboolean tm_json_record_open(TmJsonRecord *record, const char *text, gsize length);

/* To the next member or element; FALSE behind the last one, and when the record has failed. */
gboolean tm_json_record_next(TmJsonRecord *record);

/* The member's key, as written between its quotes. */
const char *tm_json_record_key(const TmJsonRecord *record, gsize *length);

/* Whether that is the member's key; quicker than to ask for it and compare. No quote in the name.
 */
gboolean tm_json_record_has_key(const TmJsonRecord *record, const char *name, gsize length);

/* What the current value is, and what it holds if it is a scalar. */
void tm_json_record_value(TmJsonRecord *record, TmJsonValue *value);

/* What the current value is, without asking for it: it may still be skipped unread. */
TmJsonKind tm_json_record_kind(TmJsonRecord *record);

/* Whether the current value is a string that begins so, as written. It stays unread. */
gboolean tm_json_record_begins(TmJsonRecord *record, const char *text);

/* Goes into the current value, an object or an array. */
gboolean tm_json_record_enter(TmJsonRecord *record);

/*
 * Goes back into the object or array whose end tm_json_record_next() has just told, to run over it
 * once more: for members that cannot be understood before others that stand behind them. A string
 * must not be asked for in both runs. Not for the record's outermost object.
 */
gboolean tm_json_record_again(TmJsonRecord *record);

/* The opened object was read to its end, and only white space follows. */
gboolean tm_json_record_at_end(TmJsonRecord *record);

/* Why the record failed, and at which byte of it. */
TmJsonFault tm_json_record_fault(const TmJsonRecord *record, gsize *offset);

/* Reports the fault of a record cut from the file at `path`; FALSE if there is none. */
gboolean tm_json_record_report(const TmJsonRecord *record, const char *path,
    const TmJsonPiece *piece, TmDiagnostics *diagnostics);

/* All of the text is UTF-8. */
gboolean tm_utf8_is_valid(const char *text, gsize length);

/* ---- Record keys ----------------------------------------------------------------------------- */

/*
 * Hash of the fields that make a record key: eight bytes at a time, each field ended by its length.
 * It is stored in ledgers: the result for given fields must never change.
 */
typedef guint64 TmKeyHash;
#define TM_KEY_START G_GUINT64_CONSTANT(0xcbf29ce484222325)
TmKeyHash tm_key_text(TmKeyHash hash, const char *text, gsize length);
TmKeyHash tm_key_lower(TmKeyHash hash, const char *text, gsize length); /* ASCII case folded */
TmKeyHash tm_key_integer(TmKeyHash hash, gint64 value);
guint64 tm_key_end(TmKeyHash hash);

G_END_DECLS

#endif
