/* What several weeks of a person show: segments, unused licences, declining use. */
#include "person.h"

#define SEGMENT_WEEKS 4
#define PART_OF_WORK_DAYS 3 /* active days a week */
#define DECLINE_WEEKS 4     /* each of the two halves */

/* TRUE if there are data for so many weeks up to this one. */
static gboolean has_weeks(const TmPersonAt *at, guint weeks)
{
    return at->pass->first_data != TM_WEEK_NONE &&
           at->frame->week - at->pass->first_data >= (TmWeek)weeks - 1 && at->week >= weeks - 1;
}

static void add_segment(const TmPersonAt *at)
{
    if (!has_weeks(at, SEGMENT_WEEKS))
        return;
    guint days = 0, weeks = 0;
    for (guint ago = 0; ago < SEGMENT_WEEKS; ago++) {
        if (!at->cells[at->week - ago].licensed)
            continue;
        days += tm_bits(at->uses[at->week - ago].active_days);
        weeks++;
    }
    tm_at_cut(at, TM_KPI_SEGMENTS, days == 0 ? 0 : days < PART_OF_WORK_DAYS * weeks ? 1 : 2, 1);
}

/* Licensed on every day of the weeks, and active in none. */
static gboolean unused_for(const TmPersonAt *at, guint weeks)
{
    if (!has_weeks(at, weeks))
        return FALSE;
    for (guint ago = 0; ago < weeks; ago++)
        if (at->uses[at->week - ago].active_days != 0)
            return FALSE;
    TmDay sunday = tm_week_monday(at->frame->week) + 6;
    return tm_roster_licensed_since(at->pass->roster, at->person, sunday) <=
           sunday - 7 * (TmDay)weeks + 1;
}

/* What half of the eight weeks shows; `first` is its index. */
typedef struct Half {
    guint working, usual;
    gint64 tokens, days;
    gboolean licensed, regular; /* in each week */
} Half;

static Half look_at_half(const TmPersonAt *at, guint first)
{
    Half half = {.licensed = TRUE, .regular = TRUE};
    for (guint week = first; week < first + DECLINE_WEEKS; week++) {
        const TmUse *use = &at->uses[week];
        half.working += tm_bits(at->cells[week].working);
        half.usual += tm_bits(at->cells[week].usual);
        half.tokens += tm_headline_tokens(&use->total);
        half.days += tm_bits(use->active_days);
        half.licensed &= at->cells[week].licensed;
        half.regular &= tm_is_regular(&at->pass->setup->settings, use);
    }
    return half;
}

static gboolean was_present(const Half *half)
{
    return half->licensed && 2 * half->working >= half->usual;
}

static gboolean is_declining(const TmPersonAt *at)
{
    if (!has_weeks(at, 2 * DECLINE_WEEKS))
        return FALSE;
    Half now = look_at_half(at, at->week + 1 - DECLINE_WEEKS);
    Half before = look_at_half(at, at->week + 1 - 2 * DECLINE_WEEKS);
    if (!before.regular || !was_present(&before) || !was_present(&now))
        return FALSE;
    return before.tokens > 0 ? 2 * now.tokens <= before.tokens : 2 * now.days <= before.days;
}

void tm_person_history(const TmPersonAt *at)
{
    add_segment(at);
    if (unused_for(at, TM_ZERO_SESSION_WEEKS))
        tm_at_count(at, at->block, TM_KPI_ZERO_SESSION_PEOPLE);
    if (unused_for(at, TM_IDLE_WEEKS))
        tm_at_count(at, at->block, TM_KPI_IDLE_PEOPLE);
    if (is_declining(at))
        tm_at_count(at, at->block, TM_KPI_DECLINING_USERS);
}
