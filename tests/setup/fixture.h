/*
 * fixture: a temporary folder of set-up files that is loaded once per test.
 *
 * fixture_open and fixture_close are the set-up and tear-down of a cmocka test; in between
 * fixture_write files, then fixture_load. A minimal tidemark.ini and people.csv are there already.
 */
#ifndef TESTS_SETUP_FIXTURE_H
#define TESTS_SETUP_FIXTURE_H

#include <tidemark/setup.h>

#include "../cmocka_all.h"

typedef struct Fixture {
    char *folder;
    TmDiagnostics *diagnostics;
    TmSetup *setup; /* after fixture_load */
} Fixture;

int fixture_open(void **state);
int fixture_close(void **state);

void fixture_write(Fixture *fixture, const char *name, const char *text);

/* Loads; the test fails when that is refused. */
const TmSetup *fixture_load(Fixture *fixture);

/* Day of "YYYY-MM-DD"; the test fails if it is none. */
TmDay fixture_day(const char *text);

TmPersonIndex fixture_person(const Fixture *fixture, const char *email);
TmTeamIndex fixture_team(const Fixture *fixture, const char *id);

/* How often this kind was reported. */
guint64 fixture_count(const Fixture *fixture, TmDiagnosticKind kind);

#define FIXTURE_UNPRICED (-1)

/* Micros of one request for Claude Code on 2026-08-03, or FIXTURE_UNPRICED. */
gint64 fixture_price(const Fixture *fixture, const char *model, TmTokenUse use);

/* The list that prices a token of input; the test fails without a price. */
TmPriceSource fixture_price_source(const Fixture *fixture, const char *model);

#define FIXTURE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

#endif
