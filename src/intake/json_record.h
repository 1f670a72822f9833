/*
 * json_record: pull reader over one JSON object, and the only door to simdjson.
 *
 *   tm_json_record_open() → inside the object; then tm_json_record_next() for each member:
 *   key, kind, and its value; or tm_json_record_enter(), and next() runs over the inner members or
 *   elements until it returns FALSE, after which it goes on outside.
 *
 * Values that are not asked for are skipped at the speed of the structural scan and not checked
 * further. UTF-8, quotes and control characters are checked in the whole record. Text stays valid
 * until the next open. A member's value can be asked for once.
 *
 * Numbers are handed out as their text, so that money never passes through a float.
 */
#ifndef TIDEMARK_INTAKE_JSON_RECORD_H
#define TIDEMARK_INTAKE_JSON_RECORD_H

#include <glib.h>

G_BEGIN_DECLS

/* Objects and arrays inside one another that can be entered. */
#define TM_JSON_LEVELS 16

typedef enum TmJsonKind {
    TM_JSON_NULL,
    TM_JSON_BOOLEAN,
    TM_JSON_NUMBER,
    TM_JSON_STRING,
    TM_JSON_OBJECT,
    TM_JSON_ARRAY,
    TM_JSON_BROKEN, /* no value; the record has failed */
} TmJsonKind;

typedef struct TmJsonValue {
    TmJsonKind kind;
    const char *text; /* of a string, unescaped; of a number, as written; not ended by NUL */
    gsize length;
    gboolean truth; /* of a boolean */
} TmJsonValue;

typedef enum TmJsonFault {
    TM_JSON_FAULT_NONE,
    TM_JSON_FAULT_UTF8,
    TM_JSON_FAULT_STRING, /* a bad escape, or half of a surrogate pair */
    TM_JSON_FAULT_SYNTAX,
} TmJsonFault;

typedef struct TmJsonRecord TmJsonRecord;

TmJsonRecord *tm_json_record_new(void);
void tm_json_record_free(TmJsonRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmJsonRecord, tm_json_record_free)

/* Begins an object. Behind `text`, TM_BYTES_PADDING bytes must be readable. FALSE if it failed. */
gboolean tm_json_record_open(TmJsonRecord *record, const char *text, gsize length);

/* To the next member or element; FALSE behind the last one, and when the record has failed. */
gboolean tm_json_record_next(TmJsonRecord *record);

/* The member's key, as written between its quotes. */
const char *tm_json_record_key(const TmJsonRecord *record, gsize *length);

/* What the current value is, and what it holds if it is a scalar. */
void tm_json_record_value(TmJsonRecord *record, TmJsonValue *value);

/* Goes into the current value, an object or an array. */
gboolean tm_json_record_enter(TmJsonRecord *record);

/* Why the record failed, and at which byte of it. */
TmJsonFault tm_json_record_fault(const TmJsonRecord *record, gsize *offset);

/* All of the text is UTF-8. */
gboolean tm_utf8_is_valid(const char *text, gsize length);

G_END_DECLS

#endif
