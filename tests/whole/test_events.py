"""What is written in events.csv comes into the reports of its time and stays there."""

import sqlite3

import harness
from harness import ProgramTest
from test_status import OCTOBER, use

TEAMS = ("team_id,name,parent_team_id,type\neng,Engineering,,department\nops,Operations,,department\n"
         "core,Core,eng,team\nfield,Field,ops,team\n")
PEOPLE = "email,team_id\n" + "".join(
    f"{name}{number}@example.com,{team}\n" for team, name in (("core", "a"), ("field", "b")) for number in range(6))
EVENTS = ("date,team_id,text\n2026-10-05,*,Everybody\n2026-10-06,eng,Only engineers\n2026-10-07,field,Only Field\n"
          "2026-10-25,*,Last day\n2026-10-26,*,Day after\n")


class Events(ProgramTest):
    def published(self):
        company = self.company(small=True)
        company.give({"tidemark.csv": use(OCTOBER[:25])})
        company.give({"events.csv": EVENTS, "teams.csv": TEAMS, "people.csv": PEOPLE}, company.home)
        self.assertFine(harness.run("run", "--config", company.settings, "--today", "2026-10-30",
                                    "--format", "html"), codes=(0, 1))
        return company

    def texts(self, company):
        """Scope -> texts, as published."""
        found = {}
        with sqlite3.connect(next(company.home.rglob("archive.sqlite"))) as archive:
            for scope, body in archive.execute("SELECT scope, body FROM line WHERE kind = 'context'"):
                fields = [field.strip(chr(34)) for field in body.split("\t")]
                if fields[0] == "event":
                    found.setdefault(scope, []).append(fields[2])
        return found

    def test_each_stands_with_the_groups_that_it_is_of(self):
        found = self.texts(self.published())
        self.assertEqual(found.pop("org"), ["Everybody", "Last day"])
        self.assertEqual(sorted(found.values()), [["Only Field"], ["Only engineers"]])
        self.assertTrue(all(scope != "org" for scope in found))

    def test_the_executive_report_marks_those_of_the_organisation(self):
        company = self.published()
        page = next(company.out.rglob("executive.html")).read_text()
        self.assertIn("Marked in the charts: 5 October, Everybody; 25 October, Last day.", page)
        for text in ("Only engineers", "Only Field", "Day after"):
            self.assertNotIn(text, page)

    def test_a_published_issue_keeps_what_it_said(self):
        company = self.published()
        page = next(company.out.rglob("executive.html"))
        before = page.read_bytes()
        (company.home / "events.csv").write_text("date,team_id,text\n2026-10-05,*,Something else\n")
        page.unlink()
        self.assertFine(company.run("report", "--format", "html"))
        self.assertEqual(page.read_bytes(), before)
