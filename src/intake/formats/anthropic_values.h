/*
 * anthropic_values: what the formats of Anthropic's reports have in common: amounts that may be
 * adjustments, pages that want a next one, labels of products, cells of CSV exports.
 */
#ifndef TIDEMARK_INTAKE_ANTHROPIC_VALUES_H
#define TIDEMARK_INTAKE_ANTHROPIC_VALUES_H

#include "../formats.h"
#include "../json_values.h"

#define TM_MILLISECONDS_PER_DAY G_GINT64_CONSTANT(86400000)

/* Cents, as a decimal text or a number, to micro-units; below zero it is an adjustment. */
gboolean tm_anthropic_take_cents(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCount *micros);

/* An instant, or the beginning of a day; TM_INSTANT_NONE stays when the value is null. */
gboolean tm_anthropic_take_instant(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *instant);

/* A whole number in a CSV cell, perhaps with commas or as "12.0"; an empty cell is missing. */
gboolean tm_anthropic_read_count(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *count);

/* Dollars in a CSV cell, perhaps with a currency sign and commas; an empty cell is missing. */
gboolean tm_anthropic_read_dollars(
    TmReading *reading, const TmFieldRule *rule, TmCell cell, TmCount *micros);

/*
 * What is billed is metered; the list price is the value of use only so far as it goes beyond that,
 * so that no use is in both. Amounts below zero take back what others of their sign have added.
 */
void tm_anthropic_set_money(TmMeasures *measures, TmCount billed, TmCount list_price);

/* ---- Reports ----------------------------------------------------------------------------- */

/* Skips the record, and says so only once for a file: `reported` keeps that in mind. */
void tm_anthropic_skip_once(TmReading *reading, gboolean *reported, TmDiagnosticKind kind,
    const char *field, const char *text);

/* A row of an access group repeats what others say: skipped once it has one. */
gboolean tm_anthropic_is_grouped(TmReading *reading, TmCell group, gboolean *reported);

/* ---- Pages ------------------------------------------------------------------------------- */

/* Whether a page that says that there is more is followed by another. */
typedef struct TmAnthropicPages {
    gboolean has_more, has_cursor; /* of the page being read */
    gboolean says;                 /* has_more was there, and decides */
    gboolean wanted;               /* a page ended so, and no record came since */
} TmAnthropicPages;

void tm_anthropic_page_more(TmAnthropicPages *pages, const TmJsonValue *value); /* has_more */
void tm_anthropic_page_next(TmAnthropicPages *pages, const TmJsonValue *value); /* next_page */
void tm_anthropic_page_closed(TmAnthropicPages *pages);
/* At the end of the file. FALSE when a page is missing: reported. */
gboolean tm_anthropic_pages_are_complete(const TmAnthropicPages *pages, TmReading *reading);

/* ---- Labels ------------------------------------------------------------------------------ */

#define TM_ANTHROPIC_LABEL 80

/*
 * "product:claude_code" for "claude_code", "claude-code" and "Claude Code"; what is no name of a
 * product becomes "product:other". Returns the length, 0 for an empty product.
 */
gsize tm_anthropic_product_label(TmCell product, char label[TM_ANTHROPIC_LABEL]);

/* The product is Claude Code. */
gboolean tm_anthropic_is_code(TmCell product);

/* "project:ID"; 0 for an empty or too long id. */
gsize tm_anthropic_project_label(TmCell id, char label[TM_ANTHROPIC_LABEL]);

/* ---- Twins ------------------------------------------------------------------------------- */

/*
 * How often a file had this key before, so that rows with one key become parts of one record.
 * `seen` belongs to the caller: g_hash_table_unref(). Beyond a million keys none is remembered.
 */
guint32 tm_anthropic_times_seen(GHashTable **seen, guint64 key);

#endif
