/* What the elements of a mapping file say: see mapping.h and docs/mapping.md. */
#include "mapping.h"

#include <string.h>

#include "words.h"

#define DEFAULT_ORDER 70
#define LONGEST_FROM 64 /* bytes of a member's name, as in signatures */
#define DEEPEST_FROM                                                                               \
    7 /* members of a path: with a list around it no deeper than TM_JSON_LEVELS                    \
       */
#define UP "../"

typedef struct Parsing {
    TmMappingFile file;
    TmMapping *mapping;
    const TmSetup *setup;
    guint slot; /* of the <slot> that words belong to; TM_SLOT_COUNT: none */
} Parsing;

#define refuse(parsing, error, ...) tm_mapping_refuse(&(parsing)->file, error, __VA_ARGS__)

const char *tm_mapping_next(const char *spelling)
{
    const char *bar = strchr(spelling, '|');
    return bar != NULL ? bar + 1 : NULL;
}

guint tm_mapping_field(const TmMapping *mapping, guint slot)
{
    for (guint i = 0; i < mapping->field_count; i++)
        if (mapping->slot_of[i] == slot)
            return i;
    return TM_MAPPING_FIELDS;
}

gboolean tm_mapping_fills(const TmMapping *mapping, guint slot)
{
    return mapping->fixed[slot] != NULL || tm_mapping_field(mapping, slot) < TM_MAPPING_FIELDS;
}

static gboolean is_name(const char *text)
{
    gsize length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return text[length] == '\0' && length <= 40;
}

/* Finds a text among the words, which NULL ends; the first of them for NULL. */
static gboolean find_word(const char *const *words, const char *text, guint *index)
{
    for (*index = 0; words[*index] != NULL; (*index)++)
        if (text == NULL || g_str_equal(words[*index], text))
            return TRUE;
    return FALSE;
}

static gboolean read_truth(
    const Parsing *parsing, const TmAttribute *attribute, gboolean *truth, GError **error)
{
    static const char *const words[] = {"no", "yes", NULL};
    guint index;
    if (!find_word(words, attribute->value, &index))
        return refuse(parsing, error, "%s: yes or no is wanted", attribute->name);
    *truth = attribute->value != NULL ? index > 0 : *truth;
    return TRUE;
}

/* ---- Paths ------------------------------------------------------------------------------- */

/* Whether `length` bytes are names of members with single dots between them. */
static gboolean is_path(const char *text, gsize length)
{
    gsize name = 0, depth = 1;
    for (gsize i = 0; i <= length; i++) {
        if (i < length && text[i] != '.') {
            name++;
            continue;
        }
        if (name == 0 || name > LONGEST_FROM)
            return FALSE;
        depth += i < length ? 1 : 0;
        name = 0;
    }
    return depth <= DEEPEST_FROM && strcspn(text, "[]*=,/") >= length &&
           !g_str_has_prefix(text, "page.");
}

/* Appends a path as it is walked, with what is around it. FALSE for no path. */
static gboolean append_path(
    const TmMapping *mapping, GString *walked, const char *text, gsize length, guint *level)
{
    const char *end = text + length;
    for (*level = mapping->rows != NULL ? TM_LEVEL_ROW : TM_LEVEL_RECORD;
         *level < TM_LEVEL_PAGE && g_str_has_prefix(text, UP); (*level)++)
        text += strlen(UP);
    if (text > end || !is_path(text, (gsize)(end - text)))
        return FALSE;
    g_string_append(walked, walked->len > 0 ? "|" : "");
    if (*level == TM_LEVEL_ROW)
        g_string_append_printf(walked, "%s[].", mapping->rows);
    g_string_append(walked, *level == TM_LEVEL_PAGE ? "page." : "");
    g_string_append_len(walked, text, end - text);
    return TRUE;
}

/* A `from` of JSON as it is walked; NULL with an error. */
static const char *walk_of(
    const Parsing *parsing, const char *from, TmMappingLevel *level, GError **error)
{
    g_autoptr(GString) walked = g_string_new(NULL);
    guint common = G_MAXUINT;
    for (const char *at = from; at != NULL;) {
        guint one;
        gsize length = strcspn(at, "|");
        if (!append_path(parsing->mapping, walked, at, length, &one)) {
            refuse(parsing, error,
                "from: a path of members is wanted, such as usage.model: names of up to %d bytes, "
                "%d at most, the first of them not page, and none with one of []*=,/ in it",
                LONGEST_FROM, DEEPEST_FROM);
            return NULL;
        }
        if (common != G_MAXUINT && common != one) {
            refuse(parsing, error, "from: all spellings need the same number of ../ in front");
            return NULL;
        }
        common = one;
        at = tm_mapping_next(at);
    }
    /* without a list the record is the row */
    gboolean is_row = parsing->mapping->rows == NULL && common == TM_LEVEL_RECORD;
    *level = is_row ? TM_LEVEL_ROW : (TmMappingLevel)common;
    return g_intern_string(walked->str);
}

/* Headings are the same whatever their case, blanks, '_', '-' and '.'; members only as written. */
static char *fold_name(const TmMapping *mapping, const char *name, gsize length)
{
    GString *folded = g_string_new(NULL);
    for (gsize i = 0; i < length; i++)
        if (mapping->is_json)
            g_string_append_c(folded, name[i]);
        else if (strchr(" _-.", name[i]) == NULL)
            g_string_append_c(folded, g_ascii_tolower(name[i]));
    return g_string_free(folded, FALSE);
}

/* Adds the spellings of a field to a set. FALSE when one of them is in it, or is empty. */
static gboolean add_spellings(const TmMapping *mapping, GHashTable *met, const char *names)
{
    for (const char *at = names; at != NULL;) {
        gsize length = strcspn(at, "|");
        char *folded = fold_name(mapping, at, length);
        gboolean empty = *folded == '\0';
        if (!g_hash_table_add(met, folded) || empty)
            return FALSE;
        at = tm_mapping_next(at);
    }
    return TRUE;
}

static gboolean is_named_twice(const TmMapping *mapping, const char *names)
{
    g_autoptr(GHashTable) met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < mapping->field_count; i++)
        add_spellings(mapping, met, mapping->fields[i].names);
    return !add_spellings(mapping, met, names);
}

/* ---- <mapping> --------------------------------------------------------------------------- */

/* Two sources of a tool need two orders, or it would be left to chance which of them counts. */
static gboolean is_order_taken(TmToolIndex tool, int order)
{
    for (guint i = 0; i < tm_source_count; i++)
        if (tm_sources[i].tool == tool &&
            (tm_sources[i].order == order || tm_sources[i].money_order == order))
            return TRUE;
    return FALSE;
}

static gboolean set_tool(
    const Parsing *parsing, const char *tool, const char *order, GError **error)
{
    TmSource *source = &parsing->mapping->source;
    g_autofree char *key =
        g_strdelimit(g_ascii_strdown(tool, -1), " -", '_'); /* as in set-up files */
    TmToolIndex index = tm_setup_tool(parsing->setup, key);
    gint64 place = DEFAULT_ORDER;
    if (index == TM_TOOL_LIMIT)
        return refuse(parsing, error, "there is no tool of this name; name it in licenses.csv");
    if (order != NULL &&
        (!tm_integer_parse(order, strlen(order), &place) || place < 1 || place > 99))
        return refuse(parsing, error, "order is a number from 1 (first) to 99");
    if (is_order_taken(index, (int)place))
        return refuse(parsing, error,
            "another source of the tool has the order %d; write another one into order, a lower "
            "one if this source is to be preferred",
            (int)place);
    source->tool = index;
    source->order = source->money_order = (int)place;
    return TRUE;
}

static gboolean set_handling(const Parsing *parsing, const TmAttribute *merging,
    const TmAttribute *sessions, const TmAttribute *personal, GError **error)
{
    static const char *const mergings[] = {"later", "twins", "copies", NULL};
    static const char *const kinds[] = {"stated", "gaps", NULL};
    TmSource *source = &parsing->mapping->source;
    guint how, kind;
    gboolean is_personal = FALSE;
    if (!find_word(mergings, merging->value, &how))
        return refuse(parsing, error, "merging: later, twins or copies is wanted");
    if (!find_word(kinds, sessions->value, &kind))
        return refuse(parsing, error, "sessions: gaps is wanted, or nothing");
    if (!read_truth(parsing, personal, &is_personal, error))
        return FALSE;
    source->merging = (TmMerging)how;
    source->sessions = kind > 0 ? TM_SESSIONS_GAPS : TM_SESSIONS_STATED;
    source->trait = is_personal ? TM_TRAIT_PERSONAL : TM_TRAIT_NONE;
    return TRUE;
}

/* The list of rows in a record, and the array of a page that holds the records. */
static gboolean set_lists(
    const Parsing *parsing, const char *rows, const char *page, GError **error)
{
    TmMapping *mapping = parsing->mapping;
    if (!mapping->is_json && (rows != NULL || page != NULL))
        return refuse(parsing, error, "rows and page are of JSON; remove them");
    if (rows != NULL && (strchr(rows, '|') != NULL || !is_path(rows, strlen(rows))))
        return refuse(
            parsing, error, "rows: the path of a list in the record is wanted, such as models");
    if (page != NULL && (strpbrk(page, ".|!") != NULL || !is_path(page, strlen(page))))
        return refuse(parsing, error,
            "page: the name of the member that holds the records is wanted, such as results");
    mapping->rows = rows;
    mapping->page = page;
    return TRUE;
}

static gboolean begin_mapping(
    Parsing *parsing, const char **names, const char **values, GError **error)
{
    enum { NAME, TITLE, TOOL, FORMAT, ORDER, ROWS, PAGE, MERGING, SESSIONS, PERSONAL, COUNT };
    TmAttribute attributes[COUNT] = {[NAME] = {"name", NULL},
        [TITLE] = {"title", NULL},
        [TOOL] = {"tool", NULL},
        [FORMAT] = {"format", NULL},
        [ORDER] = {"order", NULL},
        [ROWS] = {"rows", NULL},
        [PAGE] = {"page", NULL},
        [MERGING] = {"merging", NULL},
        [SESSIONS] = {"sessions", NULL},
        [PERSONAL] = {"personal", NULL}};
    static const char *const formats[] = {"csv", "json", NULL};
    TmMapping *mapping = parsing->mapping;
    guint format;
    if (mapping->name != NULL)
        return refuse(parsing, error, "a second mapping; put it into a file of its own");
    if (!tm_mapping_take_attributes(
            &parsing->file, "mapping", names, values, attributes, COUNT, ORDER, error))
        return FALSE;
    if (!is_name(attributes[NAME].value))
        return refuse(parsing, error, "name: up to 40 small letters, digits, - and _ are wanted");
    g_autofree char *key = tm_mapping_source_key(attributes[NAME].value);
    if (tm_source_index(key) != G_MAXUINT)
        return refuse(
            parsing, error, "another mapping has the same name; write another one into name");
    if (!find_word(formats, attributes[FORMAT].value, &format))
        return refuse(parsing, error, "format: csv or json is wanted");
    mapping->is_json = format > 0;
    mapping->name = attributes[NAME].value;
    mapping->title = attributes[TITLE].value;
    return set_tool(parsing, attributes[TOOL].value, attributes[ORDER].value, error) &&
           set_handling(parsing, &attributes[MERGING], &attributes[SESSIONS], &attributes[PERSONAL],
               error) &&
           set_lists(parsing, attributes[ROWS].value, attributes[PAGE].value, error);
}

/* ---- <slot>, <fixed>, <content>, <ignore> ------------------------------------------------ */

static gboolean find_slot(const Parsing *parsing, const char *name, guint *slot, GError **error)
{
    for (*slot = 0; *slot < TM_SLOT_COUNT; (*slot)++)
        if (g_str_equal(tm_field_name(&tm_slot_fields[*slot]), name))
            break;
    gboolean own = *slot == TM_SLOT_TOOL || *slot == TM_SLOT_SOURCE || *slot == TM_SLOT_PART;
    if (*slot == TM_SLOT_COUNT || own)
        return refuse(parsing, error, "there is no slot of this name; docs/mapping.md lists them");
    if (tm_mapping_fills(parsing->mapping, *slot))
        return refuse(parsing, error,
            "the slot is filled already; several columns of one slot are "
            "written as from=\"Name|Other name\"");
    return TRUE;
}

static gboolean add_field(const Parsing *parsing, const char *from, TmFieldUse use, guint slot,
    gboolean required, GError **error)
{
    TmMapping *mapping = parsing->mapping;
    TmMappingLevel level = TM_LEVEL_ROW;
    if (mapping->field_count == TM_MAPPING_FIELDS)
        return refuse(parsing, error, "more than %d fields; leave some out", TM_MAPPING_FIELDS);
    const char *walked = mapping->is_json ? walk_of(parsing, from, &level, error) : from;
    if (walked == NULL)
        return FALSE;
    if (is_named_twice(mapping, walked))
        return refuse(parsing, error, "from: empty, or named before: what is there fills one slot");
    guint field = mapping->field_count++;
    mapping->slot_of[field] = slot;
    mapping->level_of[field] = level;
    mapping->required |= required ? TM_FIELD_BIT(field) : 0;
    mapping->fields[field] = (TmFieldRule){
        walked, use, slot < TM_SLOT_COUNT ? tm_field_name(&tm_slot_fields[slot]) : "", ""};
    if (slot < TM_SLOT_COUNT)
        mapping->rules.fields[slot].names = from;
    return TRUE;
}

static gboolean is_money(guint slot)
{
    return slot >= TM_SLOT_FIRST_MEASURE &&
           tm_measure_is_money((TmMeasure)(slot - TM_SLOT_FIRST_MEASURE));
}

/* The unit of a date or an amount. */
static gboolean set_unit(const Parsing *parsing, guint slot, const char *unit, GError **error)
{
    static const char *const dates[] = {"text", "seconds", "milliseconds", NULL};
    static const char *const amounts[] = {"units", "cents", "micros", NULL};
    TmSlotRules *rules = &parsing->mapping->rules;
    guint index;
    gboolean is_date = slot == TM_SLOT_DATE;
    if ((!is_date && !is_money(slot)) || !find_word(is_date ? dates : amounts, unit, &index))
        return refuse(parsing, error,
            "unit: a date has text, seconds or milliseconds; metered and "
            "list_value have units, cents or micros");
    if (is_date)
        rules->date = (TmDateUnit)index;
    else
        rules->money[slot - TM_SLOT_FIRST_MEASURE] = (TmMoneyUnit)index;
    return TRUE;
}

static gboolean begin_slot(
    Parsing *parsing, const char **names, const char **values, GError **error)
{
    enum { NAME, FROM, REQUIRED, UNIT, CACHE, COUNT };
    TmAttribute attributes[COUNT] = {[NAME] = {"name", NULL},
        [FROM] = {"from", NULL},
        [REQUIRED] = {"required", NULL},
        [UNIT] = {"unit", NULL},
        [CACHE] = {"includes_cache", NULL}};
    TmMapping *mapping = parsing->mapping;
    gboolean required = TRUE;
    guint slot;
    if (!tm_mapping_take_attributes(
            &parsing->file, "slot", names, values, attributes, COUNT, REQUIRED, error) ||
        !find_slot(parsing, attributes[NAME].value, &slot, error) ||
        !read_truth(parsing, &attributes[REQUIRED], &required, error) ||
        !read_truth(parsing, &attributes[CACHE], &mapping->rules.includes_cache, error))
        return FALSE;
    if (attributes[CACHE].value != NULL && slot != TM_SLOT_FIRST_MEASURE + TM_MEASURE_INPUT_TOKENS)
        return refuse(parsing, error, "includes_cache: only input_tokens can have it");
    if (attributes[UNIT].value != NULL && !set_unit(parsing, slot, attributes[UNIT].value, error))
        return FALSE;
    parsing->slot = slot;
    return add_field(
        parsing, attributes[FROM].value, tm_slot_fields[slot].use, slot, required, error);
}

/* Whether a word can stand in a slot. */
static gboolean is_word_of(guint slot, const char *text)
{
    TmCell cell = {text, strlen(text)};
    TmSurface surface;
    TmTask task;
    gboolean truth;
    gint64 number;
    switch (slot) {
    case TM_SLOT_SURFACE:
        return tm_surface_parse(cell, &surface);
    case TM_SLOT_TASK:
        return tm_task_parse(cell, &task);
    case TM_SLOT_SERVICE:
    case TM_SLOT_FAST:
        return tm_truth_parse(cell, &truth);
    default:
        if (slot < TM_SLOT_LONG_WRITES)
            return slot != TM_SLOT_DATE && slot != TM_SLOT_RECORD && slot != TM_SLOT_SESSION;
        return (is_money(slot) ? tm_micros_parse(text, cell.length, &number)
                               : tm_integer_parse(text, cell.length, &number)) &&
               number >= 0 && number <= TM_COUNT_LIMIT;
    }
}

static gboolean begin_fixed(
    const Parsing *parsing, const char **names, const char **values, GError **error)
{
    TmAttribute attributes[] = {{"name", NULL}, {"value", NULL}};
    guint slot;
    if (!tm_mapping_take_attributes(
            &parsing->file, "fixed", names, values, attributes, 2, 2, error) ||
        !find_slot(parsing, attributes[0].value, &slot, error))
        return FALSE;
    if (!is_word_of(slot, attributes[1].value))
        return refuse(parsing, error,
            "value: not a value that the slot can have in every row; docs/mapping.md lists them");
    parsing->mapping->fixed[slot] = attributes[1].value;
    return TRUE;
}

static gboolean begin_unread(const Parsing *parsing, const char *element, const char **names,
    const char **values, GError **error)
{
    TmAttribute from = {"from", NULL};
    gboolean content = g_str_equal(element, "content");
    return tm_mapping_take_attributes(&parsing->file, element, names, values, &from, 1, 1, error) &&
           add_field(parsing, from.value, content ? TM_FIELD_CONTENT : TM_FIELD_IGNORED,
               TM_SLOT_COUNT, FALSE, error);
}

/* ---- <word> ------------------------------------------------------------------------------ */

static gboolean begin_word(
    const Parsing *parsing, const char **names, const char **values, GError **error)
{
    TmAttribute attributes[] = {{"from", NULL}, {"to", NULL}};
    TmMapping *mapping = parsing->mapping;
    TmSlotRules *rules = &mapping->rules;
    guint slot = parsing->slot;
    if (!tm_mapping_take_attributes(&parsing->file, "word", names, values, attributes, 2, 2, error))
        return FALSE;
    if (slot != TM_SLOT_SURFACE && slot != TM_SLOT_TASK && slot != TM_SLOT_MODEL &&
        slot != TM_SLOT_SERVICE)
        return refuse(parsing, error, "only surface, task, model and service have words");
    if (!is_word_of(slot, attributes[1].value))
        return refuse(parsing, error, "to: not a word of this slot; docs/mapping.md lists them");
    TmCell from = {attributes[0].value, strlen(attributes[0].value)};
    if (tm_slot_word(rules, slot, from) != NULL)
        return refuse(parsing, error, "from: the word is there already; remove one");
    if (rules->word_count == TM_MAPPING_WORDS)
        return refuse(parsing, error, "more than %d words; leave some out", TM_MAPPING_WORDS);
    mapping->words[rules->word_count++] =
        (TmSlotWord){slot, attributes[0].value, attributes[1].value};
    return TRUE;
}

/* ---- The file ---------------------------------------------------------------------------- */

static gboolean begin_element(
    gpointer user, const char *element, const char **names, const char **values, GError **error)
{
    Parsing *parsing = user;
    guint depth = parsing->file.depth;
    if (depth == 0 && g_str_equal(element, "mapping"))
        return begin_mapping(parsing, names, values, error);
    if (depth == 2 && parsing->slot < TM_SLOT_COUNT && g_str_equal(element, "word"))
        return begin_word(parsing, names, values, error);
    parsing->slot = TM_SLOT_COUNT;
    if (depth == 1 && g_str_equal(element, "slot"))
        return begin_slot(parsing, names, values, error);
    if (depth == 1 && g_str_equal(element, "fixed"))
        return begin_fixed(parsing, names, values, error);
    if (depth == 1 && (g_str_equal(element, "content") || g_str_equal(element, "ignore")))
        return begin_unread(parsing, element, names, values, error);
    return refuse(
        parsing, error, "this element cannot stand here; docs/mapping.md shows a mapping");
}

void tm_mapping_free(TmMapping *mapping)
{
    if (mapping != NULL)
        g_free(mapping->page_arrays);
    g_free(mapping);
}

TmMapping *tm_mapping_read(const char *path, const TmSetup *setup, GError **error)
{
    g_autoptr(TmMapping) mapping = g_new0(TmMapping, 1);
    Parsing parsing = {.file = {.path = path, .begin = begin_element},
        .mapping = mapping,
        .setup = setup,
        .slot = TM_SLOT_COUNT};
    parsing.file.user = &parsing;
    memcpy(mapping->rules.fields, tm_slot_fields, sizeof tm_slot_fields);
    mapping->rules.words = mapping->words;
    if (!tm_mapping_file_parse(&parsing.file, error) ||
        !tm_mapping_complete(mapping, &parsing.file, error))
        return NULL;
    return g_steal_pointer(&mapping);
}
