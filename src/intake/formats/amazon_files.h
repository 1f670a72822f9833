/*
 * amazon_files: what the reports of Amazon Q Developer and of Kiro have in common. Both are written
 * into a bucket once a day, and written again under the same name or another time in it.
 */
#ifndef TIDEMARK_INTAKE_AMAZON_FILES_H
#define TIDEMARK_INTAKE_AMAZON_FILES_H

#include "../loose_values.h"

/* The twelve digits of the AWS account in the file's name; empty without any. */
TmCell tm_amazon_account(const char *path);

/* The time of writing in the file's name ranks the export. */
void tm_amazon_rank(TmReading *reading);

/* The id without the directory's name and without quotes that were left. */
TmCell tm_amazon_user(TmCell cell);

/*
 * A date as the reports have had it: month, day, year, or year, month, day, with dashes or slashes;
 * or an instant. FALSE when the row was reported.
 */
gboolean tm_amazon_day(TmReading *reading, const TmFieldRule *rule, TmCell cell, TmDay *day);

#endif
