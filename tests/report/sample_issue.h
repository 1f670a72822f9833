/*
 * A company like the one of the samples: seven blocks in three kinds of work, three tools, twelve
 * weeks, a cost spike in Data infrastructure and a fall of adoption in Site reliability.
 */
#ifndef TESTS_SAMPLE_ISSUE_H
#define TESTS_SAMPLE_ISSUE_H

#include <tidemark/archive.h>

#define SAMPLE_WEEK (tm_week_from_iso(2026, 46))

TmIssue *sample_issue_new(void);

#endif
