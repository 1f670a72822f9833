/*
 * The JSON Schema of kpis.json, made from the catalogue: a KPI whose audience is not that of the
 * file is none of the list, and no other member may appear.
 */
#include "data_rows.h"

static void write_type(TmJson *json, const char *key, const char *type, const char *more)
{
    tm_json_key(json, key);
    tm_json_begin_object(json);
    if (more == NULL) {
        data_json_string(json, "type", type);
    } else {
        tm_json_key(json, "type");
        tm_json_begin_array(json);
        tm_json_string(json, type);
        tm_json_string(json, more);
        tm_json_end_array(json);
    }
    tm_json_end_object(json);
}

static void write_pattern(TmJson *json, const char *key, const char *pattern)
{
    tm_json_key(json, key);
    tm_json_begin_object(json);
    data_json_string(json, "type", "string");
    data_json_string(json, "pattern", pattern);
    tm_json_end_object(json);
}

static void write_enum(TmJson *json, const char *key, const char *const *words)
{
    tm_json_key(json, key);
    tm_json_begin_object(json);
    tm_json_key(json, "enum");
    tm_json_begin_array(json);
    for (; *words != NULL; words++)
        tm_json_string(json, *words);
    tm_json_end_array(json);
    tm_json_end_object(json);
}

static void write_kpis(TmJson *json)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (int id = 0; id < TM_KPI_COUNT; id++)
        if (data_shows_kpi(tm_kpi((TmKpiId)id)))
            g_ptr_array_add(keys, (gpointer)tm_kpi((TmKpiId)id)->key);
    g_ptr_array_add(keys, NULL);
    write_enum(json, "kpi", (const char *const *)keys->pdata);
}

static void begin_object(TmJson *json, const char *const *required)
{
    tm_json_begin_object(json);
    data_json_string(json, "type", "object");
    tm_json_key(json, "additionalProperties");
    tm_json_boolean(json, FALSE);
    tm_json_key(json, "required");
    tm_json_begin_array(json);
    for (; *required != NULL; required++)
        tm_json_string(json, *required);
    tm_json_end_array(json);
    tm_json_key(json, "properties");
    tm_json_begin_object(json);
}

static void end_object(TmJson *json)
{
    tm_json_end_object(json);
    tm_json_end_object(json);
}

#define WEEK "^[0-9]{4}-W[0-9]{2}$"

static void write_cell(TmJson *json)
{
    static const char *const required[] = {"week", "scope", "scope_name", "scope_kind", "kpi",
        "part", "unit", "state", "value", "low", "high", "estimated", "incomplete", "at_least",
        "last_week", "target", "rule_version", NULL};
    static const char *const states[] = {"value", "band", "not shown", "not measured", NULL};
    static const char *const numbers[] = {"value", "low", "high", "last_week", "target"};
    static const char *const flags[] = {"estimated", "incomplete", "at_least"};
    static const char *const texts[] = {"scope", "scope_name", "scope_kind", "part", "unit"};
    begin_object(json, required);
    write_pattern(json, "week", WEEK);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        write_type(json, texts[i], "string", NULL);
    write_kpis(json);
    write_enum(json, "state", states);
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        write_type(json, numbers[i], "number", "null");
    for (gsize i = 0; i < G_N_ELEMENTS(flags); i++)
        write_type(json, flags[i], "boolean", NULL);
    write_type(json, "rule_version", "integer", NULL);
    end_object(json);
}

char *tm_report_kpis_schema(void)
{
    static const char *const required[] = {
        "organisation", "week", "currency", "rule_version", "hash", "cells", NULL};
    g_autoptr(TmJson) json = tm_json_new();
    tm_json_begin_object(json);
    data_json_string(json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    data_json_string(json, "title", "kpis.json");
    data_json_string(json, "description",
        "Published cells, in plain units at published precision; null where there is no number. "
        "docs/kpis.md says what each KPI means. Made from the catalogue.");
    data_json_string(json, "$ref", "#/$defs/file");
    tm_json_key(json, "$defs");
    tm_json_begin_object(json);
    tm_json_key(json, "file");
    begin_object(json, required);
    write_type(json, "organisation", "string", NULL);
    write_pattern(json, "week", WEEK);
    write_pattern(json, "currency", "^[A-Z]{3}$");
    write_type(json, "rule_version", "integer", NULL);
    write_pattern(json, "hash", "^[0-9a-f]+$");
    tm_json_key(json, "cells");
    tm_json_begin_object(json);
    data_json_string(json, "type", "array");
    tm_json_key(json, "items");
    tm_json_begin_object(json);
    data_json_string(json, "$ref", "#/$defs/cell");
    tm_json_end_object(json);
    tm_json_end_object(json);
    end_object(json);
    tm_json_key(json, "cell");
    write_cell(json);
    tm_json_end_object(json);
    tm_json_end_object(json);
    return tm_json_finish(json);
}
