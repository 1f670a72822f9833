/*
 * Whose account it was. Runs for each record of each export, from several threads at once: values
 * are folded on the stack, look-ups are in tables that no longer change, nothing is allocated.
 */
#include <string.h>

#include "fold.h"
#include "loading.h"

#define NOREPLY "@users.noreply.github.com"
#define MOST_PARTS 64 /* folders of a path that are looked at */

/* The person of the row in force on the day; UNRESOLVED if there is none. */
static TmPersonIndex find_dated(const TmSetup *setup, const IdentityKey *key, TmDay day)
{
    const IdentityEntry *entry = g_hash_table_lookup(setup->hidden->identities, key);
    if (entry == NULL)
        return TM_PERSON_UNRESOLVED;
    for (guint i = 0; i < entry->rows->len; i++) {
        const IdentityRow *row = &g_array_index(entry->rows, IdentityRow, i);
        if (row->first <= day && day <= row->last)
            return row->person;
    }
    return TM_PERSON_UNRESOLVED;
}

/* A row for the tool beats a row for any tool. */
static TmPersonIndex find_alias(const TmSetup *setup, TmToolIndex tool, TmIdentityKind kind,
    const char *value, gsize length, TmDay day)
{
    IdentityKey key = {tool, kind, value, length};
    TmPersonIndex person = find_dated(setup, &key, day);
    if (person != TM_PERSON_UNRESOLVED || tool == TM_TOOL_LIMIT)
        return person;
    key.tool = TM_TOOL_LIMIT;
    return find_dated(setup, &key, day);
}

static TmPersonIndex find_address(
    const TmSetup *setup, TmToolIndex tool, const char *email, gsize length, TmDay day)
{
    TmPersonIndex person = find_alias(setup, tool, TM_IDENTITY_EMAIL, email, length, day);
    if (person != TM_PERSON_UNRESOLVED)
        return person;
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(setup->hidden->people, email));
    return known > 0 ? known - 1 : TM_PERSON_UNRESOLVED;
}

/* "12345+login@users.noreply.github.com" is the login of GitHub, whichever tool saw it. */
static TmPersonIndex find_noreply(
    const TmSetup *setup, TmToolIndex tool, const char *email, TmDay day)
{
    const char *end = strchr(email, '@');
    if (end == NULL || !g_str_equal(end, NOREPLY))
        return TM_PERSON_UNRESOLVED;
    const char *plus = memchr(email, '+', (gsize)(end - email));
    const char *login = plus != NULL ? plus + 1 : email;
    gsize length = (gsize)(end - login);
    TmPersonIndex person = find_alias(setup, tool, TM_IDENTITY_LOGIN, login, length, day);
    if (person != TM_PERSON_UNRESOLVED)
        return person;
    return find_alias(setup, TM_TOOL_COPILOT, TM_IDENTITY_LOGIN, login, length, day);
}

/* Takes "+tag" out of the address in place; FALSE if there is none. */
static gboolean drop_plus_tag(char *email, gsize *length)
{
    char *at = strchr(email, '@');
    char *plus = at != NULL ? memchr(email, '+', (gsize)(at - email)) : NULL;
    if (plus == NULL || plus == email)
        return FALSE;
    memmove(plus, at, strlen(at) + 1);
    *length = strlen(email);
    return TRUE;
}

static TmPersonIndex resolve_address(
    const TmSetup *setup, TmToolIndex tool, char *email, gsize length, TmDay day)
{
    TmPersonIndex person = find_address(setup, tool, email, length, day);
    if (person == TM_PERSON_UNRESOLVED)
        person = find_noreply(setup, tool, email, day);
    if (person == TM_PERSON_UNRESOLVED && setup->settings.drop_plus_tags &&
        drop_plus_tag(email, &length))
        person = find_address(setup, tool, email, length, day);
    return person;
}

/* Each run of whole parts of the path is looked up; the longest that has a row wins. */
static TmPersonIndex resolve_path(
    const TmSetup *setup, TmToolIndex tool, const char *path, gsize length, TmDay day)
{
    gsize starts[MOST_PARTS + 1];
    guint parts = 0;
    for (gsize i = 0; i < length && parts < MOST_PARTS; i++) {
        if (i == 0 || path[i - 1] == '/')
            starts[parts++] = i;
    }
    starts[parts] = length + 1;
    TmPersonIndex best = TM_PERSON_UNRESOLVED;
    gsize best_length = 0;
    for (guint from = 0; from < parts; from++) {
        for (guint to = from; to < parts; to++) {
            gsize run = starts[to + 1] - 1 - starts[from];
            if (run <= best_length)
                continue;
            TmPersonIndex person =
                find_alias(setup, tool, TM_IDENTITY_PATH, path + starts[from], run, day);
            if (person == TM_PERSON_UNRESOLVED)
                continue;
            best = person;
            best_length = run;
        }
    }
    return best;
}

TmPersonIndex tm_setup_resolve(
    const TmSetup *setup, TmToolIndex tool, const TmIdentity *identity, TmDay day)
{
    char value[MOST_IDENTITY_BYTES];
    gsize length = identity_fold(identity->kind, identity->value, identity->length, value);
    if (length == FOLD_TOO_LONG || length == 0)
        return TM_PERSON_UNRESOLVED;
    if (identity->kind == TM_IDENTITY_PATH)
        return resolve_path(setup, tool, value, length, day);
    if (identity->kind == TM_IDENTITY_EMAIL)
        return resolve_address(setup, tool, value, length, day);
    TmPersonIndex person = find_alias(setup, tool, identity->kind, value, length, day);
    gboolean is_address = identity->kind == TM_IDENTITY_LOGIN && memchr(value, '@', length) != NULL;
    return person == TM_PERSON_UNRESOLVED && is_address
               ? resolve_address(setup, tool, value, length, day)
               : person;
}

void tm_identity_canonical(
    const TmSetup *setup, TmToolIndex tool, const TmIdentity *identity, GString *out)
{
    char value[MOST_IDENTITY_BYTES];
    gsize length = identity_fold(identity->kind, identity->value, identity->length, value);
    const char *key =
        tool < setup->tools->len ? g_array_index(setup->tools, TmTool, tool).key : "any";
    g_string_append_printf(out, "%s:%s:", key, identity_kind_names[identity->kind]);
    if (length != FOLD_TOO_LONG)
        g_string_append_len(out, value, (gssize)length);
    else
        g_string_append_len(out, identity->value, (gssize)identity->length);
}

TmPersonIndex person_by_email(const TmSetup *setup, TmToolIndex tool, const char *email, TmDay day)
{
    TmIdentity identity = {TM_IDENTITY_EMAIL, email, strlen(email)};
    return tm_setup_resolve(setup, tool, &identity, day);
}
