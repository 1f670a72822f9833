"""Hostile files, alone and among good ones; hostile/cases.py lists them."""

import json
import os
import re
import shutil

import harness
from harness import ProgramTest
from hostile import cases, texts

SECONDS = 120
NOBODY = 65534


class Hostile(ProgramTest):
    """One test for each case, made below."""

    def check_case(self, case):
        company = self.company(small=True)
        folder = company.exports / "case"
        folder.mkdir()
        case.build(str(folder))
        as_somebody = {}
        if case.name == "unreadable file" and os.geteuid() == 0:
            # Root reads everything, so the program runs as somebody else, and where he may go.
            program = shutil.copy(harness.PROGRAM, company.root)
            for path in [company.root, *company.root.rglob("*")]:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
            as_somebody = {"program": program, "user": NOBODY, "group": NOBODY, "extra_groups": []}
        notes = ["--verbose"] if case.outcome == cases.NOTED else []
        result = company.run("ingest", *notes, folder, timeout=SECONDS, **as_somebody)
        self.assertFine(
            result,
            codes={cases.REFUSED: (1, 2), cases.NOTED: (0, 2), cases.TAKEN: (0,)}[case.outcome],
        )
        if case.outcome != cases.TAKEN:
            self.assertIn("case/", result.said)
        if case.line is not None:
            self.assertRegex(result.said, rf"case/[^\n]*:{case.line}:")
        self.assertLess(len(result.said), 20_000)
        self.assertNotIn("x" * 200, result.said)
        if case.rows is not None:
            self.assertEqual(self.rows_taken(company, folder), case.rows)

    def rows_taken(self, company, folder):
        result = company.run("check", "--json", folder, timeout=SECONDS)
        return sum(entry["rows_taken"] for entry in json.loads(result.output))

    def test_good_files_among_hostile_ones_are_taken(self):
        company = self.company(small=True)
        for case in cases.CASES:
            if (
                "100 MB" not in case.name
                and "bomb" not in case.name
                and "unreadable" not in case.name
            ):
                folder = company.exports / case.name.replace(" ", "-")
                folder.mkdir()
                case.build(str(folder))
        good = company.exports / "good"
        good.mkdir()
        (good / "users-28-day_2026-10-20.ndjson").write_text(
            texts.copilot(texts.copilot_row("2026-10-19"), texts.copilot_row("2026-10-20"))
        )
        self.assertFine(company.run("ingest", company.exports), codes=(1,))
        alone = self.company(small=True)
        shutil.copytree(good, alone.exports / "good")
        self.assertFine(alone.run("ingest", alone.exports))

    def test_hostile_files_beside_the_sample_change_no_report(self):
        company = self.company()
        for case in cases.CASES:
            if case.name in (
                "utf-16",
                "truncated json",
                "only nul",
                "zip renamed to csv",
                "web page saved as json",
            ):
                folder = company.exports / case.name.replace(" ", "-")
                folder.mkdir()
                case.build(str(folder))
                for path in folder.iterdir():
                    if case.name == "truncated json":
                        path.unlink()  # its first record is good and would count
        result = company.run("run")
        self.assertFine(result, codes=(1,))
        reports = harness.digests(company.out)
        for name, digest in harness.digests(harness.undisturbed()[0].out).items():
            if name.endswith("kpis.json"):
                self.assertEqual(digest, reports[name], name)


def _add(case):
    def test(self):
        self.check_case(case)

    test.__doc__ = None
    setattr(Hostile, "test_case_" + re.sub(r"\W+", "_", case.name), test)


for _case in cases.CASES:
    _add(_case)
