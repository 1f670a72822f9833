/*
 * Copilot's list of seats. The same person may have several, one for each organisation or team that
 * grants it: one of them counts, that with the newest activity. So seats are held until the end of
 * the file. The list does not say of which day it is: the file's name does, else its time.
 */
#include "../formats.h"
#include "../json_values.h"

enum {
    ID,
    LOGIN,
    EMAIL,
    ASSIGNEE_NAME,
    ASSIGNEE_REST,
    CREATED,
    CANCELLED,
    LAST_ACTIVITY,
    PLAN,
    TEAM,
    ORGANISATION,
    NOT_USED,
    TOTAL,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"assignee.id", TM_FIELD_IDENTITY, "person", "seats of one id are one seat"},
    [LOGIN] = {"assignee.login", TM_FIELD_IDENTITY, "person", ""},
    [EMAIL] = {"assignee.email", TM_FIELD_IDENTITY, "person", "where present, trusted first"},
    [ASSIGNEE_NAME] = {"assignee.name", TM_FIELD_CONTENT, "", ""},
    [ASSIGNEE_REST] = {"assignee.*", TM_FIELD_IGNORED, "", ""},
    [CREATED] = {"created_at", TM_FIELD_READ, "seat's first day", "UTC day"},
    [CANCELLED] = {"pending_cancellation_date", TM_FIELD_READ, "seat's last day",
        "a day or an instant"},
    [LAST_ACTIVITY] = {"last_activity_at", TM_FIELD_READ, "",
        "only to choose among the seats of one person"},
    [PLAN] = {"plan_type", TM_FIELD_READ, "plan", ""},
    [TEAM] = {"assigning_team", TM_FIELD_CONTENT, "", "names given by people"},
    [ORGANISATION] = {"organization", TM_FIELD_IGNORED, "", ""},
    [NOT_USED] = {"updated_at|last_activity_editor|last_authenticated_at", TM_FIELD_IGNORED, "",
        ""},
    [TOTAL] = {"page.total_seats", TM_FIELD_IGNORED, "", "over all pages"},
};

static const TmFormat table = {"copilot-seats", "Copilot seats (JSON)",
    &tm_sources[TM_SOURCE_COPILOT_SEATS], fields, FIELD_COUNT};

/* Seats held at most; more are left out. */
#define MOST_SEATS 500000

typedef struct Seat {
    const char *id, *login, *email, *plan; /* texts of the state; "" if not there */
    TmDay created, ends;
    gint64 last_activity; /* TM_INSTANT_NONE: none, the oldest */
} Seat;

/* The seat being read. Cells point into the record. */
typedef struct Row {
    gboolean bad;
    TmCell id, login, email, plan;
    TmDay created, ends;
    gint64 last_activity;
} Row;

typedef struct State {
    gboolean begun;
    guint64 empty, empty_line; /* seats of nobody, and the first one */
    Row row;
    GStringChunk *texts;
    GArray *seats;          /* Seat */
    GHashTable *by_account; /* "i" and id, or "l" and login → place + 1 */
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->row =
        (Row){.created = TM_DAY_NONE, .ends = TM_DAY_FOREVER, .last_activity = TM_INSTANT_NONE};
    if (state->seats != NULL)
        return;
    state->texts = g_string_chunk_new(65536);
    state->seats = g_array_new(FALSE, FALSE, sizeof(Seat));
    state->by_account = g_hash_table_new(g_str_hash, g_str_equal);
}

/* Digits, as a number or as text. */
static gboolean take_id(TmReading *reading, const TmJsonValue *value, TmCell *cell)
{
    gint64 id;
    if (value->kind != TM_JSON_NUMBER)
        return tm_json_take_text(reading, &fields[ID], value, cell);
    if (!tm_integer_parse(value->text, value->length, &id)) {
        tm_reading_skip(reading, TM_KIND_BAD_NUMBER, "assignee.id", "a whole number is wanted");
        return FALSE;
    }
    *cell = (TmCell){value->text, value->length};
    return TRUE;
}

static gboolean take_instant(TmReading *reading, const TmJsonValue *value, gint64 *instant)
{
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind == TM_JSON_STRING && tm_instant_parse(value->text, value->length, instant))
        return TRUE;
    *instant = TM_INSTANT_NONE;
    tm_reading_skip(reading, TM_KIND_BAD_DATE, "last_activity_at", "not an instant with its zone");
    return FALSE;
}

static gboolean take_value(Row *row, TmReading *reading, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &fields[field];
    switch (field) {
    case ID:
        return take_id(reading, value, &row->id);
    case LOGIN:
        return tm_json_take_text(reading, rule, value, &row->login);
    case EMAIL:
        return tm_json_take_text(reading, rule, value, &row->email);
    case PLAN:
        return tm_json_take_text(reading, rule, value, &row->plan);
    case CREATED:
        return tm_json_take_day(reading, rule, value, &row->created);
    case CANCELLED:
        return tm_json_take_day(reading, rule, value, &row->ends);
    default:
        return take_instant(reading, value, &row->last_activity);
    }
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (!state->row.bad)
        state->row.bad = !take_value(&state->row, reading, field, value);
}

static const char *keep(State *state, TmCell cell)
{
    if (cell.length == 0)
        return "";
    g_autofree char *text = g_strndup(cell.text, cell.length);
    return g_string_chunk_insert_const(state->texts, text);
}

/* The seat of the same account, or a new one; NULL when there are too many: reported. */
static Seat *find_seat(State *state, TmReading *reading, gboolean *is_new)
{
    const Row *row = &state->row;
    gboolean has_id = row->id.length > 0;
    TmCell account = has_id ? row->id : row->login;
    g_autofree char *text = g_strndup(account.text, account.length);
    g_autofree char *lower = g_ascii_strdown(text, -1);
    g_autofree char *key = g_strconcat(has_id ? "i" : "l", lower, NULL);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(state->by_account, key));
    *is_new = place == 0;
    if (place > 0)
        return &g_array_index(state->seats, Seat, place - 1);
    if (state->seats->len == MOST_SEATS) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, "assignee", "more than %u seats", MOST_SEATS);
        return NULL;
    }
    g_array_set_size(state->seats, state->seats->len + 1);
    char *kept = g_string_chunk_insert(state->texts, key);
    g_hash_table_insert(state->by_account, kept, GUINT_TO_POINTER(state->seats->len));
    return &g_array_index(state->seats, Seat, state->seats->len - 1);
}

static void hold_seat(State *state, TmReading *reading)
{
    const Row *row = &state->row;
    gboolean is_new;
    Seat *seat = find_seat(state, reading, &is_new);
    if (seat == NULL || (!is_new && row->last_activity <= seat->last_activity))
        return;
    *seat = (Seat){.id = keep(state, row->id),
        .login = keep(state, row->login),
        .email = keep(state, row->email),
        .plan = keep(state, row->plan),
        .created = row->created,
        .ends = row->ends,
        .last_activity = row->last_activity};
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const Row *row = &state->row;
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (row->bad)
        return TRUE;
    if (row->id.length == 0 && row->login.length == 0) {
        if (state->empty++ == 0)
            state->empty_line = reading->line;
        return TRUE;
    }
    hold_seat(state, reading);
    return TRUE;
}

static void add_identity(TmSeat *seat, TmIdentityKind kind, const char *text)
{
    if (*text != '\0' && seat->identities < TM_RECORD_IDENTITIES)
        seat->identity[seat->identities++] = (TmIdentity){kind, text, strlen(text)};
}

static void hand_over(const Seat *held, TmDay listed, TmReading *reading)
{
    TmSeat seat = {.source = table.source,
        .listed = listed,
        .created = held->created,
        .ends = held->ends,
        .plan = *held->plan != '\0' ? held->plan : NULL,
        .plan_length = strlen(held->plan)};
    add_identity(&seat, TM_IDENTITY_EMAIL, held->email);
    if (*held->email == '\0' || *held->login == '\0')
        add_identity(&seat, TM_IDENTITY_USER_ID, held->id);
    add_identity(&seat, TM_IDENTITY_LOGIN, held->login);
    tm_reading_take_seat(reading, &seat);
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    TmDay listed = tm_reading_export_day(reading);
    for (guint i = 0; state->seats != NULL && i < state->seats->len; i++)
        hand_over(&g_array_index(state->seats, Seat, i), listed, reading);
    TmPlace place = {.file = reading->path, .line = state->empty_line, .field = "assignee"};
    if (state->empty > 0)
        tm_diagnostics_report(reading->diagnostics, TM_KIND_NOTE_FILE, &place,
            "%" G_GUINT64_FORMAT " seats of nobody from here on, left out", state->empty);
}

static void clear(gpointer user)
{
    State *state = user;
    if (state->seats == NULL)
        return;
    g_hash_table_unref(state->by_account);
    g_array_unref(state->seats);
    g_string_chunk_free(state->texts);
}

static const char *const signatures[] = {"assignee|created_at", "assignee|last_activity_at",
    "assignee|assigning_team", "assignee|pending_cancellation_date", NULL};

const TmJsonFormat tm_json_copilot_seats = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
    .clear = clear,
};
