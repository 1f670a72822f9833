/*
 * The vocabulary of templates as tables: elements with their children and attributes, attributes
 * with their types, and the words that an enumeration allows.
 */
#include "template.h"

#include <tidemark/chart.h>
#include <tidemark/document.h>

#include <string.h>

#define NUMBER_MOST 53 /* weeks of the longest year */
#define SHARE_WHOLE 1000

static const char *const element_names[ELEMENT_COUNT] = {
#define X(id, name) [ELEMENT_##id] = name,
    TEMPLATE_ELEMENTS(X)
#undef X
};

static const struct {
    const char *name;
    ValueType type;
} attributes[ATTRIBUTE_COUNT] = {
#define X(id, name, type) [ATTRIBUTE_##id] = {name, VALUE_##type},
    TEMPLATE_ATTRIBUTES(X)
#undef X
};

static const char *const place_names[PLACE_COUNT] = {
#define X(id, name) [PLACE_##id] = name,
    TEMPLATE_PLACES(X)
#undef X
};

#define ELEMENT(id) (1u << ELEMENT_##id)
#define HAS(id) ((gint64)1 << ATTRIBUTE_##id)
#define FLOW                                                                                       \
    (ELEMENT(CARDS) | ELEMENT(DECISIONS) | ELEMENT(SECTION) | ELEMENT(PARAGRAPH) |                 \
        ELEMENT(FIGURES) | ELEMENT(TABLE) | ELEMENT(DEFINITIONS) | ELEMENT(NOT_JUDGED))

const ElementRule template_rules[ELEMENT_COUNT] = {
    [ELEMENT_REPORT] = {FLOW | ELEMENT(MASTHEAD) | ELEMENT(PROMISE) | ELEMENT(MESSAGE) |
                            ELEMENT(LEDE) | ELEMENT(FOOTER),
        HAS(TITLE) | HAS(LANGUAGE), HAS(SUBJECT), FALSE},
    [ELEMENT_MASTHEAD] = {0, HAS(TITLE) | HAS(ISSUE), HAS(COMPARED), FALSE},
    [ELEMENT_PROMISE] = {0, 0, 0, TRUE},
    [ELEMENT_MESSAGE] = {0, 0, 0, FALSE},
    [ELEMENT_LEDE] = {0, 0, 0, FALSE},
    [ELEMENT_CARDS] = {ELEMENT(CARD), 0, HAS(WEEKS), FALSE},
    [ELEMENT_CARD] = {0, HAS(KPI) | HAS(LABEL), 0, FALSE},
    [ELEMENT_DECISIONS] = {ELEMENT(NONE), HAS(HEADING) | HAS(HEADING_ONE) | HAS(HEADING_NONE),
        HAS(MOST), FALSE},
    [ELEMENT_SECTION] = {FLOW, HAS(HEADING), HAS(ADDITION) | HAS(BREAK) | HAS(ID), FALSE},
    [ELEMENT_PARAGRAPH] = {0, 0, HAS(STYLE) | HAS(WHEN), TRUE},
    [ELEMENT_FIGURES] = {ELEMENT(FIGURE), 0, HAS(COLUMNS) | HAS(WEEKS), FALSE},
    [ELEMENT_FIGURE] = {ELEMENT(SERIES), HAS(KPI) | HAS(FORM) | HAS(TITLE) | HAS(UNIT),
        HAS(TARGET) | HAS(BANDS) | HAS(FROM_ZERO), FALSE},
    [ELEMENT_SERIES] = {0, HAS(KPI) | HAS(NAME), HAS(LIGHT), FALSE},
    [ELEMENT_TABLE] = {ELEMENT(COLUMN) | ELEMENT(NONE), HAS(ROWS) | HAS(CAPTION), HAS(OTHER),
        FALSE},
    [ELEMENT_COLUMN] = {0, HAS(TITLE) | HAS(SHARE), HAS(KPI) | HAS(SHOW), FALSE},
    [ELEMENT_NONE] = {0, 0, 0, TRUE},
    [ELEMENT_DEFINITIONS] = {ELEMENT(TERM) | ELEMENT(FRESHNESS), 0, 0, FALSE},
    [ELEMENT_TERM] = {0, 0, HAS(KPI) | HAS(NAME), TRUE},
    [ELEMENT_FRESHNESS] = {0, 0, 0, FALSE},
    [ELEMENT_NOT_JUDGED] = {0, 0, 0, FALSE},
    [ELEMENT_FOOTER] = {0, 0, 0, TRUE},
};

/* Words of the enumerations; the value is the enumerator. */
static const struct {
    ValueType type;
    const char *word;
    gint64 value;
} words[] = {
    {VALUE_FLAG, "yes", TRUE},
    {VALUE_FLAG, "no", FALSE},
    {VALUE_STYLE, "body", TM_STYLE_BODY},
    {VALUE_STYLE, "note", TM_STYLE_NOTE},
    {VALUE_CONDITION, "list-value", CONDITION_LIST_VALUE},
    {VALUE_CONDITION, "merged-teams", CONDITION_MERGED_TEAMS},
    {VALUE_FORM, "line", TM_CHART_LINE},
    {VALUE_FORM, "columns", TM_CHART_COLUMNS},
    {VALUE_ROWS, "teams", ROWS_TEAMS},
    {VALUE_ROWS, "tools", ROWS_TOOLS},
    {VALUE_SHOW, "name", SHOW_NAME},
    {VALUE_SHOW, "dots", SHOW_DOTS},
    {VALUE_SHOW, "active", SHOW_ACTIVE},
    {VALUE_SHOW, "reading", SHOW_READING},
};

const char *element_name(ElementId element)
{
    return element_names[element];
}

const char *attribute_name(AttributeId attribute)
{
    return attributes[attribute].name;
}

ValueType attribute_type(AttributeId attribute)
{
    return attributes[attribute].type;
}

ElementId element_find(const char *name)
{
    for (int id = 0; id < ELEMENT_COUNT; id++)
        if (strcmp(element_names[id], name) == 0)
            return (ElementId)id;
    return ELEMENT_COUNT;
}

AttributeId attribute_find(const char *name)
{
    for (int id = 0; id < ATTRIBUTE_COUNT; id++)
        if (strcmp(attributes[id].name, name) == 0)
            return (AttributeId)id;
    return ATTRIBUTE_COUNT;
}

/* ---- Texts with places ------------------------------------------------------------------- */

static void piece_clear(gpointer data)
{
    Piece *piece = data;
    g_free(piece->words);
}

static void add_words(GArray *pieces, const char *start, gsize length)
{
    if (length == 0)
        return;
    Piece piece = {.words = g_strndup(start, length)};
    g_array_append_val(pieces, piece);
}

/* Line breaks and indentation of the file become single blanks; the ends keep one if they had. */
static char *single_spaces(const char *text)
{
    GString *out = g_string_new(NULL);
    gboolean in_space = FALSE;
    for (const char *p = text; *p != '\0'; p++) {
        gboolean is_space = strchr(" \t\r\n", *p) != NULL;
        if (!is_space)
            g_string_append_c(out, *p);
        else if (!in_space)
            g_string_append_c(out, ' ');
        in_space = is_space;
    }
    return g_string_free(out, FALSE);
}

const char *pieces_parse(const char *text, GArray **pieces)
{
    g_autofree char *clean = single_spaces(text);
    g_autoptr(GArray) list = g_array_new(FALSE, TRUE, sizeof(Piece));
    g_array_set_clear_func(list, piece_clear);
    for (const char *rest = clean; *rest != '\0';) {
        gsize plain = strcspn(rest, "{}");
        add_words(list, rest, plain);
        rest += plain;
        if (*rest == '\0')
            break;
        const char *end = *rest == '{' ? strchr(rest, '}') : NULL;
        if (end == NULL)
            return "has a brace without its partner";
        g_autofree char *name = g_strndup(rest + 1, (gsize)(end - rest - 1));
        Piece piece = {.place = PLACE_COUNT};
        for (int id = 0; id < PLACE_COUNT; id++)
            if (strcmp(place_names[id], name) == 0)
                piece.place = (PlaceId)id;
        if (piece.place == PLACE_COUNT)
            return "names a place that there is not";
        g_array_append_val(list, piece);
        rest = end + 1;
    }
    *pieces = g_steal_pointer(&list);
    return NULL;
}

/* ---- Values ------------------------------------------------------------------------------ */

static const char *parse_number(const char *text, Value *value)
{
    if (!tm_integer_parse(text, strlen(text), &value->number) || value->number < 1 ||
        value->number > NUMBER_MOST)
        return "must be a whole number from 1 to 53";
    return NULL;
}

static const char *parse_share(const char *text, Value *value)
{
    gint64 micros;
    if (!tm_micros_parse(text, strlen(text), &micros) || micros <= 0 || micros > TM_MICROS_PER_UNIT)
        return "must be a share above 0 and up to 1";
    value->number = tm_divide_half_even(micros, TM_MICROS_PER_UNIT / SHARE_WHOLE);
    return value->number == 0 ? "must be a share above 0 and up to 1" : NULL;
}

static const char *parse_kpi(const char *text, Value *value)
{
    TmKpiId kpi = tm_kpi_by_key(text);
    if (kpi == TM_KPI_COUNT || tm_kpi(kpi)->support)
        return "must be the key of a KPI that is shown";
    value->number = kpi;
    return NULL;
}

static const char *parse_word(ValueType type, const char *text, Value *value)
{
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].type == type && strcmp(words[i].word, text) == 0) {
            value->number = words[i].value;
            return NULL;
        }
    return "must be one of the words that docs/templates.md lists";
}

const char *value_parse(AttributeId attribute, const char *text, Value *value)
{
    value->given = TRUE;
    switch (attribute_type(attribute)) {
    case VALUE_WORDS:
        return pieces_parse(text, &value->pieces);
    case VALUE_PLAIN:
        value->plain = g_strdup(text);
        return *text == '\0' ? "must not be empty" : NULL;
    case VALUE_KPI:
        return parse_kpi(text, value);
    case VALUE_NUMBER:
        return parse_number(text, value);
    case VALUE_SHARE:
        return parse_share(text, value);
    default:
        return parse_word(attribute_type(attribute), text, value);
    }
}
