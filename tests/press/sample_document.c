/* sample_document: see the header. All numbers are made up. */
#include "sample_document.h"

#include <string.h>

#define WEEKS 12

/* ---- Texts of a variant ------------------------------------------------------------------- */

/* Marks lengthen a text as a wordy translation would; the text stays readable in a picture. */
static char *text_for(SampleVariant variant, const char *text)
{
    if (variant != SAMPLE_LONG)
        return g_strdup(text);
    GString *longer = g_string_new(text);
    glong extra = (g_utf8_strlen(text, -1) * 3 + 9) / 10;
    static const char filler[] = " länger geschrieben als im Englischen";
    for (glong i = 0; i < extra; i++)
        g_string_append_unichar(longer,
            g_utf8_get_char(g_utf8_offset_to_pointer(filler, i % g_utf8_strlen(filler, -1))));
    return g_string_free(longer, FALSE);
}

static void set(SampleVariant variant, char **field, const char *text)
{
    g_free(*field);
    *field = text_for(variant, text);
}

static void say(SampleVariant variant, GPtrArray **runs, TmTone tone, const char *text)
{
    g_autofree char *full = text_for(variant, text);
    tm_runs_add(runs, tone, full, NULL);
}

/* ---- Charts ------------------------------------------------------------------------------ */

static const double adoption[WEEKS] = {44, 45, 47, 46, 49, 50, 52, 51, 54, 55, 55, 62};
static const double active[WEEKS] = {88, 90, 94, 92, 98, 101, 104, 103, 109, 111, 112, 126};
static const double regular[WEEKS] = {52, 54, 55, 57, 60, 63, 66, 66, 70, 73, 75, 82};
static const double tokens[WEEKS] = {81, 86, 88, 97, 101, 99, 112, 118, 121, 127, 131, 139};
static const double seats[WEEKS] = {7.6, 7.6, 7.6, 7.6, 7.6, 7.6, 7.6, 7.6, 7.6, 7.6, 7.6, 7.6};
static const double metered[WEEKS] = {1.6, 1.7, 1.9, 2.2, 2.3, 2.1, 2.8, 3.0, 3.1, 3.6, 3.8, 7.3};
static const double streak[WEEKS] = {4.1, 4.3, 4.2, 4.9, 5.2, 5.0, 5.6, 5.9, 6.1, 6.4, 6.3, 6.8};

static void add_series(
    TmChart *chart, const char *name, TmInk ink, const double *values, double factor)
{
    TmSeries *series = tm_chart_add_series(chart, name, ink);
    for (guint i = 0; i < WEEKS; i++)
        tm_series_add(series, (TmPoint){.state = TM_POINT_MEASURED, .value = values[i] * factor});
}

static TmChart *weeks_chart(TmChartForm form, TmNumberForm number)
{
    TmChart *chart = tm_chart_new(form, number);
    for (guint i = 0; i < WEEKS; i++) {
        g_autofree char *label = g_strdup_printf("W%u", 35 + i);
        tm_chart_add_label(chart, label);
    }
    return chart;
}

static TmChart *adoption_chart(TmChartForm form)
{
    TmChart *chart = weeks_chart(form, TM_NUMBER_PERCENT);
    add_series(chart, form == TM_CHART_LINE ? "" : NULL, TM_INK_MAIN, adoption, 1);
    chart->has_target = TRUE;
    chart->target = 70;
    chart->target_label = g_strdup("target 70%");
    if (form == TM_CHART_LINE) {
        const double steps[] = {40, 60, 80};
        chart->band_steps = g_array_new(FALSE, FALSE, sizeof(double));
        g_array_append_vals(chart->band_steps, steps, G_N_ELEMENTS(steps));
    }
    return chart;
}

static TmChart *cost_chart(TmChartForm form)
{
    TmChart *chart = weeks_chart(form, TM_NUMBER_MONEY);
    chart->currency = g_strdup("USD");
    chart->highlight_last = TRUE;
    if (form == TM_CHART_SPARKLINE) {
        double total[WEEKS];
        for (guint i = 0; i < WEEKS; i++)
            total[i] = seats[i] + metered[i];
        add_series(chart, NULL, TM_INK_ACCENT, total, 1000);
        return chart;
    }
    add_series(chart, "seats", TM_INK_MAIN_LIGHT, seats, 1000);
    add_series(chart, "metered", TM_INK_MAIN, metered, 1000);
    chart->has_target = TRUE;
    chart->target = 12000;
    chart->target_label = g_strdup("budget $12k");
    return chart;
}

static TmChart *one_series(
    TmChartForm form, TmNumberForm number, const double *values, double factor)
{
    TmChart *chart = weeks_chart(form, number);
    add_series(chart, form == TM_CHART_LINE ? "" : NULL, TM_INK_MAIN, values, factor);
    chart->from_zero = form == TM_CHART_LINE;
    return chart;
}

static TmChart *active_chart(void)
{
    TmChart *chart = weeks_chart(TM_CHART_LINE, TM_NUMBER_COUNT);
    add_series(chart, "any", TM_INK_MAIN, active, 1);
    add_series(chart, "regular", TM_INK_MAIN_LIGHT, regular, 1);
    chart->from_zero = TRUE;
    return chart;
}

static TmChart *dots_chart(double before, double now)
{
    TmChart *chart = tm_chart_new(TM_CHART_DOTS, TM_NUMBER_PERCENT);
    tm_chart_add_label(chart, "last week");
    tm_chart_add_label(chart, "this week");
    TmSeries *series = tm_chart_add_series(chart, NULL, TM_INK_MAIN);
    tm_series_add(series, (TmPoint){.state = TM_POINT_MEASURED, .value = before});
    tm_series_add(series, (TmPoint){.state = TM_POINT_MEASURED, .value = now});
    chart->has_target = TRUE;
    chart->target = 70;
    chart->range_high = 100;
    return chart;
}

/* ---- Parts of the report ------------------------------------------------------------------ */

static void add_card(SampleVariant variant, TmNode *cards, const char *label, const char *value,
    const char *change, TmChart *chart, const char *context, const char *status, TmTone tone)
{
    TmNode *card = tm_node_add(cards, TM_NODE_CARD, 21);
    set(variant, &card->title, label);
    card->value = g_strdup(value);
    tm_runs_add(
        &card->change, tone == TM_TONE_ACCENT ? TM_TONE_ACCENT : TM_TONE_PLAIN, change, NULL);
    card->chart = chart;
    card->alt = g_strdup_printf("%s over twelve weeks, %s now", label, value);
    say(variant, &card->runs, TM_TONE_PLAIN, context);
    say(variant, &card->status, tone, status);
}

static void add_cards(SampleVariant variant, TmNode *parent)
{
    TmNode *cards = tm_node_add(parent, TM_NODE_CARDS, 20);
    cards->title = g_strdup("Five numbers");
    add_card(variant, cards, "Adoption rate", "62%", "▲ 7 pts", adoption_chart(TM_CHART_SPARKLINE),
        "from 55% last week · target 70%", "healthy", TM_TONE_GOOD);
    add_card(variant, cards, "Active users", "126", "▲ 14",
        one_series(TM_CHART_SPARKLINE, TM_NUMBER_COUNT, active, 1),
        "of 204 licensed · 9 new, 3 lapsed", "growing", TM_TONE_GOOD);
    add_card(variant, cards, "Tokens", "139 M", "▲ 6%",
        one_series(TM_CHART_SPARKLINE, TM_NUMBER_TOKENS, tokens, 1e6),
        "from 131 M · 1.1 M per active user", "steady", TM_TONE_GOOD);
    add_card(variant, cards, "Cost", "$14.9k", "▲ 31%", cost_chart(TM_CHART_SPARKLINE),
        "from $11.4k · $118 per active user", "spike: +43% on 4-wk avg", TM_TONE_ACCENT);
    add_card(variant, cards, "Average streak", "6.8 d", "▲ 0.5",
        one_series(TM_CHART_SPARKLINE, TM_NUMBER_DAYS, streak, 1),
        "from 6.3 working days · median 4", "developing", TM_TONE_MUTED);
}

static TmNode *add_section(
    SampleVariant variant, TmNode *parent, const char *id, const char *title, const char *addition)
{
    TmNode *section = tm_node_add(parent, TM_NODE_SECTION, 30);
    section->id = g_strdup(id);
    section->level = 2;
    set(variant, &section->title, title);
    if (addition != NULL)
        set(variant, &section->addition, addition);
    return section;
}

static void add_item(
    SampleVariant variant, TmNode *items, const char *kicker, const char *lead, const char *text)
{
    TmNode *item = tm_node_add(items, TM_NODE_ITEM, 32);
    set(variant, &item->title, kicker);
    set(variant, &item->lead, lead);
    say(variant, &item->runs, TM_TONE_PLAIN, text);
}

static void add_items(SampleVariant variant, TmNode *root)
{
    TmNode *section = add_section(variant, root, "decisions", "Three things to decide", NULL);
    TmNode *items = tm_node_add(section, TM_NODE_ITEMS, 31);
    add_item(variant, items, "Cost spike", "Find the source of $3.5k extra in Data infrastructure.",
        "Weekly cost is 143% of its 4-week average. Projected month: $52k against a $48k budget "
        "(+8%).");
    add_item(variant, items, "Falling team", "Ask Site reliability what changed in week 43.",
        "Adoption fell 19 points from its 4-week average; use per person fell too, so it is not a "
        "seat count effect.");
    add_item(variant, items, "Unused seats", "Reassign or retire 31 seats.",
        "No session in 30 days: $1.2k a month. 6 of 11 people licensed this month have not started "
        "within 7 days.");
}

static void add_figure(SampleVariant variant, TmNode *figures, const char *title,
    const char *addition, const char *sentence, TmChart *chart, const double *values,
    const char *unit)
{
    TmNode *figure = tm_node_add(figures, TM_NODE_FIGURE, 41);
    set(variant, &figure->title, title);
    set(variant, &figure->addition, addition);
    set(variant, &figure->lead, sentence);
    figure->alt = g_strdup(sentence);
    figure->chart = chart;
    TmNode *table = tm_node_add(figure, TM_NODE_TABLE, 41);
    table->collapsed = TRUE;
    table->title = g_strdup_printf("%s by week", title);
    tm_table_add_column(table, "Week", TM_ALIGN_START, 0.5, FALSE);
    tm_table_add_column(table, unit, TM_ALIGN_END, 0.5, FALSE);
    for (guint i = 0; i < WEEKS; i++) {
        TmNode *row = tm_node_add(table, TM_NODE_ROW, 41);
        TmNode *week = tm_node_add(row, TM_NODE_CELL, 41);
        week->scope_row = TRUE;
        g_autofree char *label = g_strdup_printf("W%u", 35 + i);
        tm_runs_add(&week->runs, TM_TONE_PLAIN, label, NULL);
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(number, sizeof number, "%.4g", values[i]);
        TmNode *value = tm_node_add(row, TM_NODE_CELL, 41);
        tm_runs_add(&value->runs, TM_TONE_PLAIN, number, NULL);
    }
}

static void add_figures(SampleVariant variant, TmNode *root)
{
    TmNode *section = add_section(variant, root, "weeks", "Twelve weeks", NULL);
    TmNode *figures = tm_node_add(section, TM_NODE_FIGURES, 40);
    figures->columns = 2;
    add_figure(variant, figures, "Adoption", "licensed developers with a session that week",
        "Adoption rose from 44% to 62% in twelve weeks and is 8 points under target.",
        adoption_chart(TM_CHART_LINE), adoption, "Percent");
    add_figure(variant, figures, "Cost", "per week, seats and metered use",
        "Cost jumped to $14.9k in week 46, $2.9k over budget; seats did not change.",
        cost_chart(TM_CHART_COLUMNS), metered, "Metered, $k");
    add_figure(variant, figures, "Active users", "any session, and regular (3 or more)",
        "126 people used an assistant, 82 of them on three days or more.", active_chart(), active,
        "People");
    add_figure(variant, figures, "Tokens", "millions per week",
        "Token use grew in ten of eleven weeks, to 139 million.",
        one_series(TM_CHART_LINE, TM_NUMBER_TOKENS, tokens, 1e6), tokens, "Millions");
}

typedef struct Block {
    const char *name;
    guint before, now; /* adoption, percent */
    const char *seats, *tokens, *streak;
    TmTone tone;
    const char *mark, *reading;
} Block;

static const struct {
    const char *name;
    Block blocks[3];
} groups[] = {
    {"Product engineering",
        {{"Checkout", 78, 81, "34 / 42", "1.4 M", "9.2", TM_TONE_GOOD, "▲", "Steady habit"},
            {"Growth", 70, 74, "20 / 27", "1.2 M", "7.1", TM_TONE_GOOD, "▲", "Four weeks of gains"},
            {"Mobile", 42, 41, "11 / 27", "0.9 M", "3.0", TM_TONE_MUTED, "■", "Flat for 4 weeks"}}},
    {"Platform engineering", {{"Data infrastructure", 37, 38, "10 / 26", "3.9 M", "8.8",
                                  TM_TONE_MUTED, "■", "Few heavy users: rollout gap"},
                                 {"Developer experience", 86, 88, "15 / 17", "1.8 M", "12.4",
                                     TM_TONE_GOOD, "▲", "Steady habit"},
                                 {"Site reliability", 63, 52, "13 / 25", "0.7 M", "2.9",
                                     TM_TONE_ACCENT, "▼", "Falling since W43"}}},
    {"Corporate engineering",
        {{"Finance systems", 55, 57, "9 / 16", "0.6 M", "4.1", TM_TONE_MUTED, "■", "Light use"},
            {"People systems", 50, 58, "8 / 14", "0.5 M", "4.0", TM_TONE_GOOD, "▲",
                "First month of use"},
            {"3 small teams, shown together", 50, 58, "23 / 40", "0.6 M", "4.4", TM_TONE_GOOD, "▲",
                "Light use: training?"}}},
};

static const char *const hostile_names[] = {
    "<script>alert('x')</script>",
    "]]><!-- & \"quotes\" --></style>",
    "فريق البنية التحتية",
    "צוות \xE2\x80\xAE dlrow \xE2\x80\xAC פלטפורמה",
    "Überlange_Teambezeichnung_ohne_jede_Trennstelle_die_auch_noch_weiter_geht_und_weiter_und_"
    "weiter_"
    "und_weiter_bis_sie_bei_zweihundert_Zeichen_endlich_aufhört_aber_noch_nicht_ganz_jetzt_gleich_"
    "aber_dann",
    "/NonStruct <</MCID 0>> BDC",
    "(unbalanced \\ paren",
    "Команда Ω",
    "Team \xF0\x9F\x9A\x80 \x01\x02",
};

static void add_cell(TmNode *row, TmTone tone, const char *text)
{
    TmNode *cell = tm_node_add(row, TM_NODE_CELL, 52);
    tm_runs_add(&cell->runs, tone, text, NULL);
}

static void add_block(SampleVariant variant, TmNode *table, const Block *block, const char *name)
{
    TmNode *row = tm_node_add(table, TM_NODE_ROW, 52);
    TmNode *head = tm_node_add(row, TM_NODE_CELL, 52);
    head->scope_row = TRUE;
    g_autofree char *full = text_for(variant, name);
    tm_runs_add(&head->runs, TM_TONE_PLAIN, full, NULL);
    g_autofree char *share = g_strdup_printf("%u%%", block->now);
    add_cell(row, TM_TONE_STRONG, share);
    TmNode *dots = tm_node_add(row, TM_NODE_CELL, 52);
    dots->chart = dots_chart(block->before, block->now);
    dots->alt =
        g_strdup_printf("%u%% last week, %u%% this week, target 70%%", block->before, block->now);
    add_cell(row, TM_TONE_PLAIN, block->seats);
    add_cell(row, TM_TONE_PLAIN, block->tokens);
    add_cell(row, TM_TONE_PLAIN, block->streak);
    TmNode *reading = tm_node_add(row, TM_NODE_CELL, 52);
    tm_runs_add(&reading->runs, block->tone, block->mark, NULL);
    g_autofree char *words = text_for(variant, block->reading);
    g_autofree char *after_mark = g_strconcat(" ", words, NULL);
    tm_runs_add(&reading->runs, TM_TONE_PLAIN, after_mark, NULL);
}

static void add_group(SampleVariant variant, TmNode *table, guint index)
{
    TmNode *heading = tm_node_add(table, TM_NODE_ROW, 51);
    heading->group_heading = TRUE;
    add_cell(heading, TM_TONE_PLAIN, groups[index % 3].name);
    for (guint i = 0; i < 3; i++) {
        const Block *block = &groups[index % 3].blocks[i];
        const char *name =
            variant == SAMPLE_HOSTILE ? hostile_names[(index * 3 + i) % 9] : block->name;
        add_block(variant, table, block, name);
    }
}

static void add_teams(SampleVariant variant, TmNode *root)
{
    TmNode *section = add_section(
        variant, root, "teams", "Teams", "grouped by kind of work; for support, not ranking");
    section->page_break_before = TRUE;
    TmNode *table = tm_node_add(section, TM_NODE_TABLE, 50);
    table->title = g_strdup("Teams by kind of work");
    tm_table_add_column(table, "Team", TM_ALIGN_START, 0.20, FALSE);
    tm_table_add_column(table, "Adoption", TM_ALIGN_END, 0.09, FALSE);
    tm_table_add_column(table, "○ last week  ● this week  | target", TM_ALIGN_START, 0.24, TRUE);
    tm_table_add_column(table, "Active / licensed", TM_ALIGN_END, 0.10, FALSE);
    tm_table_add_column(table, "Tokens per user", TM_ALIGN_END, 0.10, FALSE);
    tm_table_add_column(table, "Streak", TM_ALIGN_END, 0.08, FALSE);
    tm_table_add_column(table, "Trend and reading", TM_ALIGN_START, 0.19, FALSE);
    guint count = variant == SAMPLE_TALL ? 40 : G_N_ELEMENTS(groups);
    for (guint i = 0; i < count; i++)
        add_group(variant, table, i);
}

static void add_method(SampleVariant variant, TmNode *root)
{
    TmNode *section = add_section(variant, root, "method", "Method, coverage, freshness", NULL);
    TmNode *note = tm_node_add(section, TM_NODE_PARAGRAPH, 60);
    say(variant, &note->runs, TM_TONE_PLAIN,
        "Adoption is the share of licensed developers with at least one session in the week; see ");
    tm_runs_add(&note->runs, TM_TONE_PLAIN, "how it is counted", "#kpi-adoption");
    say(variant, &note->runs, TM_TONE_PLAIN, " and the ");
    tm_runs_add(
        &note->runs, TM_TONE_PLAIN, "documentation", "https://example.org/tidemark?a=1&b=2");
    tm_runs_add(&note->runs, TM_TONE_PLAIN, ".", NULL);
    TmNode *definitions = tm_node_add(section, TM_NODE_DEFINITIONS, 61);
    TmNode *item = tm_node_add(definitions, TM_NODE_ITEM, 62);
    item->id = g_strdup("kpi-adoption");
    set(variant, &item->lead, "Adoption rate");
    say(variant, &item->runs, TM_TONE_PLAIN,
        "Licensed developers with at least one session in the week, divided by all licensed "
        "developers of the week.");
    item = tm_node_add(definitions, TM_NODE_ITEM, 63);
    set(variant, &item->lead, "Average streak");
    say(variant, &item->runs, TM_TONE_PLAIN,
        "Working days in a row with a session, on average over active users. Time off does not "
        "break a streak.");
    TmNode *small = tm_node_add(section, TM_NODE_PARAGRAPH, 64);
    small->style = TM_STYLE_NOTE;
    say(variant, &small->runs, TM_TONE_PLAIN,
        "▲ better  ▼ worse  ■ no change that matters. Not shown: fewer than 5 people.");
}

TmDocument *sample_document(SampleVariant variant)
{
    TmDocument *document =
        tm_document_new("Northwind · AI coding, executive report, week 46", "en");
    document->subject = g_strdup("Adoption jumped to 62%; cost rose faster than use");
    document->identifier = g_strdup("tidemark:organisation:executive:2026-W46:1");
    document->date = tm_day_from_date(2026, 11, 19);
    document->data_hash =
        g_strdup("5f0c2a7be1d94c3386a1f0e2b7c9d45512ab34cd56ef7890abcd1234ef567890");
    TmNode *root = document->root;
    TmNode *promise = tm_node_add(root, TM_NODE_PARAGRAPH, 2);
    promise->style = TM_STYLE_PROMISE;
    say(variant, &promise->runs, TM_TONE_PLAIN,
        "For support, never for appraisal: no names, no ranking, no group of fewer than 5 people.");
    TmNode *masthead = tm_node_add(root, TM_NODE_MASTHEAD, 3);
    say(variant, &masthead->runs, TM_TONE_PLAIN, "Northwind · AI coding, executive report");
    set(variant, &masthead->addition, "Week 46 · 9–15 November 2026 · compared with week 45");
    TmNode *message = tm_node_add(root, TM_NODE_MESSAGE, 4);
    say(variant, &message->runs, TM_TONE_PLAIN,
        "Adoption jumped to 62% and is on course for the 70% target in January; cost rose faster "
        "than use");
    TmNode *lede = tm_node_add(root, TM_NODE_PARAGRAPH, 5);
    lede->style = TM_STYLE_LEDE;
    say(variant, &lede->runs, TM_TONE_PLAIN,
        "14 more developers used an assistant than last week. Metered cost rose by $3.5k in one "
        "week, nearly all of it in Data infrastructure.");
    add_cards(variant, root);
    add_items(variant, root);
    add_figures(variant, root);
    add_teams(variant, root);
    add_method(variant, root);
    TmNode *footer = tm_node_add(root, TM_NODE_FOOTER, 70);
    say(variant, &footer->runs, TM_TONE_PLAIN,
        "Teams with fewer than 5 licensed people are never shown alone. No names, prompts or code "
        "are in this report or in the data behind it. Sources: Cursor, Claude Code, Copilot to 15 "
        "November.");
    return document;
}
