/*
 * Cursor's members (Admin API, JSON): a list of seats. It does not say of which day it is: the
 * file's name does, else its time. Who left and administrators without a paid seat hold none.
 */
#include "cursor_walk.h"

enum { EMAIL, ID, ROLE, REMOVED, NAME, FIELD_COUNT };

static const TmFieldRule fields[FIELD_COUNT] = {
    [EMAIL] = {"email", TM_FIELD_IDENTITY, "person", "trusted first"},
    [ID] = {"id|userId", TM_FIELD_IDENTITY, "person", "missing from old answers"},
    [ROLE] = {"role", TM_FIELD_READ, "seat", "free-owner: no seat"},
    [REMOVED] = {"isRemoved", TM_FIELD_READ, "seat",
        "true: no seat; missing from old answers, which have only members"},
    [NAME] = {"name", TM_FIELD_CONTENT, "", "a person's name"},
};

static const TmFormat table = {"cursor-members", "Cursor team members (JSON)",
    &tm_sources[TM_SOURCE_CURSOR_MEMBERS], fields, FIELD_COUNT};

typedef struct State {
    gboolean begun, removed;
    TmCell email, id, role;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    *state = (State){.begun = state->begun};
}

static gboolean take_field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    const TmFieldRule *rule = &fields[field];
    if (field == REMOVED)
        return tm_json_take_truth(reading, rule, value, &state->removed);
    if (field == ID)
        return tm_cursor_take_id(reading, rule, value, &state->id);
    return tm_json_take_text(reading, rule, value, field == EMAIL ? &state->email : &state->role);
}

static gboolean walk(gpointer user, TmReading *reading, TmJsonRecord *record)
{
    return tm_cursor_walk(&table, record, reading, take_field, user);
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    TmSeat seat = {.source = table.source, .created = TM_DAY_NONE, .ends = TM_DAY_FOREVER};
    if (!state->begun)
        tm_reading_begin(reading, &table, NULL);
    state->begun = TRUE;
    if (state->removed || tm_cell_equals(state->role, "free-owner"))
        return TRUE;
    if (state->email.length > 0)
        seat.identity[seat.identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, state->email.text, state->email.length};
    if (state->id.length > 0)
        seat.identity[seat.identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, state->id.text, state->id.length};
    if (seat.identities == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "email", "neither address nor id");
        return TRUE;
    }
    seat.listed = tm_reading_export_day(reading);
    tm_reading_take_seat(reading, &seat);
    return TRUE;
}

/* Old answers have names and roles only; the roles are Cursor's own. */
static const char *const signatures[] = {"email|role|isRemoved", "email|role|is_removed",
    "email|name|role=member", "email|name|role=owner", "email|name|role=free-owner", NULL};

const TmJsonFormat tm_json_cursor_members = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .walk = walk,
    .end_record = end_record,
};
