/*
 * Templates: XML in the vocabulary of docs/templates.md, compiled to operations and only then
 * bound to an issue. Compiling finds every fault of a template, whatever the issue holds:
 *
 *   template_load()      file → TmTemplate, faults to diagnostics with file, line and attribute
 *   vocabulary.c         which elements and attributes there are, and where they may stand
 *   binder.h             executes the operations
 */
#ifndef TIDEMARK_REPORT_TEMPLATE_H
#define TIDEMARK_REPORT_TEMPLATE_H

#include <tidemark/base.h>
#include <tidemark/measure.h>

#define TEMPLATE_NAMESPACE "urn:tidemark:report:1"

/* Identifier, name in the file. */
#define TEMPLATE_ELEMENTS(X)                                                                       \
    X(REPORT, "report")                                                                            \
    X(MASTHEAD, "masthead")                                                                        \
    X(PROMISE, "promise")                                                                          \
    X(MESSAGE, "message")                                                                          \
    X(LEDE, "lede")                                                                                \
    X(CARDS, "cards")                                                                              \
    X(CARD, "card")                                                                                \
    X(DECISIONS, "decisions")                                                                      \
    X(SECTION, "section")                                                                          \
    X(PARAGRAPH, "paragraph")                                                                      \
    X(FIGURES, "figures")                                                                          \
    X(FIGURE, "figure")                                                                            \
    X(SERIES, "series")                                                                            \
    X(TABLE, "table")                                                                              \
    X(COLUMN, "column")                                                                            \
    X(NONE, "none")                                                                                \
    X(DEFINITIONS, "definitions")                                                                  \
    X(TERM, "term")                                                                                \
    X(FRESHNESS, "freshness")                                                                      \
    X(NOT_JUDGED, "not-judged")                                                                    \
    X(FOOTER, "footer")

typedef enum ElementId {
#define X(id, name) ELEMENT_##id,
    TEMPLATE_ELEMENTS(X)
#undef X
        ELEMENT_COUNT
} ElementId;

/* Identifier, name in the file, type of its value. */
#define TEMPLATE_ATTRIBUTES(X)                                                                     \
    X(TITLE, "title", WORDS)                                                                       \
    X(SUBJECT, "subject", WORDS)                                                                   \
    X(LANGUAGE, "language", PLAIN)                                                                 \
    X(ISSUE, "issue", WORDS)                                                                       \
    X(COMPARED, "compared", WORDS)                                                                 \
    X(LABEL, "label", WORDS)                                                                       \
    X(KPI, "kpi", KPI)                                                                             \
    X(ID, "id", PLAIN)                                                                             \
    X(HEADING, "heading", WORDS)                                                                   \
    X(HEADING_ONE, "heading-one", WORDS)                                                           \
    X(HEADING_NONE, "heading-none", WORDS)                                                         \
    X(ADDITION, "addition", WORDS)                                                                 \
    X(MOST, "most", NUMBER)                                                                        \
    X(BREAK, "break", FLAG)                                                                        \
    X(STYLE, "style", STYLE)                                                                       \
    X(WHEN, "when", CONDITION)                                                                     \
    X(COLUMNS, "columns", NUMBER)                                                                  \
    X(WEEKS, "weeks", NUMBER)                                                                      \
    X(FORM, "form", FORM)                                                                          \
    X(UNIT, "unit", WORDS)                                                                         \
    X(NAME, "name", WORDS)                                                                         \
    X(TARGET, "target", FLAG)                                                                      \
    X(BANDS, "bands", FLAG)                                                                        \
    X(FROM_ZERO, "from-zero", FLAG)                                                                \
    X(LIGHT, "light", FLAG)                                                                        \
    X(ROWS, "rows", ROWS)                                                                          \
    X(CAPTION, "caption", WORDS)                                                                   \
    X(OTHER, "other", WORDS)                                                                       \
    X(SHOW, "show", SHOW)                                                                          \
    X(SHARE, "share", SHARE)

typedef enum AttributeId {
#define X(id, name, type) ATTRIBUTE_##id,
    TEMPLATE_ATTRIBUTES(X)
#undef X
        ATTRIBUTE_COUNT
} AttributeId;

typedef enum ValueType {
    VALUE_WORDS,     /* text with {places} */
    VALUE_PLAIN,     /* text without */
    VALUE_KPI,       /* key of the catalogue */
    VALUE_FLAG,      /* yes, no */
    VALUE_NUMBER,    /* 1 to 53 */
    VALUE_SHARE,     /* thousandths: "0.125" is 125 */
    VALUE_STYLE,     /* TmParagraphStyle */
    VALUE_CONDITION, /* Condition */
    VALUE_FORM,      /* TmChartForm */
    VALUE_ROWS,      /* Rows */
    VALUE_SHOW,      /* Show */
} ValueType;

/* What a {place} in a text stands for; texts.c makes it. */
#define TEMPLATE_PLACES(X)                                                                         \
    X(ORGANISATION, "organisation")                                                                \
    X(WEEK, "week")                                                                                \
    X(WEEK_BEFORE, "week-before")                                                                  \
    X(DATES, "dates")                                                                              \
    X(MINIMUM, "minimum")                                                                          \
    X(CURRENCY, "currency")                                                                        \
    X(RULE_VERSION, "rule-version")                                                                \
    X(HASH, "hash")                                                                                \
    X(WEEKS, "weeks")                                                                              \
    X(DECISIONS, "decisions")                                                                      \
    X(LIST_VALUE, "list-value")                                                                    \
    X(MERGED_TEAMS, "merged-teams")                                                                \
    X(UNASSIGNED, "unassigned")                                                                    \
    X(SOURCES, "sources")

typedef enum PlaceId {
#define X(id, name) PLACE_##id,
    TEMPLATE_PLACES(X)
#undef X
        PLACE_COUNT
} PlaceId;

typedef enum Condition {
    CONDITION_LIST_VALUE,   /* use at list prices is known */
    CONDITION_MERGED_TEAMS, /* small teams are shown together */
    CONDITION_SEATS,        /* a tool has seats */
    CONDITION_UNASSIGNED,   /* use of accounts that belong to nobody on the roster is shown */
    CONDITION_COUNT
} Condition;

typedef enum Rows { ROWS_TEAMS, ROWS_TOOLS, ROWS_COUNT } Rows;

/* What a column shows when it is not the cell of a KPI. */
typedef enum Show { SHOW_NAME, SHOW_DOTS, SHOW_ACTIVE, SHOW_READING, SHOW_COUNT } Show;

/* A text is a list of pieces: words, or a place. */
typedef struct Piece {
    char *words; /* NULL: a place */
    PlaceId place;
} Piece;

typedef struct Value {
    gboolean given;
    char *plain;    /* PLAIN */
    GArray *pieces; /* WORDS: Piece */
    gint64 number;  /* all others */
} Value;

/* One element, checked. */
typedef struct Operation Operation;
struct Operation {
    ElementId element;
    guint line;
    Value values[ATTRIBUTE_COUNT];
    GArray *text;        /* Piece, or NULL */
    GPtrArray *children; /* Operation* */
};

typedef struct Template {
    char *path;
    Operation *report;
} Template;

/* NULL when the file cannot be read or has a fault; everything found is reported. */
Template *template_load(const char *path, TmDiagnostics *diagnostics);
void template_free(Template *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Template, template_free)

Operation *operation_new(ElementId element, guint line);
void operation_free(Operation *operation);

/* ---- Vocabulary -------------------------------------------------------------------------- */

typedef struct ElementRule {
    guint children;  /* bits by ElementId */
    gint64 required; /* bits by AttributeId */
    gint64 optional;
    gboolean has_text; /* TRUE: text and no children */
} ElementRule;

extern const ElementRule template_rules[ELEMENT_COUNT];

const char *element_name(ElementId element);
const char *attribute_name(AttributeId attribute);
ValueType attribute_type(AttributeId attribute);
ElementId element_find(const char *name);     /* ELEMENT_COUNT: none */
AttributeId attribute_find(const char *name); /* ATTRIBUTE_COUNT: none */

/* Text of an attribute into its value; NULL, or what is wrong with it. Borrowed. */
const char *value_parse(AttributeId attribute, const char *text, Value *value);

/* Splits text at its {places}, white space made single; NULL, or what is wrong. Borrowed. */
const char *pieces_parse(const char *text, GArray **pieces);

#endif
