/* people: the columns of a list of people, and what a row of one means. */
#ifndef SETUP_PEOPLE_H
#define SETUP_PEOPLE_H

#include "loading.h"

typedef enum PersonColumn {
    PERSON_EMAIL,
    PERSON_PRINCIPAL, /* the name of an account that has the form of an address */
    PERSON_LOGIN,
    PERSON_NAME,
    PERSON_FIRST_NAME,
    PERSON_LAST_NAME,
    PERSON_TEAM,
    PERSON_DEPARTMENT,
    PERSON_LOCATION,
    PERSON_COUNTRY_CODE,
    PERSON_COUNTRY,
    PERSON_TIME_ZONE,
    PERSON_WORK_DAYS,
    PERSON_START,
    PERSON_END,
    PERSON_STATUS,
    PERSON_ENABLED,
    PERSON_REMOVED,
    PERSON_SUSPENDED,
    PERSON_COLUMN_COUNT
} PersonColumn;

/* For lists in the folder of the directory. */
extern const TableFormat people_format;

/*
 * Takes a row as people.csv would: reports what is wrong with it, adds person, spell and accounts.
 * Gives the address of the person, owned by the caller; NULL if the row names nobody. A person
 * whom an earlier file gives stays as that file says.
 */
char *people_take(Loading *loading, const TableRow *row);

#endif
