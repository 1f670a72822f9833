/* The catalogue is complete and docs/kpis.md is what it makes. */
#include "../golden.h"

#include <string.h>
#include <tidemark/measure.h>

static void every_kpi_has_its_words(void **state)
{
    (void)state;
    for (int id = 0; id < TM_KPI_COUNT; id++) {
        const TmKpi *kpi = tm_kpi((TmKpiId)id);
        assert_non_null(kpi->key);
        assert_non_null(kpi->name);
        assert_true(strlen(kpi->formula) > 10);
        assert_true(kpi->step > 0);
        assert_int_equal(tm_kpi_by_key(kpi->key), id);
    }
}

static void an_unknown_key_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(tm_kpi_by_key("lines_of_code"), TM_KPI_COUNT);
}

static void shown_kpis_name_who_sees_them(void **state)
{
    (void)state;
    for (int id = 0; id < TM_KPI_COUNT; id++) {
        const TmKpi *kpi = tm_kpi((TmKpiId)id);
        assert_int_equal(kpi->support, *kpi->audiences == '\0');
    }
}

static void executives_see_only_what_changes_a_decision(void **state)
{
    (void)state;
    for (int id = 0; id < TM_KPI_COUNT; id++) {
        const TmKpi *kpi = tm_kpi((TmKpiId)id);
        if (strchr(kpi->audiences, 'E') != NULL)
            assert_string_not_equal(kpi->decision, "");
    }
}

static void kpi_page_is_current(void **state)
{
    (void)state;
    g_autofree char *made = tm_kpi_catalogue_markdown();
    assert_golden("../docs/kpis.md", made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kpi_has_its_words),
        cmocka_unit_test(an_unknown_key_is_not_found),
        cmocka_unit_test(shown_kpis_name_who_sees_them),
        cmocka_unit_test(executives_see_only_what_changes_a_decision),
        cmocka_unit_test(kpi_page_is_current),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
