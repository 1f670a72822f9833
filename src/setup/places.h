/* places: time zones by name, loaded once. */
#ifndef SETUP_PLACES_H
#define SETUP_PLACES_H

#include <glib.h>

/* NULL if the name is no IANA name that this machine knows. Owned by the caller. */
GTimeZone *zone_load(const char *name);

#endif
