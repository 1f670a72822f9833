/* Seats by tool, and what they cost. */
#include "person.h"

#include "seats.h"

/* First day of the spells of one tool that follow each other without a day between, up to licence
 * `index`; a person's licences are sorted by tool and first day. */
static TmDay held_since(const TmSetup *setup, guint first, guint index)
{
    const TmLicence *licence = &g_array_index(setup->licences, TmLicence, index);
    TmDay since = licence->first;
    for (guint i = index; i-- > first;) {
        const TmLicence *earlier = &g_array_index(setup->licences, TmLicence, i);
        if (earlier->tool != licence->tool)
            break;
        if (earlier->last >= since - 1)
            since = MIN(since, earlier->first);
    }
    return since;
}

static void count_seats(const TmPersonAt *at, guint first, guint end)
{
    const TmSetup *setup = at->pass->setup;
    TmFrame *frame = at->frame;
    TmDay sunday = tm_week_monday(frame->week) + 6;
    for (guint i = first; i < end; i++) {
        const TmLicence *licence = &g_array_index(setup->licences, TmLicence, i);
        if (licence->first > sunday || licence->last < sunday)
            continue;
        guint64 recent = at->memory->recent[licence->tool];
        TmDay since = held_since(setup, first, i);
        guint64 zero_mask = (G_GUINT64_CONSTANT(1) << TM_ZERO_SESSION_WEEKS) - 1;
        guint64 idle_mask = (G_GUINT64_CONSTANT(1) << TM_IDLE_WEEKS) - 1;
        frame->seats_active[licence->tool] += (gint64)(recent & 1);
        if ((recent & zero_mask) == 0 && since <= sunday - 7 * TM_ZERO_SESSION_WEEKS + 1)
            frame->seats_zero[licence->tool]++;
        if ((recent & idle_mask) == 0 && since <= sunday - 7 * TM_IDLE_WEEKS + 1)
            frame->seats_idle[licence->tool]++;
    }
}

/* Seat money of a person goes to their home block; without one, to the spare seats. */
static void add_seat_cost(const TmPersonAt *at, guint first, guint end)
{
    gint64 cost = 0;
    for (guint i = first; i < end; i++)
        cost += tm_seats_licence_cost(at->pass->setup,
            &g_array_index(at->pass->setup->licences, TmLicence, i),
            tm_week_monday(at->frame->week));
    guint scope = at->block != G_MAXUINT
                      ? at->block
                      : tm_partition_single(at->frame->partition, TM_SCOPE_SPARE);
    tm_sum_add(tm_week_sum(at->frame->sums, scope, TM_KPI_COST_SEATS), cost, FALSE);
}

void tm_person_seats(const TmPersonAt *at)
{
    guint first, end;
    tm_roster_licences(at->pass->setup, at->person, &first, &end);
    count_seats(at, first, end);
    add_seat_cost(at, first, end);
}
