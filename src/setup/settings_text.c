/* Text made from the table of settings: the example file and the chapter of the documentation. */
#include "settings_text.h"

#include "settings_table.h"

static const char *type_name(SettingType type)
{
    static const char *const names[] = {
        [SETTING_TEXT] = "text",
        [SETTING_TIME_ZONE] = "time zone",
        [SETTING_CURRENCY] = "currency",
        [SETTING_WORK_DAYS] = "work days",
        [SETTING_INTEGER] = "whole number",
        [SETTING_BOOLEAN] = "true or false",
        [SETTING_OTHER_ZONE] = "time zone",
        [SETTING_DATE_ORDER] = "order",
        [SETTING_CACHE_LIFETIME] = "5m or 1h",
        [SETTING_PATH] = "path",
    };
    return names[type];
}

static gboolean begins_group(gsize row)
{
    return row == 0 || !g_str_equal(setting_rows[row].group, setting_rows[row - 1].group);
}

char *settings_example(void)
{
    GString *out =
        g_string_new("# Settings of Tidemark. Every key has a default, which stands here after the "
                     "\"#\"; remove\n"
                     "# the \"#\" to change one. Paths are relative to the folder of this file.\n");
    for (gsize i = 0; i < setting_row_count; i++) {
        const SettingRow *row = &setting_rows[i];
        if (begins_group(i))
            g_string_append_printf(out, "\n[%s]\n", row->group);
        g_string_append_printf(out, "# %s", row->explanation);
        if (row->type == SETTING_INTEGER)
            g_string_append_printf(
                out, " From %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".", row->least, row->most);
        g_string_append_printf(out, "\n#%s = %s\n", row->key, row->otherwise);
    }
    return g_string_free(out, FALSE);
}

char *tm_settings_document(void)
{
    GString *out = g_string_new(NULL);
    for (gsize i = 0; i < setting_row_count; i++) {
        const SettingRow *row = &setting_rows[i];
        if (begins_group(i))
            g_string_append_printf(out,
                "%s### [%s]\n\n| Key | Type | Default | Meaning |\n|---|---|---|---|\n",
                i > 0 ? "\n" : "", row->group);
        g_string_append_printf(out, "| `%s` | %s", row->key, type_name(row->type));
        if (row->type == SETTING_INTEGER)
            g_string_append_printf(
                out, ", %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, row->least, row->most);
        if (*row->otherwise != '\0')
            g_string_append_printf(out, " | `%s`", row->otherwise);
        else
            g_string_append(out, " | none");
        g_string_append_printf(out, " | %s |\n", row->explanation);
    }
    return g_string_free(out, FALSE);
}
