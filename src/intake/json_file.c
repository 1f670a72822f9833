/* The reading loop of JSON files; see json_file.h. */
#include "json_file.h"

#include <string.h>

#include "json_paths.h"
#include "own_pages.h"
#include "recognise.h"

/*
 * Members of pages that hold the records, over all formats. No record has one at its top, but
 * LiteLLM's calls, which can hold the messages of a chat.
 */
const char *const tm_json_page_arrays[] = {"data", "day_totals", "teamMembers", "teamMemberSpend",
    "usageEvents", "usageEventsDisplay", "seats", "usageItems", "items", "users", "records",
    "summaries", "userTableStats", "metrics", "messages!request_id", "daily_usage", NULL};

/* Records looked at before a file is refused: files of clients begin with lines of any kind. */
#define MOST_TRIED 200

typedef struct JsonFile {
    TmReading *reading;
    TmJsonSplitter *splitter;
    TmJsonRecord *record;
    const TmJsonFormat *format;
    TmJsonPaths *paths;
    gpointer state;
    GString *head;     /* of a page before the format is known; empty if there is none */
    guint tried;       /* well-formed records of no known format so far */
    TmRefusal refusal; /* what the first of them is, or one that is certain */
    guint64 refusal_line;
} JsonFile;

static void report_fault(JsonFile *file, const TmJsonPiece *piece)
{
    tm_json_record_report(file->record, file->reading->path, piece, file->reading->diagnostics);
    file->reading->summary->rows_skipped++;
}

/*
 * The same for a format that reads its records itself. A line that is broken, or that holds more
 * than one object, comes again as what the splitter makes of it.
 */
static gboolean walk_freely(JsonFile *file, const TmJsonPiece *piece)
{
    gsize offset;
    gboolean read = file->format->walk(file->state, file->reading, file->record);
    if (piece->unchecked && !tm_json_record_at_end(file->record)) {
        tm_json_splitter_again(file->splitter);
        return FALSE;
    }
    if (read)
        return TRUE;
    if (tm_json_record_fault(file->record, &offset) != TM_JSON_FAULT_NONE)
        report_fault(file, piece);
    return FALSE;
}

/* Walks a record or the members of a page. FALSE when it was reported. */
static gboolean walk(JsonFile *file, const TmJsonPiece *piece, gboolean page)
{
    const char *twice = "";
    if (!tm_json_record_open(file->record, piece->text, piece->length)) {
        if (piece->unchecked)
            tm_json_splitter_again(file->splitter);
        else
            report_fault(file, piece);
        return FALSE;
    }
    if (file->format->walk != NULL && !page)
        return walk_freely(file, piece);
    guint64 dropped = file->reading->summary->dropped_content_fields;
    TmWalk result = tm_json_paths_walk(
        file->paths, page, file->record, file->format, file->state, file->reading, &twice);
    if (piece->unchecked && (result != TM_WALK_DONE || !tm_json_record_at_end(file->record))) {
        file->reading->summary->dropped_content_fields = dropped;
        tm_json_splitter_again(file->splitter);
        return FALSE;
    }
    if (result == TM_WALK_BROKEN)
        report_fault(file, piece);
    else if (result == TM_WALK_TWICE)
        tm_reading_skip(file->reading, TM_KIND_BAD_JSON, twice, "the member is there twice");
    return result == TM_WALK_DONE;
}

static void take_page(JsonFile *file, const TmJsonPiece *piece)
{
    if (file->format == NULL) {
        g_string_truncate(file->head, 0);
        if (piece->kind == TM_JSON_PAGE_HEAD)
            g_string_append_len(file->head, piece->text, (gssize)piece->length);
    } else if (walk(file, piece, TRUE) && file->format->end_page != NULL) {
        file->format->end_page(file->state, file->reading, piece->kind == TM_JSON_PAGE_TAIL);
    }
}

/* The format is known by the first record: sets it up and gives it the page's head. */
static void begin_format(JsonFile *file, const TmJsonPiece *first)
{
    const TmFormat *table = &file->format->tables[0];
    file->paths = tm_json_paths_new(table->fields, table->field_count);
    file->state = g_malloc0(file->format->state_size);
    file->reading->own = file->format->own;
    if (file->format->lines)
        tm_json_splitter_by_lines(file->splitter);
    if (file->format->grows)
        tm_json_splitter_grows(file->splitter);
    if (file->head->len == 0)
        return;
    gsize length = file->head->len;
    g_string_set_size(file->head, length + TM_BYTES_PADDING);
    TmJsonPiece head = *first;
    head.kind = TM_JSON_PAGE_HEAD;
    head.text = file->head->str;
    head.length = length;
    take_page(file, &head);
}

/*
 * FALSE when the file is of no known format: reported. A broken record decides nothing, nor do the
 * first ones that are of no format.
 */
static gboolean recognise(JsonFile *file, const TmJsonPiece *piece)
{
    if (!tm_json_record_open(file->record, piece->text, piece->length)) {
        report_fault(file, piece);
        return TRUE;
    }
    TmRefusal refusal = {0};
    file->format = tm_recognise_record(file->record, &refusal);
    if (file->format != NULL) {
        begin_format(file, piece);
        return TRUE;
    }
    if (file->tried++ == 0 || refusal.certain) {
        g_free(file->refusal.text);
        file->refusal = refusal;
        file->refusal_line = piece->line;
    } else {
        g_free(refusal.text);
    }
    return !file->refusal.certain && file->tried < MOST_TRIED;
}

/* No record was of a known format. */
static void report_refusal(JsonFile *file)
{
    TmPlace place = {.file = file->reading->path};
    const TmRefusalRow *named =
        file->refusal.certain ? NULL : tm_named_refusal(file->reading->path);
    if (!file->refusal.certain && named == NULL)
        place.line = file->refusal_line;
    tm_diagnostics_report(file->reading->diagnostics, file->refusal.kind, &place, "%s",
        named != NULL ? named->text : file->refusal.text);
}

static gboolean take_record(JsonFile *file, const TmJsonPiece *piece)
{
    file->reading->line = piece->line;
    file->reading->column = piece->column;
    if (file->format == NULL && !recognise(file, piece))
        return FALSE;
    if (file->format == NULL)
        return TRUE;
    file->format->begin_record(file->state);
    gboolean taken =
        walk(file, piece, FALSE) && file->format->end_record(file->state, file->reading);
    if (taken && file->format->walk == NULL) /* else those of an earlier page would be noted */
        tm_json_paths_note_unknown(file->paths, file->reading);
    return TRUE;
}

void tm_json_file_read(TmBytes *bytes, TmReading *reading)
{
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    const char *const *page_arrays = tm_own_page_arrays(reading->path);
    g_autoptr(TmJsonSplitter) splitter = tm_json_splitter_new(bytes, reading->path,
        page_arrays != NULL ? page_arrays : tm_json_page_arrays, reading->diagnostics);
    JsonFile file = {
        .reading = reading, .splitter = splitter, .record = record, .head = g_string_new(NULL)};
    TmJsonPiece piece;
    gboolean going = TRUE;
    guint64 pieces = 0;
    while (going && tm_json_splitter_next(splitter, &piece)) {
        pieces++;
        if (piece.kind == TM_JSON_RECORD)
            going = take_record(&file, &piece);
        else
            take_page(&file, &piece);
    }
    reading->line = reading->column = 0;
    if (file.format != NULL) {
        if (file.format->end_file != NULL)
            file.format->end_file(file.state, reading);
        if (file.format->clear != NULL)
            file.format->clear(file.state);
    } else if (file.refusal.text != NULL) {
        report_refusal(&file);
    } else if (going && pieces > 0 && reading->summary->rows_skipped == 0) {
        TmPlace place = {.file = reading->path};
        tm_diagnostics_report(reading->diagnostics, TM_KIND_EMPTY_FILE, &place,
            "a page without records, which does not mean no use");
    }
    reading->summary->rows_skipped += tm_json_splitter_skipped(splitter);
    g_string_free(file.head, TRUE);
    g_free(file.refusal.text);
    g_free(file.state);
    tm_json_paths_free(file.paths);
}
