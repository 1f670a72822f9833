/*
 * report: templates bound to published cells become documents; data files beside them.
 *
 * The only input besides an issue is a template (XML) and its folder. Everything printed is a
 * published cell, made from published cells, or a text of the template.
 */
#ifndef TIDEMARK_REPORT_H
#define TIDEMARK_REPORT_H

#include <tidemark/archive.h>
#include <tidemark/base.h>
#include <tidemark/document.h>
#include <tidemark/insight.h>

G_BEGIN_DECLS

/*
 * The executive report of an issue from the template at `template_path`. Faults of the template are
 * reported with file and line. NULL with an error if it cannot be made.
 */
TmDocument *tm_report_executive(
    const TmIssue *issue, const char *template_path, TmDiagnostics *diagnostics, GError **error);

/*
 * Data files of an issue, one row a published cell, as printed: the organisation's cells of the
 * twelve weeks that the report draws, and in the issue's week those of every group with a line of
 * its own. Support cells are left out. CSV is RFC 4180 with CRLF. Owned by the caller.
 */
char *tm_report_kpis_csv(const TmIssue *issue);
char *tm_report_kpis_json(const TmIssue *issue);

/* JSON Schema of the latter: docs/schemas/kpis.schema.json. Owned by the caller. */
char *tm_report_kpis_schema(void);

/*
 * All alerts of the issue's week on groups with a line of their own: as JSON
 * (docs/schemas/alerts.schema.json) and as plain text for a mail. Owned by the caller.
 */
char *tm_report_alerts_json(const TmIssue *issue);
char *tm_report_alerts_text(const TmIssue *issue);

/* What a daily run found out about the cost of a week that is not published yet. */
typedef struct TmDailyCost {
    const TmScope *scope; /* of the issue */
    TmWeek week;
    TmAlertState state; /* FIRED: over its threshold already; CLEARED: not so far */
} TmDailyCost;

/* Fired or not, without any figure. Owned by the caller. */
char *tm_report_daily_cost_json(const TmIssue *issue, const TmDailyCost *costs, guint count);
char *tm_report_daily_cost_text(const TmIssue *issue, const TmDailyCost *costs, guint count);

/*
 * The same for a period of whole weeks, beside the period before it: one row a figure of each group
 * with a line of its own. The issue is that of the period's last settled week.
 */
char *tm_report_period_csv(const TmIssue *issue, const TmPeriod *period);
char *tm_report_period_json(const TmIssue *issue, const TmPeriod *period);

G_END_DECLS

#endif
