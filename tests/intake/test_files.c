/* Whole files: recognising, compression, ranks, summaries, finding files. */
#include "transcript.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "../cmocka_all.h"

#define CSV "Date,Model,Tokens\n2026-10-05,m,7\n"
#define CSV_RECORD "2026-10-05 path:f model:m interactions=1 requests=1 unsplit_tokens=7\n"

/* Bytes in gzip form; owned by the caller. */
static GByteArray *gzip(const char *text, gsize length)
{
    GByteArray *out = g_byte_array_new();
    z_stream stream = {0};
    assert_int_equal(
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY),
        Z_OK);
    g_byte_array_set_size(out, (guint)deflateBound(&stream, length));
    stream.next_in = (Bytef *)(guintptr)text;
    stream.avail_in = (uInt)length;
    stream.next_out = out->data;
    stream.avail_out = out->len;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    g_byte_array_set_size(out, (guint)stream.total_out);
    deflateEnd(&stream);
    return out;
}

static void expect_bytes(
    const void *bytes, gsize length, const char *records, const char *diagnostics)
{
    Reading reading;
    transcript_read(&reading, "f", bytes, length);
    assert_string_equal(reading.records->str, records);
    assert_string_equal(reading.diagnostics, diagnostics);
    transcript_clear(&reading);
}

static void gzip_is_told_by_its_bytes(void **state)
{
    (void)state;
    GByteArray *packed = gzip(CSV, strlen(CSV));
    expect_bytes(packed->data, packed->len, CSV_RECORD, "");
    g_byte_array_unref(packed);
}

static void gzip_members_one_after_another_are_one_file(void **state)
{
    (void)state;
    GByteArray *packed = gzip("Date,Model,Tokens\n2026-1", 24), *rest = gzip("0-05,m,7\n", 9);
    g_byte_array_append(packed, rest->data, rest->len);
    expect_bytes(packed->data, packed->len, CSV_RECORD, "");
    g_byte_array_unref(packed);
    g_byte_array_unref(rest);
}

static void a_gzip_file_cut_off_is_reported(void **state)
{
    (void)state;
    GString *text = g_string_new(CSV);
    for (guint i = 0; i < 5000; i++)
        g_string_append_printf(text, "2026-10-06,m,%u\n", i * 7919 % 10007);
    GByteArray *packed = gzip(text->str, text->len);
    Reading reading;
    transcript_read(&reading, "f", (const char *)packed->data, packed->len / 2);
    assert_true(g_str_has_prefix(reading.records->str, CSV_RECORD));
    assert_true(reading.summary.rows_taken < 5000);
    assert_string_equal(reading.diagnostics,
        "f: skipped: truncated file: the gzip data end too early (copy or export the file "
        "again)\n");
    transcript_clear(&reading);
    g_byte_array_unref(packed);
    g_string_free(text, TRUE);
}

static void a_damaged_gzip_file_is_reported(void **state)
{
    (void)state;
    GByteArray *packed = gzip(CSV, strlen(CSV));
    memset(packed->data + 12, 0xff, 8);
    Reading reading;
    transcript_read(&reading, "f", (const char *)packed->data, packed->len);
    assert_true(g_str_has_suffix(reading.diagnostics,
        "f: skipped: truncated file: the gzip data are damaged (copy or export the file again)\n"));
    transcript_clear(&reading);
    g_byte_array_unref(packed);
}

/* 1.25 GiB of blanks in about 1.3 MB. */
static void a_gzip_bomb_is_left(void **state)
{
    (void)state;
    g_autofree char *blanks = g_malloc(16 << 20);
    memset(blanks, ' ', 16 << 20);
    GByteArray *member = gzip(blanks, 16 << 20), *packed = g_byte_array_new();
    for (guint i = 0; i < 80; i++)
        g_byte_array_append(packed, member->data, member->len);
    expect_bytes(packed->data, packed->len, "",
        "f: skipped: record too long: the gzip data unfold to more than 1 GiB and 200 times their "
        "size; not read further (check that this is the export, not another file)\n");
    g_byte_array_unref(member);
    g_byte_array_unref(packed);
}

static void files_without_anything_are_noted(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " \n", "\"\"", "null\n", "[]", "\xef\xbb\xbf", "{}"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        expect_bytes(texts[i], strlen(texts[i]), "",
            "f: note: empty file: nothing in it (export the period again if use was expected)\n");
}

static void a_header_alone_is_no_use_stated(void **state)
{
    (void)state;
    expect_bytes("Date,Model,Tokens\n", 18, "",
        "f: note: empty file: no rows in it, which does not mean no use (export the period again "
        "if use was expected)\n");
}

static void several_empty_lists_are_noted(void **state)
{
    (void)state;
    static const char *const texts[] = {"[][]", "[]\n[]\n", "[[]]", "null null"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        Reading reading;
        transcript_read(&reading, "f", texts[i], strlen(texts[i]));
        assert_false(reading.taken);
        assert_string_not_equal(reading.diagnostics, "");
        transcript_clear(&reading);
    }
}

/* What is refused, and words that the message must have. */
static const struct {
    const char *text, *words;
} refused[] = {
    {"<!DOCTYPE html><html>", "a web page"},
    {"PK\x03\x04xxxx", "a zip archive"},
    {"\xff\xfe{", "UTF-16"},
    {"Date,Suggested,Accepted\n", "Cursor's charts"},
    {"change_id,user_id,metadata_json\n", "code tracking, changes"},
    {"User,Spend this Month (USD),Lines this Month\n", "Claude Code dashboard"},
    {"Date;Model;Tokens\n", "not separated by commas"},
    {"Date,Model,Max Mode,Cost\n", "Cursor's charts"},
    {"first,second\n", "the header of no known CSV export"},
    {"{\"download_links\":[\"https://x\"],\"report_day\":\"2026-09-21\"}",
        "list of download links"},
    {"{\"user_totals\":[{\"login\":\"x\"}]}", "not an export of GitHub"},
    {"{\"error\":\"forbidden\"}", "an error message"},
    {"{\"day\":\"2026-09-21\",\"x\":1}", "nearest to Copilot usage metrics"},
    {"{\"x\":1}", "a record of no known export"},
};

static void other_files_are_refused_by_name(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
        Reading reading;
        transcript_read(&reading, "f", refused[i].text, strlen(refused[i].text));
        assert_false(reading.taken);
        assert_null(reading.summary.format);
        if (strstr(reading.diagnostics, refused[i].words) == NULL)
            fail_msg("%s: %s", refused[i].words, reading.diagnostics);
        transcript_clear(&reading);
    }
}

static void reports_of_tabnine_are_refused_by_the_name_of_the_file(void **state)
{
    (void)state;
    transcript_expect("users_summary_daily.csv", "User,Date,Completions\n", "",
        "users_summary_daily.csv: skipped: format not recognised: a report of Tabnine, whose "
        "columns are not known here: describe users_summary_daily.csv in a mapping file, or hand "
        "the use over in tidemark.csv (see docs/formats.md for what is read)\n");
}

#define NOT_KNOWN                                                                                  \
    "skipped: format not recognised: exports of JetBrains AI and of Tabnine are not known here: "  \
    "describe them in a mapping file (docs/mapping.md), or hand the use over in tidemark.csv "     \
    "(see "                                                                                        \
    "docs/formats.md for what is read)\n"

static void exports_of_jetbrains_ai_are_refused_by_the_name_of_the_file(void **state)
{
    (void)state;
    transcript_expect("JetBrains-AI.csv", "Consumer,Credits\n", "", "JetBrains-AI.csv: " NOT_KNOWN);
    transcript_expect(
        "jetbrains.json", "{\"items\":[{\"x\":1}]}", "", "jetbrains.json: " NOT_KNOWN);
}

static void a_format_that_is_known_is_read_whatever_its_file_is_called(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "Date,Model,Tokens\n2026-10-05,m,7\n";
    transcript_read(&reading, "jetbrains.csv", text, strlen(text));
    assert_true(reading.taken);
    transcript_clear(&reading);
}

static void utf_16_without_a_mark_is_refused(void **state)
{
    (void)state;
    expect_bytes("{\0\"\0d\0", 6, "",
        "f: skipped: not UTF-8: the file looks like UTF-16 (save the file as UTF-8 and read it "
        "again)\n");
}

static void a_file_that_is_not_there_is_reported(void **state)
{
    (void)state;
    TmFileSummary summary;
    TmIntakeSink sink = {0};
    TmIntakeOptions options = {.since = TM_DAY_NONE, .until = TM_DAY_FOREVER};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    assert_false(tm_intake_read("absent.csv", &options, &sink, &summary, diagnostics));
    assert_int_equal(tm_diagnostics_count(diagnostics, TM_KIND_UNREADABLE_FILE), 1);
    tm_file_summary_clear(&summary);
}

static void the_summary_says_what_was_read(void **state)
{
    (void)state;
    const char *text = "Date,Model,Tokens\n2026-10-05,m,7\n2026-10-07,m,8\n2026-10-06,m,x\n";
    Reading reading;
    transcript_read(&reading, "f", text, strlen(text));
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(hash, (const guchar *)text, (gssize)strlen(text));
    guint8 digest[32];
    gsize length = sizeof digest;
    g_checksum_get_digest(hash, digest, &length);
    assert_memory_equal(reading.summary.sha256, digest, 32);
    assert_int_equal(reading.summary.bytes, strlen(text));
    assert_int_equal(reading.summary.rows_taken, 2);
    assert_int_equal(reading.summary.rows_skipped, 1);
    assert_int_equal(reading.summary.first, tm_day_parse("2026-10-05", -1));
    assert_int_equal(reading.summary.last, tm_day_parse("2026-10-07", -1));
    assert_string_equal(reading.summary.format->key, "cursor-usage-csv");
    transcript_clear(&reading);
}

static gint64 rank_of(const char *name)
{
    Reading reading;
    transcript_read(&reading, name, CSV, strlen(CSV));
    gint64 rank = reading.summary.exported;
    gint64 modified = reading.summary.modified * 1000;
    transcript_clear(&reading);
    return rank == modified ? -1 : rank;
}

static void the_last_date_in_the_name_ranks_a_file(void **state)
{
    (void)state;
    gint64 day = tm_day_parse("2026-10-31", -1) * G_GINT64_CONSTANT(86400000);
    assert_int_equal(rank_of("usage-events-2026-10-31 (1).csv"), day);
    assert_int_equal(rank_of("2026-10-01_2026-10-31.csv"), day);
    assert_int_equal(rank_of("12026-10-31.csv"), -1);
    assert_int_equal(rank_of("2026-10-32.csv"), -1);
}

static void splitting_a_file_changes_no_record(void **state)
{
    (void)state;
    GString *rows[3];
    for (guint i = 0; i < 3; i++)
        rows[i] = g_string_new("Date,Model,Tokens\n");
    for (guint i = 0; i < 200; i++) {
        g_autofree char *row = g_strdup_printf("2026-10-%02u,m%u,%u\n", i % 28 + 1, i % 5, i);
        g_string_append(rows[0], row);
        g_string_append(rows[i < 100 ? 1 : 2], row);
    }
    Reading whole, first, second;
    transcript_read(&whole, "f", rows[0]->str, rows[0]->len);
    transcript_read(&first, "f", rows[1]->str, rows[1]->len);
    transcript_read(&second, "f", rows[2]->str, rows[2]->len);
    g_string_append(first.records, second.records->str);
    g_array_append_vals(first.keys, second.keys->data, second.keys->len);
    assert_string_equal(whole.records->str, first.records->str);
    assert_int_equal(whole.keys->len, first.keys->len);
    assert_memory_equal(whole.keys->data, first.keys->data, whole.keys->len * sizeof(guint64));
    transcript_clear(&whole);
    transcript_clear(&first);
    transcript_clear(&second);
    for (guint i = 0; i < 3; i++)
        g_string_free(rows[i], TRUE);
}

static void files_are_found_once_sorted_and_without_hidden_ones(void **state)
{
    (void)state;
    assert_int_equal(g_mkdir_with_parents("in/b/.git", 0700), 0);
    static const char *const names[] = {"in/z", "in/b/a", "in/.hidden", "in/b/.git/c"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        assert_true(g_file_set_contents(names[i], "x", 1, NULL));
    char *paths[] = {(char[]){"in/z"}, (char[]){"in"}, (char[]){"absent"}, NULL};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GPtrArray) files = tm_intake_find_files(paths, diagnostics);
    assert_int_equal(files->len, 2);
    assert_string_equal(files->pdata[0], "in/b/a");
    assert_string_equal(files->pdata[1], "in/z");
    assert_int_equal(tm_diagnostics_count(diagnostics, TM_KIND_UNREADABLE_FILE), 1);
}

static void what_clients_left_behind_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(g_mkdir_with_parents("left", 0700), 0);
    static const char *const names[] = {"left/s.jsonl.tmp-4711", "left/s.unreadable-1.jsonl",
        "left/s.jsonl", "left/s.tmp-", "left/s.tmp-x"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        assert_true(g_file_set_contents(names[i], "x", 1, NULL));
    char *paths[] = {(char[]){"left"}, NULL};
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GPtrArray) files = tm_intake_find_files(paths, diagnostics);
    assert_int_equal(files->len, 3);
    assert_string_equal(files->pdata[0], "left/s.jsonl");
    assert_string_equal(files->pdata[1], "left/s.tmp-");
    assert_string_equal(files->pdata[2], "left/s.tmp-x");
}

static void the_page_of_formats_is_current(void **state)
{
    (void)state;
    g_autofree char *path = g_build_filename(g_getenv("TIDEMARK_DATA"), "docs/formats.md", NULL);
    g_autofree char *made = tm_intake_formats_markdown(), *kept = NULL;
    if (g_getenv("TIDEMARK_WRITE_GOLDEN") != NULL)
        assert_true(g_file_set_contents(path, made, -1, NULL));
    assert_true(g_file_get_contents(path, &kept, NULL, NULL));
    assert_string_equal(made, kept);
}

static void each_field_has_a_name_and_content_has_no_slot(void **state)
{
    (void)state;
    for (guint i = 0; i < tm_intake_format_count(); i++)
        for (guint j = 0; j < tm_intake_format(i)->field_count; j++) {
            const TmFieldRule *rule = &tm_intake_format(i)->fields[j];
            assert_non_null(rule->names);
            gboolean kept = rule->use == TM_FIELD_READ || rule->use == TM_FIELD_IDENTITY;
            assert_true(kept || rule->slot[0] == '\0');
        }
}

static void sources_are_found_by_key(void **state)
{
    (void)state;
    for (guint i = 0; i < tm_source_count; i++)
        assert_int_equal(tm_source_index(tm_sources[i].key), i);
    assert_int_equal(tm_source_index("no such source"), G_MAXUINT);
}

static void hostile_samples_give_the_known_diagnostics(void **state)
{
    (void)state;
    static const char *const samples[] = {"hostile-cursor.csv", "hostile-copilot.ndjson",
        "hostile-claude.json", "cursor-v3-team.csv", "copilot-users-1-day.ndjson",
        "claude-page.json"};
    for (guint i = 0; i < G_N_ELEMENTS(samples); i++)
        transcript_compare_golden(samples[i]);
}

static int enter(void **state)
{
    (void)state;
    transcript_enter_folder();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_is_told_by_its_bytes),
        cmocka_unit_test(gzip_members_one_after_another_are_one_file),
        cmocka_unit_test(a_gzip_file_cut_off_is_reported),
        cmocka_unit_test(a_damaged_gzip_file_is_reported),
        cmocka_unit_test(a_gzip_bomb_is_left),
        cmocka_unit_test(files_without_anything_are_noted),
        cmocka_unit_test(a_header_alone_is_no_use_stated),
        cmocka_unit_test(several_empty_lists_are_noted),
        cmocka_unit_test(other_files_are_refused_by_name),
        cmocka_unit_test(reports_of_tabnine_are_refused_by_the_name_of_the_file),
        cmocka_unit_test(exports_of_jetbrains_ai_are_refused_by_the_name_of_the_file),
        cmocka_unit_test(a_format_that_is_known_is_read_whatever_its_file_is_called),
        cmocka_unit_test(utf_16_without_a_mark_is_refused),
        cmocka_unit_test(a_file_that_is_not_there_is_reported),
        cmocka_unit_test(the_summary_says_what_was_read),
        cmocka_unit_test(the_last_date_in_the_name_ranks_a_file),
        cmocka_unit_test(splitting_a_file_changes_no_record),
        cmocka_unit_test(files_are_found_once_sorted_and_without_hidden_ones),
        cmocka_unit_test(what_clients_left_behind_is_not_found),
        cmocka_unit_test(the_page_of_formats_is_current),
        cmocka_unit_test(each_field_has_a_name_and_content_has_no_slot),
        cmocka_unit_test(sources_are_found_by_key),
        cmocka_unit_test(hostile_samples_give_the_known_diagnostics),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
