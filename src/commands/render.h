/* render: the files of a published week, from the archive alone. */
#ifndef TM_COMMANDS_RENDER_H
#define TM_COMMANDS_RENDER_H

#include "command.h"
#include <tidemark/archive.h>

/*
 * Writes the reports of `week` (TM_WEEK_NONE: the last published) below the output folder, or
 * prints tree or trace. Paths of written files are printed.
 */
gboolean tm_render(
    const TmInvocation *invocation, const TmSettings *settings, TmWeek week, GError **error);

/* Writes one file and prints its path; with --dry-run it only says so. */
gboolean tm_render_write(const TmInvocation *invocation, const char *folder, const char *name,
    const void *bytes, gsize length, GError **error);

/* Last published week, TM_WEEK_NONE if there is none. */
TmWeek tm_render_last_week(TmArchive *archive);

#endif
