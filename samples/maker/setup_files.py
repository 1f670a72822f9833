"""What the company keeps beside the exports: tidemark.ini and the files that it reads with it."""

import csv
import io

from . import copilot, days, gemini, laptops, outcomes, roster

SETTINGS = """\
# The sample company. Every key that is left out has its default; docs/settings.md lists them.

[organisation]
name = Larkfield
time_zone = UTC
currency = USD

[paths]
exports = exports
ledger = ../out/private/ledger.sqlite
key = ../out/private/ledger.key
quarantine = ../out/private/quarantine.csv
archive = ../out/archive/archive.sqlite
audit = ../out/archive/audit.jsonl
output = ../../out
"""

SEATS = {"cursor": 56, "copilot": 100, "claude_code": 36}
# The newest joiners are in the directory's export; of these only the last one is not yet in
# people.csv.
DIRECTORY = [20, 47, 87, 117]
ONLY_IN_DIRECTORY = [117]
BUDGETS = [
    ("*", "*", "2026-Q3", "45000"),
    ("*", "*", "2026-10", "15500"),
    ("*", "*", "2026-11", "16000"),
    ("*", "*", "2026-12", "16000"),
    ("platform", "*", "2026-Q4", "21000"),
    ("product", "*", "2026-Q4", "14000"),
]
# What was agreed for the pilot; no list that comes with the program knows the model.
PRICES_PER_MILLION = [
    [gemini.TOOL, gemini.MODEL, "1.10", "0.11", "8.80", "USD", gemini.FIRST_DAY, ""]
]
INVOICES = [
    ("claude_code", "2026-10-01", "2026-10-31", "6241.10", "USD"),
    ("copilot", "2026-10-01", "2026-10-31", "3900.00", "USD"),
    ("cursor", "2026-10-01", "2026-10-31", "4807.59", "USD"),
]
# story.py tells of them.
EVENTS = [
    ("2026-08-31", "*", "Recharge week"),
    ("2026-10-26", "corporate", "Pilot of Gemini CLI"),
    ("2026-11-06", "*", "Training"),
]
GOALS = [
    ("*", "adoption", "70", "", "", "2026-07-01", "2027-01-31", "agreed with the works council"),
    ("*", "streak", "8", "", "", "2026-07-01", "2027-01-31", ""),
]


def _table(header, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue()


def _people(people):
    rows = []
    for person in people:
        if person.number in ONLY_IN_DIRECTORY:
            continue
        for team, first, last in person.spells:
            rows.append(
                [
                    person.email,
                    person.name,
                    f"{person.number + 17:05}",
                    team,
                    person.country,
                    days.zone(person.country),
                    person.work_days,
                    first,
                    last or "",
                    "inactive"
                    if last and last < days.LAST_DAY and team == person.spells[-1][0]
                    else "active",
                ]
            )
    rows.sort(key=lambda row: (row[0], row[7]))
    return _table(
        "email,name,employee_id,team_id,country,time_zone,work_days,start_date,end_date," "status",
        rows,
    )


def _directory(people):
    rows = [
        [person.email, person.name, person.email, person.spells[-1][0], person.country, "True"]
        for person in people
        if person.number in DIRECTORY
    ]
    return _table(
        "userPrincipalName,displayName,mail,department,usageLocation,accountEnabled",
        rows,
    )


def _teams():
    rows = [["larkfield", "Larkfield", "", "organisation", "", "", "", "", "CC-000"]]
    for key, name, cost_center in roster.DEPARTMENTS:
        rows.append([key, name, "larkfield", "department", "", "", "", "", cost_center])
    cost_centers = {key: cost_center for key, _, cost_center in roster.DEPARTMENTS}
    for key, name, department, function, stage, state, _, _ in roster.TEAMS:
        rows.append(
            [
                key,
                name,
                department,
                "team",
                function,
                stage,
                "2026-03-02",
                state,
                cost_centers[department],
            ]
        )
    return _table(
        "team_id,name,parent_team_id,type,function,stage,rollout_start,rollout_state,"
        "cost_center",
        rows,
    )


def _licences(people):
    rows = [
        [person.email, tool, roster.PRICES[tool][0], first, last or "", "", ""]
        for person in people
        for tool, (first, last) in sorted(person.licences.items())
    ]
    rows += [
        [person.email, gemini.TOOL, gemini.PLAN, gemini.FIRST_DAY, "", "", ""]
        for person in people
        if person.number in gemini.HOLDERS
    ]
    return _table(
        "email,tool,plan,start_date,end_date,monthly_price,currency",
        sorted(rows, key=lambda row: row[:2]),
    )


def _contracts():
    rows = [
        [
            tool,
            plan,
            SEATS[tool],
            f"{price}.00",
            "month",
            "USD",
            "2025-11-01",
            "2026-12-31",
            "CC-000",
        ]
        for tool, (plan, price) in sorted(roster.PRICES.items())
    ]
    rows.append(
        [
            gemini.TOOL,
            gemini.PLAN,
            gemini.SEATS,
            f"{gemini.PRICE}.00",
            "month",
            "USD",
            gemini.FIRST_DAY,
            "2027-01-31",
            "CC-300",
        ]
    )
    return _table(
        "tool,plan,seats,price_per_seat,billing_period,currency,start_date,end_date," "cost_center",
        rows,
    )


def _time_off(people):
    rows = [
        [person.email, first, last, portion, status]
        for person in people
        for first, last, portion, status in person.time_off
    ]
    return _table("email,start_date,end_date,portion,status", sorted(rows, key=lambda row: row[:2]))


def _identities(people):
    rows = []
    for person in people:
        if "copilot" in person.licences:
            rows.append([person.email, "copilot", "login", person.login])
            if person.number % 5 == 0:  # the same account once more, by its lasting number
                rows.append([person.email, "copilot", "user_id", person.github_id])
        if person.claude_email != person.email:
            rows.append([person.email, "claude_code", "email", person.claude_email])
        if person.number in laptops.LAPTOPS:
            rows.append([person.email, "", "path", laptops.folder_of(person.number)])
    rows.append(["-", "copilot", "login", copilot.BOT[0]])
    return _table("email,tool,kind,value", rows)


def _calendar(key):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Larkfield//Holidays//EN"]
    for calendar, day, name in days.HOLIDAYS:
        if calendar == key:
            first = days.date(day)
            summary = name.replace("\\", "\\\\").replace(",", "\\,")
            lines += [
                "BEGIN:VEVENT",
                f"UID:{day}-{key.lower()}@{roster.DOMAIN}",
                f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
                f"DTEND;VALUE=DATE:{first + days.DAY:%Y%m%d}",
                f"SUMMARY:{summary}",
                "END:VEVENT",
            ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def make_files(people):
    holidays = [
        [day, name, calendar]
        for calendar, day, name in days.HOLIDAYS
        if calendar not in days.CALENDAR_FILES
    ]
    files = {
        "tidemark.ini": SETTINGS,
        "people.csv": _people(people),
        "teams.csv": _teams(),
        "licenses.csv": _licences(people),
        "subscriptions.csv": _contracts(),
        "timeoff.csv": _time_off(people),
        "identities.csv": _identities(people),
        "holidays.csv": _table("date,name,calendar", holidays),
        "budgets.csv": _table(
            "team_id,tool,month,amount,currency", [[*row, "USD"] for row in BUDGETS]
        ),
        "invoices.csv": _table("tool,period_start,period_end,amount,currency", INVOICES),
        "events.csv": _table("date,team_id,text", EVENTS),
        "prices.csv": _table(
            "tool,model,input,cache_read,output,currency,start_date,end_date", PRICES_PER_MILLION
        ),
        "repositories.csv": _table(
            "repository,team_id", [[outcomes.REPOSITORY, outcomes.REPOSITORY_TEAM]]
        ),
        "directory/entra-users.csv": _directory(people),
        "goals.csv": _table("team_id,metric,target,lower,upper,start_date,end_date,note", GOALS),
    }
    for key in days.CALENDAR_FILES:
        files[f"{key}.ics"] = _calendar(key)
    return files
