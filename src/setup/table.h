/*
 * table: reads a set-up CSV file by a constant table of its columns.
 *
 * Each set-up file is a TableFormat: its columns with the headings under which they are known, and
 * one function that takes a row. Headings are compared without case, blanks, "-", "." and "_"; of a
 * heading such as "User name [userPrincipalName] Required" the name in brackets counts.
 */
#ifndef SETUP_TABLE_H
#define SETUP_TABLE_H

#include <tidemark/base.h>

typedef struct TableColumn {
    const char *name;    /* as documented */
    const char *aliases; /* other headings, best first, with blanks between; or NULL */
    guint needed;        /* 0: may be missing; one column of each other number must be there */
} TableColumn;

typedef struct TableRow {
    const char *file;
    guint64 line;
    const TableColumn *columns;
    const char *const *cells; /* by column, trimmed; "" where not given */
    TmDiagnostics *diagnostics;
} TableRow;

typedef struct TableFormat {
    const char *file_name;
    const TableColumn *columns;
    guint column_count;
    const char *unread; /* headings that are known and not read, or NULL */
    void (*take)(const TableRow *row, gpointer user);
} TableFormat;

typedef enum TableState {
    TABLE_READ,
    TABLE_MISSING,
    TABLE_UNUSABLE, /* reported as BAD_SETUP */
} TableState;

/* Reads the file of this format in `folder`; bad rows are reported and left out. */
TableState table_read(const char *folder, const TableFormat *format, TmDiagnostics *diagnostics,
    GChecksum *fingerprint, gpointer user);

/* A format that a file may have, as its header tells. */
typedef struct TableChoice {
    const TableFormat *format;
    const char *marks;   /* the header has one of these headings; NULL: its needed columns do */
    const char *foreign; /* and none of these, which belong to lists of another kind; or NULL */
} TableChoice;

/*
 * Reads a table of which only the content is known: by the first of the choices, ended by one
 * without a format, that its header fits. `read` says in a refusal what would have been read.
 */
TableState table_read_any(const char *path, const char *text, gsize length,
    const TableChoice *choices, const char *read, TmDiagnostics *diagnostics, gpointer user);

#endif
