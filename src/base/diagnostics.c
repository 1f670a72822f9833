/*
 * Diagnostics: kept in the order of reporting, bounded per kind and file, printed as text or as
 * the quarantine list.
 *
 * A tally per (kind, file) says how many there were and how many are kept. Texts and names are
 * cleaned when they arrive: a header of a hostile file may hold control characters, and they must
 * never reach a terminal.
 */
#include <tidemark/base.h>

#include <string.h>

#define MOST_KEPT 1000
#define MOST_FIELD_BYTES 200

typedef struct Tally {
    TmDiagnosticKind kind;
    const char *file; /* "" if none */
    guint64 count;
    guint64 kept;
    guint64 printed; /* used while formatting */
} Tally;

typedef struct Diagnostic {
    Tally *tally;
    guint64 line, column;
    char *field; /* or NULL */
    char *text;
} Diagnostic;

struct TmDiagnostics {
    GArray *kept;        /* Diagnostic */
    GHashTable *tallies; /* Tally as key and value */
    GPtrArray *in_order; /* the same tallies, by first report */
    GStringChunk *files; /* names of files, each once */
    guint64 counts[TM_KIND_COUNT];
};

static const struct {
    TmSeverity severity;
    const char *name;
    const char *remedy;
} kinds[TM_KIND_COUNT] = {
#define X(id, severity, name, remedy) {TM_SEVERITY_##severity, name, remedy},
    TM_DIAGNOSTIC_KINDS(X)
#undef X
};

static const char *const severity_names[] = {
    [TM_SEVERITY_NOTE] = "note",
    [TM_SEVERITY_WARNING] = "warning",
    [TM_SEVERITY_SKIPPED] = "skipped",
    [TM_SEVERITY_UNUSABLE] = "unusable",
    [TM_SEVERITY_INTERNAL] = "internal",
};

G_DEFINE_QUARK(tidemark - error, tm_error)

const char *tm_diagnostic_kind_name(TmDiagnosticKind kind)
{
    return kinds[kind].name;
}

const char *tm_diagnostic_kind_remedy(TmDiagnosticKind kind)
{
    return kinds[kind].remedy;
}

TmSeverity tm_diagnostic_kind_severity(TmDiagnosticKind kind)
{
    return kinds[kind].severity;
}

static guint tally_hash(gconstpointer pointer)
{
    const Tally *tally = pointer;
    return g_str_hash(tally->file) * 31 + (guint)tally->kind;
}

static gboolean tally_equal(gconstpointer left, gconstpointer right)
{
    const Tally *a = left, *b = right;
    return a->kind == b->kind && g_str_equal(a->file, b->file);
}

static void diagnostic_clear(gpointer pointer)
{
    Diagnostic *diagnostic = pointer;
    g_free(diagnostic->field);
    g_free(diagnostic->text);
}

static void start_empty(TmDiagnostics *diagnostics)
{
    diagnostics->kept = g_array_new(FALSE, FALSE, sizeof(Diagnostic));
    g_array_set_clear_func(diagnostics->kept, diagnostic_clear);
    diagnostics->tallies = g_hash_table_new_full(tally_hash, tally_equal, g_free, NULL);
    diagnostics->in_order = g_ptr_array_new();
    diagnostics->files = g_string_chunk_new(1024);
    memset(diagnostics->counts, 0, sizeof diagnostics->counts);
}

static void release(TmDiagnostics *diagnostics)
{
    g_array_unref(diagnostics->kept);
    g_ptr_array_unref(diagnostics->in_order);
    g_hash_table_unref(diagnostics->tallies);
    g_string_chunk_free(diagnostics->files);
}

TmDiagnostics *tm_diagnostics_new(void)
{
    TmDiagnostics *diagnostics = g_new(TmDiagnostics, 1);
    start_empty(diagnostics);
    return diagnostics;
}

void tm_diagnostics_free(TmDiagnostics *diagnostics)
{
    if (diagnostics == NULL)
        return;
    release(diagnostics);
    g_free(diagnostics);
}

/* Valid UTF-8 without control characters; takes `text`. */
static char *clean(char *text)
{
    g_autofree char *owned = text;
    char *valid = g_utf8_make_valid(owned, -1);
    for (char *at = valid; *at != '\0'; at++) {
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    }
    return valid;
}

static Tally *tally_of(TmDiagnostics *diagnostics, TmDiagnosticKind kind, const char *file)
{
    Tally wanted = {.kind = kind, .file = file};
    Tally *tally = g_hash_table_lookup(diagnostics->tallies, &wanted);
    if (tally == NULL) {
        wanted.file = g_string_chunk_insert_const(diagnostics->files, file);
        tally = g_memdup2(&wanted, sizeof wanted);
        g_hash_table_add(diagnostics->tallies, tally);
        g_ptr_array_add(diagnostics->in_order, tally);
    }
    return tally;
}

static void count_one(TmDiagnostics *diagnostics, Tally *tally, guint64 number)
{
    tally->count += number;
    diagnostics->counts[tally->kind] += number;
}

void tm_diagnostics_report(TmDiagnostics *diagnostics, TmDiagnosticKind kind, const TmPlace *place,
    const char *format, ...)
{
    g_assert(kind < TM_KIND_COUNT);
    static const TmPlace nowhere;
    const TmPlace *at = place != NULL ? place : &nowhere;
    Tally *tally = tally_of(diagnostics, kind, at->file != NULL ? at->file : "");
    count_one(diagnostics, tally, 1);
    if (tally->kept == MOST_KEPT)
        return;
    va_list arguments;
    va_start(arguments, format);
    Diagnostic diagnostic = {
        .tally = tally,
        .line = at->line,
        .column = at->column,
        .field = at->field != NULL ? clean(g_strndup(at->field, MOST_FIELD_BYTES)) : NULL,
        .text = clean(g_strdup_vprintf(format, arguments)),
    };
    va_end(arguments);
    g_array_append_val(diagnostics->kept, diagnostic);
    tally->kept++;
}

void tm_diagnostics_append(TmDiagnostics *diagnostics, TmDiagnostics *source)
{
    g_assert(diagnostics != source);
    for (guint i = 0; i < source->kept->len; i++) {
        Diagnostic *moved = &g_array_index(source->kept, Diagnostic, i);
        Tally *tally = tally_of(diagnostics, moved->tally->kind, moved->tally->file);
        if (tally->kept == MOST_KEPT)
            continue;
        Diagnostic diagnostic = *moved;
        diagnostic.tally = tally;
        moved->field = NULL;
        moved->text = NULL;
        g_array_append_val(diagnostics->kept, diagnostic);
        tally->kept++;
    }
    for (guint i = 0; i < source->in_order->len; i++) {
        const Tally *moved = g_ptr_array_index(source->in_order, i);
        count_one(diagnostics, tally_of(diagnostics, moved->kind, moved->file), moved->count);
    }
    release(source);
    start_empty(source);
}

guint64 tm_diagnostics_count(const TmDiagnostics *diagnostics, TmDiagnosticKind kind)
{
    return diagnostics->counts[kind];
}

guint64 tm_diagnostics_count_severity(const TmDiagnostics *diagnostics, TmSeverity severity)
{
    guint64 sum = 0;
    for (int kind = 0; kind < TM_KIND_COUNT; kind++) {
        if (kinds[kind].severity == severity)
            sum += diagnostics->counts[kind];
    }
    return sum;
}

TmSeverity tm_diagnostics_worst(const TmDiagnostics *diagnostics)
{
    TmSeverity worst = TM_SEVERITY_NOTE;
    for (int kind = 0; kind < TM_KIND_COUNT; kind++) {
        if (diagnostics->counts[kind] > 0)
            worst = MAX(worst, kinds[kind].severity);
    }
    return worst;
}

int tm_diagnostics_exit_code(const TmDiagnostics *diagnostics)
{
    static const int codes[] = {
        [TM_SEVERITY_NOTE] = 0,
        [TM_SEVERITY_WARNING] = 0,
        [TM_SEVERITY_SKIPPED] = 1,
        [TM_SEVERITY_UNUSABLE] = TM_ERROR_UNUSABLE,
        [TM_SEVERITY_INTERNAL] = TM_ERROR_INTERNAL,
    };
    return codes[tm_diagnostics_worst(diagnostics)];
}

/* "file:line:column: " with the parts that are known; nothing without a file. */
static void append_place(GString *out, const char *file, guint64 line, guint64 column)
{
    if (*file == '\0')
        return;
    g_autofree char *shown = clean(g_strdup(file));
    g_string_append(out, shown);
    if (line > 0)
        g_string_append_printf(out, ":%" G_GUINT64_FORMAT, line);
    if (line > 0 && column > 0)
        g_string_append_printf(out, ":%" G_GUINT64_FORMAT, column);
    g_string_append(out, ": ");
}

static void append_line(GString *out, const Diagnostic *diagnostic)
{
    const Tally *tally = diagnostic->tally;
    append_place(out, tally->file, diagnostic->line, diagnostic->column);
    g_string_append_printf(
        out, "%s: %s: ", severity_names[kinds[tally->kind].severity], kinds[tally->kind].name);
    if (diagnostic->field != NULL)
        g_string_append_printf(out, "%s: ", diagnostic->field);
    g_string_append_printf(out, "%s (%s)\n", diagnostic->text, kinds[tally->kind].remedy);
}

static void append_more(GString *out, const Tally *tally)
{
    append_place(out, tally->file, 0, 0);
    g_string_append_printf(out, "%s: %s: … and %" G_GUINT64_FORMAT " more\n",
        severity_names[kinds[tally->kind].severity], kinds[tally->kind].name,
        tally->count - tally->printed);
}

char *tm_diagnostics_format(const TmDiagnostics *diagnostics, TmSeverity least, guint most_per_kind)
{
    guint64 most = most_per_kind > 0 ? most_per_kind : MOST_KEPT;
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < diagnostics->in_order->len; i++)
        ((Tally *)g_ptr_array_index(diagnostics->in_order, i))->printed = 0;
    for (guint i = 0; i < diagnostics->kept->len; i++) {
        const Diagnostic *diagnostic = &g_array_index(diagnostics->kept, Diagnostic, i);
        Tally *tally = diagnostic->tally;
        if (kinds[tally->kind].severity < least || tally->printed == most)
            continue;
        append_line(out, diagnostic);
        tally->printed++;
        if (tally->printed == MIN(most, tally->kept) && tally->count > tally->printed)
            append_more(out, tally);
    }
    return g_string_free(out, FALSE);
}

static void append_quarantine_row(
    GString *out, const Tally *tally, const Diagnostic *diagnostic, const char *text)
{
    g_autofree char *file = clean(g_strdup(tally->file));
    g_autofree char *reason = g_strdup_printf("%s: %s", kinds[tally->kind].name, text);
    tm_csv_append_field(out, file);
    g_string_append_c(out, ',');
    if (diagnostic != NULL && diagnostic->line > 0)
        g_string_append_printf(out, "%" G_GUINT64_FORMAT, diagnostic->line);
    g_string_append_c(out, ',');
    if (diagnostic != NULL && diagnostic->column > 0)
        g_string_append_printf(out, "%" G_GUINT64_FORMAT, diagnostic->column);
    g_string_append_c(out, ',');
    tm_csv_append_field(out, diagnostic != NULL ? diagnostic->field : NULL);
    g_string_append_c(out, ',');
    tm_csv_append_field(out, reason);
    g_string_append(out, "\r\n");
}

char *tm_diagnostics_format_quarantine(const TmDiagnostics *diagnostics)
{
    GString *out = g_string_new("file,line,column,field,reason\r\n");
    for (guint i = 0; i < diagnostics->kept->len; i++) {
        const Diagnostic *diagnostic = &g_array_index(diagnostics->kept, Diagnostic, i);
        if (kinds[diagnostic->tally->kind].severity == TM_SEVERITY_SKIPPED)
            append_quarantine_row(out, diagnostic->tally, diagnostic, diagnostic->text);
    }
    for (guint i = 0; i < diagnostics->in_order->len; i++) {
        const Tally *tally = g_ptr_array_index(diagnostics->in_order, i);
        if (kinds[tally->kind].severity != TM_SEVERITY_SKIPPED || tally->count == tally->kept)
            continue;
        g_autofree char *text =
            g_strdup_printf("… and %" G_GUINT64_FORMAT " more", tally->count - tally->kept);
        append_quarantine_row(out, tally, NULL, text);
    }
    return g_string_free(out, FALSE);
}
