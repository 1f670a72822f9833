"""Exports of development tools beside those of the vendors: counts of teams in the ledger."""

from harness import ProgramTest

CSV = "date,team_id,metric,count\n2026-11-09,core,commits,14\n2026-11-10,core,commits,2\n"
LOG = (
    "@9f1c0de4a79f1c0de4a79f1c0de4a79f1c0de4a7\t2026-11-10T11:02:00+00:00\t2026-11-10T11:02:00+00:00\t"
    "ana@example.com\tANACANARY\t77aa01\tSUBJECTCANARY\n12\t3\tsrc/PATHCANARY.c\n"
)
CURSOR = "Date,User,Model,Tokens\n2026-11-10T08:00:00.000Z,ana@example.com,auto,10\n"


class Outcomes(ProgramTest):
    def given(self):
        company = self.company(small=True)
        company.give({"cursor.csv": CURSOR})
        company.give({"outcomes.csv": CSV, "core.log": LOG}, company.home / "outcomes")
        return company

    def test_ingest_counts_them_once(self):
        company = self.given()
        first = company.run("ingest")
        self.assertFine(first)
        self.assertIn("read 2 files of outcomes", first.output)
        company.run("ingest")
        status = company.run("status")
        self.assertFine(status)
        self.assertRegex(status.output, r"commits +17, 2026-11-09 to 2026-11-10")

    def test_check_says_what_is_in_them(self):
        company = self.given()
        result = company.run("check")
        self.assertFine(result)
        self.assertIn("outcomes.csv", result.output)
        self.assertIn("2 counted, 0 skipped, 0 of no team", result.output)

    def test_nothing_of_a_person_is_stored_or_said(self):
        company = self.given()
        said = company.run("ingest", "-v").said + company.run("status").said
        for canary in ("ANACANARY", "SUBJECTCANARY", "PATHCANARY"):
            self.assertNotIn(canary, said)
            for path in company.written():
                self.assertNotIn(canary.encode(), path.read_bytes(), path)
