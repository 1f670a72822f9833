"""The rules of the source tree; each is a function that takes a Tree and yields what breaks it.

A rule reads files and nothing else, so that test_rules.py can show on small trees that it fails.
Code is looked at without its comments; line numbers stay true.
"""

import dataclasses
import functools
import pathlib
import re

# From left to right: a room includes only rooms to its left. Document stands before report because
# report builds the tree that press reads.
ROOMS = ["base", "records", "setup", "outcomes", "intake", "ledger", "measure", "archive", "insight",
         "chart", "document", "press", "report", "commands"]

# Rooms that know published cells only; where a person could be found is closed to them.
PUBLISHED_ONLY = ["insight", "chart", "document", "press", "report"]
PRIVATE_ROOMS = ["records", "setup", "outcomes", "intake", "ledger"]

# Commands that read the archive only, and what they and their headers must not reach.
REPORTING_COMMANDS = ["report.c", "render.c", "explain.c"]
LEDGER_ROOMS = ["outcomes", "intake", "ledger"]

# Of measure.h, rooms that know published cells only may use the catalogue, not the exact figures.
EXACT_FIGURES = re.compile(
    r"\b(tm_measure_run|tm_measure_settled_week|tm_measured_\w+|TmMeasured|TmMeasuredWeek|TmFigure|"
    r"TmMeasureOptions|TmToolState)\b")
CALL_TO_MEASURE = re.compile(r"\btm_measure_run\b")

CLOCK = re.compile(
    r"\b(g_get_real_time|g_get_current_time|g_date_time_new_now\w*|gettimeofday|ftime|timespec_get|"
    r"strftime|localtime\w*|gmtime\w*|ctime\w*|asctime\w*|CLOCK_REALTIME\w*|CURRENT_TIMESTAMP|"
    r"CURRENT_DATE|CURRENT_TIME|__DATE__|__TIME__|__TIMESTAMP__)\b|\btime\s*\(\s*(NULL|0|&)|"
    r"\b(date|time|datetime|julianday|unixepoch)\('now'|system_clock")
# Where the clock may be read, and how often.
CLOCK_READERS = {"src/commands/reading.c": 1, "src/base/audit.c": 1}

NUMBER_LOCALE = re.compile(r"\bsetlocale\s*\(\s*LC_(ALL|NUMERIC)\b|\buselocale\s*\(|\bnewlocale\s*\(")
MACHINE_PATH = re.compile(r"(?<![\w.])/(home|root|work|Users|mnt|media)/\w")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

MOST_LINES = 700

CODE = {".c", ".h", ".cc", ".cpp"}
SCRIPTS = {".py", ".mjs", ".js", ".sh"}
TEXTS = {".md", ".xml", ".build", ".1", ".service", ".timer", ".bash", ".fish", ".ini", ""}
# Folders with the program's own words; samples and golden files hold data.
OWN_FOLDERS = ["src", "include", "templates", "docs", "man", "packaging"]
SOURCE_FOLDERS = ["src", "include", "tests", "samples"]
DATA_FOLDERS = {"golden", "hostile", "fixtures", "company", "node_modules", "__pycache__"}


@dataclasses.dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


COMMENT_OR_STRING = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)


def without_comments(text):
    """The same lines with blanks for comments; strings stay, since SQL is in them."""
    def blank(match):
        comment = match.group("comment")
        return match.group() if comment is None else " " + "\n" * comment.count("\n")
    return COMMENT_OR_STRING.sub(blank, text)


class Tree:
    """A source tree."""

    def __init__(self, root):
        self.root = pathlib.Path(root)

    def files(self, folders, suffixes):
        """Paths relative to the root, sorted; data and hidden folders are left out."""
        found = []
        for folder in folders:
            for path in (self.root / folder).rglob("*"):
                relative = path.relative_to(self.root)
                if DATA_FOLDERS.isdisjoint(relative.parts) and path.suffix in suffixes and path.is_file():
                    found.append(relative.as_posix())
        return sorted(found)

    def code(self):
        return self.files(["src", "include"], CODE)

    @functools.cache
    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    @functools.cache
    def bare(self, path):
        return without_comments(self.text(path))

    def matches(self, path, pattern, bare=True):
        """(line number, match) of every place where the pattern is found."""
        text = self.bare(path) if bare else self.text(path)
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match

    def includes(self, path):
        """(line, "public", room) or (line, "private", path or None) of what a file includes."""
        for line, match in self.matches(path, re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)', re.M)):
            name = match.group(2)
            public = re.fullmatch(r"(?:.*/)?tidemark/(\w+)\.h", name)
            if public:
                yield line, "public", public.group(1)
            elif match.group(1) == '"':
                target = (self.root / path).parent / name
                known = target.exists()
                yield line, "private", target.resolve().relative_to(self.root.resolve()).as_posix() \
                    if known and target.resolve().is_relative_to(self.root.resolve()) else None

    def reachable(self, path):
        """All files that including this one brings in, itself first."""
        seen, waiting = [], [path]
        while waiting:
            one = waiting.pop(0)
            if one in seen or not (self.root / one).exists():
                continue
            seen.append(one)
            for _, kind, target in self.includes(one):
                if kind == "public":
                    waiting.append(f"include/tidemark/{target}.h")
                elif target is not None:
                    waiting.append(target)
        return seen


def room_of(path):
    """The room that a file of src/ or include/ belongs to."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" else pathlib.PurePosixPath(path).stem


# ---- Includes ---------------------------------------------------------------------------------


def every_room_is_known(tree):
    for path in tree.code():
        if room_of(path) not in ROOMS:
            yield Finding(path, 1, "belongs to no room")


def rooms_include_to_the_left(tree):
    for path in tree.code():
        room = room_of(path)
        for line, kind, target in tree.includes(path):
            if kind != "public" or room not in ROOMS:
                continue
            if target not in ROOMS:
                yield Finding(path, line, f"{target}.h is the header of no room")
            elif ROOMS.index(target) > ROOMS.index(room):
                yield Finding(path, line, f"{room} includes {target}, which stands to its right")


def private_headers_stay_in_their_room(tree):
    for path in tree.code():
        for line, kind, target in tree.includes(path):
            if kind != "private":
                continue
            if target is None:
                yield Finding(path, line, "includes a private header that is not beside it")
            elif room_of(target) != room_of(path) or not target.startswith("src/"):
                yield Finding(path, line, f"{room_of(path)} includes a private header of another room")


def published_rooms_know_no_person(tree):
    for path in tree.code():
        if room_of(path) not in PUBLISHED_ONLY:
            continue
        for line, kind, target in tree.includes(path):
            if kind == "public" and target in PRIVATE_ROOMS:
                yield Finding(path, line, f"{room_of(path)} includes {target}")


def measure_is_for_archive_and_its_right(tree):
    for path in tree.code():
        room = room_of(path)
        if room in ROOMS[:ROOMS.index("measure")]:
            for line, kind, target in tree.includes(path):
                if kind == "public" and target == "measure":
                    yield Finding(path, line, f"{room} includes measure")
        if room in PUBLISHED_ONLY:
            for line, match in tree.matches(path, EXACT_FIGURES):
                yield Finding(path, line, f"{room} uses {match.group()}; only the catalogue is open to it")


def reporting_commands_reach_no_ledger(tree):
    for name in REPORTING_COMMANDS:
        start = f"src/commands/{name}"
        if not (tree.root / start).exists():
            yield Finding(start, 1, "is missing: this rule looks at it")
        for path in tree.reachable(start):
            for line, kind, target in tree.includes(path):
                if kind == "public" and target in LEDGER_ROOMS:
                    yield Finding(path, line, f"{start} reaches {target}.h")
            if path.startswith("src/"):
                for line, _ in tree.matches(path, CALL_TO_MEASURE):
                    yield Finding(path, line, f"{start} can measure")


# ---- Determinism ------------------------------------------------------------------------------


def the_clock_is_read_in_two_places(tree):
    for path in tree.code():
        found = list(tree.matches(path, CLOCK))
        for line, match in found[CLOCK_READERS.get(path, 0):]:
            yield Finding(path, line, f"reads the clock: {match.group()}")


def numbers_have_no_locale(tree):
    for path in tree.code():
        for line, _ in tree.matches(path, NUMBER_LOCALE):
            yield Finding(path, line, "sets the locale of numbers")


# ---- Words and sizes --------------------------------------------------------------------------


def files_are_short(tree):
    for path in tree.files(SOURCE_FOLDERS, CODE | SCRIPTS):
        lines = len(tree.text(path).splitlines())
        if lines > MOST_LINES:
            yield Finding(path, lines, f"has {lines} lines; {MOST_LINES} is the most")


def files_open_with_a_comment(tree):
    for path in tree.code():
        if not re.match(r"/[*/]", tree.text(path)):
            yield Finding(path, 1, "does not open with a comment that says what it is")


def nothing_is_unfinished(tree):
    for path in tree.files(OWN_FOLDERS, CODE | SCRIPTS | TEXTS):
        for line, match in tree.matches(path, UNFINISHED, bare=False):
            yield Finding(path, line, f"says {match.group()}")


def no_path_of_a_machine(tree):
    paths = tree.files(OWN_FOLDERS, CODE | SCRIPTS | TEXTS)
    paths += [name for name in ("README.md", "meson.build") if (tree.root / name).exists()]
    for path in paths:
        for line, match in tree.matches(path, MACHINE_PATH, bare=False):
            yield Finding(path, line, f"names a folder of one machine: {match.group()}")


# ---- Symbols ----------------------------------------------------------------------------------

# nm's letters of symbols that only one library may define; weak ones (C++ inline) may repeat.
STRONG = set("TDBRCSG")


def symbols_of(listing):
    """Names in what `nm --extern-only --defined-only --portability` printed for one library."""
    names = []
    for line in listing.splitlines():
        fields = line.split()
        if len(fields) >= 2 and fields[1] in STRONG:
            names.append(fields[0])
    return names


def symbols_are_defined_once(listings):
    """`listings`: library name -> nm's output."""
    owners = {}
    for library, listing in sorted(listings.items()):
        for name in symbols_of(listing):
            if name in owners:
                yield Finding(library, 0, f"{name} is defined in {owners[name]} too")
            owners.setdefault(name, library)


TREE_RULES = [
    every_room_is_known,
    rooms_include_to_the_left,
    private_headers_stay_in_their_room,
    published_rooms_know_no_person,
    measure_is_for_archive_and_its_right,
    reporting_commands_reach_no_ledger,
    the_clock_is_read_in_two_places,
    numbers_have_no_locale,
    files_are_short,
    files_open_with_a_comment,
    nothing_is_unfinished,
    no_path_of_a_machine,
]

SYMBOL_RULES = [symbols_are_defined_once]
