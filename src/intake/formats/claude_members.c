/*
 * Members of a Claude organisation: a list of seats, as CSV or as the admin page's own JSON. The
 * day of the list is in the file's name. Invited people who have not joined are left out.
 */
#include "anthropic_values.h"

#include <string.h>

static gboolean find_listed(TmReading *reading, TmDay *listed)
{
    TmDay first;
    tm_path_days(reading->path, &first, listed);
    return *listed != TM_DAY_NONE && *listed <= reading->options->today;
}

/* The list has no day: reported once, counted each time. */
static void refuse_undated(TmReading *reading, gboolean *reported)
{
    tm_anthropic_skip_once(reading, reported, TM_KIND_MISSING_FIELD, NULL,
        "the file's name has no date that is past: keep the name that the download had");
}

/* ---- CSV --------------------------------------------------------------------------------- */

enum { EMAIL, TIER, STATUS, NAME, ROLE, CSV_COUNT };

static const TmFieldRule csv_fields[CSV_COUNT] = {
    [EMAIL] = {"Email", TM_FIELD_IDENTITY, "person", "empty: not joined yet, left out"},
    [TIER] = {"Seat Tier|Seat Type", TM_FIELD_READ, "plan", ""},
    [STATUS] = {"Status", TM_FIELD_READ, "seat", "Pending: left out"},
    [NAME] = {"Name", TM_FIELD_CONTENT, "", "a person's name"},
    [ROLE] = {"Role", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat csv_table = {"claude-members", "Claude organisation, members (CSV)",
    &tm_sources[TM_SOURCE_CLAUDE_MEMBERS], csv_fields, CSV_COUNT};

typedef struct CsvState {
    gboolean reported;
} CsvState;

static void open_csv(gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_reading_begin(reading, &csv_table, NULL);
}

static void csv_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    CsvState *state = user;
    TmCell email = tm_cell_trim(cells[EMAIL]), tier = tm_cell_trim(cells[TIER]);
    TmSeat seat = {.source = csv_table.source,
        .created = TM_DAY_NONE,
        .ends = TM_DAY_FOREVER,
        .plan = tier.length > 0 ? tier.text : NULL,
        .plan_length = tier.length};
    if (email.length == 0 || tm_cell_equals(tm_cell_trim(cells[STATUS]), "Pending"))
        return;
    if (!find_listed(reading, &seat.listed)) {
        refuse_undated(reading, &state->reported);
        return;
    }
    seat.identity[seat.identities++] = (TmIdentity){TM_IDENTITY_EMAIL, email.text, email.length};
    tm_reading_take_seat(reading, &seat);
}

const TmCsvFormat tm_csv_claude_members = {
    .tables = &csv_table,
    .table_count = 1,
    .required = TM_FIELD_BIT(EMAIL) | TM_FIELD_BIT(TIER),
    .state_size = sizeof(CsvState),
    .open = open_csv,
    .row = csv_row,
};

/* ---- JSON -------------------------------------------------------------------------------- */

enum {
    JSON_EMAIL,
    JSON_ID,
    JSON_OTHER_ID,
    JSON_NAME,
    JSON_ROLE,
    JSON_TIER,
    CREATED,
    UPDATED,
    JSON_COUNT
};

static const TmFieldRule json_fields[JSON_COUNT] = {
    [JSON_EMAIL] = {"account.email_address", TM_FIELD_IDENTITY, "person",
        "trusted first; missing: not joined yet, left out"},
    [JSON_ID] = {"account.tagged_id", TM_FIELD_IDENTITY, "person", "trusted second"},
    [JSON_OTHER_ID] = {"account.uuid", TM_FIELD_IGNORED, "", ""},
    [JSON_NAME] = {"account.full_name", TM_FIELD_CONTENT, "", "a person's name"},
    [JSON_ROLE] = {"role", TM_FIELD_IGNORED, "", ""},
    [JSON_TIER] = {"seat_tier", TM_FIELD_READ, "plan", "null: a member without a seat, left out"},
    [CREATED] = {"created_at", TM_FIELD_READ, "created", ""},
    [UPDATED] = {"updated_at", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat json_table = {"claude-members-page",
    "Claude organisation, members as the admin page has them (JSON)",
    &tm_sources[TM_SOURCE_CLAUDE_MEMBERS], json_fields, JSON_COUNT};

typedef struct JsonState {
    gboolean begun, reported, bad;
    TmCell email, id, tier;
    TmDay created;
} JsonState;

static void begin_record(gpointer user)
{
    JsonState *state = user;
    *state =
        (JsonState){.begun = state->begun, .reported = state->reported, .created = TM_DAY_NONE};
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    JsonState *state = user;
    const TmFieldRule *rule = &json_fields[field];
    if (state->bad)
        return;
    if (field == CREATED)
        state->bad = !tm_json_take_day(reading, rule, value, &state->created);
    else
        state->bad = !tm_json_take_text(reading, rule, value,
            field == JSON_EMAIL ? &state->email
            : field == JSON_ID  ? &state->id
                                : &state->tier);
}

static void add_identity(TmSeat *seat, TmIdentityKind kind, TmCell name)
{
    if (name.length > 0)
        seat->identity[seat->identities++] = (TmIdentity){kind, name.text, name.length};
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    JsonState *state = user;
    TmSeat seat = {.source = json_table.source,
        .created = state->created,
        .ends = TM_DAY_FOREVER,
        .plan = state->tier.text,
        .plan_length = state->tier.length};
    if (!state->begun)
        tm_reading_begin(reading, &json_table, NULL);
    state->begun = TRUE;
    if (state->bad || state->email.length == 0 || state->tier.length == 0)
        return TRUE;
    if (!find_listed(reading, &seat.listed)) {
        refuse_undated(reading, &state->reported);
        return TRUE;
    }
    add_identity(&seat, TM_IDENTITY_EMAIL, state->email);
    add_identity(&seat, TM_IDENTITY_USER_ID, state->id);
    tm_reading_take_seat(reading, &seat);
    return TRUE;
}

static const char *const signatures[] = {"account|seat_tier", NULL};

const TmJsonFormat tm_json_claude_members = {
    .tables = &json_table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(JsonState),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
};
