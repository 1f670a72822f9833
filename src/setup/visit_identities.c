/* All identities that the set-up can name, for those who keep only their pseudonyms. */
#include <string.h>

#include "loading.h"

/* Once for the tool, or for each tool when the identity holds for any. */
static void visit_for_tools(const TmSetup *setup, TmToolIndex tool, const TmIdentity *identity,
    TmIdentityVisitor visit, gpointer user)
{
    if (tool != TM_TOOL_LIMIT) {
        visit(user, tool, identity);
        return;
    }
    for (TmToolIndex each = 0; each < setup->tools->len; each++)
        visit(user, each, identity);
}

void tm_setup_foreach_identity(const TmSetup *setup, TmIdentityVisitor visit, gpointer user)
{
    GHashTableIter entries;
    gpointer pointer;
    g_hash_table_iter_init(&entries, setup->hidden->identities);
    while (g_hash_table_iter_next(&entries, &pointer, NULL)) {
        const IdentityKey *key = &((const IdentityEntry *)pointer)->key;
        TmIdentity identity = {key->kind, key->value, key->length};
        visit_for_tools(setup, key->tool, &identity, visit, user);
    }
    for (guint i = 0; i < setup->people->len; i++) {
        const char *email = g_array_index(setup->people, TmPerson, i).email;
        const TmIdentity as_email = {TM_IDENTITY_EMAIL, email, strlen(email)};
        const TmIdentity as_login = {TM_IDENTITY_LOGIN, email, strlen(email)};
        visit_for_tools(setup, TM_TOOL_LIMIT, &as_email, visit, user);
        visit_for_tools(setup, TM_TOOL_LIMIT, &as_login, visit, user);
    }
}
