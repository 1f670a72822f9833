/*
 * Sourcegraph Analytics: use of Cody and of code search by person, and by day, client and language
 * as far as the export was broken down. Search and navigation are no use of an assistant.
 */
#include "../loose_values.h"
#include "../period_rows.h"

enum {
    ID,
    EMAIL,
    LOGIN,
    DAY,
    MONTH,
    CLIENT,
    LANGUAGE,
    CHATS,
    COMMANDS,
    SUGGESTIONS,
    ACCEPTANCES,
    EDITS_SHOWN,
    EDITS_ACCEPTED,
    ACTIVE,
    SEARCH,
    RATES,
    AMOUNTS,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"Instance user ID", TM_FIELD_IDENTITY, "person",
        "where neither address nor name is there"},
    [EMAIL] = {"User Email", TM_FIELD_IDENTITY, "person", "trusted first"},
    [LOGIN] = {"Username", TM_FIELD_IDENTITY, "person", "trusted second"},
    [DAY] = {"Timestamp Date", TM_FIELD_READ, "day, record key", "UTC day"},
    [MONTH] = {"Timestamp Month", TM_FIELD_READ, "day, record key",
        "rows of months, and rows without any date, are shown apart: export by day"},
    [CLIENT] = {"Client Name", TM_FIELD_READ, "record key", ""},
    [LANGUAGE] = {"Language", TM_FIELD_READ, "record key", ""},
    [CHATS] = {"Chat Events", TM_FIELD_READ, "messages, interactions", ""},
    [COMMANDS] = {"Command Events", TM_FIELD_READ, "interactions", ""},
    [SUGGESTIONS] = {"Combined Completion Suggestions", TM_FIELD_READ, "shown", ""},
    [ACCEPTANCES] = {"Combined Completion Acceptances", TM_FIELD_READ, "accepted, interactions",
        ""},
    [EDITS_SHOWN] = {"Auto-edit suggested events", TM_FIELD_READ, "shown", ""},
    [EDITS_ACCEPTED] = {"Auto-edit accepted events", TM_FIELD_READ, "accepted, interactions", ""},
    [ACTIVE] = {"Active Sourcegraph User", TM_FIELD_IGNORED, "",
        "also of search: it makes no day active"},
    [SEARCH] = {"Searches|Code Navigation Events|Code Insight Views", TM_FIELD_IGNORED, "",
        "no use of an assistant"},
    [RATES] = {"Combined CAR|Weighted CAR|Percentage of Code Written by Cody|"
               "Auto-edit acceptance rate",
        TM_FIELD_IGNORED, "", "computed anew"},
    [AMOUNTS] = {"Total Accepted Char Count|Total Characters Written by Cody|"
                 "Total Characters Written|Lines changed by chats and commands|"
                 "Lines changed by completions and auto-edits",
        TM_FIELD_IGNORED, "", "amounts of code are not used"},
};

/* The same days broken down and not are two sources, so that they never add up. */
static const TmFormat tables[] = {
    {"cody-clients", "Sourcegraph Analytics by client and language (CSV)",
        &tm_sources[TM_SOURCE_CODY_CLIENTS], fields, FIELD_COUNT},
    {"cody-days", "Sourcegraph Analytics by user (CSV)", &tm_sources[TM_SOURCE_CODY_DAYS], fields,
        FIELD_COUNT},
};

typedef struct Row {
    TmDay day;
    TmCell id, email, login, month, client, language;
    TmCount chats, commands, shown, accepted, edits_shown, edits_accepted;
} Row;

static const TmLooseSlot slots[] = {
    {ID, TM_LOOSE_TEXT, offsetof(Row, id)},
    {EMAIL, TM_LOOSE_TEXT, offsetof(Row, email)},
    {LOGIN, TM_LOOSE_TEXT, offsetof(Row, login)},
    {DAY, TM_LOOSE_DAY, offsetof(Row, day)},
    {MONTH, TM_LOOSE_TEXT, offsetof(Row, month)},
    {CLIENT, TM_LOOSE_TEXT, offsetof(Row, client)},
    {LANGUAGE, TM_LOOSE_TEXT, offsetof(Row, language)},
    {CHATS, TM_LOOSE_COUNT, offsetof(Row, chats)},
    {COMMANDS, TM_LOOSE_COUNT, offsetof(Row, commands)},
    {SUGGESTIONS, TM_LOOSE_COUNT, offsetof(Row, shown)},
    {ACCEPTANCES, TM_LOOSE_COUNT, offsetof(Row, accepted)},
    {EDITS_SHOWN, TM_LOOSE_COUNT, offsetof(Row, edits_shown)},
    {EDITS_ACCEPTED, TM_LOOSE_COUNT, offsetof(Row, edits_accepted)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    guint64 present;
    TmNamedPeriod period;
} State;

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    State *state = user;
    state->present = present;
    tm_named_period_find(&state->period, reading);
    tm_reading_begin(reading, &tables[present & TM_FIELD_BIT(CLIENT) ? 0 : 1],
        present & TM_FIELD_BIT(DAY)     ? "by day"
        : present & TM_FIELD_BIT(MONTH) ? "by month"
                                        : "by user");
}

/* "2026-09" or a day of the month: its last day. */
static TmDay end_of_month(TmCell cell)
{
    char first[] = "YYYY-MM-01";
    int year, month, day;
    if (cell.length < 7 || (cell.length > 7 && cell.text[7] != '-'))
        return TM_DAY_NONE;
    memcpy(first, cell.text, 7);
    TmDay start = tm_day_parse(first, (gssize)strlen(first));
    if (start == TM_DAY_NONE)
        return TM_DAY_NONE;
    tm_day_to_date(start, &year, &month, &day);
    return start + tm_days_in_month(year, month) - 1;
}

/* The address and the name, or else the id. */
static void set_identity(const Row *row, TmRecord *record)
{
    if (row->email.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_EMAIL, row->email.text, row->email.length};
    if (row->login.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_LOGIN, row->login.text, row->login.length};
    if (record->identities < TM_RECORD_IDENTITIES && row->id.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, row->id.text, row->id.length};
}

static gboolean date_month(TmReading *reading, const Row *row, TmRecord *record)
{
    record->day = end_of_month(row->month);
    if (record->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "Timestamp Month", "not YYYY-MM");
        return FALSE;
    }
    record->day = MIN(record->day, reading->options->today); /* a running month */
    record->source = &tm_sources[TM_SOURCE_CODY_PERIODS];
    record->identities = 0;
    record->service = TRUE;
    return tm_reading_admits(reading, record->day, "Timestamp Month");
}

/* FALSE when the row was reported, or its day is not wanted. */
static gboolean date_row(State *state, TmReading *reading, const Row *row, TmRecord *record)
{
    record->instant = TM_INSTANT_NONE;
    if ((state->present & (TM_FIELD_BIT(DAY) | TM_FIELD_BIT(MONTH))) == 0)
        return tm_named_period_date(
            &state->period, reading, TM_SOURCE_CODY_DAYS, TM_SOURCE_CODY_PERIODS, record);
    if ((state->present & TM_FIELD_BIT(DAY)) == 0)
        return date_month(reading, row, record);
    record->day = row->day;
    if (row->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "Timestamp Date", "no date");
        return FALSE;
    }
    return tm_reading_admits(reading, row->day, "Timestamp Date");
}

/* Months and periods have nobody, so that the person is in the key. */
static guint64 row_key(const State *state, const Row *row)
{
    TmCell owner = row->id.length > 0 ? row->id : row->email;
    gboolean dated = (state->present & (TM_FIELD_BIT(DAY) | TM_FIELD_BIT(MONTH))) != 0;
    TmKeyHash hash =
        dated ? tm_key_integer(TM_KEY_START, row->day) : tm_named_period_key(&state->period);
    hash = tm_key_text(hash, row->month.text, row->month.length);
    hash = tm_key_lower(hash, owner.text, owner.length);
    hash = tm_key_text(hash, row->client.text, row->client.length);
    return tm_key_end(tm_key_text(hash, row->language.text, row->language.length));
}

static void set_sum(TmMeasures *measures, TmMeasure measure, TmCount first, TmCount second)
{
    if (first.present || second.present)
        tm_measures_set(measures, measure, first.value + second.value);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    Row row = {0};
    TmRecord record = {0};
    tm_loose_begin(&loose, &row);
    if (!tm_loose_take_cells(&loose, reading, cells, &row))
        return;
    set_identity(&row, &record);
    if (record.identities == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "Instance user ID", "no user");
        return;
    }
    if (!date_row(state, reading, &row, &record))
        return;
    record.key = row_key(state, &row);
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS,
        row.chats.value + row.commands.value + row.accepted.value + row.edits_accepted.value);
    tm_loose_set(&record.measures, TM_MEASURE_MESSAGES, row.chats);
    set_sum(&record.measures, TM_MEASURE_SHOWN, row.shown, row.edits_shown);
    set_sum(&record.measures, TM_MEASURE_ACCEPTED, row.accepted, row.edits_accepted);
    tm_reading_take(reading, &record);
}

const TmCsvFormat tm_csv_cody = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .required = TM_FIELD_BIT(ID) | TM_FIELD_BIT(CHATS),
    .one_of = TM_FIELD_BIT(SUGGESTIONS) | TM_FIELD_BIT(COMMANDS),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
};
