"""The hostile files: one case each, with what the program must make of it.

REFUSED  a file or a record is left out and said to be: exit code 1, or 2 when nothing was left
NOTED    taken, with a remark that names the file: exit code 0
TAKEN    taken without losing anything: exit code 0
`line` is the line that the message must name, `rows` how many records must be taken all the same.
"""

import gzip
import io
import json
import os
import zipfile
import zlib

from . import texts

REFUSED, NOTED, TAKEN = "refused", "noted", "taken"
MIB = 1 << 20
MANY = 4000


class Case:
    def __init__(self, name, outcome, build, line=None, rows=None):
        self.name, self.outcome, self.build, self.line, self.rows = name, outcome, build, line, rows


def _file(name, content):
    """A builder that writes one file."""

    def build(folder):
        data = content() if callable(content) else content
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)

    return build


def _good_and(row, good=2):
    """A download whose first row is damaged; the others are good."""
    return texts.cursor(row, *(texts.cursor_row(minute) for minute in range(good, 0, -1)))


def _many_good():
    return texts.cursor(
        *(texts.cursor_row(number % 60, output=str(number * 7919 % 9973)) for number in range(MANY))
    )


def _long_line():
    return texts.HEADER + "\n" + '"' + "x" * (100 * MIB) + '"\n' + texts.cursor_row() + "\n"


def _long_json():
    return '{"data":[{"date":"' + "9" * (100 * MIB) + '"}]}'


def _bomb(size=1024 * MIB):
    """A gzip member of `size` zeros, made of one compressed block repeated."""
    block = 16 * MIB
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(block)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    check = 0
    for _ in range(size // block):
        check = zlib.crc32(bytes(block), check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    tail = check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return head + first * (size // block) + end + tail


def _zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            zipfile.ZipInfo("usage-events.csv", (2026, 10, 5, 0, 0, 0)), texts.cursor()
        )
    return packed.getvalue()


def _loops(folder):
    _file("usage-events-2026-10-06.csv", texts.cursor())(folder)
    inner = os.path.join(folder, "inner")
    os.mkdir(inner)
    os.symlink("..", os.path.join(inner, "up"))
    os.symlink("self", os.path.join(inner, "self"))
    os.symlink("nowhere.csv", os.path.join(inner, "dangling.csv"))


def _unreadable(folder):
    _file("usage-events-2026-10-06.csv", texts.cursor())(folder)
    os.chmod(os.path.join(folder, "usage-events-2026-10-06.csv"), 0)


def _twice(folder):
    _file("usage-events-2026-10-06.csv", texts.cursor())(folder)
    _file("usage-events-2026-10-06 (1).csv", texts.cursor())(folder)


def _numbers(value):
    record = texts.claude_record()
    page = json.dumps(
        {"data": [record, texts.claude_record("2026-10-06")], "has_more": False, "next_page": None}
    )
    return page.replace('"num_sessions": 4', f'"num_sessions": {value}', 1) + "\n"


EVENTS = "usage-events-2026-10-06.csv"
PAGE = "claude-code-analytics-2026-10-06.json"
LINES = "users-28-day_2026-10-08.ndjson"

CASES = [
    Case("utf-16", REFUSED, _file(EVENTS, lambda: texts.cursor().encode("utf-16"))),
    Case(
        "latin-1 in a field",
        REFUSED,
        _file(EVENTS, lambda: _good_and(texts.cursor_row(9, model="modèle")).encode("latin-1")),
        line=2,
    ),
    Case("byte order mark", TAKEN, _file(EVENTS, "\ufeff" + texts.cursor()), rows=3),
    Case("byte order mark in json lines", TAKEN, _file(LINES, "\ufeff" + texts.copilot()), rows=3),
    Case("crlf", TAKEN, _file(EVENTS, texts.cursor(end="\r\n")), rows=3),
    Case("crlf in json lines", TAKEN, _file(LINES, texts.copilot().replace("\n", "\r\n")), rows=3),
    Case("nul in csv", REFUSED, _file(EVENTS, _good_and(texts.cursor_row(9, model="a\0to")))),
    Case(
        "nul far down in csv",
        REFUSED,
        _file(EVENTS, _many_good() + texts.cursor_row(9, model="a\0to") + "\n"),
        line=MANY + 2,
        rows=MANY,
    ),
    Case(
        "nul in json lines",
        REFUSED,
        _file(LINES, texts.copilot().replace("2026-10-06", "2026\0", 1)),
    ),
    Case("only nul", REFUSED, _file(EVENTS, bytes(4096))),
    Case(
        "row too short",
        REFUSED,
        _file(EVENTS, _good_and('"2026-10-05T09:15:02.004Z","ana@example.com"')),
        line=2,
        rows=2,
    ),
    Case(
        "row too long",
        REFUSED,
        _file(EVENTS, _good_and(texts.cursor_row(9) + ',"1","2"')),
        line=2,
        rows=2,
    ),
    Case("unterminated quote", REFUSED, _file(EVENTS, texts.cursor()[:-2] + "\n"), line=4),
    Case(
        "text after a quote",
        REFUSED,
        _file(EVENTS, _good_and(texts.cursor_row(9, model='au"t'))),
        line=2,
    ),
    Case("line of 100 MB", REFUSED, _file(EVENTS, _long_line), line=2),
    Case("json text of 100 MB", REFUSED, _file(PAGE, _long_json)),
    Case(
        "truncated gzip",
        REFUSED,
        _file(EVENTS + ".gz", lambda: gzip.compress(_many_good().encode(), mtime=0)[:-3000]),
    ),
    Case(
        "gzip with a wrong checksum",
        REFUSED,
        _file(
            EVENTS + ".gz", lambda: gzip.compress(texts.cursor().encode(), mtime=0)[:-8] + bytes(8)
        ),
    ),
    Case("gzip bomb", REFUSED, _file(EVENTS + ".gz", _bomb)),
    Case("gzip of nothing but a head", REFUSED, _file(EVENTS + ".gz", b"\x1f\x8b\x08\0")),
    Case(
        "truncated json",
        REFUSED,
        _file(
            PAGE, texts.claude_page(texts.claude_record(), texts.claude_record("2026-10-06"))[:-300]
        ),
    ),
    Case("truncated json line", REFUSED, _file(LINES, texts.copilot()[:-200]), line=3, rows=2),
    Case("deep nesting of arrays", REFUSED, _file(PAGE, "[" * 100_000)),
    Case(
        "deep nesting of objects", REFUSED, _file(LINES, '{"day":' * 100_000 + "1" + "}" * 100_000)
    ),
    Case(
        "deep nesting in a record",
        REFUSED,
        _file(
            LINES,
            texts.copilot()
            + '{"day":"2026-10-05","user_login":'
            + "[" * 100_000
            + "]" * 100_000
            + "}\n",
        ),
        line=4,
        rows=3,
    ),
    Case("number beyond 64 bits", REFUSED, _file(PAGE, _numbers("92233720368547758089")), rows=1),
    Case("number with a huge exponent", REFUSED, _file(PAGE, _numbers("1e400")), rows=1),
    Case("negative count", REFUSED, _file(PAGE, _numbers("-4")), rows=1),
    Case("text for a number", REFUSED, _file(PAGE, _numbers('"many"')), rows=1),
    Case(
        "number beyond 64 bits in csv",
        REFUSED,
        _file(EVENTS, _good_and(texts.cursor_row(9, output="99999999999999999999"))),
        line=2,
        rows=2,
    ),
    Case(
        "sum beyond 64 bits",
        REFUSED,
        _file(
            EVENTS,
            _good_and(
                texts.cursor_row(9, output="9223372036854775807", total="9223372036854775807")
            ),
        ),
        line=2,
        rows=2,
    ),
    Case(
        "date in the future",
        REFUSED,
        _file(EVENTS, _good_and(texts.cursor_row(9, date="2031-01-02"))),
        line=2,
        rows=2,
    ),
    Case(
        "no such day",
        REFUSED,
        _file(EVENTS, _good_and(texts.cursor_row(9, date="2026-02-30"))),
        line=2,
        rows=2,
    ),
    Case(
        "date of another country",
        REFUSED,
        _file(
            LINES, texts.copilot(texts.copilot_row("05/10/2026"), texts.copilot_row("2026-10-06"))
        ),
        line=1,
        rows=1,
    ),
    Case(
        "unknown model",
        TAKEN,
        _file(EVENTS, _good_and(texts.cursor_row(9, model="brain-7-ultra"))),
        rows=3,
    ),
    Case(
        "unknown person",
        TAKEN,
        _file(EVENTS, _good_and(texts.cursor_row(9, user="who@example.com"))),
        rows=3,
    ),
    Case("the same file twice", NOTED, _twice),
    Case(
        "header of another product",
        REFUSED,
        _file(EVENTS, "Issue key,Summary,Assignee\nAB-1,Mend,ana\n"),
    ),
    Case(
        "json of another product", REFUSED, _file(PAGE, '{"tickets":[{"id":1,"state":"open"}]}\n')
    ),
    Case(
        "web page saved as json",
        REFUSED,
        _file(
            PAGE,
            "<!doctype html><html><head><title>502 Bad Gateway"
            "</title></head><body>Bad Gateway</body></html>\n",
        ),
    ),
    Case("zip renamed to csv", REFUSED, _file(EVENTS, _zip)),
    Case("empty file", NOTED, _file(EVENTS, "")),
    Case("header alone", TAKEN, _file(EVENTS, texts.HEADER + "\n"), rows=0),
    Case("loops and dangling links", TAKEN, _loops, rows=3),
    Case("unreadable file", REFUSED, _unreadable),
]
