/* Rows of Cursor's interface; see cursor_walk.h. */
#include "cursor_walk.h"

#include <string.h>

#define LONGEST_KEY 128
#define DEEPEST 4
#define LAST_INSTANT G_GINT64_CONSTANT(253402300799999) /* the end of the year 9999 */
#define NO_FIELD G_MAXUINT
#define DATE_LENGTH 10 /* YYYY-MM-DD */

typedef struct Walk {
    const TmFormat *format;
    TmJsonRecord *record;
    TmReading *reading;
    TmCursorTake take;
    gpointer state;
    guint next;   /* field to look at first: members come in the order of the table */
    guint64 seen; /* TM_FIELD_BIT of the fields met */
    char key[LONGEST_KEY];
} Walk;

static gboolean is_separator(char letter)
{
    return letter == '_' || letter == '.' || letter == ' ' || letter == '-';
}

/* Appends the folded name at `length`. The new length; G_MAXSIZE if it is too long to be ours. */
static gsize fold(char *key, gsize length, const char *name, gsize name_length)
{
    for (gsize i = 0; i < name_length; i++) {
        if (is_separator(name[i]))
            continue;
        if (length == LONGEST_KEY)
            return G_MAXSIZE;
        key[length++] = tm_ascii_lower(name[i]);
    }
    return length;
}

typedef enum Match { MATCH_NONE, MATCH_PREFIX, MATCH_WHOLE } Match;

/* Whether a folded key is one of a rule's names, or an object in front of one. */
static Match match(const char *names, const char *key, gsize length)
{
    Match best = MATCH_NONE;
    gsize at = 0;
    gboolean same = !g_str_has_prefix(names, "page.");
    for (const char *name = names;; name++) {
        if (*name == '|' || *name == '\0') {
            if (same && at == length)
                return MATCH_WHOLE;
            if (*name == '\0')
                return best;
            at = 0;
            same = TRUE;
        } else if (*name == '.' && same && at == length) {
            best = MATCH_PREFIX;
            same = FALSE;
        } else if (same && !is_separator(*name)) {
            same = at < length && tm_ascii_lower(*name) == key[at];
            at++;
        }
    }
}

/* The field of a key; *inside when it is an object that has fields. */
static guint find(Walk *walk, gsize length, gboolean *inside)
{
    guint count = walk->format->field_count, found = NO_FIELD;
    *inside = FALSE;
    for (guint i = 0; i < count; i++) {
        guint field = (walk->next + i) % count;
        Match result = match(walk->format->fields[field].names, walk->key, length);
        *inside |= result == MATCH_PREFIX;
        if (result != MATCH_WHOLE)
            continue;
        walk->next = field + 1;
        found = field;
        break;
    }
    return found;
}

static gboolean take_value(Walk *walk, guint field, const TmJsonValue *value)
{
    const TmFieldRule *rule = &walk->format->fields[field];
    if ((walk->seen & TM_FIELD_BIT(field)) != 0) {
        tm_reading_skip(
            walk->reading, TM_KIND_BAD_JSON, tm_field_name(rule), "the member is there twice");
        return FALSE;
    }
    walk->seen |= TM_FIELD_BIT(field);
    return walk->take(walk->state, walk->reading, field, value);
}

static gboolean walk_members(Walk *walk, gsize prefix, guint depth);

/* The member whose folded path is the key up to `length`. */
static gboolean walk_member(Walk *walk, gsize length, TmCell name, guint depth)
{
    gboolean inside;
    guint field = find(walk, length, &inside);
    if (field == NO_FIELD && !inside) {
        tm_reading_note_unknown(walk->reading, name.text, name.length);
        return TRUE;
    }
    TmFieldUse use = field != NO_FIELD ? walk->format->fields[field].use : TM_FIELD_READ;
    if (use == TM_FIELD_CONTENT)
        walk->reading->summary->dropped_content_fields++;
    if (use == TM_FIELD_CONTENT || use == TM_FIELD_IGNORED)
        return TRUE;
    TmJsonValue value;
    tm_json_record_value(walk->record, &value);
    if (value.kind == TM_JSON_BROKEN)
        return FALSE;
    if (field != NO_FIELD)
        return take_value(walk, field, &value);
    if (value.kind != TM_JSON_OBJECT || depth == DEEPEST)
        return TRUE;
    return tm_json_record_enter(walk->record) && walk_members(walk, length, depth + 1);
}

static gboolean walk_members(Walk *walk, gsize prefix, guint depth)
{
    gsize offset;
    while (tm_json_record_next(walk->record)) {
        TmCell name;
        name.text = tm_json_record_key(walk->record, &name.length);
        gsize length = fold(walk->key, prefix, name.text, name.length);
        if (length == G_MAXSIZE || length == prefix)
            continue;
        if (!walk_member(walk, length, name, depth))
            return FALSE;
    }
    return tm_json_record_fault(walk->record, &offset) == TM_JSON_FAULT_NONE;
}

gboolean tm_cursor_walk(const TmFormat *format, TmJsonRecord *record, TmReading *reading,
    TmCursorTake take, gpointer state)
{
    Walk walk = {
        .format = format, .record = record, .reading = reading, .take = take, .state = state};
    return walk_members(&walk, 0, 0);
}

gboolean tm_cursor_take_id(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmCell *cell)
{
    TmCount whole = {0};
    TmCell text = {0};
    if (value->kind == TM_JSON_NUMBER) {
        if (!tm_json_take_count(reading, rule, value, &whole))
            return FALSE;
        const char *point = memchr(value->text, '.', value->length);
        *cell = (TmCell){value->text, point != NULL ? (gsize)(point - value->text) : value->length};
        return TRUE;
    }
    if (!tm_json_take_text(reading, rule, value, &text))
        return FALSE;
    if (text.length > 0 && !tm_cell_equals(text, "null"))
        *cell = text;
    return TRUE;
}

gboolean tm_cursor_take_instant(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, gint64 *instant)
{
    TmCount whole = {0};
    gint64 taken = -1;
    if (value->kind == TM_JSON_NULL)
        return TRUE;
    if (value->kind == TM_JSON_NUMBER) {
        if (!tm_json_take_count(reading, rule, value, &whole))
            return FALSE;
        taken = whole.value;
    } else if (value->kind == TM_JSON_STRING) {
        TmCell text = tm_cell_trim((TmCell){value->text, value->length});
        if (!tm_integer_parse(text.text, text.length, &taken) &&
            !tm_instant_parse(text.text, text.length, &taken))
            taken = -1;
    }
    if (taken < 0 || taken > LAST_INSTANT) {
        tm_reading_skip(reading, TM_KIND_BAD_DATE, tm_field_name(rule),
            "neither epoch milliseconds nor an instant with its zone");
        return FALSE;
    }
    *instant = taken;
    return TRUE;
}

gboolean tm_cursor_take_date(
    TmReading *reading, const TmFieldRule *rule, const TmJsonValue *value, TmDay *day)
{
    TmJsonValue date = *value;
    if (date.kind == TM_JSON_STRING && date.length > DATE_LENGTH &&
        (date.text[DATE_LENGTH] == 'T' || date.text[DATE_LENGTH] == ' '))
        date.length = DATE_LENGTH;
    return tm_json_take_day(reading, rule, &date, day);
}
