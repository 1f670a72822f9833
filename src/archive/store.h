/* store: the SQLite file under the archive. Private to archive. */
#ifndef TM_ARCHIVE_STORE_H
#define TM_ARCHIVE_STORE_H

#include <sqlite3.h>
#include <tidemark/archive.h>

struct TmArchive {
    sqlite3 *database;
    TmArchiveMode mode;
};

/* One line of the chain, in the order of `sequence`. */
typedef struct TmLine {
    gint64 sequence;
    TmWeek issue, week;
    const char *kind, *scope, *body;
    const guint8 *hash; /* 32 bytes */
} TmLine;

/* Sets *error from the database's message. Always FALSE. */
gboolean tm_store_fail(sqlite3 *database, const char *doing, GError **error);

/* hash = SHA-256 of the hash before and of issue, week, kind, scope and body, each ended by LF. */
void tm_line_hash(const TmLine *line, const guint8 before[32], guint8 hash[32]);

/* Calls `each` for all lines that the condition selects ("week <= ?1"), in order. FALSE on errors,
 * or as soon as `each` says so. */
gboolean tm_store_each(TmArchive *archive, const char *condition, gint64 argument,
    gboolean (*each)(gpointer user, const TmLine *line, GError **error), gpointer user,
    GError **error);

#endif
