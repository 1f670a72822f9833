"""The rules of disclosure, each by its number, held against cells by one who knows what is behind them."""

import collections

from archive_file import BAND, VALUE
from catalogue_words import WORDS
from precedence import MONEY, SLOTS

# Of how many people a count is a part, for the rule of extremes; support cells are measured
# against the licensed people as well.
BASES = {"active_users": "licensed", "regular_users": "licensed", "present": "licensed",
         "present_active": "licensed", "streak_5_users": "active_users", "session_users": "active_users"}
PLAIN_SUMS = ("tokens", *SLOTS, *MONEY)
FLOWS = ("gained_users", "lost_users", "new_users", "lapsed_users", "left_users", "away_users")
OVER_WEEKS = ("zero_session_people", "idle_people", "declining_users", "not_started", "starters")


class Rules:
    def partition(self):
        """1: every team with people is in one block, every block is large enough and whole."""
        teams = collections.Counter(team for scope in self._scopes if scope.kind == "block" for team in scope.teams)
        for person in self._measured.people.values():
            if person.licensed and teams[person.team] != 1:
                self._say(f"rule 1: a licensed person's team is in {teams[person.team]} blocks")
        for scope in self._scopes:
            if scope.kind in ("block", "department", "organisation"):
                count = sum(person.licensed for person in self._measured.people.values() if person.team in scope.teams)
                if count < self.company.settings["minimum_people"]:
                    self._say(f"rule 1: {scope.id} has {count} licensed people")

    def _least(self, key):
        """How many people must stand behind a mean or a distribution."""
        settings = self.company.settings
        return {12: settings["distribution_people"], 20: settings["cross_cut_people"]}.get(
            WORDS[key].minimum, settings["minimum_people"])

    def _printed(self, scope, key, states=(VALUE, BAND)):
        cell = self._cells.get((scope.id, key, ""))
        return cell if cell and cell.state in states else None

    def rules(self, scope, members):
        settings = self.company.settings
        values = {key: sum(amounts.values()) for key, amounts in members.sums.items()}
        for key in [*PLAIN_SUMS, *(key for key in members.sums if key in WORDS and WORDS[key].money_rule)]:
            cell = self._printed(scope, key, (VALUE,))
            if cell and scope.kind == "block":
                self._sum_rules(f"{scope.id} {key}", members.sums[key], cell)
        for key, base in BASES.items():
            cell = self._printed(scope, key, (VALUE,))
            if cell and values[key] in (0, 1, values[base] - 1, values[base]):
                self._say(f"rule 6: {scope.id} {key} printed {cell.value} of {values[base]}")
        for key, people in members.behind.items():
            if self._printed(scope, key, (VALUE,)) and people < self._least(key):
                self._say(f"rule 5: {scope.id} {key} of {people} people")
        for key in (*FLOWS, *OVER_WEEKS):
            # Counts over several weeks are no cuts: departments of any size, cells of five (rule 9).
            if self._printed(scope, key) and values["licensed"] < settings["cross_cut_people"] and key in FLOWS:
                self._say(f"rule 7: {scope.id} {key} of {values['licensed']} people")
            cell = self._printed(scope, key, (VALUE,))
            if cell and values[key] < (2 if key in FLOWS else settings["minimum_people"]):
                self._say(f"rule {6 if key in FLOWS else 9}: {scope.id} {key} printed {cell.value}")

    def cut_rules(self, scope, key, part, amounts):
        """7: parts of groups that are large enough, each with people enough."""
        settings, licensed = self.company.settings, self._groups[scope.id].sums["licensed"]
        cell = self._cells.get((scope.id, key, part))
        if not cell or cell.state not in (VALUE, BAND):
            return
        name, people = f"{scope.id} {key} {part}", sum(amount > 0 for amount in amounts.values())
        least = settings["distribution_people" if key == "streak_bands" else "cross_cut_people"]
        if sum(licensed.values()) < least:
            self._say(f"rule 7: {name} of a group of {sum(licensed.values())} people")
        if people < settings["minimum_people"]:
            self._say(f"rule 7: {name} printed for {people} people")
        if cell.state == VALUE and WORDS[key].money_rule:
            self._sum_rules(name, amounts, cell)

    def _sum_rules(self, name, amounts, cell):
        """The p % rule; the sum is over the whole block, which rule 1 keeps large enough."""
        contributors = sorted((amount for amount in amounts.values() if amount), reverse=True)
        if contributors:
            rest = sum(contributors[2:])
            if rest * 100 < self.company.settings["p_percent"] * contributors[0]:
                self._say(f"rule 5 (p %): {name} printed {cell.value}, largest {contributors[:2]}, rest {rest}")
