/*
 * tm_outcomes_read(): opens a file, finds out what it is, and lets the reader of that kind hand its
 * records to the format.
 */
#include <tidemark/outcomes.h>

#include "formats.h"

#define MILLISECONDS_PER_SECOND 1000
#define MILLISECONDS_PER_DAY G_GINT64_CONSTANT(86400000)

const char *tm_outcome_metric_name(TmOutcomeMetric metric)
{
    static const char *const names[] = {
#define X(id, name) name,
        TM_OUTCOME_METRICS(X)
#undef X
    };
    return names[metric];
}

const char *tm_outcome_source_key(TmOutcomeSource source)
{
    static const char *const keys[] = {
#define X(id, key) key,
        TM_OUTCOME_SOURCES(X)
#undef X
    };
    return keys[source];
}

const char *tm_outcome_exclusion_words(TmOutcomeExclusion exclusion)
{
    static const char *const words[] = {
#define X(id, text) text,
        TM_OUTCOME_EXCLUSIONS(X)
#undef X
    };
    return words[exclusion];
}

TmOutcomeOptions tm_outcome_options(const TmSetup *setup, TmDay today)
{
    const TmSettings *settings = &setup->settings;
    return (TmOutcomeOptions){
        .today = today,
        .date_order = settings->outcomes_date_order,
        .zone = settings->outcomes_zone,
        .author_day = settings->outcomes_author_day,
        .sub_tasks = settings->outcomes_sub_tasks,
        .feature_types = settings->outcomes_feature_types,
        .excluded_resolutions = settings->outcomes_excluded_resolutions,
    };
}

/* ---- The file ---------------------------------------------------------------------------- */

/* What is read carries the rank, so it is known before anything is read. */
static void rank_export(TmOutcomeSummary *summary, const TmBytes *bytes)
{
    TmDay first, named;
    tm_path_days(summary->path, &first, &named);
    summary->modified = tm_bytes_modified(bytes);
    summary->exported = named != TM_DAY_NONE ? named * MILLISECONDS_PER_DAY
                                             : summary->modified * MILLISECONDS_PER_SECOND;
}

static void warn_of_cut(OutcomeReading *reading)
{
    for (guint i = 0; i < OUTCOME_SUSPICIOUS && reading->format != NULL; i++)
        if (reading->rows > 0 && reading->format->suspicious[i] == reading->rows)
            outcome_report(reading, TM_KIND_INCOMPLETE_EXPORT, NULL,
                "exactly %" G_GUINT64_FORMAT
                " records, which is where exports of this kind are cut off",
                reading->rows);
}

static void read_text(TmBytes *bytes, OutcomeReading *reading)
{
    TmFileKind kind = tm_bytes_recognise(bytes, reading->path, reading->diagnostics);
    if (kind == TM_FILE_JSON)
        outcome_read_json(bytes, reading);
    else if (kind == TM_FILE_CSV && outcome_is_themes(bytes))
        outcome_read_themes(bytes, reading);
    else if (kind == TM_FILE_CSV)
        outcome_read_csv(bytes, reading);
    else if (kind == TM_FILE_EMPTY && bytes->failure == TM_BYTES_FINE)
        outcome_report(reading, TM_KIND_EMPTY_FILE, NULL, "nothing in it");
}

static void read_content(TmBytes *bytes, OutcomeReading *reading)
{
    if (outcome_is_git_log(bytes))
        outcome_read_git_log(bytes, reading);
    else
        read_text(bytes, reading);
    reading->line = reading->column = 0;
    if (reading->format != NULL && reading->rows == 0 && bytes->failure == TM_BYTES_FINE)
        outcome_report(reading, TM_KIND_EMPTY_FILE, NULL, "no records in it");
    warn_of_cut(reading);
    tm_bytes_report_failure(bytes, reading->path, reading->diagnostics);
}

gboolean tm_outcomes_read(const char *path, const TmOutcomeOptions *options, const TmSetup *setup,
    const TmOutcomeSink *sink, TmOutcomeSummary *summary, TmDiagnostics *diagnostics)
{
    *summary =
        (TmOutcomeSummary){.path = g_strdup(path), .first = TM_DAY_NONE, .last = TM_DAY_NONE};
    OutcomeReading reading = {.path = path,
        .options = options,
        .setup = setup,
        .sink = sink,
        .summary = summary,
        .diagnostics = diagnostics};
    g_autoptr(GError) error = NULL;
    g_autoptr(TmBytes) bytes = tm_bytes_open(path, &error);
    if (bytes == NULL) {
        outcome_report(&reading, TM_KIND_UNREADABLE_FILE, NULL, "%s", error->message);
        return FALSE;
    }
    rank_export(summary, bytes);
    read_content(bytes, &reading);
    tm_bytes_finish(bytes, &summary->bytes, summary->sha256);
    summary->compressed = bytes->compressed;
    outcome_reading_clear(&reading);
    return summary->rows_taken > 0;
}

void tm_outcome_summary_clear(TmOutcomeSummary *summary)
{
    g_clear_pointer(&summary->path, g_free);
}

char *tm_outcomes_formats_markdown(void)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < outcome_format_count; i++) {
        const TmOutcomeFormat *format = &outcome_formats[i]->table;
        g_string_append_printf(
            text, "%s### %s\n\nKey `%s`.\n\n", i > 0 ? "\n" : "", format->name, format->key);
        tm_field_rules_append_markdown(text, format->fields, format->field_count);
    }
    return g_string_free(text, FALSE);
}
