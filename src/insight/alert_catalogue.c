/*
 * What each alert is, in words: one row a kind. docs/alerts.md and the data file are made from this
 * table; tidemark.ini names the same settings.
 */
#include <tidemark/insight.h>

#define MEAN_ENDS                                                                                  \
    "the week that is back within the threshold against the frozen mean, or 8 weeks, after which " \
    "the new level is the measure"
#define WEEK_ENDS "the first week that no longer breaches"
#define MONTH_ENDS "the first week that no longer breaches; each reporting month starts anew"

static const TmAlertInfo catalogue[TM_ALERT_KIND_COUNT] = {
    [TM_ALERT_STALE_DATA] = {.key = "stale_data",
        .name = "stale data",
        .theme = TM_ALERT_THEME_DATA,
        .fallback = 1,
        .unit = "days of the week without data",
        .rule = "a tool with licences lacks days of the week",
        .needs = "nothing more",
        .identity = "the first week without missing days",
        .next_step = "export the tool again; until then totals over all tools stand without "
                     "comparison"},
    [TM_ALERT_COST_SPIKE] = {.key = "cost_spike",
        .name = "cost spike",
        .theme = TM_ALERT_THEME_MONEY,
        .setting = "cost_spike_percent",
        .fallback = 150,
        .unit = "percent of the mean",
        .compared = "mean of the 4 weeks before",
        .rule = "the week's total or metered cost is over the threshold",
        .needs = "cost of the week and of 4 weeks before, complete",
        .identity = MEAN_ENDS,
        .next_step = "ask what changed: more use, a dearer model or a long agent run?"},
    [TM_ALERT_BUDGET] = {.key = "budget",
        .name = "budget",
        .theme = TM_ALERT_THEME_MONEY,
        .setting = "budget_percent",
        .fallback = 10,
        .unit = "percent over the budget",
        .compared = "budget of the reporting month",
        .rule = "the organisation's projected month is over its budget by more than the threshold",
        .needs = "a budget in budgets.csv for each day of the reporting month; cost of its weeks "
                 "so far; metered cost and working days of 4 weeks",
        .identity = MONTH_ENDS,
        .next_step = "look at the split: more users, deeper use or price, and does the budget "
                     "still fit?"},
    [TM_ALERT_DEPARTMENT_BUDGET] = {.key = "department_budget",
        .name = "department budget",
        .theme = TM_ALERT_THEME_MONEY,
        .setting = "department_budget_percent",
        .fallback = 25,
        .unit = "percent over the budget",
        .compared = "the department's own budget of the reporting month",
        .rule = "a department's projected month is over its own budget by the threshold or more",
        .needs = "a budget of the department in budgets.csv, else as for the budget alert",
        .identity = MONTH_ENDS,
        .next_step = "look at the split with the department: more users, deeper use or price?"},
    [TM_ALERT_ADOPTION_FALL] = {.key = "adoption_fall",
        .name = "adoption fall",
        .theme = TM_ALERT_THEME_REACH,
        .setting = "adoption_fall_percent",
        .fallback = 40,
        .unit = "percent less",
        .compared = "adoption of as many weeks before the month",
        .rule = "adoption of the reporting month so far is lower by the threshold or more, in "
                "relation to the weeks before; both are sums of active people over sums of "
                "licensed people",
        .needs = "active and licensed people of the month's weeks and of as many before, complete",
        .identity = MONTH_ENDS,
        .next_step = "ask what changed this month: time off, access, or did the tools stop "
                     "helping?"},
    [TM_ALERT_ADOPTION_DROP] = {.key = "adoption_drop",
        .name = "adoption drop",
        .theme = TM_ALERT_THEME_REACH,
        .setting = "adoption_drop_points",
        .fallback = 10,
        .unit = "points below the mean",
        .compared = "mean of the 4 weeks before",
        .rule = "adoption is more than the threshold below the mean, and at least "
                "`adoption_drop_people` people fewer of those at work were active; says so when "
                "bought seats moved the rate",
        .needs = "adoption and people at work of the week and of 4 weeks before, complete",
        .identity = MEAN_ENDS,
        .next_step = "ask the group what changed in that week"},
    [TM_ALERT_BELOW_TARGET] = {.key = "below_target",
        .name = "below target",
        .theme = TM_ALERT_THEME_REACH,
        .fallback = 0,
        .unit = "the goal's own lower bound",
        .compared = "lower bound of the goal; in a ramp the straight line to it",
        .rule = "a figure with a goal is under the goal's lower bound, from the goal's first whole "
                "week on",
        .needs = "a goal with `lower` in goals.csv, for a figure of which less is not better; the "
                 "figure of the week, complete",
        .identity = WEEK_ENDS,
        .next_step = "ask what would help to reach the goal, or whether it needs another look"},
    [TM_ALERT_ADOPTION_STALL] = {.key = "adoption_stall",
        .name = "adoption stall",
        .theme = TM_ALERT_THEME_REACH,
        .setting = "adoption_stall_points",
        .fallback = 2,
        .unit = "points between the least and the greatest of 4 weeks",
        .compared = "target of the goal",
        .rule = "the greatest minus the least adoption of 4 weeks is the threshold or less, "
                "adoption is below its target, and the rollout is in the state seed, launch or "
                "iterate",
        .needs = "a goal with `target` in goals.csv, `rollout_state` in teams.csv; adoption of 4 "
                 "weeks, complete",
        .identity = WEEK_ENDS,
        .next_step = "find the next use case with the group: who has not started, and why?"},
    [TM_ALERT_NOT_STARTED] = {.key = "not_started",
        .name = "new users not started",
        .theme = TM_ALERT_THEME_START,
        .setting = "not_started_people",
        .fallback = 5,
        .unit = "people",
        .rule = "the threshold or more people have held a licence for 7 days or more without any "
                "activity",
        .needs = "licences with their first days (licenses.csv or the vendor's seat list)",
        .identity = WEEK_ENDS,
        .next_step = "offer them a start: do they have access, and do they know whom to ask?"},
    [TM_ALERT_ONBOARDING] = {.key = "onboarding",
        .name = "onboarding",
        .theme = TM_ALERT_THEME_START,
        .setting = "slow_start_percent",
        .fallback = 30,
        .unit = "percent of new licence holders",
        .rule = "the threshold or more of the people licensed in the last 13 weeks took over 10 "
                "working days to a first real use, where `slow_start_people` or more have held "
                "their licence at least that long",
        .needs = "licences with their first days (licenses.csv or the vendor's seat list)",
        .identity = WEEK_ENDS,
        .next_step = "look at the first days: what stood in the way, access, time, or a first "
                     "task?"},
    [TM_ALERT_STREAK_COLLAPSE] = {.key = "streak_collapse",
        .name = "streak collapse",
        .theme = TM_ALERT_THEME_DEPTH,
        .setting = "streak_collapse_percent",
        .fallback = 20,
        .unit = "percent shorter",
        .compared = "mean streak of the same people the week before",
        .rule = "the mean streak of people active the week before and still licensed (0 when "
                "broken; newcomers left out) is shorter by more than the threshold",
        .needs = "the two matched streaks of the week, complete",
        .identity = WEEK_ENDS,
        .next_step = "ask what interrupted the habit: a change of work, an outage, or less help "
                     "than before?"},
    [TM_ALERT_SESSION_DEPTH] = {.key = "session_depth",
        .name = "session depth decline",
        .theme = TM_ALERT_THEME_DEPTH,
        .setting = "session_depth_percent",
        .fallback = 30,
        .unit = "percent below the mean",
        .compared = "mean of the 4 weeks before the first of the two",
        .rule = "tokens per session are below the mean by the threshold or more, two weeks running",
        .needs = "tokens per session of the two weeks and of 4 weeks before, complete",
        .identity = MEAN_ENDS,
        .next_step = "ask what sessions are used for now: smaller tasks, another tool, or less "
                     "help than before?"},
    [TM_ALERT_TOKEN_SPIKE] = {.key = "token_spike",
        .name = "token spike",
        .theme = TM_ALERT_THEME_DEPTH,
        .setting = "token_spike_percent",
        .fallback = 50,
        .unit = "percent more",
        .compared = "the week before",
        .rule = "tokens are up by the threshold or more",
        .needs = "tokens of the week and of the week before, complete, with use in both",
        .identity = WEEK_ENDS,
        .next_step = "find out what drives it: more people, a new way of working, or a long agent "
                     "run?"},
    [TM_ALERT_UNUSED_SEATS] = {.key = "unused_seats",
        .name = "unused seats",
        .theme = TM_ALERT_THEME_SEATS,
        .setting = "unused_seats_percent",
        .fallback = 10,
        .unit = "percent of the tool's seats",
        .compared = "seats held",
        .rule = "the threshold or more of a tool's seats had no session in 4 weeks; told with "
                "their price",
        .needs = "seats and their use by tool; the price from subscriptions.csv or licenses.csv",
        .identity = WEEK_ENDS,
        .next_step = "offer them first where people wait, else give them back at renewal"},
};

const TmAlertInfo *tm_alert_info(TmAlertKind kind)
{
    g_assert(kind >= 0 && kind < TM_ALERT_KIND_COUNT);
    return &catalogue[kind];
}

const char *tm_alert_name(TmAlertKind kind)
{
    return tm_alert_info(kind)->name;
}

/* ---- docs/alerts.md ---------------------------------------------------------------------- */

static const char introduction[] =
    "# Alerts\n"
    "\n"
    "<!-- Made from src/insight/alert_catalogue.c; a test checks it. Change it there. -->\n"
    "\n"
    "An alert says what went over a threshold, for which group, the value, the threshold, since "
    "which week, and what to do next. Alerts stand in the report's decisions, in `alerts.json` "
    "(schema: [schemas/alerts.schema.json](schemas/alerts.schema.json)) and in the text that "
    "`tidemark run --alerts-only` writes for a mail. They are made from published cells only.\n"
    "\n"
    "## What holds for all\n"
    "\n"
    "- **Identity.** An alert is *new* in the week in which it fires, *open* with its first week "
    "after that, and told once more in the week in which it *cleared*. Nothing of this is kept "
    "between runs: it is replayed from the archive.\n"
    "- **Baselines.** A mean of the 4 weeks before freezes at the first breach. It stays until the "
    "alert clears against it, or until 8 weeks have passed: then the new level is the measure.\n"
    "- **Short weeks.** A week with under 60% of the group's usual working days fires nothing, "
    "clears nothing and enters no baseline.\n"
    "- **Silence.** Where a week is incomplete, not shown, not measured or under other rules, the "
    "alert is silent and says why. An open one stays open.\n"
    "- **Bands.** Where a figure is a band, an alert fires only if every value in the band would.\n"
    "- **Few movers.** When one or two people entered or left a block since the week before, "
    "nothing is said about changes of its tokens and cost.\n"
    "- **What does not apply is not spoken of**: a budget that is not set, a goal without a bound, "
    "a rollout that is not under way.\n"
    "- **Thresholds** are settings in the group `[alerts]` of tidemark.ini. The archive carries "
    "them, so that an old report can be made again as it was.\n"
    "\n"
    "## Order in decisions\n"
    "\n"
    "A report has room for a few decisions. Alerts with one answer share a theme: data, money, "
    "reach, start, depth, seats. Of each theme one alert is taken. Stale data comes first, then "
    "what is new this week, then what was open before; within these the order below, larger sizes "
    "first. What is left of each theme follows in the same order. A group is left out when its "
    "department or the organisation has the same alert. `alerts.json` has all of them.\n"
    "\n"
    "## Daily cost\n"
    "\n"
    "`tidemark run --daily-cost` reads the exports and publishes nothing. It judges the cost spike "
    "of the weeks that have not settled yet, as far as they have gone, for the organisation and "
    "its departments, each of 20 or more licensed people, against the means of the published "
    "weeks. It "
    "writes whether each is over its threshold already, and no figure: "
    "`out/organisation/daily-cost.json` and `daily-cost.txt`, which the next run overwrites. "
    "Nothing of it is archived.\n";

static void append_row(GString *out, const char *title, const char *text)
{
    if (text != NULL)
        g_string_append_printf(out, "- **%s:** %s\n", title, text);
}

static void append_alert(GString *out, const TmAlertInfo *info)
{
    g_string_append_printf(out, "\n### %c%s\n\n", g_ascii_toupper(info->name[0]), info->name + 1);
    g_string_append_printf(out, "`%s` in alerts.json.\n\n", info->key);
    append_row(out, "Fires when", info->rule);
    append_row(out, "Held against", info->compared);
    if (info->setting != NULL)
        g_string_append_printf(out, "- **Threshold:** `%s`, %" G_GINT64_FORMAT " %s\n",
            info->setting, info->fallback, info->unit);
    else
        append_row(out, "Threshold", info->unit);
    append_row(out, "Needs", info->needs);
    append_row(out, "Clears with", info->identity);
    append_row(out, "Next step", info->next_step);
}

char *tm_alert_catalogue_markdown(void)
{
    static const char *const themes[TM_ALERT_THEME_COUNT] = {
        [TM_ALERT_THEME_DATA] = "Data",
        [TM_ALERT_THEME_MONEY] = "Money",
        [TM_ALERT_THEME_REACH] = "Reach",
        [TM_ALERT_THEME_START] = "Start",
        [TM_ALERT_THEME_DEPTH] = "Depth",
        [TM_ALERT_THEME_SEATS] = "Seats",
    };
    GString *out = g_string_new(introduction);
    for (int kind = 0; kind < TM_ALERT_KIND_COUNT; kind++) {
        const TmAlertInfo *info = &catalogue[kind];
        if (kind == 0 || catalogue[kind - 1].theme != info->theme)
            g_string_append_printf(out, "\n## %s\n", themes[info->theme]);
        append_alert(out, info);
    }
    return g_string_free(out, FALSE);
}
