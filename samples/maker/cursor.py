"""Cursor as it would export: a team's usage events, in downloads that overlap.

An event is one model call. The rows of a download are the newest first. What differs between
downloads of the same events: the columns (v2 and v3), and the cost of the last two days, which is
a provisional number where later downloads say Included.
"""

import datetime

from . import days, story
from .chance import Chance
from .days import date

V2_HEADER = [
    "Date",
    "User",
    "Kind",
    "Model",
    "Max Mode",
    "Input (w/ Cache Write)",
    "Input (w/o Cache Write)",
    "Cache Read",
    "Output Tokens",
    "Total Tokens",
    "Cost",
]
V3_HEADER = V2_HEADER[:2] + ["Cloud Agent ID", "Automation ID"] + V2_HEADER[2:]

# Name of the download, first and last day, layout, byte order mark and CRLF; .gz is compressed.
DOWNLOADS = [
    ("team-usage-events-8812345-2026-08-24.csv.gz", "2026-07-27", "2026-08-23", 2, False),
    ("team-usage-events-8812345-2026-09-07.csv", "2026-08-17", "2026-09-06", 2, True),
    ("team-usage-events-8812345-2026-09-28.csv", "2026-08-31", "2026-09-27", 3, False),
    ("team-usage-events-8812345-2026-10-12.csv.gz", "2026-09-21", "2026-10-11", 3, False),
    ("team-usage-events-8812345-2026-10-27.csv", "2026-10-12", "2026-10-26", 3, False),
    ("team-usage-events-8812345-2026-11-09 (1).csv", "2026-10-26", "2026-11-08", 3, False),
    ("team-usage-events-8812345-2026-11-18.csv", "2026-11-09", "2026-11-15", 3, False),
]
# This download was made at noon of its last day.
CUT_AT_NOON = "team-usage-events-8812345-2026-10-27.csv"

# Model -> price in micro-dollars per token: cache write, input, cache read, output.
PRICES = {
    "auto": (1.25, 1.25, 0.25, 6),
    "composer-2.5": (0.5, 0.5, 0.2, 2.5),
    "claude-sonnet-5-thinking": (2.5, 2, 0.2, 10),
    "claude-opus-5-thinking-high": (6.25, 5, 0.5, 25),
    "gpt-5.4-high": (2.5, 2.5, 0.25, 15),
    "agent_review": (2.5, 2, 0.2, 10),
}
INCLUDED_MODELS = {"auto": 5, "composer-2.5": 4, "claude-sonnet-5-thinking": 2, "agent_review": 0.4}
PAID_MODELS = {"claude-opus-5-thinking-high": 3, "claude-sonnet-5-thinking": 4, "gpt-5.4-high": 2}
MIGRATION_MODELS = {"claude-opus-5-thinking-high": 1}
MINUTE = datetime.timedelta(minutes=1)

# Accounts that no roster row explains: contractors and an address from before a merger.
STRANGERS = [
    "k.brandt@contractor.example.com",
    "t.ueda@oldname.example.com",
    "pairing-room@example.com",
]
SPIKE_TEAM, SPIKE_WEEK = "data", 46


class Event:
    def __init__(self, instant, user, chance, paid, cloud=False, automation=False, migration=False):
        self.instant, self.user = instant, user
        self.cloud = "bc-" + chance.uuid() if cloud else ""
        self.automation = chance.uuid() if automation else ""
        models = MIGRATION_MODELS if migration else PAID_MODELS if paid else INCLUDED_MODELS
        self.model = chance.weighted(models)
        self.kind = "On-Demand" if paid else "Included"
        self.max_mode = paid and chance.happens(0.45)
        failed = not paid and chance.happens(0.03)
        if failed:
            self.kind = chance.pick(["Errored, No Charge", "Aborted, Not Charged"])
            self.tokens = None
            self.micros = 0
            return
        size = (2.2 if self.max_mode else 1.0) * (2.4 if paid else 1.2)
        writes_cache = self.model.startswith("claude") or chance.happens(0.4)
        self.tokens = (
            int(size * chance.skewed(12_000, 210_000)) if writes_cache else 0,
            int(size * chance.skewed(400, 14_000)),
            int(size * chance.skewed(60_000, 3_400_000) * (3.0 if migration else 1.0)),
            int(size * chance.skewed(600, 32_000)),
        )
        self.micros = (
            sum(int(count * price * 1000) for count, price in zip(self.tokens, PRICES[self.model]))
            // 1000
        )

    def cost_cell(self, provisional):
        if self.tokens is None:
            return "-"
        if self.kind == "On-Demand" or provisional:
            cents = (self.micros + 5_000) // 10_000
            return f"${cents // 100:,}.{cents % 100:02}"
        return "Included"

    def row(self, layout, provisional):
        stamp = (
            self.instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.instant.microsecond // 1000:03}Z"
        )
        cells = [stamp, self.user]
        if layout == 3:
            cells += [self.cloud, self.automation]
        counts = (
            [""] * 5 if self.tokens is None else [str(n) for n in (*self.tokens, sum(self.tokens))]
        )
        cells += [
            self.kind,
            self.model,
            "Yes" if self.max_mode else "No",
            *counts,
            self.cost_cell(provisional),
        ]
        return ",".join(f'"{cell}"' for cell in cells)


def _day_of_events(user, country, day, chance, intensity, paid_share, migration=False):
    """Sessions of one person's working day: bursts of calls with minutes between them."""
    events = []
    sessions = 1 + chance.below(2 if intensity < 1.2 else 3)
    calls = max(1, round(intensity * (3 + chance.below(6))))
    start = datetime.datetime.combine(day, datetime.time()) + (9 * 60 + chance.below(60)) * MINUTE
    start -= days.utc_offset_minutes(country, day) * MINUTE
    for session in range(sessions):
        instant = (
            start + chance.below(480 // sessions) * MINUTE + session * (480 // sessions) * MINUTE
        )
        for _ in range(max(1, calls // sessions)):
            instant += datetime.timedelta(milliseconds=chance.between(20_000, 900_000))
            events.append(
                Event(
                    instant,
                    user,
                    chance,
                    chance.happens(paid_share),
                    cloud=migration or chance.happens(0.05),
                    migration=migration,
                )
            )
    return events


def make_events(people, told):
    events = []
    for person in people:
        # A few pay for most of what they use on demand; that is how metered cost is spread.
        paid_share = (0.25, 0.45, 0.7)[Chance("paid", person.number).below(3)]
        for day in days.days_between(days.FIRST_DAY, days.LAST_DAY):
            if "cursor" not in told.use.get((person.number, day), ()):
                continue
            chance = Chance("cursor", person.number, day)
            address = person.email if not chance.happens(0.01) else person.email.title()
            intensity = told.intensity(person, day)
            events += _day_of_events(address, person.country, day, chance, intensity, paid_share)
            if person.team_on(day) == SPIKE_TEAM and days.week_of(day) == SPIKE_WEEK:
                # A migration was handed to agents in the cloud, with long contexts.
                events += _day_of_events(
                    address,
                    person.country,
                    day,
                    Chance("migration", person.number, day),
                    1.6,
                    1.0,
                    True,
                )
    for day in days.days_between(days.FIRST_DAY, days.LAST_DAY):
        if day.weekday() < 5:
            for number, address in enumerate(STRANGERS):
                chance = Chance("stranger", number, day)
                if chance.happens(0.5):
                    events += _day_of_events(address, "DE", day, chance, 0.6, 0.15)
        # The nightly review automation belongs to nobody: its user cell is empty.
        instant = datetime.datetime.combine(day, datetime.time(2, 0)) + day.day * MINUTE
        events.append(Event(instant, "", Chance("automation", day), True, automation=True))
    first = datetime.datetime.combine(days.FIRST_DAY, datetime.time())
    after = datetime.datetime.combine(days.LAST_DAY + days.DAY, datetime.time())
    events = [event for event in events if first <= event.instant < after]
    return sorted(events, key=lambda event: (event.instant, event.user), reverse=True)


def make_files(people, told):
    """Names and texts of the downloads."""
    events = make_events(people, told)
    files = {}
    for name, first, last, layout, damaged_by_office in DOWNLOADS:
        first, last = date(first), date(last)
        header = V3_HEADER if layout == 3 else V2_HEADER
        lines = [",".join(header)]
        for event in events:
            day = event.instant.date()
            if not first <= day <= last or (
                name == CUT_AT_NOON and day == last and event.instant.hour >= 12
            ):
                continue
            provisional = last != days.LAST_DAY and (last - day).days < 2
            lines.append(event.row(layout, provisional))
        end = "\r\n" if damaged_by_office else "\n"
        files[name] = ("\ufeff" if damaged_by_office else "") + end.join(lines) + end
    return files
