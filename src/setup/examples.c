/* The files that `init` writes: a commented tidemark.ini and one example of each set-up file. */
#include <string.h>

#include "settings_text.h"

static const struct {
    const char *name;
    const char *text;
} examples[] = {
    {"people.csv",
        "email,name,team_id,country,time_zone,work_days,start_date,end_date,status\n"
        "ana@example.com,Ana Lima,core,PT,Europe/Lisbon,Mon-Fri,2026-01-05,,active\n"
        "ben@example.com,Ben Ito,core,JP,Asia/Tokyo,xxxx---,2026-01-05,2026-08-31,active\n"
        "ben@example.com,Ben Ito,web,JP,Asia/Tokyo,xxxx---,2026-09-01,,active\n"},
    {"teams.csv", "team_id,name,parent_team_id,type,function,stage\n"
                  "engineering,Engineering,,department,,\n"
                  "core,Core,engineering,team,backend,3\n"
                  "web,Web,engineering,team,frontend,3\n"},
    {"licenses.csv", "email,tool,plan,start_date,end_date,monthly_price,currency\n"
                     "ana@example.com,cursor,business,2026-01-05,,40.00,USD\n"
                     "ben@example.com,copilot,enterprise,2026-03-15,2026-09-30,,\n"},
    {"subscriptions.csv",
        "tool,plan,seats,price_per_seat,billing_period,currency,start_date,end_date,cost_center\n"
        "copilot,enterprise,10,39.00,month,USD,2026-01-01,2026-12-31,CC-100\n"},
    {"identities.csv", "email,tool,kind,value,start_date,end_date\n"
                       "ana@example.com,copilot,login,ana-lima_example,,\n"
                       "-,,login,renovate[bot],,\n"},
    {"repositories.csv", "repository,team_id\n"
                         "example/core,core\n"
                         "WEB,web\n"},
    {"timeoff.csv", "email,start_date,end_date,portion,status\n"
                    "ana@example.com,2026-08-10,2026-08-21,1,approved\n"},
    {"holidays.csv", "date,name,calendar\n"
                     "2026-01-01,New Year,*\n"
                     "2026-12-08,Immaculate Conception,PT\n"},
    {"budgets.csv", "team_id,tool,month,amount,currency\n"
                    "*,*,2026,12000.00,USD\n"
                    "*,*,2026-11,1500.00,USD\n"},
    {"prices.csv", "tool,model,input,cache_write,cache_read,output,currency,start_date,end_date\n"
                   "*,example-model-1*,3.00,3.75,0.30,15.00,USD,2026-01-01,\n"
                   "cursor,example-model-1-large,2.40,3.00,0.24,12.00,USD,2026-07-01,2027-06-30\n"},
    {"goals.csv", "team_id,metric,target,lower,upper,start_date,end_date\n"
                  "*,adoption,70,60,,2026-01-01,\n"},
    {"invoices.csv", "tool,period_start,period_end,amount,currency\n"
                     "copilot,2026-10-01,2026-10-31,402.50,USD\n"},
    {"events.csv", "date,team_id,text\n"
                   "2026-09-14,*,Workshops begin\n"
                   "2026-10-05,core,Core may use agents\n"},
};

static gboolean write_example(const char *folder, const char *name, const char *text,
    GPtrArray *written_paths, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return TRUE;
    if (!tm_file_write(path, text, strlen(text), error))
        return FALSE;
    if (written_paths != NULL)
        g_ptr_array_add(written_paths, g_steal_pointer(&path));
    return TRUE;
}

gboolean tm_setup_write_examples(const char *folder, GPtrArray *written_paths, GError **error)
{
    g_autofree char *settings = settings_example();
    if (!write_example(folder, "tidemark.ini", settings, written_paths, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
        if (!write_example(folder, examples[i].name, examples[i].text, written_paths, error))
            return FALSE;
    }
    return TRUE;
}
