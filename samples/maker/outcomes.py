"""What development tools say: closed tasks of teams, a repository's log, a survey, themes."""

import csv
import datetime
import io

from . import days, roster
from .chance import Chance
from .days import date

FIRST_WEEK = 40
REPOSITORY, REPOSITORY_TEAM = "larkfield/firmware", "firmware"
LOG_DAYS = days.days_between(date("2026-10-01"), days.LAST_DAY)
SURVEYED = date("2026-11-12")
SUBJECTS = ["Read the sensor twice", "Shorten the boot", "Say why the update failed", "Mend a test"]
BOT = ("renovate[bot]@users.noreply.github.com", "renovate[bot]")
THEMES = """\
# Larkfield, last quarter of 2026

## Reviews wait less
Author: Petra Weber
Date: 2026-11-09

Checkout and Web storefront review small changes on the day on which they are offered. Both teams
say that assistants write the first draft of the description, and that people still read the change.

## Firmware keeps its own pace
Author: Jonas Vogel
Date: 2026-11-12

Work on hardware waits for boards, not for code. The team asks that its closed tasks be read beside
its release plan.
"""


def _table(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue()


def _closed_tasks():
    rows = []
    for week in range(FIRST_WEEK, days.LAST_WEEK + 1):
        for team in roster.TEAMS:
            chance, size = Chance("tasks", team[0], week), len(team[6])
            closed = size // 2 + chance.below(size + 1)
            rows.append([days.monday(week), team[0], "tasks_closed", closed, "jira", "week"])
    return _table("date,team_id,metric,count,source,period", rows)


def _log(people):
    lines = []
    for day in reversed(LOG_DAYS):
        for person in people:
            chance = Chance("commit", person.number, day)
            if person.team_on(day) != REPOSITORY_TEAM or not person.works(day):
                continue
            if chance.happens(0.35):
                lines.append(_commit(chance, person.country, day, person.email, person.name))
        if day.weekday() == 0:
            lines.append(_commit(Chance("bot commit", day), "DE", day, *BOT))
    return "".join(lines)


def _commit(chance, country, day, email, name):
    commit = "".join(f"{chance.below(16):x}" for _ in range(40))
    parent = "".join(f"{chance.below(16):x}" for _ in range(40))
    written = days.local_time(country, day, chance.between(9 * 60, 17 * 60))
    merged = written + datetime.timedelta(minutes=chance.between(0, 40))
    subject = chance.pick(SUBJECTS)
    if chance.happens(0.05):
        subject = f'Revert "{subject}"'
    stamps = [instant.isoformat(timespec="seconds") for instant in (written, merged)]
    return "\t".join([f"@{commit}", *stamps, email, name, parent, subject]) + "\n"


def _survey():
    rows = []
    for team in roster.TEAMS:
        for number in range(len(team[6])):
            chance = Chance("survey", team[0], number)
            if chance.happens(0.7):
                rows.append([SURVEYED, team[0], chance.between(4, 10), 10, ""])
    return _table("date,team_id,score,scale_max,respondent", rows)


def make_files(people):
    return {
        "outcomes.csv": _closed_tasks(),
        f"git/{REPOSITORY}.log": _log(people),
        "survey.csv": _survey(),
        "themes.md": THEMES,
    }
