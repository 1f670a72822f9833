/*
 * Price files: whatever one holds, loading ends, and a price is none or an amount. The first byte
 * chooses whose list it is.
 */
#include "../setup/promises.h"
#include "fuzz.h"

static const char *const files[] = {"model_prices_and_context_window.json", "api.json"};

static void make_company(void)
{
    static const char settings[] = "[organisation]\nname = Test\n";
    static const char people[] = "email,team_id\nana@x.io,core\n";
    fuzz_enter_folder();
    fuzz_write("tidemark.ini", settings, strlen(settings));
    fuzz_write("people.csv", people, strlen(people));
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    const char *file = files[fuzz_choice(&bytes, &length) % G_N_ELEMENTS(files)];
    make_company();
    fuzz_write(file, bytes, length);
    promises_check("tidemark.ini");
    g_remove(file);
    return 0;
}
