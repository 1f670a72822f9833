/*
 * Augment's Analytics API: activity of people by language and editor on one day, activity of people
 * over a period, and days of the organisation. Which day or period it is stands behind the rows, so
 * the rows of a page are held back until then.
 */
#include "augment.h"

enum {
    EMAIL,
    SERVICE,
    DATE,
    LANGUAGE,
    EDITOR,
    MESSAGES,
    COMPLETIONS,
    ACCEPTED,
    LINES,
    PARTS,
    ACTIVE_DAYS,
    DAY,
    START,
    END,
    GENERATED,
    HAS_MORE,
    PAGE_REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [EMAIL] = {"user_email", TM_FIELD_IDENTITY, "person", ""},
    [SERVICE] = {"service_account_name", TM_FIELD_IDENTITY, "service", "no person"},
    [DATE] = {"date", TM_FIELD_READ, "day, record key",
        "UTC day of the organisation, which is shown apart"},
    [LANGUAGE] = {"language", TM_FIELD_READ, "record key", ""},
    [EDITOR] = {"editor", TM_FIELD_READ, "record key", ""},
    [MESSAGES] = {"metrics.total_messages", TM_FIELD_READ, "messages, interactions",
        "need not be the sum of its parts"},
    [COMPLETIONS] = {"metrics.completions_count", TM_FIELD_READ, "shown", ""},
    [ACCEPTED] = {"metrics.completions_accepted", TM_FIELD_READ, "accepted, interactions", ""},
    [LINES] = {"metrics.total_modified_lines_of_code|metrics.completions_lines_of_code|"
               "metrics.completions_suggested_lines_of_code|metrics.remote_agent_lines_of_code|"
               "metrics.ide_agent_lines_of_code|metrics.cli_agent_interactive_lines_of_code|"
               "metrics.cli_agent_non_interactive_lines_of_code",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
    [PARTS] = {"metrics.total_tool_calls|metrics.chat_messages|metrics.remote_agent_messages|"
               "metrics.ide_agent_messages|metrics.cli_agent_interactive_messages|"
               "metrics.cli_agent_non_interactive_messages",
        TM_FIELD_IGNORED, "", "parts that need not make up the total"},
    [ACTIVE_DAYS] = {"active_days", TM_FIELD_IGNORED, "", "of the whole period"},
    [DAY] = {"page.metadata.effective_date", TM_FIELD_READ, "day, record key", "UTC day"},
    [START] = {"page.metadata.effective_start_date", TM_FIELD_READ, "day, record key",
        "a period of one day gives rows of that day; rows of a longer one are shown apart"},
    [END] = {"page.metadata.effective_end_date", TM_FIELD_READ, "day, record key",
        "without both the days in the file's name"},
    [GENERATED] = {"page.metadata.generated_at", TM_FIELD_READ, "rank of the export", ""},
    [HAS_MORE] = {"page.pagination.has_more", TM_FIELD_READ, "",
        "a last page that has more is incomplete"},
    [PAGE_REST] = {"page.metadata.*|page.pagination.*", TM_FIELD_IGNORED, "", ""},
};

static const TmFormat tables[] = {
    {"augment-editors", "Augment activity by editor and language (JSON)",
        &tm_sources[TM_SOURCE_AUGMENT_EDITORS], fields, FIELD_COUNT},
    {"augment-users", "Augment activity by user (JSON)", &tm_sources[TM_SOURCE_AUGMENT_USERS],
        fields, FIELD_COUNT},
    {"augment-days", "Augment usage by day (JSON)", &tm_sources[TM_SOURCE_AUGMENT_DAYS], fields,
        FIELD_COUNT},
};

typedef struct Row {
    gboolean bad;
    TmDay date;
    TmCell email, service, language, editor;
    TmAugmentCounts counts;
} Row;

static const TmLooseSlot slots[] = {
    {EMAIL, TM_LOOSE_TEXT, offsetof(Row, email)},
    {SERVICE, TM_LOOSE_TEXT, offsetof(Row, service)},
    {DATE, TM_LOOSE_DAY, offsetof(Row, date)},
    {LANGUAGE, TM_LOOSE_TEXT, offsetof(Row, language)},
    {EDITOR, TM_LOOSE_TEXT, offsetof(Row, editor)},
    {MESSAGES, TM_LOOSE_COUNT, offsetof(Row, counts.messages)},
    {COMPLETIONS, TM_LOOSE_COUNT, offsetof(Row, counts.completions)},
    {ACCEPTED, TM_LOOSE_COUNT, offsetof(Row, counts.accepted)},
};

static const TmLooseTable loose = {fields, slots, G_N_ELEMENTS(slots)};

typedef struct State {
    gboolean begun, has_more, has_page; /* has_page: the days below are set */
    Row row;
    TmDay day, first, last; /* of the page */
    TmLooseHeld held;
} State;

void tm_augment_set_measures(const TmAugmentCounts *counts, TmMeasures *measures)
{
    tm_measures_set(
        measures, TM_MEASURE_INTERACTIONS, counts->messages.value + counts->accepted.value);
    tm_loose_set(measures, TM_MEASURE_MESSAGES, counts->messages);
    tm_loose_set(measures, TM_MEASURE_SHOWN, counts->completions);
    tm_loose_set(measures, TM_MEASURE_ACCEPTED, counts->accepted);
}

/* Members of a page may be met before any record. */
static void set_up(State *state)
{
    if (!state->has_page)
        state->day = state->first = state->last = TM_DAY_NONE;
    state->has_page = TRUE;
}

static void begin_record(gpointer user)
{
    State *state = user;
    set_up(state);
    state->row = (Row){0};
    tm_loose_begin(&loose, &state->row);
}

static void take_page_day(TmReading *reading, guint field, const TmJsonValue *value, TmDay *day)
{
    *day = TM_DAY_NONE;
    tm_json_take_day(reading, &fields[field], value, day);
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    gint64 instant;
    set_up(state);
    switch (field) {
    case DAY:
        take_page_day(reading, field, value, &state->day);
        break;
    case START:
        take_page_day(reading, field, value, &state->first);
        break;
    case END:
        take_page_day(reading, field, value, &state->last);
        break;
    case GENERATED:
        if (value->kind == TM_JSON_STRING && tm_instant_parse(value->text, value->length, &instant))
            reading->summary->exported = MAX(reading->summary->exported, instant);
        break;
    case HAS_MORE:
        state->has_more = value->kind == TM_JSON_BOOLEAN && value->truth;
        break;
    default:
        if (!state->row.bad)
            state->row.bad = !tm_loose_take(&loose, reading, field, value, &state->row);
    }
}

static gboolean is_by_editor(const Row *row)
{
    return row->language.length + row->editor.length > 0;
}

/* Whose row it is; a row of a period or of the organisation is nobody's. */
static void set_identity(const Row *row, gboolean apart, TmRecord *record)
{
    record->service = apart || row->email.length == 0;
    if (apart)
        return;
    tm_loose_add_account(record, row->email);
    if (row->email.length == 0 && row->service.length > 0)
        record->identity[record->identities++] =
            (TmIdentity){TM_IDENTITY_API_KEY, row->service.text, row->service.length};
}

/* Rows of one person, or of the organisation, of one day or of a period that ends on it. */
static void take_row(TmReading *reading, const Row *row, TmDay first, TmDay last)
{
    gboolean of_organisation = row->email.length + row->service.length == 0;
    gboolean is_period = first != last;
    TmRecord record = {.instant = TM_INSTANT_NONE, .day = last};
    if (!tm_reading_admits(reading, last, "effective_end_date"))
        return;
    record.source = &tm_sources[of_organisation     ? TM_SOURCE_AUGMENT_DAYS
                                : is_period         ? TM_SOURCE_AUGMENT_PERIODS
                                : is_by_editor(row) ? TM_SOURCE_AUGMENT_EDITORS
                                                    : TM_SOURCE_AUGMENT_USERS];
    set_identity(row, of_organisation || is_period, &record);
    TmKeyHash hash = tm_key_integer(tm_key_integer(TM_KEY_START, first), last);
    hash = tm_key_lower(hash, row->email.text, row->email.length);
    hash = tm_key_lower(hash, row->service.text, row->service.length);
    hash = tm_key_text(hash, row->language.text, row->language.length);
    record.key = tm_key_end(tm_key_text(hash, row->editor.text, row->editor.length));
    tm_augment_set_measures(&row->counts, &record.measures);
    tm_reading_take(reading, &record);
}

/* ---- Pages --------------------------------------------------------------------------------- */

/* What the page says of its days, else what the file's name does. */
static void find_days(const State *state, const TmReading *reading, TmDay *first, TmDay *last)
{
    *first = state->day != TM_DAY_NONE ? state->day : state->first;
    *last = state->day != TM_DAY_NONE ? state->day : state->last;
    if (*first == TM_DAY_NONE || *last == TM_DAY_NONE)
        tm_path_days(reading->path, first, last);
}

static void release(State *state, TmReading *reading)
{
    TmDay first, last;
    find_days(state, reading, &first, &last);
    guint count = tm_loose_held_count(&state->held);
    gboolean dated = first != TM_DAY_NONE && first <= last;
    if (count > 0 && !dated) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "metadata.effective_date",
            "no day of these rows: save the whole answer, or name the days in the file's name");
        reading->summary->rows_skipped += count - 1;
    }
    for (guint i = 0; i < count && dated; i++)
        take_row(reading, tm_loose_held_row(&state->held, i), first, last);
    tm_loose_held_drop(&state->held);
    state->day = state->first = state->last = TM_DAY_NONE;
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    const Row *row = &state->row;
    if (!state->begun)
        tm_reading_begin(reading,
            &tables[is_by_editor(row)                             ? 0
                    : row->email.length + row->service.length > 0 ? 1
                                                                  : 2],
            NULL);
    state->begun = TRUE;
    if (row->bad)
        return TRUE;
    if (row->date != TM_DAY_NONE)
        take_row(reading, row, row->date, row->date);
    else
        tm_loose_hold(&state->held, &loose, reading, row, sizeof(Row));
    return TRUE;
}

static void end_page(gpointer user, TmReading *reading, gboolean closing)
{
    set_up(user);
    if (closing)
        release(user, reading);
}

static void end_file(gpointer user, TmReading *reading)
{
    State *state = user;
    set_up(state);
    release(state, reading);
    if (state->has_more)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "has_more",
            "the last page says that there is another one");
}

static void clear(gpointer user)
{
    tm_loose_held_clear(&((State *)user)->held);
}

static const char *const signatures[] = {"user_email|metrics", "service_account_name|metrics",
    "user_email|active_days|metrics", "service_account_name|active_days|metrics",
    "language|editor|metrics", "date|metrics", NULL};

const TmJsonFormat tm_json_augment_activity = {
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
