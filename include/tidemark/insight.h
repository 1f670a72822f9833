/*
 * insight: alerts, combined readings, the message and the decisions; from published cells only.
 *
 * Rules are tables (src/insight/): what must hold, what it says, what to do next. Thresholds come
 * from the issue. Nothing is kept as state: identity over weeks and frozen baselines are replayed
 * from the archive. Sentences are supportive and end in a question or a next step.
 */
#ifndef TIDEMARK_INSIGHT_H
#define TIDEMARK_INSIGHT_H

#include <tidemark/archive.h>
#include <tidemark/base.h>

G_BEGIN_DECLS

G_END_DECLS

#endif
