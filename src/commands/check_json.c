/* What `check --json` says of a file, for programs. */
#include "check.h"

static void put_day(TmJson *json, const char *key, TmDay day)
{
    tm_json_key(json, key);
    if (day == TM_DAY_NONE) {
        tm_json_null(json);
        return;
    }
    g_autofree char *text = tm_day_format(day);
    tm_json_string(json, text);
}

static void put_text(TmJson *json, const char *key, const char *text)
{
    tm_json_key(json, key);
    tm_json_string(json, text);
}

static void put_count(TmJson *json, const char *key, guint64 count)
{
    tm_json_key(json, key);
    tm_json_integer(json, (gint64)count);
}

static void put_measures(TmJson *json, const TmMeasures *totals)
{
    tm_json_key(json, "totals");
    tm_json_begin_object(json);
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        tm_json_key(json, tm_measure_name((TmMeasure)measure));
        if ((totals->present & TM_MEASURE_BIT(measure)) == 0)
            tm_json_null(json);
        else if (tm_measure_is_money((TmMeasure)measure))
            tm_json_decimal(json, totals->value[measure]);
        else
            tm_json_integer(json, totals->value[measure]);
    }
    tm_json_end_object(json);
}

static void put_said(TmJson *json, const TmCheckSaid *said)
{
    tm_json_key(json, "said");
    tm_json_begin_object(json);
    for (guint kind = 0; kind < TM_KIND_COUNT; kind++)
        if (said->of_file[kind] > 0)
            put_count(json, tm_diagnostic_kind_name((TmDiagnosticKind)kind), said->of_file[kind]);
    tm_json_end_object(json);
}

static void put_accounts(TmJson *json, const TmCheckedFile *file)
{
    tm_json_key(json, "accounts");
    if (file->batch == NULL) {
        tm_json_null(json);
        return;
    }
    TmAccountCounts counts = tm_batch_count_accounts(file->batch);
    tm_json_begin_object(json);
    put_count(json, "people", counts.people);
    put_count(json, "nobody", counts.unresolved);
    put_count(json, "services", counts.services);
    tm_json_end_object(json);
}

static void put_overlap(TmJson *json, const TmCheckedFile *file)
{
    guint days, own, others;
    tm_json_key(json, "stored_days");
    if (!tm_checked_overlap(file, &days, &own, &others)) {
        tm_json_null(json);
        return;
    }
    tm_json_begin_object(json);
    put_count(json, "of_file", days);
    put_count(json, "from_this_source", own);
    put_count(json, "from_others_of_the_tool", others);
    tm_json_end_object(json);
}

void tm_check_print_json(TmJson *json, const TmCheckedFile *file, const TmFileSummary *summary,
    const TmCheckSaid *said, guint8 work_days)
{
    tm_json_begin_object(json);
    put_text(json, "file", summary->path);
    put_text(json, "format", summary->format == NULL ? NULL : summary->format->key);
    put_text(json, "version", summary->version);
    put_day(json, "first_day", summary->first);
    put_day(json, "last_day", summary->last);
    put_count(json, "missing_working_days", tm_checked_missing_days(file, summary, work_days));
    put_count(json, "rows_taken", summary->rows_taken);
    put_count(json, "rows_skipped", summary->rows_skipped);
    put_count(json, "rows_outside", summary->rows_outside);
    put_count(json, "repeated_records", file->copies);
    put_count(json, "seats", summary->seats);
    put_count(json, "dropped_content_fields", summary->dropped_content_fields);
    put_said(json, said);
    put_accounts(json, file);
    put_overlap(json, file);
    put_measures(json, &file->sums);
    tm_json_end_object(json);
}
