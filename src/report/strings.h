/*
 * Every text that report itself writes, in one place; the rest stands in templates. "{name}" is a
 * place that tm_text_fill() fills.
 */
#ifndef TIDEMARK_REPORT_STRINGS_H
#define TIDEMARK_REPORT_STRINGS_H

#include <glib.h>

#define REPORT_STRINGS(X)                                                                          \
    /* Cards */                                                                                    \
    X(FROM_LAST_WEEK, "from {value} last week")                                                    \
    X(FROM, "from {value}")                                                                        \
    X(FROM_WORKING_DAYS, "from {value} working days")                                              \
    X(NO_COMPARISON, "no comparison: {reason}")                                                    \
    X(TARGET, "target {value}")                                                                    \
    X(NO_TARGET, "no target set")                                                                  \
    X(OF_LICENSED, "of {value} licensed")                                                          \
    X(GAINED_LOST, "{gained} gained, {lost} lost")                                                 \
    X(PER_ACTIVE, "{value} per active user")                                                       \
    X(MEDIAN, "median {value}")                                                                    \
    X(PARTLY_ESTIMATED, "partly estimated")                                                        \
    X(AT_LEAST, "at least, as days are missing")                                                   \
    X(SEPARATOR, " · ")                                                                            \
    X(NO_CHANGE, "no change")                                                                      \
    X(HARDLY_ANY, "under 1%")                                                                      \
    X(SPIKE_ON_MEAN, "spike: +{percent} on 4-week mean")                                           \
    X(SPIKE_ON_WEEK, "spike: +{percent} on last week")                                             \
    X(SPIKE_METERED, "metered spike: +{percent} on 4-week mean")                                   \
    X(SPIKE_FROM_NONE, "metered cost where there was none")                                        \
    X(OVER_BUDGET, "over the week's budget of {value}")                                            \
    X(IN_BUDGET, "within the week's budget of {value}")                                            \
    X(NO_BUDGET, "no budget set")                                                                  \
    X(GROWING, "growing")                                                                          \
    X(STEADY, "steady")                                                                            \
    X(FEWER, "fewer than last week")                                                               \
    X(EASING, "easing")                                                                            \
    X(DROP, "well under its 4-week mean")                                                          \
    X(INCOMPLETE, "incomplete week")                                                               \
    X(NOT_MEASURED, "not measured")                                                                \
    X(FEWER_THAN, "fewer than {minimum} people")                                                   \
    X(NO_EXPORT, "no export read so far gives it")                                                 \
    X(DEFINITION, "how it is counted")                                                             \
    /* Figures */                                                                                  \
    X(WEEK, "Week")                                                                                \
    X(DATA_CAPTION, "{title}: figures by week")                                                    \
    X(ALT_LINE, "Line chart. {text}")                                                              \
    X(ALT_COLUMNS, "Column chart. {text}")                                                         \
    X(ALT_SPARKLINE, "Small line chart. {text}")                                                   \
    X(TARGET_LABEL, "target {value}")                                                              \
    X(BUDGET_LABEL, "budget {value}")                                                              \
    X(EVENTS, "Marked in the charts: {list}.")                                                     \
    X(EVENT, "{day}, {text}")                                                                      \
    X(WEEKS_SHOWN, "{count} weeks")                                                                \
    X(ONE_WEEK_SHOWN, "One week")                                                                  \
    X(CELL_INCOMPLETE, "{value}\u00a0inc.")                                                        \
    /* Tables */                                                                                   \
    X(NOT_SHOWN, "not shown")                                                                      \
    X(SHORT_DAYS, "{value}\u202fd")                                                                \
    X(ACTIVE_OF, "{active}\u00a0/ {licensed}")                                                     \
    X(TEAMS_TOGETHER, "{count} teams, shown together")                                             \
    X(OTHER_GROUPS, "Other")                                                                       \
    X(DOTS_ALT, "this week {now}, last week {before}{target}")                                     \
    X(DOTS_ALT_TARGET, ", target {target}")                                                        \
    X(UNASSIGNED_TOKENS, "{value} tokens")                                                         \
    X(AND, " and ")                                                                                \
    /* Method */                                                                                   \
    X(DEFINITION_TEXT, "{formula}. {reading}.")                                                    \
    X(DEFINITION_SHORT, "{formula}.")                                                              \
    X(FRESH_TO, "Data to {day}")                                                                   \
    X(FRESH_NONE, "No data yet")                                                                   \
    X(FRESH_COMPLETE, "; complete in the weeks shown")                                             \
    X(FRESH_MISSING, "; days are missing in {weeks}")                                              \
    X(FRESH_LICENCES, ". Licences from {source}")                                                  \
    X(FRESH_NO_SESSIONS, "no sessions")                                                            \
    X(FRESH_NO_TOKENS, "no tokens")                                                                \
    X(FRESH_NO_MONEY, "no cost")                                                                   \
    X(FRESH_GIVES, "; its files give {list}")                                                      \
    X(NOT_JUDGED, "Not judged this week: {list}.")                                                 \
    X(NOT_JUDGED_ITEM, "{alert} ({reason})")                                                       \
    X(ALERT_OF, "{alert} of {name}")                                                               \
    X(CLEARED, "Alerts cleared this week: {list}.")                                                \
    X(SOURCE_TO, "{tools} to {day}")                                                               \
    X(NO_SOURCES, "none yet")                                                                      \
    X(SOURCE_NONE, "{tools} without data")                                                         \
    /* Alerts as text */                                                                           \
    X(ALERTS_TITLE, "{organisation}: alerts of week {week}, {dates}")                              \
    X(ALERTS_NEW, "New this week")                                                                 \
    X(ALERTS_OPEN, "Open before")                                                                  \
    X(ALERTS_CLEARED, "Cleared this week")                                                         \
    X(ALERTS_SILENT, "Not judged this week")                                                       \
    X(ALERTS_NONE, "Nothing went over its threshold.")                                             \
    X(ALERTS_FOOTER, "Made from published figures of groups. The report shows them all.")          \
    X(DAILY_TITLE, "{organisation}: cost of the weeks that are not published yet")                 \
    X(DAILY_FIRED, "{group}: week {week} is over its threshold. Ask what changed: more use, a "    \
                   "dearer model or a long agent run?")                                            \
    X(DAILY_CALM, "{group}: week {week} is within its threshold so far.")                          \
    X(DAILY_NOT_JUDGED, "{group}: week {week} cannot be judged.")                                  \
    X(DAILY_NONE, "There is no such week.")

typedef enum ReportString {
#define X(id, text) TEXT_##id,
    REPORT_STRINGS(X)
#undef X
        TEXT_COUNT
} ReportString;

extern const char *const report_strings[TEXT_COUNT];

#define TEXT(id) (report_strings[TEXT_##id])

#endif
