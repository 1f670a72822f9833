/*
 * The vendors' files that are known and not read. A format that is read needs no row here: it is
 * looked for first.
 */
#include "recognise.h"

#include <string.h>

#define LITELLM_SISTER                                                                             \
    "LiteLLM's spend by team, organisation, agent or tag: the same use as its table by user; "     \
    "export LiteLLM_DailyUserSpend instead"

#define LITELLM_USERS "LiteLLM's table of users: put ids and e-mail addresses into identities.csv"

static const TmRefusalRow csv_refusals[] = {
    {"team_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"organization_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"end_user_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"agent_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"tag|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"user_id|user_email|spend|max_budget", TM_KIND_UNKNOWN_FORMAT, LITELLM_USERS},
    {"change_id|metadata_json", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, changes: lines of code are not used"},
    {"start_time|end_time|start_time_iso|end_time_iso", TM_KIND_EMPTY_FILE,
        "an OpenAI dashboard download without any use, which does not mean no use"},
    {"User|Lines this Month", TM_KIND_UNKNOWN_FORMAT,
        "Claude Code dashboard, month to date: it has no days; export Claude Code Analytics "
        "instead"},
};

/* Cursor's chart downloads have no fixed columns: a date, then numbers. */
static const TmRefusalRow chart_refusal = {"Date", TM_KIND_UNKNOWN_FORMAT,
    "a table with a date and no model, as Cursor's charts are downloaded: export the usage events "
    "CSV instead"};

#define OLD_SPELLING                                                                               \
    "OpenTelemetry data in an old spelling (snake_case): export them with a current collector, "   \
    "whose JSON has lowerCamelCase names"

#define CHECKPOINT                                                                                 \
    "a saved conversation of Gemini CLI without times; collect the folder chats beside it instead"

#define MONITORING                                                                                 \
    "series of Cloud Monitoring: totals of a project that name no person; export the entries of "  \
    "Cloud Logging instead"

static const TmRefusalRow json_refusals[] = {
    {"team_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"organization_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"end_user_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"agent_id|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"tag|date|spend|api_requests", TM_KIND_UNKNOWN_FORMAT, LITELLM_SISTER},
    {"user_id|user_email|spend|max_budget", TM_KIND_UNKNOWN_FORMAT, LITELLM_USERS},
    {"resource_logs", TM_KIND_UNKNOWN_FORMAT, OLD_SPELLING},
    {"resource_metrics", TM_KIND_UNKNOWN_FORMAT, OLD_SPELLING},
    {"resource_spans", TM_KIND_UNKNOWN_FORMAT, OLD_SPELLING},
    {"type=thread.started|thread_id", TM_KIND_UNKNOWN_FORMAT,
        "output of codex exec --json: it has no times; collect the rollouts below "
        "~/.codex/sessions "
        "instead"},
    {"type=CODEX_LOG", TM_KIND_UNKNOWN_FORMAT,
        "Codex logs of the Compliance API: they hold prompts; export Codex Enterprise Analytics "
        "instead"},
    {"event_type=CODEX_LOG", TM_KIND_UNKNOWN_FORMAT,
        "Codex logs of the Compliance API: they hold prompts; export Codex Enterprise Analytics "
        "instead"},
    {"pull_request_reviews|comments", TM_KIND_UNKNOWN_FORMAT,
        "Codex code reviews: they are no use by persons; export Codex Enterprise Analytics, usage, "
        "instead"},
    {"replies|reactions", TM_KIND_UNKNOWN_FORMAT,
        "answers to Codex code reviews: they are no use of it; export Codex Enterprise Analytics, "
        "usage, instead"},
    {"object=organization.user|email", TM_KIND_UNKNOWN_FORMAT,
        "OpenAI's list of users: put ids and e-mail addresses into identities.csv"},
    {"download_links", TM_KIND_NO_DATA_FILE,
        "Copilot's list of download links: it holds no rows itself"},
    {"download_urls", TM_KIND_NO_DATA_FILE,
        "GitHub's answer about a billing report: it holds no rows itself"},
    {"seat_breakdown|seat_management_setting", TM_KIND_UNKNOWN_FORMAT,
        "GitHub's summary of Copilot seats: it names no person; export the list of seats instead"},
    {"user_totals", TM_KIND_UNKNOWN_FORMAT,
        "test data of a Copilot dashboard, not an export of GitHub"},
    {"groups|billingCycle", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's billing groups: they hold no use, and money only of two days; teams belong into "
        "people.csv"},
    {"directoryGroupId|memberCount", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's billing groups: they hold no use; teams belong into people.csv"},
    {"aggregations", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's sums by model, without people or days: export the usage events instead"},
    {"events|pagination", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's audit log: it holds no use; export the usage events instead"},
    {"changeId|metadata", TM_KIND_UNKNOWN_FORMAT,
        "Cursor code tracking, changes: lines of code are not used"},
    {"line_acceptance_ratio|rank", TM_KIND_UNKNOWN_FORMAT,
        "Cursor's leaderboard: a ranking of people is not read"},
    {"date|dau", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics, daily active users: counts of people who repeat; export the daily usage "
        "instead"},
    {"event_date|client_version", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics, client versions: they are no use"},
    {"event_date|file_extension", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics, types of files: they are not used"},
    {"event_date|usage", TM_KIND_UNKNOWN_FORMAT,
        "Cursor analytics of a team, a part of its messages: export the metrics by person or the "
        "daily usage instead"},
    {"skill_name|distinct_user_count", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, skills: not by person and day; export users instead"},
    {"connector_name|distinct_user_count", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, connectors: not by person and day; export users instead"},
    {"plugin_name|distinct_user_count", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, plugins: not by person and day; export users instead"},
    {"artifact_type|artifacts_created_count", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, artifacts: not by person and day; export users instead"},
    {"project_id|project_name|message_count", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, projects: names can be confidential; export users instead"},
    {"rbac_group_id|chat_metrics", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, users by access group: groups overlap; export users without grouping"},
    {"daily_active_user_count|weekly_active_user_count", TM_KIND_UNKNOWN_FORMAT,
        "Claude Enterprise, summaries: counts of active people, which are made of people's days "
        "here; export users instead"},
    {"used_credits|monthly_credit_limit", TM_KIND_UNKNOWN_FORMAT,
        "Claude, extra usage as the admin page has it: month to date without days; export the "
        "spend report instead"},
    {"total_lines_accepted|avg_lines_accepted_per_day", TM_KIND_UNKNOWN_FORMAT,
        "Claude Code dashboard, as its page has it: no days; export Claude Code Analytics instead"},
    {"total_cost_usd|session_id|num_turns|duration_ms", TM_KIND_UNKNOWN_FORMAT,
        "what Claude Code printed at the end of one run: resumed sessions carry their cost "
        "forward; collect the transcripts below ~/.claude/projects instead"},
    {"response|stats", TM_KIND_UNKNOWN_FORMAT,
        "what Gemini CLI printed at the end of one run; collect the chats below ~/.gemini/tmp "
        "instead"},
    {"sessionId|messageId|type|message|timestamp", TM_KIND_UNKNOWN_FORMAT,
        "Gemini CLI's logs.json: typed prompts and nothing else; collect the folder chats beside "
        "it instead"},
    {"history|clientHistory|toolCall", TM_KIND_UNKNOWN_FORMAT, CHECKPOINT},
    {"history|authType", TM_KIND_UNKNOWN_FORMAT, CHECKPOINT},
    {"role|parts", TM_KIND_UNKNOWN_FORMAT, CHECKPOINT},
    {"messageID|sessionID|type", TM_KIND_UNKNOWN_FORMAT,
        "a part of an opencode message: content and nothing else; collect the folder "
        "storage/message alone"},
    {"directory|projectID|title|version", TM_KIND_UNKNOWN_FORMAT,
        "an opencode session without its messages: collect the folder storage/message alone"},
    {"timeSeries", TM_KIND_UNKNOWN_FORMAT, MONITORING},
    {"metric|resource|points", TM_KIND_UNKNOWN_FORMAT, MONITORING},
    {"jsonpayload_v1_metadatalog", TM_KIND_UNKNOWN_FORMAT,
        "Gemini Code Assist's entries as BigQuery has them: export them from Cloud Logging as JSON "
        "instead"},
    {"total_acus|consumption_by_date", TM_KIND_UNKNOWN_FORMAT,
        "Devin's consumption: its sums by day name nobody; export the consumption of Windsurf by "
        "user and day instead"},
    {"error", TM_KIND_NO_DATA_FILE, "an error message of the vendor, saved in place of data"},
    {"message|documentation_url", TM_KIND_NO_DATA_FILE,
        "an error message of the vendor, saved in place of data"},
};

/*
 * Files whose columns are not known here, by their names; "*word": the name, or that of the folder,
 * has this word in it.
 */
static const TmRefusalRow named_refusals[] = {
    {"users_summary_daily.csv|users_summary.csv|teams_summary.csv|"
     "all_times_users_onboarding_status.csv",
        TM_KIND_UNKNOWN_FORMAT,
        "a report of Tabnine, whose columns are not known here: describe users_summary_daily.csv "
        "in a mapping file, or hand the use over in tidemark.csv"},
    {"*jetbrains|*tabnine", TM_KIND_UNKNOWN_FORMAT,
        "exports of JetBrains AI and of Tabnine are not known here: describe them in a mapping "
        "file (docs/mapping.md), or hand the use over in tidemark.csv"},
};

/* "name" or "name=text" is among the names; `texts` NULL: there are only names. */
static gboolean has_cell(
    const TmCell *cells, const TmCell *texts, guint count, const char *wanted, gsize length)
{
    const char *equals = memchr(wanted, '=', length);
    gsize name = equals != NULL ? (gsize)(equals - wanted) : length;
    for (guint i = 0; i < count; i++) {
        TmCell cell = tm_cell_trim(cells[i]);
        if (cell.length != name || g_ascii_strncasecmp(cell.text, wanted, name) != 0)
            continue;
        return equals == NULL ||
               (texts != NULL && tm_cell_same(texts[i], (TmCell){equals + 1, length - name - 1}));
    }
    return FALSE;
}

static gboolean has_all(const TmCell *cells, const TmCell *texts, guint count, const char *names)
{
    for (;;) {
        gsize length = strcspn(names, "|");
        if (!has_cell(cells, texts, count, names, length))
            return FALSE;
        if (names[length] == '\0')
            return TRUE;
        names += length + 1;
    }
}

static const TmRefusalRow *find(const TmRefusalRow *rows, guint row_count, const TmCell *cells,
    const TmCell *texts, guint count)
{
    for (guint i = 0; i < row_count; i++)
        if (has_all(cells, texts, count, rows[i].names))
            return &rows[i];
    return NULL;
}

const TmRefusalRow *tm_csv_refusal(const TmCell *cells, guint count)
{
    const TmRefusalRow *row = find(csv_refusals, G_N_ELEMENTS(csv_refusals), cells, NULL, count);
    gboolean chart = count > 1 && tm_cell_equals(tm_cell_trim(cells[0]), chart_refusal.names);
    return row == NULL && chart ? &chart_refusal : row;
}

const TmRefusalRow *tm_json_refusal(const TmCell *members, const TmCell *texts, guint count)
{
    return find(json_refusals, G_N_ELEMENTS(json_refusals), members, texts, count);
}

/* Whether "name" is the file's, or "*word" is in its name or in that of its folder. */
static gboolean is_named(const char *file, const char *folder, const char *name)
{
    if (name[0] != '*')
        return g_str_equal(file, name);
    return tm_cell_contains((TmCell){file, strlen(file)}, name + 1) ||
           tm_cell_contains((TmCell){folder, strlen(folder)}, name + 1);
}

const TmRefusalRow *tm_named_refusal(const char *path)
{
    g_autofree char *file = g_path_get_basename(path);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autofree char *folder = g_path_get_basename(parent);
    for (guint i = 0; i < G_N_ELEMENTS(named_refusals); i++) {
        g_auto(GStrv) names = g_strsplit(named_refusals[i].names, "|", 0);
        for (char **name = names; *name != NULL; name++)
            if (is_named(file, folder, *name))
                return &named_refusals[i];
    }
    return NULL;
}
