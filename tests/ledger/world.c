/* The company of the ledger's tests. */
#include "world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "batch.h"

static const char people[] = "email,team_id,time_zone\n"
                             "ana@example.com,core,\n"
                             "ben@example.com,core,\n"
                             "kiri@example.com,core,Pacific/Auckland\n";

static void write_file(const World *world, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(world->folder, name, NULL);
    assert_true(tm_file_write(path, text, strlen(text), NULL));
}

static void load_setup(World *world)
{
    g_autofree char *settings = g_build_filename(world->folder, "tidemark.ini", NULL);
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    world->setup = tm_setup_load(settings, diagnostics, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
}

void world_init(World *world)
{
    memset(world, 0, sizeof *world);
    world->folder = g_dir_make_tmp("tidemark-ledger-XXXXXX", NULL);
    world->ledger_path = g_build_filename(world->folder, "ledger", "store.db", NULL);
    world->key_path = g_build_filename(world->folder, "key", NULL);
    write_file(world, "tidemark.ini", "[organisation]\nname = Example\n");
    write_file(world, "people.csv", people);
    load_setup(world);
    write_file(world, "key", "the same 32 bytes in every world"); /* so that dumps compare */
    assert_int_equal(g_chmod(world->key_path, 0600), 0);
    world->key = tm_ledger_key_load(world->key_path, world->ledger_path, FALSE, NULL);
    assert_non_null(world->key);
    world_open(world);
}

static void remove_tree(const char *folder)
{
    const char *argv[] = {"rm", "-r", folder, NULL};
    g_spawn_sync(
        NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

void world_clear(World *world)
{
    world_close(world);
    tm_setup_free(world->setup);
    tm_ledger_key_free(world->key);
    remove_tree(world->folder);
    g_free(world->folder);
    g_free(world->ledger_path);
    g_free(world->key_path);
    memset(world, 0, sizeof *world);
}

void world_open(World *world)
{
    g_autoptr(GError) error = NULL;
    world->ledger = tm_ledger_open(world->ledger_path, world->key, world->setup, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
}

void world_close(World *world)
{
    g_clear_pointer(&world->ledger, tm_ledger_close);
}

void world_set_identities(World *world, const char *csv)
{
    world_close(world);
    tm_setup_free(world->setup);
    write_file(world, "identities.csv", csv);
    load_setup(world);
    world_open(world);
}

static TmRecord record_of(const Row *row)
{
    TmRecord record = {
        .identities = row->who != NULL ? 1 : 0,
        .service = row->service,
        .instant = row->instant,
        .day = row->instant != TM_INSTANT_NONE ? tm_instant_day(row->instant) : row->day,
        .key = row->key,
        .part = row->part,
        .session = row->session,
        .running = row->running,
        .surface = TM_SURFACE_AGENT,
        .measures.present = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS) |
                            TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) |
                            TM_MEASURE_BIT(TM_MEASURE_METERED),
    };
    if (row->who != NULL) {
        TmIdentityKind kind =
            strchr(row->who, '@') == NULL ? TM_IDENTITY_API_KEY : TM_IDENTITY_EMAIL;
        record.identity[0] = (TmIdentity){kind, row->who, strlen(row->who)};
    }
    record.measures.value[TM_MEASURE_INTERACTIONS] = row->idle != 0 ? 0 : 1;
    record.measures.value[TM_MEASURE_OUTPUT_TOKENS] = row->tokens;
    record.measures.value[TM_MEASURE_METERED] = row->metered;
    return record;
}

TmBatch *world_batch(World *world, const Export *export)
{
    guint source = tm_source_index(export->source);
    assert_true(source < tm_source_count);
    TmFormat format = {.key = export->source, .source = &tm_sources[source]};
    TmBatch *batch = tm_batch_new(world->key, world->setup);
    if (export->buffer > 0)
        tm_batch_set_buffer(batch, export->buffer);
    TmIntakeSink sink = tm_batch_sink(batch);
    sink.begin(sink.user, &format);
    for (guint i = 0; i < export->length; i++) {
        TmRecord record = record_of(&export->rows[i]);
        sink.record(sink.user, &record);
    }
    if (export->covered.first != 0)
        sink.covered(sink.user, format.source, export->covered);
    return batch;
}

TmFileSummary world_summary(const Export *export)
{
    TmFileSummary summary = {
        .path = (char *)"exports/file.csv",
        .bytes = export->length,
        .modified = export->rank,
        .exported = export->rank,
    };
    gsize length = sizeof summary.sha256;
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(hash, (const guchar *)&export->rank, sizeof export->rank);
    for (guint i = 0; i < export->length; i++) {
        const Row *row = &export->rows[i];
        const gint64 numbers[] = {row->instant, row->day, (gint64)row->key, row->part, row->tokens,
            row->metered, row->idle, (gint64)row->session, row->running};
        g_checksum_update(hash, (const guchar *)numbers, sizeof numbers);
    }
    g_checksum_get_digest(hash, summary.sha256, &length);
    return summary;
}

TmStoreCounts world_store(World *world, const Export *export)
{
    g_autoptr(TmBatch) batch = world_batch(world, export);
    g_autoptr(GError) error = NULL;
    TmFileSummary summary = world_summary(export);
    TmStoreCounts counts;
    tm_ledger_store(world->ledger, batch, &summary, &counts, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
    return counts;
}

void world_settle(World *world)
{
    g_autoptr(GError) error = NULL;
    tm_ledger_settle(world->ledger, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
}

char *world_dump(World *world)
{
    g_autoptr(GError) error = NULL;
    char *dump = tm_ledger_dump(world->ledger, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
    return dump;
}

static TmAccount account_of(World *world, const char *email)
{
    const GArray *people_found = world->setup->people;
    for (guint i = 0; i < people_found->len; i++)
        if (g_str_equal(g_array_index(people_found, TmPerson, i).email, email))
            return tm_ledger_person_account(world->ledger, i);
    return G_MAXUINT32;
}

/* What a person has of a source in a week; all zero if there is nothing. */
static TmPersonWeek week_of(World *world, const char *email, const char *source, TmWeek week)
{
    TmPersonWeek person_week, found = {0};
    TmAccount account = account_of(world, email);
    TmLedgerScan *scan = tm_ledger_scan(world->ledger, week, week, NULL);
    while (tm_ledger_scan_next(scan, &person_week))
        if (person_week.account == account && person_week.source == tm_source_index(source))
            found = person_week;
    assert_true(tm_ledger_scan_end(scan, NULL));
    return found;
}

TmMeasures world_day(World *world, const char *email, const char *source, TmDay day)
{
    return week_of(world, email, source, tm_week_of_day(day)).day[tm_day_weekday(day)];
}

guint8 world_covered(World *world, const char *email, const char *source, TmWeek week)
{
    return week_of(world, email, source, week).covered;
}

TmDay day_of(const char *day)
{
    return tm_day_parse(day, -1);
}

gint64 at(const char *day, int hour, int minute)
{
    return (((gint64)day_of(day) * 24 + hour) * 60 + minute) * 60000;
}
