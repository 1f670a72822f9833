/*
 * The folder of the directory: its files in the order of their paths, each read as what its content
 * says it is. A file that is none of the known lists cannot be used.
 */
#include "directory.h"

#include <string.h>

#include "directory_entry.h"
#include "fold.h"
#include "people.h"
#include "teams.h"
#include "text_file.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* ---- What is kept -------------------------------------------------------------------------- */

static void group_free(gpointer pointer)
{
    DirectoryGroup *group = pointer;
    g_free(group->key);
    g_free(group->id);
    g_free(group->other_id);
    g_free(group->name);
    g_free(group->type);
    g_free(group->parent);
    g_free(group->unit_id);
    g_free(group);
}

static void link_clear(gpointer pointer)
{
    DirectoryLink *link = pointer;
    g_free(link->member);
    g_free(link->group);
}

static void account_clear(gpointer pointer)
{
    DirectoryAccount *account = pointer;
    g_free(account->email);
    g_free(account->value);
}

static GArray *new_list(gsize size, GDestroyNotify clear)
{
    GArray *list = g_array_new(FALSE, FALSE, (guint)size);
    g_array_set_clear_func(list, clear);
    return list;
}

Directory *directory_new(void)
{
    Directory *directory = g_new0(Directory, 1);
    directory->groups = g_ptr_array_new_with_free_func(group_free);
    directory->groups_by_key = g_hash_table_new(g_str_hash, g_str_equal);
    directory->people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    directory->links = new_list(sizeof(DirectoryLink), link_clear);
    directory->accounts = new_list(sizeof(DirectoryAccount), account_clear);
    return directory;
}

void directory_free(Directory *directory)
{
    g_hash_table_unref(directory->groups_by_key);
    g_ptr_array_unref(directory->groups);
    g_hash_table_unref(directory->people);
    g_array_unref(directory->links);
    g_array_unref(directory->accounts);
    g_free(directory);
}

void directory_add_account(Loading *loading, const TmPlace *place, const char *email,
    TmToolIndex tool, TmIdentityKind kind, const char *value)
{
    g_autofree char *folded = fold_dup(value);
    if (*folded == '\0' || g_str_equal(folded, email))
        return;
    DirectoryAccount account = {*place, g_strdup(email), tool, kind, g_steal_pointer(&folded)};
    account.place.file = path_kept(loading, place->file);
    g_array_append_val(loading->directory->accounts, account);
}

void directory_add_link(Loading *loading, const DirectoryLink *link)
{
    g_array_append_val(loading->directory->links, *link);
}

void directory_add_group(Loading *loading, const DirectoryGroup *group)
{
    Directory *directory = loading->directory;
    DirectoryGroup *copy = g_memdup2(group, sizeof *group);
    DirectoryGroup *known = g_hash_table_lookup(directory->groups_by_key, group->key);
    if (known == NULL) {
        g_ptr_array_add(directory->groups, copy);
        g_hash_table_insert(directory->groups_by_key, copy->key, copy);
        return;
    }
    if (known->implied && !group->implied) { /* the texts change places, but for the equal key */
        DirectoryGroup other = *known;
        *known = *copy;
        *copy = other;
        known->key = other.key;
        copy->key = group->key;
    } else if (!group->implied)
        tm_diagnostics_report(loading->diagnostics, TM_KIND_OVERLAP, &group->place,
            "line %" G_GUINT64_FORMAT " of %s has the same id", known->place.line,
            g_str_equal(known->place.file, group->place.file) ? "this file" : "an earlier file");
    group_free(copy);
}

/* ---- Files --------------------------------------------------------------------------------- */

static gboolean refuse(Loading *loading, const char *path, const char *why)
{
    tm_diagnostics_report(
        loading->diagnostics, TM_KIND_BAD_SETUP, &(TmPlace){.file = path}, "%s", why);
    return FALSE;
}

/* What became of the entries of a file. */
typedef struct Tally {
    guint64 known, unknown, broken;
    guint64 first_unknown; /* line */
    gint64 total;          /* entries of the whole list, of which this may be a page; 0: not said */
} Tally;

static void read_entry(Loading *loading, TmJsonRecord *record, const TmJsonPiece *piece,
    const TmPlace *file, const char *folder, Tally *tally)
{
    DirectoryEntry entry = {.place = *file, .folder = folder};
    entry.place.line = piece->line;
    if (!entry_read(&entry, record, piece, loading->diagnostics))
        tally->broken++;
    else if (piece->kind != TM_JSON_RECORD) {
        const char *total = entry.texts[ENTRY_TOTAL];
        if (total != NULL && !tm_integer_parse(total, strlen(total), &tally->total))
            tally->total = 0;
    } else if (entry_take(loading, &entry))
        tally->known++;
    else if (tally->unknown++ == 0)
        tally->first_unknown = piece->line;
    entry_clear(&entry);
}

/* FALSE when nothing in the file could be used. */
static gboolean judge(Loading *loading, const char *path, const Tally *tally)
{
    TmPlace place = {.file = path, .line = tally->first_unknown};
    if (tally->known == 0 && tally->unknown + tally->broken > 0)
        return refuse(loading, path,
            "no entry is of a known kind; read are users and groups of SCIM 2.0, users and groups "
            "of a Backstage catalogue, members and teams of GitHub, and teams of DX");
    if (tally->unknown == 1)
        tm_diagnostics_report(
            loading->diagnostics, TM_KIND_BAD_VALUE, &place, "this entry is of no known kind");
    else if (tally->unknown > 1)
        tm_diagnostics_report(loading->diagnostics, TM_KIND_BAD_VALUE, &place,
            "%" G_GUINT64_FORMAT " entries are of no known kind; this is the first of them",
            tally->unknown);
    else if (tally->known == 0)
        tm_diagnostics_report(
            loading->diagnostics, TM_KIND_EMPTY_FILE, &place, "the list has no entries");
    return TRUE;
}

/* Pages of one list say the same total; of several lists the longest is looked at. */
static void note_total(DirectoryCount *count, const char *path, const Tally *tally)
{
    if (tally->total <= 0 || (guint64)tally->total <= count->total)
        return;
    count->total = (guint64)tally->total;
    count->file = path;
}

static void report_missing_pages(Loading *loading, const DirectoryCount *count)
{
    if (count->read < count->total)
        tm_diagnostics_report(loading->diagnostics, TM_KIND_INCOMPLETE_EXPORT,
            &(TmPlace){.file = count->file, .field = "totalResults"},
            "the list is longer than what the pages here hold of it");
}

static void skip_byte_order_mark(TmBytes *bytes)
{
    gsize length = strlen(BYTE_ORDER_MARK);
    while (bytes->length < length && tm_bytes_more(bytes))
        ;
    if (bytes->length >= length && memcmp(bytes->data, BYTE_ORDER_MARK, length) == 0)
        tm_bytes_consume(bytes, length);
}

static gboolean read_json(Loading *loading, const char *path, const char *folder)
{
    static const char *const page_arrays[] = {"Resources", "resources", "items", "teams", NULL};
    g_autoptr(TmBytes) bytes = tm_bytes_open(path, NULL);
    if (bytes == NULL)
        return refuse(loading, path, "the file cannot be read");
    skip_byte_order_mark(bytes);
    g_autoptr(TmJsonRecord) record = tm_json_record_new();
    g_autoptr(TmJsonSplitter) splitter =
        tm_json_splitter_new(bytes, path, page_arrays, loading->diagnostics);
    const TmPlace file = {.file = path};
    Tally tally = {0};
    TmJsonPiece piece;
    guint64 users = loading->directory->scim_users.read;
    while (tm_json_splitter_next(splitter, &piece))
        read_entry(loading, record, &piece, &file, folder, &tally);
    tally.broken += tm_json_splitter_skipped(splitter);
    if (bytes->failure != TM_BYTES_FINE)
        return refuse(loading, path, "the file cannot be read");
    gboolean has_users = loading->directory->scim_users.read > users;
    note_total(has_users ? &loading->directory->scim_users : &loading->directory->scim_groups, path,
        &tally);
    return judge(loading, path, &tally);
}

static gboolean looks_like_json(const char *text)
{
    text += strspn(text, " \t\r\n");
    return *text == '{' || *text == '[';
}

/* DevLake's list of accounts has addresses too, and they are not those of people. */
static const TableChoice lists[] = {
    {&people_format, NULL, "avatar_url"},
    {&teams_format, "parent_team_id parent_id parent_team_reference_id", NULL},
    {NULL, NULL, NULL},
};

/* `name` is the path inside the folder, which counts for the fingerprint as the content does. */
static gboolean read_file(Loading *loading, const char *name)
{
    g_autofree char *built = g_build_filename(loading->folder, DIRECTORY_FOLDER, name, NULL);
    const char *path = path_kept(loading, built);
    g_autofree char *inner = g_path_get_dirname(name);
    const char *folder = g_str_equal(inner, ".") ? NULL : inner;
    g_autofree char *text = NULL;
    gsize length;
    g_autofree char *head = g_strdup_printf("%s %s\n", DIRECTORY_FOLDER, name);
    g_checksum_update(loading->fingerprint, (const guchar *)head, -1);
    TextFileState state = text_file_read(
        path, TM_KIND_BAD_SETUP, loading->diagnostics, loading->fingerprint, &text, &length);
    if (state != TEXT_FILE_READ)
        return state == TEXT_FILE_MISSING ? refuse(loading, path, "the link leads nowhere") : FALSE;
    if (looks_like_json(text))
        return read_json(loading, path, folder);
    return table_read_any(path, text, length, lists,
               "lists of people, which have a column email, mail, user_principal_name or login, "
               "and lists of teams, which have the columns id and parent_id",
               loading->diagnostics, loading) == TABLE_READ;
}

static int compare_names(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* The names in a folder, but for hidden ones, in their order; NULL if it cannot be looked into. */
static GPtrArray *names_in(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    if (folder == NULL)
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        if (*name != '.')
            g_ptr_array_add(names, g_strdup(name));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

/* Reads the files below `inner`, which is "" or the name of a folder. FALSE if one is unusable. */
static gboolean read_folder(Loading *loading, const char *inner)
{
    g_autofree char *path = g_build_filename(loading->folder, DIRECTORY_FOLDER, inner, NULL);
    g_autoptr(GPtrArray) names = names_in(path);
    if (names == NULL)
        return refuse(loading, path, "this is no folder that can be read");
    gboolean usable = TRUE;
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *below = g_build_filename(inner, name, NULL);
        g_autofree char *whole = g_build_filename(path, name, NULL);
        if (!g_utf8_validate(name, -1, NULL))
            usable = refuse(loading, path, "the name of a file in this folder is not UTF-8");
        else if (!g_file_test(whole, G_FILE_TEST_IS_DIR))
            usable &= read_file(loading, below);
        else if (*inner != '\0')
            usable = refuse(loading, path, "there is a folder inside the folder of a team");
        else
            usable &= read_folder(loading, name);
    }
    return usable;
}

/* Those who are only known by an address in a list of members. */
static void make_people(Loading *loading)
{
    for (guint i = 0; i < loading->directory->links->len; i++) {
        DirectoryLink *link = &g_array_index(loading->directory->links, DirectoryLink, i);
        if (!link->makes_person)
            continue;
        const TableColumn columns[PERSON_COLUMN_COUNT] = {
            [PERSON_EMAIL] = {.name = link->place.field}};
        const char *cells[PERSON_COLUMN_COUNT];
        for (guint column = 0; column < PERSON_COLUMN_COUNT; column++)
            cells[column] = "";
        cells[PERSON_EMAIL] = link->member + strlen(KEY_ADDRESS);
        g_autofree char *email = fold_dup(cells[PERSON_EMAIL]);
        TableRow row = {.file = link->place.file,
            .line = link->place.line,
            .columns = columns,
            .cells = cells,
            .diagnostics = loading->diagnostics};
        if (g_hash_table_contains(loading->people_by_email, email))
            continue;
        g_autofree char *taken = people_take(loading, &row);
        link->reported = taken == NULL;
    }
}

gboolean directory_load(Loading *loading)
{
    g_autofree char *path = g_build_filename(loading->folder, DIRECTORY_FOLDER, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return TRUE;
    gboolean usable = read_folder(loading, "");
    report_missing_pages(loading, &loading->directory->scim_users);
    report_missing_pages(loading, &loading->directory->scim_groups);
    make_people(loading);
    directory_make_units(loading);
    return usable;
}
