"""The exact figures of a week, before anything is rounded or held back.

Order of use: Figures(company, exports), then week(...) with the blocks that the archive names.
"""

import collections
from datetime import timedelta
from fractions import Fraction

from calendar_days import day_share, days_of, half_even, week_of
from exports import MONEY, SLOTS

HEADLINE = SLOTS[:3]
ZERO_SESSION_WEEKS, IDLE_WEEKS = 4, 9
PLATFORM = "platform"


class Person:
    """One person on Monday's roster, in one week."""

    def __init__(self, email, team):
        self.email, self.team = email, team
        self.amounts = collections.Counter()


class Week:
    """Persons by address, accounts of the unassigned use, and money of seats that nobody holds."""

    def __init__(self):
        self.people = {}
        self.unassigned = {}
        self.spare = 0
        self.tools = collections.defaultdict(dict)


class Figures:
    def __init__(self, company, exports):
        self.company, self.exports = company, exports
        self._weeks = {}
        self._first_day = {}
        self._by_week = collections.defaultdict(lambda: collections.defaultdict(list))
        for account, tools in exports.use.items():
            for tool, days in tools.items():
                for day, figures in days.items():
                    self._by_week[week_of(day)][account].append((tool, day, figures))
                    if figures["interactions"] >= company.settings["active_threshold"]:
                        self._first_day[account] = min(day, self._first_day.get(account, day))

    def active_days(self, account, tool=None):
        """Days on which all tools together, or one, reach the threshold."""
        total = collections.Counter()
        for key, days in self.exports.use.get(account, {}).items():
            if tool in (None, key):
                for day, figures in days.items():
                    total[day] += figures["interactions"]
        return {day for day, count in total.items() if count >= self.company.settings["active_threshold"]}

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
                for _, _, amounts in lines:
                    figures.update(amounts)
        self._seats(week, number, days)
        return week

    def _person(self, person, number, days):
        company, settings, account = self.company, self.company.settings, ("person", person.email)
        sunday = days[-1]
        for _, _, figures in self._by_week[number].get(account, ()):
            person.amounts.update(figures)
        everybody = not company.licences
        person.licensed = everybody or company.licence_on(person.email, sunday)
        active_days = self.active_days(account)
        here = active_days & set(days)
        person.used = bool(here)
        person.active = person.licensed and person.used
        tokens = sum(person.amounts[slot] for slot in HEADLINE)
        person.regular = person.licensed and (
            person.amounts["sessions"] >= settings["regular_sessions"] or len(here) >= settings["regular_days"]
            or tokens > settings["regular_tokens"])
        person.working = sum(company.is_working_day(person.email, day) for day in days)
        person.usual = sum(company.is_usual_day(person.email, day) for day in days)
        person.streak = self._streak(person.email, active_days, sunday) if person.active else 0
        person.first_day = self._first_day.get(account)
        return person

    def _tools_held(self, email, day):
        return {licence.tool for licence in self.company.licences
                if licence.email == email and licence.first <= day <= licence.last}

    def _is_missing(self, email, day):
        """Nobody can tell whether the person used a tool of theirs on that day."""
        sunday = days_of(week_of(day))[-1]
        tools = self._tools_held(email, sunday) if self.company.licences else set(self.exports.covered)
        return any(day not in self.exports.covered[tool] for tool in tools)

    def _streak(self, email, active_days, sunday):
        """Working days with activity up to the last one or the one before; unknown days do not count."""
        beginning = min(active_days)
        length, misses, day = 0, 0, sunday
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

    def _seats(self, week, number, days):
        company = self.company
        for licence in company.licences:
            if licence.currency != company.currency:
                continue
            total = sum((self._day_price(licence, day) for day in days if licence.first <= day <= licence.last),
                        Fraction(0)) * licence.seats
            total = half_even(total)
            if licence.email in week.people:
                week.people[licence.email].amounts["cost_seats"] += total
            else:
                week.spare += total
        for contract in company.contracts:
            if contract.currency != company.currency:
                continue
            total = Fraction(0)
            for day in days:
                if contract.first <= day <= contract.last:
                    free = max(0, contract.seats - self._held(contract.tool, day, contract.plan))
                    total += free * contract.price * day_share(day, contract.yearly)
            week.spare += half_even(total)
        sunday = days[-1]
        for tool in {licence.tool for licence in company.licences} | {item.tool for item in company.contracts}:
            self._tool(week.tools[tool], week, tool, number, sunday)

    def _held(self, tool, day, plan=None):
        return sum(licence.seats for licence in self.company.licences if licence.tool == tool
                   and plan in (None, licence.plan) and licence.first <= day <= licence.last)

    def _day_price(self, licence, day):
        if licence.price is not None:
            return licence.price * day_share(day, False)
        contract = next((contract for contract in self.company.contracts
                         if (contract.tool, contract.plan) == (licence.tool, licence.plan)
                         and contract.first <= day <= contract.last), None)
        return contract.price * day_share(day, contract.yearly) if contract else Fraction(0)

    def _tool(self, figures, week, tool, number, sunday):
        company = self.company
        figures["seats_held"] = self._held(tool, sunday)
        bought = [contract.seats for contract in company.contracts if contract.tool == tool
                  and contract.plan != PLATFORM and contract.first <= sunday <= contract.last]
        figures["seats_purchased"] = sum(bought) if bought else figures["seats_held"]
        # Seats are counted whether their holder was on Monday's roster or not, as those held are.
        holders = [email for email in company.people if company.licence_on(email, sunday, tool)]
        figures["holders"] = len(holders)
        use = {email: {week_of(day) for day in self.active_days(("person", email), tool)} for email in holders}
        figures["seats_active"] = sum(number in use[email] for email in holders)
        for key, weeks in (("seats_zero_session", ZERO_SESSION_WEEKS), ("seats_idle", IDLE_WEEKS)):
            long = [email for email in holders if all(
                company.licence_on(email, day, tool) for n in range(weeks) for day in days_of(number - n))]
            figures[key] = sum(not use[email] & set(range(number - weeks + 1, number + 1)) for email in long)
            window = {day for n in range(weeks) for day in days_of(number - n)}
            figures[key + "_known"] = window <= self.exports.covered[tool]

    def flows(self, number):
        now, before = self.week(number).people, self.week(number - 1).people
        active = {email for email, person in now.items() if person.active}
        earlier = {email for email, person in before.items() if person.active}
        gained, lost = active - earlier, earlier - active
        lapsed = [email for email in lost if email in now and now[email].licensed and now[email].working]
        return {"gained_users": len(gained), "lost_users": len(lost), "lapsed_users": len(lapsed),
                "new_users": sum(week_of(now[email].first_day) == number for email in gained)}


def group(people):
    """Figures of a group of persons: key -> exact value, and key -> contributions for the p % rule."""
    licensed = [person for person in people if person.licensed]
    active = [person for person in people if person.active]
    values = {
        "licensed": len(licensed), "active_users": len(active),
        "regular_users": sum(person.regular for person in people),
        "present": sum(person.working > 0 for person in licensed),
        "present_active": sum(person.working > 0 for person in active),
        "working_days": sum(person.working for person in licensed),
        "usual_days": sum(person.usual for person in licensed),
    }
    parts = {key: [person.amounts[key] for person in people] for key in (*SLOTS, *MONEY, "cost_seats")}
    parts["tokens"] = [sum(person.amounts[slot] for slot in HEADLINE) for person in people]
    values.update((key, sum(amounts)) for key, amounts in parts.items())
    streaks = sorted(person.streak for person in active)
    if streaks:
        values["streak"] = Fraction(sum(streaks), len(streaks))
        half = len(streaks) // 2
        values["streak_median"] = Fraction(streaks[half] + streaks[-half - 1], 2)
    return values, parts
