/*
 * Window reader over read(2) and zlib. What is read goes into the hash at once. Bytes of a gzip
 * file come into `stored` and are unfolded to the end of the window; those of a plain file go there
 * directly, but for the first ones, which had to be looked at to tell the two apart.
 */
#include <tidemark/records.h>

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* largest window; 16: with gzip header */

struct TmBytesPrivate {
    int descriptor;
    gsize chunk;
    char *buffer; /* the window lies in it, from `start` */
    gsize start, capacity;
    guint8 *stored; /* `chunk` bytes as stored (at least 2, to tell gzip) */
    gsize stored_size, stored_from, stored_to;
    gboolean ended;     /* the descriptor gives no more */
    gboolean in_member; /* a gzip member has begun and not ended */
    z_stream stream;
    guint64 size, unfolded;
    struct sha256_ctx hash;
    gint64 modified;
};

/* Reads once into `target` and hashes; 0 at the end and on failure. */
static gsize read_hashed(TmBytes *bytes, void *target, gsize size)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    if (hidden->ended)
        return 0;
    ssize_t count;
    do
        count = read(hidden->descriptor, target, size);
    while (count < 0 && errno == EINTR);
    if (count < 0 && bytes->failure == TM_BYTES_FINE)
        bytes->failure = TM_BYTES_READ_ERROR;
    if (count <= 0) {
        hidden->ended = TRUE;
        return 0;
    }
    sha256_update(&hidden->hash, (size_t)count, target);
    hidden->size += (guint64)count;
    return (gsize)count;
}

/* Refills `stored` when it is used up. FALSE when there is nothing more. */
static gboolean fill_stored(TmBytes *bytes)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    if (hidden->stored_from < hidden->stored_to)
        return TRUE;
    hidden->stored_from = 0;
    hidden->stored_to = read_hashed(bytes, hidden->stored, hidden->stored_size);
    return hidden->stored_to > 0;
}

/* Reads the first two bytes, which tell gzip from text. */
static void detect_gzip(TmBytes *bytes)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    while (hidden->stored_to < 2 && !hidden->ended)
        hidden->stored_to += read_hashed(
            bytes, hidden->stored + hidden->stored_to, hidden->stored_size - hidden->stored_to);
    bytes->compressed =
        hidden->stored_to >= 2 && hidden->stored[0] == 0x1f && hidden->stored[1] == 0x8b;
    if (bytes->compressed && inflateInit2(&hidden->stream, GZIP_WINDOW) != Z_OK)
        g_error("zlib cannot start: out of memory or a wrong version");
    hidden->in_member = bytes->compressed;
}

TmBytes *tm_bytes_new(int descriptor, gsize chunk)
{
    TmBytes *bytes = g_new0(TmBytes, 1);
    struct TmBytesPrivate *hidden = bytes->hidden = g_new0(struct TmBytesPrivate, 1);
    bytes->line = bytes->column = 1;
    hidden->descriptor = descriptor;
    hidden->chunk = chunk;
    hidden->stored_size = MAX(chunk, 2);
    hidden->stored = g_malloc(hidden->stored_size);
    hidden->capacity = 2 * chunk;
    hidden->buffer = g_malloc0(hidden->capacity + TM_BYTES_PADDING);
    bytes->data = hidden->buffer;
    sha256_init(&hidden->hash);
    detect_gzip(bytes);
    return bytes;
}

TmBytes *tm_bytes_open(const char *path, GError **error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        int code = errno;
        g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(code), g_strerror(code));
        if (descriptor >= 0)
            close(descriptor);
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "not a regular file");
        close(descriptor);
        return NULL;
    }
    TmBytes *bytes = tm_bytes_new(descriptor, TM_BYTES_CHUNK);
    bytes->hidden->modified = status.st_mtim.tv_sec;
    return bytes;
}

/* Makes room for one chunk behind the window: moves it to the front, or grows the buffer. */
static void make_room(TmBytes *bytes)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    if (hidden->start + bytes->length + hidden->chunk <= hidden->capacity)
        return;
    if (bytes->length + hidden->chunk > hidden->capacity) {
        hidden->capacity = 2 * (bytes->length + hidden->chunk);
        char *grown = g_malloc0(hidden->capacity + TM_BYTES_PADDING);
        memcpy(grown, bytes->data, bytes->length);
        g_free(hidden->buffer);
        hidden->buffer = grown;
    } else {
        memmove(hidden->buffer, bytes->data, bytes->length);
    }
    hidden->start = 0;
    bytes->data = hidden->buffer;
}

static gsize take_plain(TmBytes *bytes, char *target)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    if (hidden->stored_from == hidden->stored_to)
        return read_hashed(bytes, target, hidden->chunk);
    gsize count = MIN(hidden->chunk, hidden->stored_to - hidden->stored_from);
    memcpy(target, hidden->stored + hidden->stored_from, count);
    hidden->stored_from += count;
    return count;
}

/*
 * At the end of a gzip member: another one may follow. Other bytes behind the last member are
 * padding, and gzip itself overlooks them.
 */
static gboolean begin_next_member(TmBytes *bytes)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    if (!fill_stored(bytes) || hidden->stored[hidden->stored_from] != 0x1f) {
        hidden->stored_from = hidden->stored_to;
        return FALSE;
    }
    hidden->in_member = inflateReset(&hidden->stream) == Z_OK;
    return hidden->in_member;
}

static gsize unfold_stored(TmBytes *bytes, char *target)
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    gsize made = 0;
    while (made == 0 && bytes->failure == TM_BYTES_FINE) {
        if (!hidden->in_member && !begin_next_member(bytes))
            return 0;
        /* without more input, zlib may still hold what had no room in the window before */
        gboolean more = fill_stored(bytes);
        z_stream *stream = &hidden->stream;
        stream->next_in = hidden->stored + hidden->stored_from;
        stream->avail_in = (uInt)(hidden->stored_to - hidden->stored_from);
        stream->next_out = (Bytef *)target;
        stream->avail_out = (uInt)hidden->chunk;
        int result = inflate(stream, Z_NO_FLUSH);
        hidden->stored_from = hidden->stored_to - stream->avail_in;
        made = hidden->chunk - stream->avail_out;
        if (result == Z_STREAM_END)
            hidden->in_member = FALSE;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            bytes->failure = TM_BYTES_CORRUPT;
        else if (!more && made == 0 && bytes->failure == TM_BYTES_FINE)
            bytes->failure = TM_BYTES_TRUNCATED;
    }
    hidden->unfolded += made;
    if (hidden->unfolded > TM_GZIP_LARGEST && hidden->unfolded / TM_GZIP_RATIO > hidden->size) {
        bytes->failure = TM_BYTES_BOMB;
        return 0;
    }
    return made;
}

gboolean tm_bytes_more(TmBytes *bytes)
{
    if (bytes->failure != TM_BYTES_FINE)
        return FALSE;
    make_room(bytes);
    char *target = bytes->hidden->buffer + bytes->hidden->start + bytes->length;
    gsize added = bytes->compressed ? unfold_stored(bytes, target) : take_plain(bytes, target);
    bytes->length += added;
    return added > 0;
}

void tm_bytes_place(const TmBytes *bytes, gsize offset, guint64 *line, guint64 *column)
{
    const char *from = bytes->data, *end = bytes->data + offset, *newline;
    *line = bytes->line;
    *column = bytes->column;
    while (from < end && (newline = memchr(from, '\n', (gsize)(end - from))) != NULL) {
        (*line)++;
        *column = 1;
        from = newline + 1;
    }
    *column += (guint64)(end - from);
}

void tm_bytes_consume(TmBytes *bytes, gsize count)
{
    g_assert(count <= bytes->length);
    tm_bytes_place(bytes, count, &bytes->line, &bytes->column);
    bytes->data += count;
    bytes->length -= count;
    bytes->hidden->start += count;
}

void tm_bytes_finish(TmBytes *bytes, guint64 *size, guint8 sha256[32])
{
    struct TmBytesPrivate *hidden = bytes->hidden;
    do
        hidden->stored_from = hidden->stored_to;
    while (fill_stored(bytes));
    struct sha256_ctx hash = hidden->hash;
    sha256_digest(&hash, 32, sha256);
    *size = hidden->size;
}

gint64 tm_bytes_modified(const TmBytes *bytes)
{
    return bytes->hidden->modified;
}

void tm_bytes_free(TmBytes *bytes)
{
    if (bytes == NULL)
        return;
    if (bytes->compressed)
        inflateEnd(&bytes->hidden->stream);
    close(bytes->hidden->descriptor);
    g_free(bytes->hidden->stored);
    g_free(bytes->hidden->buffer);
    g_free(bytes->hidden);
    g_free(bytes);
}
