/*
 * finish: makes of cairo's tagged PDF one that meets PDF/UA-1 and PDF/A-3a.
 *
 *   finish.c            catalogue, document information, pages, attachments; reading and writing
 *   finish_structure.c  structure tree: alternative texts, scopes, links, artifacts
 *   finish_content.c    content streams: artifacts
 *   finish_metadata.c   XMP packet and sRGB profile
 */
#ifndef TM_PRESS_FINISH_H
#define TM_PRESS_FINISH_H

#include <qpdf/qpdf-c.h>
#include <tidemark/press.h>

#include "canvas.h"

/*
 * `elements` are those that the PDF canvas recorded. The bytes are owned by the caller; NULL with
 * TM_ERROR_INTERNAL when the file is not as cairo writes it.
 */
GBytes *tm_finish_pdf(GBytes *pdf, const GPtrArray *elements, const TmDocument *document,
    const TmAttachment *attachments, guint attachment_count, GError **error);

/*
 * Sets what the elements lack and takes the artifacts out. `artifacts` receives, for each page
 * object id, a GArray of the marked-content ids (int) that are artifacts now.
 */
gboolean tm_finish_structure(
    qpdf_data qpdf, const GPtrArray *elements, GHashTable *artifacts, GError **error);

/*
 * Replaces "/NonStruct <</MCID n>> BDC" by "/Artifact BMC" outside of strings. Appends the new
 * stream to `out`; returns how many were replaced.
 */
guint tm_finish_content(const char *content, gsize length, GString *out);

/* The XMP packet; dates as in the document information. Owned by the caller. */
char *tm_finish_xmp(const TmDocument *document);

/* An ICC profile (version 4, display, sRGB colours and curve). Owned by the caller. */
GBytes *tm_finish_srgb_profile(void);

#endif
