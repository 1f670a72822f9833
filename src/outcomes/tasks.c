/* Merged requests and closed tasks; see tasks.h. */
#include "tasks.h"

#include "times.h"

const char *outcome_field(const OutcomeReading *reading, guint field)
{
    return tm_field_name(&reading->format->table.fields[field]);
}

gboolean outcome_read_day(OutcomeReading *reading, TmCell cell, const char *field, TmDay *day)
{
    gint64 instant;
    if (!outcome_instant(cell, &instant)) {
        outcome_skip(reading, TM_KIND_BAD_DATE, field, "not a moment as this export writes them");
        return FALSE;
    }
    *day = outcome_local_day(reading, instant);
    return outcome_admits(reading, *day, field);
}

gboolean outcome_read_number(
    OutcomeReading *reading, const OutcomeValues *values, guint field, gint64 *number)
{
    TmCell cell = outcome_value(values, field);
    const char *name = outcome_field(reading, field);
    if (cell.length == 0)
        outcome_skip(reading, TM_KIND_MISSING_FIELD, name, "the record has no number");
    else if (tm_integer_parse(cell.text, cell.length, number) && *number > 0)
        return TRUE;
    else if (tm_is_digits(cell.text, cell.length))
        outcome_skip(
            reading, TM_KIND_OUT_OF_RANGE, name, "below 1, or larger than any that is given");
    else
        outcome_skip(reading, TM_KIND_BAD_NUMBER, name, "not a whole number");
    return FALSE;
}

/* The first account that has a team; else that of the project. */
static TmTeamIndex find_team(OutcomeReading *reading, const OutcomeTask *task, gboolean *ignored)
{
    for (guint i = 0; i < OUTCOME_ACCOUNTS; i++) {
        TmCell rest = task->accounts[i].accounts, account;
        while (outcome_next_part(&rest, &account)) {
            TmTeamIndex team = outcome_team_of(
                reading, task->tool, task->accounts[i].kind, account, task->day, ignored);
            if (team != TM_TEAM_NONE)
                return team;
        }
    }
    return tm_setup_repository_team(reading->setup, task->project.text, task->project.length);
}

static void take(OutcomeReading *reading, const OutcomeTask *task, TmTeamIndex team,
    TmOutcomeMetric metric, gboolean is_feature)
{
    char key[OUTCOME_KEY_SIZE];
    TmOutcome item = {
        .day = task->day, .team = team, .count = TM_MICROS_PER_UNIT, .estimated = task->estimated};
    outcome_set_project(&item, task->project, key);
    outcome_note_taken(reading, task->day);
    reading->summary->rows_unattributed += team == TM_TEAM_NONE ? 1 : 0;
    outcome_take(reading, &item, task->identity, metric);
    if (is_feature)
        outcome_take(reading, &item, task->identity, TM_OUTCOME_FEATURES_SHIPPED);
}

void outcome_take_request(OutcomeReading *reading, const OutcomeTask *task)
{
    gboolean ignored = FALSE;
    TmTeamIndex team = find_team(reading, task, &ignored);
    if (ignored)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_BOT);
    else
        take(reading, task, team, TM_OUTCOME_MERGED_REQUESTS, FALSE);
}

void outcome_take_task(OutcomeReading *reading, const OutcomeTask *task)
{
    gboolean ignored = FALSE;
    TmTeamIndex team = find_team(reading, task, &ignored);
    take(reading, task, team, TM_OUTCOME_TASKS_CLOSED, task->is_feature);
}
