/* Mixes of use: see mix.h. Packed: for each six varints, the last two signed. */
#include "mix.h"

#include <stdlib.h>
#include <string.h>

static gboolean is_of(const TmMix *mix, const TmEntry *entry)
{
    return mix->model == entry->model && mix->label == entry->label &&
           mix->surface == (TmSurface)entry->surface && mix->task == (TmTask)entry->task;
}

/* The last place is for what finds no other. */
static TmMix *find_or_add(TmMixes *mixes, const TmEntry *entry)
{
    for (guint i = 0; i < mixes->count; i++)
        if (is_of(&mixes->mix[i], entry))
            return &mixes->mix[i];
    if (mixes->count == TM_MIX_LIMIT)
        return &mixes->mix[TM_MIX_LIMIT - 1];
    TmMix *mix = &mixes->mix[mixes->count++];
    *mix = (TmMix){0};
    if (mixes->count == TM_MIX_LIMIT)
        return mix;
    mix->model = entry->model;
    mix->label = entry->label;
    mix->surface = (TmSurface)entry->surface;
    mix->task = (TmTask)entry->task;
    return mix;
}

void tm_mixes_add(TmMixes *mixes, const TmEntry *entry, const TmMeasures *measures)
{
    gint64 tokens = tm_add_clamped(measures->value[TM_MEASURE_INPUT_TOKENS],
        tm_add_clamped(measures->value[TM_MEASURE_CACHE_WRITE_TOKENS],
            measures->value[TM_MEASURE_OUTPUT_TOKENS]));
    gint64 interactions = measures->value[TM_MEASURE_INTERACTIONS];
    if (tokens == 0 && interactions == 0)
        return;
    TmMix *mix = find_or_add(mixes, entry);
    mix->tokens = tm_add_clamped(mix->tokens, tokens);
    mix->interactions = tm_add_clamped(mix->interactions, interactions);
}

static int compare(const void *a, const void *b)
{
    const TmMix *one = a, *other = b;
    const gint64 ones[] = {one->model, one->label, one->surface, one->task};
    const gint64 others[] = {other->model, other->label, other->surface, other->task};
    for (gsize i = 0; i < G_N_ELEMENTS(ones); i++)
        if (ones[i] != others[i])
            return ones[i] < others[i] ? -1 : 1;
    return 0;
}

static gboolean states_nothing(const TmMixes *mixes)
{
    const TmMix *only = &mixes->mix[0];
    return mixes->count == 0 ||
           (mixes->count == 1 && only->model == 0 && only->label == 0 &&
               only->surface == TM_SURFACE_UNKNOWN && only->task == TM_TASK_UNKNOWN);
}

void tm_mixes_pack(const TmMixes *mixes, GByteArray *out)
{
    TmMix sorted[TM_MIX_LIMIT];
    guint8 packed[TM_MIX_LIMIT * 6 * TM_VARINT_LONGEST], *at = packed;
    if (states_nothing(mixes))
        return;
    memcpy(sorted, mixes->mix, mixes->count * sizeof *sorted);
    qsort(sorted, mixes->count, sizeof *sorted, compare);
    for (guint i = 0; i < mixes->count; i++) {
        at = tm_varint_write(at, sorted[i].model);
        at = tm_varint_write(at, sorted[i].label);
        at = tm_varint_write(at, sorted[i].surface);
        at = tm_varint_write(at, sorted[i].task);
        at = tm_varint_write(at, tm_zigzag(sorted[i].tokens));
        at = tm_varint_write(at, tm_zigzag(sorted[i].interactions));
    }
    g_byte_array_append(out, packed, (guint)(at - packed));
}

gboolean tm_mixes_unpack(const guint8 *at, const guint8 *end, TmPersonWeek *week)
{
    while (at != end) {
        guint64 value[6];
        for (gsize i = 0; i < G_N_ELEMENTS(value); i++) {
            at = tm_varint_read(at, end, &value[i]);
            if (at == NULL)
                return FALSE;
        }
        if (week->mix_count == TM_MIX_LIMIT || value[0] > G_MAXUINT32 || value[1] > G_MAXUINT32 ||
            value[2] > TM_SURFACE_OTHER || value[3] > TM_TASK_OTHER)
            return FALSE;
        week->mix[week->mix_count++] = (TmMix){.model = (guint32)value[0],
            .label = (guint32)value[1],
            .surface = (TmSurface)value[2],
            .task = (TmTask)value[3],
            .tokens = tm_unzigzag(value[4]),
            .interactions = tm_unzigzag(value[5])};
    }
    return TRUE;
}
