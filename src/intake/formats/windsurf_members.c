/*
 * Windsurf's table of users: the members of the team, which hold its seats, and when each of them
 * last used completion, chat and commands. A day of last use is known to be active, and no more.
 */
#include <string.h>

#include "../loose_values.h"

enum {
    EMAIL,
    NAME,
    SIGNED_UP,
    COMPLETED,
    CHATTED,
    COMMANDED,
    DISABLED,
    STATUS,
    KEY,
    REST,
    ERROR,
    FIELD_COUNT
};

#define LAST_USE "one interaction on its day"

static const TmFieldRule fields[FIELD_COUNT] = {
    [EMAIL] = {"email", TM_FIELD_IDENTITY, "person", ""},
    [NAME] = {"name", TM_FIELD_CONTENT, "", ""},
    [SIGNED_UP] = {"signupTime", TM_FIELD_READ, "seat's first day", "UTC day"},
    [COMPLETED] = {"lastAutocompleteUsageTime", TM_FIELD_READ, "interactions", LAST_USE},
    [CHATTED] = {"lastChatUsageTime", TM_FIELD_READ, "interactions", LAST_USE},
    [COMMANDED] = {"lastCommandUsageTime", TM_FIELD_READ, "interactions", LAST_USE},
    [DISABLED] = {"disableCodeium", TM_FIELD_READ, "seat", "true: no seat"},
    [STATUS] = {"teamStatus", TM_FIELD_READ, "seat", "any but an approved one: no seat"},
    [KEY] = {"apiKey", TM_FIELD_IGNORED, "",
        "the hashed key that other answers name: identities.csv has room for it, as api_key"},
    [REST] = {"activeDays|lastUpdateTime|role", TM_FIELD_IGNORED, "",
        "sums over a period that is not said"},
    [ERROR] = {"page.error", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"windsurf-members", "Windsurf users (JSON)",
    &tm_sources[TM_SOURCE_WINDSURF_MEMBERS], fields, FIELD_COUNT};

#define LAST_USES 3

typedef struct Row {
    gboolean bad;
    TmCell email, status;
    gint64 signed_up, uses[LAST_USES];
    gboolean disabled;
} Row;

static const TmLooseSlot slots[] = {
    {EMAIL, TM_LOOSE_TEXT, offsetof(Row, email)},
    {SIGNED_UP, TM_LOOSE_INSTANT, offsetof(Row, signed_up)},
    {COMPLETED, TM_LOOSE_INSTANT, offsetof(Row, uses[0])},
    {CHATTED, TM_LOOSE_INSTANT, offsetof(Row, uses[1])},
    {COMMANDED, TM_LOOSE_INSTANT, offsetof(Row, uses[2])},
    {DISABLED, TM_LOOSE_TRUTH, offsetof(Row, disabled)},
    {STATUS, TM_LOOSE_TEXT, offsetof(Row, status)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    gboolean begun;
    Row row;
} State;

static void begin_record(gpointer user)
{
    State *state = user;
    state->row = (Row){0};
    tm_loose_begin(&loose, &state->row);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (!state->row.bad)
        state->row.bad = !tm_loose_take(&loose, reading, field, value, &state->row);
}

static gboolean has_seat(const Row *row)
{
    static const char approved[] = "APPROVED";
    gsize length = strlen(approved);
    TmCell status = row->status;
    gboolean is_approved =
        status.length == 0 ||
        (status.length >= length &&
            tm_cell_equals((TmCell){status.text + status.length - length, length}, approved) &&
            !tm_cell_contains(status, "UNAPPROVED"));
    return is_approved && !row->disabled;
}

static void take_seat(const Row *row, TmReading *reading, const TmIdentity *identity)
{
    TmSeat seat = {.source = &tm_sources[TM_SOURCE_WINDSURF_MEMBERS],
        .identity = {*identity},
        .identities = 1,
        .listed = tm_reading_export_day(reading),
        .created = row->signed_up != TM_INSTANT_NONE ? tm_instant_day(row->signed_up) : TM_DAY_NONE,
        .ends = TM_DAY_FOREVER};
    if (has_seat(row))
        tm_reading_take_seat(reading, &seat);
}

/* One record for each day, whatever was used on it. */
static void take_uses(const Row *row, TmReading *reading, const TmIdentity *identity)
{
    TmRecord record = {.source = &tm_sources[TM_SOURCE_WINDSURF_LAST_USE],
        .identity = {*identity},
        .identities = 1};
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    for (guint i = 0; i < LAST_USES; i++) {
        gboolean again = row->uses[i] == TM_INSTANT_NONE;
        for (guint j = 0; j < i && !again; j++)
            again = row->uses[j] != TM_INSTANT_NONE &&
                    tm_instant_day(row->uses[j]) == tm_instant_day(row->uses[i]);
        if (again)
            continue;
        record.instant = row->uses[i];
        record.day = tm_instant_day(record.instant);
        record.key = tm_key_end(tm_key_integer(TM_KEY_START, record.day));
        if (tm_reading_admits(reading, record.day, tm_field_name(&fields[COMPLETED + i])))
            tm_reading_take(reading, &record);
    }
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
    if (row->email.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "email", "no address");
        return TRUE;
    }
    TmIdentity identity = {TM_IDENTITY_EMAIL, row->email.text, row->email.length};
    take_seat(row, reading, &identity);
    take_uses(row, reading, &identity);
    return TRUE;
}

static const char *const signatures[] = {"email|lastUpdateTime|activeDays",
    "email|apiKey|lastUpdateTime", "email|apiKey|activeDays", NULL};

const TmJsonFormat tm_json_windsurf_members = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};
