/* Command line to period, period to files: see report_period.h. */
#include "report_period.h"

#include "render.h"

#include <string.h>
#include <tidemark/report.h>

gboolean tm_report_period_wanted(const TmInvocation *invocation)
{
    return invocation->month_text != NULL || invocation->quarter_text != NULL ||
           invocation->from_text != NULL || invocation->to_text != NULL;
}

/* Of --week, --month, --quarter and --from with --to one may be given. */
static gboolean check_options(const TmInvocation *invocation, GError **error)
{
    gboolean has_range = invocation->from_text != NULL || invocation->to_text != NULL;
    int given = (invocation->week_text != NULL) + (invocation->month_text != NULL) +
                (invocation->quarter_text != NULL) + has_range;
    if (given != 1)
        return tm_command_refuse(
            error, "give one of --week, --month, --quarter, and --from with --to");
    if (has_range && (invocation->from_text == NULL || invocation->to_text == NULL))
        return tm_command_refuse(error, "--from and --to go together");
    if (invocation->format != NULL && strcmp(invocation->format, "data") != 0)
        return tm_command_refuse(error, "--format: of more than a week only data can be written");
    return TRUE;
}

static gboolean parse_range(const TmInvocation *invocation, TmPeriod *period, GError **error)
{
    TmWeek first = tm_week_parse(invocation->from_text), last = tm_week_parse(invocation->to_text);
    if (first == TM_WEEK_NONE || last == TM_WEEK_NONE)
        return tm_command_refuse(
            error, "--from and --to are ISO weeks; write them as 2026-W40 and 2026-W47");
    return tm_period_weeks(period, first, last) ||
           tm_command_refuse(error, "--to is at least --from, and at most 53 weeks are reported");
}

/* Until an issue says when the fiscal year begins, a quarter is only checked. */
static gboolean parse_period(
    const TmInvocation *invocation, int fiscal_month, TmPeriod *period, GError **error)
{
    if (invocation->month_text != NULL)
        return tm_period_parse_month(invocation->month_text, period) ||
               tm_command_refuse(error, "--month is not a month; write it as 2026-10");
    if (invocation->quarter_text != NULL)
        return tm_period_parse_quarter(invocation->quarter_text, fiscal_month, period) ||
               tm_command_refuse(error, "--quarter is not a quarter; write it as 2026-Q3");
    return parse_range(invocation, period, error);
}

/* The period as far as it has settled; the fiscal year is that of the last published week. */
static gboolean settle_period(
    const TmInvocation *invocation, TmArchive *archive, TmPeriod *period, GError **error)
{
    TmWeek last = tm_render_last_week(archive);
    if (last == TM_WEEK_NONE)
        return tm_command_refuse(error, "no week was published yet; `tidemark run` does it");
    g_autoptr(TmIssue) issue = tm_issue_load(archive, last, error);
    if (issue == NULL || !parse_period(invocation,
                             (int)tm_issue_setting(issue, "fiscal_year_month", 1), period, error))
        return FALSE;
    return tm_period_settle(period, last) ||
           tm_command_refuse(error, "no week of that period was published yet");
}

static gboolean write_files(const TmInvocation *invocation, const TmSettings *settings,
    const TmIssue *issue, const TmPeriod *period, GError **error)
{
    g_autofree char *name = tm_period_name(period);
    g_autofree char *folder = g_build_filename(settings->output_path, "organisation", name, NULL);
    g_autofree char *csv_name = g_strdup_printf("kpis-%s.csv", name);
    g_autofree char *json_name = g_strdup_printf("kpis-%s.json", name);
    g_autofree char *csv = tm_report_period_csv(issue, period);
    g_autofree char *json = tm_report_period_json(issue, period);
    return tm_render_write(invocation, folder, csv_name, csv, strlen(csv), error) &&
           tm_render_write(invocation, folder, json_name, json, strlen(json), error);
}

gboolean tm_report_period(
    const TmInvocation *invocation, const TmSettings *settings, GError **error)
{
    TmPeriod period;
    if (!check_options(invocation, error) || !parse_period(invocation, 1, &period, error))
        return FALSE;
    g_autoptr(TmArchive) archive = tm_archive_open(settings->archive_path, TM_ARCHIVE_READ, error);
    if (archive == NULL || !settle_period(invocation, archive, &period, error))
        return FALSE;
    g_autoptr(TmIssue) issue = tm_issue_load(archive, period.end, error);
    return issue != NULL && write_files(invocation, settings, issue, &period, error);
}
