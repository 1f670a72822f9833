"""Figures of a group of people in one week, in the integers of their units and not yet rounded.

Of each sum it says what each person adds, since the rules of disclosure ask for it. Readings:

  - What a tool reports is told for each person and week: a tool counts as one with sessions for
    those whose sources state sessions in that week, even none.
  - Sessions, and all that is set against them, are those of licensed people; so are all cuts.
  - Use that no source gives a model, a surface, a task or a label is in no part of a cut.
"""

import collections
from fractions import Fraction

from figures import HEADLINE, IDLE_WEEKS, ZERO_SESSION_WEEKS, headline, states_tokens
from precedence import MONEY, SLOTS
from spread import (days_bucket, gini, kaplan_meier_median, median, quartile_ratio, streak_bucket,
                    top_fifth_share)

TENTHS, HUNDREDTHS, SECONDS_IN_HOUR = 10, 100, 3600
ABOVE = 5  # a streak that counts as a habit
BY_TOOL = ("tool_tokens", "tool_metered", "tool_list_value", "tool_sessions")

# people: who is licensed, and so on; sums: key -> {address: amount}; cuts: key -> part -> {address: amount}
# single: key -> value or None; behind: key -> people behind a mean or distribution.
Group = collections.namedtuple("Group", "people sums cuts single behind")


def session_figures(person):
    """Of a licensed person, over the tools whose sources state sessions in the week."""
    figures = collections.Counter()
    if not person.licensed:
        return figures
    for tool, amounts in person.tools.items():
        if "sessions" not in amounts:
            continue
        sessions = amounts["sessions"]
        figures["sessions"] += sessions
        if person.active and tool in person.active_tools:
            figures["session_users"] = 1
            figures["session_days"] = person.working
        if states_tokens(amounts):
            figures["session_tokens"] += headline(amounts)
            figures["token_sessions"] += sessions
        if "messages" in amounts:
            figures["session_messages"] += amounts["messages"]
            figures["message_sessions"] += sessions
        money = next((name for name in MONEY if name in amounts), None)
        if money:
            figures["session_value"] += amounts[money]
            figures["value_sessions"] += sessions
    return figures


SESSION_SUMS = ("sessions", "session_users", "session_days", "session_tokens", "token_sessions", "session_messages",
                "message_sessions", "session_value", "value_sessions")


def person_sums(person, hours_per_day):
    sums = {name: person.amounts[name] for name in (*SLOTS, *MONEY, "cost_seats")}
    figures = session_figures(person)
    sums.update({name: figures[name] for name in SESSION_SUMS})
    sums.update({
        "licensed": int(person.licensed), "active_users": int(person.active),
        "regular_users": int(person.regular), "present": int(person.licensed and person.working > 0),
        "present_active": int(person.active and person.working > 0),
        "working_days": person.licensed and person.working, "usual_days": person.licensed and person.usual,
        "streak_5_users": int(person.active and person.streak >= ABOVE),
        "active_working_days": person.active and person.active_working,
        "active_people_days": person.active and person.working})
    known = person.licensed and "active_seconds" in person.amounts
    sums["ai_hours"] = Fraction(known and person.amounts["active_seconds"] * TENTHS, SECONDS_IN_HOUR)
    sums["known_hours"] = known and person.working * hours_per_day * TENTHS
    return sums


def _cut(cuts, key, part, email, amount):
    cuts[key][part][email] += amount


def cut_people(people):
    cuts = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for person in people:
        _cut(cuts, "usage_frequency", days_bucket(len(person.days)), person.email, 1)
        if person.active:
            _cut(cuts, "streak_bands", streak_bucket(person.streak), person.email, 1)
        for tool, amounts in person.tools.items():
            if person.active and tool in person.active_tools:
                _cut(cuts, "tool_active", tool, person.email, 1)
            _cut(cuts, "tool_tokens", tool, person.email, headline(amounts))
            _cut(cuts, "tool_metered", tool, person.email, amounts["cost_metered"])
            _cut(cuts, "tool_list_value", tool, person.email, amounts["list_value"])
            _cut(cuts, "tool_sessions", tool, person.email, amounts["sessions"])
        for key, kind in (("model_tokens", "model"), ("project_tokens", "label")):
            for part, amounts in person.cuts[kind].items():
                _cut(cuts, key, part, person.email, headline(amounts))
        for key, kind in (("surface_use", "surface"), ("task_use", "task")):
            for part, amounts in person.cuts[kind].items():
                _cut(cuts, key, part, person.email, amounts["interactions"])
    return cuts


def kinds_of_work(person, kind):
    return sum(amounts["interactions"] > 0 for amounts in person.cuts[kind].values())


Basis = collections.namedtuple("Basis", "tokens kind")  # what is told of all groups of a week


def basis_of(everybody):
    """Tokens, and tasks, where they are known of 60 % of the organisation's active people."""
    active = [person for person in everybody if person.active]

    def most(known):
        return any(known(person) for person in active) and sum(
            bool(known(person)) for person in active) * 100 >= 60 * len(active)

    kind = next((kind for kind in ("task", "surface")
                 if most(lambda person, kind=kind: kinds_of_work(person, kind))), None)
    return Basis(most(lambda person: states_tokens(person.amounts)), kind)


def distributions(people, basis):
    """Key -> value or None, and key -> people behind it."""
    licensed = [person for person in people if person.licensed]
    active = [person for person in people if person.active]
    amount = (lambda person: person.tokens) if basis.tokens else lambda person: len(person.days)
    # Reading: over active people of whom any kind is known; missing is not zero.
    kinds = [count for count in (kinds_of_work(person, basis.kind) for person in active) if count] if basis.kind else []
    values = {
        "streak": Fraction(sum(person.streak for person in active) * TENTHS, len(active)) if active else None,
        "streak_median": median([person.streak * TENTHS for person in active]),
        "gini": scaled(gini([amount(person) for person in licensed]), HUNDREDTHS),
        "top_fifth_share": scaled(top_fifth_share([amount(person) for person in licensed]), 100),
        "quartile_ratio": scaled(quartile_ratio([amount(person) for person in active]), TENTHS),
        "workflow_diversity": Fraction(sum(kinds) * TENTHS, len(kinds)) if kinds else None}
    behind = dict.fromkeys(values, len(active)) | {"gini": len(licensed), "top_fifth_share": len(licensed),
                                                   "workflow_diversity": len(kinds)}
    return values, behind


def scaled(value, factor):
    return None if value is None else value * factor


def over_weeks(figures, number, people, cuts):
    """Counts and the like that need more than the week: key -> people, key -> value, key -> behind."""
    licensed = [person.email for person in people if person.licensed]
    for email in licensed:
        _cut(cuts, "segments", figures.segment(email, number), email, 1)
    started = {email: figures.start(email, number) for email in licensed}
    counts = {
        "zero_session_people": {email for email in licensed if figures.unused_for(email, number, ZERO_SESSION_WEEKS)},
        "idle_people": {email for email in licensed if figures.unused_for(email, number, IDLE_WEEKS)},
        "declining_users": {email for email in licensed if figures.is_declining(email, number)},
        "not_started": {email for email in licensed if figures.is_not_started(email, number)},
        "starters": {email for email in licensed if started[email] is not None},
        "slow_starters": {email for email in licensed if started[email]}}
    waits = [wait for wait in (figures.first_prompt(email, number) for email in licensed) if wait]
    streaks = [pair for pair in (figures.matched_streak(email, number) for email in licensed) if pair]
    values = {"time_to_first_prompt": scaled(kaplan_meier_median(waits), TENTHS)}
    for place, key in enumerate(("matched_streak_now", "matched_streak_before")):
        values[key] = Fraction(sum(pair[place] for pair in streaks) * TENTHS, len(streaks)) if streaks else None
    behind = {"time_to_first_prompt": len(waits), "matched_streak_now": len(streaks),
              "matched_streak_before": len(streaks)}
    return counts, values, behind


def group(figures, number, people, teams):
    basis = basis_of(figures.week(number).people.values())
    hours = figures.company.settings["hours_per_day"]
    sums = collections.defaultdict(dict)
    for person in people:
        for key, amount in person_sums(person, hours).items():
            sums[key][person.email] = amount
    sums["tokens"] = {person.email: sum(person.amounts[slot] for slot in HEADLINE) for person in people}
    cuts = cut_people([person for person in people if person.licensed])
    single, behind = distributions(people, basis)
    counts, values, waiting = over_weeks(figures, number, people, cuts)
    counts.update(figures.flows(number, teams))
    sums.update({key: dict.fromkeys(emails, 1) for key, emails in counts.items()})
    return Group(people, sums, cuts, {**single, **values}, {**behind, **waiting})
