/*
 * Records go to the sink. Prompts and requests are the same use: where there are requests, these
 * are the interactions, and prompts are messages. Prompts are held until a request of their source
 * comes, which usually is a few lines later; what is held at the end of the file had none.
 */
#include "otlp.h"

#define MOST_PROMPTS 4096 /* held at most; then they are taken for all that there is */

typedef struct Held {
    TmRecord record;
    gsize identity[TM_RECORD_IDENTITIES], label; /* where its texts begin in `texts` */
} Held;

typedef struct TmOtelPrompts {
    GArray *held; /* Held */
    GString *texts;
} TmOtelPrompts;

static void give(TmOtel *otel, const Held *held, gboolean is_interaction)
{
    TmRecord record = held->record;
    for (guint i = 0; i < record.identities; i++)
        record.identity[i].value = otel->prompts->texts->str + held->identity[i];
    if (record.label != NULL)
        record.label = otel->prompts->texts->str + held->label;
    tm_measures_set(&record.measures, TM_MEASURE_INTERACTIONS, is_interaction ? 1 : 0);
    tm_reading_take(otel->reading, &record);
}

/* Gives the prompts of a source, or with NULL those of all. */
static void release(TmOtel *otel, const TmSource *source, gboolean is_interaction)
{
    TmOtelPrompts *prompts = otel->prompts;
    guint kept = 0;
    if (prompts == NULL)
        return;
    for (guint i = 0; i < prompts->held->len; i++) {
        const Held *held = &g_array_index(prompts->held, Held, i);
        if (source == NULL || held->record.source == source)
            give(otel, held, is_interaction);
        else
            g_array_index(prompts->held, Held, kept++) = *held;
    }
    g_array_set_size(prompts->held, kept);
    if (kept == 0)
        g_string_truncate(prompts->texts, 0);
}

static gboolean is_wanted(TmOtel *otel, const TmRecord *record)
{
    return tm_reading_admits(otel->reading, record->day, "timeUnixNano");
}

void tm_otel_hand_over(TmOtel *otel, const TmRecord *record)
{
    gsize source = (gsize)(record->source - tm_sources);
    if (!is_wanted(otel, record))
        return;
    if (record->measures.value[TM_MEASURE_INTERACTIONS] > 0 && !otel->asked[source]) {
        otel->asked[source] = TRUE;
        release(otel, record->source, FALSE);
    }
    tm_reading_take(otel->reading, record);
}

static gsize keep_text(TmOtelPrompts *prompts, const char *text, gsize length)
{
    gsize place = prompts->texts->len;
    g_string_append_len(prompts->texts, text, (gssize)length);
    return place;
}

static void hold(TmOtel *otel, const TmRecord *record)
{
    if (otel->prompts == NULL) {
        otel->prompts = g_new0(TmOtelPrompts, 1);
        otel->prompts->held = g_array_new(FALSE, FALSE, sizeof(Held));
        otel->prompts->texts = g_string_new(NULL);
    }
    Held held = {.record = *record};
    for (guint i = 0; i < record->identities; i++)
        held.identity[i] =
            keep_text(otel->prompts, record->identity[i].value, record->identity[i].length);
    if (record->label != NULL)
        held.label = keep_text(otel->prompts, record->label, record->label_length);
    g_array_append_val(otel->prompts->held, held);
    if (otel->prompts->held->len == MOST_PROMPTS)
        release(otel, NULL, TRUE);
}

void tm_otel_hand_over_prompt(TmOtel *otel, const TmRecord *record)
{
    if (!is_wanted(otel, record))
        return;
    if (!otel->asked[record->source - tm_sources]) {
        hold(otel, record);
        return;
    }
    TmRecord prompt = *record;
    tm_measures_set(&prompt.measures, TM_MEASURE_INTERACTIONS, 0);
    tm_reading_take(otel->reading, &prompt);
}

void tm_otel_prompts_finish(TmOtel *otel)
{
    release(otel, NULL, TRUE);
}

void tm_otel_prompts_free(TmOtelPrompts *prompts)
{
    if (prompts == NULL)
        return;
    g_array_unref(prompts->held);
    g_string_free(prompts->texts, TRUE);
    g_free(prompts);
}
