/*
 * ccusage: what the reader of ccusage's reports hands to the part that makes records of it.
 */
#ifndef TIDEMARK_INTAKE_CCUSAGE_H
#define TIDEMARK_INTAKE_CCUSAGE_H

#include "anthropic_values.h"

/* The numbers of a row, or of one model of it. */
typedef struct TmCcusageModel {
    TmCell name; /* as written; empty: of the whole row */
    TmCount input, output, writes, reads;
    TmCount cached;      /* older Codex reports: part of the input */
    TmCount cost;        /* micro-units */
    gboolean no_price;   /* the report says that it knows no price */
    gboolean is_guessed; /* the model was not known and is assumed */
} TmCcusageModel;

/* A row of a report. Cells are those of the open record. */
typedef struct TmCcusageRow {
    gboolean bad;   /* reported; it is dropped */
    TmCell date;    /* a day; of session rows: the id */
    TmCell agent;   /* "all": the row may mix tools; empty: reports of one tool */
    TmCell only;    /* the first of the agents that a mixed row lists */
    guint agents;   /* how many it lists */
    gboolean codex; /* of the shape of Codex reports */
    TmCell session, first_activity, last_activity;
    TmCcusageModel whole;
    guint models, model_count; /* where its models are */
} TmCcusageRow;

typedef struct TmCcusage {
    gboolean begun;
    GArray *models;              /* TmCcusageModel, of the row being read */
    GArray *parts;               /* TmCcusageRow: the row by agents, if it has such parts */
    GArray *days, *project_days; /* entries, summed over the file; see ccusage_rows.c */
    GHashTable *day_index, *project_index;
    GStringChunk *names;
    gboolean too_many;
    gboolean has_days, has_projects, has_sessions; /* rows of these were there */
    const char *refused;                           /* a section that is not read */
    gboolean mixed_reported, agent_reported;
} TmCcusage;

void tm_ccusage_clear(TmCcusage *ccusage);

/* A row of a day, with its models and parts; `project`: one of several of that day. */
void tm_ccusage_take_day(
    TmCcusage *ccusage, TmReading *reading, const TmCcusageRow *row, gboolean project);

/* A row of a session: only that there was one. */
void tm_ccusage_take_session(TmCcusage *ccusage, TmReading *reading, const TmCcusageRow *row);

/* At the end of a file: hands over the sums. */
void tm_ccusage_hand_over(TmCcusage *ccusage, TmReading *reading);

#endif
