/*
 * The log of git, in the form that docs/outcomes.md asks for, and in git's own.
 *
 * Of each commit the first line is looked at; numbers of lines and paths are passed over unread.
 * With -z the pieces end with NUL: the first line of a commit then ends with a line end or NUL,
 * and of a renamed file two paths follow as pieces of their own, whatever they look like.
 */
#include "formats.h"

#include "lines.h"
#include "times.h"

#define SHORTEST_HASH 7
#define LONGEST_HASH 64
#define MOST_AUTHOR 512

enum { HASH, AUTHOR_DATE, COMMIT_DATE, MAIL, NAME, PARENTS, SUBJECT, PATH, FIELD_COUNT };
static const TmFieldRule fields[FIELD_COUNT] = {
    [HASH] = {"%H", TM_FIELD_READ, "record key", "the same in every clone"},
    [AUTHOR_DATE] = {"%aI", TM_FIELD_READ, "day",
        "only with the setting author_day, or where there is no date of the commit"},
    [COMMIT_DATE] = {"%cI", TM_FIELD_READ, "day", "when it came into this history"},
    [MAIL] = {"%aE", TM_FIELD_IDENTITY, "team", "whose team; also tells bots"},
    [NAME] = {"%aN", TM_FIELD_IDENTITY, "", "only whether it ends in [bot]"},
    [PARENTS] = {"%P", TM_FIELD_READ, "", "two or more: a merge, not counted"},
    [SUBJECT] = {"%s", TM_FIELD_READ, "", "only whether it begins with Revert and a quote"},
    [PATH] = {"numstat|shortstat", TM_FIELD_CONTENT, "", "numbers of lines and paths"},
};

typedef struct Commit {
    TmCell hash;
    TmCell mail, name;
    gint64 author_time, commit_time;
    gboolean has_author_time, has_commit_time;
    gboolean is_merge, is_revert;
} Commit;

typedef struct GitLog {
    OutcomeReading *reading;
    TmTeamIndex place_team; /* of the place of the file, in repositories.csv */
    guint paths_to_skip;    /* of a renamed file */
} GitLog;

/* ---- A commit ---------------------------------------------------------------------------- */

static gsize count_hex(TmCell text)
{
    gsize length = 0;
    while (length < text.length && g_ascii_isxdigit(text.text[length]))
        length++;
    return length;
}

static gboolean is_hash(TmCell text)
{
    return text.length >= SHORTEST_HASH && text.length <= LONGEST_HASH &&
           count_hex(text) == text.length;
}

static gboolean find_day(OutcomeReading *reading, const Commit *commit, TmOutcome *item)
{
    gboolean wants_author = reading->options->author_day;
    gboolean takes_author = commit->has_author_time && (wants_author || !commit->has_commit_time);
    if (!takes_author && !commit->has_commit_time) {
        outcome_skip(reading, TM_KIND_BAD_DATE, "date", "the commit has no date that can be read");
        return FALSE;
    }
    item->day =
        outcome_local_day(reading, takes_author ? commit->author_time : commit->commit_time);
    item->estimated = takes_author != wants_author;
    return outcome_admits(reading, item->day, "date");
}

static void take_commit(GitLog *log, const Commit *commit)
{
    OutcomeReading *reading = log->reading;
    TmOutcome item = {.count = TM_MICROS_PER_UNIT};
    gboolean ignored = FALSE;
    reading->rows++;
    if (commit->is_merge || outcome_is_bot(commit->mail) || outcome_is_bot(commit->name)) {
        outcome_exclude(
            reading, commit->is_merge ? TM_OUTCOME_EXCLUDED_MERGE : TM_OUTCOME_EXCLUDED_BOT);
        return;
    }
    if (!find_day(reading, commit, &item))
        return;
    item.team = outcome_team_of(
        reading, TM_TOOL_LIMIT, TM_IDENTITY_EMAIL, commit->mail, item.day, &ignored);
    if (ignored) {
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_BOT);
        return;
    }
    if (item.team == TM_TEAM_NONE)
        item.team = log->place_team;
    outcome_note_taken(reading, item.day);
    reading->summary->rows_unattributed += item.team == TM_TEAM_NONE ? 1 : 0;
    TmKeyHash identity = tm_key_lower(TM_KEY_START, commit->hash.text, commit->hash.length);
    outcome_take(reading, &item, identity, TM_OUTCOME_COMMITS);
    if (commit->is_revert)
        outcome_take(reading, &item, identity, TM_OUTCOME_REVERTS);
}

static gboolean is_revert(TmCell subject)
{
    static const char mark[] = "Revert \"";
    return subject.length >= strlen(mark) && memcmp(subject.text, mark, strlen(mark)) == 0;
}

/* ---- The form with tabs ------------------------------------------------------------------ */

/* The part before the next tab; the last part takes the rest, with its tabs. */
static gboolean next_column(TmCell *rest, TmCell *column)
{
    if (rest->text == NULL)
        return FALSE;
    const char *tab = memchr(rest->text, '\t', rest->length);
    gsize length = tab != NULL ? (gsize)(tab - rest->text) : rest->length;
    *column = (TmCell){rest->text, length};
    *rest = tab != NULL ? (TmCell){tab + 1, rest->length - length - 1} : (TmCell){NULL, 0};
    return TRUE;
}

/* Of a patch "@@" stands at the start of lines, and "@" nowhere else. */
static gboolean is_commit_line(TmCell line)
{
    return line.length > 1 && line.text[0] == '@' && line.text[1] != '@';
}

/* "@", a hash and a tab. */
static gboolean is_sound_commit_line(TmCell line)
{
    TmCell rest = {line.text + 1, line.length - 1}, hash;
    return is_commit_line(line) && next_column(&rest, &hash) && rest.text != NULL && is_hash(hash);
}

static void take_commit_line(GitLog *log, TmCell line)
{
    TmCell rest = {line.text + 1, line.length - 1}, columns[SUBJECT];
    for (guint i = 0; i < SUBJECT; i++)
        if (!next_column(&rest, &columns[i])) {
            log->reading->rows++;
            outcome_skip(log->reading, TM_KIND_MISSING_FIELD, fields[i].names,
                "the line of a commit has 7 fields with tabs between them");
            return;
        }
    if (!is_hash(columns[HASH])) {
        log->reading->rows++;
        outcome_skip(log->reading, TM_KIND_BAD_VALUE, fields[HASH].names, "not a hash of git");
        return;
    }
    Commit commit = {.hash = columns[HASH], .mail = columns[MAIL], .name = columns[NAME]};
    commit.has_author_time = outcome_git_instant(columns[AUTHOR_DATE], &commit.author_time);
    commit.has_commit_time = outcome_git_instant(columns[COMMIT_DATE], &commit.commit_time);
    commit.is_merge = memchr(columns[PARENTS].text, ' ', columns[PARENTS].length) != NULL;
    commit.is_revert = rest.text != NULL && is_revert(rest);
    take_commit(log, &commit);
}

/* Two numbers or two "-", each with a tab behind it. The path is what follows. */
static gboolean is_file_line(TmCell line, TmCell *path)
{
    TmCell rest = line, number;
    for (guint i = 0; i < 2; i++) {
        if (!next_column(&rest, &number) || rest.text == NULL)
            return FALSE;
        gboolean binary = number.length == 1 && number.text[0] == '-';
        if (!binary && !tm_is_digits(number.text, number.length))
            return FALSE;
    }
    *path = rest;
    return TRUE;
}

static void pass_over(GitLog *log, TmCell line, gboolean nul)
{
    TmCell path;
    if (!is_file_line(line, &path))
        return;
    log->reading->summary->dropped_content_fields++;
    if (nul && path.length == 0)
        log->paths_to_skip = 2;
}

/* A piece that ends with NUL may hold the line of a commit and the first of its files. */
static void take_piece(GitLog *log, TmCell piece)
{
    if (log->paths_to_skip > 0) {
        log->paths_to_skip--;
        return;
    }
    while (piece.length > 0 && piece.text[0] == '\n')
        piece = (TmCell){piece.text + 1, piece.length - 1};
    if (!is_commit_line(piece)) {
        pass_over(log, piece, TRUE);
        return;
    }
    const char *end = memchr(piece.text, '\n', piece.length);
    gsize length = end != NULL ? (gsize)(end - piece.text) : piece.length;
    take_commit_line(log, (TmCell){piece.text, length});
    if (end != NULL)
        pass_over(log, (TmCell){end + 1, piece.length - length - 1}, TRUE);
}

static void read_tabbed(GitLog *log, OutcomeLines *lines)
{
    TmCell line;
    while (outcome_lines_next(lines, &line)) {
        if (lines->end == '\0') {
            take_piece(log, line);
            continue;
        }
        if (line.length > 0 && line.text[line.length - 1] == '\r')
            line.length--;
        if (is_commit_line(line))
            take_commit_line(log, line);
        else
            pass_over(log, line, FALSE);
    }
}

/* ---- git's own form ---------------------------------------------------------------------- */

/* A commit whose lines are being read. */
typedef struct Draft {
    gboolean begun, has_message;
    guint64 line;
    char hash[LONGEST_HASH + 1];
    char author[MOST_AUTHOR]; /* "Name <mail>" */
    Commit commit;
} Draft;

/* What stands behind a label at the start of the line. */
static gboolean has_label(TmCell line, const char *label, TmCell *value)
{
    gsize length = strlen(label);
    if (line.length < length || memcmp(line.text, label, length) != 0)
        return FALSE;
    *value = tm_cell_trim((TmCell){line.text + length, line.length - length});
    return TRUE;
}

static void end_draft(GitLog *log, Draft *draft)
{
    if (!draft->begun)
        return;
    Commit *commit = &draft->commit;
    const char *open = strrchr(draft->author, '<'), *close = strrchr(draft->author, '>');
    if (open != NULL && close != NULL && close > open) {
        commit->mail = (TmCell){open + 1, (gsize)(close - open) - 1};
        commit->name = tm_cell_trim((TmCell){draft->author, (gsize)(open - draft->author)});
    }
    commit->hash = (TmCell){draft->hash, strlen(draft->hash)};
    log->reading->line = draft->line;
    take_commit(log, commit);
    draft->begun = FALSE;
}

static gboolean begins_commit(TmCell line, TmCell *hash)
{
    TmCell value;
    if (!has_label(line, "commit ", &value))
        return FALSE;
    *hash = (TmCell){value.text, count_hex(value)};
    gboolean ends = hash->length == value.length || value.text[hash->length] == ' ';
    return ends && is_hash(*hash);
}

static void take_line(GitLog *log, Draft *draft, TmCell line)
{
    TmCell value;
    Commit *commit = &draft->commit;
    if (begins_commit(line, &value)) {
        guint64 at = log->reading->line;
        end_draft(log, draft);
        *draft = (Draft){.begun = TRUE, .line = at};
        memcpy(draft->hash, value.text, value.length);
    } else if (has_label(line, "Merge:", &value)) {
        commit->is_merge = TRUE;
    } else if (has_label(line, "Author:", &value)) {
        memcpy(draft->author, value.text, MIN(value.length, sizeof draft->author - 1));
    } else if (has_label(line, "AuthorDate:", &value) || has_label(line, "Date:", &value)) {
        commit->has_author_time = outcome_git_instant(value, &commit->author_time);
    } else if (has_label(line, "CommitDate:", &value)) {
        commit->has_commit_time = outcome_git_instant(value, &commit->commit_time);
    } else if (has_label(line, "    ", &value) && !draft->has_message) {
        commit->is_revert = is_revert(value);
        draft->has_message = TRUE;
    } else if (is_file_line(line, &value)) {
        log->reading->summary->dropped_content_fields++;
    }
}

static void read_plain(GitLog *log, OutcomeLines *lines)
{
    Draft draft = {.begun = FALSE};
    TmCell line;
    lines->end = '\n';
    while (outcome_lines_next(lines, &line)) {
        while (line.length > 0 && line.text[0] == '\0')
            line = (TmCell){line.text + 1, line.length - 1};
        take_line(log, &draft, line);
    }
    end_draft(log, &draft);
}

/* ---- The file ---------------------------------------------------------------------------- */

static TmCell first_line(const TmBytes *bytes)
{
    const char *end = memchr(bytes->data, '\n', bytes->length);
    return (TmCell){bytes->data, end != NULL ? (gsize)(end - bytes->data) : bytes->length};
}

gboolean outcome_is_git_log(TmBytes *bytes)
{
    TmCell hash;
    while (bytes->length < TM_BYTES_CHUNK && tm_bytes_more(bytes))
        ;
    if (bytes->length >= 3 && memcmp(bytes->data, "\xef\xbb\xbf", 3) == 0)
        tm_bytes_consume(bytes, 3);
    gboolean plain = begins_commit(first_line(bytes), &hash) &&
                     memmem(bytes->data, bytes->length, "\nAuthor:", 8) != NULL;
    return plain || is_sound_commit_line(first_line(bytes));
}

/* The team of the file's place; ".log" and the like at the end of the name do not count. */
static TmTeamIndex team_of_place(const OutcomeReading *reading)
{
    static const char *const endings[] = {".gz", ".txt", ".log", ".git"};
    gsize length = strlen(reading->path);
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
        gsize ending = strlen(endings[i]);
        if (length > ending && memcmp(reading->path + length - ending, endings[i], ending) == 0)
            length -= ending;
    }
    return tm_setup_place_team(reading->setup, reading->path, length);
}

void outcome_read_git_log(TmBytes *bytes, OutcomeReading *reading)
{
    GitLog log = {.reading = reading, .place_team = team_of_place(reading)};
    OutcomeLines lines = {.bytes = bytes, .reading = reading};
    lines.end = memchr(bytes->data, '\0', bytes->length) != NULL ? '\0' : '\n';
    outcome_begin(reading, &outcome_git_log);
    if (bytes->data[0] == '@')
        read_tabbed(&log, &lines);
    else
        read_plain(&log, &lines);
}

const OutcomeFormat outcome_git_log = {
    .table = {"git-log", "Log of git", TM_OUTCOME_SOURCE_GIT, fields, FIELD_COUNT},
    .shape = OUTCOME_SHAPE_GIT,
};
