/*
 * Times measuring and publishing by themselves: measure TIDEMARK.INI. The ledger must have been
 * filled; the archive is made in memory's place, a temporary file. Part of the benchmark, no test.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <tidemark/archive.h>
#include <tidemark/ledger.h>
#include <time.h>

#define WEEKS 13

typedef struct Bench {
    TmSetup *setup;
    TmLedger *ledger;
    TmWeek last;
} Bench;

/* Of this process: other programs on the machine do not count. */
static gint64 processor_time(void)
{
    return (gint64)clock();
}

static void print(const char *what, gint64 began, double items, const char *unit)
{
    double seconds = (double)(processor_time() - began) / (double)CLOCKS_PER_SEC;
    printf("%-34s%9.3f s CPU%16.0f %s/s\n", what, seconds, items / seconds, unit);
}

static TmMeasured *measure(const Bench *bench, GError **error)
{
    const TmMeasureOptions options = {bench->last - WEEKS + 1, bench->last, NULL};
    return tm_measure_run(bench->setup, bench->ledger, &options, error);
}

static gboolean publish(const Bench *bench, const TmMeasured *measured, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("tidemark-bench-XXXXXX", error);
    g_autofree char *path = g_build_filename(folder, "archive.sqlite", NULL);
    const TmSettings *settings = &bench->setup->settings;
    const TmPublishOptions options = {.minimum_people = settings->minimum_people,
        .distribution_people = settings->distribution_people,
        .cross_cut_people = settings->cross_cut_people,
        .p_percent = settings->p_percent,
        .rule_version = TM_RULE_VERSION,
        .issue = bench->last};
    TmPublishCounts counts = {0};
    TmArchive *archive = tm_archive_open(path, TM_ARCHIVE_WRITE, error);
    gint64 began = processor_time();
    gboolean fine =
        archive != NULL && tm_archive_publish(archive, measured, &options, &counts, error);
    if (fine)
        print("disclosure control and publishing", began, (double)counts.cells, "cells");
    tm_archive_close(archive);
    g_unlink(path);
    g_rmdir(folder);
    return fine;
}

static gboolean run(Bench *bench, GError **error)
{
    TmWeek first;
    if (!tm_ledger_span(bench->ledger, &first, &bench->last))
        return TRUE;
    gint64 began = processor_time();
    g_autoptr(TmMeasured) measured = measure(bench, error);
    if (measured == NULL)
        return FALSE;
    double person_days = (double)bench->setup->people->len * 7 * (bench->last - first + 1);
    print("measuring", began, person_days, "person-days");
    return publish(bench, measured, error);
}

int main(int argc, char **argv)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    if (argc != 2)
        return 2;
    gint64 began = processor_time();
    g_autoptr(TmSetup) setup = tm_setup_load(argv[1], diagnostics, &error);
    if (setup != NULL)
        print("reading the set-up", began, (double)setup->people->len, "people");
    g_autoptr(TmLedgerKey) key = setup == NULL ? NULL
                                               : tm_ledger_key_load(setup->settings.key_path,
                                                     setup->settings.ledger_path, FALSE, &error);
    g_autoptr(TmLedger) ledger =
        key == NULL ? NULL : tm_ledger_open(setup->settings.ledger_path, key, setup, &error);
    Bench bench = {setup, ledger, 0};
    if (ledger != NULL && run(&bench, &error))
        return 0;
    fprintf(stderr, "%s\n", error->message);
    return 1;
}
