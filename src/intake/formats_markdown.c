/* docs/formats.md from the tables: what is read of each export, and what is not. */
#include "formats.h"
#include "json_file.h"

#include <string.h>

static const char head[] =
    "# Formats\n"
    "\n"
    "What Tidemark reads, field by field. This page is made from the tables that the readers use.\n"
    "\n"
    "Files are recognised by their content, never by their name. They may be compressed with\n"
    "gzip. CSV columns are found by name, in any order and case. JSON may come as one object in\n"
    "each line, as objects one after another, as an array, or in pages, alone, in lines or in an\n"
    "array; paths below are those of one record, and `page.` stands for the page around the\n"
    "records. Arrays of a page that hold records are ";

static const char rules[] =
    "\n"
    "Use: *read* becomes part of a number; *identity* says whose record it is, and only a\n"
    "pseudonym of it is stored; *not needed* is known and skipped; *dropped unread* could hold\n"
    "content and never leaves the parser. A field in no table is noted by name and skipped.\n"
    "\n"
    "A later export replaces a record with the same key. Later is the export's own time, else\n"
    "the last date in the file's name, else the time at which the file was changed.\n"
    "\n"
    "The last line of a file that a client is still writing (transcripts, rollouts, recordings,\n"
    "telemetry in lines) is noted when it is not complete, and read at the next run.\n"
    "\n"
    "A record with a bad date, a date after the day of the run, a negative count or one above\n"
    "10^15 is reported and left out. Money is read as decimal text and kept in millionths.\n";

static const char precedence[] =
    "When several sources of one tool tell of the same use, it counts once. The lower\n"
    "number is preferred: event streams, metrics, the vendor's events, recordings of\n"
    "clients, the vendor's days, downloads, tidemark.csv, summaries of other programs,\n"
    "snapshots; for money bills first.\n"
    "\n"
    "- The choice is made for each person, tool, week and measure; all kinds of tokens are\n"
    "  one measure. The preferred source of those that cover every day that any covers\n"
    "  takes the week, days without use included; if none covers them all, each day has the\n"
    "  preferred one of its own.\n"
    "- A measure that no row of a person's week states is unknown from that source, not\n"
    "  zero: it is taken from another one.\n"
    "- Money is chosen by day, metered and list value together: what one source bills is no\n"
    "  list value of another. A source that says what is billed comes before those that\n"
    "  estimate.\n"
    "- One person's own files (recordings, telemetry) cover days for that person only.\n"
    "  Where a tool has a source of everybody's data, they neither begin its data nor make\n"
    "  its days known, unless five people or more have them in the week.\n"
    "- Totals of an organisation or of a longer period stand apart and are added to nobody.\n"
    "- Different tools add up. Nothing in a gateway's record names the client that called:\n"
    "  where a client's own exports are read too, its tokens and its value are told by both\n"
    "  tools, its people once. Leave out the gateway's files, or the client's.\n"
    "- An account must be known for one person in all files: where one file has its id and\n"
    "  another its login, identities.csv needs the one that they share, or both.\n";

/* A mark after the name says when a record may have such a member itself. */
static void append_page_arrays(GString *text)
{
    for (guint i = 0; tm_json_page_arrays[i] != NULL; i++)
        g_string_append_printf(text, "%s`%.*s`", i > 0 ? ", " : "",
            (int)strcspn(tm_json_page_arrays[i], "!"), tm_json_page_arrays[i]);
    g_string_append(text, ".\n");
}

static void append_sources(GString *text)
{
    g_string_append_printf(text,
        "\n## Sources\n"
        "\n"
        "%s"
        "\n"
        "| Source | Tool | Use | Money | Supplies |\n"
        "|---|---|---|---|---|\n",
        precedence);
    static const char *const tools[] = {
#define X(id, key, name) name,
        TM_KNOWN_TOOLS(X)
#undef X
    };
    for (guint i = 0; i < TM_SOURCE_COUNT; i++) {
        const TmSource *source = &tm_sources[i];
        g_string_append_printf(text, "| %s | %s | %d | %d | ", source->key, tools[source->tool],
            source->order, source->money_order);
        const char *separator = "";
        for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
            if (source->measures & TM_MEASURE_BIT(measure)) {
                g_string_append_printf(text, "%s%s", separator, tm_measure_name(measure));
                separator = ", ";
            }
        g_string_append(text, " |\n");
    }
    g_string_append(text,
        "| tidemark-csv:TOOL | each | 65 | 65 | all measures |\n"
        "\n"
        "Mapping files add sources of their own: see [mapping.md](mapping.md). So may exports of "
        "JetBrains AI and Tabnine be read, whose columns their vendors do not publish; or their "
        "use "
        "is handed over as rows of tidemark.csv.\n");
}

/* `before` is the format before it, or NULL: kinds of one export have their fields in common. */
static void append_format(GString *text, const TmFormat *format, const TmFormat *before)
{
    g_string_append_printf(text, "\n## %s\n\nKey `%s`.\n\n", format->name, format->key);
    if (before != NULL && before->fields == format->fields) {
        g_string_append(text, "The same fields as above.\n");
        return;
    }
    tm_field_rules_append_markdown(text, format->fields, format->field_count);
}

char *tm_intake_formats_markdown(void)
{
    GString *text = g_string_new(head);
    append_page_arrays(text);
    g_string_append(text, rules);
    append_sources(text);
    for (guint i = 0; i < tm_intake_format_count(); i++)
        append_format(text, tm_intake_format(i), i > 0 ? tm_intake_format(i - 1) : NULL);
    return g_string_free(text, FALSE);
}
