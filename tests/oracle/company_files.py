"""What the set-up files of a company say: people, teams, licences, contracts, calendars, accounts.

Reads the headings that docs/settings.md names first, not the other ones: those are for the tests of
set-up. Amounts are in millionths.
"""

import collections
import configparser
import csv
import functools
import re
import zoneinfo
from datetime import date
from decimal import Decimal

from calendar_days import DAY, days_between

DEFAULTS = {"settle_days": 3, "history_weeks": 13, "minimum_people": 5, "distribution_people": 12,
            "cross_cut_people": 20, "p_percent": 15, "active_threshold": 1, "regular_sessions": 3,
            "regular_days": 3, "regular_tokens": 10000, "hours_per_day": 8}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Spell = collections.namedtuple("Spell", "first last team work_days zone calendars")
Licence = collections.namedtuple("Licence", "email tool plan first last price currency seats")
Contract = collections.namedtuple("Contract", "tool plan seats price yearly currency first last")
Alias = collections.namedtuple("Alias", "email tool kind value first last")
Team = collections.namedtuple("Team", "id parent type stage")


def rows(path):
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8-sig") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key}
                for row in csv.DictReader(file)]


def span(row):
    return (date.fromisoformat(row["start_date"]) if row.get("start_date") else date.min,
            date.fromisoformat(row["end_date"]) if row.get("end_date") else date.max)


def micros(text):
    return int(Decimal(text) * 1000000) if text else None


def work_days(text):
    if re.fullmatch("[xX-]{7}", text):
        return frozenset(n for n, letter in enumerate(text) if letter in "xX")
    if "-" in text:
        first, last = (WEEKDAYS.index(word.strip().lower()) for word in text.split("-"))
        return frozenset((first + n) % 7 for n in range((last - first) % 7 + 1))
    return frozenset(WEEKDAYS.index(word.strip().lower()) for word in text.split(","))


def calendar_file(path):
    """Days of the all-day events of an iCalendar file without repetition."""
    event = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        event[name] = value
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            first = date.fromisoformat(event["DTSTART;VALUE=DATE"])
            end = event.get("DTEND;VALUE=DATE")
            yield from days_between(first, date.fromisoformat(end) - DAY if end else first)


class CompanyFiles:
    def __init__(self, home):
        self.home = home
        self.is_working_day = functools.lru_cache(maxsize=None)(self.is_working_day)
        settings = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
        settings.read(home / "tidemark.ini")
        self.settings = dict(DEFAULTS)
        for section in settings.sections():
            for key, value in settings[section].items():
                self.settings[key] = int(value) if value.isdigit() else value
        self.currency = self.settings.get("currency", "USD")
        self.zone = zoneinfo.ZoneInfo(self.settings.get("time_zone", "UTC"))
        self.usual_work_days = work_days(self.settings.get("work_days", "Mon-Fri"))
        self.exports = home / self.settings.get("exports", "exports")
        self._people()
        self._teams()
        self.licences = [
            Licence(row["email"].lower(), row["tool"], row.get("plan", ""), *span(row),
                    micros(row.get("monthly_price")), row.get("currency") or self.currency,
                    int(row.get("seats") or 1)) for row in rows(home / "licenses.csv")]
        self.licences_of = collections.defaultdict(list)
        for licence in self.licences:
            self.licences_of[licence.email].append(licence)
        self.contracts = [
            Contract(row["tool"], row.get("plan", ""), int(row["seats"]), micros(row["price_per_seat"]),
                     row.get("billing_period") == "year", row.get("currency") or self.currency, *span(row))
            for row in rows(home / "subscriptions.csv")]
        self.prices = rows(home / "prices.csv")
        self._absences()
        self._holidays()
        self.aliases = [
            Alias(row["email"].lower(), row.get("tool", ""), row["kind"],
                  row["value"].lower() if row["kind"] in ("email", "login", "name") else row["value"], *span(row))
            for row in rows(home / "identities.csv")]

    def _people(self):
        self.people = collections.defaultdict(list)
        for row in rows(self.home / "people.csv"):
            if row.get("status") == "inactive" and not row.get("end_date"):
                self.people[row["email"].lower()]  # known, but on the roster on no day
                continue
            zone = row.get("time_zone")
            self.people[row["email"].lower()].append(
                Spell(*span(row), row.get("team_id", ""),
                      work_days(row["work_days"]) if row.get("work_days") else self.usual_work_days,
                      zoneinfo.ZoneInfo(zone) if zone else self.zone,
                      {"*", row.get("country", ""), row.get("location", "")} - {""}))

        for path in sorted((self.home / "directory").glob("*.csv")):
            for row in rows(path):  # an Entra export; people.csv goes before it
                email = row["mail"].lower()
                if email not in self.people and row["accountEnabled"] == "True":
                    self.people[email].append(Spell(date.min, date.max, row["department"], self.usual_work_days,
                                                    self.zone, {"*", row["usageLocation"]}))

    def _teams(self):
        self.teams = {row["team_id"]: Team(row["team_id"], row.get("parent_team_id", ""), row.get("type", ""),
                                           int(row.get("stage") or 3))
                      for row in rows(self.home / "teams.csv")}

    def _absences(self):
        halves = collections.Counter()
        for row in rows(self.home / "timeoff.csv"):
            if (row.get("status") or "approved") != "approved":
                continue
            first = date.fromisoformat(row["start_date"])
            last = date.fromisoformat(row["end_date"]) if row.get("end_date") else first
            for day in days_between(first, last):
                halves[row["email"].lower(), day] += 1 if row.get("portion") == "0.5" else 2
        self.absences = {key for key, count in halves.items() if count >= 2}

    def _holidays(self):
        self.holidays = {(row.get("calendar") or "*", date.fromisoformat(row["date"]))
                         for row in rows(self.home / "holidays.csv")}
        for path in self.home.glob("*.ics"):
            if path.stem != "timeoff":
                name = "*" if path.stem == "holidays" else path.stem
                self.holidays |= {(name, day) for day in calendar_file(path)}

    def spell(self, email, day):
        return next((spell for spell in self.people.get(email, ()) if spell.first <= day <= spell.last), None)

    def is_usual_day(self, email, day):
        spell = self.spell(email, day)
        return spell is not None and day.weekday() in spell.work_days

    def is_working_day(self, email, day):
        spell = self.spell(email, day)
        return (spell is not None and day.weekday() in spell.work_days and (email, day) not in self.absences
                and not any((name, day) in self.holidays for name in spell.calendars))

    def local_day(self, email, instant):
        spell = self.spell(email, instant.date())
        return instant.astimezone(spell.zone if spell else self.zone).date()

    def department(self, team):
        while team and team in self.teams:
            if self.teams[team].type == "department":
                return team
            team = self.teams[team].parent
        return ""

    def _alias(self, tool, kind, value, day):
        found = [alias for alias in self.aliases if alias.kind == kind and alias.value == value
                 and alias.tool in (tool, "") and alias.first <= day <= alias.last]
        return max(found, key=lambda alias: alias.tool != "", default=None)

    def resolve(self, tool, kind, value, day):
        """The address of a person, '-' for what is left out on purpose, or None for nobody we know."""
        value = value.strip()
        if kind == "path":
            return self._owner_of_path(tool, value, day)
        if kind in ("email", "login", "name"):
            value = value.lower()
        alias = self._alias(tool, kind, value, day)
        if alias:
            return alias.email
        if kind in ("email", "login") and value in self.people:
            return value
        if kind == "email" and "+" in value.partition("@")[0]:
            name, _, domain = value.partition("@")
            return self.resolve(tool, kind, name.partition("+")[0] + "@" + domain, day)
        return None

    def _owner_of_path(self, tool, path, day):
        """Whole folders in a row that identities.csv names; the longest run wins."""
        parts = path.split("/")
        runs = {"/".join(parts[first:last]) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1)}
        found = [self._alias(tool, "path", run, day) for run in sorted(runs, key=len)]
        return next((alias.email for alias in reversed(found) if alias), None)

    def licence_on(self, email, day, tool=None):
        """Without any licence the roster says who is licensed, for every tool."""
        if not self.licences:
            return self.spell(email, day) is not None
        return any(licence.first <= day <= licence.last and tool in (None, licence.tool)
                   for licence in self.licences_of[email])
