/*
 * bytes: a file as a window of bytes, plain or gzip, hashed while it is read.
 *
 *   tm_bytes_open() or tm_bytes_new() → { use data and length; tm_bytes_consume(); tm_bytes_more()
 * } → tm_bytes_finish() → tm_bytes_free()
 *
 * The window holds what was read and not yet consumed. tm_bytes_more() appends to it and may move
 * it; whoever reads decides how large it may become, by not asking for more. Behind the window
 * TM_BYTES_PADDING bytes may be read (never used), as SIMD readers want it.
 */
#ifndef TIDEMARK_INTAKE_BYTES_H
#define TIDEMARK_INTAKE_BYTES_H

#include <tidemark/base.h>

#define TM_BYTES_CHUNK (64 * 1024)
#define TM_BYTES_PADDING 64

/* The longest record of any format; the window never grows much beyond it. */
#define TM_RECORD_LIMIT (16 * 1024 * 1024)

/*
 * A gzip file is taken for a bomb when it unfolds to more than both: text of exports shrinks to
 * a tenth or a thirtieth, never to a two-hundredth.
 */
#define TM_GZIP_LARGEST (G_GUINT64_CONSTANT(1) << 30)
#define TM_GZIP_RATIO 200

typedef enum TmBytesFailure {
    TM_BYTES_FINE,
    TM_BYTES_READ_ERROR,
    TM_BYTES_TRUNCATED, /* the gzip stream ends too early */
    TM_BYTES_CORRUPT,   /* the gzip stream is damaged */
    TM_BYTES_BOMB,
} TmBytesFailure;

typedef struct TmBytes {
    const char *data; /* the window; owned */
    gsize length;
    guint64 line;   /* of data[0], from 1 */
    guint64 column; /* of data[0], from 1 */
    gboolean compressed;
    TmBytesFailure failure; /* why tm_bytes_more() ended early */
    struct TmBytesPrivate *hidden;
} TmBytes;

/* Opens a regular file. NULL with an error of G_FILE_ERROR. */
TmBytes *tm_bytes_open(const char *path, GError **error);

/* Takes over a descriptor; reads `chunk` bytes at a time (1 makes every boundary a test). */
TmBytes *tm_bytes_new(int descriptor, gsize chunk);

/* Appends to the window. FALSE at the end of the file and on failure: then nothing was added. */
gboolean tm_bytes_more(TmBytes *bytes);

/* Drops bytes from the front of the window and keeps count of lines. */
void tm_bytes_consume(TmBytes *bytes, gsize count);

/* Line and column of a byte of the window. */
void tm_bytes_place(const TmBytes *bytes, gsize offset, guint64 *line, guint64 *column);

/* Reads what is left, only to hash it. Size and SHA-256 of the bytes as stored. */
void tm_bytes_finish(TmBytes *bytes, guint64 *size, guint8 sha256[32]);

/* When the file last changed, in seconds since 1970; 0 for what is no file. */
gint64 tm_bytes_modified(const TmBytes *bytes);

void tm_bytes_free(TmBytes *bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TmBytes, tm_bytes_free)

#endif
