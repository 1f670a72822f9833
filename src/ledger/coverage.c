/*
 * Which days a source covers: a growing set, so the order of files cannot matter. What a personal
 * source covers is kept for the account, and for everybody as what anybody has, which tells how
 * fresh a tool's data are and nothing more.
 */
#include "internal.h"

gboolean tm_ledger_add_coverage(
    TmLedger *ledger, guint32 account, guint source, TmWeek week, guint8 days, GError **error)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_ADD, error);
    if (statement == NULL)
        return FALSE;
    gint64 person = account == TM_ACCOUNT_NONE ? TM_EVERYBODY : (gint64)account + 1;
    const gint64 row[] = {person, ledger->source_ids[source], week, days};
    tm_ledger_bind(statement, row, G_N_ELEMENTS(row));
    return tm_ledger_execute(ledger, statement, "write coverage", error);
}

static guint8 read_days(TmLedger *ledger, gint64 person, guint source, TmWeek week)
{
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_READ, NULL);
    if (statement == NULL)
        return 0;
    const gint64 key[] = {person, ledger->source_ids[source], week};
    tm_ledger_bind(statement, key, G_N_ELEMENTS(key));
    guint8 days = 0;
    if (sqlite3_step(statement) == SQLITE_ROW)
        days = (guint8)sqlite3_column_int(statement, 0);
    sqlite3_reset(statement);
    return days;
}

guint8 tm_ledger_covered_for(TmLedger *ledger, guint32 account, guint source, TmWeek week)
{
    return read_days(ledger, (gint64)account + 1, source, week);
}

guint8 tm_ledger_covered(TmLedger *ledger, guint source, TmWeek week)
{
    g_assert(source < tm_source_count);
    return read_days(ledger, TM_EVERYBODY, source, week);
}

/* ---- Of tools ---------------------------------------------------------------------------- */

/* So many people's own files speak for a tool, fewer for themselves. */
#define PEOPLE_OF_A_TOOL 5

/* One tool in one week. */
typedef struct ToolWeek {
    guint8 of_all, of_people;
    gint64 people; /* most that one source covers days of */
} ToolWeek;

struct TmToolCoverage {
    GHashTable *weeks;      /* tool and week -> ToolWeek, owned */
    guint64 tools_with_all; /* tools that have a source with data of everybody */
};

static gpointer key_of(TmToolIndex tool, TmWeek week)
{
    return GINT_TO_POINTER(week * TM_TOOL_LIMIT + (int)tool);
}

static void add_source(TmToolCoverage *coverage, guint source, sqlite3_stmt *row)
{
    TmToolIndex tool = tm_sources[source].tool;
    gpointer key = key_of(tool, sqlite3_column_int(row, 1));
    guint8 days = (guint8)sqlite3_column_int(row, 2);
    ToolWeek *week = g_hash_table_lookup(coverage->weeks, key);
    if (week == NULL) {
        week = g_new0(ToolWeek, 1);
        g_hash_table_insert(coverage->weeks, key, week);
    }
    if (tm_sources[source].trait == TM_TRAIT_PERSONAL) {
        week->of_people |= days;
        week->people = MAX(week->people, sqlite3_column_int64(row, 3));
        return;
    }
    week->of_all |= days;
    if (days != 0)
        coverage->tools_with_all |= G_GUINT64_CONSTANT(1) << tool;
}

TmToolCoverage *tm_tool_coverage_new(TmLedger *ledger)
{
    TmToolCoverage *coverage = g_new0(TmToolCoverage, 1);
    coverage->weeks = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    sqlite3_stmt *statement = tm_ledger_statement(ledger, TM_STATEMENT_COVERAGE_SUMS, NULL);
    while (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        guint source = tm_ledger_source_of_id(ledger, sqlite3_column_int64(statement, 0));
        if (source != G_MAXUINT && tm_sources[source].trait != TM_TRAIT_APART)
            add_source(coverage, source, statement);
    }
    if (statement != NULL)
        sqlite3_reset(statement);
    return coverage;
}

void tm_tool_coverage_free(TmToolCoverage *coverage)
{
    if (coverage == NULL)
        return;
    g_hash_table_unref(coverage->weeks);
    g_free(coverage);
}

guint8 tm_tool_coverage_days(const TmToolCoverage *coverage, TmToolIndex tool, TmWeek week)
{
    const ToolWeek *found = g_hash_table_lookup(coverage->weeks, key_of(tool, week));
    if (found == NULL)
        return 0;
    gboolean people_speak =
        (coverage->tools_with_all >> tool & 1) == 0 || found->people >= PEOPLE_OF_A_TOOL;
    return found->of_all | (people_speak ? found->of_people : 0);
}
