/*
 * document: the tree between reports and back ends.
 *
 * report builds it from a template and published cells; press writes it as HTML, PDF or text
 * without asking anything more. Every node knows the template line that it came from.
 * tm_document_validate() checks the tree once (figures have alt text and a table, tables are
 * regular, headings do not skip levels), so that back ends meet only good trees.
 *
 * A node owns its strings, charts and children; tm_document_free() frees all. Texts are plain
 * UTF-8; escaping is the back end's affair.
 */
#ifndef TIDEMARK_DOCUMENT_H
#define TIDEMARK_DOCUMENT_H

#include <tidemark/base.h>
#include <tidemark/chart.h>

G_BEGIN_DECLS

/* kind, name in `tree` dumps, what it holds */
#define TM_NODE_KINDS(X)                                                                           \
    X(DOCUMENT, "document")   /* whole report */                                                   \
    X(MASTHEAD, "masthead")   /* title left (runs), issue right (text) */                          \
    X(MESSAGE, "message")     /* the one sentence: heading of level 1 (runs) */                    \
    X(SECTION, "section")     /* heading (text, optional muted addition) and children */           \
    X(PARAGRAPH, "paragraph") /* runs; style says which kind */                                    \
    X(CARDS, "cards")         /* children: CARD, side by side */                                   \
    X(CARD, "card")           /* label, value, change, sparkline, context, status */               \
    X(ITEMS, "items")         /* children: ITEM, side by side */                                   \
    X(ITEM, "item")           /* kicker, lead sentence, text: one thing to decide */               \
    X(FIGURES, "figures")     /* children: FIGURE in `columns` columns */                          \
    X(FIGURE, "figure")       /* title, unit, sentence, chart, alt text, child TABLE of data */    \
    X(TABLE, "table")         /* columns; children: ROW */                                         \
    X(ROW, "row")             /* children: CELL; or a group heading */                             \
    X(CELL, "cell")           /* runs, or a small chart with alt text */                           \
    X(DEFINITIONS, "definitions") /* children: ITEM with lead as term and text */                  \
    X(FOOTER, "footer")           /* runs; on every page in PDF */

typedef enum TmNodeKind {
#define X(id, name) TM_NODE_##id,
    TM_NODE_KINDS(X)
#undef X
        TM_NODE_KIND_COUNT
} TmNodeKind;

const char *tm_node_kind_name(TmNodeKind kind);

typedef enum TmTone {
    TM_TONE_PLAIN,
    TM_TONE_STRONG,
    TM_TONE_MUTED,
    TM_TONE_ACCENT, /* needs a look; never alone: the words say it too */
    TM_TONE_GOOD,   /* main hue, semibold */
} TmTone;

/* A piece of text in one tone. A run with `href` is a link ("#kpi-adoption", "https://…"). */
typedef struct TmRun {
    char *text;
    TmTone tone;
    char *href; /* or NULL */
} TmRun;

typedef enum TmParagraphStyle {
    TM_STYLE_BODY,
    TM_STYLE_PROMISE, /* the privacy promise, first in every report */
    TM_STYLE_LEDE,    /* what the message means */
    TM_STYLE_NOTE,    /* small print: method, marks */
} TmParagraphStyle;

typedef enum TmAlign { TM_ALIGN_START, TM_ALIGN_END, TM_ALIGN_CENTRE } TmAlign;

typedef struct TmColumn {
    char *title;
    TmAlign align;
    double share;      /* of the table's width; all together 1 */
    gboolean is_chart; /* cells hold dots: the head may explain them */
} TmColumn;

typedef struct TmNode TmNode;
struct TmNode {
    TmNodeKind kind;
    guint line; /* of the template; 0: made by code */
    TmNode *parent, *first_child, *last_child, *next, *previous;
    char *id; /* anchor inside the document ("kpi-adoption"), or NULL */

    GPtrArray
        *runs;   /* TmRun*: PARAGRAPH, MESSAGE, MASTHEAD, CELL, FOOTER, CARD context, ITEM text */
    char *title; /* SECTION, FIGURE, CARD label, ITEM kicker, TABLE caption (not seen in PDF),
                    DOCUMENT title; CARDS and ITEMS: their name for screen readers, or NULL */
    char *addition; /* SECTION, FIGURE: muted words after the title; MASTHEAD: the right side */
    char *lead;     /* ITEM: first sentence or term; FIGURE: the sentence that says what it shows */
    char *value;    /* CARD: the big figure */
    GPtrArray *change; /* CARD: TmRun*, beside the value */
    GPtrArray *status; /* CARD: TmRun*, last line; CARD only */
    char *alt;         /* FIGURE, CARD, CELL with a chart: its text alternative */
    TmChart *chart;    /* FIGURE, CARD, CELL */

    guint level;                /* SECTION: 2 or 3 */
    guint columns;              /* FIGURES: 1–3; CARDS and ITEMS: as many as children */
    gboolean page_break_before; /* SECTION: in PDF and print */
    gboolean collapsed;     /* TABLE of a figure: inside <details> in HTML; after the figures in PDF
                               only when the document asks for it */
    gboolean group_heading; /* ROW: one cell that heads the rows below it */
    gboolean head;          /* ROW: a further row of the head, under the column titles */
    gboolean scope_row;     /* CELL: heads its row */
    TmParagraphStyle style; /* PARAGRAPH */
    GArray *table_columns;  /* TABLE: TmColumn */
};

typedef struct TmDocument {
    TmNode *root;     /* kind DOCUMENT */
    char *title;      /* of file and window */
    char *language;   /* BCP 47: "en" */
    char *subject;    /* one line for PDF metadata and mail */
    char *identifier; /* stable: "tidemark:organisation:executive:2026-W46:1" */
    TmDay date;       /* of the issue; the only date in metadata */
    char *data_hash;  /* hash of the archive's last line for this issue, printed in the footer */
} TmDocument;

TmDocument *tm_document_new(const char *title, const char *language);
void tm_document_free(TmDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmDocument, tm_document_free)

/* New last child of `parent`; borrowed. */
TmNode *tm_node_add(TmNode *parent, TmNodeKind kind, guint template_line);
/* Appends a run to a list of runs (made if needed); text is copied. */
void tm_runs_add(GPtrArray **runs, TmTone tone, const char *text, const char *href);
/* The plain text of runs; owned by the caller. */
char *tm_runs_text(const GPtrArray *runs);
void tm_table_add_column(
    TmNode *table, const char *title, TmAlign align, double share, gboolean is_chart);

/* Depth-first walk without recursion: node after `node`, or NULL. `leaving` says which side. */
TmNode *tm_node_walk(TmNode *node, gboolean *leaving);

/*
 * Reports every fault with the template's file and line (kind BAD_TEMPLATE); TRUE if there is none.
 * Which kind stands below which, what each must hold: rules[] in src/document/validate.c. Ids are
 * lower-case letters, digits and hyphens; links go to an id of the document, to a relative path,
 * or to http, https or mailto.
 */
gboolean tm_document_validate(
    const TmDocument *document, const char *template_path, TmDiagnostics *diagnostics);

/* The tree as text, one line a node: for golden tests and `--format=tree`. Owned by the caller. */
char *tm_document_dump(const TmDocument *document);

G_END_DECLS

#endif
