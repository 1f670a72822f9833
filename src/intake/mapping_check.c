/*
 * What a mapping must fill and what contradicts itself; then how its export is recognised: see
 * mapping.h.
 */
#include "mapping.h"

#include <string.h>

#include "json_file.h"

#define MEASURE(name) (TM_SLOT_FIRST_MEASURE + TM_MEASURE_##name)
#define ALTERNATIVE ',' /* between names of a signature of which one must be there */

static const guint persons[] = {TM_SLOT_EMAIL, TM_SLOT_LOGIN, TM_SLOT_USER_ID};

static gboolean fills_any(const TmMapping *mapping, guint first, guint end)
{
    for (guint slot = first; slot < end; slot++)
        if (tm_mapping_fills(mapping, slot))
            return TRUE;
    return FALSE;
}

static gboolean fills_person(const TmMapping *mapping)
{
    gboolean fills = FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(persons); i++)
        fills |= tm_mapping_fills(mapping, persons[i]);
    return fills;
}

/* Whether a field of the slots [first, end) stands at a level. */
static gboolean stands_at(const TmMapping *mapping, guint first, guint end, TmMappingLevel level)
{
    for (guint i = 0; i < mapping->field_count; i++)
        if (mapping->slot_of[i] >= first && mapping->slot_of[i] < end &&
            mapping->level_of[i] == level)
            return TRUE;
    return FALSE;
}

/* What is wrong with a mapping, and what to do; NULL if nothing is. */
static const char *find_gap(const TmMapping *mapping)
{
    if (mapping->name == NULL)
        return "there is no element in it; docs/mapping.md shows a mapping";
    if (!tm_mapping_fills(mapping, TM_SLOT_DATE))
        return "the slot date is missing";
    if (!fills_person(mapping) && mapping->source.trait != TM_TRAIT_PERSONAL)
        return "a person is missing: fill email, login or user_id, or say personal=\"yes\" when "
               "each file is of one person";
    if (!fills_any(mapping, TM_SLOT_FIRST_MEASURE, TM_SLOT_COUNT))
        return "a measure is missing, such as interactions or requests";
    if (mapping->rules.includes_cache && !tm_mapping_fills(mapping, MEASURE(CACHE_READ_TOKENS)) &&
        !tm_mapping_fills(mapping, MEASURE(CACHE_WRITE_TOKENS)))
        return "includes_cache: fill cache_read_tokens or cache_write_tokens too, or fill "
               "unsplit_tokens instead of input_tokens";
    if (tm_mapping_fills(mapping, TM_SLOT_LONG_WRITES) &&
        !tm_mapping_fills(mapping, MEASURE(CACHE_WRITE_TOKENS)))
        return "cache_write_1h_tokens are a part of cache_write_tokens: fill these too";
    return NULL;
}

static const char *find_contradiction(const TmMapping *mapping)
{
    gboolean has_record = tm_mapping_fills(mapping, TM_SLOT_RECORD);
    if (mapping->source.merging == TM_MERGE_COPIES && !has_record)
        return "merging=\"copies\": copies are known by the id of their record; fill record";
    if (mapping->source.merging == TM_MERGE_TWINS && has_record)
        return "merging=\"twins\": twins are rows without an id; leave out record, or say later";
    if (mapping->source.sessions == TM_SESSIONS_GAPS &&
        (tm_mapping_fills(mapping, TM_SLOT_SESSION) ||
            tm_mapping_fills(mapping, MEASURE(SESSIONS))))
        return "sessions=\"gaps\" is for exports that do not tell sessions; leave out session and "
               "sessions, or the attribute";
    if (mapping->source.sessions == TM_SESSIONS_GAPS &&
        !tm_mapping_fills(mapping, MEASURE(INTERACTIONS)))
        return "sessions=\"gaps\": sessions are made of the times of interactions; fill these";
    return NULL;
}

/* What stands where it would count or be known wrongly. Measures of a record are rows of their own.
 */
static const char *find_misplaced(const TmMapping *mapping)
{
    const guint tokens = MEASURE(INPUT_TOKENS), behind = MEASURE(UNSPLIT_TOKENS) + 1;
    G_STATIC_ASSERT(TM_MEASURE_INPUT_TOKENS + 4 == TM_MEASURE_UNSPLIT_TOKENS);
    if (stands_at(mapping, TM_SLOT_FIRST_MEASURE, TM_SLOT_COUNT, TM_LEVEL_PAGE))
        return "a measure of the page: it would count once for each record; leave it out";
    if (stands_at(mapping, TM_SLOT_RECORD, TM_SLOT_RECORD + 1, TM_LEVEL_PAGE))
        return "record: an id of the page is the same for all records; leave it out";
    if (mapping->rows == NULL)
        return NULL;
    if (!stands_at(mapping, 0, TM_SLOT_COUNT, TM_LEVEL_ROW))
        return "rows: nothing is taken from its elements; paths begin there, and at the record "
               "with ../ in front";
    if (stands_at(mapping, tokens, behind, TM_LEVEL_ROW) &&
        stands_at(mapping, tokens, behind, TM_LEVEL_RECORD))
        return "tokens of the record and of its list are the same ones; take one of them";
    if (stands_at(mapping, TM_SLOT_LONG_WRITES, TM_SLOT_LONG_WRITES + 1, TM_LEVEL_RECORD) !=
        (tm_mapping_fills(mapping, TM_SLOT_LONG_WRITES) &&
            stands_at(mapping, tokens, behind, TM_LEVEL_RECORD)))
        return "cache_write_1h_tokens must stand where cache_write_tokens stand";
    if (stands_at(mapping, TM_SLOT_FIRST_MEASURE, TM_SLOT_COUNT, TM_LEVEL_RECORD) &&
        (stands_at(mapping, TM_SLOT_DATE, TM_SLOT_DATE + 1, TM_LEVEL_ROW) ||
            stands_at(mapping, TM_SLOT_EMAIL, TM_SLOT_USER_ID + 1, TM_LEVEL_ROW)))
        return "a measure with ../ needs the record's own date and person, with ../ too";
    return NULL;
}

/* ---- Recognition ------------------------------------------------------------------------- */

static gboolean is_of_record(const TmMapping *mapping, guint field)
{
    return mapping->level_of[field] == (mapping->rows != NULL ? TM_LEVEL_RECORD : TM_LEVEL_ROW);
}

/* Whether a field of the record, of whatever use, is a member of this name or inside it. */
static gboolean has_member(const TmMapping *mapping, const char *name, gsize length)
{
    for (guint i = 0; i < mapping->field_count; i++)
        for (const char *at = mapping->fields[i].names; at != NULL && is_of_record(mapping, i);) {
            if (strcspn(at, ".|") == length && strncmp(at, name, length) == 0)
                return TRUE;
            at = tm_mapping_next(at);
        }
    return mapping->rows != NULL && strcspn(mapping->rows, ".") == length &&
           strncmp(mapping->rows, name, length) == 0;
}

/*
 * Appends the outermost members of a field's spellings, of which a record must have one. TRUE when
 * none of them was there before.
 */
static gboolean append_members(GString *signature, GHashTable *met, const char *names)
{
    gboolean is_new = TRUE;
    g_string_append(signature, signature->len > 0 ? "|" : "");
    for (const char *at = names; at != NULL;) {
        char *member = g_strndup(at, strcspn(at, ".|"));
        if (at != names)
            g_string_append_c(signature, ALTERNATIVE);
        g_string_append(signature, member);
        is_new &= g_hash_table_add(met, member);
        at = tm_mapping_next(at);
    }
    return is_new;
}

/* How many members a record must have, whatever their spellings, to be of the mapping. */
static guint make_signature(TmMapping *mapping)
{
    g_autoptr(GString) signature = g_string_new(NULL);
    g_autoptr(GHashTable) met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint wanted = 0;
    if (mapping->rows != NULL)
        wanted += append_members(signature, met, mapping->rows) ? 1 : 0;
    for (guint i = 0; i < mapping->field_count; i++)
        if ((mapping->required & TM_FIELD_BIT(i)) && is_of_record(mapping, i))
            wanted += append_members(signature, met, mapping->fields[i].names) ? 1 : 0;
    mapping->signatures[0] = g_intern_string(signature->str);
    return wanted;
}

/*
 * The page of the mapping, then the usual ones, but for those that are members of its records. None
 * of its own when these are the usual ones.
 */
static void choose_page_arrays(TmMapping *mapping)
{
    guint usual = 0, count = 0;
    while (tm_json_page_arrays[usual] != NULL)
        usual++;
    mapping->page_arrays = g_new0(const char *, usual + 2);
    if (mapping->page != NULL)
        mapping->page_arrays[count++] = mapping->page;
    for (guint i = 0; i < usual; i++)
        if (!has_member(mapping, tm_json_page_arrays[i], strcspn(tm_json_page_arrays[i], "!")))
            mapping->page_arrays[count++] = tm_json_page_arrays[i];
    if (count == usual && mapping->page == NULL)
        g_clear_pointer(&mapping->page_arrays, g_free);
}

static const char *find_ambiguity(TmMapping *mapping)
{
    if (!mapping->is_json)
        return __builtin_popcountll(mapping->required) >= 2
                   ? NULL
                   : "at least two slots must be required, to recognise the export";
    if (mapping->page != NULL && has_member(mapping, mapping->page, strlen(mapping->page)))
        return "page: a record has a member of the same name; paths begin at the record, and at "
               "the page with ../ in front";
    choose_page_arrays(mapping);
    if (make_signature(mapping) >= 2)
        return NULL;
    return mapping->rows != NULL
               ? "the record needs a required slot with ../ beside its list, to be recognised"
               : "at least two slots of different members must be required, to recognise the "
                 "export";
}

/* ---- The whole --------------------------------------------------------------------------- */

/* The list of rows and its elements, as fields behind the others. FALSE when it is read already. */
static gboolean add_rows(TmMapping *mapping)
{
    guint at = mapping->field_count;
    if (mapping->rows == NULL)
        return TRUE;
    for (guint i = 0; i < at; i++)
        if (is_of_record(mapping, i) && g_str_equal(mapping->fields[i].names, mapping->rows))
            return FALSE;
    g_autofree char *element = g_strconcat(mapping->rows, "[]", NULL);
    mapping->fields[at] = (TmFieldRule){mapping->rows, TM_FIELD_READ, "", "the list of rows"};
    mapping->fields[at + 1] =
        (TmFieldRule){g_intern_string(element), TM_FIELD_READ, "", "an element: one row"};
    return TRUE;
}

static void set_source(TmMapping *mapping)
{
    TmSource *source = &mapping->source;
    for (guint measure = 0; measure < TM_MEASURE_COUNT; measure++)
        if (tm_mapping_fills(mapping, TM_SLOT_FIRST_MEASURE + measure))
            source->measures |= TM_MEASURE_BIT(measure);
    if (tm_mapping_fills(mapping, TM_SLOT_SESSION))
        source->sessions = TM_SESSIONS_NAMED;
    if (source->sessions != TM_SESSIONS_STATED)
        source->measures |= TM_MEASURE_BIT(TM_MEASURE_SESSIONS);
}

gboolean tm_mapping_complete(TmMapping *mapping, const TmMappingFile *file, GError **error)
{
    const char *fault = find_gap(mapping);
    fault = fault != NULL ? fault : find_contradiction(mapping);
    fault = fault != NULL ? fault : find_misplaced(mapping);
    fault = fault != NULL ? fault : find_ambiguity(mapping);
    if (fault == NULL && !add_rows(mapping))
        fault = "the list of rows is named by another element too; leave that out";
    if (fault != NULL)
        return tm_mapping_refuse(file, error, "%s", fault);
    set_source(mapping);
    guint record = tm_mapping_field(mapping, TM_SLOT_RECORD);
    mapping->rules.shared_record =
        record < TM_MAPPING_FIELDS && mapping->rows != NULL && is_of_record(mapping, record);
    return TRUE;
}
