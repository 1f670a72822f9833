/* The fields of usage metrics and how they are read and counted; see copilot_row.h. */
#include "copilot_row.h"

#include <string.h>

enum {
    DAY,
    START_DAY,
    END_DAY,
    ENTERPRISE,
    ORGANISATION,
    USER_ID,
    LOGIN,
    PROMPTS,
    GENERATIONS,
    ACCEPTANCES,
    CREDITS,
    USED,
    PASSIVE_REVIEW,
    FEATURES,
    FEATURE,
    FEATURE_REST,
    CLI,
    CLI_SESSIONS,
    CLI_REQUESTS,
    CLI_PROMPTS,
    CLI_INPUT,
    CLI_OUTPUT,
    CLI_AVERAGE,
    CLI_VERSION,
    APP,
    APP_SESSIONS,
    APP_REQUESTS,
    APP_PROMPTS,
    APP_INPUT,
    APP_OUTPUT,
    APP_AVERAGE,
    EDITOR_AGENT,
    EDITOR_AGENT_SESSIONS,
    EDITOR_AGENT_MESSAGES,
    OTHER_AGENT_JOBS,
    OTHER_AGENT_REST,
    LINES,
    LANGUAGES,
    WORKFLOWS,
    BREAKDOWNS,
    DISTINCT_COUNTS,
    HOUSEKEEPING,
    SUGGESTIONS,
    APPLIED,
    PULL_REQUESTS,
    NAMES,
    PEOPLE,
    TEAM_ROW,
    REPOSITORY_ROW,
    AGGREGATE_ROW,
    PAGE_START_DAY,
    PAGE_END_DAY,
    PAGE_ENTERPRISE,
    PAGE_ORGANISATION,
    PAGE_CREATED,
    PAGE_FEATURES,
    FIELD_COUNT
};

const TmFieldRule tm_copilot_metrics_fields[FIELD_COUNT] = {
    [DAY] = {"day", TM_FIELD_READ, "day, record key", "UTC day"},
    [START_DAY] = {"report_start_day", TM_FIELD_READ, "coverage", "only in 28-day files"},
    [END_DAY] = {"report_end_day", TM_FIELD_READ, "coverage", "only in 28-day files"},
    [ENTERPRISE] = {"enterprise_id", TM_FIELD_READ, "record key", "scope of enterprise rows"},
    [ORGANISATION] = {"organization_id", TM_FIELD_READ, "record key",
        "present: a row of an organisation"},
    [USER_ID] = {"user_id", TM_FIELD_IDENTITY, "person, record key", "trusted first"},
    [LOGIN] = {"user_login", TM_FIELD_IDENTITY, "person", "may be renamed; trusted second"},
    [PROMPTS] = {"user_initiated_interaction_count", TM_FIELD_READ, "messages, interactions",
        "prompts; those in the terminal and the app are added unless their feature is in the row"},
    [GENERATIONS] = {"code_generation_activity_count", TM_FIELD_READ, "shown",
        "alone no interaction"},
    [ACCEPTANCES] = {"code_acceptance_activity_count", TM_FIELD_READ, "accepted, interactions", ""},
    [CREDITS] = {"ai_credits_used", TM_FIELD_READ, "list_value, interactions",
        "one credit is 0.01 USD; some without other signs count as one interaction"},
    [USED] = {"used_agent|used_chat|used_cli|used_copilot_app|used_vscode_agent|"
              "used_copilot_coding_agent|used_copilot_cloud_agent|used_copilot_code_review_active",
        TM_FIELD_READ, "interactions", "true without other signs counts as one interaction"},
    [PASSIVE_REVIEW] = {"used_copilot_code_review_passive", TM_FIELD_IGNORED, "",
        "a review nobody asked for is no use"},
    [FEATURES] = {"totals_by_feature", TM_FIELD_READ, "messages", "only whether it is there"},
    [FEATURE] = {"totals_by_feature[].feature", TM_FIELD_READ, "messages",
        "copilot_cli and copilot_app: their prompts are in the counter already"},
    [FEATURE_REST] = {"totals_by_feature[].*", TM_FIELD_IGNORED, "", ""},
    [CLI] = {"totals_by_cli", TM_FIELD_READ, "sessions", "only whether it is there"},
    [CLI_SESSIONS] = {"totals_by_cli.session_count", TM_FIELD_READ, "sessions",
        "terminal, app and editor agent sessions; editors have none"},
    [CLI_REQUESTS] = {"totals_by_cli.request_count", TM_FIELD_READ, "requests", ""},
    [CLI_PROMPTS] = {"totals_by_cli.prompt_count", TM_FIELD_READ, "messages, interactions", ""},
    [CLI_INPUT] = {"totals_by_cli.token_usage.prompt_tokens_sum", TM_FIELD_READ, "unsplit_tokens",
        "input with cached input in it"},
    [CLI_OUTPUT] = {"totals_by_cli.token_usage.output_tokens_sum", TM_FIELD_READ, "output_tokens",
        ""},
    [CLI_AVERAGE] = {"totals_by_cli.token_usage.avg_tokens_per_request", TM_FIELD_IGNORED, "", ""},
    [CLI_VERSION] = {"totals_by_cli.last_known_cli_version", TM_FIELD_IGNORED, "", ""},
    [APP] = {"totals_by_copilot_app", TM_FIELD_READ, "sessions", "only whether it is there"},
    [APP_SESSIONS] = {"totals_by_copilot_app.session_count", TM_FIELD_READ, "sessions", ""},
    [APP_REQUESTS] = {"totals_by_copilot_app.request_count", TM_FIELD_READ, "requests", ""},
    [APP_PROMPTS] = {"totals_by_copilot_app.prompt_count", TM_FIELD_READ, "messages, interactions",
        ""},
    [APP_INPUT] = {"totals_by_copilot_app.token_usage.prompt_tokens_sum", TM_FIELD_READ,
        "unsplit_tokens", ""},
    [APP_OUTPUT] = {"totals_by_copilot_app.token_usage.output_tokens_sum", TM_FIELD_READ,
        "output_tokens", ""},
    [APP_AVERAGE] = {"totals_by_copilot_app.token_usage.avg_tokens_per_request", TM_FIELD_IGNORED,
        "", ""},
    [EDITOR_AGENT] = {"totals_by_vscode_agent", TM_FIELD_READ, "sessions",
        "only whether it is there"},
    [EDITOR_AGENT_SESSIONS] = {"totals_by_vscode_agent.session_count", TM_FIELD_READ, "sessions",
        ""},
    [EDITOR_AGENT_MESSAGES] = {"totals_by_vscode_agent.total_user_messages", TM_FIELD_READ,
        "interactions", "counts where it is above the prompts, since it may be in them"},
    [OTHER_AGENT_JOBS] = {"totals_by_3rd_party_agent[].user_initiated_interaction_count",
        TM_FIELD_READ, "interactions", "jobs started; not in the counter of prompts"},
    [OTHER_AGENT_REST] = {"totals_by_3rd_party_agent[].*", TM_FIELD_IGNORED, "", ""},
    [LINES] = {"loc_suggested_to_add_sum|loc_suggested_to_delete_sum|loc_added_sum|"
               "loc_deleted_sum|generated_loc_sum|accepted_loc_sum",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
    [LANGUAGES] = {"totals_by_language_feature|totals_by_language_model", TM_FIELD_CONTENT, "",
        "language names are free text and have held fragments of files"},
    [WORKFLOWS] = {"totals_by_skill|totals_by_custom_agent|totals_by_mcp|totals_by_slash_cmd|"
                   "totals_by_plugin",
        TM_FIELD_CONTENT, "", "names given by people"},
    [BREAKDOWNS] = {"totals_by_ide|totals_by_model_feature|ai_adoption_phase", TM_FIELD_IGNORED, "",
        "attribution is partial and does not add up to the counters"},
    [DISTINCT_COUNTS] = {"distinct_skill_use_count|distinct_custom_agent_use_count|"
                         "distinct_mcp_use_count|distinct_slash_cmd_use_count|"
                         "distinct_plugin_use_count",
        TM_FIELD_IGNORED, "", ""},
    [HOUSEKEEPING] = {"etl_id|day_partition|entity_id_partition", TM_FIELD_IGNORED, "", ""},
    [SUGGESTIONS] = {"pull_requests.total_copilot_suggestions", TM_FIELD_READ, "shown",
        "only of repository rows; in others they would mix with code"},
    [APPLIED] = {"pull_requests.total_copilot_applied_suggestions", TM_FIELD_READ, "accepted",
        "only of repository rows"},
    [PULL_REQUESTS] = {"pull_requests.*|pull_request_review_times|repo_visibility",
        TM_FIELD_IGNORED, "", ""},
    [NAMES] = {"repo_owner_name|repo_name|slug", TM_FIELD_CONTENT, "", "names given by people"},
    [PEOPLE] = {"weekly_active_users|monthly_active_users|monthly_active_chat_users|"
                "monthly_active_agent_users|daily_active_cli_users|weekly_active_cli_users|"
                "monthly_active_cli_users|daily_active_copilot_app_users|"
                "weekly_active_copilot_app_users|monthly_active_copilot_app_users|"
                "daily_active_copilot_cloud_agent_users|weekly_active_copilot_cloud_agent_users|"
                "monthly_active_copilot_cloud_agent_users|"
                "daily_active_copilot_code_review_users|"
                "weekly_active_copilot_code_review_users|"
                "monthly_active_copilot_code_review_users|"
                "daily_passive_copilot_code_review_users|"
                "weekly_passive_copilot_code_review_users|"
                "monthly_passive_copilot_code_review_users|daily_active_vscode_agent_users|"
                "weekly_active_vscode_agent_users|monthly_active_vscode_agent_users|"
                "totals_by_ai_adoption_phase",
        TM_FIELD_IGNORED, "", "distinct people overlap and cannot be added up"},
    [TEAM_ROW] = {"team_id", TM_FIELD_READ, "row kind",
        "present: a membership row, which holds no use: refused"},
    [REPOSITORY_ROW] = {"repo_id", TM_FIELD_READ, "row kind, label, record key",
        "present: a row of a repository"},
    [AGGREGATE_ROW] = {"daily_active_users", TM_FIELD_READ, "row kind",
        "present: totals of the enterprise or organisation; the number itself is not used"},
    [PAGE_START_DAY] = {"page.report_start_day", TM_FIELD_READ, "coverage", ""},
    [PAGE_END_DAY] = {"page.report_end_day", TM_FIELD_READ, "coverage", ""},
    [PAGE_ENTERPRISE] = {"page.enterprise_id", TM_FIELD_READ, "record key",
        "for rows without one of their own"},
    [PAGE_ORGANISATION] = {"page.organization_id", TM_FIELD_READ, "record key",
        "for rows without one of their own"},
    [PAGE_CREATED] = {"page.created_at", TM_FIELD_READ, "rank of the export", ""},
    [PAGE_FEATURES] = {"page.copilot_feature_engagement", TM_FIELD_IGNORED, "", ""},
};

G_STATIC_ASSERT(FIELD_COUNT == TM_COPILOT_METRICS_FIELDS);

/* Since this day terminal prompts are in the counter, even in rows that list no features. */
#define TERMINAL_COUNTED_SINCE "2026-04-10"

void tm_copilot_row_begin(TmCopilotRow *row)
{
    *row = (TmCopilotRow){.day = TM_DAY_NONE, .start_day = TM_DAY_NONE, .end_day = TM_DAY_NONE};
}

/* An id: digits, as a number or as text. */
static gboolean take_id(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCell *cell)
{
    TmCount whole = {0};
    if (value->kind != TM_JSON_NUMBER)
        return tm_json_take_text(reading, rule, value, cell);
    gint64 id;
    if (!tm_integer_parse(value->text, value->length, &id) &&
        !tm_json_take_count(reading, rule, value, &whole))
        return FALSE;
    const char *point = memchr(value->text, '.', value->length);
    *cell = (TmCell){value->text, point != NULL ? (gsize)(point - value->text) : value->length};
    return TRUE;
}

static gboolean take_tool(TmReading *reading, TmCopilotTool *tool, guint field,
    const TmFieldRule *rule, const TmJsonValue *value)
{
    switch (field) {
    case CLI:
        tool->present = value->kind == TM_JSON_OBJECT;
        return TRUE;
    case CLI_SESSIONS:
        return tm_json_take_count(reading, rule, value, &tool->sessions);
    case CLI_REQUESTS:
        return tm_json_take_count(reading, rule, value, &tool->requests);
    case CLI_PROMPTS:
        return tm_json_take_count(reading, rule, value, &tool->prompts);
    case CLI_INPUT:
        return tm_json_take_count(reading, rule, value, &tool->input);
    default:
        return tm_json_take_count(reading, rule, value, &tool->output);
    }
}

static gboolean take_agents(TmReading *reading, TmCopilotRow *row, guint field,
    const TmFieldRule *rule, const TmJsonValue *value)
{
    TmCount jobs = {0};
    if (field == EDITOR_AGENT)
        row->has_editor_agent = value->kind == TM_JSON_OBJECT;
    if (field == EDITOR_AGENT)
        return TRUE;
    if (field == EDITOR_AGENT_SESSIONS)
        return tm_json_take_count(reading, rule, value, &row->editor_sessions);
    if (field == EDITOR_AGENT_MESSAGES)
        return tm_json_take_count(reading, rule, value, &row->editor_messages);
    gboolean taken = tm_json_take_count(reading, rule, value, &jobs);
    row->other_jobs = MIN(row->other_jobs + jobs.value, TM_COUNT_LIMIT);
    return taken;
}

static gboolean take_feature(
    TmReading *reading, TmCopilotRow *row, const TmFieldRule *rule, const TmJsonValue *value)
{
    TmCell feature = {0};
    if (!tm_json_take_text(reading, rule, value, &feature))
        return FALSE;
    row->cli.in_counter |= tm_cell_equals(feature, "copilot_cli");
    row->app.in_counter |= tm_cell_equals(feature, "copilot_app");
    return TRUE;
}

/* A flag of use; each of several may say so. */
static gboolean take_flag(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gboolean *flag)
{
    gboolean truth = FALSE;
    if (!tm_json_take_truth(reading, rule, value, &truth))
        return FALSE;
    *flag |= truth;
    return TRUE;
}

static gboolean take_counter(TmReading *reading, TmCopilotRow *row, guint field,
    const TmFieldRule *rule, const TmJsonValue *value)
{
    switch (field) {
    case PROMPTS:
        return tm_json_take_count(reading, rule, value, &row->prompts);
    case GENERATIONS:
        return tm_json_take_count(reading, rule, value, &row->generations);
    case ACCEPTANCES:
        return tm_json_take_count(reading, rule, value, &row->acceptances);
    case CREDITS:
        return tm_json_take_hundredths(reading, rule, value, &row->credits);
    case USED:
        return take_flag(reading, rule, value, &row->used);
    case FEATURES:
        row->has_features = value->kind == TM_JSON_ARRAY;
        return TRUE;
    default:
        return take_feature(reading, row, rule, value);
    }
}

static gboolean take_place(TmReading *reading, TmCopilotRow *row, guint field,
    const TmFieldRule *rule, const TmJsonValue *value)
{
    switch (field) {
    case DAY:
        return tm_json_take_day(reading, rule, value, &row->day);
    case START_DAY:
        return tm_json_take_day(reading, rule, value, &row->start_day);
    case END_DAY:
        return tm_json_take_day(reading, rule, value, &row->end_day);
    case ENTERPRISE:
        return take_id(reading, rule, value, &row->enterprise);
    case ORGANISATION:
        return take_id(reading, rule, value, &row->organisation);
    case USER_ID:
        return take_id(reading, rule, value, &row->user_id);
    default:
        return tm_json_take_text(reading, rule, value, &row->login);
    }
}

static void take_page_id(
    GString *target, TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value)
{
    TmCell id = {0};
    if (!take_id(reading, rule, value, &id))
        return;
    g_string_truncate(target, 0);
    g_string_append_len(target, id.text, (gssize)id.length);
}

static void take_page(TmCopilotPage *page, TmReading *reading, guint field, const TmFieldRule *rule,
    const TmJsonValue *value)
{
    gint64 created;
    switch (field) {
    case PAGE_START_DAY:
        tm_json_take_day(reading, rule, value, &page->start);
        break;
    case PAGE_END_DAY:
        tm_json_take_day(reading, rule, value, &page->end);
        break;
    case PAGE_CREATED:
        if (value->kind == TM_JSON_STRING && tm_instant_parse(value->text, value->length, &created))
            reading->summary->exported = MAX(reading->summary->exported, created);
        break;
    default:
        take_page_id(
            field == PAGE_ENTERPRISE ? page->enterprise : page->organisation, reading, rule, value);
    }
}

/* What rows of repositories have, and what tells the kinds of rows apart. */
static gboolean take_repository(TmReading *reading, TmCopilotRow *row, guint field,
    const TmFieldRule *rule, const TmJsonValue *value)
{
    switch (field) {
    case SUGGESTIONS:
        return tm_json_take_count(reading, rule, value, &row->suggestions);
    case APPLIED:
        return tm_json_take_count(reading, rule, value, &row->applied);
    case REPOSITORY_ROW:
        return take_id(reading, rule, value, &row->repository);
    default:
        return TRUE;
    }
}

void tm_copilot_row_take(TmCopilotRow *row, TmCopilotPage *page, TmReading *reading, guint field,
    const TmJsonValue *value)
{
    const TmFieldRule *rule = &tm_copilot_metrics_fields[field];
    if (field >= PAGE_START_DAY) {
        take_page(page, reading, field, rule, value);
        return;
    }
    if (field >= TEAM_ROW)
        row->kind = (TmCopilotKind)(TM_COPILOT_MEMBERSHIP + (field - TEAM_ROW));
    if (row->bad)
        return;
    gboolean taken = field < PROMPTS ? take_place(reading, row, field, rule, value)
                     : field < CLI   ? take_counter(reading, row, field, rule, value)
                     : field < APP   ? take_tool(reading, &row->cli, field, rule, value)
                     : field < EDITOR_AGENT
                         ? take_tool(reading, &row->app, field - APP + CLI, rule, value)
                     : field < LINES ? take_agents(reading, row, field, rule, value)
                                     : take_repository(reading, row, field, rule, value);
    row->bad = !taken;
}

/* ---- What a row adds up to ----------------------------------------------------------------- */

static void add_count(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        tm_measures_add(measures, measure, count.value);
}

static void add_tool(TmMeasures *measures, const TmCopilotTool *tool)
{
    if (!tool->present)
        return;
    add_count(measures, TM_MEASURE_SESSIONS, tool->sessions);
    add_count(measures, TM_MEASURE_REQUESTS, tool->requests);
    add_count(measures, TM_MEASURE_UNSPLIT_TOKENS, tool->input);
    add_count(measures, TM_MEASURE_OUTPUT_TOKENS, tool->output);
}

/*
 * The counter holds the prompts of a tool whose feature is in the row; others are added. A counter
 * below the prompts that it should hold is raised to them.
 */
static gint64 count_prompts(const TmCopilotRow *row)
{
    gint64 held = 0, added = 0;
    gboolean counted =
        !row->has_features &&
        row->day >= tm_day_parse(TERMINAL_COUNTED_SINCE, (gssize)strlen(TERMINAL_COUNTED_SINCE));
    const TmCopilotTool *const tools[] = {&row->cli, &row->app};
    for (guint i = 0; i < G_N_ELEMENTS(tools); i++)
        *(tools[i]->in_counter || counted ? &held : &added) += tools[i]->prompts.value;
    return MAX(row->prompts.value, held) + added;
}

/* Whether anything but the counters tells of use; the totals of many people need no such sign. */
static gboolean has_other_sign(const TmCopilotRow *row)
{
    return row->kind == TM_COPILOT_USER &&
           (row->used || row->credits.value > 0 || row->cli.sessions.value > 0 ||
               row->app.sessions.value > 0 || row->editor_sessions.value > 0 ||
               row->cli.requests.value > 0 || row->app.requests.value > 0);
}

static void set_activity(const TmCopilotRow *row, TmMeasures *measures)
{
    gint64 prompts = count_prompts(row);
    gint64 interactions =
        MAX(prompts, row->editor_messages.value) + row->acceptances.value + row->other_jobs;
    if (interactions == 0 && has_other_sign(row))
        interactions = 1;
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, interactions);
    if (row->prompts.present || row->cli.prompts.present || row->app.prompts.present)
        tm_measures_set(measures, TM_MEASURE_MESSAGES, prompts);
}

void tm_copilot_row_measures(const TmCopilotRow *row, TmMeasures *measures)
{
    if (row->kind == TM_COPILOT_REPOSITORY) {
        add_count(measures, TM_MEASURE_SHOWN, row->suggestions);
        add_count(measures, TM_MEASURE_ACCEPTED, row->applied);
        return;
    }
    set_activity(row, measures);
    add_tool(measures, &row->cli);
    add_tool(measures, &row->app);
    if (row->has_editor_agent)
        add_count(measures, TM_MEASURE_SESSIONS, row->editor_sessions);
    add_count(measures, TM_MEASURE_SHOWN, row->generations);
    add_count(measures, TM_MEASURE_ACCEPTED, row->acceptances);
    add_count(measures, TM_MEASURE_LIST_VALUE, row->credits);
}
