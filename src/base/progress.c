/* A progress line on a terminal; it changes only with the whole percent, so steps cost nothing. */
#include <tidemark/base.h>

#include <stdio.h>
#include <unistd.h>

struct TmProgress {
    char *what;
    guint64 total;
    int percent; /* as shown; -1: nothing is shown yet */
    gboolean visible;
};

TmProgress *tm_progress_new(const char *what, guint64 total)
{
    TmProgress *progress = g_new0(TmProgress, 1);
    progress->what = g_strdup(what);
    progress->total = total;
    progress->percent = -1;
    progress->visible = isatty(STDERR_FILENO) == 1;
    return progress;
}

void tm_progress_step(TmProgress *progress, guint64 done)
{
    if (!progress->visible || progress->total == 0)
        return;
    guint64 reached = MIN(done, progress->total);
    int percent = (int)((double)reached / (double)progress->total * 100.0);
    if (percent == progress->percent)
        return;
    progress->percent = percent;
    fprintf(stderr, "\r\033[K%s %3d %%", progress->what, percent);
    fflush(stderr);
}

void tm_progress_free(TmProgress *progress)
{
    if (progress == NULL)
        return;
    if (progress->percent >= 0) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    g_free(progress->what);
    g_free(progress);
}
