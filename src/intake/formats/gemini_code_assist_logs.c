/*
 * Gemini Code Assist: its entries of Cloud Logging, of which there are three logs. The requests'
 * and answers' logs hold what was written and said; of them only is read that a request was made.
 * The metadata log tells what was shown and accepted.
 *
 * Nothing is counted by entries: one action writes several, projects' exports overlap, and a
 * suggestion can be accepted many times or days after it was shown. Records are known by the
 * requests that entries name; only entries that name none are known by themselves.
 *
 * No entry is not no use: people can switch telemetry off, and some editors send none.
 */
#include "../formats.h"
#include "../json_values.h"

#include <string.h>

/* An entry by itself, or in the list that the interface answers with. */
#define ENTRY(name) name "|entries[]." name
#define PAYLOAD(name) ENTRY("jsonPayload." name)
#define EVENT(name)                                                                                \
    PAYLOAD("codeExposure." name)                                                                  \
    "|" PAYLOAD("codeAcceptance." name) "|" PAYLOAD("chatExposure." name) "|" PAYLOAD(             \
        "chatAcceptance." name)
#define LOG "cloudaicompanion.googleapis.com%2F"

enum {
    LIST_ENTRY,
    LOG_NAME,
    TIMESTAMP,
    INSERT_ID,
    PRODUCT,
    USER,
    METHOD,
    LABEL_REQUEST,
    CLIENT,
    REQUEST,
    CODE_EXPOSURE,
    CODE_ACCEPTANCE,
    CHAT_EXPOSURE,
    CHAT_ACCEPTANCE,
    API_REQUEST,
    ORIGINAL_REQUEST,
    AGENTIC,
    NEXT_PAGE,
    LINES,
    PAYLOAD_REST,
    HOUSEKEEPING,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [LIST_ENTRY] = {"entries[]", TM_FIELD_READ, "", "the answer of entries.list"},
    [LOG_NAME] = {ENTRY("logName"), TM_FIELD_READ, "row kind, record key",
        "request: a request; metadata: an event; response: nothing more"},
    [TIMESTAMP] = {ENTRY("timestamp"), TM_FIELD_READ, "day, instant, record key", "UTC"},
    [INSERT_ID] = {ENTRY("insertId"), TM_FIELD_READ, "record key",
        "only of entries that name no request"},
    [PRODUCT] = {ENTRY("labels.product"), TM_FIELD_READ, "row kind",
        "cloud_assist is another product: left out"},
    [USER] = {ENTRY("labels.user_id"), TM_FIELD_IDENTITY, "e-mail or user id, service", ""},
    [METHOD] = {ENTRY("labels.method"), TM_FIELD_READ, "interactions, surface",
        "CompleteCode is asked while a person types: no interaction"},
    [LABEL_REQUEST] = {ENTRY("labels.request_id"), TM_FIELD_READ, "record key", "of the request"},
    [CLIENT] = {PAYLOAD("clientName"), TM_FIELD_READ, "surface", "cloudcode_cli: terminal"},
    [REQUEST] = {PAYLOAD("requestId"), TM_FIELD_READ, "record key", "of an apiRequest"},
    [CODE_EXPOSURE] = {PAYLOAD("codeExposure"), TM_FIELD_READ, "shown", "no interaction"},
    [CODE_ACCEPTANCE] = {PAYLOAD("codeAcceptance"), TM_FIELD_READ, "accepted, interactions",
        "once for each suggestion"},
    [CHAT_EXPOSURE] = {PAYLOAD("chatExposure"), TM_FIELD_READ, "messages, shown, interactions",
        "the answer to a prompt"},
    [CHAT_ACCEPTANCE] = {PAYLOAD("chatAcceptance"), TM_FIELD_READ, "accepted, interactions",
        "once for each answer"},
    [API_REQUEST] = {PAYLOAD("apiRequest"), TM_FIELD_READ, "requests, interactions", ""},
    [ORIGINAL_REQUEST] = {EVENT("originalRequestId"), TM_FIELD_READ, "record key",
        "with the kind of event"},
    [AGENTIC] = {EVENT("is_agentic") "|" EVENT("isAgentic"), TM_FIELD_READ, "surface", "agent"},
    [NEXT_PAGE] = {"nextPageToken", TM_FIELD_READ, "", "there: the list goes on"},
    [LINES] = {EVENT("linesCount") "|" EVENT("commentLinesCount") "|" EVENT(
                   "programmingLanguage") "|" EVENT("interactionType"),
        TM_FIELD_IGNORED, "", "lines are not counted"},
    [PAYLOAD_REST] = {PAYLOAD("*"), TM_FIELD_CONTENT, "", "what was written and answered"},
    [HOUSEKEEPING] =
        {ENTRY("receiveTimestamp") "|" ENTRY("severity") "|" ENTRY("resource") "|" ENTRY(
             "labels."
             "client_"
             "name") "|" ENTRY("labels.client_version") "|" PAYLOAD("clientVersion") "|" PAYLOAD("@"
                                                                                                 "t"
                                                                                                 "y"
                                                                                                 "p"
                                                                                                 "e") "|" ENTRY("trace") "|" ENTRY("spanId"),
            TM_FIELD_IGNORED, "", ""},
};

static const TmFormat table = {"gemini-code-assist-logs",
    "Gemini Code Assist entries of Cloud Logging (JSON)",
    &tm_sources[TM_SOURCE_GEMINI_CODE_ASSIST_LOGS], fields, FIELD_COUNT};

typedef struct Entry {
    gboolean bad; /* reported; the rest of it is dropped */
    TmCell log_name, timestamp, insert_id, product, user, method, client;
    TmCell label_request, request, original_request;
    guint event; /* field of the event's object; 0: none that is known */
    gboolean agentic;
} Entry;

typedef struct State {
    gboolean begun;
    Entry entry;
    gboolean in_list;
    guint64 known;       /* entries of the three logs in the record */
    gboolean other_logs; /* said */
    gboolean other_product;
    gboolean more_pages; /* the last list says so */
} State;

/* What an event is, by its field; the first row is the log of requests. */
typedef struct Kind {
    const char *key; /* of the record key: stored in ledgers, never changed */
    TmMeasure measures[2];
    TmSurface surface;
    gboolean interaction;
} Kind;

#define NOTHING TM_MEASURE_COUNT

static const Kind request_kind = {
    "request", {TM_MEASURE_REQUESTS, NOTHING}, TM_SURFACE_UNKNOWN, TRUE};
static const Kind event_kinds[] = {
    [CODE_EXPOSURE] = {"code exposure", {TM_MEASURE_SHOWN, NOTHING}, TM_SURFACE_COMPLETION, FALSE},
    [CODE_ACCEPTANCE] = {"code acceptance", {TM_MEASURE_ACCEPTED, NOTHING}, TM_SURFACE_COMPLETION,
        TRUE},
    [CHAT_EXPOSURE] = {"chat exposure", {TM_MEASURE_MESSAGES, TM_MEASURE_SHOWN}, TM_SURFACE_CHAT,
        TRUE},
    [CHAT_ACCEPTANCE] = {"chat acceptance", {TM_MEASURE_ACCEPTED, NOTHING}, TM_SURFACE_CHAT, TRUE},
    [API_REQUEST] = {"request", {TM_MEASURE_REQUESTS, NOTHING}, TM_SURFACE_UNKNOWN, TRUE},
};

/* ---- Records ----------------------------------------------------------------------------- */

static gboolean ends(TmCell text, const char *end)
{
    gsize length = strlen(end);
    return text.length >= length && memcmp(text.text + text.length - length, end, length) == 0;
}

/* FALSE when the entry was reported, or its day is not wanted. */
static gboolean place(const Entry *entry, TmReading *reading, TmRecord *record)
{
    if (entry->user.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "labels.user_id", "an entry of nobody");
        return FALSE;
    }
    gboolean is_address = memchr(entry->user.text, '@', entry->user.length) != NULL;
    record->identity[0] = (TmIdentity){
        is_address ? TM_IDENTITY_EMAIL : TM_IDENTITY_USER_ID, entry->user.text, entry->user.length};
    record->identities = 1;
    record->service = ends(entry->user, ".gserviceaccount.com");
    return tm_json_take_instant(reading, "timestamp", entry->timestamp, record);
}

/* The request that the entry tells of; without one, the entry itself. */
static guint64 record_key(const Entry *entry, const Kind *kind)
{
    TmCell id = entry->event == 0             ? entry->label_request
                : entry->event == API_REQUEST ? entry->request
                                              : entry->original_request;
    TmKeyHash hash = tm_key_text(TM_KEY_START, kind->key, strlen(kind->key));
    if (id.length > 0)
        return tm_key_end(tm_key_text(hash, id.text, id.length));
    hash = tm_key_text(hash, entry->log_name.text, entry->log_name.length);
    hash = tm_key_text(hash, entry->timestamp.text, entry->timestamp.length);
    return tm_key_end(tm_key_text(hash, entry->insert_id.text, entry->insert_id.length));
}

static TmSurface surface_of(const Entry *entry, const Kind *kind)
{
    if (tm_cell_equals(entry->client, "cloudcode_cli"))
        return TM_SURFACE_TERMINAL;
    if (entry->agentic)
        return TM_SURFACE_AGENT;
    if (entry->event != 0)
        return kind->surface;
    return tm_cell_equals(entry->method, "CompleteTask") ? TM_SURFACE_CHAT : TM_SURFACE_COMPLETION;
}

static void take(const Entry *entry, TmReading *reading, const Kind *kind)
{
    TmRecord record = {0};
    gboolean while_typing = entry->event == 0 && tm_cell_equals(entry->method, "CompleteCode");
    if (!place(entry, reading, &record))
        return;
    record.key = record_key(entry, kind);
    record.surface = surface_of(entry, kind);
    tm_measures_set(
        &record.measures, TM_MEASURE_INTERACTIONS, kind->interaction && !while_typing ? 1 : 0);
    for (guint i = 0; i < G_N_ELEMENTS(kind->measures); i++)
        if (kind->measures[i] != NOTHING)
            tm_measures_set(&record.measures, kind->measures[i], 1);
    tm_reading_take(reading, &record);
}

static void say_once(TmReading *reading, gboolean *said, const char *field, const char *text)
{
    if (!*said)
        tm_reading_warn(reading, TM_KIND_NOTE_FILE, field, "%s", text);
    *said = TRUE;
}

static void end_entry(State *state, TmReading *reading)
{
    const Entry *entry = &state->entry;
    gboolean is_request = ends(entry->log_name, LOG "request");
    gboolean is_event = ends(entry->log_name, LOG "metadata");
    if (entry->bad || entry->log_name.length == 0)
        return;
    if (!is_request && !is_event && !ends(entry->log_name, LOG "response")) {
        say_once(reading, &state->other_logs, "logName", "entries of other logs are left out");
        return;
    }
    state->known++;
    if (tm_cell_equals(entry->product, "cloud_assist"))
        say_once(reading, &state->other_product, "labels.product",
            "entries of Cloud Assist, another product, are left out");
    else if (is_request)
        take(entry, reading, &request_kind);
    else if (is_event && entry->event != 0)
        take(entry, reading, &event_kinds[entry->event]);
}

/* ---- Values ------------------------------------------------------------------------------ */

static void begin_record(gpointer user)
{
    State *state = user;
    state->entry = (Entry){0};
    state->in_list = state->more_pages = FALSE;
    state->known = 0;
}

static TmCell *text_of(Entry *entry, guint field)
{
    TmCell *const targets[FIELD_COUNT] = {[LOG_NAME] = &entry->log_name,
        [TIMESTAMP] = &entry->timestamp,
        [INSERT_ID] = &entry->insert_id,
        [PRODUCT] = &entry->product,
        [USER] = &entry->user,
        [METHOD] = &entry->method,
        [LABEL_REQUEST] = &entry->label_request,
        [CLIENT] = &entry->client,
        [REQUEST] = &entry->request,
        [ORIGINAL_REQUEST] = &entry->original_request};
    return targets[field];
}

static void take_entry_field(
    Entry *entry, TmReading *reading, guint field, const TmJsonValue *value)
{
    TmCell *text = text_of(entry, field);
    if (entry->bad)
        return;
    if (text != NULL)
        entry->bad = !tm_json_take_text(reading, &fields[field], value, text);
    else if (field == AGENTIC)
        entry->bad = !tm_json_take_truth(reading, &fields[field], value, &entry->agentic);
    else if (value->kind == TM_JSON_OBJECT)
        entry->event = field;
}

static void begin_file(State *state, TmReading *reading)
{
    if (!state->begun)
        tm_reading_begin(reading, &table, state->in_list ? "page" : "entries");
    state->begun = TRUE;
}

static void field(gpointer user, TmReading *reading, guint field, const TmJsonValue *value)
{
    State *state = user;
    if (field == LIST_ENTRY) {
        if (state->in_list)
            end_entry(state, reading);
        state->entry = (Entry){0};
        state->in_list = TRUE;
        begin_file(state, reading);
    } else if (field == NEXT_PAGE) {
        state->more_pages |= value->kind == TM_JSON_STRING && value->length > 0;
    } else {
        take_entry_field(&state->entry, reading, field, value);
    }
}

static gboolean end_record(gpointer user, TmReading *reading)
{
    State *state = user;
    begin_file(state, reading);
    end_entry(state, reading);
    gboolean is_ours = !state->in_list || state->known > 0;
    if (!is_ours)
        tm_reading_skip(reading, TM_KIND_UNKNOWN_FORMAT, "entries",
            "a list without any entry of Gemini Code Assist's logs");
    return is_ours;
}

static void end_file(gpointer user, TmReading *reading)
{
    const State *state = user;
    if (state->more_pages)
        tm_reading_warn(reading, TM_KIND_INCOMPLETE_EXPORT, "nextPageToken",
            "the list of entries goes on in pages that may not be here");
}

static const char *const signatures[] = {"insertId|jsonPayload|logName=*" LOG "metadata|timestamp",
    "insertId|jsonPayload|logName=*" LOG "request|timestamp",
    "insertId|jsonPayload|logName=*" LOG "response|timestamp", "entries|nextPageToken", "entries",
    NULL};

const TmJsonFormat tm_json_gemini_code_assist_logs = {
    .tables = &table,
    .table_count = 1,
    .signatures = signatures,
    .state_size = sizeof(State),
    .begin_record = begin_record,
    .field = field,
    .end_record = end_record,
    .end_file = end_file,
};
