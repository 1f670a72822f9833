/* Sources that depend on the company: see tm_intake_prepare(). */
#include "prepare.h"

#include <string.h>

#define CSV_ORDER 65
#define CSV_PREFIX "tidemark-csv:"
#define LONGEST_KEY 128

static const char *currency;

const char *tm_prepared_currency(void)
{
    return currency;
}

TmSource *tm_source_add(const char *key, const TmSource *source)
{
    if (tm_source_count == TM_SOURCE_LIMIT)
        return NULL;
    TmSource *row = &tm_sources[tm_source_count++];
    *row = *source;
    row->key = g_intern_string(key);
    return row;
}

static void add_csv_source(const char *tool_key, TmToolIndex tool)
{
    const TmSource source = {.tool = tool,
        .order = CSV_ORDER,
        .money_order = CSV_ORDER,
        .measures = TM_MEASURE_BIT(TM_MEASURE_COUNT) - 1,
        .merging = TM_MERGE_LATER,
        .sessions = TM_SESSIONS_STATED};
    g_autofree char *key = g_strconcat(CSV_PREFIX, tool_key, NULL);
    tm_source_add(key, &source);
}

static void add_csv_sources(const TmSetup *setup)
{
    static const char *const known[] = {
#define X(id, key, name) key,
        TM_KNOWN_TOOLS(X)
#undef X
    };
    G_STATIC_ASSERT(TM_SOURCE_COUNT + TM_TOOL_LIMIT <= TM_SOURCE_LIMIT);
    guint count = setup != NULL ? setup->tools->len : G_N_ELEMENTS(known);
    for (guint tool = 0; tool < count; tool++)
        add_csv_source(
            setup != NULL ? g_array_index(setup->tools, TmTool, tool).key : known[tool], tool);
}

/* As names of tools are compared in set-up files: small letters, and '_' for blanks and dashes. */
const TmSource *tm_prepared_csv_source(TmCell tool)
{
    char key[LONGEST_KEY] = CSV_PREFIX;
    gsize at = strlen(CSV_PREFIX);
    if (tool.length >= sizeof key - at)
        return NULL;
    for (gsize i = 0; i < tool.length; i++)
        key[at + i] =
            tool.text[i] == ' ' || tool.text[i] == '-' ? '_' : tm_ascii_lower(tool.text[i]);
    key[at + tool.length] = '\0';
    guint index = tm_source_index(key);
    return index != G_MAXUINT ? &tm_sources[index] : NULL;
}

gboolean tm_intake_prepare(const TmSetup *setup, TmDiagnostics *diagnostics, GError **error)
{
    (void)diagnostics;
    (void)error;
    tm_source_count = TM_SOURCE_COUNT;
    currency = setup != NULL ? g_intern_string(setup->settings.currency) : NULL;
    add_csv_sources(setup);
    return TRUE;
}
