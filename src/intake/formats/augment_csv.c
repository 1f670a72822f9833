/*
 * Augment's dashboard download: one row for each person, summed over the window that the page had,
 * which only the file's name can tell.
 */
#include "../period_rows.h"
#include "augment.h"

enum {
    USER,
    FIRST_SEEN,
    LAST_SEEN,
    ACTIVE_DAYS,
    COMPLETIONS,
    ACCEPTED,
    ACCEPT_RATE,
    CHATS,
    AGENT,
    REMOTE_AGENT,
    TERMINAL,
    TERMINAL_RUNS,
    TOOL_USES,
    LINES,
    FIELD_COUNT
};

#define PART "added up"

static const TmFieldRule fields[FIELD_COUNT] = {
    [USER] = {"User", TM_FIELD_IDENTITY, "person, record key",
        "rows of a window of one day, which the file's name tells, are of that day; others are "
        "shown apart"},
    [FIRST_SEEN] = {"First Seen", TM_FIELD_IGNORED, "", ""},
    [LAST_SEEN] = {"Last Seen", TM_FIELD_IGNORED, "", ""},
    [ACTIVE_DAYS] = {"Active Days", TM_FIELD_IGNORED, "", "of the whole window"},
    [COMPLETIONS] = {"Completions", TM_FIELD_READ, "shown", ""},
    [ACCEPTED] = {"Accepted Completions", TM_FIELD_READ, "accepted, interactions", ""},
    [ACCEPT_RATE] = {"Accept Rate", TM_FIELD_IGNORED, "", "computed anew"},
    [CHATS] = {"Chat Messages", TM_FIELD_READ, "messages, interactions", PART},
    [AGENT] = {"Agent Messages", TM_FIELD_READ, "messages, interactions", PART},
    [REMOTE_AGENT] = {"Remote Agent Messages", TM_FIELD_READ, "messages, interactions", PART},
    [TERMINAL] = {"Interactive CLI Agent Messages", TM_FIELD_READ, "messages, interactions", PART},
    [TERMINAL_RUNS] = {"Non-Interactive CLI Agent Messages", TM_FIELD_READ,
        "messages, interactions", PART},
    [TOOL_USES] = {"Tool Uses", TM_FIELD_IGNORED, "", ""},
    [LINES] = {"Total Modified Lines of Code|Completion Lines of Code|Instruction Lines of Code|"
               "Agent Lines of Code|Remote Agent Lines of Code|CLI Agent Lines of Code",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
};

static const TmFormat table = {"augment-csv", "Augment team usage (CSV)",
    &tm_sources[TM_SOURCE_AUGMENT_CSV], fields, FIELD_COUNT};

typedef struct Row {
    TmAugmentCounts counts;
    TmCount parts[5]; /* of the messages */
    TmCell user;
} Row;

static const TmLooseSlot slots[] = {
    {USER, TM_LOOSE_TEXT, offsetof(Row, user)},
    {COMPLETIONS, TM_LOOSE_COUNT, offsetof(Row, counts.completions)},
    {ACCEPTED, TM_LOOSE_COUNT, offsetof(Row, counts.accepted)},
    {CHATS, TM_LOOSE_COUNT, offsetof(Row, parts[0])},
    {AGENT, TM_LOOSE_COUNT, offsetof(Row, parts[1])},
    {REMOTE_AGENT, TM_LOOSE_COUNT, offsetof(Row, parts[2])},
    {TERMINAL, TM_LOOSE_COUNT, offsetof(Row, parts[3])},
    {TERMINAL_RUNS, TM_LOOSE_COUNT, offsetof(Row, parts[4])},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    TmNamedPeriod period;
} State;

static void open_file(gpointer user, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    State *state = user;
    tm_named_period_find(&state->period, reading);
    tm_reading_begin(reading, &table, NULL);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    Row row = {0};
    TmRecord record = {0};
    tm_loose_begin(&loose, &row);
    if (!tm_loose_take_cells(&loose, reading, cells, &row))
        return;
    if (row.user.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "User", "no user");
        return;
    }
    tm_loose_add_account(&record, row.user);
    if (!tm_named_period_date(
            &state->period, reading, TM_SOURCE_AUGMENT_CSV, TM_SOURCE_AUGMENT_CSV_PERIODS, &record))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(row.parts); i++) {
        row.counts.messages.present |= row.parts[i].present;
        row.counts.messages.value += row.parts[i].value;
    }
    record.key = tm_key_end(
        tm_key_lower(tm_named_period_key(&state->period), row.user.text, row.user.length));
    tm_augment_set_measures(&row.counts, &record.measures);
    tm_reading_take(reading, &record);
}

const TmCsvFormat tm_csv_augment = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(USER) | TM_FIELD_BIT(COMPLETIONS) | TM_FIELD_BIT(ACCEPTED) |
                TM_FIELD_BIT(CHATS),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
};
