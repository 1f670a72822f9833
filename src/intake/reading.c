/* What all formats share while one file is read; see reading.h. */
#include "reading.h"

#include <string.h>

#define LONGEST_SPAN 400 /* days that an export can cover */
#define MILLISECONDS_PER_SECOND 1000
#define LONGEST_NAME 60

void tm_reading_start(TmReading *reading)
{
    reading->unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reading->covered = (TmDaySpan){TM_DAY_NONE, TM_DAY_NONE};
}

void tm_reading_clear(TmReading *reading)
{
    g_clear_pointer(&reading->unknown, g_hash_table_unref);
}

void tm_reading_begin(TmReading *reading, const TmFormat *format, const char *version)
{
    reading->summary->format = format;
    g_free(reading->summary->version);
    reading->summary->version = g_strdup(version);
    if (reading->sink->begin != NULL)
        reading->sink->begin(reading->sink->user, format);
}

G_GNUC_PRINTF(4, 0)
static void report(TmReading *reading, TmDiagnosticKind kind, const char *field, const char *format,
    va_list arguments)
{
    TmPlace place = {reading->path, reading->line, reading->column, field};
    if (place.column == 0 && field != NULL && reading->locate != NULL)
        place.column = reading->locate(reading->locate_user, field);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", text);
}

void tm_reading_skip(
    TmReading *reading, TmDiagnosticKind kind, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(reading, kind, field, format, arguments);
    va_end(arguments);
    reading->summary->rows_skipped++;
}

void tm_reading_warn(
    TmReading *reading, TmDiagnosticKind kind, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(reading, kind, field, format, arguments);
    va_end(arguments);
}

static gboolean looks_like_name(const char *name, gsize length)
{
    if (length == 0 || length > LONGEST_NAME)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(name[i]) && strchr(" _().-", name[i]) == NULL)
            return FALSE;
    return memchr(name, '\0', length) == NULL;
}

void tm_reading_note_unknown(TmReading *reading, const char *name, gsize length)
{
    char copy[LONGEST_NAME + 1] = "";
    gboolean is_name = looks_like_name(name, length);
    if (is_name)
        memcpy(copy, name, length);
    if (g_hash_table_size(reading->unknown) >= TM_UNKNOWN_FIELDS ||
        g_hash_table_contains(reading->unknown, copy))
        return;
    g_hash_table_add(reading->unknown, g_strdup(copy));
    TmPlace place = {reading->path, reading->line, 0, is_name ? copy : NULL};
    tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_COLUMN, &place,
        is_name ? "not in the table of this format"
                : "a field whose name is no identifier is not in the table of this format");
}

gboolean tm_reading_admits(TmReading *reading, TmDay day, const char *field)
{
    const TmIntakeOptions *options = reading->options;
    if (day > options->today) {
        tm_reading_skip(reading, TM_KIND_FUTURE_DATE, field, "later than the day of this run");
        return FALSE;
    }
    if (day >= options->since && day <= options->until)
        return TRUE;
    reading->summary->rows_outside++;
    return FALSE;
}

/* A part of the cache writes that is more than all of them tells nothing of their split. */
static gboolean splits_too_much(const TmRecord *record)
{
    return record->pricing.long_cache_known &&
           record->pricing.long_cache_writes >
               record->measures.value[TM_MEASURE_CACHE_WRITE_TOKENS];
}

static void hand_over(const TmReading *reading, const TmRecord *record)
{
    TmRecord unsplit;
    if (splits_too_much(record)) {
        unsplit = *record;
        unsplit.pricing.long_cache_known = FALSE;
        unsplit.pricing.long_cache_writes = 0;
        record = &unsplit;
    }
    if (reading->sink->record != NULL)
        reading->sink->record(reading->sink->user, record);
}

void tm_reading_take(TmReading *reading, const TmRecord *record)
{
    TmFileSummary *summary = reading->summary;
    if (record->part == 0 || record->part & TM_PART_OF_REQUEST || record->running)
        summary->rows_taken++;
    if (summary->first == TM_DAY_NONE || record->day < summary->first)
        summary->first = record->day;
    if (summary->last == TM_DAY_NONE || record->day > summary->last)
        summary->last = record->day;
    hand_over(reading, record);
}

void tm_reading_cover_source(TmReading *reading, const TmSource *source, TmDay first, TmDay last)
{
    if (first == TM_DAY_NONE || last == TM_DAY_NONE || first > last ||
        last > reading->options->today || last - first > LONGEST_SPAN)
        return;
    if (first == reading->covered.first && last == reading->covered.last &&
        source == reading->covered_source)
        return;
    reading->covered = (TmDaySpan){first, last};
    reading->covered_source = source;
    if (reading->sink->covered != NULL)
        reading->sink->covered(reading->sink->user, source, reading->covered);
}

void tm_reading_cover(TmReading *reading, TmDay first, TmDay last)
{
    g_assert(reading->summary->format != NULL);
    tm_reading_cover_source(reading, reading->summary->format->source, first, last);
}

void tm_reading_take_seat(TmReading *reading, const TmSeat *seat)
{
    reading->summary->seats++;
    if (reading->sink->seat != NULL)
        reading->sink->seat(reading->sink->user, seat);
}

TmDay tm_reading_export_day(const TmReading *reading)
{
    TmDay first, last;
    tm_path_days(reading->path, &first, &last);
    return last != TM_DAY_NONE && last <= reading->options->today
               ? last
               : tm_instant_day(reading->summary->modified * MILLISECONDS_PER_SECOND);
}

TmIdentity tm_reading_path_identity(const TmReading *reading)
{
    return (TmIdentity){TM_IDENTITY_PATH, reading->path, strlen(reading->path)};
}

void tm_measures_add(TmMeasures *measures, TmMeasure measure, gint64 value)
{
    gint64 sum;
    if (__builtin_add_overflow(measures->value[measure], value, &sum))
        sum = value > 0 ? G_MAXINT64 : G_MININT64;
    tm_measures_set(measures, measure, sum);
}
