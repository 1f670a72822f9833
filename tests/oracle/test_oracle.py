#!/usr/bin/env python3
"""The oracle's own cases, worked out by hand: python3 tests/oracle/test_oracle.py"""

import collections
import pathlib
import sys
import tempfile
import unittest
from datetime import date, timedelta
from fractions import Fraction

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from calendar_days import days_between, week_of
from company_files import CompanyFiles
from figures import Figures
from groups import group, session_figures
from own_table import Cut
from spread import (days_bucket, gini, kaplan_meier_median, median, quartile_ratio, segment, streak_bucket,
                    sum_of_most, top_fifth_share)

MONDAY = date(2026, 11, 2)
WEEK = week_of(MONDAY)
LONG_AGO = MONDAY - timedelta(weeks=30)


def day(number):
    """1 is the Monday of the first week, 8 that of the second."""
    return MONDAY + timedelta(days=number - 1)


class Use:
    """What exports say, without exports: use of tool "cursor" unless another one is named."""

    def __init__(self):
        self.use = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(collections.Counter)))
        self.cuts = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(lambda: collections.defaultdict(collections.Counter))))
        self.covered = collections.defaultdict(set, cursor=set(days_between(LONG_AGO, day(70))))

    def add(self, name, days, tool="cursor", cut=Cut(None, None, None, None), **figures):
        account = ("person", f"{name}@example.com")
        for number in days:
            amounts = figures or {"interactions": 1}
            self.use[account][tool][day(number)].update(amounts)
            self.cuts[account][tool][day(number)][cut].update(amounts)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.folder.name)
        self.use = Use()
        self.write("tidemark.ini", "[organisation]\nname = Hand\n")
        self.people("ana")
        self.licences("ana,cursor,,")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        (self.home / name).write_text(text, encoding="utf-8")

    def people(self, *lines):
        """"name,team,work_days,start,end", as far as it goes."""
        rows = [(line + ",,,,").split(",")[:5] for line in lines]
        self.write("people.csv", "email,team_id,work_days,start_date,end_date\n" + "".join(
            f"{name}@example.com,{team or 'core'},{work},{first},{last}\n" for name, team, work, first, last in rows))

    def licences(self, *lines):
        rows = [line.split(",") for line in lines]
        self.write("licenses.csv", "email,tool,start_date,end_date\n" + "".join(
            f"{name}@example.com,{tool},{first},{last}\n" for name, tool, first, last in rows))

    def off(self, *lines):
        self.write("timeoff.csv", "email,start_date,end_date,portion\n" + "".join(
            f"ana@example.com,{day(first)},{day(last)},{portion}\n" for first, last, portion in lines))

    def holiday(self, *days):
        self.write("holidays.csv", "date,calendar\n" + "".join(f"{day(number)},*\n" for number in days))

    def figures(self):
        return Figures(CompanyFiles(self.home), self.use)

    def streak(self, week=1):
        """On the Sunday of the n-th week."""
        return self.figures().streak("ana@example.com", WEEK + week - 1)

    def group(self, week, teams=("core",)):
        figures = self.figures()
        people = [person for person in figures.week(WEEK + week - 1).people.values() if person.team in teams]
        return group(figures, WEEK + week - 1, people, set(teams))


class Streaks(Case):
    def test_working_days_in_a_row(self):
        self.use.add("ana", range(1, 6))
        self.assertEqual(self.streak(), 5)

    def test_goes_on_over_the_weekend(self):
        self.use.add("ana", [1, 2, 3, 4, 5, 8, 9, 10, 11, 12])
        self.assertEqual(self.streak(2), 10)

    def test_last_working_day_may_be_missed(self):
        self.use.add("ana", [1, 2, 3, 4])
        self.assertEqual(self.streak(), 4)

    def test_last_two_working_days_may_not(self):
        self.use.add("ana", [1, 2, 3])
        self.assertEqual(self.streak(), 0)

    def test_missed_day_inside_ends_it(self):
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 2)

    def test_missed_day_inside_after_a_missed_last_day(self):
        self.use.add("ana", [1, 2, 4])
        self.assertEqual(self.streak(), 1)

    def test_holiday_neither_breaks_nor_lengthens(self):
        self.holiday(3)
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 4)

    def test_use_on_a_holiday_is_no_streak_day(self):
        self.holiday(3)
        self.use.add("ana", [1, 2, 3, 4, 5])
        self.assertEqual(self.streak(), 4)

    def test_holiday_at_the_end_moves_the_last_working_day(self):
        self.holiday(5)
        self.use.add("ana", [1, 2, 3])
        self.assertEqual(self.streak(), 3)

    def test_half_day_off_is_a_working_day(self):
        self.off((3, 3, "0.5"))
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 2)

    def test_two_halves_are_a_day_off(self):
        self.off((3, 3, "0.5"), (3, 3, "0.5"))
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 4)

    def test_week_off_keeps_it(self):
        self.off((8, 12, "1"))
        self.use.add("ana", range(1, 6))
        self.assertEqual(self.streak(2), 5)

    def test_weekend_work_is_no_streak_day(self):
        self.use.add("ana", [4, 5, 6, 7])
        self.assertEqual(self.streak(), 2)

    def test_weekend_work_alone_is_no_streak(self):
        self.use.add("ana", [6, 7])
        self.assertEqual(self.streak(), 0)

    def test_weekend_use_does_not_mend_a_missed_friday_and_monday(self):
        self.use.add("ana", [3, 4, 6, 9, 10, 11, 12])
        self.assertEqual(self.streak(2), 4)

    def test_part_timer_counts_own_days(self):
        self.people("ana,,Mon-Wed")
        self.use.add("ana", [1, 2, 3, 8, 9])
        self.assertEqual(self.streak(2), 5)

    def test_own_weekend_of_sunday_to_thursday(self):
        self.people("ana,,Sun-Thu")
        self.use.add("ana", [1, 2, 3, 4, 7])
        self.assertEqual(self.streak(), 5)

    def test_starts_on_joining_in_the_week(self):
        self.people("ana,,,2026-11-04")
        self.use.add("ana", [3, 4, 5])
        self.assertEqual(self.streak(), 3)

    def test_use_before_the_roster_is_none(self):
        self.people("ana,,,2026-11-04")
        self.use.add("ana", range(1, 6))
        self.assertEqual(self.streak(), 3)

    def test_gap_in_the_data_neither_breaks_nor_lengthens(self):
        self.use.covered["cursor"] -= {day(3)}
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 4)

    def test_gap_of_a_tool_of_others_does_not_matter(self):
        self.use.covered["codex"] = set()
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 2)

    def test_gap_of_one_of_two_tools_leaves_the_day_unknown(self):
        self.licences("ana,cursor,,", "ana,codex,,")
        self.use.covered["codex"] = set(days_between(day(4), day(20)))
        self.use.add("ana", [1, 2, 4, 5])
        self.assertEqual(self.streak(), 4)

    def test_week_without_use_ends_it(self):
        self.use.add("ana", range(1, 6))
        self.assertEqual(self.streak(2), 0)


class Matched(Case):
    def test_pairs_of_people_active_before_and_licensed(self):
        self.people("ana", "ben", "eva", "ida")
        self.licences("ana,cursor,,", "ben,cursor,,", "eva,cursor,,2026-11-10", "ida,cursor,,")
        self.use.add("ana", [1, 2, 3, 4, 5, 8, 9, 10, 11, 12])
        self.use.add("ben", [4, 5])
        self.use.add("eva", range(1, 6))  # no licence at the end of the second week
        self.use.add("ida", [8, 9])       # a newcomer
        figures = self.group(2)
        self.assertEqual(figures.behind["matched_streak_now"], 2)
        self.assertEqual(figures.single["matched_streak_now"], 50)           # 10 and 0, in tenths
        self.assertEqual(figures.single["matched_streak_before"], 35)        # 5 and 2


class Spread(unittest.TestCase):
    def test_gini_is_0_for_even_use(self):
        self.assertEqual(gini([7] * 12), 0)

    def test_gini_is_1_for_one_person(self):
        self.assertEqual(gini([0] * 11 + [5]), 1)

    def test_gini_by_hand(self):
        # Of 1 2 3 4: differences of all pairs add up to 10; 10 / (n * total) = 1/4; times 4/3.
        self.assertEqual(gini([4, 2, 1, 3]), Fraction(1, 3))

    def test_gini_of_nothing_is_none(self):
        self.assertIsNone(gini([0, 0, 0]))

    def test_top_fifth_of_ten_is_two(self):
        self.assertEqual(top_fifth_share([1] * 8 + [4, 8]), Fraction(12, 20))

    def test_person_on_the_edge_counts_in_part(self):
        # A fifth of 12 is 2.4: 10 + 6 + 0.4 * 4 of 29.
        self.assertEqual(top_fifth_share([10, 6, 4] + [1] * 9), Fraction(176, 290))

    def test_quartiles_of_twelve_are_three_each(self):
        self.assertEqual(quartile_ratio([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), Fraction(33, 6))

    def test_quartiles_cut_a_person(self):
        # A quarter of 5 is 1.25: (10 + 4/4) / (1 + 2/4).
        self.assertEqual(quartile_ratio([1, 2, 3, 4, 10]), Fraction(22, 3))

    def test_quartile_ratio_without_use_below_is_none(self):
        self.assertIsNone(quartile_ratio([0] * 3 + [5] * 9))

    def test_sum_of_most_takes_negative_amounts(self):
        self.assertEqual(sum_of_most([-1, -2, -3], Fraction(3, 2)), -2)

    def test_median_of_an_even_number(self):
        self.assertEqual(median([4, 1, 2, 9]), 3)

    def test_buckets(self):
        self.assertEqual([days_bucket(number) for number in range(8)],
                         ["0", "1", "2", "3-4", "3-4", "5+", "5+", "5+"])
        self.assertEqual([streak_bucket(number) for number in (0, 4, 5, 15, 16)],
                         ["under_5", "under_5", "5-15", "5-15", "over_15"])


class KaplanMeier(unittest.TestCase):
    def test_without_waiting_people_it_is_the_median(self):
        self.assertEqual(kaplan_meier_median([(time, True) for time in (0, 1, 1, 3, 8)]), 1)

    def test_share_falls_to_a_half(self):
        self.assertEqual(kaplan_meier_median([(0, True), (2, True), (5, False), (9, False)]), 2)

    def test_not_reached(self):
        self.assertIsNone(kaplan_meier_median([(0, True), (5, False), (9, False)]))

    def test_those_who_wait_leave_the_risk(self):
        # 1: 1 of 5, S = 4/5. Two leave at 2. 3: 1 of 2, S = 2/5.
        spells = [(1, True), (2, False), (2, False), (3, True), (9, False)]
        self.assertEqual(kaplan_meier_median(spells), 3)

    def test_who_leaves_at_the_time_is_still_at_risk(self):
        # At 2 both others are at risk: S = 2/3; without the one who leaves it would be 1/2.
        self.assertIsNone(kaplan_meier_median([(2, True), (2, False), (7, False)]))

    def test_nobody(self):
        self.assertIsNone(kaplan_meier_median([]))


class Segments(Case):
    def test_mean_of_three_days_a_week_is_part_of_the_work(self):
        self.assertEqual([segment(days, 4) for days in (0, 1, 11, 12, 20)],
                         ["unused", "occasional", "occasional", "part_of_work", "part_of_work"])

    def test_of_the_last_four_weeks(self):
        self.use.add("ana", [1, 2, 3, 4, 5, 8, 9, 10, 11, 15, 16, 22])
        figures = self.figures()
        self.assertEqual(figures.segment("ana@example.com", WEEK + 3), "part_of_work")
        self.assertEqual(figures.segment("ana@example.com", WEEK + 4), "occasional")
        self.assertEqual(figures.segment("ana@example.com", WEEK + 7), "unused")


class Weeks(Case):
    def test_unused_needs_four_weeks_of_licence(self):
        self.licences("ana,cursor,2026-11-03,")
        figures = self.figures()
        self.assertFalse(figures.unused_for("ana@example.com", WEEK + 3, 4))
        self.assertTrue(figures.unused_for("ana@example.com", WEEK + 4, 4))

    def test_a_tool_that_takes_over_goes_on_with_the_licence(self):
        self.licences("ana,cursor,2026-10-01,2026-11-10", "ana,codex,2026-11-11,")
        self.assertEqual(self.figures().licensed_since("ana@example.com", WEEK + 1), date(2026, 10, 1))

    def test_a_day_without_licence_begins_anew(self):
        self.licences("ana,cursor,2026-10-01,2026-11-10", "ana,codex,2026-11-12,")
        self.assertEqual(self.figures().licensed_since("ana@example.com", WEEK + 1), date(2026, 11, 12))

    def declines(self, earlier, later):
        for week in range(8):
            amount = earlier if week < 4 else later
            self.use.add("ana", [7 * week + n for n in (1, 2, 3)], interactions=1, input_tokens=amount)
        return self.figures().is_declining("ana@example.com", WEEK + 7)

    def test_half_the_tokens_is_declining(self):
        self.assertTrue(self.declines(1000, 500))

    def test_more_than_half_is_not(self):
        self.assertFalse(self.declines(1000, 501))

    def test_a_month_off_is_no_decline(self):
        self.off((29, 47, "1"))
        self.assertFalse(self.declines(1000, 100))

    def test_days_count_where_no_tokens_are_stated(self):
        self.use.add("ana", [7 * week + n for week in range(4) for n in (1, 2, 3, 4)])
        self.use.add("ana", [29, 30, 36, 37, 43, 44, 50, 51])
        self.assertTrue(self.figures().is_declining("ana@example.com", WEEK + 7))

    def test_not_regular_in_one_of_the_earlier_weeks(self):
        self.use.add("ana", [7 * week + n for week in (0, 1, 3) for n in (1, 2, 3)])
        self.assertFalse(self.figures().is_declining("ana@example.com", WEEK + 7))


class Starting(Case):
    def start(self, week):
        return self.figures().start("ana@example.com", WEEK + week - 1)

    def test_ten_working_days_after_the_first(self):
        self.licences("ana,cursor,2026-11-02,")
        self.assertIsNone(self.start(2))
        self.assertTrue(self.start(3))

    def test_first_licence_counts_and_not_a_later_one(self):
        self.licences("ana,cursor,2026-11-02,2026-11-20", "ana,codex,2026-12-01,")
        self.assertTrue(self.start(6))

    def test_first_prompt_on_the_tenth_working_day_is_in_time(self):
        self.licences("ana,cursor,2026-11-02,")
        self.use.add("ana", [12], interactions=3)
        self.assertIs(self.start(3), False)

    def test_after_eleven_working_days_it_is_late(self):
        self.licences("ana,cursor,2026-11-02,")
        self.use.add("ana", [16], interactions=3)
        self.assertTrue(self.start(3))

    def test_holidays_do_not_count(self):
        self.licences("ana,cursor,2026-11-02,")
        self.holiday(8, 9)
        self.use.add("ana", [16], interactions=3)
        self.assertIs(self.start(3), False)

    def test_little_use_is_no_start(self):
        self.licences("ana,cursor,2026-11-02,")
        self.use.add("ana", [1], interactions=2)
        self.use.add("ana", [2], interactions=9, input_tokens=999)
        self.assertTrue(self.start(3))

    def test_thirteen_weeks_later_nobody_is_a_starter(self):
        self.licences("ana,cursor,2026-11-02,")
        self.assertTrue(self.start(13))
        self.assertIsNone(self.start(14))

    def test_time_to_the_first_prompt(self):
        self.licences("ana,cursor,2026-11-06,")
        self.use.add("ana", [9], input_tokens=1000)
        figures = self.figures()
        self.assertEqual(figures.first_prompt("ana@example.com", WEEK), (0, False))      # begun on that Friday
        self.assertEqual(figures.first_prompt("ana@example.com", WEEK + 1), (2, True))   # Monday and Tuesday

    def test_not_started_from_a_week_on(self):
        self.licences("ana,cursor,2026-11-02,")
        figures = self.figures()
        self.assertTrue(figures.is_not_started("ana@example.com", WEEK))
        self.assertTrue(figures.is_not_started("ana@example.com", WEEK + 12))
        self.assertFalse(figures.is_not_started("ana@example.com", WEEK + 13))

    def test_six_days_are_too_early_to_say(self):
        self.licences("ana,cursor,2026-11-03,")
        self.assertFalse(self.figures().is_not_started("ana@example.com", WEEK))

    def test_licence_from_before_the_data_says_nothing(self):
        self.licences("ana,cursor,2026-11-02,")
        self.use.covered["cursor"] = set(days_between(day(2), day(70)))
        self.assertIsNone(self.start(3))
        self.assertFalse(self.figures().is_not_started("ana@example.com", WEEK + 2))

    def test_use_before_the_licence_is_no_start(self):
        self.licences("ana,cursor,2026-11-04,")
        self.use.add("ana", [1])
        self.assertTrue(self.figures().is_not_started("ana@example.com", WEEK + 1))


class Flows(Case):
    def flows(self, *teams):
        return {key: {email.partition("@")[0] for email in emails}
                for key, emails in self.figures().flows(WEEK + 1, set(teams)).items()}

    def test_each_way_to_come_and_go(self):
        self.people("new", "back", "lapsed", "left,,,,2026-11-06", "dropped", "away", "stays")
        self.licences("new,cursor,,", "back,cursor,,", "lapsed,cursor,,", "left,cursor,,", "dropped,cursor,,2026-11-11",
                      "away,cursor,,", "stays,cursor,,")
        self.write("timeoff.csv", "email,start_date,end_date\n" + f"away@example.com,{day(8)},{day(12)}\n")
        for name, days in {"new": [8], "back": [-6, 9], "lapsed": [2], "left": [2], "dropped": [2, 8], "away": [3],
                           "stays": [1, 8]}.items():
            self.use.add(name, days)
        self.assertEqual(self.flows("core"), {
            "gained_users": {"new", "back"}, "new_users": {"new"}, "lapsed_users": {"lapsed"},
            "lost_users": {"lapsed", "left", "dropped", "away"}, "left_users": {"left", "dropped"},
            "away_users": {"away"}})

    def test_movers_are_in_no_flow(self):
        self.people("ana,core,,,2026-11-08", "ana,web,,2026-11-09")
        self.use.add("ana", [2])
        self.assertEqual(self.flows("core")["lost_users"], set())
        self.assertEqual(self.flows("core", "web")["lost_users"], {"ana"})


class Sessions(Case):
    def person(self, week=1):
        return self.figures().week(WEEK + week - 1).people["ana@example.com"]

    def test_tools_without_sessions_are_left_out(self):
        self.use.add("ana", [1], sessions=2, interactions=2, input_tokens=900)
        self.use.add("ana", [1], tool="codex", interactions=9, input_tokens=5000)
        figures = session_figures(self.person())
        self.assertEqual((figures["sessions"], figures["session_tokens"], figures["token_sessions"]), (2, 900, 2))
        self.assertEqual((figures["session_users"], figures["session_days"]), (1, 5))

    def test_messages_only_over_tools_with_both(self):
        self.use.add("ana", [1], sessions=2, interactions=2)
        self.use.add("ana", [1], tool="codex", sessions=1, interactions=1, messages=7)
        figures = session_figures(self.person())
        self.assertEqual((figures["session_messages"], figures["message_sessions"]), (7, 1))

    def test_metered_before_list_value(self):
        self.use.add("ana", [1], sessions=2, interactions=2, cost_metered=30, list_value=50)
        self.use.add("ana", [1], tool="codex", sessions=1, interactions=1, list_value=7)
        figures = session_figures(self.person())
        self.assertEqual((figures["session_value"], figures["value_sessions"]), (37, 3))

    def test_hours_of_people_whose_time_is_known(self):
        self.people("ana", "ben")
        self.licences("ana,cursor,,", "ben,cursor,,")
        self.use.add("ana", [1, 2], interactions=1, active_seconds=1800)
        self.use.add("ben", [1])
        sums = self.group(1).sums
        self.assertEqual(sum(sums["ai_hours"].values()), 10)      # one hour, in tenths
        self.assertEqual(sum(sums["known_hours"].values()), 400)  # five days of eight hours

    def test_tasks_a_person(self):
        self.people("ana", "ben", "cleo")
        self.licences("ana,cursor,,", "ben,cursor,,", "cleo,cursor,,")
        for task in ("coding", "testing"):
            self.use.add("ana", [1], cut=Cut(None, "chat", task, None))
            self.use.add("cleo", [1], cut=Cut(None, "chat", task, None))
        self.use.add("ben", [1], cut=Cut(None, "chat", None, None))
        self.assertEqual(self.group(1).single["workflow_diversity"], 20)  # of ben nothing is known

    def test_surfaces_where_no_source_tells_tasks(self):
        for surface in ("chat", "edit", "agent"):
            self.use.add("ana", [1], cut=Cut(None, surface, None, None))
        self.assertEqual(self.group(1).single["workflow_diversity"], 30)


if __name__ == "__main__":
    unittest.main()
