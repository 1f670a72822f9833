/*
 * Groups of the same function side by side: tokens per active user against the median, and the
 * share of cost beside the share of heads. Blocks without a function, or with too few others of
 * theirs, are compared with nobody.
 */
#include "facts.h"

#define FEWEST_PEERS 2
#define OUTLIER_PERCENT 200 /* from twice the share of heads */

/* The other blocks of a block's function that have a line of their own. Borrowed elements. */
static GPtrArray *peers_of(const TmIssue *issue, const TmScope *scope)
{
    GPtrArray *peers = g_ptr_array_new();
    const GPtrArray *scopes = tm_issue_scopes(issue);
    for (guint i = 0; i < scopes->len; i++) {
        const TmScope *peer = scopes->pdata[i];
        if (scope->kind == TM_SCOPE_BLOCK && scope->function != NULL && peer != scope &&
            peer->kind == TM_SCOPE_BLOCK && peer->own_line &&
            g_strcmp0(peer->function, scope->function) == 0)
            g_ptr_array_add(peers, (gpointer)peer);
    }
    return peers;
}

/* ---- Tokens per active user -------------------------------------------------------------- */

static int compare_values(gconstpointer a, gconstpointer b)
{
    const gint64 *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static gint64 median_of(GArray *values)
{
    g_array_sort(values, compare_values);
    gint64 lower = g_array_index(values, gint64, (values->len - 1) / 2);
    gint64 upper = g_array_index(values, gint64, values->len / 2);
    return lower + (upper - lower) / 2;
}

/* The median grows with each value, so its span reaches from the median of the low ends to that of
 * the high ends. */
gboolean peers_tokens(const TmIssue *issue, const TmScope *scope, Span *span)
{
    TmWeek week = tm_issue_week(issue);
    g_autoptr(GPtrArray) peers = peers_of(issue, scope);
    g_autoptr(GArray) low = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GArray) high = g_array_new(FALSE, FALSE, sizeof(gint64));
    Span own;
    for (guint i = 0; i < peers->len; i++) {
        Span peer;
        if (tm_series_span(issue, peers->pdata[i], TM_KPI_TOKENS_PER_ACTIVE, "", week, &peer) ==
            NULL) {
            g_array_append_val(low, peer.low);
            g_array_append_val(high, peer.high);
        }
    }
    if (low->len < FEWEST_PEERS ||
        tm_series_span(issue, scope, TM_KPI_TOKENS_PER_ACTIVE, "", week, &own) != NULL)
        return FALSE;
    gint64 median_low = median_of(low), median_high = median_of(high);
    if (median_high <= 0)
        return FALSE;
    *span = (Span){tm_series_ratio(own.low, 100, median_high, FALSE),
        tm_series_ratio(own.high, 100, median_low, TRUE)};
    return TRUE;
}

/* ---- Cost share beside head share -------------------------------------------------------- */

typedef struct Pool {
    Span cost;
    gint64 heads;
} Pool;

static gboolean read_pool(const TmIssue *issue, const TmScope *scope, Pool *pool)
{
    TmWeek week = tm_issue_week(issue);
    return tm_series_span(issue, scope, TM_KPI_COST, "", week, &pool->cost) == NULL &&
           tm_series_value(issue, scope, TM_KPI_LICENSED, "", week, &pool->heads) &&
           pool->heads > 0;
}

static void add_peer(Pool *all, const Pool *peer)
{
    all->heads += peer->heads;
    if (__builtin_add_overflow(all->cost.low, peer->cost.low, &all->cost.low))
        all->cost.low = G_MAXINT64;
    if (__builtin_add_overflow(all->cost.high, peer->cost.high, &all->cost.high))
        all->cost.high = G_MAXINT64;
}

/* (own ÷ (own + others)) ÷ (heads ÷ all heads) in percent; it grows with the own cost. */
static gint64 times_of(gint64 own, gint64 others, gint64 heads, gint64 all_heads, gboolean up)
{
    gint64 all;
    if (own == G_MAXINT64 || others == G_MAXINT64 || __builtin_add_overflow(own, others, &all))
        return up ? G_MAXINT64 : 0;
    /* Millionths of the share of cost, turned the same way, keep all within 64 bits. */
    gint64 share = tm_series_ratio(own, TM_MICROS_PER_UNIT, all, up);
    gint64 times = tm_series_ratio(share, all_heads, heads, up);
    return tm_series_ratio(times, 100, TM_MICROS_PER_UNIT, up);
}

static void compare_with_peers(
    const TmIssue *issue, const TmScope *scope, const Pool *own, TmCostShare *share)
{
    g_autoptr(GPtrArray) peers = peers_of(issue, scope);
    Pool others = {0};
    guint known = 0;
    for (guint i = 0; i < peers->len; i++) {
        Pool peer;
        if (!read_pool(issue, peers->pdata[i], &peer))
            continue;
        add_peer(&others, &peer);
        known++;
    }
    if (known < FEWEST_PEERS || own->cost.low < 0 || own->cost.high <= 0)
        return;
    gint64 all_heads = own->heads + others.heads;
    share->times_low = times_of(own->cost.low, others.cost.high, own->heads, all_heads, FALSE);
    share->times_high = times_of(own->cost.high, others.cost.low, own->heads, all_heads, TRUE);
    share->is_outlier = share->times_low >= OUTLIER_PERCENT;
}

gboolean tm_cost_share_find(const TmIssue *issue, const TmScope *scope, TmCostShare *share)
{
    Pool own, all;
    *share = (TmCostShare){0};
    if (scope->kind != TM_SCOPE_BLOCK || !read_pool(issue, scope, &own) ||
        !read_pool(issue, tm_series_organisation(issue), &all) || all.cost.low <= 0)
        return FALSE;
    share->cost_low = tm_series_ratio(own.cost.low, 100, all.cost.high, FALSE);
    share->cost_high = MIN(tm_series_ratio(own.cost.high, 100, all.cost.low, TRUE), 100);
    if (own.cost.low == own.cost.high && all.cost.low == all.cost.high)
        share->cost_low = share->cost_high = tm_scale_half_even(own.cost.low, 100, all.cost.low);
    share->heads = tm_scale_half_even(own.heads, 100, all.heads);
    compare_with_peers(issue, scope, &own, share);
    return TRUE;
}
