/* GitHub's billing interface: periods and days, users in items and around them. */
#include "transcript.h"

#include <string.h>

#include "../cmocka_all.h"

#define AMOUNTS                                                                                    \
    "\"pricePerUnit\":0.01,\"grossQuantity\":31.5,\"grossAmount\":0.315,\"discountQuantity\":20,"  \
    "\"discountAmount\":0.2,\"netQuantity\":11.5,\"netAmount\":0.115"
#define ITEM(more)                                                                                 \
    "{\"product\":\"Copilot\",\"sku\":\"copilot_ai_credit\",\"model\":\"Auto: GPT-5.4\","          \
    "\"unitType\":\"ai-credits\"," AMOUNTS more "}"
#define DAY "\"timePeriod\":{\"year\":2026,\"month\":9,\"day\":21}"
#define MONEY "metered=115000 list_value=200000\n"
#define ANA "2026-09-21 login:ana model:GPT-5.4 interactions=1 " MONEY

static void expect(const char *text, const char *records, const char *diagnostics)
{
    transcript_expect("f.json", text, records, diagnostics);
}

static void a_day_of_a_user_is_that_user_s_day(void **state)
{
    (void)state;
    static const char *const packagings[] = {
        "{" DAY ",\"user\":\"ana\",\"usageItems\":[" ITEM("") "]}",
        "{\"usageItems\":[" ITEM("") "],\"user\":\"ana\"," DAY "}",
        "{" DAY ",\"organization\":\"o\",\"usageItems\":[" ITEM(",\"user\":\"ana\"") "]}",
        "[{" DAY ",\"user\":\"bo\",\"usageItems\":[" ITEM(",\"user\":\"ana\"") "]}]",
    };
    for (guint i = 0; i < G_N_ELEMENTS(packagings); i++) {
        expect(packagings[i], ANA, "");
        assert_string_equal(transcript_source("f.json", packagings[i]), "copilot-billing-api");
    }
}

static void periods_and_days_without_a_user_stand_apart(void **state)
{
    (void)state;
    static const struct {
        const char *period, *day;
    } cases[] = {
        {"{\"year\":2026,\"month\":9,\"day\":21}", "2026-09-21"},
        {"{\"year\":2026,\"month\":9}", "2026-09-01"},
        {"{\"year\":2026}", "2026-01-01"},
        {"{\"year\":2026,\"month\":null,\"day\":null}", "2026-01-01"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("{\"timePeriod\":%s,\"enterprise\":\"e\",\"usageItems\":[%s]}",
                cases[i].period, ITEM(""));
        g_autofree char *record = g_strconcat(cases[i].day, " service model:GPT-5.4 " MONEY, NULL);
        expect(text, record, "");
        assert_string_equal(transcript_source("f.json", text), "copilot-billing-periods");
    }
    assert_int_equal(tm_sources[tm_source_index("copilot-billing-periods")].trait, TM_TRAIT_APART);
}

static void a_month_of_a_user_is_no_day(void **state)
{
    (void)state;
    expect("{\"timePeriod\":{\"year\":2026,\"month\":9},\"user\":\"ana\",\"usageItems\":[" ITEM(
               "") "]}",
        "2026-09-01 service model:GPT-5.4 " MONEY, "");
}

static void a_page_does_not_inherit_from_the_one_before(void **state)
{
    (void)state;
    expect("{" DAY
           ",\"user\":\"ana\",\"usageItems\":[" ITEM("") "]}\n{\"timePeriod\":{\"year\":"
                                                         "2026},\"usageItems\":[" ITEM("") "]}",
        ANA "2026-01-01 source:copilot-billing-periods service model:GPT-5.4 " MONEY, "");
}

static void keys_tell_periods_users_and_models_apart(void **state)
{
    (void)state;
    const char *text = "{\"timePeriod\":{\"year\":2026},\"usageItems\":[" ITEM(
        "") "]}"
            "{\"timePeriod\":{\"year\":2026,\"month\":1},\"usageItems\":[" ITEM(
                "") "]}"
                    "{\"timePeriod\":{\"year\":2026,\"month\":1,\"day\":1},\"usageItems\":[" ITEM(
                        "") "," ITEM(",\"organization\":\"o\"") "]}"
                                                                "{\"timePeriod\":{\"year\":2026},"
                                                                "\"usageItems\":[" ITEM("") "]}";
    Reading reading;
    transcript_read(&reading, "f.json", text, strlen(text));
    const guint64 *keys = (const guint64 *)(gconstpointer)reading.keys->data;
    assert_int_equal(reading.keys->len, 5);
    for (guint i = 0; i < 4; i++)
        for (guint j = 0; j < i; j++)
            assert_true(keys[i] != keys[j]);
    assert_true(keys[4] == keys[0]);
    transcript_clear(&reading);
}

static void other_products_are_counted(void **state)
{
    (void)state;
    expect("{" DAY ",\"user\":\"ana\",\"usageItems\":[{\"product\":\"Actions\",\"sku\":\"x\","
           "\"unitType\":\"Minutes\"," AMOUNTS "}," ITEM("") "]}",
        ANA,
        "f.json:1: note: note: 1 rows of other products from here on, left out (nothing to "
        "do)\n");
}

static void items_without_a_period_are_left_out_once(void **state)
{
    (void)state;
    Reading reading;
    const char *text = "{\"user\":\"ana\",\"usageItems\":[" ITEM("") "," ITEM("") "]}";
    transcript_read(&reading, "f.json", text, strlen(text));
    assert_string_equal(reading.records->str, "");
    assert_string_equal(reading.diagnostics,
        "f.json:1: skipped: not a date: timePeriod: no period around these items: a page of them "
        "is left out (write dates as YYYY-MM-DD)\n");
    assert_int_equal(reading.summary.rows_skipped, 2);
    transcript_clear(&reading);
}

static void impossible_periods_are_none(void **state)
{
    (void)state;
    static const char *const periods[] = {"{\"year\":2026,\"month\":13}",
        "{\"year\":2026,\"month\":2,\"day\":30}", "{\"year\":2026,\"day\":3}",
        "{\"year\":99999999999}", "{\"month\":3}", "null"};
    for (guint i = 0; i < G_N_ELEMENTS(periods); i++) {
        g_autofree char *text =
            g_strdup_printf("{\"timePeriod\":%s,\"usageItems\":[%s]}", periods[i], ITEM(""));
        expect(text, "",
            "f.json:1: skipped: not a date: timePeriod: no period around these items: a page of "
            "them is left out (write dates as YYYY-MM-DD)\n");
    }
}

static void bad_items_are_left_out(void **state)
{
    (void)state;
    expect("{" DAY ",\"user\":\"ana\",\"usageItems\":[\n"
           "{\"sku\":\"copilot_x\",\"unitType\":\"requests\",\"netAmount\":-1},\n"
           "{\"sku\":\"copilot_x\",\"unitType\":\"requests\",\"netAmount\":\"1\"},\n"
           "{\"sku\":\"copilot_x\",\"unitType\":5,\"netAmount\":1},\n" ITEM("") "]}",
        ANA,
        "f.json:2:1: skipped: number out of range: netAmount: an amount cannot be so (compare the "
        "record with the vendor's console)\n"
        "f.json:3:1: skipped: not a number: netAmount: an amount is wanted (export the file again "
        "or mend the field)\n"
        "f.json:4:1: skipped: broken JSON: unitType: text is wanted (export the file again; it may "
        "be cut off)\n");
}

static void a_cut_page_keeps_what_is_whole(void **state)
{
    (void)state;
    expect("{" DAY ",\"user\":\"ana\",\"usageItems\":[" ITEM("") ",{\"sku\":\"c", ANA,
        "f.json:1:312: skipped: truncated file: the file ends inside this record (copy or export "
        "the file again)\n");
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
        cmocka_unit_test(a_day_of_a_user_is_that_user_s_day),
        cmocka_unit_test(periods_and_days_without_a_user_stand_apart),
        cmocka_unit_test(a_month_of_a_user_is_no_day),
        cmocka_unit_test(a_page_does_not_inherit_from_the_one_before),
        cmocka_unit_test(keys_tell_periods_users_and_models_apart),
        cmocka_unit_test(other_products_are_counted),
        cmocka_unit_test(items_without_a_period_are_left_out_once),
        cmocka_unit_test(impossible_periods_are_none),
        cmocka_unit_test(bad_items_are_left_out),
        cmocka_unit_test(a_cut_page_keeps_what_is_whole),
    };
    return cmocka_run_group_tests(tests, enter, NULL);
}
