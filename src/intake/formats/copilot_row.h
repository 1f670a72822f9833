/*
 * copilot_row: one row of Copilot's usage metrics, whatever it is of: the fields, how they are
 * read, and what they add up to. The same counters stand in rows of users and in totals.
 */
#ifndef TIDEMARK_INTAKE_COPILOT_ROW_H
#define TIDEMARK_INTAKE_COPILOT_ROW_H

#include "../json_values.h"

/* What the row is of; memberships hold no use. */
typedef enum TmCopilotKind {
    TM_COPILOT_USER,
    TM_COPILOT_MEMBERSHIP,
    TM_COPILOT_REPOSITORY,
    TM_COPILOT_TOTALS,
    TM_COPILOT_KINDS
} TmCopilotKind;

/* Terminal or app: objects of one shape. */
typedef struct TmCopilotTool {
    gboolean present, in_counter;
    TmCount sessions, requests, prompts, input, output;
} TmCopilotTool;

/* Cells point into the record. */
typedef struct TmCopilotRow {
    gboolean bad; /* reported; the rest of it is dropped */
    TmCopilotKind kind;
    TmDay day, start_day, end_day;
    TmCell enterprise, organisation, user_id, login, repository;
    TmCount prompts, generations, acceptances, credits;
    TmCount suggestions, applied; /* of pull requests */
    gboolean used, has_features;
    TmCopilotTool cli, app;
    gboolean has_editor_agent;
    TmCount editor_sessions, editor_messages;
    gint64 other_jobs;
} TmCopilotRow;

/* What the page around the rows says of all of them. */
typedef struct TmCopilotPage {
    TmDay start, end;
    GString *enterprise, *organisation; /* owned; empty: not said */
} TmCopilotPage;

#define TM_COPILOT_METRICS_FIELDS 56
extern const TmFieldRule tm_copilot_metrics_fields[TM_COPILOT_METRICS_FIELDS];

void tm_copilot_row_begin(TmCopilotRow *row);

/* Takes the value of one field of the table, into the row or the page. */
void tm_copilot_row_take(TmCopilotRow *row, TmCopilotPage *page, TmReading *reading, guint field,
    const TmJsonValue *value);

/* The measures of a row of its kind. */
void tm_copilot_row_measures(const TmCopilotRow *row, TmMeasures *measures);

#endif
