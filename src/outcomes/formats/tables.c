/* The files that the company makes itself: outcomes.csv and survey.csv. */
#include "../tasks.h"

#define LONGEST_METRIC 40
#define MOST_COUNT (G_GINT64_CONSTANT(1000000000) * TM_MICROS_PER_UNIT) /* sums stay in 64 bits */
#define LONGEST_TOKEN 200

/* ---- What both have ---------------------------------------------------------------------- */

static gboolean read_date(
    OutcomeReading *reading, const OutcomeValues *values, guint field, TmDay *day)
{
    TmCell cell = outcome_value(values, field);
    const char *name = outcome_field(reading, field);
    *day = tm_day_parse(cell.text, (gssize)cell.length);
    if (*day != TM_DAY_NONE)
        return outcome_admits(reading, *day, name);
    outcome_skip(reading, cell.length == 0 ? TM_KIND_MISSING_FIELD : TM_KIND_BAD_DATE, name,
        "a day is written YYYY-MM-DD");
    return FALSE;
}

static gboolean read_team(
    OutcomeReading *reading, const OutcomeValues *values, guint field, TmTeamIndex *team)
{
    *team = outcome_team_by_id(reading, outcome_value(values, field));
    if (*team != TM_TEAM_NONE)
        return TRUE;
    outcome_skip(reading, TM_KIND_BAD_REFERENCE, outcome_field(reading, field),
        "there is no team with this id");
    return FALSE;
}

/* Millionths from 0 to a bound. */
static gboolean read_amount(
    OutcomeReading *reading, const OutcomeValues *values, guint field, gint64 *micros)
{
    TmCell cell = outcome_value(values, field);
    const char *name = outcome_field(reading, field);
    if (cell.length == 0)
        outcome_skip(reading, TM_KIND_MISSING_FIELD, name, "the row has no number");
    else if (!tm_micros_parse(cell.text, cell.length, micros))
        outcome_skip(reading,
            tm_is_digits(cell.text, cell.length) ? TM_KIND_OUT_OF_RANGE : TM_KIND_BAD_NUMBER, name,
            "a number has digits and a decimal point");
    else if (*micros < 0 || *micros > MOST_COUNT)
        outcome_skip(reading, TM_KIND_OUT_OF_RANGE, name, "negative, or above 1,000,000,000");
    else
        return TRUE;
    return FALSE;
}

/* ---- outcomes.csv ------------------------------------------------------------------------ */

enum { DATE, TEAM, METRIC, COUNT, PROJECT, PERIOD, SOURCE, FIELD_COUNT };
static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"date", TM_FIELD_READ, "record key, day",
        "the day, the Monday of a week, or the first of a month"},
    [TEAM] = {"team_id", TM_FIELD_READ, "record key, team", "* is the organisation"},
    [METRIC] = {"metric", TM_FIELD_READ, "record key, metric",
        "letters, digits and _; numbers of lines are refused"},
    [COUNT] = {"count", TM_FIELD_READ, "count", "with decimals if need be"},
    [PROJECT] = {"project", TM_FIELD_READ, "record key, project", ""},
    [PERIOD] = {"period", TM_FIELD_READ, "record key, period", "day (default), week, month"},
    [SOURCE] = {"source", TM_FIELD_IGNORED, "", ""},
};

/* Lower case, "_" for "-" and blank. FALSE if it is no name of a metric. */
static gboolean fold_metric(TmCell cell, char name[LONGEST_METRIC + 1])
{
    if (cell.length == 0 || cell.length > LONGEST_METRIC || !g_ascii_isalpha(cell.text[0]))
        return FALSE;
    for (gsize i = 0; i < cell.length; i++) {
        char sign = tm_ascii_lower(cell.text[i]);
        name[i] = sign == ' ' || sign == '-' ? '_' : sign;
        if (name[i] != '_' && !g_ascii_isalnum(name[i]))
            return FALSE;
    }
    name[cell.length] = '\0';
    return TRUE;
}

/* Numbers of lines say nothing about work and are counted nowhere. */
static gboolean counts_lines(const char *metric)
{
    static const char *const words[] = {"line", "lines", "loc", "sloc", "additions", "deletions"};
    g_auto(GStrv) parts = g_strsplit(metric, "_", 0);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_strv_contains((const char *const *)parts, words[i]))
            return TRUE;
    return FALSE;
}

static gboolean read_metric(
    OutcomeReading *reading, const OutcomeValues *values, char name[LONGEST_METRIC + 1])
{
    if (!fold_metric(outcome_value(values, METRIC), name))
        outcome_skip(reading, TM_KIND_BAD_VALUE, outcome_field(reading, METRIC),
            "a metric has letters, digits and _, at most 40");
    else if (counts_lines(name))
        outcome_skip(reading, TM_KIND_BAD_VALUE, outcome_field(reading, METRIC),
            "lines of code are not counted");
    else
        return TRUE;
    return FALSE;
}

static gboolean read_period(OutcomeReading *reading, const OutcomeValues *values, TmOutcome *item)
{
    static const char *const names[] = {
        [TM_OUTCOME_DAY] = "day", [TM_OUTCOME_WEEK] = "week", [TM_OUTCOME_MONTH] = "month"};
    TmCell cell = outcome_value(values, PERIOD);
    guint period = 0;
    while (cell.length > 0 && period < G_N_ELEMENTS(names) && !tm_cell_equals(cell, names[period]))
        period++;
    item->period = (TmOutcomePeriod)period;
    int year, month, day_of_month;
    tm_day_to_date(item->day, &year, &month, &day_of_month);
    if (period == G_N_ELEMENTS(names))
        outcome_skip(reading, TM_KIND_BAD_VALUE, outcome_field(reading, PERIOD),
            "a period is day, week or month");
    else if (period == TM_OUTCOME_WEEK && tm_day_weekday(item->day) != 0)
        outcome_skip(
            reading, TM_KIND_BAD_DATE, outcome_field(reading, DATE), "a week begins on its Monday");
    else if (period == TM_OUTCOME_MONTH && day_of_month != 1)
        outcome_skip(reading, TM_KIND_BAD_DATE, outcome_field(reading, DATE),
            "a month begins on its first day");
    else
        return TRUE;
    return FALSE;
}

static void take_count(OutcomeReading *reading, const OutcomeValues *values)
{
    char metric[LONGEST_METRIC + 1], key[OUTCOME_KEY_SIZE];
    TmCell team = outcome_value(values, TEAM);
    TmOutcome item = {.adds = TRUE};
    if (!read_date(reading, values, DATE, &item.day) ||
        !read_team(reading, values, TEAM, &item.team) || !read_metric(reading, values, metric) ||
        !read_amount(reading, values, COUNT, &item.count) || !read_period(reading, values, &item))
        return;
    outcome_set_project(&item, outcome_value(values, PROJECT), key);
    TmKeyHash identity = tm_key_integer(TM_KEY_START, item.day);
    identity = tm_key_integer(tm_key_text(identity, team.text, team.length), item.period);
    identity = tm_key_integer(identity, (gint64)item.project);
    outcome_note_taken(reading, item.day);
    outcome_take_named(reading, &item, identity, metric);
}

const OutcomeFormat outcome_table_format = {
    .table = {"outcomes-csv", "outcomes.csv", TM_OUTCOME_SOURCE_TABLE, fields, FIELD_COUNT},
    .shape = OUTCOME_SHAPE_CSV,
    .required = OUTCOME_FIELD_BIT(DATE) | OUTCOME_FIELD_BIT(TEAM) | OUTCOME_FIELD_BIT(METRIC) |
                OUTCOME_FIELD_BIT(COUNT),
    .take = take_count,
};

/* ---- survey.csv -------------------------------------------------------------------------- */

enum {
    SURVEY_DATE,
    SURVEY_TEAM,
    SURVEY_SCORE,
    SURVEY_SCALE,
    SURVEY_TOKEN,
    SURVEY_TEXT,
    SURVEY_COUNT
};
static const TmFieldRule survey_fields[SURVEY_COUNT] = {
    [SURVEY_DATE] = {"date", TM_FIELD_READ, "record key, day", ""},
    [SURVEY_TEAM] = {"team_id", TM_FIELD_READ, "record key, team", "* is the organisation"},
    [SURVEY_SCORE] = {"score", TM_FIELD_READ, "score", "from 0 to scale_max"},
    [SURVEY_SCALE] = {"scale_max", TM_FIELD_READ, "scale", "above 0"},
    [SURVEY_TOKEN] = {"respondent", TM_FIELD_IDENTITY, "record key",
        "a token that says nothing about the person; an address is refused"},
    [SURVEY_TEXT] = {"comment|answer|text|name|email", TM_FIELD_CONTENT, "", "texts and people"},
};

/* A token, which may be missing; an address is none. */
static gboolean read_token(OutcomeReading *reading, const OutcomeValues *values, TmCell *token)
{
    *token = outcome_value(values, SURVEY_TOKEN);
    if (token->length <= LONGEST_TOKEN && !tm_cell_contains(*token, "@"))
        return TRUE;
    outcome_skip(reading, TM_KIND_BAD_VALUE, outcome_field(reading, SURVEY_TOKEN),
        "a respondent is a random token of at most 200 bytes, never an address");
    return FALSE;
}

static void take_answer(OutcomeReading *reading, const OutcomeValues *values)
{
    TmSurveyAnswer answer = {.exported = reading->summary->exported};
    TmCell token, team = outcome_value(values, SURVEY_TEAM);
    if (!read_date(reading, values, SURVEY_DATE, &answer.day) ||
        !read_team(reading, values, SURVEY_TEAM, &answer.team) ||
        !read_amount(reading, values, SURVEY_SCORE, &answer.score) ||
        !read_amount(reading, values, SURVEY_SCALE, &answer.scale_max) ||
        !read_token(reading, values, &token))
        return;
    if (answer.scale_max == 0 || answer.score > answer.scale_max) {
        outcome_skip(reading, TM_KIND_OUT_OF_RANGE, outcome_field(reading, SURVEY_SCORE),
            "the score is above the end of its scale");
        return;
    }
    if (token.length > 0) {
        TmKeyHash key = tm_key_integer(TM_KEY_START, answer.day);
        key = tm_key_text(key, team.text, team.length);
        answer.key = tm_key_end(tm_key_text(key, token.text, token.length));
    }
    outcome_note_taken(reading, answer.day);
    if (reading->sink->answer != NULL)
        reading->sink->answer(reading->sink->user, &answer);
}

const OutcomeFormat outcome_survey_format = {
    .table = {"survey-csv", "survey.csv", TM_OUTCOME_SOURCE_SURVEY, survey_fields, SURVEY_COUNT},
    .shape = OUTCOME_SHAPE_CSV,
    .required = OUTCOME_FIELD_BIT(SURVEY_DATE) | OUTCOME_FIELD_BIT(SURVEY_TEAM) |
                OUTCOME_FIELD_BIT(SURVEY_SCORE) | OUTCOME_FIELD_BIT(SURVEY_SCALE),
    .take = take_answer,
};
