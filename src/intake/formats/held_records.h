/*
 * held_records: records of one file that wait until the file has told what they are. Their person
 * is that of the path, so only the model's name is kept beside them.
 */
#ifndef TIDEMARK_INTAKE_HELD_RECORDS_H
#define TIDEMARK_INTAKE_HELD_RECORDS_H

#include "../reading.h"

/* What may wait at the same time; then the owner has to decide. */
#define TM_HELD_LIMIT 16384

/* All zero: empty. */
typedef struct TmHeldRecords {
    GArray *records; /* TmRecord */
    GString *models;
} TmHeldRecords;

/* TRUE when nothing more may be added. */
gboolean tm_held_add(TmHeldRecords *held, const TmRecord *record);

/* Hands all records to `finish`, which may change them and gives them to the sink; then drops them.
 */
void tm_held_release(TmHeldRecords *held, TmReading *reading,
    void (*finish)(gconstpointer user, TmReading *reading, TmRecord *record), gconstpointer user);

void tm_held_drop(TmHeldRecords *held);
void tm_held_drop_last(TmHeldRecords *held); /* if there is one */
void tm_held_clear(TmHeldRecords *held);

#endif
