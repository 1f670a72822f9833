"""Alerts once more, from the words of the dictionary and from published cells alone.

Each subject (alert, group, KPI, tool) is replayed over all published weeks: new, open since,
cleared. compare_alerts() holds the result against a week's alerts.json, where there is one.
Readings:

  - A baseline is made of the last 4 weeks before that are not short.
  - Where not every value of a band would fire and not every value would stay quiet, nothing is
    judged: an open alert stays open.
  - After 8 weeks the alert is over, and the same week is judged by the new level.
  - An alert that needs two weeks running opens in the second one.
  - A count that is not shown is below the minimum.
  - Stale data is told of short weeks too.
  - Where a short week, or one in which a few people came or went, stands inside what is compared,
    both answers are taken.
"""

import collections
import json
import sqlite3
from datetime import date

from archive_file import AT_LEAST, INCOMPLETE, NOT_MEASURED, NOT_SHOWN, OPEN, VALUE, fields
from calendar_days import DAY, label, monday

BASELINE_WEEKS, NEW_LEVEL_WEEKS = 4, 8
SHORT_PERCENT = 60
DEFAULTS = {"cost_spike_percent": 150, "token_spike_percent": 50, "adoption_drop_points": 10,
            "adoption_drop_people": 3, "adoption_fall_percent": 40, "adoption_stall_points": 2,
            "not_started_people": 5, "slow_start_percent": 30, "slow_start_people": 5,
            "streak_collapse_percent": 20, "session_depth_percent": 30, "unused_seats_percent": 10}
EPOCH = date(1970, 1, 1)
BREACH, QUIET, UNKNOWN = "breach", "quiet", "unknown"
MONEY_OR_TOKENS = ("session_depth", "cost", "cost_metered", "tokens")
ACTIVE_ROLLOUTS = ("seed", "launch", "iterate")
FEW = (1, 2)

Alert = collections.namedtuple("Alert", "state since")
Span = collections.namedtuple("Span", "low high")


def add(spans):
    spans = list(spans)
    return Span(sum(span.low for span in spans), sum(span.high for span in spans))


def month_of(week):
    thursday = monday(week) + 3 * DAY
    return thursday.year, thursday.month


def verdict(surely, never):
    return BREACH if surely else QUIET if never else UNKNOWN


class Published:
    """Cells, thresholds and goals of an archive, as of its last week."""

    def __init__(self, weeks, contexts=(), tools=()):
        self.weeks, self.last = weeks, max(weeks)
        self.contexts, self.tools = dict(contexts), dict(tools)

    def setting(self, key):
        return self.contexts.get(("", "setting", key), (DEFAULTS[key], ""))[0]

    def context(self, scope, kind, key):
        return self.contexts.get((scope, kind, key))

    def span(self, scope, kpi, week, part="", whole=True):
        """None where an alert has to stay silent."""
        cell = self.weeks[week][1].get((scope, kpi, part)) if week in self.weeks else None
        if cell is None or cell.state in (NOT_SHOWN, NOT_MEASURED) or whole and cell.flags & INCOMPLETE:
            return None
        low, high = (cell.value, cell.value) if cell.state == VALUE else (cell.low, cell.high)
        return Span(low, OPEN if cell.flags & AT_LEAST else high)

    def is_short(self, scope, week):
        there = self.span(scope, "working_days", week, whole=False)
        usual = self.span(scope, "usual_days", week, whole=False)
        return bool(there and usual and there.high * 100 < SHORT_PERCENT * usual.low)

    def few_moved(self, scope, week):
        now, before = (self.span(scope, "licensed", number, whole=False) for number in (week, week - 1))
        return bool(now and before and abs(now.low - before.low) in FEW)

    def before(self, scope, week, count):
        """The last weeks before that are not short; None when the archive does not go so far."""
        found, number = [], week - 1
        while len(found) < count:
            if number < min(self.weeks):
                return None
            if not self.is_short(scope, number):
                found.append(number)
            number -= 1
        return found

    def baseline(self, scope, kpi, week):
        weeks = self.before(scope, week, BASELINE_WEEKS)
        spans = [self.span(scope, kpi, number) for number in weeks or (None,)]
        return None if None in spans else add(spans)


class Rule:
    """judge(published, scope, part, week, baseline) -> verdict; a baseline only for some."""

    def __init__(self, alert, kpi, judge, baseline=(), running=1, monthly=False, scopes="odb", parts=None):
        self.alert, self.kpi, self.judge, self.baseline = alert, kpi, judge, baseline
        self.running, self.monthly, self.scopes, self.parts = running, monthly, scopes, parts


def judge_spike(kpi):
    def judge(published, scope, part, week, baseline):
        value, percent = published.span(scope, kpi, week), published.setting("cost_spike_percent")
        if not value or not baseline[kpi]:
            return UNKNOWN
        low, high = value.low * 100 * BASELINE_WEEKS, value.high * 100 * BASELINE_WEEKS
        return verdict(low > percent * baseline[kpi].high, high <= percent * baseline[kpi].low)
    return judge


def judge_depth(published, scope, part, week, baseline):
    value, percent = published.span(scope, "session_depth", week), 100 - published.setting("session_depth_percent")
    if not value or not baseline["session_depth"]:
        return UNKNOWN
    low, high = value.low * 100 * BASELINE_WEEKS, value.high * 100 * BASELINE_WEEKS
    return verdict(high <= percent * baseline["session_depth"].low, low > percent * baseline["session_depth"].high)


def judge_drop(published, scope, part, week, baseline):
    value, points = published.span(scope, "adoption", week), published.setting("adoption_drop_points")
    mean = baseline["adoption"]
    if not value or not mean:
        return UNKNOWN
    low, high = ((value + points) * BASELINE_WEEKS for value in value)
    rate = verdict(high < mean.low, low >= mean.high)
    there, active = (published.span(scope, key, week) for key in ("present", "present_active"))
    if rate != BREACH or not (there and active and baseline["present"] and baseline["present_active"]):
        return QUIET if rate == QUIET else UNKNOWN
    # So many of those at work should have been active: there * before active / before there.
    least = there.low * baseline["present_active"].low - active.high * baseline["present"].high
    most = there.high * baseline["present_active"].high - active.low * baseline["present"].low
    people = published.setting("adoption_drop_people")
    return verdict(least >= people * baseline["present"].high, most < people * baseline["present"].low)


def judge_tokens(published, scope, part, week, _):
    now, before = (published.span(scope, "tokens", number) for number in (week, week - 1))
    if not now or not before or not before.low or not now.low:
        return UNKNOWN
    percent = 100 + published.setting("token_spike_percent")
    return verdict(now.low * 100 >= before.high * percent, now.high * 100 < before.low * percent)


def judge_fall(published, scope, part, week, _):
    first = week
    while month_of(first - 1) == month_of(week):
        first -= 1
    sums = []
    for weeks in (range(first, week + 1), range(2 * first - week - 1, first)):
        for kpi in ("active_users", "licensed"):
            spans = [published.span(scope, kpi, number) for number in weeks]
            if None in spans:
                return UNKNOWN
            sums.append(add(spans))
    active, licensed, active_before, licensed_before = sums
    if not licensed.low or not active_before.low:
        return UNKNOWN
    left = 100 - published.setting("adoption_fall_percent")
    return verdict(active.high * licensed_before.high * 100 <= left * active_before.low * licensed.low,
                   active.low * licensed_before.low * 100 > left * active_before.high * licensed.high)


def judge_stall(published, scope, part, week, _):
    goal, rollout = published.context(scope, "goal.target", "adoption"), published.context(scope, "rollout", "state")
    if not goal or not rollout or rollout[1] not in ACTIVE_ROLLOUTS:
        return UNKNOWN
    weeks = published.before(scope, week, BASELINE_WEEKS - 1)
    spans = [published.span(scope, "adoption", number) for number in [week, *(weeks or [None])]]
    if None in spans:
        return UNKNOWN
    points = published.setting("adoption_stall_points")
    widest = max(span.high for span in spans) - min(span.low for span in spans)
    narrowest = max(span.low for span in spans) - min(span.high for span in spans)
    return verdict(widest <= points and spans[0].high < goal[0], narrowest > points or spans[0].low >= goal[0])


def judge_target(kpi):
    def judge(published, scope, part, week, _):
        lower, start = published.context(scope, "goal.lower", kpi), published.context(scope, "goal.start", kpi)
        value = published.span(scope, kpi, week)
        if not lower or not value or start and EPOCH + start[0] * DAY > monday(week):
            return UNKNOWN
        return verdict(value.high < lower[0], value.low >= lower[0])
    return judge


def judge_streak(published, scope, part, week, _):
    now, before = (published.span(scope, "matched_streak_" + when, week) for when in ("now", "before"))
    if not now or not before or not before.low:
        return UNKNOWN
    left = 100 - published.setting("streak_collapse_percent")
    return verdict(now.high * 100 < before.low * left, now.low * 100 >= before.high * left)


def judge_not_started(published, scope, part, week, _):
    value, people = published.span(scope, "not_started", week), published.setting("not_started_people")
    return verdict(value.low >= people, value.high < people) if value else UNKNOWN


def judge_onboarding(published, scope, part, week, _):
    share, people = (published.span(scope, key, week) for key in ("slow_start_share", "starters"))
    percent, least = published.setting("slow_start_percent"), published.setting("slow_start_people")
    if people and people.high < least:
        return QUIET
    if not share or not people:
        return UNKNOWN
    return verdict(share.low >= percent and people.low >= least, share.high < percent or people.high < least)


def judge_seats(published, scope, part, week, _):
    unused, held = (published.span(scope, key, week, part) for key in ("seats_zero_session", "seats_held"))
    if not unused or not held or not held.high:
        return UNKNOWN
    percent = published.setting("unused_seats_percent")
    return verdict(unused.low * 100 >= percent * held.high, unused.high * 100 < percent * held.low)


def judge_stale(published, scope, part, week, _):
    missing = published.tools.get((part, week))
    return UNKNOWN if missing is None else verdict(missing > 0, missing == 0)


PRESENCE = ("adoption", "present", "present_active")
RULES = (
    Rule("stale_data", None, judge_stale, scopes="o", parts="tools"),
    Rule("cost_spike", "cost", judge_spike("cost"), baseline=("cost",)),
    Rule("cost_spike", "cost_metered", judge_spike("cost_metered"), baseline=("cost_metered",)),
    Rule("adoption_fall", "adoption", judge_fall, monthly=True),
    Rule("adoption_drop", "adoption", judge_drop, baseline=PRESENCE),
    Rule("adoption_stall", "adoption", judge_stall),
    Rule("below_target", "adoption", judge_target("adoption")),
    Rule("below_target", "streak", judge_target("streak")),
    Rule("not_started", "not_started", judge_not_started, scopes="od"),
    Rule("onboarding", "slow_start_share", judge_onboarding, scopes="od"),
    Rule("streak_collapse", "matched_streak_now", judge_streak),
    Rule("session_depth", "session_depth", judge_depth, baseline=("session_depth",), running=2),
    Rule("token_spike", "tokens", judge_tokens),
    Rule("unused_seats", "seats_zero_session", judge_seats, scopes="o", parts="seats_held"),
)


class Replay:
    """One subject, week by week; `doubtful` when a reading stands on a short week or a few movers."""

    def __init__(self, published, rule, scope, part):
        self.published, self.rule, self.scope, self.part = published, rule, scope, part
        self.open_since = self.frozen = self.frozen_in = None
        self.breaches, self.doubtful, self.state = 0, False, None
        for week in published.weeks:
            self._take(week)

    def _fresh(self, week):
        return {kpi: self.published.baseline(self.scope, kpi, week) for kpi in self.rule.baseline}

    def _take(self, week):
        self.state, rule, published = None, self.rule, self.published
        if rule.monthly and self.open_since and month_of(week) != month_of(self.open_since):
            self._close()
        over = rule.baseline and self.frozen and week - self.frozen_in >= NEW_LEVEL_WEEKS
        measure = self._fresh(week) if over or not self.frozen else self.frozen
        if published.is_short(self.scope, week) and rule.alert != "stale_data":
            self._stay()
            return
        if any(published.is_short(self.scope, number) for number in range(week - BASELINE_WEEKS, week)) or (
                rule.kpi in MONEY_OR_TOKENS and published.few_moved(self.scope, week)):
            self.doubtful = True
        found = rule.judge(published, self.scope, self.part, week, measure)
        if over and found != UNKNOWN:
            was_open = self.open_since
            self._close()
            self.state = Alert("cleared", was_open) if was_open else None
        if found == BREACH:
            self._breach(week, measure)
        elif found == QUIET:
            if self.open_since:
                self.state = Alert("cleared", self.open_since)
            self._close()
        else:
            self._stay()

    def _breach(self, week, measure):
        if not self.frozen:
            self.frozen, self.frozen_in = measure, week
        self.breaches += 1
        if self.open_since:
            self.state = Alert("open", self.open_since)
        elif self.breaches >= self.rule.running:
            self.open_since, self.state = week, Alert("new", week)

    def _stay(self):
        if self.open_since:
            self.state = Alert("not judged", self.open_since)

    def _close(self):
        self.open_since = self.frozen = self.frozen_in = None
        self.breaches = 0


def replay(published):
    """(alert, scope, part, KPI) -> Replay, for the groups with a line of their own in the last week."""
    scopes, cells = published.weeks[published.last]
    found = {}
    for rule in RULES:
        for scope in scopes:
            if scope.kind not in ("organisation", "department", "block") or scope.kind[0] not in rule.scopes \
                    or not scope.own_line:
                continue
            parts = ([""] if rule.parts is None else sorted({tool for tool, _ in published.tools})
                     if rule.parts == "tools" else sorted(part for place, kpi, part in cells
                                                          if (place, kpi) == (scope.id, rule.parts)))
            for part in parts:
                found[rule.alert, scope.id, part, rule.kpi] = Replay(published, rule, scope.id, part)
    return found


def read(path, weeks):
    """Published as of the last of the weeks, under the settings of the run that published it."""
    contexts, tools = {}, {}
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as archive:
        lines = archive.execute("SELECT kind, scope, week, body FROM line WHERE kind IN ('context', 'tool') "
                                "ORDER BY sequence").fetchall()
    issue = min(week for kind, _, week, _ in lines if kind == "context" and week >= max(weeks))
    for kind, scope, week, body in lines:
        if week != issue if kind == "context" else week > max(weeks):
            continue
        parts = fields(body.rstrip("\n"))
        if kind == "tool":
            tools[scope, week] = int(parts[4])
        else:
            name, key, text, number = parts
            contexts["" if name == "setting" else scope, name, key] = (int(number or 0), text)
    return Published(weeks, contexts, tools)


def is_written(home):
    return next((home / "out").rglob("alerts.json"), None) is not None


def compare_alerts(found, home, last):
    """Sentences about the alerts.json of a published week; none where there is none."""
    path = home / "out" / "organisation" / label(last) / "alerts.json"
    if not path.exists():
        return
    said = json.loads(path.read_text(encoding="utf-8"))["alerts"]
    weeks = {week: found.weeks[week] for week in found.weeks if week <= last}
    mine = replay(read(home / "archive" / "archive", weeks))
    told = {(alert["alert"], alert["scope"], alert["part"], alert["kpi"]): alert for alert in said
            if alert["state"] != "not judged" or alert["since"]}
    known = {rule.alert for rule in RULES}
    for place, alert in told.items():
        expected = mine.get(place)
        if place[0] not in known or expected and expected.doubtful:
            continue
        state = expected and expected.state
        if (alert["state"], alert["since"]) != (state and (state.state, label(state.since)) or None):
            yield (f"{label(last)} {' '.join(map(str, place))}: {alert['state']} since {alert['since']}, here "
                   f"{state.state + ' since ' + label(state.since) if state else 'nothing'}")
    for place, expected in mine.items():
        others = [key for key in told if key[:3] == place[:3]]
        if expected.state and not expected.doubtful and not others:
            yield (f"{label(last)} {' '.join(map(str, place))}: not told, here {expected.state.state} since "
                   f"{label(expected.state.since)}")
