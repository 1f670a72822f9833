"""A developer's own files become tidemark.csv: counts only, and counted once beside the files."""

import json

import harness
from harness import ProgramTest
from test_overlap import DAY, PEOPLE, TOKENS, otel_events, transcripts

SECRET = "CANARY-of-a-prompt"


class Contribute(ProgramTest):
    def contributed(self, company, files, *options):
        """The table of each person, made of that person's files, and put among the exports."""
        for who in PEOPLE:
            own = company.root / "machines" / who
            company.give({name: text for name, text in files.items() if name.startswith(f"{who}/")}, own)
            made = harness.run("contribute", "--as", f"{who}@example.com", "--output",
                               company.exports / f"{who}.csv", "--today", harness.TODAY, *options, own)
            self.assertFine(made)

    def tokens(self, company):
        (company.home / "identities.csv").write_text(
            "email,tool,kind,value\n" + "".join(f"{who}@example.com,,path,{who}\n" for who in PEOPLE))
        self.assertFine(company.run("run"))
        cells = json.loads((company.week / "kpis.json").read_text())["cells"]
        return [cell["value"] for cell in cells if cell["scope"] == "org" and cell["kpi"] == "tokens"
                and cell["week"] == "2026-W46" and cell["part"] == ""]

    def test_contributions_tell_the_use(self):
        company = self.company(small=True)
        self.contributed(company, transcripts())
        self.assertEqual(self.tokens(company), [TOKENS])

    def test_contributions_beside_the_files_count_once(self):
        company = self.company(small=True)
        self.contributed(company, transcripts())
        company.give(transcripts())
        company.give(otel_events())
        self.assertEqual(self.tokens(company), [TOKENS])

    def test_contributions_give_the_list_value_of_the_files(self):
        values = []
        for contributed in (False, True):
            company = self.company(small=True)
            if contributed:
                self.contributed(company, transcripts())
            else:
                company.give(transcripts())
            self.tokens(company)
            cells = json.loads((company.week / "kpis.json").read_text())["cells"]
            values.append([(cell["kpi"], cell["part"], cell["week"], cell.get("value")) for cell in cells
                           if cell["scope"] == "org" and cell["kpi"] in ("list_value", "sessions", "tokens")])
        self.assertEqual(values[0], values[1])

    def test_no_content_path_or_project_is_written(self):
        company = self.company(small=True)
        files = {f"{SECRET}/ana.jsonl": "".join(
            text.replace('"isSidechain"', f'"cwd": "/home/{SECRET}", "gitBranch": "{SECRET}", "isSidechain"')
            for name, text in transcripts().items() if name.startswith("ana/"))}
        company.give(files, company.root / "machine")
        table = company.root / "table.csv"
        made = harness.run("contribute", "--as", "ana@example.com", "--output", table, "--today",
                           harness.TODAY, company.root / "machine")
        self.assertFine(made)
        self.assertNotIn(SECRET, table.read_text())
        self.assertNotIn(SECRET, made.said)
        self.assertEqual(len(table.read_text().splitlines()), 3)

    def test_a_dry_run_prints_every_line_and_writes_none(self):
        company = self.company(small=True)
        company.give(transcripts(), company.root / "machine")
        table = company.root / "table.csv"
        arguments = ("contribute", "--as", "ana@example.com", "--output", table, "--today",
                     harness.TODAY, company.root / "machine")
        shown = harness.run(*arguments, "--dry-run")
        self.assertFalse(table.exists())
        self.assertFine(harness.run(*arguments))
        self.assertEqual(shown.output, table.read_text())

    def test_since_leaves_older_days_out(self):
        company = self.company(small=True)
        company.give(transcripts(), company.root / "machine")
        made = harness.run("contribute", "--as", "ana@example.com", "--dry-run", "--today", "2026-12-31",
                           "--since", "30d", company.root / "machine")
        self.assertEqual(made.code, 2)
        self.assertIn("nothing in these files could be contributed", made.errors)

    def test_exports_of_others_are_left_out(self):
        company = self.company(small=True)
        company.give(otel_events(), company.root / "machine")
        made = harness.run("contribute", "--as", "ana@example.com", "--dry-run", "--today", harness.TODAY,
                           company.root / "machine")
        self.assertFine(made)
        self.assertEqual(len(made.output.splitlines()), 3)

    def test_records_that_name_others_by_a_number_are_left_out(self):
        company = self.company(small=True)
        company.give({"kiro.csv": "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,"
                      "Overage_Credits_Used,Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages\n"
                      f"{DAY},u-1,KIRO_IDE,4,1,1,0,true,x,POWER,9\n"}, company.root / "machine")
        made = harness.run("contribute", "--as", "ana@example.com", "--dry-run", "--today", harness.TODAY,
                           company.root / "machine")
        self.assertEqual(made.code, 2)
        self.assertIn("nothing in these files could be contributed", made.errors)

    def test_a_model_named_by_a_path_is_not_written(self):
        company = self.company(small=True)
        company.give({name: text.replace("claude-sonnet-5", f"/home/{SECRET}/model.gguf")
                      for name, text in transcripts().items()}, company.root / "machine")
        made = harness.run("contribute", "--as", "ana@example.com", "--dry-run", "--today", harness.TODAY,
                           company.root / "machine")
        self.assertNotIn(SECRET, made.output)
        self.assertGreater(len(made.output.splitlines()), 1)

    def test_an_address_is_wanted(self):
        made = harness.run("contribute")
        self.assertEqual(made.code, 2)
        self.assertIn("--as", made.errors)
