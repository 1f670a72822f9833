/* What `check` says of a file, for people. */
#include "check.h"

#include <stdio.h>

#define COUNT "%" G_GUINT64_FORMAT

static void print_money(TmMeasure measure, gint64 micros, const char *estimated)
{
    g_autofree char *amount = tm_micros_format(micros);
    printf("  %-20s %s%s\n", tm_measure_name(measure), amount, estimated);
}

static void print_measures(const TmMeasures *totals)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        if ((totals->present & TM_MEASURE_BIT(measure)) == 0)
            continue;
        const char *estimated = (totals->estimated & TM_MEASURE_BIT(measure)) ? " (estimated)" : "";
        gint64 value = totals->value[measure];
        if (tm_measure_is_money((TmMeasure)measure))
            print_money((TmMeasure)measure, value, estimated);
        else
            printf("  %-20s %" G_GINT64_FORMAT "%s\n", tm_measure_name((TmMeasure)measure), value,
                estimated);
    }
}

/* The kinds of diagnostics for which records were left out. */
static void print_reasons(const TmCheckSaid *said)
{
    const char *separator = "    ";
    for (guint kind = 0; kind < TM_KIND_COUNT; kind++) {
        if (said->of_file[kind] == 0 ||
            tm_diagnostic_kind_severity((TmDiagnosticKind)kind) != TM_SEVERITY_SKIPPED)
            continue;
        printf("%s%s " COUNT, separator, tm_diagnostic_kind_name((TmDiagnosticKind)kind),
            said->of_file[kind]);
        separator = ", ";
    }
    if (separator[0] == ',')
        putchar('\n');
}

static void print_days(const TmCheckedFile *file, const TmFileSummary *summary, guint8 work_days)
{
    if (summary->first == TM_DAY_NONE)
        return;
    g_autofree char *first = tm_day_format(summary->first);
    g_autofree char *last = tm_day_format(summary->last);
    guint missing = tm_checked_missing_days(file, summary, work_days);
    printf("  %s to %s", first, last);
    if (missing > 0)
        printf(", %u working day%s without rows", missing, missing == 1 ? "" : "s");
    putchar('\n');
}

static void print_rows(const TmFileSummary *summary, const TmCheckSaid *said)
{
    printf("  " COUNT " row%s taken, " COUNT " skipped\n", summary->rows_taken,
        tm_plural(summary->rows_taken), summary->rows_skipped);
    print_reasons(said);
    if (summary->rows_outside > 0)
        printf("  " COUNT " row%s outside --since and --until\n", summary->rows_outside,
            tm_plural(summary->rows_outside));
    if (summary->seats > 0)
        printf("  " COUNT " seat%s listed\n", summary->seats, tm_plural(summary->seats));
    if (summary->dropped_content_fields > 0)
        printf("  dropped unread: " COUNT " field%s that could hold content\n",
            summary->dropped_content_fields, tm_plural(summary->dropped_content_fields));
}

static void print_accounts(const TmCheckedFile *file)
{
    guint days, own, others;
    if (file->batch == NULL)
        return;
    TmAccountCounts counts = tm_batch_count_accounts(file->batch);
    printf("  accounts: " COUNT " matched to people, " COUNT " to nobody, " COUNT
           " keys and bots\n",
        counts.people, counts.unresolved, counts.services);
    if (tm_checked_overlap(file, &days, &own, &others) && days > 0)
        printf("  of %u day%s with rows, %u stored from this source, %u from others of the tool\n",
            days, tm_plural(days), own, others);
}

void tm_check_print_text(const TmCheckedFile *file, const TmFileSummary *summary,
    const TmCheckSaid *said, guint8 work_days, gboolean verbose)
{
    if (summary->format == NULL) {
        printf("%s\n  nothing was taken\n", summary->path);
        return;
    }
    printf("%s\n  %s%s%s\n", summary->path, summary->format->name,
        summary->version == NULL ? "" : ", ", summary->version == NULL ? "" : summary->version);
    print_days(file, summary, work_days);
    print_rows(summary, said);
    if (file->copies > 0)
        printf("  repeated: " COUNT " record%s not counted again\n", file->copies,
            tm_plural(file->copies));
    print_accounts(file);
    if (verbose && file->example != NULL)
        printf("  first record: %s\n", file->example);
    print_measures(&file->sums);
}
