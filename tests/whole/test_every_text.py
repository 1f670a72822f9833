"""What the tests of intake read, format by format, given to the whole program as one company's exports.

The texts hold the word CANARY wherever content could stand, and all that is hostile: nothing of the
former may come out anywhere, and the latter must end in messages.
"""

import os
import pathlib
import random
import subprocess
import tempfile

import harness
from harness import ProgramTest
from test_canaries import searchable

CANARY = b"canary"


def intake_tests():
    """The test programs beside the program that is tested."""
    folder = pathlib.Path(harness.PROGRAM).resolve().parents[2] / "tests" / "intake"
    return sorted(path for path in folder.glob("test_intake_*") if os.access(path, os.X_OK) and path.is_file())


def kept_texts(folder):
    """Lets each test program keep what it reads."""
    environment = harness.environment() | {"TIDEMARK_KEEP_TEXTS": str(folder), "TIDEMARK_DATA": str(harness.ROOT)}
    for program in intake_tests():
        if program.name != "test_intake_mutations":
            subprocess.run([program], env=environment, capture_output=True, check=False, timeout=600)


def texts_in(folder):
    return [path for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()]


class EveryText(ProgramTest):
    def test_any_order_and_repetition_of_files_is_one_ledger(self):
        whole, parts = self.keyed(), self.keyed()
        chance = random.Random(7)
        with tempfile.TemporaryDirectory(prefix="tidemark-texts-") as folder:
            kept_texts(folder)
            texts = texts_in(folder)
            whole.run("ingest", *texts)
            for _ in range(2):
                chance.shuffle(texts)
                for start in range(0, len(texts), 200):
                    again = chance.sample(texts, 20)
                    parts.run("ingest", *texts[start : start + 200], *again)
        expected = self.stored(whole)
        self.assertGreater(len(expected), 300)
        self.assertEqual(self.stored(parts), expected)

    def test_no_content_comes_out_and_nothing_crashes(self):
        company = self.company(small=True)
        with tempfile.TemporaryDirectory(prefix="tidemark-texts-") as folder:
            kept_texts(folder)
            texts = texts_in(folder)
            self.assertGreater(len(texts), 300, "the tests of intake kept too few texts")
            self.assertGreater(sum(CANARY in path.read_bytes().lower() for path in texts), 10)
            checked = company.run("check", "-v", folder)
            self.assertFine(checked, codes=(0, 1))
            done = company.run("run", "-v", folder)
            self.assertFine(done, codes=(0, 1))
            for said in (checked.said, done.said):
                self.assertNotIn(CANARY, said.encode().lower())
            for path in company.written():
                self.assertNotIn(CANARY, searchable(path), path.name)
