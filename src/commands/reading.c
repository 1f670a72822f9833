/* Worker threads and their window: see reading.h. */
#include "reading.h"

#define WORKERS 2
/* Files that may be read ahead of the one that is taken next. */
#define WINDOW 3

typedef struct Slot {
    gpointer file;
    TmFileSummary summary;
    TmDiagnostics *diagnostics;
    gboolean taken;
    gboolean done;
} Slot;

typedef struct Pool {
    const TmReading *reading;
    Slot *slots;    /* [paths] */
    guint next;     /* to be read */
    guint finished; /* taken by the main thread */
    gboolean stop;
    GMutex mutex;
    GCond changed;
} Pool;

static void read_one(const Pool *pool, guint index)
{
    const TmReading *reading = pool->reading;
    Slot *slot = &pool->slots[index];
    TmIntakeSink sink = {0};
    slot->diagnostics = tm_diagnostics_new();
    slot->file = reading->open(reading->user, &sink);
    slot->taken = tm_intake_read(g_ptr_array_index(reading->paths, index), &reading->options, &sink,
        &slot->summary, slot->diagnostics);
    if (reading->close != NULL)
        reading->close(slot->file);
}

static gpointer work(gpointer data)
{
    Pool *pool = data;
    g_mutex_lock(&pool->mutex);
    while (!pool->stop && pool->next < pool->reading->paths->len) {
        if (pool->next >= pool->finished + WINDOW) {
            g_cond_wait(&pool->changed, &pool->mutex);
            continue;
        }
        guint index = pool->next++;
        g_mutex_unlock(&pool->mutex);
        read_one(pool, index);
        g_mutex_lock(&pool->mutex);
        pool->slots[index].done = TRUE;
        g_cond_broadcast(&pool->changed);
    }
    g_mutex_unlock(&pool->mutex);
    return NULL;
}

static gboolean take_slot(Pool *pool, guint index, GError **error)
{
    Slot *slot = &pool->slots[index];
    tm_diagnostics_append(pool->reading->diagnostics, slot->diagnostics);
    gboolean fine =
        pool->reading->take(pool->reading->user, slot->file, &slot->summary, slot->taken, error);
    tm_file_summary_clear(&slot->summary);
    tm_diagnostics_free(slot->diagnostics);
    return fine;
}

static gboolean take_all(Pool *pool, GError **error)
{
    guint count = pool->reading->paths->len;
    g_autoptr(TmProgress) progress = tm_progress_new(pool->reading->what, count);
    gboolean fine = TRUE;
    for (guint index = 0; index < count && fine; index++) {
        g_mutex_lock(&pool->mutex);
        while (!pool->slots[index].done)
            g_cond_wait(&pool->changed, &pool->mutex);
        g_mutex_unlock(&pool->mutex);
        fine = take_slot(pool, index, error);
        tm_progress_step(progress, index + 1);
        g_mutex_lock(&pool->mutex);
        pool->finished = index + 1;
        pool->stop = !fine;
        g_cond_broadcast(&pool->changed);
        g_mutex_unlock(&pool->mutex);
    }
    return fine;
}

/* After a failure: what the workers had read already is thrown away. */
static void drop_rest(Pool *pool)
{
    for (guint index = pool->finished; index < pool->reading->paths->len; index++) {
        if (!pool->slots[index].done)
            continue;
        g_autoptr(GError) ignored = NULL;
        Slot *slot = &pool->slots[index];
        pool->reading->take(pool->reading->user, slot->file, &slot->summary, FALSE, &ignored);
        tm_file_summary_clear(&slot->summary);
        tm_diagnostics_free(slot->diagnostics);
    }
}

gboolean tm_exports_read(const TmReading *reading, GError **error)
{
    Pool pool = {.reading = reading, .slots = g_new0(Slot, reading->paths->len + 1)};
    g_mutex_init(&pool.mutex);
    g_cond_init(&pool.changed);
    GThread *threads[WORKERS];
    for (guint i = 0; i < WORKERS; i++)
        threads[i] = g_thread_new("reader", work, &pool);
    gboolean fine = take_all(&pool, error);
    for (guint i = 0; i < WORKERS; i++)
        g_thread_join(threads[i]);
    drop_rest(&pool);
    g_cond_clear(&pool.changed);
    g_mutex_clear(&pool.mutex);
    g_free(pool.slots);
    return fine;
}

TmSetup *tm_exports_setup(TmInvocation *invocation, GError **error)
{
    g_autoptr(TmSetup) setup = tm_setup_load(invocation->config, invocation->diagnostics, error);
    if (setup == NULL || !tm_intake_prepare(setup, error))
        return NULL;
    return g_steal_pointer(&setup);
}

GPtrArray *tm_exports_find(TmInvocation *invocation, const TmSettings *settings, GError **error)
{
    char *exports[] = {settings->exports_path, NULL};
    char **paths = invocation->arguments != NULL ? invocation->arguments : exports;
    g_autoptr(GPtrArray) files = tm_intake_find_files(paths, invocation->diagnostics);
    if (files->len == 0) {
        tm_command_refuse(error, "there are no files to read; name files or folders with exports");
        return NULL;
    }
    return g_steal_pointer(&files);
}

TmDay tm_exports_today(const TmInvocation *invocation, const TmSettings *settings)
{
    if (invocation->today != TM_DAY_NONE)
        return invocation->today;
    g_autoptr(GDateTime) now = g_date_time_new_now(settings->zone);
    return tm_day_from_date(
        g_date_time_get_year(now), g_date_time_get_month(now), g_date_time_get_day_of_month(now));
}

TmIntakeOptions tm_exports_options(const TmInvocation *invocation, const TmSettings *settings)
{
    TmIntakeOptions options = {.today = tm_exports_today(invocation, settings),
        .since = TM_DAY_NONE,
        .until = TM_DAY_FOREVER};
    if (invocation->since_text != NULL)
        options.since = tm_period_day(invocation->since_text, options.today);
    if (invocation->until_text != NULL)
        options.until = tm_period_day(invocation->until_text, options.today);
    return options;
}
