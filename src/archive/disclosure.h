/*
 * disclosure: exact figures become cells that may be published (docs/privacy.md, rules 1–7, 10,
 * 13). Private to archive.
 *
 *   tm_disclose_week()   decides every cell of a week
 *   tm_disclosure_check() goes through the result with code of its own; publishing stops when it
 *                        finds anything
 *
 * Nothing is left out of an addition: a cell that may not be printed is a band, or "not shown", and
 * then another cell of the same sum is banded too, so that nobody gets it back by subtraction.
 */
#ifndef TM_ARCHIVE_DISCLOSURE_H
#define TM_ARCHIVE_DISCLOSURE_H

#include <tidemark/archive.h>

/* Products of two 64-bit numbers. */
__extension__ typedef __int128 TmWide;

/* All cells of one week. Cells without a part are in a grid, those with one in lists. */
typedef struct TmWeekCells {
    const TmPartition *partition;
    guint scopes;
    TmCell *grid;      /* [scope × TM_KPI_COUNT + kpi]; TM_CELL_ABSENT where there is no cell */
    gint64 *published; /* the same shape: the value at published precision, printed or not */
    gint64 *bases;     /* the same shape: of how many people a count is a part */
    GArray **by_part;  /* [scope] TmCell */
} TmWeekCells;

/* A week under decision. */
typedef struct TmDisclosure {
    const TmMeasuredWeek *week;
    const TmPublishOptions *options;
    TmWeekCells *cells;
    const TmFigure **figures; /* [scope × TM_KPI_COUNT + kpi], NULL where there is none */
} TmDisclosure;

static inline const TmScope *tm_cells_scope(const TmWeekCells *cells, guint scope)
{
    return (const TmScope *)g_ptr_array_index(cells->partition->scopes, scope);
}

static inline const TmFigure *tm_disclosure_figure(
    const TmDisclosure *disclosure, guint scope, TmKpiId kpi)
{
    return disclosure->figures[(gsize)scope * TM_KPI_COUNT + kpi];
}

/* State of a grid place without a cell. */
#define TM_CELL_ABSENT ((TmCellState)99)

TmWeekCells *tm_disclose_week(const TmMeasuredWeek *week, const TmPublishOptions *options);
void tm_week_cells_free(TmWeekCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmWeekCells, tm_week_cells_free)

TmCell *tm_week_cell(const TmWeekCells *cells, guint scope, TmKpiId kpi);
gint64 *tm_week_published(const TmWeekCells *cells, guint scope, TmKpiId kpi);

/* A KPI that adds up over groups: a sum, or a total that stands under the p % rule itself. */
gboolean tm_adds_up(TmKpiId kpi);

/* FALSE with TM_ERROR_INTERNAL, naming rule, KPI and scope, when a cell may not be published. */
gboolean tm_disclosure_check(const TmWeekCells *cells, const TmMeasuredWeek *week,
    const TmPublishOptions *options, GError **error);

/*
 * Walks the groups whose cells of a KPI add up to that of `parent`: *scope is the one before, at
 * first the parent itself. FALSE behind the last. A department that is not measured as a whole is
 * passed over for its blocks. Blocks stand right behind their department.
 */
gboolean tm_cells_next_part(const TmWeekCells *cells, guint parent, TmKpiId kpi, guint *scope);

/* ---- Steps ------------------------------------------------------------------------------- */

/* Counts of people of the organisation and its departments: disclose_counts.c. */
void tm_disclose_counts(const TmDisclosure *disclosure);

/* Cuts of the organisation and its departments: disclose_cuts.c. */
void tm_disclose_cuts(const TmDisclosure *disclosure);

/* People that a group must have for a KPI: the minimum, or what the catalogue asks for. */
gint64 tm_people_needed(const TmKpi *kpi, const TmPublishOptions *options);

/* The organisation or a department. */
gboolean tm_is_upper_scope(const TmScope *scope);

/* Rule 5: under the minimum of contributors, or one or two make up most of the sum. */
gboolean tm_is_concentrated(const TmFigure *figure, const TmPublishOptions *options);

/* Bands second cells until no banded one can be had by subtraction. */
void tm_complement(TmWeekCells *cells);

/* Totals and ratios from published cells (rule 10). */
void tm_derive(TmWeekCells *cells, const TmPublishOptions *options);

/* Band limits. Counts: the reading bands of a rate out of `base`; magnitudes: 1–3–10 steps. */
void tm_band_count(TmCell *cell, gint64 count, gint64 base);
void tm_band_percent(TmCell *cell, gint64 count, gint64 base);
void tm_band_magnitude(TmCell *cell, gint64 value);

/* A count of people that tells of nobody, one, all but one, or everybody. */
gboolean tm_is_extreme(gint64 count, gint64 base);

#endif
