/* Reading one entry by a table of fields. */
#include "directory_entry.h"

#define MOST_TEXT_BYTES 4096

/* What a member may be; null is as if it were missing. */
typedef enum Shape { TEXT = 1, OBJECT = 2, LIST = 4 } Shape;

typedef struct Field {
    const char *key; /* compared without case, as SCIM wants it */
    guint shapes;
    guint text;                 /* where a text goes */
    EntryList list;             /* where the elements of a list go */
    const struct Field *inside; /* of an object, or of the objects in a list; NULL: not entered */
} Field;

static const Field element[] = {
    {.key = "value", .shapes = TEXT, .text = ELEMENT_VALUE},
    {.key = "email", .shapes = TEXT, .text = ELEMENT_VALUE},
    {.key = "display", .shapes = TEXT, .text = ELEMENT_DISPLAY},
    {.key = "type", .shapes = TEXT, .text = ELEMENT_TYPE},
    {.key = "primary", .shapes = TEXT, .text = ELEMENT_PRIMARY},
    {0},
};
static const Field name[] = {
    {.key = "givenName", .shapes = TEXT, .text = ENTRY_GIVEN_NAME},
    {.key = "familyName", .shapes = TEXT, .text = ENTRY_FAMILY_NAME},
    {.key = "formatted", .shapes = TEXT, .text = ENTRY_FORMATTED_NAME},
    {0},
};
static const Field enterprise[] = {
    {.key = "department", .shapes = TEXT, .text = ENTRY_DEPARTMENT},
    {0},
};
static const Field parent[] = {
    {.key = "slug", .shapes = TEXT, .text = ENTRY_PARENT_SLUG},
    {0},
};
static const Field annotations[] = {
    {.key = "github.com/user-login", .shapes = TEXT, .text = ENTRY_GITHUB_LOGIN},
    {0},
};
static const Field metadata[] = {
    {.key = "name", .shapes = TEXT, .text = ENTRY_METADATA_NAME},
    {.key = "namespace", .shapes = TEXT, .text = ENTRY_NAMESPACE},
    {.key = "title", .shapes = TEXT, .text = ENTRY_TITLE},
    {.key = "annotations", .shapes = OBJECT, .inside = annotations},
    {0},
};
static const Field profile[] = {
    {.key = "displayName", .shapes = TEXT, .text = ENTRY_PROFILE_NAME},
    {.key = "email", .shapes = TEXT, .text = ENTRY_PROFILE_EMAIL},
    {0},
};
static const Field spec[] = {
    {.key = "type", .shapes = TEXT, .text = ENTRY_SPEC_TYPE},
    {.key = "parent", .shapes = TEXT, .text = ENTRY_SPEC_PARENT},
    {.key = "children", .shapes = LIST, .list = ENTRY_SPEC_CHILDREN, .inside = element},
    {.key = "members", .shapes = LIST, .list = ENTRY_SPEC_MEMBERS, .inside = element},
    {.key = "memberOf", .shapes = LIST, .list = ENTRY_SPEC_MEMBER_OF, .inside = element},
    {.key = "profile", .shapes = OBJECT, .inside = profile},
    {0},
};
static const Field top[] = {
    {.key = "schemas", .shapes = LIST, .list = ENTRY_SCHEMAS, .inside = element},
    {.key = "id", .shapes = TEXT, .text = ENTRY_ID},
    {.key = "userName", .shapes = TEXT, .text = ENTRY_USER_NAME},
    {.key = "displayName", .shapes = TEXT, .text = ENTRY_DISPLAY_NAME},
    {.key = "name", .shapes = TEXT | OBJECT, .text = ENTRY_NAME, .inside = name},
    {.key = "active", .shapes = TEXT, .text = ENTRY_ACTIVE},
    {.key = "timezone", .shapes = TEXT, .text = ENTRY_TIME_ZONE},
    {.key = "emails", .shapes = LIST, .list = ENTRY_EMAILS, .inside = element},
    {.key = "groups", .shapes = LIST, .list = ENTRY_GROUPS, .inside = element},
    {.key = "members", .shapes = LIST, .list = ENTRY_MEMBERS, .inside = element},
    {.key = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        .shapes = OBJECT,
        .inside = enterprise},
    {.key = "totalResults", .shapes = TEXT, .text = ENTRY_TOTAL},
    {.key = "login", .shapes = TEXT, .text = ENTRY_LOGIN},
    {.key = "slug", .shapes = TEXT, .text = ENTRY_SLUG},
    {.key = "type", .shapes = TEXT, .text = ENTRY_TYPE},
    {.key = "parent", .shapes = TEXT | OBJECT, .text = ENTRY_NOTHING, .inside = parent},
    {.key = "kind", .shapes = TEXT, .text = ENTRY_KIND},
    {.key = "metadata", .shapes = OBJECT, .inside = metadata},
    {.key = "spec", .shapes = OBJECT, .inside = spec},
    {.key = "reference_id", .shapes = TEXT, .text = ENTRY_REFERENCE_ID},
    {.key = "parent_team_reference_id", .shapes = TEXT, .text = ENTRY_PARENT_REFERENCE_ID},
    {.key = "parent_id", .shapes = TEXT, .text = ENTRY_PARENT_ID},
    {.key = "parent_team_name", .shapes = TEXT, .text = ENTRY_PARENT_NAME},
    {.key = "contributors",
        .shapes = TEXT | LIST,
        .text = ENTRY_CONTRIBUTOR_COUNT,
        .list = ENTRY_CONTRIBUTORS,
        .inside = element},
    {0},
};

typedef struct Reading {
    DirectoryEntry *entry;
    TmJsonRecord *record;
    TmDiagnostics *diagnostics;
    const char *outer; /* key of the list that is being read, or NULL */
} Reading;

static gboolean refuse(
    const Reading *reading, TmDiagnosticKind kind, const char *field, const char *why)
{
    TmPlace place = reading->entry->place;
    place.field = reading->outer != NULL ? reading->outer : field;
    tm_diagnostics_report(reading->diagnostics, kind, &place, "%s", why);
    return FALSE;
}

static const Field *find_field(const Field *fields, const char *key, gsize length)
{
    for (; fields->key != NULL; fields++) {
        if (tm_cell_equals((TmCell){key, length}, fields->key))
            return fields;
    }
    return NULL;
}

static guint shape_of(const TmJsonValue *value)
{
    return value->kind == TM_JSON_OBJECT ? OBJECT : value->kind == TM_JSON_ARRAY ? LIST : TEXT;
}

/* Keeps a scalar as text; empty text is as if it were missing. */
static gboolean keep_text(
    const Reading *reading, const char *field, const TmJsonValue *value, char **text)
{
    TmCell cell = {value->text, value->length};
    if (value->kind == TM_JSON_BOOLEAN)
        cell = value->truth ? (TmCell){"true", 4} : (TmCell){"false", 5};
    cell = tm_cell_trim(cell);
    if (cell.length > MOST_TEXT_BYTES)
        return refuse(reading, TM_KIND_TOO_LONG, field, "the text is longer than 4 KiB");
    if (cell.length > 0 && memchr(cell.text, '\0', cell.length) != NULL)
        return refuse(reading, TM_KIND_BAD_VALUE, field, "there is a NUL in the text");
    if (cell.length == 0)
        return TRUE;
    if (*text != NULL)
        return refuse(reading, TM_KIND_BAD_JSON, field, "the member is there twice");
    *text = g_strndup(cell.text, cell.length);
    return TRUE;
}

static gboolean read_members(Reading *reading, const Field *fields, char **texts);

static void element_clear(gpointer pointer)
{
    EntryElement *element_of = pointer;
    for (guint i = 0; i < ELEMENT_TEXT_COUNT; i++)
        g_free(element_of->texts[i]);
}

static gboolean read_element(Reading *reading, const Field *field, EntryElement *into)
{
    TmJsonValue value;
    tm_json_record_value(reading->record, &value);
    if (value.kind == TM_JSON_BROKEN || value.kind == TM_JSON_NULL)
        return value.kind == TM_JSON_NULL;
    if (shape_of(&value) == TEXT)
        return keep_text(reading, field->key, &value, &into->texts[ELEMENT_VALUE]);
    if (shape_of(&value) == LIST)
        return refuse(reading, TM_KIND_BAD_VALUE, field->key, "a list stands inside the list");
    return tm_json_record_enter(reading->record) &&
           read_members(reading, field->inside, into->texts);
}

static gboolean read_list(Reading *reading, const Field *field)
{
    GArray **list = &reading->entry->lists[field->list];
    if (*list != NULL)
        return refuse(reading, TM_KIND_BAD_JSON, field->key, "the member is there twice");
    *list = g_array_new(FALSE, TRUE, sizeof(EntryElement));
    g_array_set_clear_func(*list, element_clear);
    if (!tm_json_record_enter(reading->record))
        return FALSE;
    gboolean usable = TRUE;
    reading->outer = field->key;
    while (usable && tm_json_record_next(reading->record)) {
        g_array_set_size(*list, (*list)->len + 1);
        usable =
            read_element(reading, field, &g_array_index(*list, EntryElement, (*list)->len - 1));
    }
    reading->outer = NULL;
    return usable;
}

static gboolean read_value(Reading *reading, const Field *field, char **texts)
{
    TmJsonValue value;
    tm_json_record_value(reading->record, &value);
    if (value.kind == TM_JSON_BROKEN || value.kind == TM_JSON_NULL)
        return value.kind == TM_JSON_NULL;
    guint shape = shape_of(&value);
    if ((shape & field->shapes) == 0)
        return refuse(reading, TM_KIND_BAD_VALUE, field->key,
            (field->shapes & TEXT) != 0   ? "a text is expected here"
            : (field->shapes & LIST) != 0 ? "a list is expected here"
                                          : "an object is expected here");
    if (shape == LIST)
        return read_list(reading, field);
    if (shape == OBJECT)
        return tm_json_record_enter(reading->record) && read_members(reading, field->inside, texts);
    return field->text == ENTRY_NOTHING ||
           keep_text(reading, field->key, &value, &texts[field->text]);
}

/* Reads the members of the object that was entered. FALSE if broken, or reported. */
static gboolean read_members(Reading *reading, const Field *fields, char **texts)
{
    while (tm_json_record_next(reading->record)) {
        gsize length;
        const char *key = tm_json_record_key(reading->record, &length);
        const Field *field = find_field(fields, key, length);
        if (field != NULL && !read_value(reading, field, texts))
            return FALSE;
    }
    return TRUE;
}

gboolean entry_read(DirectoryEntry *entry, TmJsonRecord *record, const TmJsonPiece *piece,
    TmDiagnostics *diagnostics)
{
    Reading reading = {.entry = entry, .record = record, .diagnostics = diagnostics};
    gboolean usable = tm_json_record_open(record, piece->text, piece->length) &&
                      read_members(&reading, top, entry->texts);
    return !tm_json_record_report(record, entry->place.file, piece, diagnostics) && usable;
}

void entry_clear(DirectoryEntry *entry)
{
    for (guint i = 0; i < ENTRY_TEXT_COUNT; i++)
        g_clear_pointer(&entry->texts[i], g_free);
    for (guint i = 0; i < ENTRY_LIST_COUNT; i++)
        g_clear_pointer(&entry->lists[i], g_array_unref);
}
