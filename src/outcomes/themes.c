/*
 * themes.md: sections that a person wrote for the quarterly report. Each is a heading, a line
 * "Author: …", a line "Date: …" and the text. This is the one format whose text is handed on,
 * because it is written to be published.
 */
#include "formats.h"

#include "lines.h"

#define MOST_TEXT (64 * 1024)

enum { HEADING, AUTHOR, DATE, TEXT, FIELD_COUNT };
static const TmFieldRule fields[FIELD_COUNT] = {
    [HEADING] = {"heading", TM_FIELD_READ, "theme", "printed as written"},
    [AUTHOR] = {"Author", TM_FIELD_READ, "theme", "printed as written"},
    [DATE] = {"Date", TM_FIELD_READ, "day", "YYYY-MM-DD"},
    [TEXT] = {"text", TM_FIELD_READ, "theme", "printed as written; at most 64 KiB"},
};

typedef struct Section {
    OutcomeReading *reading;
    gboolean begun, too_long;
    guint64 line;
    GString *heading, *author, *date, *text;
} Section;

/* The text of a heading; FALSE if the line is none. */
static gboolean is_heading(TmCell line, TmCell *text)
{
    gsize signs = 0;
    while (signs < line.length && line.text[signs] == '#')
        signs++;
    if (signs == 0 || signs > 6 || signs >= line.length || line.text[signs] != ' ')
        return FALSE;
    *text = tm_cell_trim((TmCell){line.text + signs, line.length - signs});
    return TRUE;
}

/* "Author: …", in any case. */
static gboolean has_name(TmCell line, const char *name, TmCell *value)
{
    gsize length = strlen(name);
    if (!tm_cell_begins(line, name) || line.length <= length || line.text[length] != ':')
        return FALSE;
    *value = tm_cell_trim((TmCell){line.text + length + 1, line.length - length - 1});
    return TRUE;
}

static const char *missing_field(const Section *section)
{
    return section->heading->len == 0  ? fields[HEADING].names
           : section->author->len == 0 ? fields[AUTHOR].names
           : section->date->len == 0   ? fields[DATE].names
           : section->text->len == 0   ? fields[TEXT].names
                                       : NULL;
}

static gboolean is_text(const GString *text)
{
    return memchr(text->str, '\0', text->len) == NULL && tm_utf8_is_valid(text->str, text->len);
}

static void hand_over(Section *section, TmDay day)
{
    OutcomeReading *reading = section->reading;
    TmTheme theme = {
        .exported = reading->summary->exported,
        .day = day,
        .heading = section->heading->str,
        .heading_length = section->heading->len,
        .author = section->author->str,
        .author_length = section->author->len,
        .text = section->text->str,
        .text_length = section->text->len,
    };
    outcome_note_taken(reading, day);
    if (reading->sink->theme != NULL)
        reading->sink->theme(reading->sink->user, &theme);
}

static void take_section(Section *section)
{
    OutcomeReading *reading = section->reading;
    const char *missing = missing_field(section);
    TmDay day = tm_day_parse(section->date->str, (gssize)section->date->len);
    if (section->too_long)
        outcome_skip(reading, TM_KIND_TOO_LONG, fields[TEXT].names, "longer than 64 KiB");
    else if (missing != NULL)
        outcome_skip(reading, TM_KIND_MISSING_FIELD, missing,
            "a theme is a heading, an author, a date and a text");
    else if (!is_text(section->heading) || !is_text(section->author) || !is_text(section->text))
        outcome_skip(reading, TM_KIND_BAD_ENCODING, NULL, "bytes that are not UTF-8");
    else if (day == TM_DAY_NONE)
        outcome_skip(reading, TM_KIND_BAD_DATE, fields[DATE].names, "not a day");
    else if (outcome_admits(reading, day, fields[DATE].names))
        hand_over(section, day);
}

/* A heading with nothing below it is the title of the page. */
static void end_section(Section *section)
{
    gboolean empty =
        section->author->len == 0 && section->date->len == 0 && section->text->len == 0;
    while (section->text->len > 0 && g_ascii_isspace(section->text->str[section->text->len - 1]))
        g_string_truncate(section->text, section->text->len - 1);
    if (section->begun && !empty) {
        section->reading->line = section->line;
        section->reading->rows++;
        take_section(section);
    }
    g_string_truncate(section->heading, 0);
    g_string_truncate(section->author, 0);
    g_string_truncate(section->date, 0);
    g_string_truncate(section->text, 0);
    section->too_long = FALSE;
}

static void set(GString *field, TmCell value)
{
    g_string_truncate(field, 0);
    g_string_append_len(field, value.text, (gssize)value.length);
}

static void take_line(Section *section, TmCell line)
{
    TmCell value;
    if (is_heading(line, &value)) {
        guint64 at = section->reading->line;
        end_section(section);
        section->begun = TRUE;
        section->line = at;
        set(section->heading, value);
    } else if (section->text->len == 0 && has_name(line, fields[AUTHOR].names, &value)) {
        set(section->author, value);
    } else if (section->text->len == 0 && has_name(line, fields[DATE].names, &value)) {
        set(section->date, value);
    } else if (section->text->len + line.length > MOST_TEXT) {
        section->too_long = TRUE;
    } else if (section->text->len > 0 || tm_cell_trim(line).length > 0) {
        g_string_append_len(section->text, line.text, (gssize)line.length);
        g_string_append_c(section->text, '\n');
    }
}

/* A heading first, then an author and a date near the beginning of the file. */
gboolean outcome_is_themes(const TmBytes *bytes)
{
    gboolean heading = FALSE, author = FALSE, date = FALSE;
    TmCell line, value;
    for (const char *at = bytes->data, *end = at + bytes->length; at < end;) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        line = (TmCell){at, (gsize)((newline != NULL ? newline : end) - at)};
        if (at == bytes->data && !is_heading(line, &value))
            return FALSE;
        heading |= is_heading(line, &value);
        author |= has_name(line, fields[AUTHOR].names, &value);
        date |= has_name(line, fields[DATE].names, &value);
        at = newline != NULL ? newline + 1 : end;
    }
    return heading && author && date;
}

void outcome_read_themes(TmBytes *bytes, OutcomeReading *reading)
{
    Section section = {.reading = reading,
        .heading = g_string_new(NULL),
        .author = g_string_new(NULL),
        .date = g_string_new(NULL),
        .text = g_string_new(NULL)};
    OutcomeLines lines = {.bytes = bytes, .reading = reading, .end = '\n'};
    TmCell line;
    outcome_begin(reading, &outcome_themes);
    while (outcome_lines_next(&lines, &line)) {
        if (line.length > 0 && line.text[line.length - 1] == '\r')
            line.length--;
        take_line(&section, line);
    }
    end_section(&section);
    g_string_free(section.heading, TRUE);
    g_string_free(section.author, TRUE);
    g_string_free(section.date, TRUE);
    g_string_free(section.text, TRUE);
}

const OutcomeFormat outcome_themes = {
    .table = {"themes", "Themes", TM_OUTCOME_SOURCE_THEMES, fields, FIELD_COUNT},
    .shape = OUTCOME_SHAPE_THEMES,
};
