/* A file piece by piece; see lines.h. */
#include "lines.h"

/* Offset of the next end byte; the window's length when there is none before the end of the file,
 * or before the limit. */
static gsize find_end(OutcomeLines *lines)
{
    TmBytes *bytes = lines->bytes;
    for (gsize searched = 0;;) {
        const char *end = memchr(bytes->data + searched, lines->end, bytes->length - searched);
        if (end != NULL)
            return (gsize)(end - bytes->data);
        searched = bytes->length;
        if (searched > OUTCOME_LINE_LIMIT || !tm_bytes_more(bytes))
            return searched;
    }
}

static void discard_long(OutcomeLines *lines)
{
    gsize end;
    outcome_skip(lines->reading, TM_KIND_TOO_LONG, NULL, "longer than 1 MiB without an end");
    do {
        tm_bytes_consume(lines->bytes, lines->bytes->length);
        end = find_end(lines);
    } while (end == lines->bytes->length && end > 0);
    tm_bytes_consume(lines->bytes, MIN(end + 1, lines->bytes->length));
}

gboolean outcome_lines_next(OutcomeLines *lines, TmCell *piece)
{
    TmBytes *bytes = lines->bytes;
    for (;;) {
        tm_bytes_consume(bytes, lines->pending);
        lines->pending = 0;
        gsize end = find_end(lines);
        lines->reading->line = bytes->line;
        if (end > OUTCOME_LINE_LIMIT) {
            discard_long(lines);
            continue;
        }
        gboolean broken_off = end == bytes->length && bytes->failure != TM_BYTES_FINE;
        if (bytes->length == 0 || broken_off)
            return FALSE;
        *piece = (TmCell){bytes->data, end};
        lines->pending = MIN(end + 1, bytes->length);
        return TRUE;
    }
}
