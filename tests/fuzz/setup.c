/*
 * Set-up files and exports of the company's directory: whatever one of them holds, loading ends and
 * keeps the promises of a setup. The first byte chooses the file; the others of the company are
 * sound.
 */
#include "../setup/promises.h"
#include "fuzz.h"

static const struct {
    const char *name;
    const char *sound; /* NULL: not there */
} files[] = {
    {"people.csv", "email,name,team_id,start_date,end_date\nana@x.io,Ana,core,2025-01-01,\n"
                   "ben@x.io,Ben,core,2025-01-01,2026-08-31\nben@x.io,Ben,web,2026-09-01,\n"},
    {"teams.csv", "team_id,name,parent_team_id,type\neng,Engineering,,department\n"
                  "core,Core,eng,team\nweb,Web,eng,team\n"},
    {"identities.csv", "email,tool,kind,value\nana@x.io,copilot,login,ana-x\n"},
    {"licenses.csv", NULL},
    {"subscriptions.csv", NULL},
    {"budgets.csv", NULL},
    {"goals.csv", NULL},
    {"timeoff.csv", NULL},
    {"holidays.csv", NULL},
    {"DE.ics", NULL},
    {"repositories.csv", NULL},
    {"prices.csv", NULL},
    {"directory/export", NULL},
    {"directory/core/export", NULL},
    {"tidemark.ini", "[organisation]\nname = Test\ntime_zone = Europe/Lisbon\n"},
    {"events.csv", NULL},
    {"invoices.csv", NULL},
};

static void write_sound(guint file)
{
    if (files[file].sound != NULL)
        fuzz_write(files[file].name, files[file].sound, strlen(files[file].sound));
    else
        g_remove(files[file].name);
}

static void make_company(void)
{
    static gboolean made;
    if (made)
        return;
    fuzz_enter_folder();
    g_assert_cmpint(g_mkdir_with_parents("directory/core", 0700), ==, 0);
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        write_sound(i);
    made = TRUE;
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    guint file = fuzz_choice(&bytes, &length) % G_N_ELEMENTS(files);
    make_company();
    fuzz_write(files[file].name, bytes, length);
    promises_check("tidemark.ini");
    write_sound(file);
    return 0;
}
