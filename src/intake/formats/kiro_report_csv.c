/*
 * Kiro, report by user: one row for each person, UTC day and client, with conversations, messages
 * and credits. Messages by model stand in columns of their own, which differ from file to file.
 */
#include <string.h>

#include "amazon_files.h"

enum {
    DATE,
    USER,
    EMAIL,
    CLIENT,
    CONVERSATIONS,
    CREDITS,
    MESSAGES,
    OF_MODELS,
    PROFILE,
    CREDIT_REST,
    TIER,
    NEW_USER,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [DATE] = {"Date", TM_FIELD_READ, "day, record key", "UTC day"},
    [USER] = {"UserId", TM_FIELD_IDENTITY, "person",
        "id of IAM Identity Center, without the directory in front"},
    [EMAIL] = {"User_Email|email", TM_FIELD_IDENTITY, "person",
        "trusted first; older files lack it: identities.csv tells whose id it is"},
    [CLIENT] = {"Client_Type", TM_FIELD_READ, "surface, record key", ""},
    [CONVERSATIONS] = {"Chat_Conversations", TM_FIELD_READ, "sessions, interactions", ""},
    [CREDITS] = {"Credits_Used", TM_FIELD_READ, "interactions",
        "credits are no currency: any make one interaction where nothing else is counted"},
    [MESSAGES] = {"Total_Messages", TM_FIELD_READ, "messages, interactions",
        "prompts, calls of tools and answers, so the interactions are an estimate"},
    [OF_MODELS] = {"*_messages", TM_FIELD_READ, "model, messages",
        "a column for each model, called by its name"},
    [PROFILE] = {"ProfileId", TM_FIELD_READ, "record key",
        "the AWS account in it; without it that in the file's name"},
    [CREDIT_REST] = {"Overage_Cap|Overage_Credits_Used|Overage_Enabled", TM_FIELD_IGNORED, "",
        "credits without a price, of a day or of a month so far"},
    [TIER] = {"Subscription_Tier", TM_FIELD_IGNORED, "", "only of people who were active"},
    [NEW_USER] = {"New_User", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"kiro-report", "Kiro report by user (CSV)",
    &tm_sources[TM_SOURCE_KIRO_REPORT], fields, FIELD_COUNT};

#define ENDING "_messages"
#define LONGEST_MODEL 64
#define MOST_MODELS (TM_CSV_SLOTS - FIELD_COUNT)

typedef struct Model {
    char name[LONGEST_MODEL]; /* "claude-opus-4.8" */
    gsize length;
} Model;

typedef struct State {
    Model models[MOST_MODELS]; /* by slot behind the fields */
    guint model_count;
} State;

typedef struct Row {
    TmCount conversations, credits, messages;
    TmCount of_models[MOST_MODELS];
} Row;

static const TmLooseSlot slots[] = {
    {CONVERSATIONS, TM_LOOSE_COUNT, offsetof(Row, conversations)},
    {CREDITS, TM_LOOSE_AMOUNT, offsetof(Row, credits)},
    {MESSAGES, TM_LOOSE_COUNT, offsetof(Row, messages)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

static void open_column(gpointer user, guint slot, TmCell heading)
{
    State *state = user;
    Model *model = &state->models[slot - FIELD_COUNT];
    model->length = MIN(heading.length - strlen(ENDING), LONGEST_MODEL);
    for (gsize i = 0; i < model->length; i++)
        model->name[i] = heading.text[i] == '_' ? '-' : tm_ascii_lower(heading.text[i]);
    state->model_count = slot - FIELD_COUNT + 1;
}

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    tm_amazon_rank(reading);
    tm_reading_begin(reading, &table,
        present & TM_FIELD_BIT(EMAIL) ? "with addresses"
        : state->model_count > 0      ? "with models"
                                      : "without models");
}

/* FALSE when the row was reported. */
static gboolean read_models(const State *state, TmReading *reading, const TmCell *cells, Row *row)
{
    for (guint i = 0; i < state->model_count; i++) {
        TmCell cell = cells[FIELD_COUNT + i];
        TmJsonValue value = {.kind = TM_JSON_STRING, .text = cell.text, .length = cell.length};
        if (cell.length > 0 &&
            !tm_loose_count(reading, &fields[OF_MODELS], &value, &row->of_models[i]))
            return FALSE;
    }
    return TRUE;
}

static TmSurface surface_of(TmCell client)
{
    return tm_cell_equals(client, "KIRO_CLI")   ? TM_SURFACE_TERMINAL
           : tm_cell_equals(client, "PLUGIN")   ? TM_SURFACE_CHAT
           : tm_cell_equals(client, "KIRO_IDE") ? TM_SURFACE_AGENT
                                                : TM_SURFACE_UNKNOWN;
}

/* "arn:aws:codewhisperer:REGION:ACCOUNT:profile/NAME" */
static TmCell account_of(const TmReading *reading, TmCell profile)
{
    for (guint i = 0; i < 4; i++) {
        const char *colon = profile.length > 0 ? memchr(profile.text, ':', profile.length) : NULL;
        if (colon == NULL)
            return tm_amazon_account(reading->path);
        profile.length -= (gsize)(colon + 1 - profile.text);
        profile.text = colon + 1;
    }
    const char *end = memchr(profile.text, ':', profile.length);
    return end == NULL || end == profile.text ? tm_amazon_account(reading->path)
                                              : (TmCell){profile.text, (gsize)(end - profile.text)};
}

static gboolean set_identity(TmReading *reading, const TmCell *cells, TmRecord *record)
{
    TmCell email = tm_cell_trim(cells[EMAIL]), user = tm_amazon_user(cells[USER]);
    if (email.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, email.text, email.length};
    if (user.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, user.text, user.length};
    if (record->identities == 0)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "UserId", "no user");
    return record->identities > 0;
}

static void set_activity(const Row *row, TmMeasures *measures)
{
    gint64 count = MAX(row->messages.value, row->conversations.value);
    tm_measures_set(
        measures, TM_MEASURE_INTERACTIONS, count == 0 && row->credits.value > 0 ? 1 : count);
    if (measures->value[TM_MEASURE_INTERACTIONS] > 0)
        measures->estimated = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    tm_loose_set(measures, TM_MEASURE_SESSIONS, row->conversations);
}

/* A part for each model, and one for messages of none. */
static void hand_over(const State *state, TmReading *reading, TmRecord *record, const Row *row)
{
    gint64 of_models = 0;
    set_activity(row, &record->measures);
    for (guint i = 0; i < state->model_count; i++) {
        if (row->of_models[i].value == 0)
            continue;
        of_models += row->of_models[i].value;
        record->model = state->models[i].name;
        record->model_length = state->models[i].length;
        tm_measures_set(&record->measures, TM_MEASURE_MESSAGES, row->of_models[i].value);
        tm_reading_take(reading, record);
        record->measures = (TmMeasures){0};
        record->part++;
    }
    if (record->part > 0 && of_models >= row->messages.value)
        return;
    record->model = NULL;
    record->model_length = 0;
    if (row->messages.present)
        tm_measures_set(&record->measures, TM_MEASURE_MESSAGES, row->messages.value - of_models);
    tm_reading_take(reading, record);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    const State *state = user;
    Row row = {0};
    TmRecord record = {.instant = TM_INSTANT_NONE};
    TmCell client = tm_cell_trim(cells[CLIENT]);
    TmCell account = account_of(reading, tm_cell_trim(cells[PROFILE]));
    if (!tm_amazon_day(reading, &fields[DATE], tm_cell_trim(cells[DATE]), &record.day) ||
        !tm_loose_take_cells(&loose, reading, cells, &row) ||
        !read_models(state, reading, cells, &row) || !set_identity(reading, cells, &record) ||
        !tm_reading_admits(reading, record.day, "Date"))
        return;
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record.day);
    hash = tm_key_text(hash, account.text, account.length);
    record.key = tm_key_end(tm_key_lower(hash, client.text, client.length));
    record.surface = surface_of(client);
    hand_over(state, reading, &record, &row);
}

const TmCsvFormat tm_csv_kiro_report = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(DATE) | TM_FIELD_BIT(USER) | TM_FIELD_BIT(CLIENT),
    .one_of = TM_FIELD_BIT(MESSAGES) | TM_FIELD_BIT(CREDITS),
    .ending = ENDING,
    .open_column = open_column,
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
};
