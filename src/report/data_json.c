/*
 * kpis.json: the rows of kpis.csv as objects, null where there is no number.
 */
#include "data_rows.h"

void data_json_value(TmJson *json, const char *key, const TmKpi *kpi, gboolean given, gint64 value)
{
    tm_json_key(json, key);
    if (!given)
        tm_json_null(json);
    else if (tm_unit_scale(kpi->unit) != 1)
        tm_json_decimal(json, data_micros(kpi, value));
    else
        tm_json_integer(json, value);
}

void data_json_string(TmJson *json, const char *key, const char *text)
{
    tm_json_key(json, key);
    tm_json_string(json, text);
}

void data_json_integer(TmJson *json, const char *key, gint64 value)
{
    tm_json_key(json, key);
    tm_json_integer(json, value);
}

void data_json_flags(TmJson *json, guint flags)
{
    static const struct {
        const char *key;
        guint flag;
    } names[] = {
        {"estimated", TM_FIGURE_ESTIMATED},
        {"incomplete", TM_FIGURE_INCOMPLETE},
        {"at_least", TM_FIGURE_AT_LEAST},
    };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        tm_json_key(json, names[i].key);
        tm_json_boolean(json, (flags & names[i].flag) != 0);
    }
}

static void write_row(TmJson *json, const DataRow *row)
{
    const TmCell *cell = row->cell;
    gboolean is_value = cell->state == TM_CELL_VALUE, is_band = cell->state == TM_CELL_BAND;
    g_autofree char *week = tm_week_format(cell->week);
    tm_json_begin_object(json);
    data_json_string(json, "week", week);
    data_json_string(json, "scope", cell->scope);
    data_json_string(json, "scope_name", row->scope_name);
    data_json_string(json, "scope_kind", row->scope_kind);
    data_json_string(json, "kpi", row->kpi->key);
    data_json_string(json, "part", cell->part);
    data_json_string(json, "unit", row->unit);
    data_json_string(json, "state", row->state);
    data_json_value(json, "value", row->kpi, is_value, cell->value);
    data_json_value(json, "low", row->kpi, is_band, cell->low);
    data_json_value(json, "high", row->kpi, is_band && cell->high != G_MAXINT64, cell->high);
    data_json_flags(json, cell->flags);
    data_json_value(json, "last_week", row->kpi, row->has_last_week, row->last_week);
    data_json_value(json, "target", row->kpi, row->has_target, row->target);
    data_json_integer(json, "rule_version", cell->rule_version);
    tm_json_end_object(json);
}

void data_json_begin(TmJson *json, const TmIssue *issue)
{
    g_autofree char *week = tm_week_format(tm_issue_week(issue));
    tm_json_begin_object(json);
    data_json_string(json, "organisation", tm_issue_organisation(issue));
    data_json_string(json, "week", week);
    data_json_string(json, "currency", tm_issue_currency(issue));
    data_json_integer(json, "rule_version", tm_issue_rule_version(issue));
    data_json_string(json, "hash", tm_issue_hash(issue));
}

char *tm_report_kpis_json(const TmIssue *issue)
{
    g_autoptr(GArray) rows = data_rows_new(issue);
    g_autoptr(TmJson) json = tm_json_new();
    data_json_begin(json, issue);
    tm_json_key(json, "cells");
    tm_json_begin_array(json);
    for (guint i = 0; i < rows->len; i++)
        write_row(json, &g_array_index(rows, DataRow, i));
    tm_json_end_array(json);
    tm_json_end_object(json);
    return tm_json_finish(json);
}
