/*
 * Resolution of identities, with a cache of bounded size in front of it: files name the same few
 * thousand accounts over and over, and a look-up in the set-up costs far more than a comparison.
 * It begins small, since most files are of one person, and grows while it misses.
 *
 * The cache is direct-mapped and compares the whole text, so that a file made to collide gets slow
 * answers but never wrong ones. An entry holds one day; exports are ordered by time or by person,
 * so the day of an identity seldom changes.
 */
#include "resolver.h"

#include <string.h>

#define FIRST_SLOTS 64
#define MOST_SLOTS 32768
#define SLOTS_GROWTH 2
#define CACHE_TEXT 72 /* multiple of eight; longer identities are resolved each time */

typedef struct CacheSlot {
    TmDay day;
    guint32 account;
    TmPersonIndex person;
    guint8 used, tool, service, length;
    char text[CACHE_TEXT]; /* kind, length and value of each identity */
} CacheSlot;

struct TmResolver {
    const TmLedgerKey *key;
    const TmSetup *setup;
    TmAccountTable *accounts;
    guint32 *of_person; /* account by person, TM_ACCOUNT_NONE until met */
    CacheSlot *cache;
    guint slots;  /* a power of two */
    guint misses; /* since it has this size */
};

TmResolver *tm_resolver_new(const TmLedgerKey *key, const TmSetup *setup, TmAccountTable *accounts)
{
    TmResolver *resolver = g_new0(TmResolver, 1);
    resolver->key = key;
    resolver->setup = setup;
    resolver->accounts = accounts;
    resolver->of_person = g_new(guint32, setup->people->len);
    for (guint person = 0; person < setup->people->len; person++)
        resolver->of_person[person] = TM_ACCOUNT_NONE;
    resolver->slots = FIRST_SLOTS;
    resolver->cache = g_new0(CacheSlot, FIRST_SLOTS);
    return resolver;
}

void tm_resolver_free(TmResolver *resolver)
{
    if (resolver == NULL)
        return;
    g_free(resolver->of_person);
    g_free(resolver->cache);
    g_free(resolver);
}

void tm_pseudonym_of_person(const TmLedgerKey *key, const TmPerson *person, guint8 *pseudonym)
{
    g_autofree char *canonical = g_strconcat("person:", person->email, NULL);
    tm_ledger_key_digest(key, canonical, strlen(canonical), pseudonym);
}

static void append_tool(GString *out, const TmSetup *setup, TmToolIndex tool)
{
    g_string_append(out, g_array_index(setup->tools, TmTool, tool).key);
}

void tm_pseudonym_of_identity(const TmLedgerKey *key, const TmSetup *setup, TmToolIndex tool,
    const TmIdentity *identity, gboolean service, guint8 *pseudonym)
{
    g_autoptr(GString) canonical = g_string_new(service ? "service:" : "account:");
    if (identity != NULL)
        tm_identity_canonical(setup, tool, identity, canonical);
    else
        append_tool(canonical, setup, tool);
    tm_ledger_key_digest(key, canonical->str, canonical->len, pseudonym);
}

/* The record's identities that say something, at most two; how many. */
static guint given_identities(const TmRecord *record, const TmIdentity **given)
{
    guint count = 0;
    for (guint i = 0; i < MIN(record->identities, TM_RECORD_IDENTITIES); i++)
        if (record->identity[i].length > 0)
            given[count++] = &record->identity[i];
    return count;
}

static guint32 find_or_append(TmAccountTable *accounts, const guint8 *pseudonym, TmAccountKind kind)
{
    guint32 account = tm_account_table_find(accounts, pseudonym);
    return account != TM_ACCOUNT_NONE ? account
                                      : tm_account_table_append(accounts, pseudonym, kind);
}

static guint32 account_of_person(TmResolver *resolver, TmPersonIndex person)
{
    guint32 *account = &resolver->of_person[person];
    if (*account == TM_ACCOUNT_NONE) {
        guint8 pseudonym[TM_PSEUDONYM_LENGTH];
        tm_pseudonym_of_person(
            resolver->key, &g_array_index(resolver->setup->people, TmPerson, person), pseudonym);
        *account = find_or_append(resolver->accounts, pseudonym, TM_ACCOUNT_PERSON);
    }
    return *account;
}

/*
 * What a service did is nobody's, whoever set it up; only a key can be given to a person, by a row
 * of its own in identities.csv.
 */
static gboolean may_be_a_person(const TmRecord *record, const TmIdentity *identity)
{
    return !record->service || identity->kind == TM_IDENTITY_API_KEY;
}

/*
 * The first identity that the set-up knows decides; "-" makes the account a service. Without any,
 * the most trusted identity is the account.
 */
static TmAccountKind decide(const TmSetup *setup, TmToolIndex tool, const TmRecord *record,
    const TmIdentity *const *given, guint count, TmPersonIndex *person, const TmIdentity **account)
{
    *account = count > 0 ? given[0] : NULL;
    *person = TM_PERSON_UNRESOLVED;
    for (guint i = 0; i < count; i++) {
        if (!may_be_a_person(record, given[i]))
            continue;
        TmPersonIndex found = tm_setup_resolve(setup, tool, given[i], record->day);
        if (found == TM_PERSON_UNRESOLVED)
            continue;
        *account = given[i];
        if (found == TM_PERSON_IGNORED)
            return TM_ACCOUNT_SERVICE;
        *person = found;
        return TM_ACCOUNT_PERSON;
    }
    return record->service ? TM_ACCOUNT_SERVICE : TM_ACCOUNT_UNRESOLVED;
}

TmAccountKind tm_record_account(const TmSetup *setup, TmToolIndex tool, const TmRecord *record,
    TmPersonIndex *person, const TmIdentity **account)
{
    const TmIdentity *given[TM_RECORD_IDENTITIES];
    guint count = given_identities(record, given);
    return decide(setup, tool, record, given, count, person, account);
}

static guint32 resolve(TmResolver *resolver, TmToolIndex tool, const TmRecord *record,
    const TmIdentity *const *given, guint count, TmPersonIndex *person)
{
    const TmIdentity *account;
    TmAccountKind kind = decide(resolver->setup, tool, record, given, count, person, &account);
    if (kind == TM_ACCOUNT_PERSON)
        return account_of_person(resolver, *person);
    guint8 pseudonym[TM_PSEUDONYM_LENGTH];
    tm_pseudonym_of_identity(
        resolver->key, resolver->setup, tool, account, kind == TM_ACCOUNT_SERVICE, pseudonym);
    return find_or_append(resolver->accounts, pseudonym, kind);
}

/* Eight bytes at a time; behind the text there are zeros to the next multiple of eight. */
static guint hash_text(const char *text, gsize length)
{
    guint64 hash = length, word;
    for (gsize i = 0; i < length; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (guint)hash;
}

/*
 * Writes the identities one after another into the text and fills it up with zeros for the hash;
 * G_MAXSIZE if they do not fit.
 */
static gsize cache_text(const TmIdentity *const *given, guint count, char text[CACHE_TEXT])
{
    gsize length = 0;
    for (guint i = 0; i < count; i++) {
        if (given[i]->length > CACHE_TEXT || length + 2 + given[i]->length > CACHE_TEXT)
            return G_MAXSIZE;
        text[length++] = (char)given[i]->kind;
        text[length++] = (char)given[i]->length;
        memcpy(text + length, given[i]->value, given[i]->length);
        length += given[i]->length;
    }
    memset(text + length, 0, -length % sizeof(guint64));
    return length;
}

/* Where the text belongs, after it was not found. */
static CacheSlot *slot_to_fill(TmResolver *resolver, guint hash)
{
    if (++resolver->misses > resolver->slots && resolver->slots < MOST_SLOTS) {
        g_free(resolver->cache);
        resolver->slots *= SLOTS_GROWTH;
        resolver->cache = g_new0(CacheSlot, resolver->slots);
        resolver->misses = 0;
    }
    return &resolver->cache[hash % resolver->slots];
}

guint32 tm_resolver_account(
    TmResolver *resolver, TmToolIndex tool, const TmRecord *record, TmPersonIndex *person)
{
    const TmIdentity *given[TM_RECORD_IDENTITIES];
    guint count = given_identities(record, given);
    char text[CACHE_TEXT];
    gsize length = cache_text(given, count, text);
    if (length == G_MAXSIZE)
        return resolve(resolver, tool, record, given, count, person);
    guint hash = hash_text(text, length);
    CacheSlot *slot = &resolver->cache[hash % resolver->slots];
    guint8 service = record->service ? 1 : 0;
    if (!slot->used || slot->day != record->day || slot->tool != tool || slot->service != service ||
        slot->length != length || memcmp(slot->text, text, length) != 0) {
        slot = slot_to_fill(resolver, hash);
        slot->account = resolve(resolver, tool, record, given, count, &slot->person);
        slot->used = 1;
        slot->day = record->day;
        slot->tool = (guint8)tool;
        slot->service = service;
        slot->length = (guint8)length;
        memcpy(slot->text, text, length);
    }
    *person = slot->person;
    return slot->account;
}
