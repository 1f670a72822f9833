/* Issues of Linear, as CSV. */
#include "../tasks.h"

enum { ID, TEAM, COMPLETED, CANCELED, ASSIGNEE, LABELS, PERSON, CONTENT, REST, FIELD_COUNT };
static const TmFieldRule fields[FIELD_COUNT] = {
    [ID] = {"ID", TM_FIELD_READ, "record key", "what stands before the number is the project"},
    [TEAM] = {"Team", TM_FIELD_IGNORED, "", "the name of a team of Linear"},
    [COMPLETED] = {"Completed", TM_FIELD_READ, "day", "empty: open, not counted"},
    [CANCELED] = {"Canceled", TM_FIELD_READ, "", "not empty: not counted"},
    [ASSIGNEE] = {"Assignee", TM_FIELD_IDENTITY, "team", "an address, else a name"},
    [LABELS] = {"Labels", TM_FIELD_READ, "", "only whether one is in feature_types"},
    [PERSON] = {"Creator", TM_FIELD_CONTENT, "", "people"},
    [CONTENT] = {"Title|Description|Project|Initiatives|Project Milestone|Cycle Name|Roadmaps|"
                 "Related to|Blocked by|Duplicate of",
        TM_FIELD_CONTENT, "", "titles and texts; all columns that are not in this table too"},
    [REST] = {"Status|Estimate|Priority|Project ID|Cycle Number|Cycle Start|Cycle End|Created|"
              "Updated|Started|Triaged|Archived|Due Date|Parent issue|SLA Status",
        TM_FIELD_IGNORED, "", ""},
};

static void take(OutcomeReading *reading, const OutcomeValues *values)
{
    TmCell id = outcome_value(values, ID), assignee = outcome_value(values, ASSIGNEE);
    const char *dash = id.length > 0 ? memrchr(id.text, '-', id.length) : NULL;
    OutcomeTask task = {.tool = TM_TOOL_LIMIT};
    if (outcome_value(values, CANCELED).length > 0)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_RESOLUTION);
    else if (outcome_value(values, COMPLETED).length == 0)
        outcome_exclude(reading, TM_OUTCOME_EXCLUDED_UNFINISHED);
    else if (dash == NULL)
        outcome_skip(reading, TM_KIND_BAD_VALUE, outcome_field(reading, ID),
            "an id is a key, a dash and a number");
    else if (outcome_read_day(reading, outcome_value(values, COMPLETED),
                 outcome_field(reading, COMPLETED), &task.day)) {
        gboolean is_address = tm_cell_contains(assignee, "@");
        task.identity = tm_key_lower(TM_KEY_START, id.text, id.length);
        task.project = (TmCell){id.text, (gsize)(dash - id.text)};
        task.accounts[0] =
            (OutcomeAccount){is_address ? TM_IDENTITY_EMAIL : TM_IDENTITY_NAME, assignee};
        task.is_feature = outcome_any_in_list(values, LABELS, reading->options->feature_types);
        outcome_take_task(reading, &task);
    }
}

const OutcomeFormat outcome_linear_csv = {
    .table = {"linear-csv", "Linear issues CSV", TM_OUTCOME_SOURCE_LINEAR, fields, FIELD_COUNT},
    .shape = OUTCOME_SHAPE_CSV,
    .required = OUTCOME_FIELD_BIT(ID) | OUTCOME_FIELD_BIT(TEAM) | OUTCOME_FIELD_BIT(COMPLETED),
    .ragged = TRUE,
    .guarded = TRUE,
    .open = TRUE,
    .take = take,
};
