/* Exports of development tools: see outcome_files.h. */
#include "outcome_files.h"

#include "reading.h"

#include <stdio.h>
#include <sys/stat.h>

#define COUNT "%" G_GUINT64_FORMAT

/* Files of the folder; NULL when there is no folder. */
static GPtrArray *find(TmInvocation *invocation, const TmSettings *settings)
{
    char *folder[] = {settings->outcomes_path, NULL};
    return g_file_test(settings->outcomes_path, G_FILE_TEST_IS_DIR)
               ? tm_intake_find_files(folder, invocation->diagnostics)
               : NULL;
}

static gboolean is_known(TmLedger *ledger, const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && tm_ledger_knows_file(ledger, path, (guint64)status.st_size,
                                           (gint64)status.st_mtime, NULL);
}

static gboolean ingest_file(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    const char *path, TmOutcomesRead *read, GError **error)
{
    g_autoptr(TmOutcomeBatch) batch = tm_outcome_batch_new();
    TmOutcomeSink sink = tm_outcome_batch_sink(batch);
    TmOutcomeOptions options =
        tm_outcome_options(setup, tm_exports_today(invocation, &setup->settings));
    TmOutcomeSummary summary;
    gboolean fine = TRUE;
    if (tm_outcomes_read(path, &options, setup, &sink, &summary, invocation->diagnostics)) {
        fine = tm_ledger_store_outcomes(ledger, batch, &summary, error);
        read->files_read++;
        read->taken += summary.rows_taken;
        read->unattributed += summary.rows_unattributed;
    } else {
        read->files_left_out++;
    }
    tm_outcome_summary_clear(&summary);
    return fine;
}

gboolean tm_outcome_files_ingest(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    TmOutcomesRead *read, GError **error)
{
    *read = (TmOutcomesRead){0};
    g_autoptr(GPtrArray) files = find(invocation, &setup->settings);
    for (guint i = 0; files != NULL && i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        if (is_known(ledger, path))
            read->files_unchanged++;
        else if (!ingest_file(invocation, setup, ledger, path, read, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- Check ------------------------------------------------------------------------------- */

static void print_summary(const TmOutcomeSummary *summary)
{
    if (summary->format == NULL) {
        printf("%s\n  nothing was taken\n", summary->path);
        return;
    }
    printf("%s\n  %s\n", summary->path, summary->format->name);
    if (summary->first != TM_DAY_NONE) {
        g_autofree char *first = tm_day_format(summary->first);
        g_autofree char *last = tm_day_format(summary->last);
        printf("  %s to %s\n", first, last);
    }
    printf("  " COUNT " counted, " COUNT " skipped, " COUNT " of no team\n", summary->rows_taken,
        summary->rows_skipped, summary->rows_unattributed);
    for (guint reason = 0; reason < TM_OUTCOME_EXCLUSION_COUNT; reason++)
        if (summary->rows_excluded[reason] > 0)
            printf("  " COUNT " not counted: %s\n", summary->rows_excluded[reason],
                tm_outcome_exclusion_words((TmOutcomeExclusion)reason));
    if (summary->dropped_content_fields > 0)
        printf("  dropped unread: " COUNT " field%s that could hold content\n",
            summary->dropped_content_fields, tm_plural(summary->dropped_content_fields));
}

void tm_outcome_files_check(TmInvocation *invocation, const TmSetup *setup)
{
    static const TmOutcomeSink nothing = {0};
    g_autoptr(GPtrArray) files = find(invocation, &setup->settings);
    TmOutcomeOptions options =
        tm_outcome_options(setup, tm_exports_today(invocation, &setup->settings));
    for (guint i = 0; files != NULL && i < files->len; i++) {
        TmOutcomeSummary summary;
        tm_outcomes_read(g_ptr_array_index(files, i), &options, setup, &nothing, &summary,
            invocation->diagnostics);
        print_summary(&summary);
        tm_outcome_summary_clear(&summary);
    }
}

/* ---- Status ------------------------------------------------------------------------------ */

/* The metric whose rows are being added up. */
typedef struct Sum {
    gboolean any; /* something was printed */
    char *metric;
    TmDay first, last;
    gint64 count;
} Sum;

static void print_sum(Sum *sum)
{
    if (sum->metric == NULL)
        return;
    g_autofree char *first = tm_day_format(sum->first);
    g_autofree char *last = tm_day_format(sum->last);
    if (!sum->any)
        puts("Outcomes (counts of teams, from development tools):");
    sum->any = TRUE;
    printf("  %-16s %" G_GINT64_FORMAT ", %s to %s\n", sum->metric,
        tm_divide_half_even(sum->count, TM_MICROS_PER_UNIT), first, last);
    g_clear_pointer(&sum->metric, g_free);
}

static void add_outcome(gpointer user, const TmStoredOutcome *outcome)
{
    Sum *sum = user;
    if (sum->metric == NULL || !g_str_equal(sum->metric, outcome->metric)) {
        print_sum(sum);
        *sum = (Sum){sum->any, g_strdup(outcome->metric), outcome->day, outcome->day, 0};
    }
    sum->first = MIN(sum->first, outcome->day);
    sum->last = MAX(sum->last, outcome->day);
    sum->count += outcome->count;
}

gboolean tm_outcome_files_status(TmLedger *ledger, GError **error)
{
    Sum sum = {0};
    gboolean fine = tm_ledger_foreach_outcome(ledger, add_outcome, &sum, error);
    print_sum(&sum);
    return fine;
}
