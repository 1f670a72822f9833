/* Seeded random charts, and the rules that every picture of one must keep. */
#ifndef RANDOM_CHARTS_H
#define RANDOM_CHARTS_H

#include <tidemark/chart.h>

/* Any form, from none to 60 slots, all states, huge and tiny values, long names. */
TmChart *random_chart(GRand *random);

/*
 * NULL if no two texts of the picture overlap and nothing leaves its frame; else what is wrong.
 * A text's box is its width by the meter, from the top of capitals to the foot of descenders.
 * Owned by the caller.
 */
char *picture_fault(const TmPicture *picture, const TmTextMeter *meter);

#endif
