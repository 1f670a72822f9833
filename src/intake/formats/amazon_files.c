/* Amazon's reports in buckets; see amazon_files.h. */
#include "amazon_files.h"

#include <string.h>

#define LENGTH_OF_RUN 12 /* digits of an account, and of a time of writing */
#define LENGTH_OF_DATE 10

/* The next run of exactly twelve digits in a name; NULL behind the last one. */
static const char *next_run(const char *at)
{
    while (*at != '\0') {
        gsize digits = strspn(at, "0123456789");
        if (digits == LENGTH_OF_RUN)
            return at;
        at += MAX(digits, 1);
    }
    return NULL;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

TmCell tm_amazon_account(const char *path)
{
    const char *run = next_run(name_of(path));
    return run != NULL ? (TmCell){run, LENGTH_OF_RUN} : (TmCell){"", 0};
}

/* "202609220000" */
static gboolean read_minute(const char *run, gint64 *milliseconds)
{
    char text[] = "YYYY-MM-DDThh:mm:00Z";
    memcpy(text, run, 4);
    memcpy(text + 5, run + 4, 2);
    memcpy(text + 8, run + 6, 2);
    memcpy(text + 11, run + 8, 2);
    memcpy(text + 14, run + 10, 2);
    return tm_instant_parse(text, strlen(text), milliseconds);
}

void tm_amazon_rank(TmReading *reading)
{
    gint64 written;
    const char *run = next_run(name_of(reading->path));
    for (run = run != NULL ? next_run(run + LENGTH_OF_RUN) : NULL; run != NULL;
         run = next_run(run + LENGTH_OF_RUN))
        if (read_minute(run, &written))
            reading->summary->exported = MAX(reading->summary->exported, written);
}

TmCell tm_amazon_user(TmCell cell)
{
    cell = tm_cell_trim(cell);
    while (cell.length > 0 && cell.text[0] == '"') {
        cell.text++;
        cell.length--;
    }
    while (cell.length > 0 && cell.text[cell.length - 1] == '"')
        cell.length--;
    const char *point = tm_cell_begins(cell, "d-") ? memchr(cell.text, '.', cell.length) : NULL;
    if (point == NULL)
        return cell;
    gsize before = (gsize)(point + 1 - cell.text);
    return (TmCell){point + 1, cell.length - before};
}

/* "09-21-2026" and "2026/09/21" as "2026-09-21". */
static TmDay read_date(TmCell cell)
{
    char text[] = "YYYY-MM-DD";
    if (cell.length != LENGTH_OF_DATE)
        return TM_DAY_NONE;
    if (g_ascii_isdigit(cell.text[2])) {
        memcpy(text, cell.text, LENGTH_OF_DATE);
        if (text[4] == '/' && text[7] == '/')
            text[4] = text[7] = '-';
    } else if (cell.text[2] == cell.text[5] && (cell.text[2] == '-' || cell.text[2] == '/')) {
        memcpy(text, cell.text + 6, 4);
        memcpy(text + 5, cell.text, 2);
        memcpy(text + 8, cell.text + 3, 2);
    }
    return tm_day_parse(text, LENGTH_OF_DATE);
}

gboolean tm_amazon_day(TmReading *reading, const TmFieldRule *rule, TmCell cell, TmDay *day)
{
    gint64 instant;
    *day = read_date(cell);
    if (*day == TM_DAY_NONE && tm_instant_parse(cell.text, cell.length, &instant))
        *day = tm_instant_day(instant);
    if (*day != TM_DAY_NONE)
        return TRUE;
    gboolean missing = cell.length == 0;
    tm_reading_skip(reading, missing ? TM_KIND_MISSING_FIELD : TM_KIND_BAD_DATE,
        tm_field_name(rule), missing ? "no date" : "neither MM-DD-YYYY nor YYYY-MM-DD");
    return FALSE;
}
