/* html_style: the style sheet of HTML reports, as constant texts; colours come as properties. */
#ifndef TM_PRESS_HTML_STYLE_H
#define TM_PRESS_HTML_STYLE_H

/* Uses var(--text), var(--muted) … one property an ink; see html.c. */
extern const char *const tm_html_style[]; /* parts in order, then NULL */

#endif
