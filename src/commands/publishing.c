/* From ledger to archive: see publishing.h. */
#include "publishing.h"

#include "contexts.h"
#include "reading.h"

#include <string.h>

static gboolean is_covered(TmLedger *ledger, const TmToolCoverage *coverage, TmWeek week)
{
    for (guint source = 0; source < tm_source_count; source++)
        if (tm_sources[source].trait == TM_TRAIT_APART &&
            tm_ledger_covered(ledger, source, week) != 0)
            return TRUE;
    for (TmToolIndex tool = 0; tool < TM_TOOL_LIMIT; tool++)
        if (tm_tool_coverage_days(coverage, tool, week) != 0)
            return TRUE;
    return FALSE;
}

/*
 * First and last week that a tool is covered for, or that totals of an organisation cover. The
 * ledger's span may be longer: by old files of one person beside a source of everybody; and by a
 * day, since an event of Monday UTC is Sunday's where clocks are behind, and that week has no other
 * day.
 */
static gboolean covered_span(TmLedger *ledger, TmWeek *first, TmWeek *last)
{
    if (!tm_ledger_span(ledger, first, last))
        return FALSE;
    g_autoptr(TmToolCoverage) coverage = tm_tool_coverage_new(ledger);
    while (*first <= *last && !is_covered(ledger, coverage, *first))
        (*first)++;
    while (*last > *first && !is_covered(ledger, coverage, *last))
        (*last)--;
    return *first <= *last;
}

gboolean tm_publishing_plan(const TmInvocation *invocation, const TmSetup *setup, TmLedger *ledger,
    TmArchive *archive, TmPublishing *publishing, GError **error)
{
    TmDay today = tm_exports_today(invocation, &setup->settings);
    TmWeek settled = tm_measure_settled_week(setup, today);
    TmWeek data_first, data_last;
    *publishing = (TmPublishing){.first = 0, .last = -1, .last_published = TM_WEEK_NONE};
    g_autoptr(GArray) weeks = tm_archive_weeks(archive);
    if (weeks->len > 0)
        publishing->last_published = g_array_index(weeks, TmWeek, weeks->len - 1);
    if (invocation->week != TM_WEEK_NONE && invocation->week > settled)
        return tm_command_refuse(error,
            "--week has not settled yet; a week settles %d days after its Sunday",
            (int)setup->settings.settle_days);
    if (!covered_span(ledger, &data_first, &data_last))
        return TRUE;
    publishing->last = MIN(settled, data_last);
    if (invocation->week != TM_WEEK_NONE)
        publishing->last = MIN(publishing->last, invocation->week);
    publishing->first =
        MAX(data_first, publishing->last - (TmWeek)setup->settings.history_weeks + 1);
    if (publishing->last_published != TM_WEEK_NONE)
        publishing->first = publishing->last_published + 1;
    return TRUE;
}

/*
 * The number that the next weeks are published under: that of the last week, or the next one when
 * what defines the figures has changed since. FALSE with an error when the archive cannot be read.
 */
static gboolean find_rule_version(TmArchive *archive, const TmPublishing *publishing,
    const char *definitions, int *version, GError **error)
{
    *version = 1;
    if (publishing->last_published == TM_WEEK_NONE)
        return TRUE;
    g_autoptr(TmIssue) issue = tm_issue_load(archive, publishing->last_published, error);
    if (issue == NULL)
        return FALSE;
    const char *before = tm_issue_definitions(issue);
    *version =
        tm_issue_rule_version(issue) + (before != NULL && strcmp(before, definitions) != 0 ? 1 : 0);
    return TRUE;
}

gboolean tm_publishing_run(const TmSetup *setup, TmLedger *ledger, TmArchive *archive,
    TmPublishing *publishing, GError **error)
{
    if (publishing->first > publishing->last)
        return TRUE;
    g_autoptr(GPtrArray) history = tm_archive_partitions(archive, error);
    if (history == NULL)
        return FALSE;
    const TmMeasureOptions measuring = {publishing->first, publishing->last, history};
    g_autoptr(TmMeasured) measured = tm_measure_run(setup, ledger, &measuring, error);
    if (measured == NULL)
        return FALSE;
    if (measured->weeks->len == 0)
        return tm_command_refuse(error,
            "fewer than %d licensed people: there is no group that may be shown",
            (int)setup->settings.minimum_people);
    g_autofree char *definitions = tm_contexts_definitions(&setup->settings);
    g_autoptr(GArray) contexts = tm_contexts_make(setup, measured, publishing->last, definitions);
    if (!find_rule_version(archive, publishing, definitions, &publishing->rule_version, error))
        return FALSE;
    const TmPublishOptions options = {.minimum_people = setup->settings.minimum_people,
        .distribution_people = setup->settings.distribution_people,
        .cross_cut_people = setup->settings.cross_cut_people,
        .p_percent = setup->settings.p_percent,
        .rule_version = publishing->rule_version,
        .contexts = contexts,
        .issue = publishing->last};
    if (!tm_archive_publish(archive, measured, &options, &publishing->counts, error))
        return FALSE;
    publishing->last_published = publishing->last;
    return TRUE;
}
