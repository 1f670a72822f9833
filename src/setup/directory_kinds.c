/*
 * What each kind of entry means. A user becomes a row as people.csv has it, so that all rules for
 * such rows hold; a group is kept until all files are read.
 */
#include "directory.h"
#include "directory_entry.h"
#include "people.h"

/* ---- Parts of entries ---------------------------------------------------------------------- */

static const char *text_or_empty(const DirectoryEntry *entry, EntryText text)
{
    return entry->texts[text] != NULL ? entry->texts[text] : "";
}

static const char *first_text(const DirectoryEntry *entry, EntryText one, EntryText other)
{
    return entry->texts[one] != NULL ? entry->texts[one] : text_or_empty(entry, other);
}

static guint element_count(const DirectoryEntry *entry, EntryList list)
{
    return entry->lists[list] != NULL ? entry->lists[list]->len : 0;
}

static const char *element_text(
    const DirectoryEntry *entry, EntryList list, guint at, ElementText text)
{
    return g_array_index(entry->lists[list], EntryElement, at).texts[text];
}

static gboolean says(const char *text, const char *word)
{
    return text != NULL && g_ascii_strcasecmp(text, word) == 0;
}

static char *key_of(const char *kind, const char *id)
{
    return g_strconcat(kind, id, NULL);
}

static TmPlace place_at(const DirectoryEntry *entry, const char *field)
{
    TmPlace place = entry->place;
    place.field = field;
    return place;
}

/* The user's row; gives the person's address, owned by the caller, or NULL. */
static char *take_person(
    Loading *loading, const DirectoryEntry *entry, const TableColumn *columns, const char **cells)
{
    for (guint i = 0; i < PERSON_COLUMN_COUNT; i++)
        cells[i] = cells[i] != NULL ? cells[i] : "";
    TableRow row = {.file = entry->place.file,
        .line = entry->place.line,
        .columns = columns,
        .cells = cells,
        .diagnostics = loading->diagnostics};
    return people_take(loading, &row);
}

/* Other entries call the user by this key; the first of two entries keeps it. */
static void name_person(Loading *loading, char *key, const char *person_kind, const char *id)
{
    GHashTable *people = loading->directory->people;
    if (g_hash_table_contains(people, key))
        g_free(key);
    else
        g_hash_table_insert(people, key, key_of(person_kind, id));
}

/* ---- SCIM 2.0 ------------------------------------------------------------------------------ */

static const TableColumn scim_columns[PERSON_COLUMN_COUNT] = {
    [PERSON_EMAIL] = {.name = "emails"},
    [PERSON_LOGIN] = {.name = "userName"},
    [PERSON_NAME] = {.name = "displayName"},
    [PERSON_DEPARTMENT] = {.name = "department"},
    [PERSON_TIME_ZONE] = {.name = "timezone"},
    [PERSON_START] = {.name = "emails"},
    [PERSON_STATUS] = {.name = "active"},
};

static gboolean has_schema(const DirectoryEntry *entry, const char *schema)
{
    for (guint i = 0; i < element_count(entry, ENTRY_SCHEMAS); i++) {
        if (says(element_text(entry, ENTRY_SCHEMAS, i, ELEMENT_VALUE), schema))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_scim_user(const DirectoryEntry *entry)
{
    return has_schema(entry, "urn:ietf:params:scim:schemas:core:2.0:User") ||
           entry->texts[ENTRY_USER_NAME] != NULL || entry->lists[ENTRY_EMAILS] != NULL;
}

static gboolean is_scim_group(const DirectoryEntry *entry)
{
    return has_schema(entry, "urn:ietf:params:scim:schemas:core:2.0:Group") ||
           (entry->texts[ENTRY_DISPLAY_NAME] != NULL && entry->lists[ENTRY_MEMBERS] != NULL);
}

/* A page that has no resources may leave their list out. */
static gboolean is_scim_page(const DirectoryEntry *entry)
{
    return has_schema(entry, "urn:ietf:params:scim:api:messages:2.0:ListResponse");
}

/* The primary address, else the first one for work, else the first one; NULL if there is none. */
static const char *scim_email(const DirectoryEntry *entry)
{
    const char *first = NULL, *work = NULL;
    for (guint i = 0; i < element_count(entry, ENTRY_EMAILS); i++) {
        const char *value = element_text(entry, ENTRY_EMAILS, i, ELEMENT_VALUE);
        if (value == NULL)
            continue;
        if (says(element_text(entry, ENTRY_EMAILS, i, ELEMENT_PRIMARY), "true"))
            return value;
        if (work == NULL && says(element_text(entry, ENTRY_EMAILS, i, ELEMENT_TYPE), "work"))
            work = value;
        first = first != NULL ? first : value;
    }
    return work != NULL ? work : first;
}

/* Other addresses for work are accounts; private ones are not read. */
static void take_scim_addresses(Loading *loading, const DirectoryEntry *entry, const char *email)
{
    TmPlace place = place_at(entry, "emails");
    for (guint i = 0; i < element_count(entry, ENTRY_EMAILS); i++) {
        const char *value = element_text(entry, ENTRY_EMAILS, i, ELEMENT_VALUE);
        if (value != NULL && says(element_text(entry, ENTRY_EMAILS, i, ELEMENT_TYPE), "work"))
            directory_add_account(loading, &place, email, TM_TOOL_LIMIT, TM_IDENTITY_EMAIL, value);
    }
}

/* Groups that the user is in; one that has no entry of its own is known by what is said here. */
static void take_scim_memberships(Loading *loading, const DirectoryEntry *entry, const char *email)
{
    for (guint i = 0; i < element_count(entry, ENTRY_GROUPS); i++) {
        const char *value = element_text(entry, ENTRY_GROUPS, i, ELEMENT_VALUE);
        const char *display = element_text(entry, ENTRY_GROUPS, i, ELEMENT_DISPLAY);
        const char *id = value != NULL ? value : display;
        if (id == NULL)
            continue;
        TmPlace place = place_at(entry, "groups");
        directory_add_link(loading, &(DirectoryLink){.place = place,
                                        .member = key_of(KEY_ADDRESS, email),
                                        .group = key_of(KEY_SCIM, id),
                                        .own = TRUE});
        directory_add_group(loading, &(DirectoryGroup){.place = place,
                                         .key = key_of(KEY_SCIM, id),
                                         .id = unit_id_from_text(display != NULL ? display : id),
                                         .other_id = g_strdup(id),
                                         .name = g_strdup(display),
                                         .implied = TRUE});
    }
}

static void take_scim_user(Loading *loading, const DirectoryEntry *entry)
{
    loading->directory->scim_users.read++;
    const char *cells[PERSON_COLUMN_COUNT] = {
        [PERSON_EMAIL] = scim_email(entry),
        [PERSON_LOGIN] = entry->texts[ENTRY_USER_NAME],
        [PERSON_NAME] = first_text(entry, ENTRY_DISPLAY_NAME, ENTRY_FORMATTED_NAME),
        [PERSON_FIRST_NAME] = entry->texts[ENTRY_GIVEN_NAME],
        [PERSON_LAST_NAME] = entry->texts[ENTRY_FAMILY_NAME],
        [PERSON_DEPARTMENT] = entry->texts[ENTRY_DEPARTMENT],
        [PERSON_TIME_ZONE] = entry->texts[ENTRY_TIME_ZONE],
        [PERSON_STATUS] = entry->texts[ENTRY_ACTIVE],
    };
    g_autofree char *email = take_person(loading, entry, scim_columns, cells);
    if (email == NULL)
        return;
    if (entry->texts[ENTRY_ID] != NULL)
        name_person(loading, key_of(KEY_SCIM, entry->texts[ENTRY_ID]), KEY_ADDRESS, email);
    take_scim_addresses(loading, entry, email);
    take_scim_memberships(loading, entry, email);
}

static void take_scim_group(Loading *loading, const DirectoryEntry *entry)
{
    const char *name = first_text(entry, ENTRY_DISPLAY_NAME, ENTRY_ID);
    const char *id = first_text(entry, ENTRY_ID, ENTRY_DISPLAY_NAME);
    TmPlace place = place_at(entry, "members");
    loading->directory->scim_groups.read++;
    directory_add_group(loading, &(DirectoryGroup){.place = place,
                                     .key = key_of(KEY_SCIM, id),
                                     .id = unit_id_from_text(name),
                                     .other_id = g_strdup(id),
                                     .name = g_strdup(name)});
    for (guint i = 0; i < element_count(entry, ENTRY_MEMBERS); i++) {
        const char *value = element_text(entry, ENTRY_MEMBERS, i, ELEMENT_VALUE);
        if (value != NULL)
            directory_add_link(loading, &(DirectoryLink){.place = place,
                                            .member = key_of(KEY_SCIM, value),
                                            .group = key_of(KEY_SCIM, id)});
    }
}

/* ---- Backstage ----------------------------------------------------------------------------- */

static const TableColumn backstage_columns[PERSON_COLUMN_COUNT] = {
    [PERSON_EMAIL] = {.name = "spec.profile.email"},
    [PERSON_NAME] = {.name = "spec.profile.displayName"},
    [PERSON_START] = {.name = "spec.profile.email"},
};

static gboolean is_entity(const DirectoryEntry *entry)
{
    return entry->texts[ENTRY_KIND] != NULL && entry->texts[ENTRY_METADATA_NAME] != NULL;
}

static gboolean is_backstage_user(const DirectoryEntry *entry)
{
    return is_entity(entry) && says(entry->texts[ENTRY_KIND], "user");
}

static gboolean is_backstage_group(const DirectoryEntry *entry)
{
    return is_entity(entry) && says(entry->texts[ENTRY_KIND], "group");
}

/* "[kind:][namespace/]name" in full and in lower case, which is a key. Owned by the caller. */
static char *reference_key(const DirectoryEntry *entry, const char *kind, const char *reference)
{
    const char *colon = strchr(reference, ':');
    const char *name = colon != NULL ? colon + 1 : reference;
    const char *space = entry->texts[ENTRY_NAMESPACE];
    g_autofree char *own_kind = g_strndup(
        colon != NULL ? reference : kind, colon != NULL ? (gsize)(name - reference) : strlen(kind));
    g_autofree char *own_space = g_strconcat(space != NULL ? space : "default", "/", NULL);
    gboolean has_space = strchr(name, '/') != NULL;
    g_autofree char *key = g_strconcat(own_kind, has_space ? "" : own_space, name, NULL);
    return g_utf8_strdown(key, -1);
}

static char *own_key(const DirectoryEntry *entry, const char *kind)
{
    return reference_key(entry, kind, entry->texts[ENTRY_METADATA_NAME]);
}

/* A list of references, each a member of the group, or each a group of the member. */
static void take_references(Loading *loading, const DirectoryEntry *entry, EntryList list,
    const char *kind, const DirectoryLink *link)
{
    for (guint i = 0; i < element_count(entry, list); i++) {
        const char *value = element_text(entry, list, i, ELEMENT_VALUE);
        if (value == NULL)
            continue;
        DirectoryLink each = *link;
        each.member =
            link->member != NULL ? g_strdup(link->member) : reference_key(entry, kind, value);
        each.group =
            link->group != NULL ? g_strdup(link->group) : reference_key(entry, kind, value);
        directory_add_link(loading, &each);
    }
}

/* Ids of other name spaces carry theirs, so that they do not meet those of the default one. */
static char *entity_id(const DirectoryEntry *entry)
{
    const char *space = entry->texts[ENTRY_NAMESPACE], *name = entry->texts[ENTRY_METADATA_NAME];
    return space == NULL || says(space, "default") ? g_strdup(name)
                                                   : g_strdup_printf("%s.%s", space, name);
}

static void take_backstage_group(Loading *loading, const DirectoryEntry *entry)
{
    const char *parent = entry->texts[ENTRY_SPEC_PARENT];
    const char *name = first_text(entry, ENTRY_PROFILE_NAME, ENTRY_TITLE);
    g_autofree char *key = own_key(entry, KEY_GROUP);
    directory_add_group(
        loading, &(DirectoryGroup){.place = place_at(entry, "spec.parent"),
                     .key = g_strdup(key),
                     .id = entity_id(entry),
                     .name = *name != '\0' ? g_strdup(name) : NULL,
                     .type = g_strdup(entry->texts[ENTRY_SPEC_TYPE]),
                     .parent = parent != NULL ? reference_key(entry, KEY_GROUP, parent) : NULL});
    take_references(loading, entry, ENTRY_SPEC_CHILDREN, KEY_GROUP,
        &(DirectoryLink){.place = place_at(entry, "spec.children"), .group = key});
    take_references(loading, entry, ENTRY_SPEC_MEMBERS, KEY_USER,
        &(DirectoryLink){.place = place_at(entry, "spec.members"), .group = key});
}

static void take_backstage_user(Loading *loading, const DirectoryEntry *entry)
{
    const char *email = entry->texts[ENTRY_PROFILE_EMAIL];
    const char *login = entry->texts[ENTRY_GITHUB_LOGIN];
    const char *cells[PERSON_COLUMN_COUNT] = {
        [PERSON_EMAIL] = email,
        [PERSON_NAME] = first_text(entry, ENTRY_PROFILE_NAME, ENTRY_TITLE),
    };
    gboolean by_login = email == NULL && login != NULL;
    g_autofree char *person =
        by_login ? g_strdup(login) : take_person(loading, entry, backstage_columns, cells);
    if (person == NULL)
        return;
    const char *kind = by_login ? KEY_LOGIN : KEY_ADDRESS;
    TmPlace place = place_at(entry, "github.com/user-login");
    if (!by_login && login != NULL)
        directory_add_account(loading, &place, person, TM_TOOL_COPILOT, TM_IDENTITY_LOGIN, login);
    name_person(loading, own_key(entry, KEY_USER), kind, person);
    g_autofree char *member = key_of(kind, person);
    take_references(loading, entry, ENTRY_SPEC_MEMBER_OF, KEY_GROUP,
        &(DirectoryLink){.place = place_at(entry, "spec.memberOf"), .member = member, .own = TRUE});
}

/* ---- GitHub -------------------------------------------------------------------------------- */

static gboolean is_github_team(const DirectoryEntry *entry)
{
    return entry->texts[ENTRY_SLUG] != NULL;
}

static gboolean is_github_user(const DirectoryEntry *entry)
{
    return entry->texts[ENTRY_LOGIN] != NULL;
}

static char *slug_key(const char *slug)
{
    g_autofree char *lower = g_utf8_strdown(slug, -1);
    return key_of(KEY_GITHUB_TEAM, lower);
}

static void take_github_team(Loading *loading, const DirectoryEntry *entry)
{
    const char *parent = entry->texts[ENTRY_PARENT_SLUG];
    directory_add_group(loading, &(DirectoryGroup){.place = place_at(entry, "parent"),
                                     .key = slug_key(entry->texts[ENTRY_SLUG]),
                                     .id = g_strdup(entry->texts[ENTRY_SLUG]),
                                     .name = g_strdup(entry->texts[ENTRY_NAME]),
                                     .parent = parent != NULL ? slug_key(parent) : NULL});
}

/* A member of the team that the folder names; without a folder, of the organisation. */
static void take_github_user(Loading *loading, const DirectoryEntry *entry)
{
    const char *type = entry->texts[ENTRY_TYPE], *folder = entry->folder;
    if (type != NULL && !says(type, "user"))
        return;
    TmPlace place = place_at(entry, "login");
    if (folder != NULL)
        directory_add_group(loading, &(DirectoryGroup){.place = place,
                                         .key = slug_key(folder),
                                         .id = unit_id_from_text(folder),
                                         .implied = TRUE});
    directory_add_link(loading, &(DirectoryLink){.place = place,
                                    .member = key_of(KEY_LOGIN, entry->texts[ENTRY_LOGIN]),
                                    .group = folder != NULL ? slug_key(folder) : NULL});
}

/* ---- DX ------------------------------------------------------------------------------------ */

static gboolean is_dx_team(const DirectoryEntry *entry)
{
    return entry->texts[ENTRY_NAME] != NULL &&
           (entry->texts[ENTRY_REFERENCE_ID] != NULL || entry->lists[ENTRY_MEMBERS] != NULL ||
               entry->lists[ENTRY_CONTRIBUTORS] != NULL ||
               entry->texts[ENTRY_CONTRIBUTOR_COUNT] != NULL);
}

static void take_dx_members(Loading *loading, const DirectoryEntry *entry, EntryList list,
    const char *field, const char *id)
{
    for (guint i = 0; i < element_count(entry, list); i++) {
        const char *value = element_text(entry, list, i, ELEMENT_VALUE);
        if (value != NULL)
            directory_add_link(loading, &(DirectoryLink){.place = place_at(entry, field),
                                            .member = key_of(KEY_ADDRESS, value),
                                            .group = key_of(KEY_DX, id),
                                            .makes_person = TRUE});
    }
}

/* Teams refer to one another by DX's own id, by that of the company, or by name. */
static void take_dx_team(Loading *loading, const DirectoryEntry *entry)
{
    static const EntryText ids[] = {ENTRY_ID, ENTRY_REFERENCE_ID, ENTRY_NAME};
    static const EntryText parents[] = {
        ENTRY_PARENT_ID, ENTRY_PARENT_REFERENCE_ID, ENTRY_PARENT_NAME};
    const char *id = NULL, *parent = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        id = id != NULL ? id : entry->texts[ids[i]];
        parent = parent != NULL ? parent : entry->texts[parents[i]];
    }
    directory_add_group(
        loading, &(DirectoryGroup){.place = place_at(entry, "parent_team_reference_id"),
                     .key = key_of(KEY_DX, id),
                     .id = unit_id_from_text(first_text(entry, ENTRY_REFERENCE_ID, ENTRY_NAME)),
                     .name = g_strdup(entry->texts[ENTRY_NAME]),
                     .parent = parent != NULL ? key_of(KEY_DX, parent) : NULL});
    take_dx_members(loading, entry, ENTRY_CONTRIBUTORS, "contributors", id);
    take_dx_members(loading, entry, ENTRY_MEMBERS, "members", id);
}

/* ---- Kinds --------------------------------------------------------------------------------- */

static void take_nothing(Loading *loading, const DirectoryEntry *entry)
{
    (void)loading;
    (void)entry;
}

static const struct {
    gboolean (*is)(const DirectoryEntry *entry);
    void (*take)(Loading *loading, const DirectoryEntry *entry);
} kinds[] = {
    {is_backstage_user, take_backstage_user},
    {is_backstage_group, take_backstage_group},
    {is_entity, take_nothing},
    {is_scim_page, take_nothing},
    {is_scim_user, take_scim_user},
    {is_scim_group, take_scim_group},
    {is_github_team, take_github_team},
    {is_github_user, take_github_user},
    {is_dx_team, take_dx_team},
};

gboolean entry_take(Loading *loading, const DirectoryEntry *entry)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (!kinds[i].is(entry))
            continue;
        kinds[i].take(loading, entry);
        return TRUE;
    }
    return FALSE;
}
