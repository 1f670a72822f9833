/* Archive to files: see render.h. Includes nothing left of archive but settings. */
#include "render.h"

#include <tidemark/press.h>
#include <tidemark/report.h>

#include <stdio.h>
#include <string.h>

enum {
    WRITE_HTML = 1,
    WRITE_PDF = 2,
    WRITE_DATA = 4,
    PRINT_TREE = 8,
    PRINT_TRACE = 16,
    WRITE_ALERTS = 32,
    NEEDS_DOCUMENT = WRITE_HTML | WRITE_PDF | PRINT_TREE | PRINT_TRACE
};

static const struct {
    const char *name;
    guint flag;
} formats[] = {{"html", WRITE_HTML}, {"pdf", WRITE_PDF}, {"data", WRITE_DATA}, {"tree", PRINT_TREE},
    {"trace", PRINT_TRACE}, {"alerts", WRITE_ALERTS}};

static gboolean parse_formats(const char *list, guint *flags, GError **error)
{
    *flags = WRITE_HTML | WRITE_PDF | WRITE_DATA;
    if (list == NULL)
        return TRUE;
    *flags = 0;
    g_auto(GStrv) names = g_strsplit(list, ",", -1);
    for (char **name = names; *name != NULL; name++) {
        guint flag = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(formats); i++)
            if (strcmp(formats[i].name, *name) == 0)
                flag = formats[i].flag;
        if (flag == 0)
            return tm_command_refuse(
                error, "--format takes html, pdf, data, alerts, tree or trace");
        *flags |= flag;
    }
    return TRUE;
}

static gboolean parse_paper(const char *name, TmPaper *paper, GError **error)
{
    *paper = TM_PAPER_A4;
    if (name == NULL || g_ascii_strcasecmp(name, "a4") == 0)
        return TRUE;
    *paper = TM_PAPER_LETTER;
    return g_ascii_strcasecmp(name, "letter") == 0 ||
           tm_command_refuse(error, "--paper takes a4 or letter");
}

/* ---- Writing ----------------------------------------------------------------------------- */

/* One report being written. */
typedef struct Render {
    const TmInvocation *invocation;
    const TmSettings *settings;
    const TmIssue *issue;
    TmDocument *document;
    TmPress *press;
    TmPaper paper;
    char *folder;
    char *csv; /* kpis.csv: beside the report and inside the PDF */
} Render;

gboolean tm_render_write(const TmInvocation *invocation, const char *folder, const char *name,
    const void *bytes, gsize length, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (invocation->dry_run) {
        printf("would write %s (%" G_GSIZE_FORMAT " bytes)\n", path, length);
        return TRUE;
    }
    if (!tm_file_write(path, bytes, length, error))
        return FALSE;
    printf("%s\n", path);
    return TRUE;
}

static gboolean write_bytes(
    const Render *render, const char *name, const void *bytes, gsize length, GError **error)
{
    return tm_render_write(render->invocation, render->folder, name, bytes, length, error);
}

static gboolean write_gbytes(const Render *render, const char *name, GBytes *bytes, GError **error)
{
    if (bytes == NULL)
        return FALSE;
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    gboolean fine = write_bytes(render, name, data, length, error);
    g_bytes_unref(bytes);
    return fine;
}

static gboolean write_pdf(const Render *render, GError **error)
{
    const TmAttachment attachment = {.name = "kpis.csv",
        .mime_type = "text/csv",
        .description = "The published figures behind this report",
        .bytes = render->csv,
        .length = strlen(render->csv)};
    const TmPdfOptions options = {
        .paper = render->paper, .attachments = &attachment, .attachment_count = 1};
    return write_gbytes(render, "executive.pdf",
        tm_press_pdf(render->press, render->document, &options, error), error);
}

static gboolean write_data(const Render *render, GError **error)
{
    g_autofree char *json = tm_report_kpis_json(render->issue);
    return write_bytes(render, "kpis.csv", render->csv, strlen(render->csv), error) &&
           write_bytes(render, "kpis.json", json, strlen(json), error);
}

static gboolean write_alerts(const Render *render, guint flags, GError **error)
{
    g_autofree char *json = tm_report_alerts_json(render->issue);
    if (!write_bytes(render, "alerts.json", json, strlen(json), error))
        return FALSE;
    if ((flags & WRITE_ALERTS) == 0)
        return TRUE;
    g_autofree char *text = tm_report_alerts_text(render->issue);
    return write_bytes(render, "alerts.txt", text, strlen(text), error);
}

static gboolean print_texts(const Render *render, guint flags, GError **error)
{
    if (flags & PRINT_TREE) {
        g_autofree char *tree = tm_document_dump(render->document);
        fputs(tree, stdout);
    }
    if (flags & PRINT_TRACE) {
        g_autofree char *trace =
            tm_press_trace(render->press, render->document, render->paper, error);
        if (trace == NULL)
            return FALSE;
        fputs(trace, stdout);
    }
    return TRUE;
}

static gboolean write_all(Render *render, guint flags, GError **error)
{
    if ((flags & (WRITE_HTML | WRITE_PDF | PRINT_TRACE)) != 0) {
        render->press = tm_press_new(error);
        if (render->press == NULL)
            return FALSE;
    }
    if ((flags & WRITE_HTML) && !write_gbytes(render, "executive.html",
                                    tm_press_html(render->press, render->document, error), error))
        return FALSE;
    if ((flags & WRITE_PDF) && !write_pdf(render, error))
        return FALSE;
    if ((flags & WRITE_DATA) && !write_data(render, error))
        return FALSE;
    if ((flags & (WRITE_DATA | WRITE_ALERTS)) && !write_alerts(render, flags, error))
        return FALSE;
    return print_texts(render, flags, error);
}

/* ---- Template and issue ------------------------------------------------------------------ */

static char *template_path(const TmSettings *settings)
{
    if (settings->template_path != NULL) {
        g_autofree char *own = g_build_filename(settings->template_path, "executive.xml", NULL);
        if (g_file_test(own, G_FILE_TEST_EXISTS))
            return g_steal_pointer(&own);
    }
    return tm_data_path("templates/executive.xml");
}

TmWeek tm_render_last_week(TmArchive *archive)
{
    g_autoptr(GArray) weeks = tm_archive_weeks(archive);
    return weeks->len == 0 ? TM_WEEK_NONE : g_array_index(weeks, TmWeek, weeks->len - 1);
}

static char *issue_folder(const TmSettings *settings, TmWeek week)
{
    g_autofree char *name = tm_week_format(week);
    return g_build_filename(settings->output_path, "organisation", name, NULL);
}

static gboolean make_document(Render *render, const char *path, GError **error)
{
    render->document =
        tm_report_executive(render->issue, path, render->invocation->diagnostics, error);
    if (render->document == NULL)
        return FALSE;
    if (!tm_document_validate(render->document, path, render->invocation->diagnostics)) {
        g_set_error(error, TM_ERROR, TM_ERROR_INTERNAL, "report: the document is not well made");
        return FALSE;
    }
    return TRUE;
}

/* Data and alerts need no template. */
static gboolean render_issue(Render *render, guint flags, GError **error)
{
    g_autofree char *path = template_path(render->settings);
    if ((flags & NEEDS_DOCUMENT) && !make_document(render, path, error))
        return FALSE;
    render->csv = tm_report_kpis_csv(render->issue);
    return write_all(render, flags, error);
}

gboolean tm_render(
    const TmInvocation *invocation, const TmSettings *settings, TmWeek week, GError **error)
{
    guint flags;
    Render render = {.invocation = invocation, .settings = settings};
    if (!parse_formats(invocation->format, &flags, error) ||
        !parse_paper(invocation->paper, &render.paper, error))
        return FALSE;
    g_autoptr(TmArchive) archive = tm_archive_open(settings->archive_path, TM_ARCHIVE_READ, error);
    if (archive == NULL)
        return FALSE;
    if (week == TM_WEEK_NONE)
        week = tm_render_last_week(archive);
    if (week == TM_WEEK_NONE)
        return tm_command_refuse(error, "no week was published yet; `tidemark run` does it");
    g_autoptr(TmIssue) issue = tm_issue_load(archive, week, error);
    if (issue == NULL)
        return FALSE;
    render.issue = issue;
    render.folder = issue_folder(settings, week);
    gboolean fine = render_issue(&render, flags, error);
    tm_document_free(render.document);
    tm_press_free(render.press);
    g_free(render.folder);
    g_free(render.csv);
    return fine;
}
