/* settings_table: every key of tidemark.ini; it drives reading, checking, the example and the docs.
 */
#ifndef SETUP_SETTINGS_TABLE_H
#define SETUP_SETTINGS_TABLE_H

#include <tidemark/setup.h>

typedef enum SettingType {
    SETTING_TEXT,
    SETTING_TIME_ZONE,
    SETTING_CURRENCY,
    SETTING_WORK_DAYS,
    SETTING_INTEGER,
    SETTING_BOOLEAN,
    SETTING_OTHER_ZONE, /* empty: the organisation's */
    SETTING_DATE_ORDER,
    SETTING_CACHE_LIFETIME, /* TRUE for 1h */
    SETTING_PATH, /* relative to the folder of tidemark.ini; NULL if the default is empty */
} SettingType;

typedef struct SettingRow {
    const char *group;
    const char *key;
    SettingType type;
    gsize offset; /* in TmSettings */
    const char *otherwise;
    gint64 least, most; /* of integers */
    const char *explanation;
} SettingRow;

extern const SettingRow setting_rows[];
extern const gsize setting_row_count;

#endif
