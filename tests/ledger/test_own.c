/* One person's records without a ledger: what is joined, chosen and estimated. */
#include <tidemark/ledger.h>

#include <string.h>

#include "../cmocka_all.h"

#define COPIES "claude-code-transcripts"
#define LATER "claude-code-analytics"
#define TWINS "cursor-usage-csv"
#define REQUEST(n) (TM_PART_OF_REQUEST | (n))
#define MINUTE G_GINT64_CONSTANT(60000)
#define MIDNIGHT "2026-11-09" /* the day to which minutes are counted */

/* One record; `minute` is that of the day in UTC, -1: only the day is known. */
typedef struct Row {
    const char *source;
    guint64 key;
    guint32 part;
    gint64 minute, tokens;
    guint64 session;
    const char *model;
    gboolean running, fast;
} Row;

static TmDay day(void)
{
    return tm_day_parse(MIDNIGHT, -1);
}

static TmOwnRecords *file_of(const Row *rows, guint count, GTimeZone *zone)
{
    TmOwnRecords *file = tm_own_records_new(zone);
    for (guint i = 0; i < count; i++) {
        const Row *row = &rows[i];
        gint64 instant = (gint64)day() * 24 * 60 * MINUTE + row->minute * MINUTE;
        TmRecord record = {.day = tm_instant_day(instant),
            .instant = row->minute < 0 ? TM_INSTANT_NONE : instant,
            .key = row->key,
            .part = row->part,
            .session = row->session,
            .model = row->model,
            .model_length = row->model != NULL ? strlen(row->model) : 0,
            .running = row->running,
            .pricing.fast = row->fast};
        record.day = row->minute < 0 ? day() : record.day;
        record.measures.present =
            TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
        record.measures.value[TM_MEASURE_OUTPUT_TOKENS] = row->tokens;
        record.measures.value[TM_MEASURE_INTERACTIONS] = 1;
        tm_own_records_add(file, &tm_sources[tm_source_index(row->source)], &record);
    }
    return file;
}

/* "DAY tokens[ model][ fast][ session=N][ SECONDSs]" for each record. */
static void say(gpointer user, const TmRecord *record)
{
    GString *out = user;
    g_autofree char *date = tm_day_format(record->day);
    const TmMeasures *measures = &record->measures;
    assert_false(record->running);
    assert_true(record->instant == TM_INSTANT_NONE);
    g_string_append_printf(out, "%s %d", date + 5, (int)measures->value[TM_MEASURE_OUTPUT_TOKENS]);
    if (record->model != NULL)
        g_string_append_printf(out, " %.*s", (int)record->model_length, record->model);
    if (record->pricing.fast)
        g_string_append(out, " fast");
    if (record->session != 0)
        g_string_append_printf(out, " session=%d", (int)record->session);
    if (measures->value[TM_MEASURE_ACTIVE_SECONDS] > 0) {
        assert_true(measures->estimated & TM_MEASURE_BIT(TM_MEASURE_ACTIVE_SECONDS));
        g_string_append_printf(out, " %ds", (int)measures->value[TM_MEASURE_ACTIVE_SECONDS]);
    }
    g_string_append_c(out, '\n');
}

typedef struct Given {
    const Row *rows;
    guint count;
    gint64 exported;
} Given;

#define FILE_OF(rank, ...)                                                                         \
    (Given)                                                                                        \
    {                                                                                              \
        .rows = (const Row[]){__VA_ARGS__},                                                        \
        .count = sizeof((const Row[]){__VA_ARGS__}) / sizeof(Row), .exported = (rank)              \
    }

static char *said_of(
    const Given *files, guint count, const char *zone_name, TmDaySpan days, gboolean backward)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(zone_name);
    g_autoptr(TmOwnRecords) own = tm_own_records_new(zone);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < count; i++) {
        const Given *file = &files[backward ? count - 1 - i : i];
        tm_own_records_take(own, file_of(file->rows, file->count, zone), file->exported);
    }
    tm_own_records_foreach(own, days, say, out);
    return g_string_free(out, FALSE);
}

static const TmDaySpan all_days = {TM_DAY_NONE, TM_DAY_FOREVER};

/* In this order of files and the other way round. */
static void expect(const Given *files, guint count, const char *said)
{
    for (gboolean backward = FALSE; backward <= TRUE; backward++) {
        g_autofree char *found = said_of(files, count, "UTC", all_days, backward);
        assert_string_equal(found, said);
    }
}

#define EXPECT(said, ...)                                                                          \
    do {                                                                                           \
        const Given files[] = {__VA_ARGS__};                                                       \
        expect(files, G_N_ELEMENTS(files), said);                                                  \
    } while (0)

static void copies_in_two_files_are_one_record_with_most_tokens(void **state)
{
    (void)state;
    EXPECT("11-09 80\n",
        FILE_OF(1, {.source = COPIES, .key = 1, .part = REQUEST(1), .minute = 9, .tokens = 80}),
        FILE_OF(2, {.source = COPIES, .key = 1, .part = REQUEST(1), .minute = 2000, .tokens = 3}));
}

static void model_and_price_are_those_of_the_copy_that_counts(void **state)
{
    (void)state;
    EXPECT("11-09 80 large fast\n",
        FILE_OF(1, {.source = COPIES, .key = 1, .tokens = 80, .model = "large", .fast = TRUE}),
        FILE_OF(2, {.source = COPIES, .key = 1, .tokens = 3, .model = "small"}));
}

static void a_copy_without_a_request_joins_the_only_one(void **state)
{
    (void)state;
    EXPECT("11-09 30\n", FILE_OF(1, {.source = COPIES, .key = 1, .part = REQUEST(1), .tokens = 10}),
        FILE_OF(1, {.source = COPIES, .key = 1, .tokens = 30}));
}

static void running_totals_become_increases(void **state)
{
    (void)state;
    guint32 first = (guint32)day();
    EXPECT("11-09 100\n11-10 50\n",
        FILE_OF(1, {.source = COPIES,
                       .key = 1,
                       .part = first,
                       .minute = 600,
                       .tokens = 100,
                       .running = TRUE}),
        FILE_OF(1, {.source = COPIES,
                       .key = 1,
                       .part = first + 1,
                       .minute = 2000,
                       .tokens = 150,
                       .running = TRUE}));
}

static void of_records_that_are_not_copied_the_later_export_counts(void **state)
{
    (void)state;
    EXPECT("11-09 4\n", FILE_OF(1, {.source = LATER, .key = 1, .minute = -1, .tokens = 9}),
        FILE_OF(2, {.source = LATER, .key = 1, .minute = -1, .tokens = 4}));
}

static void parts_of_a_later_export_replace_all_parts(void **state)
{
    (void)state;
    EXPECT("11-09 4\n",
        FILE_OF(1, {.source = LATER, .key = 1, .minute = -1, .tokens = 9},
            {.source = LATER, .key = 1, .part = 1, .minute = -1, .tokens = 8}),
        FILE_OF(2, {.source = LATER, .key = 1, .minute = -1, .tokens = 4}));
}

static void twins_are_as_many_as_in_the_file_that_has_most(void **state)
{
    (void)state;
    EXPECT("11-09 5\n11-09 5\n",
        FILE_OF(1, {.source = TWINS, .key = 1, .minute = 5, .tokens = 5},
            {.source = TWINS, .key = 1, .minute = 5, .tokens = 5}),
        FILE_OF(2, {.source = TWINS, .key = 1, .minute = 5, .tokens = 5}));
}

static void time_to_the_next_request_is_estimated_over_all_files(void **state)
{
    (void)state;
    EXPECT("11-09 1 600s\n11-09 2\n11-09 3\n",
        FILE_OF(1, {.source = COPIES, .key = 1, .minute = 60, .tokens = 1},
            {.source = COPIES, .key = 3, .minute = 100, .tokens = 3}),
        FILE_OF(1, {.source = COPIES, .key = 2, .minute = 70, .tokens = 2}));
}

static void a_copied_record_goes_to_the_session_with_which_it_is_counted(void **state)
{
    (void)state;
    EXPECT("11-09 1 session=9\n11-09 2 session=9\n",
        FILE_OF(1, {.source = COPIES, .key = 1, .minute = 60, .tokens = 1, .session = 5}),
        FILE_OF(1, {.source = COPIES, .key = 1, .minute = 60, .tokens = 1, .session = 9},
            {.source = COPIES, .key = 2, .minute = 200, .tokens = 2, .session = 9}));
}

static void days_are_those_of_the_zone(void **state)
{
    (void)state;
    const Given file = FILE_OF(1, {.source = COPIES, .key = 1, .minute = 30, .tokens = 1},
        {.source = COPIES, .key = 2, .minute = 23 * 60 + 30, .tokens = 2});
    g_autofree char *west = said_of(&file, 1, "-05:00", all_days, FALSE);
    assert_string_equal(west, "11-08 1\n11-09 2\n");
    g_autofree char *east = said_of(&file, 1, "+01:00", all_days, FALSE);
    assert_string_equal(east, "11-09 1\n11-10 2\n");
}

static void a_copy_within_the_days_of_an_older_record_is_left_out(void **state)
{
    (void)state;
    const Given files[] = {FILE_OF(1, {.source = COPIES, .key = 1, .minute = 60, .tokens = 1}),
        FILE_OF(1, {.source = COPIES, .key = 1, .minute = 2000, .tokens = 1},
            {.source = COPIES, .key = 2, .minute = 2000, .tokens = 2})};
    g_autofree char *found =
        said_of(files, G_N_ELEMENTS(files), "UTC", (TmDaySpan){day() + 1, TM_DAY_FOREVER}, FALSE);
    assert_string_equal(found, "11-10 2\n");
}

/* So many that some are joined while others are still read. */
static void many_copies_are_joined(void **state)
{
    (void)state;
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(TmOwnRecords) own = tm_own_records_new(zone);
    GString *out = g_string_new(NULL);
    for (guint file = 0; file < 20; file++) {
        Row rows[1000];
        for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
            rows[i] = (Row){.source = COPIES, .key = i + 1, .tokens = 1};
        tm_own_records_take(own, file_of(rows, G_N_ELEMENTS(rows), zone), 1);
    }
    tm_own_records_foreach(own, all_days, say, out);
    assert_int_equal(out->len, 1000 * strlen("11-09 1\n"));
    g_string_free(out, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_in_two_files_are_one_record_with_most_tokens),
        cmocka_unit_test(model_and_price_are_those_of_the_copy_that_counts),
        cmocka_unit_test(a_copy_without_a_request_joins_the_only_one),
        cmocka_unit_test(running_totals_become_increases),
        cmocka_unit_test(of_records_that_are_not_copied_the_later_export_counts),
        cmocka_unit_test(parts_of_a_later_export_replace_all_parts),
        cmocka_unit_test(twins_are_as_many_as_in_the_file_that_has_most),
        cmocka_unit_test(time_to_the_next_request_is_estimated_over_all_files),
        cmocka_unit_test(a_copied_record_goes_to_the_session_with_which_it_is_counted),
        cmocka_unit_test(days_are_those_of_the_zone),
        cmocka_unit_test(a_copy_within_the_days_of_an_older_record_is_left_out),
        cmocka_unit_test(many_copies_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
