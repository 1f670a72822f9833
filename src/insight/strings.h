/*
 * Every text that insight writes, in one place, so that it can be linted and, later, translated.
 * "{name}" is a place that tm_text_fill() fills.
 */
#ifndef TIDEMARK_INSIGHT_STRINGS_H
#define TIDEMARK_INSIGHT_STRINGS_H

#include <glib.h>

#define INSIGHT_STRINGS(X)                                                                         \
    /* Cells and changes */                                                                        \
    X(CELL_NOT_SHOWN, "not shown (fewer than {minimum} people)")                                   \
    X(CELL_NOT_MEASURED, "not measured")                                                           \
    X(CELL_NOT_PUBLISHED, "not published")                                                         \
    X(CELL_AT_LEAST, "at least {value}")                                                           \
    X(CELL_ESTIMATED, "{value} est.")                                                              \
    X(POINT, "1 point")                                                                            \
    X(POINTS, "{count} points")                                                                    \
    X(CHANGE_FIRST, "first week")                                                                  \
    X(CHANGE_MISSING, "last week not published")                                                   \
    X(CHANGE_INCOMPLETE, "incomplete week")                                                        \
    X(CHANGE_INCOMPLETE_BEFORE, "last week incomplete")                                            \
    X(CHANGE_BAND, "shown as a band")                                                              \
    X(CHANGE_BAND_BEFORE, "last week shown as a band")                                             \
    X(CHANGE_NOT_SHOWN, "not shown")                                                               \
    X(CHANGE_NOT_SHOWN_BEFORE, "last week not shown")                                              \
    X(CHANGE_NOT_MEASURED, "not measured")                                                         \
    X(CHANGE_NOT_MEASURED_BEFORE, "last week not measured")                                        \
    X(CHANGE_NEW_RULES, "new rules this week")                                                     \
    X(CHANGE_MEMBERSHIP, "membership changed")                                                     \
    /* Alerts that could not be judged */                                                          \
    X(SILENT_SHORT, "too few working days this week")                                              \
    X(SILENT_INCOMPLETE, "a tool lacks days of the week")                                          \
    X(SILENT_HISTORY, "fewer than four complete weeks before")                                     \
    X(SILENT_RULES, "the rules changed within the four weeks before")                              \
    X(SILENT_BAND, "shown as a band")                                                              \
    X(SILENT_NOT_SHOWN, "too few people to show")                                                  \
    X(SILENT_PRESENCE, "not known how many people were at work")                                   \
    X(SILENT_NOT_MEASURED, "not measured")                                                         \
    /* Decisions */                                                                                \
    X(KICKER_STALE_DATA, "STALE DATA")                                                             \
    X(KICKER_COST_SPIKE, "COST SPIKE")                                                             \
    X(KICKER_ADOPTION_DROP, "ADOPTION DROP")                                                       \
    X(KICKER_UNUSED_SEATS, "UNUSED SEATS")                                                         \
    X(STALE_LEAD_ONE, "Export {tool} again: 1 day of week {week} is missing.")                     \
    X(STALE_LEAD, "Export {tool} again: {count} days of week {week} are missing.")                 \
    X(STALE_LAST_DAY, "The last day with data is {day}.")                                          \
    X(STALE_NO_DAY, "There is no data of this tool yet.")                                          \
    X(STALE_EFFECT, "Until then totals over all tools stand without comparison.")                  \
    X(COST_LEAD, "Find the source of {extra} extra.")                                              \
    X(COST_LEAD_WHERE, "Find the source of {extra} extra in {group}.")                             \
    X(COST_TEXT, "{what} is {percent} of its 4-week mean of {baseline}.")                          \
    X(COST_TEXT_FROM_NONE, "{what} is {value}; the 4 weeks before had none.")                      \
    X(COST_TOTAL, "Weekly cost")                                                                   \
    X(COST_METERED, "Metered cost")                                                                \
    X(COST_PROJECTED, "Projected month: {cost} against a {budget} budget ({percent}).")            \
    X(COST_MONTH, "Month: {cost} against a {budget} budget ({percent}).")                          \
    X(COST_ASK, "Ask what changed: more use, a dearer model or a long agent run?")                 \
    X(DROP_LEAD, "Ask {group} what changed in week {week}.")                                       \
    X(DROP_LEAD_ALL, "Ask the teams what changed in week {week}.")                                 \
    X(DROP_TEXT, "Adoption is {value}, {points} under its 4-week mean of {baseline}: "             \
                 "{people} people fewer of those at work.")                                        \
    X(DROP_TEXT_SEATS, "Adoption is {value}, {points} under its 4-week mean of {baseline}.")       \
    X(DROP_TEXT_BAND, "Adoption is {value}, its 4-week mean was {baseline}: at least "             \
                      "{people} people fewer of those at work.")                                   \
    X(DROP_SEATS, "Licences went from {from} to {to} while as many people used them: new seats "   \
                  "move the rate. Do the new holders need a start?")                               \
    X(SEATS_LEAD, "Reassign or retire {count} seats of {tool}.")                                   \
    X(SEATS_TEXT, "No use in 4 weeks on {share} of {held} seats")                                  \
    X(SEATS_TEXT_BAND, "No use in 4 weeks on {count} of {held} seats")                             \
    X(SEATS_PRICE, "{spend} a month at {price} a seat.")                                           \
    X(SEATS_NO_PRICE, "no price is given in subscriptions.csv.")                                   \
    X(SEATS_ASK, "Offer them first where people wait.")                                            \
    X(SINCE_NEW, "New this week.")                                                                 \
    X(SINCE_OPEN, "Open since week {week}.")                                                       \
    /* Readings: for the table, what it means, question or next step */                            \
    X(BRIEF_STATE, "{state}")                                                                      \
    X(SENTENCE_STATE, "Adoption of {group} is {state}.")                                           \
    X(BRIEF_FIRST, "First week shown")                                                             \
    X(SENTENCE_FIRST, "{group} is shown for the first time.")                                      \
    X(BRIEF_INCOMPLETE, "Incomplete week")                                                         \
    X(SENTENCE_INCOMPLETE, "A tool of {group} lacks days of the week.")                            \
    X(BRIEF_SHORT, "Short week")                                                                   \
    X(SENTENCE_SHORT, "{group} had too few working days to compare the week.")                     \
    X(BRIEF_BAND, "Shown as a band")                                                               \
    X(SENTENCE_BAND, "Adoption of {group} is shown as a band.")                                    \
    X(BRIEF_NEW_RULES, "New rules this week")                                                      \
    X(SENTENCE_NEW_RULES, "New rules start a new series for {group}.")                             \
    X(BRIEF_NO_COMPARISON, "No week to compare with")                                              \
    X(SENTENCE_NO_COMPARISON, "The weeks before cannot be compared with this one.")                \
    X(KICKER_FALLING, "FALLING TEAM")                                                              \
    X(BRIEF_FALLING, "Falling since {week}")                                                       \
    X(SENTENCE_HEALTHY_FALLING,                                                                    \
        "Adoption was healthy within the last 8 weeks and has fallen {count} weeks running.")      \
    X(SENTENCE_FALLING, "Adoption has fallen {count} weeks running.")                              \
    X(ASK_FALLING, "Ask {group} what changed in week {week_number}, before it sticks.")            \
    X(KICKER_GAP, "ROLLOUT GAP")                                                                   \
    X(BRIEF_GAP, "Few heavy users: rollout gap?")                                                  \
    X(SENTENCE_GAP, "Adoption is {state} while tokens per active user are well above teams of "    \
                    "the same kind of work: a rollout gap, not a tool gap.")                       \
    X(ASK_GAP, "Ask the heavy users of {group} to show their colleagues how they work.")           \
    X(KICKER_LIGHT, "LIGHT USE")                                                                   \
    X(BRIEF_LIGHT, "Light use: training?")                                                         \
    X(SENTENCE_LIGHT, "Adoption is {state} while tokens per active user are well below teams of "  \
                      "the same kind of work.")                                                    \
    X(ASK_LIGHT, "Would training on use cases help {group}?")                                      \
    X(BRIEF_COST, "Cost up, same users")                                                           \
    X(SENTENCE_COST, "Cost rose {percent} on its 4-week mean at the same number of users.")        \
    X(ASK_COST, "Is it deeper use or price in {group}? Look at the split.")                        \
    X(BRIEF_EASING, "Tokens falling since {week}")                                                 \
    X(SENTENCE_EASING, "Tokens have fallen {count} weeks running: engagement is easing.")          \
    X(ASK_EASING, "What would make the assistants more useful to {group}?")                        \
    X(BRIEF_CHURN, "Fewer users, rate held")                                                       \
    X(SENTENCE_CHURN, "Active users fell while the rate held: seats shrank with them.")            \
    X(ASK_CHURN, "Did people of {group} leave, or stop?")                                          \
    X(KICKER_GAINS, "WORTH SHARING")                                                               \
    X(BRIEF_GAINS, "{word} weeks of gains")                                                        \
    X(SENTENCE_GAINS, "Adoption has risen {count} weeks running.")                                 \
    X(ASK_GAINS, "Find out what works in {group} and share it.")                                   \
    X(BRIEF_NEWCOMERS, "Newcomers do little yet")                                                  \
    X(SENTENCE_NEWCOMERS, "Adoption rose while tokens held: the newcomers do little yet.")         \
    X(ASK_NEWCOMERS, "What would help the newcomers of {group} to a first real task?")             \
    X(BRIEF_STEADY, "Steady habit")                                                                \
    X(SENTENCE_STEADY, "High adoption and long streaks: part of the daily work.")                  \
    X(ASK_STEADY, "Could {group} show others how it got there?")                                   \
    X(BRIEF_BELOW_RISING, "Rising, not yet healthy")                                               \
    X(SENTENCE_BELOW_RISING, "Adoption is below the healthy band and rising: healthier than a "    \
                             "high rate that stands still.")                                       \
    X(ASK_BELOW_RISING, "Keep going: what helps {group} most?")                                    \
    X(BRIEF_HIGH_FLAT, "Flat for 8 weeks")                                                         \
    X(SENTENCE_HIGH_FLAT, "Adoption is in a healthy band and has not moved for 8 weeks.")          \
    X(ASK_HIGH_FLAT, "Who in {group} has not started, and why?")                                   \
    X(BRIEF_FLAT, "Flat for 4 weeks")                                                              \
    X(SENTENCE_FLAT, "Adoption has not moved for 4 weeks.")                                        \
    X(ASK_FLAT, "What would be the next use case for {group}?")                                    \
    X(BRIEF_UP, "Rising")                                                                          \
    X(SENTENCE_UP, "Adoption is above its mean of the weeks before.")                              \
    X(ASK_UP, "Keep going: what helps {group} most?")                                              \
    X(BRIEF_DOWN, "Lower than the weeks before")                                                   \
    X(SENTENCE_DOWN, "Adoption is under its mean of the weeks before.")                            \
    X(ASK_DOWN, "Is it time off, or did something change for {group}?")                            \
    X(BRIEF_NO_CHANGE, "No clear change")                                                          \
    X(SENTENCE_NO_CHANGE, "Adoption is close to its mean of the weeks before.")                    \
    X(ASK_NO_CHANGE, "What would be the next use case for {group}?")                               \
    X(ASK_NOTHING, "")                                                                             \
    /* Readings that rest on several figures */                                                    \
    X(BRIEF_CONCENTRATED, "Carried by a few")                                                      \
    X(SENTENCE_CONCENTRATED,                                                                       \
        "Adoption is {state}, and a fifth of the people hold most of the use: a few "              \
        "champions carry it.")                                                                     \
    X(ASK_CONCENTRATED, "Who in {group} could take up what the champions do?")                     \
    X(BRIEF_COST_SHARE, "Cost share twice its heads")                                              \
    X(SENTENCE_COST_SHARE,                                                                         \
        "{group} has {cost_share} of the cost with {head_share} of the people, and twice "         \
        "its share among teams of the same kind of work.")                                         \
    X(ASK_COST_SHARE, "What does {group} do differently?")                                         \
    X(BRIEF_SESSION_COST, "Tokens and session cost up")                                            \
    X(SENTENCE_SESSION_COST, "Tokens and cost per session both rose on the week before.")          \
    X(ASK_SESSION_COST, "What changed in {group}: larger tasks, another model, longer contexts?")  \
    X(BRIEF_TURNOVER, "Newcomers replace users")                                                   \
    X(SENTENCE_TURNOVER, "Active users held while many stopped and as many began.")                \
    X(ASK_TURNOVER, "What made people of {group} stop?")                                           \
    X(BRIEF_DAILY, "Part of the daily work")                                                       \
    X(SENTENCE_DAILY, "Frequent sessions, few messages and long streaks: part of the daily work.") \
    X(ASK_DAILY, "Could {group} show others how it works?")                                        \
    X(BRIEF_SURFACE, "Still on the surface")                                                       \
    X(SENTENCE_SURFACE,                                                                            \
        "Few sessions, long conversations and broken streaks: still on the surface.")              \
    X(ASK_SURFACE, "Which everyday task of {group} would be a good place to start?")               \
    X(BRIEF_TEACHERS, "Daily users in {departments} of {all_departments}")                         \
    X(SENTENCE_TEACHERS,                                                                           \
        "People who use an assistant on 5 days a week are seen in {departments} of "               \
        "{all_departments} departments.")                                                          \
    X(ASK_TEACHERS, "Could they teach the others?")                                                \
    /* Velocity and cost split */                                                                  \
    X(VELOCITY_GROWING, "Adoption grows by {slope} points a week{date}.")                          \
    X(VELOCITY_DECLINING, "Adoption declines by {slope} points a week{date}.")                     \
    X(VELOCITY_FLAT, "No clear trend of adoption over 8 weeks{date}.")                             \
    X(VELOCITY_UNKNOWN, "No trend of adoption: {reason}{date}.")                                   \
    X(VELOCITY_HISTORY, "fewer than 8 weeks to compare")                                           \
    X(VELOCITY_RULES, "the rules changed within the 8 weeks")                                      \
    X(AIM_REACHED, "; the {target} target is reached")                                             \
    X(AIM_NO_DATE, "; at this pace the {target} target is more than 26 weeks away")                \
    X(AIM_NOT_BEFORE, "; the {target} target is in reach in {earliest} at the earliest")           \
    X(AIM_WEEK, "; the {target} target is in reach in {earliest}")                                 \
    X(AIM_WEEKS, "; the {target} target is in reach between {earliest} and {latest}")              \
    X(SPLIT, "Cost {change}: seats {seats}, more users {users}, use and price per user {use}.")    \
    X(SPLIT_SEATS, "Cost {change}: seats {seats}.")                                                \
    X(SPLIT_UNKNOWN, "No split of the cost: {reason}.")                                            \
    X(SPLIT_NOBODY, "nobody active in one of the weeks")                                           \
    /* Periods of more than a week */                                                              \
    X(PERIOD_SUM, "sum")                                                                           \
    X(PERIOD_AVERAGE, "per week, average")                                                         \
    X(PERIOD_RATE, "rate over all weeks")                                                          \
    X(PERIOD_WEIGHTED, "mean, weighted by active users")                                           \
    X(PERIOD_NO_FIGURE, "none")                                                                    \
    X(PERIOD_WEEKS_MISSING, "a week of the period was not published")                              \
    X(PERIOD_GROUP_CHANGED, "the group changed within the period")                                 \
    X(PERIOD_NOT_IN_ALL, "not published in every week")                                            \
    X(PERIOD_NOT_SHOWN, "not shown in every week")                                                 \
    X(PERIOD_NOT_MEASURED, "not measured in every week")                                           \
    X(PERIOD_RULES, "the rules changed within the period")                                         \
    X(PERIOD_NEW_RULES, "the rules changed since the period before")                               \
    X(PERIOD_TOO_LARGE, "too large to add up")                                                     \
    X(PERIOD_NONE_BELOW, "nothing to divide by")                                                   \
    X(PERIOD_NEEDS_PEOPLE, "made of people, so shown by the week only")                            \
    X(PERIOD_INCOMPLETE, "an incomplete week")                                                     \
    X(PERIOD_INCOMPLETE_BEFORE, "an incomplete week in the period before")                         \
    X(PERIOD_NO_FIGURE_BEFORE, "the period before has no figure")                                  \
    X(PERIOD_BAND_BEFORE, "the period before is shown as a band")                                  \
    /* Message */                                                                                  \
    X(ADOPTION_JUMPED, "Adoption jumped to {value}{target}")                                       \
    X(ADOPTION_ROSE, "Adoption rose to {value}{target}")                                           \
    X(ADOPTION_HELD, "Adoption held at {value}{target}")                                           \
    X(ADOPTION_FELL, "Adoption fell to {value}{target}")                                           \
    X(ADOPTION_DROPPED, "Adoption dropped to {value}{target}")                                     \
    X(ADOPTION_STARTS, "Adoption starts at {value}{target}")                                       \
    X(ADOPTION_STANDS, "Adoption stands at {value}{target}")                                       \
    X(ADOPTION_BAND, "Adoption is {band}")                                                         \
    X(ADOPTION_NOT_SHOWN, "Adoption is not shown (fewer than {minimum} people)")                   \
    X(ADOPTION_NOT_MEASURED, "Adoption is not measured yet")                                       \
    X(BAND_BETWEEN, "at {band}")                                                                   \
    X(TARGET_UNDER, ", {points} under the {target} target")                                        \
    X(TARGET_AT, ", at its target")                                                                \
    X(TARGET_OVER, ", {points} over the {target} target")                                          \
    X(BECAUSE_INCOMPLETE, "; {tool} lacks days of the week")                                       \
    X(BECAUSE_INCOMPLETE_MORE, "; {tool} and {count} more lack days of the week")                  \
    X(BECAUSE_INCOMPLETE_BEFORE, "; the week before is incomplete")                                \
    X(BECAUSE_MISSING, "; the week before is not published")                                       \
    X(BECAUSE_SHORT, "; too few working days to compare")                                          \
    X(BECAUSE_SHORT_BEFORE, "; the week before had too few working days to compare")               \
    X(BECAUSE_NEW_RULES, "; new rules start a new series")                                         \
    X(USE, "use")                                                                                  \
    X(USE_TOKENS, "token use")                                                                     \
    X(COST_UP_FASTER, "; cost rose faster than {use}")                                             \
    X(COST_UP_SLOWER, "; {use} grew faster than cost")                                             \
    X(COST_UP_TOGETHER, "; cost and {use} rose together")                                          \
    X(COST_UP_USE_FLAT, "; cost rose while {use} held")                                            \
    X(COST_UP_USE_DOWN, "; cost rose while {use} fell")                                            \
    X(COST_FLAT_USE_UP, "; {use} grew at the same cost")                                           \
    X(COST_FLAT_USE_FLAT, "; cost and {use} held")                                                 \
    X(COST_FLAT_USE_DOWN, "; {use} fell at the same cost")                                         \
    X(COST_DOWN_USE_UP, "; {use} grew while cost fell")                                            \
    X(COST_DOWN_USE_FLAT, "; cost fell at the same {use}")                                         \
    X(COST_DOWN_USE_DOWN, "; cost and {use} fell")                                                 \
    X(COST_UP_ALONE, "; cost rose {percent}")                                                      \
    X(COST_FLAT_ALONE, "; cost held")                                                              \
    X(COST_DOWN_ALONE, "; cost fell {percent}")                                                    \
    /* Lede */                                                                                     \
    X(LEDE_MORE_ONE, "1 more person used an assistant than the week before.")                      \
    X(LEDE_MORE, "{count} more people used an assistant than the week before.")                    \
    X(LEDE_FEWER_ONE, "1 person fewer used an assistant than the week before.")                    \
    X(LEDE_FEWER, "{count} people fewer used an assistant than the week before.")                  \
    X(LEDE_SAME, "{count} people used an assistant, as many as the week before.")                  \
    X(LEDE_FIRST_ONE, "1 person used an assistant in the first week shown.")                       \
    X(LEDE_FIRST, "{count} people used an assistant in the first week shown.")                     \
    X(LEDE_FIRST_NONE, "Nobody used an assistant in the first week shown.")                        \
    X(LEDE_SHORT_ONE, "1 person used an assistant.")                                               \
    X(LEDE_SHORT, "{count} people used an assistant.")                                             \
    X(LEDE_INCOMPLETE, "Figures over all tools may still rise and are not compared.")              \
    X(LEDE_METERED_ROSE, "Metered cost rose by {amount} in one week.")                             \
    X(LEDE_METERED_ROSE_MOST, "Metered cost rose by {amount} in one week, most of it in {group}.") \
    X(LEDE_METERED_ROSE_NEARLY,                                                                    \
        "Metered cost rose by {amount} in one week, nearly all of it in {group}.")                 \
    X(LEDE_METERED_FELL, "Metered cost fell by {amount} in one week.")                             \
    /* Figures */                                                                                  \
    X(TREND_ROSE, "{name} rose from {first} in {first_week} to {last}{more}.")                     \
    X(TREND_FELL, "{name} fell from {first} in {first_week} to {last}{more}.")                     \
    X(TREND_HELD, "{name} held at {last} since {first_week}{more}.")                               \
    X(TREND_BACK, "{name}: {last}, about as in {first_week}{more}.")                               \
    X(TREND_ONE, "{name}: {last} in the first week shown{more}.")                                  \
    X(TREND_STATE, "{name}: {last} this week.")                                                    \
    X(TREND_INCOMPLETE, ", incomplete this week")                                                  \
    X(TREND_OVER_BUDGET, ", {percent} over the week's budget")                                     \
    X(TREND_IN_BUDGET, ", within the week's budget")                                               \
    X(ALT_SPAN, "{name}, {first_week} to {last_week}: from {first} to {last}; "                    \
                "lowest {least} in {least_week}, highest {greatest} in {greatest_week}")           \
    X(ALT_ONE, "{name} in {last_week}: {last}")                                                    \
    X(ALT_NONE, "{name}: no exact value to draw; {state} in {last_week}")                          \
    X(ALT_SAME, "{name}, {first_week} to {last_week}: {last} throughout")                          \
    X(ALT_GAPS_ONE, "; 1 week without a value")                                                    \
    X(ALT_GAPS, "; {count} weeks without a value")                                                 \
    X(ALT_TARGET, "; target {target}")                                                             \
    X(ALT_BUDGET, "; week's budget {target}")                                                      \
    /* Alerts beyond the first four: reasons, headings, what to do, what it was, a question */     \
    X(SILENT_BEFORE, "the weeks before cannot be compared with")                                   \
    X(KICKER_BUDGET, "BUDGET")                                                                     \
    X(KICKER_DEPARTMENT_BUDGET, "DEPARTMENT BUDGET")                                               \
    X(KICKER_ADOPTION_FALL, "ADOPTION FALL")                                                       \
    X(KICKER_BELOW_TARGET, "BELOW TARGET")                                                         \
    X(KICKER_ADOPTION_STALL, "ADOPTION STALL")                                                     \
    X(KICKER_NOT_STARTED, "NOT STARTED YET")                                                       \
    X(KICKER_ONBOARDING, "ONBOARDING")                                                             \
    X(KICKER_STREAK_COLLAPSE, "STREAK COLLAPSE")                                                   \
    X(KICKER_SESSION_DEPTH, "SESSION DEPTH")                                                       \
    X(KICKER_TOKEN_SPIKE, "TOKEN SPIKE")                                                           \
    X(ALL_TEAMS, "all teams")                                                                      \
    X(AT_LEAST_SIZE, "at least {size}")                                                            \
    X(BUDGET_LEAD, "Look at the month of {group}: it is heading for {percent} over its budget.")   \
    X(BUDGET_LEAD_OVER, "Look at the month of {group}: it ended {percent} over its budget.")       \
    X(BUDGET_ASK,                                                                                  \
        "More users, deeper use or price: which of them, and does the budget still fit?")          \
    X(FALL_LEAD, "Ask {group} what changed this month.")                                           \
    X(FALL_TEXT, "Adoption is {value} this month so far, {baseline} in as many weeks before.")     \
    X(FALL_ASK, "Is it time off, access, or did the tools stop helping?")                          \
    X(BELOW_LEAD, "Ask {group} what would help to reach the goal.")                                \
    X(BELOW_TEXT, "{name} is {value}, under {baseline}, the lower bound of this week.")            \
    X(BELOW_ASK, "Is help missing, or does the goal need another look?")                           \
    X(STALL_LEAD, "Find the next use case with {group}.")                                          \
    X(STALL_TEXT, "Adoption is {value} and has moved by {points} at most in 4 weeks; the target "  \
                  "is {baseline}.")                                                                \
    X(STALL_ASK, "Who has not started, and why?")                                                  \
    X(NOT_STARTED_LEAD, "Offer a start to the new licence holders in {group}.")                    \
    X(NOT_STARTED_TEXT, "{value} people have held a licence for 7 days or more and have not used " \
                        "it yet.")                                                                 \
    X(NOT_STARTED_ASK, "Do they have access, and do they know whom to ask?")                       \
    X(ONBOARDING_LEAD, "Look at the first days of new licence holders in {group}.")                \
    X(ONBOARDING_TEXT, "{value} of those licensed in the last 13 weeks took more than 10 working " \
                       "days to a first real use.")                                                \
    X(ONBOARDING_ASK, "What stood in the way: access, time, or a first task?")                     \
    X(STREAK_LEAD, "Ask {group} what interrupted the habit.")                                      \
    X(STREAK_TEXT, "The mean streak of people active the week before went from {baseline} to "     \
                   "{value}.")                                                                     \
    X(STREAK_ASK, "A change of work, an outage, or less help than before?")                        \
    X(DEPTH_LEAD, "Ask {group} what sessions are used for now.")                                   \
    X(DEPTH_TEXT,                                                                                  \
        "Tokens per session are {value}, two weeks running well under their 4-week mean "          \
        "of {baseline}.")                                                                          \
    X(DEPTH_ASK, "Smaller tasks, another tool, or less help than before?")                         \
    X(TOKEN_LEAD, "Find out what drives the tokens of {group}.")                                   \
    X(TOKEN_TEXT, "Tokens are {value} against {baseline} the week before.")                        \
    X(TOKEN_ASK, "More people, a new way of working, or a long agent run?")                        \
    X(CLEARED, "It was open since week {week}.")                                                   \
    X(CLEARED_LEAD, "Cleared: {alert}, {group}.")                                                  \
    X(CLEARED_NEW_LEVEL, "It was open since week {week}; after 8 weeks the new level is the "      \
                         "measure.")                                                               \
    X(CLEARED_ASK, "What helped, and is it worth sharing?")

typedef enum InsightString {
#define X(id, text) STRING_##id,
    INSIGHT_STRINGS(X)
#undef X
        STRING_COUNT
} InsightString;

G_GNUC_INTERNAL extern const char *const tm_insight_strings[STRING_COUNT];

#define STRING(id) (tm_insight_strings[STRING_##id])

#endif
