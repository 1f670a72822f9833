"""The reports themselves: HTML and PDF by their checkers, the data files by each other."""

import csv
import json
import re
import shutil
import subprocess
import sys
import unittest

import harness
from harness import ProgramTest, ROOT, undisturbed

HTML_KILOBYTES = 250


def percentages(text):
    """All numbers with a per cent sign, however it is set off."""
    return set(re.findall(r"\d[\d.,]*%", re.sub(r"[\u00a0\u202f ]%", "%", text)))


class Rendering(ProgramTest):
    def html_files(self):
        return sorted(undisturbed()[0].out.rglob("*.html"))

    @unittest.skipIf(harness.QUICK, "the same bytes were checked before")
    def test_html(self):
        files = self.html_files()
        self.assertTrue(files)
        done = subprocess.run(
            [
                "node",
                ROOT / "tests/web/check.mjs",
                "--quiet",
                "--limit",
                str(HTML_KILOBYTES),
                *files,
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-2000:])

    @unittest.skipIf(harness.QUICK, "the same bytes were checked before")
    def test_pdf(self):
        files = sorted(undisturbed()[0].out.rglob("*.pdf"))
        self.assertTrue(files)
        done = subprocess.run(
            [sys.executable, ROOT / "tests/pdf/check_pdf.py", *files],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        faults = [line for line in done.stdout.splitlines() if ": FAILED: " in line]
        self.assertEqual(done.returncode, 0, "\n".join(faults) + done.stderr[-2000:])

    def test_the_first_page_stands_alone(self):
        """The message, the five numbers and the decisions are on page 1."""
        pdf = undisturbed()[0].week / "executive.pdf"
        page = subprocess.run(
            ["pdftotext", "-l", "1", pdf, "-"], capture_output=True, text=True, check=True
        ).stdout
        for words in ("Adoption", "Active users", "Tokens", "Cost", "streak"):
            self.assertIn(words.lower(), page.lower())

    def test_every_percentage_on_paper_is_in_the_html(self):
        """Not the other way round: the data tables of charts are in the HTML only."""
        week = undisturbed()[0].week
        page = percentages(re.sub(r"<[^>]+>", " ", (week / "executive.html").read_text()))
        paper = subprocess.run(
            ["pdftotext", week / "executive.pdf", "-"], capture_output=True, text=True, check=True
        )
        self.assertGreater(len(percentages(paper.stdout)), 10)
        self.assertEqual(percentages(paper.stdout) - page, set())

    def test_csv_and_json_hold_the_same_cells(self):
        week = undisturbed()[0].week
        told = json.loads((week / "kpis.json").read_text())
        with open(week / "kpis.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        cells = (
            next(value for value in told.values() if isinstance(value, list) and value)
            if isinstance(told, dict)
            else told
        )
        self.assertEqual(len(cells), len(rows))

    def test_the_attached_data_is_the_file_beside_the_report(self):
        week = undisturbed()[0].week
        target = undisturbed()[0].root / "attached.csv"
        subprocess.run(
            ["pdfdetach", "-savefile", "kpis.csv", "-o", target, week / "executive.pdf"],
            check=True,
            capture_output=True,
        )
        self.addCleanup(target.unlink)
        self.assertEqual(target.read_bytes(), (week / "kpis.csv").read_bytes())

    def test_html_reports_work_from_a_mail_attachment(self):
        """No link of a report leads out of it, except to files of the same folder."""
        for path in self.html_files():
            for target in re.findall(r'(?:href|src)="([^"]*)"', path.read_text()):
                with self.subTest(f"{path.name}: {target[:60]}"):
                    self.assertNotRegex(target, r"^[a-z]+://|^//")

    def test_the_story_is_told(self):
        """What the sample company was made to show is in its report."""
        text = (undisturbed()[0].week / "executive.html").read_text()
        for words in ("62%", "70%", "Data infrastructure", "Site reliability"):
            self.assertIn(words, text.replace("\u202f%", "%").replace(" %", "%"))


if shutil.which("node") is None:
    raise RuntimeError("tests/run installs node")
