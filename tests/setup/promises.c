/* See promises.h. */
#include "promises.h"

#include <string.h>
#include <tidemark/setup.h>

#include "../cmocka_all.h"

static void assert_teams_reach_the_organisation(const TmSetup *setup)
{
    assert_true(setup->teams->len > 0);
    for (guint i = 0; i < setup->teams->len; i++) {
        const TmTeam *team = &g_array_index(setup->teams, TmTeam, i);
        TmTeamIndex at = i;
        for (guint steps = 0; at != 0 && steps < setup->teams->len; steps++)
            at = g_array_index(setup->teams, TmTeam, at).parent;
        assert_int_equal(at, 0);
        assert_true(tm_setup_team_within(setup, i, team->department));
    }
}

static void assert_spells_are_in_order(const TmSetup *setup)
{
    for (guint i = 0; i < setup->people->len; i++) {
        const GArray *spells = g_array_index(setup->people, TmPerson, i).spells;
        for (guint j = 0; j < spells->len; j++) {
            const TmRosterSpell *spell = &g_array_index(spells, TmRosterSpell, j);
            assert_true(spell->first <= spell->last && spell->work_days != 0);
            assert_true(j == 0 || (spell - 1)->last < spell->first);
            assert_true(spell->team == TM_TEAM_NONE ||
                        g_array_index(setup->teams, TmTeam, spell->team).type == TM_TEAM_TEAM);
        }
    }
}

static void assert_references_are_valid(const TmSetup *setup)
{
    for (guint i = 0; i < setup->licences->len; i++) {
        const TmLicence *licence = &g_array_index(setup->licences, TmLicence, i);
        assert_true(
            licence->person < setup->people->len || licence->person == TM_PERSON_UNRESOLVED);
        assert_true(licence->tool < setup->tools->len);
    }
    for (guint i = 0; i < setup->budgets->len; i++)
        assert_true(g_array_index(setup->budgets, TmBudget, i).team < setup->teams->len);
    for (guint i = 0; i < setup->goals->len; i++)
        assert_true(g_array_index(setup->goals, TmGoal, i).team < setup->teams->len);
    for (guint i = 0; i < setup->invoices->len; i++) {
        const TmInvoice *invoice = &g_array_index(setup->invoices, TmInvoice, i);
        assert_true(invoice->tool < setup->tools->len && invoice->amount >= 0);
        assert_true(invoice->first != TM_DAY_NONE && invoice->first <= invoice->last);
        assert_int_equal(strlen(invoice->currency), 3);
    }
    for (guint i = 0; i < setup->events->len; i++) {
        const TmEvent *event = &g_array_index(setup->events, TmEvent, i);
        assert_true(event->day != TM_DAY_NONE && event->team < setup->teams->len);
        assert_true(*event->text != '\0' && g_utf8_validate(event->text, -1, NULL));
    }
}

static void assert_prices_are_none_or_amounts(const TmSetup *setup)
{
    static const char *const models[] = {"good-1", "good-model", "good-10-fast", "gpt-5"};
    TmTokenUse use = {300000, 1000, TM_TOKENS_UNKNOWN, 1000, 1000};
    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        gint64 micros;
        TmPriceOrigin origin;
        if (!tm_setup_price(
                setup, 0, models[i], strlen(models[i]), 20000, &use, TRUE, FALSE, &micros, &origin))
            continue;
        assert_true(micros >= 0 && origin.source < TM_PRICE_SOURCE_COUNT);
        assert_int_equal(strlen(origin.currency), 3);
    }
}

void promises_check(const char *settings_path)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(TmSetup) setup = tm_setup_load(settings_path, diagnostics, &error);
    g_autofree char *text = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    assert_true(g_utf8_validate(text, -1, NULL));
    if (setup == NULL) {
        assert_non_null(error);
        assert_int_equal(tm_diagnostics_exit_code(diagnostics), 2);
        return;
    }
    assert_teams_reach_the_organisation(setup);
    assert_spells_are_in_order(setup);
    assert_references_are_valid(setup);
    assert_prices_are_none_or_amounts(setup);
}
