/*
 * slots: what a row of our own table says, whoever names its columns. tidemark.csv names them as we
 * do; a mapping file (docs/mapping.md) says what a vendor calls them.
 */
#ifndef TIDEMARK_INTAKE_SLOTS_H
#define TIDEMARK_INTAKE_SLOTS_H

#include "cell_values.h"

/* Columns of tidemark.csv, in its order. */
typedef enum TmSlot {
    TM_SLOT_DATE,
    TM_SLOT_EMAIL,
    TM_SLOT_LOGIN,
    TM_SLOT_USER_ID,
    TM_SLOT_TOOL,
    TM_SLOT_SOURCE,
    TM_SLOT_RECORD,
    TM_SLOT_PART,
    TM_SLOT_SESSION,
    TM_SLOT_MODEL,
    TM_SLOT_SURFACE,
    TM_SLOT_TASK,
    TM_SLOT_COST_CENTER,
    TM_SLOT_PROJECT,
    TM_SLOT_PRODUCT,
    TM_SLOT_SERVICE,
    TM_SLOT_CURRENCY,
    TM_SLOT_FAST,
    TM_SLOT_ESTIMATED,
    TM_SLOT_LONG_WRITES,
    TM_SLOT_FIRST_MEASURE,
    TM_SLOT_COUNT = TM_SLOT_FIRST_MEASURE + TM_MEASURE_COUNT
} TmSlot;

typedef enum TmDateUnit { TM_DATE_TEXT, TM_DATE_SECONDS, TM_DATE_MILLISECONDS } TmDateUnit;

/* A word of the vendor's, and what it is called here. */
typedef struct TmSlotWord {
    guint slot;
    const char *from; /* ASCII case does not matter */
    const char *to;
} TmSlotWord;

/* How a vendor's rows differ from our own. */
typedef struct TmSlotRules {
    const TmSource *source; /* of every row: tool, source, record and session are the vendor's */
    TmDateUnit date;
    TmMoneyUnit money[TM_MEASURE_COUNT]; /* of METERED and LIST_VALUE */
    TmFieldRule fields[TM_SLOT_COUNT];   /* the slots under the vendor's names, for messages */
    const TmSlotWord *words;
    guint word_count;
    gboolean includes_cache; /* the vendor's input tokens are those of the cache too */
    gboolean shared_record;  /* several rows have the same record, and differ in other slots */
} TmSlotRules;

/* What the word of a vendor is called here; NULL if the rules do not have it. */
const char *tm_slot_word(const TmSlotRules *rules, guint slot, TmCell word);

/* The field table of tidemark.csv: names, use and notes of the slots. */
extern const TmFieldRule tm_slot_fields[TM_SLOT_COUNT];

typedef struct TmSlotReader TmSlotReader;

/* `rules` NULL: rows of tidemark.csv itself. It is borrowed. */
TmSlotReader *tm_slot_reader_new(const TmSlotRules *rules);
void tm_slot_reader_free(TmSlotReader *reader);

/*
 * Reads a row, whose cells are by slot, and hands it on or reports it. By the rules of a vendor the
 * slot "part" tells rows apart that are the same in all else.
 */
void tm_slot_reader_row(TmSlotReader *reader, TmReading *reading, const TmCell *cells);

/* The file has been read: reports how many words the rules did not have. */
void tm_slot_reader_end(TmSlotReader *reader, TmReading *reading);

#endif
