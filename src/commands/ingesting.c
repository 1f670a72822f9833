/* Exports into the ledger: see ingesting.h. */
#include "ingesting.h"

#include "reading.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Ingesting {
    const TmSetup *setup;
    TmLedger *ledger;
    const TmLedgerKey *key;
    TmIngested *ingested;
    TmDiagnostics *diagnostics;
} Ingesting;

void tm_ingested_clear(TmIngested *ingested)
{
    if (ingested->audit != NULL)
        g_string_free(ingested->audit, TRUE);
    ingested->audit = NULL;
}

TmLedger *tm_ingesting_open(const TmSetup *setup, TmLedgerKey **key, GError **error)
{
    const TmSettings *settings = &setup->settings;
    *key = tm_ledger_key_load(settings->key_path, settings->ledger_path, TRUE, error);
    if (*key == NULL)
        return NULL;
    return tm_ledger_open(settings->ledger_path, *key, setup, error);
}

static gpointer open_batch(gpointer user, TmIntakeSink *sink)
{
    const Ingesting *ingesting = user;
    TmBatch *batch = tm_batch_new(ingesting->key, ingesting->setup);
    *sink = tm_batch_sink(batch);
    return batch;
}

static void finish_batch(gpointer file)
{
    tm_batch_finish(file);
}

static void add_to_audit(TmIngested *ingested, const TmFileSummary *summary)
{
    if (ingested->audit->len > 0)
        g_string_append_c(ingested->audit, ',');
    g_string_append_c(ingested->audit, '"');
    for (guint i = 0; i < sizeof summary->sha256; i++)
        g_string_append_printf(ingested->audit, "%02x", summary->sha256[i]);
    g_string_append_c(ingested->audit, '"');
}

/*
 * The same bytes may still be of another person or another day, which the path says: whether they
 * bring nothing new is known once they are stored.
 */
static gboolean is_repetition(const TmStoreCounts *counts, gboolean known)
{
    return known && counts->records_new + counts->records_replaced == 0;
}

static gboolean store_batch(
    Ingesting *ingesting, TmBatch *batch, const TmFileSummary *summary, GError **error)
{
    TmIngested *ingested = ingesting->ingested;
    gboolean known = tm_ledger_knows_file(
        ingesting->ledger, NULL, summary->bytes, summary->modified, summary->sha256);
    TmStoreCounts counts;
    if (!tm_ledger_store(ingesting->ledger, batch, summary, &counts, error))
        return FALSE;
    if (is_repetition(&counts, known)) {
        const TmPlace place = {.file = summary->path};
        tm_diagnostics_report(ingesting->diagnostics, TM_KIND_DUPLICATE_FILE, &place,
            "the same bytes were read from another file");
        ingested->files_unchanged++;
        return TRUE;
    }
    if (counts.accounts.unresolved > 0) {
        const TmPlace place = {.file = summary->path};
        gboolean one = counts.accounts.unresolved == 1;
        tm_diagnostics_report(ingesting->diagnostics, TM_KIND_UNKNOWN_PERSON, &place,
            "%" G_GUINT64_FORMAT " account%s to nobody on the roster; %s use is unassigned",
            counts.accounts.unresolved, one ? " belongs" : "s belong", one ? "its" : "their");
    }
    tm_batch_report_unpriced(batch, summary->path, ingesting->diagnostics);
    ingested->files_read++;
    ingested->rows_taken += summary->rows_taken;
    ingested->rows_skipped += summary->rows_skipped;
    add_to_audit(ingested, summary);
    return TRUE;
}

static gboolean take_batch(
    gpointer user, gpointer file, const TmFileSummary *summary, gboolean taken, GError **error)
{
    Ingesting *ingesting = user;
    g_autoptr(TmBatch) batch = file;
    if (!taken) {
        ingesting->ingested->files_left_out++;
        ingesting->ingested->rows_skipped += summary->rows_skipped;
        return TRUE;
    }
    return store_batch(ingesting, batch, summary, error);
}

/* Files that were stored whole before and have not changed since are not opened again. */
static GPtrArray *changed_files(TmLedger *ledger, GPtrArray *files, TmIngested *ingested)
{
    GPtrArray *changed = g_ptr_array_new();
    for (guint i = 0; i < files->len; i++) {
        char *path = g_ptr_array_index(files, i);
        struct stat status;
        if (stat(path, &status) == 0 && tm_ledger_knows_file(ledger, path, (guint64)status.st_size,
                                            (gint64)status.st_mtime, NULL))
            ingested->files_unchanged++;
        else
            g_ptr_array_add(changed, path);
    }
    return changed;
}

static gboolean write_quarantine(
    const TmInvocation *invocation, const TmSettings *settings, GError **error)
{
    g_autofree char *list = tm_diagnostics_format_quarantine(invocation->diagnostics);
    return tm_file_write(settings->quarantine_path, list, strlen(list), error);
}

gboolean tm_ingesting_run(TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    const TmLedgerKey *key, TmIngested *ingested, GError **error)
{
    *ingested = (TmIngested){.audit = g_string_new(NULL)};
    g_autoptr(GPtrArray) files = tm_exports_find(invocation, &setup->settings, error);
    if (files == NULL)
        return FALSE;
    guint64 adopted;
    if (!tm_ledger_settle(ledger, error) || !tm_ledger_adopt(ledger, &adopted, error))
        return FALSE;
    g_autoptr(GPtrArray) changed = changed_files(ledger, files, ingested);
    Ingesting ingesting = {setup, ledger, key, ingested, invocation->diagnostics};
    const TmReading reading = {.paths = changed,
        .options = tm_exports_options(invocation, &setup->settings),
        .open = open_batch,
        .close = finish_batch,
        .take = take_batch,
        .user = &ingesting,
        .diagnostics = invocation->diagnostics,
        .what = "reading"};
    gboolean fine =
        tm_exports_read(&reading, error) && tm_ledger_settle(ledger, error) &&
        tm_outcome_files_ingest(invocation, setup, ledger, &ingested->outcomes, error) &&
        write_quarantine(invocation, &setup->settings, error);
    guint64 counts[3];
    tm_ingesting_count_accounts(ledger, counts);
    ingested->unresolved = counts[TM_ACCOUNT_UNRESOLVED];
    return fine;
}

void tm_ingesting_count_accounts(TmLedger *ledger, guint64 counts[3])
{
    guint32 accounts = tm_ledger_accounts(ledger);
    memset(counts, 0, 3 * sizeof *counts);
    for (guint32 account = 0; account < accounts; account++)
        counts[tm_ledger_account_kind(ledger, account)]++;
}

/* "; 3 files were unchanged; 1 file was left out whole (-v says why)" */
static void print_other_files(guint64 unchanged, guint64 left_out)
{
    if (unchanged > 0)
        printf("; %" G_GUINT64_FORMAT " file%s %s unchanged", unchanged, tm_plural(unchanged),
            unchanged == 1 ? "was" : "were");
    if (left_out > 0)
        printf("; %" G_GUINT64_FORMAT " file%s %s left out whole (-v says why)", left_out,
            tm_plural(left_out), left_out == 1 ? "was" : "were");
    putchar('\n');
}

void tm_ingested_print(const TmIngested *ingested)
{
    printf("read %" G_GUINT64_FORMAT " file%s: %" G_GUINT64_FORMAT
           " record%s taken, %" G_GUINT64_FORMAT " skipped",
        ingested->files_read, tm_plural(ingested->files_read), ingested->rows_taken,
        tm_plural(ingested->rows_taken), ingested->rows_skipped);
    print_other_files(ingested->files_unchanged, ingested->files_left_out);
    const TmOutcomesRead *outcomes = &ingested->outcomes;
    if (outcomes->files_read + outcomes->files_left_out > 0) {
        printf("read %" G_GUINT64_FORMAT " file%s of outcomes: %" G_GUINT64_FORMAT
               " item%s counted, %" G_GUINT64_FORMAT " of them of no team",
            outcomes->files_read, tm_plural(outcomes->files_read), outcomes->taken,
            tm_plural(outcomes->taken), outcomes->unattributed);
        print_other_files(outcomes->files_unchanged, outcomes->files_left_out);
    }
    if (ingested->unresolved > 0)
        printf("%" G_GUINT64_FORMAT " account%s to nobody on the roster; the use counts as "
               "unassigned\n(`tidemark check --unmatched FILE` writes them down)\n",
            ingested->unresolved, ingested->unresolved == 1 ? " belongs" : "s belong");
}
