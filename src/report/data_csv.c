/*
 * kpis.csv: RFC 4180, UTF-8, one line a cell; empty where there is no number.
 */
#include "data_rows.h"

#define HEADER                                                                                     \
    "week,scope,scope_name,scope_kind,kpi,part,unit,state,value,low,high,flags,last_week,target,"  \
    "rule_version\r\n"

static const struct {
    guint flag;
    const char *name;
} flag_names[] = {
    {TM_FIGURE_ESTIMATED, "estimated"},
    {TM_FIGURE_INCOMPLETE, "incomplete"},
    {TM_FIGURE_AT_LEAST, "at least"},
};

void data_csv_append(GString *line, const char *text)
{
    tm_csv_append_field(line, text);
    g_string_append_c(line, ',');
}

void data_csv_end_line(GString *text)
{
    g_string_truncate(text, text->len - 1);
    g_string_append(text, "\r\n");
}

void data_csv_append_value(GString *line, const TmKpi *kpi, gboolean given, gint64 value)
{
    g_autofree char *text = given ? data_value(kpi, value) : NULL;
    data_csv_append(line, text);
}

void data_csv_append_flags(GString *line, guint flags)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(flag_names); i++)
        if ((flags & flag_names[i].flag) != 0)
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", flag_names[i].name);
    data_csv_append(line, text->str);
}

static void append_row(GString *text, const DataRow *row)
{
    const TmCell *cell = row->cell;
    gboolean is_value = cell->state == TM_CELL_VALUE, is_band = cell->state == TM_CELL_BAND;
    g_autofree char *week = tm_week_format(cell->week);
    g_autofree char *rules = g_strdup_printf("%d", cell->rule_version);
    data_csv_append(text, week);
    data_csv_append(text, cell->scope);
    data_csv_append(text, row->scope_name);
    data_csv_append(text, row->scope_kind);
    data_csv_append(text, row->kpi->key);
    data_csv_append(text, cell->part);
    data_csv_append(text, row->unit);
    data_csv_append(text, row->state);
    data_csv_append_value(text, row->kpi, is_value, cell->value);
    data_csv_append_value(text, row->kpi, is_band, cell->low);
    data_csv_append_value(text, row->kpi, is_band && cell->high != G_MAXINT64, cell->high);
    data_csv_append_flags(text, cell->flags);
    data_csv_append_value(text, row->kpi, row->has_last_week, row->last_week);
    data_csv_append_value(text, row->kpi, row->has_target, row->target);
    data_csv_append(text, rules);
    data_csv_end_line(text);
}

char *tm_report_kpis_csv(const TmIssue *issue)
{
    g_autoptr(GArray) rows = data_rows_new(issue);
    GString *text = g_string_new(HEADER);
    for (guint i = 0; i < rows->len; i++)
        append_row(text, &g_array_index(rows, DataRow, i));
    return g_string_free(text, FALSE);
}
