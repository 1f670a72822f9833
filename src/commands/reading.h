/*
 * reading: many files side by side, taken in order. Two workers read; the main thread takes each
 * file's result in the order of the paths, so that what is printed and stored never depends on
 * timing. Few files are under way at once, so memory does not grow with their number.
 */
#ifndef TM_COMMANDS_READING_H
#define TM_COMMANDS_READING_H

#include "command.h"
#include <tidemark/intake.h>

typedef struct TmReading {
    const GPtrArray *paths; /* char* */
    TmIntakeOptions options;
    /* In a worker: a sink for one file, and what belongs to it. */
    gpointer (*open)(gpointer user, TmIntakeSink *sink);
    /* In the worker, when the file has been read; NULL: nothing to do. */
    void (*close)(gpointer file);
    /* In the main thread, in order. `taken`: something of the file was read. Owns `file`. */
    gboolean (*take)(
        gpointer user, gpointer file, const TmFileSummary *summary, gboolean taken, GError **error);
    gpointer user;
    TmDiagnostics *diagnostics;
    const char *what; /* for the progress line */
} TmReading;

/* FALSE with an error as soon as `take` fails. */
gboolean tm_exports_read(const TmReading *reading, GError **error);

/* Loads the set-up and prepares intake for it. NULL with an error. */
TmSetup *tm_exports_setup(TmInvocation *invocation, GError **error);

/* Files below the arguments, or below the exports folder when there are none. NULL with an error.
 */
GPtrArray *tm_exports_find(TmInvocation *invocation, const TmSettings *settings, GError **error);

/* Today, and the period that --since and --until ask for. */
TmIntakeOptions tm_exports_options(const TmInvocation *invocation, const TmSettings *settings);

/* Today in the organisation's zone: --today, else the clock. */
TmDay tm_exports_today(const TmInvocation *invocation, const TmSettings *settings);

#endif
