/*
 * Reads mapping files: see mapping.h. GLib's parser of simple XML knows neither document types nor
 * entities of its own, so that such a file can reach nothing but itself.
 */
#include "mapping.h"

#include <string.h>

#define LARGEST_FILE (256 * 1024)
#define DEFAULT_ORDER 70

typedef struct Parsing {
    TmMapping *mapping;
    const TmSetup *setup;
    GMarkupParseContext *context;
    const char *path;
    guint line; /* being parsed */
    guint depth;
} Parsing;

/* What an element says: the attributes that it may have, NULL where it lacks one. */
typedef struct Attribute {
    const char *name;
    const char *value;
} Attribute;

static void refuse(const Parsing *parsing, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void refuse(const Parsing *parsing, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(
        error, TM_ERROR, TM_ERROR_UNUSABLE, "%s:%u: %s", parsing->path, parsing->line, text);
}

static gboolean take_attributes(const Parsing *parsing, const char *element, const char **names,
    const char **values, Attribute *wanted, guint count, GError **error)
{
    for (; *names != NULL; names++, values++) {
        guint i = 0;
        while (i < count && !g_str_equal(wanted[i].name, *names))
            i++;
        if (i == count) {
            refuse(parsing, error, "<%s> has no attribute %s; docs/mapping.md lists them", element,
                *names);
            return FALSE;
        }
        wanted[i].value = **values != '\0' ? g_intern_string(*values) : NULL;
    }
    return TRUE;
}

static gboolean want(const Parsing *parsing, const char *element, const Attribute *attributes,
    guint count, GError **error)
{
    for (guint i = 0; i < count; i++)
        if (attributes[i].value == NULL) {
            refuse(parsing, error, "<%s> needs the attribute %s", element, attributes[i].name);
            return FALSE;
        }
    return TRUE;
}

static gboolean is_name(const char *text)
{
    gsize length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return text[length] == '\0' && length <= 40;
}

/* ---- <mapping> --------------------------------------------------------------------------- */

static gboolean set_source(Parsing *parsing, const char *tool, const char *order, GError **error)
{
    TmMapping *mapping = parsing->mapping;
    TmToolIndex index = tm_setup_tool(parsing->setup, tool);
    gint64 place = DEFAULT_ORDER;
    if (index == TM_TOOL_LIMIT) {
        refuse(parsing, error, "there is no tool of this name; name it in licenses.csv");
        return FALSE;
    }
    if (order != NULL &&
        (!tm_integer_parse(order, strlen(order), &place) || place < 1 || place > 99)) {
        refuse(parsing, error, "order is a number from 1 (first) to 99");
        return FALSE;
    }
    mapping->source = (TmSource){.tool = index,
        .order = (int)place,
        .money_order = (int)place,
        .merging = TM_MERGE_LATER,
        .sessions = TM_SESSIONS_STATED};
    return TRUE;
}

static gboolean begin_mapping(
    Parsing *parsing, const char **names, const char **values, GError **error)
{
    enum { NAME, TITLE, TOOL, FORMAT, ORDER, COUNT };
    Attribute attributes[COUNT] = {[NAME] = {"name", NULL},
        [TITLE] = {"title", NULL},
        [TOOL] = {"tool", NULL},
        [FORMAT] = {"format", NULL},
        [ORDER] = {"order", NULL}};
    TmMapping *mapping = parsing->mapping;
    if (!take_attributes(parsing, "mapping", names, values, attributes, COUNT, error) ||
        !want(parsing, "mapping", attributes, ORDER, error))
        return FALSE;
    if (!is_name(attributes[NAME].value)) {
        refuse(parsing, error, "name: up to 40 small letters, digits, - and _ are wanted");
        return FALSE;
    }
    mapping->is_json = g_str_equal(attributes[FORMAT].value, "json");
    if (!mapping->is_json && !g_str_equal(attributes[FORMAT].value, "csv")) {
        refuse(parsing, error, "format: csv or json is wanted");
        return FALSE;
    }
    mapping->name = (char *)attributes[NAME].value;
    mapping->title = (char *)attributes[TITLE].value;
    return set_source(parsing, attributes[TOOL].value, attributes[ORDER].value, error);
}

/* ---- <slot>, <fixed>, <content>, <ignore> ------------------------------------------------ */

static gboolean find_slot(const Parsing *parsing, const char *name, guint *slot, GError **error)
{
    for (*slot = 0; *slot < TM_SLOT_COUNT; (*slot)++)
        if (g_str_equal(tm_field_name(&tm_slot_fields[*slot]), name))
            break;
    gboolean own = *slot == TM_SLOT_TOOL || *slot == TM_SLOT_SOURCE || *slot == TM_SLOT_PART;
    if (*slot < TM_SLOT_COUNT && !own)
        return TRUE;
    refuse(parsing, error, "there is no slot of this name; docs/mapping.md lists them");
    return FALSE;
}

static gboolean add_field(Parsing *parsing, const char *from, TmFieldUse use, guint slot,
    gboolean required, GError **error)
{
    TmMapping *mapping = parsing->mapping;
    if (mapping->field_count == TM_MAPPING_FIELDS) {
        refuse(parsing, error, "more than %d fields", TM_MAPPING_FIELDS);
        return FALSE;
    }
    if (mapping->is_json && strpbrk(from, "[]*") != NULL) {
        refuse(parsing, error, "from: a path of members is wanted, such as usage.model");
        return FALSE;
    }
    guint field = mapping->field_count++;
    mapping->slot_of[field] = slot;
    mapping->required |= required ? TM_FIELD_BIT(field) : 0;
    mapping->fields[field] = (TmFieldRule){
        from, use, slot < TM_SLOT_COUNT ? tm_field_name(&tm_slot_fields[slot]) : "", ""};
    return TRUE;
}

/* The unit of a date or an amount. */
static gboolean set_unit(Parsing *parsing, guint slot, const char *unit, GError **error)
{
    static const char *const dates[] = {"text", "seconds", "milliseconds"};
    static const char *const amounts[] = {"units", "cents", "micros"};
    gboolean is_date = slot == TM_SLOT_DATE;
    gboolean is_money = slot >= TM_SLOT_FIRST_MEASURE &&
                        tm_measure_is_money((TmMeasure)(slot - TM_SLOT_FIRST_MEASURE));
    const char *const *words = is_date ? dates : amounts;
    for (guint i = 0; i < G_N_ELEMENTS(dates) && (is_date || is_money); i++) {
        if (!g_str_equal(words[i], unit))
            continue;
        if (is_date)
            parsing->mapping->rules.date = (TmDateUnit)i;
        else
            parsing->mapping->rules.money[slot - TM_SLOT_FIRST_MEASURE] = (TmMoneyUnit)i;
        return TRUE;
    }
    refuse(parsing, error,
        "unit: a date has text, seconds or milliseconds; metered and "
        "list_value have units, cents or micros");
    return FALSE;
}

static gboolean is_taken(const TmMapping *mapping, guint slot)
{
    for (guint i = 0; i < mapping->field_count; i++)
        if (mapping->slot_of[i] == slot)
            return TRUE;
    return mapping->fixed[slot] != NULL;
}

static gboolean begin_slot(
    Parsing *parsing, const char **names, const char **values, GError **error)
{
    enum { NAME, FROM, REQUIRED, UNIT, COUNT };
    Attribute attributes[COUNT] = {[NAME] = {"name", NULL},
        [FROM] = {"from", NULL},
        [REQUIRED] = {"required", NULL},
        [UNIT] = {"unit", NULL}};
    guint slot;
    if (!take_attributes(parsing, "slot", names, values, attributes, COUNT, error) ||
        !want(parsing, "slot", attributes, REQUIRED, error) ||
        !find_slot(parsing, attributes[NAME].value, &slot, error))
        return FALSE;
    const char *required = attributes[REQUIRED].value;
    if (required != NULL && !g_str_equal(required, "yes") && !g_str_equal(required, "no")) {
        refuse(parsing, error, "required: yes or no is wanted");
        return FALSE;
    }
    if (is_taken(parsing->mapping, slot)) {
        refuse(parsing, error,
            "the slot is filled already; several columns of one slot are "
            "written as from=\"Name|Other name\"");
        return FALSE;
    }
    return (attributes[UNIT].value == NULL ||
               set_unit(parsing, slot, attributes[UNIT].value, error)) &&
           add_field(parsing, attributes[FROM].value, tm_slot_fields[slot].use, slot,
               required == NULL || g_str_equal(required, "yes"), error);
}

static gboolean begin_fixed(
    Parsing *parsing, const char **names, const char **values, GError **error)
{
    Attribute attributes[] = {{"name", NULL}, {"value", NULL}};
    guint slot;
    if (!take_attributes(parsing, "fixed", names, values, attributes, 2, error) ||
        !want(parsing, "fixed", attributes, 2, error) ||
        !find_slot(parsing, attributes[0].value, &slot, error))
        return FALSE;
    if (is_taken(parsing->mapping, slot) || slot == TM_SLOT_DATE) {
        refuse(parsing, error, "the slot is filled already, or differs from row to row");
        return FALSE;
    }
    parsing->mapping->fixed[slot] = attributes[1].value;
    return TRUE;
}

static gboolean begin_unread(
    Parsing *parsing, const char *element, const char **names, const char **values, GError **error)
{
    Attribute from = {"from", NULL};
    gboolean content = g_str_equal(element, "content");
    return take_attributes(parsing, element, names, values, &from, 1, error) &&
           want(parsing, element, &from, 1, error) &&
           add_field(parsing, from.value, content ? TM_FIELD_CONTENT : TM_FIELD_IGNORED,
               TM_SLOT_COUNT, FALSE, error);
}

/* ---- The file ---------------------------------------------------------------------------- */

static void begin_element(GMarkupParseContext *context, const char *element, const char **names,
    const char **values, gpointer user, GError **error)
{
    Parsing *parsing = user;
    (void)context;
    guint depth = parsing->depth++;
    if (depth == 0 && g_str_equal(element, "mapping"))
        begin_mapping(parsing, names, values, error);
    else if (depth == 1 && g_str_equal(element, "slot"))
        begin_slot(parsing, names, values, error);
    else if (depth == 1 && g_str_equal(element, "fixed"))
        begin_fixed(parsing, names, values, error);
    else if (depth == 1 && (g_str_equal(element, "content") || g_str_equal(element, "ignore")))
        begin_unread(parsing, element, names, values, error);
    else
        refuse(parsing, error, "this element cannot stand here; docs/mapping.md shows a mapping");
}

static void end_element(
    GMarkupParseContext *context, const char *element, gpointer user, GError **error)
{
    (void)context;
    (void)element;
    (void)error;
    ((Parsing *)user)->depth--;
}

static void text(
    GMarkupParseContext *context, const char *bytes, gsize length, gpointer user, GError **error)
{
    (void)context;
    if (strspn(bytes, " \t\r\n") < length)
        refuse(user, error, "text between the elements: all is said in attributes");
}

/* What a mapping must fill. */
static gboolean is_whole(const Parsing *parsing, GError **error)
{
    const TmMapping *mapping = parsing->mapping;
    gboolean has_measure = FALSE;
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        has_measure |= is_taken(mapping, TM_SLOT_FIRST_MEASURE + measure);
    if (!is_taken(mapping, TM_SLOT_DATE))
        refuse(parsing, error, "the slot date is missing");
    else if (!is_taken(mapping, TM_SLOT_EMAIL) && !is_taken(mapping, TM_SLOT_LOGIN) &&
             !is_taken(mapping, TM_SLOT_USER_ID))
        refuse(parsing, error, "a person is missing: fill email, login or user_id");
    else if (!has_measure)
        refuse(parsing, error, "a measure is missing, such as interactions or requests");
    else if (__builtin_popcountll(mapping->required) < 2)
        refuse(parsing, error, "at least two slots must be required, to recognise the export");
    else
        return TRUE;
    return FALSE;
}

static void complete(TmMapping *mapping)
{
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        if (is_taken(mapping, TM_SLOT_FIRST_MEASURE + measure))
            mapping->source.measures |= TM_MEASURE_BIT(measure);
    if (!is_taken(mapping, TM_SLOT_SESSION))
        return;
    mapping->source.sessions = TM_SESSIONS_NAMED;
    mapping->source.measures |= TM_MEASURE_BIT(TM_MEASURE_SESSIONS);
}

/* Line by line: the parser's own idea of where it is lies behind the element that it tells. */
static gboolean parse_lines(Parsing *parsing, const char *bytes, gsize length, GError **error)
{
    const char *end = bytes + length;
    while (bytes < end) {
        const char *line_end = memchr(bytes, '\n', (gsize)(end - bytes));
        gsize line = line_end != NULL ? (gsize)(line_end + 1 - bytes) : (gsize)(end - bytes);
        parsing->line++;
        if (!g_markup_parse_context_parse(parsing->context, bytes, (gssize)line, error))
            return FALSE;
        bytes += line;
    }
    return g_markup_parse_context_end_parse(parsing->context, error);
}

static gboolean parse(Parsing *parsing, const char *bytes, gsize length, GError **error)
{
    GError *fault = NULL;
    if (parse_lines(parsing, bytes, length, &fault))
        return is_whole(parsing, error);
    if (fault->domain == TM_ERROR) {
        g_propagate_error(error, fault);
    } else {
        refuse(parsing, error, "not well-formed XML, or with entities of its own");
        g_error_free(fault);
    }
    return FALSE;
}

TmMapping *tm_mapping_read(const char *path, const TmSetup *setup, GError **error)
{
    static const GMarkupParser parser = {
        .start_element = begin_element, .end_element = end_element, .text = text};
    g_autofree char *bytes = NULL;
    gsize length;
    if (!g_file_get_contents(path, &bytes, &length, error))
        return NULL;
    if (length > LARGEST_FILE) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: no mapping is so large", path);
        return NULL;
    }
    g_autofree TmMapping *mapping = g_new0(TmMapping, 1);
    Parsing parsing = {.mapping = mapping, .setup = setup, .path = path};
    parsing.context = g_markup_parse_context_new(&parser, 0, &parsing, NULL);
    gboolean fine = parse(&parsing, bytes, length, error);
    g_markup_parse_context_free(parsing.context);
    if (!fine)
        return NULL;
    complete(mapping);
    return g_steal_pointer(&mapping);
}
