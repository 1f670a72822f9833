/*
 * directory_entry: one entry of a directory's JSON, as the fields that mean something to us.
 *
 * All kinds of entries are read by one table, since their fields do not contradict one another;
 * what an entry is, directory_kinds.c tells by the fields that it has.
 */
#ifndef SETUP_DIRECTORY_ENTRY_H
#define SETUP_DIRECTORY_ENTRY_H

#include <tidemark/records.h>

#include "loading.h"

typedef enum EntryText {
    ENTRY_NOTHING, /* known and not read */
    ENTRY_ID,
    ENTRY_NAME,
    ENTRY_DISPLAY_NAME,
    ENTRY_TYPE,
    /* SCIM */
    ENTRY_USER_NAME,
    ENTRY_GIVEN_NAME,
    ENTRY_FAMILY_NAME,
    ENTRY_FORMATTED_NAME,
    ENTRY_ACTIVE,
    ENTRY_TIME_ZONE,
    ENTRY_DEPARTMENT,
    ENTRY_TOTAL, /* of a page */
    /* GitHub */
    ENTRY_LOGIN,
    ENTRY_SLUG,
    ENTRY_PARENT_SLUG,
    /* Backstage */
    ENTRY_KIND,
    ENTRY_METADATA_NAME,
    ENTRY_NAMESPACE,
    ENTRY_TITLE,
    ENTRY_GITHUB_LOGIN,
    ENTRY_SPEC_TYPE,
    ENTRY_SPEC_PARENT,
    ENTRY_PROFILE_NAME,
    ENTRY_PROFILE_EMAIL,
    /* DX */
    ENTRY_REFERENCE_ID,
    ENTRY_PARENT_REFERENCE_ID,
    ENTRY_PARENT_ID,
    ENTRY_PARENT_NAME,
    ENTRY_CONTRIBUTOR_COUNT,
    ENTRY_TEXT_COUNT
} EntryText;

typedef enum EntryList {
    ENTRY_SCHEMAS,
    ENTRY_EMAILS,
    ENTRY_GROUPS,
    ENTRY_MEMBERS,
    ENTRY_CONTRIBUTORS,
    ENTRY_SPEC_CHILDREN,
    ENTRY_SPEC_MEMBERS,
    ENTRY_SPEC_MEMBER_OF,
    ENTRY_LIST_COUNT
} EntryList;

/* The texts of an element of a list; an element that is no object is its value. */
typedef enum ElementText {
    ELEMENT_NOTHING,
    ELEMENT_VALUE,
    ELEMENT_DISPLAY,
    ELEMENT_TYPE,
    ELEMENT_PRIMARY,
    ELEMENT_TEXT_COUNT
} ElementText;

typedef struct EntryElement {
    char *texts[ELEMENT_TEXT_COUNT]; /* NULL where not given */
} EntryElement;

typedef struct DirectoryEntry {
    TmPlace place;                   /* without a field */
    const char *folder;              /* name of the folder in which the file lies, or NULL */
    char *texts[ENTRY_TEXT_COUNT];   /* trimmed; NULL where not given or empty */
    GArray *lists[ENTRY_LIST_COUNT]; /* EntryElement; NULL where the entry has no such list */
} DirectoryEntry;

/*
 * Reads one object into an entry that was empty. FALSE when it is broken or has a field of a type
 * that it cannot have: reported.
 */
gboolean entry_read(DirectoryEntry *entry, TmJsonRecord *record, const TmJsonPiece *piece,
    TmDiagnostics *diagnostics);

void entry_clear(DirectoryEntry *entry);

/*
 * Takes what the entry says into the directory. FALSE when it is of no known kind.
 */
gboolean entry_take(Loading *loading, const DirectoryEntry *entry);

#endif
