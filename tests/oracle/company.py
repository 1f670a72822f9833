"""Small random companies: set-up files and exports that have the awkward cases in them.

make(home, seed) writes one and returns the day on which the program should run. The same seed
makes the same company. What an earlier export said of a day may be less than a later one says.
"""

import collections
import random
from datetime import date, timedelta

from company_use import UseMaker, table

VENDORS = ("claude_code", "cursor", "copilot")
OWN_TOOLS = ("codex", "acme")  # whose use comes as tidemark.csv
ZONES = ("", "", "Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu",
         "Australia/Lord_Howe")
WORK_DAYS = ("", "", "", "xxxxx--", "xxxx---", "-xxx---", "Sun-Thu", "Mon,Wed,Fri")
COUNTRIES = ("", "PT", "DE", "IN")
# Beginnings whose weeks hold a change of clocks, a week 53, a leap day or nothing of the kind.
BEGINNINGS = (date(2026, 3, 2), date(2026, 9, 28), date(2026, 11, 2), date(2027, 12, 6), date(2028, 1, 24),
              date(2026, 6, 1), date(2020, 11, 30), date(2026, 12, 7), date(2025, 12, 15))

class Maker(UseMaker):
    def __init__(self, home, seed):
        self.home, self.chance = home, random.Random(seed)
        chance = self.chance
        self.first = chance.choice(BEGINNINGS)
        self.weeks = chance.choice((chance.randint(1, 6), chance.randint(3, 20), chance.randint(8, 20),
                                    chance.randint(20, 40)))
        size = chance.choice((chance.randint(1, 12), chance.randint(5, 30), chance.randint(20, 60),
                              chance.randint(40, 120), chance.randint(40, 120)))
        if chance.random() < 0.04:
            size, self.weeks = chance.randint(200, 400), min(self.weeks, 12)
        self.last = self.first + timedelta(weeks=self.weeks, days=-1)
        self.emails = [f"person{n:02d}@example.com" for n in range(size)]
        self.strangers = [f"stranger{n}@example.org" for n in range(chance.choice((0, 2, 7)))]
        # A few who are off and on keep the streaks and the flows in motion.
        self.habit = {email: chance.choice((0, 0.05, 0.3, 0.6, 0.9)) for email in self.emails + self.strangers}
        self.turns = {email: (self.some_day(), chance.choice((0, 0.2, 0.5, 1.5))) for email in self.emails
                      if chance.random() < 0.3}
        self.starts = {}
        # On one day much changes for everybody: how often they use it, and how much.
        self.shock = (self.some_day(), chance.choice((0.2, 0.5, 1, 1.5)), chance.choice((0.2, 1, 3))) \
            if chance.random() < 0.6 else (self.last + timedelta(days=1), 1, 1)
        self.own_tools = [tool for tool in OWN_TOOLS if chance.random() < 0.6]
        if chance.random() < 0.15:
            self.own_tools.append(chance.choice(VENDORS))  # beside what the vendor itself says
        vendors = [tool for tool in VENDORS if chance.random() < 0.7]
        self.tools = sorted({*vendors, *self.own_tools} or set(VENDORS), key=(*VENDORS, *OWN_TOOLS).index)
        self.terminals = chance.choice((0, 0.05, 0.3))  # how many days of Copilot are in the terminal
        self.vendors = [tool for tool in self.tools if tool in VENDORS]

    def days(self):
        return [self.first + timedelta(days=n) for n in range(7 * self.weeks)]

    def some_day(self):
        return self.chance.choice(self.days())

    def some(self, share):
        """Some of the people, on a day on which the same happens to all of them."""
        return self.chance.sample(self.emails, int(len(self.emails) * share)), self.some_day()

    def size(self, day):
        """How large an amount is: more or less from the day of the change on."""
        return self.shock[2] if day >= self.shock[0] else 1

    # ---- Set-up files ----

    def settings(self):
        zone = self.chance.choice(("UTC", "UTC", "Europe/Berlin", "America/New_York"))
        self.home.joinpath("tidemark.ini").write_text(
            f"[organisation]\nname = Random\ntime_zone = {zone}\n\n[publishing]\nhistory_weeks = 60\n\n"
            f"[activity]\nregular_tokens = {self.chance.choice((10000, 50000))}\n\n"
            "[paths]\nexports = exports\noutput = out\n")

    def teams(self):
        departments = [f"dept{n}" for n in range(self.chance.randint(0, 4))]
        self.team_ids = [f"team{n}" for n in range(self.chance.randint(1, 7))]
        lines = [(item, item.title(), "", "department", "") for item in departments]
        lines += [(item, item.title(), self.chance.choice(departments) if departments else "", "team",
                   self.chance.choice(("", "", "", "2"))) for item in self.team_ids]
        table(self.home / "teams.csv", ("team_id", "name", "parent_team_id", "type", "stage"), lines)

    def people(self):
        lines = []
        for email in self.emails:
            zone, work = self.chance.choice(ZONES), self.chance.choice(WORK_DAYS)
            country, team = self.chance.choice(COUNTRIES), self.chance.choice(self.team_ids)
            begin = self.some_day() if self.chance.random() < 0.1 else ""
            end = self.some_day() if self.chance.random() < 0.1 else ""
            if begin and end and end < begin:
                end = ""
            move = self.some_day()
            if self.chance.random() < 0.2 and (not begin or begin < move) and (not end or move <= end):
                lines.append((email, team, country, zone, work, begin, move - timedelta(days=1)))
                team, begin = self.chance.choice(self.team_ids), move
                if self.chance.random() < 0.3:
                    zone = self.chance.choice(ZONES)
            lines.append((email, team, country, zone, work, begin, end))
        table(self.home / "people.csv",
              ("email", "team_id", "country", "time_zone", "work_days", "start_date", "end_date"), lines)

    def licences(self):
        lines, self.holders = [], collections.defaultdict(set)
        bulk = {tool: self.some_day() for tool in self.tools if self.chance.random() < 0.3}
        begins = self.chance.choice((0.5, 0.2))
        ended, end_of_all = self.some(self.chance.choice((0, 0, 0.2, 0.4)))
        for email in self.emails + ["gone@example.com"]:
            for tool in self.tools:
                if self.chance.random() > 0.6:
                    continue
                self.holders[tool].add(email)
                begin, end = self.some_day() if self.chance.random() < begins else "", ""
                if tool in bulk and self.chance.random() < 0.7:
                    begin = bulk[tool]
                if begin and self.chance.random() < 0.5:
                    self.starts[email] = begin + timedelta(days=self.chance.choice((0, 1, 2, 3, 9, 20, 400)))
                price = self.chance.choice(("", "", "19.99", "33.333333"))
                currency = "EUR" if price and self.chance.random() < 0.1 else ""
                if self.chance.random() < 0.2:
                    end = self.some_day()
                    if begin and end < begin:
                        begin, end = end, begin
                    if self.chance.random() < 0.5:
                        again = end + timedelta(days=self.chance.choice((1, 2, 9)))
                        lines.append((email, tool, "plan", again, "", price, currency, ""))
                elif email in ended and (not begin or begin <= end_of_all):
                    end = end_of_all
                lines.append((email, tool, "plan", begin, end, price, currency, ""))
        for tool in self.tools:
            if self.chance.random() < 0.3:
                lines.append(("", tool, "plan", "", "", self.chance.choice(("", "12.50")), "", 3))
        if self.chance.random() < 0.85:
            table(self.home / "licenses.csv",
                  ("email", "tool", "plan", "start_date", "end_date", "monthly_price", "currency", "seats"), lines)

    def contracts(self):
        lines = []
        for tool in self.tools:
            seats = self.chance.randint(1, len(self.emails) + 5)
            price, period = self.chance.choice((("39.00", "month"), ("480.00", "year"), ("19.99", "month"),
                                                ("1000.01", "year")))
            if self.chance.random() < 0.3:
                change = self.some_day()
                lines.append((tool, "plan", seats, price, period, "", "", change))
                lines.append((tool, "plan", seats + 3, "41.07", "month", "", change + timedelta(days=1), ""))
            elif self.chance.random() < 0.8 or tool == "acme":
                lines.append((tool, "plan", seats, price, period, "", "", ""))
            if self.chance.random() < 0.15:
                lines.append((tool, "platform", 1, "500.00", "month", "", "", ""))
        table(self.home / "subscriptions.csv",
              ("tool", "plan", "seats", "price_per_seat", "billing_period", "currency", "start_date", "end_date"),
              lines)

    def goals(self):
        lines = []
        if self.chance.random() < 0.7:
            target = self.chance.randint(30, 95)
            lines.append(("*", "adoption", target, target - self.chance.randint(0, 20), self.some_day(), ""))
        if self.chance.random() < 0.4:
            lines.append(("*", "streak", 8, self.chance.randint(2, 6), self.first, ""))
        table(self.home / "goals.csv", ("team_id", "metric", "target", "lower", "start_date", "end_date"), lines)

    def days_off(self):
        away, begin = self.some(self.chance.choice((0, 0, 0.3)))
        lines = [(email, begin, begin + timedelta(days=13), "1", "approved") for email in away]
        for email in self.emails:
            for _ in range(self.chance.choice((0, 0, 1, 3))):
                begin = self.some_day()
                portion = self.chance.choice(("1", "1", "0.5"))
                end = begin if portion == "0.5" else begin + timedelta(days=self.chance.choice((0, 4, 13)))
                lines += [(email, begin, end, portion, self.chance.choice(("approved", "", "requested")))
                          ] * self.chance.choice((1, 1, 2))
        table(self.home / "timeoff.csv", ("email", "start_date", "end_date", "portion", "status"), lines)
        closed = [day for day in self.days() if (day.month, day.day) > (12, 23)] if self.chance.random() < 0.5 else []
        table(self.home / "holidays.csv", ("date", "name", "calendar"),
              sorted({(self.some_day(), "Holiday", self.chance.choice(("*", "PT", "IN"))) for _ in range(4)}
                     | {(day, "Closed", "*") for day in closed}))
        begin = self.some_day()
        self.home.joinpath("DE.ics").write_text(
            f"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1@example.com\nDTSTART;VALUE=DATE:{begin:%Y%m%d}\n"
            f"DTEND;VALUE=DATE:{begin + timedelta(days=2):%Y%m%d}\nSUMMARY:Holiday\nEND:VEVENT\nEND:VCALENDAR\n")

    def identities(self):
        lines = [("-", "copilot", "login", "robot[bot]", "", "")]
        self.logins = {}
        for number, email in enumerate(self.emails + self.strangers):
            self.logins[email] = (7000 + number, email.partition("@")[0].title() + "_rnd")
            if email in self.emails:
                login = number % 3 > 0
                lines.append((email, "copilot", "login" if login else "user_id",
                              self.logins[email][1].lower() if login else self.logins[email][0], "", ""))
        self.key_owner = self.chance.choice((None, self.emails[0]))
        if self.key_owner:
            lines.append((self.key_owner, "claude_code", "api_key", "owned-key", "", ""))
        if len(self.emails) > 2:
            # An account that passes from one person to another.
            change = self.some_day()
            lines.append((self.emails[1], "cursor", "email", "shared@example.com", "", change))
            lines.append((self.emails[2], "cursor", "email", "shared@example.com", change + timedelta(days=1), ""))
        table(self.home / "identities.csv", ("email", "tool", "kind", "value", "start_date", "end_date"), lines)


def make(home, seed):
    maker = Maker(home, seed)
    (home / "exports").mkdir(parents=True)
    maker.settings()
    vendors = {"claude_code": maker.claude, "copilot": maker.copilot, "cursor": maker.cursor}
    for part in (maker.teams, maker.people, maker.licences, maker.contracts, maker.goals,
                 maker.days_off, maker.identities,
                 *(vendors[tool] for tool in maker.vendors), maker.own_tables):
        part()
    return maker.last + timedelta(days=4)
