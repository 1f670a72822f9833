/*
 * OpenAI's dashboard export of costs: what the organisation is billed for the use of its interface.
 *
 * Rows are held until the end of the file, since two things are known only then: whether the e-mail
 * address tells users apart or is that of the account's owner in every row, and whether a bucket
 * has its amount once more as the sum of line items.
 */
#include <string.h>

#include "openai_buckets.h"

#define MOST_ROWS 200000
#define LONGEST_CELL 256

enum {
    START,
    END,
    START_TEXT,
    END_TEXT,
    AMOUNT,
    CURRENCY,
    LINE_ITEM,
    USER,
    EMAIL,
    PROJECT,
    QUANTITY,
    UNIT,
    KEY_ID,
    PROJECT_NAME,
    ORGANISATION,
    ORGANISATION_NAME,
    API_SOURCE,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [START] = {"start_time", TM_FIELD_READ, "day", "seconds, UTC; buckets of a day or less"},
    [END] = {"end_time", TM_FIELD_READ, "record key", "with the width of the bucket"},
    [START_TEXT] = {"start_time_iso", TM_FIELD_IGNORED, "", ""},
    [END_TEXT] = {"end_time_iso", TM_FIELD_IGNORED, "", ""},
    [AMOUNT] = {"amount_value", TM_FIELD_READ, "metered",
        "dollars; billed by use. A row without any is a bucket without costs"},
    [CURRENCY] = {"amount_currency", TM_FIELD_READ, "", "other than USD: left out"},
    [LINE_ITEM] = {"line_item", TM_FIELD_READ, "model",
        "model before the comma; where a bucket has line items of an owner, that owner's amounts "
        "without one are their sum once more and are left out"},
    [USER] = {"user_id", TM_FIELD_IDENTITY, "person",
        "without user and e-mail address the row is a total of the organisation, which is shown "
        "apart"},
    [EMAIL] = {"user_email", TM_FIELD_IDENTITY, "person",
        "only if the rows of the file have several: one alone is the account's owner"},
    [PROJECT] = {"project_id", TM_FIELD_READ, "label", ""},
    [QUANTITY] = {"quantity", TM_FIELD_IGNORED, "", ""},
    [UNIT] = {"quantity_unit", TM_FIELD_IGNORED, "", ""},
    [KEY_ID] = {"api_key_id", TM_FIELD_IGNORED, "", ""},
    [PROJECT_NAME] = {"project_name", TM_FIELD_IGNORED, "", ""},
    [ORGANISATION] = {"organization_id", TM_FIELD_IGNORED, "", ""},
    [ORGANISATION_NAME] = {"organization_name", TM_FIELD_IGNORED, "", ""},
    [API_SOURCE] = {"api_source", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"openai-costs-csv", "OpenAI costs download (CSV)",
    &tm_sources[TM_SOURCE_OPENAI_COSTS_USERS], fields, FIELD_COUNT};

/* Texts are the file's only copies of themselves: equal ones are the same pointer. */
typedef struct Row {
    guint64 line;
    TmOpenaiBucket bucket;
    gint64 micros;
    const char *user, *email, *project, *line_item;
} Row;

typedef struct State {
    TmOpenaiFile file;
    GStringChunk *texts;
    GArray *rows;
    GHashTable *itemised; /* hashes of bucket and owner that have line items */
    const char *only_email;
    gboolean several_emails;
} State;

static void open_file(gpointer user, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    State *state = user;
    state->texts = g_string_chunk_new(4096);
    state->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    state->itemised = g_hash_table_new(NULL, NULL);
    tm_reading_begin(reading, &table, NULL);
}

static gpointer bucket_of_owner(const Row *row)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, row->bucket.end);
    hash = tm_key_integer(hash, row->bucket.width);
    hash = tm_key_text(hash, row->user, strlen(row->user));
    return GSIZE_TO_POINTER(tm_key_end(tm_key_text(hash, row->email, strlen(row->email))));
}

/* A cell to keep. FALSE when the row was reported. */
static gboolean keep_text(
    State *state, TmReading *reading, const TmCell *cells, guint field, const char **text)
{
    TmCell cell = tm_cell_trim(cells[field]);
    if (cell.length > LONGEST_CELL ||
        (cell.length > 0 && memchr(cell.text, '\0', cell.length) != NULL)) {
        tm_reading_skip(reading, TM_KIND_BAD_CSV, tm_field_name(&fields[field]),
            "the text is too long or holds a NUL");
        return FALSE;
    }
    g_autofree char *copy = g_strndup(cell.length > 0 ? cell.text : "", cell.length);
    *text = g_string_chunk_insert_const(state->texts, copy);
    return TRUE;
}

static void keep_row(State *state, TmReading *reading, const Row *row)
{
    if (state->rows->len >= MOST_ROWS) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, NULL,
            "the file has more than 200,000 amounts: export shorter periods");
        return;
    }
    if (row->line_item[0] != '\0')
        g_hash_table_add(state->itemised, bucket_of_owner(row));
    if (row->email[0] != '\0') {
        state->several_emails |= state->only_email != NULL && state->only_email != row->email;
        state->only_email = row->email;
    }
    g_array_append_val(state->rows, *row);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    State *state = user;
    TmCount start = {0}, end = {0};
    Row row = {.line = reading->line};
    TmCell amount = tm_cell_trim(cells[AMOUNT]);
    if (!tm_openai_take_cell(reading, &fields[START], cells[START], &start) ||
        !tm_openai_take_cell(reading, &fields[END], cells[END], &end) ||
        !tm_openai_bucket(reading, &start, &end, &row.bucket) || amount.length == 0)
        return;
    if (tm_openai_take_amount(reading, "amount_value", amount, "amount_currency",
            tm_cell_trim(cells[CURRENCY]), &row.micros) &&
        keep_text(state, reading, cells, USER, &row.user) &&
        keep_text(state, reading, cells, EMAIL, &row.email) &&
        keep_text(state, reading, cells, PROJECT, &row.project) &&
        keep_text(state, reading, cells, LINE_ITEM, &row.line_item))
        keep_row(state, reading, &row);
}

static TmCell cell_of(const char *text)
{
    return (TmCell){text, strlen(text)};
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    for (guint i = 0; i < state->rows->len; i++) {
        const Row *row = &g_array_index(state->rows, Row, i);
        if (row->line_item[0] == '\0' &&
            g_hash_table_contains(state->itemised, bucket_of_owner(row)))
            continue;
        TmOpenaiCost cost = {.user = cell_of(row->user),
            .email = cell_of(state->several_emails ? row->email : ""),
            .project = cell_of(row->project),
            .line_item = cell_of(row->line_item),
            .micros = row->micros};
        reading->line = row->line;
        tm_openai_take_cost(&state->file, reading, &row->bucket, &cost);
    }
}

static void clear(gpointer user)
{
    State *state = user;
    tm_openai_file_clear(&state->file);
    g_clear_pointer(&state->texts, g_string_chunk_free);
    g_clear_pointer(&state->rows, g_array_unref);
    g_clear_pointer(&state->itemised, g_hash_table_unref);
}

const TmCsvFormat tm_csv_openai_costs_csv = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(START) | TM_FIELD_BIT(END) | TM_FIELD_BIT(AMOUNT),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .end_file = end_file,
    .clear = clear,
};
