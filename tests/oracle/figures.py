"""The exact figures of a week, before anything is rounded or held back.

Order of use: Figures(company, exports), then week(...); groups.py adds people up.
"""

import collections
from datetime import date

from calendar_days import DAY, days_of, monday, week_of
from history import History
from precedence import SLOTS
from seats import Seats
from spread import segment

HEADLINE = SLOTS[:3]
ZERO_SESSION_WEEKS, IDLE_WEEKS = 4, 9
SEGMENT_WEEKS, HALF_WEEKS = 4, 4
UNKNOWN_WEEKS = 4  # of a tool: who is active for the first time then may have been so before
STARTING_WEEKS, WAITING_WEEKS = 13, 26  # licensed how long ago at most
SETTLED_WORKING_DAYS, SLOW_WORKING_DAYS, NOT_STARTED_DAYS = 10, 10, 7


def headline(figures):
    return sum(figures[slot] for slot in HEADLINE)


def states_tokens(figures):
    return any(slot in figures for slot in HEADLINE)


class Person:
    """One person on Monday's roster, in one week."""

    def __init__(self, email, team):
        self.email, self.team = email, team
        self.amounts = collections.Counter()
        self.tools = collections.defaultdict(collections.Counter)
        self.cuts = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))


class Week:
    """Persons by address, accounts of the unassigned use, and money of seats that nobody holds."""

    def __init__(self):
        self.people = {}
        self.unassigned = {}
        self.spare = 0
        self.tools = collections.defaultdict(dict)


class Figures(History, Seats):
    def __init__(self, company, exports):
        super().__init__(company, exports)
        self._weeks = {}
        self.beginning = min((min(days) for days in exports.covered.values() if days), default=date.max)
        self._by_week = collections.defaultdict(lambda: collections.defaultdict(list))
        for account, tools in exports.use.items():
            for tool, days in tools.items():
                for day, figures in days.items():
                    cuts = exports.cuts[account][tool][day]
                    self._by_week[week_of(day)][account].append((tool, figures, cuts))

    def week(self, number):
        if number not in self._weeks:
            self._weeks[number] = self._measure(number)
        return self._weeks[number]

    def _measure(self, number):
        company, week, days = self.company, Week(), days_of(number)
        for email in company.people:
            spell = company.spell(email, days[0])
            if spell:
                week.people[email] = self._person(Person(email, spell.team), number, days)
        for account, lines in self._by_week[number].items():
            if account[0] != "person" or account[1] not in week.people:
                figures = week.unassigned.setdefault(account, collections.Counter())
                for _, amounts, _ in lines:
                    figures.update(amounts)
        # Rows that say of an account that there was nothing put nobody behind the sums.
        week.unassigned = {account: figures for account, figures in week.unassigned.items() if any(figures.values())}
        self._seats(week, number, days)
        return week

    def _person(self, person, number, days):
        company, settings, account = self.company, self.company.settings, ("person", person.email)
        for tool, figures, cuts in self._by_week[number].get(account, ()):
            person.amounts.update(figures)
            person.tools[tool].update(figures)
            for cut, amounts in cuts.items():
                for kind, part in cut._asdict().items():
                    if part is not None:
                        person.cuts[kind][part.lower() if kind == "model" else part].update(amounts)
        person.licensed = not company.licences or company.licence_on(person.email, days[-1])
        person.days = self.active_days(account) & set(days)
        person.active_tools = {tool for tool in person.tools if self.active_days(account, tool) & set(days)}
        person.used = bool(person.days)
        person.active = person.licensed and person.used
        person.tokens = headline(person.amounts)
        person.regular = person.licensed and (
            person.amounts["sessions"] >= settings["regular_sessions"]
            or len(person.days) >= settings["regular_days"] or person.tokens > settings["regular_tokens"])
        working = {day for day in days if company.is_working_day(person.email, day)}
        person.working = len(working)
        person.active_working = len(working & person.days)
        person.usual = sum(company.is_usual_day(person.email, day) for day in days)
        person.streak = self.streak(person.email, number) if person.active else 0
        person.first_day = self.first_day(account)
        return person

    # ---- Over several weeks: of a person who is licensed in the week ----

    def past(self, email, number, weeks):
        """The person's weeks up to this one, oldest first; None for those off the roster."""
        return [self.week(number - n).people.get(email) for n in range(weeks - 1, -1, -1)]

    def unused_for(self, email, number, weeks):
        """Licensed on every day of the last weeks, of any tool, and without an active day in them."""
        since = monday(number - weeks + 1)
        return self.licensed_since(email, number) <= since and not self._active_from(email, number, since)

    def _active_from(self, email, number, since):
        until = days_of(number)[-1]
        return any(since <= day <= until for day in self.active_days(("person", email)))

    def segment(self, email, number):
        """Reading: the mean over those of the 4 weeks in which the person was licensed."""
        weeks = [week for week in self.past(email, number, SEGMENT_WEEKS) if week and week.licensed]
        return segment(sum(len(week.days) for week in weeks), len(weeks))

    def is_declining(self, email, number):
        weeks = self.past(email, number, 2 * HALF_WEEKS)
        halves = weeks[:HALF_WEEKS], weeks[HALF_WEEKS:]
        if not all(week and week.regular for week in halves[0]):
            return False
        for half in halves:
            here = [week for week in half if week]
            if 2 * sum(week.working for week in here) < sum(week.usual for week in here):
                return False
        tokens = [sum(week.tokens for week in half if week) for half in halves]
        if not any(tokens):
            tokens = [sum(len(week.days) for week in half if week) for half in halves]
        return 2 * tokens[1] <= tokens[0]

    def is_not_started(self, email, number):
        """Reading: a licence from Monday on is held for 7 days on Sunday."""
        since = self.first_licensed(email)
        if since < self.beginning:
            return False
        held = days_of(number)[-1] + DAY - since
        return (NOT_STARTED_DAYS * DAY <= held <= 7 * STARTING_WEEKS * DAY
                and not self._active_from(email, number, since))

    def waiting(self, email, number, weeks):
        """(working days held, working days to the first day over the floor or None); None for others.

        Readings: working days after the licence's first day, which is day 0; a day of the floor
        itself is over it; of a licence from before the data begin nothing is known.
        """
        since, sunday = self.first_licensed(email), days_of(number)[-1]
        if since < max(monday(number - weeks + 1), self.beginning):
            return None
        first = min((day for day in self.floor_days(("person", email)) if since <= day <= sunday), default=None)
        return (self.working_days(email, since + DAY, sunday),
                None if first is None else self.working_days(email, since + DAY, first))

    def start(self, email, number):
        """Whether the person is one of the starters, and whether they are slow."""
        waited = self.waiting(email, number, STARTING_WEEKS)
        if waited is None or waited[0] < SETTLED_WORKING_DAYS:
            return None
        return waited[1] is None or waited[1] > SLOW_WORKING_DAYS

    def first_prompt(self, email, number):
        """For Kaplan–Meier: (working days, whether the first day over the floor came then)."""
        waited = self.waiting(email, number, WAITING_WEEKS)
        return waited and ((waited[0], False) if waited[1] is None else (waited[1], True))

    def matched_streak(self, email, number):
        """Now and the week before, of people active the week before; None for others."""
        before = self.week(number - 1).people.get(email)
        if not before or not before.active:
            return None
        return self.streak(email, number), before.streak

    # ---- Flows ----

    def flows(self, number, teams):
        """Of a group of teams; who was at home elsewhere the week before, or is now, is in none."""
        now, before = self.week(number).people, self.week(number - 1).people
        moved = {email for email in now.keys() & before.keys()
                 if (now[email].team in teams) != (before[email].team in teams)}
        active = {email for email, person in now.items() if person.active}
        earlier = {email for email, person in before.items() if person.active}
        gained = {email for email in active - earlier - moved if now[email].team in teams}
        lost = {email for email in earlier - active - moved if before[email].team in teams}
        left = {email for email in lost if email not in now or not now[email].licensed}
        away = {email for email in lost - left if not now[email].working}
        return {"gained_users": gained, "lost_users": lost, "left_users": left, "away_users": away,
                "lapsed_users": lost - left - away,
                "new_users": {email for email in gained if week_of(now[email].first_day) == number}}

    def surely_new(self, email, number):
        """Not so with a tool in its first covered weeks, unless a licence of it began in them.

        Reading: "began" up to the week itself. Days off beside covered days may make one week more.
        """
        first = self.first_day(("person", email))
        for tool in self.exports.covered:
            if first in self.active_days(("person", email), tool):
                begun = week_of(min(self.exports.covered[tool]))
                early = range(begun, min(begun + UNKNOWN_WEEKS + 1, number + 1))
                if number in early and not any(week_of(day) in early for day in self.licence_starts(email, tool)):
                    return False
        return True
