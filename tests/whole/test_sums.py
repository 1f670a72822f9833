"""What `check --json` says is in the sample's files, against sums made by other code."""

import json
from decimal import Decimal

import measures
from harness import ProgramTest, SAMPLE, undisturbed
from test_contributed import SOURCES


class Sums(ProgramTest):
    def test_every_file_adds_up(self):
        company, _ = undisturbed()
        result = company.run("check", "--json", company.exports)
        self.assertFine(result)
        told = {entry["file"]: entry for entry in json.loads(result.output, parse_float=Decimal)}
        paths = [
            path
            for path in sorted((SAMPLE / "exports").rglob("*"))
            if path.is_file() and path.stat().st_size
        ]
        self.assertGreaterEqual(len({entry["format"] for entry in told.values()} - {None}), 8)
        for path in paths:
            entry = next(value for key, value in told.items() if key.endswith("/" + path.name))
            for measure, total in measures.sums(path, SAMPLE / "exports").items():
                with self.subTest(file=path.name, measure=measure):
                    self.assertEqual(entry["totals"][measure] or 0, total)

    def test_no_row_of_the_sample_is_skipped(self):
        company, _ = undisturbed()
        result = company.run("check", "--json", company.exports)
        for entry in json.loads(result.output):
            with self.subTest(entry["file"]):
                self.assertEqual(entry["rows_skipped"], 0)


class Counted(ProgramTest):
    """The sums of a file are those of a ledger that holds this file alone."""

    MEASURES = ("interactions", "requests", "messages", "input_tokens", "output_tokens")

    def test_check_says_what_the_ledger_counts(self):
        for source in SOURCES:
            for name, text in source().items():
                with self.subTest(name):
                    company = self.keyed()
                    company.give({name: text})
                    said = json.loads(company.run("check", "--json").output)[0]["totals"]
                    self.assertFine(company.run("ingest"))
                    stored = dict.fromkeys(self.MEASURES, 0)
                    for line in self.stored(company):
                        for measure, value in (word.split("=") for word in line.split() if "=" in word):
                            if measure in stored:
                                stored[measure] += int(value.strip("~"))
                    self.assertEqual({measure: said[measure] or 0 for measure in self.MEASURES}, stored)
