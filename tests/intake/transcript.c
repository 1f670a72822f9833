/* See transcript.h. */
#include "transcript.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "../cmocka_all.h"

#define MOST_KEPT 400          /* texts of one test program */
#define LONGEST_KEPT (1 << 20) /* bytes of one */

#define MILLISECONDS_PER_DAY G_GINT64_CONSTANT(86400000)

static const char *const surfaces[] = {
    "", " completion", " chat", " edit", " agent", " review", " terminal", " other"};
static const char *const tasks[] = {
    "", " coding", " testing", " debugging", " documenting", " reviewing", " refactoring", " else"};
static const char *const identities[] = {
    "email", "login", "user_id", "installation", "key", "device", "name", "path"};

static void append_measures(GString *text, const TmMeasures *measures)
{
    for (guint i = 0; i < TM_MEASURE_COUNT; i++)
        if (measures->present & TM_MEASURE_BIT(i))
            g_string_append_printf(text, " %s=%s%" G_GINT64_FORMAT, tm_measure_name(i),
                measures->estimated & TM_MEASURE_BIT(i) ? "~" : "", measures->value[i]);
}

/* Sessions are numbered in the order in which they come. */
static void append_session(Reading *reading, guint64 session)
{
    if (session == 0)
        return;
    guint number = 0;
    while (number < reading->sessions->len &&
           g_array_index(reading->sessions, guint64, number) != session)
        number++;
    if (number == reading->sessions->len)
        g_array_append_val(reading->sessions, session);
    g_string_append_printf(reading->records, " session=%u", number + 1);
}

static void append_pricing(GString *text, const TmPricing *pricing)
{
    if (!pricing->wanted)
        return;
    g_string_append_printf(
        text, " price%s%s", pricing->request ? "/request" : "", pricing->fast ? "/fast" : "");
    if (pricing->long_cache_known)
        g_string_append_printf(text, "/1h=%" G_GINT64_FORMAT, pricing->long_cache_writes);
}

static void append_identities(GString *text, const TmIdentity *identity, guint count)
{
    for (guint i = 0; i < count; i++)
        g_string_append_printf(text, " %s:%.*s", identities[identity[i].kind],
            (int)identity[i].length, identity[i].value);
}

static void take_record(gpointer user, const TmRecord *record)
{
    Reading *reading = user;
    GString *text = reading->records;
    assert_non_null(reading->summary.format); /* sinks ask for the source of its format */
    g_autofree char *day = tm_day_format(record->day);
    g_string_append(text, day);
    if (record->instant != TM_INSTANT_NONE)
        g_string_append_printf(
            text, "+%" G_GINT64_FORMAT, record->instant - record->day * MILLISECONDS_PER_DAY);
    append_identities(text, record->identity, record->identities);
    if (record->source != NULL && record->source != reading->summary.format->source)
        g_string_append_printf(text, " source:%s", record->source->key);
    if (record->service)
        g_string_append(text, " service");
    if (record->part & TM_PART_OF_REQUEST)
        g_string_append(text, " part=request");
    else if (record->part > 0)
        g_string_append_printf(text, " part=%u", record->part);
    if (record->model != NULL)
        g_string_append_printf(text, " model:%.*s", (int)record->model_length, record->model);
    if (record->label != NULL)
        g_string_append_printf(text, " label:%.*s", (int)record->label_length, record->label);
    g_string_append(text, surfaces[record->surface]);
    g_string_append(text, tasks[record->task]);
    append_session(reading, record->session);
    if (record->running)
        g_string_append(text, " running");
    append_pricing(text, &record->pricing);
    append_measures(text, &record->measures);
    g_string_append_c(text, '\n');
    if (record->part == 0 || record->part & TM_PART_OF_REQUEST || record->running)
        g_array_append_val(reading->keys, record->key);
}

static void take_span(gpointer user, const TmSource *source, TmDaySpan span)
{
    Reading *reading = user;
    g_autofree char *first = tm_day_format(span.first), *last = tm_day_format(span.last);
    g_string_append_printf(reading->records, "covered %s %s", first, last);
    if (source != reading->summary.format->source)
        g_string_append_printf(reading->records, " source:%s", source->key);
    g_string_append_c(reading->records, '\n');
}

static void take_seat(gpointer user, const TmSeat *seat)
{
    Reading *reading = user;
    GString *text = reading->records;
    g_autofree char *listed = tm_day_format(seat->listed);
    g_string_append_printf(text, "seat %s", listed);
    append_identities(text, seat->identity, seat->identities);
    if (seat->plan != NULL)
        g_string_append_printf(text, " plan:%.*s", (int)seat->plan_length, seat->plan);
    if (seat->created != TM_DAY_NONE) {
        g_autofree char *created = tm_day_format(seat->created);
        g_string_append_printf(text, " created %s", created);
    }
    if (seat->ends != TM_DAY_FOREVER) {
        g_autofree char *ends = tm_day_format(seat->ends);
        g_string_append_printf(text, " ends %s", ends);
    }
    g_string_append_c(text, '\n');
}

void transcript_enter_folder(void)
{
    g_autofree char *folder = g_dir_make_tmp("tidemark-intake-XXXXXX", NULL);
    assert_non_null(folder);
    assert_int_equal(chdir(folder), 0);
}

/*
 * Keeps what a test reads in the folder that TIDEMARK_KEEP_TEXTS names, once each, for tests of the
 * whole program; of mutations and other long series only some.
 */
static void keep_text(const char *name, const char *bytes, gsize length)
{
    static guint kept;
    const char *folder = g_getenv("TIDEMARK_KEEP_TEXTS");
    if (folder == NULL || kept >= MOST_KEPT || length > LONGEST_KEPT)
        return;
    g_autofree char *hash =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_autofree char *base = g_path_get_basename(name);
    g_autofree char *path = g_strdup_printf("%s/%.16s/%s", folder, hash, base);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents_full(
        path, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    kept++;
}

void transcript_read_with(Reading *reading, const char *name, const char *bytes, gsize length,
    const TmIntakeOptions *options)
{
    TmIntakeOptions unbounded = {
        .today = tm_day_parse(TEST_TODAY, -1), .since = TM_DAY_NONE, .until = TM_DAY_FOREVER};
    /* without waiting for the disk: thousands of files are written for mutations */
    assert_true(g_file_set_contents_full(
        name, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    keep_text(name, bytes, length);
    *reading = (Reading){.records = g_string_new(NULL),
        .keys = g_array_new(FALSE, FALSE, sizeof(guint64)),
        .sessions = g_array_new(FALSE, FALSE, sizeof(guint64))};
    TmIntakeSink sink = {
        .record = take_record, .covered = take_span, .seat = take_seat, .user = reading};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    reading->taken = tm_intake_read(
        name, options != NULL ? options : &unbounded, &sink, &reading->summary, diagnostics);
    reading->diagnostics = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    g_unlink(name);
}

void transcript_read(Reading *reading, const char *name, const char *bytes, gsize length)
{
    transcript_read_with(reading, name, bytes, length, NULL);
}

void transcript_clear(Reading *reading)
{
    g_string_free(reading->records, TRUE);
    g_array_unref(reading->keys);
    g_array_unref(reading->sessions);
    g_free(reading->diagnostics);
    tm_file_summary_clear(&reading->summary);
}

void transcript_expect(
    const char *name, const char *text, const char *records, const char *diagnostics)
{
    Reading reading;
    transcript_read(&reading, name, text, strlen(text));
    assert_string_equal(reading.records->str, records);
    assert_string_equal(reading.diagnostics, diagnostics);
    transcript_clear(&reading);
}

const char *transcript_source(const char *name, const char *text)
{
    Reading reading;
    transcript_read(&reading, name, text, strlen(text));
    assert_non_null(reading.summary.format);
    const char *key = reading.summary.format->source->key;
    transcript_clear(&reading);
    return key;
}

guint64 transcript_key(const char *name, const char *text)
{
    Reading reading;
    transcript_read(&reading, name, text, strlen(text));
    assert_int_equal(reading.keys->len, 1);
    guint64 key = g_array_index(reading.keys, guint64, 0);
    transcript_clear(&reading);
    return key;
}

void transcript_compare_golden(const char *sample)
{
    const char *root = g_getenv("TIDEMARK_DATA");
    g_autofree char *path = g_build_filename(root, "tests/intake/samples", sample, NULL);
    g_autofree char *golden_name = g_strconcat(sample, ".txt", NULL);
    g_autofree char *golden_path = g_build_filename(root, "tests/intake/golden", golden_name, NULL);
    g_autofree char *bytes = NULL, *golden = NULL;
    gsize length;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    Reading reading;
    transcript_read(&reading, sample, bytes, length);
    g_autofree char *text = g_strconcat(reading.records->str, reading.diagnostics, NULL);
    transcript_clear(&reading);
    if (g_getenv("TIDEMARK_WRITE_GOLDEN") != NULL)
        assert_true(g_file_set_contents(golden_path, text, -1, NULL));
    assert_true(g_file_get_contents(golden_path, &golden, NULL, NULL));
    assert_string_equal(text, golden);
}

char *transcript_quote(const char *text)
{
    return g_strdelimit(g_strdup(text), "'", '"');
}

void transcript_expect_json(
    const char *name, const char *text, const char *records, const char *diagnostics)
{
    g_autofree char *quoted = transcript_quote(text);
    transcript_expect(name, quoted, records, diagnostics);
}

guint64 transcript_key_json(const char *name, const char *text)
{
    g_autofree char *quoted = transcript_quote(text);
    return transcript_key(name, quoted);
}

void transcript_expect_said(const char *name, const char *text, guint64 skipped, const char *said)
{
    Reading reading;
    g_autofree char *quoted = transcript_quote(text);
    transcript_read(&reading, name, quoted, strlen(quoted));
    assert_int_equal(reading.summary.rows_taken, 0);
    assert_int_equal(reading.summary.rows_skipped, skipped);
    assert_null(strstr(reading.diagnostics, "CANARY"));
    if (strstr(reading.diagnostics, said) == NULL)
        fail_msg("%s: %s", said, reading.diagnostics);
    transcript_clear(&reading);
}

void transcript_expect_dropped(const char *name, const char *text, guint64 dropped)
{
    Reading reading;
    g_autofree char *quoted = transcript_quote(text);
    transcript_read(&reading, name, quoted, strlen(quoted));
    assert_int_equal(reading.summary.dropped_content_fields, dropped);
    assert_non_null(strstr(quoted, "CANARY"));
    assert_null(strstr(reading.records->str, "CANARY"));
    assert_null(strstr(reading.diagnostics, "CANARY"));
    transcript_clear(&reading);
}
