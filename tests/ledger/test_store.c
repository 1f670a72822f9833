/* What a stored file leaves: days, accounts, coverage, known files; and what failures leave. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "batch.h"
#include "internal.h"
#include "world.h"

#define MONDAY "2026-11-09"

static Row day_row(const char *who, const char *day, guint64 key)
{
    return (Row){.who = who, .instant = TM_INSTANT_NONE, .day = day_of(day), .key = key};
}

static Export by_day(const Row *rows, guint length)
{
    return (Export){.source = ID_SOURCE, .rank = 1, .rows = rows, .length = length};
}

/* ---- Whose day ---------------------------------------------------------------------------- */

static gint64 interactions(World *world, const char *email, const char *source, const char *day)
{
    return world_day(world, email, source, day_of(day)).value[TM_MEASURE_INTERACTIONS];
}

static void an_instant_belongs_to_the_persons_own_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row row = {.who = "kiri@example.com", .instant = at(MONDAY, 22, 0), .key = 1};
    const Export file = {.source = TWINS_SOURCE, .rank = 1, .rows = &row, .length = 1};
    world_store(&world, &file);
    assert_int_equal(interactions(&world, "kiri@example.com", TWINS_SOURCE, "2026-11-10"), 1);
    assert_int_equal(interactions(&world, "kiri@example.com", TWINS_SOURCE, MONDAY), 0);
    world_clear(&world);
}

static void a_row_without_an_instant_keeps_the_sources_day(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row row = day_row("kiri@example.com", MONDAY, 1);
    const Export file = by_day(&row, 1);
    world_store(&world, &file);
    assert_int_equal(interactions(&world, "kiri@example.com", ID_SOURCE, MONDAY), 1);
    world_clear(&world);
}

/* ---- Accounts ----------------------------------------------------------------------------- */

static void accounts_are_counted_by_kind(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[] = {day_row("ana@example.com", MONDAY, 1), day_row("ana@example.com", MONDAY, 2),
        day_row("ben@example.com", MONDAY, 3), day_row("eve@elsewhere.example", MONDAY, 4),
        day_row(NULL, MONDAY, 5), day_row("robot@example.com", MONDAY, 6)};
    rows[5].service = TRUE;
    const Export file = by_day(rows, G_N_ELEMENTS(rows));
    TmStoreCounts counts = world_store(&world, &file);
    assert_int_equal(counts.accounts.people, 2);
    assert_int_equal(counts.accounts.unresolved, 2);
    assert_int_equal(counts.accounts.services, 1);
    assert_int_equal(counts.person_days, 5);
    assert_int_equal(counts.records_new, 6);
    assert_int_equal(tm_ledger_accounts(world.ledger), 5);
    world_clear(&world);
}

static void an_account_mapped_to_nobody_is_a_service(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    world_set_identities(&world, "email,tool,kind,value\n-,,email,shared@example.com\n");
    const Row row = day_row("shared@example.com", MONDAY, 1);
    const Export file = by_day(&row, 1);
    assert_int_equal(world_store(&world, &file).accounts.services, 1);
    assert_int_equal(tm_ledger_account_kind(world.ledger, 0), TM_ACCOUNT_SERVICE);
    world_clear(&world);
}

static void a_service_under_a_persons_address_is_not_that_person(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[] = {day_row("ana@example.com", MONDAY, 1), day_row("ana@example.com", MONDAY, 2)};
    rows[1].service = TRUE;
    const Export file = by_day(rows, 2);
    world_store(&world, &file);
    assert_int_equal(interactions(&world, "ana@example.com", ID_SOURCE, MONDAY), 1);
    world_clear(&world);
}

static void an_identity_too_long_for_the_cache_is_resolved(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    g_autofree char *filler = g_strnfill(200, 'x');
    g_autofree char *one = g_strconcat(filler, "1@elsewhere.example", NULL);
    g_autofree char *two = g_strconcat(filler, "2@elsewhere.example", NULL);
    const Row rows[] = {day_row(one, MONDAY, 1), day_row(two, MONDAY, 2), day_row(one, MONDAY, 3)};
    const Export file = by_day(rows, 3);
    assert_int_equal(world_store(&world, &file).accounts.unresolved, 2);
    world_clear(&world);
}

/* ---- Coverage and known files ------------------------------------------------------------- */

static guint8 covered(World *world, const char *day)
{
    return tm_ledger_covered(
        world->ledger, tm_source_index(ID_SOURCE), tm_week_of_day(day_of(day)));
}

static void days_between_rows_of_one_file_are_covered(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {
        day_row("ana@example.com", "2026-11-10", 1), day_row("ben@example.com", "2026-11-13", 2)};
    const Export file = by_day(rows, 2);
    world_store(&world, &file);
    assert_int_equal(covered(&world, MONDAY), 0x1e); /* Tuesday to Friday */
    world_clear(&world);
}

static void days_between_two_files_are_not_covered(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row rows[] = {
        day_row("ana@example.com", "2026-11-10", 1), day_row("ben@example.com", "2026-11-13", 2)};
    const Export one = by_day(rows, 1), two = by_day(rows + 1, 1);
    world_store(&world, &one);
    world_store(&world, &two);
    assert_int_equal(covered(&world, MONDAY), 0x12);
    world_clear(&world);
}

static void stated_days_are_covered_without_rows(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Export file = by_day(NULL, 0);
    file.covered = (TmDaySpan){day_of("2026-11-14"), day_of("2026-11-17")};
    world_store(&world, &file);
    assert_int_equal(covered(&world, MONDAY), 0x60);       /* Saturday, Sunday */
    assert_int_equal(covered(&world, "2026-11-16"), 0x03); /* Monday, Tuesday */
    world_clear(&world);
}

static guint8 tool_covered(World *world, const char *day)
{
    g_autoptr(TmToolCoverage) coverage = tm_tool_coverage_new(world->ledger);
    return tm_tool_coverage_days(coverage, TM_TOOL_CLAUDE_CODE, tm_week_of_day(day_of(day)));
}

static const char *const six[] = {"a@example.com", "b@example.com", "c@example.com",
    "d@example.com", "e@example.com", "f@example.com"};

/* On Monday everybody's source has rows of six; on Tuesday own files of some. */
static void store_own_files(World *world, guint people)
{
    Row rows[G_N_ELEMENTS(six)];
    for (guint i = 0; i < people; i++)
        rows[i] = day_row(six[i], "2026-11-10", i + 1);
    const Export file = {.source = COPIES_SOURCE, .rank = 1, .rows = rows, .length = people};
    world_store(world, &file);
}

static void store_everybody(World *world)
{
    Row rows[G_N_ELEMENTS(six)];
    for (guint i = 0; i < G_N_ELEMENTS(six); i++)
        rows[i] = day_row(six[i], MONDAY, i + 1);
    const Export file = by_day(rows, G_N_ELEMENTS(six));
    world_store(world, &file);
}

static void files_of_four_people_cover_no_day_of_a_tool_with_data_of_all(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    store_own_files(&world, 4);
    store_everybody(&world);
    assert_int_equal(tool_covered(&world, MONDAY), 0x01);
    world_clear(&world);
}

static void files_of_five_people_cover_their_days(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    store_own_files(&world, 5);
    store_everybody(&world);
    assert_int_equal(tool_covered(&world, MONDAY), 0x03);
    world_clear(&world);
}

static void a_tool_of_own_files_alone_is_covered_by_anybodys(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    store_own_files(&world, 1);
    assert_int_equal(tool_covered(&world, MONDAY), 0x02);
    world_clear(&world);
}

static void a_span_without_an_end_covers_nothing(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Export file = by_day(NULL, 0);
    file.covered = (TmDaySpan){day_of(MONDAY), TM_DAY_FOREVER};
    world_store(&world, &file);
    assert_int_equal(covered(&world, MONDAY), 0);
    world_clear(&world);
}

static const guint8 other_hash[32] = {1};

static gboolean knows(World *world, const char *path, guint64 bytes, gint64 modified)
{
    return tm_ledger_knows_file(world->ledger, path, bytes, modified, other_hash);
}

static void a_stored_file_is_known_by_path_size_and_time(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row row = day_row("ana@example.com", MONDAY, 1);
    const Export file = by_day(&row, 1);
    world_store(&world, &file);
    assert_true(knows(&world, "exports/file.csv", 1, 1));
    assert_true(knows(&world, "./exports//file.csv", 1, 1));
    assert_false(knows(&world, "exports/other.csv", 1, 1));
    assert_false(knows(&world, "exports/file.csv", 2, 1));
    assert_false(knows(&world, "exports/file.csv", 1, 2));
    world_clear(&world);
}

static void a_stored_file_is_known_by_its_bytes(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row row = day_row("ana@example.com", MONDAY, 1);
    const Export file = by_day(&row, 1);
    TmFileSummary summary = world_summary(&file);
    world_store(&world, &file);
    assert_true(tm_ledger_knows_file(world.ledger, "copy.csv", 9, 9, summary.sha256));
    world_clear(&world);
}

static void a_file_that_was_cut_by_options_is_not_known(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row row = day_row("ana@example.com", MONDAY, 1);
    const Export file = by_day(&row, 1);
    g_autoptr(TmBatch) batch = world_batch(&world, &file);
    TmFileSummary summary = world_summary(&file);
    TmStoreCounts counts;
    summary.rows_outside = 1;
    assert_true(tm_ledger_store(world.ledger, batch, &summary, &counts, NULL));
    assert_false(knows(&world, "exports/file.csv", 1, 1));
    world_clear(&world);
}

/* ---- Spilling and failing ----------------------------------------------------------------- */

static void fill_days(Row *rows, guint length)
{
    static const char *const who[] = {"ana@example.com", "ben@example.com", "kiri@example.com"};
    for (guint i = 0; i < length; i++) {
        rows[i] = day_row(who[i % 3], MONDAY, i * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
        rows[i].day += (TmDay)(i % 30);
        rows[i].tokens = i;
    }
}

static void a_tiny_buffer_spills(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[500];
    fill_days(rows, G_N_ELEMENTS(rows));
    Export file = by_day(rows, G_N_ELEMENTS(rows));
    file.buffer = 1000;
    g_autoptr(TmBatch) batch = world_batch(&world, &file);
    tm_batch_finish(batch);
    assert_true(tm_entry_runs_count(batch->runs) > 20);
    world_clear(&world);
}

/* Files may not grow beyond this from here on; gives the limit of before. */
static rlim_t limit_file_size(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    return before;
}

static void a_temporary_file_that_cannot_be_written_fails_the_store(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[500];
    fill_days(rows, G_N_ELEMENTS(rows));
    Export file = by_day(rows, G_N_ELEMENTS(rows));
    file.buffer = 1000;
    signal(SIGXFSZ, SIG_IGN);
    rlim_t before = limit_file_size(3000);
    g_autoptr(TmBatch) batch = world_batch(&world, &file);
    limit_file_size(before);
    TmFileSummary summary = world_summary(&file);
    TmStoreCounts counts;
    g_autoptr(GError) error = NULL;
    assert_false(tm_ledger_store(world.ledger, batch, &summary, &counts, &error));
    assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_INTERNAL));
    g_autofree char *dump = world_dump(&world);
    assert_string_equal(dump, "");
    world_clear(&world);
}

static void limit_pages(World *world, int more)
{
    gint64 pages = 0;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(world->ledger->database, "PRAGMA page_count", -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    pages = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    g_autofree char *sql =
        g_strdup_printf("PRAGMA max_page_count = %" G_GINT64_FORMAT, pages + more);
    assert_int_equal(sqlite3_exec(world->ledger->database, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* The store fills up after 0, 1, 2, … pages, until it fits: each failure must leave no trace. */
static void a_full_disk_leaves_the_ledger_as_it_was(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[3600];
    fill_days(rows, G_N_ELEMENTS(rows));
    const Export first = by_day(rows, 1200);
    Export second = by_day(rows, G_N_ELEMENTS(rows));
    second.rank = 2;
    world_store(&world, &first);
    g_autofree char *before = world_dump(&world);
    guint failures = 0;
    gboolean stored = FALSE;
    for (int more = 0; !stored; more++) {
        g_autoptr(TmBatch) batch = world_batch(&world, &second);
        TmFileSummary summary = world_summary(&second);
        TmStoreCounts counts;
        g_autoptr(GError) error = NULL;
        limit_pages(&world, more);
        stored = tm_ledger_store(world.ledger, batch, &summary, &counts, &error);
        if (stored)
            break;
        failures++;
        assert_true(g_error_matches(error, TM_ERROR, TM_ERROR_INTERNAL));
        assert_false(knows(&world, "exports/file.csv", G_N_ELEMENTS(rows), 2));
        g_autofree char *after = world_dump(&world);
        assert_string_equal(after, before);
    }
    assert_true(failures >= 5);
    g_autofree char *whole = world_dump(&world);
    assert_string_not_equal(whole, before);
    world_clear(&world);
}

/* The same with a file system that refuses to let any file grow beyond a limit. */
static void a_failing_write_leaves_the_ledger_as_it_was(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[900];
    fill_days(rows, G_N_ELEMENTS(rows));
    const Export first = by_day(rows, 300);
    Export second = by_day(rows, G_N_ELEMENTS(rows));
    second.rank = 2;
    world_store(&world, &first);
    g_autofree char *before = world_dump(&world);
    guint failures = 0;
    gboolean stored = FALSE;
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t bytes = 20000; !stored; bytes += 10000) {
        g_autoptr(TmBatch) batch = world_batch(&world, &second);
        TmFileSummary summary = world_summary(&second);
        TmStoreCounts counts;
        rlim_t unlimited = limit_file_size(bytes);
        stored = tm_ledger_store(world.ledger, batch, &summary, &counts, NULL);
        limit_file_size(unlimited);
        g_autofree char *after = world_dump(&world);
        failures += stored ? 0 : 1;
        assert_int_equal(g_str_equal(after, before), !stored);
    }
    assert_true(failures >= 3);
    world_clear(&world);
}

static void a_failed_store_forgets_the_accounts_that_it_met(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    Row rows[3600];
    fill_days(rows, G_N_ELEMENTS(rows));
    const Export file = by_day(rows, G_N_ELEMENTS(rows));
    g_autoptr(TmBatch) batch = world_batch(&world, &file);
    TmFileSummary summary = world_summary(&file);
    TmStoreCounts counts;
    limit_pages(&world, 0);
    assert_false(tm_ledger_store(world.ledger, batch, &summary, &counts, NULL));
    assert_int_equal(tm_ledger_accounts(world.ledger), 0);
    limit_pages(&world, 10000);
    world_store(&world, &file);
    assert_int_equal(tm_ledger_accounts(world.ledger), 3);
    world_clear(&world);
}

/* ---- What is on the disk ------------------------------------------------------------------ */

static void expect_absent(const char *path, const char *const *words)
{
    g_autofree char *bytes = NULL;
    gsize length;
    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    assert_true(length > 0);
    for (; *words != NULL; words++)
        assert_null(memmem(bytes, length, *words, strlen(*words)));
}

static void no_file_of_the_ledger_holds_an_identity_or_a_path(void **state)
{
    (void)state;
    static const char *const words[] = {
        "ana@", "example", "kiri", "elsewhere", "eve@", "exports", "file.csv", NULL};
    World world;
    world_init(&world);
    const Row rows[] = {day_row("ana@example.com", MONDAY, 1),
        day_row("kiri@example.com", MONDAY, 2), day_row("eve@elsewhere.example", MONDAY, 3)};
    const Export file = by_day(rows, 3);
    world_store(&world, &file);
    g_autofree char *log = g_strconcat(world.ledger_path, "-wal", NULL);
    expect_absent(log, words);
    world_close(&world);
    expect_absent(world.ledger_path, words);
    world_open(&world);
    world_clear(&world);
}

static void a_closed_ledger_leaves_only_itself_and_its_lock(void **state)
{
    (void)state;
    World world;
    world_init(&world);
    const Row row = day_row("ana@example.com", MONDAY, 1);
    const Export file = by_day(&row, 1);
    world_store(&world, &file);
    world_close(&world);
    g_autofree char *folder = g_path_get_dirname(world.ledger_path);
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
    guint entries = 0;
    while (g_dir_read_name(listing) != NULL)
        entries++;
    assert_int_equal(entries, 2);
    world_open(&world);
    world_clear(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_belongs_to_the_persons_own_day),
        cmocka_unit_test(a_row_without_an_instant_keeps_the_sources_day),
        cmocka_unit_test(accounts_are_counted_by_kind),
        cmocka_unit_test(an_account_mapped_to_nobody_is_a_service),
        cmocka_unit_test(a_service_under_a_persons_address_is_not_that_person),
        cmocka_unit_test(an_identity_too_long_for_the_cache_is_resolved),
        cmocka_unit_test(days_between_rows_of_one_file_are_covered),
        cmocka_unit_test(days_between_two_files_are_not_covered),
        cmocka_unit_test(stated_days_are_covered_without_rows),
        cmocka_unit_test(files_of_four_people_cover_no_day_of_a_tool_with_data_of_all),
        cmocka_unit_test(files_of_five_people_cover_their_days),
        cmocka_unit_test(a_tool_of_own_files_alone_is_covered_by_anybodys),
        cmocka_unit_test(a_span_without_an_end_covers_nothing),
        cmocka_unit_test(a_stored_file_is_known_by_path_size_and_time),
        cmocka_unit_test(a_stored_file_is_known_by_its_bytes),
        cmocka_unit_test(a_file_that_was_cut_by_options_is_not_known),
        cmocka_unit_test(a_tiny_buffer_spills),
        cmocka_unit_test(a_temporary_file_that_cannot_be_written_fails_the_store),
        cmocka_unit_test(a_full_disk_leaves_the_ledger_as_it_was),
        cmocka_unit_test(a_failing_write_leaves_the_ledger_as_it_was),
        cmocka_unit_test(a_failed_store_forgets_the_accounts_that_it_met),
        cmocka_unit_test(no_file_of_the_ledger_holds_an_identity_or_a_path),
        cmocka_unit_test(a_closed_ledger_leaves_only_itself_and_its_lock),
    };
    return cmocka_run_group_tests_name("ledger store", tests, NULL, NULL);
}
