/* Issues and merge requests of GitLab: the CSV files that it mails, and REST pages. */
#include "../tasks.h"

/* ---- Issues CSV -------------------------------------------------------------------------- */

enum {
    ISSUE_ID,
    ISSUE_URL,
    ISSUE_STATE,
    ISSUE_CLOSED,
    ISSUE_ASSIGNEE,
    ISSUE_LABELS,
    ISSUE_PERSON,
    ISSUE_CONTENT,
    ISSUE_REST,
    ISSUE_COUNT
};
static const TmFieldRule issue_fields[ISSUE_COUNT] = {
    [ISSUE_ID] = {"Issue ID", TM_FIELD_IGNORED, "", "differs only inside a project"},
    [ISSUE_URL] = {"URL", TM_FIELD_READ, "record key", "also the project"},
    [ISSUE_STATE] = {"State", TM_FIELD_READ, "", "Closed: counted"},
    [ISSUE_CLOSED] = {"Closed At (UTC)", TM_FIELD_READ, "day", "UTC"},
    [ISSUE_ASSIGNEE] = {"Assignee Username", TM_FIELD_IDENTITY, "team",
        "several with commas; the first with a team"},
    [ISSUE_LABELS] = {"Labels", TM_FIELD_READ, "", "only whether one is in feature_types"},
    [ISSUE_PERSON] = {"Author|Author Username|Assignee", TM_FIELD_CONTENT, "", "people"},
    [ISSUE_CONTENT] = {"Title|Description|Milestone|Epic Title", TM_FIELD_CONTENT, "",
        "titles and texts"},
    [ISSUE_REST] = {"Confidential|Locked|Due Date|Created At (UTC)|Updated At (UTC)|Weight|"
                    "Time Estimate|Time Spent|Epic ID",
        TM_FIELD_IGNORED, "", ""},
};

/* The address of an item is its key; what stands before the kind is its project. */
static gboolean read_address(OutcomeReading *reading, const OutcomeValues *values, guint field,
    const char *marker, TmCell *site, TmCell *project)
{
    if (outcome_split_address(outcome_value(values, field), marker, site, project))
        return TRUE;
    outcome_skip(reading, TM_KIND_BAD_VALUE, outcome_field(reading, field),
        "not the address of such an item");
    return FALSE;
}

static void take_issue(OutcomeReading *reading, const OutcomeValues *values)
{
    TmCell address = outcome_value(values, ISSUE_URL), site;
    OutcomeTask task = {.tool = TM_TOOL_LIMIT};
    if (!tm_cell_equals(outcome_value(values, ISSUE_STATE), "Closed"))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (read_address(reading, values, ISSUE_URL, "/issues/", &site, &task.project) &&
             outcome_read_day(reading, outcome_value(values, ISSUE_CLOSED),
                 outcome_field(reading, ISSUE_CLOSED), &task.day)) {
        task.identity = tm_key_lower(TM_KEY_START, address.text, address.length);
        task.accounts[0] =
            (OutcomeAccount){TM_IDENTITY_LOGIN, outcome_value(values, ISSUE_ASSIGNEE)};
        task.is_feature =
            outcome_any_in_list(values, ISSUE_LABELS, reading->options->feature_types);
        outcome_take_task(reading, &task);
    }
}

const OutcomeFormat outcome_gitlab_issues_csv = {
    .table = {"gitlab-issues-csv", "GitLab issues CSV", TM_OUTCOME_SOURCE_GITLAB, issue_fields,
        ISSUE_COUNT},
    .shape = OUTCOME_SHAPE_CSV,
    .required = OUTCOME_FIELD_BIT(ISSUE_ID) | OUTCOME_FIELD_BIT(ISSUE_URL) |
                OUTCOME_FIELD_BIT(ISSUE_STATE) | OUTCOME_FIELD_BIT(ISSUE_CLOSED),
    .guarded = TRUE,
    .take = take_issue,
};

/* ---- Merge requests ---------------------------------------------------------------------- */

/* The fields of both forms that mean the same, by their place in each table. */
typedef struct Places {
    guint number, project, state, moment, address, author;
} Places;

static void take_request(
    OutcomeReading *reading, const OutcomeValues *values, const Places *places, gboolean estimated)
{
    TmCell author = outcome_value(values, places->author), site;
    OutcomeTask task = {.tool = TM_TOOL_LIMIT, .estimated = estimated};
    gint64 number, project;
    if (!tm_cell_equals(outcome_value(values, places->state), "merged"))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (outcome_is_bot(author))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_BOT);
    else if (outcome_read_number(reading, values, places->number, &number) &&
             outcome_read_number(reading, values, places->project, &project) &&
             read_address(
                 reading, values, places->address, "/merge_requests/", &site, &task.project) &&
             outcome_read_day(reading, outcome_value(values, places->moment),
                 outcome_field(reading, places->moment), &task.day)) {
        gsize host = site.length - task.project.length - 1;
        task.identity = tm_key_lower(TM_KEY_START, site.text, host);
        task.identity = tm_key_integer(tm_key_integer(task.identity, project), number);
        task.accounts[0] = (OutcomeAccount){TM_IDENTITY_LOGIN, author};
        outcome_take_request(reading, &task);
    }
}

enum {
    CSV_NUMBER,
    CSV_PROJECT,
    CSV_STATE,
    CSV_UPDATED,
    CSV_URL,
    CSV_AUTHOR,
    CSV_PERSON,
    CSV_CONTENT,
    CSV_REST,
    CSV_COUNT
};
static const TmFieldRule csv_fields[CSV_COUNT] = {
    [CSV_NUMBER] = {"MR IID", TM_FIELD_READ, "record key", "together with the project"},
    [CSV_PROJECT] = {"Target Project ID", TM_FIELD_READ, "record key", ""},
    [CSV_STATE] = {"State", TM_FIELD_READ, "", "merged: counted"},
    [CSV_UPDATED] = {"Updated At (UTC)", TM_FIELD_READ, "day",
        "the file does not say when it was merged: the day is estimated"},
    [CSV_URL] = {"URL", TM_FIELD_READ, "project", "only host and project"},
    [CSV_AUTHOR] = {"Author Username", TM_FIELD_IDENTITY, "team", "also tells bots"},
    [CSV_PERSON] = {"Author|Assignees|Assignee Usernames|Approvers|Approver Usernames|Merged User|"
                    "Merged Username",
        TM_FIELD_CONTENT, "", "people"},
    [CSV_CONTENT] = {"Title|Description|Source Branch|Target Branch", TM_FIELD_CONTENT, "",
        "titles, texts, names of branches"},
    [CSV_REST] = {"Source Project ID|Milestone ID|Created At (UTC)", TM_FIELD_IGNORED, "", ""},
};
static const Places csv_places = {
    CSV_NUMBER, CSV_PROJECT, CSV_STATE, CSV_UPDATED, CSV_URL, CSV_AUTHOR};

static void take_csv_request(OutcomeReading *reading, const OutcomeValues *values)
{
    take_request(reading, values, &csv_places, TRUE);
}

const OutcomeFormat outcome_gitlab_requests_csv = {
    .table = {"gitlab-merge-requests-csv", "GitLab merge requests CSV", TM_OUTCOME_SOURCE_GITLAB,
        csv_fields, CSV_COUNT},
    .shape = OUTCOME_SHAPE_CSV,
    .required = OUTCOME_FIELD_BIT(CSV_NUMBER) | OUTCOME_FIELD_BIT(CSV_PROJECT) |
                OUTCOME_FIELD_BIT(CSV_STATE) | OUTCOME_FIELD_BIT(CSV_UPDATED) |
                OUTCOME_FIELD_BIT(CSV_URL),
    .guarded = TRUE,
    .take = take_csv_request,
};

enum {
    REST_NUMBER,
    REST_PROJECT,
    REST_STATE,
    REST_MERGED,
    REST_URL,
    REST_AUTHOR,
    REST_PERSON,
    REST_CONTENT,
    REST_COUNT
};
static const TmFieldRule rest_fields[REST_COUNT] = {
    [REST_NUMBER] = {"iid", TM_FIELD_READ, "record key", "together with the project"},
    [REST_PROJECT] = {"project_id", TM_FIELD_READ, "record key", ""},
    [REST_STATE] = {"state", TM_FIELD_READ, "", "merged: counted"},
    [REST_MERGED] = {"merged_at", TM_FIELD_READ, "day", ""},
    [REST_URL] = {"web_url", TM_FIELD_READ, "project", "only host and project"},
    [REST_AUTHOR] = {"author.username", TM_FIELD_IDENTITY, "team", "also tells bots"},
    [REST_PERSON] = {"author.name|author.id|author.web_url|author.avatar_url|assignee|assignees|"
                     "reviewers|merged_by|merge_user|closed_by",
        TM_FIELD_CONTENT, "", "people"},
    [REST_CONTENT] = {"title|description|source_branch|labels|milestone|references|reference",
        TM_FIELD_CONTENT, "", "titles, texts, names of branches"},
};
static const Places rest_places = {
    REST_NUMBER, REST_PROJECT, REST_STATE, REST_MERGED, REST_URL, REST_AUTHOR};

static void take_rest_request(OutcomeReading *reading, const OutcomeValues *values)
{
    take_request(reading, values, &rest_places, FALSE);
}

const OutcomeFormat outcome_gitlab_requests = {
    .table = {"gitlab-merge-requests", "GitLab merge requests, REST", TM_OUTCOME_SOURCE_GITLAB,
        rest_fields, REST_COUNT},
    .shape = OUTCOME_SHAPE_JSON,
    .required = OUTCOME_FIELD_BIT(REST_NUMBER) | OUTCOME_FIELD_BIT(REST_PROJECT) |
                OUTCOME_FIELD_BIT(REST_MERGED) | OUTCOME_FIELD_BIT(REST_URL),
    .take = take_rest_request,
};
