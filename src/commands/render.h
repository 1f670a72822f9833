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

/* Last published week, TM_WEEK_NONE if there is none. */
TmWeek tm_render_last_week(TmArchive *archive);

#endif
