/* Packed entries and totals: what is written is read, and broken bytes are refused. */
#include <string.h>

#include "totals.h"

#include "../cmocka_all.h"

#define ENTRIES 300

static gint64 random_value(GRand *rand)
{
    switch (g_rand_int_range(rand, 0, 6)) {
    case 0:
        return G_MAXINT64;
    case 1:
        return G_MININT64;
    case 2:
        return -(gint64)g_rand_int(rand);
    default:
        return g_rand_int_range(rand, 0, 100000);
    }
}

static void fill_measures(GRand *rand, TmMeasures *measures)
{
    memset(measures, 0, sizeof *measures);
    measures->present = g_rand_int(rand) & (TM_MEASURE_BIT(TM_MEASURE_COUNT) - 1);
    measures->estimated = g_rand_int(rand) & measures->present;
    for (int i = 0; i < TM_MEASURE_COUNT; i++)
        if (measures->present & TM_MEASURE_BIT(i))
            measures->value[i] = random_value(rand);
}

/* Sorted by key and part, with every kind of difference between neighbours. */
static void fill_entries(GRand *rand, TmEntry *entries)
{
    for (guint i = 0; i < ENTRIES; i++) {
        TmEntry *entry = &entries[i];
        memset(entry, 0, sizeof *entry);
        gboolean same_key = i > 0 && g_rand_int_range(rand, 0, 3) == 0;
        entry->key = i == 0 ? 0 : entries[i - 1].key + (same_key ? 0 : 1 + g_rand_int(rand));
        entry->part = same_key ? entries[i - 1].part + (guint32)g_rand_int_range(rand, 1, 3) : 0;
        entry->day = (guint8)g_rand_int_range(rand, 0, 7);
        entry->surface = (guint8)g_rand_int_range(rand, 0, 8);
        entry->minute = (gint16)g_rand_int_range(rand, TM_MINUTE_NONE, TM_MINUTES_IN_DAY);
        entry->count = (guint32)g_rand_int_range(rand, 1, 4);
        entry->copies = (guint32)g_rand_int_range(rand, 1, 4);
        entry->exported.rank = g_rand_int_range(rand, -2, 2);
        entry->exported.file = g_rand_boolean(rand) ? G_MAXUINT64 : 1;
        entry->task = (guint8)(g_rand_boolean(rand) ? g_rand_int_range(rand, 0, 8) : 0);
        entry->running = g_rand_boolean(rand);
        entry->session[0] = g_rand_boolean(rand) ? g_rand_int(rand) : 0;
        entry->session[1] = g_rand_boolean(rand) ? g_rand_int(rand) : 0;
        entry->model = g_rand_boolean(rand) ? g_rand_int(rand) : 0;
        entry->label = g_rand_boolean(rand) ? g_rand_int(rand) : 0;
        if (i > 0 && g_rand_boolean(rand))
            entry->measures = entries[i - 1].measures;
        else
            fill_measures(rand, &entry->measures);
    }
}

static GByteArray *pack_entries(const TmEntry *entries)
{
    GByteArray *packed = g_byte_array_new();
    TmEntryWriter writer;
    tm_entry_writer_begin(&writer, packed);
    for (guint i = 0; i < ENTRIES; i++)
        tm_entry_write(&writer, &entries[i]);
    return packed;
}

static void check_equal(const TmEntry *found, const TmEntry *expected)
{
    assert_int_equal(tm_entry_compare(found, expected), 0);
    assert_int_equal(tm_export_compare(&found->exported, &expected->exported), 0);
    assert_int_equal(found->day, expected->day);
    assert_int_equal(found->surface, expected->surface);
    assert_int_equal(found->minute, expected->minute);
    assert_int_equal(found->count, expected->count);
    assert_int_equal(found->copies, expected->copies);
    assert_int_equal(found->task, expected->task);
    assert_int_equal(found->running, expected->running);
    assert_memory_equal(found->session, expected->session, sizeof found->session);
    assert_int_equal(found->model, expected->model);
    assert_int_equal(found->label, expected->label);
    assert_memory_equal(&found->measures, &expected->measures, sizeof found->measures);
}

static void entries_survive_packing(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    TmEntry entries[ENTRIES], found;
    fill_entries(rand, entries);
    g_autoptr(GByteArray) packed = pack_entries(entries);
    TmEntryReader reader;
    tm_entry_reader_begin(&reader, packed->data, packed->len);
    for (guint i = 0; i < ENTRIES; i++) {
        assert_true(tm_entry_read(&reader, &found));
        check_equal(&found, &entries[i]);
    }
    assert_false(tm_entry_read(&reader, &found));
    assert_false(reader.broken);
}

/* In a copy of its own, so that a sanitizer sees each byte read beyond the end. */
static gboolean reads_whole(const guint8 *bytes, gsize length)
{
    g_autofree guint8 *copy = g_memdup2(bytes, length);
    TmEntryReader reader;
    TmEntry entry;
    tm_entry_reader_begin(&reader, copy, length);
    while (tm_entry_read(&reader, &entry))
        ;
    return !reader.broken;
}

static void entries_cut_short_are_refused(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(2);
    TmEntry entries[ENTRIES];
    fill_entries(rand, entries);
    g_autoptr(GByteArray) packed = pack_entries(entries);
    guint whole = 0;
    for (guint length = 1; length < packed->len; length++)
        whole += reads_whole(packed->data, length) ? 1 : 0;
    assert_int_equal(whole, ENTRIES - 1); /* only cuts between entries pass */
}

static void estimates_of_what_is_not_there_are_refused(void **state)
{
    (void)state;
    TmEntry entry = {.key = 1, .count = 1, .copies = 1, .minute = TM_MINUTE_NONE};
    entry.measures.present = TM_MEASURE_BIT(TM_MEASURE_REQUESTS);
    for (guint estimated = 0; estimated < TM_MEASURE_COUNT; estimated++) {
        g_autoptr(GByteArray) packed = g_byte_array_new();
        TmEntryWriter writer;
        entry.measures.estimated = TM_MEASURE_BIT(estimated);
        tm_entry_writer_begin(&writer, packed);
        tm_entry_write(&writer, &entry);
        assert_int_equal(reads_whole(packed->data, packed->len), estimated == TM_MEASURE_REQUESTS);
    }
}

static void nothing_at_all_is_no_entry(void **state)
{
    (void)state;
    assert_true(reads_whole(NULL, 0)); /* as SQLite gives an empty text */
}

static void random_bytes_end_without_harm(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    guint8 bytes[64];
    guint refused = 0;
    for (guint round = 0; round < 20000; round++) {
        for (guint i = 0; i < sizeof bytes; i++)
            bytes[i] = (guint8)g_rand_int(rand);
        refused += reads_whole(bytes, sizeof bytes) ? 0 : 1;
    }
    assert_true(refused > 19000);
}

static void totals_survive_packing(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    g_autofree TmTotals *totals = g_new(TmTotals, 1);
    for (guint round = 0; round < 200; round++) {
        tm_totals_clear(totals);
        totals->days_with_rows = (guint8)g_rand_int_range(rand, 0, 128);
        for (int day = 0; day < 7; day++)
            if (totals->days_with_rows >> day & 1)
                fill_measures(rand, &totals->day[day]);
        g_autoptr(GByteArray) packed = g_byte_array_new();
        guint8 covered = (guint8)g_rand_int_range(rand, 0, 128);
        tm_totals_pack(totals, covered, packed);
        TmPersonWeek found = {0};
        assert_true(tm_totals_unpack(packed->data, packed->len, &found));
        assert_int_equal(found.days_with_rows, totals->days_with_rows);
        assert_int_equal(found.covered, covered);
        assert_memory_equal(found.day, totals->day, sizeof found.day);
    }
}

static void totals_cut_short_are_refused(void **state)
{
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    g_autofree TmTotals *totals = g_new(TmTotals, 1);
    tm_totals_clear(totals);
    totals->days_with_rows = 0x7f;
    for (int day = 0; day < 7; day++)
        fill_measures(rand, &totals->day[day]);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    tm_totals_pack(totals, 0x55, packed);
    for (guint length = 0; length < packed->len; length++) {
        g_autofree guint8 *copy = g_memdup2(packed->data, length);
        TmPersonWeek found = {0};
        assert_false(tm_totals_unpack(copy, length, &found));
    }
}

static TmEntry entry_of(guint32 model, TmSurface surface, gint64 output, gint64 interactions)
{
    TmEntry entry = {.model = model, .surface = (guint8)surface, .count = 1, .copies = 1};
    entry.measures.present =
        TM_MEASURE_BIT(TM_MEASURE_OUTPUT_TOKENS) | TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    entry.measures.value[TM_MEASURE_OUTPUT_TOKENS] = output;
    entry.measures.value[TM_MEASURE_INTERACTIONS] = interactions;
    return entry;
}

static TmPersonWeek week_of_entries(const TmEntry *entries, guint count)
{
    g_autofree TmTotals *totals = g_new0(TmTotals, 1);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    TmPersonWeek week = {0};
    for (guint i = 0; i < count; i++)
        tm_totals_add_values(totals, &entries[i]);
    tm_totals_pack(totals, 0, packed);
    assert_true(tm_totals_unpack(packed->data, packed->len, &week));
    return week;
}

static void use_is_kept_apart_by_model_and_surface(void **state)
{
    (void)state;
    const TmEntry entries[] = {entry_of(9, TM_SURFACE_CHAT, 100, 1),
        entry_of(4, TM_SURFACE_AGENT, 10, 2), entry_of(9, TM_SURFACE_CHAT, 1000, 4)};
    TmPersonWeek week = week_of_entries(entries, 3);
    assert_int_equal(week.mix_count, 2);
    assert_int_equal(week.mix[0].model, 4); /* by hash, whatever the order of the entries */
    assert_int_equal(week.mix[0].tokens, 10);
    assert_int_equal(week.mix[1].tokens, 1100);
    assert_int_equal(week.mix[1].interactions, 5);
    assert_int_equal(week.mix[1].surface, TM_SURFACE_CHAT);
}

static void use_of_which_nothing_is_stated_has_no_mix(void **state)
{
    (void)state;
    const TmEntry entry = entry_of(0, TM_SURFACE_UNKNOWN, 100, 1);
    assert_int_equal(week_of_entries(&entry, 1).mix_count, 0);
}

static void more_models_than_are_kept_lose_no_tokens(void **state)
{
    (void)state;
    TmEntry entries[TM_MIX_LIMIT + 10];
    gint64 sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(entries); i++)
        entries[i] = entry_of(i + 1, TM_SURFACE_CHAT, 10, 1);
    TmPersonWeek week = week_of_entries(entries, G_N_ELEMENTS(entries));
    for (guint i = 0; i < week.mix_count; i++)
        sum += week.mix[i].tokens;
    assert_int_equal(week.mix_count, TM_MIX_LIMIT);
    assert_int_equal(sum, 10 * (TM_MIX_LIMIT + 10));
}

static void sums_stay_at_the_ends_of_64_bits(void **state)
{
    (void)state;
    assert_true(tm_add_clamped(G_MAXINT64, 1) == G_MAXINT64);
    assert_true(tm_add_clamped(G_MININT64, -1) == G_MININT64);
    assert_true(tm_add_clamped(G_MININT64, G_MAXINT64) == -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_survive_packing),
        cmocka_unit_test(entries_cut_short_are_refused),
        cmocka_unit_test(estimates_of_what_is_not_there_are_refused),
        cmocka_unit_test(nothing_at_all_is_no_entry),
        cmocka_unit_test(random_bytes_end_without_harm),
        cmocka_unit_test(totals_survive_packing),
        cmocka_unit_test(totals_cut_short_are_refused),
        cmocka_unit_test(use_is_kept_apart_by_model_and_surface),
        cmocka_unit_test(use_of_which_nothing_is_stated_has_no_mix),
        cmocka_unit_test(more_models_than_are_kept_lose_no_tokens),
        cmocka_unit_test(sums_stay_at_the_ends_of_64_bits),
    };
    return cmocka_run_group_tests_name("ledger packing", tests, NULL, NULL);
}
