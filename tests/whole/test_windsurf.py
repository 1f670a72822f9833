"""Windsurf's sources each know a part of the use: what one lacks, another tells."""

import json

from harness import ProgramTest

PEOPLE = ("ana", "ben", "cleo", "dan", "eva", "fay")


def consumption(days):
    return {"windsurf-2026-11-15.json": json.dumps({"data": [
        {"timestamp": day, "user_email": f"{who}@example.com", "model_uid": "m",
         "consumption": {"prompt_credits": 4, "message_count": 2}} for who in PEOPLE for day in days],
        "pagination": {"next_page_cursor": None}, "metadata": {"team_id": "t"}})}


def completions(days):
    return {f"windsurf_queries_{who}@example.com_2026-11-09_2026-11-15.json": json.dumps({"queryResults": [
        {"responseItems": [{"item": {"date": day, "num_acceptances": "4"}} for day in days]}]})
        for who in PEOPLE}


CHATS = ["2026-11-09", "2026-11-11"]


class Windsurf(ProgramTest):
    def regular_users(self, *given):
        """How many of six used it on three days of the week: at most, and at least."""
        company = self.company(small=True)
        for files in given:
            company.give(files)
        self.assertFine(company.run("run"))
        cells = json.loads((company.week / "kpis.json").read_text())["cells"]
        return [(cell["low"], cell["high"]) for cell in cells
                if (cell["scope"], cell["kpi"], cell["week"]) == ("org", "regular_users", "2026-W46")]

    def test_two_days_are_no_regular_use(self):
        self.assertEqual(self.regular_users(consumption(CHATS)), [(0, 3)])

    def test_a_day_with_completions_alone_is_a_third_day(self):
        self.assertEqual(self.regular_users(consumption(CHATS), completions(["2026-11-10"])), [(4, 6)])

    def test_completions_of_the_same_days_are_no_other_days(self):
        self.assertEqual(self.regular_users(consumption(CHATS), completions(CHATS)), [(0, 3)])
