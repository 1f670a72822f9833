/* What all formats share while one file is read; see reading.h. */
#include "reading.h"

#include <string.h>

#define LONGEST_SPAN 400 /* days that an export can cover */
#define MILLISECONDS_PER_SECOND 1000
#define LONGEST_NAME 60
#define LONG_DATE 10 /* YYYY-MM-DD */
#define SHORT_DATE 8 /* YYYYMMDD */

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

static void add_totals(TmMeasures *totals, const TmMeasures *measures)
{
    for (guint32 left = measures->present; left != 0; left &= left - 1) {
        guint measure = (guint)__builtin_ctz(left);
        tm_measures_add(totals, measure, measures->value[measure]);
    }
    totals->estimated |= measures->estimated;
}

void tm_reading_take(TmReading *reading, const TmRecord *record)
{
    TmFileSummary *summary = reading->summary;
    if (record->part == 0)
        summary->rows_taken++;
    if (summary->first == TM_DAY_NONE || record->day < summary->first)
        summary->first = record->day;
    if (summary->last == TM_DAY_NONE || record->day > summary->last)
        summary->last = record->day;
    add_totals(&summary->totals, &record->measures);
    if (reading->sink->record != NULL)
        reading->sink->record(reading->sink->user, record);
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

/* A date at the start of `text`, in one of the forms of file names; its length, 0 if there is none.
 */
static gsize date_at(const char *text, TmDay *day)
{
    char dashed[] = "YYYY-MM-DD";
    *day = strnlen(text, LONG_DATE) == LONG_DATE ? tm_day_parse(text, LONG_DATE) : TM_DAY_NONE;
    if (*day != TM_DAY_NONE)
        return LONG_DATE;
    if (strnlen(text, SHORT_DATE) < SHORT_DATE)
        return 0;
    memcpy(dashed, text, 4);
    memcpy(dashed + 5, text + 4, 2);
    memcpy(dashed + 8, text + 6, 2);
    *day = tm_day_parse(dashed, LONG_DATE);
    return *day != TM_DAY_NONE ? SHORT_DATE : 0;
}

void tm_reading_name_days(const TmReading *reading, TmDay *first, TmDay *last)
{
    g_autofree char *name = g_path_get_basename(reading->path);
    gboolean bounded = TRUE; /* no digit stands before */
    *first = *last = TM_DAY_NONE;
    for (const char *at = name; *at != '\0'; bounded = !g_ascii_isdigit(*at), at++) {
        TmDay day;
        gsize length = bounded ? date_at(at, &day) : 0;
        if (length == 0 || g_ascii_isdigit(at[length]))
            continue;
        *first = *first == TM_DAY_NONE ? day : *first;
        *last = day;
        at += length - 1;
    }
}

TmDay tm_reading_export_day(const TmReading *reading)
{
    TmDay first, last;
    tm_reading_name_days(reading, &first, &last);
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

#define KEY_FACTOR G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

static TmKeyHash mix(TmKeyHash hash, guint64 word)
{
    hash = (hash ^ word) * KEY_FACTOR;
    return hash ^ (hash >> 29);
}

TmKeyHash tm_key_integer(TmKeyHash hash, gint64 value)
{
    return mix(hash, (guint64)value);
}

/* One to seven bytes as a little-endian number: loads that overlap agree where they do. */
static guint64 load_rest(const char *text, gsize length)
{
    const guchar *bytes = (const guchar *)text;
    if (length >= sizeof(guint32)) {
        guint32 first, last;
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + length - sizeof last, sizeof last);
        return GUINT32_FROM_LE(first) | (guint64)GUINT32_FROM_LE(last)
                                            << (8 * (length - sizeof last));
    }
    return bytes[0] | (guint64)bytes[length / 2] << (8 * (length / 2)) |
           (guint64)bytes[length - 1] << (8 * (length - 1));
}

/* Up to eight bytes of a text as one little-endian number, zeros behind its end. */
static guint64 load_word(const char *text, gsize length)
{
    guint64 word;
    if (length < sizeof word)
        return load_rest(text, length);
    memcpy(&word, text, sizeof word);
    return GUINT64_FROM_LE(word);
}

/* Capital ASCII letters of a word to small ones, all eight bytes at once. */
static guint64 lower_word(guint64 word)
{
    const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101), high = ones << 7;
    guint64 ascii = word & ~high;
    guint64 from_a = ascii + ones * (0x80 - 'A'), above_z = ascii + ones * (0x80 - 'Z' - 1);
    return word | (((from_a & ~above_z & ~word) & high) >> 2);
}

TmKeyHash tm_key_text(TmKeyHash hash, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i += sizeof(guint64))
        hash = mix(hash, load_word(text + i, length - i));
    return mix(hash, length);
}

TmKeyHash tm_key_lower(TmKeyHash hash, const char *text, gsize length)
{
    for (gsize i = 0; i < length; i += sizeof(guint64))
        hash = mix(hash, lower_word(load_word(text + i, length - i)));
    return mix(hash, length);
}

guint64 tm_key_end(TmKeyHash hash)
{
    hash ^= hash >> 33;
    hash *= G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    hash *= G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
    return hash ^ (hash >> 33);
}
