/* people.csv: persons with their spells, as drafts; units.c places them in teams. */
#include <string.h>

#include "fold.h"
#include "loading.h"
#include "row.h"

enum {
    EMAIL,
    LOGIN,
    NAME,
    FIRST_NAME,
    LAST_NAME,
    TEAM,
    DEPARTMENT,
    LOCATION,
    COUNTRY,
    TIME_ZONE,
    WORK_DAYS,
    FIRST,
    LAST,
    STATUS,
    ENABLED,
    REMOVED,
    SUSPENDED,
    COLUMN_COUNT
};
static const TableColumn columns[COLUMN_COUNT] = {
    [EMAIL] = {"email", "mail email_address work_email primary_email user_principal_name", 1},
    [LOGIN] = {"login", "username user_name", 1},
    [NAME] = {"name", "display_name full_name", 0},
    [FIRST_NAME] = {"first_name", "given_name", 0},
    [LAST_NAME] = {"last_name", "surname family_name", 0},
    [TEAM] = {"team_id", "team team_ids org_unit_path", 0},
    [DEPARTMENT] = {"department", NULL, 0},
    [LOCATION] = {"location", "office office_location physical_delivery_office_name", 0},
    [COUNTRY] = {"country", "country_code usage_location", 0},
    [TIME_ZONE] = {"time_zone", NULL, 0},
    [WORK_DAYS] = {"work_days", NULL, 0},
    [FIRST] = {"start_date", "hire_date", 0},
    [LAST] = {"end_date", "termination_date", 0},
    [STATUS] = {"status", "active", 0},
    [ENABLED] = {"account_enabled", NULL, 0},
    [REMOVED] = {"is_removed", NULL, 0},
    [SUSPENDED] = {"suspended", "is_suspended", 0},
};
static const char unread[] =
    "employee_id employee_number worker_id object_id manager_email manager manager_id title "
    "job_title job_family cost_center user_type created_date_time id";

static const char *const status_names[] = {"active", "true", "yes", "1", "enabled", "provisioned",
    "inactive", "false", "no", "0", "disabled", "suspended", "deprovisioned", "left", NULL};
#define FIRST_INACTIVE 6

/* Whether the person is active by all columns that say so; FALSE in *usable if one is wrong. */
static gboolean is_active(const TableRow *row, gboolean *usable)
{
    static const struct {
        guint column;
        gboolean inverted;
    } sources[] = {{STATUS, FALSE}, {ENABLED, FALSE}, {REMOVED, TRUE}, {SUSPENDED, TRUE}};
    gboolean active = TRUE;
    *usable = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        int choice;
        int otherwise = sources[i].inverted ? FIRST_INACTIVE : 0;
        if (!row_choice(row, sources[i].column, status_names, otherwise, &choice))
            *usable = FALSE;
        else
            active &= (choice < FIRST_INACTIVE) != sources[i].inverted;
    }
    return active;
}

/* The address: a login counts only when it looks like one. */
static gboolean read_email(const TableRow *row, char **email)
{
    guint column = *row->cells[EMAIL] == '\0' && strchr(row->cells[LOGIN], '@') ? LOGIN : EMAIL;
    const char *text;
    return row_text(row, column, &text) && row_email(row, column, email);
}

static char *read_name(const TableRow *row)
{
    if (*row->cells[NAME] != '\0')
        return g_strdup(row->cells[NAME]);
    g_autofree char *both = g_strdup_printf("%s %s", row->cells[FIRST_NAME], row->cells[LAST_NAME]);
    g_strstrip(both);
    return *both != '\0' ? g_steal_pointer(&both) : NULL;
}

/* The home team is the first of a list; a department stands in for a missing team. */
static gboolean read_unit(const TableRow *row, char **unit_id)
{
    guint column = *row->cells[TEAM] != '\0' ? TEAM : DEPARTMENT;
    const char *text = row->cells[column];
    g_autofree char *first = g_strstrip(g_strndup(text, strcspn(text, ";")));
    *unit_id = NULL;
    if (strlen(first) > MOST_UNIT_ID_BYTES) {
        row_report(row, TM_KIND_TOO_LONG, column, "the id of a team has at most 100 bytes");
        return FALSE;
    }
    if (*first != '\0')
        *unit_id = g_steal_pointer(&first);
    return TRUE;
}

static gboolean read_place(Loading *loading, const TableRow *row, TmRosterSpell *spell)
{
    spell->work_days = loading->setup->settings.work_days;
    if (*row->cells[WORK_DAYS] != '\0' &&
        !work_days_parse(row->cells[WORK_DAYS], &spell->work_days)) {
        row_report(row, TM_KIND_BAD_VALUE, WORK_DAYS, "write xxxxx--, Mon-Fri or Mon,Tue,Thu");
        return FALSE;
    }
    if (*row->cells[TIME_ZONE] != '\0') {
        spell->zone = zone_shared(loading, row->cells[TIME_ZONE]);
        if (spell->zone == NULL) {
            row_report(row, TM_KIND_BAD_VALUE, TIME_ZONE, "no such time zone on this machine");
            return FALSE;
        }
    }
    spell->calendar = calendar_for(loading, row->cells[COUNTRY], row->cells[LOCATION]);
    return TRUE;
}

static PersonDraft *find_or_add_person(Loading *loading, const char *email)
{
    PersonDraft *person = g_hash_table_lookup(loading->people_by_email, email);
    if (person == NULL) {
        person = g_new0(PersonDraft, 1);
        person->email = g_strdup(email);
        person->spells = g_array_new(FALSE, FALSE, sizeof(SpellDraft));
        g_ptr_array_add(loading->people, person);
        g_hash_table_insert(loading->people_by_email, person->email, person);
    }
    return person;
}

gboolean days_overlap(TmDay first, TmDay last, TmDay other_first, TmDay other_last)
{
    return first <= other_last && other_first <= last;
}

static gboolean overlaps(const TableRow *row, const PersonDraft *person, const TmRosterSpell *spell)
{
    for (guint i = 0; i < person->spells->len; i++) {
        const SpellDraft *other = &g_array_index(person->spells, SpellDraft, i);
        if (days_overlap(spell->first, spell->last, other->spell.first, other->spell.last)) {
            row_report(row, TM_KIND_OVERLAP, FIRST,
                "its days overlap with line %" G_GUINT64_FORMAT " of the same person", other->line);
            return TRUE;
        }
    }
    return FALSE;
}

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    g_autofree char *email = NULL;
    SpellDraft draft = {.line = row->line, .spell = {.team = TM_TEAM_NONE}};
    gboolean usable;
    gboolean active = is_active(row, &usable);
    if (!usable || !read_email(row, &email) ||
        !row_days(row, FIRST, LAST, &draft.spell.first, &draft.spell.last) ||
        !read_place(loading, row, &draft.spell))
        return;
    PersonDraft *person = find_or_add_person(loading, email);
    if (person->name == NULL)
        person->name = read_name(row);
    if (!active && draft.spell.last == TM_DAY_FOREVER) {
        row_report(row, TM_KIND_NOTE_FILE, STATUS,
            "inactive without an end_date: on the roster on no day");
        return;
    }
    if (overlaps(row, person, &draft.spell) || !read_unit(row, &draft.unit_id))
        return;
    g_array_append_val(person->spells, draft);
}

gboolean people_load(Loading *loading)
{
    static const TableFormat format = {"people.csv", columns, COLUMN_COUNT, unread, take_row};
    TableState state =
        table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint, loading);
    if (state == TABLE_MISSING) {
        g_autofree char *path = g_build_filename(loading->folder, format.file_name, NULL);
        tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_SETUP, &(TmPlace){.file = path},
            "there is no such file; init writes an example");
    }
    return state == TABLE_READ;
}
