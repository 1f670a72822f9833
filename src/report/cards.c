/*
 * Cards: a headline number with its change, twelve weeks, context and a status word. What stands in
 * the context and the status of each KPI is a table; a KPI without a row gets the plain ones.
 */
#include "binder.h"
#include "strings.h"

#define TOKENS_HEALTHY 10 /* percent a week, in a rollout */
#define TOKENS_SPIKE 50

typedef struct Card {
    const Binder *binder;
    TmKpiId kpi;
    TmChange change;
    TmNode *node;
} Card;

typedef struct Status {
    char *text;
    TmTone tone;
} Status;

/* ---- Context ----------------------------------------------------------------------------- */

/* Separates what follows from what stands there already. */
static void add_context(Card *card, char *text)
{
    if (card->node->runs != NULL)
        tm_runs_add(&card->node->runs, TM_TONE_MUTED, TEXT(SEPARATOR), NULL);
    tm_runs_add(&card->node->runs, TM_TONE_MUTED, text, NULL);
    g_free(text);
}

static void add_comparison(Card *card, const char *pattern)
{
    if (card->change.state != TM_CHANGE_KNOWN) {
        add_context(card,
            tm_text_fill(TEXT(NO_COMPARISON), "reason", tm_change_reason(&card->change), NULL));
        return;
    }
    g_autofree char *before =
        tm_format_bare(tm_kpi(card->kpi)->unit, card->change.before->value, card->binder->currency);
    add_context(card, tm_text_fill(pattern, "value", before, NULL));
}

/* Without the marks of a cell: the card says once, in its context, what is estimated. */
static char *figure_text(const Card *card, TmKpiId kpi, const TmCell *cell, gboolean bare)
{
    const char *currency = card->binder->currency;
    TmUnit unit = tm_kpi(kpi)->unit;
    if (cell->state == TM_CELL_BAND)
        return tm_format_band(unit, cell->low, cell->high, currency);
    g_autofree char *number = tm_format_bare(unit, cell->value, currency);
    return bare || unit != TM_UNIT_DAYS ? g_steal_pointer(&number)
                                        : tm_text_fill(TEXT(SHORT_DAYS), "value", number, NULL);
}

static void add_marks(Card *card)
{
    if ((card->change.now->flags & TM_FIGURE_AT_LEAST) != 0)
        add_context(card, g_strdup(TEXT(AT_LEAST)));
    if ((card->change.now->flags & TM_FIGURE_ESTIMATED) != 0)
        add_context(card, g_strdup(TEXT(PARTLY_ESTIMATED)));
}

/* Adds a cell of the organisation, unless nothing is known of it. */
static void add_cell(Card *card, TmKpiId kpi, const char *pattern)
{
    const TmCell *cell = binder_cell(card->binder, card->binder->organisation, kpi);
    if (cell == NULL || cell->state == TM_CELL_NOT_SHOWN || cell->state == TM_CELL_NOT_MEASURED)
        return;
    g_autofree char *value = figure_text(card, kpi, cell, TRUE);
    add_context(card, tm_text_fill(pattern, "value", value, NULL));
}

static void add_plain_context(Card *card)
{
    add_comparison(card, TEXT(FROM_LAST_WEEK));
}

static void add_adoption_context(Card *card)
{
    add_comparison(card, TEXT(FROM_LAST_WEEK));
    gint64 target;
    if (!binder_target(card->binder, card->kpi, &target)) {
        add_context(card, g_strdup(TEXT(NO_TARGET)));
        return;
    }
    g_autofree char *value = tm_format_value(TM_UNIT_PERCENT, target, NULL);
    add_context(card, tm_text_fill(TEXT(TARGET), "value", value, NULL));
}

static void add_active_context(Card *card)
{
    add_cell(card, TM_KPI_LICENSED, TEXT(OF_LICENSED));
    const Binder *binder = card->binder;
    const TmCell *gained = binder_cell(binder, binder->organisation, TM_KPI_GAINED_USERS);
    const TmCell *lost = binder_cell(binder, binder->organisation, TM_KPI_LOST_USERS);
    if (card->change.state != TM_CHANGE_KNOWN) {
        add_comparison(card, TEXT(FROM));
        return;
    }
    if (gained == NULL || lost == NULL || gained->state != TM_CELL_VALUE ||
        lost->state != TM_CELL_VALUE)
        return;
    g_autofree char *gained_text = tm_format_count(gained->value);
    g_autofree char *lost_text = tm_format_count(lost->value);
    add_context(
        card, tm_text_fill(TEXT(GAINED_LOST), "gained", gained_text, "lost", lost_text, NULL));
}

static void add_tokens_context(Card *card)
{
    add_comparison(card, TEXT(FROM));
    add_cell(card, TM_KPI_TOKENS_PER_ACTIVE, TEXT(PER_ACTIVE));
}

static void add_cost_context(Card *card)
{
    add_comparison(card, TEXT(FROM));
    add_cell(card, TM_KPI_COST_PER_ACTIVE, TEXT(PER_ACTIVE));
}

static void add_streak_context(Card *card)
{
    add_comparison(card, TEXT(FROM_WORKING_DAYS));
    add_cell(card, TM_KPI_STREAK_MEDIAN, TEXT(MEDIAN));
}

/* ---- Status ------------------------------------------------------------------------------ */

/* Nothing to judge. */
static Status plain_status(const Card *card G_GNUC_UNUSED)
{
    return (Status){NULL, TM_TONE_MUTED};
}

static Status band_status(const Card *card)
{
    const TmBand *band = tm_band_of(card->kpi, card->change.now);
    if (band == NULL)
        return plain_status(card);
    return (Status){g_strdup(band->name), band->good ? TM_TONE_GOOD : TM_TONE_MUTED};
}

static Status adoption_status(const Card *card)
{
    if (binder_has_alert(card->binder, TM_KPI_ADOPTION))
        return (Status){g_strdup(TEXT(DROP)), TM_TONE_ACCENT};
    return band_status(card);
}

static Status active_status(const Card *card)
{
    if (card->change.state != TM_CHANGE_KNOWN)
        return plain_status(card);
    if (card->change.direction < 0)
        return (Status){g_strdup(TEXT(FEWER)), TM_TONE_MUTED};
    return card->change.direction > 0 ? (Status){g_strdup(TEXT(GROWING)), TM_TONE_GOOD}
                                      : (Status){g_strdup(TEXT(STEADY)), TM_TONE_MUTED};
}

static Status tokens_status(const Card *card)
{
    if (card->change.state != TM_CHANGE_KNOWN || !card->change.has_percent)
        return plain_status(card);
    gint64 percent = card->change.percent;
    if (percent >= TOKENS_SPIKE) {
        g_autofree char *size = tm_format_value(TM_UNIT_PERCENT, percent, NULL);
        return (Status){tm_text_fill(TEXT(SPIKE_ON_WEEK), "percent", size, NULL), TM_TONE_ACCENT};
    }
    if (card->change.direction > 0)
        return (Status){
            g_strdup(TEXT(GROWING)), percent >= TOKENS_HEALTHY ? TM_TONE_GOOD : TM_TONE_MUTED};
    return (Status){
        g_strdup(card->change.direction < 0 ? TEXT(EASING) : TEXT(STEADY)), TM_TONE_MUTED};
}

static char *spike_text(const TmAlert *alert)
{
    if (alert->baseline_high <= 0)
        return g_strdup(TEXT(SPIKE_FROM_NONE));
    g_autofree char *percent = tm_format_value(TM_UNIT_PERCENT,
        tm_scale_half_even(alert->low - alert->baseline_high, 100, alert->baseline_high), NULL);
    return tm_text_fill(alert->kpi == TM_KPI_COST ? TEXT(SPIKE_ON_MEAN) : TEXT(SPIKE_METERED),
        "percent", percent, NULL);
}

static Status cost_status(const Card *card)
{
    const Binder *binder = card->binder;
    const TmAlert *alert =
        tm_alerts_of_scope(binder->alerts, TM_ALERT_COST_SPIKE, binder->organisation);
    if (alert != NULL)
        return (Status){spike_text(alert), TM_TONE_ACCENT};
    gint64 budget;
    if (!binder_target(binder, TM_KPI_COST, &budget))
        return (Status){g_strdup(TEXT(NO_BUDGET)), TM_TONE_MUTED};
    g_autofree char *value = tm_format_value(TM_UNIT_MONEY, budget, binder->currency);
    if (card->change.now->state != TM_CELL_VALUE)
        return plain_status(card);
    gboolean over = card->change.now->value > budget;
    return (Status){tm_text_fill(over ? TEXT(OVER_BUDGET) : TEXT(IN_BUDGET), "value", value, NULL),
        over ? TM_TONE_ACCENT : TM_TONE_GOOD};
}

static const struct {
    TmKpiId kpi;
    void (*add_context)(Card *card);
    Status (*status)(const Card *card);
} card_rows[] = {
    {TM_KPI_ADOPTION, add_adoption_context, adoption_status},
    {TM_KPI_ACTIVE_USERS, add_active_context, active_status},
    {TM_KPI_TOKENS, add_tokens_context, tokens_status},
    {TM_KPI_COST, add_cost_context, cost_status},
    {TM_KPI_STREAK, add_streak_context, band_status},
};

/* ---- Binding ----------------------------------------------------------------------------- */

static gboolean has_figure(const TmCell *cell)
{
    return cell != NULL && (cell->state == TM_CELL_VALUE || cell->state == TM_CELL_BAND);
}

/* A change of tokens or money that rounds to 0%. */
static gboolean has_no_size(const Card *card)
{
    TmUnit unit = tm_kpi(card->kpi)->unit;
    return (unit == TM_UNIT_TOKENS || unit == TM_UNIT_MONEY) && card->change.has_percent &&
           card->change.percent == 0;
}

/* "▲ 7 points"; a flat change stands without a symbol, none at all is said. */
static void add_change(Card *card, TmTone tone)
{
    const TmChange *change = &card->change;
    if (change->state != TM_CHANGE_KNOWN)
        return;
    g_autofree char *size = tm_kpi(card->kpi)->unit == TM_UNIT_DAYS
                                ? tm_format_bare(TM_UNIT_DAYS, ABS(change->difference), NULL)
                                : tm_change_size(change, card->binder->currency);
    g_autofree char *text = NULL;
    if (change->difference == 0)
        text = g_strdup(TEXT(NO_CHANGE));
    else if (has_no_size(card))
        text = g_strdup(TEXT(HARDLY_ANY));
    else
        text = g_strconcat(change->direction != 0   ? binder_symbol(change->direction)
                           : change->difference > 0 ? "+"
                                                    : "\u2212",
            size, NULL);
    tm_runs_add(&card->node->change, tone, text, NULL);
}

static void add_sparkline(const Card *card, guint weeks, const char *label, gboolean look)
{
    const Binder *binder = card->binder;
    TmWeek first = binder_first_week(binder, weeks);
    TmChart *chart = binder_chart(binder, TM_CHART_SPARKLINE, card->kpi, first);
    binder_add_series(binder, chart, card->kpi, NULL, look ? TM_INK_ACCENT : TM_INK_MAIN, first);
    gint64 target;
    if (binder_target(binder, card->kpi, &target)) {
        chart->has_target = TRUE;
        chart->target = binder_chart_value(tm_kpi(card->kpi)->unit, target);
    }
    card->node->chart = chart;
    g_autofree char *text = tm_trend_alternative(binder->issue, card->kpi, label, first);
    card->node->alt = tm_text_fill(TEXT(ALT_SPARKLINE), "text", text, NULL);
}

/* Instead of a figure: its state in a word or two, and the reason below. */
static void say_why_not(Card *card)
{
    const TmIssue *issue = card->binder->issue;
    const TmCell *cell = card->change.now;
    if (cell == NULL || cell->state == TM_CELL_NOT_MEASURED) {
        card->node->value = g_strdup(TEXT(NOT_MEASURED));
        add_context(card, g_strdup(TEXT(NO_EXPORT)));
        return;
    }
    card->node->value = g_strdup(TEXT(NOT_SHOWN));
    g_autofree char *minimum = tm_format_count(tm_issue_setting(issue, "minimum_people", 5));
    add_context(card, tm_text_fill(TEXT(FEWER_THAN), "minimum", minimum, NULL));
}

/* The status leads to the definition; without one the context does, which judges nothing. */
static void add_status(Card *card, const Status *status)
{
    TmNode *node = card->node;
    g_autofree char *anchor = binder_anchor(card->kpi);
    g_autofree char *link =
        card->binder->is_defined[card->kpi] ? g_strconcat("#", anchor, NULL) : NULL;
    if (status->text != NULL) {
        tm_runs_add(&node->status, status->tone, status->text, link);
        return;
    }
    if (link == NULL)
        return;
    if (node->runs != NULL)
        tm_runs_add(&node->runs, TM_TONE_MUTED, TEXT(SEPARATOR), NULL);
    tm_runs_add(&node->runs, TM_TONE_MUTED, TEXT(DEFINITION), link);
}

static void bind_card(const Binder *binder, const Operation *operation, guint weeks, TmNode *parent)
{
    TmKpiId kpi = (TmKpiId)operation->values[ATTRIBUTE_KPI].number;
    Card card = {.binder = binder,
        .kpi = kpi,
        .change = tm_change_find(binder->issue, binder->organisation, kpi, "", binder->week),
        .node = tm_node_add(parent, TM_NODE_CARD, operation->line)};
    TmNode *node = card.node;
    node->title = binder_words(binder, operation, ATTRIBUTE_LABEL);

    void (*context)(Card *) = add_plain_context;
    Status (*status_of)(const Card *) = plain_status;
    for (guint i = 0; i < G_N_ELEMENTS(card_rows); i++)
        if (card_rows[i].kpi == kpi) {
            context = card_rows[i].add_context;
            status_of = card_rows[i].status;
        }
    Status status = {.tone = TM_TONE_MUTED};
    if (!has_figure(card.change.now))
        status = plain_status(&card);
    else if ((card.change.now->flags & TM_FIGURE_INCOMPLETE) != 0)
        status.text = g_strdup(TEXT(INCOMPLETE));
    else
        status = status_of(&card);
    gboolean look = status.tone == TM_TONE_ACCENT;

    if (has_figure(card.change.now)) {
        node->value = figure_text(&card, kpi, card.change.now, FALSE);
        add_change(&card, look ? TM_TONE_ACCENT : TM_TONE_MUTED);
        add_sparkline(&card, weeks, node->title, look);
        add_marks(&card);
        context(&card);
    } else {
        say_why_not(&card);
    }
    add_status(&card, &status);
    g_free(status.text);
}

void bind_cards(const Binder *binder, const Operation *operation, TmNode *parent)
{
    guint weeks = (guint)binder_number(operation, ATTRIBUTE_WEEKS, DEFAULT_WEEKS);
    TmNode *cards = tm_node_add(parent, TM_NODE_CARDS, operation->line);
    for (guint i = 0; i < operation->children->len; i++)
        bind_card(binder, operation->children->pdata[i], weeks, cards);
}
