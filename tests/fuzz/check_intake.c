/* See check_intake.h. */
#include "check_intake.h"

#include "../intake/transcript.h"
#include "fuzz.h"
#include "reading.h"

/* With a date, so that nothing depends on when the file was written. */
#define NAME "export-2026-11-18"
#define MONEY (TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE))
#define EARLIEST "1970-01-01"
#define LONGEST_TEXT (64 * 1024)

typedef struct Check {
    TmIntakeOptions options;
    const TmFormat *format;
    guint64 rows, seats;
} Check;

static const TmSource *source_of(const Check *check, const TmSource *source)
{
    g_assert_nonnull(check->format);
    source = source != NULL ? source : check->format->source;
    g_assert_nonnull(source);
    g_assert_cmpuint((guint)(source - tm_sources), <, tm_source_count);
    return source;
}

static void check_text(const char *text, gsize length)
{
    g_assert_true(text != NULL || length == 0);
    g_assert_cmpuint(length, <, LONGEST_TEXT);
    g_assert_true(length == 0 || tm_utf8_is_valid(text, length));
}

static void check_identities(const TmIdentity *identity, guint count)
{
    g_assert_cmpuint(count, <=, TM_RECORD_IDENTITIES);
    for (guint i = 0; i < count; i++) {
        g_assert_cmpuint(identity[i].kind, <, TM_IDENTITY_KIND_COUNT);
        g_assert_cmpuint(identity[i].length, >, 0);
        check_text(identity[i].value, identity[i].length);
    }
}

static void check_day(const Check *check, TmDay day)
{
    g_assert_cmpint(day, !=, TM_DAY_NONE);
    g_assert_cmpint(day, <=, check->options.today);
    g_assert_cmpint(day, >=, check->options.since);
}

/* Bills have credits; the quantities of ChatGPT's credits have adjustments. */
static gboolean may_be_negative(const TmSource *source, guint measure)
{
    return (TM_MEASURE_BIT(measure) & MONEY) || g_str_has_prefix(source->key, "chatgpt-credits");
}

static void check_measures(const TmMeasures *measures, const TmSource *source)
{
    g_assert_cmpuint(measures->present & ~source->measures, ==, 0);
    g_assert_cmpuint(measures->estimated & ~measures->present, ==, 0);
    for (guint i = 0; i < TM_MEASURE_COUNT; i++) {
        gint64 value = measures->value[i];
        g_assert_true((measures->present & TM_MEASURE_BIT(i)) || value == 0);
        g_assert_true(value >= 0 || may_be_negative(source, i));
        g_assert_true((TM_MEASURE_BIT(i) & MONEY) || value <= TM_COUNT_LIMIT);
    }
}

static void check_pricing(const TmRecord *record)
{
    const TmPricing *pricing = &record->pricing;
    if (pricing->long_cache_known)
        g_assert_true(
            pricing->long_cache_writes >= 0 &&
            pricing->long_cache_writes <= record->measures.value[TM_MEASURE_CACHE_WRITE_TOKENS]);
}

static void check_label(const TmRecord *record)
{
    check_text(record->label, record->label_length);
    if (record->label == NULL)
        return;
    g_autofree char *label = g_strndup(record->label, record->label_length);
    g_assert_true(g_str_has_prefix(label, "project:") || g_str_has_prefix(label, "product:") ||
                  g_str_has_prefix(label, "cost_center:"));
}

static void check_merging(const TmRecord *record, const TmSource *source)
{
    if (record->running || record->part & TM_PART_OF_REQUEST)
        g_assert_cmpint(source->merging, ==, TM_MERGE_COPIES);
    if (record->session != 0)
        g_assert_cmpint(source->sessions, ==, TM_SESSIONS_NAMED);
}

static void begin(gpointer user, const TmFormat *format)
{
    Check *check = user;
    g_assert_null(check->format);
    check->format = format;
}

static void take_record(gpointer user, const TmRecord *record)
{
    Check *check = user;
    const TmSource *source = source_of(check, record->source);
    if (record->part == 0 || record->part & TM_PART_OF_REQUEST || record->running)
        check->rows++;
    check_day(check, record->day);
    if (record->instant != TM_INSTANT_NONE)
        g_assert_cmpint(tm_instant_day(record->instant), ==, record->day);
    check_identities(record->identity, record->identities);
    check_text(record->model, record->model_length);
    check_label(record);
    g_assert_cmpuint(record->surface, <=, TM_SURFACE_OTHER);
    g_assert_cmpuint(record->task, <=, TM_TASK_OTHER);
    check_measures(&record->measures, source);
    check_pricing(record);
    check_merging(record, source);
}

static void take_span(gpointer user, const TmSource *source, TmDaySpan days)
{
    const Check *check = user;
    source_of(check, source);
    g_assert_cmpint(days.first, !=, TM_DAY_NONE);
    g_assert_cmpint(days.first, <=, days.last);
    g_assert_cmpint(days.last, <=, check->options.today);
}

static void take_seat(gpointer user, const TmSeat *seat)
{
    Check *check = user;
    check->seats++;
    source_of(check, seat->source);
    check_day(check, seat->listed);
    check_identities(seat->identity, seat->identities);
    check_text(seat->plan, seat->plan_length);
}

gboolean check_intake_promises(const guint8 *bytes, gsize length)
{
    Check check = {.options = {.today = tm_day_parse(TEST_TODAY, -1),
                       .since = tm_day_parse(EARLIEST, -1),
                       .until = TM_DAY_FOREVER}};
    TmIntakeSink sink = {begin, take_record, take_span, take_seat, &check};
    TmFileSummary summary;
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    fuzz_write(NAME, bytes, length);
    gboolean taken = tm_intake_read(NAME, &check.options, &sink, &summary, diagnostics);
    g_assert_true(check.format == summary.format);
    g_assert_cmpuint(check.rows, ==, summary.rows_taken);
    g_assert_cmpuint(check.seats, ==, summary.seats);
    g_assert_cmpint(taken, ==, check.rows + check.seats > 0);
    g_assert_cmpuint(summary.bytes, ==, length);
    /* what nothing was taken of, something is said about */
    g_assert_true(taken || summary.rows_outside > 0 ||
                  tm_diagnostics_count_severity(diagnostics, TM_SEVERITY_NOTE) +
                          tm_diagnostics_count_severity(diagnostics, TM_SEVERITY_WARNING) +
                          tm_diagnostics_count_severity(diagnostics, TM_SEVERITY_SKIPPED) >
                      0);
    tm_file_summary_clear(&summary);
    return check.format != NULL;
}

void check_intake_twice(const guint8 *bytes, gsize length)
{
    Reading once, again;
    transcript_read(&once, NAME, (const char *)bytes, length);
    transcript_read(&again, NAME, (const char *)bytes, length);
    g_assert_cmpmem(once.records->str, once.records->len, again.records->str, again.records->len);
    g_assert_cmpstr(once.diagnostics, ==, again.diagnostics);
    g_assert_true(g_utf8_validate(once.diagnostics, -1, NULL));
    transcript_clear(&once);
    transcript_clear(&again);
}
