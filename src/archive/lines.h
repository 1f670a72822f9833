/*
 * lines: how cells, scopes and contexts stand in the store. Private to archive.
 *
 * The store has one append-only table. A line of kind "cells" holds all cells of one scope and
 * week as text, one a row; "scope" holds a group's names and teams; "tool" the state of a tool's
 * data; "context" anything else that reports say about the data. Text, so that an auditor can read
 * it and the hash of a line is the hash of what is read.
 */
#ifndef TM_ARCHIVE_LINES_H
#define TM_ARCHIVE_LINES_H

#include <tidemark/archive.h>

#define TM_LINE_CELLS "cells"
#define TM_LINE_SCOPE "scope"
#define TM_LINE_TOOL "tool"
#define TM_LINE_CONTEXT "context"

void tm_line_append_cell(GString *body, const TmCell *cell);
char *tm_line_scope(const TmScope *scope);
char *tm_line_tool(const TmToolState *tool);
char *tm_line_context(const TmContext *context);

/* Readers; FALSE (NULL) when the text is not what the writers above make. Strings of cells and
 * tools are interned. */
gboolean tm_line_parse_cells(const char *body, TmWeek week, const char *scope, GArray *cells);
TmScope *tm_line_parse_scope(const char *body, const char *id);
gboolean tm_line_parse_tool(const char *body, const char *key, TmIssueTool *tool);
gboolean tm_line_parse_context(const char *body, TmContext *context);

#endif
