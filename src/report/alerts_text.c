/*
 * Alerts as plain text, for a mail: what is new, what is open, what cleared, what was not judged.
 */
#include "strings.h"

#include <string.h>
#include <tidemark/report.h>

/* The parts of the text, in order. */
typedef struct Part {
    ReportString heading;
    gboolean (*holds)(const TmAlert *alert);
} Part;

static gboolean is_new(const TmAlert *alert)
{
    return alert->state == TM_ALERT_FIRED && alert->is_new;
}

static gboolean is_open(const TmAlert *alert)
{
    return alert->state == TM_ALERT_FIRED && !alert->is_new;
}

static gboolean is_cleared(const TmAlert *alert)
{
    return alert->state == TM_ALERT_CLEARED;
}

/* Silence of single teams would fill the page; alerts.json has it. */
static gboolean is_silent(const TmAlert *alert)
{
    return alert->state == TM_ALERT_NOT_JUDGED && alert->scope->kind == TM_SCOPE_ORGANISATION;
}

static const Part parts[] = {
    {TEXT_ALERTS_NEW, is_new},
    {TEXT_ALERTS_OPEN, is_open},
    {TEXT_ALERTS_CLEARED, is_cleared},
    {TEXT_ALERTS_SILENT, is_silent},
};

static void append_alert(GString *out, const TmIssue *issue, const TmAlert *alert)
{
    const char *name = tm_alert_name(alert->kind);
    g_string_append_printf(
        out, "- %c%s, %s", g_ascii_toupper(name[0]), name + 1, alert->scope->name);
    if (*alert->part != '\0')
        g_string_append_printf(out, ", %s", tm_alert_tool_name(issue, alert));
    if (alert->state == TM_ALERT_NOT_JUDGED) {
        g_string_append_printf(out, ": %s\n", alert->reason);
        return;
    }
    g_autofree char *lead = NULL, *text = NULL;
    tm_alert_words(issue, alert, &lead, &text);
    g_string_append_printf(out, "\n  %s\n  %s\n", lead, text);
}

static gboolean append_part(
    GString *out, const TmIssue *issue, const GPtrArray *alerts, const Part *part)
{
    gboolean any = FALSE;
    for (guint i = 0; i < alerts->len; i++) {
        const TmAlert *alert = alerts->pdata[i];
        if (!part->holds(alert) || !tm_alert_may_be_named(alert))
            continue;
        if (!any)
            g_string_append_printf(out, "\n%s\n\n", report_strings[part->heading]);
        else if (alert->state != TM_ALERT_NOT_JUDGED)
            g_string_append_c(out, '\n');
        append_alert(out, issue, alert);
        any = TRUE;
    }
    return any;
}

char *tm_report_alerts_text(const TmIssue *issue)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    g_autofree char *week = tm_format_week_number(tm_issue_week(issue));
    g_autofree char *dates = tm_format_week_dates(tm_issue_week(issue));
    g_autofree char *title = tm_text_fill(TEXT(ALERTS_TITLE), "organisation",
        tm_issue_organisation(issue), "week", week, "dates", dates, NULL);
    GString *out = g_string_new(title);
    g_string_append_c(out, '\n');
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        any |= append_part(out, issue, alerts, &parts[i]);
    if (!any)
        g_string_append_printf(out, "\n%s\n", TEXT(ALERTS_NONE));
    g_string_append_printf(out, "\n%s\n", TEXT(ALERTS_FOOTER));
    return g_string_free(out, FALSE);
}

char *tm_report_daily_cost_text(const TmIssue *issue, const TmDailyCost *costs, guint count)
{
    g_autofree char *title =
        tm_text_fill(TEXT(DAILY_TITLE), "organisation", tm_issue_organisation(issue), NULL);
    GString *out = g_string_new(title);
    g_string_append(out, "\n\n");
    for (guint i = 0; i < count; i++) {
        g_autofree char *week = tm_format_week_number(costs[i].week);
        const char *pattern = costs[i].state == TM_ALERT_FIRED        ? TEXT(DAILY_FIRED)
                              : costs[i].state == TM_ALERT_NOT_JUDGED ? TEXT(DAILY_NOT_JUDGED)
                                                                      : TEXT(DAILY_CALM);
        g_autofree char *line =
            tm_text_fill(pattern, "group", costs[i].scope->name, "week", week, NULL);
        g_string_append_printf(out, "- %s\n", line);
    }
    if (count == 0)
        g_string_append_printf(out, "%s\n", TEXT(DAILY_NONE));
    return g_string_free(out, FALSE);
}
