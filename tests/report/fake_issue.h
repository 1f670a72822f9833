/*
 * An issue in memory, for tests of sentences, alerts and reports: it stands in for archive's
 * tm_issue_* functions, so that a test can set each cell by hand. Free it with tm_issue_free().
 */
#ifndef TESTS_FAKE_ISSUE_H
#define TESTS_FAKE_ISSUE_H

#include <tidemark/archive.h>

/* An issue with the organisation "org" and nothing published yet; minimum 5, USD, rules 1. */
TmIssue *fake_issue_new(TmWeek first, TmWeek week);

void fake_issue_name(TmIssue *issue, const char *organisation, const char *currency);

/* Department under the organisation, or block under the latest department; borrowed. */
TmScope *fake_scope(TmIssue *issue, TmScopeKind kind, const char *id, const char *name,
    const char *function, guint teams);

void fake_value(TmIssue *issue, const char *scope, TmKpiId kpi, TmWeek week, gint64 value);
void fake_part(TmIssue *issue, TmKpiId kpi, const char *part, TmWeek week, gint64 value);
/* A part of any scope's KPI; fake_part() is that of the organisation. */
void fake_cell_part(
    TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week, gint64 value);
void fake_band(TmIssue *issue, const char *scope, TmKpiId kpi, const char *part, TmWeek week,
    gint64 low, gint64 high);
void fake_state(TmIssue *issue, const char *scope, TmKpiId kpi, TmWeek week, TmCellState state);

/* Adds flags to all cells of a scope and week that are there. */
void fake_flags(TmIssue *issue, const char *scope, TmWeek week, guint flags);
void fake_rules(TmIssue *issue, TmWeek before, int rule_version);

/* The same value in every week from the first to the issue's. */
void fake_steady(TmIssue *issue, const char *scope, TmKpiId kpi, gint64 value);

void fake_tool(TmIssue *issue, const char *key, const char *name, TmDay last_day,
    guint missing_days, guint32 missing_weeks);
void fake_goal(TmIssue *issue, TmKpiId kpi, gint64 target);

/* A goal of any scope with its days, and a rollout; `goal` is copied. */
void fake_goal_of(TmIssue *issue, const char *scope, TmKpiId kpi, const TmIssueGoal *goal);
void fake_rollout(TmIssue *issue, const char *scope, const char *state, TmDay start);

/* Days that a tool lacked in the week before, as it was published. */
void fake_tool_before(TmIssue *issue, const char *key, guint missing_days);

/* Budget of a department for the reporting month. */
void fake_month_budget(TmIssue *issue, const char *scope, gint64 micros);
void fake_budget(TmIssue *issue, gint64 week_micros, gint64 month_micros, guint weeks_in_month);
/* By day, as they are added. */
void fake_event(TmIssue *issue, const char *scope, TmDay day, const char *text);
void fake_setting(TmIssue *issue, const char *key, gint64 value);

#endif
