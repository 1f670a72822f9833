/*
 * finish: sums become figures, subject by subject. Private to measure.
 */
#ifndef TM_MEASURE_FINISH_H
#define TM_MEASURE_FINISH_H

#include "pass.h"

/* Adds a figure with the flags of its week: incomplete, not measured. */
void tm_finish_add(TmMeasuredWeek *week, const TmFrame *frame, TmFigure figure);

/* Enough of a group's active people use tools that report sessions. */
gboolean tm_finish_sessions_are_covered(TmFrame *frame, guint scope);

/* Figures over all people of each group: medians, Gini coefficient, shares. */
void tm_finish_spread(TmMeasuredWeek *week, TmFrame *frame);

/* People counted for the organisation and its departments. */
void tm_finish_counts(const TmPass *pass, TmMeasuredWeek *week, guint index);

/* The parts of each cut, for the organisation and its departments. */
void tm_finish_cuts(const TmPass *pass, TmMeasuredWeek *week, guint index);

/* Seats of a tool, and what is known of its data, as of a week. */
void tm_finish_seats(TmPass *pass, TmMeasuredWeek *week, guint index, guint tool);
void tm_finish_tool_state(const TmPass *pass, TmMeasuredWeek *week, guint index, guint tool);

#endif
