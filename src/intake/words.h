/*
 * words: how surfaces, tasks and yes or no are written in our own formats, whatever the case. An
 * empty cell is unknown, and no. FALSE for any other word.
 */
#ifndef TIDEMARK_INTAKE_WORDS_H
#define TIDEMARK_INTAKE_WORDS_H

#include <tidemark/intake.h>
#include <tidemark/records.h>

gboolean tm_surface_parse(TmCell cell, TmSurface *surface);
gboolean tm_task_parse(TmCell cell, TmTask *task);
gboolean tm_truth_parse(TmCell cell, gboolean *truth);

#endif
