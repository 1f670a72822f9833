/*
 * Reads a template with libxml2, hardened: no network, no document type (and so no entities), no
 * other file than the template itself, a limit on size and depth. Then every element and attribute
 * is checked against the vocabulary and becomes an operation.
 *
 * libxml2's loader of external entities, and whom it tells of errors outside of a parser, are
 * global to the process; they are replaced while a template is read and put back afterwards.
 * Templates are read on the main thread only.
 */
#include "template.h"

#include <gio/gio.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#define LARGEST_TEMPLATE (1024 * 1024)
#define PARSE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES)

typedef struct Reading {
    const char *path;
    TmDiagnostics *diagnostics;
    gboolean faulty;
} Reading;

static void fault(
    Reading *reading, guint64 line, guint64 column, const char *field, const char *text)
{
    TmPlace place = {.file = reading->path, .line = line, .column = column, .field = field};
    tm_diagnostics_report(reading->diagnostics, TM_KIND_BAD_TEMPLATE, &place, "%s", text);
    reading->faulty = TRUE;
}

/* ---- Operations -------------------------------------------------------------------------- */

Operation *operation_new(ElementId element, guint line)
{
    Operation *operation = g_new0(Operation, 1);
    operation->element = element;
    operation->line = line;
    operation->children = g_ptr_array_new_with_free_func((GDestroyNotify)operation_free);
    return operation;
}

void operation_free(Operation *operation)
{
    if (operation == NULL)
        return;
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        g_free(operation->values[i].plain);
        g_clear_pointer(&operation->values[i].pieces, g_array_unref);
    }
    g_clear_pointer(&operation->text, g_array_unref);
    g_ptr_array_unref(operation->children);
    g_free(operation);
}

void template_free(Template *template)
{
    if (template == NULL)
        return;
    g_free(template->path);
    operation_free(template->report);
    g_free(template);
}

/* ---- Well-formed XML --------------------------------------------------------------------- */

/* What went wrong, without a word of the file; the place says where to look. */
static const char *describe(int code)
{
    switch (code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        return "not well-formed: an element is closed by the end tag of another";
    case XML_ERR_TAG_NOT_FINISHED:
        return "not well-formed: an element is not closed";
    case XML_ERR_ATTRIBUTE_REDEFINED:
        return "not well-formed: an attribute is given twice";
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
        return "an entity is used; write the character itself";
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_ENCODING:
        return "not well-formed: a character that XML or UTF-8 does not allow";
    case XML_I18N_CONV_FAILED:
    case XML_IO_ENCODER:
        return "bytes that are not of the encoding that it names; save it as UTF-8";
    case XML_ERR_DOCUMENT_EMPTY:
        return "not well-formed: there is no element";
    default:
        return "not well-formed XML";
    }
}

/* Only the first is worth telling: the others follow from it. */
static void take_error(void *user, xmlErrorPtr error)
{
    xmlParserCtxtPtr context = user;
    Reading *reading = context->_private;
    if (!reading->faulty)
        fault(reading, (guint64)MAX(error->line, 0), (guint64)MAX(error->int2, 0), NULL,
            describe(error->code));
}

/* Encoders know of no parser; unless they can tell somebody, they print bytes of the file. */
static void take_encoder_error(void *user, xmlErrorPtr error)
{
    Reading *reading = user;
    if (!reading->faulty)
        fault(reading, 0, 0, NULL, describe(error->code));
}

/* Called for a document type declaration, before anything in it is read. */
static void refuse_document_type(void *user, const xmlChar *name G_GNUC_UNUSED,
    const xmlChar *external G_GNUC_UNUSED, const xmlChar *system G_GNUC_UNUSED)
{
    xmlParserCtxtPtr context = user;
    fault(context->_private, (guint64)MAX(xmlSAX2GetLineNumber(context), 0), 0, NULL,
        "has a document type; remove it, and with it all entities");
    xmlStopParser(context);
}

static xmlParserInputPtr refuse_entity(const char *url G_GNUC_UNUSED, const char *id G_GNUC_UNUSED,
    xmlParserCtxtPtr context G_GNUC_UNUSED)
{
    return NULL;
}

static xmlDocPtr parse(Reading *reading, const char *bytes, gsize length)
{
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    context->_private = reading;
    context->sax->serror = take_error;
    context->sax->internalSubset = refuse_document_type;
    xmlExternalEntityLoader before = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(refuse_entity);
    void *told_before = xmlStructuredErrorContext;
    xmlStructuredErrorFunc teller_before = xmlStructuredError;
    xmlSetStructuredErrorFunc(reading, take_encoder_error);
    xmlDocPtr document = xmlCtxtReadMemory(context, bytes, (int)length, NULL, NULL, PARSE_OPTIONS);
    xmlSetStructuredErrorFunc(told_before, teller_before);
    xmlSetExternalEntityLoader(before);
    xmlFreeParserCtxt(context);
    if (document == NULL && !reading->faulty)
        fault(reading, 0, 0, NULL, "not well-formed XML");
    if (reading->faulty)
        g_clear_pointer(&document, xmlFreeDoc);
    return document;
}

/* ---- Vocabulary -------------------------------------------------------------------------- */

static guint64 line_of(const xmlNode *node)
{
    return (guint64)MAX(xmlGetLineNo((xmlNode *)node), 0);
}

static gboolean in_namespace(const xmlNs *namespace)
{
    return namespace != NULL && strcmp((const char *)namespace->href, TEMPLATE_NAMESPACE) == 0;
}

static void compile_attributes(Reading *reading, const xmlNode *node, Operation *operation)
{
    const ElementRule *rule = &template_rules[operation->element];
    for (const xmlAttr *attribute = node->properties; attribute != NULL;
         attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        AttributeId id = attribute->ns == NULL ? attribute_find(name) : ATTRIBUTE_COUNT;
        if (id == ATTRIBUTE_COUNT || ((rule->required | rule->optional) & ((gint64)1 << id)) == 0) {
            fault(reading, line_of(node), 0, name, "unknown attribute of this element");
            continue;
        }
        xmlChar *text = xmlNodeListGetString(node->doc, attribute->children, 1);
        const char *problem =
            value_parse(id, text != NULL ? (const char *)text : "", &operation->values[id]);
        if (problem != NULL)
            fault(reading, line_of(node), 0, name, problem);
        xmlFree(text);
    }
    for (int id = 0; id < ATTRIBUTE_COUNT; id++)
        if ((rule->required & ((gint64)1 << id)) != 0 && !operation->values[id].given)
            fault(reading, line_of(node), 0, attribute_name((AttributeId)id),
                "required attribute is missing");
}

static void compile_text(Reading *reading, const xmlNode *node, Operation *operation)
{
    xmlChar *content = xmlNodeGetContent(node);
    const char *name = element_name(operation->element);
    g_autofree char *trimmed = g_strstrip(g_strdup((const char *)content));
    xmlFree(content);
    const char *problem = pieces_parse(trimmed, &operation->text);
    if (problem != NULL)
        fault(reading, line_of(node), 0, name, problem);
    else if (operation->text->len == 0 && operation->element != ELEMENT_TERM)
        fault(reading, line_of(node), 0, name, "has no text");
}

/* Rules that one table cannot hold. */
static void check_operation(Reading *reading, const Operation *operation)
{
    const Value *values = operation->values;
    gboolean has_kpi = values[ATTRIBUTE_KPI].given, has_show = values[ATTRIBUTE_SHOW].given;
    if (operation->element == ELEMENT_COLUMN && has_kpi == has_show)
        fault(reading, operation->line, 0, element_name(operation->element),
            "must have either kpi or show");
    if (operation->element == ELEMENT_TERM && !has_kpi &&
        (!values[ATTRIBUTE_NAME].given || operation->text == NULL || operation->text->len == 0))
        fault(reading, operation->line, 0, element_name(operation->element),
            "must have a kpi, or a name and a text");
}

static Operation *compile(Reading *reading, const xmlNode *node, guint allowed)
{
    const char *name = (const char *)node->name;
    ElementId element = in_namespace(node->ns) ? element_find(name) : ELEMENT_COUNT;
    if (element == ELEMENT_COUNT) {
        fault(reading, line_of(node), 0, name, "unknown element");
        return NULL;
    }
    if ((allowed & (1u << element)) == 0) {
        fault(reading, line_of(node), 0, name, "must not stand here");
        return NULL;
    }
    const ElementRule *rule = &template_rules[element];
    Operation *operation = operation_new(element, (guint)line_of(node));
    compile_attributes(reading, node, operation);
    if (rule->has_text)
        compile_text(reading, node, operation);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            Operation *compiled = compile(reading, child, rule->children);
            if (compiled != NULL)
                g_ptr_array_add(operation->children, compiled);
        } else if (child->type == XML_TEXT_NODE && !rule->has_text && !xmlIsBlankNode(child)) {
            fault(reading, line_of(child), 0, name, "has text where none belongs");
        }
    }
    check_operation(reading, operation);
    return operation;
}

/* ---- Loading ----------------------------------------------------------------------------- */

static char *read_file(Reading *reading, gsize *length)
{
    g_autoptr(GFile) file = g_file_new_for_path(reading->path);
    g_autoptr(GFileInputStream) stream = g_file_read(file, NULL, NULL);
    g_autofree char *bytes = g_malloc(LARGEST_TEMPLATE + 1);
    if (stream == NULL || !g_input_stream_read_all(G_INPUT_STREAM(stream), bytes,
                              LARGEST_TEMPLATE + 1, length, NULL, NULL)) {
        fault(reading, 0, 0, NULL, "cannot be read");
        return NULL;
    }
    if (*length > LARGEST_TEMPLATE) {
        fault(reading, 0, 0, NULL, "is larger than 1 MiB");
        return NULL;
    }
    return g_steal_pointer(&bytes);
}

Template *template_load(const char *path, TmDiagnostics *diagnostics)
{
    Reading reading = {.path = path, .diagnostics = diagnostics};
    gsize length = 0;
    g_autofree char *bytes = read_file(&reading, &length);
    if (bytes == NULL)
        return NULL;
    xmlDocPtr document = parse(&reading, bytes, length);
    if (document == NULL)
        return NULL;
    g_autoptr(Template) template = g_new0(Template, 1);
    template->path = g_strdup(path);
    template->report = compile(&reading, xmlDocGetRootElement(document), 1u << ELEMENT_REPORT);
    xmlFreeDoc(document);
    return reading.faulty ? NULL : g_steal_pointer(&template);
}
