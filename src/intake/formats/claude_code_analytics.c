/*
 * Claude Code Analytics: one record for each day, actor, customer and subscription type, terminal,
 * and local or remote use. Sessions and file actions belong to the record, tokens and money to its
 * models: the first part of a record carries both, each further part one more model.
 *
 * Money is the vendor's estimate at list price, in cents. For customers who pay as they go it
 * stands for what is billed, for subscribers it is list value.
 */
#include "../formats.h"
#include "../json_values.h"

enum {
    DATE,
    ACTOR_TYPE,
    EMAIL,
    API_KEY,
    ORGANISATION,
    CUSTOMER,
    SUBSCRIPTION,
    TERMINAL,
    REMOTE,
    SESSIONS,
    LINES_ADDED,
    LINES_REMOVED,
    COMMITS,
    PULL_REQUESTS,
    ACTIONS,
    ACCEPTED,
    REJECTED,
    ENTRY,
    MODEL,
    INPUT,
    OUTPUT,
    CACHE_READ,
    CACHE_WRITE,
    CURRENCY,
    AMOUNT,
    HAS_MORE,
    NEXT_PAGE,
    FIELD_COUNT
};

#define TOKENS "model_breakdown[].tokens."
#define CORE "core_metrics."

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"date", TM_FIELD_READ, "day, record key", "midnight UTC of the day"},
    [ACTOR_TYPE] = {"actor.type", TM_FIELD_READ, "service", "api_actor: a key, no person"},
    [EMAIL] = {"actor.email_address", TM_FIELD_IDENTITY, "person, record key", ""},
    [API_KEY] = {"actor.api_key_name", TM_FIELD_IDENTITY, "person, record key",
        "name of a key; identities.csv may give it to a person"},
    [ORGANISATION] = {"organization_id", TM_FIELD_READ, "record key", ""},
    [CUSTOMER] = {"customer_type", TM_FIELD_READ, "metered, list_value, record key",
        "api: metered; anything else: list value"},
    [SUBSCRIPTION] = {"subscription_type", TM_FIELD_READ, "record key", ""},
    [TERMINAL] = {"terminal_type", TM_FIELD_READ, "record key", ""},
    [REMOTE] = {"is_remote", TM_FIELD_READ, "surface, record key",
        "cloud sessions are agent use, others terminal; absent in older exports: local"},
    [SESSIONS] = {CORE "num_sessions", TM_FIELD_READ, "sessions, interactions",
        "without sessions, tokens or file actions count as one interaction"},
    [LINES_ADDED] = {CORE "lines_of_code.added", TM_FIELD_IGNORED, "", ""},
    [LINES_REMOVED] = {CORE "lines_of_code.removed", TM_FIELD_IGNORED, "", ""},
    [COMMITS] = {CORE "commits_by_claude_code", TM_FIELD_IGNORED, "", ""},
    [PULL_REQUESTS] = {CORE "pull_requests_by_claude_code", TM_FIELD_IGNORED, "", ""},
    [ACTIONS] = {"tool_actions", TM_FIELD_READ, "accepted, rejected",
        "an empty object means none; sums over all tools in it"},
    [ACCEPTED] = {"tool_actions.*.accepted", TM_FIELD_READ, "accepted", ""},
    [REJECTED] = {"tool_actions.*.rejected", TM_FIELD_READ, "rejected", ""},
    [ENTRY] = {"model_breakdown[]", TM_FIELD_READ, "part", "one part for each model"},
    [MODEL] = {"model_breakdown[].model", TM_FIELD_READ, "model", ""},
    [INPUT] = {TOKENS "input", TM_FIELD_READ, "input_tokens", "without cached input"},
    [OUTPUT] = {TOKENS "output", TM_FIELD_READ, "output_tokens", ""},
    [CACHE_READ] = {TOKENS "cache_read", TM_FIELD_READ, "cache_read_tokens", ""},
    [CACHE_WRITE] = {TOKENS "cache_creation", TM_FIELD_READ, "cache_write_tokens", ""},
    [CURRENCY] = {"model_breakdown[].estimated_cost.currency", TM_FIELD_READ, "",
        "amounts in other currencies than USD are left out"},
    [AMOUNT] = {"model_breakdown[].estimated_cost.amount", TM_FIELD_READ, "metered, list_value",
        "cents, perhaps with a fraction; an estimate at list price"},
    [HAS_MORE] = {"page.has_more", TM_FIELD_READ, "",
        "true without a further page of that day: the export is incomplete"},
    [NEXT_PAGE] = {"page.next_page", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"claude-code-analytics", "Claude Code Analytics (JSON)",
    &tm_sources[TM_SOURCE_CLAUDE_CODE_ANALYTICS], fields, FIELD_COUNT};

#define MOST_MODELS 1000 /* of one record */

typedef struct Model {
    TmCell name, currency;
    TmMeasures tokens;
    TmCount cost; /* micro-units */
} Model;

typedef struct State {
    gboolean begun;
    gboolean has_more;    /* of the page being read */
    gboolean more_wanted; /* a page said so, and no record of its day came since */
    TmDay last_day;       /* of the last record */
    gboolean bad;         /* the record was reported; the rest of it is dropped */
    TmDay day;
    TmCell actor, email, key, organisation, customer, subscription, terminal;
    gboolean remote;
    TmCount sessions;
    gboolean has_actions;
    gint64 accepted, rejected;
    GArray *models; /* Model */
} State;

static const struct {
    guint field;
    TmMeasure measure;
} token_fields[] = {
    {INPUT, TM_MEASURE_INPUT_TOKENS},
    {OUTPUT, TM_MEASURE_OUTPUT_TOKENS},
    {CACHE_READ, TM_MEASURE_CACHE_READ_TOKENS},
    {CACHE_WRITE, TM_MEASURE_CACHE_WRITE_TOKENS},
};

static void begin_record(gpointer user)
{
    State *state = user;
    GArray *models =
        state->models != NULL ? state->models : g_array_new(FALSE, TRUE, sizeof(Model));
    g_array_set_size(models, 0);
    *state = (State){.begun = state->begun,
        .has_more = state->has_more,
        .more_wanted = state->more_wanted,
        .last_day = state->last_day,
        .day = TM_DAY_NONE,
        .models = models};
}

static gboolean take_action(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *sum)
{
    TmCount count = {0};
    if (!tm_json_take_count(reading, rule, value, &count))
        return FALSE;
    if (*sum > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, tm_field_name(rule), "a sum cannot be so");
        return FALSE;
    }
    *sum += count.value;
    return TRUE;
}

static gboolean take_model_field(State *state, TmReading *reading, guint field,
    const TmFieldRule *rule, const TmJsonValue *value)
{
    if (field == ENTRY && state->models->len == MOST_MODELS) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, tm_field_name(rule),
            "more than %d models in a record", MOST_MODELS);
        return FALSE;
    }
    if (field == ENTRY) {
        g_array_set_size(state->models, state->models->len + 1);
        return TRUE;
    }
    Model *model = &g_array_index(state->models, Model, state->models->len - 1);
    TmCount count = {0};
    if (field == MODEL)
        return tm_json_take_text(reading, rule, value, &model->name);
    if (field == CURRENCY)
        return tm_json_take_text(reading, rule, value, &model->currency);
    if (field == AMOUNT)
        return tm_json_take_hundredths(reading, rule, value, &model->cost);
    if (!tm_json_take_count(reading, rule, value, &count))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(token_fields); i++)
        if (token_fields[i].field == field && count.present)
            tm_measures_set(&model->tokens, token_fields[i].measure, count.value);
    return TRUE;
}

static gboolean take_field(State *state, TmReading *reading, guint field, const TmFieldRule *rule,
    const TmJsonValue *value)
{
    switch (field) {
    case DATE:
        return tm_json_take_day(reading, rule, value, &state->day);
    case ACTOR_TYPE:
        return tm_json_take_text(reading, rule, value, &state->actor);
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &state->email);
    case API_KEY:
        return tm_json_take_text(reading, rule, value, &state->key);
    case ORGANISATION:
        return tm_json_take_text(reading, rule, value, &state->organisation);
    case CUSTOMER:
        return tm_json_take_text(reading, rule, value, &state->customer);
    case SUBSCRIPTION:
        return tm_json_take_text(reading, rule, value, &state->subscription);
    case TERMINAL:
        return tm_json_take_text(reading, rule, value, &state->terminal);
    case REMOTE:
        return tm_json_take_truth(reading, rule, value, &state->remote);
    case SESSIONS:
        return tm_json_take_count(reading, rule, value, &state->sessions);
    case ACTIONS:
        state->has_actions = value->kind == TM_JSON_OBJECT;
        return TRUE;
    case ACCEPTED:
        return take_action(reading, rule, value, &state->accepted);
    case REJECTED:
        return take_action(reading, rule, value, &state->rejected);
    default:
        return take_model_field(state, reading, field, rule, value);
    }
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field == HAS_MORE)
        state->has_more = value->kind == TM_JSON_BOOLEAN && value->truth;
    else if (!state->bad)
        state->bad = !take_field(state, reading, field, &fields[field], value);
}

/* Whose record it is. FALSE when it was reported. */
static gboolean set_identity(const State *state, TmReading *reading, TmRecord *record)
{
    gboolean is_key = tm_cell_equals(state->actor, "api_actor");
    if (!is_key && !tm_cell_equals(state->actor, "user_actor")) {
        gboolean missing = state->actor.length == 0;
        tm_reading_skip(reading, missing ? TM_KIND_MISSING_FIELD : TM_KIND_UNKNOWN_FORMAT,
            "actor.type", missing ? "no actor" : "neither user_actor nor api_actor");
        return FALSE;
    }
    TmCell name = is_key ? state->key : state->email;
    if (name.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD,
            is_key ? "actor.api_key_name" : "actor.email_address", "the actor has no name");
        return FALSE;
    }
    record->service = is_key;
    record->identity[0] =
        (TmIdentity){is_key ? TM_IDENTITY_API_KEY : TM_IDENTITY_EMAIL, name.text, name.length};
    record->identities = 1;
    return TRUE;
}

static guint64 record_key(const State *state, const TmRecord *record)
{
    const TmIdentity *identity = &record->identity[0];
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record->day);
    hash = tm_key_integer(hash, identity->kind);
    hash = tm_key_lower(hash, identity->value, identity->length);
    hash = tm_key_lower(hash, state->organisation.text, state->organisation.length);
    hash = tm_key_lower(hash, state->customer.text, state->customer.length);
    hash = tm_key_lower(hash, state->subscription.text, state->subscription.length);
    hash = tm_key_text(hash, state->terminal.text, state->terminal.length);
    return tm_key_end(tm_key_integer(hash, state->remote));
}

static gboolean has_tokens(const State *state)
{
    for (guint i = 0; i < state->models->len; i++)
        for (guint j = 0; j < G_N_ELEMENTS(token_fields); j++)
            if (g_array_index(state->models, Model, i).tokens.value[token_fields[j].measure] > 0)
                return TRUE;
    return FALSE;
}

static void set_activity(const State *state, TmMeasures *measures)
{
    gint64 interactions = state->sessions.value;
    if (interactions == 0 && (has_tokens(state) || state->accepted + state->rejected > 0))
        interactions = 1;
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, interactions);
    if (state->sessions.present)
        tm_measures_set(measures, TM_MEASURE_SESSIONS, state->sessions.value);
    if (state->has_actions) {
        tm_measures_set(measures, TM_MEASURE_ACCEPTED, state->accepted);
        tm_measures_set(measures, TM_MEASURE_REJECTED, state->rejected);
    }
}

/* One model's tokens and money, on top of what the part has. */
static void add_model(const State *state, TmReading *reading, const Model *model, TmRecord *record)
{
    record->model = model->name.length > 0 ? model->name.text : NULL;
    record->model_length = model->name.length;
    for (guint i = 0; i < G_N_ELEMENTS(token_fields); i++)
        if (model->tokens.present & TM_MEASURE_BIT(token_fields[i].measure))
            tm_measures_set(&record->measures, token_fields[i].measure,
                model->tokens.value[token_fields[i].measure]);
    if (!model->cost.present)
        return;
    if (!tm_cell_equals(model->currency, "USD")) {
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, tm_field_name(&fields[CURRENCY]),
            "not USD: the amount of this model is left out");
        return;
    }
    TmMeasure measure =
        tm_cell_equals(state->customer, "api") ? TM_MEASURE_METERED : TM_MEASURE_LIST_VALUE;
    tm_measures_set(&record->measures, measure, model->cost.value);
    record->measures.estimated |= TM_MEASURE_BIT(measure);
}

static void warn_incomplete(TmReading *reading)
{
    tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "has_more",
        "a page says that its day has more, and the next page is not here");
}

/* After a page that has more, a record of the same day must follow. */
static void check_pages(State *state, TmReading *reading)
{
    if (state->more_wanted && state->day != state->last_day)
        warn_incomplete(reading);
    state->more_wanted = FALSE;
    state->last_day = state->day;
}

static void hand_over(State *state, TmReading *reading, TmRecord *record)
{
    set_activity(state, &record->measures);
    for (guint i = 0; i < MAX(state->models->len, 1); i++) {
        record->part = i;
        if (i < state->models->len)
            add_model(state, reading, &g_array_index(state->models, Model, i), record);
        tm_reading_take(reading, record);
        record->measures = (TmMeasures){0};
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmRecord record = {.instant = TM_INSTANT_NONE};
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->bad)
        return TRUE;
    if (state->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no date");
        return TRUE;
    }
    check_pages(state, reading);
    record.day = state->day;
    record.surface = state->remote ? TM_SURFACE_AGENT : TM_SURFACE_TERMINAL;
    if (!set_identity(state, reading, &record) || !tm_reading_admits(reading, record.day, "date"))
        return TRUE;
    record.key = record_key(state, &record);
    hand_over(state, reading, &record);
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading G_GNUC_UNUSED, gboolean closing)
{
    State *state = user;
    if (!closing)
        return;
    state->more_wanted = state->has_more;
    state->has_more = FALSE;
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    if (state->more_wanted)
        warn_incomplete(reading);
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->models, g_array_unref);
}

static const char *const signatures[] = {"actor|core_metrics|model_breakdown", NULL};

const TmJsonFormat tm_json_claude_code_analytics = {
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
