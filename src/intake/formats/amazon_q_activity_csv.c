/*
 * Amazon Q Developer, user activity by day: one row for each person who was active, without client,
 * model, tokens or money. Nothing in the file tells which product it is, only the folder in the
 * bucket: reports that Kiro writes stand below KiroLogs, and tell of the same use as its own
 * reports. A file without its folders counts as Amazon Q Developer's.
 */
#include <string.h>

#include "amazon_files.h"

#define KIRO_FOLDER "KiroLogs"
#define AMAZON_Q_FOLDER "QDeveloperLogs"

/* Whose row it is and of which day, then the counts that are read. */
enum {
    USER,
    DATE,
    MESSAGES,
    SHOWN,
    ACCEPTED,
    INLINE_CHATS,
    DEVELOPMENTS,
    TESTS,
    DOCUMENTS,
    REVIEWS,
    FIXES,
    TRANSFORMATIONS,
    LINES,
    REST,
    FIELD_COUNT
};

static const TmFieldRule fields[FIELD_COUNT] = {
    [USER] = {"UserId", TM_FIELD_IDENTITY, "person",
        "id of IAM Identity Center, without the directory in front; identities.csv tells whose. A "
        "report of Kiro is told by the folder KiroLogs in its path alone: keep the bucket's "
        "folders"},
    [DATE] = {"Date", TM_FIELD_READ, "day, record key",
        "UTC day; with the year last the month stands first"},
    [MESSAGES] = {"Chat_MessagesSent", TM_FIELD_READ, "messages, interactions",
        "chat; prompts and answers, so the interactions are an estimate"},
    [SHOWN] = {"Inline_SuggestionsCount", TM_FIELD_READ, "shown", "completions"},
    [ACCEPTED] = {"Inline_AcceptanceCount", TM_FIELD_READ, "accepted, interactions", "completions"},
    [INLINE_CHATS] = {"InlineChat_TotalEventCount", TM_FIELD_READ, "interactions", "edit"},
    [DEVELOPMENTS] = {"Dev_GenerationEventCount", TM_FIELD_READ, "interactions, task",
        "agent, coding"},
    [TESTS] = {"TestGeneration_EventCount", TM_FIELD_READ, "interactions, task", "agent, testing"},
    [DOCUMENTS] = {"DocGeneration_EventCount", TM_FIELD_READ, "interactions, task",
        "agent, documentation"},
    [REVIEWS] = {"CodeReview_SucceededEventCount", TM_FIELD_READ, "interactions, task", "review"},
    [FIXES] = {"CodeFix_GenerationEventCount", TM_FIELD_READ, "interactions, task",
        "fixes of what a review found: agent, debugging"},
    [TRANSFORMATIONS] = {"Transformation_EventCount", TM_FIELD_READ, "interactions, task",
        "agent, refactoring"},
    [LINES] = {"Chat_AICodeLines|CodeFix_AcceptedLines|CodeFix_GeneratedLines|"
               "Dev_AcceptedLines|Dev_GeneratedLines|"
               "DocGeneration_AcceptedLineAdditions|DocGeneration_AcceptedLineUpdates|"
               "DocGeneration_RejectedLineAdditions|DocGeneration_RejectedLineUpdates|"
               "InlineChat_AcceptedLineAdditions|InlineChat_AcceptedLineDeletions|"
               "InlineChat_DismissedLineAdditions|InlineChat_DismissedLineDeletions|"
               "InlineChat_RejectedLineAdditions|InlineChat_RejectedLineDeletions|"
               "Inline_AICodeLines|TestGeneration_AcceptedLines|"
               "TestGeneration_GeneratedLines|Transformation_LinesGenerated|"
               "Transformation_LinesIngested",
        TM_FIELD_IGNORED, "", "lines of code are not used"},
    [REST] = {"Chat_MessagesInteracted|CodeFix_AcceptanceEventCount|"
              "CodeReview_FailedEventCount|CodeReview_FindingsCount|"
              "Dev_AcceptanceEventCount|DocGeneration_AcceptedFileUpdates|"
              "DocGeneration_AcceptedFilesCreations|"
              "DocGeneration_RejectedFileCreations|DocGeneration_RejectedFileUpdates|"
              "InlineChat_AcceptanceEventCount|InlineChat_DismissalEventCount|"
              "InlineChat_RejectionEventCount|TestGeneration_AcceptedTests|"
              "TestGeneration_GeneratedTests",
        TM_FIELD_IGNORED, "", "outcomes of what is counted above"},
};

static const TmFormat tables[] = {
    {"amazon-q-activity", "Amazon Q Developer user activity (CSV)",
        &tm_sources[TM_SOURCE_AMAZON_Q_ACTIVITY], fields, FIELD_COUNT},
    {"kiro-activity", "Kiro user activity in the form of Amazon Q Developer (CSV)",
        &tm_sources[TM_SOURCE_KIRO_ACTIVITY], fields, FIELD_COUNT},
};

/* What a count of interactions is about: each is a part of its own. */
static const struct {
    guint field;
    TmSurface surface;
    TmTask task;
} parts[] = {
    {MESSAGES, TM_SURFACE_CHAT, TM_TASK_UNKNOWN},
    {ACCEPTED, TM_SURFACE_COMPLETION, TM_TASK_UNKNOWN},
    {INLINE_CHATS, TM_SURFACE_EDIT, TM_TASK_UNKNOWN},
    {DEVELOPMENTS, TM_SURFACE_AGENT, TM_TASK_CODING},
    {TESTS, TM_SURFACE_AGENT, TM_TASK_TESTING},
    {DOCUMENTS, TM_SURFACE_AGENT, TM_TASK_DOCUMENTATION},
    {REVIEWS, TM_SURFACE_REVIEW, TM_TASK_REVIEW},
    {FIXES, TM_SURFACE_AGENT, TM_TASK_DEBUGGING},
    {TRANSFORMATIONS, TM_SURFACE_AGENT, TM_TASK_REFACTORING},
};

/* Of which product a file without its folders is, cannot be known. */
static gboolean is_by_kiro(const TmReading *reading)
{
    gboolean by_kiro = strstr(reading->path, KIRO_FOLDER) != NULL;
    const TmPlace place = {.file = reading->path};
    if (!by_kiro && strstr(reading->path, AMAZON_Q_FOLDER) == NULL)
        tm_diagnostics_report(reading->diagnostics, TM_KIND_NOTE_FILE, &place,
            "counted as Amazon Q Developer; a report of Kiro has the same columns and is told by "
            "the folder " KIRO_FOLDER " of the bucket in its path");
    return by_kiro;
}

static void open_file(gpointer state G_GNUC_UNUSED, TmReading *reading, guint64 present)
{
    gboolean by_kiro = is_by_kiro(reading);
    guint64 last = TM_FIELD_BIT(TRANSFORMATIONS) | TM_FIELD_BIT(DOCUMENTS);
    tm_amazon_rank(reading);
    tm_reading_begin(
        reading, &tables[by_kiro ? 1 : 0], (present & last) == last ? "all commands" : "narrow");
}

/* FALSE when the row was reported. */
static gboolean read_counts(TmReading *reading, const TmCell *cells, TmCount *counts)
{
    for (guint i = MESSAGES; i <= TRANSFORMATIONS; i++) {
        TmJsonValue value = {
            .kind = TM_JSON_STRING, .text = cells[i].text, .length = cells[i].length};
        if (cells[i].length > 0 && !tm_loose_count(reading, &fields[i], &value, &counts[i]))
            return FALSE;
    }
    return TRUE;
}

static void set_part(TmMeasures *measures, guint field, const TmCount *counts)
{
    *measures = (TmMeasures){0};
    tm_measures_set(measures, TM_MEASURE_INTERACTIONS, counts[field].value);
    if (field == MESSAGES) {
        measures->estimated = TM_MEASURE_BIT(TM_MEASURE_INTERACTIONS);
        tm_loose_set(measures, TM_MEASURE_MESSAGES, counts[MESSAGES]);
    } else if (field == ACCEPTED) {
        tm_loose_set(measures, TM_MEASURE_SHOWN, counts[SHOWN]);
        tm_loose_set(measures, TM_MEASURE_ACCEPTED, counts[ACCEPTED]);
    }
}

/* Parts that say something; one that says nothing, where none does. */
static void hand_over(TmReading *reading, TmRecord *record, const TmCount *counts)
{
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        guint field = parts[i].field;
        gboolean shown = field == ACCEPTED && counts[SHOWN].value > 0;
        if (counts[field].value == 0 && !shown)
            continue;
        set_part(&record->measures, field, counts);
        record->surface = parts[i].surface;
        record->task = parts[i].task;
        tm_reading_take(reading, record);
        record->part++;
    }
    if (record->part > 0)
        return;
    set_part(&record->measures, ACCEPTED, counts);
    tm_loose_set(&record->measures, TM_MEASURE_MESSAGES, counts[MESSAGES]);
    tm_reading_take(reading, record);
}

static void read_row(gpointer state G_GNUC_UNUSED, TmReading *reading, const TmCell *cells)
{
    TmRecord record = {.source = reading->summary->format->source, .instant = TM_INSTANT_NONE};
    TmCount counts[FIELD_COUNT] = {0};
    TmCell user = tm_amazon_user(cells[USER]), account = tm_amazon_account(reading->path);
    if (!tm_amazon_day(reading, &fields[DATE], tm_cell_trim(cells[DATE]), &record.day) ||
        !read_counts(reading, cells, counts))
        return;
    if (user.length == 0) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, "UserId", "no user");
        return;
    }
    if (!tm_reading_admits(reading, record.day, "Date"))
        return;
    tm_loose_add_account(&record, user);
    TmKeyHash hash = tm_key_integer(TM_KEY_START, record.day);
    record.key = tm_key_end(tm_key_text(hash, account.text, account.length));
    hand_over(reading, &record, counts);
}

const TmCsvFormat tm_csv_amazon_q_activity = {
    .tables = tables,
    .table_count = G_N_ELEMENTS(tables),
    .required = TM_FIELD_BIT(USER) | TM_FIELD_BIT(DATE),
    .one_of = TM_FIELD_BIT(MESSAGES) | TM_FIELD_BIT(SHOWN),
    .open = open_file,
    .row = read_row,
};
