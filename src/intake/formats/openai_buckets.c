/* Buckets and rows of OpenAI's organisation exports; see openai_buckets.h. */
#include "openai_buckets.h"

#include <string.h>

#define SECONDS_PER_DAY 86400
#define MOST_KEPT 1000000 /* records of one file */
#define LONGEST_LABEL 96

/* Kinds of record keys. They are stored in ledgers: never renumbered. */
enum { KEY_USAGE = 1, KEY_COST };

gboolean tm_openai_take_cell(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *count)
{
    cell = tm_cell_trim(cell);
    TmJsonValue value = {.kind = cell.length > 0 ? TM_JSON_NUMBER : TM_JSON_NULL,
        .text = cell.text,
        .length = cell.length};
    return tm_json_take_count(reading, rule, &value, count);
}

/* The usual widths; a first bucket that begins late is narrower than the next one. */
static gint64 usual_width(gint64 seconds)
{
    static const gint64 widths[] = {60, 3600};
    for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
        if (seconds <= widths[i])
            return widths[i];
    return SECONDS_PER_DAY;
}

gboolean tm_openai_bucket(
    TmReading *reading, const TmCount *start, const TmCount *end, TmOpenaiBucket *bucket)
{
    if (!start->present || !end->present) {
        tm_reading_skip(reading, TM_KIND_MISSING_FIELD, start->present ? "end_time" : "start_time",
            "a bucket of time has two ends");
        return FALSE;
    }
    gint64 day = start->value / SECONDS_PER_DAY, last_day = (end->value - 1) / SECONDS_PER_DAY;
    if (end->value <= start->value || day != last_day || day > G_MAXINT32 / 2) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, "end_time",
            "the bucket does not lie within one day (UTC): export buckets of a day or less");
        return FALSE;
    }
    gint64 width = end->value - start->value;
    *bucket = (TmOpenaiBucket){.day = (TmDay)day,
        .whole_day = width == SECONDS_PER_DAY,
        .end = end->value,
        .width = usual_width(width)};
    return TRUE;
}

gboolean tm_openai_take_amount(TmReading *reading, const char *field, TmCell amount,
    const char *currency_field, TmCell currency, gint64 *micros)
{
    if (currency.length > 0 && !tm_cell_equals(currency, "USD")) {
        tm_reading_skip(reading, TM_KIND_BAD_VALUE, currency_field, "not US dollars");
        return FALSE;
    }
    if (amount.length == 0 || !tm_micros_parse(amount.text, amount.length, micros)) {
        tm_reading_skip(reading, amount.length == 0 ? TM_KIND_MISSING_FIELD : TM_KIND_BAD_NUMBER,
            field, "an amount is wanted");
        return FALSE;
    }
    if (*micros < 0 || *micros > TM_COUNT_LIMIT) {
        tm_reading_skip(reading, TM_KIND_OUT_OF_RANGE, field, "an amount cannot be so");
        return FALSE;
    }
    return TRUE;
}

/* ---- Days covered -------------------------------------------------------------------------- */

/* Only rows of users say for everybody what was used. */
static void cover_run(TmOpenaiFile *file, TmReading *reading)
{
    if (file->has_run && file->has_users)
        tm_reading_cover_source(
            reading, &tm_sources[TM_SOURCE_OPENAI_USAGE_USERS], file->run_first, file->run_last);
    file->has_run = FALSE;
}

void tm_openai_see_bucket(TmOpenaiFile *file, TmReading *reading, const TmOpenaiBucket *bucket)
{
    if (!bucket->whole_day)
        return;
    gboolean follows =
        file->has_run && bucket->day >= file->run_first && bucket->day <= file->run_last + 1;
    if (!follows) {
        cover_run(file, reading);
        file->run_first = bucket->day;
    }
    file->run_last = follows ? MAX(file->run_last, bucket->day) : bucket->day;
    file->has_run = TRUE;
}

void tm_openai_file_end(TmOpenaiFile *file, TmReading *reading)
{
    cover_run(file, reading);
}

void tm_openai_file_clear(TmOpenaiFile *file)
{
    g_clear_pointer(&file->parts, g_hash_table_unref);
}

/* ---- Records ------------------------------------------------------------------------------- */

gboolean tm_openai_next_part(
    GHashTable **parts, TmReading *reading, guint64 record_key, guint32 *part)
{
    G_STATIC_ASSERT(sizeof(gpointer) >= sizeof(guint64));
    if (*parts == NULL)
        *parts = g_hash_table_new(NULL, NULL);
    gpointer key = GSIZE_TO_POINTER(record_key);
    guint next = GPOINTER_TO_UINT(g_hash_table_lookup(*parts, key));
    if (next == 0 && g_hash_table_size(*parts) >= MOST_KEPT) {
        tm_reading_skip(reading, TM_KIND_TOO_LONG, NULL,
            "the file has more than a million groups of rows: export shorter periods");
        return FALSE;
    }
    g_hash_table_insert(*parts, key, GUINT_TO_POINTER(next + 1));
    *part = next;
    return TRUE;
}

/* Key and part of a row. Owners are in the key: two ids may turn out to be one person's. */
static gboolean number_row(TmOpenaiFile *file, TmReading *reading, gint64 kind,
    const TmOpenaiBucket *bucket, TmRecord *record)
{
    TmKeyHash hash = tm_key_integer(TM_KEY_START, kind);
    hash = tm_key_integer(hash, bucket->width);
    hash = tm_key_integer(hash, bucket->end);
    for (guint i = 0; i < record->identities; i++)
        hash = tm_key_lower(hash, record->identity[i].value, record->identity[i].length);
    record->key = tm_key_end(hash);
    return tm_openai_next_part(&file->parts, reading, record->key, &record->part);
}

static void set_project(TmCell project, char *label, TmRecord *record)
{
    gsize prefix = strlen("project:");
    if (project.length == 0 || prefix + project.length > LONGEST_LABEL)
        return;
    memcpy(label, "project:", prefix);
    memcpy(label + prefix, project.text, project.length);
    record->label = label;
    record->label_length = prefix + project.length;
}

static void set_owner(TmCell first, TmIdentityKind kind, TmRecord *record)
{
    if (first.length > 0)
        record->identity[record->identities++] = (TmIdentity){kind, first.text, first.length};
}

static void set_model(TmCell model, TmRecord *record)
{
    record->model = model.length > 0 ? model.text : NULL;
    record->model_length = model.length;
}

/* Batches and the flex tier have prices of their own, which are not in the lists. */
static void set_pricing(const TmOpenaiUsage *usage, TmPricing *pricing)
{
    pricing->wanted = !usage->batch && !tm_cell_equals(usage->tier, "flex");
    pricing->fast = tm_cell_equals(usage->tier, "priority");
}

void tm_openai_take_usage(TmOpenaiFile *file, TmReading *reading, const TmOpenaiBucket *bucket,
    const TmOpenaiUsage *usage)
{
    char label[LONGEST_LABEL];
    TmRecord record = {.day = bucket->day, .instant = TM_INSTANT_NONE};
    set_owner(usage->user, TM_IDENTITY_USER_ID, &record);
    record.service = record.identities == 0;
    record.source = &tm_sources[record.service ? TM_SOURCE_OPENAI_USAGE_ORGANISATION
                                               : TM_SOURCE_OPENAI_USAGE_USERS];
    file->has_users |= !record.service;
    if (!tm_reading_admits(reading, record.day, "start_time") ||
        !number_row(file, reading, KEY_USAGE, bucket, &record))
        return;
    set_model(usage->model, &record);
    set_project(usage->project, label, &record);
    set_pricing(usage, &record.pricing);
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, usage->requests.value);
    if (usage->requests.present)
        tm_measures_set(&record.measures, TM_MEASURE_REQUESTS, usage->requests.value);
    tm_openai_set_tokens(&usage->tokens, &record.measures);
    tm_reading_take(reading, &record);
}

/* "gpt-5.4, input": the model stands before the comma. */
static TmCell model_of_line_item(TmCell item)
{
    const char *comma = item.length > 0 ? memchr(item.text, ',', item.length) : NULL;
    return comma != NULL ? tm_cell_trim((TmCell){item.text, (gsize)(comma - item.text)})
                         : (TmCell){NULL, 0};
}

void tm_openai_take_cost(
    TmOpenaiFile *file, TmReading *reading, const TmOpenaiBucket *bucket, const TmOpenaiCost *cost)
{
    char label[LONGEST_LABEL];
    TmRecord record = {.day = bucket->day, .instant = TM_INSTANT_NONE};
    set_owner(cost->email, TM_IDENTITY_EMAIL, &record);
    set_owner(cost->user, TM_IDENTITY_USER_ID, &record);
    record.service = record.identities == 0;
    record.source = &tm_sources[record.service ? TM_SOURCE_OPENAI_COSTS_ORGANISATION
                                               : TM_SOURCE_OPENAI_COSTS_USERS];
    if (!tm_reading_admits(reading, record.day, "start_time") ||
        !number_row(file, reading, KEY_COST, bucket, &record))
        return;
    set_model(model_of_line_item(cost->line_item), &record);
    set_project(cost->project, label, &record);
    tm_measures_set(&record.measures, TM_MEASURE_METERED, cost->micros);
    tm_reading_take(reading, &record);
}
