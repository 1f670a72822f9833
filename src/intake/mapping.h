/*
 * mapping: a vendor's export that a company describes itself, in XML (docs/mapping.md).
 *
 *   mapping_file.c   opens and parses such a file, and lets it reach nothing else
 *   mapping.c        what its elements say
 *   mapping_check.c  what a mapping must fill, and how its export is recognised
 *   mapped.c         the readers of what it describes: slots filled from columns or members
 */
#ifndef TIDEMARK_INTAKE_MAPPING_H
#define TIDEMARK_INTAKE_MAPPING_H

#include "mapping_file.h"
#include "slots.h"

/* Fields of one mapping at most: bits of TmCsvFormat's `required`. */
#define TM_MAPPING_FIELDS 64

/* Behind the fields in the table that a JSON file is walked by: the list of rows, its elements. */
#define TM_MAPPING_WALKED (TM_MAPPING_FIELDS + 2)

#define TM_MAPPING_WORDS 256 /* of one mapping at most */

/* What a path of a JSON mapping begins at. */
typedef enum TmMappingLevel {
    TM_LEVEL_ROW,    /* an element of the list of rows; without such a list the record */
    TM_LEVEL_RECORD, /* the record that holds the list */
    TM_LEVEL_PAGE,   /* members of the page that stand before its records */
} TmMappingLevel;

typedef struct TmMapping {
    const char *name;  /* the source is "mapping:NAME" */
    const char *title; /* as `check` calls the format */
    TmSource source;
    gboolean is_json;
    const char *page; /* the array of a page whose elements are records; NULL: a usual one */
    const char *rows; /* path of the list of rows; NULL: each record is one */
    TmFieldRule fields[TM_MAPPING_WALKED]; /* what the file names, in its order; paths as walked */
    guint field_count;
    guint slot_of[TM_MAPPING_FIELDS]; /* TM_SLOT_COUNT: none, content or ignored */
    TmMappingLevel level_of[TM_MAPPING_FIELDS];
    guint64 required;
    const char *fixed[TM_SLOT_COUNT]; /* what every row says; NULL: nothing */
    TmSlotWord words[TM_MAPPING_WORDS];
    TmSlotRules rules;
    const char *signatures[2];
    const char **page_arrays; /* of TmJsonFormat; owned, what is in it is not */
    /* Made by tm_mapping_add(). */
    TmFormat table;
    TmCsvFormat csv;
    TmJsonFormat json;
} TmMapping;

/*
 * Reads a mapping file. NULL with an error of TM_ERROR that names file, line and remedy. `setup`
 * tells the tools, tm_sources the orders that are taken. The texts are interned.
 */
TmMapping *tm_mapping_read(const char *path, const TmSetup *setup, GError **error);
void tm_mapping_free(TmMapping *mapping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmMapping, tm_mapping_free)

/* Adds source and reader; the mapping must stay. FALSE when there is no room for another source. */
gboolean tm_mapping_add(TmMapping *mapping);

/* The spelling behind one of several with '|' between them; NULL behind the last. */
const char *tm_mapping_next(const char *spelling);

/* The field that fills a slot; TM_MAPPING_FIELDS if none does. */
guint tm_mapping_field(const TmMapping *mapping, guint slot);

/* Whether a field or a fixed value fills a slot. */
gboolean tm_mapping_fills(const TmMapping *mapping, guint slot);

/* Key of the source of a mapping. Owned by the caller. */
char *tm_mapping_source_key(const char *name);

/* The file was parsed: checks the whole and completes it. FALSE with an error. */
gboolean tm_mapping_complete(TmMapping *mapping, const TmMappingFile *file, GError **error);

#endif
