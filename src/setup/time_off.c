/*
 * timeoff.csv and timeoff.ics: approved full days off. Two halves on the same day make a full one;
 * a single half day stays a working day. The kind of absence is never read.
 */
#include <string.h>

#include "ics.h"
#include "loading.h"
#include "row.h"
#include "text_file.h"

#define MOST_DAYS 3660
#define HALF (TM_MICROS_PER_UNIT / 2)

typedef struct HalfDay {
    TmPersonIndex person;
    TmDay day;
} HalfDay;

enum { EMAIL, FIRST, LAST, PORTION, AMOUNT, STATUS, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [EMAIL] = {"email", "employee_email mail email_address work_email", 1},
    [FIRST] = {"start_date", "from start", 2},
    [LAST] = {"end_date", "to end", 0},
    [PORTION] = {"portion", NULL, 0},
    [AMOUNT] = {"amount", "duration_in_days", 0},
    [STATUS] = {"status", NULL, 0},
};
static const char *const statuses[] = {
    "approved", "requested", "pending", "denied", "rejected", "cancelled", "canceled", NULL};

/* "8.00 hours", "0.5 days" or a bare number of days, as micro-days. */
static gboolean parse_amount(const char *text, gint64 hours_per_day, gint64 *micro_days)
{
    gsize digits = strcspn(text, " ");
    const char *unit = text + digits + strspn(text + digits, " ");
    if (!tm_micros_parse(text, digits, micro_days) || *micro_days <= 0)
        return FALSE;
    if (g_ascii_strncasecmp(unit, "hour", 4) == 0)
        *micro_days = tm_divide_half_even(*micro_days, hours_per_day);
    else if (*unit != '\0' && g_ascii_strncasecmp(unit, "day", 3) != 0)
        return FALSE;
    return TRUE;
}

/*
 * Whether the row is about half days. The portion says it; else an amount, which counts only for a
 * single day, since for several days the dates rule.
 */
static gboolean read_half(Loading *loading, const TableRow *row, gboolean one_day, gboolean *half)
{
    guint column = *row->cells[PORTION] != '\0' ? PORTION : AMOUNT;
    const char *text = row->cells[column];
    gint64 micro_days;
    *half = FALSE;
    if (*text == '\0')
        return TRUE;
    if (!parse_amount(text, loading->setup->settings.hours_per_day, &micro_days)) {
        row_report(row, TM_KIND_BAD_NUMBER, column, "write 1, 0.5 or hours such as 4.00 hours");
        return FALSE;
    }
    if (column == PORTION && micro_days != TM_MICROS_PER_UNIT && micro_days != HALF) {
        row_report(row, TM_KIND_OUT_OF_RANGE, column, "a portion is 1 or 0.5");
        return FALSE;
    }
    *half = micro_days < TM_MICROS_PER_UNIT && (column == PORTION || one_day);
    return TRUE;
}

static void add_absence(
    Loading *loading, TmPersonIndex person, TmDay first, TmDay last, gboolean half)
{
    if (!half) {
        TmDaySpan span = {first, last};
        GArray *absences = g_array_index(loading->setup->people, TmPerson, person).absences;
        g_array_append_val(absences, span);
        return;
    }
    for (TmDay day = first; day <= last; day++) {
        HalfDay half_day = {person, day};
        g_array_append_val(loading->half_days, half_day);
    }
}

static void take_row(const TableRow *row, gpointer user)
{
    Loading *loading = user;
    g_autofree char *email = NULL;
    const char *text;
    TmDay first, last;
    int status;
    gboolean half;
    if (!row_choice(row, STATUS, statuses, 0, &status) || status != 0)
        return;
    if (!row_text(row, EMAIL, &text) || !row_email(row, EMAIL, &email) ||
        !row_text(row, FIRST, &text) || !row_days(row, FIRST, LAST, &first, &last))
        return;
    last = last == TM_DAY_FOREVER ? first : last;
    if ((gint64)last - first > MOST_DAYS) {
        row_report(row, TM_KIND_OUT_OF_RANGE, LAST, "the absence lasts over ten years");
        return;
    }
    if (!read_half(loading, row, first == last, &half))
        return;
    TmPersonIndex person = person_by_email(loading->setup, TM_TOOL_LIMIT, email, first);
    if (person >= TM_PERSON_IGNORED)
        row_report(row, TM_KIND_BAD_REFERENCE, EMAIL, "nobody on the roster has this address");
    else
        add_absence(loading, person, first, last, half);
}

/* ---- timeoff.ics ------------------------------------------------------------------------- */

typedef struct TimeOffCalendar {
    Loading *loading;
    const char *path;
} TimeOffCalendar;

static void take_event(const IcsEvent *event, gpointer user)
{
    TimeOffCalendar *calendar = user;
    TmPersonIndex person = event->attendee != NULL
                               ? person_by_email(calendar->loading->setup, TM_TOOL_LIMIT,
                                     event->attendee, event->first)
                               : TM_PERSON_UNRESOLVED;
    if (person < TM_PERSON_IGNORED)
        add_absence(calendar->loading, person, event->first, event->last, FALSE);
    else
        tm_diagnostics_report(calendar->loading->diagnostics, TM_KIND_BAD_REFERENCE,
            &(TmPlace){.file = calendar->path, .line = event->line, .field = "ATTENDEE"},
            "the event names nobody of people.csv by mail address");
}

static gboolean read_calendar(Loading *loading)
{
    g_autofree char *path = g_build_filename(loading->folder, "timeoff.ics", NULL);
    g_autofree char *text = NULL;
    gsize length;
    TextFileState state = text_file_read(
        path, TM_KIND_BAD_SETUP, loading->diagnostics, loading->fingerprint, &text, &length);
    if (state != TEXT_FILE_READ)
        return state == TEXT_FILE_MISSING;
    TimeOffCalendar calendar = {loading, path};
    ics_read(path, text, length, tm_day_from_date(2100, 12, 31), loading->diagnostics, take_event,
        &calendar);
    return TRUE;
}

/* ---- Joining ----------------------------------------------------------------------------- */

static int compare_half_days(gconstpointer left, gconstpointer right)
{
    const HalfDay *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

static void join_half_days(Loading *loading)
{
    GArray *halves = loading->half_days;
    g_array_sort(halves, compare_half_days);
    for (guint i = 1; i < halves->len; i++) {
        const HalfDay *half = &g_array_index(halves, HalfDay, i);
        if (compare_half_days(half - 1, half) == 0)
            add_absence(loading, half->person, half->day, half->day, FALSE);
    }
}

static int compare_spans(gconstpointer left, gconstpointer right)
{
    const TmDaySpan *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

/* Sorts the spans and makes one of those that overlap or touch. */
static void join_spans(GArray *spans)
{
    g_array_sort(spans, compare_spans);
    guint kept = 0;
    for (guint i = 1; i < spans->len; i++) {
        TmDaySpan *last = &g_array_index(spans, TmDaySpan, kept);
        const TmDaySpan *next = &g_array_index(spans, TmDaySpan, i);
        if (next->first <= last->last + 1)
            last->last = MAX(last->last, next->last);
        else
            g_array_index(spans, TmDaySpan, ++kept) = *next;
    }
    if (spans->len > 0)
        g_array_set_size(spans, kept + 1);
}

gboolean time_off_load(Loading *loading)
{
    static const TableFormat format = {
        "timeoff.csv", columns, COLUMN_COUNT, "type name note notes employee_id", take_row};
    loading->half_days = g_array_new(FALSE, FALSE, sizeof(HalfDay));
    gboolean usable = table_read(loading->folder, &format, loading->diagnostics,
                          loading->fingerprint, loading) != TABLE_UNUSABLE;
    usable &= read_calendar(loading);
    join_half_days(loading);
    for (guint i = 0; i < loading->setup->people->len; i++)
        join_spans(g_array_index(loading->setup->people, TmPerson, i).absences);
    g_array_unref(loading->half_days);
    return usable;
}
