/* Records that wait; see held_records.h. */
#include "held_records.h"

gboolean tm_held_add(TmHeldRecords *held, const TmRecord *record)
{
    if (held->records == NULL) {
        held->records = g_array_new(FALSE, FALSE, sizeof(TmRecord));
        held->models = g_string_new(NULL);
    }
    /* the names stand one behind the other, in the order of the records */
    if (record->model != NULL)
        g_string_append_len(held->models, record->model, (gssize)record->model_length);
    g_array_append_val(held->records, *record);
    return held->records->len >= TM_HELD_LIMIT;
}

void tm_held_release(TmHeldRecords *held, TmReading *reading,
    void (*finish)(gconstpointer user, TmReading *reading, TmRecord *record), gconstpointer user)
{
    gsize at = 0;
    for (guint i = 0; held->records != NULL && i < held->records->len; i++) {
        TmRecord record = g_array_index(held->records, TmRecord, i);
        record.identity[0] = tm_reading_path_identity(reading);
        record.identities = 1;
        if (record.model != NULL) {
            record.model = held->models->str + at;
            at += record.model_length;
        }
        finish(user, reading, &record);
    }
    tm_held_drop(held);
}

void tm_held_drop(TmHeldRecords *held)
{
    if (held->records == NULL)
        return;
    g_array_set_size(held->records, 0);
    g_string_truncate(held->models, 0);
}

void tm_held_drop_last(TmHeldRecords *held)
{
    if (held->records == NULL || held->records->len == 0)
        return;
    guint last = held->records->len - 1;
    const TmRecord *record = &g_array_index(held->records, TmRecord, last);
    if (record->model != NULL)
        g_string_truncate(held->models, held->models->len - record->model_length);
    g_array_set_size(held->records, last);
}

void tm_held_clear(TmHeldRecords *held)
{
    if (held->records == NULL)
        return;
    g_array_unref(held->records);
    g_string_free(held->models, TRUE);
}
