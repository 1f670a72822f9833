/* Pull requests and issues of GitHub: as `gh` lists them, and as pages of the REST interface. */
#include "../tasks.h"

#define GH_CUTS                                                                                    \
    {                                                                                              \
        30, 1000                                                                                   \
    } /* the default limit of gh, and the one that is usually given */

/* The fields of the four formats that mean the same, by their place in each table. */
typedef struct Places {
    guint number, moment, address, author, marks_bot;
} Places;

static gboolean is_bot(const OutcomeValues *values, const Places *places)
{
    TmCell mark = outcome_value(values, places->marks_bot);
    return tm_cell_equals(mark, "true") || tm_cell_equals(mark, "Bot") ||
           outcome_is_bot(outcome_value(values, places->author));
}

/* Number and repository tell a pull request or an issue from all others, whatever the form. */
static gboolean begin_task(OutcomeReading *reading, const OutcomeValues *values,
    const Places *places, const char *marker, OutcomeTask *task)
{
    gint64 number;
    TmCell site;
    const char *field = outcome_field(reading, places->address);
    if (!outcome_read_number(reading, values, places->number, &number))
        return FALSE;
    if (!outcome_split_address(
            outcome_value(values, places->address), marker, &site, &task->project)) {
        outcome_skip(reading, TM_KIND_BAD_VALUE, field, "not the address of such an item");
        return FALSE;
    }
    task->tool = TM_TOOL_COPILOT; /* whose logins are those of GitHub */
    task->identity = tm_key_integer(tm_key_lower(TM_KEY_START, site.text, site.length), number);
    task->identity = tm_key_text(task->identity, marker, strlen(marker));
    return outcome_read_day(reading, outcome_value(values, places->moment),
        outcome_field(reading, places->moment), &task->day);
}

static void take_request(OutcomeReading *reading, const OutcomeValues *values, const Places *places)
{
    OutcomeTask task = {.is_feature = FALSE};
    if (outcome_value(values, places->moment).length == 0)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (is_bot(values, places))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_BOT);
    else if (begin_task(reading, values, places, "/pull/", &task)) {
        task.accounts[0] =
            (OutcomeAccount){TM_IDENTITY_LOGIN, outcome_value(values, places->author)};
        outcome_take_request(reading, &task);
    }
}

/* The logins of all who are assigned, until one has a team. */
static void add_assignees(const OutcomeValues *values, guint field, OutcomeTask *task)
{
    guint used = 0;
    task->accounts[used++] = (OutcomeAccount){TM_IDENTITY_LOGIN, outcome_value(values, field)};
    for (guint i = 0; i < values->more_count && used < OUTCOME_ACCOUNTS; i++)
        if (values->more[i].field == field)
            task->accounts[used++] = (OutcomeAccount){TM_IDENTITY_LOGIN, values->more[i].cell};
}

static void take_issue(OutcomeReading *reading, const OutcomeValues *values, const Places *places,
    guint reason, guint labels)
{
    const TmOutcomeOptions *options = reading->options;
    OutcomeTask task = {.is_feature = outcome_any_in_list(values, labels, options->feature_types)};
    if (outcome_value(values, places->moment).length == 0)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (outcome_list_has(options->excluded_resolutions, outcome_value(values, reason)))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_RESOLUTION);
    else if (begin_task(reading, values, places, "/issues/", &task)) {
        add_assignees(values, places->author, &task);
        outcome_take_task(reading, &task);
    }
}

/* ---- gh pr list -------------------------------------------------------------------------- */

enum {
    PR_NUMBER,
    PR_MERGED,
    PR_URL,
    PR_AUTHOR,
    PR_IS_BOT,
    PR_PERSON,
    PR_CONTENT,
    PR_LINES,
    PR_REST,
    PR_COUNT
};
static const TmFieldRule gh_request_fields[PR_COUNT] = {
    [PR_NUMBER] = {"number", TM_FIELD_READ, "record key", "together with the repository"},
    [PR_MERGED] = {"mergedAt", TM_FIELD_READ, "day", "empty: not merged, not counted"},
    [PR_URL] = {"url", TM_FIELD_READ, "project", "only host and repository"},
    [PR_AUTHOR] = {"author.login", TM_FIELD_IDENTITY, "team", "also tells bots"},
    [PR_IS_BOT] = {"author.is_bot", TM_FIELD_READ, "", "true: not counted"},
    [PR_PERSON] = {"author.id|author.name|mergedBy|assignees|reviews|latestReviews|reviewRequests",
        TM_FIELD_CONTENT, "", "people"},
    [PR_CONTENT] = {"title|body|headRefName|comments|commits|files|labels|milestone|"
                    "projectCards|projectItems|closingIssuesReferences|statusCheckRollup",
        TM_FIELD_CONTENT, "", "titles, texts, names of branches and files"},
    [PR_LINES] = {"additions|deletions|changedFiles", TM_FIELD_CONTENT, "", "numbers of lines"},
    [PR_REST] = {"state|createdAt|closedAt|updatedAt|closed|isDraft|baseRefName|id|headRefOid",
        TM_FIELD_IGNORED, "", ""},
};
static const Places gh_request_places = {PR_NUMBER, PR_MERGED, PR_URL, PR_AUTHOR, PR_IS_BOT};

static void take_gh_request(OutcomeReading *reading, const OutcomeValues *values)
{
    take_request(reading, values, &gh_request_places);
}

const OutcomeFormat outcome_gh_requests = {
    .table = {"gh-pr-list", "GitHub pull requests, gh pr list --json", TM_OUTCOME_SOURCE_GITHUB,
        gh_request_fields, PR_COUNT},
    .shape = OUTCOME_SHAPE_JSON,
    .required =
        OUTCOME_FIELD_BIT(PR_NUMBER) | OUTCOME_FIELD_BIT(PR_MERGED) | OUTCOME_FIELD_BIT(PR_URL),
    .suspicious = GH_CUTS,
    .take = take_gh_request,
};

/* ---- gh issue list ----------------------------------------------------------------------- */

enum {
    ISSUE_NUMBER,
    ISSUE_CLOSED,
    ISSUE_URL,
    ISSUE_ASSIGNEE,
    ISSUE_REASON,
    ISSUE_LABEL,
    ISSUE_PERSON,
    ISSUE_CONTENT,
    ISSUE_REST,
    ISSUE_COUNT
};
static const TmFieldRule gh_issue_fields[ISSUE_COUNT] = {
    [ISSUE_NUMBER] = {"number", TM_FIELD_READ, "record key", "together with the repository"},
    [ISSUE_CLOSED] = {"closedAt", TM_FIELD_READ, "day", "empty: open, not counted"},
    [ISSUE_URL] = {"url", TM_FIELD_READ, "project", "only host and repository"},
    [ISSUE_ASSIGNEE] = {"assignees[].login", TM_FIELD_IDENTITY, "team", "the first with a team"},
    [ISSUE_REASON] = {"stateReason", TM_FIELD_READ, "", "see excluded_resolutions"},
    [ISSUE_LABEL] = {"labels[].name", TM_FIELD_READ, "", "only whether one is in feature_types"},
    [ISSUE_PERSON] = {"author", TM_FIELD_CONTENT, "", "people"},
    [ISSUE_CONTENT] = {"title|body|comments|milestone|projectCards|projectItems", TM_FIELD_CONTENT,
        "", "titles and texts"},
    [ISSUE_REST] = {"state|createdAt|updatedAt|closed|id", TM_FIELD_IGNORED, "", ""},
};
static const Places gh_issue_places = {
    ISSUE_NUMBER, ISSUE_CLOSED, ISSUE_URL, ISSUE_ASSIGNEE, ISSUE_REASON};

static void take_gh_issue(OutcomeReading *reading, const OutcomeValues *values)
{
    take_issue(reading, values, &gh_issue_places, ISSUE_REASON, ISSUE_LABEL);
}

const OutcomeFormat outcome_gh_issues = {
    .table = {"gh-issue-list", "GitHub issues, gh issue list --json", TM_OUTCOME_SOURCE_GITHUB,
        gh_issue_fields, ISSUE_COUNT},
    .shape = OUTCOME_SHAPE_JSON,
    .required = OUTCOME_FIELD_BIT(ISSUE_NUMBER) | OUTCOME_FIELD_BIT(ISSUE_CLOSED) |
                OUTCOME_FIELD_BIT(ISSUE_URL),
    .suspicious = GH_CUTS,
    .take = take_gh_issue,
};

/* ---- REST pulls -------------------------------------------------------------------------- */

enum {
    PULL_NUMBER,
    PULL_MERGED,
    PULL_URL,
    PULL_USER,
    PULL_USER_TYPE,
    PULL_BASE,
    PULL_DEFAULT,
    PULL_PERSON,
    PULL_CONTENT,
    PULL_LINES,
    PULL_COUNT
};
static const TmFieldRule request_fields[PULL_COUNT] = {
    [PULL_NUMBER] = {"number", TM_FIELD_READ, "record key", "together with the repository"},
    [PULL_MERGED] = {"merged_at", TM_FIELD_READ, "day", "empty: not merged, not counted"},
    [PULL_URL] = {"html_url", TM_FIELD_READ, "project", "only host and repository"},
    [PULL_USER] = {"user.login", TM_FIELD_IDENTITY, "team", "also tells bots"},
    [PULL_USER_TYPE] = {"user.type", TM_FIELD_READ, "", "Bot: not counted"},
    [PULL_BASE] = {"base.ref", TM_FIELD_READ, "", "only whether it is the default branch"},
    [PULL_DEFAULT] = {"base.repo.default_branch", TM_FIELD_READ, "", ""},
    [PULL_PERSON] = {"assignee|assignees|requested_reviewers|merged_by", TM_FIELD_CONTENT, "",
        "people"},
    [PULL_CONTENT] = {"title|body|head|labels|milestone|patch_url|diff_url", TM_FIELD_CONTENT, "",
        "titles, texts, names of branches"},
    [PULL_LINES] = {"additions|deletions|changed_files", TM_FIELD_CONTENT, "", "numbers of lines"},
};
static const Places request_places = {
    PULL_NUMBER, PULL_MERGED, PULL_URL, PULL_USER, PULL_USER_TYPE};

static void take_rest_request(OutcomeReading *reading, const OutcomeValues *values)
{
    TmCell base = outcome_value(values, PULL_BASE), main = outcome_value(values, PULL_DEFAULT);
    gboolean merged = outcome_value(values, PULL_MERGED).length > 0;
    if (merged && base.length > 0 && main.length > 0 && !tm_cell_same(base, main))
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_OTHER_BRANCH);
    else
        take_request(reading, values, &request_places);
}

const OutcomeFormat outcome_github_requests = {
    .table = {"github-pulls", "GitHub pull requests, REST", TM_OUTCOME_SOURCE_GITHUB,
        request_fields, PULL_COUNT},
    .shape = OUTCOME_SHAPE_JSON,
    .required = OUTCOME_FIELD_BIT(PULL_NUMBER) | OUTCOME_FIELD_BIT(PULL_MERGED) |
                OUTCOME_FIELD_BIT(PULL_URL),
    .take = take_rest_request,
};

/* ---- REST issues ------------------------------------------------------------------------- */

enum {
    ROW_NUMBER,
    ROW_CLOSED,
    ROW_URL,
    ROW_ASSIGNEE,
    ROW_REASON,
    ROW_LABEL,
    ROW_REQUEST,
    ROW_PERSON,
    ROW_CONTENT,
    ROW_COUNT
};
static const TmFieldRule issue_fields[ROW_COUNT] = {
    [ROW_NUMBER] = {"number", TM_FIELD_READ, "record key", "together with the repository"},
    [ROW_CLOSED] = {"closed_at", TM_FIELD_READ, "day", "empty: open, not counted"},
    [ROW_URL] = {"html_url", TM_FIELD_READ, "project", "only host and repository"},
    [ROW_ASSIGNEE] = {"assignees[].login", TM_FIELD_IDENTITY, "team", "the first with a team"},
    [ROW_REASON] = {"state_reason", TM_FIELD_READ, "", "see excluded_resolutions"},
    [ROW_LABEL] = {"labels[].name", TM_FIELD_READ, "", "only whether one is in feature_types"},
    [ROW_REQUEST] = {"pull_request", TM_FIELD_READ, "",
        "there: the row is a pull request, not counted here"},
    [ROW_PERSON] = {"user|assignee|closed_by", TM_FIELD_CONTENT, "", "people"},
    [ROW_CONTENT] = {"title|body|milestone", TM_FIELD_CONTENT, "", "titles and texts"},
};
static const Places issue_places = {ROW_NUMBER, ROW_CLOSED, ROW_URL, ROW_ASSIGNEE, ROW_REASON};

static void take_rest_issue(OutcomeReading *reading, const OutcomeValues *values)
{
    if (outcome_value(values, ROW_REQUEST).length > 0)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_REQUEST_AMONG_ISSUES);
    else
        take_issue(reading, values, &issue_places, ROW_REASON, ROW_LABEL);
}

const OutcomeFormat outcome_github_issues = {
    .table = {"github-issues", "GitHub issues, REST", TM_OUTCOME_SOURCE_GITHUB, issue_fields,
        ROW_COUNT},
    .shape = OUTCOME_SHAPE_JSON,
    .required =
        OUTCOME_FIELD_BIT(ROW_NUMBER) | OUTCOME_FIELD_BIT(ROW_CLOSED) | OUTCOME_FIELD_BIT(ROW_URL),
    .take = take_rest_issue,
};
