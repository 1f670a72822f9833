/* check_intake: what holds of every export that is read, whatever is in it. */
#ifndef TESTS_FUZZ_CHECK_INTAKE_H
#define TESTS_FUZZ_CHECK_INTAKE_H

#include <glib.h>

/*
 * Writes the bytes into the working directory and reads them as an export: what comes out keeps the
 * promises of <tidemark/intake.h>, and the same bytes give the same twice.
 */
void check_intake(const guint8 *bytes, gsize length);

#endif
