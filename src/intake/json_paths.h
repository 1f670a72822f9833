/*
 * json_paths: the field table of a JSON format as a tree, and the walk of a record along it.
 *
 * A rule's name is a path: "core_metrics.num_sessions"; "model_breakdown[].model" goes into the
 * elements of an array; "tool_actions.*.accepted" into every member of an open map. Paths that
 * begin with "page." are members of the page around the records. Variants are separated by '|'.
 */
#ifndef TIDEMARK_INTAKE_JSON_PATHS_H
#define TIDEMARK_INTAKE_JSON_PATHS_H

#include "formats.h"

typedef struct TmJsonPaths TmJsonPaths;

TmJsonPaths *tm_json_paths_new(const TmFieldRule *rules, guint count);
void tm_json_paths_free(TmJsonPaths *paths);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmJsonPaths, tm_json_paths_free)

typedef enum TmWalk {
    TM_WALK_DONE,
    TM_WALK_BROKEN, /* tm_json_record_fault() says why */
    TM_WALK_TWICE,  /* a member of the table is there twice: *twice is its name */
} TmWalk;

/*
 * Walks an opened record (or, with `page`, the members of a page) and calls the format's field().
 * Content is dropped unread and counted in the summary; unknown members are kept in mind.
 */
TmWalk tm_json_paths_walk(TmJsonPaths *paths, gboolean page, TmJsonRecord *record,
    const TmJsonFormat *format, gpointer state, TmReading *reading, const char **twice);

/* Notes the unknown members of the last record, once it is known to be one of the format. */
void tm_json_paths_note_unknown(const TmJsonPaths *paths, TmReading *reading);

#endif
