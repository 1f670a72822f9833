/* Charts in many states, for golden tests, for the gallery and for looking at. */
#ifndef SAMPLE_CHARTS_H
#define SAMPLE_CHARTS_H

#include <tidemark/chart.h>

typedef struct SampleChart {
    const char *name;
    double width, height;
    TmChart *(*make)(void);
} SampleChart;

extern const SampleChart sample_charts[];
extern const guint sample_chart_count;

/* A measured point. */
TmPoint sample_point(double value);

/* The newest `count` weeks up to W46 of 2026 as labels. */
void sample_weeks(TmChart *chart, guint count);

#endif
