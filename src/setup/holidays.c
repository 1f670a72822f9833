/*
 * Holidays: holidays.csv and calendar files beside it (PT.ics is the calendar "PT", holidays.ics
 * the calendar "*"). A person's calendar is the union of country's, location's and everybody's.
 */
#include "fold.h"
#include "ics.h"
#include "loading.h"
#include "row.h"
#include "text_file.h"

#include <string.h>

#define LAST_HOLIDAY_YEAR 2100

enum { DATE, NAME, CALENDAR, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [DATE] = {"date", "day holiday_date", 1},
    [NAME] = {"name", "holiday summary description", 0},
    [CALENDAR] = {"calendar", "country location region", 0},
};

static void add_day(Loading *loading, const char *calendar, TmDay day)
{
    GArray *days = g_hash_table_lookup(loading->named_calendars, calendar);
    if (days == NULL) {
        days = g_array_new(FALSE, FALSE, sizeof(TmDay));
        g_hash_table_insert(loading->named_calendars, g_strdup(calendar), days);
    }
    g_array_append_val(days, day);
}

static void take_row(const TableRow *row, gpointer user)
{
    TmDay day;
    const char *text;
    if (!row_text(row, DATE, &text) || !row_day(row, DATE, TM_DAY_NONE, &day))
        return;
    g_autofree char *calendar =
        fold_dup(*row->cells[CALENDAR] != '\0' ? row->cells[CALENDAR] : "*");
    add_day(user, calendar, day);
}

typedef struct CalendarFile {
    Loading *loading;
    const char *key;
} CalendarFile;

static void take_event(const IcsEvent *event, gpointer user)
{
    CalendarFile *file = user;
    for (TmDay day = event->first; day <= event->last; day++)
        add_day(file->loading, file->key, day);
}

static gboolean read_calendar(Loading *loading, const char *name)
{
    g_autofree char *path = g_build_filename(loading->folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    TextFileState state = text_file_read(
        path, TM_KIND_BAD_SETUP, loading->diagnostics, loading->fingerprint, &text, &length);
    if (state != TEXT_FILE_READ)
        return state == TEXT_FILE_MISSING;
    g_autofree char *stem = g_strndup(name, strlen(name) - strlen(".ics"));
    g_autofree char *key = fold_dup(stem);
    CalendarFile file = {loading, g_str_equal(key, "holidays") ? "*" : key};
    ics_read(path, text, length, tm_day_from_date(LAST_HOLIDAY_YEAR, 12, 31), loading->diagnostics,
        take_event, &file);
    return TRUE;
}

static int compare_names(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Names of the calendar files, sorted so that nothing depends on the order of the folder. */
static GPtrArray *list_calendars(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
    const char *name;
    while (listing != NULL && (name = g_dir_read_name(listing)) != NULL) {
        if (g_str_has_suffix(name, ".ics") && !g_str_equal(name, "timeoff.ics"))
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static int compare_days(gconstpointer left, gconstpointer right)
{
    TmDay a = *(const TmDay *)left, b = *(const TmDay *)right;
    return (a > b) - (a < b);
}

static void append_calendar(Loading *loading, const char *name, GArray *days)
{
    g_autofree char *key = fold_dup(name);
    const GArray *found = g_hash_table_lookup(loading->named_calendars, key);
    if (found != NULL)
        g_array_append_vals(days, found->data, found->len);
}

guint32 calendar_for(Loading *loading, const char *country, const char *location)
{
    g_autofree char *pair = g_strdup_printf("%s\n%s", country, location);
    guint32 known = GPOINTER_TO_UINT(g_hash_table_lookup(loading->joined_calendars, pair));
    if (known > 0)
        return known - 1;
    GArray *days = g_array_new(FALSE, FALSE, sizeof(TmDay));
    append_calendar(loading, country, days);
    append_calendar(loading, location, days);
    guint32 calendar = CALENDAR_NONE;
    if (days->len > 0) {
        append_calendar(loading, "*", days);
        g_array_sort(days, compare_days);
        calendar = loading->setup->hidden->calendars->len;
        g_ptr_array_add(loading->setup->hidden->calendars, g_array_ref(days));
    }
    g_array_unref(days);
    g_hash_table_insert(
        loading->joined_calendars, g_steal_pointer(&pair), GUINT_TO_POINTER(calendar + 1));
    return calendar;
}

gboolean holidays_load(Loading *loading)
{
    static const TableFormat format = {"holidays.csv", columns, COLUMN_COUNT, NULL, take_row};
    gboolean usable = table_read(loading->folder, &format, loading->diagnostics,
                          loading->fingerprint, loading) != TABLE_UNUSABLE;
    g_autoptr(GPtrArray) names = list_calendars(loading->folder);
    for (guint i = 0; i < names->len; i++)
        usable &= read_calendar(loading, g_ptr_array_index(names, i));
    GArray *common = loading->setup->hidden->common_holidays;
    append_calendar(loading, "*", common);
    g_array_sort(common, compare_days);
    return usable;
}
