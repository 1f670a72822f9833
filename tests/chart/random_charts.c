/* Random charts and the check of their pictures. */
#include "random_charts.h"

#include <math.h>

#define CAPITALS 0.74
#define DESCENDERS 0.22
#define TOLERANCE 0.01

static const char *const names[] = {"", "any", "regular", "seats",
    "metered use of all assistants together", "Nutzungslizenzen der Arbeitspl\xC3\xA4tze", "i",
    "\xE2\x9C\x93 \xF0\x9F\x98\x80", "W W W W W W W W W W"};

static const char *const targets[] = {"target 70%", "budget $12k",
    "Zielwert f\xC3\xBCr das Gesch\xC3\xA4"
    "ftsjahr: 70\xC2\xA0%",
    "t"};

static const char *const label_forms[] = {
    "W%u", "KW %u", "2026-W%02u", "%u", "Woche %u im Jahr 2026"};

#define PICK(random, array) (array)[g_rand_int_range((random), 0, G_N_ELEMENTS(array))]

static TmPoint random_point(GRand *random, double factor)
{
    TmPoint point = {.value = g_rand_double_range(random, -0.2, 1.0) * factor};
    if (g_rand_int_range(random, 0, 4) == 0)
        point.state = (TmPointState)g_rand_int_range(random, 0, TM_POINT_STATE_COUNT);
    point.low = point.value;
    point.high = point.value + g_rand_double(random) * factor;
    point.incomplete = g_rand_int_range(random, 0, 8) == 0;
    if (g_rand_int_range(random, 0, 60) == 0)
        point.value = NAN;
    return point;
}

static void add_series(GRand *random, TmChart *chart, guint slots, double factor)
{
    static const TmInk inks[] = {TM_INK_MAIN, TM_INK_MAIN_LIGHT, TM_INK_ACCENT};
    gboolean flat = g_rand_int_range(random, 0, 6) == 0;
    TmSeries *series = tm_chart_add_series(chart, PICK(random, names), PICK(random, inks));
    TmPoint first = random_point(random, factor);
    for (guint i = 0; i < slots; i++)
        tm_series_add(series, flat ? first : random_point(random, factor));
}

static void add_target(GRand *random, TmChart *chart, double factor)
{
    chart->has_target = TRUE;
    chart->target = g_rand_double(random) * factor;
    const TmSeries *first = g_ptr_array_index(chart->series, 0);
    if (g_rand_boolean(random) && first->points->len > 0)
        chart->target = g_array_index(first->points, TmPoint, first->points->len - 1).value;
    chart->target_label = g_strdup(PICK(random, targets));
}

TmChart *random_chart(GRand *random)
{
    TmChart *chart = tm_chart_new((TmChartForm)g_rand_int_range(random, 0, TM_CHART_DOTS + 1),
        (TmNumberForm)g_rand_int_range(random, 0, TM_NUMBER_DAYS + 1));
    static const char *const currencies[] = {"USD", "EUR", "CHF"};
    chart->currency = g_strdup(PICK(random, currencies));
    guint slots = (guint)g_rand_int_range(random, 0, 61);
    double factor = pow(10.0, g_rand_int_range(random, -6, 13));
    const char *form = PICK(random, label_forms);
    for (guint i = 0; i < slots; i++) {
        g_autoptr(GString) label = g_string_new(form);
        g_autofree char *number = g_strdup_printf("%02u", i % 53 + 1);
        g_string_replace(label, "%02u", number, 0);
        g_string_replace(label, "%u", number, 0);
        tm_chart_add_label(chart, label->str);
    }
    guint series = (guint)g_rand_int_range(random, 1, 4);
    for (guint i = 0; i < series; i++)
        add_series(random, chart, slots, factor);
    if (g_rand_boolean(random))
        add_target(random, chart, factor);
    for (double limit = 0.4; g_rand_boolean(random) && limit < 1.0; limit += 0.2)
        tm_chart_add_band_step(chart, limit * factor);
    while (g_rand_int_range(random, 0, 3) == 0)
        tm_chart_add_event(chart, (guint)g_rand_int_range(random, 0, 61), PICK(random, names));
    chart->from_zero = g_rand_boolean(random);
    chart->highlight_last = g_rand_boolean(random);
    if (g_rand_int_range(random, 0, 5) == 0)
        chart->range_high = factor;
    return chart;
}

typedef struct TextBox {
    double left, top, right, bottom;
} TextBox;

static TextBox text_box(const TmShape *shape, const TmTextMeter *meter)
{
    static const double shares[] = {0.0, 0.5, 1.0};
    double width = meter->width(meter->user, &shape->style, shape->text);
    double left = shape->points[0].x - width * shares[shape->anchor];
    double base = shape->points[0].y;
    return (TextBox){left, base - CAPITALS * shape->style.size, left + width,
        base + DESCENDERS * shape->style.size};
}

static gboolean overlap(const TextBox *a, const TextBox *b)
{
    return a->left < b->right - TOLERANCE && b->left < a->right - TOLERANCE &&
           a->top < b->bottom - TOLERANCE && b->top < a->bottom - TOLERANCE;
}

static TextBox shape_box(const TmShape *shape, const TmTextMeter *meter)
{
    if (shape->kind == TM_SHAPE_TEXT)
        return text_box(shape, meter);
    TextBox box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (guint i = 0; i < shape->point_count; i++) {
        box.left = fmin(box.left, shape->points[i].x - shape->radius);
        box.top = fmin(box.top, shape->points[i].y - shape->radius);
        box.right = fmax(box.right, shape->points[i].x + shape->radius);
        box.bottom = fmax(box.bottom, shape->points[i].y + shape->radius);
    }
    return box;
}

static gboolean is_inside(const TextBox *box, const TmPicture *picture)
{
    return box->left >= -TOLERANCE && box->top >= -TOLERANCE &&
           box->right <= picture->width + TOLERANCE && box->bottom <= picture->height + TOLERANCE;
}

char *picture_fault(const TmPicture *picture, const TmTextMeter *meter)
{
    for (guint i = 0; i < picture->shapes->len; i++) {
        const TmShape *shape = &g_array_index(picture->shapes, TmShape, i);
        TextBox box = shape_box(shape, meter);
        if (!is_inside(&box, picture))
            return g_strdup_printf("shape %u (kind %d, %s) leaves the frame: %.2f %.2f %.2f %.2f",
                i, shape->kind, shape->text != NULL ? shape->text : "no text", box.left, box.top,
                box.right, box.bottom);
        for (guint k = 0; shape->kind == TM_SHAPE_TEXT && k < i; k++) {
            const TmShape *other = &g_array_index(picture->shapes, TmShape, k);
            if (other->kind != TM_SHAPE_TEXT)
                continue;
            TextBox other_box = text_box(other, meter);
            if (overlap(&box, &other_box))
                return g_strdup_printf("\"%s\" and \"%s\" overlap", other->text, shape->text);
        }
    }
    return NULL;
}
