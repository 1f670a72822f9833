"""Sources that tell of some days or of some people only: who says what of whom."""

import json

import overlap
import test_overlap as claude
from harness import ProgramTest
from overlap import DAY_INPUT, DAY_OUTPUT, INPUT, OUTPUT, PEOPLE, mail

MONDAY, TUESDAY, FRIDAY = "2026-11-09", "2026-11-10", "2026-11-13"
WORK_DAYS = (MONDAY, TUESDAY, "2026-11-11", "2026-11-12", FRIDAY)


def analytics(day, people=PEOPLE):
    """Everybody's day, as the vendor has it: two interactions of each."""
    return {f"analytics-{day}.json": claude.analytics_of("subscription")["analytics.json"].replace(
        overlap.DAY, day)} if people == PEOPLE else {
        f"analytics-{day}.json": json.dumps({"has_more": False, "data": [
            row for row in json.loads(analytics(day).popitem()[1])["data"]
            if row["actor"]["email_address"] in map(mail, people)]})}


def transcripts(who, *days):
    """One person's requests, two a day, in two sessions a day."""
    return {name.replace(who, f"{who}/{day}", 1): text.replace(overlap.DAY, day).replace(
        f'"{who}', f'"{day}{who}').replace(f'"r{who}', f'"{day}r{who}').replace(
        f'"m{who}', f'"{day}m{who}')
        for day in days for name, text in claude.transcripts().items() if name.startswith(who)}


class Partly(ProgramTest):
    def given(self, *files, licences=False):
        company = self.company(small=True)
        (company.home / "identities.csv").write_text(overlap.accounts_of_people("path"))
        if licences:
            (company.home / "licenses.csv").write_text("email,tool\n" + "".join(
                f"{mail(who)},claude_code\n" for who in PEOPLE))
        for each in files:
            company.give(each)
        self.assertFine(company.run("ingest"))
        return company

    def used(self, *files):
        return overlap.used(self.given(*files))["claude_code"]


class OnePersonsFile(Partly):
    def test_it_is_preferred_for_that_person_alone(self):
        found = self.used(analytics(MONDAY), transcripts("ana", MONDAY))
        self.assertEqual(found["output_tokens"], DAY_OUTPUT * len(PEOPLE))
        self.assertEqual(found["requests"], 2)

    def test_days_of_it_add_to_those_of_everybodys(self):
        found = self.used(analytics(MONDAY), transcripts("ana", FRIDAY))
        self.assertEqual(found["days"], len(PEOPLE) + 1)
        self.assertEqual(found["output_tokens"], DAY_OUTPUT * (len(PEOPLE) + 1))

    def test_it_does_not_say_that_others_did_nothing(self):
        found = self.used(analytics(MONDAY), transcripts("ana", MONDAY, TUESDAY, FRIDAY))
        self.assertEqual(found["days"], len(PEOPLE) + 2)

    def cells_of(self, *files):
        company = self.given(*files, licences=True)
        self.assertFine(company.run("run"))
        return company, overlap.published(company)

    def test_days_that_only_one_person_covers_are_missing_for_the_tool(self):
        company, found = self.cells_of(analytics(MONDAY), transcripts("ana", *WORK_DAYS))
        self.assertTrue(found["active_users"]["incomplete"])
        self.assertIn("missing working days: 2026-W46 (4 days)", company.run("status").output)

    def test_status_names_a_tool_of_which_one_person_alone_has_newer_data(self):
        company = self.given(analytics("2026-06-01"), transcripts("ana", MONDAY))
        self.assertRegex(company.run("status").output,
                         r"Claude Code +last day 2026-11-09; missing working days: .*2026-W46")

    def test_days_that_everybodys_file_covers_are_not_missing(self):
        company, found = self.cells_of(*map(analytics, WORK_DAYS), transcripts("ana", MONDAY))
        self.assertFalse(found["active_users"]["incomplete"])
        self.assertIn("no working day missing", company.run("status").output)

    def test_a_tool_told_by_peoples_own_files_alone_has_their_days(self):
        _, found = self.cells_of(*(transcripts(who, *WORK_DAYS) for who in PEOPLE))
        self.assertFalse(found["active_users"]["incomplete"])

    def test_missing_days_of_others_do_not_break_their_streaks(self):
        _, found = self.cells_of(
            *map(analytics, WORK_DAYS[:2]), transcripts("ana", *WORK_DAYS))
        # Ana has five days; of the other five we know two and nothing that ended them.
        self.assertEqual(found["streak"]["value"], 2.5)
        self.assertTrue(found["streak"]["at_least"])

    def test_the_beginning_of_data_is_that_of_everybodys(self):
        company, found = self.cells_of(
            *map(analytics, WORK_DAYS), transcripts("ana", "2026-10-05", "2026-10-12"))
        self.assertEqual(found["gained_users"]["state"], "not measured")


class MissingIsNotZero(Partly):
    def own_table(self, columns, *values):
        return {"tidemark.csv": overlap.table(f"date,email,tool,{columns}", (
            (day, mail(who), "claude_code", *values) for who in PEOPLE for day in WORK_DAYS))}

    def test_a_table_without_sessions_leaves_them_to_another_source(self):
        found = self.used(self.own_table("interactions", 4), transcripts("ana", MONDAY, TUESDAY))
        self.assertEqual(found["sessions"], 4)
        self.assertEqual(found["interactions"], 4 * len(PEOPLE) * len(WORK_DAYS))

    def test_a_table_with_sessions_speaks_for_the_week(self):
        found = self.used(
            self.own_table("interactions,sessions", 4, 1), transcripts("ana", MONDAY, TUESDAY))
        self.assertEqual(found["sessions"], len(PEOPLE) * len(WORK_DAYS))

    def test_a_table_without_tokens_or_money_leaves_them_to_another_source(self):
        found = self.used(self.own_table("interactions", 4), transcripts("ana", MONDAY, TUESDAY))
        self.assertEqual(found["output_tokens"], DAY_OUTPUT * 2)
        self.assertEqual(found["list_value"], 4 * (INPUT * 2 + OUTPUT * 10))


class BilledByToken(Partly):
    LISTED = 2 * (INPUT * 2 + OUTPUT * 10)  # of a person and day
    BILLED = 200000

    def test_a_bill_of_some_days_is_whole_beside_the_value_of_the_others(self):
        found = self.used(claude.cost_report(), transcripts("ana", MONDAY, TUESDAY))
        self.assertEqual(found["metered"], self.BILLED * len(PEOPLE))
        self.assertEqual(found["list_value"], self.LISTED)  # of Tuesday

    def test_people_whom_a_bill_does_not_name_are_not_valued_on_its_days(self):
        bill = json.loads(claude.cost_report()["cost.json"])
        bill["data"] = bill["data"][1:]
        found = self.used({"cost.json": json.dumps(bill)}, transcripts("ana", MONDAY))
        self.assertEqual(found["metered"], self.BILLED * (len(PEOPLE) - 1))
        self.assertEqual(found.get("list_value", 0), 0)
        self.assertEqual(found["output_tokens"], DAY_OUTPUT)

    def test_tokens_are_those_of_the_recordings(self):
        found = self.used(claude.cost_report(), *(transcripts(who, MONDAY) for who in PEOPLE))
        self.assertEqual(found["input_tokens"], DAY_INPUT * len(PEOPLE))
        self.assertEqual(found["list_value"], 0)
