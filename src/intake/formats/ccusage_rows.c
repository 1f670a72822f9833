/*
 * Rows of ccusage's reports become records. A report by projects has several rows for a day, and
 * every copy of a day's record must be whole: sums over the file are handed over at its end.
 */
#include "ccusage.h"

#include <string.h>

#define MOST_ENTRIES 100000 /* days and models of a file */

/* Sums of one tool, day and model. */
typedef struct Entry {
    guint tool; /* index of tools */
    TmDay day;
    TmCell name;
    gboolean is_guessed;
    gboolean no_cost; /* of a part at least */
    TmMeasures measures;
} Entry;

static const struct {
    const char *agent;
    TmSourceIndex days, sessions;
} tools[] = {
    {"claude", TM_SOURCE_CCUSAGE_CLAUDE, TM_SOURCE_CCUSAGE_CLAUDE_SESSIONS},
    {"codex", TM_SOURCE_CCUSAGE_CODEX, TM_SOURCE_CCUSAGE_CODEX_SESSIONS},
};

enum { CLAUDE, CODEX };

#define FAST "-fast"

void tm_ccusage_clear(TmCcusage *ccusage)
{
    GArray **const arrays[] = {
        &ccusage->models, &ccusage->parts, &ccusage->days, &ccusage->project_days};
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_clear_pointer(arrays[i], g_array_unref);
    g_clear_pointer(&ccusage->day_index, g_hash_table_unref);
    g_clear_pointer(&ccusage->project_index, g_hash_table_unref);
    g_clear_pointer(&ccusage->names, g_string_chunk_free);
}

/* ---- Days -------------------------------------------------------------------------------- */

/* "Aug 10, 2026", as older Codex reports write days. */
static TmDay english_day(TmCell cell)
{
    static const char months[] = "jan feb mar apr may jun jul aug sep oct nov dec ";
    char name[] = "xxx ";
    const char *found;
    gint64 day, year;
    const char *comma = memchr(cell.text, ',', cell.length);
    if (cell.length < strlen("Aug 1, 2026") || comma == NULL || cell.text[3] != ' ')
        return TM_DAY_NONE;
    for (guint i = 0; i < 3; i++)
        name[i] = tm_ascii_lower(cell.text[i]);
    found = strstr(months, name);
    TmCell rest = tm_cell_trim((TmCell){comma + 1, cell.length - (gsize)(comma + 1 - cell.text)});
    gboolean is_date = found != NULL && comma > cell.text + 4 && rest.length == 4 &&
                       tm_integer_parse(cell.text + 4, (gsize)(comma - cell.text - 4), &day) &&
                       tm_integer_parse(rest.text, rest.length, &year) && day > 0 && day < 32 &&
                       year > 0;
    return is_date ? tm_day_from_date((int)year, (int)(found - months) / 4 + 1, (int)day)
                   : TM_DAY_NONE;
}

static gboolean read_day(TmReading *reading, TmCell date, TmDay *day)
{
    if (date.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "date", "no date");
        return FALSE;
    }
    *day = tm_day_parse(date.text, (gssize)date.length);
    if (*day == TM_DAY_NONE)
        *day = english_day(date);
    if (*day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "date", "neither YYYY-MM-DD nor Aug 10, 2026");
        return FALSE;
    }
    return tm_reading_admits(reading, *day, "date");
}

/* ---- Tools ------------------------------------------------------------------------------- */

/* The tool of a row. FALSE when it cannot be told: reported. */
static gboolean find_tool(
    TmCcusage *ccusage, TmReading *reading, const TmCcusageRow *row, guint *tool)
{
    gboolean is_mixed = tm_cell_equals(row->agent, "all");
    TmCell agent = is_mixed ? row->only : row->agent;
    if (is_mixed && row->agents != 1) {
        tm_anthropic_skip_once(reading, &ccusage->mixed_reported, TM_KIND_UNKNOWN_FORMAT, "agents",
            "rows of several tools at once are left out: export with --by-agent");
        return FALSE;
    }
    *tool = row->codex ? CODEX : CLAUDE;
    if (agent.length == 0)
        return TRUE;
    for (*tool = 0; *tool < G_N_ELEMENTS(tools); (*tool)++)
        if (tm_cell_equals(agent, tools[*tool].agent))
            return TRUE;
    tm_anthropic_skip_once(reading, &ccusage->agent_reported, TM_KIND_UNKNOWN_FORMAT, "agent",
        "rows of tools other than Claude Code and Codex are left out");
    return FALSE;
}

/* ---- Sums -------------------------------------------------------------------------------- */

static TmKeyHash entry_key(guint tool, TmDay day, TmCell name, gboolean is_guessed)
{
    TmKeyHash hash = tm_key_integer(tm_key_integer(TM_KEY_START, tool), day);
    return tm_key_end(tm_key_integer(tm_key_lower(hash, name.text, name.length), is_guessed));
}

/* The entry of a tool, day and model; NULL when there are too many: reported once. */
static Entry *find_entry(TmCcusage *ccusage, TmReading *reading, gboolean project, guint tool,
    TmDay day, const TmCcusageModel *model)
{
    GArray **entries = project ? &ccusage->project_days : &ccusage->days;
    GHashTable **index = project ? &ccusage->project_index : &ccusage->day_index;
    if (*entries == NULL) {
        *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
        *index = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    }
    if (ccusage->names == NULL)
        ccusage->names = g_string_chunk_new(4096);
    guint64 key = entry_key(tool, day, model->name, model->is_guessed);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(*index, &key));
    if (at > 0)
        return &g_array_index(*entries, Entry, at - 1);
    if ((*entries)->len == MOST_ENTRIES) {
        if (!ccusage->too_many)
            tm_reading_skip(reading, TM_KIND_TOO_LONG, NULL,
                "more than %d days and models in one file", MOST_ENTRIES);
        ccusage->too_many = TRUE;
        return NULL;
    }
    Entry entry = {.tool = tool, .day = day, .is_guessed = model->is_guessed};
    if (model->name.length > 0)
        entry.name = (TmCell){
            g_string_chunk_insert_len(ccusage->names, model->name.text, (gssize)model->name.length),
            model->name.length};
    g_array_append_val(*entries, entry);
    g_hash_table_insert(*index, g_memdup2(&key, sizeof key), GUINT_TO_POINTER((*entries)->len));
    return &g_array_index(*entries, Entry, (*entries)->len - 1);
}

static void add(TmMeasures *measures, TmMeasure measure, TmCount count)
{
    if (count.present)
        measures->value[measure] = MIN(measures->value[measure] + count.value, TM_COUNT_LIMIT);
    if (count.present)
        measures->present |= TM_MEASURE_BIT(measure);
}

/* Older Codex reports have cached tokens in the input. FALSE when that cannot be: reported. */
static gboolean part_cached(TmReading *reading, TmCcusageModel *model)
{
    if (!model->cached.present || model->reads.present)
        return TRUE;
    if (model->cached.value > model->input.value) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, "cachedInputTokens",
            "more than the input that it is part of");
        return FALSE;
    }
    model->reads = model->cached;
    model->input.value -= model->cached.value;
    return TRUE;
}

static gint64 count_tokens(const TmMeasures *measures)
{
    return measures->value[TM_MEASURE_INPUT_TOKENS] + measures->value[TM_MEASURE_OUTPUT_TOKENS] +
           measures->value[TM_MEASURE_CACHE_WRITE_TOKENS] +
           measures->value[TM_MEASURE_CACHE_READ_TOKENS];
}

static void add_model(TmCcusage *ccusage, TmReading *reading, gboolean project, guint tool,
    TmDay day, TmCcusageModel model)
{
    TmMeasures measures = {0};
    if (!part_cached(reading, &model))
        return;
    add(&measures, TM_MEASURE_INPUT_TOKENS, model.input);
    add(&measures, TM_MEASURE_CACHE_WRITE_TOKENS, model.writes);
    add(&measures, TM_MEASURE_CACHE_READ_TOKENS, model.reads);
    add(&measures, TM_MEASURE_OUTPUT_TOKENS, model.output);
    if (measures.present == 0)
        return;
    Entry *entry = find_entry(ccusage, reading, project, tool, day, &model);
    if (entry == NULL)
        return;
    gint64 tokens = count_tokens(&measures);
    entry->no_cost |=
        model.no_price || !model.cost.present || (model.cost.value == 0 && tokens > 0);
    for (guint i = 0; i < TM_MEASURE_COUNT; i++)
        if (measures.present & TM_MEASURE_BIT(i))
            add(&entry->measures, i, (TmCount){TRUE, measures.value[i]});
    add(&entry->measures, TM_MEASURE_LIST_VALUE, model.cost);
}

/* One row of one tool: its models, or itself when it has none. */
static void add_row(
    TmCcusage *ccusage, TmReading *reading, const TmCcusageRow *row, TmDay day, gboolean project)
{
    guint tool;
    if (!find_tool(ccusage, reading, row, &tool))
        return;
    if (row->model_count == 0)
        add_model(ccusage, reading, project, tool, day, row->whole);
    for (guint i = 0; i < row->model_count; i++) {
        TmCcusageModel model = g_array_index(ccusage->models, TmCcusageModel, row->models + i);
        if (row->model_count == 1 && !model.cost.present)
            model.cost = row->whole.cost;
        add_model(ccusage, reading, project, tool, day, model);
    }
}

void tm_ccusage_take_day(
    TmCcusage *ccusage, TmReading *reading, const TmCcusageRow *row, gboolean project)
{
    TmDay day;
    if (row->bad || !read_day(reading, row->date, &day))
        return;
    if (ccusage->parts->len == 0)
        add_row(ccusage, reading, row, day, project);
    for (guint i = 0; i < ccusage->parts->len; i++) {
        TmCcusageRow part = g_array_index(ccusage->parts, TmCcusageRow, i);
        add_row(ccusage, reading, &part, day, project);
    }
}

/* ---- Sessions ---------------------------------------------------------------------------- */

void tm_ccusage_take_session(TmCcusage *ccusage, TmReading *reading, const TmCcusageRow *row)
{
    TmRecord record = {.identities = 1};
    TmCell id = row->session.length > 0 ? row->session : row->date;
    TmCell instant = row->first_activity.length > 0 ? row->first_activity : row->last_activity;
    guint tool;
    if (row->bad)
        return;
    if (id.length == 0 || !tm_instant_parse(instant.text, instant.length, &record.instant)) {
        ccusage->refused = "sessions";
        return;
    }
    record.day = tm_instant_day(record.instant);
    if (!find_tool(ccusage, reading, row, &tool) ||
        !tm_reading_admits(reading, record.day, "lastActivity"))
        return;
    record.source = &tm_sources[tools[tool].sessions];
    record.identity[0] = tm_reading_path_identity(reading);
    record.key = tm_key_end(tm_key_text(TM_KEY_START, id.text, id.length));
    record.surface = TM_SURFACE_TERMINAL;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, 1);
    tm_measures_set(&record.measures, TM_MEASURE_SESSIONS, 1);
    record.measures.estimated = record.measures.present;
    tm_reading_take(reading, &record);
}

/* ---- Handing over ------------------------------------------------------------------------ */

static gboolean is_fast(TmCell name)
{
    gsize suffix = strlen(FAST);
    return tm_cell_begins(name, "claude-") && name.length > suffix &&
           tm_cell_equals((TmCell){name.text + name.length - suffix, suffix}, FAST);
}

static void set_model(const Entry *entry, TmRecord *record)
{
    gboolean fast = is_fast(entry->name);
    gsize length = entry->name.length - (fast ? strlen(FAST) : 0);
    record->model = length > 0 && !entry->is_guessed ? entry->name.text : NULL;
    record->model_length = record->model != NULL ? length : 0;
    record->pricing = (TmPricing){.wanted = entry->no_cost && record->model != NULL, .fast = fast};
}

static void hand_over_entry(TmReading *reading, const Entry *entry)
{
    TmRecord record = {.source = &tm_sources[tools[entry->tool].days],
        .identities = 1,
        .day = entry->day,
        .instant = TM_INSTANT_NONE,
        .key = entry_key(entry->tool, entry->day, entry->name, entry->is_guessed),
        .surface = TM_SURFACE_TERMINAL,
        .measures = entry->measures};
    const guint32 cost = TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    record.identity[0] = tm_reading_path_identity(reading);
    set_model(entry, &record);
    if (entry->no_cost) {
        record.measures.present &= ~cost;
        record.measures.value[TM_MEASURE_LIST_VALUE] = 0;
    }
    tm_measures_set(
        &record.measures, TM_MEASURE_INTERACTIONS, count_tokens(&entry->measures) > 0 ? 1 : 0);
    record.measures.estimated =
        (record.measures.present & cost) | TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
    tm_reading_take(reading, &record);
}

void tm_ccusage_hand_over(TmCcusage *ccusage, TmReading *reading)
{
    const GArray *entries = ccusage->days != NULL ? ccusage->days : ccusage->project_days;
    for (guint i = 0; entries != NULL && i < entries->len; i++)
        hand_over_entry(reading, &g_array_index(entries, Entry, i));
}
