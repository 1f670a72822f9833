/*
 * Copilot's activity report: who may use it, and when each was last active. It is a snapshot, in
 * which one day of a person is known; that day counts as one with one interaction. Logging in is
 * none.
 */
#include "../formats.h"

enum { REPORTED, LOGIN, AUTHENTICATED, ACTIVE, SURFACE, ORGANISATION, FIELD_COUNT };

static const TmFieldRule fields[FIELD_COUNT] = {
    [REPORTED] = {"Report Time", TM_FIELD_READ, "rank of the export", "UTC instant"},
    [LOGIN] = {"Login", TM_FIELD_IDENTITY, "person, record key", ""},
    [AUTHENTICATED] = {"Last Authenticated At", TM_FIELD_IGNORED, "", "a login is no use"},
    [ACTIVE] = {"Last Activity At", TM_FIELD_READ, "day, interactions, record key",
        "UTC; the day counts as one interaction; None or empty: no day is known"},
    [SURFACE] = {"Last Surface Used", TM_FIELD_IGNORED, "", ""},
    [ORGANISATION] = {"Organization", TM_FIELD_IGNORED, "",
        "the same person may have a row in each"},
};

static const TmFormat table = {"copilot-last-activity", "Copilot activity report (CSV)",
    &tm_sources[TM_SOURCE_COPILOT_LAST_ACTIVITY], fields, FIELD_COUNT};

static void open_file(
    gpointer user G_GNUC_UNUSED, TmReading *reading, guint64 present G_GNUC_UNUSED)
{
    tm_reading_begin(reading, &table, NULL);
}

/* FALSE when no activity is known, or the row was reported. */
static gboolean read_day(TmReading *reading, TmCell cell, TmDay *day)
{
    gint64 instant;
    cell = tm_cell_trim(cell);
    if (cell.length == 0 || tm_cell_equals(cell, "None"))
        return FALSE;
    *day = tm_day_parse(cell.text, (gssize)cell.length);
    if (*day == TM_DAY_NONE && tm_instant_parse(cell.text, cell.length, &instant))
        *day = tm_instant_day(instant);
    if (*day == TM_DAY_NONE)
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "Last Activity At",
            "neither YYYY-MM-DD nor an instant with its zone");
    return *day != TM_DAY_NONE;
}

static void note_report_time(TmReading *reading, TmCell cell)
{
    gint64 instant;
    cell = tm_cell_trim(cell);
    if (cell.length > 0 && tm_instant_parse(cell.text, cell.length, &instant))
        reading->summary->exported = MAX(reading->summary->exported, instant);
}

static void read_row(gpointer user G_GNUC_UNUSED, TmReading *reading, const TmCell *cells)
{
    TmRecord record = {.instant = TM_INSTANT_NONE};
    TmCell login = tm_cell_trim(cells[LOGIN]);
    note_report_time(reading, cells[REPORTED]);
    if (login.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "Login", "no login");
        return;
    }
    if (!read_day(reading, cells[ACTIVE], &record.day) ||
        !tm_reading_admits(reading, record.day, "Last Activity At"))
        return;
    record.identity[record.identities++] =
        (TmIdentity){TM_IDENTITY_LOGIN, login.text, login.length};
    TmKeyHash hash = tm_key_lower(TM_KEY_START, login.text, login.length);
    record.key = tm_key_end(tm_key_integer(hash, record.day));
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    tm_reading_take(reading, &record);
}

const TmCsvFormat tm_csv_copilot_activity = {
    .tables = &table,
    .table_count = 1,
    .required = TM_FIELD_BIT(LOGIN) | TM_FIELD_BIT(ACTIVE),
    .one_of = TM_FIELD_BIT(REPORTED) | TM_FIELD_BIT(SURFACE) | TM_FIELD_BIT(AUTHENTICATED),
    .open = open_file,
    .row = read_row,
};
