#!/usr/bin/env python3
"""The replay of alerts, with cells made by hand: python3 tests/oracle/test_alerts.py"""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from alerts import Alert, Published, replay
from archive_file import BAND, INCOMPLETE, NOT_SHOWN, VALUE, Cell, Scope

FIRST = 2960
ORG = Scope("org", "organisation", 0, True, ["core"])


def cell(value):
    """A number is a value, a pair a band, None is not shown; "…?" is an incomplete value."""
    if value is None:
        return Cell(NOT_SHOWN, 0, 0, 0, 0, 1)
    if isinstance(value, tuple):
        return Cell(BAND, 0, 0, *value, 1)
    if isinstance(value, str):
        return Cell(VALUE, INCOMPLETE, int(value.rstrip("?")), 0, 0, 1)
    return Cell(VALUE, 0, value, 0, 0, 1)


def weeks(**series):
    """One cell of each KPI in each week, from FIRST on."""
    length = max(map(len, series.values()))
    return {FIRST + n: ([ORG], {("org", key, ""): cell(values[n]) for key, values in series.items()})
            for n in range(length)}


def states(alert, kpi, contexts=None, tools=None, part="", **series):
    """What is told of the alert in each week, the first of which is 0: (state, since)."""
    every = weeks(**series)
    told = []
    for last in every:
        published = Published({week: every[week] for week in every if week <= last}, contexts or {}, tools or {})
        state = replay(published)[alert, "org", part, kpi].state
        told.append(state and Alert(state.state, state.since - FIRST))
    return told


class Baselines(unittest.TestCase):
    def spikes(self, *values, **others):
        return states("cost_spike", "cost", cost=values, **others)

    def test_needs_four_weeks(self):
        self.assertEqual(self.spikes(10, 10, 10, 99), [None] * 4)

    def test_over_one_and_a_half_times_the_mean(self):
        self.assertEqual(self.spikes(10, 10, 10, 10, 15)[4], None)
        self.assertEqual(self.spikes(10, 10, 10, 10, 16)[4], ("new", 4))

    def test_is_open_against_the_frozen_mean(self):
        # The mean of the 4 weeks before would be 20 in the last week, the frozen one is 10.
        self.assertEqual(self.spikes(10, 10, 10, 10, 20, 20, 20, 16)[5:], [("open", 4)] * 3)

    def test_clears_within_the_threshold(self):
        self.assertEqual(self.spikes(10, 10, 10, 10, 16, 15, 10)[4:], [("new", 4), ("cleared", 4), None])

    def test_new_level_after_eight_weeks(self):
        told = self.spikes(10, 10, 10, 10, *[20] * 10)
        self.assertEqual(told[11:], [("open", 4), ("cleared", 4), None])

    def test_short_week_says_nothing_and_is_in_no_mean(self):
        told = self.spikes(10, 10, 10, 10, 99, 14, working_days=[50, 50, 50, 50, 20, 50], usual_days=[50] * 6)
        self.assertEqual(told[4:], [None, None])

    def test_incomplete_week_keeps_an_alert_open(self):
        self.assertEqual(self.spikes(10, 10, 10, 10, 16, "10?", 16)[4:], [("new", 4), ("not judged", 4), ("open", 4)])

    def test_incomplete_week_in_the_mean_is_silent(self):
        self.assertEqual(self.spikes(10, 10, "10?", 10, 99), [None] * 5)

    def test_week_that_is_not_shown_is_silent(self):
        self.assertEqual(self.spikes(10, 10, 10, 10, None, 16)[4:], [None, None])

    def test_band_fires_only_as_a_whole(self):
        self.assertEqual(self.spikes(10, 10, 10, 10, (15, 30))[4], None)
        self.assertEqual(self.spikes(10, 10, 10, 10, (16, 30))[4], ("new", 4))

    def test_band_in_the_mean_counts_with_its_upper_end(self):
        self.assertEqual(self.spikes(10, 10, 10, (10, 14), 16)[4], None)
        self.assertEqual(self.spikes(10, 10, 10, (10, 14), 17)[4], ("new", 4))

    def test_undecided_band_neither_clears_nor_fires(self):
        self.assertEqual(self.spikes(10, 10, 10, 10, 16, (10, 30))[5], ("not judged", 4))

    def test_depth_needs_two_weeks(self):
        told = states("session_depth", "session_depth", session_depth=[100] * 4 + [70, 70, 71, 70])
        self.assertEqual(told[4:], [None, ("new", 5), ("cleared", 5), None])


class Drops(unittest.TestCase):
    def drop(self, adoption, active):
        series = {"adoption": [60] * 4 + [adoption], "present": [20] * 5, "present_active": [12] * 4 + [active]}
        return states("adoption_drop", "adoption", **series)[4]

    def test_more_than_ten_points_and_three_people(self):
        self.assertEqual(self.drop(49, 9), ("new", 4))

    def test_ten_points_are_none(self):
        self.assertIsNone(self.drop(50, 9))

    def test_two_people_are_none(self):
        self.assertIsNone(self.drop(49, 10))


class Others(unittest.TestCase):
    def test_tokens_up_by_half(self):
        told = states("token_spike", "tokens", tokens=[100, 149, 224, 224])
        self.assertEqual(told, [None, None, ("new", 2), ("cleared", 2)])

    def test_month_that_lost_two_fifths(self):
        # Weeks 2966 to 2969 are those of November 2026; three fifths of the weeks before, then a bit more.
        every = {"active_users": [10] * 6 + [6, 6, 7], "licensed": [20] * 9}
        self.assertEqual(states("adoption_fall", "adoption", **every)[6:], [("new", 6), ("open", 6), ("cleared", 6)])

    def test_month_begins_anew(self):
        every = {"active_users": [10] * 6 + [5] * 4 + [2], "licensed": [20] * 11}
        self.assertEqual(states("adoption_fall", "adoption", **every)[6:],
                         [("new", 6)] + [("open", 6)] * 3 + [("new", 10)])

    def test_streak_of_the_same_people(self):
        told = states("streak_collapse", "matched_streak_now", matched_streak_now=[40, 39],
                      matched_streak_before=[50, 50])
        self.assertEqual(told, [None, ("new", 1)])

    def test_tenth_of_the_seats(self):
        every = weeks(licensed=[20, 20])
        for week, unused in zip(every, (9, 10)):
            every[week][1]["org", "seats_zero_session", "cursor"] = cell(unused)
            every[week][1]["org", "seats_held", "cursor"] = cell(100)
        found = replay(Published(every))["unused_seats", "org", "cursor", "seats_zero_session"]
        self.assertEqual(found.state, ("new", FIRST + 1))

    def test_lower_bound_from_its_first_whole_week(self):
        start = 20720  # 2026-09-24, the Thursday of the first week
        contexts = {("org", "goal.lower", "adoption"): (60, ""), ("org", "goal.start", "adoption"): (start, "")}
        told = states("below_target", "adoption", contexts=contexts, adoption=[50, 59, 60])
        self.assertEqual(told, [None, ("new", 1), ("cleared", 1)])

    def test_stall_below_the_target_of_a_running_rollout(self):
        contexts = {("org", "goal.target", "adoption"): (70, ""), ("org", "rollout", "state"): (0, "launch")}
        told = states("adoption_stall", "adoption", contexts=contexts, adoption=[50, 51, 52, 50, 53])
        self.assertEqual(told[3:], [("new", 3), ("cleared", 3)])

    def test_stale_tool(self):
        told = states("stale_data", None, part="cursor", licensed=[20] * 3,
                      tools={("cursor", FIRST): 0, ("cursor", FIRST + 1): 2, ("cursor", FIRST + 2): 0})
        self.assertEqual(told, [None, ("new", 1), ("cleared", 1)])


if __name__ == "__main__":
    unittest.main()
