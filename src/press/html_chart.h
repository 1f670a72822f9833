/* html_chart: a chart as inline SVG. */
#ifndef TM_PRESS_HTML_CHART_H
#define TM_PRESS_HTML_CHART_H

#include "html_nodes.h"

/*
 * Draws the chart at the design size of its form; wide forms a second time for small screens,
 * where the style sheet shows that one instead. `title` names it for screen readers and may be
 * NULL, `alt` says what it shows.
 */
void tm_html_chart(TmHtmlPage *page, const TmChart *chart, const char *title, const char *alt);

#endif
