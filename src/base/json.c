/*
 * JSON writer: two blanks of indentation, members in the order of the calls, so that the same
 * calls give the same bytes.
 */
#include <tidemark/base.h>

#include <string.h>

#define INDENT 2

typedef struct Level {
    char closing; /* '}' or ']' */
    gboolean has_members;
} Level;

struct TmJson {
    GString *text;
    GArray *levels; /* Level, outermost first */
    gboolean after_key;
};

TmJson *tm_json_new(void)
{
    TmJson *json = g_new0(TmJson, 1);
    json->text = g_string_new(NULL);
    json->levels = g_array_new(FALSE, FALSE, sizeof(Level));
    return json;
}

void tm_json_free(TmJson *json)
{
    if (json == NULL)
        return;
    g_string_free(json->text, TRUE);
    g_array_unref(json->levels);
    g_free(json);
}

static void break_line(TmJson *json)
{
    g_string_append_c(json->text, '\n');
    for (guint i = 0; i < json->levels->len * INDENT; i++)
        g_string_append_c(json->text, ' ');
}

/* Comma and new line before a member of the innermost level; nothing after a key. */
static void begin_value(TmJson *json)
{
    if (json->after_key) {
        json->after_key = FALSE;
        return;
    }
    if (json->levels->len == 0) {
        g_assert(json->text->len == 0);
        return;
    }
    Level *level = &g_array_index(json->levels, Level, json->levels->len - 1);
    if (level->has_members)
        g_string_append_c(json->text, ',');
    level->has_members = TRUE;
    break_line(json);
}

static void open_level(TmJson *json, char opening, char closing)
{
    begin_value(json);
    g_string_append_c(json->text, opening);
    Level level = {.closing = closing};
    g_array_append_val(json->levels, level);
}

static void close_level(TmJson *json, char closing)
{
    g_assert(json->levels->len > 0 && !json->after_key);
    Level level = g_array_index(json->levels, Level, json->levels->len - 1);
    g_assert(level.closing == closing);
    g_array_set_size(json->levels, json->levels->len - 1);
    if (level.has_members)
        break_line(json);
    g_string_append_c(json->text, closing);
}

static void append_character(GString *out, guchar character)
{
    switch (character) {
    case '"':
        g_string_append(out, "\\\"");
        break;
    case '\\':
        g_string_append(out, "\\\\");
        break;
    case '\n':
        g_string_append(out, "\\n");
        break;
    case '\r':
        g_string_append(out, "\\r");
        break;
    case '\t':
        g_string_append(out, "\\t");
        break;
    default:
        if (character < 0x20 || character == 0x7f)
            g_string_append_printf(out, "\\u%04x", character);
        else
            g_string_append_c(out, (char)character);
    }
}

static void append_quoted(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_string_append_c(out, '"');
    for (const char *at = valid; *at != '\0'; at++)
        append_character(out, (guchar)*at);
    g_string_append_c(out, '"');
}

void tm_json_begin_object(TmJson *json)
{
    open_level(json, '{', '}');
}

void tm_json_end_object(TmJson *json)
{
    close_level(json, '}');
}

void tm_json_begin_array(TmJson *json)
{
    open_level(json, '[', ']');
}

void tm_json_end_array(TmJson *json)
{
    close_level(json, ']');
}

void tm_json_key(TmJson *json, const char *key)
{
    g_assert(json->levels->len > 0 && !json->after_key);
    begin_value(json);
    append_quoted(json->text, key);
    g_string_append(json->text, ": ");
    json->after_key = TRUE;
}

void tm_json_string(TmJson *json, const char *text)
{
    if (text == NULL) {
        tm_json_null(json);
        return;
    }
    begin_value(json);
    append_quoted(json->text, text);
}

void tm_json_integer(TmJson *json, gint64 value)
{
    begin_value(json);
    g_string_append_printf(json->text, "%" G_GINT64_FORMAT, value);
}

void tm_json_decimal(TmJson *json, gint64 micros)
{
    begin_value(json);
    g_autofree char *text = tm_micros_format(micros);
    gsize length = strlen(text);
    while (text[length - 1] == '0')
        length--;
    length -= text[length - 1] == '.' ? 1 : 0;
    g_string_append_len(json->text, text, (gssize)length);
}

void tm_json_boolean(TmJson *json, gboolean value)
{
    begin_value(json);
    g_string_append(json->text, value ? "true" : "false");
}

void tm_json_null(TmJson *json)
{
    begin_value(json);
    g_string_append(json->text, "null");
}

char *tm_json_finish(TmJson *json)
{
    g_assert(json->levels->len == 0 && !json->after_key);
    g_string_append_c(json->text, '\n');
    char *text = g_string_free(json->text, FALSE);
    json->text = g_string_new(NULL);
    return text;
}
