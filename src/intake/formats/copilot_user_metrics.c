/*
 * Copilot usage metrics: rows of users, totals of an enterprise or organisation, repositories; one
 * record for each day and what the row is of. Only the counters at the top of a row count; the
 * breakdowns need not add up to them.
 *
 * A file holds rows of one kind and one scope, enterprise or organisation. The two scopes tell of
 * the same use and are separate sources: the first row decides which one a file is.
 */
#include "../formats.h"

#include <string.h>

#include "copilot_row.h"

/* Rows whose ids stand behind them, in the members at the end of their page. */
#define MOST_HELD 100000

/* What files are. */
enum {
    USERS_OF_ENTERPRISE,
    USERS_OF_ORGANISATION,
    TOTALS_OF_ENTERPRISE,
    TOTALS_OF_ORGANISATION,
    REPOSITORIES,
    TABLE_COUNT
};

#define TABLE(key, name, source)                                                                   \
    {                                                                                              \
        key, "Copilot usage metrics, " name " (JSON)", &tm_sources[TM_SOURCE_##source],            \
            tm_copilot_metrics_fields, TM_COPILOT_METRICS_FIELDS                                   \
    }

static const TmFormat tables[TABLE_COUNT] = {
    [USERS_OF_ENTERPRISE] =
        TABLE("copilot-enterprise-users", "user rows of an enterprise", COPILOT_ENTERPRISE_USERS),
    [USERS_OF_ORGANISATION] = TABLE(
        "copilot-organisation-users", "user rows of an organisation", COPILOT_ORGANISATION_USERS),
    [TOTALS_OF_ENTERPRISE] =
        TABLE("copilot-enterprise-totals", "totals of an enterprise", COPILOT_ENTERPRISE_TOTALS),
    [TOTALS_OF_ORGANISATION] = TABLE(
        "copilot-organisation-totals", "totals of an organisation", COPILOT_ORGANISATION_TOTALS),
    [REPOSITORIES] = TABLE("copilot-repositories", "repository rows", COPILOT_REPOSITORIES),
};

/* A row that is read but for whose it is. Cells point into the record or the state's texts. */
typedef struct Ready {
    TmCopilotKind kind;
    guint64 line, column;
    TmDay day, start_day, end_day;
    TmCell enterprise, organisation, user_id, login, repository;
    TmMeasures measures;
} Ready;

typedef struct State {
    const TmFormat *format; /* NULL before the first row that can be read */
    TmCopilotKind kind;     /* of that row */
    gboolean has_kind;
    guint64 refused[TM_COPILOT_KINDS];
    guint64 refused_line[TM_COPILOT_KINDS]; /* of the first one */
    gboolean in_page;
    TmCopilotPage page;
    GArray *held;        /* Ready: rows of this page without ids, which may stand behind them */
    GStringChunk *texts; /* of the held rows */
    TmCopilotRow row;
} State;

static void begin_page(State *state)
{
    if (state->held == NULL) {
        state->held = g_array_new(FALSE, FALSE, sizeof(Ready));
        state->texts = g_string_chunk_new(4096);
        state->page.enterprise = g_string_new(NULL);
        state->page.organisation = g_string_new(NULL);
        state->page.start = state->page.end = TM_DAY_NONE;
    }
}

static void begin_record(gpointer user)
{
    State *state = user;
    begin_page(state);
    tm_copilot_row_begin(&state->row);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    begin_page(state);
    tm_copilot_row_take(&state->row, &state->page, reading, field, value);
}

/* ---- Records ------------------------------------------------------------------------------- */

static const TmFormat *table_of(const Ready *ready)
{
    gboolean of_enterprise = ready->organisation.length == 0 && ready->enterprise.length > 0;
    if (ready->kind == TM_COPILOT_REPOSITORY)
        return &tables[REPOSITORIES];
    if (ready->kind == TM_COPILOT_TOTALS)
        return &tables[of_enterprise ? TOTALS_OF_ENTERPRISE : TOTALS_OF_ORGANISATION];
    return &tables[of_enterprise ? USERS_OF_ENTERPRISE : USERS_OF_ORGANISATION];
}

/* Decides the format by the first row. FALSE when this row is of the other scope: reported. */
static gboolean check_scope(State *state, TmReading *reading, const Ready *ready)
{
    const TmFormat *format = table_of(ready);
    if (state->format == NULL) {
        state->format = format;
        tm_reading_begin(reading, format, ready->start_day != TM_DAY_NONE ? "28 days" : "days");
    }
    gboolean unknown = ready->organisation.length == 0 && ready->enterprise.length == 0;
    if (state->format == format || unknown)
        return TRUE;
    tm_reading_skip(reading, TM_KIND_UNKNOWN_FORMAT, "organization_id",
        "enterprise and organisation rows in one file: only rows like the first are read");
    return FALSE;
}

static gboolean set_person(const Ready *ready, TmReading *reading, TmRecord *record)
{
    if (ready->user_id.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_USER_ID, ready->user_id.text, ready->user_id.length};
    if (ready->login.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_LOGIN, ready->login.text, ready->login.length};
    if (record->identities == 0)
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "user_id", "neither id nor login");
    return record->identities > 0;
}

/* Scope, person and day; of totals scope and day; of a repository, which has one id everywhere,
 * the id and the day. */
static guint64 record_key(const State *state, const Ready *ready, const TmRecord *record)
{
    gboolean of_enterprise = state->format == &tables[USERS_OF_ENTERPRISE] ||
                             state->format == &tables[TOTALS_OF_ENTERPRISE];
    TmCell scope = ready->kind == TM_COPILOT_REPOSITORY ? ready->repository
                   : of_enterprise                      ? ready->enterprise
                                                        : ready->organisation;
    TmKeyHash hash = tm_key_text(TM_KEY_START, scope.text, scope.length);
    if (ready->kind == TM_COPILOT_USER) {
        hash = tm_key_integer(hash, record->identity[0].kind);
        hash = tm_key_lower(hash, record->identity[0].value, record->identity[0].length);
    }
    return tm_key_end(tm_key_integer(hash, record->day));
}

static void cover_days(const State *state, TmReading *reading, const Ready *ready)
{
    if (ready->start_day != TM_DAY_NONE)
        tm_reading_cover(reading, ready->start_day, ready->end_day);
    else
        tm_reading_cover(reading, state->page.start, state->page.end);
}

/* A repository is named by its number; its name stays unread. */
static char *repository_label(const Ready *ready)
{
    return g_strdup_printf("project:%.*s", (int)ready->repository.length, ready->repository.text);
}

static void take(State *state, TmReading *reading, const Ready *ready)
{
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = ready->day, .measures = ready->measures};
    g_autofree char *label = NULL;
    if (!check_scope(state, reading, ready))
        return;
    if (ready->day == TM_DAY_NONE) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "day", "no day");
        return;
    }
    cover_days(state, reading, ready);
    record.service = ready->kind != TM_COPILOT_USER;
    if (!record.service && !set_person(ready, reading, &record))
        return;
    if (!tm_reading_admits(reading, ready->day, "day"))
        return;
    if (ready->kind == TM_COPILOT_REPOSITORY) {
        label = repository_label(ready);
        record.label = label;
        record.label_length = strlen(label);
        record.surface = TM_SURFACE_REVIEW;
    }
    record.key = record_key(state, ready, &record);
    tm_reading_take(reading, &record);
}

/* ---- Rows and pages ------------------------------------------------------------------------ */

/* The ids of the page, where the row has none. */
static void inherit_ids(const State *state, Ready *ready)
{
    if (ready->enterprise.length == 0)
        ready->enterprise = (TmCell){state->page.enterprise->str, state->page.enterprise->len};
    if (ready->organisation.length == 0)
        ready->organisation =
            (TmCell){state->page.organisation->str, state->page.organisation->len};
}

static TmCell keep(State *state, TmCell cell)
{
    char *text = g_string_chunk_insert_len(state->texts, cell.text, (gssize)cell.length);
    return (TmCell){text, cell.length};
}

/* Keeps a row until the end of its page. */
static void hold(State *state, TmReading *reading, const Ready *ready)
{
    if (state->held->len == MOST_HELD) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, "organization_id",
            "too many rows before the ids at the end of their page");
        return;
    }
    Ready copy = *ready;
    copy.user_id = keep(state, ready->user_id);
    copy.login = keep(state, ready->login);
    copy.repository = keep(state, ready->repository);
    copy.enterprise = copy.organisation = (TmCell){"", 0};
    g_array_append_val(state->held, copy);
}

static void release_held(State *state, TmReading *reading)
{
    guint64 line = reading->line, column = reading->column;
    for (guint i = 0; i < state->held->len; i++) {
        Ready *ready = &g_array_index(state->held, Ready, i);
        reading->line = ready->line;
        reading->column = ready->column;
        inherit_ids(state, ready);
        take(state, reading, ready);
    }
    reading->line = line;
    reading->column = column;
    g_array_set_size(state->held, 0);
    g_string_chunk_clear(state->texts);
}

/* FALSE for a row of another kind than the first one: counted. */
static gboolean check_kind(State *state, TmReading *reading)
{
    const TmCopilotRow *row = &state->row;
    if (!state->has_kind && row->kind != TM_COPILOT_MEMBERSHIP) {
        state->kind = row->kind;
        state->has_kind = TRUE;
    }
    if (state->has_kind && row->kind == state->kind)
        return TRUE;
    if (state->refused[row->kind]++ == 0)
        state->refused_line[row->kind] = reading->line;
    reading->summary->rows_skipped += row->bad ? 0 : 1;
    return FALSE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const TmCopilotRow *row = &state->row;
    if (!check_kind(state, reading))
        return FALSE;
    if (row->bad)
        return TRUE;
    Ready ready = {.kind = row->kind,
        .line = reading->line,
        .column = reading->column,
        .day = row->day,
        .start_day = row->start_day,
        .end_day = row->end_day,
        .enterprise = row->enterprise,
        .organisation = row->organisation,
        .user_id = row->user_id,
        .login = row->login,
        .repository = row->repository};
    tm_copilot_row_measures(row, &ready.measures);
    inherit_ids(state, &ready);
    if (state->in_page && ready.enterprise.length == 0 && ready.organisation.length == 0)
        hold(state, reading, &ready);
    else
        take(state, reading, &ready);
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    State *state = user;
    begin_page(state);
    state->in_page = !closing;
    if (!closing)
        return;
    release_held(state, reading);
    if (state->format != NULL)
        tm_reading_cover(reading, state->page.start, state->page.end);
    g_string_truncate(state->page.enterprise, 0);
    g_string_truncate(state->page.organisation, 0);
    state->page.start = state->page.end = TM_DAY_NONE;
}

static void end_file(gpointer user, TmReading *reading)
{
    static const char *const texts[] = {
        [TM_COPILOT_USER] = "user rows from here on, not read: the first row is of another kind",
        [TM_COPILOT_MEMBERSHIP] = "team membership rows from here on, not read: they hold no use",
        [TM_COPILOT_REPOSITORY] =
            "repository rows from here on, not read: the first row is of another kind",
        [TM_COPILOT_TOTALS] =
            "aggregate rows from here on, not read: the first row is of another kind"};
    State *state = user;
    release_held(state, reading);
    for (guint i = 0; i < TM_COPILOT_KINDS; i++) {
        TmPlace place = {.file = reading->path, .line = state->refused_line[i]};
        if (state->refused[i] > 0)
            tm_diagnostics_report(reading->diagnostics, TM_KIND_UNKNOWN_FORMAT, &place,
                "%" G_GUINT64_FORMAT " %s", state->refused[i], texts[i]);
    }
}

static void clear(gpointer user)
{
    State *state = user;
    if (state->held == NULL)
        return;
    g_array_unref(state->held);
    g_string_chunk_free(state->texts);
    g_string_free(state->page.enterprise, TRUE);
    g_string_free(state->page.organisation, TRUE);
}

static const char *const signatures[] = {
    "day|user_id", "day|user_login", "day|daily_active_users", "day|repo_id", NULL};

const TmJsonFormat tm_json_copilot_user_metrics = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_page = end_page,
    .end_file = end_file,
    .clear = clear,
};
