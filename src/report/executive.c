/*
 * The executive report: a template's operations executed in their order. Sections nest; every
 * other element is bound by its family.
 */
#include "binder.h"

static void bind_children(Binder *binder, const Operation *operation, TmNode *parent);

static void add_paragraph(
    TmNode *parent, const Operation *operation, TmParagraphStyle style, const char *text)
{
    if (*text == '\0')
        return;
    TmNode *paragraph = tm_node_add(parent, TM_NODE_PARAGRAPH, operation->line);
    paragraph->style = style;
    tm_runs_add(&paragraph->runs, TM_TONE_PLAIN, text, NULL);
}

static gboolean has_week_before(const Binder *binder)
{
    return tm_issue_cell(binder->issue, binder->organisation->id, TM_KPI_ADOPTION, "",
               binder->week - 1) != NULL;
}

static void bind_masthead(Binder *binder, const Operation *operation, TmNode *parent)
{
    TmNode *masthead = tm_node_add(parent, TM_NODE_MASTHEAD, operation->line);
    g_autofree char *title = binder_words(binder, operation, ATTRIBUTE_TITLE);
    g_autofree char *issue = binder_words(binder, operation, ATTRIBUTE_ISSUE);
    g_autofree char *compared =
        has_week_before(binder) ? binder_words(binder, operation, ATTRIBUTE_COMPARED) : NULL;
    tm_runs_add(&masthead->runs, TM_TONE_STRONG, title, NULL);
    masthead->addition = g_strconcat(issue, compared, NULL);
}

static void bind_promise(Binder *binder, const Operation *operation, TmNode *parent)
{
    g_autofree char *text = binder_text(binder, operation);
    add_paragraph(parent, operation, TM_STYLE_PROMISE, text);
}

static void bind_message(Binder *binder, const Operation *operation, TmNode *parent)
{
    TmNode *message = tm_node_add(parent, TM_NODE_MESSAGE, operation->line);
    g_autofree char *text = tm_message_write(binder->issue);
    tm_runs_add(&message->runs, TM_TONE_PLAIN, text, NULL);
}

static void bind_lede(Binder *binder, const Operation *operation, TmNode *parent)
{
    g_autofree char *text = tm_message_lede(binder->issue);
    add_paragraph(parent, operation, TM_STYLE_LEDE, text);
}

static void bind_paragraph(Binder *binder, const Operation *operation, TmNode *parent)
{
    const Value *when = &operation->values[ATTRIBUTE_WHEN];
    if (when->given && !binder_holds(binder, (Condition)when->number))
        return;
    g_autofree char *text = binder_text(binder, operation);
    add_paragraph(parent, operation,
        (TmParagraphStyle)binder_number(operation, ATTRIBUTE_STYLE, TM_STYLE_BODY), text);
}

static TmNode *add_section(TmNode *parent, const Operation *operation, char *heading)
{
    TmNode *section = tm_node_add(parent, TM_NODE_SECTION, operation->line);
    section->title = heading;
    section->level = parent->kind == TM_NODE_SECTION ? parent->level + 1 : 2;
    return section;
}

static void bind_section(Binder *binder, const Operation *operation, TmNode *parent)
{
    TmNode *section =
        add_section(parent, operation, binder_words(binder, operation, ATTRIBUTE_HEADING));
    if (operation->values[ATTRIBUTE_ADDITION].given)
        section->addition = binder_words(binder, operation, ATTRIBUTE_ADDITION);
    section->page_break_before = binder_number(operation, ATTRIBUTE_BREAK, FALSE) != 0;
    section->id = g_strdup(operation->values[ATTRIBUTE_ID].plain);
    bind_children(binder, operation, section);
}

/* The heading says how many there are; without any, the template's words stand instead. */
static void bind_decisions(Binder *binder, const Operation *operation, TmNode *parent)
{
    guint most = (guint)binder_number(operation, ATTRIBUTE_MOST, DEFAULT_DECISIONS);
    g_clear_pointer(&binder->decisions, g_ptr_array_unref);
    binder->decisions = tm_decisions_find(binder->issue, binder->alerts, most);
    guint count = binder->decisions->len;
    AttributeId heading = count == 0   ? ATTRIBUTE_HEADING_NONE
                          : count == 1 ? ATTRIBUTE_HEADING_ONE
                                       : ATTRIBUTE_HEADING;
    TmNode *section = add_section(parent, operation, binder_words(binder, operation, heading));
    if (count == 0) {
        bind_children(binder, operation, section);
        return;
    }
    TmNode *items = tm_node_add(section, TM_NODE_ITEMS, operation->line);
    for (guint i = 0; i < count; i++) {
        const TmDecision *decision = binder->decisions->pdata[i];
        TmNode *item = tm_node_add(items, TM_NODE_ITEM, operation->line);
        item->title = g_strdup(decision->kicker);
        item->lead = g_strdup(decision->lead);
        tm_runs_add(&item->runs, TM_TONE_PLAIN, decision->text, NULL);
    }
}

static void bind_none(Binder *binder, const Operation *operation, TmNode *parent)
{
    g_autofree char *text = binder_text(binder, operation);
    add_paragraph(parent, operation, TM_STYLE_BODY, text);
}

static void bind_footer(Binder *binder, const Operation *operation, TmNode *parent)
{
    TmNode *footer = tm_node_add(parent, TM_NODE_FOOTER, operation->line);
    g_autofree char *text = binder_text(binder, operation);
    tm_runs_add(&footer->runs, TM_TONE_PLAIN, text, NULL);
}

typedef void (*Bind)(Binder *binder, const Operation *operation, TmNode *parent);
typedef void (*BindFamily)(const Binder *binder, const Operation *operation, TmNode *parent);

/* Elements without a row stand only inside those that have one. */
static const struct {
    Bind bind;
    BindFamily family;
} bindings[ELEMENT_COUNT] = {
    [ELEMENT_MASTHEAD] = {bind_masthead, NULL},
    [ELEMENT_PROMISE] = {bind_promise, NULL},
    [ELEMENT_MESSAGE] = {bind_message, NULL},
    [ELEMENT_LEDE] = {bind_lede, NULL},
    [ELEMENT_CARDS] = {NULL, bind_cards},
    [ELEMENT_DECISIONS] = {bind_decisions, NULL},
    [ELEMENT_SECTION] = {bind_section, NULL},
    [ELEMENT_PARAGRAPH] = {bind_paragraph, NULL},
    [ELEMENT_FIGURES] = {NULL, bind_figures},
    [ELEMENT_TABLE] = {NULL, bind_table},
    [ELEMENT_NONE] = {bind_none, NULL},
    [ELEMENT_DEFINITIONS] = {NULL, bind_definitions},
    [ELEMENT_NOT_JUDGED] = {NULL, bind_not_judged},
    [ELEMENT_FOOTER] = {bind_footer, NULL},
};

static void bind_children(Binder *binder, const Operation *operation, TmNode *parent)
{
    for (guint i = 0; i < operation->children->len; i++) {
        const Operation *child = operation->children->pdata[i];
        if (bindings[child->element].bind != NULL)
            bindings[child->element].bind(binder, child, parent);
        else
            bindings[child->element].family(binder, child, parent);
    }
}

/* Which KPIs the template defines, so that cards link only to what is there. */
static void note_definitions(Binder *binder, const Operation *operation)
{
    const Value *kpi = &operation->values[ATTRIBUTE_KPI];
    if (operation->element == ELEMENT_TERM && kpi->given)
        binder->is_defined[kpi->number] = TRUE;
    for (guint i = 0; i < operation->children->len; i++)
        note_definitions(binder, operation->children->pdata[i]);
}

static TmDocument *build(Binder *binder, const Operation *report)
{
    g_autofree char *title = binder_words(binder, report, ATTRIBUTE_TITLE);
    TmDocument *document = tm_document_new(title, report->values[ATTRIBUTE_LANGUAGE].plain);
    g_autofree char *week = tm_week_format(binder->week);
    document->subject = report->values[ATTRIBUTE_SUBJECT].given
                            ? binder_words(binder, report, ATTRIBUTE_SUBJECT)
                            : tm_message_write(binder->issue);
    document->identifier = g_strdup_printf(
        "tidemark:organisation:executive:%s:%d", week, tm_issue_rule_version(binder->issue));
    document->date = tm_week_monday(binder->week) + 6;
    document->data_hash = g_strdup(tm_issue_hash(binder->issue));
    note_definitions(binder, report);
    bind_children(binder, report, document->root);
    return document;
}

TmDocument *tm_report_executive(
    const TmIssue *issue, const char *template_path, TmDiagnostics *diagnostics, GError **error)
{
    g_autoptr(Template) template = template_load(template_path, diagnostics);
    if (template == NULL) {
        g_set_error(
            error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: the template cannot be used", template_path);
        return NULL;
    }
    g_autoptr(GPtrArray) alerts = tm_alerts_find(issue);
    Binder binder = {.issue = issue,
        .organisation = tm_issue_scopes(issue)->pdata[0],
        .week = tm_issue_week(issue),
        .currency = tm_issue_currency(issue),
        .alerts = alerts};
    g_autoptr(TmDocument) document = build(&binder, template->report);
    g_clear_pointer(&binder.decisions, g_ptr_array_unref);
    if (!tm_document_validate(document, template_path, diagnostics)) {
        g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: the template makes no good document",
            template_path);
        return NULL;
    }
    return g_steal_pointer(&document);
}
