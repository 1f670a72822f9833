/*
 * own_pages: files whose pages are not those of the program's formats. What the records of a file
 * are decides which arrays hold them, and the other way round, so the beginning is read once with
 * the arrays of each format that has its own.
 */
#ifndef TIDEMARK_INTAKE_OWN_PAGES_H
#define TIDEMARK_INTAKE_OWN_PAGES_H

#include "formats.h"

/*
 * The page arrays of the format that the file at `path` is of, or is near to, so that its records
 * are named as they are refused; NULL: tm_json_page_arrays.
 */
const char *const *tm_own_page_arrays(const char *path);

#endif
