"""Which of several sources of one tool tells the use of an account in a week: each use counts once.

For each measure the preferred source that covers all days that any source covers has the whole
week, days without rows included; if none does, each day has the preferred of those that cover it.
A source that has rows of the week, and none that states a measure, does not know it. The slots of tokens are
one measure. Money is chosen day by day, metered and list value together, and from a source that
says what is billed before those that estimate. A source that people send covers only days of its
accounts.
"""

import collections

from calendar_days import DAY, days_of, week_of

SLOTS = ("input_tokens", "cache_write_tokens", "output_tokens", "cache_read_tokens", "unsplit_tokens")
FOUR_SLOTS = SLOTS[:4]
MONEY = ("cost_metered", "list_value")
USE = ("interactions", "sessions", "messages", "active_seconds")
MEASURES = (*USE, *SLOTS, *MONEY)

Source = collections.namedtuple("Source", "tool order money_order measures personal")
COUNTS = {"interactions", "sessions", "messages"}
SOURCES = {
    "analytics": Source("claude_code", 50, 50, {"interactions", "sessions", *FOUR_SLOTS, *MONEY}, False),
    "transcripts": Source("claude_code", 40, 40, {*USE, *FOUR_SLOTS, "list_value"}, True),
    "collector": Source("claude_code", 10, 18, {*COUNTS, *SLOTS, "list_value"}, True),
    "ccusage": Source("claude_code", 70, 70, {"interactions", *FOUR_SLOTS, "list_value"}, True),
    "copilot": Source("copilot", 51, 51, {*COUNTS, "output_tokens", "unsplit_tokens", "list_value"}, False),
    "bill": Source("copilot", 60, 10, {"interactions", *MONEY}, False),
    "bill_tokens": Source("copilot", 49, 49, {*FOUR_SLOTS}, False),
    "cursor": Source("cursor", 60, 60, {"interactions", "sessions", *SLOTS, *MONEY}, False),
    "gemini": Source("gemini_cli", 10, 18, {*COUNTS, *SLOTS, "list_value"}, True),
}


def own_table(tool):
    """The source of a tool's rows in tidemark.csv; any tool may have one."""
    name = "tidemark-csv:" + tool
    SOURCES.setdefault(name, Source(tool, 65, 65, set(MEASURES), False))
    return name


def _with_days_off(covered, week, work_days):
    """A day off is covered beside a day that is."""
    covered = set(covered)
    for _ in range(6):
        covered |= {day for day in days_of(week) if day.weekday() not in work_days
                    and ((day - DAY in covered and day.weekday() > 0) or (day + DAY in covered and day.weekday() < 6))}
    return covered


def _states(rows, measures):
    """Whether any row of the week states one of the measures."""
    return any(measure in figures for cuts in rows.values() for figures in cuts.values() for measure in measures)


def _first(able, days, order):
    return min((name for name in able if days <= able[name]), key=order, default=None)


def choose(rows, covered, week, work_days):
    """Measure, day and the source that tells it, of rows[source][day] and covered[source] -> days."""
    candidates = {}
    for name in covered.keys() | rows.keys():
        days = {day for day in covered.get(name, ()) if week_of(day) == week} | set(rows.get(name, ()))
        days = _with_days_off(days, week, work_days)
        if days:
            candidates[name] = days
    for measures in (*((measure,) for measure in USE), SLOTS, MONEY):
        able = {name: days for name, days in candidates.items() if SOURCES[name].measures & set(measures)
                and (not rows.get(name) or _states(rows[name], measures))}
        known = set().union(*able.values())
        if measures is MONEY:
            order = lambda name: (not _states(rows.get(name, {}), ("cost_metered",)), SOURCES[name].money_order)
        else:
            order = lambda name: SOURCES[name].order
        whole = None if measures is MONEY else _first(able, known, order)
        for day in sorted(known):
            for measure in measures:
                yield measure, day, whole or _first(able, {day}, order)
