/*
 * Rows of a CSV file as values by field. A heading may stand there several times (Jira writes one
 * column for each label): each further column gets a slot behind those of the fields.
 */
#include "formats.h"

typedef struct CsvFile {
    OutcomeReading *reading;
    const OutcomeFormat *format;
    guint more_slots;                /* in use, from `field_count` on */
    guint more_fields[TM_CSV_SLOTS]; /* field of each of them */
    guint content_columns;           /* dropped unread in each row */
    /* Only looks at the rows; NULL: the format takes them. */
    void (*note)(OutcomeReading *reading, const OutcomeValues *values);
} CsvFile;

#define LONGEST_NAME 60

static void note_unknown(OutcomeReading *reading, TmCell name)
{
    char copy[LONGEST_NAME + 1] = "";
    gboolean is_name = name.length > 0 && name.length <= LONGEST_NAME;
    for (gsize i = 0; i < name.length && is_name; i++)
        is_name = g_ascii_isalnum(name.text[i]) || name.text[i] == '_';
    if (is_name)
        memcpy(copy, name.text, name.length);
    outcome_report(
        reading, TM_KIND_UNKNOWN_COLUMN, is_name ? copy : NULL, "not in the table of this format");
}

static gint slot_of(CsvFile *file, gint field, guint64 *present)
{
    const TmFieldRule *rule = &file->format->table.fields[field];
    file->content_columns += rule->use == TM_FIELD_CONTENT ? 1 : 0;
    if (rule->use != TM_FIELD_READ && rule->use != TM_FIELD_IDENTITY)
        return -1;
    guint slot = file->format->table.field_count + file->more_slots;
    if (!(*present & OUTCOME_FIELD_BIT(field))) {
        *present |= OUTCOME_FIELD_BIT(field);
        return field;
    }
    if (slot >= TM_CSV_SLOTS)
        return -1;
    file->more_fields[file->more_slots++] = (guint)field;
    return (gint)slot;
}

static gboolean take_header(
    gpointer user, guint64 line, const TmCell *cells, guint count, gint *slots)
{
    CsvFile *file = user;
    guint64 present = 0;
    file->reading->line = line;
    if (file->format == NULL)
        file->format = outcome_recognise(file->reading, OUTCOME_SHAPE_CSV, cells, count);
    if (file->format == NULL)
        return FALSE;
    for (guint i = 0; i < count; i++) {
        TmCell name = tm_cell_trim(cells[i]);
        gint field = outcome_find_field(file->format, name);
        slots[i] = field >= 0 ? slot_of(file, field, &present) : -1;
        if (field < 0 && !file->format->open)
            note_unknown(file->reading, name);
    }
    if (file->note == NULL)
        outcome_begin(file->reading, file->format);
    return TRUE;
}

static TmCell without_guard(const CsvFile *file, TmCell cell)
{
    gboolean guarded = file->format->guarded && cell.length > 1 && cell.text[0] == '\'' &&
                       strchr("=+-@", cell.text[1]) != NULL && cell.text[1] != '\0';
    return guarded ? (TmCell){cell.text + 1, cell.length - 1} : cell;
}

static void take_row(
    gpointer user, guint64 line, const TmCell *cells, const TmCsvRow *row G_GNUC_UNUSED)
{
    CsvFile *file = user;
    guint count = file->format->table.field_count;
    OutcomeValues values = {.more_count = 0};
    file->reading->line = line;
    for (guint i = 0; i < count; i++)
        values.cells[i] = without_guard(file, cells[i]);
    for (guint i = 0; i < file->more_slots; i++) {
        TmCell cell = without_guard(file, cells[count + i]), *first;
        first = &values.cells[file->more_fields[i]];
        if (first->length == 0)
            *first = cell;
        else if (cell.length > 0 && values.more_count < OUTCOME_MORE) {
            values.more[values.more_count].field = file->more_fields[i];
            values.more[values.more_count++].cell = cell;
        }
    }
    if (file->note != NULL) {
        file->note(file->reading, &values);
        return;
    }
    file->reading->rows++;
    file->reading->summary->dropped_content_fields += file->content_columns;
    file->format->take(file->reading, &values);
}

static gboolean is_ragged(gpointer user)
{
    return ((CsvFile *)user)->format->ragged;
}

static guint64 read_rows(CsvFile *file, TmBytes *bytes, TmDiagnostics *diagnostics)
{
    TmCsvSink sink = {.header = take_header, .row = take_row, .ragged = is_ragged, .user = file};
    return tm_csv_read(bytes, file->reading->path, &sink, diagnostics);
}

void outcome_read_csv(TmBytes *bytes, OutcomeReading *reading)
{
    CsvFile file = {.reading = reading};
    guint64 skipped = read_rows(&file, bytes, reading->diagnostics);
    reading->rows += skipped;
    reading->summary->rows_skipped += skipped;
}

void outcome_look_through(
    OutcomeReading *reading, void (*note)(OutcomeReading *reading, const OutcomeValues *values))
{
    g_autoptr(TmDiagnostics) unheard = tm_diagnostics_new();
    g_autoptr(TmBytes) bytes = tm_bytes_open(reading->path, NULL);
    CsvFile file = {.reading = reading, .format = reading->format, .note = note};
    guint64 line = reading->line;
    if (bytes != NULL && tm_bytes_recognise(bytes, reading->path, unheard) == TM_FILE_CSV)
        read_rows(&file, bytes, unheard);
    reading->line = line;
}
