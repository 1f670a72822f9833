"""What a person's days say over time: active days, streaks, licences. For figures.py."""

import collections
import functools
from datetime import date, timedelta

from calendar_days import DAY, days_between, days_of, week_of
from precedence import SLOTS

FLOOR_TOKENS, FLOOR_INTERACTIONS = 1000, 3  # of the first meaningful prompt


class History:
    def __init__(self, company, exports):
        self.company, self.exports = company, exports
        for name in ("active_days", "floor_days", "streak", "licensed_since", "active_weeks"):
            setattr(self, name, functools.lru_cache(maxsize=None)(getattr(self, name)))

    def active_days(self, account, tool=None):
        """Days on which all tools together, or one, reach the threshold."""
        total = collections.Counter()
        for key, days in self.exports.use.get(account, {}).items():
            if tool in (None, key):
                for day, figures in days.items():
                    total[day] += figures["interactions"]
        return {day for day, count in total.items() if count >= self.company.settings["active_threshold"]}

    def active_weeks(self, account, tool=None):
        return {week_of(day) for day in self.active_days(account, tool)}

    def first_day(self, account):
        return min(self.active_days(account), default=None)

    def floor_days(self, account):
        """Days of a meaningful prompt: by tokens where any source states them, else interactions."""
        total = collections.defaultdict(collections.Counter)
        for days in self.exports.use.get(account, {}).values():
            for day, figures in days.items():
                total[day].update(figures)
        return {day for day, figures in total.items()
                if (sum(figures[slot] for slot in SLOTS[:3]) >= FLOOR_TOKENS
                    if any(slot in figures for slot in SLOTS[:3])
                    else figures["interactions"] >= FLOOR_INTERACTIONS)}

    def _tools_held(self, email, day):
        return {licence.tool for licence in self.company.licences_of[email] if licence.first <= day <= licence.last}

    def _is_missing(self, email, day):
        """Nobody can tell whether the person used a tool of theirs on that day."""
        sunday = day + timedelta(days=6 - day.weekday())
        tools = self._tools_held(email, sunday) if self.company.licences else set(self.exports.covered)
        return any(day not in self.exports.covered[tool] for tool in tools)

    def streak(self, email, number):
        """Working days with activity up to the last one or the one before; unknown days do not count.

        In force on the Sunday of a week, whether or not the person was active in it: a week off
        does not break it.
        """
        active_days = self.active_days(("person", email))
        beginning = min(active_days, default=date.max)
        length, misses, day = 0, 0, days_of(number)[-1]
        while day >= beginning:
            if self.company.is_working_day(email, day):
                if day in active_days:
                    length += 1
                elif not self._is_missing(email, day):
                    # The week's last working day may be without use, a later one may not.
                    if length or misses:
                        break
                    misses += 1
            day -= timedelta(days=1)
        return length

    def working_days(self, email, first, last):
        return sum(self.company.is_working_day(email, day) for day in days_between(first, last))

    def licensed_since(self, email, number, tool=None):
        """First day of the licence, of any tool or one, in force on the week's Sunday; date.max without.

        A tool that takes over on the next day goes on with it. Without licences: of the roster.
        """
        company, day = self.company, days_of(number)[-1]
        spells = ([licence for licence in company.licences_of[email] if tool in (None, licence.tool)]
                  if company.licences else company.people.get(email, ()))
        since = date.max
        while True:
            first = min((spell.first for spell in spells if spell.first <= day <= spell.last), default=None)
            if first is None or first == date.min:
                return since if first is None else date.min
            since, day = first, first - DAY

    def first_licensed(self, email):
        """First day of the first licence ever: who gets one back is no newcomer."""
        spells = self.company.licences_of[email] if self.company.licences else self.company.people[email]
        return min((spell.first for spell in spells), default=date.max)

    def licence_starts(self, email, tool):
        company = self.company
        spells = ([licence for licence in company.licences_of[email] if licence.tool == tool]
                  if company.licences else company.people[email])
        return [spell.first for spell in spells if spell.first != date.min]
