#include "sample_issue.h"

#include "fake_issue.h"

#define WEEKS 12
#define MONEY(units) ((gint64)((units)*100) * (TM_MICROS_PER_UNIT / 100))
#define MILLIONS(tokens) ((gint64)((tokens)*1000) * 1000)

/* Organisation, oldest week first. */
static const gint64 active[WEEKS] = {90, 92, 96, 94, 100, 102, 106, 104, 110, 112, 112, 126};
static const gint64 regular[WEEKS] = {52, 54, 55, 57, 60, 63, 66, 66, 70, 73, 75, 82};
static const double tokens[WEEKS] = {81, 86, 88, 97, 101, 99, 112, 118, 121, 127, 131, 139};
static const double metered[WEEKS] = {
    1600, 1700, 1900, 2200, 2300, 2100, 2800, 3000, 3100, 2300, 2400, 7300};
static const gint64 streak[WEEKS] = {41, 43, 42, 49, 52, 50, 56, 58, 61, 64, 63, 68};

typedef struct Block {
    const char *id, *name, *function;
    guint teams;
    gint64 licensed;
    gint64 active[6]; /* the last six weeks */
    double per_active, metered_before, metered_now;
    gint64 streak;
} Block;

static const Block blocks[] = {
    {"block-checkout", "Checkout", "Product engineering", 1, 42, {30, 31, 31, 33, 33, 34}, 1.4, 400,
        500, 92},
    {"block-growth", "Growth", "Product engineering", 1, 27, {14, 16, 17, 18, 19, 20}, 1.2, 300,
        400, 71},
    {"block-mobile", "Mobile", "Product engineering", 1, 27, {11, 11, 11, 11, 11, 11}, 0.9, 200,
        200, 30},
    {"block-data", "Data infrastructure", "Platform engineering", 1, 26, {9, 9, 10, 10, 10, 10},
        3.9, 900, 5500, 88},
    {"block-devex", "Developer experience", "Platform engineering", 1, 17, {14, 14, 15, 14, 15, 15},
        1.8, 300, 350, 124},
    {"block-reliability", "Site reliability", "Platform engineering", 1, 25,
        {19, 19, 18, 17, 15, 13}, 0.7, 200, 200, 29},
    {"block-other", "Other teams in Corporate", "Corporate engineering", 3, 40,
        {18, 19, 19, 19, 21, 23}, 0.6, 100, 150, 44},
};

static gint64 percent(gint64 part, gint64 whole)
{
    return tm_scale_half_even(part, 100, whole);
}

static void add_organisation(TmIssue *issue)
{
    for (int i = 0; i < WEEKS; i++) {
        TmWeek week = SAMPLE_WEEK - WEEKS + 1 + i;
        gint64 cost = MONEY(7600) + MONEY(metered[i]);
        fake_value(issue, "org", TM_KPI_LICENSED, week, 204);
        fake_value(issue, "org", TM_KPI_ACTIVE_USERS, week, active[i]);
        fake_value(issue, "org", TM_KPI_REGULAR_USERS, week, regular[i]);
        fake_value(issue, "org", TM_KPI_ADOPTION, week, percent(active[i], 204));
        fake_value(issue, "org", TM_KPI_REGULAR_SHARE, week, percent(regular[i], 204));
        fake_value(issue, "org", TM_KPI_TOKENS, week, MILLIONS(tokens[i]));
        fake_value(issue, "org", TM_KPI_TOKENS_PER_ACTIVE, week,
            tm_round_to(MILLIONS(tokens[i]) / active[i], 1000));
        fake_value(issue, "org", TM_KPI_COST_SEATS, week, MONEY(7600));
        fake_value(issue, "org", TM_KPI_COST_METERED, week, MONEY(metered[i]));
        fake_value(issue, "org", TM_KPI_COST, week, cost);
        fake_value(
            issue, "org", TM_KPI_COST_PER_ACTIVE, week, tm_round_to(cost / active[i], 10000));
        fake_value(issue, "org", TM_KPI_STREAK, week, streak[i]);
        fake_value(issue, "org", TM_KPI_PRESENT, week, 200);
        fake_value(issue, "org", TM_KPI_PRESENT_ACTIVE, week, active[i]);
        fake_value(issue, "org", TM_KPI_WORKING_DAYS, week, 980);
        fake_value(issue, "org", TM_KPI_USUAL_DAYS, week, 1020);
    }
    fake_value(issue, "org", TM_KPI_STREAK_MEDIAN, SAMPLE_WEEK, 40);
    fake_value(issue, "org", TM_KPI_GAINED_USERS, SAMPLE_WEEK, 17);
    fake_value(issue, "org", TM_KPI_LOST_USERS, SAMPLE_WEEK, 3);
    fake_value(issue, "org", TM_KPI_LIST_VALUE, SAMPLE_WEEK, MONEY(21400));
}

static void add_block(TmIssue *issue, const Block *block)
{
    fake_scope(issue, TM_SCOPE_BLOCK, block->id, block->name, block->function, block->teams);
    for (int i = 0; i < 6; i++) {
        TmWeek week = SAMPLE_WEEK - 5 + i;
        gint64 users = block->active[i];
        gint64 extra = MONEY(i == 5 ? block->metered_now : block->metered_before);
        fake_value(issue, block->id, TM_KPI_LICENSED, week, block->licensed);
        fake_value(issue, block->id, TM_KPI_ACTIVE_USERS, week, users);
        fake_value(issue, block->id, TM_KPI_ADOPTION, week, percent(users, block->licensed));
        fake_value(issue, block->id, TM_KPI_TOKENS_PER_ACTIVE, week, MILLIONS(block->per_active));
        fake_value(issue, block->id, TM_KPI_TOKENS, week, MILLIONS(block->per_active) * users);
        fake_value(issue, block->id, TM_KPI_COST_METERED, week, extra);
        fake_value(issue, block->id, TM_KPI_COST_SEATS, week, MONEY(37 * block->licensed));
        fake_value(issue, block->id, TM_KPI_COST, week, extra + MONEY(37 * block->licensed));
        fake_value(issue, block->id, TM_KPI_STREAK, week, block->streak);
        fake_value(issue, block->id, TM_KPI_PRESENT, week, block->licensed - 1);
        fake_value(issue, block->id, TM_KPI_PRESENT_ACTIVE, week, users);
        fake_value(issue, block->id, TM_KPI_WORKING_DAYS, week, block->licensed * 5 - 5);
        fake_value(issue, block->id, TM_KPI_USUAL_DAYS, week, block->licensed * 5);
    }
}

static void add_seats(TmIssue *issue, const char *tool, gint64 purchased, gint64 held,
    gint64 in_use, gint64 unused, gint64 price)
{
    for (TmWeek week = SAMPLE_WEEK - 2; week <= SAMPLE_WEEK; week++) {
        fake_part(issue, TM_KPI_SEATS_PURCHASED, tool, week, purchased);
        fake_part(issue, TM_KPI_SEATS_HELD, tool, week, held);
        fake_part(issue, TM_KPI_SEATS_ACTIVE, tool, week, in_use);
        fake_part(issue, TM_KPI_SEATS_ZERO_SESSION, tool, week, unused);
        fake_part(issue, TM_KPI_SEAT_MONTH_PRICE, tool, week, MONEY(price));
        fake_part(issue, TM_KPI_SEATS_MONTH_COST, tool, week, MONEY(price) * purchased);
        fake_part(issue, TM_KPI_SEATS_PRICE_PER_ACTIVE, tool, week,
            tm_round_to(MONEY(price) * purchased / in_use, 10000));
        fake_part(issue, TM_KPI_SPEND_EXPOSED, tool, week, MONEY(price) * unused);
        fake_part(issue, TM_KPI_SPEND_REASSIGNABLE, tool, week, MONEY(price) * (unused / 2));
        fake_part(issue, TM_KPI_SPEND_REDUCIBLE, tool, week, MONEY(price) * (purchased - held));
    }
}

TmIssue *sample_issue_new(void)
{
    TmIssue *issue = fake_issue_new(SAMPLE_WEEK - WEEKS + 1, SAMPLE_WEEK);
    TmDay sunday = tm_week_monday(SAMPLE_WEEK) + 6;
    add_organisation(issue);
    fake_scope(issue, TM_SCOPE_DEPARTMENT, "dept-engineering", "Engineering", NULL, 1);
    for (guint i = 0; i < G_N_ELEMENTS(blocks); i++)
        add_block(issue, &blocks[i]);
    fake_tool(issue, "claude-code", "Claude Code", sunday, 0, 0);
    fake_tool(issue, "copilot", "Copilot", sunday, 0, 1u << 4);
    fake_tool(issue, "cursor", "Cursor", sunday, 0, 0);
    add_seats(issue, "copilot", 120, 116, 70, 31, 39);
    add_seats(issue, "cursor", 60, 60, 52, 5, 40);
    fake_goal(issue, TM_KPI_ADOPTION, 70);
    fake_budget(issue, MONEY(12000), MONEY(48000), 4);
    return issue;
}
