/*
 * tidemark.csv: our own plain format, for SQL on a warehouse and for `tidemark contribute`.
 *
 * A row is a day's use of one person and tool. Its key is the day with tool, model, surface, task
 * and label; the person is not in it, since keys are compared within one person's records. Such
 * rows are of the source "tidemark-csv:TOOL". A row with a record is a record of another source,
 * which it names, and meets there what the vendor's own files say.
 */
#include "../slots.h"

/* Each row says its source; the first of those that the tools have stands for the file. */
static const TmFormat table = {"tidemark-csv", "Tidemark's own table (CSV)",
    &tm_sources[TM_SOURCE_COUNT], tm_slot_fields, TM_SLOT_COUNT};

typedef struct State {
    TmSlotReader *reader;
} State;

static void open_file(gpointer user, TmReading *reading, guint64 present)
{
    (void)present;
    ((State *)user)->reader = tm_slot_reader_new(NULL);
    tm_reading_begin(reading, &table, NULL);
}

static void read_row(gpointer user, TmReading *reading, const TmCell *cells)
{
    tm_slot_reader_row(((State *)user)->reader, reading, cells);
}

static void clear(gpointer user)
{
    tm_slot_reader_free(((State *)user)->reader);
}

const TmCsvFormat tm_csv_tidemark = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(TM_SLOT_DATE) | TM_FIELD_BIT(TM_SLOT_TOOL),
    .one_of =
        TM_FIELD_BIT(TM_SLOT_EMAIL) | TM_FIELD_BIT(TM_SLOT_LOGIN) | TM_FIELD_BIT(TM_SLOT_USER_ID),
    .state_size = sizeof(State),
    .open = open_file,
    .row = read_row,
    .clear = clear,
};
