/* The readers of formats.def, and the formats that they read. */
#include "formats.h"

#include <string.h>

enum {
#define CSV(name) +1
#define JSON(name)
    CSV_COUNT = 0
#include "formats.def"
    ,
#undef CSV
#undef JSON
#define CSV(name)
#define JSON(name) +1
    JSON_COUNT = 0
#include "formats.def"
#undef CSV
#undef JSON
};

const TmCsvFormat *tm_csv_formats[CSV_COUNT + TM_MAPPING_LIMIT + 1] = {
#define CSV(name) &tm_csv_##name,
#define JSON(name)
#include "formats.def"
#undef CSV
#undef JSON
};

const TmJsonFormat *tm_json_formats[JSON_COUNT + TM_MAPPING_LIMIT + 1] = {
#define CSV(name)
#define JSON(name) &tm_json_##name,
#include "formats.def"
#undef CSV
#undef JSON
};

void tm_formats_forget_added(void)
{
    memset(tm_csv_formats + CSV_COUNT, 0, TM_MAPPING_LIMIT * sizeof *tm_csv_formats);
    memset(tm_json_formats + JSON_COUNT, 0, TM_MAPPING_LIMIT * sizeof *tm_json_formats);
}

void tm_formats_add_csv(const TmCsvFormat *format)
{
    guint at = CSV_COUNT;
    while (tm_csv_formats[at] != NULL)
        at++;
    g_assert(at < CSV_COUNT + TM_MAPPING_LIMIT);
    tm_csv_formats[at] = format;
}

void tm_formats_add_json(const TmJsonFormat *format)
{
    guint at = JSON_COUNT;
    while (tm_json_formats[at] != NULL)
        at++;
    g_assert(at < JSON_COUNT + TM_MAPPING_LIMIT);
    tm_json_formats[at] = format;
}

/* The table at `index` of those that a reader has; counts down past them. */
static const TmFormat *table_at(const TmFormat *tables, guint count, guint *index)
{
    if (*index < count)
        return &tables[*index];
    *index -= count;
    return NULL;
}

const TmFormat *tm_intake_format(guint index)
{
    const TmFormat *found = NULL;
    for (guint i = 0; tm_csv_formats[i] != NULL && found == NULL; i++)
        found = table_at(tm_csv_formats[i]->tables, tm_csv_formats[i]->table_count, &index);
    for (guint i = 0; tm_json_formats[i] != NULL && found == NULL; i++)
        found = table_at(tm_json_formats[i]->tables, tm_json_formats[i]->table_count, &index);
    return found;
}

guint tm_intake_format_count(void)
{
    guint count = 0;
    while (tm_intake_format(count) != NULL)
        count++;
    return count;
}
