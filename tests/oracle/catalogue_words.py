"""What the catalogue says of each KPI in words: key, unit, step, from how many people.

Only these are read; how a figure comes about is what the oracle has to know by itself.
"""

import collections
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "src" / "measure"
CENT = 10000
Words = collections.namedtuple("Words", "key unit step minimum money_rule support")


def _field(row, name, default):
    found = re.search(rf"\.{name} = (\w+|\"[^\"]*\")", row)
    return found[1].strip('"') if found else default


def read(folder=FOLDER):
    words = {}
    for path in sorted(folder.glob("catalogue_*.def")):
        for row in path.read_text(encoding="utf-8").split("[TM_KPI_")[1:]:
            step = _field(row, "step", "1")
            words[_field(row, "key", "")] = Words(
                _field(row, "key", ""), _field(row, "unit", "").removeprefix("TM_UNIT_"),
                CENT if step == "ONE_CENT" else int(step), int(_field(row, "minimum_people", "0")),
                _field(row, "money_rule", "FALSE") == "TRUE", _field(row, "support", "FALSE") == "TRUE")
    return words


WORDS = read()
