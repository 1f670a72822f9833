/* Typed values of cells. Messages name the column and never show the value. */
#include "row.h"

#include "fold.h"

#include <string.h>

#define MOST_EMAIL_BYTES 254

void row_report(const TableRow *row, TmDiagnosticKind kind, guint column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    tm_diagnostics_report(row->diagnostics, kind,
        &(TmPlace){.file = row->file, .line = row->line, .field = row->columns[column].name}, "%s",
        text);
}

gboolean row_text(const TableRow *row, guint column, const char **text)
{
    *text = row->cells[column];
    if (**text != '\0')
        return TRUE;
    row_report(row, TM_KIND_MISSING_FIELD, column, "the field is empty");
    return FALSE;
}

gboolean row_day(const TableRow *row, guint column, TmDay otherwise, TmDay *day)
{
    const char *text = row->cells[column];
    *day = *text == '\0' ? otherwise : tm_day_parse(text, -1);
    if (*text == '\0' || *day != TM_DAY_NONE)
        return TRUE;
    row_report(row, TM_KIND_BAD_DATE, column, "this is not a day in the form YYYY-MM-DD");
    return FALSE;
}

gboolean row_days(
    const TableRow *row, guint first_column, guint last_column, TmDay *first, TmDay *last)
{
    if (!row_day(row, first_column, TM_DAY_NONE, first) ||
        !row_day(row, last_column, TM_DAY_FOREVER, last))
        return FALSE;
    if (*first <= *last)
        return TRUE;
    row_report(row, TM_KIND_BAD_VALUE, last_column, "the last day is before the first");
    return FALSE;
}

gboolean row_money(const TableRow *row, guint column, gint64 otherwise, gint64 *micros)
{
    const char *text = row->cells[column];
    *micros = otherwise;
    if (*text == '\0')
        return TRUE;
    if (!tm_micros_parse(text, strlen(text), micros)) {
        row_report(row, TM_KIND_BAD_NUMBER, column,
            "an amount has digits and a decimal point, no sign of a currency");
        return FALSE;
    }
    if (*micros >= 0 && *micros <= MOST_MONEY)
        return TRUE;
    row_report(row, TM_KIND_OUT_OF_RANGE, column, "the amount is negative or too large");
    return FALSE;
}

gboolean row_integer(
    const TableRow *row, guint column, gint64 least, gint64 most, gint64 otherwise, gint64 *value)
{
    const char *text = row->cells[column];
    *value = otherwise;
    if (*text == '\0')
        return TRUE;
    if (!tm_integer_parse(text, strlen(text), value)) {
        row_report(row, TM_KIND_BAD_NUMBER, column, "this is not a whole number");
        return FALSE;
    }
    if (*value >= least && *value <= most)
        return TRUE;
    row_report(row, TM_KIND_OUT_OF_RANGE, column,
        "the number must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, least, most);
    return FALSE;
}

gboolean currency_is_valid(const char *text)
{
    return strlen(text) == 3 && g_ascii_isalpha(text[0]) && g_ascii_isalpha(text[1]) &&
           g_ascii_isalpha(text[2]);
}

gboolean row_currency(const TableRow *row, guint column, char **currency)
{
    const char *text = row->cells[column];
    *currency = NULL;
    if (*text == '\0')
        return TRUE;
    if (!currency_is_valid(text)) {
        row_report(row, TM_KIND_BAD_VALUE, column, "a currency has three letters, such as EUR");
        return FALSE;
    }
    *currency = g_ascii_strup(text, -1);
    return TRUE;
}

gboolean row_email(const TableRow *row, guint column, char **email)
{
    const char *text = row->cells[column];
    const char *at = strchr(text, '@');
    *email = NULL;
    if (*text == '\0')
        return TRUE;
    if (at == NULL || at == text || at[1] == '\0' || strpbrk(text, " \t\r\n,;<>\"") != NULL ||
        strlen(text) > MOST_EMAIL_BYTES) {
        row_report(row, TM_KIND_BAD_VALUE, column, "this is not a mail address");
        return FALSE;
    }
    *email = fold_dup(text);
    return TRUE;
}

char *key_fold(const char *text)
{
    char *key = g_ascii_strdown(text, -1);
    return g_strdelimit(key, " -", '_');
}

gboolean row_choice(
    const TableRow *row, guint column, const char *const *names, int otherwise, int *choice)
{
    g_autofree char *key = key_fold(row->cells[column]);
    *choice = otherwise;
    if (*key == '\0')
        return TRUE;
    for (int i = 0; names[i] != NULL; i++) {
        if (g_str_equal(names[i], key)) {
            *choice = i;
            return TRUE;
        }
    }
    g_autofree char *allowed = g_strjoinv(", ", (char **)names);
    row_report(row, TM_KIND_BAD_VALUE, column, "allowed are: %s", allowed);
    return FALSE;
}

char *cell_dup(const TableRow *row, guint column)
{
    return *row->cells[column] != '\0' ? g_strdup(row->cells[column]) : NULL;
}

/* 0 Monday … 6 Sunday by the first three letters; -1 if it is no weekday. */
static int parse_weekday(const char *text)
{
    static const char *const names[] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    g_autofree char *name = g_strstrip(g_ascii_strdown(text, -1));
    for (int i = 0; i < 7; i++) {
        if (g_str_equal(name, names[i]) || (strlen(name) == 3 && g_str_has_prefix(names[i], name)))
            return i;
    }
    return -1;
}

static gboolean parse_marks(const char *text, guint8 *work_days)
{
    if (strlen(text) != 7)
        return FALSE;
    for (int i = 0; i < 7; i++) {
        if (text[i] == 'x' || text[i] == 'X')
            *work_days |= (guint8)(1 << i);
        else if (text[i] != '-')
            return FALSE;
    }
    return TRUE;
}

/* One day or a range such as Sun-Thu, which may run over the end of the week. */
static gboolean parse_weekdays(const char *text, guint8 *work_days)
{
    g_auto(GStrv) ends = g_strsplit(text, "-", 3);
    guint count = g_strv_length(ends);
    if (count < 1 || count > 2)
        return FALSE;
    int first = parse_weekday(ends[0]), last = parse_weekday(ends[count - 1]);
    if (first < 0 || last < 0)
        return FALSE;
    for (int day = first;; day = (day + 1) % 7) {
        *work_days |= (guint8)(1 << day);
        if (day == last)
            return TRUE;
    }
}

gboolean work_days_parse(const char *text, guint8 *work_days)
{
    guint8 found = 0;
    if (!parse_marks(text, &found)) {
        found = 0;
        g_auto(GStrv) parts = g_strsplit_set(text, ",;", -1);
        for (char **part = parts; *part != NULL; part++) {
            if (!parse_weekdays(*part, &found))
                return FALSE;
        }
    }
    *work_days = found;
    return found != 0;
}
