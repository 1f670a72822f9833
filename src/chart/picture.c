/* Life of pictures. */
#include <tidemark/chart.h>

void tm_picture_free(TmPicture *picture)
{
    if (picture == NULL)
        return;
    g_array_unref(picture->shapes);
    g_free(picture);
}
