/* The catalogue is complete and docs/kpis.md is what it makes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static void kpi_page_is_current(void **state)
{
    (void)state;
    g_autofree char *made = tm_kpi_catalogue_markdown();
    g_autofree char *path = tm_data_path("docs/kpis.md");
    g_autofree char *page = NULL;
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    assert_string_equal(page, made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kpi_has_its_words),
        cmocka_unit_test(an_unknown_key_is_not_found),
        cmocka_unit_test(shown_kpis_name_who_sees_them),
        cmocka_unit_test(kpi_page_is_current),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
