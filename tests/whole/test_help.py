"""The command line itself."""

import harness
from harness import ProgramTest, run

COMMANDS = ["init", "ingest", "report", "run", "check", "status", "explain"]


class Help(ProgramTest):
    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            with self.subTest(command):
                result = run(command, "--help")
                self.assertFine(result)
                self.assertIn(command, result.output)
                self.assertGreater(len(result.output.splitlines()), 4)
                self.assertEqual(result.errors, "")

    def test_help_names_every_command(self):
        result = run("--help")
        self.assertFine(result)
        for command in COMMANDS:
            self.assertIn(command, result.output)

    def test_version(self):
        result = run("--version")
        self.assertFine(result)
        self.assertRegex(result.output, r"^tidemark \d+\.\d+\.\d+\n$")

    def test_unknown_command(self):
        result = run("conjure")
        self.assertFine(result, codes=(2,))
        self.assertNotEqual(result.errors, "")

    def test_unknown_option(self):
        self.assertFine(run("run", "--conjure"), codes=(2,))

    def test_settings_that_are_not_there(self):
        result = run("run", "--config", "/nowhere/tidemark.ini")
        self.assertFine(result, codes=(2,))
        self.assertIn("tidemark.ini", result.errors)

    def test_today_that_is_no_day(self):
        result = run("run", "--config", harness.SAMPLE / "tidemark.ini", "--today", "2026-02-30")
        self.assertFine(result, codes=(2,))

    def test_week_that_is_none(self):
        result = run("report", "--config", harness.SAMPLE / "tidemark.ini", "--week", "2026-W54")
        self.assertFine(result, codes=(2,))


class SetUp(ProgramTest):
    def test_init_makes_a_company_that_status_accepts(self):
        folder = self.company(small=True).root / "fresh"
        self.assertFine(run("init", folder))
        settings = folder / "tidemark.ini"
        self.assertTrue(settings.exists())
        result = run("status", "--config", settings, "--today", harness.TODAY)
        self.assertFine(result)
        self.assertEqual(result.errors, "")

    def test_init_leaves_what_is_there(self):
        company = self.company(small=True)
        before = company.settings.read_bytes(), (company.home / "people.csv").read_bytes()
        self.assertFine(run("init", company.home))
        self.assertEqual(
            before, (company.settings.read_bytes(), (company.home / "people.csv").read_bytes())
        )

    def test_explain_a_kpi(self):
        result = run("explain", "adoption")
        self.assertFine(result)
        self.assertIn("licensed", result.output)

    def test_explain_a_kpi_that_is_none(self):
        self.assertFine(run("explain", "happiness"), codes=(2,))

    def test_nothing_to_read(self):
        self.assertFine(self.company(small=True).run("run"), codes=(2,))

    def test_report_before_anything_was_published(self):
        self.assertFine(self.company(small=True).run("report"), codes=(2,))

    def test_a_dry_run_writes_nothing(self):
        company = self.company()
        self.assertFine(company.run("run", "--dry-run"))
        self.assertEqual(company.written(), [])
