/* Accounts over files: see accounts_seen.h. */
#include "accounts_seen.h"

#include "reading.h"

#include <stdlib.h>
#include <string.h>

struct TmAccountsSeen {
    const TmSetup *setup;
    GHashTable *people;    /* TmPersonIndex + 1 */
    GHashTable *services;  /* canonical texts */
    GHashTable *unmatched; /* canonical text -> another one of the same account, or "" */
};

TmAccountsSeen *tm_accounts_seen_new(const TmSetup *setup)
{
    TmAccountsSeen *seen = g_new0(TmAccountsSeen, 1);
    seen->setup = setup;
    seen->people = g_hash_table_new(NULL, NULL);
    seen->services = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    seen->unmatched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return seen;
}

void tm_accounts_seen_free(TmAccountsSeen *seen)
{
    if (seen == NULL)
        return;
    g_hash_table_unref(seen->people);
    g_hash_table_unref(seen->services);
    g_hash_table_unref(seen->unmatched);
    g_free(seen);
}

/* "copilot:login:ana-lima_acme"; "" without an identity. */
static char *canonical(const TmSetup *setup, TmToolIndex tool, const TmIdentity *identity)
{
    GString *text = g_string_new(NULL);
    if (identity != NULL)
        tm_identity_canonical(setup, tool, identity, text);
    return g_string_free(text, FALSE);
}

/* The other identity of a record that has two. */
static const TmIdentity *other_identity(const TmRecord *record, const TmIdentity *first)
{
    for (guint i = 0; i < record->identities; i++)
        if (&record->identity[i] != first && record->identity[i].length > 0)
            return &record->identity[i];
    return NULL;
}

/* Whatever order they come in, the same other text stays. */
static void add_unmatched(TmAccountsSeen *seen, char *account, char *other)
{
    const char *known = g_hash_table_lookup(seen->unmatched, account);
    if (known == NULL || strcmp(known, other) < 0) {
        g_hash_table_replace(seen->unmatched, account, other);
        return;
    }
    g_free(account);
    g_free(other);
}

void tm_accounts_seen_record(TmAccountsSeen *seen, const TmSource *source, const TmRecord *record)
{
    TmPersonIndex person;
    const TmIdentity *identity;
    TmAccountKind kind = tm_record_account(seen->setup, source->tool, record, &person, &identity);
    if (kind == TM_ACCOUNT_PERSON) {
        g_hash_table_add(seen->people, GUINT_TO_POINTER(person + 1));
        return;
    }
    char *account = canonical(seen->setup, source->tool, identity);
    if (kind == TM_ACCOUNT_SERVICE)
        g_hash_table_add(seen->services, account);
    else
        add_unmatched(
            seen, account, canonical(seen->setup, source->tool, other_identity(record, identity)));
}

void tm_accounts_seen_take(TmAccountsSeen *seen, TmAccountsSeen *file)
{
    GHashTableIter iterator;
    gpointer key, value;
    g_hash_table_iter_init(&iterator, file->people);
    while (g_hash_table_iter_next(&iterator, &key, NULL))
        g_hash_table_add(seen->people, key);
    g_hash_table_iter_init(&iterator, file->services);
    while (g_hash_table_iter_next(&iterator, &key, NULL))
        g_hash_table_add(seen->services, g_strdup(key));
    g_hash_table_iter_init(&iterator, file->unmatched);
    while (g_hash_table_iter_next(&iterator, &key, &value))
        add_unmatched(seen, g_strdup(key), g_strdup(value));
    tm_accounts_seen_free(file);
}

TmAccountCounts tm_accounts_seen_count(const TmAccountsSeen *seen)
{
    return (TmAccountCounts){.people = g_hash_table_size(seen->people),
        .unresolved = g_hash_table_size(seen->unmatched),
        .services = g_hash_table_size(seen->services)};
}

/* ---- Reading ----------------------------------------------------------------------------- */

/* One file, in the worker that reads it. */
typedef struct Part {
    const TmFormat *format;
    TmAccountsSeen *seen;
} Part;

typedef struct Whole {
    const TmSetup *setup;
    TmAccountsSeen *seen;
} Whole;

static void begin(gpointer user, const TmFormat *format)
{
    ((Part *)user)->format = format;
}

static void take_record(gpointer user, const TmRecord *record)
{
    Part *part = user;
    tm_accounts_seen_record(
        part->seen, record->source != NULL ? record->source : part->format->source, record);
}

static void pass_over_days(gpointer user, const TmSource *source, TmDaySpan days)
{
    (void)user;
    (void)source;
    (void)days;
}

static void pass_over_seat(gpointer user, const TmSeat *seat)
{
    (void)user;
    (void)seat;
}

static gpointer open_part(gpointer user, TmIntakeSink *sink)
{
    const Whole *whole = user;
    Part *part = g_new0(Part, 1);
    part->seen = tm_accounts_seen_new(whole->setup);
    *sink = (TmIntakeSink){.begin = begin,
        .record = take_record,
        .covered = pass_over_days,
        .seat = pass_over_seat,
        .user = part};
    return part;
}

static gboolean take_part(
    gpointer user, gpointer data, const TmFileSummary *summary, gboolean taken, GError **error)
{
    Part *part = data;
    (void)summary;
    (void)taken;
    (void)error;
    tm_accounts_seen_take(((Whole *)user)->seen, part->seen);
    g_free(part);
    return TRUE;
}

gboolean tm_accounts_seen_read(const TmInvocation *invocation, const TmSetup *setup,
    const GPtrArray *files, TmAccountsSeen *seen, GError **error)
{
    Whole whole = {setup, seen};
    const TmReading reading = {.paths = files,
        .options = tm_exports_options(invocation, &setup->settings),
        .open = open_part,
        .take = take_part,
        .user = &whole,
        .diagnostics = invocation->diagnostics,
        .what = "reading"};
    return tm_exports_read(&reading, error);
}

/* ---- Writing ----------------------------------------------------------------------------- */

/* ",copilot,login,ana-lima_acme": the address is left to be filled in. */
static void append_row(GString *text, const char *account)
{
    g_auto(GStrv) parts = g_strsplit(account, ":", 3);
    for (guint i = 0; i < g_strv_length(parts); i++) {
        g_string_append_c(text, ',');
        tm_csv_append_field(text, parts[i]);
    }
    g_string_append(text, ",,\n");
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

gboolean tm_accounts_seen_write_unmatched(
    const TmAccountsSeen *seen, const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new("email,tool,kind,value,start_date,end_date\n");
    guint count;
    g_autofree gpointer *accounts = g_hash_table_get_keys_as_array(seen->unmatched, &count);
    qsort(accounts, count, sizeof *accounts, compare_texts);
    for (guint i = 0; i < count; i++) {
        const char *account = accounts[i];
        const char *other = g_hash_table_lookup(seen->unmatched, account);
        if (*account != '\0')
            append_row(text, account);
        if (*other != '\0')
            append_row(text, other);
    }
    return tm_file_write_private(path, text->str, text->len, error);
}
