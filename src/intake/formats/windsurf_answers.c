/*
 * Windsurf's analytics answers: Cascade by day and conversation, and queries that the caller made
 * up. An answer does not say whose it is, nor always of which days: a wrapper with the request in
 * front of the response does, or the name of the file. What nobody is named for is the team's and
 * stays apart.
 *
 * Numbers are texts, and one that is 0 is left out.
 */
#include <string.h>

#include "../loose_values.h"

/* The first fields of each kind of row stand for its beginning. */
enum {
    EMAIL,
    START,
    END,
    RESULT,
    RUN,
    RUN_DAY,
    CONVERSATION,
    MODEL,
    MODE,
    MESSAGES,
    PROMPTS,
    LINES,
    LINES_DAY,
    LINES_SHOWN,
    LINES_ACCEPTED,
    ITEM,
    KEY,
    DATE,
    ACCEPTANCES,
    CHATS,
    COMMANDS,
    ITEM_REST,
    REST,
    FIELD_COUNT
};

/* Both with and without the wrapper. */
#define RESULTS "queryResults[]"
#define ANSWER(path) RESULTS path "|response." RESULTS path
#define RUNS ".cascadeRuns.cascadeRuns[]"
#define OF_RUN(name) ANSWER(RUNS "." name)
#define OF_LINES(name) ANSWER(".cascadeLines.cascadeLines[]." name)
#define OF_ITEM(name) ANSWER(".responseItems[].item." name)

static const TmFieldRule fields[FIELD_COUNT] = {
    [EMAIL] = {"request.emails[]", TM_FIELD_IDENTITY, "person",
        "one address; or the file is called windsurf_KIND_ADDRESS_…; else the answer is the "
        "team's, which is shown apart"},
    [START] = {"request.start_timestamp", TM_FIELD_READ, "day",
        "for rows without a day; or the first date in the file's name"},
    [END] = {"request.end_timestamp", TM_FIELD_READ, "day", "the last one"},
    [RESULT] = {ANSWER(""), TM_FIELD_READ, "", "each is the answer to a query"},
    [RUN] = {ANSWER(RUNS), TM_FIELD_READ, "interactions", "at least one for each"},
    [RUN_DAY] = {OF_RUN("day"), TM_FIELD_READ, "day, record key", "UTC day"},
    [CONVERSATION] = {OF_RUN("cascadeId"), TM_FIELD_READ, "session, record key", ""},
    [MODEL] = {OF_RUN("model"), TM_FIELD_READ, "model, record key", ""},
    [MODE] = {OF_RUN("mode"), TM_FIELD_READ, "surface, record key", "write: agent; others: chat"},
    [MESSAGES] = {OF_RUN("messagesSent"), TM_FIELD_READ, "messages, requests, interactions", ""},
    [PROMPTS] = {OF_RUN("promptsUsed"), TM_FIELD_IGNORED, "",
        "hundredths of a credit, which is no currency"},
    [LINES] = {ANSWER(".cascadeLines.cascadeLines[]"), TM_FIELD_READ, "", ""},
    [LINES_DAY] = {OF_LINES("day"), TM_FIELD_READ, "day, record key", "UTC day"},
    [LINES_SHOWN] = {OF_LINES("linesSuggested"), TM_FIELD_READ, "shown",
        "lines, not suggestions: Cascade counts nothing else"},
    [LINES_ACCEPTED] = {OF_LINES("linesAccepted"), TM_FIELD_READ, "accepted",
        "lines, not suggestions"},
    [ITEM] = {ANSWER(".responseItems[].item"), TM_FIELD_READ, "",
        "items of one person and day add up within one query"},
    [KEY] = {OF_ITEM("api_key"), TM_FIELD_IDENTITY, "person",
        "hashed key; identities.csv tells whose"},
    [DATE] = {OF_ITEM("date"), TM_FIELD_READ, "day, record key", "UTC day"},
    [ACCEPTANCES] = {OF_ITEM("sum_num_acceptances") "|" OF_ITEM("num_acceptances"), TM_FIELD_READ,
        "interactions", "completions; how many were shown is not said"},
    [CHATS] = {OF_ITEM("sum_num_chats_received") "|" OF_ITEM("num_chats_received"), TM_FIELD_READ,
        "requests, interactions", "chat; answers stand for prompts, as an estimate"},
    [COMMANDS] = {OF_ITEM("sum_accepted"), TM_FIELD_READ, "interactions", "edit; accepted ones"},
    [ITEM_REST] = {OF_ITEM("*"), TM_FIELD_IGNORED, "", "other names and sums of the query"},
    [REST] = {ANSWER(".cascadeToolUsage") "|" ANSWER(".distinctUsersPerDay") "|request.*",
        TM_FIELD_IGNORED, "", "sums over the whole period"},
};

static const TmFormat table = {"windsurf-answers", "Windsurf analytics answers (JSON)",
    &tm_sources[TM_SOURCE_WINDSURF_CASCADE], fields, FIELD_COUNT};

typedef struct Row {
    guint kind; /* RUN, LINES, ITEM; 0: none */
    gboolean bad;
    TmDay day;
    TmCell conversation, model, mode, key;
    TmCount messages, shown, accepted, acceptances, chats, commands;
} Row;

static const TmLooseSlot slots[] = {
    {RUN_DAY, TM_LOOSE_DAY, offsetof(Row, day)},
    {CONVERSATION, TM_LOOSE_TEXT, offsetof(Row, conversation)},
    {MODEL, TM_LOOSE_TEXT, offsetof(Row, model)},
    {MODE, TM_LOOSE_TEXT, offsetof(Row, mode)},
    {MESSAGES, TM_LOOSE_COUNT, offsetof(Row, messages)},
    {LINES_DAY, TM_LOOSE_DAY, offsetof(Row, day)},
    {LINES_SHOWN, TM_LOOSE_COUNT, offsetof(Row, shown)},
    {LINES_ACCEPTED, TM_LOOSE_COUNT, offsetof(Row, accepted)},
    {KEY, TM_LOOSE_TEXT, offsetof(Row, key)},
    {DATE, TM_LOOSE_DAY, offsetof(Row, day)},
    {ACCEPTANCES, TM_LOOSE_COUNT, offsetof(Row, acceptances)},
    {CHATS, TM_LOOSE_COUNT, offsetof(Row, chats)},
    {COMMANDS, TM_LOOSE_COUNT, offsetof(Row, commands)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    gboolean begun, warned_team, warned_empty, reported_undated;
    Row row;
    guint emails;
    TmCell email; /* of the only person that the request names */
    TmDay first, last;
    GArray *items;       /* Row: sums of the query's items */
    GHashTable *by_hash; /* of key and day → place + 1 in items */
} State;

/* ---- Whose, and when ----------------------------------------------------------------------- */

/* "windsurf_KIND_ADDRESS_…": the address; empty without one. */
static TmCell address_in_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *at = g_ascii_strncasecmp(name, "windsurf_", 9) == 0 ? strchr(name + 9, '_') : NULL;
    const char *sign = at != NULL ? strchr(at, '@') : NULL;
    if (sign == NULL)
        return (TmCell){"", 0};
    gsize length = (gsize)(sign - at) - 1 + strcspn(sign, "_");
    TmCell address = {at + 1, length};
    return g_str_has_suffix(address.text, ".json") && address.text[length] == '\0'
               ? (TmCell){address.text, length - strlen(".json")}
               : address;
}

static void warn_team(State *state, TmReading *reading)
{
    if (!state->warned_team)
        tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "emails",
            "an answer that names nobody is the team's and stays apart: ask for one person and "
            "call the file windsurf_KIND_ADDRESS_START_END.json");
    state->warned_team = TRUE;
}

/* Sets whose record it is; TRUE when it is the team's. */
static gboolean set_identity(State *state, TmReading *reading, TmCell key, TmRecord *record)
{
    TmCell name = address_in_name(reading->path);
    if (key.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_API_KEY, key.text, key.length};
    else if (state->emails == 1)
        tm_loose_add_account(record, state->email);
    else if (state->emails == 0)
        tm_loose_add_account(record, name);
    record->service = record->identities == 0;
    if (record->service)
        warn_team(state, reading);
    return record->service;
}

static TmDay day_of_request(const TmJsonValue *value)
{
    gint64 instant;
    if (value->kind != TM_JSON_STRING)
        return TM_DAY_NONE;
    return tm_instant_parse(value->text, value->length, &instant)
               ? tm_instant_day(instant)
               : tm_day_parse(value->text, (gssize)value->length);
}

/* The day of rows that have none. A longer period is dated by its last day. FALSE: reported. */
static gboolean find_period(State *state, TmReading *reading, TmDay *day, gboolean *is_period)
{
    TmDay first = state->first, last = state->last;
    if (first == TM_DAY_NONE || last == TM_DAY_NONE)
        tm_path_days(reading->path, &first, &last);
    *day = last;
    *is_period = first != last;
    if (first != TM_DAY_NONE && first <= last)
        return TRUE;
    if (state->reported_undated)
        reading->summary->rows_skipped++;
    else
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date",
            "no day, here and below: ask for it, or name the days in the file's name");
    state->reported_undated = TRUE;
    return FALSE;
}

/* ---- Cascade ------------------------------------------------------------------------------- */

static gboolean ends_with(TmCell cell, const char *ending)
{
    gsize length = strlen(ending);
    return cell.length >= length &&
           tm_cell_equals((TmCell){cell.text + cell.length - length, length}, ending);
}

static gboolean begin_day(State *state, TmReading *reading, const char *field, TmRecord *record)
{
    record->day = state->row.day;
    record->instant = TM_INSTANT_NONE;
    if (record->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, field, "no day");
        return FALSE;
    }
    if (!tm_reading_admits(reading, record->day, field))
        return FALSE;
    gboolean of_team = set_identity(state, reading, (TmCell){"", 0}, record);
    record->source = &tm_sources[of_team ? TM_SOURCE_WINDSURF_TEAM : TM_SOURCE_WINDSURF_CASCADE];
    return TRUE;
}

static void take_run(State *state, TmReading *reading)
{
    const Row *row = &state->row;
    TmRecord record = {0};
    if (row->conversation.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "cascadeId", "no conversation");
        return;
    }
    if (!begin_day(state, reading, "day", &record))
        return;
    TmKeyHash hash = tm_key_text(TM_KEY_START, row->conversation.text, row->conversation.length);
    record.session = tm_key_end(hash);
    hash = tm_key_integer(hash, record.day);
    hash = tm_key_text(hash, row->model.text, row->model.length);
    record.key = tm_key_end(tm_key_text(hash, row->mode.text, row->mode.length));
    gboolean has_model = row->model.length > 0 && !tm_cell_equals(row->model, "UNKNOWN");
    record.model = has_model ? row->model.text : NULL;
    record.model_length = has_model ? row->model.length : 0;
    record.surface = ends_with(row->mode, "_DEFAULT") ? TM_SURFACE_AGENT
                     : ends_with(row->mode, "_READ_ONLY") || ends_with(row->mode, "_NO_TOOL")
                         ? TM_SURFACE_CHAT
                         : TM_SURFACE_UNKNOWN;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, MAX(row->messages.value, 1));
    tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, row->messages.value);
    tm_measures_set(&record.measures, TM_MEASURE_MESSAGES, row->messages.value);
    tm_reading_take(reading, &record);
}

static void take_lines(State *state, TmReading *reading)
{
    TmRecord record = {.surface = TM_SURFACE_AGENT};
    if (!begin_day(state, reading, "day", &record))
        return;
    record.key = tm_key_end(tm_key_integer(tm_key_text(TM_KEY_START, "lines", 5), record.day));
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 0);
    tm_measures_set(&record.measures, TM_MEASURE_SHOWN, state->row.shown.value);
    tm_measures_set(&record.measures, TM_MEASURE_ACCEPTED, state->row.accepted.value);
    tm_reading_take(reading, &record);
}

/* ---- Queries ------------------------------------------------------------------------------- */

static void add_count(TmCount *sum, TmCount count)
{
    sum->present |= count.present;
    sum->value = MIN(sum->value + count.value, TM_COUNT_LIMIT);
}

/* Queries may be broken down by language, editor, hour: what the caller did not ask for is none. */
static void add_item(State *state, TmReading *reading)
{
    const Row *row = &state->row;
    if (!row->acceptances.present && !row->chats.present && !row->commands.present) {
        if (!state->warned_empty)
            tm_reading_warn(reading, TM_KIND_DOUBTFUL_VALUE, "responseItems",
                "items without num_acceptances, num_chats_received or accepted tell of no use");
        state->warned_empty = TRUE;
        return;
    }
    guint64 hash = tm_key_end(
        tm_key_integer(tm_key_text(TM_KEY_START, row->key.text, row->key.length), row->day));
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(state->by_hash, &hash));
    if (place == 0) {
        g_array_append_val(state->items, *row);
        g_hash_table_insert(
            state->by_hash, g_memdup2(&hash, sizeof hash), GUINT_TO_POINTER(state->items->len));
        return;
    }
    Row *sum = &g_array_index(state->items, Row, place - 1);
    add_count(&sum->acceptances, row->acceptances);
    add_count(&sum->chats, row->chats);
    add_count(&sum->commands, row->commands);
}

static const struct {
    gsize offset;
    TmSurface surface;
    gboolean answers; /* what is counted are answers of models */
} families[] = {
    {offsetof(Row, acceptances), TM_SURFACE_COMPLETION, FALSE},
    {offsetof(Row, chats), TM_SURFACE_CHAT, TRUE},
    {offsetof(Row, commands), TM_SURFACE_EDIT, FALSE},
};

/* One record for each kind of use, so that answers to several queries meet. */
static void take_item(State *state, TmReading *reading, const Row *item)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = item->day};
    gboolean is_period = FALSE;
    if ((item->day == TM_DAY_NONE && !find_period(state, reading, &record.day, &is_period)) ||
        !tm_reading_admits(reading, record.day, "date"))
        return;
    gboolean apart = set_identity(state, reading, item->key, &record) || is_period;
    record.source = &tm_sources[apart ? TM_SOURCE_WINDSURF_TEAM : TM_SOURCE_WINDSURF_QUERIES];
    if (is_period)
        record.identities = 0;
    record.service = apart;
    for (guint i = 0; i < G_N_ELEMENTS(families); i++) {
        const TmCount *count =
            (const TmCount *)(gconstpointer)((const char *)item + families[i].offset);
        if (!count->present)
            continue;
        TmKeyHash hash = tm_key_integer(tm_key_integer(TM_KEY_START, record.day), i);
        record.key = tm_key_end(tm_key_text(hash, item->key.text, item->key.length));
        record.surface = families[i].surface;
        record.measures = (TmMeasures){0};
        tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, count->value);
        if (families[i].answers) {
            tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, count->value);
            record.measures.estimated = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
        }
        tm_reading_take(reading, &record);
    }
}

/* ---- The record ---------------------------------------------------------------------------- */

/* A row ends where the next one begins. */
static void finish_row(State *state, TmReading *reading)
{
    const Row *row = &state->row;
    if (!row->bad && row->kind == RUN)
        take_run(state, reading);
    else if (!row->bad && row->kind == LINES)
        take_lines(state, reading);
    else if (!row->bad && row->kind == ITEM)
        add_item(state, reading);
    state->row = (Row){0};
    tm_loose_begin(&loose, &state->row);
}

static void finish_query(State *state, TmReading *reading)
{
    finish_row(state, reading);
    for (guint i = 0; i < state->items->len; i++)
        take_item(state, reading, &g_array_index(state->items, Row, i));
    g_array_set_size(state->items, 0);
    g_hash_table_remove_all(state->by_hash);
}

static void begin_record(gpointer user)
{
    State *state = user;
    if (state->items == NULL) {
        state->items = g_array_new(FALSE, FALSE, sizeof(Row));
        state->by_hash = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    }
    g_array_set_size(state->items, 0);
    g_hash_table_remove_all(state->by_hash);
    state->row = (Row){0};
    tm_loose_begin(&loose, &state->row);
    state->emails = 0;
    state->first = state->last = TM_DAY_NONE;
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (field == EMAIL && value->kind == TM_JSON_STRING) {
        state->email = tm_cell_trim((TmCell){value->text, value->length});
        state->emails++;
    } else if (field == START) {
        state->first = day_of_request(value);
    } else if (field == END) {
        state->last = day_of_request(value);
    } else if (field == RESULT) {
        finish_query(state, reading);
    } else if (field == RUN || field == LINES || field == ITEM) {
        finish_row(state, reading);
        state->row.kind = value->kind == TM_JSON_OBJECT ? field : 0;
    } else if (!state->row.bad) {
        state->row.bad = !tm_loose_take(&loose, reading, field, value, &state->row);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    finish_query(state, reading);
    return TRUE;
}

static void clear(gpointer user)
{
    State *state = user;
    g_clear_pointer(&state->items, g_array_unref);
    g_clear_pointer(&state->by_hash, g_hash_table_unref);
}

static const char *const signatures[] = {"queryResults", "request|response", NULL};

const TmJsonFormat tm_json_windsurf_answers = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .clear = clear,
};
