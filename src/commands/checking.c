/* What is found out about one file: see checking.h. */
#include "checking.h"

#include <string.h>

static void begin(gpointer user, const TmFormat *format)
{
    TmCheckedFile *file = user;
    file->format = format;
    if (file->batch != NULL)
        file->batch_sink.begin(file->batch_sink.user, format);
}

static const TmSource *source_of(const TmCheckedFile *file, const TmSource *source)
{
    return source != NULL ? source : file->format->source;
}

/* The days with rows of one source. */
static GHashTable *days_of(TmCheckedFile *file, const TmSource *source)
{
    GHashTable *days = g_hash_table_lookup(file->sources, source);
    if (days == NULL) {
        days = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(file->sources, (gpointer)source, days);
    }
    return days;
}

/* A record as text: the kinds of its identities, never their values. */
static char *describe(const TmRecord *record)
{
    static const char *const kinds[] = {
        "e-mail", "login", "user id", "installation id", "API key", "device", "name", "path"};
    g_autofree char *day = tm_day_format(record->day);
    GString *text = g_string_new(day);
    for (guint i = 0; i < record->identities; i++)
        g_string_append_printf(text, ", %s", kinds[record->identity[i].kind]);
    if (record->service)
        g_string_append(text, ", a service");
    for (guint32 left = record->measures.present; left != 0; left &= left - 1) {
        int measure = __builtin_ctz(left);
        g_string_append_printf(text, ", %s %" G_GINT64_FORMAT, tm_measure_name((TmMeasure)measure),
            record->measures.value[measure]);
    }
    return g_string_free(text, FALSE);
}

static void record(gpointer user, const TmRecord *record)
{
    TmCheckedFile *file = user;
    g_hash_table_add(file->days, GINT_TO_POINTER(record->day));
    g_hash_table_add(days_of(file, source_of(file, record->source)), GINT_TO_POINTER(record->day));
    if (file->example == NULL)
        file->example = describe(record);
    tm_file_sums_add(file->adding, source_of(file, record->source), record);
    if (file->seen != NULL)
        tm_accounts_seen_record(file->seen, source_of(file, record->source), record);
    if (file->batch != NULL)
        file->batch_sink.record(file->batch_sink.user, record);
}

static void covered(gpointer user, const TmSource *source, TmDaySpan days)
{
    (void)user;
    (void)source;
    (void)days;
}

static void seat(gpointer user, const TmSeat *seat)
{
    TmCheckedFile *file = user;
    if (file->batch != NULL)
        file->batch_sink.seat(file->batch_sink.user, seat);
}

TmCheckedFile *tm_checked_file_new(const TmCheckContext *context, TmIntakeSink *sink)
{
    TmCheckedFile *file = g_new0(TmCheckedFile, 1);
    file->context = context;
    file->days = g_hash_table_new(NULL, NULL);
    file->sources = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
    file->adding = tm_file_sums_new();
    if (context->setup != NULL) {
        file->batch = tm_batch_new(context->key, context->setup);
        file->batch_sink = tm_batch_sink(file->batch);
    }
    if (context->seen != NULL)
        file->seen = tm_accounts_seen_new(context->setup);
    *sink = (TmIntakeSink){
        .begin = begin, .record = record, .covered = covered, .seat = seat, .user = file};
    return file;
}

void tm_checked_file_finish(TmCheckedFile *file)
{
    tm_file_sums_finish(file->adding, &file->sums, &file->copies, &file->failure);
    g_clear_pointer(&file->adding, tm_file_sums_free);
}

void tm_checked_file_free(TmCheckedFile *file)
{
    tm_file_sums_free(file->adding);
    g_clear_error(&file->failure);
    tm_batch_free(file->batch);
    tm_accounts_seen_free(file->seen);
    g_hash_table_unref(file->days);
    g_hash_table_unref(file->sources);
    g_free(file->example);
    g_free(file);
}

guint tm_checked_missing_days(
    const TmCheckedFile *file, const TmFileSummary *summary, guint8 work_days)
{
    guint missing = 0;
    if (summary->first == TM_DAY_NONE)
        return 0;
    for (TmDay day = summary->first; day <= summary->last; day++)
        if ((work_days >> tm_day_weekday(day) & 1) &&
            !g_hash_table_contains(file->days, GINT_TO_POINTER(day)))
            missing++;
    return missing;
}

/* Days of a week, as bits, that any source of the tool covers but this one. */
static guint8 covered_by_others(TmLedger *ledger, const TmSource *own, TmWeek week)
{
    guint8 days = 0;
    for (guint source = 0; source < tm_source_count; source++)
        if (tm_sources[source].tool == own->tool && &tm_sources[source] != own &&
            tm_sources[source].trait != TM_TRAIT_APART)
            days |= tm_ledger_covered(ledger, source, week);
    return days;
}

gboolean tm_checked_overlap(const TmCheckedFile *file, guint *days, guint *own, guint *others)
{
    TmLedger *ledger = file->context->ledger;
    GHashTableIter sources, iterator;
    gpointer source, of_source, day;
    *days = *own = *others = 0;
    if (ledger == NULL)
        return FALSE;
    g_hash_table_iter_init(&sources, file->sources);
    while (g_hash_table_iter_next(&sources, &source, &of_source)) {
        g_hash_table_iter_init(&iterator, of_source);
        while (g_hash_table_iter_next(&iterator, &day, NULL)) {
            TmWeek week = tm_week_of_day(GPOINTER_TO_INT(day));
            guint bit = (guint)tm_day_weekday(GPOINTER_TO_INT(day));
            guint index = (guint)((const TmSource *)source - tm_sources);
            (*days)++;
            *own += tm_ledger_covered(ledger, index, week) >> bit & 1;
            *others += covered_by_others(ledger, source, week) >> bit & 1;
        }
    }
    return TRUE;
}
