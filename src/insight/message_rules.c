/*
 * Rows of the message. Verbs follow the size of the change: under 2 points adoption held; from 5
 * points, by 3 people or more, it jumped or dropped.
 */
#include "message.h"

#define JUMP_POINTS 5
#define JUMP_PEOPLE 3 /* fewer make no jump, however few are licensed */

/* ---- Adoption ---------------------------------------------------------------------------- */

static gboolean is_not_measured(const MessageFacts *facts)
{
    const TmCell *now = facts->adoption.now;
    return now == NULL || now->state == TM_CELL_NOT_MEASURED;
}

static gboolean is_not_shown(const MessageFacts *facts)
{
    return facts->adoption.now->state == TM_CELL_NOT_SHOWN;
}

static gboolean is_band(const MessageFacts *facts)
{
    return facts->adoption.now->state == TM_CELL_BAND;
}

static gboolean is_first(const MessageFacts *facts)
{
    return facts->adoption.state == TM_CHANGE_FIRST;
}

static gboolean cannot_be_compared(const MessageFacts *facts)
{
    return facts->adoption.state != TM_CHANGE_KNOWN || facts->is_short || facts->was_short;
}

static gboolean held(const MessageFacts *facts)
{
    return facts->adoption.direction == 0;
}

static gboolean is_jump(const MessageFacts *facts)
{
    gboolean by_few =
        facts->users.state == TM_CHANGE_KNOWN && ABS(facts->users.difference) < JUMP_PEOPLE;
    return ABS(facts->adoption.difference) >= JUMP_POINTS && !by_few;
}

static gboolean jumped(const MessageFacts *facts)
{
    return facts->adoption.direction > 0 && is_jump(facts);
}

static gboolean rose(const MessageFacts *facts)
{
    return facts->adoption.direction > 0;
}

static gboolean dropped(const MessageFacts *facts)
{
    return is_jump(facts);
}

static gboolean always(const MessageFacts *facts G_GNUC_UNUSED)
{
    return TRUE;
}

const MessageClause message_adoption[] = {
    {is_not_measured, "adoption is not measured", STRING_ADOPTION_NOT_MEASURED},
    {is_not_shown, "adoption is not shown", STRING_ADOPTION_NOT_SHOWN},
    {is_band, "adoption is a band", STRING_ADOPTION_BAND},
    {is_first, "it is the first week", STRING_ADOPTION_STARTS},
    {cannot_be_compared, "the week cannot be compared", STRING_ADOPTION_STANDS},
    {held, "it moved by under 2 points", STRING_ADOPTION_HELD},
    {jumped, "it rose by 5 points or more, and by 3 people or more", STRING_ADOPTION_JUMPED},
    {rose, "it rose", STRING_ADOPTION_ROSE},
    {dropped, "it fell by 5 points or more, and by 3 people or more", STRING_ADOPTION_DROPPED},
    {always, "it fell", STRING_ADOPTION_FELL},
};

const guint message_adoption_count = G_N_ELEMENTS(message_adoption);

/* ---- Why it cannot be compared ----------------------------------------------------------- */

static gboolean is_incomplete(const MessageFacts *facts)
{
    return facts->adoption.state == TM_CHANGE_INCOMPLETE;
}

static gboolean lacks_several_tools(const MessageFacts *facts)
{
    return is_incomplete(facts) && facts->more_tools > 0;
}

static gboolean lacks_a_tool(const MessageFacts *facts)
{
    return is_incomplete(facts) && facts->first_tool != NULL;
}

static gboolean is_missing_before(const MessageFacts *facts)
{
    return facts->adoption.state == TM_CHANGE_MISSING;
}

static gboolean has_new_rules(const MessageFacts *facts)
{
    return facts->adoption.state == TM_CHANGE_NEW_RULES;
}

static gboolean is_short(const MessageFacts *facts)
{
    return facts->adoption.state == TM_CHANGE_KNOWN && facts->is_short;
}

static gboolean was_short(const MessageFacts *facts)
{
    return facts->adoption.state == TM_CHANGE_KNOWN && facts->was_short;
}

const MessageClause message_reasons[] = {
    {lacks_several_tools, "several tools lack days of the week", STRING_BECAUSE_INCOMPLETE_MORE},
    {lacks_a_tool, "a tool lacks days of the week", STRING_BECAUSE_INCOMPLETE},
    {is_incomplete, "a tool lacks days of the week before", STRING_BECAUSE_INCOMPLETE_BEFORE},
    {is_missing_before, "the week before is not published", STRING_BECAUSE_MISSING},
    {has_new_rules, "definitions changed", STRING_BECAUSE_NEW_RULES},
    {is_short, "the week had under 60% of the usual working days", STRING_BECAUSE_SHORT},
    {was_short, "the week before had", STRING_BECAUSE_SHORT_BEFORE},
};

const guint message_reason_count = G_N_ELEMENTS(message_reasons);

/* ---- Cost against use -------------------------------------------------------------------- */

const CostClause message_costs[] = {
    {1, 1, LEAD_COST, STRING_COST_UP_FASTER},
    {1, 1, LEAD_USE, STRING_COST_UP_SLOWER},
    {1, 1, LEAD_NONE, STRING_COST_UP_TOGETHER},
    {1, 0, LEAD_NONE, STRING_COST_UP_USE_FLAT},
    {1, -1, LEAD_NONE, STRING_COST_UP_USE_DOWN},
    {0, 1, LEAD_NONE, STRING_COST_FLAT_USE_UP},
    {0, 0, LEAD_NONE, STRING_COST_FLAT_USE_FLAT},
    {0, -1, LEAD_NONE, STRING_COST_FLAT_USE_DOWN},
    {-1, 1, LEAD_NONE, STRING_COST_DOWN_USE_UP},
    {-1, 0, LEAD_NONE, STRING_COST_DOWN_USE_FLAT},
    {-1, -1, LEAD_NONE, STRING_COST_DOWN_USE_DOWN},
    {1, USE_UNKNOWN, LEAD_NONE, STRING_COST_UP_ALONE},
    {0, USE_UNKNOWN, LEAD_NONE, STRING_COST_FLAT_ALONE},
    {-1, USE_UNKNOWN, LEAD_NONE, STRING_COST_DOWN_ALONE},
};

const guint message_cost_count = G_N_ELEMENTS(message_costs);
