/* mapping_samples: what the tests of mapping files share: mappings, written and prepared. */
#ifndef TESTS_INTAKE_MAPPING_SAMPLES_H
#define TESTS_INTAKE_MAPPING_SAMPLES_H

#include "transcript.h"

/* A mapping with attributes and elements of the test's own; of CSV and ROWS_OF with a date. */
#define MAPPING_OF(format, attributes, elements)                                                   \
    "<mapping name='m' title='Mapped' tool='acme' format='" format "'" attributes ">" elements     \
    "</mapping>"
#define CSV_OF(attributes, elements)                                                               \
    MAPPING_OF("csv", attributes, "<slot name='date' from='Day'/>" elements)
#define JSON_OF(attributes, elements) MAPPING_OF("json", attributes, elements)
#define ROWS_OF(attributes, elements)                                                              \
    JSON_OF(" rows='list'" attributes,                                                             \
        "<slot name='date' from='../d'/><slot name='login' from='../who'/>" elements)

/* Goes to a new folder with a small company; for the set-up of a group of tests. */
int mapping_enter(void **state);
int mapping_leave(void **state);

/* Without any mapping; for the teardown of a test. */
int mapping_forget(void **state);

/*
 * Makes these texts, ended by NULL, the mapping files of a company with the tool "acme", "0.xml",
 * "1.xml" and so on, and prepares intake. FALSE with an error when they are refused.
 */
gboolean mapping_prepare(const char *const *texts, GError **error);

/* Prepares intake with the files that are there. */
gboolean mapping_prepare_folder(GError **error);

/* The same with one text, which must be fine. */
void mapping_prepare_one(const char *text);

/* The message of an error, from "mappings/" on. */
const char *mapping_message(const GError *error);

/* Fails unless the bytes are refused with this message, which begins behind "mappings/0.xml:". */
void mapping_expect_fault(const char *bytes, gssize length, const char *fault);

#endif
