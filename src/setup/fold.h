/* fold: the form in which addresses, logins and names are compared. */
#ifndef SETUP_FOLD_H
#define SETUP_FOLD_H

#include <glib.h>

#define FOLD_TOO_LONG G_MAXSIZE

/*
 * Writes `text` without blanks around it, in lower case if `lower`, and ended by NUL into `out`.
 * Gives the length, or FOLD_TOO_LONG if it does not fit or holds a NUL. Allocates nothing.
 */
gsize fold_into(const char *text, gsize length, gboolean lower, char *out, gsize size);

/* The same in lower case as a new string. */
char *fold_dup(const char *text);

#endif
