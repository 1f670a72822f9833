/* tidemark check: what exports hold, nothing stored. */
#include "command.h"
#include "reading.h"

#include <stdio.h>

/* What is said of the files, in text or JSON. */
typedef struct Checking {
    TmJson *json; /* NULL: text */
    guint64 files, left_out;
} Checking;

static void ignore_format(gpointer user, const TmFormat *format)
{
    (void)user;
    (void)format;
}

static void ignore_record(gpointer user, const TmRecord *record)
{
    (void)user;
    (void)record;
}

static void ignore_days(gpointer user, const TmSource *source, TmDaySpan days)
{
    (void)user;
    (void)source;
    (void)days;
}

static void ignore_seat(gpointer user, const TmSeat *seat)
{
    (void)user;
    (void)seat;
}

static gpointer open_nothing(gpointer user, TmIntakeSink *sink)
{
    *sink = (TmIntakeSink){ignore_format, ignore_record, ignore_days, ignore_seat, user};
    return NULL;
}

static gboolean is_money(guint measure)
{
    return measure == TM_MEASURE_METERED || measure == TM_MEASURE_LIST_VALUE;
}

/* ---- JSON -------------------------------------------------------------------------------- */

static void json_day(TmJson *json, const char *key, TmDay day)
{
    tm_json_key(json, key);
    if (day == TM_DAY_NONE) {
        tm_json_null(json);
        return;
    }
    g_autofree char *text = tm_day_format(day);
    tm_json_string(json, text);
}

static void json_measures(TmJson *json, const TmMeasures *totals)
{
    tm_json_key(json, "totals");
    tm_json_begin_object(json);
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        tm_json_key(json, tm_measure_name((TmMeasure)measure));
        if ((totals->present & TM_MEASURE_BIT(measure)) == 0)
            tm_json_null(json);
        else if (is_money(measure))
            tm_json_decimal(json, totals->value[measure]);
        else
            tm_json_integer(json, totals->value[measure]);
    }
    tm_json_end_object(json);
}

static void json_file(TmJson *json, const TmFileSummary *summary)
{
    tm_json_begin_object(json);
    tm_json_key(json, "file");
    tm_json_string(json, summary->path);
    tm_json_key(json, "format");
    tm_json_string(json, summary->format == NULL ? NULL : summary->format->key);
    tm_json_key(json, "version");
    tm_json_string(json, summary->version);
    json_day(json, "first_day", summary->first);
    json_day(json, "last_day", summary->last);
    tm_json_key(json, "rows_taken");
    tm_json_integer(json, (gint64)summary->rows_taken);
    tm_json_key(json, "rows_skipped");
    tm_json_integer(json, (gint64)summary->rows_skipped);
    tm_json_key(json, "rows_outside");
    tm_json_integer(json, (gint64)summary->rows_outside);
    json_measures(json, &summary->totals);
    tm_json_end_object(json);
}

/* ---- Text -------------------------------------------------------------------------------- */

static void text_measures(const TmMeasures *totals)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        if ((totals->present & TM_MEASURE_BIT(measure)) == 0)
            continue;
        const char *estimated = (totals->estimated & TM_MEASURE_BIT(measure)) ? " (estimated)" : "";
        gint64 value = totals->value[measure];
        if (is_money(measure))
            printf("  %-20s %s%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT "%s\n",
                tm_measure_name((TmMeasure)measure), value < 0 ? "-" : "",
                ABS(value) / TM_MICROS_PER_UNIT, ABS(value) % TM_MICROS_PER_UNIT, estimated);
        else
            printf("  %-20s %" G_GINT64_FORMAT "%s\n", tm_measure_name((TmMeasure)measure), value,
                estimated);
    }
}

static void text_file(const TmFileSummary *summary)
{
    if (summary->format == NULL) {
        printf("%s\n  nothing was taken\n", summary->path);
        return;
    }
    printf("%s\n  %s, %s\n", summary->path, summary->format->name,
        summary->version == NULL ? "no version" : summary->version);
    if (summary->first != TM_DAY_NONE) {
        g_autofree char *first = tm_day_format(summary->first);
        g_autofree char *last = tm_day_format(summary->last);
        printf("  %s to %s\n", first, last);
    }
    printf("  %" G_GUINT64_FORMAT " rows taken, %" G_GUINT64_FORMAT " skipped\n",
        summary->rows_taken, summary->rows_skipped);
    if (summary->rows_outside > 0)
        printf("  %" G_GUINT64_FORMAT " rows outside --since and --until\n", summary->rows_outside);
    text_measures(&summary->totals);
}

/* ---- The command ------------------------------------------------------------------------- */

static gboolean take_summary(
    gpointer user, gpointer file, const TmFileSummary *summary, gboolean taken, GError **error)
{
    Checking *checking = user;
    (void)file;
    (void)error;
    checking->files++;
    checking->left_out += !taken;
    if (checking->json != NULL)
        json_file(checking->json, summary);
    else
        text_file(summary);
    return TRUE;
}

static gboolean check_files(
    TmInvocation *invocation, const TmSettings *settings, Checking *checking, GError **error)
{
    g_autoptr(GPtrArray) files = tm_exports_find(invocation, settings, error);
    if (files == NULL)
        return FALSE;
    const TmReading reading = {.paths = files,
        .options = {.today = tm_exports_today(invocation, settings),
            .since = invocation->since,
            .until = invocation->until},
        .open = open_nothing,
        .take = take_summary,
        .user = checking,
        .diagnostics = invocation->diagnostics,
        .what = "checking"};
    if (checking->json != NULL)
        tm_json_begin_array(checking->json);
    gboolean fine = tm_exports_read(&reading, error);
    if (checking->json != NULL) {
        tm_json_end_array(checking->json);
        g_autofree char *text = tm_json_finish(checking->json);
        fputs(text, stdout);
    }
    return fine;
}

/* The settings are needed only for the exports folder and the zone: files named on the command
 * line can be checked anywhere. */
static gboolean load_settings(TmInvocation *invocation, TmSettings *settings, GError **error)
{
    if (invocation->arguments != NULL && !g_file_test(invocation->config, G_FILE_TEST_EXISTS)) {
        settings->zone = g_time_zone_new_utc();
        return TRUE;
    }
    return tm_settings_load(settings, invocation->config, invocation->diagnostics, error);
}

gboolean tm_command_check(TmInvocation *invocation, GError **error)
{
    TmSettings settings = {0};
    if (!load_settings(invocation, &settings, error))
        return FALSE;
    g_autoptr(TmJson) json = invocation->json ? tm_json_new() : NULL;
    Checking checking = {.json = json};
    gboolean fine = check_files(invocation, &settings, &checking, error);
    tm_settings_clear(&settings);
    if (fine && checking.left_out == checking.files)
        return tm_command_refuse(error, "nothing in these files could be read");
    return fine;
}
