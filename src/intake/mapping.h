/*
 * mapping: a vendor's export that a company describes itself, in XML (docs/mapping.md).
 *
 *   mapping.c  reads and checks such a file
 *   mapped.c   the readers of what it describes: slots filled from columns or members
 */
#ifndef TIDEMARK_INTAKE_MAPPING_H
#define TIDEMARK_INTAKE_MAPPING_H

#include "slots.h"

/* Fields of one mapping at most: bits of TmCsvFormat's `required`. */
#define TM_MAPPING_FIELDS 64

typedef struct TmMapping {
    char *name;  /* the source is "mapping:NAME" */
    char *title; /* as `check` calls the format */
    TmSource source;
    gboolean is_json;
    TmFieldRule fields[TM_MAPPING_FIELDS]; /* what the file names, in its order */
    guint field_count;
    guint slot_of[TM_MAPPING_FIELDS]; /* TM_SLOT_COUNT: none, content or ignored */
    guint64 required;
    const char *fixed[TM_SLOT_COUNT]; /* what every row says; NULL: nothing */
    TmSlotRules rules;
    /* Made by tm_mapping_add(). */
    TmFormat table;
    TmCsvFormat csv;
    TmJsonFormat json;
    const char *signatures[2];
} TmMapping;

/*
 * Reads a mapping file. NULL with an error of TM_ERROR that names file, line and remedy. `setup`
 * tells the tools. The texts are interned: a mapping is freed with g_free().
 */
TmMapping *tm_mapping_read(const char *path, const TmSetup *setup, GError **error);

/* Adds source and reader; the mapping must stay. FALSE when there is no room for another source. */
gboolean tm_mapping_add(TmMapping *mapping);

#endif
