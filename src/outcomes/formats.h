/*
 * formats: what a format gives to the rest of the room: a table of its fields, in the order of its
 * own enumeration, and a function that takes a record by these fields.
 */
#ifndef TIDEMARK_OUTCOMES_FORMATS_H
#define TIDEMARK_OUTCOMES_FORMATS_H

#include "reading.h"

#define OUTCOME_FIELD_BIT(field) (G_GUINT64_CONSTANT(1) << (field))
#define OUTCOME_SUSPICIOUS 2

typedef enum OutcomeShape {
    OUTCOME_SHAPE_CSV,
    OUTCOME_SHAPE_JSON,
    OUTCOME_SHAPE_GIT,
    OUTCOME_SHAPE_THEMES,
} OutcomeShape;

struct OutcomeFormat {
    TmOutcomeFormat table;
    OutcomeShape shape;
    guint64 required; /* fields of which a header or a first object must have all … */
    guint64 instead;  /* … or all of these; 0: no other way */
    gboolean ragged;  /* rows may be shorter or longer than the header */
    gboolean guarded; /* cells have a ' in front of = + - @ */
    gboolean open;    /* fields differ from site to site: unknown ones are not named */
    guint64 suspicious[OUTCOME_SUSPICIOUS]; /* numbers of rows at which exports are cut off */
    /* The columns are known; before the first record. NULL: nothing to do. */
    void (*begin)(OutcomeReading *reading);
    void (*take)(OutcomeReading *reading, const OutcomeValues *values);
};

extern const OutcomeFormat outcome_table_format;
extern const OutcomeFormat outcome_survey_format;
extern const OutcomeFormat outcome_gitlab_issues_csv;
extern const OutcomeFormat outcome_gitlab_requests_csv;
extern const OutcomeFormat outcome_jira_csv;
extern const OutcomeFormat outcome_linear_csv;
extern const OutcomeFormat outcome_gh_requests;
extern const OutcomeFormat outcome_gh_issues;
extern const OutcomeFormat outcome_github_requests;
extern const OutcomeFormat outcome_github_issues;
extern const OutcomeFormat outcome_gitlab_requests;
extern const OutcomeFormat outcome_jira_issues;
extern const OutcomeFormat outcome_git_log;
extern const OutcomeFormat outcome_themes;

/* All of them, in the order in which they are tried. */
extern const OutcomeFormat *const outcome_formats[];
extern const guint outcome_format_count;

/*
 * The format of a shape that has these names of columns or members. NULL when it is none: reported.
 */
const OutcomeFormat *outcome_recognise(
    OutcomeReading *reading, OutcomeShape shape, const TmCell *names, guint count);

/* The field of a name in the format's table, -1 if there is none; of JSON, the first part counts.
 */
gint outcome_find_field(const OutcomeFormat *format, TmCell name);

/* The format is known: fills the summary and lets it prepare. */
void outcome_begin(OutcomeReading *reading, const OutcomeFormat *format);

/* Readers of the shapes. */
void outcome_read_csv(TmBytes *bytes, OutcomeReading *reading);
void outcome_read_json(TmBytes *bytes, OutcomeReading *reading);
gboolean outcome_is_git_log(TmBytes *bytes);
void outcome_read_git_log(TmBytes *bytes, OutcomeReading *reading);
gboolean outcome_is_themes(const TmBytes *bytes);
void outcome_read_themes(TmBytes *bytes, OutcomeReading *reading);

/*
 * Reads the rows of a CSV file once more and hands them to `note`, which may only look; what is
 * wrong with rows is reported when they are taken.
 */
void outcome_look_through(
    OutcomeReading *reading, void (*note)(OutcomeReading *reading, const OutcomeValues *values));

#endif
