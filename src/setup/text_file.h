/* text_file: reads a whole set-up file into memory, bounded, and adds it to the fingerprint. */
#ifndef SETUP_TEXT_FILE_H
#define SETUP_TEXT_FILE_H

#include <tidemark/base.h>

typedef enum TextFileState {
    TEXT_FILE_READ,
    TEXT_FILE_MISSING,
    TEXT_FILE_UNUSABLE, /* reported as `kind` */
} TextFileState;

/*
 * The bytes without a byte order mark, owned by the caller and ended by NUL. `fingerprint` may be
 * NULL.
 */
TextFileState text_file_read(const char *path, TmDiagnosticKind kind, TmDiagnostics *diagnostics,
    GChecksum *fingerprint, char **bytes, gsize *length);

#endif
