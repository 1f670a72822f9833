/* People: persons with their spells, as drafts; units.c places them in teams. */
#include <string.h>

#include "directory.h"
#include "fold.h"
#include "people.h"
#include "row.h"

static const TableColumn columns[PERSON_COLUMN_COUNT] = {
    [PERSON_EMAIL] = {"email", "mail email_address work_email primary_email", 1},
    [PERSON_PRINCIPAL] = {"user_principal_name", NULL, 1},
    [PERSON_LOGIN] = {"login", "username user_name", 1},
    [PERSON_NAME] = {"name", "display_name full_name", 0},
    [PERSON_FIRST_NAME] = {"first_name", "given_name", 0},
    [PERSON_LAST_NAME] = {"last_name", "surname family_name", 0},
    [PERSON_TEAM] = {"team_id", "team team_ids org_unit_path", 0},
    [PERSON_DEPARTMENT] = {"department", NULL, 0},
    [PERSON_LOCATION] = {"location", "office office_location physical_delivery_office_name", 0},
    [PERSON_COUNTRY_CODE] = {"country_code", "usage_location", 0},
    [PERSON_COUNTRY] = {"country", NULL, 0},
    [PERSON_TIME_ZONE] = {"time_zone", NULL, 0},
    [PERSON_WORK_DAYS] = {"work_days", NULL, 0},
    [PERSON_START] = {"start_date", "hire_date", 0},
    [PERSON_END] = {"end_date", "termination_date", 0},
    [PERSON_STATUS] = {"status", "active", 0},
    [PERSON_ENABLED] = {"account_enabled", NULL, 0},
    [PERSON_REMOVED] = {"is_removed", NULL, 0},
    [PERSON_SUSPENDED] = {"suspended", "is_suspended block_sign_in(yes/no)", 0},
};

/* Columns that directories export and nothing here needs: numbers, titles, managers, addresses. */
static const char unread[] =
    "employee_id employee_number worker_id object_id manager_email manager manager_id title "
    "job_title job_family cost_center user_type created_date_time id "
    /* Okta */
    "middle_name honorific_prefix honorific_suffix nick_name profile_url second_email "
    "mobile_phone primary_phone street_address city state zip_code postal_address "
    "preferred_language locale organization division "
    /* Entra */
    "postal_code telephone_number mobile authentication_alternative_phone_number "
    "authentication_email alternate_email_address age_group consent_provided_for_minor "
    "legal_age_group_classification password_profile "
    /* Google Workspace */
    "password password_hash_function new_primary_email last_sign_in recovery_email "
    "home_secondary_email work_secondary_email must_be_in_the_e.164_format work_phone home_phone "
    "work_address home_address employee_type employee_title 2sv_enrolled 2sv_enforced "
    "building_id floor_name floor_section email_usage drive_usage photos_usage storage_limit "
    "total_storage storage_used change_password_at_next_sign_in new_status licenses new_licenses "
    "advanced_protection_program_enrollment "
    /* Harness */
    "manager_name manager_email_address role";

static const char *const status_names[] = {"active", "true", "yes", "1", "enabled", "provisioned",
    "recovery", "locked_out", "password_expired", "inactive", "false", "no", "0", "disabled",
    "suspended", "deprovisioned", "staged", "archived", "deleted", "terminated", "left", NULL};
#define FIRST_INACTIVE 9

/* Whether the person is active by all columns that say so; FALSE in *usable if one is wrong. */
static gboolean is_active(const TableRow *row, gboolean *usable)
{
    static const struct {
        guint column;
        gboolean inverted;
    } sources[] = {{PERSON_STATUS, FALSE}, {PERSON_ENABLED, FALSE}, {PERSON_REMOVED, TRUE},
        {PERSON_SUSPENDED, TRUE}};
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

/*
 * Of a guest, "ana_x.io#EXT#@tenant.onmicrosoft.com" is the account and ana@x.io the address: the
 * last "_" stands for "@", since the name of a host has none. NULL if the account is no guest's.
 */
static char *guest_address(const char *principal)
{
    g_autofree char *lower = g_ascii_strdown(principal, -1);
    char *mark = strstr(lower, "#ext#@");
    if (mark == NULL)
        return NULL;
    *mark = '\0';
    char *at = strrchr(lower, '_');
    if (at == NULL)
        return NULL;
    *at = '@';
    return g_steal_pointer(&lower);
}

/* Where the address is: a login counts only when it looks like one. */
static guint email_column(const TableRow *row)
{
    if (*row->cells[PERSON_EMAIL] != '\0')
        return PERSON_EMAIL;
    if (*row->cells[PERSON_PRINCIPAL] != '\0')
        return PERSON_PRINCIPAL;
    return strchr(row->cells[PERSON_LOGIN], '@') != NULL ? PERSON_LOGIN : PERSON_EMAIL;
}

static gboolean read_email(const TableRow *row, char **email)
{
    guint column = email_column(row);
    const char *text;
    if (!row_text(row, column, &text) || !row_email(row, column, email))
        return FALSE;
    char *guest = guest_address(*email);
    if (guest != NULL) {
        g_free(*email);
        *email = guest;
    }
    return TRUE;
}

/* Names of the person's account that are not the address are accounts to be known by. */
static void note_accounts(Loading *loading, const TableRow *row, const char *email)
{
    static const guint sources[] = {PERSON_PRINCIPAL, PERSON_LOGIN};
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        const char *value = row->cells[sources[i]];
        TmPlace place = {.file = row->file, .line = row->line};
        place.field = row->columns[sources[i]].name;
        TmIdentityKind kind = strchr(value, '@') != NULL ? TM_IDENTITY_EMAIL : TM_IDENTITY_LOGIN;
        directory_add_account(loading, &place, email, TM_TOOL_LIMIT, kind, value);
    }
}

static char *read_name(const TableRow *row)
{
    if (*row->cells[PERSON_NAME] != '\0')
        return g_strdup(row->cells[PERSON_NAME]);
    g_autofree char *both =
        g_strdup_printf("%s %s", row->cells[PERSON_FIRST_NAME], row->cells[PERSON_LAST_NAME]);
    g_strstrip(both);
    return *both != '\0' ? g_steal_pointer(&both) : NULL;
}

/*
 * The home team is the first of a list; a department stands in for a missing team, and for "/",
 * which is the organisation.
 */
static gboolean read_unit(const TableRow *row, SpellDraft *draft)
{
    const char *text = row->cells[PERSON_TEAM];
    gboolean has_department = *row->cells[PERSON_DEPARTMENT] != '\0';
    draft->from_department = *text == '\0' || (g_str_equal(text, "/") && has_department);
    guint column = draft->from_department ? PERSON_DEPARTMENT : PERSON_TEAM;
    text = row->cells[column];
    g_autofree char *first = g_strstrip(g_strndup(text, strcspn(text, ";")));
    if (strlen(first) > MOST_UNIT_ID_BYTES) {
        row_report(row, TM_KIND_TOO_LONG, column, "the id of a team has at most 100 bytes");
        return FALSE;
    }
    if (*first != '\0')
        draft->unit_id = g_steal_pointer(&first);
    return TRUE;
}

static gboolean read_place(Loading *loading, const TableRow *row, TmRosterSpell *spell)
{
    spell->work_days = loading->setup->settings.work_days;
    if (*row->cells[PERSON_WORK_DAYS] != '\0' &&
        !work_days_parse(row->cells[PERSON_WORK_DAYS], &spell->work_days)) {
        row_report(
            row, TM_KIND_BAD_VALUE, PERSON_WORK_DAYS, "write xxxxx--, Mon-Fri or Mon,Tue,Thu");
        return FALSE;
    }
    if (*row->cells[PERSON_TIME_ZONE] != '\0') {
        spell->zone = zone_shared(loading, row->cells[PERSON_TIME_ZONE]);
        if (spell->zone == NULL) {
            row_report(
                row, TM_KIND_BAD_VALUE, PERSON_TIME_ZONE, "no such time zone on this machine");
            return FALSE;
        }
    }
    gboolean has_code = *row->cells[PERSON_COUNTRY_CODE] != '\0';
    spell->calendar = calendar_for(loading,
        row->cells[has_code ? PERSON_COUNTRY_CODE : PERSON_COUNTRY], row->cells[PERSON_LOCATION]);
    return TRUE;
}

static PersonDraft *find_or_add_person(Loading *loading, const char *email, const char *file)
{
    PersonDraft *person = g_hash_table_lookup(loading->people_by_email, email);
    if (person == NULL) {
        person = g_new0(PersonDraft, 1);
        person->email = g_strdup(email);
        person->file = path_kept(loading, file);
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
            row_report(row, TM_KIND_OVERLAP, PERSON_START,
                "its days overlap with line %" G_GUINT64_FORMAT " of the same person", other->line);
            return TRUE;
        }
    }
    return FALSE;
}

/* Adds what a row says of a person whom no earlier file gives. */
static void take_spell(Loading *loading, const TableRow *row, const char *email, gboolean active)
{
    SpellDraft draft = {.line = row->line, .spell = {.team = TM_TEAM_NONE}};
    if (!row_days(row, PERSON_START, PERSON_END, &draft.spell.first, &draft.spell.last) ||
        !read_place(loading, row, &draft.spell))
        return;
    PersonDraft *person = find_or_add_person(loading, email, row->file);
    if (person->name == NULL)
        person->name = read_name(row);
    if (!active && draft.spell.last == TM_DAY_FOREVER) {
        row_report(row, TM_KIND_NOTE_FILE, PERSON_STATUS,
            "inactive without an end_date: on the roster on no day");
        return;
    }
    if (overlaps(row, person, &draft.spell) || !read_unit(row, &draft))
        return;
    g_array_append_val(person->spells, draft);
}

char *people_take(Loading *loading, const TableRow *row)
{
    g_autofree char *email = NULL;
    gboolean usable;
    gboolean active = is_active(row, &usable);
    if (!usable || !read_email(row, &email))
        return NULL;
    note_accounts(loading, row, email);
    const PersonDraft *known = g_hash_table_lookup(loading->people_by_email, email);
    if (known == NULL || known->file == path_kept(loading, row->file))
        take_spell(loading, row, email, active);
    return g_steal_pointer(&email);
}

static void take_row(const TableRow *row, gpointer user)
{
    g_free(people_take(user, row));
}

const TableFormat people_format = {"people.csv", columns, PERSON_COLUMN_COUNT, unread, take_row};

gboolean people_load(Loading *loading)
{
    TableState state = table_read(
        loading->folder, &people_format, loading->diagnostics, loading->fingerprint, loading);
    loading->has_people_file = state != TABLE_MISSING;
    return state != TABLE_UNUSABLE;
}

static int compare_people(gconstpointer left, gconstpointer right)
{
    const PersonDraft *a = *(PersonDraft *const *)left, *b = *(PersonDraft *const *)right;
    return strcmp(a->email, b->email);
}

gboolean people_number(Loading *loading)
{
    g_ptr_array_sort(loading->people, compare_people);
    for (guint i = 0; i < loading->people->len; i++) {
        const PersonDraft *person = g_ptr_array_index(loading->people, i);
        g_hash_table_insert(loading->setup->hidden->people, person->email, GUINT_TO_POINTER(i + 1));
    }
    if (loading->has_people_file || loading->people->len > 0)
        return TRUE;
    g_autofree char *path = g_build_filename(loading->folder, people_format.file_name, NULL);
    tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_SETUP, &(TmPlace){.file = path},
        "there is no such file, and no export in the folder \"" DIRECTORY_FOLDER
        "\" names people; init writes an example");
    return FALSE;
}
