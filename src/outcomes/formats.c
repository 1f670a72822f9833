/* The list of formats, and how a file is told to be one of them. */
#include "formats.h"

const OutcomeFormat *const outcome_formats[] = {
    &outcome_table_format,
    &outcome_git_log,
    &outcome_gh_requests,
    &outcome_gh_issues,
    &outcome_github_requests,
    &outcome_github_issues,
    &outcome_gitlab_issues_csv,
    &outcome_gitlab_requests_csv,
    &outcome_gitlab_requests,
    &outcome_jira_csv,
    &outcome_jira_issues,
    &outcome_linear_csv,
    &outcome_survey_format,
    &outcome_themes,
};

const guint outcome_format_count = G_N_ELEMENTS(outcome_formats);

/* Whether `name` is one of the variants; of a path like "base.ref", its first part. */
static gboolean is_variant(const char *names, TmCell name, gboolean path)
{
    for (;;) {
        gsize length = strcspn(names, "|"), part = path ? strcspn(names, ".[|") : length;
        if (part == name.length && g_ascii_strncasecmp(names, name.text, part) == 0)
            return TRUE;
        if (names[length] == '\0')
            return FALSE;
        names += length + 1;
    }
}

gint outcome_find_field(const OutcomeFormat *format, TmCell name)
{
    for (guint i = 0; i < format->table.field_count; i++)
        if (is_variant(format->table.fields[i].names, name, format->shape == OUTCOME_SHAPE_JSON))
            return (gint)i;
    return -1;
}

static guint64 fields_present(const OutcomeFormat *format, const TmCell *names, guint count)
{
    guint64 present = 0;
    for (guint i = 0; i < count; i++) {
        gint field = outcome_find_field(format, tm_cell_trim(names[i]));
        present |= field >= 0 ? OUTCOME_FIELD_BIT(field) : 0;
    }
    return present;
}

static gboolean is_complete(const OutcomeFormat *format, guint64 present)
{
    return (present & format->required) == format->required ||
           (format->instead != 0 && (present & format->instead) == format->instead);
}

/* Names the format that lacks least, if two of its needed fields are there. */
static gboolean refuse_nearest(
    OutcomeReading *reading, OutcomeShape shape, const TmCell *names, guint count)
{
    for (guint i = 0; i < outcome_format_count; i++) {
        const OutcomeFormat *format = outcome_formats[i];
        guint64 present = format->shape == shape ? fields_present(format, names, count) : 0;
        if (__builtin_popcountll(present & format->required) < 2)
            continue;
        g_autoptr(GString) missing = g_string_new(NULL);
        for (guint field = 0; field < format->table.field_count; field++)
            if ((format->required & ~present) & OUTCOME_FIELD_BIT(field))
                g_string_append_printf(missing, "%s%s", missing->len > 0 ? ", " : "",
                    tm_field_name(&format->table.fields[field]));
        outcome_report(reading, TM_KIND_UNKNOWN_FORMAT, NULL, "nearest to %s, but without: %s",
            format->table.name, missing->str);
        return TRUE;
    }
    return FALSE;
}

static gboolean has_other_separator(OutcomeShape shape, const TmCell *names, guint count)
{
    return shape == OUTCOME_SHAPE_CSV && count == 1 &&
           (tm_cell_contains(names[0], ";") || tm_cell_contains(names[0], "\t"));
}

const OutcomeFormat *outcome_recognise(
    OutcomeReading *reading, OutcomeShape shape, const TmCell *names, guint count)
{
    for (guint i = 0; i < outcome_format_count; i++)
        if (outcome_formats[i]->shape == shape &&
            is_complete(outcome_formats[i], fields_present(outcome_formats[i], names, count)))
            return outcome_formats[i];
    if (!refuse_nearest(reading, shape, names, count))
        outcome_report(reading, TM_KIND_UNKNOWN_FORMAT, NULL, "%s",
            has_other_separator(shape, names, count)
                ? "columns are not separated by commas"
                : "no export of outcomes; docs/outcomes.md lists those that are read");
    return NULL;
}

void outcome_begin(OutcomeReading *reading, const OutcomeFormat *format)
{
    reading->format = format;
    reading->summary->format = &format->table;
    if (format->begin != NULL)
        format->begin(reading);
}
