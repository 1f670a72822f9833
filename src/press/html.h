/* html: a document as one HTML file. */
#ifndef TM_PRESS_HTML_H
#define TM_PRESS_HTML_H

#include <tidemark/document.h>

#include "fonts.h"

/* Needs a document that tm_document_validate() has passed. Owned by the caller. */
GBytes *tm_html_document(TmFonts *fonts, const TmDocument *document);

#endif
