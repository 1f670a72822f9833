/* Cells of Cursor's CSV files; see cursor_cells.h. */
#include "cursor_cells.h"

/* A number without the commas between its digits. FALSE if it is too long to be one. */
static gboolean without_commas(TmCell cell, char *copy, gsize size, gsize *length)
{
    *length = 0;
    for (gsize i = 0; i < cell.length; i++) {
        gboolean between = cell.text[i] == ',' && i > 0 && i + 1 < cell.length &&
                           g_ascii_isdigit(cell.text[i - 1]) && g_ascii_isdigit(cell.text[i + 1]);
        if (between)
            continue;
        if (*length == size)
            return FALSE;
        copy[(*length)++] = cell.text[i];
    }
    return TRUE;
}

/* A count with commas, or a large one; or none at all: then it is reported. */
static gboolean read_odd_count(
    TmReading *reading, TmCell cell, const TmFieldRule *rule, gint64 *value)
{
    char digits[40];
    gsize length;
    gboolean fits = without_commas(cell, digits, sizeof digits, &length) &&
                    tm_integer_parse(digits, length, value);
    if (!fits && !tm_is_digits(digits, length)) {
        tm_reading_skip(
            reading, TM_KIND_BAD_NUMBER, tm_field_name(rule), "a whole number is wanted");
        return FALSE;
    }
    if (!fits || *value < 0 || *value > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, tm_field_name(rule), "a count cannot be so");
        return FALSE;
    }
    return TRUE;
}

gboolean tm_cursor_cell_count(
    TmReading *reading, TmCell cell, const TmFieldRule *rule, TmCount *count)
{
    *count = (TmCount){TRUE, 0};
    if (tm_cell_short_number(cell, &count->value))
        return TRUE;
    cell = tm_cell_trim(cell);
    count->present = cell.length > 0;
    return cell.length == 0 || read_odd_count(reading, cell, rule, &count->value);
}

gboolean tm_cursor_cell_day(
    TmReading *reading, TmCell cell, const TmFieldRule *rule, TmDay *day, gint64 *instant)
{
    cell = tm_cell_trim(cell);
    *instant = TM_INSTANT_NONE;
    if (cell.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, tm_field_name(rule), "no date");
        return FALSE;
    }
    *day = tm_day_parse(cell.text, (gssize)cell.length);
    if (*day == TM_DAY_NONE && tm_instant_parse(cell.text, cell.length, instant))
        *day = tm_instant_day(*instant);
    if (*day != TM_DAY_NONE)
        return TRUE;
    tm_reading_skip(reading, TM_KIND_BAD_DATE, tm_field_name(rule),
        "neither YYYY-MM-DD nor an instant with its zone");
    return FALSE;
}
