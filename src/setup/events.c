/* events.csv: what happened when, for the time axis of reports. */
#include <string.h>

#include "loading.h"
#include "row.h"

/* So much stands beside a chart; in letters. */
#define MOST_LETTERS 60

enum { DATE, TEAM, TEXT, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [DATE] = {"date", "day", 1},
    [TEAM] = {"team_id", "team", 2},
    [TEXT] = {"text", "event description", 3},
};

/* One line of few words. */
static gboolean read_words(const TableRow *row, const char **text)
{
    if (!row_text(row, TEXT, text))
        return FALSE;
    if (g_utf8_strlen(*text, -1) > MOST_LETTERS) {
        row_report(row, TM_KIND_TOO_LONG, TEXT, "the text is longer than %d letters", MOST_LETTERS);
        return FALSE;
    }
    for (const char *at = *text; *at != '\0'; at = g_utf8_next_char(at))
        if (g_unichar_iscntrl(g_utf8_get_char(at))) {
            row_report(row, TM_KIND_BAD_VALUE, TEXT, "the text is not one line");
            return FALSE;
        }
    return TRUE;
}

static int compare(gconstpointer left, gconstpointer right)
{
    const TmEvent *a = left, *b = right;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->team != b->team)
        return a->team < b->team ? -1 : 1;
    return strcmp(a->text, b->text);
}

typedef struct Events {
    Loading *loading;
    GHashTable *seen; /* text of each row */
} Events;

static void take_row(const TableRow *row, gpointer user)
{
    Events *events = user;
    const char *text;
    TmEvent event = {0};
    if (!row_text(row, DATE, &text) || !row_day(row, DATE, TM_DAY_NONE, &event.day) ||
        !row_team(events->loading, row, TEAM, &event.team) || !read_words(row, &text))
        return;
    if (!g_hash_table_add(events->seen, g_strdup_printf("%d %u %s", event.day, event.team, text))) {
        row_report(row, TM_KIND_OVERLAP, TEXT, "an earlier row says the same");
        return;
    }
    event.text = g_strdup(text);
    g_array_append_val(events->loading->setup->events, event);
}

gboolean events_load(Loading *loading)
{
    static const TableFormat format = {"events.csv", columns, COLUMN_COUNT, "note", take_row};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Events events = {loading, seen};
    TableState state =
        table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint, &events);
    g_array_sort(loading->setup->events, compare);
    return state != TABLE_UNUSABLE;
}
