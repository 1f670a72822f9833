/*
 * Claude Enterprise, users: one row for each person and day, with a block of counters for each
 * product. Claude Code becomes a record of that tool; the other products become parts of one
 * record of the Claude apps.
 *
 * A row has no day. It is the date in the file's name; without one, the date of last activity when
 * all rows have the same, which is known only at the end of the file: rows are held until then. A
 * name with two dates is a period, which stays apart.
 */
#include "anthropic_values.h"

#include <string.h>

enum {
    USER_ID,
    EMAIL,
    USER_TYPE,
    LAST_ACTIVITY,
    GROUP,
    GROUP_NAME,
    GROUP_SIZE,
    SEARCHES,
    CODE,
    CODE_SESSIONS,
    CODE_COMMITS,
    CODE_REQUESTS,
    CODE_LINES,
    CODE_ACCEPTED,
    CODE_REJECTED,
    CHAT,
    CHAT_MESSAGES,
    CHAT_SESSIONS,
    CHAT_REST,
    COWORK,
    COWORK_MESSAGES,
    COWORK_TURNS,
    COWORK_ACTIONS,
    COWORK_SESSIONS,
    COWORK_REST,
    DESIGN,
    DESIGN_MESSAGES,
    DESIGN_SESSIONS,
    DESIGN_REST,
    OFFICE,
    OFFICE_MESSAGES,
    OFFICE_SESSIONS,
    OFFICE_REST,
    SCIENCE,
    SCIENCE_MESSAGES,
    SCIENCE_DELEGATIONS,
    SCIENCE_JOBS,
    SCIENCE_SESSIONS,
    SCIENCE_REST,
    HAS_MORE,
    NEXT_PAGE,
    FIELD_COUNT
};

#define CORE "claude_code_metrics.core_metrics."
#define TOOLS "claude_code_metrics.tool_actions.*."

static const TmFieldRule fields[FIELD_COUNT] = {
    [USER_ID] = {"user.id", TM_FIELD_IDENTITY, "person, record key", "trusted second"},
    [EMAIL] = {"user.email_address", TM_FIELD_IDENTITY, "person", "trusted first"},
    [USER_TYPE] = {"user.type", TM_FIELD_IGNORED, "", ""},
    [LAST_ACTIVITY] = {"last_activity_date", TM_FIELD_READ, "day",
        "counts where the file's name has no date and all rows have the same"},
    [GROUP] = {"rbac_group_id", TM_FIELD_READ, "row kind",
        "set: refused, since access groups overlap"},
    [GROUP_NAME] = {"rbac_group_name", TM_FIELD_CONTENT, "", "a name given by people"},
    [GROUP_SIZE] = {"distinct_user_count", TM_FIELD_IGNORED, "", ""},
    [SEARCHES] = {"web_search_count", TM_FIELD_IGNORED, "", ""},
    [CODE] = {"claude_code_metrics", TM_FIELD_READ, "", "only whether it is there"},
    [CODE_SESSIONS] = {CORE "distinct_session_count", TM_FIELD_READ, "sessions, interactions",
        "without sessions, file actions count as one interaction"},
    [CODE_COMMITS] = {CORE "commit_count", TM_FIELD_IGNORED, "", ""},
    [CODE_REQUESTS] = {CORE "pull_request_count", TM_FIELD_IGNORED, "", ""},
    [CODE_LINES] = {CORE "lines_of_code", TM_FIELD_IGNORED, "", ""},
    [CODE_ACCEPTED] = {TOOLS "accepted_count", TM_FIELD_READ, "accepted", "sum over all tools"},
    [CODE_REJECTED] = {TOOLS "rejected_count", TM_FIELD_READ, "rejected", "sum over all tools"},
    [CHAT] = {"chat_metrics", TM_FIELD_READ, "label", "product:chat"},
    [CHAT_MESSAGES] = {"chat_metrics.message_count", TM_FIELD_READ, "messages, interactions", ""},
    [CHAT_SESSIONS] = {"chat_metrics.distinct_conversation_count", TM_FIELD_READ, "sessions",
        "a conversation of the day is taken for a session, marked as estimated"},
    [CHAT_REST] = {"chat_metrics.*", TM_FIELD_IGNORED, "", ""},
    [COWORK] = {"cowork_metrics", TM_FIELD_READ, "label", "product:cowork"},
    [COWORK_MESSAGES] = {"cowork_metrics.message_count", TM_FIELD_READ, "messages, interactions",
        ""},
    [COWORK_TURNS] = {"cowork_metrics.dispatch_turn_count", TM_FIELD_READ, "interactions", ""},
    [COWORK_ACTIONS] = {"cowork_metrics.action_count", TM_FIELD_READ, "interactions",
        "without other signs they count as one interaction"},
    [COWORK_SESSIONS] = {"cowork_metrics.distinct_session_count", TM_FIELD_READ, "sessions", ""},
    [COWORK_REST] = {"cowork_metrics.*", TM_FIELD_IGNORED, "", ""},
    [DESIGN] = {"design_metrics", TM_FIELD_READ, "label", "product:claude_design"},
    [DESIGN_MESSAGES] = {"design_metrics.message_count", TM_FIELD_READ, "messages, interactions",
        ""},
    [DESIGN_SESSIONS] = {"design_metrics.distinct_session_count", TM_FIELD_READ, "sessions", ""},
    [DESIGN_REST] = {"design_metrics.*", TM_FIELD_IGNORED, "", ""},
    [OFFICE] = {"office_metrics", TM_FIELD_READ, "label", "product:office_agent"},
    [OFFICE_MESSAGES] = {"office_metrics.*.message_count", TM_FIELD_READ, "messages, interactions",
        "sum over the programs"},
    [OFFICE_SESSIONS] = {"office_metrics.*.distinct_session_count", TM_FIELD_READ, "sessions",
        "sum over the programs"},
    [OFFICE_REST] = {"office_metrics.*.*", TM_FIELD_IGNORED, "", ""},
    [SCIENCE] = {"science_metrics", TM_FIELD_READ, "label", "product:science"},
    [SCIENCE_MESSAGES] = {"science_metrics.message_count", TM_FIELD_READ, "messages, interactions",
        ""},
    [SCIENCE_DELEGATIONS] = {"science_metrics.delegation_count", TM_FIELD_READ, "interactions",
        "runs of agents"},
    [SCIENCE_JOBS] = {"science_metrics.remote_compute_job_count", TM_FIELD_READ, "interactions",
        "without other signs they count as one interaction"},
    [SCIENCE_SESSIONS] = {"science_metrics.distinct_session_count", TM_FIELD_READ, "sessions", ""},
    [SCIENCE_REST] = {"science_metrics.*", TM_FIELD_IGNORED, "", ""},
    [HAS_MORE] = {"page.has_more", TM_FIELD_READ, "",
        "true without a further page: the export is incomplete"},
    [NEXT_PAGE] = {"page.next_page", TM_FIELD_READ, "", "counts where has_more is missing"},
};

static const TmFormat table = {"claude-enterprise-users", "Claude Enterprise, users (JSON)",
    &tm_sources[TM_SOURCE_CLAUDE_USERS], fields, FIELD_COUNT};

typedef enum Product {
    CODE_USE,
    CHAT_USE,
    COWORK_USE,
    DESIGN_USE,
    OFFICE_USE,
    SCIENCE_USE,
    PRODUCTS
} Product;

/* The fields of each product; those of the same role lie in one column. */
static const struct {
    const char *label;
    TmSurface surface;
    guint block, messages, sessions;
    guint runs;  /* these are interactions too */
    guint signs; /* these show use, without saying how much */
} products[PRODUCTS] = {
    [CODE_USE] = {NULL, TM_SURFACE_TERMINAL, CODE, FIELD_COUNT, CODE_SESSIONS, FIELD_COUNT,
        FIELD_COUNT},
    [CHAT_USE] = {"product:chat", TM_SURFACE_CHAT, CHAT, CHAT_MESSAGES, CHAT_SESSIONS, FIELD_COUNT,
        FIELD_COUNT},
    [COWORK_USE] = {"product:cowork", TM_SURFACE_AGENT, COWORK, COWORK_MESSAGES, COWORK_SESSIONS,
        COWORK_TURNS, COWORK_ACTIONS},
    [DESIGN_USE] = {"product:claude_design", TM_SURFACE_OTHER, DESIGN, DESIGN_MESSAGES,
        DESIGN_SESSIONS, FIELD_COUNT, FIELD_COUNT},
    [OFFICE_USE] = {"product:office_agent", TM_SURFACE_OTHER, OFFICE, OFFICE_MESSAGES,
        OFFICE_SESSIONS, FIELD_COUNT, FIELD_COUNT},
    [SCIENCE_USE] = {"product:science", TM_SURFACE_OTHER, SCIENCE, SCIENCE_MESSAGES,
        SCIENCE_SESSIONS, SCIENCE_DELEGATIONS, SCIENCE_JOBS},
};

typedef struct Use {
    gboolean present, has_actions;
    TmCount messages, sessions;
    gint64 runs, signs;
    gint64 accepted, rejected;
} Use;

typedef struct Row {
    gboolean bad;
    TmCell user, email, group; /* of the record; of the state's names once it is held */
    TmDay last_activity;
    guint64 line, column;
    Use uses[PRODUCTS];
} Row;

#define MOST_HELD 50000 /* rows of a file whose name has no date */

typedef struct State {
    gboolean begun;
    TmDay first, last; /* in the file's name; TM_DAY_NONE without any */
    Row row;
    GArray *held; /* Row, where the name has no date; else NULL */
    GStringChunk *names;
    gboolean too_many, group_reported;
    gboolean taken; /* something was handed over, and covers the day */
    TmAnthropicPages pages;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->row = (Row){.last_activity = TM_DAY_NONE};
    state->pages.wanted = FALSE;
}

/* ---- Members ----------------------------------------------------------------------------- */

static gboolean add_to(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *sum)
{
    TmCount count = {0};
    gboolean taken = tm_json_take_count(reading, rule, value, &count);
    *sum = MIN(*sum + count.value, TM_COUNT_LIMIT);
    return taken;
}

/* Adds to a count that may stand for several; a null leaves it unknown. */
static gboolean add_count(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *sum)
{
    TmCount count = {0};
    gboolean taken = tm_json_take_count(reading, rule, value, &count);
    sum->present |= count.present;
    sum->value = MIN(sum->value + count.value, TM_COUNT_LIMIT);
    return taken;
}

static gboolean take_use(Row *row, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    guint at = 0;
    while (at + 1 < PRODUCTS && field >= products[at + 1].block)
        at++;
    Use *use = &row->uses[at];
    if (field == products[at].block) {
        use->present = value->kind == TM_JSON_OBJECT;
        return TRUE;
    }
    if (field == products[at].messages)
        return add_count(reading, rule, value, &use->messages);
    if (field == products[at].sessions)
        return add_count(reading, rule, value, &use->sessions);
    if (field == products[at].runs)
        return add_to(reading, rule, value, &use->runs);
    if (field == products[at].signs)
        return add_to(reading, rule, value, &use->signs);
    use->has_actions = TRUE;
    return add_to(reading, rule, value, field == CODE_ACCEPTED ? &use->accepted : &use->rejected);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    Row *row = &state->row;
    if (field == HAS_MORE)
        tm_anthropic_page_more(&state->pages, value);
    else if (field == NEXT_PAGE)
        tm_anthropic_page_next(&state->pages, value);
    if (field >= HAS_MORE || row->bad)
        return;
    const TmFieldRule *rule = &fields[field];
    if (field == USER_ID)
        row->bad = !tm_json_take_text(reading, rule, value, &row->user);
    else if (field == EMAIL)
        row->bad = !tm_json_take_text(reading, rule, value, &row->email);
    else if (field == GROUP)
        row->bad = !tm_json_take_text(reading, rule, value, &row->group);
    else if (field == LAST_ACTIVITY)
        row->bad = !tm_json_take_day(reading, rule, value, &row->last_activity);
    else
        row->bad = !take_use(row, reading, field, value);
}

/* ---- Records ----------------------------------------------------------------------------- */

static gint64 count_interactions(const Use *use)
{
    gint64 interactions = use->messages.value + use->runs;
    gboolean sign = use->sessions.value > 0 || use->signs > 0 || use->accepted + use->rejected > 0;
    return interactions == 0 && sign ? 1 : interactions;
}

static void set_measures(Product product, const Use *use, TmMeasures *measures)
{
    gint64 interactions = count_interactions(use);
    if (product == CODE_USE)
        interactions = MAX(interactions, use->sessions.value);
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, interactions);
    if (use->sessions.present)
        tm_measures_set(measures, TM_MEASURE_SESSIONS, use->sessions.value);
    if (use->sessions.present && product == CHAT_USE)
        measures->estimated |= TM_MEASURE_BIT(TM_MEASURE_SESSIONS);
    if (use->messages.present)
        tm_measures_set(measures, TM_MEASURE_MESSAGES, use->messages.value);
    if (use->has_actions) {
        tm_measures_set(measures, TM_MEASURE_ACCEPTED, use->accepted);
        tm_measures_set(measures, TM_MEASURE_REJECTED, use->rejected);
    }
}

static void set_identity(const Row *row, TmRecord *record)
{
    if (row->email.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, row->email.text, row->email.length};
    if (row->user.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, row->user.text, row->user.length};
}

static guint64 record_key(const Row *row, TmDay first, TmDay last)
{
    TmCell person = row->user.length > 0 ? row->user : row->email;
    TmKeyHash hash = tm_key_integer(tm_key_integer(TM_KEY_START, first), last);
    return tm_key_end(tm_key_lower(hash, person.text, person.length));
}

/* A product without use is left out when another one was used. */
static gboolean is_worth_a_part(const Row *row, Product product)
{
    if (!row->uses[product].present)
        return FALSE;
    if (product == CODE_USE || count_interactions(&row->uses[product]) > 0)
        return TRUE;
    for (Product other = CHAT_USE; other < PRODUCTS; other++)
        if (count_interactions(&row->uses[other]) > 0 ||
            (other < product && row->uses[other].present))
            return FALSE;
    return TRUE;
}

static void hand_over(State *state, TmReading *reading, const Row *row, TmDay first, TmDay last)
{
    gboolean is_day = first == last, taken = FALSE;
    guint32 part = 0;
    TmRecord record = {
        .day = last, .instant = TM_INSTANT_NONE, .key = record_key(row, first, last)};
    if (is_day)
        set_identity(row, &record);
    record.service = !is_day;
    for (Product product = CODE_USE; product < PRODUCTS; product++) {
        if (!is_worth_a_part(row, product))
            continue;
        gboolean is_code = product == CODE_USE;
        record.source =
            is_code ? &tm_sources[is_day ? TM_SOURCE_CLAUDE_CODE_USERS
                                         : TM_SOURCE_CLAUDE_CODE_USERS_PERIODS]
                    : &tm_sources[is_day ? TM_SOURCE_CLAUDE_USERS : TM_SOURCE_CLAUDE_USERS_PERIODS];
        record.part = is_code ? 0 : part++;
        record.label = products[product].label;
        record.label_length = record.label != NULL ? strlen(record.label) : 0;
        record.surface = products[product].surface;
        record.measures = (TmMeasures){0};
        set_measures(product, &row->uses[product], &record.measures);
        tm_reading_take(reading, &record);
        taken = TRUE;
    }
    state->taken |= taken;
    if (!taken)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "chat_metrics", "no product in the row");
}

/* The day in the file's name cannot be that of a person who was last active before. */
static gboolean was_active_before(const Row *row, TmDay first)
{
    if (row->last_activity == TM_DAY_NONE || row->last_activity >= first)
        return FALSE;
    for (Product product = CODE_USE; product < PRODUCTS; product++)
        if (count_interactions(&row->uses[product]) > 0)
            return TRUE;
    return FALSE;
}

static void take_row(State *state, TmReading *reading, const Row *row, TmDay first, TmDay last)
{
    if (was_active_before(row, first))
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "last_activity_date",
            "earlier than the date in the file's name, which then is not the day of the data");
    else if (tm_reading_admits(reading, last, "last_activity_date"))
        hand_over(state, reading, row, first, last);
}

static TmCell keep(State *state, TmCell cell)
{
    if (cell.length == 0)
        return (TmCell){0};
    return (TmCell){
        g_string_chunk_insert_len(state->names, cell.text, (gssize)cell.length), cell.length};
}

static void hold(State *state, TmReading *reading)
{
    Row row = state->row;
    if (state->held->len == MOST_HELD) {
        if (!state->too_many)
            tm_reading_skip(reading, TM_KIND_TOO_LONG, NULL,
                "more than %d rows in a file whose name has no date: name it after its day",
                MOST_HELD);
        else
            reading->summary->rows_skipped++;
        state->too_many = TRUE;
        return;
    }
    row.user = keep(state, row.user);
    row.email = keep(state, row.email);
    row.group = (TmCell){0};
    row.line = reading->line;
    row.column = reading->column;
    g_array_append_val(state->held, row);
}

static void begin_file(State *state, TmReading *reading)
{
    tm_path_days(reading->path, &state->first, &state->last);
    if (state->first > state->last)
        state->first = state->last = TM_DAY_NONE;
    tm_reading_begin(reading, &table,
        state->first == TM_DAY_NONE   ? "day in the rows"
        : state->first == state->last ? "day"
                                      : "period");
    state->begun = TRUE;
    if (state->first != TM_DAY_NONE)
        return;
    state->held = g_array_new(FALSE, FALSE, sizeof(Row));
    state->names = g_string_chunk_new(4096);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const Row *row = &state->row;
    if (!state->begun)
        begin_file(state, reading);
    if (row->bad || tm_anthropic_is_grouped(reading, row->group, &state->group_reported))
        return TRUE;
    if (row->user.length == 0 && row->email.length == 0)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "user.id", "neither id nor e-mail");
    else if (state->held != NULL)
        hold(state, reading);
    else
        take_row(state, reading, row, state->first, state->last);
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading G_GNUC_UNUSED, gboolean closing)
{
    State *state = user;
    if (closing)
        tm_anthropic_page_closed(&state->pages);
}

/* The one date of last activity of all rows that are held; else none. */
static TmDay common_day(const GArray *held)
{
    TmDay day = held->len > 0 ? g_array_index(held, Row, 0).last_activity : TM_DAY_NONE;
    for (guint i = 1; i < held->len; i++)
        if (g_array_index(held, Row, i).last_activity != day)
            return TM_DAY_NONE;
    return day;
}

static void take_held(State *state, TmReading *reading)
{
    state->first = state->last = common_day(state->held);
    if (state->first == TM_DAY_NONE && state->held->len > 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "last_activity_date",
            "rows without a day: name the file after the day that it is of");
        reading->summary->rows_skipped += state->held->len - 1;
        return;
    }
    for (guint i = 0; i < state->held->len; i++) {
        const Row *row = &g_array_index(state->held, Row, i);
        reading->line = row->line;
        reading->column = row->column;
        take_row(state, reading, row, state->first, state->last);
    }
    reading->line = reading->column = 0;
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    if (state->held != NULL)
        take_held(state, reading);
    gboolean complete = tm_anthropic_pages_are_complete(&state->pages, reading);
    if (!complete || !state->taken || state->first != state->last)
        return;
    tm_reading_cover_source(
        reading, &tm_sources[TM_SOURCE_CLAUDE_CODE_USERS], state->first, state->last);
    tm_reading_cover_source(
        reading, &tm_sources[TM_SOURCE_CLAUDE_USERS], state->first, state->last);
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->held, g_array_unref);
    g_clear_pointer(&state->names, g_string_chunk_free);
}

static const char *const signatures[] = {
    "user|chat_metrics", "user|claude_code_metrics", "web_search_count|chat_metrics", NULL};

const TmJsonFormat tm_json_claude_enterprise_users = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
