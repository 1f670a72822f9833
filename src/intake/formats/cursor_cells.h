/*
 * cursor_cells: cells of Cursor's CSV files. `field` is the column's name, for messages.
 */
#ifndef TIDEMARK_INTAKE_CURSOR_CELLS_H
#define TIDEMARK_INTAKE_CURSOR_CELLS_H

#include "../json_values.h"

/*
 * A whole number, perhaps with commas between its digits; an empty cell is none. FALSE when the row
 * was reported.
 */
gboolean tm_cursor_cell_count(
    TmReading *reading, TmCell cell, const TmFieldRule *rule, TmCount *count);

/*
 * YYYY-MM-DD, or an instant, of which the UTC day is taken; *instant is TM_INSTANT_NONE for a day
 * alone. FALSE when the row was reported.
 */
gboolean tm_cursor_cell_day(
    TmReading *reading, TmCell cell, const TmFieldRule *rule, TmDay *day, gint64 *instant);

#endif
