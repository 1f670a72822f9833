/*
 * alerts.json: every alert of the week as an object, null where there is no number. Groups without
 * a line of their own are left out, as in the other data files. Schema:
 * docs/schemas/alerts.schema.json.
 */
#include "data_rows.h"

static void write_integer(TmJson *json, const char *key, gboolean given, gint64 value)
{
    tm_json_key(json, key);
    if (given)
        tm_json_integer(json, value);
    else
        tm_json_null(json);
}

/* An exact value stands in `exact`, a band in `low` and `high`; null is open, or not given. */
static void write_span(
    TmJson *json, const char *name, const TmKpi *kpi, gboolean given, gint64 low, gint64 high)
{
    tm_json_key(json, name);
    if (!given) {
        tm_json_null(json);
        return;
    }
    tm_json_begin_object(json);
    data_json_value(json, "exact", kpi, low == high, low);
    data_json_value(json, "low", kpi, low != high, low);
    data_json_value(json, "high", kpi, low != high && high != G_MAXINT64, high);
    tm_json_end_object(json);
}

static const char *state_name(const TmAlert *alert)
{
    switch (alert->state) {
    case TM_ALERT_NOT_JUDGED:
        return "not judged";
    case TM_ALERT_FIRED:
        return alert->is_new ? "new" : "open";
    case TM_ALERT_CLEARED:
        return "cleared";
    }
    return "";
}

static void write_group(TmJson *json, const TmAlert *alert)
{
    data_json_string(json, "scope", alert->scope->id);
    data_json_string(json, "scope_name", alert->scope->name);
    data_json_string(json, "scope_kind", data_scope_kind(alert->scope->kind));
    data_json_string(json, "part", alert->part);
}

static void write_threshold(TmJson *json, const TmAlert *alert, const TmAlertInfo *info)
{
    gboolean given = info->setting != NULL || alert->kind == TM_ALERT_STALE_DATA;
    data_json_string(json, "setting", info->setting);
    write_integer(json, "threshold", given, alert->threshold);
    data_json_string(json, "threshold_unit", info->unit);
}

static void write_alert(TmJson *json, const TmIssue *issue, const TmAlert *alert)
{
    const TmAlertInfo *info = tm_alert_info(alert->kind);
    gboolean judged = alert->state != TM_ALERT_NOT_JUDGED;
    gboolean has_kpi = alert->kpi != TM_KPI_COUNT;
    /* Days of stale data are whole, as people are. */
    const TmKpi *kpi = tm_kpi(has_kpi ? alert->kpi : TM_KPI_LICENSED);
    g_autofree char *lead = NULL, *text = NULL;
    g_autofree char *since = alert->since == TM_WEEK_NONE ? NULL : tm_week_format(alert->since);
    if (judged)
        tm_alert_words(issue, alert, &lead, &text);
    tm_json_begin_object(json);
    data_json_string(json, "alert", info->key);
    data_json_string(json, "name", info->name);
    data_json_string(json, "state", state_name(alert));
    data_json_string(json, "since", since);
    data_json_string(json, "reason", alert->reason);
    write_group(json, alert);
    data_json_string(json, "kpi", has_kpi ? kpi->key : NULL);
    data_json_string(
        json, "unit", has_kpi ? data_unit_name(kpi->unit, tm_issue_currency(issue)) : "days");
    write_span(json, "value", kpi, judged, alert->low, alert->high);
    write_threshold(json, alert, info);
    data_json_string(json, "compared_with", info->compared);
    write_span(json, "compared", kpi, judged && info->compared != NULL, alert->baseline_low,
        alert->baseline_high);
    write_span(json, "price_a_month", tm_kpi(TM_KPI_SPEND_EXPOSED), judged && alert->has_price,
        alert->price_low, alert->price_high);
    data_json_string(json, "lead", lead);
    data_json_string(json, "text", text);
    data_json_string(json, "next_step", info->next_step);
    tm_json_end_object(json);
}

char *tm_report_alerts_json(const TmIssue *issue)
{
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    g_autoptr(TmJson) json = tm_json_new();
    data_json_begin(json, issue);
    tm_json_key(json, "alerts");
    tm_json_begin_array(json);
    for (guint i = 0; i < alerts->len; i++)
        if (tm_alert_may_be_named(alerts->pdata[i]))
            write_alert(json, issue, alerts->pdata[i]);
    tm_json_end_array(json);
    tm_json_end_object(json);
    return tm_json_finish(json);
}

/* ---- The daily run ----------------------------------------------------------------------- */

/* Fired or not, and no figure. */
static void write_daily(TmJson *json, const TmDailyCost *cost)
{
    g_autofree char *week = tm_week_format(cost->week);
    tm_json_begin_object(json);
    data_json_string(json, "alert", tm_alert_info(TM_ALERT_COST_SPIKE)->key);
    data_json_string(json, "week", week);
    data_json_string(json, "scope", cost->scope->id);
    data_json_string(json, "scope_name", cost->scope->name);
    data_json_string(json, "scope_kind", data_scope_kind(cost->scope->kind));
    tm_json_key(json, "fired");
    if (cost->state == TM_ALERT_NOT_JUDGED)
        tm_json_null(json);
    else
        tm_json_boolean(json, cost->state == TM_ALERT_FIRED);
    data_json_string(json, "next_step", tm_alert_info(TM_ALERT_COST_SPIKE)->next_step);
    tm_json_end_object(json);
}

char *tm_report_daily_cost_json(const TmIssue *issue, const TmDailyCost *costs, guint count)
{
    g_autoptr(TmJson) json = tm_json_new();
    g_autofree char *week = tm_week_format(tm_issue_week(issue));
    tm_json_begin_object(json);
    data_json_string(json, "organisation", tm_issue_organisation(issue));
    data_json_string(json, "compared_with_weeks_to", week);
    tm_json_key(json, "alerts");
    tm_json_begin_array(json);
    for (guint i = 0; i < count; i++)
        write_daily(json, &costs[i]);
    tm_json_end_array(json);
    tm_json_end_object(json);
    return tm_json_finish(json);
}
