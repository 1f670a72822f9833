/*
 * tidemark contribute: a developer's own transcripts, recordings and telemetry, as tidemark.csv.
 *
 * What the clients leave on a machine holds prompts and should not travel. The readers of intake
 * never keep content; of what they do take, only the columns below are written. Paths, installation
 * and account ids, projects and all other labels stay where they are: the person is what --as says.
 */
#include "reading.h"

#include <tidemark/ledger.h>
#include <tidemark/records.h>

#include <stdio.h>
#include <string.h>

#define DEFAULT_OUTPUT "tidemark.csv"
#define DEFAULT_SINCE "30d"
#define LONGEST_MODEL 100
#define MOST_SLASHES 2 /* "openrouter/vendor/model" */

/* Where the clients keep their files. */
static const struct {
    const char *variable; /* names the folder, when the client is told to use another */
    const char *home;     /* below the home folder */
    const char *below;
} client_folders[] = {
    {"CLAUDE_CONFIG_DIR", ".claude", "projects"},
    {NULL, ".config/claude", "projects"},
    {"CODEX_HOME", ".codex", "sessions"},
    {"CODEX_HOME", ".codex", "archived_sessions"},
    {NULL, ".gemini", "tmp"},
    {NULL, ".qwen", "projects"},
    {NULL, ".local/share/opencode/storage", "message"},
};

/* One file while it is read. */
typedef struct Part {
    const char *person;
    const TmFormat *format;
    TmOwnRecords *records;
    guint64 left; /* records of others, and what the table has no column for */
} Part;

typedef struct Contributing {
    const char *person;
    GTimeZone *zone; /* the machine's: a day is the developer's */
    TmOwnRecords *records;
    GString *table;
    guint64 rows, left, files;
} Contributing;

static const char *tool_key(const TmSource *source)
{
    static const char *const keys[] = {
#define X(id, key, name) key,
        TM_KNOWN_TOOLS(X)
#undef X
    };
    return keys[source->tool];
}

/* ---- The table --------------------------------------------------------------------------- */

static void append_header(GString *table)
{
    g_string_append(table, "date,email,tool,source,record,part,session,model,surface,task,fast,"
                           "estimated,cache_write_1h_tokens");
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        g_string_append_printf(table, ",%s", tm_measure_name((TmMeasure)measure));
    g_string_append_c(table, '\n');
}

static void append_text(GString *line, const char *text, gsize length)
{
    g_autofree char *copy = text != NULL ? g_strndup(text, length) : NULL;
    g_string_append_c(line, ',');
    tm_csv_append_field(line, copy);
}

/* A model that runs at home may be named by the path of its file: such a name stays at home. */
static gboolean is_model_name(const char *text, gsize length)
{
    gsize slashes = 0;
    if (length == 0 || length > LONGEST_MODEL || !g_ascii_isalnum(text[0]))
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && strchr("@._:/-[]", text[i]) == NULL)
            return FALSE;
        slashes += text[i] == '/' || (text[i] == '.' && i > 0 && text[i - 1] == '.') ? 1 : 0;
    }
    return slashes <= MOST_SLASHES;
}

static void append_measure(GString *line, const TmMeasures *measures, guint measure)
{
    gint64 value = measures->value[measure];
    g_string_append_c(line, ',');
    if (!(measures->present & TM_MEASURE_BIT(measure)))
        return;
    if (!tm_measure_is_money((TmMeasure)measure)) {
        g_string_append_printf(line, "%" G_GINT64_FORMAT, value);
        return;
    }
    g_autofree char *amount = tm_micros_format(value);
    g_string_append(line, amount);
}

static void append_estimated(GString *line, const TmMeasures *measures)
{
    const char *between = "";
    g_string_append_c(line, ',');
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++) {
        if (!(measures->estimated & TM_MEASURE_BIT(measure)))
            continue;
        g_string_append_printf(line, "%s%s", between, tm_measure_name((TmMeasure)measure));
        between = " ";
    }
}

/*
 * Tokens with a model and no amount are priced when the table is read: where the source gives their
 * amount in a record of its own, the model must not stand beside them.
 */
static gboolean has_model(const TmRecord *record)
{
    static const guint32 money =
        TM_MEASURE_BIT(TM_MEASURE_METERED) | TM_MEASURE_BIT(TM_MEASURE_LIST_VALUE);
    return record->model != NULL && is_model_name(record->model, record->model_length) &&
           (record->pricing.wanted || (record->measures.present & money));
}

static void append_record(gpointer user, const TmRecord *record)
{
    Contributing *contributing = user;
    GString *line = contributing->table;
    g_autofree char *day = tm_day_format(record->day);
    g_string_append(line, day);
    append_text(line, contributing->person, strlen(contributing->person));
    g_string_append_printf(line, ",%s,%s,%" G_GINT64_MODIFIER "x,%x,", tool_key(record->source),
        record->source->key, record->key, record->part);
    if (record->session != 0)
        g_string_append_printf(line, "%" G_GINT64_MODIFIER "x", record->session);
    append_text(line, has_model(record) ? record->model : NULL, record->model_length);
    g_string_append_printf(line, ",%s,%s,%s", tm_surface_name(record->surface),
        tm_task_name(record->task), record->pricing.fast ? "true" : "");
    append_estimated(line, &record->measures);
    g_string_append_c(line, ',');
    if (record->pricing.long_cache_known)
        g_string_append_printf(line, "%" G_GINT64_FORMAT, record->pricing.long_cache_writes);
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        append_measure(line, &record->measures, measure);
    g_string_append_c(line, '\n');
    contributing->rows++;
}

/* ---- Reading ----------------------------------------------------------------------------- */

static void begin(gpointer user, const TmFormat *format)
{
    ((Part *)user)->format = format;
}

/*
 * The developer's own use: what names the developer, and what a client left on this machine without
 * naming anybody, or only an installation. An export of a whole team tells of others.
 */
static gboolean is_own(const Part *part, const TmSource *source, const TmRecord *record)
{
    gboolean of_client = source->merging == TM_MERGE_COPIES;
    for (guint i = 0; i < record->identities; i++) {
        const TmIdentity *identity = &record->identity[i];
        if (identity->kind == TM_IDENTITY_EMAIL)
            return source->trait != TM_TRAIT_APART &&
                   tm_cell_equals((TmCell){identity->value, identity->length}, part->person);
        of_client |= identity->kind == TM_IDENTITY_PATH;
    }
    return source->trait == TM_TRAIT_PERSONAL && of_client;
}

static void record(gpointer user, const TmRecord *record)
{
    Part *part = user;
    const TmSource *source = record->source != NULL ? record->source : part->format->source;
    if (record->measures.present != 0 && source->tool < TM_TOOL_KNOWN_COUNT &&
        is_own(part, source, record))
        tm_own_records_add(part->records, source, record);
    else
        part->left++;
}

static void covered(gpointer user, const TmSource *source, TmDaySpan days)
{
    (void)user;
    (void)source;
    (void)days;
}

static void seat(gpointer user, const TmSeat *seat)
{
    (void)seat;
    ((Part *)user)->left++;
}

static gpointer open_file(gpointer user, TmIntakeSink *sink)
{
    const Contributing *contributing = user;
    Part *part = g_new0(Part, 1);
    part->person = contributing->person;
    part->records = tm_own_records_new(contributing->zone);
    *sink = (TmIntakeSink){
        .begin = begin, .record = record, .covered = covered, .seat = seat, .user = part};
    return part;
}

static gboolean take_file(
    gpointer user, gpointer data, const TmFileSummary *summary, gboolean taken, GError **error)
{
    Contributing *contributing = user;
    Part *part = data;
    (void)error;
    if (taken) {
        tm_own_records_take(
            contributing->records, g_steal_pointer(&part->records), summary->exported);
        contributing->left += part->left;
        contributing->files++;
    }
    tm_own_records_free(part->records);
    g_free(part);
    return TRUE;
}

static void add_folder(GPtrArray *folders, const char *top, const char *below)
{
    g_autofree char *folder = g_build_filename(top, below, NULL);
    if (g_file_test(folder, G_FILE_TEST_IS_DIR) &&
        !g_ptr_array_find_with_equal_func(folders, folder, g_str_equal, NULL))
        g_ptr_array_add(folders, g_steal_pointer(&folder));
}

/* The clients' folders that this machine has. */
static void find_clients(TmInvocation *invocation)
{
    GPtrArray *folders = g_ptr_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(client_folders); i++) {
        const char *named =
            client_folders[i].variable != NULL ? g_getenv(client_folders[i].variable) : NULL;
        g_autofree char *home = g_build_filename(g_get_home_dir(), client_folders[i].home, NULL);
        add_folder(folders, named != NULL ? named : home, client_folders[i].below);
    }
    g_ptr_array_add(folders, NULL);
    invocation->arguments = (char **)g_ptr_array_free(folders, FALSE);
}

/*
 * All days are read, whatever is wanted: a copy may be younger than its record, and a running total
 * needs the one before it. Where the developer is, it may be a day later than in UTC or earlier.
 */
static gboolean read_files(TmInvocation *invocation, Contributing *contributing, GError **error)
{
    const TmSettings settings = {.zone = contributing->zone};
    g_autoptr(GPtrArray) files = tm_exports_find(invocation, &settings, error);
    if (files == NULL)
        return FALSE;
    const TmReading reading = {.paths = files,
        .options = {.today = tm_exports_today(invocation, &settings) + 1,
            .since = TM_DAY_NONE,
            .until = TM_DAY_FOREVER},
        .open = open_file,
        .take = take_file,
        .user = contributing,
        .diagnostics = invocation->diagnostics,
        .what = "reading"};
    return tm_exports_read(&reading, error);
}

static void fill_table(TmInvocation *invocation, Contributing *contributing)
{
    const TmSettings settings = {.zone = contributing->zone};
    if (invocation->since_text == NULL)
        invocation->since_text = g_strdup(DEFAULT_SINCE);
    TmIntakeOptions options = tm_exports_options(invocation, &settings);
    append_header(contributing->table);
    tm_own_records_foreach(contributing->records,
        (TmDaySpan){options.since, MIN(options.until, options.today)}, append_record, contributing);
}

static gboolean write_table(
    const TmInvocation *invocation, const Contributing *contributing, GError **error)
{
    const char *path = invocation->output != NULL ? invocation->output : DEFAULT_OUTPUT;
    if (invocation->dry_run) {
        fputs(contributing->table->str, stdout);
        return TRUE;
    }
    if (!tm_file_write(path, contributing->table->str, contributing->table->len, error))
        return FALSE;
    printf("%s: %" G_GUINT64_FORMAT " rows of %" G_GUINT64_FORMAT " files\n", path,
        contributing->rows, contributing->files);
    if (contributing->left > 0)
        printf(
            "left out: %" G_GUINT64_FORMAT " records that are not your own\n", contributing->left);
    return TRUE;
}

gboolean tm_command_contribute(TmInvocation *invocation, GError **error)
{
    if (invocation->person == NULL || strchr(invocation->person, '@') == NULL)
        return tm_command_refuse(error,
            "--as is missing or no address; it names whose use this is: --as you@example.com");
    if (invocation->arguments == NULL)
        find_clients(invocation);
    if (invocation->arguments[0] == NULL)
        return tm_command_refuse(
            error, "no client left files in its usual folder here; name files or folders");
    g_autoptr(GTimeZone) zone = g_time_zone_new_local();
    g_autoptr(GString) table = g_string_new(NULL);
    Contributing contributing = {.person = invocation->person, .zone = zone, .table = table};
    if (!tm_intake_prepare(NULL, error))
        return FALSE;
    g_autoptr(TmOwnRecords) records = tm_own_records_new(zone);
    contributing.records = records;
    if (!read_files(invocation, &contributing, error))
        return FALSE;
    fill_table(invocation, &contributing);
    if (contributing.rows == 0)
        return tm_command_refuse(
            error, "nothing in these files could be contributed; --since 1y looks further back");
    return write_table(invocation, &contributing, error);
}
