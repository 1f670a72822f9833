/* licenses.csv: who holds which tool, from when to when. */
#include <string.h>

#include "loading.h"
#include "row.h"

#define MOST_SEATS 10000000

enum { EMAIL, TOOL, PLAN, FIRST, LAST, PRICE, CURRENCY, SEATS, COLUMN_COUNT };
static const TableColumn columns[COLUMN_COUNT] = {
    [EMAIL] = {"email", "mail email_address user", 0},
    [TOOL] = {"tool", "product", 1},
    [PLAN] = {"plan", NULL, 0},
    [FIRST] = {"start_date", "assigned_date", 0},
    [LAST] = {"end_date", NULL, 0},
    [PRICE] = {"monthly_price", "price", 0},
    [CURRENCY] = {"currency", NULL, 0},
    [SEATS] = {"seats", "quantity", 0},
};

typedef struct Licences {
    Loading *loading;
    GHashTable *spells; /* "person tool plan" -> GArray of TmDaySpan; to find overlaps */
} Licences;

/* A person's rows for one plan must not overlap, or the seat would be paid for twice. */
static gboolean overlaps(Licences *licences, const TableRow *row, const TmLicence *licence)
{
    if (licence->person >= TM_PERSON_IGNORED)
        return FALSE;
    g_autofree char *key = g_strdup_printf(
        "%u %u %s", licence->person, licence->tool, licence->plan != NULL ? licence->plan : "");
    GArray *spans = g_hash_table_lookup(licences->spells, key);
    for (guint i = 0; spans != NULL && i < spans->len; i++) {
        const TmDaySpan *span = &g_array_index(spans, TmDaySpan, i);
        if (days_overlap(licence->first, licence->last, span->first, span->last)) {
            row_report(row, TM_KIND_OVERLAP, FIRST,
                "an earlier row holds the same licence on some of these days");
            return TRUE;
        }
    }
    if (spans == NULL) {
        spans = g_array_new(FALSE, FALSE, sizeof(TmDaySpan));
        g_hash_table_insert(licences->spells, g_steal_pointer(&key), spans);
    }
    TmDaySpan span = {licence->first, licence->last};
    g_array_append_val(spans, span);
    return FALSE;
}

static void find_holder(
    Licences *licences, const TableRow *row, const char *email, TmLicence *licence)
{
    licence->person = TM_PERSON_UNRESOLVED;
    if (email == NULL)
        return;
    licence->person =
        person_by_email(licences->loading->setup, licence->tool, email, licence->first);
    if (licence->person < TM_PERSON_IGNORED)
        return;
    licence->person = TM_PERSON_UNRESOLVED;
    row_report(row, TM_KIND_UNKNOWN_PERSON, EMAIL, "the seat counts as one that nobody holds");
}

static void take_row(const TableRow *row, gpointer user)
{
    Licences *licences = user;
    g_autofree char *email = NULL;
    g_autofree char *currency = NULL;
    g_autofree char *plan = row_plan(row, PLAN);
    TmLicence licence = {.plan = plan, .seats = 1};
    if (!row_email(row, EMAIL, &email) ||
        !row_tool(licences->loading, row, TOOL, FALSE, &licence.tool) ||
        !row_days(row, FIRST, LAST, &licence.first, &licence.last) ||
        !row_money(row, PRICE, TM_MONEY_NONE, &licence.monthly_price) ||
        !row_currency(row, CURRENCY, &currency) ||
        !row_integer(row, SEATS, 0, email != NULL ? 1 : MOST_SEATS, 1, &licence.seats))
        return;
    find_holder(licences, row, email, &licence);
    if (overlaps(licences, row, &licence))
        return;
    licence.plan = g_steal_pointer(&plan);
    licence.currency = g_steal_pointer(&currency);
    g_array_append_val(licences->loading->setup->licences, licence);
}

static int compare(gint64 a, gint64 b)
{
    return (a > b) - (a < b);
}

static int compare_licences(gconstpointer left, gconstpointer right)
{
    const TmLicence *a = left, *b = right;
    int order = compare(a->person, b->person);
    order = order != 0 ? order : compare(a->tool, b->tool);
    order = order != 0 ? order : compare(a->first, b->first);
    return order != 0 ? order : g_strcmp0(a->plan, b->plan);
}

gboolean licences_load(Loading *loading)
{
    static const TableFormat format = {
        "licenses.csv", columns, COLUMN_COUNT, "name note", take_row};
    g_autoptr(GHashTable) spells =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    Licences licences = {loading, spells};
    TableState state =
        table_read(loading->folder, &format, loading->diagnostics, loading->fingerprint, &licences);
    g_array_sort(loading->setup->licences, compare_licences);
    return state != TABLE_UNUSABLE;
}
