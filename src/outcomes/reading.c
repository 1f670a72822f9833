/* What all formats share while one file is read; see reading.h. */
#include "reading.h"

#include "formats.h"

void outcome_reading_clear(OutcomeReading *reading)
{
    g_clear_pointer(&reading->team_ids, g_hash_table_unref);
}

G_GNUC_PRINTF(4, 0)
static void report(OutcomeReading *reading, TmDiagnosticKind kind, const char *field,
    const char *format, va_list arguments)
{
    TmPlace place = {reading->path, reading->line, reading->column, field};
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", text);
}

void outcome_skip(
    OutcomeReading *reading, TmDiagnosticKind kind, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(reading, kind, field, format, arguments);
    va_end(arguments);
    reading->summary->rows_skipped++;
}

void outcome_report(
    OutcomeReading *reading, TmDiagnosticKind kind, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report(reading, kind, field, format, arguments);
    va_end(arguments);
}

void outcome_exclude(OutcomeReading *reading, TmOutcomeExclusion exclusion)
{
    reading->summary->rows_excluded[exclusion]++;
}

gboolean outcome_admits(OutcomeReading *reading, TmDay day, const char *field)
{
    if (day < 0)
        outcome_skip(reading, TM_KIND_BAD_DATE, field, "before 1970, which no such tool can mean");
    else if (day > reading->options->today)
        outcome_skip(reading, TM_KIND_FUTURE_DATE, field, "later than the day of this run");
    else
        return TRUE;
    return FALSE;
}

void outcome_note_taken(OutcomeReading *reading, TmDay day)
{
    TmOutcomeSummary *summary = reading->summary;
    summary->rows_taken++;
    if (summary->first == TM_DAY_NONE || day < summary->first)
        summary->first = day;
    if (summary->last == TM_DAY_NONE || day > summary->last)
        summary->last = day;
}

void outcome_take_named(
    OutcomeReading *reading, TmOutcome *item, TmKeyHash identity, const char *metric)
{
    item->source = reading->format->table.source;
    item->exported = reading->summary->exported;
    item->metric = metric;
    item->key = tm_key_end(
        tm_key_text(tm_key_integer(identity, (gint64)item->source), metric, strlen(metric)));
    if (reading->sink->outcome != NULL)
        reading->sink->outcome(reading->sink->user, item);
}

void outcome_take(
    OutcomeReading *reading, TmOutcome *item, TmKeyHash identity, TmOutcomeMetric metric)
{
    outcome_take_named(reading, item, identity, tm_outcome_metric_name(metric));
}

/* Like the keys of Jira and Linear: a capital, then capitals, digits and "_". */
static gboolean has_form_of_key(TmCell project)
{
    if (project.length < 2 || project.length >= OUTCOME_KEY_SIZE ||
        !g_ascii_isupper(project.text[0]))
        return FALSE;
    for (gsize i = 0; i < project.length; i++)
        if (!g_ascii_isupper(project.text[i]) && !g_ascii_isdigit(project.text[i]) &&
            project.text[i] != '_')
            return FALSE;
    return TRUE;
}

void outcome_set_project(TmOutcome *item, TmCell project, char key[OUTCOME_KEY_SIZE])
{
    item->project = 0;
    item->project_key = NULL;
    if (project.length == 0)
        return;
    item->project = tm_key_end(tm_key_lower(TM_KEY_START, project.text, project.length));
    if (!has_form_of_key(project))
        return;
    memcpy(key, project.text, project.length);
    key[project.length] = '\0';
    item->project_key = key;
}

TmTeamIndex outcome_team_by_id(OutcomeReading *reading, TmCell id)
{
    const GArray *teams = reading->setup->teams;
    if (reading->team_ids == NULL) {
        reading->team_ids = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < teams->len; i++)
            g_hash_table_insert(
                reading->team_ids, g_array_index(teams, TmTeam, i).id, GUINT_TO_POINTER(i + 1));
    }
    if (id.length == 1 && id.text[0] == '*')
        return 0;
    g_autofree char *text = g_strndup(id.text, id.length);
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(reading->team_ids, text));
    return found > 0 ? found - 1 : TM_TEAM_NONE;
}

/* ---- Attribution ------------------------------------------------------------------------- */

TmTeamIndex outcome_team_of(const OutcomeReading *reading, TmToolIndex tool, TmIdentityKind kind,
    TmCell account, TmDay day, gboolean *ignored)
{
    if (account.length == 0)
        return TM_TEAM_NONE;
    TmIdentity identity = {kind, account.text, account.length};
    TmPersonIndex person = tm_setup_resolve(reading->setup, tool, &identity, day);
    *ignored |= person == TM_PERSON_IGNORED;
    return person != TM_PERSON_IGNORED ? tm_setup_team_on(reading->setup, person, day)
                                       : TM_TEAM_NONE;
}

/* GitLab's tokens act as "project_12_bot_5c1f" and "group_12_bot". */
static gboolean is_token_user(TmCell account)
{
    static const char *const kinds[] = {"project_", "group_"};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        gsize at = strlen(kinds[i]);
        if (!tm_cell_begins(account, kinds[i]))
            continue;
        while (at < account.length && g_ascii_isdigit(account.text[at]))
            at++;
        TmCell rest = {account.text + at, account.length - at};
        if (tm_cell_begins(rest, "_bot"))
            return TRUE;
    }
    return FALSE;
}

gboolean outcome_is_bot(TmCell account)
{
    return tm_cell_contains(account, "[bot]") || tm_cell_begins(account, "app/") ||
           is_token_user(account);
}

/* ---- Texts ------------------------------------------------------------------------------- */

gboolean outcome_next_part(TmCell *rest, TmCell *part)
{
    if (rest->length == 0)
        return FALSE;
    const char *comma = memchr(rest->text, ',', rest->length);
    gsize length = comma != NULL ? (gsize)(comma - rest->text) : rest->length;
    gsize used = comma != NULL ? length + 1 : length;
    *part = tm_cell_trim((TmCell){rest->text, length});
    *rest = (TmCell){rest->text + used, rest->length - used};
    return TRUE;
}

static char fold_sign(char sign)
{
    return sign == '-' || sign == '_' ? ' ' : tm_ascii_lower(sign);
}

static gboolean is_same_text(TmCell a, TmCell b)
{
    if (a.length != b.length)
        return FALSE;
    for (gsize i = 0; i < a.length; i++)
        if (fold_sign(a.text[i]) != fold_sign(b.text[i]))
            return FALSE;
    return a.length > 0;
}

gboolean outcome_list_has(const char *list, TmCell value)
{
    TmCell rest = {list, strlen(list)}, part;
    while (outcome_next_part(&rest, &part))
        if (is_same_text(part, value))
            return TRUE;
    return FALSE;
}

/* First place of `text`, as written, in the cell; NULL if it is not in it. */
static const char *find_in(TmCell cell, const char *text)
{
    return cell.length > 0 ? memmem(cell.text, cell.length, text, strlen(text)) : NULL;
}

gboolean outcome_split_address(TmCell address, const char *marker, TmCell *site, TmCell *project)
{
    const char *host = find_in(address, "://");
    const char *end = find_in(address, marker);
    if (host == NULL || end == NULL || end < host + 3)
        return FALSE;
    host += 3;
    if (end - host > 2 && memcmp(end - 2, "/-", 2) == 0)
        end -= 2;
    const char *path = memchr(host, '/', (gsize)(end - host));
    if (path == NULL || end - path < 2)
        return FALSE;
    *site = (TmCell){host, (gsize)(end - host)};
    *project = (TmCell){path + 1, (gsize)(end - path) - 1};
    return TRUE;
}

TmCell outcome_value(const OutcomeValues *values, guint field)
{
    TmCell cell = field != OUTCOME_NO_FIELD ? values->cells[field] : (TmCell){NULL, 0};
    return cell.text != NULL ? tm_cell_trim(cell) : (TmCell){"", 0};
}

static gboolean any_part_in_list(TmCell cell, const char *list)
{
    TmCell part;
    while (outcome_next_part(&cell, &part))
        if (outcome_list_has(list, part))
            return TRUE;
    return FALSE;
}

gboolean outcome_any_in_list(const OutcomeValues *values, guint field, const char *list)
{
    if (any_part_in_list(values->cells[field], list))
        return TRUE;
    for (guint i = 0; i < values->more_count; i++)
        if (values->more[i].field == field && any_part_in_list(values->more[i].cell, list))
            return TRUE;
    return FALSE;
}
