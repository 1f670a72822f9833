/*
 * json_file: reads a JSON file: splits it into records, walks each along the paths of its format's
 * field table, and hands the values to the format.
 */
#ifndef TIDEMARK_INTAKE_JSON_FILE_H
#define TIDEMARK_INTAKE_JSON_FILE_H

#include <tidemark/records.h>

#include "reading.h"

/*
 * Members of pages that hold the records, over all formats of the program, ended by NULL; as
 * tm_json_splitter_new() wants them.
 */
extern const char *const tm_json_page_arrays[];

void tm_json_file_read(TmBytes *bytes, TmReading *reading);

#endif
