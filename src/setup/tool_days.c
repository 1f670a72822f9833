/* On which days the company has a tool. */
#include <tidemark/setup.h>

static guint8 within(TmWeek week, TmDay first, TmDay last)
{
    TmDay monday = tm_week_monday(week);
    guint8 days = 0;
    for (int day = 0; day < 7; day++)
        if ((first == TM_DAY_NONE || monday + day >= first) && monday + day <= last)
            days |= (guint8)(1u << day);
    return days;
}

guint8 tm_setup_tool_days(const TmSetup *setup, TmToolIndex tool, TmWeek week)
{
    guint8 days = 0;
    gboolean named = FALSE;
    for (guint i = 0; i < setup->licences->len; i++) {
        const TmLicence *licence = &g_array_index(setup->licences, TmLicence, i);
        if (licence->tool != tool)
            continue;
        named = TRUE;
        days |= within(week, licence->first, licence->last);
    }
    for (guint i = 0; i < setup->contracts->len; i++) {
        const TmContract *contract = &g_array_index(setup->contracts, TmContract, i);
        if (contract->tool != tool)
            continue;
        named = TRUE;
        days |= within(week, contract->first, contract->last);
    }
    return named ? days : TM_ALL_DAYS;
}
