"""What the whole-program tests share: the program, a company in a folder of its own, digests."""

import atexit
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "samples" / "company"
TODAY, WEEK = "2026-11-19", "2026-W46"

# Set by tests/whole/run.
PROGRAM = ""  # in BUILD/src/commands
QUICK = False

# What a crash or a sanitizer would print.
CRASH_WORDS = (
    "AddressSanitizer",
    "LeakSanitizer",
    "runtime error:",
    "SUMMARY: Undefined",
    "CRITICAL",
    "GLib-",
    "assertion",
)

SMALL_SETTINGS = "[organisation]\nname = Small\n\n[paths]\nexports = exports\noutput = out\n"
SMALL_PEOPLE = "email,name,team_id,time_zone\n" + "".join(
    f"{name}@example.com,{name.title()} Test,core,UTC\n"
    for name in ("ana", "ben", "cleo", "dan", "eva", "fay")
)


class Result:
    """How one run of the program ended."""

    def __init__(self, code, output, errors):
        self.code, self.output, self.errors = code, output, errors

    @property
    def said(self):
        return self.output + self.errors


def environment(zone="UTC"):
    """Ours, without what could change the output; sanitizers must not end with a code of ours."""
    kept = {
        key: value for key, value in os.environ.items() if key not in ("SOURCE_DATE_EPOCH", "LANG")
    }
    kept.update(
        LC_ALL="C.UTF-8",
        TZ=zone,
        ASAN_OPTIONS="exitcode=99:abort_on_error=0",
        UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:exitcode=99",
        LSAN_OPTIONS=f"exitcode=99:print_suppressions=0:suppressions={ROOT}/tests/leaks.supp",
    )
    return kept


def run(*arguments, timeout=600, program=None, zone="UTC", **options):
    done = subprocess.run(
        [program or PROGRAM, *map(str, arguments)],
        capture_output=True,
        timeout=timeout,
        env=environment(zone),
        check=False,
        **options,
    )
    return Result(
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )


def digests(folder, leave_out=()):
    """Relative path -> SHA-256 of every file below a folder that can be seen."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") or part in leave_out for part in parts):
            found["/".join(parts)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


class Company:
    """A company in a temporary folder: the sample's copy, or a small one."""

    def __init__(self, small=False):
        self._folder = tempfile.TemporaryDirectory(prefix="tidemark-")
        self.root = pathlib.Path(self._folder.name)
        self.home = self.root / "samples" / "company"
        self.exports = self.home / "exports"
        self.settings = self.home / "tidemark.ini"
        if small:
            self.exports.mkdir(parents=True)
            self.settings.write_text(SMALL_SETTINGS)
            (self.home / "people.csv").write_text(SMALL_PEOPLE)
            self.out = self.home / "out"
        else:
            shutil.copytree(SAMPLE, self.home)
            self.out = self.root / "out"
        self._given = self._files()

    def run(self, command, *arguments, **options):
        shared = [] if command == "explain" else ["--config", self.settings]
        # Reports are made of the archive, to which no day is today.
        shared += [] if command in ("explain", "report") else ["--today", TODAY]
        return run(command, *shared, *arguments, **options)

    def _files(self):
        return {path for path in self.root.rglob("*") if path.is_file() and not path.is_symlink()}

    def give(self, files, folder=None):
        """Puts files (name -> text) among the exports, or into another folder."""
        folder = folder or self.exports
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self._given.add(path)

    def written(self):
        """Every file that the program has made, wherever."""
        return sorted(self._files() - self._given)

    @property
    def week(self):
        return self.out / "organisation" / WEEK

    def private_files(self):
        """The ledger and its key, wherever the settings put them."""
        return [path for path in self.written() if path.name.startswith("ledger.")]

    def close(self):
        self._folder.cleanup()


class ProgramTest(unittest.TestCase):
    """Fails a test whose program crashed, whatever else it looked at."""

    maxDiff = 2000

    def company(self, small=False):
        made = Company(small)
        self.addCleanup(made.close)
        return made

    def keyed(self):
        """A small company whose ledger has the same key as that of any other."""
        company = self.company(small=True)
        key = company.home / "private" / "ledger.key"
        key.parent.mkdir(mode=0o700)
        key.touch(mode=0o600)
        key.write_bytes(b"the same 32 bytes in every world")
        return company

    def stored(self, company):
        """The lines of its ledger: account, source, day, measures."""
        dump = pathlib.Path(PROGRAM).resolve().parents[2] / "tests" / "whole" / "ledger_dump"
        done = subprocess.run([dump, company.settings], capture_output=True, check=True, timeout=120)
        return done.stdout.decode().splitlines()

    def assertFine(self, result, codes=(0,)):
        for word in CRASH_WORDS:
            self.assertNotIn(word, result.errors, result.errors[:4000])
        self.assertGreaterEqual(
            result.code, 0, f"ended by signal {-result.code}\n{result.errors[:2000]}"
        )
        self.assertIn(result.code, codes, result.said[:4000])


_undisturbed = []


def undisturbed():
    """The sample company after one run from nothing, made once for all tests; read it only."""
    if not _undisturbed:
        company = Company()
        _undisturbed.append((company, company.run("run")))
        atexit.register(company.close)
    return _undisturbed[0]
