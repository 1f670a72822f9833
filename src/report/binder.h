/*
 * Binding: a template's operations are executed against one issue and add nodes to a document.
 * executive.c walks the operations; each file below binds one family of elements.
 */
#ifndef TIDEMARK_REPORT_BINDER_H
#define TIDEMARK_REPORT_BINDER_H

#include "template.h"

#include <tidemark/report.h>

#define DEFAULT_WEEKS 12
#define DEFAULT_DECISIONS 3

typedef struct Binder {
    const TmIssue *issue;
    const TmScope *organisation;
    TmWeek week;
    const char *currency;
    GPtrArray *alerts;                 /* const TmAlert* */
    GPtrArray *decisions;              /* TmDecision*; set by the decisions element */
    gboolean is_defined[TM_KPI_COUNT]; /* the template defines the term: it can be linked to */
} Binder;

/* ---- Values of operations ---------------------------------------------------------------- */

/* A text with its places filled; "" where it is not given. Owned by the caller. */
char *binder_words(const Binder *binder, const Operation *operation, AttributeId attribute);
char *binder_text(const Binder *binder, const Operation *operation);
gint64 binder_number(const Operation *operation, AttributeId attribute, gint64 fallback);
gboolean binder_holds(const Binder *binder, Condition condition);

/* ---- Families ---------------------------------------------------------------------------- */

void bind_cards(const Binder *binder, const Operation *operation, TmNode *parent);
void bind_figures(const Binder *binder, const Operation *operation, TmNode *parent);
void bind_table(const Binder *binder, const Operation *operation, TmNode *parent);
void bind_definitions(const Binder *binder, const Operation *operation, TmNode *parent);
void bind_not_judged(const Binder *binder, const Operation *operation, TmNode *parent);

/* "kpi-active-users": where the KPI's definition stands. Owned by the caller. */
char *binder_anchor(TmKpiId kpi);

/* ---- Shared ------------------------------------------------------------------------------ */

const TmCell *binder_cell(const Binder *binder, const TmScope *scope, TmKpiId kpi);

/* First of `weeks` weeks to draw: not before the first that was published. */
TmWeek binder_first_week(const Binder *binder, guint weeks);

/* Chart of the organisation's weeks with labels but no series yet. */
TmChart *binder_chart(const Binder *binder, TmChartForm form, TmKpiId kpi, TmWeek first);
void binder_add_series(
    const Binder *binder, TmChart *chart, TmKpiId kpi, const char *name, TmInk ink, TmWeek first);
TmPoint binder_point(TmKpiId kpi, const TmCell *cell);

/* Goal of a KPI, or the week's budget for cost; FALSE if there is none. */
gboolean binder_target(const Binder *binder, TmKpiId kpi, gint64 *target);

/* A value in the chart's unit: percent, people, tokens, whole currency units, days. */
double binder_chart_value(TmUnit unit, gint64 value);

/* TRUE when an alert of the organisation is on this KPI. */
gboolean binder_has_alert(const Binder *binder, TmKpiId kpi);

/* "▲ ", "■ ", "▼ " or "". */
const char *binder_symbol(int direction);

/* The teams' rows: blocks with a line of their own, or departments when there are too many. */
GPtrArray *binder_rows(const Binder *binder); /* const TmScope*; caller unrefs */

/* What a cell says where there is little room: "not shown" without the reason. */
char *binder_brief_cell(const Binder *binder, TmKpiId kpi, const TmCell *cell);

#endif
