/*
 * directory: what a company's own directories export, as people and teams.
 *
 * Files in the folder "directory" are known by their content. Lists in CSV go the way of people.csv
 * and teams.csv at once (people.c, teams.c). Entries of JSON refer to one another across files, so
 * that groups, memberships and accounts are kept here until all files are read:
 *
 *   directory.c        the folder: which files there are, and which kind each is
 *   directory_entry.c  an entry of JSON: the fields that any kind of entry has
 *   directory_kinds.c  what each kind of entry means: people, groups, links, accounts
 *   directory_place.c  groups become units, accounts identities, and links say who is where
 */
#ifndef SETUP_DIRECTORY_H
#define SETUP_DIRECTORY_H

#include "loading.h"

#define DIRECTORY_FOLDER "directory"

/* How an entry is referred to: its kind, ":", and its id there. Sources share no ids. */
#define KEY_SCIM "scim:"        /* a user or a group */
#define KEY_USER "user:"        /* of a Backstage catalogue */
#define KEY_GROUP "group:"      /* of a Backstage catalogue */
#define KEY_GITHUB_TEAM "slug:" /* a team */
#define KEY_DX "dx:"            /* a team */
#define KEY_LOGIN "login:"      /* a person, by the login of GitHub */
#define KEY_ADDRESS "address:"  /* a person, by the address */

/* A group that is a team, if its id can be one. */
typedef struct DirectoryGroup {
    TmPlace place;    /* field: that of the parent */
    char *key;        /* owned, as are the texts below */
    char *id;         /* that its unit shall have */
    char *other_id;   /* by which teams.csv may name it as well, or NULL */
    char *name;       /* or NULL */
    char *type;       /* or NULL */
    char *parent;     /* key, or NULL */
    gboolean implied; /* only members name it; an entry of its own replaces this one */
    char *unit_id;    /* set by directory_place.c; NULL: it is no team */
} DirectoryGroup;

/* A person or a group belongs to a group. */
typedef struct DirectoryLink {
    TmPlace place;
    char *member;          /* key */
    char *group;           /* key; NULL: only that there is such a person */
    gboolean own;          /* stands in the person's entry, not in the group's */
    gboolean makes_person; /* the member is an address, which puts its owner on the roster */
    gboolean reported;     /* the member is no address */
} DirectoryLink;

/* An account of a person, as a row of identities.csv has it. */
typedef struct DirectoryAccount {
    TmPlace place;
    char *email;
    TmToolIndex tool;
    TmIdentityKind kind;
    char *value;
} DirectoryAccount;

/* A list of SCIM that comes in pages: each page says how long the whole list is. */
typedef struct DirectoryCount {
    guint64 read;
    guint64 total;
    const char *file; /* that says the total */
} DirectoryCount;

typedef struct Directory {
    GPtrArray *groups;         /* DirectoryGroup, in the order of the files */
    GHashTable *groups_by_key; /* -> DirectoryGroup */
    GHashTable *people;        /* key of a user's entry -> key of the person */
    GArray *links;             /* DirectoryLink */
    GArray *accounts;          /* DirectoryAccount */
    DirectoryCount scim_users, scim_groups;
} Directory;

Directory *directory_new(void);
void directory_free(Directory *directory);

/* Reads all files of the folder; FALSE when one cannot be used at all (which is reported). */
gboolean directory_load(Loading *loading);

/* People and units are numbered: adds accounts, and puts people who have no team into groups. */
void directory_place(Loading *loading);

/* ---- Filling it; texts are copied, fields of places are borrowed for good ------------------- */

/* Does nothing when the value is empty, or the address itself. */
void directory_add_account(Loading *loading, const TmPlace *place, const char *email,
    TmToolIndex tool, TmIdentityKind kind, const char *value);

/* Takes over the texts of the group; a second one of the same key is reported and left out. */
void directory_add_group(Loading *loading, const DirectoryGroup *group);

/* Takes over member and group. */
void directory_add_link(Loading *loading, const DirectoryLink *link);

/* Makes units of the groups; before units_link(). */
void directory_make_units(Loading *loading);

#endif
