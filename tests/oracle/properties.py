"""What must hold without working anything out: sums of blocks, and companies that differ in nothing.

sums(weeks) looks at printed cells alone. VARIANTS change a company in ways that may not change any
cell; differences(before, after) says where two archives differ.
"""

import csv
import random
from datetime import date

from archive_file import VALUE
from calendar_days import days_between, label
from own_table import COLUMNS

OF_ALL_TOOLS = ("licensed", "active_users", "regular_users", "present", "present_active", "working_days",
                "usual_days", "input_tokens", "cache_write_tokens", "output_tokens", "cache_read_tokens",
                "unsplit_tokens", "cost_metered", "list_value", "cost_seats", "streak_5_users",
                "active_working_days", "active_people_days", "session_users", "session_days")
WHOLE = {"usage_frequency": "licensed", "segments": "licensed", "streak_bands": "active_users"}
IDLE_TOOL = "qwen_code"


def sums(weeks):
    """Sentences about totals that are not what their blocks, or their parts, add up to."""
    for number, (scopes, cells) in weeks.items():
        value = lambda scope, key, part="": (lambda cell: cell.value if cell and cell.state == VALUE else None)(
            cells.get((scope, key, part)))
        for whole in scopes:
            if whole.kind not in ("organisation", "department"):
                continue
            inside = [scope for scope in scopes if scope.kind not in ("organisation", "department")
                      and (whole.kind == "organisation" or scope.kind == "block"
                           and scopes[scope.parent].id == whole.id)]
            for key in OF_ALL_TOOLS:
                parts = [value(scope.id, key) for scope in inside if scope.kind == "block"]
                extra = [cells[scope.id, key, ""] for scope in inside
                         if scope.kind != "block" and (scope.id, key, "") in cells]
                printed = [cell.value for cell in extra if cell.state == VALUE]
                if None in (*parts, value(whole.id, key)) or any(cell.state == 1 for cell in extra):
                    continue
                if sum(parts) + sum(printed) != value(whole.id, key):
                    yield f"{label(number)} {whole.id} {key}: {value(whole.id, key)}, its parts {parts} {printed}"
            for key, of in WHOLE.items():
                parts = [cell for (scope, name, _), cell in cells.items() if (scope, name) == (whole.id, key)]
                if parts and all(cell.state == VALUE for cell in parts) and value(whole.id, of) not in (
                        None, sum(cell.value for cell in parts)):
                    yield f"{label(number)} {whole.id} {key}: parts do not add up to {of}"


def differences(before, after):
    for number in sorted(before.keys() | after.keys()):
        if number not in before or number not in after:
            yield f"{label(number)} is published in one of them only"
            continue
        (scopes, cells), (others, those) = before[number], after[number]
        if scopes != others:
            yield f"{label(number)} has other groups"
        for place in sorted(cells.keys() | those.keys()):
            if cells.get(place) != those.get(place):
                yield f"{label(number)} {' '.join(place)}: {cells.get(place)} and {those.get(place)}"


def _rewrite(path, change):
    if not path.exists():
        return
    with path.open(newline="", encoding="utf-8") as file:
        header, *lines = csv.reader(file)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *change(lines)])


def other_order(home, seed):
    """Files elsewhere and under other names, lines of set-up files in another order."""
    chance = random.Random(seed)
    for path in sorted((home / "exports").iterdir()):
        folder = home / "exports" / chance.choice(("a", "m", "z"))
        folder.mkdir(exist_ok=True)
        path.rename(folder / (chance.choice(("0", "k", "z")) + "-" + path.name))
    for name in ("people", "teams", "licenses", "subscriptions", "timeoff", "holidays", "identities"):
        _rewrite(home / f"{name}.csv", lambda lines: chance.sample(lines, len(lines)))


def idle_tool(home, seed):
    """A tool whose export says of one person, on every day, that there was nothing."""
    with (home / "people.csv").open(newline="", encoding="utf-8") as file:
        email = next(csv.DictReader(file))["email"]
    days = set()
    for path in (home / "exports").glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            days |= {row[0][:10] for row in list(csv.reader(file))[1:]}
    days = {date.fromisoformat(day) for day in days}
    if days:
        with (home / "exports" / "idle.csv").open("w", newline="", encoding="utf-8") as file:
            lines = [[{"date": day, "email": email, "tool": IDLE_TOOL, "interactions": 0}.get(name, "")
                      for name in COLUMNS] for day in days_between(min(days), max(days))]
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *lines])


VARIANTS = {"another order of input": other_order, "a tool without use": idle_tool}
