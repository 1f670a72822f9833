/*
 * tm_intake_read(): opens a file, finds out what it is, and lets the reader of that kind hand its
 * records to the format.
 */
#include <tidemark/intake.h>
#include <tidemark/records.h>

#include "json_file.h"
#include "reading.h"
#include "recognise.h"

#define MILLISECONDS_PER_SECOND 1000
#define MILLISECONDS_PER_DAY G_GINT64_CONSTANT(86400000)

static void report_file(TmReading *reading, TmDiagnosticKind kind, const char *text)
{
    TmPlace place = {.file = reading->path};
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", text);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

typedef struct CsvFile {
    TmReading *reading;
    const TmCsvFormat *format;
    gpointer state;
    guint64 content;     /* columns that are dropped unread */
    const TmCsvRow *row; /* being read */
} CsvFile;

/* Slots of a CSV format are places in its field table. */
static guint64 locate_field(gconstpointer user, const char *field)
{
    const CsvFile *file = user;
    const TmFormat *format = &file->format->tables[0];
    for (guint slot = 0; slot < format->field_count; slot++)
        if (g_str_equal(tm_field_name(&format->fields[slot]), field))
            return tm_csv_column(file->row, slot);
    return 0;
}

static guint64 count_content(const TmFormat *format, guint64 present)
{
    guint64 count = 0;
    for (guint field = 0; field < format->field_count; field++)
        count += format->fields[field].use == TM_FIELD_CONTENT && (present >> field & 1) != 0;
    return count;
}

static gboolean take_header(
    gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots)
{
    CsvFile *file = user;
    guint64 present;
    file->reading->line = line;
    file->format = tm_recognise_header(file->reading, cells, count, slots, &present);
    if (file->format == NULL)
        return FALSE;
    file->state = g_malloc0(file->format->state_size);
    file->content = count_content(&file->format->tables[0], present);
    file->reading->own = file->format->own;
    for (guint i = 0; i < count; i++)
        if (slots[i] >= (gint)file->format->tables[0].field_count)
            file->format->open_column(file->state, (guint)slots[i], tm_cell_trim(cells[i]));
    file->format->open(file->state, file->reading, present);
    return TRUE;
}

static void take_row(gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row)
{
    CsvFile *file = user;
    file->reading->line = line;
    file->row = row;
    file->reading->locate = locate_field;
    file->reading->locate_user = file;
    file->reading->summary->dropped_content_fields += file->content;
    file->format->row(file->state, file->reading, cells);
    file->reading->locate = NULL;
}

static void read_csv(TmBytes *bytes, TmReading *reading)
{
    CsvFile file = {.reading = reading};
    TmCsvSink sink = {.header = take_header, .row = take_row, .user = &file};
    reading->summary->rows_skipped +=
        tm_csv_read(bytes, reading->path, &sink, reading->diagnostics);
    reading->line = reading->column = 0;
    if (file.format != NULL && file.format->end_file != NULL)
        file.format->end_file(file.state, reading);
    if (file.format != NULL && file.format->clear != NULL)
        file.format->clear(file.state);
    g_free(file.state);
}

/* ---- The file ------------------------------------------------------------------------------ */

static void rank_export(const TmReading *reading, TmFileSummary *summary)
{
    TmDay first, named;
    tm_path_days(reading->path, &first, &named);
    if (summary->exported != TM_INSTANT_NONE)
        return;
    summary->exported = named != TM_DAY_NONE ? named * MILLISECONDS_PER_DAY
                                             : summary->modified * MILLISECONDS_PER_SECOND;
}

static guint64 count_messages(const TmDiagnostics *diagnostics)
{
    guint64 count = 0;
    for (int severity = TM_SEVERITY_NOTE; severity <= TM_SEVERITY_INTERNAL; severity++)
        count += tm_diagnostics_count_severity(diagnostics, (TmSeverity)severity);
    return count;
}

/* What nothing came of is never passed over in silence. */
static void report_emptiness(TmReading *reading, TmFileKind kind, guint64 messages_before)
{
    const TmFileSummary *summary = reading->summary;
    gboolean nothing =
        summary->rows_taken + summary->rows_skipped + summary->rows_outside + summary->seats == 0;
    gboolean silent = count_messages(reading->diagnostics) == messages_before;
    if (kind == TM_FILE_EMPTY)
        report_file(reading, TM_KIND_EMPTY_FILE, "nothing in it");
    else if (nothing && (summary->format != NULL || silent))
        report_file(reading, TM_KIND_EMPTY_FILE, "no rows in it, which does not mean no use");
}

static void read_content(TmBytes *bytes, TmReading *reading)
{
    guint64 messages_before = count_messages(reading->diagnostics);
    TmFileKind kind = tm_bytes_recognise(bytes, reading->path, reading->diagnostics);
    gboolean is_text = kind == TM_FILE_CSV || kind == TM_FILE_JSON;
    if (is_text && tm_recognise_text_before_json(bytes, reading))
        kind = TM_FILE_JSON;
    if (kind == TM_FILE_CSV)
        read_csv(bytes, reading);
    else if (kind == TM_FILE_JSON)
        tm_json_file_read(bytes, reading);
    if (bytes->failure == TM_BYTES_FINE)
        report_emptiness(reading, kind, messages_before);
    tm_bytes_report_failure(bytes, reading->path, reading->diagnostics);
}

gboolean tm_intake_read(const char *path, const TmIntakeOptions *options, const TmIntakeSink *sink,
    TmFileSummary *summary, TmDiagnostics *diagnostics)
{
    *summary = (TmFileSummary){.path = g_strdup(path),
        .exported = TM_INSTANT_NONE,
        .first = TM_DAY_NONE,
        .last = TM_DAY_NONE};
    TmReading reading = {.path = path,
        .options = options,
        .sink = sink,
        .summary = summary,
        .diagnostics = diagnostics};
    g_autoptr(GError) error = NULL;
    g_autoptr(TmBytes) bytes = tm_bytes_open(path, &error);
    if (bytes == NULL) {
        report_file(&reading, TM_KIND_UNREADABLE_FILE, error->message);
        return FALSE;
    }
    summary->modified = tm_bytes_modified(bytes);
    tm_reading_start(&reading);
    read_content(bytes, &reading);
    tm_bytes_finish(bytes, &summary->bytes, summary->sha256);
    summary->compressed = bytes->compressed;
    rank_export(&reading, summary);
    tm_reading_clear(&reading);
    return summary->rows_taken > 0 || summary->seats > 0;
}

void tm_file_summary_clear(TmFileSummary *summary)
{
    g_clear_pointer(&summary->path, g_free);
    g_clear_pointer(&summary->version, g_free);
}
