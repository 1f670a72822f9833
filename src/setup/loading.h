/*
 * loading: what the functions that read set-up files share, and what a TmSetup keeps hidden.
 *
 * Order of loading (load.c): settings, holidays, teams, people, the directory's exports (which fill
 * up both), identities, units (which places people in teams and fixes all indexes), then everything
 * that refers to people, teams and tools.
 */
#ifndef SETUP_LOADING_H
#define SETUP_LOADING_H

#include <tidemark/setup.h>

#include "table.h"

#define CALENDAR_NONE G_MAXUINT32
#define MOST_UNIT_ID_BYTES 100

struct TmSetupPrivate {
    GHashTable *people;       /* email -> index + 1 */
    GHashTable *teams;        /* id -> index + 1 */
    GHashTable *tools;        /* key -> index + 1 */
    GHashTable *identities;   /* see identities.c */
    GHashTable *repositories; /* folded name -> index of the team + 1 */
    GHashTable *zones;        /* name -> GTimeZone */
    GPtrArray *calendars;     /* GArray of TmDay, sorted; each includes the days of "*" */
    GArray *common_holidays;  /* TmDay, sorted: the calendar "*" */
    gboolean zone_is_utc;
    struct PriceTable *prices;
};

/* A row of teams.csv, a group of the directory, or a unit that was derived. */
typedef struct UnitDraft {
    TmTeam team;        /* strings owned; indexes are set by units.c */
    char *parent_id;    /* NULL: below the organisation, or the organisation itself */
    guint parent;       /* index into units, G_MAXUINT for none; set by units.c */
    gboolean typed;     /* a type was given */
    gboolean has_units; /* other units lie below it */
    TmPlace place;      /* of its row, with the column of its parent; line 0: derived */
} UnitDraft;

/* A row of people.csv before its team is known. */
typedef struct SpellDraft {
    TmRosterSpell spell;
    char *unit_id;            /* NULL: in no team */
    gboolean from_department; /* the unit is one, for want of a team */
    guint unit;               /* index into units; set by units.c */
    guint64 line;
} SpellDraft;

typedef struct PersonDraft {
    char *email;
    char *name;
    const char *file; /* whose rows give the person; borrowed from paths */
    GArray *spells;   /* SpellDraft, in the order of the file */
} PersonDraft;

struct Directory; /* see directory.h */

typedef struct Loading {
    TmSetup *setup;
    TmDiagnostics *diagnostics;
    GChecksum *fingerprint;
    const char *folder;
    GHashTable *named_calendars;  /* folded key -> GArray of TmDay */
    GHashTable *joined_calendars; /* "country\nlocation" -> index + 1 */
    GArray *units;                /* UnitDraft */
    GHashTable *unit_ids;         /* id -> index + 1 into units */
    gboolean has_teams_file;
    gboolean has_people_file;
    GPtrArray *people;           /* PersonDraft; by first row, then by address */
    GHashTable *people_by_email; /* -> PersonDraft */
    GArray *half_days;           /* see time_off.c */
    GStringChunk *paths;         /* of files, for as long as loading lasts */
    struct Directory *directory;
} Loading;

/* Each reads its files; FALSE when one cannot be used at all (which is reported). */
gboolean holidays_load(Loading *loading);
gboolean teams_load(Loading *loading);
gboolean people_load(Loading *loading);
gboolean identities_load(Loading *loading);
gboolean repositories_load(Loading *loading);
gboolean licences_load(Loading *loading);
gboolean contracts_load(Loading *loading);
gboolean budgets_load(Loading *loading);
gboolean goals_load(Loading *loading);
gboolean invoices_load(Loading *loading);
gboolean events_load(Loading *loading);
gboolean time_off_load(Loading *loading);
gboolean prices_load(Loading *loading);

/* All rows of people are read: fixes their indexes. FALSE when there is no list of people. */
gboolean people_number(Loading *loading);

/* All units that files name are there: finds parents and breaks cycles. */
void units_link(Loading *loading);

/* Derives units, places people in them and fills setup->teams and setup->people. */
void units_arrange(Loading *loading);

/* The path as a text that lasts while loading does. */
const char *path_kept(Loading *loading, const char *path);

/* Adds a unit; the id must be new. Gives its index. */
guint unit_add(Loading *loading, const char *id, const char *name, TmTeamType type);
/* Text as the id of a unit, without the letters that an id cannot have. Owned by the caller. */
char *unit_id_from_text(const char *text);
guint unit_find(const Loading *loading, const char *id); /* G_MAXUINT if there is none */

/* Index of the calendar for a person's country and location; CALENDAR_NONE if neither has one. */
guint32 calendar_for(Loading *loading, const char *country, const char *location);

/* The zone by this name, shared and owned by the setup; NULL if there is none. */
GTimeZone *zone_shared(Loading *loading, const char *name);

/* ---- References from rows; each reports and gives FALSE ---------------------------------- */

/* A tool by key, new ones get the next index. "*" or empty gives TM_TOOL_LIMIT if `any`. */
gboolean row_tool(
    Loading *loading, const TableRow *row, guint column, gboolean any, TmToolIndex *tool);

/* A team by id; "*" is the organisation. */
gboolean row_team(Loading *loading, const TableRow *row, guint column, TmTeamIndex *team);

/* Key of a known plan, free text as it stands, NULL where empty. Owned by the caller. */
char *row_plan(const TableRow *row, guint column);

/* Person by address or by an alias in identities.csv; TM_PERSON_UNRESOLVED if unknown. */
TmPersonIndex person_by_email(const TmSetup *setup, TmToolIndex tool, const char *email, TmDay day);

/* ---- Identities -------------------------------------------------------------------------- */

typedef struct IdentityKey {
    TmToolIndex tool; /* TM_TOOL_LIMIT: any */
    TmIdentityKind kind;
    const char *value; /* folded */
    gsize length;
} IdentityKey;

typedef struct IdentityRow {
    TmDay first, last;
    TmPersonIndex person; /* or TM_PERSON_IGNORED */
} IdentityRow;

typedef struct IdentityEntry {
    IdentityKey key; /* owns its value */
    GArray *rows;    /* IdentityRow */
} IdentityEntry;

#define MOST_IDENTITY_BYTES 4096

/* The entry of this key; NULL if there is none. */
const IdentityEntry *identity_find(const TmSetup *setup, const IdentityKey *key);

/* Adds an identity; FALSE if an earlier one gives it to somebody else on some of these days. */
gboolean identity_add(TmSetup *setup, const IdentityKey *key, const IdentityRow *row);

extern const char *const identity_kind_names[TM_IDENTITY_KIND_COUNT + 1];

guint identity_hash(gconstpointer key);
gboolean identity_equal(gconstpointer left, gconstpointer right);
gboolean identity_ignores_case(TmIdentityKind kind);

/* Folds a value into `out` of MOST_IDENTITY_BYTES; FOLD_TOO_LONG if it cannot match anything. */
gsize identity_fold(TmIdentityKind kind, const char *value, gsize length, char *out);

gboolean days_overlap(TmDay first, TmDay last, TmDay other_first, TmDay other_last);

#endif
