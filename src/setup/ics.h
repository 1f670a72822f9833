/* ics: all-day events of an iCalendar file. */
#ifndef SETUP_ICS_H
#define SETUP_ICS_H

#include <tidemark/setup.h>

typedef struct IcsEvent {
    guint64 line;
    TmDay first, last;    /* both included */
    const char *attendee; /* mail address, or NULL */
} IcsEvent;

/* Reports what is not supported and hands on each event, yearly ones up to `last_day`. */
void ics_read(const char *path, const char *text, gsize length, TmDay last_day,
    TmDiagnostics *diagnostics, void (*take)(const IcsEvent *event, gpointer user), gpointer user);

#endif
