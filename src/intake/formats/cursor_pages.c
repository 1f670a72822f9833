/* What Cursor's answers say around their rows; see cursor_pages.h. */
#include "cursor_pages.h"

#include "cursor_walk.h"

#define MILLISECONDS_PER_DAY G_GINT64_CONSTANT(86400000)

gboolean tm_cursor_take_end(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *instant)
{
    gint64 taken = TM_INSTANT_NONE;
    if (!tm_cursor_take_instant(reading, rule, value, &taken))
        return FALSE;
    if (taken != TM_INSTANT_NONE)
        *instant = (TmCount){TRUE, taken};
    return TRUE;
}

/*
 * The whole days of a period count. Its end may be midnight behind the last day or the last moment
 * of it; today is as whole as it can be.
 */
static void cover(const TmCursorPage *query, TmReading *reading)
{
    if (!query->start.present || !query->end.present || reading->summary->format == NULL)
        return;
    TmDay first = tm_instant_day(query->start.value + MILLISECONDS_PER_DAY - 1);
    TmDay last = tm_instant_day(query->end.value + 1) - 1;
    tm_reading_cover(reading, first, MIN(last, reading->options->today));
}

static void end_query(TmCursorPage *query, TmReading *reading, const TmCursorPageWords *words)
{
    TmPlace place = {.file = reading->path, .field = words->field};
    if (query->wanted.present && query->have < (guint64)query->wanted.value)
        tm_diagnostics_report(reading->diagnostics, TM_KIND_INCOMPLETE_EXPORT, &place,
            "%" G_GUINT64_FORMAT " %s of %" G_GINT64_FORMAT
            " are in this file: the other pages are wanted too",
            query->have, words->what, query->wanted.value);
    else
        cover(query, reading);
    *query = (TmCursorPage){0};
}

/* Pages of one query count up; without numbers they want the same. */
static gboolean is_same_query(const TmCursorPage *query, const TmCursorPage *page)
{
    if (query->have == 0)
        return FALSE;
    if (page->number.present && query->number.present)
        return page->number.value > query->number.value;
    return page->wanted.present && query->wanted.present &&
           page->wanted.value == query->wanted.value;
}

void tm_cursor_pages_turn(TmCursorPages *pages, TmReading *reading, const TmCursorPageWords *words)
{
    TmCursorPage *page = &pages->page, *query = &pages->query;
    if (!is_same_query(query, page))
        end_query(query, reading, words);
    page->have += query->have;
    page->wanted.present |= query->wanted.present;
    page->wanted.value = MAX(page->wanted.value, query->wanted.value);
    *query = *page;
    *page = (TmCursorPage){0};
}

void tm_cursor_pages_end(TmCursorPages *pages, TmReading *reading, const TmCursorPageWords *words)
{
    end_query(&pages->query, reading, words);
}
