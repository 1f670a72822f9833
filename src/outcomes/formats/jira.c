/*
 * Issues of Jira, as CSV and as REST pages.
 *
 * Columns of the CSV differ from site to site, and so do its dates, which have neither an offset
 * nor a fixed order of day and month. The order is taken from the settings, else from a first look
 * through the file: a number above 12 shows it. A file that does not show it is not guessed at.
 */
#include "../tasks.h"
#include "../times.h"

#define CSV_CUTS                                                                                   \
    {                                                                                              \
        1000                                                                                       \
    }

/* What an issue says, whatever the form. */
typedef struct Places {
    guint key, id, type, project, resolution, assignee_mail, assignee_id, assignee_name;
} Places;

/* "WEB" of "WEB-7"; empty if it is no such key. */
static TmCell project_of_key(TmCell key)
{
    const char *dash = key.length > 0 ? memrchr(key.text, '-', key.length) : NULL;
    return dash != NULL ? (TmCell){key.text, (gsize)(dash - key.text)} : (TmCell){"", 0};
}

/* FALSE when the issue was excluded or reported. */
static gboolean begin_task(OutcomeReading *reading, const OutcomeValues *values,
    const Places *places, gboolean is_sub_task, OutcomeTask *task)
{
    const TmOutcomeOptions *options = reading->options;
    TmCell key = outcome_value(values, places->key), id = outcome_value(values, places->id);
    TmCell type = outcome_value(values, places->type);
    is_sub_task |= outcome_list_has("Sub-task, Subtask", type);
    if (outcome_list_has(options->excluded_resolutions, outcome_value(values, places->resolution)))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_RESOLUTION);
    else if (is_sub_task && !options->sub_tasks)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_SUB_TASK);
    else if (key.length == 0 && id.length == 0)
        outcome_skip(reading, TM_KIND_MISSING_FIELD, outcome_field(reading, places->key),
            "the issue has neither a key nor an id");
    else {
        TmCell identity = id.length > 0 ? id : key; /* the id stays when an issue is moved */
        *task =
            (OutcomeTask){.tool = TM_TOOL_LIMIT, .project = outcome_value(values, places->project)};
        task->identity = tm_key_lower(TM_KEY_START, identity.text, identity.length);
        if (task->project.length == 0)
            task->project = project_of_key(key);
        task->is_feature = outcome_list_has(options->feature_types, type);
        task->accounts[0] =
            (OutcomeAccount){TM_IDENTITY_EMAIL, outcome_value(values, places->assignee_mail)};
        task->accounts[1] =
            (OutcomeAccount){TM_IDENTITY_USER_ID, outcome_value(values, places->assignee_id)};
        task->accounts[2] =
            (OutcomeAccount){TM_IDENTITY_NAME, outcome_value(values, places->assignee_name)};
        return TRUE;
    }
    return FALSE;
}

/* ---- CSV --------------------------------------------------------------------------------- */

enum {
    CSV_KEY,
    CSV_ID,
    CSV_TYPE,
    CSV_PROJECT,
    CSV_RESOLUTION,
    CSV_RESOLVED,
    CSV_CATEGORY,
    CSV_CATEGORY_CHANGED,
    CSV_CREATED,
    CSV_UPDATED,
    CSV_ASSIGNEE,
    CSV_ASSIGNEE_ID,
    CSV_PERSON,
    CSV_CONTENT,
    CSV_REST,
    CSV_COUNT
};
static const TmFieldRule csv_fields[CSV_COUNT] = {
    [CSV_KEY] = {"Issue key|Key", TM_FIELD_READ, "record key", "where there is no id"},
    [CSV_ID] = {"Issue id", TM_FIELD_READ, "record key", ""},
    [CSV_TYPE] = {"Issue Type", TM_FIELD_READ, "", "see feature_types; sub-tasks are left out"},
    [CSV_PROJECT] = {"Project key", TM_FIELD_READ, "project", ""},
    [CSV_RESOLUTION] = {"Resolution", TM_FIELD_READ, "", "see excluded_resolutions"},
    [CSV_RESOLVED] = {"Resolved", TM_FIELD_READ, "day", "in the form and zone of the site"},
    [CSV_CATEGORY] = {"Status Category", TM_FIELD_READ, "", "Done: closed, if Resolved is empty"},
    [CSV_CATEGORY_CHANGED] = {"Status Category Changed", TM_FIELD_READ, "day",
        "where Resolved is empty"},
    [CSV_CREATED] = {"Created", TM_FIELD_READ, "", "only how the file orders day and month"},
    [CSV_UPDATED] = {"Updated", TM_FIELD_READ, "", "only how the file orders day and month"},
    [CSV_ASSIGNEE] = {"Assignee", TM_FIELD_IDENTITY, "team",
        "a name, as a row of the kind name in identities.csv"},
    [CSV_ASSIGNEE_ID] = {"Assignee Id", TM_FIELD_IDENTITY, "team",
        "as a row of the kind user_id in identities.csv"},
    [CSV_PERSON] = {"Reporter|Reporter Id|Creator|Creator Id|Project lead|Project lead id|Watchers|"
                    "Watchers Id",
        TM_FIELD_CONTENT, "", "people"},
    [CSV_CONTENT] = {"Summary|Description|Environment|Comment|Attachment|Log Work|Labels|Sprint|"
                     "Project name|Project description|Project url|Parent summary|Component/s|"
                     "Components|Fix versions",
        TM_FIELD_CONTENT, "", "titles and texts; all columns that are not in this table too"},
    [CSV_REST] = {"Status|Priority|Due date|Votes|Last Viewed|Project type|Parent|Parent key|"
                  "Original Estimate|Remaining Estimate|Time Spent|Work Ratio|Security Level",
        TM_FIELD_IGNORED, "", ""},
};
static const Places csv_places = {CSV_KEY, CSV_ID, CSV_TYPE, CSV_PROJECT, CSV_RESOLUTION,
    OUTCOME_NO_FIELD, CSV_ASSIGNEE_ID, CSV_ASSIGNEE};

static void note_order(OutcomeReading *reading, const OutcomeValues *values)
{
    static const guint dates[] = {CSV_RESOLVED, CSV_CATEGORY_CHANGED, CSV_CREATED, CSV_UPDATED};
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        OutcomeSiteTime time;
        if (!outcome_site_time(outcome_value(values, dates[i]), &time) || time.month > 0)
            continue;
        if (time.first > 12 && time.second <= 12)
            reading->date_order |= TM_DATE_ORDER_DAY_FIRST;
        if (time.second > 12 && time.first <= 12)
            reading->date_order |= TM_DATE_ORDER_MONTH_FIRST;
    }
}

static void begin_csv(OutcomeReading *reading)
{
    reading->date_order = reading->options->date_order;
    if (reading->date_order == TM_DATE_ORDER_AUTO)
        outcome_look_through(reading, note_order);
}

/* The order is not known, or the file shows both. Said once for the file. */
static void refuse_undecided(OutcomeReading *reading, const char *field)
{
    if (reading->undecided) {
        reading->summary->rows_skipped++;
        return;
    }
    reading->undecided = TRUE;
    outcome_skip(reading, TM_KIND_BAD_DATE, field,
        "the file does not show whether day or month stands first: set date_format in the group "
        "outcomes of tidemark.ini; rows with such dates are left out");
}

static gboolean read_site_day(
    OutcomeReading *reading, const OutcomeValues *values, guint field, TmDay *day)
{
    const char *name = outcome_field(reading, field);
    OutcomeSiteTime time;
    gboolean sound = outcome_site_time(outcome_value(values, field), &time);
    gboolean decided = reading->date_order == TM_DATE_ORDER_DAY_FIRST ||
                       reading->date_order == TM_DATE_ORDER_MONTH_FIRST;
    if (sound && time.month == 0 && time.first != time.second && !decided) {
        refuse_undecided(reading, name);
        return FALSE;
    }
    *day = sound ? outcome_site_day(reading, &time, reading->date_order) : TM_DAY_NONE;
    if (*day == TM_DAY_NONE) {
        outcome_skip(reading, TM_KIND_BAD_DATE, name, "not a date as Jira writes them");
        return FALSE;
    }
    return outcome_admits(reading, *day, name);
}

static void take_csv(OutcomeReading *reading, const OutcomeValues *values)
{
    gboolean resolved = outcome_value(values, CSV_RESOLVED).length > 0;
    gboolean done = tm_cell_equals(outcome_value(values, CSV_CATEGORY), "Done") &&
                    outcome_value(values, CSV_CATEGORY_CHANGED).length > 0;
    guint moment = resolved ? CSV_RESOLVED : CSV_CATEGORY_CHANGED;
    OutcomeTask task;
    TmDay day;
    if (!resolved && !done)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (begin_task(reading, values, &csv_places, FALSE, &task) &&
             read_site_day(reading, values, moment, &day)) {
        task.day = day;
        outcome_take_task(reading, &task);
    }
}

const OutcomeFormat outcome_jira_csv = {
    .table = {"jira-csv", "Jira issues CSV", TM_OUTCOME_SOURCE_JIRA, csv_fields, CSV_COUNT},
    .shape = OUTCOME_SHAPE_CSV,
    .required =
        OUTCOME_FIELD_BIT(CSV_KEY) | OUTCOME_FIELD_BIT(CSV_TYPE) | OUTCOME_FIELD_BIT(CSV_RESOLVED),
    .instead = OUTCOME_FIELD_BIT(CSV_KEY) | OUTCOME_FIELD_BIT(CSV_TYPE) |
               OUTCOME_FIELD_BIT(CSV_CATEGORY) | OUTCOME_FIELD_BIT(CSV_CATEGORY_CHANGED),
    .ragged = TRUE,
    .open = TRUE,
    .suspicious = CSV_CUTS,
    .begin = begin_csv,
    .take = take_csv,
};

/* ---- REST -------------------------------------------------------------------------------- */

enum {
    REST_KEY,
    REST_ID,
    REST_TYPE,
    REST_SUB_TASK,
    REST_PROJECT,
    REST_RESOLUTION,
    REST_RESOLVED,
    REST_CATEGORY,
    REST_CATEGORY_CHANGED,
    REST_ASSIGNEE_MAIL,
    REST_ASSIGNEE_ID,
    REST_ASSIGNEE_NAME,
    REST_PERSON,
    REST_CONTENT,
    REST_COUNT
};
static const TmFieldRule rest_fields[REST_COUNT] = {
    [REST_KEY] = {"key", TM_FIELD_READ, "record key", "where there is no id"},
    [REST_ID] = {"id", TM_FIELD_READ, "record key", ""},
    [REST_TYPE] = {"fields.issuetype.name", TM_FIELD_READ, "", "see feature_types"},
    [REST_SUB_TASK] = {"fields.issuetype.subtask", TM_FIELD_READ, "", "true: left out"},
    [REST_PROJECT] = {"fields.project.key", TM_FIELD_READ, "project", ""},
    [REST_RESOLUTION] = {"fields.resolution.name", TM_FIELD_READ, "", "see excluded_resolutions"},
    [REST_RESOLVED] = {"fields.resolutiondate", TM_FIELD_READ, "day", "offset without a colon"},
    [REST_CATEGORY] = {"fields.status.statusCategory.key", TM_FIELD_READ, "",
        "done: closed, if there is no date of resolution"},
    [REST_CATEGORY_CHANGED] = {"fields.statuscategorychangedate", TM_FIELD_READ, "day",
        "where there is no date of resolution"},
    [REST_ASSIGNEE_MAIL] = {"fields.assignee.emailAddress", TM_FIELD_IDENTITY, "team", ""},
    [REST_ASSIGNEE_ID] = {"fields.assignee.accountId", TM_FIELD_IDENTITY, "team",
        "as a row of the kind user_id in identities.csv"},
    [REST_ASSIGNEE_NAME] = {"fields.assignee.displayName", TM_FIELD_IDENTITY, "team",
        "as a row of the kind name in identities.csv"},
    [REST_PERSON] = {"fields.reporter|fields.creator|fields.watches", TM_FIELD_CONTENT, "",
        "people"},
    [REST_CONTENT] = {"fields.summary|fields.description|fields.environment|fields.comment|"
                      "fields.attachment|fields.worklog|fields.labels|fields.parent|changelog|"
                      "renderedFields",
        TM_FIELD_CONTENT, "", "titles and texts; all members that are not in this table too"},
};
static const Places rest_places = {REST_KEY, REST_ID, REST_TYPE, REST_PROJECT, REST_RESOLUTION,
    REST_ASSIGNEE_MAIL, REST_ASSIGNEE_ID, REST_ASSIGNEE_NAME};

static void take_rest(OutcomeReading *reading, const OutcomeValues *values)
{
    gboolean resolved = outcome_value(values, REST_RESOLVED).length > 0;
    gboolean done = tm_cell_equals(outcome_value(values, REST_CATEGORY), "done") &&
                    outcome_value(values, REST_CATEGORY_CHANGED).length > 0;
    guint moment = resolved ? REST_RESOLVED : REST_CATEGORY_CHANGED;
    gboolean is_sub_task = tm_cell_equals(outcome_value(values, REST_SUB_TASK), "true");
    OutcomeTask task;
    TmDay day;
    if (!resolved && !done)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (begin_task(reading, values, &rest_places, is_sub_task, &task) &&
             outcome_read_day(
                 reading, outcome_value(values, moment), outcome_field(reading, moment), &day)) {
        task.day = day;
        outcome_take_task(reading, &task);
    }
}

const OutcomeFormat outcome_jira_issues = {
    .table = {"jira-issues", "Jira issues, REST", TM_OUTCOME_SOURCE_JIRA, rest_fields, REST_COUNT},
    .shape = OUTCOME_SHAPE_JSON,
    .required = OUTCOME_FIELD_BIT(REST_KEY) | OUTCOME_FIELD_BIT(REST_TYPE),
    .take = take_rest,
};
