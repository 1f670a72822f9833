/* The frames of the weeks: see pass.h. */
#include "pass.h"

#include <string.h>

static TmPartition *previous_partition(const TmMeasureOptions *options, TmWeek week)
{
    TmPartition *previous = NULL;
    for (guint i = 0; options->history != NULL && i < options->history->len; i++) {
        TmPartition *candidate = g_ptr_array_index(options->history, i);
        if (candidate->week < week)
            previous = candidate;
    }
    return previous;
}

static void fill_blocks(const TmPass *pass, TmFrame *frame)
{
    guint teams = pass->setup->teams->len;
    frame->block_of_team = g_new(guint, teams);
    for (guint team = 0; team < teams; team++)
        frame->block_of_team[team] = tm_partition_block_of(
            frame->partition, g_array_index(pass->setup->teams, TmTeam, team).id);
}

static void fill_coverage(const TmPass *pass, TmFrame *frame)
{
    frame->covered_by_source = g_new0(guint8, tm_source_count);
    frame->days_by_source = g_new0(guint8, tm_source_count);
    for (guint source = 0; source < tm_source_count; source++) {
        guint8 days = tm_ledger_covered(pass->ledger, source, frame->week);
        /* What a personal source covers, rows of people say. */
        if (tm_sources[source].trait == TM_TRAIT_NONE)
            frame->covered_by_source[source] = days;
        if (tm_sources[source].trait == TM_TRAIT_APART)
            continue;
        frame->days_by_source[source] = days;
        if (days != 0)
            frame->supplied |= tm_sources[source].measures;
    }
}

static void fill_tools(TmPass *pass, const TmToolCoverage *coverage, TmFrame *frame)
{
    for (guint tool = 0; tool < TM_TOOL_LIMIT; tool++) {
        frame->covered[tool] = tm_tool_coverage_days(coverage, tool, frame->week);
        if (frame->covered[tool] == 0)
            continue;
        if (pass->first_of[tool] == TM_WEEK_NONE)
            pass->first_of[tool] = frame->week;
        pass->first_day =
            MIN(pass->first_day, tm_week_monday(frame->week) + __builtin_ctz(frame->covered[tool]));
        if (pass->first_data == TM_WEEK_NONE)
            pass->first_data = frame->week;
    }
}

guint8 tm_pass_missing_days(const TmPass *pass, guint week, guint tool)
{
    const TmFrame *frame = &pass->frames[week];
    return (guint8)(frame->expected[tool] & ~frame->covered[tool]);
}

guint64 tm_pass_expected_tools(const TmPass *pass, guint week)
{
    if (pass->roster->by_licences)
        return pass->tools_with_licences;
    return pass->tools_with_licences | pass->frames[week].tools_seen;
}

static void fill_expected(const TmPass *pass, TmFrame *frame)
{
    for (guint tool = 0; tool < pass->setup->tools->len; tool++) {
        guint8 had = pass->roster->by_licences ? tm_setup_tool_days(pass->setup, tool, frame->week)
                                               : TM_ALL_DAYS;
        frame->expected[tool] = pass->setup->settings.work_days & had;
    }
}

static void note_tools_seen(TmPass *pass, guint week)
{
    TmFrame *frame = &pass->frames[week];
    frame->tools_seen = week == 0 ? 0 : pass->frames[week - 1].tools_seen;
    for (guint tool = 0; tool < TM_TOOL_LIMIT; tool++)
        if (frame->covered[tool] != 0)
            frame->tools_seen |= G_GUINT64_CONSTANT(1) << tool;
}

static void fill_frames(TmPass *pass, const TmMeasureOptions *options)
{
    TmPartition *previous = previous_partition(options, options->first);
    g_autoptr(TmToolCoverage) coverage = tm_tool_coverage_new(pass->ledger);
    for (guint week = 0; week < pass->weeks; week++) {
        TmFrame *frame = &pass->frames[week];
        frame->week = pass->first + (TmWeek)week;
        fill_coverage(pass, frame);
        fill_tools(pass, coverage, frame);
        fill_expected(pass, frame);
        note_tools_seen(pass, week);
        for (guint tool = 0; tool < pass->setup->tools->len; tool++)
            if ((tm_pass_expected_tools(pass, week) >> tool & 1) &&
                tm_pass_missing_days(pass, week, tool) != 0)
                frame->incomplete = TRUE;
        if (week < pass->measured)
            continue;
        g_autofree TmTeamSize *sizes = tm_roster_sizes(pass->roster, week);
        frame->partition = tm_partition_make(pass->setup, frame->week, sizes, previous);
        if (frame->partition == NULL)
            continue;
        previous = frame->partition;
        frame->sums = tm_week_sums_new(frame->partition->scopes->len);
        fill_blocks(pass, frame);
    }
}

/* Tools that somebody holds, or that are contracted; without either, those with data. */
static guint64 licensed_tools(const TmPass *pass)
{
    guint64 tools = pass->roster->licensed_tools;
    for (guint i = 0; i < pass->setup->contracts->len; i++)
        tools |= G_GUINT64_CONSTANT(1) << g_array_index(pass->setup->contracts, TmContract, i).tool;
    return tools;
}

TmPass *tm_pass_new(const TmSetup *setup, TmLedger *ledger, const TmMeasureOptions *options)
{
    TmPass *pass = g_new0(TmPass, 1);
    pass->setup = setup;
    pass->ledger = ledger;
    TmWeek data_first, data_last;
    pass->first_data = TM_WEEK_NONE;
    pass->first_day = TM_DAY_FOREVER;
    for (guint tool = 0; tool < TM_TOOL_LIMIT; tool++)
        pass->first_of[tool] = TM_WEEK_NONE;
    pass->first = options->first - 1; /* the week before tells who is gained or lost */
    if (tm_ledger_span(ledger, &data_first, &data_last))
        pass->first = MIN(pass->first, data_first);
    pass->weeks = (guint)(options->last - pass->first + 1);
    pass->measured = (guint)(options->first - pass->first);
    pass->roster = tm_roster_make(setup, pass->first, pass->weeks);
    pass->tools_with_licences = licensed_tools(pass);
    pass->frames = g_new0(TmFrame, pass->weeks);
    pass->tool_uses = g_array_new(FALSE, FALSE, sizeof(TmToolUse));
    pass->part_uses = g_array_new(FALSE, FALSE, sizeof(TmPartUse));
    pass->parts = g_hash_table_new(NULL, NULL);
    pass->part_names = g_ptr_array_new();
    fill_frames(pass, options);
    return pass;
}

void tm_pass_free(TmPass *pass)
{
    if (pass == NULL)
        return;
    for (guint i = 0; i < pass->weeks; i++) {
        tm_partition_free(pass->frames[i].partition);
        tm_week_sums_free(pass->frames[i].sums);
        g_free(pass->frames[i].block_of_team);
        g_free(pass->frames[i].covered_by_source);
        g_free(pass->frames[i].days_by_source);
    }
    g_free(pass->frames);
    g_array_unref(pass->tool_uses);
    g_array_unref(pass->part_uses);
    g_hash_table_unref(pass->parts);
    g_ptr_array_unref(pass->part_names);
    tm_roster_free(pass->roster);
    g_free(pass);
}
