/* teams: the columns of a list of teams, and what a row of one means. */
#ifndef SETUP_TEAMS_H
#define SETUP_TEAMS_H

#include "loading.h"

typedef enum TeamColumn {
    TEAM_ID,
    TEAM_NAME,
    TEAM_PARENT,
    TEAM_TYPE,
    TEAM_FUNCTION,
    TEAM_STAGE,
    TEAM_ROLLOUT_START,
    TEAM_ROLLOUT_STATE,
    TEAM_COST_CENTER,
    TEAM_START,
    TEAM_END,
    TEAM_COLUMN_COUNT
} TeamColumn;

/* For lists in the folder of the directory. */
extern const TableFormat teams_format;

/* Takes a row as teams.csv would: reports what is wrong with it. Its unit; G_MAXUINT if left out.
 */
guint team_take(Loading *loading, const TableRow *row);

#endif
