#include "sample_week.h"

const TmPublishOptions sample_options = {.minimum_people = 5,
    .distribution_people = 12,
    .cross_cut_people = 20,
    .p_percent = 15,
    .rule_version = TM_RULE_VERSION,
    .issue = 0};

static guint add_scope(TmPartition *partition, TmScopeKind kind, guint parent, char *id)
{
    TmScope *scope = g_new0(TmScope, 1);
    scope->kind = kind;
    scope->parent = parent;
    scope->id = id;
    scope->name = g_strdup_printf("Name of \"%s\"\twith a tab", id);
    scope->own_line = TRUE;
    scope->teams = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(scope->teams, g_strdup_printf("team of %s", id));
    g_ptr_array_add(partition->scopes, scope);
    return partition->scopes->len - 1;
}

static void add_figure(TmMeasuredWeek *week, TmFigure figure)
{
    figure.part = "";
    figure.denominator = MAX(1, figure.denominator);
    g_array_append_val(week->figures, figure);
}

static void add_figures(TmMeasuredWeek *week, guint scope, const SampleBlock *sum)
{
    guint base = (guint)sum->licensed;
    add_figure(week, (TmFigure){.kpi = TM_KPI_LICENSED,
                         .scope = scope,
                         .value = sum->licensed,
                         .people = base,
                         .base = base});
    add_figure(week, (TmFigure){.kpi = TM_KPI_ACTIVE_USERS,
                         .scope = scope,
                         .value = sum->active,
                         .people = (guint)sum->active,
                         .base = base});
    add_figure(week, (TmFigure){.kpi = TM_KPI_INPUT_TOKENS,
                         .scope = scope,
                         .value = sum->tokens,
                         .people = (guint)sum->active,
                         .base = base,
                         .largest = sum->largest,
                         .second = sum->second});
    add_figure(week, (TmFigure){.kpi = TM_KPI_TOKENS,
                         .scope = scope,
                         .value = sum->tokens,
                         .people = (guint)sum->active,
                         .base = base,
                         .largest = sum->largest,
                         .second = sum->second});
    add_figure(week, (TmFigure){.kpi = TM_KPI_STREAK,
                         .scope = scope,
                         .value = 10 * 4 * sum->active,
                         .denominator = sum->active,
                         .people = (guint)sum->active,
                         .base = base});
    add_figure(week, (TmFigure){.kpi = TM_KPI_STREAK_MEDIAN,
                         .scope = scope,
                         .value = 10 * 8,
                         .denominator = 2,
                         .people = (guint)sum->active,
                         .base = base});
}

static void add_to(SampleBlock *sum, const SampleBlock *part)
{
    sum->licensed += part->licensed;
    sum->active += part->active;
    sum->tokens += part->tokens;
    const gint64 candidates[] = {part->largest, part->second};
    for (guint i = 0; i < 2; i++) {
        if (candidates[i] > sum->largest) {
            sum->second = sum->largest;
            sum->largest = candidates[i];
        } else if (candidates[i] > sum->second) {
            sum->second = candidates[i];
        }
    }
}

TmMeasuredWeek *sample_week(TmWeek number, const SampleBlock *blocks, guint count)
{
    TmMeasuredWeek *week = tm_measured_week_new();
    week->partition = g_new0(TmPartition, 1);
    week->partition->week = number;
    week->partition->scopes = g_ptr_array_new_with_free_func((GDestroyNotify)tm_scope_free);
    add_scope(week->partition, TM_SCOPE_ORGANISATION, 0, g_strdup("org"));
    SampleBlock all = {0};
    guint departments = 0;
    for (guint i = 0; i < count; i++)
        departments = MAX(departments, blocks[i].department + 1);
    for (guint department = 0; department < departments; department++) {
        SampleBlock sum = {0};
        guint parent = add_scope(
            week->partition, TM_SCOPE_DEPARTMENT, 0, g_strdup_printf("dept-%u", department));
        for (guint i = 0; i < count; i++) {
            if (blocks[i].department != department)
                continue;
            guint scope =
                add_scope(week->partition, TM_SCOPE_BLOCK, parent, g_strdup_printf("block-%u", i));
            add_figures(week, scope, &blocks[i]);
            add_to(&sum, &blocks[i]);
        }
        add_figures(week, parent, &sum);
        add_to(&all, &sum);
    }
    add_figures(week, 0, &all);
    return week;
}

void sample_week_free(TmMeasuredWeek *week)
{
    tm_partition_free(week->partition);
    g_array_unref(week->figures);
    g_array_unref(week->tools);
    g_free(week);
}

TmMeasured *sample_measured(TmWeek first, guint weeks, const SampleBlock *blocks, guint count)
{
    TmMeasured *measured = tm_measured_new();
    for (guint i = 0; i < weeks; i++)
        g_ptr_array_add(measured->weeks, sample_week(first + (TmWeek)i, blocks, count));
    return measured;
}

guint sample_scope_of_block(const TmMeasuredWeek *week, guint block)
{
    g_autofree char *id = g_strdup_printf("block-%u", block);
    for (guint i = 0; i < week->partition->scopes->len; i++)
        if (g_strcmp0(((TmScope *)g_ptr_array_index(week->partition->scopes, i))->id, id) == 0)
            return i;
    g_assert_not_reached();
}
