/*
 * Packing of entries. The layout, per entry:
 *
 *   1 byte   bits 0–2 day of the week, then flags for what follows
 *   8 bytes  key, big-endian                       unless SAME_KEY (then the part is the next one)
 *   varints  part, count, copies                   if EXTRAS
 *   varint   minute                                if MINUTE
 *   varint   rank, 8 bytes file                    if EXPORT; else that of the entry before
 *   1 byte   surface, varints present, estimated   if SHAPE; else those of the entry before
 *   varints  one signed value per present measure, in order
 *   4 bytes  each of session, other session, model, label that bits of `present` announce
 *   varint   task                                  if announced
 */
#include "entry.h"

#include <string.h>

enum {
    DAY_BITS = 7,
    SAME_KEY = 1 << 3,
    EXTRAS = 1 << 4,
    MINUTE = 1 << 5,
    EXPORT = 1 << 6,
    SHAPE = 1 << 7,
};

/* Bits of `present` above those of measures. */
enum {
    HAS_SESSION = 1 << 24,
    HAS_OTHER_SESSION = 1 << 25,
    HAS_MODEL = 1 << 26,
    HAS_LABEL = 1 << 27,
    HAS_TASK = 1 << 28,
    IS_RUNNING = 1 << 29,
};

#define MINUTES_IN_DAY 1440
#define ALL_MEASURES (TM_MEASURE_BIT(TM_MEASURE_COUNT) - 1)
#define ALL_BITS                                                                                   \
    (ALL_MEASURES | HAS_SESSION | HAS_OTHER_SESSION | HAS_MODEL | HAS_LABEL | HAS_TASK | IS_RUNNING)

G_STATIC_ASSERT(ALL_MEASURES < HAS_SESSION);

/* flags, key, three extras, minute, rank and file, surface and masks, values, hashes, task */
G_STATIC_ASSERT(
    1 + 8 + 3 * 5 + 2 + 10 + 8 + 1 + 2 * 5 + TM_MEASURE_COUNT * TM_VARINT_LONGEST + 4 * 4 + 1 <=
    TM_ENTRY_LONGEST);

int tm_export_compare(const TmExport *a, const TmExport *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->file < b->file ? -1 : a->file > b->file;
}

int tm_entry_compare(const TmEntry *a, const TmEntry *b)
{
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

guint32 tm_session_fold(guint64 session)
{
    guint32 folded = (guint32)(session ^ session >> 32);
    return session == 0 || folded != 0 ? folded : 1;
}

gint64 tm_add_clamped(gint64 a, gint64 b)
{
    gint64 sum;
    if (!__builtin_add_overflow(a, b, &sum))
        return sum;
    return a < 0 ? G_MININT64 : G_MAXINT64;
}

void tm_measures_merge(TmMeasures *sum, const TmMeasures *more)
{
    sum->present |= more->present;
    sum->estimated |= more->estimated;
    for (guint32 left = more->present; left != 0; left &= left - 1) {
        int measure = __builtin_ctz(left);
        sum->value[measure] = tm_add_clamped(sum->value[measure], more->value[measure]);
    }
}

void tm_measures_subtract(TmMeasures *measures, const TmMeasures *before)
{
    for (guint32 left = measures->present & before->present; left != 0; left &= left - 1) {
        int measure = __builtin_ctz(left);
        if (measures->value[measure] >= before->value[measure])
            measures->value[measure] -= before->value[measure];
    }
}

/* Headline tokens and cache reads: what copies of a record are compared by. */
static gint64 all_tokens(const TmMeasures *measures)
{
    static const TmMeasure slots[] = {TM_MEASURE_INPUT_TOKENS, TM_MEASURE_CACHE_WRITE_TOKENS,
        TM_MEASURE_CACHE_READ_TOKENS, TM_MEASURE_OUTPUT_TOKENS, TM_MEASURE_UNSPLIT_TOKENS};
    gint64 sum = 0;
    for (guint i = 0; i < G_N_ELEMENTS(slots); i++)
        sum = tm_add_clamped(sum, measures->value[slots[i]]);
    return sum;
}

TmEntry tm_entry_of_record(const TmRecord *record, TmDay day, int minute)
{
    TmEntry entry = {
        .key = record->key,
        .part = record->part,
        .day = (guint8)tm_day_weekday(day),
        .surface = (guint8)record->surface,
        .task = (guint8)record->task,
        .running = record->running,
        .minute = (gint16)minute,
        .count = 1,
        .copies = 1,
        .session[0] = tm_session_fold(record->session),
        .measures = record->measures,
    };
    entry.measures.estimated &= entry.measures.present;
    return entry;
}

#define COMPARE(a, b)                                                                              \
    do {                                                                                           \
        if ((a) != (b))                                                                            \
            return (a) < (b) ? -1 : 1;                                                             \
    } while (0)

/*
 * Which values win: a running total, since what a contribution says of its counter are increases
 * made of it; then more tokens; between equals any order will do, if it is always the same.
 */
static int compare_values(const TmEntry *a, const TmEntry *b)
{
    COMPARE(a->running, b->running);
    COMPARE(all_tokens(&a->measures), all_tokens(&b->measures));
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        COMPARE(a->measures.value[measure], b->measures.value[measure]);
    COMPARE(a->measures.present, b->measures.present);
    COMPARE(b->measures.estimated, a->measures.estimated);
    COMPARE(a->surface, b->surface);
    COMPARE(a->task, b->task);
    COMPARE(a->model, b->model);
    COMPARE(a->label, b->label);
    return 0;
}

/* The earlier comes first, but a copy with a day alone stands behind those that tell their time. */
static int compare_times(const TmEntry *a, const TmEntry *b)
{
    COMPARE(a->minute == TM_MINUTE_NONE, b->minute == TM_MINUTE_NONE);
    COMPARE(a->day, b->day);
    COMPARE(a->minute, b->minute);
    return 0;
}

/* The two least of the sessions of both. */
static void join_sessions(guint32 session[2], const guint32 other[2])
{
    for (guint i = 0; i < 2; i++) {
        guint32 hash = other[i];
        if (hash == 0 || hash == session[0] || hash == session[1])
            continue;
        if (session[0] == 0 || hash < session[0]) {
            session[1] = session[0];
            session[0] = hash;
        } else if (session[1] == 0 || hash < session[1]) {
            session[1] = hash;
        }
    }
}

void tm_entry_join(TmEntry *entry, const TmEntry *other)
{
    int time = compare_times(other, entry);
    if (compare_values(other, entry) > 0) {
        entry->measures = other->measures;
        entry->running = other->running;
        entry->surface = other->surface;
        entry->task = other->task;
        entry->model = other->model;
        entry->label = other->label;
    }
    if (time < 0) {
        entry->day = other->day;
        entry->minute = other->minute;
        memcpy(entry->session, other->session, sizeof entry->session);
    } else if (time == 0) {
        join_sessions(entry->session, other->session);
    }
    entry->running |= other->running;
    if (tm_export_compare(&other->exported, &entry->exported) > 0)
        entry->exported = other->exported;
}

void tm_entry_combine(TmEntry *earlier, const TmEntry *later, TmMerging merging)
{
    if (merging == TM_MERGE_LATER) {
        *earlier = *later;
        return;
    }
    if (merging == TM_MERGE_COPIES) {
        tm_entry_join(earlier, later);
        return;
    }
    earlier->copies = later->copies > G_MAXUINT32 - earlier->copies
                          ? G_MAXUINT32
                          : earlier->copies + later->copies;
    earlier->count = earlier->copies;
    tm_measures_merge(&earlier->measures, &later->measures);
}

guint8 *tm_varint_write(guint8 *at, guint64 value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (guint8)(value | 0x80);
    *at++ = (guint8)value;
    return at;
}

const guint8 *tm_varint_read(const guint8 *at, const guint8 *end, guint64 *value)
{
    guint64 result = 0;
    for (guint shift = 0; at < end && shift < 64; shift += 7) {
        guint8 byte = *at++;
        result |= (guint64)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *value = result;
            return at;
        }
    }
    return NULL;
}

static guint8 *write_fixed(guint8 *at, guint64 value)
{
    value = GUINT64_TO_BE(value);
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

void tm_entry_writer_begin(TmEntryWriter *writer, GByteArray *out)
{
    *writer = (TmEntryWriter){.out = out};
}

static guint8 *write_hash(guint8 *at, guint32 value)
{
    value = GUINT32_TO_BE(value);
    memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

/* `present` as it is written. */
static guint32 bits_of(const TmEntry *entry)
{
    return entry->measures.present | (entry->session[0] != 0 ? HAS_SESSION : 0u) |
           (entry->session[1] != 0 ? HAS_OTHER_SESSION : 0u) |
           (entry->model != 0 ? HAS_MODEL : 0u) | (entry->label != 0 ? HAS_LABEL : 0u) |
           (entry->task != 0 ? HAS_TASK : 0u) | (entry->running ? IS_RUNNING : 0u);
}

static guint8 *write_extras(guint8 *at, const TmEntry *entry)
{
    const guint32 hashes[] = {entry->session[0], entry->session[1], entry->model, entry->label};
    for (guint i = 0; i < G_N_ELEMENTS(hashes); i++)
        if (hashes[i] != 0)
            at = write_hash(at, hashes[i]);
    return entry->task != 0 ? tm_varint_write(at, entry->task) : at;
}

static guint8 flags_of(const TmEntryWriter *writer, const TmEntry *entry)
{
    guint8 flags = entry->day;
    gboolean same_key = writer->started && entry->key == writer->key;
    guint32 usual_part = same_key ? writer->part + 1 : 0;
    if (same_key)
        flags |= SAME_KEY;
    if (entry->part != usual_part || entry->count != 1 || entry->copies != 1)
        flags |= EXTRAS;
    if (entry->minute != TM_MINUTE_NONE)
        flags |= MINUTE;
    if (tm_export_compare(&entry->exported, &writer->exported) != 0)
        flags |= EXPORT;
    if (entry->surface != writer->surface || bits_of(entry) != writer->present ||
        entry->measures.estimated != writer->estimated)
        flags |= SHAPE;
    return flags;
}

void tm_entry_write(TmEntryWriter *writer, const TmEntry *entry)
{
    guint8 packed[TM_ENTRY_LONGEST], *at = packed;
    guint8 flags = flags_of(writer, entry);
    *at++ = flags;
    if (!(flags & SAME_KEY))
        at = write_fixed(at, entry->key);
    if (flags & EXTRAS) {
        at = tm_varint_write(at, entry->part);
        at = tm_varint_write(at, entry->count);
        at = tm_varint_write(at, entry->copies);
    }
    if (flags & MINUTE)
        at = tm_varint_write(at, (guint64)entry->minute);
    if (flags & EXPORT) {
        at = tm_varint_write(at, tm_zigzag(entry->exported.rank));
        at = write_fixed(at, entry->exported.file);
    }
    if (flags & SHAPE) {
        *at++ = entry->surface;
        at = tm_varint_write(at, bits_of(entry));
        at = tm_varint_write(at, entry->measures.estimated);
    }
    for (guint32 left = entry->measures.present; left != 0; left &= left - 1)
        at = tm_varint_write(at, tm_zigzag(entry->measures.value[__builtin_ctz(left)]));
    at = write_extras(at, entry);
    g_byte_array_append(writer->out, packed, (guint)(at - packed));
    writer->started = TRUE;
    writer->key = entry->key;
    writer->part = entry->part;
    writer->exported = entry->exported;
    writer->surface = entry->surface;
    writer->present = bits_of(entry);
    writer->estimated = entry->measures.estimated;
}

void tm_entry_reader_begin(TmEntryReader *reader, const guint8 *bytes, gsize length)
{
    memset(reader, 0, sizeof *reader);
    reader->at = bytes;
    reader->end = length > 0 ? bytes + length : bytes; /* nothing may be NULL */
    reader->last.part = G_MAXUINT32; /* so that the next part of nothing is part 0 */
}

/* A varint of at most `most`; what is not there or too large breaks the text. */
static guint64 read_bounded(TmEntryReader *reader, guint64 most)
{
    guint64 value = 0;
    const guint8 *after = tm_varint_read(reader->at, reader->end, &value);
    if (after == NULL || value > most) {
        reader->broken = TRUE;
        return 0;
    }
    reader->at = after;
    return value;
}

static guint64 read_fixed(TmEntryReader *reader)
{
    guint64 value;
    if (reader->end - reader->at < (gssize)sizeof value) {
        reader->broken = TRUE;
        return 0;
    }
    memcpy(&value, reader->at, sizeof value);
    reader->at += sizeof value;
    return GUINT64_FROM_BE(value);
}

static guint32 read_hash(TmEntryReader *reader)
{
    guint32 value;
    if (reader->end - reader->at < (gssize)sizeof value) {
        reader->broken = TRUE;
        return 0;
    }
    memcpy(&value, reader->at, sizeof value);
    reader->at += sizeof value;
    return GUINT32_FROM_BE(value);
}

static void read_extras(TmEntryReader *reader, TmEntry *entry)
{
    entry->session[0] = reader->bits & HAS_SESSION ? read_hash(reader) : 0;
    entry->session[1] = reader->bits & HAS_OTHER_SESSION ? read_hash(reader) : 0;
    entry->model = reader->bits & HAS_MODEL ? read_hash(reader) : 0;
    entry->label = reader->bits & HAS_LABEL ? read_hash(reader) : 0;
    entry->task = reader->bits & HAS_TASK ? (guint8)read_bounded(reader, G_MAXINT8) : 0;
    entry->running = (reader->bits & IS_RUNNING) != 0;
}

/* Values of measures that are not present are zero since the shape was read. */
static void read_values(TmEntryReader *reader, TmMeasures *measures)
{
    for (guint32 left = measures->present; left != 0; left &= left - 1)
        measures->value[__builtin_ctz(left)] = tm_unzigzag(read_bounded(reader, G_MAXUINT64));
}

gboolean tm_entry_read(TmEntryReader *reader, TmEntry *entry)
{
    if (reader->at == reader->end || reader->broken)
        return FALSE;
    TmEntry *last = &reader->last;
    guint8 flags = *reader->at++;
    last->day = flags & DAY_BITS;
    last->part = flags & SAME_KEY ? last->part + 1 : 0;
    last->count = last->copies = 1;
    last->minute = TM_MINUTE_NONE;
    if (!(flags & SAME_KEY))
        last->key = read_fixed(reader);
    if (flags & EXTRAS) {
        last->part = (guint32)read_bounded(reader, G_MAXUINT32);
        last->count = (guint32)read_bounded(reader, G_MAXUINT32);
        last->copies = (guint32)read_bounded(reader, G_MAXUINT32);
    }
    if (flags & MINUTE)
        last->minute = (gint16)read_bounded(reader, MINUTES_IN_DAY - 1);
    if (flags & EXPORT) {
        last->exported.rank = tm_unzigzag(read_bounded(reader, G_MAXUINT64));
        last->exported.file = read_fixed(reader);
    }
    if (flags & SHAPE) {
        last->surface = (guint8)read_bounded(reader, G_MAXINT8);
        reader->bits = (guint32)read_bounded(reader, ALL_BITS);
        last->measures.present = reader->bits & ALL_MEASURES;
        last->measures.estimated = (guint32)read_bounded(reader, ALL_MEASURES);
        memset(last->measures.value, 0, sizeof last->measures.value);
    }
    read_values(reader, &last->measures);
    read_extras(reader, last);
    if (last->day > 6 || last->copies == 0 ||
        (last->measures.estimated & ~last->measures.present) != 0)
        reader->broken = TRUE;
    *entry = *last;
    return !reader->broken;
}
