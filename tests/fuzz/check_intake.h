/* check_intake: what holds of every export that is read, whatever is in it. */
#ifndef TESTS_FUZZ_CHECK_INTAKE_H
#define TESTS_FUZZ_CHECK_INTAKE_H

#include <glib.h>

/*
 * Writes the bytes into the working directory and reads them as an export: what comes out keeps the
 * promises of <tidemark/intake.h>. FALSE when they are of no format.
 */
gboolean check_intake_promises(const guint8 *bytes, gsize length);

/* The same bytes give the same twice. */
void check_intake_twice(const guint8 *bytes, gsize length);

#endif
