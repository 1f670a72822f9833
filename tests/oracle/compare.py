"""What is wrong with the published figures of a company, in sentences.

A Comparison makes every figure again and looks at each printed cell: a value must be the exact one
at its published precision, a band must hold it. Then the cells are held against the rules of
disclosure on their own, knowing what stands behind each. `wrong` holds the sentences, `compared`
how many cells there were of each state.
"""

import collections
import pathlib
from fractions import Fraction

import archive_file
from archive_file import BAND, INCOMPLETE, NOT_MEASURED, NOT_SHOWN, OPEN, VALUE
from calendar_days import half_even, label
from company_files import CompanyFiles
from exports import Exports, MONEY, SLOTS
from figures import Figures, group

THOUSAND, CENT = 1000, 10000
PEOPLE = ("licensed", "active_users", "regular_users", "present", "present_active", "working_days", "usual_days")
SUMS = {**dict.fromkeys(PEOPLE, 1), **dict.fromkeys(SLOTS, THOUSAND), **dict.fromkeys(MONEY, CENT),
        "cost_seats": CENT}
MEANS = ("streak", "streak_median")
FLOWS = ("gained_users", "lost_users", "lapsed_users")
TOOLS = ("seats_purchased", "seats_held", "seats_active", "seats_zero_session", "seats_idle")
TOTALS = {"tokens": SLOTS[:3], "cost": ("cost_seats", "cost_metered")}
RATIOS = {"adoption": ("active_users", "licensed", 100, 1), "regular_share": ("regular_users", "licensed", 100, 1),
          "tokens_per_active_user": ("tokens", "active_users", 1, THOUSAND),
          "cost_per_active_user": ("cost", "active_users", 1, CENT)}
# Of how many people a count is a part, for the rule of extremes; support cells are measured
# against the licensed people as well.
BASES = {"active_users": "licensed", "regular_users": "licensed", "present": "licensed",
         "present_active": "licensed"}
GUARDED = ("tokens", *SLOTS, *MONEY)


class Comparison:
    def __init__(self, home, archive):
        self.company = CompanyFiles(pathlib.Path(home))
        self.figures = Figures(self.company, Exports(self.company))
        self.weeks = archive_file.read(archive)
        self.wrong = []
        self.compared = collections.Counter()
        for week in self.weeks:
            self._week(week)

    def _say(self, text):
        self.wrong.append(f"{label(self._number)} {text}")

    def _week(self, number):
        self._number = number
        self._scopes, self._cells = self.weeks[number]
        self._measured = self.figures.week(number)
        self._partition()
        exact, parts, self._people = {}, {}, {}
        blocks = [scope for scope in self._scopes if scope.kind == "block"]
        for scope in blocks:
            people = [person for person in self._measured.people.values() if person.team in scope.teams]
            self._people[scope.id] = people
            exact[scope.id], parts[scope.id] = group(people)
        self._unassigned(exact, parts)
        exact["spare"] = {"cost_seats": self._measured.spare}
        for index, scope in enumerate(self._scopes):
            if scope.kind in ("organisation", "department"):
                members = [block for block in blocks if scope.kind == "organisation"
                           or self._scopes[block.parent].id == scope.id]
                people = [person for block in members for person in self._people[block.id]]
                self._people[scope.id] = people
                means, parts[scope.id] = group(people)
                if scope.kind == "organisation":
                    members += [other for other in self._scopes if other.kind in ("unassigned", "spare")]
                exact[scope.id] = {key: self._sum(key, step, members, exact) for key, step in SUMS.items()}
                exact[scope.id].update({key: means[key] for key in MEANS if key in means})
        for scope in self._scopes:
            for key, step in SUMS.items():
                if key in exact[scope.id]:
                    self._look(scope.id, key, "", half_even(exact[scope.id][key], step), step)
            for key in MEANS:
                if key in exact[scope.id]:
                    self._look(scope.id, key, "", half_even(exact[scope.id][key] * 10), 1)
            self._derived(scope.id, exact[scope.id])
            if scope.kind in ("organisation", "department", "block"):
                self._rules(scope, parts[scope.id])
        for key, value in self.figures.flows(number).items():
            if key in FLOWS:
                self._look("org", key, "", value, 1)
        for tool, values in self._measured.tools.items():
            for key in TOOLS:
                self._look("org", key, tool, values[key], 1)
        without = [person for person in self._people["org"] if person.used and not person.licensed]
        self._look("org", "active_unlicensed", "", len(without), 1)
        self._look("org", "unassigned_accounts", "", len(self._measured.unassigned), 1)

    def _sum(self, key, step, members, exact):
        """Of the rounded values of the blocks; what nobody on the roster used only where it is printed."""
        total = 0
        for scope in members:
            cell = self._cells.get((scope.id, key, ""))
            if key in exact[scope.id] and (scope.kind != "unassigned" or cell and cell.state in (VALUE, BAND)):
                total += half_even(exact[scope.id][key], step)
        return total

    def _unassigned(self, exact, parts):
        accounts = self._measured.unassigned.values()
        parts["unassigned"] = {key: [figures[key] for figures in accounts] for key in (*SLOTS, *MONEY)}
        exact["unassigned"] = {key: sum(amounts) for key, amounts in parts["unassigned"].items()}
        if len(accounts) < self.company.settings["minimum_people"]:
            for key in (*SLOTS, *MONEY):
                cell = self._cells.get(("unassigned", key, ""))
                if cell and cell.state in (VALUE, BAND):
                    self._say(f"unassigned {key}: shown for {len(accounts)} accounts")

    def _look(self, scope, key, part, value, step):
        cell = self._cells.get((scope, key, part))
        if cell is None:
            self.compared["absent"] += 1
        elif cell.state == VALUE:
            self.compared["value"] += 1
            if cell.value != value:
                self._say(f"{scope} {key} {part}: printed {cell.value}, exact {value}")
            if cell.value % step:
                self._say(f"{scope} {key} {part}: finer than its published precision")
        elif cell.state == BAND:
            self.compared["band"] += 1
            if not (cell.low <= value and (cell.high == OPEN or value <= cell.high)):
                self._say(f"{scope} {key} {part}: band {cell.low}..{cell.high}, exact {value}")
        else:
            self.compared["not shown" if cell.state == NOT_SHOWN else "not measured"] += 1

    def _derived(self, scope, exact):
        """Totals and ratios follow from printed cells and hold what is true."""
        known = {key: half_even(value, SUMS[key]) for key, value in exact.items() if key in SUMS}
        for key, parts in TOTALS.items():
            if all(part in known for part in parts):
                left_out = {part for part in parts if self._is_unmeasured(scope, part)}
                known[key] = sum(known[part] for part in parts if part not in left_out)
                cell = self._cells.get((scope, key, ""))
                if cell and cell.state == VALUE and not cell.flags & INCOMPLETE:
                    for part in sorted(left_out):
                        if known[part]:
                            self._say(f"{scope} {key}: whole without {part}, which is {known[part]}")
                self._look(scope, key, "", known[key], SUMS[parts[0]])
        for key, (over, under, factor, step) in RATIOS.items():
            if known.get(under) and over in known:
                self._look(scope, key, "", half_even(Fraction(known[over] * factor, known[under]), step), step)

    def _is_unmeasured(self, scope, key):
        cell = self._cells.get((scope, key, ""))
        return cell is not None and cell.state == NOT_MEASURED

    # ---- Rules of disclosure, each by its number ----

    def _partition(self):
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

    def _rules(self, scope, parts):
        settings, people = self.company.settings, self._people[scope.id]
        values, _ = group(people)
        minimum = settings["minimum_people"]
        for key in (*SUMS, *MEANS, "tokens"):
            cell = self._cells.get((scope.id, key, ""))
            if not cell or cell.state != VALUE:
                continue
            if key in GUARDED and scope.kind == "block":
                self._sum_rules(scope, key, parts[key], cell)
            if key in BASES and values[key] in (0, 1, values[BASES[key]] - 1, values[BASES[key]]):
                self._say(f"rule 6: {scope.id} {key} printed {cell.value} of {values[BASES[key]]}")
            if key == "streak" and values["active_users"] < minimum:
                self._say(f"rule 5: {scope.id} streak of {values['active_users']} people")
            if key == "streak_median" and values["active_users"] < settings["distribution_people"]:
                self._say(f"rule 5: {scope.id} median of {values['active_users']} people")
        for key in FLOWS + ("new_users",):
            cell = self._cells.get((scope.id, key, ""))
            if cell and cell.state in (VALUE, BAND) and values["licensed"] < settings["cross_cut_people"]:
                self._say(f"rule 7: {scope.id} {key} of {values['licensed']} people")

    def _sum_rules(self, scope, key, amounts, cell):
        """The p % rule; the sum is over the whole block, which rule 1 keeps large enough."""
        contributors = sorted((amount for amount in amounts if amount), reverse=True)
        if contributors:
            rest = sum(contributors[2:])
            if rest * 100 < self.company.settings["p_percent"] * contributors[0]:
                self._say(f"rule 5 (p %): {scope.id} {key} printed {cell.value}, largest {contributors[:2]}, rest {rest}")
