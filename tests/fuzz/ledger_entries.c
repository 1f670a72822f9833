/*
 * Packed entries and totals of the ledger, which a damaged store may hold: broken texts are
 * refused, and what is read can be written and read again. The first byte chooses: even for
 * entries, odd for totals.
 */
#include "fuzz.h"
#include "totals.h"

static void check_measures(const TmMeasures *measures)
{
    g_assert_cmpuint(measures->present >> TM_MEASURE_COUNT, ==, 0);
    g_assert_cmpuint(measures->estimated & ~measures->present, ==, 0);
    for (guint i = 0; i < TM_MEASURE_COUNT; i++)
        g_assert_true((measures->present & TM_MEASURE_BIT(i)) || measures->value[i] == 0);
}

static void check_same_measures(const TmMeasures *left, const TmMeasures *right)
{
    g_assert_cmpuint(left->present, ==, right->present);
    g_assert_cmpuint(left->estimated, ==, right->estimated);
    g_assert_cmpmem(left->value, sizeof left->value, right->value, sizeof right->value);
}

static void check_same(const TmEntry *left, const TmEntry *right)
{
    g_assert_cmpint(tm_entry_compare(left, right), ==, 0);
    g_assert_cmpint(tm_export_compare(&left->exported, &right->exported), ==, 0);
    g_assert_true(left->day == right->day && left->surface == right->surface &&
                  left->task == right->task && left->running == right->running);
    g_assert_true(left->minute == right->minute && left->count == right->count &&
                  left->copies == right->copies);
    g_assert_cmpmem(left->session, sizeof left->session, right->session, sizeof right->session);
    g_assert_true(left->model == right->model && left->label == right->label);
    check_same_measures(&left->measures, &right->measures);
}

static void check_entry(const TmEntry *entry)
{
    g_assert_cmpuint(entry->day, <, 7);
    g_assert_cmpint(entry->minute, >=, TM_MINUTE_NONE);
    g_assert_cmpint(entry->minute, <, TM_MINUTES_IN_DAY);
    check_measures(&entry->measures);
}

/* What the ledger itself sees to in copies of records: each counts once, sessions are in order. */
static TmEntry as_copy(TmEntry entry)
{
    entry.key = entry.part = 0;
    entry.count = entry.copies = 1;
    if (entry.session[0] == 0 || entry.session[0] >= entry.session[1])
        entry.session[1] = 0;
    return entry;
}

/* Joining copies of one record knows no order and no repetition. */
static void check_join(const TmEntry *one, const TmEntry *other)
{
    const TmEntry first = as_copy(*one), second = as_copy(*other);
    TmEntry forth = first, back = second, twice;
    tm_entry_join(&forth, &second);
    tm_entry_join(&back, &first);
    check_same(&forth, &back);
    twice = forth;
    tm_entry_join(&twice, &second);
    check_same(&twice, &forth);
    check_measures(&forth.measures);
}

static gboolean read_entries(const guint8 *bytes, gsize length, GArray *entries)
{
    TmEntryReader reader;
    TmEntry entry;
    tm_entry_reader_begin(&reader, bytes, length);
    while (tm_entry_read(&reader, &entry)) {
        check_entry(&entry);
        if (entries->len > 0)
            check_join(&g_array_index(entries, TmEntry, entries->len - 1), &entry);
        g_array_append_val(entries, entry);
    }
    return !reader.broken;
}

static void check_entries(const guint8 *bytes, gsize length)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(TmEntry));
    g_autoptr(GArray) again = g_array_new(FALSE, FALSE, sizeof(TmEntry));
    g_autoptr(GByteArray) packed = g_byte_array_new();
    g_autofree TmTotals *totals = g_new(TmTotals, 1);
    TmEntryWriter writer;
    read_entries(bytes, length, entries);
    tm_entry_writer_begin(&writer, packed);
    tm_totals_clear(totals);
    for (guint i = 0; i < entries->len; i++) {
        tm_entry_write(&writer, &g_array_index(entries, TmEntry, i));
        tm_totals_add(totals, &g_array_index(entries, TmEntry, i));
    }
    tm_totals_sessions(totals, TM_MINUTE_NONE);
    g_assert_true(read_entries(packed->data, packed->len, again));
    g_assert_cmpuint(again->len, ==, entries->len);
    for (guint i = 0; i < entries->len; i++)
        check_same(&g_array_index(entries, TmEntry, i), &g_array_index(again, TmEntry, i));
}

static void check_totals(const guint8 *bytes, gsize length)
{
    g_autofree TmTotals *totals = g_new0(TmTotals, 1);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    g_autofree TmPersonWeek *week = g_new0(TmPersonWeek, 1), *again = g_new0(TmPersonWeek, 1);
    if (!tm_totals_unpack(bytes, length, week))
        return;
    totals->days_with_rows = week->days_with_rows;
    memcpy(totals->day, week->day, sizeof totals->day);
    totals->mixes.count = week->mix_count;
    memcpy(totals->mixes.mix, week->mix, sizeof totals->mixes.mix);
    tm_totals_pack(totals, week->covered, packed);
    g_assert_true(tm_totals_unpack(packed->data, packed->len, again));
    g_assert_cmpuint(again->days_with_rows, ==, week->days_with_rows);
    g_assert_cmpuint(again->covered, ==, week->covered);
    for (guint day = 0; day < 7; day++) {
        check_measures(&again->day[day]);
        check_same_measures(&again->day[day], &week->day[day]);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    if (fuzz_choice(&bytes, &length) % 2 == 0)
        check_entries(bytes, length);
    else
        check_totals(bytes, length);
    return 0;
}
