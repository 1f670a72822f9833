"""Who uses what on which day: the story that the sample's reports tell.

Parts: E uses an assistant nearly every day, R on most days, L now and then, N starts between
W34 and W44, J starts in the last week after a training, F fades (Site reliability), S stops with
them, X never starts, U has no licence.

First each week's active people are chosen, then their days, then the tools of each day. TARGETS
is the share of licensed people that are active; light users fill up what the others leave open.
"""

from . import days
from .chance import Chance

TARGETS = {
    31: 42,
    32: 42,
    33: 43,
    34: 43,
    35: 44,
    36: 38,
    37: 46,
    38: 46,
    39: 47,
    40: 48,
    41: 49,
    42: 51,
    43: 52,
    44: 53,
    45: 55,
    46: 62,
}

# Part -> (chance to use it at all in a week, chance on each working day of such a week)
HABITS = {
    "E": (1.0, 0.965),
    "R": (0.97, 0.72),
    "N": (0.96, 0.6),
    "J": (1.0, 0.55),
    "F": (1.0, 0.7),
    "S": (1.0, 0.45),
    "L": (0.0, 0.3),
}
FADING_WEEKS = [99, 99, 99, 46, 45, 44]  # first week without use, for each F in turn
FADING_START = 44
STARTS = [34, 35, 37, 38, 39, 40, 41, 42, 43, 44]  # for each N in turn
RECHARGE_WEEK = 36
# Holders of Copilot who prefer their other tool and leave it alone.
COPILOT_SLEEPERS = 3


def _present(person, week):
    return any(person.works(day) for day in days.days_of_week(week))


class Story:
    def __init__(self, people):
        self.people = people
        self.first_week, self.last_week = self._turning_points()
        self.sleepers = self._find_sleepers()
        self.active = {
            week: self._choose_active(week) for week in range(days.FIRST_WEEK, days.LAST_WEEK + 1)
        }
        # (person number, day) -> list of tools, in the order of the roster and the calendar
        self.use = {}
        for person in people:
            for week in range(days.FIRST_WEEK, days.LAST_WEEK + 1):
                if person.number in self.active[week]:
                    self._choose_days(person, week)

    def _turning_points(self):
        first, last, newcomers, fading = {}, {}, 0, 0
        for person in self.people:
            first[person.number], last[person.number] = days.FIRST_WEEK, 99
            if person.part == "N":
                first[person.number] = STARTS[newcomers % len(STARTS)]
                newcomers += 1
            elif person.part == "J":
                first[person.number] = days.LAST_WEEK
            elif person.part == "F":
                last[person.number] = FADING_WEEKS[fading % len(FADING_WEEKS)]
                fading += 1
            elif person.part == "S":
                last[person.number] = FADING_START
        return first, last

    def _find_sleepers(self):
        several = [
            person.number
            for person in self.people
            if "copilot" in person.licences and len(person.licences) > 1 and person.part in "ER"
        ]
        return set(Chance("sleepers").shuffled(several)[:COPILOT_SLEEPERS])

    def _choose_active(self, week):
        sunday = days.monday(week) + 6 * days.DAY
        licensed = [
            person
            for person in self.people
            if person.team_on(days.monday(week)) and person.licensed(sunday)
        ]
        chosen, light = set(), []
        for person in licensed:
            if person.part == "X" or not _present(person, week):
                continue
            if not self.first_week[person.number] <= week < self.last_week[person.number]:
                continue
            probability = HABITS[person.part][0]
            if week == RECHARGE_WEEK and person.part != "E":
                probability *= 0.8
            if person.part == "L":
                light.append(person.number)
            elif Chance("week", person.number, week).happens(probability):
                chosen.add(person.number)
        wanted = round(TARGETS[week] * len(licensed) / 100) - len(chosen)
        # The same light users tend to come back: most of the order stays from week to week.
        order = sorted(
            light,
            key=lambda number: (
                Chance("light", number).below(100) + Chance("light", number, week).below(90),
                number,
            ),
        )
        return chosen | set(order[: max(0, wanted)])

    def _choose_days(self, person, week):
        chance = Chance("days", person.number, week)
        working = [day for day in days.days_of_week(week) if person.works(day)]
        daily = HABITS[person.part][1]
        if self.last_week[person.number] < 99 and week >= 42:
            daily *= 0.6
        used = [day for day in working if chance.happens(daily)]
        if not used:
            used = [chance.pick(working)]
        if person.part in "ER" and chance.happens(0.06):
            used += [day for day in days.days_of_week(week) if day.weekday() == 5]
        for day in used:
            tools = self._choose_tools(person, day)
            if tools:
                self.use[person.number, day] = tools

    def _choose_tools(self, person, day):
        held = [
            tool
            for tool in sorted(person.licences)
            if person.holds(tool, day)
            and not (tool == "copilot" and person.number in self.sleepers)
        ]
        if len(held) < 2:
            return held
        chance = Chance("tools", person.number, day)
        favourite = held[person.number % len(held)]
        return [tool for tool in held if tool == favourite or chance.happens(0.45)]

    def intensity(self, person, day):
        """How much a person does on a day of use; 1.0 is usual, use deepens over the weeks."""
        base = {"E": 1.7, "R": 1.15, "N": 0.8, "J": 0.6, "F": 0.9, "S": 0.6, "L": 0.55}
        growth = 1 + 0.015 * (days.week_of(day) - days.FIRST_WEEK)
        fading = self.last_week[person.number] < 99 and days.week_of(day) >= 42
        return base[person.part] * growth * (0.5 if fading else 1)
