#!/usr/bin/env python3
"""The command line: options, exit codes, what is printed, what may not be written.

test_commands.py PROGRAM; meson calls it.
"""

import json
import pathlib
import shlex
import shutil
import re
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
COMMANDS = ["init", "check", "ingest", "run", "report", "status", "explain", "contribute"]

CURSOR_CSV = (
    "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,"
    "Output Tokens,Total Tokens,Cost\n"
    '"2026-10-05T09:15:02.004Z","ana@example.com","Included","auto","No","10","200","3000","40","3250","0.02"\n'
    '"2026-10-06T10:00:00.000Z","ana@example.com","Included","auto","No","0","100","0","20","120","0.01"\n')


class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, capture_output=True,
                              text=True, encoding="utf-8", timeout=120, check=False)

    def assert_refused(self, *arguments, says=None):
        """Exit code 2, a reason on standard error, nothing on standard output."""
        done = self.run_program(*arguments)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertTrue(done.stderr.startswith("tidemark: ") or "Usage:" in done.stderr, done.stderr)
        if says:
            self.assertIn(says, done.stderr)

    def assert_fine(self, *arguments):
        done = self.run_program(*arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        return done.stdout

    def state(self):
        """Every file below the folder, with its bytes and time of change."""
        return {path.relative_to(self.folder): (path.read_bytes(), path.stat().st_mtime_ns)
                for path in self.folder.rglob("*") if path.is_file()}

    def company(self):
        """A folder with settings and one export."""
        self.assert_fine("init")
        (self.folder / "exports").mkdir(exist_ok=True)
        (self.folder / "exports" / "cursor.csv").write_text(CURSOR_CSV, encoding="utf-8")


    def published(self):
        """The same with one week published, of six people."""
        self.company()
        for name in ("teams.csv", "licenses.csv", "identities.csv", "timeoff.csv", "goals.csv",
                     "budgets.csv", "subscriptions.csv", "repositories.csv"):
            (self.folder / name).unlink()
        people = "email,team_id\n" + "".join(f"{name}@example.com,core\n" for name in ("ana", *"bcdef"))
        (self.folder / "people.csv").write_text(people, encoding="utf-8")
        done = self.run_program("run", "--today=2026-10-15", "--format=data")
        self.assertIn(done.returncode, (0, 1), done.stderr)


class Words(CommandTest):
    def test_no_command_is_refused(self):
        self.assert_refused(says="Usage:")

    def test_an_unknown_command_is_refused(self):
        self.assert_refused("conjure", says="no such command")

    def test_version(self):
        self.assertRegex(self.assert_fine("--version"), r"^tidemark \d+\.\d+\.\d+\n$")

    def test_help_in_every_spelling(self):
        self.assertEqual(len({self.assert_fine(word) for word in ("--help", "-h", "help")}), 1)

    def test_help_lists_every_command(self):
        text = self.assert_fine("--help")
        for command in COMMANDS:
            self.assertIn(f"\n  {command} ", text)

    def test_help_of_a_command_shows_its_arguments(self):
        for command, arguments in (("init", "[FOLDER]"), ("check", "[FILE|FOLDER…]"),
                                   ("ingest", "[FILE|FOLDER…]"), ("run", "[FILE|FOLDER…]"),
                                   ("explain", "[KPI…]"), ("contribute", "[FILE|FOLDER…]")):
            with self.subTest(command):
                self.assertIn(f"tidemark {command} [OPTION…] {arguments}\n", self.assert_fine(command, "--help"))

    def test_an_unknown_option_is_refused(self):
        for command in COMMANDS:
            with self.subTest(command):
                self.assert_refused(command, "--conjure")

    def test_an_option_of_another_command_is_refused(self):
        for command, option in (("explain", "--today=2026-10-12"), ("report", "--since=2026-10-12"),
                                ("run", "--json"), ("status", "--format=html"), ("check", "--dry-run")):
            with self.subTest(command):
                self.assert_refused(command, option)

    def test_an_option_without_its_value_is_refused(self):
        self.assert_refused("status", "--config")


class Manual(CommandTest):
    """Man page and completions know every command and every long option that --help shows."""

    def assert_named(self, path, spell, command_pattern):
        text = (ROOT / path).read_text(encoding="utf-8")
        for command in COMMANDS:
            self.assertRegex(text, command_pattern.replace("NAME", command))
            options = re.findall(r"^\s+(?:-\w, )?--([a-z-]+)", self.assert_fine(command, "--help"), re.M)
            self.assertIn("verbose", options)
            for option in options:
                self.assertIn(spell(option), text, f"{path}: {command} --{option}")

    def test_man_page(self):
        self.assert_named("man/tidemark.1", lambda option: f"Fl -{option}", r"\n\.It Cm NAME\b")

    def test_bash(self):
        self.assert_named("packaging/completions/tidemark.bash", lambda option: f"--{option}", r"-W \"[^\"]*\bNAME\b")

    def test_zsh(self):
        self.assert_named("packaging/completions/_tidemark", lambda option: f"--{option}", r"'NAME:")

    def test_fish(self):
        self.assert_named("packaging/completions/tidemark.fish", lambda option: f"-l {option} ", r"-a NAME ")


class Values(CommandTest):
    def test_days_that_are_none_are_refused(self):
        for option in ("today", "since", "until"):
            for text in ("2026-02-30", "2026-2-3", "yesterday", "", "2026-10-05T00:00", "30", "d", "-3d",
                         "3x", "99999d"):
                with self.subTest(option=option, text=text):
                    self.assert_refused("check", f"--{option}={text}", ".", says=f"--{option} is not a date")

    def test_a_period_may_be_so_long_ago(self):
        (self.folder / "cursor.csv").write_text(CURSOR_CSV, encoding="utf-8")
        for since, taken in (("7d", 2), ("6d", 1), ("1w", 2), ("1m", 2), ("1y", 2), ("5d", 0)):
            with self.subTest(since):
                done = self.run_program("check", "--json", "--today=2026-10-12", f"--since={since}", "cursor.csv")
                self.assertEqual(json.loads(done.stdout)[0]["rows_taken"], taken)

    def test_weeks_that_are_none_are_refused(self):
        for text in ("2026-W54", "2026-46", "W46", ""):
            with self.subTest(text):
                self.assert_refused("report", f"--week={text}", says="--week is not an ISO week")

    def test_a_message_does_not_repeat_what_was_typed(self):
        done = self.run_program("check", "--today=ana@example.com", ".")
        self.assertNotIn("ana@", done.stderr)

    def test_settings_that_are_missing_are_refused(self):
        for command in ("ingest", "run", "report", "status", "check"):
            with self.subTest(command):
                self.assert_refused(command, "--config", "missing.ini", says="missing.ini")


class Init(CommandTest):
    def test_a_second_time_leaves_files_alone(self):
        self.assert_fine("init", "company")
        (self.folder / "company" / "people.csv").write_text("email\nana@example.com\n", encoding="utf-8")
        before = self.state()
        self.assertIn("nothing was written", self.assert_fine("init", "company"))
        self.assertEqual(self.state(), before)

    def test_a_file_that_went_away_comes_back(self):
        self.assert_fine("init")
        (self.folder / "goals.csv").unlink()
        self.assertIn("goals.csv", self.assert_fine("init"))
        self.assertTrue((self.folder / "goals.csv").exists())

    def assert_next_works(self, folder):
        """The commands that init names work from where init was called."""
        text = self.assert_fine("init", *folder)
        (self.folder.joinpath(*folder) / "exports" / "cursor.csv").write_text(CURSOR_CSV, encoding="utf-8")
        commands = [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("    tidemark ")]
        self.assertEqual([command[0] for command in commands], ["check", "run"])
        for command in commands:
            extra = ["--dry-run"] if command[0] == "run" else []
            self.assert_fine(*command, "--today=2026-10-15", *extra)

    def test_the_next_commands_work_in_this_folder(self):
        self.assert_next_works([])

    def test_the_next_commands_work_with_another_folder(self):
        self.assert_next_works(["my company's"])

    def test_two_folders_are_refused(self):
        self.assert_refused("init", "one", "two", says="one folder")
        self.assertEqual(self.state(), {})

    def test_a_folder_that_cannot_be_made(self):
        (self.folder / "taken").write_text("", encoding="utf-8")
        self.assertIn(self.run_program("init", "taken/company").returncode, (2, 3))


class Explain(CommandTest):
    def test_a_figure(self):
        text = self.assert_fine("explain", "adoption")
        self.assertIn("active users ÷ licensed people", text)
        self.assertIn("**Who sees it:** executive and department reports, team report\n", text)

    def test_every_figure_of_the_list_is_explained(self):
        keys = [line.split()[0] for line in self.assert_fine("explain").splitlines()]
        self.assertGreater(len(keys), 20)
        text = self.assert_fine("explain", *keys)
        for key in keys:
            self.assertIn(f"(`{key}`)", text)

    def test_a_figure_that_is_none_is_refused(self):
        self.assert_refused("explain", "happiness", says="no such KPI")


class Check(CommandTest):
    def setUp(self):
        super().setUp()
        self.export = self.folder / "cursor.csv"
        self.export.write_text(CURSOR_CSV, encoding="utf-8")

    def test_files_without_settings(self):
        text = self.assert_fine("check", "--today=2026-10-12", self.export)
        self.assertIn("2 rows taken, 0 skipped", text)
        self.assertIn("2026-10-05 to 2026-10-06", text)

    def test_nothing_is_stored(self):
        before = self.state()
        self.assert_fine("check", "--today=2026-10-12", self.export)
        self.assertEqual(self.state(), before)

    def test_json_says_the_same(self):
        files = json.loads(self.assert_fine("check", "--json", "--today=2026-10-12", self.export))
        self.assertEqual(len(files), 1)
        self.assertEqual((files[0]["rows_taken"], files[0]["first_day"], files[0]["last_day"]),
                         (2, "2026-10-05", "2026-10-06"))
        totals = files[0]["totals"]
        self.assertEqual((totals["input_tokens"], totals["cache_write_tokens"], totals["cache_read_tokens"],
                          totals["output_tokens"]), (300, 10, 3000, 60))
        self.assertIsNone(totals["active_seconds"])

    def test_json_of_a_name_with_quotes_is_json(self):
        odd = self.folder / 'a "b"\\c.csv'
        odd.write_text(CURSOR_CSV, encoding="utf-8")
        files = json.loads(self.assert_fine("check", "--json", "--today=2026-10-12", odd))
        self.assertEqual(files[0]["file"], str(odd))

    def test_records_outside_the_period_are_counted(self):
        text = self.assert_fine("check", "--today=2026-10-12", "--since=2026-10-06", self.export)
        self.assertIn("1 row taken, 0 skipped", text)
        self.assertIn("1 row outside", text)

    def test_records_of_the_future_are_skipped(self):
        done = self.run_program("check", "--today=2026-10-05", self.export)
        self.assertEqual(done.returncode, 1)
        self.assertIn("1 skipped", done.stdout)
        self.assertNotIn("ana@", done.stdout + done.stderr)

    def test_files_of_no_format(self):
        (self.folder / "notes.txt").write_text("hello\n", encoding="utf-8")
        self.assertEqual(self.run_program("check", "notes.txt").returncode, 2)

    def test_an_empty_folder_is_refused(self):
        (self.folder / "empty").mkdir()
        self.assertEqual(self.run_program("check", "empty").returncode, 2)


class Unmatched(CommandTest):
    """Who an account of nobody is stands in a file that was asked for, and nowhere else."""

    COPILOT = ('{"day":"2026-10-05","user_id":7,"user_login":"yan_example","user_initiated_interaction_count":1}\n')

    def setUp(self):
        super().setUp()
        self.company()
        lines = CURSOR_CSV.splitlines()
        strangers = "".join(lines[1].replace("ana@", f"{name}@") + "\n" for name in ("zoe", "=yan", "zoe"))
        (self.folder / "exports" / "cursor.csv").write_text(CURSOR_CSV + strangers, encoding="utf-8")

    def check(self, *more):
        return self.run_program("check", "--today=2026-10-12", "--unmatched=rows.csv", *more)

    def test_rows_of_identities_for_those_of_nobody(self):
        self.assertEqual(self.check().returncode, 0)
        self.assertEqual((self.folder / "rows.csv").read_text(encoding="utf-8"),
                         "email,tool,kind,value,start_date,end_date\n"
                         ",cursor,email,'=yan@example.com,,\n,cursor,email,zoe@example.com,,\n")

    def test_only_the_owner_can_read_it_whatever_stood_there(self):
        (self.folder / "rows.csv").write_text("", encoding="utf-8")
        (self.folder / "rows.csv").chmod(0o644)
        self.check()
        self.assertEqual((self.folder / "rows.csv").stat().st_mode & 0o777, 0o600)

    def test_nothing_of_it_is_printed_or_stored_elsewhere(self):
        before = self.state()
        for more in ((), ("--verbose",), ("--json",)):
            done = self.check(*more)
            self.assertNotRegex(done.stdout + done.stderr, "zoe|yan")
        self.assertEqual(self.state().keys() - before.keys(), {pathlib.Path("rows.csv")})

    def test_it_says_how_many(self):
        self.assertIn("wrote 2 accounts of nobody into rows.csv", self.check().stdout)

    def test_both_names_of_an_account_are_written(self):
        (self.folder / "exports" / "cursor.csv").unlink()
        (self.folder / "exports" / "users.ndjson").write_text(self.COPILOT, encoding="utf-8")
        said = self.check().stdout
        self.assertIn("wrote 1 account of nobody", said)
        rows = (self.folder / "rows.csv").read_text(encoding="utf-8").splitlines()[1:]
        self.assertEqual(sorted(rows), [",copilot,login,yan_example,,", ",copilot,user_id,7,,"])

    def test_completed_rows_leave_nobody(self):
        (self.folder / "exports" / "cursor.csv").write_text(
            CURSOR_CSV.replace("ana@", "zoe@"), encoding="utf-8")
        self.check()
        rows = (self.folder / "rows.csv").read_text(encoding="utf-8")
        (self.folder / "identities.csv").write_text(rows.replace("\n,", "\nana@example.com,"), encoding="utf-8")
        self.assertIn("wrote 0 accounts of nobody", self.check().stdout)

    def test_without_a_set_up_it_is_refused(self):
        (self.folder / "tidemark.ini").unlink()
        self.assert_refused("check", "--unmatched=rows.csv", "exports", says="--unmatched needs the set-up")
        self.assertFalse((self.folder / "rows.csv").exists())

    def test_a_place_that_cannot_be_written(self):
        done = self.run_program("check", "--today=2026-10-12", "--unmatched=tidemark.ini/rows.csv")
        self.assertEqual(done.returncode, 3)
        self.assertNotRegex(done.stdout + done.stderr, "zoe|yan")


class Numbers(CommandTest):
    """One is said otherwise than many."""

    def test_one_file_and_one_record(self):
        self.company()
        lines = CURSOR_CSV.splitlines(keepends=True)
        (self.folder / "exports" / "cursor.csv").write_text(
            lines[0] + lines[1].replace("ana@", "zoe@"), encoding="utf-8")
        done = self.run_program("ingest", "--today=2026-10-12", "--verbose")
        self.assertIn("read 1 file: 1 record taken, 0 skipped\n1 account belongs to nobody", done.stdout)
        self.assertIn("1 account belongs to nobody on the roster; its use is unassigned", done.stderr)
        self.assertIn("0 people, 1 account of unknown people", self.assert_fine("status", "--today=2026-10-12"))

    def test_several_files_and_those_that_were_left_alone(self):
        self.company()
        self.assert_fine("ingest", "--today=2026-10-12")
        lines = CURSOR_CSV.splitlines(keepends=True)
        for day in (7, 8):
            (self.folder / "exports" / f"{day}.csv").write_text(
                lines[0] + lines[1].replace("10-05", f"10-0{day}"), encoding="utf-8")
        (self.folder / "exports" / "notes.txt").write_text("hello\n", encoding="utf-8")
        done = self.run_program("ingest", "--today=2026-10-12")
        self.assertIn("read 2 files: 2 records taken, 0 skipped; 1 file was unchanged; 1 file was left out whole "
                      "(-v says why)\n", done.stdout)


class DryRuns(CommandTest):
    def assert_dry(self, *arguments):
        self.company()
        before = self.state()
        done = self.run_program(*arguments, "--dry-run")
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertIn("would read", done.stdout)
        self.assertEqual(self.state(), before)

    def test_run(self):
        self.assert_dry("run", "--today=2026-10-15")

    def test_ingest(self):
        self.assert_dry("ingest", "--today=2026-10-15")

    def test_run_says_whose_accounts_there_are_and_that_licences_are_too_few(self):
        self.company()
        text = CURSOR_CSV + CURSOR_CSV.splitlines()[1].replace("ana@", "zoe@") + "\n"
        (self.folder / "exports" / "cursor.csv").write_text(text, encoding="utf-8")
        said = self.assert_fine("run", "--today=2026-10-15", "--dry-run")
        self.assertIn("accounts in these files: 1 matched to people, 1 to nobody, 0 keys and bots\n", said)
        self.assertIn("1 licensed person in 2026-W41: too few, a week is published from 5 on\n", said)
        self.assertNotIn("zoe", said)

    def test_run_says_how_many_are_licensed(self):
        self.published()
        said = self.run_program("run", "--today=2026-10-15", "--dry-run").stdout
        self.assertIn("6 licensed people in 2026-W41\n", said)

    def test_report_with_nothing_published_is_refused(self):
        self.company()
        before = self.state()
        self.assertEqual(self.run_program("report", "--dry-run").returncode, 2)
        self.assertEqual(self.state(), before)


class Report(CommandTest):
    def test_a_format_that_is_none_is_refused(self):
        self.company()
        self.assert_refused("report", "--format=docx", says="--format takes")

    def test_a_paper_that_is_none_is_refused(self):
        self.company()
        self.assert_refused("report", "--paper=a5", says="--paper takes")

    def test_periods_that_are_none_are_refused(self):
        self.company()
        for option, texts in (("month", ("2026-13", "2026-1", "October")),
                              ("quarter", ("2026-Q5", "2026Q3", "Q3"))):
            for text in texts:
                with self.subTest(option=option, text=text):
                    self.assert_refused("report", f"--{option}={text}", says=f"--{option} is not a {option}")
        self.assert_refused("report", "--from=2026-W40", "--to=2026-47", says="are ISO weeks")
        self.assert_refused("report", "--from=2026-W40", "--to=2026-W39", says="--to is at least --from")
        self.assert_refused("report", "--from=2026-W40", says="--from and --to go together")

    def test_one_period_at_a_time(self):
        self.company()
        for other in ("--week=2026-W40", "--quarter=2026-Q4", "--to=2026-W40"):
            with self.subTest(other):
                self.assert_refused("report", "--month=2026-10", other, says="give one of")

    def test_of_a_month_only_data_is_written(self):
        self.company()
        self.assert_refused("report", "--month=2026-10", "--format=pdf", says="only data")

    def test_a_month_of_which_nothing_was_published_is_refused(self):
        self.published()
        self.assert_refused("report", "--month=2026-11", says="no week of that period")

    def test_quarters_follow_the_fiscal_year_as_published(self):
        self.company()
        settings = self.folder / "tidemark.ini"
        usual = settings.read_text(encoding="utf-8")
        settings.write_text(usual.replace("[organisation]", "[organisation]\nfiscal_year_month = 7"),
                            encoding="utf-8")
        self.published()
        settings.write_text(usual, encoding="utf-8")
        self.assert_refused("report", "--quarter=2026-Q4", says="week 2026-W26 was not published")
        text = self.assert_fine("report", "--quarter=2027-Q2").splitlines()[1]
        period = json.loads(pathlib.Path(self.folder, text).read_text(encoding="utf-8"))["period"]
        self.assertEqual((period["from_week"], period["to_week"], period["to_date"]),
                         ("2026-W40", "2026-W41", True))

    def test_a_month_is_written_from_the_archive_alone(self):
        self.published()
        shutil.rmtree(self.folder / "private")
        done = self.run_program("report", "--month=2026-10")
        self.assertEqual(done.returncode, 0, done.stderr)
        names = [pathlib.Path(line).name for line in done.stdout.splitlines()]
        self.assertEqual(names, ["kpis-2026-10.csv", "kpis-2026-10.json"])


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
