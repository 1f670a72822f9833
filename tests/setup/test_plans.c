/* Plans by the spellings of vendors. */
#include <string.h>

#include "fixture.h"

static const char *key_of(const char *text)
{
    const TmPlan *plan = tm_plan_find(text, strlen(text));
    return plan != NULL ? plan->key : "none";
}

static void each_key_finds_its_own_plan(void **state)
{
    (void)state;
    guint count;
    const TmPlan *plans = tm_plans(&count);
    assert_true(count > 10);
    for (guint i = 0; i < count; i++)
        assert_string_equal(key_of(plans[i].key), plans[i].key);
}

static void case_blanks_and_dashes_do_not_matter(void **state)
{
    (void)state;
    assert_string_equal(key_of(" BUSINESS "), "business");
    assert_string_equal(key_of("Max 20x"), "max_20x");
    assert_string_equal(key_of("team-premium"), "team_premium");
    assert_string_equal(key_of("Team (Standard)"), "team_standard");
    assert_string_equal(key_of("Pro+"), "pro_plus");
    assert_string_equal(key_of("ProPlus"), "pro_plus");
}

static void names_of_products_do_not_matter(void **state)
{
    (void)state;
    assert_string_equal(key_of("Copilot for Business"), "business");
    assert_string_equal(key_of("GitHub Copilot Enterprise"), "enterprise");
    assert_string_equal(key_of("default_claude_max_5x"), "max_5x");
    assert_string_equal(key_of("ChatGPT Plus"), "plus");
    assert_string_equal(key_of("Gemini Code Assist Standard"), "standard");
    assert_string_equal(key_of("Cursor Ultra plan"), "ultra");
    assert_string_equal(key_of("Premium seat"), "premium");
    assert_string_equal(key_of("Standard edition"), "standard");
}

static void longer_words_are_other_plans(void **state)
{
    (void)state;
    static const char *const free_texts[] = {"", " ", "-", "proper", "Business EU", "apis",
        "max_50x", "Claude", "plan", "pr\xc3\xb3", "teamwork", "pro,plus,more"};
    for (gsize i = 0; i < G_N_ELEMENTS(free_texts); i++)
        assert_string_equal(key_of(free_texts[i]), "none");
}

static void texts_of_any_length_and_bytes_are_searched_within_bounds(void **state)
{
    (void)state;
    g_autofree char *plus = g_strnfill(4096, '+');
    g_autofree char *blanks = g_strnfill(4096, ' ');
    assert_null(tm_plan_find(plus, 4096));
    assert_null(tm_plan_find(blanks, 4096));
    assert_null(tm_plan_find("\xff\x00\xfe", 3));
    assert_non_null(tm_plan_find("promise", 3));
}

static void only_plans_without_a_subscription_bill_use(void **state)
{
    (void)state;
    static const char *const billed[] = {"API", "api key", "pay-as-you-go", "usage-based"};
    static const char *const covered[] = {"pro", "max 20x", "team", "business", "enterprise"};
    for (gsize i = 0; i < G_N_ELEMENTS(billed); i++)
        assert_true(tm_plan_find(billed[i], strlen(billed[i]))->by_use);
    for (gsize i = 0; i < G_N_ELEMENTS(covered); i++)
        assert_false(tm_plan_find(covered[i], strlen(covered[i]))->by_use);
}

static void licences_hold_the_key_of_a_known_plan(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "licenses.csv",
        "email,tool,plan\nana@x.io,claude_code,Max 20x\nben@x.io,claude_code,House Blend\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(g_array_index(setup->licences, TmLicence, 0).plan, "max_20x");
    assert_string_equal(g_array_index(setup->licences, TmLicence, 1).plan, "House Blend");
}

static void a_licence_without_a_plan_has_none(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "licenses.csv", "email,tool,plan\nana@x.io,claude_code,\n");
    assert_null(g_array_index(fixture_load(fixture)->licences, TmLicence, 0).plan);
}

static void two_spellings_of_one_plan_are_one_licence(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "licenses.csv",
        "email,tool,plan\nana@x.io,copilot,business\nana@x.io,copilot,Copilot Business\n");
    assert_int_equal(fixture_load(fixture)->licences->len, 1);
    assert_int_equal(fixture_count(fixture, TM_KIND_OVERLAP), 1);
}

static void contracts_hold_the_key_of_a_known_plan(void **state)
{
    Fixture *fixture = *state;
    fixture_write(fixture, "subscriptions.csv",
        "tool,plan,seats,price_per_seat\ncopilot,Copilot Enterprise,10,39\n");
    const TmSetup *setup = fixture_load(fixture);
    assert_string_equal(g_array_index(setup->contracts, TmContract, 0).plan, "enterprise");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_key_finds_its_own_plan),
        cmocka_unit_test(case_blanks_and_dashes_do_not_matter),
        cmocka_unit_test(names_of_products_do_not_matter),
        cmocka_unit_test(longer_words_are_other_plans),
        cmocka_unit_test(texts_of_any_length_and_bytes_are_searched_within_bounds),
        cmocka_unit_test(only_plans_without_a_subscription_bill_use),
        FIXTURE_TEST(licences_hold_the_key_of_a_known_plan),
        FIXTURE_TEST(a_licence_without_a_plan_has_none),
        FIXTURE_TEST(two_spellings_of_one_plan_are_one_licence),
        FIXTURE_TEST(contracts_hold_the_key_of_a_known_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
