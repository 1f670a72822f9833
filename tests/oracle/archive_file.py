"""The published figures, read from the archive's own tables."""

import collections
import json
import sqlite3

VALUE, BAND, NOT_SHOWN, NOT_MEASURED = range(4)
INCOMPLETE, AT_LEAST = 2, 8  # flags
OPEN = 2**63 - 1
KINDS = ("organisation", "department", "block", "unassigned", "spare")

Cell = collections.namedtuple("Cell", "state flags value low high rule")
Scope = collections.namedtuple("Scope", "id kind parent own_line teams")


def fields(line):
    """Tab-separated; texts are JSON strings or, where there is none, empty."""
    return [json.loads(part) if part.startswith('"') else part for part in line.split("\t")]


def read(path):
    """week -> (scopes in their order, {(scope, key, part): Cell})."""
    weeks = collections.defaultdict(lambda: ([], {}))
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as archive:
        lines = archive.execute("SELECT kind, scope, week, body FROM line ORDER BY sequence").fetchall()
    for kind, scope, week, body in lines:
        if kind == "scope":
            _, _, _, number, parent, _, own_line, *teams = fields(body.rstrip("\n"))
            weeks[week][0].append(Scope(scope, KINDS[int(number)], int(parent), own_line == "1", teams))
        elif kind == "cells":
            for line in body.splitlines():
                key, part, *numbers = fields(line)
                weeks[week][1][scope, key, part] = Cell(*map(int, numbers))
    return dict(sorted(weeks.items()))
