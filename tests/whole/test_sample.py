"""The sample company, from exports to reports: what must not depend on anything but the input."""

import csv
import os
import random
import shutil
import unittest

import harness
from harness import ProgramTest, digests, undisturbed

SAME_USE = ("active_users", "regular_users", "cost_metered", "streak")
REPORT_FILES = ["executive.html", "executive.pdf", "kpis.csv", "kpis.json", "alerts.json"]


def figures(folder, name="kpis.csv"):
    with (folder / name).open(newline="") as file:
        return list(csv.DictReader(file))


def figures_of_same_use(week):
    """Those that the sources of one use agree on."""
    rows = figures(week)
    return [row for row in rows if row["kpi"] in SAME_USE or row["kpi"].endswith("tokens")]


class Sample(ProgramTest):
    def test_run_makes_the_reports(self):
        company, result = undisturbed()
        self.assertFine(result)
        for name in REPORT_FILES:
            self.assertTrue((company.week / name).is_file(), name)

    def test_two_companies_give_the_same_bytes(self):
        other = self.company()
        self.assertFine(other.run("run"))
        self.assertEqual(digests(undisturbed()[0].out), digests(other.out))

    def test_other_surroundings_give_the_same_bytes(self):
        other = self.company()
        surroundings = {
            **harness.environment(),
            "TZ": "Asia/Tokyo",
            "LC_ALL": "de_DE.UTF-8",
            "LANG": "de_DE.UTF-8",
            "HOME": "/nonexistent",
            "COLUMNS": "40",
        }
        here = os.getcwd()
        try:
            os.chdir(other.root)
            done = harness.subprocess.run(
                [
                    harness.PROGRAM,
                    "run",
                    "--config",
                    "samples/company/tidemark.ini",
                    "--today",
                    harness.TODAY,
                ],
                env=surroundings,
                capture_output=True,
                check=False,
                timeout=600,
            )
        finally:
            os.chdir(here)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(digests(undisturbed()[0].out), digests(other.out))

    def test_a_second_run_changes_nothing(self):
        company = self.company()
        company.run("run")
        before = digests(company.out)
        times = {path: path.stat().st_mtime_ns for path in company.week.iterdir()}
        self.assertFine(company.run("run"))
        self.assertEqual(before, digests(company.out))
        self.assertEqual(times, {path: path.stat().st_mtime_ns for path in company.week.iterdir()})

    def test_reports_need_neither_ledger_nor_roster(self):
        company = self.company()
        company.run("run")
        before = digests(company.out)
        private = company.private_files()
        self.assertGreaterEqual(len(private), 2)
        for path in private:
            path.unlink()
        for path in company.home.glob("*.csv"):
            path.unlink()
        shutil.rmtree(company.exports)
        shutil.rmtree(company.out / "organisation")
        self.assertFine(company.run("report"))
        self.assertEqual(before, digests(company.out))

    def test_a_month_is_made_of_its_published_weeks(self):
        company = self.company()
        company.run("run")
        self.assertFine(company.run("report", "--month", "2026-10"))
        out = company.out / "organisation"
        sums = dict.fromkeys(("tokens", "licensed", "active_users"), 0)
        for row in figures(out / harness.WEEK):
            if row["scope"] == "org" and row["kpi"] in sums and "2026-W40" <= row["week"] <= "2026-W44":
                sums[row["kpi"]] += int(row["value"])
        month = {row["kpi"]: row["value"] for row in figures(out / "2026-10", "kpis-2026-10.csv")
                 if row["scope"] == "org" and not row["part"]}
        self.assertEqual(int(month["tokens"]), sums["tokens"])
        self.assertEqual(int(month["licensed"]), round(sums["licensed"] / 5))
        self.assertEqual(int(month["adoption"]), round(100 * sums["active_users"] / sums["licensed"]))

    def test_order_and_repetition_of_files_do_not_matter(self):
        company = self.company()
        files = sorted(path for path in company.exports.rglob("*") if path.is_file())
        order = random.Random(46)
        order.shuffle(files)
        files += files[:9]
        while files:
            some, files = files[:7], files[7:]
            self.assertFine(company.run("ingest", *some))
        self.assertFine(company.run("run"))
        self.assertEqual(digests(undisturbed()[0].out), digests(company.out))

    def test_names_and_folders_of_files_do_not_matter(self):
        """But for folders that identities.csv names: those say whose files are in them."""
        company = self.company()
        for number, path in enumerate(sorted(company.exports.rglob("*"))):
            if path.is_file():
                place = path.relative_to(company.exports).parts
                owner = place[:2] if place[0] == "laptops" else ()
                folder = company.exports.joinpath(f"batch-{number % 5}", *owner)
                folder.mkdir(parents=True, exist_ok=True)
                path.rename(folder / f"{number % 3} {path.name}")
        self.assertFine(company.run("run"))
        self.assertEqual(digests(undisturbed()[0].out), digests(company.out))

    def test_copies_change_nothing(self):
        company = self.company()
        files = sorted(path for path in company.exports.rglob("*") if path.is_file())
        for path in files[::3]:
            copy = company.exports / "copies" / path.relative_to(company.exports)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        self.assertFine(company.run("run"))
        self.assertEqual(digests(undisturbed()[0].out), digests(company.out))

    def test_what_tells_of_the_same_use_again_adds_nothing(self):
        """Laptops and the collector repeat what the analytics say."""
        company = self.company()
        shutil.rmtree(company.exports / "laptops")
        next(company.exports.glob("claude-code/*-events-*")).unlink()
        self.assertFine(company.run("run"))
        self.assertEqual(
            figures_of_same_use(undisturbed()[0].week), figures_of_same_use(company.week)
        )

    def test_weeks_before_a_tool_was_bought_are_complete(self):
        rows = figures(undisturbed()[0].week)
        incomplete = {row["week"] for row in rows if "incomplete" in row["flags"]}
        self.assertEqual(incomplete, {"2026-W37"})

    @unittest.skipIf(harness.QUICK, "slow")
    def test_runs_of_earlier_weeks_do_not_stand_in_the_way(self):
        company = self.company()
        for today in ("2026-09-03", "2026-10-01", "2026-10-29"):
            result = harness.run("run", "--config", company.settings, "--today", today)
            self.assertFine(result, codes=(0, 1))
        self.assertFine(company.run("run"))
        self.assertTrue((company.week / "kpis.json").is_file())

    def test_status_after_a_run(self):
        company = self.company()
        company.run("run")
        result = company.run("status")
        self.assertFine(result)
        self.assertIn("2026-W46", result.output)
