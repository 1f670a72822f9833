/*
 * The daily cost run: see daily_cost.h. This is the one place where exact figures meet a sentence
 * without being published. What leaves it is one of three words for each week of the organisation
 * and of large departments; the figures end here.
 */
#include "daily_cost.h"

#include "render.h"

#include <tidemark/archive.h>
#include <tidemark/measure.h>
#include <tidemark/report.h>

#include <stdio.h>
#include <string.h>

/* A group that one person's cost could move is not spoken of. */
#define LEAST_PEOPLE 20

/* Weeks that are looked at, at most: what has ended and not settled, and the running one. */
#define MOST_WEEKS 6

/* ---- Exact figures ----------------------------------------------------------------------- */

static gboolean is_within(const TmPartition *partition, guint scope, guint group)
{
    const TmScope *member = g_ptr_array_index(partition->scopes, scope);
    if (member->kind == TM_SCOPE_ORGANISATION || member->kind == TM_SCOPE_DEPARTMENT)
        return FALSE; /* made of others */
    return group == 0 || member->parent == group;
}

/* Sum of a KPI over the blocks of a group; of the organisation also over what belongs to none.
 * FALSE when nothing measures it. */
static gboolean sum_of(
    const TmMeasuredWeek *week, guint group, TmKpiId kpi, gint64 minimum, gint64 *sum)
{
    gboolean measured = FALSE;
    *sum = 0;
    for (guint i = 0; i < week->figures->len; i++) {
        const TmFigure *figure = &g_array_index(week->figures, TmFigure, i);
        if (figure->kpi != kpi || *figure->part != '\0' ||
            (figure->flags & TM_FIGURE_NOT_MEASURED) ||
            !is_within(week->partition, figure->scope, group))
            continue;
        const TmScope *scope = g_ptr_array_index(week->partition->scopes, figure->scope);
        /* Published totals leave out the use of too few unknown accounts. */
        if (scope->kind == TM_SCOPE_UNASSIGNED && figure->base < minimum)
            continue;
        *sum += figure->value;
        measured = TRUE;
    }
    return measured;
}

/* ---- Judging ----------------------------------------------------------------------------- */

static const TmScope *published_scope(const TmIssue *issue, const char *id)
{
    const GPtrArray *scopes = tm_issue_scopes(issue);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *scope = g_ptr_array_index(scopes, i);
        if (strcmp(scope->id, id) == 0)
            return scope;
    }
    return NULL;
}

static gboolean was_metered(const TmIssue *issue, const TmScope *scope)
{
    const TmCell *cell =
        tm_issue_cell(issue, scope->id, TM_KPI_COST_METERED, "", tm_issue_week(issue));
    return cell != NULL && cell->state != TM_CELL_NOT_MEASURED;
}

/* Under 60 % of the usual working days, as for published weeks: such a week fires nothing. */
static gboolean is_short(const TmMeasuredWeek *week, guint group)
{
    gint64 worked, usual;
    return sum_of(week, group, TM_KPI_WORKING_DAYS, 0, &worked) &&
           sum_of(week, group, TM_KPI_USUAL_DAYS, 0, &usual) &&
           worked * 100 < usual * TM_SHORT_WEEK_PERCENT;
}

/*
 * Total or metered cost: the one that is over its threshold counts, as in the weekly alert. A week
 * of which only the seats are known so far is over, or not known.
 */
static TmAlertState judge(const TmIssue *issue, const TmScope *scope, const TmMeasuredWeek *week,
    guint group, gint64 minimum)
{
    gint64 seats, metered;
    gboolean has_seats = sum_of(week, group, TM_KPI_COST_SEATS, minimum, &seats);
    gboolean has_metered = sum_of(week, group, TM_KPI_COST_METERED, minimum, &metered);
    if ((!has_seats && !has_metered) || is_short(week, group))
        return TM_ALERT_NOT_JUDGED;
    TmAlertState total = tm_alert_judge_cost(issue, scope, TM_KPI_COST, seats + metered);
    if (has_metered &&
        tm_alert_judge_cost(issue, scope, TM_KPI_COST_METERED, metered) == TM_ALERT_FIRED)
        return TM_ALERT_FIRED;
    return total == TM_ALERT_CLEARED && !has_metered && was_metered(issue, scope)
               ? TM_ALERT_NOT_JUDGED
               : total;
}

static void judge_week(
    const TmIssue *issue, const TmSetup *setup, const TmMeasuredWeek *week, GArray *costs)
{
    for (guint i = 0; i < week->partition->scopes->len; i++) {
        const TmScope *scope = g_ptr_array_index(week->partition->scopes, i);
        gint64 people;
        if ((scope->kind != TM_SCOPE_ORGANISATION && scope->kind != TM_SCOPE_DEPARTMENT) ||
            !sum_of(week, i, TM_KPI_LICENSED, 0, &people) ||
            people < MAX(LEAST_PEOPLE, setup->settings.minimum_people))
            continue;
        TmDailyCost cost = {
            .scope = published_scope(issue, scope->id), .week = week->partition->week};
        if (cost.scope == NULL || (scope->kind == TM_SCOPE_DEPARTMENT && !cost.scope->own_line))
            continue;
        cost.state = judge(issue, cost.scope, week, i, setup->settings.minimum_people);
        g_array_append_val(costs, cost);
    }
}

/* ---- Writing ----------------------------------------------------------------------------- */

static gboolean write_text(
    const TmSettings *settings, const char *name, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(settings->output_path, "organisation", name, NULL);
    if (!tm_file_write(path, text, strlen(text), error))
        return FALSE;
    printf("%s\n", path);
    return TRUE;
}

static gboolean write_costs(
    const TmSettings *settings, const TmIssue *issue, const GArray *costs, GError **error)
{
    const TmDailyCost *all = (const TmDailyCost *)(const void *)costs->data;
    g_autofree char *json = tm_report_daily_cost_json(issue, all, costs->len);
    g_autofree char *text = tm_report_daily_cost_text(issue, all, costs->len);
    fputs(text, stdout);
    return write_text(settings, "daily-cost.json", json, error) &&
           write_text(settings, "daily-cost.txt", text, error);
}

static gboolean judge_weeks(const TmSetup *setup, TmLedger *ledger, TmArchive *archive,
    const TmIssue *issue, TmDay today, GError **error)
{
    g_autoptr(GArray) costs = g_array_new(FALSE, FALSE, sizeof(TmDailyCost));
    TmWeek last = tm_week_of_day(today);
    TmWeek first = MAX(tm_issue_week(issue) + 1, last - MOST_WEEKS + 1);
    if (first <= last) {
        g_autoptr(GPtrArray) history = tm_archive_partitions(archive, error);
        if (history == NULL)
            return FALSE;
        const TmMeasureOptions measuring = {first, last, history};
        g_autoptr(TmMeasured) measured = tm_measure_run(setup, ledger, &measuring, error);
        if (measured == NULL)
            return FALSE;
        for (guint i = 0; i < measured->weeks->len; i++)
            judge_week(issue, setup, g_ptr_array_index(measured->weeks, i), costs);
    }
    return write_costs(&setup->settings, issue, costs, error);
}

gboolean tm_daily_cost(const TmSetup *setup, TmLedger *ledger, TmDay today, GError **error)
{
    g_autoptr(TmArchive) archive =
        tm_archive_open(setup->settings.archive_path, TM_ARCHIVE_READ, error);
    if (archive == NULL)
        return FALSE;
    TmWeek week = tm_render_last_week(archive);
    if (week == TM_WEEK_NONE)
        return tm_command_refuse(error, "no week was published yet; `tidemark run` does it");
    g_autoptr(TmIssue) issue = tm_issue_load(archive, week, error);
    return issue != NULL && judge_weeks(setup, ledger, archive, issue, today, error);
}
