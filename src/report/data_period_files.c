/*
 * kpis-PERIOD.csv and kpis-PERIOD.json: the same rows, each with the period before beside it. The
 * value of the period before stands there only where the two may be compared; where they may not,
 * the reason does.
 */
#include "data_period.h"

#define HEADER                                                                                     \
    "period,from_week,to_week,weeks,scope,scope_name,scope_kind,kpi,part,unit,made,state,value,"   \
    "low,high,per_week,flags,before,before_per_week,not_compared,reason,shown_in,target\r\n"

/* Why there is no figure; where the group changed, `shown_in` is the group that has it. */
static const char *reason_of(const PeriodRow *row)
{
    return row->change.now.reason == NULL ? "" : row->change.now.reason;
}

/* Empty, too, where there is no figure to compare. */
static const char *not_compared(const PeriodRow *row)
{
    return row->change.reason == NULL || row->change.now.reason != NULL ? "" : row->change.reason;
}

static const char *shown_in(const PeriodRow *row)
{
    return row->stands_for == NULL || row->stands_for == row->scope ? "" : row->stands_for->id;
}

static gboolean has_per_week(const TmPeriodCell *cell)
{
    return cell->state == TM_CELL_VALUE && cell->method == TM_PERIOD_SUM;
}

/* ---- CSV --------------------------------------------------------------------------------- */

static void append_cell(GString *text, const PeriodRow *row)
{
    const TmPeriodCell *cell = &row->change.now, *before = &row->change.before;
    gboolean is_band = cell->state == TM_CELL_BAND, compared = row->change.reason == NULL;
    data_csv_append(text, tm_period_method_name(cell->method));
    data_csv_append(text, data_state(cell->state));
    data_csv_append_value(text, row->kpi, cell->state == TM_CELL_VALUE, cell->value);
    data_csv_append_value(text, row->kpi, is_band, cell->low);
    data_csv_append_value(text, row->kpi, is_band && cell->high != G_MAXINT64, cell->high);
    data_csv_append_value(text, row->kpi, has_per_week(cell), cell->per_week);
    data_csv_append_flags(text, cell->flags);
    data_csv_append_value(text, row->kpi, compared, before->value);
    data_csv_append_value(text, row->kpi, compared && has_per_week(before), before->per_week);
    data_csv_append(text, not_compared(row));
    data_csv_append(text, reason_of(row));
    data_csv_append(text, shown_in(row));
    data_csv_append_value(text, row->kpi, row->has_target, row->target);
}

char *tm_report_period_csv(const TmIssue *issue, const TmPeriod *period)
{
    g_autoptr(GArray) rows = period_rows_new(issue, period);
    g_autofree char *name = tm_period_name(period);
    g_autofree char *first = tm_week_format(period->first);
    g_autofree char *last = tm_week_format(period->end);
    g_autofree char *weeks = g_strdup_printf("%u", tm_period_length(period));
    GString *text = g_string_new(HEADER);
    for (guint i = 0; i < rows->len; i++) {
        const PeriodRow *row = &g_array_index(rows, PeriodRow, i);
        const char *const fields[] = {name, first, last, weeks, row->scope->id, row->scope->name,
            data_scope_kind(row->scope->kind), row->kpi->key, row->change.now.part,
            data_unit_name(row->kpi->unit, tm_issue_currency(issue))};
        for (guint f = 0; f < G_N_ELEMENTS(fields); f++)
            data_csv_append(text, fields[f]);
        append_cell(text, row);
        data_csv_end_line(text);
    }
    return g_string_free(text, FALSE);
}

/* ---- JSON -------------------------------------------------------------------------------- */

/* A text, or null where there is none. */
static void write_reason(TmJson *json, const char *key, const char *text)
{
    data_json_string(json, key, *text == '\0' ? NULL : text);
}

static void write_row(TmJson *json, const TmIssue *issue, const PeriodRow *row)
{
    const TmPeriodCell *cell = &row->change.now, *before = &row->change.before;
    gboolean is_band = cell->state == TM_CELL_BAND, compared = row->change.reason == NULL;
    tm_json_begin_object(json);
    data_json_string(json, "scope", row->scope->id);
    data_json_string(json, "scope_name", row->scope->name);
    data_json_string(json, "scope_kind", data_scope_kind(row->scope->kind));
    data_json_string(json, "kpi", row->kpi->key);
    data_json_string(json, "part", cell->part);
    data_json_string(json, "unit", data_unit_name(row->kpi->unit, tm_issue_currency(issue)));
    data_json_string(json, "made", tm_period_method_name(cell->method));
    data_json_string(json, "state", data_state(cell->state));
    data_json_value(json, "value", row->kpi, cell->state == TM_CELL_VALUE, cell->value);
    data_json_value(json, "low", row->kpi, is_band, cell->low);
    data_json_value(json, "high", row->kpi, is_band && cell->high != G_MAXINT64, cell->high);
    data_json_value(json, "per_week", row->kpi, has_per_week(cell), cell->per_week);
    data_json_flags(json, cell->flags);
    data_json_value(json, "before", row->kpi, compared, before->value);
    data_json_value(
        json, "before_per_week", row->kpi, compared && has_per_week(before), before->per_week);
    write_reason(json, "not_compared", not_compared(row));
    write_reason(json, "reason", reason_of(row));
    write_reason(json, "shown_in", shown_in(row));
    data_json_value(json, "target", row->kpi, row->has_target, row->target);
    tm_json_end_object(json);
}

static void write_weeks(TmJson *json, const char *key, const TmPeriod *period)
{
    g_autofree char *first = tm_week_format(period->first);
    g_autofree char *last = tm_week_format(period->end);
    g_autofree char *name = tm_period_name(period);
    tm_json_key(json, key);
    tm_json_begin_object(json);
    data_json_string(json, "name", name);
    data_json_string(json, "from_week", first);
    data_json_string(json, "to_week", last);
    data_json_integer(json, "weeks", tm_period_length(period));
    tm_json_key(json, "to_date");
    tm_json_boolean(json, tm_period_is_to_date(period));
    tm_json_end_object(json);
}

char *tm_report_period_json(const TmIssue *issue, const TmPeriod *period)
{
    g_autoptr(GArray) rows = period_rows_new(issue, period);
    g_autoptr(TmJson) json = tm_json_new();
    TmPeriod before = tm_period_before(period);
    data_json_begin(json, issue);
    write_weeks(json, "period", period);
    write_weeks(json, "before", &before);
    tm_json_key(json, "cells");
    tm_json_begin_array(json);
    for (guint i = 0; i < rows->len; i++)
        write_row(json, issue, &g_array_index(rows, PeriodRow, i));
    tm_json_end_array(json);
    tm_json_end_object(json);
    return tm_json_finish(json);
}
