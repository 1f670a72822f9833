/* settings: reads tidemark.ini and adds it to the fingerprint. */
#ifndef SETUP_SETTINGS_H
#define SETUP_SETTINGS_H

#include <tidemark/setup.h>

gboolean settings_read(TmSettings *settings, const char *path, TmDiagnostics *diagnostics,
    GChecksum *fingerprint, GError **error);

#endif
