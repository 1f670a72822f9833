/*
 * Reports of ccusage, a program that adds up what Claude Code, Codex and others record on a
 * person's machine. A file is one object with a list of rows for each report in it; there is no
 * person and no time zone in it. Days are read; weeks, months and blocks of hours are not.
 *
 * The reports have had many shapes, which differ in the members of their rows: every row is read
 * alike, and what it has decides.
 */
#include "ccusage.h"

enum {
    DATE,
    PERIOD,
    AGENT,
    AGENTS,
    LISTED_AGENTS,
    INPUT,
    CACHED,
    OUTPUT,
    WRITES,
    READS,
    COST,
    NO_COST,
    MODELS,
    MODEL,
    MODEL_TOKENS,
    MODEL_COST,
    NO_PRICE,
    CODEX_MODELS,
    GUESSED,
    SESSION,
    FIRST_ACTIVITY,
    LAST_ACTIVITY,
    OTHER_PERIODS,
    PLACES,
    TOTALS,
    FIELD_COUNT
};

/* Documentation of what read_row() takes; names are paths below the list of a report. */
static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"daily[].date|projects.*[].date|date", TM_FIELD_READ, "day, record key",
        "day in the zone of the person's machine; older Codex reports write Aug 10, 2026"},
    [PERIOD] = {"daily[].period", TM_FIELD_READ, "day, record key", "newer name of the same"},
    [AGENT] = {"daily[].agent", TM_FIELD_READ, "tool",
        "all: the tool is the only one of metadata.agents, else the row is left out"},
    [AGENTS] = {"daily[].agents[]", TM_FIELD_READ, "tool", "parts of the row, read in its place"},
    [LISTED_AGENTS] = {"daily[].metadata.agents[]", TM_FIELD_READ, "tool", ""},
    [INPUT] = {"daily[].inputTokens", TM_FIELD_READ, "input_tokens",
        "used only where the row has no models; days with tokens count as one interaction for "
        "each model"},
    [CACHED] = {"daily[].cachedInputTokens", TM_FIELD_READ, "cache_read_tokens",
        "older Codex reports: part of the input"},
    [OUTPUT] = {"daily[].outputTokens", TM_FIELD_READ, "output_tokens", "with reasoning"},
    [WRITES] = {"daily[].cacheCreationTokens", TM_FIELD_READ, "cache_write_tokens", ""},
    [READS] = {"daily[].cacheReadTokens", TM_FIELD_READ, "cache_read_tokens", ""},
    [COST] = {"daily[].totalCost|daily[].costUSD", TM_FIELD_READ, "list_value",
        "dollars at list price, as the program estimates them; used where the row has one model or "
        "none"},
    [NO_COST] = {"daily[].totalTokens|daily[].reasoningOutputTokens|daily[].modelsUsed",
        TM_FIELD_IGNORED, "", "in other members already"},
    [MODELS] = {"daily[].modelBreakdowns[]", TM_FIELD_READ, "record key", "one record each"},
    [MODEL] = {"daily[].modelBreakdowns[].modelName", TM_FIELD_READ, "model, record key",
        "-fast behind a Claude model is the fast mode"},
    [MODEL_TOKENS] = {"daily[].modelBreakdowns[].inputTokens|"
                      "daily[].modelBreakdowns[].outputTokens|"
                      "daily[].modelBreakdowns[].cacheCreationTokens|"
                      "daily[].modelBreakdowns[].cacheReadTokens",
        TM_FIELD_READ, "input_tokens, output_tokens, cache_write_tokens, cache_read_tokens",
        "disjoint"},
    [MODEL_COST] = {"daily[].modelBreakdowns[].cost", TM_FIELD_READ, "list_value",
        "dollars; 0 with tokens means that no price was known"},
    [NO_PRICE] = {"daily[].modelBreakdowns[].missingPricing", TM_FIELD_READ, "list_value",
        "true: the cost is not measured"},
    [CODEX_MODELS] = {"daily[].models.*", TM_FIELD_READ, "model, record key", "Codex reports"},
    [GUESSED] = {"daily[].models.*.isFallback", TM_FIELD_READ, "model",
        "true: the model is an assumption and is left out"},
    [SESSION] = {"session[].period|sessions[].sessionId", TM_FIELD_READ, "sessions, record key",
        "counted where the row has instants; older reports list folders in place of sessions"},
    [FIRST_ACTIVITY] = {"sessions[].firstActivity", TM_FIELD_READ, "day, instant", ""},
    [LAST_ACTIVITY] = {"sessions[].lastActivity|session[].metadata.lastActivity", TM_FIELD_READ,
        "day, instant", "where the first is missing"},
    [OTHER_PERIODS] = {"weekly|monthly|blocks|entries", TM_FIELD_IGNORED, "",
        "not days: a file with nothing else is refused"},
    [PLACES] = {"daily[].project|projects.*|sessions[].projectPath|sessions[].sessionFile|"
                "sessions[].directory",
        TM_FIELD_CONTENT, "", "names of folders and files"},
    [TOTALS] = {"totals|page.type|page.summary", TM_FIELD_IGNORED, "", "sums of the rows"},
};

static const TmFormat table = {"ccusage", "ccusage reports (JSON)",
    &tm_sources[TM_SOURCE_CCUSAGE_CLAUDE], fields, FIELD_COUNT};

#define MOST_MODELS 1000 /* of one row */
#define MOST_PARTS 100

typedef struct Walker {
    TmCcusage *ccusage;
    TmReading *reading;
    TmJsonRecord *record;
} Walker;

typedef enum Member {
    MEMBER_DATE,
    MEMBER_AGENT,
    MEMBER_AGENTS,
    MEMBER_METADATA,
    MEMBER_BREAKDOWNS,
    MEMBER_MODELS,
    MEMBER_SESSION,
    MEMBER_FIRST,
    MEMBER_LAST,
    MEMBER_NAME,
    MEMBER_INPUT,
    MEMBER_CACHED,
    MEMBER_OUTPUT,
    MEMBER_WRITES,
    MEMBER_READS,
    MEMBER_COST,
    MEMBER_NO_PRICE,
    MEMBER_GUESSED,
    MEMBER_PLACE,
    MEMBER_OTHER,
} Member;

static const struct {
    const char *name;
    Member member;
} members[] = {
    {"date", MEMBER_DATE},
    {"period", MEMBER_DATE},
    {"agent", MEMBER_AGENT},
    {"agents", MEMBER_AGENTS},
    {"metadata", MEMBER_METADATA},
    {"modelBreakdowns", MEMBER_BREAKDOWNS},
    {"models", MEMBER_MODELS},
    {"sessionId", MEMBER_SESSION},
    {"firstActivity", MEMBER_FIRST},
    {"lastActivity", MEMBER_LAST},
    {"modelName", MEMBER_NAME},
    {"inputTokens", MEMBER_INPUT},
    {"cachedInputTokens", MEMBER_CACHED},
    {"outputTokens", MEMBER_OUTPUT},
    {"cacheCreationTokens", MEMBER_WRITES},
    {"cacheReadTokens", MEMBER_READS},
    {"totalCost", MEMBER_COST},
    {"costUSD", MEMBER_COST},
    {"cost", MEMBER_COST},
    {"missingPricing", MEMBER_NO_PRICE},
    {"isFallback", MEMBER_GUESSED},
    {"project", MEMBER_PLACE},
    {"projectPath", MEMBER_PLACE},
    {"sessionFile", MEMBER_PLACE},
    {"directory", MEMBER_PLACE},
};

static TmCell current_key(const Walker *walker)
{
    TmCell key;
    key.text = tm_json_record_key(walker->record, &key.length);
    return key;
}

static guint find_member(TmCell key)
{
    guint at = 0;
    while (at < G_N_ELEMENTS(members) &&
           !tm_cell_same(key, (TmCell){members[at].name, strlen(members[at].name)}))
        at++;
    return at;
}

/* For messages: the member by its own name. */
static TmFieldRule rule_of(guint at)
{
    return (TmFieldRule){members[at].name, TM_FIELD_READ, "", ""};
}

/* ---- Numbers ----------------------------------------------------------------------------- */

static gboolean take_cost(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *cost)
{
    gint64 micros;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind != TM_JSON_NUMBER || !tm_micros_parse(value->text, value->length, &micros)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, rule->names, "an amount is wanted");
        return FALSE;
    }
    if (micros < 0 || micros > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, rule->names, "an amount cannot be so");
        return FALSE;
    }
    *cost = (TmCount){TRUE, micros};
    return TRUE;
}

static gboolean take_number(
    Walker *walker, TmCcusageModel *model, guint at, const TmJsonValue *value)
{
    TmFieldRule rule = rule_of(at);
    switch (members[at].member) {
    case MEMBER_INPUT:
        return tm_json_take_count(walker->reading, &rule, value, &model->input);
    case MEMBER_CACHED:
        return tm_json_take_count(walker->reading, &rule, value, &model->cached);
    case MEMBER_OUTPUT:
        return tm_json_take_count(walker->reading, &rule, value, &model->output);
    case MEMBER_WRITES:
        return tm_json_take_count(walker->reading, &rule, value, &model->writes);
    case MEMBER_READS:
        return tm_json_take_count(walker->reading, &rule, value, &model->reads);
    case MEMBER_COST:
        return take_cost(walker->reading, &rule, value, &model->cost);
    case MEMBER_NAME:
        return tm_json_take_text(walker->reading, &rule, value, &model->name);
    case MEMBER_NO_PRICE:
        return tm_json_take_truth(walker->reading, &rule, value, &model->no_price);
    case MEMBER_GUESSED:
        return tm_json_take_truth(walker->reading, &rule, value, &model->is_guessed);
    default:
        return TRUE;
    }
}

/* ---- Models ------------------------------------------------------------------------------ */

/* The opened object: one model. */
static void read_model(Walker *walker, TmCcusageRow *row, TmCell name)
{
    TmCcusageModel model = {.name = name};
    while (tm_json_record_next(walker->record)) {
        guint at = find_member(current_key(walker));
        if (at == G_N_ELEMENTS(members) || row->bad)
            continue;
        TmJsonValue value;
        tm_json_record_value(walker->record, &value);
        row->bad |= !take_number(walker, &model, at, &value);
    }
    if (walker->ccusage->models->len - row->models >= MOST_MODELS) {
        if (!row->bad)
            tm_reading_skip(walker->reading, TM_KIND_TOO_LONG, "modelBreakdowns",
                "more than %d models in a row", MOST_MODELS);
        row->bad = TRUE;
        return;
    }
    g_array_append_val(walker->ccusage->models, model);
    row->model_count++;
}

/* An array of models with names in them, or an object with the names as keys. */
static void read_models(Walker *walker, TmCcusageRow *row, gboolean named)
{
    if (!tm_json_record_enter(walker->record))
        return;
    while (tm_json_record_next(walker->record)) {
        TmJsonValue value;
        TmCell name = named ? current_key(walker) : (TmCell){0};
        tm_json_record_value(walker->record, &value);
        if (value.kind == TM_JSON_OBJECT && tm_json_record_enter(walker->record))
            read_model(walker, row, name);
    }
}

/* ---- Rows -------------------------------------------------------------------------------- */

static void read_row(Walker *walker, TmCcusageRow *row);

static void read_listed_agents(Walker *walker, TmCcusageRow *row)
{
    if (!tm_json_record_enter(walker->record))
        return;
    while (tm_json_record_next(walker->record)) {
        TmJsonValue value;
        tm_json_record_value(walker->record, &value);
        if (value.kind == TM_JSON_STRING && row->agents++ == 0)
            row->only = (TmCell){value.text, value.length};
    }
}

static void read_metadata(Walker *walker, TmCcusageRow *row)
{
    if (!tm_json_record_enter(walker->record))
        return;
    while (tm_json_record_next(walker->record)) {
        TmJsonValue value;
        TmCell key = current_key(walker);
        gboolean is_agents = tm_cell_equals(key, "agents");
        gboolean is_last = tm_cell_equals(key, "lastActivity");
        if (!is_agents && !is_last)
            continue;
        tm_json_record_value(walker->record, &value);
        if (is_agents && value.kind == TM_JSON_ARRAY)
            read_listed_agents(walker, row);
        else if (is_last && value.kind == TM_JSON_STRING)
            row->last_activity = (TmCell){value.text, value.length};
    }
}

/* The row by agents; parts of parts are not known. */
static void read_parts(Walker *walker, TmCcusageRow *row)
{
    if (!tm_json_record_enter(walker->record))
        return;
    while (tm_json_record_next(walker->record)) {
        TmJsonValue value;
        TmCcusageRow part = {.bad = row->bad};
        tm_json_record_value(walker->record, &value);
        if (value.kind != TM_JSON_OBJECT || !tm_json_record_enter(walker->record))
            continue;
        read_row(walker, &part);
        row->bad |= part.bad;
        if (walker->ccusage->parts->len < MOST_PARTS)
            g_array_append_val(walker->ccusage->parts, part);
    }
}

static gboolean take_text(Walker *walker, TmCcusageRow *row, guint at, const TmJsonValue *value)
{
    TmCell *const cells[MEMBER_OTHER] = {
        [MEMBER_DATE] = &row->date,
        [MEMBER_AGENT] = &row->agent,
        [MEMBER_SESSION] = &row->session,
        [MEMBER_FIRST] = &row->first_activity,
        [MEMBER_LAST] = &row->last_activity,
    };
    TmFieldRule rule = rule_of(at);
    TmCell *cell = cells[members[at].member];
    if (cell != NULL)
        return tm_json_take_text(walker->reading, &rule, value, cell);
    return take_number(walker, &row->whole, at, value);
}

/* The value of a member of a row. */
static void read_member(Walker *walker, TmCcusageRow *row, guint at)
{
    TmJsonValue value;
    Member member = members[at].member;
    if (member == MEMBER_PLACE) {
        walker->reading->summary->dropped_content_fields++;
        return;
    }
    tm_json_record_value(walker->record, &value);
    gboolean is_list = value.kind == TM_JSON_ARRAY, is_map = value.kind == TM_JSON_OBJECT;
    if (is_list && member == MEMBER_BREAKDOWNS)
        read_models(walker, row, FALSE);
    else if (is_map && member == MEMBER_MODELS)
        read_models(walker, row, TRUE);
    else if (is_list && member == MEMBER_AGENTS)
        read_parts(walker, row);
    else if (is_map && member == MEMBER_METADATA)
        read_metadata(walker, row);
    else if (!row->bad && member != MEMBER_MODELS && member != MEMBER_BREAKDOWNS &&
             member != MEMBER_AGENTS && member != MEMBER_METADATA)
        row->bad = !take_text(walker, row, at, &value);
    row->codex |= member == MEMBER_CACHED || (is_map && member == MEMBER_MODELS);
}

/* The opened object: one row. */
static void read_row(Walker *walker, TmCcusageRow *row)
{
    row->models = walker->ccusage->models->len;
    while (tm_json_record_next(walker->record)) {
        guint at = find_member(current_key(walker));
        if (at < G_N_ELEMENTS(members))
            read_member(walker, row, at);
    }
}

/* ---- Reports ----------------------------------------------------------------------------- */

typedef enum Section { SECTION_DAYS, SECTION_PROJECT, SECTION_SESSIONS } Section;

/* The current value: a list of rows. */
static void read_rows(Walker *walker, Section section)
{
    TmCcusage *ccusage = walker->ccusage;
    if (!tm_json_record_enter(walker->record))
        return;
    while (tm_json_record_next(walker->record)) {
        TmJsonValue value;
        TmCcusageRow row = {0};
        tm_json_record_value(walker->record, &value);
        if (value.kind != TM_JSON_OBJECT || !tm_json_record_enter(walker->record))
            continue;
        g_array_set_size(ccusage->models, 0);
        g_array_set_size(ccusage->parts, 0);
        read_row(walker, &row);
        if (section == SECTION_SESSIONS)
            tm_ccusage_take_session(ccusage, walker->reading, &row);
        else
            tm_ccusage_take_day(ccusage, walker->reading, &row, section == SECTION_PROJECT);
    }
}

/* The current value: lists of rows by folder. */
static void read_projects(Walker *walker)
{
    if (!tm_json_record_enter(walker->record))
        return;
    while (tm_json_record_next(walker->record)) {
        TmJsonValue value;
        walker->reading->summary->dropped_content_fields++;
        tm_json_record_value(walker->record, &value);
        if (value.kind == TM_JSON_ARRAY)
            read_rows(walker, SECTION_PROJECT);
    }
}

/* A member that is a report. FALSE when it is none. */
static gboolean read_section(Walker *walker, TmCell key)
{
    static const char *const refused[] = {"weekly", "monthly", "blocks", "entries"};
    TmJsonValue value;
    for (guint i = 0; i < G_N_ELEMENTS(refused); i++)
        if (tm_cell_equals(key, refused[i])) {
            walker->ccusage->refused = refused[i];
            return TRUE;
        }
    gboolean days = tm_cell_equals(key, "daily"), projects = tm_cell_equals(key, "projects");
    gboolean sessions = tm_cell_equals(key, "sessions") || tm_cell_equals(key, "session");
    if (!days && !projects && !sessions)
        return FALSE;
    tm_json_record_value(walker->record, &value);
    walker->ccusage->has_days |= days || projects;
    walker->ccusage->has_sessions |= sessions;
    if (value.kind == TM_JSON_ARRAY && !projects)
        read_rows(walker, days ? SECTION_DAYS : SECTION_SESSIONS);
    else if (value.kind == TM_JSON_OBJECT && projects)
        read_projects(walker);
    return TRUE;
}

/* The record is a report, or (older ones were printed so) a row of one. */
static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    TmCcusage *ccusage = user;
    Walker walker = {ccusage, reading, record};
    TmCcusageRow row = {0};
    gsize offset;
    if (ccusage->models == NULL) {
        ccusage->models = g_array_new(FALSE, FALSE, sizeof(TmCcusageModel));
        ccusage->parts = g_array_new(FALSE, FALSE, sizeof(TmCcusageRow));
    }
    if (!ccusage->begun)
        tm_reading_begin(reading, &table, NULL);
    ccusage->begun = TRUE;
    g_array_set_size(ccusage->models, 0);
    g_array_set_size(ccusage->parts, 0);
    while (tm_json_record_next(record)) {
        TmCell key = current_key(&walker);
        guint at = find_member(key);
        if (!read_section(&walker, key) && at < G_N_ELEMENTS(members))
            read_member(&walker, &row, at);
    }
    if (tm_json_record_fault(record, &offset) != TM_JSON_FAULT_NONE)
        return FALSE;
    if (row.date.length > 0 || (row.bad && !ccusage->has_days)) {
        ccusage->has_days = TRUE;
        tm_ccusage_take_day(ccusage, reading, &row, FALSE);
    }
    return TRUE;
}

static void begin_record(gpointer user G_GNUC_UNUSED)
{
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    TmCcusage *ccusage = user;
    if (ccusage->refused != NULL && !ccusage->has_days)
        tm_reading_skip(reading, TM_KIND_UNKNOWN_FORMAT, ccusage->refused,
            "a report that is not by days: export ccusage daily --json");
    ccusage->refused = NULL;
    return TRUE;
}

static void end_file(gpointer user, TmReading *reading)
{
    tm_ccusage_hand_over(user, reading);
}

static void clear(gpointer user)
{
    tm_ccusage_clear(user);
}

static const char *const signatures[] = {"daily|totals", "projects|totals", "weekly|totals",
    "monthly|totals", "session|totals", "sessions|totals", "daily", "blocks", "sessionId|entries",
    "date|inputTokens|outputTokens|costUSD", NULL};

const TmJsonFormat tm_json_ccusage = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(TmCcusage),
    .begin_record = begin_record,
    .walk = walk,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
