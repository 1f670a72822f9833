/*
 * Reading tidemark.ini. GKeyFile gives the values but no line numbers and quotes bad lines in its
 * messages, so a scan of our own checks the form first, remembers where each key stands, and hands
 * on only the lines that are in order.
 */
#include "settings.h"

#include "places.h"
#include "row.h"
#include "settings_table.h"
#include "text_file.h"

#include <string.h>

typedef struct KeyLine {
    const SettingRow *row;
    guint64 line;
} KeyLine;

typedef struct Reading {
    const char *path;
    TmDiagnostics *diagnostics;
    GKeyFile *keys;
    GArray *key_lines; /* KeyLine */
    GString *sound;    /* the lines that are in order, for GKeyFile */
    char *folder;      /* absolute, of tidemark.ini */
    gboolean bad;
} Reading;

static void refuse(Reading *reading, guint64 line, const char *key, const char *why)
{
    tm_diagnostics_report(reading->diagnostics, TM_KIND_BAD_SETTING,
        &(TmPlace){.file = reading->path, .line = line, .field = key}, "%s", why);
    reading->bad = TRUE;
}

static const SettingRow *find_row(const char *group, const char *key)
{
    for (gsize i = 0; i < setting_row_count; i++) {
        if (g_str_equal(setting_rows[i].group, group) && g_str_equal(setting_rows[i].key, key))
            return &setting_rows[i];
    }
    return NULL;
}

static gboolean group_exists(const char *group)
{
    for (gsize i = 0; i < setting_row_count; i++) {
        if (g_str_equal(setting_rows[i].group, group))
            return TRUE;
    }
    return FALSE;
}

static guint64 line_of(const Reading *reading, const SettingRow *row)
{
    for (guint i = 0; i < reading->key_lines->len; i++) {
        const KeyLine *known = &g_array_index(reading->key_lines, KeyLine, i);
        if (known->row == row)
            return known->line;
    }
    return 0;
}

/* ---- The form of the file ---------------------------------------------------------------- */

static void scan_key(Reading *reading, const char *group, const char *text, guint64 line)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || *group == '\0') {
        refuse(reading, line, NULL,
            *group == '\0' ? "a [group] must come first"
                           : "this is neither a group nor key = value");
        return;
    }
    g_autofree char *key = g_strstrip(g_strndup(text, (gsize)(equals - text)));
    const SettingRow *row = find_row(group, key);
    if (row == NULL) {
        if (group_exists(group))
            refuse(reading, line, key, "there is no such key in this group");
    } else if (line_of(reading, row) != 0)
        refuse(reading, line, key, "the key is there twice");
    else {
        KeyLine found = {.row = row, .line = line};
        g_array_append_val(reading->key_lines, found);
        g_string_append_printf(reading->sound, "[%s]\n%s\n", group, text);
    }
}

static char *scan_group(Reading *reading, const char *text, guint64 line)
{
    const char *close = strchr(text, ']');
    if (close == NULL || close[1] != '\0') {
        refuse(reading, line, NULL, "a group is written [name] on a line of its own");
        return g_strdup("?");
    }
    char *group = g_strndup(text + 1, (gsize)(close - text) - 1);
    if (!group_exists(group))
        refuse(reading, line, NULL, "there is no such group");
    return group;
}

static void scan_lines(Reading *reading, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *group = g_strdup("");
    for (guint i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        if (*line == '\0' || *line == '#')
            continue;
        if (*line == '[') {
            g_free(group);
            group = scan_group(reading, line, i + 1);
        } else
            scan_key(reading, group, line, i + 1);
    }
}

/* ---- Values ------------------------------------------------------------------------------ */

/* Takes `value` as a text field, which is freed with the settings. */
static void set_text(TmSettings *settings, const SettingRow *row, char *value)
{
    char **field = (char **)G_STRUCT_MEMBER_P(settings, row->offset);
    g_free(*field);
    *field = value;
}

static const char *set_integer(TmSettings *settings, const SettingRow *row, const char *value)
{
    gint64 number;
    if (!tm_integer_parse(value, strlen(value), &number))
        return "this is not a whole number";
    if (number < row->least || number > row->most)
        return "the number is outside the bounds; docs/settings.md names them";
    G_STRUCT_MEMBER(gint64, settings, row->offset) = number;
    return NULL;
}

static gboolean set_either(
    TmSettings *settings, const SettingRow *row, const char *value, const char *yes, const char *no)
{
    gboolean is_yes = g_str_equal(value, yes);
    G_STRUCT_MEMBER(gboolean, settings, row->offset) = is_yes;
    return is_yes || g_str_equal(value, no);
}

static const char no_such_zone[] =
    "no such time zone on this machine; write an IANA name such as Europe/Lisbon";

static const char *set_time_zone(TmSettings *settings, const SettingRow *row, const char *value)
{
    GTimeZone *zone = zone_load(value);
    if (zone == NULL)
        return no_such_zone;
    g_clear_pointer(&settings->zone, g_time_zone_unref);
    settings->zone = zone;
    set_text(settings, row, g_strdup(value));
    return NULL;
}

static const char *set_other_zone(TmSettings *settings, const SettingRow *row, const char *value)
{
    GTimeZone *zone = *value != '\0' ? zone_load(value) : NULL;
    if (zone == NULL && *value != '\0')
        return no_such_zone;
    g_clear_pointer(&settings->outcomes_zone, g_time_zone_unref);
    settings->outcomes_zone = zone;
    set_text(settings, row, *value != '\0' ? g_strdup(value) : NULL);
    return NULL;
}

static const char *set_date_order(TmSettings *settings, const SettingRow *row, const char *value)
{
    static const char *const names[] = {
        [TM_DATE_ORDER_AUTO] = "auto",
        [TM_DATE_ORDER_DAY_FIRST] = "day_first",
        [TM_DATE_ORDER_MONTH_FIRST] = "month_first",
    };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(value, names[i])) {
            G_STRUCT_MEMBER(TmDateOrder, settings, row->offset) = (TmDateOrder)i;
            return NULL;
        }
    return "write auto, day_first or month_first";
}

static const char *set_currency(TmSettings *settings, const SettingRow *row, const char *value)
{
    if (!currency_is_valid(value))
        return "a currency has three letters, such as EUR";
    set_text(settings, row, g_ascii_strup(value, -1));
    return NULL;
}

static const char *set_work_days(TmSettings *settings, const SettingRow *row, const char *value)
{
    if (!work_days_parse(value, &G_STRUCT_MEMBER(guint8, settings, row->offset)))
        return "write xxxxx--, Mon-Fri or Mon,Tue,Thu, with at least one day";
    return NULL;
}

static void set_path(
    const Reading *reading, TmSettings *settings, const SettingRow *row, const char *value)
{
    set_text(
        settings, row, *value != '\0' ? g_canonicalize_filename(value, reading->folder) : NULL);
}

/* What is wrong with the value, or NULL when it was taken. */
static const char *set_value(
    const Reading *reading, TmSettings *settings, const SettingRow *row, const char *value)
{
    switch (row->type) {
    case SETTING_TEXT:
        set_text(settings, row, g_strdup(value));
        return NULL;
    case SETTING_TIME_ZONE:
        return set_time_zone(settings, row, value);
    case SETTING_OTHER_ZONE:
        return set_other_zone(settings, row, value);
    case SETTING_DATE_ORDER:
        return set_date_order(settings, row, value);
    case SETTING_CURRENCY:
        return set_currency(settings, row, value);
    case SETTING_WORK_DAYS:
        return set_work_days(settings, row, value);
    case SETTING_INTEGER:
        return set_integer(settings, row, value);
    case SETTING_BOOLEAN:
        return set_either(settings, row, value, "true", "false") ? NULL : "write true or false";
    case SETTING_CACHE_LIFETIME:
        return set_either(settings, row, value, "1h", "5m") ? NULL : "write 5m or 1h";
    case SETTING_PATH:
        set_path(reading, settings, row, value);
        return NULL;
    }
    g_assert_not_reached();
}

static void read_value(Reading *reading, TmSettings *settings, const SettingRow *row)
{
    guint64 line = line_of(reading, row);
    g_autofree char *given =
        line > 0 ? g_key_file_get_string(reading->keys, row->group, row->key, NULL) : NULL;
    if (line > 0 && given == NULL) {
        refuse(reading, line, row->key, "a backslash is written \\\\");
        return;
    }
    const char *value = given != NULL ? g_strstrip(given) : "";
    const char *why = set_value(reading, settings, row, *value != '\0' ? value : row->otherwise);
    if (why != NULL)
        refuse(reading, line, row->key, why);
}

/* A wider threshold never lies below a narrower one, whatever was written. */
static void order_thresholds(TmSettings *settings)
{
    settings->distribution_people = MAX(settings->distribution_people, settings->minimum_people);
    settings->cross_cut_people = MAX(settings->cross_cut_people, settings->distribution_people);
}

static void read_text(Reading *reading, TmSettings *settings, const char *text, gsize length)
{
    if (memchr(text, '\0', length) != NULL || !g_utf8_validate(text, (gssize)length, NULL)) {
        refuse(reading, 0, NULL, "the file is not UTF-8 text");
        return;
    }
    scan_lines(reading, text);
    g_key_file_load_from_data(
        reading->keys, reading->sound->str, reading->sound->len, G_KEY_FILE_NONE, NULL);
    for (gsize i = 0; i < setting_row_count; i++)
        read_value(reading, settings, &setting_rows[i]);
    order_thresholds(settings);
}

gboolean settings_read(TmSettings *settings, const char *path, TmDiagnostics *diagnostics,
    GChecksum *fingerprint, GError **error)
{
    memset(settings, 0, sizeof *settings);
    g_autofree char *text = NULL;
    gsize length = 0;
    TextFileState state =
        text_file_read(path, TM_KIND_BAD_SETTING, diagnostics, fingerprint, &text, &length);
    if (state == TEXT_FILE_MISSING) {
        g_set_error(
            error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: there is no such file; init makes one", path);
        return FALSE;
    }
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    Reading reading = {
        .path = path,
        .diagnostics = diagnostics,
        .keys = g_key_file_new(),
        .key_lines = g_array_new(FALSE, FALSE, sizeof(KeyLine)),
        .sound = g_string_new(NULL),
        .folder = g_path_get_dirname(absolute),
        .bad = state == TEXT_FILE_UNUSABLE,
    };
    if (!reading.bad)
        read_text(&reading, settings, text, length);
    g_key_file_unref(reading.keys);
    g_array_unref(reading.key_lines);
    g_string_free(reading.sound, TRUE);
    g_free(reading.folder);
    if (!reading.bad)
        return TRUE;
    tm_settings_clear(settings);
    g_set_error(error, TM_ERROR, TM_ERROR_UNUSABLE, "%s: the settings cannot be used", path);
    return FALSE;
}

gboolean tm_settings_load(
    TmSettings *settings, const char *path, TmDiagnostics *diagnostics, GError **error)
{
    return settings_read(settings, path, diagnostics, NULL, error);
}

void tm_settings_clear(TmSettings *settings)
{
    for (gsize i = 0; i < setting_row_count; i++) {
        SettingType type = setting_rows[i].type;
        if (type == SETTING_TEXT || type == SETTING_TIME_ZONE || type == SETTING_CURRENCY ||
            type == SETTING_OTHER_ZONE || type == SETTING_PATH)
            set_text(settings, &setting_rows[i], NULL);
    }
    g_clear_pointer(&settings->zone, g_time_zone_unref);
    g_clear_pointer(&settings->outcomes_zone, g_time_zone_unref);
}
