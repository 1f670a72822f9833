/* prepare: what tm_intake_prepare() leaves for the readers; constant while threads read. */
#ifndef TIDEMARK_INTAKE_PREPARE_H
#define TIDEMARK_INTAKE_PREPARE_H

#include "formats.h"

/* The organisation's currency; NULL without a set-up: any will do. */
const char *tm_prepared_currency(void);

/* The source of tidemark.csv for a tool, named as in licenses.csv; NULL if there is no such tool.
 */
const TmSource *tm_prepared_csv_source(TmCell tool);

/* Adds a source. `key` is copied for good. NULL when there is no room. */
TmSource *tm_source_add(const char *key, const TmSource *source);

#endif
