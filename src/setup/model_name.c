/* Names of models in one form. It runs for each record of each export. */
#include "model_name.h"

#include <string.h>
#include <tidemark/records.h>

/* Regions, then the maker, as cloud platforms put them before a name. */
static const char *const prefixes[] = {
    "us-gov.", "us.", "eu.", "apac.", "global.", "jp.", "au.", "anthropic."};

static TmCell without_front(TmCell name, gsize count)
{
    return (TmCell){name.text + count, name.length - count};
}

/* "Auto: GPT-5.4": how a bill names a model that was chosen by the tool. */
static TmCell without_choice(TmCell name)
{
    return tm_cell_begins(name, "auto:") ? tm_cell_trim(without_front(name, strlen("auto:")))
                                         : name;
}

static TmCell without_provider(TmCell name)
{
    const char *slash = memrchr(name.text, '/', name.length);
    return slash != NULL ? without_front(name, (gsize)(slash + 1 - name.text)) : name;
}

/* `platform`: the name had such a prefix. */
static TmCell without_prefixes(TmCell name, gboolean *platform)
{
    *platform = FALSE;
    if (memchr(name.text, '.', name.length) == NULL)
        return name;
    for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        if (tm_cell_begins(name, prefixes[i])) {
            name = without_front(name, strlen(prefixes[i]));
            *platform = TRUE;
        }
    }
    return name;
}

static gboolean ends_with(TmCell name, const char *text)
{
    gsize length = strlen(text);
    return name.length > length && memcmp(name.text + name.length - length, text, length) == 0;
}

static gsize digits_at_end(TmCell name)
{
    gsize count = 0;
    while (count < name.length && g_ascii_isdigit(name.text[name.length - count - 1]))
        count++;
    return count;
}

/*
 * Takes "-v1:0" off; where a platform wrote the name also "-v1" behind a digit, as in
 * "claude-opus-4-6-v1". "deepseek-v3" and "claude-v2:1" are names.
 */
static TmCell without_version(TmCell name, gboolean platform)
{
    TmCell rest = name;
    gboolean has_build = ends_with(rest, ":0");
    rest.length -= has_build ? strlen(":0") : 0;
    gsize digits = digits_at_end(rest);
    rest.length -= digits;
    if (digits == 0 || !ends_with(rest, "-v"))
        return name;
    rest.length -= strlen("-v");
    return has_build || (platform && digits_at_end(rest) > 0) ? rest : name;
}

static TmCell without_suffixes(TmCell name, gboolean platform)
{
    if (ends_with(name, "[1m]") || ends_with(name, "[1M]"))
        name.length -= strlen("[1m]");
    const char *at = memchr(name.text, '@', name.length);
    if (at != NULL)
        name.length = (gsize)(at - name.text);
    return without_version(name, platform);
}

static gsize fold(TmCell name, char out[MODEL_NAME_SIZE])
{
    if (name.length >= MODEL_NAME_SIZE)
        return 0;
    for (gsize i = 0; i < name.length; i++) {
        char letter = tm_ascii_lower(name.text[i]);
        out[i] = letter == ' ' || letter == '.' ? '-' : letter;
    }
    return name.length;
}

static TmCell without_front_parts(const char *model, gsize length, gboolean *platform)
{
    TmCell name = tm_cell_trim((TmCell){model, length});
    return without_prefixes(without_provider(without_choice(name)), platform);
}

gsize model_fold(const char *model, gsize length, char out[MODEL_NAME_SIZE])
{
    if (length == 0)
        return 0;
    gboolean platform;
    TmCell name = without_front_parts(model, length, &platform);
    return fold(without_suffixes(name, platform), out);
}

gsize model_fold_beginning(const char *model, gsize length, char out[MODEL_NAME_SIZE])
{
    if (length == 0)
        return 0;
    gboolean platform;
    return fold(without_front_parts(model, length, &platform), out);
}

/* How much of a name stands before "-20250805" or "-2025-08-05"; all of it without a date. */
static gsize length_without_date(TmCell name)
{
    static const char *const shapes[] = {"-dddddddd", "-dddd-dd-dd"};
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        gsize length = strlen(shapes[i]), at = 0;
        if (name.length <= length)
            continue;
        const char *end = name.text + name.length - length;
        while (at < length && (shapes[i][at] == 'd' ? g_ascii_isdigit(end[at]) : end[at] == '-'))
            at++;
        if (at == length)
            return name.length - length;
    }
    return name.length;
}

static void add_form(ModelForms *forms, const char *text, gsize length, gboolean fast)
{
    forms->forms[forms->count++] = (ModelForm){text, length, fast};
}

gboolean model_forms(ModelForms *forms, const char *model, gsize length)
{
    TmCell name = {forms->text, model_fold(model, length, forms->text)};
    forms->count = 0;
    if (name.length == 0)
        return FALSE;
    gboolean fast = ends_with(name, "-fast");
    if (fast) {
        add_form(forms, name.text, name.length, FALSE);
        name.length -= strlen("-fast");
    }
    add_form(forms, name.text, name.length, fast);
    forms->whole = forms->forms[forms->count - 1];
    gsize undated = length_without_date(name);
    if (undated < name.length)
        add_form(forms, name.text, undated, fast);
    name.length = undated;
    if (ends_with(name, "-latest"))
        add_form(forms, name.text, name.length - strlen("-latest"), fast);
    else {
        memcpy(forms->latest, name.text, name.length);
        memcpy(forms->latest + name.length, "-latest", strlen("-latest"));
        add_form(forms, forms->latest, name.length + strlen("-latest"), fast);
    }
    return TRUE;
}
