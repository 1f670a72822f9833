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
/* The same without people.csv: for exports of the directory. */
int fixture_open_without_people(void **state);
int fixture_close(void **state);

void fixture_write(Fixture *fixture, const char *name, const char *text);

/* Takes a file away. */
void fixture_remove(Fixture *fixture, const char *name);

/* Puts a file of tests/setup/directory into the directory's folder, under a name of its own. */
void fixture_export(Fixture *fixture, const char *sample, const char *name);

/* Team of a person on a day of 2026, by its id; "" if there is none. */
const char *fixture_team_of(const Fixture *fixture, const char *email);

/* Whose account this is on that day; "" if nobody's. */
const char *fixture_owner(
    const Fixture *fixture, TmToolIndex tool, TmIdentityKind kind, const char *value);

/* Loads; the test fails when that is refused. */
const TmSetup *fixture_load(Fixture *fixture);

/* Day of "YYYY-MM-DD"; the test fails if it is none. */
TmDay fixture_day(const char *text);

/* A person by address; the test fails if there is none. */
const TmPerson *fixture_person_at(const Fixture *fixture, const char *email);

TmPersonIndex fixture_person(const Fixture *fixture, const char *email);
TmTeamIndex fixture_team(const Fixture *fixture, const char *id);

/* Diagnostics without the folder's path; owned by the caller. */
char *fixture_diagnostics(const Fixture *fixture);

/* Loading must be refused, with an error. */
void fixture_refuse(Fixture *fixture);

/* How often this kind was reported. */
guint64 fixture_count(const Fixture *fixture, TmDiagnosticKind kind);

#define FIXTURE_UNPRICED (-1)

/* Micros of one request for Claude Code on 2026-08-03, or FIXTURE_UNPRICED. */
gint64 fixture_price(const Fixture *fixture, const char *model, TmTokenUse use);

/* The list that prices a token of input; the test fails without a price. */
TmPriceSource fixture_price_source(const Fixture *fixture, const char *model);

#define FIXTURE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

#define EXPORT_TEST(name)                                                                          \
    cmocka_unit_test_setup_teardown(name, fixture_open_without_people, fixture_close)

#endif
