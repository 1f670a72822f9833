/*
 * The scanner takes a block of bytes at a time and stops at brackets outside strings only. While an
 * object is scanned it begins at the front of the window, so that after a mistake its first line
 * can be dropped and the rest be read again. A mistake is: brackets that do not match, a line end
 * inside a string, an object where none may stand (the sign of a record that broke off), too much
 * depth, the end of the file.
 *
 * Reading the same bytes again costs at most TM_JSON_DEPTH passes, since each line that begins a
 * record opens at least one bracket.
 */
#include <tidemark/records.h>

#include <string.h>

#include "byte_marks.h"

G_STATIC_ASSERT(TM_MARKS_BLOCK <= TM_BYTES_PADDING);

typedef enum Place {
    PLACE_TOP,   /* between values */
    PLACE_ARRAY, /* between elements of a top-level array */
    PLACE_PAGE,  /* between elements of a page's array */
} Place;

/* How to come from a mistake to the next record. */
typedef enum Seek {
    SEEK_NOTHING,
    SEEK_IN_LINE, /* up to the line's end, or a place in it where a record begins */
    SEEK_LINE,    /* a line that begins with a record no further to the right */
    SEEK_LINE_END
} Seek;

typedef enum Outcome {
    OUTCOME_COMPLETE,
    OUTCOME_PAGE,   /* at the "[" of a page's array */
    OUTCOME_BROKEN, /* at the byte that cannot be */
    OUTCOME_MORE,   /* the window ends first */
} Outcome;

struct TmJsonSplitter {
    TmBytes *bytes;
    const char *path;
    const char *const *page_arrays;
    TmDiagnostics *diagnostics;
    guint64 skipped;
    Place place;
    gboolean page_in_array; /* where the page stands */
    gboolean in_tail;       /* what is scanned are the members behind a page's array */
    gboolean in_garbage;    /* reported; silent until the next record */
    Seek seeking;           /* after a mistake */
    guint64 column;         /* of the object that is scanned, or that had the mistake */
    gboolean at_object;     /* the mistake is at the beginning of an object */
    gboolean oversize;      /* the record is too long: scanned, not kept */
    gsize at;               /* scanned so far, from the front of the window */
    guint depth;
    guint64 arrays[TM_JSON_DEPTH / 64]; /* bit: that level is an array */
    gboolean in_string;
    gboolean escaped;               /* the next byte stands behind a backslash */
    gsize string_start, string_end; /* the last string, without quotes; it may not have ended yet */
    gsize pending;                  /* to consume before the next piece */
    gboolean grows;
    gboolean by_lines;
    guint64 line_to_scan; /* by lines: this one is cut nevertheless; 0: none */
    const char *mistake;
    GString *members; /* of a page's head or tail */
};

TmJsonSplitter *tm_json_splitter_new(
    TmBytes *bytes, const char *path, const char *const *page_arrays, TmDiagnostics *diagnostics)
{
    TmJsonSplitter *splitter = g_new0(TmJsonSplitter, 1);
    splitter->bytes = bytes;
    splitter->path = path;
    splitter->page_arrays = page_arrays;
    splitter->diagnostics = diagnostics;
    splitter->members = g_string_new(NULL);
    return splitter;
}

void tm_json_splitter_free(TmJsonSplitter *splitter)
{
    if (splitter == NULL)
        return;
    g_string_free(splitter->members, TRUE);
    g_free(splitter);
}

guint64 tm_json_splitter_skipped(const TmJsonSplitter *splitter)
{
    return splitter->skipped;
}

static void report(TmJsonSplitter *splitter, TmDiagnosticKind kind, gsize offset, const char *text)
{
    TmPlace place = {.file = splitter->path};
    guint64 first = splitter->bytes->line;
    tm_bytes_place(splitter->bytes, offset, &place.line, &place.column);
    if (place.line == first)
        tm_diagnostics_report(splitter->diagnostics, kind, &place, "%s", text);
    else
        tm_diagnostics_report(splitter->diagnostics, kind, &place,
            "%s; the record begins in line %" G_GUINT64_FORMAT, text, first);
}

/* ---- Inside an object ---------------------------------------------------------------------- */

static gboolean push(TmJsonSplitter *splitter, gboolean is_array)
{
    if (splitter->depth == TM_JSON_DEPTH) {
        splitter->mistake = "brackets are nested too deeply";
        return FALSE;
    }
    guint64 *word = &splitter->arrays[splitter->depth / 64];
    guint64 bit = G_GUINT64_CONSTANT(1) << (splitter->depth % 64);
    *word = is_array ? *word | bit : *word & ~bit;
    splitter->depth++;
    return TRUE;
}

static gboolean pop(TmJsonSplitter *splitter, gboolean is_array)
{
    splitter->depth--;
    guint64 word = splitter->arrays[splitter->depth / 64];
    if (((word >> (splitter->depth % 64)) & 1) == (guint64)is_array)
        return TRUE;
    splitter->mistake = "a closing bracket that does not match";
    return FALSE;
}

/* The last byte before `offset` that is no white space; NUL if there is none in the window. */
static char byte_before(const TmJsonSplitter *splitter, gsize offset)
{
    const char *data = splitter->bytes->data;
    while (offset > 0 && g_ascii_isspace(data[offset - 1]))
        offset--;
    return offset > 0 ? data[offset - 1] : '\0';
}

/* An object stands behind a bracket, comma or colon; elsewhere another record broke off. */
static gboolean object_may_begin(TmJsonSplitter *splitter, gsize offset)
{
    char before = byte_before(splitter, offset);
    if (offset == 0 || splitter->oversize || before == '[' || before == ',' || before == ':')
        return TRUE;
    splitter->mistake = "the record broke off before this object";
    splitter->at_object = TRUE;
    return FALSE;
}

static gsize skip_space(const char *data, gsize from, gsize end)
{
    while (from < end && g_ascii_isspace(data[from]))
        from++;
    return from;
}

/* Whether the object at the front of the window has a member of that name in its first bytes. */
static gboolean stands_before(const char *data, gsize end, const char *name)
{
    gsize length = strlen(name);
    for (const char *at = data; at < data + end; at++) {
        at = memchr(at, '"', (gsize)(data + end - at));
        if (at == NULL)
            return FALSE;
        if ((gsize)(data + end - at) > length + 1 && memcmp(at + 1, name, length) == 0 &&
            at[length + 1] == '"')
            return TRUE;
    }
    return FALSE;
}

/* Whether a member has the name that stands before the end or a "!" of `name`. */
static gboolean is_named(const char *name, const char *member, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (name[i] != member[i] || name[i] == '\0' || name[i] == '!')
            return FALSE;
    return name[length] == '\0' || name[length] == '!';
}

/* The array at `offset` is the value of a member at depth 1 that holds a page's records. */
static gboolean is_page_array(const TmJsonSplitter *splitter, gsize offset)
{
    if (splitter->depth != 1 || splitter->oversize || splitter->string_end == 0)
        return FALSE;
    const char *data = splitter->bytes->data;
    gsize colon = skip_space(data, splitter->string_end + 1, offset);
    if (colon == offset || data[colon] != ':' || skip_space(data, colon + 1, offset) != offset)
        return FALSE;
    const char *member = data + splitter->string_start;
    gsize length = splitter->string_end - splitter->string_start;
    for (const char *const *name = splitter->page_arrays; *name != NULL; name++)
        if (is_named(*name, member, length))
            return (*name)[length] == '\0' ||
                   !stands_before(data, splitter->string_start, *name + length + 1);
    return FALSE;
}

/* One bracket outside strings. FALSE when scanning ends with *outcome. */
static gboolean scan_mark(TmJsonSplitter *splitter, char mark, Outcome *outcome)
{
    gboolean fine = TRUE;
    *outcome = OUTCOME_BROKEN;
    switch (mark) {
    case '{':
        fine = object_may_begin(splitter, splitter->at) && push(splitter, FALSE);
        break;
    case '[':
        if (is_page_array(splitter, splitter->at)) {
            *outcome = OUTCOME_PAGE;
            return FALSE;
        }
        fine = push(splitter, TRUE);
        break;
    default:
        fine = pop(splitter, mark == ']');
        if (fine && splitter->depth == 0) {
            splitter->at++;
            *outcome = OUTCOME_COMPLETE;
            return FALSE;
        }
    }
    splitter->at += fine ? 1 : 0;
    return fine;
}

/* Keeps in mind the last string whose quotes are in a block that begins at `base`. */
static void note_string(TmJsonSplitter *splitter, gsize base, guint64 quotes, guint64 inside)
{
    if (quotes == 0)
        return;
    guint last = 63 - (guint)__builtin_clzll(quotes);
    guint64 before = quotes ^ (G_GUINT64_CONSTANT(1) << last);
    gboolean opens = (inside >> last & 1) != 0;
    if (opens)
        splitter->string_start = base + last + 1;
    else
        splitter->string_end = base + last;
    if (!opens && before != 0)
        splitter->string_start = base + 64 - (guint)__builtin_clzll(before);
}

/* The brackets of a block outside strings, and a line end inside one. FALSE when it ends there. */
static gboolean scan_block(
    TmJsonSplitter *splitter, const TmMarks *marks, guint64 within, Outcome *outcome)
{
    gsize base = splitter->at;
    guint length = 64 - (guint)__builtin_clzll(within);
    guint64 escaped = tm_marks_escaped(marks->backslashes & within, splitter->escaped);
    guint64 quotes = marks->quotes & within & ~escaped;
    guint64 inside = tm_marks_inside(quotes) ^ (splitter->in_string ? G_MAXUINT64 : 0);
    guint64 broken = marks->newlines & inside;
    for (guint64 left = ((marks->brackets & ~inside) | broken) & within; left != 0;
         left &= left - 1) {
        guint64 below = (left & -left) - 1;
        splitter->at = base + (guint)__builtin_ctzll(left);
        char mark = splitter->bytes->data[splitter->at];
        splitter->in_string = mark == '\n';
        if (splitter->in_string) {
            splitter->mistake = "a string that does not end in its line";
            *outcome = OUTCOME_BROKEN;
            return FALSE;
        }
        if (mark == '[')
            note_string(splitter, base, quotes & below, inside);
        if (!scan_mark(splitter, mark, outcome))
            return FALSE;
    }
    note_string(splitter, base, quotes, inside);
    splitter->in_string = (inside >> (length - 1) & 1) != 0;
    splitter->escaped =
        (marks->backslashes >> (length - 1) & 1) != 0 && (escaped >> (length - 1) & 1) == 0;
    splitter->at = base + length;
    return TRUE;
}

static Outcome scan(TmJsonSplitter *splitter)
{
    const TmBytes *bytes = splitter->bytes;
    Outcome outcome = OUTCOME_MORE;
    while (splitter->at < bytes->length) {
        gsize left = bytes->length - splitter->at;
        guint64 within = left < TM_MARKS_BLOCK ? (G_GUINT64_CONSTANT(1) << left) - 1 : G_MAXUINT64;
        TmMarks marks = tm_marks_of(bytes->data + splitter->at);
        if (!scan_block(splitter, &marks, within, &outcome))
            return outcome;
    }
    return OUTCOME_MORE;
}

static void begin_object(TmJsonSplitter *splitter)
{
    splitter->at = 0;
    splitter->depth = 0;
    splitter->in_string = splitter->escaped = FALSE;
    splitter->string_start = splitter->string_end = 0;
    splitter->column = splitter->bytes->column;
    splitter->at_object = FALSE;
}

/* ---- Mistakes ------------------------------------------------------------------------------ */

/* After a page or what stood for one. */
static void leave_page(TmJsonSplitter *splitter)
{
    splitter->place = splitter->page_in_array ? PLACE_ARRAY : PLACE_TOP;
    splitter->in_tail = FALSE;
}

/*
 * Gives up the object at the front: its first line, or, when it has the line to itself so far, all
 * up to the mistake. Where the next record begins is then sought by lines and indentation, so that
 * the inner objects of a record that broke off are not taken for records.
 */
static void give_up(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    gsize scanned = MIN(splitter->at, bytes->length);
    const char *newline = memchr(bytes->data, '\n', MIN(scanned + 1, bytes->length));
    if (!splitter->oversize)
        splitter->skipped++;
    if (splitter->in_tail)
        leave_page(splitter);
    splitter->depth = 0;
    splitter->in_garbage = TRUE;
    splitter->oversize = FALSE;
    if (newline != NULL) {
        splitter->seeking = SEEK_LINE;
        tm_bytes_consume(bytes, (gsize)(newline + 1 - bytes->data));
    } else {
        splitter->seeking = splitter->at_object ? SEEK_NOTHING : SEEK_IN_LINE;
        tm_bytes_consume(bytes, scanned);
    }
}

/* The object at the front of the window is the last line of a file that is still being written. */
static gboolean is_unfinished_line(const TmJsonSplitter *splitter)
{
    const TmBytes *bytes = splitter->bytes;
    return splitter->grows && splitter->place == PLACE_TOP && !splitter->oversize &&
           !bytes->compressed && bytes->failure == TM_BYTES_FINE && splitter->column == 1 &&
           memchr(bytes->data, '\n', bytes->length) == NULL;
}

static void give_up_at_end(TmJsonSplitter *splitter)
{
    splitter->at = splitter->bytes->length;
    if (is_unfinished_line(splitter)) {
        report(splitter, TM_KIND_UNFINISHED_LINE, 0, "the last line is not complete yet");
        tm_bytes_consume(splitter->bytes, splitter->at);
        return;
    }
    report(splitter, TM_KIND_TRUNCATED_FILE, 0, "the file ends inside this record");
    give_up(splitter);
}

/* Behind the brace at `at` another record begins: "}{", in arrays "},{". MORE when undecided. */
static Outcome object_follows(const TmJsonSplitter *splitter, gsize at)
{
    const TmBytes *bytes = splitter->bytes;
    for (at++; at < bytes->length; at++) {
        char byte = bytes->data[at];
        if (byte == '{')
            return OUTCOME_COMPLETE;
        if (byte != ' ' && (byte != ',' || splitter->place == PLACE_TOP))
            return OUTCOME_BROKEN;
    }
    return bytes->length < TM_RECORD_LIMIT ? OUTCOME_MORE : OUTCOME_BROKEN;
}

/* FALSE when the window was used up. */
static gboolean seek_in_line(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    for (gsize at = 0; at < bytes->length; at++) {
        char byte = bytes->data[at];
        Outcome follows = byte == '}' ? object_follows(splitter, at) : OUTCOME_BROKEN;
        if (byte == '\n' || follows == OUTCOME_COMPLETE) {
            splitter->seeking = byte == '\n' ? SEEK_LINE : SEEK_NOTHING;
            tm_bytes_consume(bytes, at + 1);
            return TRUE;
        }
        if (follows == OUTCOME_MORE) {
            tm_bytes_consume(bytes, at);
            return FALSE;
        }
    }
    tm_bytes_consume(bytes, bytes->length);
    return FALSE;
}

static gboolean seek_line_end(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    const char *newline = memchr(bytes->data, '\n', bytes->length);
    if (newline != NULL)
        splitter->seeking = SEEK_LINE;
    tm_bytes_consume(bytes, newline != NULL ? (gsize)(newline + 1 - bytes->data) : bytes->length);
    return newline != NULL;
}

static gboolean seek_line(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    gsize blank = 0;
    while (blank < bytes->length && strchr(" \t\r,", bytes->data[blank]) != NULL &&
           bytes->data[blank] != '\0')
        blank++;
    tm_bytes_consume(bytes, blank);
    if (bytes->length == 0)
        return FALSE;
    char byte = bytes->data[0];
    gboolean begins = byte == '{' || (byte == ']' && splitter->place != PLACE_TOP);
    splitter->seeking = begins && bytes->column <= splitter->column ? SEEK_NOTHING : SEEK_LINE_END;
    return TRUE;
}

/* Drops what follows a mistake. FALSE at the end of the file. */
static gboolean seek(TmJsonSplitter *splitter)
{
    while (splitter->seeking != SEEK_NOTHING) {
        gboolean going = splitter->seeking == SEEK_IN_LINE ? seek_in_line(splitter)
                         : splitter->seeking == SEEK_LINE  ? seek_line(splitter)
                                                           : seek_line_end(splitter);
        if (!going && !tm_bytes_more(splitter->bytes))
            return FALSE;
    }
    return TRUE;
}

/* ---- Between objects ----------------------------------------------------------------------- */

static void skip_garbage(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    if (bytes->length >= 4 && memcmp(bytes->data, "null", 4) == 0) {
        tm_bytes_consume(bytes, 4);
        return;
    }
    if (!splitter->in_garbage) {
        report(splitter, TM_KIND_BAD_JSON, 0, "something else where an object should begin");
        splitter->skipped++;
        splitter->in_garbage = TRUE;
    }
    gsize count = 1;
    while (count < bytes->length && strchr("{[],\n", bytes->data[count]) == NULL)
        count++;
    tm_bytes_consume(bytes, count);
}

/* Takes one byte that is not inside an object. FALSE when it begins one. */
static gboolean step_between(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    char byte = bytes->data[0];
    if (byte == '{') {
        begin_object(splitter);
        return FALSE;
    }
    if (byte == '[' && splitter->place == PLACE_TOP) {
        splitter->place = PLACE_ARRAY;
        tm_bytes_consume(bytes, 1);
    } else if (byte == ']' && splitter->place == PLACE_ARRAY) {
        splitter->place = PLACE_TOP;
        tm_bytes_consume(bytes, 1);
    } else if (byte == ']' && splitter->place == PLACE_PAGE) {
        tm_bytes_consume(bytes, 1);
        begin_object(splitter);
        push(splitter, FALSE);
        splitter->in_tail = TRUE;
        return FALSE;
    } else if (g_ascii_isspace(byte) || byte == ',') {
        gsize blank = 1;
        while (blank < bytes->length &&
               (g_ascii_isspace(bytes->data[blank]) || bytes->data[blank] == ','))
            blank++;
        tm_bytes_consume(bytes, blank);
    } else {
        skip_garbage(splitter);
    }
    return TRUE;
}

/* Comes to the beginning of the next object, or of a page's tail. FALSE at the end of the file. */
static gboolean find_object(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    for (;;) {
        if (!seek(splitter))
            return FALSE;
        /* four bytes tell a null from other garbage */
        while (bytes->length < 4 && tm_bytes_more(bytes))
            ;
        if (bytes->length == 0)
            break;
        if (!step_between(splitter))
            return TRUE;
    }
    if (splitter->place != PLACE_TOP && bytes->failure == TM_BYTES_FINE)
        report(splitter, TM_KIND_TRUNCATED_FILE, 0,
            "the file ends inside an array: records may be missing");
    return FALSE;
}

/* ---- Pieces -------------------------------------------------------------------------------- */

static void set_piece(TmJsonSplitter *splitter, TmJsonPiece *piece, TmJsonPieceKind kind,
    const char *text, gsize length)
{
    piece->kind = kind;
    piece->text = text;
    piece->length = length;
    piece->line = splitter->bytes->line;
    piece->column = splitter->bytes->column;
    piece->unchecked = FALSE;
}

/* Puts members [0, end) of the window into an object of their own. */
static void wrap_members(
    TmJsonSplitter *splitter, TmJsonPiece *piece, TmJsonPieceKind kind, gsize end)
{
    const char *data = splitter->bytes->data;
    gsize from = splitter->in_tail ? 0 : 1; /* behind the brace */
    while (from < end && (g_ascii_isspace(data[from]) || data[from] == ','))
        from++;
    while (end > from && (g_ascii_isspace(data[end - 1]) || data[end - 1] == ','))
        end--;
    GString *members = splitter->members;
    g_string_assign(members, "{");
    g_string_append_len(members, data + from, (gssize)(end - from));
    g_string_append_c(members, '}');
    gsize length = members->len;
    g_string_set_size(members, length + TM_BYTES_PADDING);
    set_piece(splitter, piece, kind, members->str, length);
}

static void begin_page(TmJsonSplitter *splitter, TmJsonPiece *piece)
{
    wrap_members(splitter, piece, TM_JSON_PAGE_HEAD, splitter->string_start - 1);
    if (splitter->place != PLACE_PAGE)
        splitter->page_in_array = splitter->place == PLACE_ARRAY;
    splitter->place = PLACE_PAGE;
    splitter->in_tail = FALSE;
    splitter->pending = splitter->at + 1;
}

/* TRUE when there is a piece; FALSE when the object was too long to be one. */
static gboolean end_object(TmJsonSplitter *splitter, TmJsonPiece *piece)
{
    gboolean kept = !splitter->oversize;
    splitter->pending = splitter->at;
    splitter->oversize = FALSE;
    if (splitter->in_tail) {
        if (kept)
            wrap_members(splitter, piece, TM_JSON_PAGE_TAIL, splitter->at - 1);
        leave_page(splitter);
    } else if (kept) {
        set_piece(splitter, piece, TM_JSON_RECORD, splitter->bytes->data, splitter->at);
    }
    return kept;
}

/* Extends the window. FALSE at the end of the file. */
static gboolean read_more(TmJsonSplitter *splitter)
{
    TmBytes *bytes = splitter->bytes;
    if (splitter->at >= TM_RECORD_LIMIT && !splitter->oversize) {
        report(splitter, TM_KIND_TOO_LONG, 0, "the record is longer than 16 MiB");
        splitter->skipped++;
        splitter->oversize = TRUE;
    }
    if (splitter->oversize) {
        tm_bytes_consume(bytes, splitter->at);
        splitter->at = 0;
    }
    return tm_bytes_more(bytes);
}

void tm_json_splitter_grows(TmJsonSplitter *splitter)
{
    splitter->grows = TRUE;
}

/* ---- By lines ------------------------------------------------------------------------------ */

void tm_json_splitter_by_lines(TmJsonSplitter *splitter)
{
    splitter->by_lines = TRUE;
}

void tm_json_splitter_again(TmJsonSplitter *splitter)
{
    splitter->pending = 0;
    splitter->line_to_scan = splitter->bytes->line;
}

static gboolean takes_lines(const TmJsonSplitter *splitter)
{
    return splitter->by_lines && splitter->place == PLACE_TOP && !splitter->in_garbage &&
           splitter->bytes->line != splitter->line_to_scan;
}

/* Where the line at the front ends; FALSE if it is too long to be held. */
static gboolean find_line_end(TmJsonSplitter *splitter, gsize *end)
{
    TmBytes *bytes = splitter->bytes;
    for (gsize searched = 0;;) {
        const char *newline = memchr(bytes->data + searched, '\n', bytes->length - searched);
        *end = newline != NULL ? (gsize)(newline - bytes->data) : bytes->length;
        if (newline != NULL)
            return TRUE;
        searched = bytes->length;
        if (searched >= TM_RECORD_LIMIT)
            return FALSE;
        if (!tm_bytes_more(bytes))
            return TRUE;
    }
}

/*
 * The line at the front as a record. FALSE when it cannot be one by itself; its end is not looked
 * for again at each object that it holds.
 */
static gboolean take_line(TmJsonSplitter *splitter, TmJsonPiece *piece)
{
    gsize end;
    splitter->line_to_scan = splitter->bytes->line;
    if (!find_line_end(splitter, &end))
        return FALSE;
    while (end > 0 && g_ascii_isspace(splitter->bytes->data[end - 1]))
        end--;
    if (splitter->bytes->data[end - 1] != '}')
        return FALSE;
    set_piece(splitter, piece, TM_JSON_RECORD, splitter->bytes->data, end);
    piece->unchecked = TRUE;
    splitter->pending = end;
    return TRUE;
}

gboolean tm_json_splitter_next(TmJsonSplitter *splitter, TmJsonPiece *piece)
{
    tm_bytes_consume(splitter->bytes, splitter->pending);
    splitter->pending = 0;
    gboolean inside = FALSE;
    while (inside || find_object(splitter)) {
        if (!inside && takes_lines(splitter) && take_line(splitter, piece))
            return TRUE;
        Outcome outcome = scan(splitter);
        inside = outcome == OUTCOME_MORE && read_more(splitter);
        if (inside)
            continue;
        if (outcome == OUTCOME_PAGE) {
            begin_page(splitter, piece);
            splitter->in_garbage = FALSE;
            return TRUE;
        }
        if (outcome == OUTCOME_COMPLETE) {
            splitter->in_garbage = FALSE;
            if (end_object(splitter, piece))
                return TRUE;
            tm_bytes_consume(splitter->bytes, splitter->pending);
            splitter->pending = 0;
        } else if (outcome == OUTCOME_BROKEN) {
            report(splitter, TM_KIND_BAD_JSON, splitter->at, splitter->mistake);
            give_up(splitter);
        } else {
            give_up_at_end(splitter);
        }
    }
    return FALSE;
}
