/* identities.csv: which account belongs to whom, and from when to when. */
#include <string.h>

#include "fold.h"
#include "loading.h"
#include "row.h"

enum { EMAIL, TOOL, KIND, VALUE, FIRST, LAST, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [EMAIL] = {"email", "mail person", 1},
    [TOOL] = {"tool", NULL, 0},
    [KIND] = {"kind", "type", 2},
    [VALUE] = {"value", "alias account", 3},
    [FIRST] = {"start_date", NULL, 0},
    [LAST] = {"end_date", NULL, 0},
};

const char *const identity_kind_names[TM_IDENTITY_KIND_COUNT + 1] = {
    [TM_IDENTITY_EMAIL] = "email",
    [TM_IDENTITY_LOGIN] = "login",
    [TM_IDENTITY_USER_ID] = "user_id",
    [TM_IDENTITY_INSTALLATION_ID] = "installation_id",
    [TM_IDENTITY_API_KEY] = "api_key",
    [TM_IDENTITY_DEVICE] = "device",
    [TM_IDENTITY_NAME] = "name",
    [TM_IDENTITY_PATH] = "path",
    [TM_IDENTITY_KIND_COUNT] = NULL,
};

guint identity_hash(gconstpointer pointer)
{
    const IdentityKey *key = pointer;
    guint32 hash = 2166136261u ^ (key->tool * 31 + (guint)key->kind);
    for (gsize i = 0; i < key->length; i++)
        hash = (hash ^ (guchar)key->value[i]) * 16777619u;
    return hash;
}

gboolean identity_equal(gconstpointer left, gconstpointer right)
{
    const IdentityKey *a = left, *b = right;
    return a->tool == b->tool && a->kind == b->kind && a->length == b->length &&
           memcmp(a->value, b->value, a->length) == 0;
}

gboolean identity_ignores_case(TmIdentityKind kind)
{
    return kind == TM_IDENTITY_EMAIL || kind == TM_IDENTITY_LOGIN || kind == TM_IDENTITY_NAME;
}

gsize identity_fold(TmIdentityKind kind, const char *value, gsize length, char *out)
{
    gsize folded = fold_into(value, length, identity_ignores_case(kind), out, MOST_IDENTITY_BYTES);
    if (kind != TM_IDENTITY_PATH || folded == FOLD_TOO_LONG)
        return folded;
    g_strdelimit(out, "\\", '/');
    while (folded > 0 && out[folded - 1] == '/')
        out[--folded] = '\0';
    return folded;
}

static IdentityEntry *find_or_add_entry(GHashTable *entries, const IdentityKey *key)
{
    IdentityEntry *entry = g_hash_table_lookup(entries, key);
    if (entry == NULL) {
        entry = g_new(IdentityEntry, 1);
        entry->key = *key;
        entry->key.value = g_strndup(key->value, key->length);
        entry->rows = g_array_new(FALSE, FALSE, sizeof(IdentityRow));
        g_hash_table_add(entries, entry);
    }
    return entry;
}

static gboolean belongs_to_two(const IdentityEntry *entry, const IdentityRow *wanted)
{
    for (guint i = 0; i < entry->rows->len; i++) {
        const IdentityRow *row = &g_array_index(entry->rows, IdentityRow, i);
        if (row->person != wanted->person &&
            days_overlap(row->first, row->last, wanted->first, wanted->last))
            return TRUE;
    }
    return FALSE;
}

const IdentityEntry *identity_find(const TmSetup *setup, const IdentityKey *key)
{
    return g_hash_table_lookup(setup->hidden->identities, key);
}

gboolean identity_add(TmSetup *setup, const IdentityKey *key, const IdentityRow *row)
{
    IdentityEntry *entry = find_or_add_entry(setup->hidden->identities, key);
    if (belongs_to_two(entry, row))
        return FALSE;
    g_array_append_val(entry->rows, *row);
    return TRUE;
}

/* "-" is nobody on purpose: a bot or a shared account. */
static gboolean read_person(Loading *loading, const TableRow *row, TmPersonIndex *person)
{
    const char *text;
    g_autofree char *email = NULL;
    if (!row_text(row, EMAIL, &text))
        return FALSE;
    *person = TM_PERSON_IGNORED;
    if (g_str_equal(text, "-"))
        return TRUE;
    if (!row_email(row, EMAIL, &email))
        return FALSE;
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(loading->setup->hidden->people, email));
    *person = found - 1;
    if (found == 0)
        row_report(row, TM_KIND_BAD_REFERENCE, EMAIL, "nobody on the roster has this address");
    return found > 0;
}

static gboolean read_value(const TableRow *row, IdentityKey *key, char *folded)
{
    const char *text;
    int kind;
    if (!row_text(row, KIND, &text) || !row_choice(row, KIND, identity_kind_names, 0, &kind) ||
        !row_text(row, VALUE, &text))
        return FALSE;
    key->kind = (TmIdentityKind)kind;
    key->length = identity_fold(key->kind, text, strlen(text), folded);
    key->value = folded;
    if (key->length != FOLD_TOO_LONG && key->length > 0)
        return TRUE;
    row_report(row, TM_KIND_TOO_LONG, VALUE, "the value is empty or longer than 4,000 bytes");
    return FALSE;
}

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    char folded[MOST_IDENTITY_BYTES];
    IdentityKey key;
    IdentityRow identity;
    if (!read_person(loading, row, &identity.person) || !read_value(row, &key, folded) ||
        !row_tool(loading, row, TOOL, TRUE, &key.tool) ||
        !row_days(row, FIRST, LAST, &identity.first, &identity.last))
        return;
    if (!identity_add(loading->setup, &key, &identity))
        row_report(row, TM_KIND_OVERLAP, VALUE,
            "an earlier row gives the same account to somebody else on some of these days");
}

gboolean identities_load(Loading *loading)
{
    static const TableFormat format = {
        "identities.csv", columns, COLUMN_COUNT, "note comment", take_row};
    return table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint,
               loading) != TABLE_UNUSABLE;
}
