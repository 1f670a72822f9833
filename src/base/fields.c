/* The tables of fields that all readers of exports have, and their form in documents. */
#include <tidemark/base.h>

#include <string.h>

static const char *const use_names[] = {
    [TM_FIELD_READ] = "read",
    [TM_FIELD_IDENTITY] = "identity",
    [TM_FIELD_IGNORED] = "not needed",
    [TM_FIELD_CONTENT] = "dropped unread",
};

const char *tm_field_name(const TmFieldRule *rule)
{
    const char *bar = strchr(rule->names, '|');
    if (bar == NULL)
        return rule->names;
    g_autofree char *first = g_strndup(rule->names, (gsize)(bar - rule->names));
    return g_intern_string(first);
}

/* The names of a field: variants stand side by side, each as code. */
static void append_names(GString *text, const char *names)
{
    g_string_append_c(text, '`');
    for (; *names != '\0'; names++)
        if (*names == '|')
            g_string_append(text, "`, `");
        else
            g_string_append_c(text, *names);
    g_string_append_c(text, '`');
}

void tm_field_rules_append_markdown(GString *text, const TmFieldRule *rules, guint count)
{
    g_string_append(text, "| Field | Use | Becomes | Note |\n|---|---|---|---|\n");
    for (guint i = 0; i < count; i++) {
        g_string_append(text, "| ");
        append_names(text, rules[i].names);
        g_string_append_printf(
            text, " | %s | %s | %s |\n", use_names[rules[i].use], rules[i].slot, rules[i].note);
    }
}
