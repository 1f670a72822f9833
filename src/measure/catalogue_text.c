/* The catalogue in words: docs/kpis.md and `tidemark explain`. */
#include <tidemark/measure.h>

#include <string.h>

static const char *const unit_names[] = {
    [TM_UNIT_PEOPLE] = "people",
    [TM_UNIT_SEATS] = "seats",
    [TM_UNIT_PERCENT] = "percent, whole points",
    [TM_UNIT_TOKENS] = "tokens, in thousands",
    [TM_UNIT_MONEY] = "money, in cents of the organisation's currency",
    [TM_UNIT_DAYS] = "working days, one decimal",
    [TM_UNIT_PERSON_DAYS] = "person-days",
    [TM_UNIT_COUNT] = "a count",
    [TM_UNIT_RATE] = "one decimal",
    [TM_UNIT_HOURS] = "hours, one decimal",
    [TM_UNIT_HUNDREDTHS] = "a coefficient from 0 to 1, two decimals",
};

static const char *const direction_names[] = {
    [TM_DIRECTION_NEUTRAL] = "neither up nor down is good in itself",
    [TM_DIRECTION_UP] = "up is better",
    [TM_DIRECTION_DOWN] = "down is better",
};

static const char *const aggregation_names[] = {
    [TM_AGGREGATE_SUM] = "sum of the blocks' published values",
    [TM_AGGREGATE_MEAN] = "mean over people, from exact data",
    [TM_AGGREGATE_RATIO] = "ratio of two published values",
    [TM_AGGREGATE_TOTAL] = "sum of published parts",
    [TM_AGGREGATE_DIFFERENCE] = "difference of two published values",
    [TM_AGGREGATE_DISTRIBUTION] = "from the exact data of all its people",
    [TM_AGGREGATE_COUNT] = "counted for the organisation and for each department",
    [TM_AGGREGATE_CUT] = "cut into parts for the organisation and for each department",
    [TM_AGGREGATE_TOP] = "for the organisation only",
};

static const char *const part_names[] = {
    [TM_PART_NONE] = "",
    [TM_PART_TOOL] = "one line a tool",
    [TM_PART_MODEL] = "one line a model",
    [TM_PART_SURFACE] = "one line a surface",
    [TM_PART_TASK] = "one line a task",
    [TM_PART_PROJECT] = "one line a project, product or cost centre",
    [TM_PART_BUCKET] = "one line a group of people",
};

static void append_line(GString *text, const char *label, const char *value)
{
    if (*value != '\0')
        g_string_append_printf(text, "- **%s:** %s\n", label, value);
}

/* By the letters of TmKpi.audiences. */
static void append_audiences(GString *text, const char *letters)
{
    static const struct {
        char letter;
        const char *words;
    } audiences[] = {{'E', "executive and department reports"}, {'T', "team report"}};
    const char *separator = "";
    for (gsize i = 0; i < G_N_ELEMENTS(audiences); i++) {
        if (strchr(letters, audiences[i].letter) == NULL)
            continue;
        g_string_append_printf(text, "%s%s", separator, audiences[i].words);
        separator = ", ";
    }
}

static void append_kpi(GString *text, const TmKpi *kpi)
{
    g_string_append_printf(text, "### %s (`%s`)\n\n", kpi->name, kpi->key);
    append_line(text, "Formula", kpi->formula);
    append_line(text, "Made from", kpi->sources);
    append_line(text, "Unit", unit_names[kpi->unit]);
    append_line(text, "Of a larger group", aggregation_names[kpi->aggregation]);
    append_line(text, "Lines", part_names[kpi->by]);
    append_line(text, "Direction", direction_names[kpi->direction]);
    append_line(text, "Reading", kpi->reading);
    append_line(text, "What it changes", kpi->decision);
    if (kpi->minimum_people > 0)
        g_string_append_printf(text, "- **Shown from:** %u people\n", kpi->minimum_people);
    if (kpi->money_rule)
        g_string_append(text,
            "- **Concentration:** shown as a band when fewer than 5 people contribute, or one "
            "or two make up most of it\n");
    g_string_append(text, "- **Who sees it:** ");
    if (kpi->support)
        g_string_append(text, "nobody: it supports alerts");
    else
        append_audiences(text, kpi->audiences);
    g_string_append(text, "\n\n");
}

char *tm_kpi_explain(TmKpiId id)
{
    GString *text = g_string_new(NULL);
    append_kpi(text, tm_kpi(id));
    g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}

char *tm_kpi_catalogue_markdown(void)
{
    GString *text = g_string_new(
        "# KPIs\n\n"
        "Made from the catalogue in the program; do not edit by hand. Every number is subject to "
        "[disclosure control](privacy.md).\n\n"
        "Weeks are ISO weeks in the organisation's time zone. A number that no source supplies is "
        "*not measured*, never zero. A week in which a tool with licences lacks days is "
        "*incomplete*: its totals are shown without a change.\n\n"
        "## Shown in reports\n\n");
    for (int id = 0; id < TM_KPI_COUNT; id++)
        if (!tm_kpi((TmKpiId)id)->support)
            append_kpi(text, tm_kpi((TmKpiId)id));
    g_string_append(text, "## Support of alerts\n\n");
    for (int id = 0; id < TM_KPI_COUNT; id++)
        if (tm_kpi((TmKpiId)id)->support)
            append_kpi(text, tm_kpi((TmKpiId)id));
    g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}
