/* The readers of formats.def, and the formats that they read. */
#include "formats.h"

#include <string.h>

const TmCsvFormat *const tm_csv_formats[] = {
#define CSV(name) &tm_csv_##name,
#define JSON(name)
#include "formats.def"
#undef CSV
#undef JSON
    NULL,
};

const TmJsonFormat *const tm_json_formats[] = {
#define CSV(name)
#define JSON(name) &tm_json_##name,
#include "formats.def"
#undef CSV
#undef JSON
    NULL,
};

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
