"""What is wrong with the published figures of a company, in sentences.

A Comparison makes every figure again and looks at each printed cell: a value must be the exact one
at its published precision, a band must hold it, and nothing may be printed that is not known here.
Then the cells are held against the rules of disclosure (rules.py). `wrong` holds the sentences,
`compared` how many cells there were of each state, `printed` how many of each key.
"""

import collections
import pathlib
from fractions import Fraction

import archive_file
from archive_file import BAND, INCOMPLETE, NOT_MEASURED, NOT_SHOWN, OPEN, VALUE
from calendar_days import half_even, label
from catalogue_words import WORDS
from company_files import CompanyFiles
from exports import Exports
from figures import Figures
from groups import SESSION_SUMS, group
from precedence import MONEY, SLOTS
from rules import Rules

MILLION, TENTHS = 1000000, 10
SUMS = ("licensed", "active_users", "regular_users", "present", "present_active", "working_days", "usual_days",
        *SLOTS, *MONEY, "cost_seats", "streak_5_users", "active_working_days", "active_people_days", "ai_hours",
        "known_hours", *SESSION_SUMS)
SINGLE = ("streak", "streak_median", "gini", "top_fifth_share", "quartile_ratio", "workflow_diversity",
          "time_to_first_prompt", "matched_streak_now", "matched_streak_before")
COUNTS = ("gained_users", "lost_users", "new_users", "lapsed_users", "left_users", "away_users",
          "zero_session_people", "idle_people", "declining_users", "not_started", "starters", "slow_starters")
CUTS = ("usage_frequency", "segments", "streak_bands", "tool_active", "tool_tokens", "tool_metered",
        "tool_list_value", "tool_sessions", "model_tokens", "surface_use", "task_use", "project_tokens")
TOOLS = ("seats_purchased", "seats_held", "seats_active", "seats_zero_session", "seats_idle", "seat_month_price",
         "seats_month_cost", "spend_exposed", "spend_reassignable", "spend_reducible")
TOTALS = {"tokens": SLOTS[:3], "cost": ("cost_seats", "cost_metered"),
          "all_input_tokens": ("input_tokens", "cache_write_tokens", "cache_read_tokens")}
DIFFERENCES = {"returned_users": ("gained_users", "new_users")}
# Above, below, and what makes the quotient one in the unit's integers.
RATIOS = {
    "adoption": ("active_users", "licensed", 100), "regular_share": ("regular_users", "licensed", 100),
    "tokens_per_active_user": ("tokens", "active_users", 1), "cost_per_active_user": ("cost", "active_users", 1),
    "cost_per_licensed": ("cost", "licensed", 1),
    "tokens_per_seat_money": ("tokens", "cost_seats", MILLION),
    "sessions_per_seat_money": ("sessions", "cost_seats", MILLION * TENTHS),
    "cache_leverage": ("cache_read_tokens", "all_input_tokens", 100),
    "streak_consistency": ("streak_5_users", "active_users", 100),
    "active_day_share": ("active_working_days", "active_people_days", 100),
    "ai_time_share": ("ai_hours", "known_hours", 100),
    "session_coverage": ("session_users", "active_users", 100),
    "session_frequency": ("sessions", "session_days", TENTHS),
    "session_depth": ("session_tokens", "token_sessions", 1),
    "messages_per_session": ("session_messages", "message_sessions", TENTHS),
    "cost_per_session": ("session_value", "value_sessions", 1),
    "slow_start_share": ("slow_starters", "starters", 100)}
# In the order in which they follow from each other.
OF_TOOLS = {"seats_price_per_active": ("seats_month_cost", "seats_active", 1)}
KNOWN = {*SUMS, *SINGLE, *COUNTS, *CUTS, *TOOLS, *TOTALS, *DIFFERENCES, *RATIOS, *OF_TOOLS, "active_unlicensed",
         "unassigned_accounts"}
# Under this share of active people on tools with sessions, no session figure is measured.
LEAST_COVERAGE = Fraction(60, 100)
OF_SESSIONS = {"sessions", "session_frequency", "session_depth", "messages_per_session", "cost_per_session",
               "sessions_per_seat_money", "tool_sessions"}
MEASURED_SESSIONS = set(SESSION_SUMS) - {"session_users"}
GROUPS = ("organisation", "department", "block")
PRINTED = (VALUE, BAND)


class Comparison(Rules):
    def __init__(self, home, archive):
        self.company = CompanyFiles(pathlib.Path(home))
        self.figures = Figures(self.company, Exports(self.company))
        self.weeks = archive_file.read(archive)
        self.wrong = [f"catalogue: {key} is not known here" for key in sorted(WORDS.keys() - KNOWN)]
        self.compared, self.printed = collections.Counter(), collections.Counter()
        for week in self.weeks:
            self._week(week)

    def _say(self, text):
        self.wrong.append(f"{label(self._number)} {text}")

    def _week(self, number):
        self._number = number
        self._scopes, self._cells = self.weeks[number]
        self._measured = self.figures.week(number)
        self._seen = set()
        self.partition()
        self._blocks = [scope for scope in self._scopes if scope.kind == "block"]
        self._groups = {}
        for scope in self._scopes:
            if scope.kind in GROUPS:
                teams = {team for block in self._members(scope) for team in block.teams}
                people = [person for person in self._measured.people.values() if person.team in teams]
                self._groups[scope.id] = group(self.figures, number, people, teams)
        exact = self._exact()
        for scope in self._scopes:
            self._scope(scope, exact[scope.id])
        for tool in self._measured.tools:
            self._tool(tool)
        without = [person for person in self._groups["org"].people if person.used and not person.licensed]
        self.look("org", "active_unlicensed", "", len(without))
        self.look("unassigned", "unassigned_accounts", "", len(self._measured.unassigned))
        self._strangers()

    def _members(self, scope):
        """The blocks that a group is made of."""
        if scope.kind == "block":
            return [scope]
        return [block for block in self._blocks
                if scope.kind == "organisation" or self._scopes[block.parent].id == scope.id]

    def _exact(self):
        """scope -> key -> published value of the sums, from the blocks up."""
        exact = {block.id: {key: half_even(sum(self._groups[block.id].sums[key].values()), WORDS[key].step)
                            for key in SUMS} for block in self._blocks}
        exact["spare"] = {"cost_seats": half_even(self._measured.spare, WORDS["cost_seats"].step)}
        exact["unassigned"] = self._unassigned()
        for scope in self._scopes:
            if scope.kind in ("organisation", "department"):
                members = self._members(scope)
                if scope.kind == "organisation":
                    members += [other for other in self._scopes if other.kind in ("unassigned", "spare")]
                exact[scope.id] = {key: self._sum(key, members, exact) for key in SUMS}
        return exact

    def _sum(self, key, members, exact):
        """Of the rounded values of the blocks; what nobody on the roster used only where it is printed.

        Reading: blocks whose session figures are not measured are in no sum of them.
        """
        total = 0
        for scope in members:
            if key in MEASURED_SESSIONS and scope.id in self._groups and not self._is_covered(scope.id):
                continue
            cell = self._cells.get((scope.id, key, ""))
            if key in exact[scope.id] and (scope.kind != "unassigned" or cell and cell.state in PRINTED):
                total += exact[scope.id][key]
        return total

    def _unassigned(self):
        accounts = self._measured.unassigned.values()
        if len(accounts) < self.company.settings["minimum_people"]:
            for key in (*SLOTS, *MONEY):
                cell = self._cells.get(("unassigned", key, ""))
                if cell and cell.state in PRINTED:
                    self._say(f"unassigned {key}: shown for {len(accounts)} accounts")
        return {key: half_even(sum(figures[key] for figures in accounts), WORDS[key].step)
                for key in (*SLOTS, *MONEY)}

    # ---- One group ----

    def _scope(self, scope, known):
        known = dict(known)
        for key, value in known.items():
            self.look(scope.id, key, "", value)
        members = self._groups.get(scope.id)
        if members:
            for key in SINGLE:
                value = members.single[key]
                self.look(scope.id, key, "", None if value is None else half_even(value, WORDS[key].step))
        if scope.kind in ("organisation", "department"):
            for key in COUNTS:
                known[key] = self._new_users(scope, members) if key == "new_users" else len(members.sums[key])
                self.look(scope.id, key, "", known[key])
            for key in CUTS:
                self._cut(scope, key, members.cuts[key])
        self._derived(scope.id, known)
        if members:
            self.rules(scope, members)
            self._coverage(scope)

    def _new_users(self, scope, members):
        """What is printed, if it lies between those who surely are new and all who may be."""
        most = members.sums["new_users"]
        least = sum(self.figures.surely_new(email, self._number) for email in most)
        cell = self._cells.get((scope.id, "new_users", ""))
        return cell.value if cell and cell.state == VALUE and least <= cell.value <= len(most) else len(most)

    def _derived(self, scope, known):
        """Totals, differences and ratios follow from printed cells and hold what is true."""
        for key, parts in TOTALS.items():
            parts = [part for part in parts if part in known]  # spare seats have no use, unassigned use no seats
            if parts:
                left_out = {part for part in parts if self._is_unmeasured(scope, part)}
                known[key] = sum(known[part] for part in parts if part not in left_out)
                cell = self._cells.get((scope, key, ""))
                if cell and cell.state == VALUE and not cell.flags & INCOMPLETE:
                    for part in sorted(left_out):
                        if known[part]:
                            self._say(f"{scope} {key}: whole without {part}, which is {known[part]}")
                self.look(scope, key, "", known[key])
        for key, (whole, part) in DIFFERENCES.items():
            if whole in known and part in known:
                self.look(scope, key, "", known[whole] - known[part])
        for key, (over, under, factor) in RATIOS.items():
            if over in known and under in known:
                self.look(scope, key, "", self._quotient(key, known[over] * factor, known[under]))

    @staticmethod
    def _quotient(key, over, under):
        return half_even(Fraction(over, under), WORDS[key].step) if under else None

    def _is_unmeasured(self, scope, key):
        cell = self._cells.get((scope, key, ""))
        return cell is not None and cell.state == NOT_MEASURED

    def _cut(self, scope, key, parts):
        """Each part that is printed; "(other)" is all that is not printed by itself."""
        printed = {part for place, name, part in self._cells if (place, name) == (scope.id, key)}
        rest = collections.Counter()
        for part, amounts in parts.items():
            if part in printed and part != "(other)":
                self._part(scope, key, part, amounts)
            else:
                for email, amount in amounts.items():
                    rest[email] += amount
        if "(other)" in printed:
            self._part(scope, key, "(other)", rest)
        elif not printed:
            self.compared["absent"] += 1
        for part in printed - parts.keys() - {"(other)"}:
            self._part(scope, key, part, {})

    def _part(self, scope, key, part, amounts):
        """Reading: of people on several tools, "(other)" counts each once."""
        value = (sum(amount > 0 for amount in amounts.values()) if WORDS[key].unit == "PEOPLE"
                 else half_even(sum(amounts.values()), WORDS[key].step))
        self.look(scope.id, key, part, value)
        self.cut_rules(scope, key, part, amounts)

    def _is_covered(self, scope):
        """Whether tools with sessions have enough of the active people."""
        active, covered = (sum(self._groups[scope].sums[key].values()) for key in ("active_users", "session_users"))
        return not active or Fraction(covered, active) >= LEAST_COVERAGE

    def _coverage(self, scope):
        if not self._is_covered(scope.id):
            for (place, key, part), cell in self._cells.items():
                if place == scope.id and key in OF_SESSIONS and cell.state in PRINTED:
                    self._say(f"{place} {key} {part}: printed, though few active people are on tools with sessions")

    def _tool(self, tool):
        values = self._measured.tools[tool]
        for key in TOOLS:
            self.look("org", key, tool, values.get(key))
        for key, (over, under, factor) in OF_TOOLS.items():
            value = self._quotient(key, values[over] * factor, values[under]) if over in values else None
            self.look("org", key, tool, value)

    # ---- Cells ----

    def look(self, scope, key, part, value):
        cell = self._cells.get((scope, key, part))
        self._seen.add((scope, key, part))
        if cell is None:
            self.compared["absent"] += 1
            return
        name = f"{scope} {key} {part}"
        if cell.state in PRINTED:
            self.printed[key] += 1
            self.compared["value" if cell.state == VALUE else "band"] += 1
            if value is None:
                self._say(f"{name}: printed {cell.value if cell.state == VALUE else 'a band'}, but there is none")
            elif cell.state == VALUE:
                if cell.value != value:
                    self._say(f"{name}: printed {cell.value}, exact {value}")
                if cell.value % WORDS[key].step:
                    self._say(f"{name}: finer than its published precision")
            elif not (cell.low <= value and (cell.high == OPEN or value <= cell.high)):
                self._say(f"{name}: band {cell.low}..{cell.high}, exact {value}")
        else:
            self.compared["not shown" if cell.state == NOT_SHOWN else "not measured"] += 1

    def _strangers(self):
        for (scope, key, part), cell in self._cells.items():
            if cell.state in PRINTED and (scope, key, part) not in self._seen:
                self._say(f"{scope} {key} {part}: printed, and not known here")
