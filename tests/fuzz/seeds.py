#!/usr/bin/env python3
"""First inputs for the fuzzer, from the samples and the texts in the tests: seeds.py TARGET FOLDER [READER...]

The words that the target's formats know, by docs/, become the dictionary FOLDER.dict; those of one
reader of exports, as json_otlp, by docs/ and by its code, FOLDER-READER.dict.
"""

import gzip
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LARGEST = 4096
SHORTEST_TEXT = 8
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
LITERALS = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*')
MACRO = re.compile(r'^#define ([A-Z_]+)\s+((?:"(?:[^"\\\n]|\\.)*"\s*(?:\\\n\s*)?)+)$', re.MULTILINE)
ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]+|[0-7]{1,3}|.)")
SINGLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t"}

# Target: files that are inputs as they are, files of C whose texts are inputs, and the first bytes
# that an input is given, by the name of the file it stands in ("" for all others).
SOURCES = {
    "csv_rows": (["tests/intake/samples/*.csv"], ["tests/records/test_csv_rows.c"], {"": b"\0\x82"}),
    "intake": (["tests/intake/samples/*"], [], {"": None}),
    "json_record": (["tests/intake/samples/*json"], ["tests/records/test_json_split.c"], {"": b"\0\3"}),
    "json_split": (["tests/intake/samples/*json"], ["tests/records/test_json_split.c"], {"": b"\0\3"}),
    "mapping": ([], [], {"": None}),
    "outcomes": (["tests/outcomes/samples/*"], ["tests/outcomes/test_*.c"], {"": None}),
    "parsers": ([], ["tests/base/test_*.c", "tests/records/test_*.c"], {"": bytes(range(9))}),
    "prices": (["tests/setup/golden/rows/*.json"], ["tests/setup/test_price_files.c"],
               {"": b"\0\1", "api.json": b"\1"}),
    "setup": (["tests/setup/golden/rows/*", "tests/setup/directory/*"], [
        "tests/setup/test_directory_*.c", "tests/setup/test_people.c", "tests/setup/test_teams.c",
        "tests/setup/test_identities.c", "tests/setup/test_calendars.c", "tests/setup/test_prices.c",
        "tests/setup/test_budgets.c", "tests/setup/test_events.c", "tests/setup/test_settings.c"], {
            "": b"\x0c\x0d", "people": b"\0", "teams": b"\1", "identities": b"\2", "licenses": b"\3",
            "subscriptions": b"\4", "budgets": b"\5", "goals": b"\6", "timeoff": b"\7", "holidays": b"\x08",
            "ics": b"\x09", "calendars": b"\x09\x08", "repositories": b"\x0a", "prices": b"\x0b",
            "tidemark.ini": b"\x0e", "settings": b"\x0e", "events": b"\x0f", "invoices": b"\x10"}),
    "template": (["templates/*.xml"], ["tests/report/test_template.c"], {"": None}),
}

# Target: pages of docs/ whose words in code are words of the dictionary.
PAGES = {"intake": ["formats"], "mapping": ["mapping"], "outcomes": ["outcomes"], "setup": ["settings"], "prices": ["settings"],
         "template": ["templates"]}
WORD = re.compile(r"`([^`\n]{2,60})`")
NAME = re.compile(r"[\w:*/.|=,\[\]-]{2,60}(?<!\.h)")
PATH = re.compile(r"\[\]\.|\.\*\.|\.(?=[a-z])")
MARKS = ['"', "{", "}", "[", "]", ":", ",", "\\", "\n", "\r\n", "null", "true", "-1", "1e9", "0.5", "9223372036854775808"]


def unescape(text):
    def one(match):
        code = match[1]
        if code[:1] == b"x":
            return bytes([int(code[1:], 16) & 255])
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() else SINGLE.get(code, code)
    return ESCAPE.sub(one, text)


def every_text_of(path):
    """The string literals of a file of C, joined as the compiler does."""
    code = path.read_text(encoding="utf-8")
    for name, body in MACRO.findall(code):
        code = re.sub(rf"(?<!define )\b{name}\b", lambda _: body.replace("\\\n", ""), code)
    for match in LITERALS.finditer(code):
        yield b"".join(unescape(part.encode()) for part in LITERAL.findall(match[0]))


def texts_of(path):
    """Those that are long enough to be inputs; ' may stand for \"."""
    for text in every_text_of(path):
        if len(text) >= SHORTEST_TEXT and b".h" not in text[-2:]:
            yield text
            if b"{'" in text:
                yield text.replace(b"'", b'"')


def parts_of(path):
    """A template with one of its elements at a time."""
    opening, *elements = re.split(r"\n  (?=<[a-z])", path.read_text(encoding="utf-8"))
    for element in elements:
        yield f"{opening}\n{element.replace('</report>', '')}</report>".encode()


def mapped_texts():
    """The examples of the page about mapping files, each with the export that stands before it."""
    page = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    export = ""
    for indent, _, text in re.findall(r"^( *)```(csv|json|xml)\n(.*?)^ *```$", page, re.DOTALL | re.MULTILINE):
        text = text.replace("\n" + indent, "\n").removeprefix(indent)
        if text.startswith("<mapping"):
            yield (text + "\0" + export).encode()
        elif not text.startswith("email,"):
            export = text


def kept_texts(build):
    """All that the tests of intake read."""
    with tempfile.TemporaryDirectory(prefix="tidemark-seeds-") as folder:
        environment = os.environ | {"TIDEMARK_KEEP_TEXTS": folder, "TIDEMARK_DATA": str(ROOT), "TZ": "UTC"}
        for program in sorted((build / "tests" / "intake").glob("test_intake_*")):
            if program.is_file() and program.name != "test_intake_mutations":
                subprocess.run([program], env=environment, capture_output=True, check=False)
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file():
                yield path.read_bytes()


def texts_for(target):
    """Each text with the name of the file it stands in."""
    samples, code, _ = SOURCES[target]
    for pattern in samples:
        for path in sorted(ROOT.glob(pattern)):
            yield path.name, path.read_bytes()
            if path.suffix == ".xml":
                yield from ((path.name, part) for part in parts_of(path))
    for pattern in code:
        for path in sorted(ROOT.glob(pattern)):
            for text in texts_of(path):
                yield path.name, text
    if target == "intake":
        for text in kept_texts(ROOT / "build"):
            yield "", text
    if target == "mapping":
        for text in mapped_texts():
            yield "", text
    if target in ("intake", "csv_rows", "json_split"):
        for pattern in samples:
            yield "", gzip.compress(min(ROOT.glob(pattern)).read_bytes(), mtime=0)


def code_of(reader):
    """The files of a reader: where it is defined, and those that share their names or headers."""
    files = sorted((ROOT / "src" / "intake").rglob("*.c"))
    home = next(path for path in files if f"tm_{reader} = {{" in path.read_text(encoding="utf-8"))
    headers = re.findall(r'#include "(?:\.\./)?(\w+)\.h"', home.read_text(encoding="utf-8"))
    return [path for path in files if path.stem in headers or path.stem.startswith(home.stem)]


def words_of(reader):
    """What a reader's code compares with, and the words of its formats' sections in docs/."""
    literals = {text.decode() for path in code_of(reader) for text in every_text_of(path)}
    words = {part for text in literals if NAME.fullmatch(text) for part in re.split(r"[|=,]", text)}
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for key, section in re.findall(r"^Key `([^`]*)`\.$(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE):
        if key in literals:
            words.update(WORD.findall(section))
    return words


def words_for(target):
    """Those of the target's pages."""
    return {word for page in PAGES.get(target, [])
            for word in WORD.findall((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))}


def dictionary(target, found):
    """In the form that libFuzzer reads; a path such as a[].b gives its parts."""
    words = set(MARKS)
    for word in found:
        words.update(PATH.split(word) if target == "intake" else [word])
    return "".join('"{}"\n'.format("".join(f"\\x{byte:02x}" for byte in word.encode()))
                   for word in sorted(words) if word)


def main():
    target, folder, readers = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    folder.mkdir(parents=True, exist_ok=True)
    folder.with_suffix(".dict").write_text(dictionary(target, words_for(target)), encoding="utf-8")
    for reader in readers:
        path = folder.with_name(f"{folder.name}-{reader}.dict")
        path.write_text(dictionary(target, words_of(reader)), encoding="utf-8")
    first_bytes = SOURCES.get(target, ([], [], {}))[2]
    for name, text in texts_for(target) if target in SOURCES else ():
        known = [key for key in first_bytes if key and key in name]
        for first in first_bytes[known[0] if known else ""] or [None]:
            seed = (b"" if first is None else bytes([first])) + text
            if len(seed) <= LARGEST:
                (folder / hashlib.sha1(seed).hexdigest()[:16]).write_bytes(seed)


main()
