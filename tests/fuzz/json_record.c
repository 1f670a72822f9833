/*
 * The reader of one object: two walks through it find the same, and what is handed out is what it
 * says it is. The first byte begins a series that chooses what is asked for, entered or passed
 * over.
 */
#include <tidemark/records.h>

#include "fuzz.h"

typedef struct Walk {
    TmJsonRecord *record;
    const char *text;
    gsize length;
    guint32 choices;
    guint64 hash;
    guint depth;
} Walk;

static guint choose(Walk *walk)
{
    walk->choices = walk->choices * 1664525 + 1013904223;
    return walk->choices >> 24;
}

static void hash_text(Walk *walk, const char *text, gsize length)
{
    walk->hash = tm_key_text(walk->hash, text, length);
}

static gboolean lies_inside(const Walk *walk, const char *text, gsize length)
{
    return text >= walk->text && text + length <= walk->text + walk->length;
}

static void check_number(const Walk *walk, const TmJsonValue *value)
{
    gint64 micros;
    g_assert_cmpuint(value->length, >, 0);
    g_assert_true(lies_inside(walk, value->text, value->length));
    g_assert_true(value->text[0] == '-' || g_ascii_isdigit(value->text[0]));
    tm_micros_parse(value->text, value->length, &micros);
}

static void check_value(Walk *walk, const TmJsonValue *value, TmJsonKind announced)
{
    gsize offset;
    walk->hash = tm_key_integer(walk->hash, value->kind);
    g_assert_true(value->kind == announced || value->kind == TM_JSON_BROKEN);
    if (value->kind == TM_JSON_BROKEN)
        g_assert_true(tm_json_record_fault(walk->record, &offset) != TM_JSON_FAULT_NONE);
    if (value->kind == TM_JSON_NUMBER)
        check_number(walk, value);
    if (value->kind == TM_JSON_STRING)
        g_assert_true(g_utf8_validate_len(value->text, value->length, NULL) ||
                      memchr(value->text, '\0', value->length) != NULL);
    if (value->kind == TM_JSON_STRING || value->kind == TM_JSON_NUMBER)
        hash_text(walk, value->text, value->length);
    walk->hash = tm_key_integer(walk->hash, value->truth);
}

static void walk_members(Walk *walk);

static void enter(Walk *walk)
{
    if (!tm_json_record_enter(walk->record))
        return;
    g_assert_cmpuint(++walk->depth, <, TM_JSON_LEVELS);
    walk_members(walk);
    if (choose(walk) % 8 == 0 && tm_json_record_again(walk->record))
        while (tm_json_record_next(walk->record))
            ;
    walk->depth--;
}

static void take_value(Walk *walk)
{
    TmJsonValue value;
    TmJsonKind kind = tm_json_record_kind(walk->record);
    walk->hash = tm_key_integer(walk->hash, tm_json_record_begins(walk->record, "a"));
    guint choice = choose(walk) % 4;
    if (choice == 0 || kind == TM_JSON_BROKEN)
        return;
    if (choice != 1 && (kind == TM_JSON_OBJECT || kind == TM_JSON_ARRAY)) {
        enter(walk);
        return;
    }
    tm_json_record_value(walk->record, &value);
    check_value(walk, &value, kind);
    if (choice == 1 && (value.kind == TM_JSON_OBJECT || value.kind == TM_JSON_ARRAY))
        enter(walk);
}

static void walk_members(Walk *walk)
{
    while (tm_json_record_next(walk->record)) {
        gsize length;
        const char *key = tm_json_record_key(walk->record, &length);
        g_assert_true(key == NULL || lies_inside(walk, key, length));
        hash_text(walk, key != NULL ? key : "", key != NULL ? length : 0);
        take_value(walk);
    }
}

static guint64 walk_record(TmJsonRecord *record, const char *text, gsize length, guint8 choice)
{
    Walk walk = {record, text, length, choice, TM_KEY_START, 0};
    gsize offset;
    if (tm_json_record_open(record, text, length))
        walk_members(&walk);
    g_assert_false(tm_json_record_next(record));
    TmJsonFault fault = tm_json_record_fault(record, &offset);
    g_assert_cmpuint(offset, <=, length);
    if (fault != TM_JSON_FAULT_NONE)
        g_assert_false(tm_json_record_at_end(record));
    walk.hash = tm_key_integer(walk.hash, fault);
    walk.hash = tm_key_integer(walk.hash, (gint64)offset);
    return tm_key_end(tm_key_integer(walk.hash, tm_json_record_at_end(record)));
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    guint8 choice = fuzz_choice(&bytes, &length);
    g_autofree char *text = g_malloc(length + TM_BYTES_PADDING);
    memcpy(text, bytes, length);
    memset(text + length, ' ', TM_BYTES_PADDING);
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    guint64 once = walk_record(record, text, length, choice);
    guint64 again = walk_record(record, text, length, choice);
    g_assert_cmpuint(once, ==, again);
    return 0;
}
