"""A PDF as plain objects, read through qpdf's JSON, and its pages' content as operators."""

import base64
import json
import subprocess


def run(*command, errors=False):
    """Exit code and output of a tool, with what it prints to standard error if asked for."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        check=False,
        stderr=subprocess.STDOUT if errors else subprocess.DEVNULL,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


class PdfFile:
    def __init__(self, path):
        self.path = path
        done = subprocess.run(
            ["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=all", path, "-"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode not in (0, 3):
            raise ValueError(done.stderr.decode("utf-8", "replace").strip())
        objects = json.loads(done.stdout)["qpdf"][1]
        self.trailer = objects.pop("trailer")["value"]
        self._objects = {key[4:]: entry for key, entry in objects.items()}
        self.catalogue = self.get(self.trailer.get("/Root")) or {}
        self.info = self.get(self.trailer.get("/Info")) or {}
        self.pages = []
        self._collect_pages(self.catalogue.get("/Pages"), {}, set())

    def get(self, value):
        """The object behind a reference (of a stream: its dictionary), or the value itself."""
        for _ in range(32):
            if not (isinstance(value, str) and value.endswith(" R") and value[:1].isdigit()):
                return value
            entry = self._objects.get(value, {})
            value = entry["stream"]["dict"] if "stream" in entry else entry.get("value")
        return None

    def stream(self, reference):
        """Decoded bytes of a stream, or None if the reference leads to none."""
        entry = self._objects.get(reference, {}) if isinstance(reference, str) else {}
        if "stream" not in entry:
            return None
        return base64.b64decode(entry["stream"].get("data", ""))

    def dictionaries(self):
        """Every dictionary of the file, those inside of other objects too."""
        waiting = [self.get(reference) for reference in self._objects]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                yield value
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value

    def _collect_pages(self, reference, inherited, seen):
        node = self.get(reference)
        if not isinstance(node, dict) or reference in seen:
            return
        seen.add(reference)
        passed_on = {
            **inherited,
            **{key: node[key] for key in ("/MediaBox", "/Resources") if key in node},
        }
        if node.get("/Type") == "/Page":
            self.pages.append((reference, {**passed_on, **node}))
        for kid in self.get(node.get("/Kids")) or []:
            self._collect_pages(kid, passed_on, seen)

    def page_content(self, page):
        contents = page.get("/Contents")
        if isinstance(self.get(contents), list):
            parts = self.get(contents)
        else:
            parts = [contents]
        return b"\n".join(self.stream(part) or b"" for part in parts)


def text_of(value):
    """Text of a PDF string in qpdf's JSON; empty if it is none."""
    if isinstance(value, str) and value.startswith("u:"):
        return value[2:]
    return ""


WHITE, DELIMITERS = b"\0\t\n\f\r ", b"()<>[]{}/%"


def _string_end(data, at):
    depth = 0
    while at < len(data):
        byte = data[at : at + 1]
        if byte == b"\\":
            at += 1
        elif byte == b"(":
            depth += 1
        elif byte == b")":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return at


def _tokens(data):
    at = 0
    while at < len(data):
        byte = data[at : at + 1]
        start = at
        if byte in (b" ", b"\n", b"\r", b"\t", b"\f", b"\0"):
            at += 1
            continue
        if byte == b"%":
            while at < len(data) and data[at] not in b"\r\n":
                at += 1
            continue
        if byte == b"(":
            at = _string_end(data, at)
        elif data[at : at + 2] in (b"<<", b">>"):
            at += 2
        elif byte == b"<":
            at = data.find(b">", at) + 1 or len(data)
        elif byte in (b"[", b"]", b"{", b"}"):
            at += 1
        else:
            at += 1
            while at < len(data) and data[at] not in WHITE and data[at] not in DELIMITERS:
                at += 1
        yield data[start:at].decode("latin-1"), at


def operators(data):
    """(operator, its operands as text) of a content stream; inline images are one operator."""
    operands, skip_to = [], 0
    for token, end in _tokens(data):
        if end <= skip_to:
            continue
        first = token[0]
        if first in "/(<[]>{}+-." or first.isdigit() or token in ("true", "false", "null"):
            operands.append(token)
        elif token == "ID":
            skip_to = data.find(b"EI", end) + 2
            yield "BI", operands
            operands = []
        elif token not in ("BI", "EI"):
            yield token, operands
            operands = []
