/*
 * Runs a fuzz target over stored inputs: replay FOLDER. An input that breaks a promise ends the
 * program. Each is in memory of its own size, so that a sanitizer sees every byte read beyond it.
 */
#include "fuzz.h"

static int by_name(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Names of the files in a folder, sorted. */
static GPtrArray *list_inputs(const char *folder)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
    const char *name;
    while (listing != NULL && (name = g_dir_read_name(listing)) != NULL)
        g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(names, by_name);
    return names;
}

static void run_input(const char *path)
{
    char *bytes = NULL;
    gsize length;
    fprintf(stderr, "%s\n", path); /* so that the last name is that of the input that failed */
    g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    guint8 *exact = g_memdup2(bytes, length);
    g_free(bytes);
    LLVMFuzzerTestOneInput(exact, length);
    g_free(exact);
}

int main(int count, char **arguments)
{
    g_assert_cmpint(count, ==, 2);
    g_autoptr(GPtrArray) inputs = list_inputs(arguments[1]);
    LLVMFuzzerTestOneInput((const guint8 *)"", 0);
    for (guint i = 0; i < inputs->len; i++)
        run_input(inputs->pdata[i]);
    printf("%u inputs\n", inputs->len);
    return inputs->len > 0 ? 0 : 1;
}
