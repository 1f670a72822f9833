/* See transcript.h. */
#include "transcript.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static TmSetup *setup;
static gboolean samples_are_changed, anything_may_come;

static const struct {
    const char *name;
    const char *text;
} company[] = {
    {"people.csv", "email,name,team_id,start_date,end_date\n"
                   "ana@example.com,Ana CANARY,core,2025-01-01,\n"
                   "ben@example.com,Ben CANARY,core,2025-01-01,2026-08-31\n"
                   "ben@example.com,Ben CANARY,web,2026-09-01,\n"},
    {"teams.csv", "team_id,name,parent_team_id,type\n"
                  "eng,Engineering,,department\ncore,Core,eng,team\nweb,Web,eng,team\n"},
    {"identities.csv", "email,tool,kind,value\n"
                       "ana@example.com,copilot,login,ana-canary\n"
                       "ben@example.com,copilot,login,ben-canary\n"
                       "ana@example.com,,login,ana.canary\n"
                       "ben@example.com,,login,ben.canary\n"
                       "ana@example.com,,name,Ana CANARY\n"
                       "ben@example.com,,user_id,id-ben-CANARY\n"
                       "-,,email,machine-CANARY@example.com\n"
                       "-,,login,machine-CANARY\n"},
    {"repositories.csv", "repository,team_id\nacme/core,core\nCOR,core\nWEB,web\n"},
};

void transcript_add_file(const char *name, const char *text)
{
    assert_true(g_file_set_contents(name, text, -1, NULL));
}

void transcript_enter_company(const char *settings)
{
    g_autofree char *folder = g_dir_make_tmp("tidemark-outcomes-XXXXXX", NULL);
    assert_non_null(folder);
    assert_int_equal(chdir(folder), 0);
    g_autofree char *text =
        g_strdup_printf("[organisation]\ntime_zone = Europe/Lisbon\n%s", settings);
    transcript_add_file("tidemark.ini", text);
    for (guint i = 0; i < G_N_ELEMENTS(company); i++)
        transcript_add_file(company[i].name, company[i].text);
    g_clear_pointer(&setup, tm_setup_free);
}

void transcript_expect_changes(void)
{
    samples_are_changed = TRUE;
}

void transcript_expect_anything(void)
{
    samples_are_changed = anything_may_come = TRUE;
}

int transcript_enter(void **state)
{
    (void)state;
    transcript_enter_company("");
    return 0;
}

static const TmSetup *loaded_setup(void)
{
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    if (setup == NULL)
        setup = tm_setup_load("tidemark.ini", diagnostics, NULL);
    assert_non_null(setup);
    assert_int_equal(tm_diagnostics_worst(diagnostics), TM_SEVERITY_NOTE);
    return setup;
}

static const char *team_name(TmTeamIndex team)
{
    return team == TM_TEAM_NONE ? "nobody" : g_array_index(setup->teams, TmTeam, team).id;
}

static void append_decimal(GString *text, gint64 micros)
{
    if (micros % TM_MICROS_PER_UNIT == 0)
        g_string_append_printf(text, " %" G_GINT64_FORMAT, micros / TM_MICROS_PER_UNIT);
    else
        g_string_append_printf(text, " %" G_GINT64_FORMAT "u", micros);
}

static void take_outcome(gpointer user, const TmOutcome *outcome)
{
    static const char *const periods[] = {"", " week", " month"};
    Reading *reading = user;
    GString *text = reading->records;
    g_autofree char *day = tm_day_format(outcome->day);
    assert_int_equal(outcome->exported, reading->summary.exported);
    g_string_append_printf(text, "%s%s%s %s %s", outcome->estimated ? "~" : "", day,
        periods[outcome->period], team_name(outcome->team), outcome->metric);
    append_decimal(text, outcome->count);
    if (outcome->project_key != NULL)
        g_string_append_printf(text, " %s", outcome->project_key);
    else if (outcome->project != 0)
        g_string_append(text, " #");
    g_string_append(text, outcome->adds ? " +\n" : "\n");
    g_array_append_val(reading->keys, outcome->key);
    reading->project = outcome->project;
}

static void take_answer(gpointer user, const TmSurveyAnswer *answer)
{
    Reading *reading = user;
    g_autofree char *day = tm_day_format(answer->day);
    g_string_append_printf(reading->records, "%s %s", day, team_name(answer->team));
    append_decimal(reading->records, answer->score);
    append_decimal(reading->records, answer->scale_max);
    g_string_append_c(reading->records, '\n');
    g_array_append_val(reading->keys, answer->key);
}

static void take_theme(gpointer user, const TmTheme *theme)
{
    Reading *reading = user;
    g_autofree char *day = tm_day_format(theme->day);
    g_string_append_printf(reading->records, "%s [%.*s] [%.*s] [%.*s]\n", day,
        (int)theme->heading_length, theme->heading, (int)theme->author_length, theme->author,
        (int)theme->text_length, theme->text);
}

static void assert_no_canary(const char *text)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    if (strstr(lower, "canary") != NULL)
        fail_msg("content came out: %s", text);
}

void transcript_read(Reading *reading, const char *name, const char *text, gsize length)
{
    assert_true(g_file_set_contents(name, text, (gssize)length, NULL));
    *reading = (Reading){
        .records = g_string_new(NULL), .keys = g_array_new(FALSE, FALSE, sizeof(guint64))};
    TmOutcomeSink sink = {take_outcome, take_answer, take_theme, reading};
    TmOutcomeOptions options = tm_outcome_options(loaded_setup(), tm_day_parse(TEST_TODAY, -1));
    g_autoptr(TmDiagnostics) diagnostics = tm_diagnostics_new();
    reading->taken = tm_outcomes_read(name, &options, setup, &sink, &reading->summary, diagnostics);
    reading->diagnostics = tm_diagnostics_format(diagnostics, TM_SEVERITY_NOTE, 0);
    if (!samples_are_changed)
        assert_no_canary(reading->records->str);
    if (!anything_may_come)
        assert_no_canary(reading->diagnostics);
    g_unlink(name);
}

void transcript_clear(Reading *reading)
{
    g_string_free(reading->records, TRUE);
    g_array_unref(reading->keys);
    g_free(reading->diagnostics);
    tm_outcome_summary_clear(&reading->summary);
}

void transcript_expect(
    const char *name, const char *text, const char *records, const char *diagnostics)
{
    Reading reading;
    transcript_read(&reading, name, text, strlen(text));
    assert_string_equal(reading.records->str, records);
    assert_string_equal(reading.diagnostics, diagnostics);
    transcript_clear(&reading);
}

guint64 transcript_key(const char *name, const char *text, guint index)
{
    Reading reading;
    transcript_read(&reading, name, text, strlen(text));
    assert_true(index < reading.keys->len);
    guint64 key = g_array_index(reading.keys, guint64, index);
    transcript_clear(&reading);
    return key;
}
