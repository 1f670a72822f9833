"""Small random companies: set-up files and exports that have the awkward cases in them.

make(home, seed) writes one and returns the day on which the program should run. The same seed
makes the same company. What an earlier export said of a day may be less than a later one says.
"""

import collections
import csv
import datetime
import gzip
import json
import random
from datetime import date, timedelta

TOOLS = ("claude_code", "cursor", "copilot")
ZONES = ("", "", "Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu",
         "Australia/Lord_Howe")
WORK_DAYS = ("", "", "", "xxxxx--", "xxxx---", "-xxx---", "Sun-Thu", "Mon,Wed,Fri")
COUNTRIES = ("", "PT", "DE", "IN")
# Beginnings whose weeks hold a change of clocks, a week 53, a leap day or nothing of the kind.
BEGINNINGS = (date(2026, 3, 2), date(2026, 9, 28), date(2026, 11, 2), date(2027, 12, 6), date(2028, 1, 24),
              date(2026, 6, 1), date(2020, 11, 30))
MODELS = ("auto", "default", "claude-sonnet-5", "agent_review")
KINDS = ("Included", "Included", "On-Demand", "Usage-based", "Errored, No Charge", "Aborted, Not Charged")
CURSOR_HEADER = ("Date", "User", "Cloud Agent ID", "Automation ID", "Kind", "Model", "Max Mode",
                 "Input (w/ Cache Write)", "Input (w/o Cache Write)", "Cache Read", "Output Tokens",
                 "Total Tokens", "Cost")
UTC = datetime.timezone.utc


def table(path, header, lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *lines])


class Maker:
    def __init__(self, home, seed):
        self.home, self.chance = home, random.Random(seed)
        chance = self.chance
        self.first = chance.choice(BEGINNINGS)
        self.weeks = chance.randint(3, 20)
        self.last = self.first + timedelta(weeks=self.weeks, days=-1)
        size = chance.choice((chance.randint(1, 12), chance.randint(5, 30), chance.randint(20, 60)))
        self.emails = [f"person{n:02d}@example.com" for n in range(size)]
        self.strangers = [f"stranger{n}@example.org" for n in range(chance.choice((0, 2, 7)))]
        # A few who are off and on keep the streaks and the flows in motion.
        self.habit = {email: chance.choice((0, 0.05, 0.3, 0.6, 0.9)) for email in self.emails + self.strangers}

    def days(self):
        return [self.first + timedelta(days=n) for n in range(7 * self.weeks)]

    def some_day(self):
        return self.chance.choice(self.days())

    # ---- Set-up files ----

    def settings(self):
        zone = self.chance.choice(("UTC", "UTC", "Europe/Berlin", "America/New_York"))
        self.home.joinpath("tidemark.ini").write_text(
            f"[organisation]\nname = Random\ntime_zone = {zone}\n\n[publishing]\nhistory_weeks = 20\n\n"
            f"[activity]\nregular_tokens = {self.chance.choice((10000, 50000))}\n\n"
            "[paths]\nexports = exports\noutput = out\n")

    def teams(self):
        departments = [f"dept{n}" for n in range(self.chance.randint(0, 3))]
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
        for email in self.emails + ["gone@example.com"]:
            for tool in TOOLS:
                if self.chance.random() > 0.6:
                    continue
                self.holders[tool].add(email)
                begin, end = self.chance.choice(("", self.some_day())), ""
                price = self.chance.choice(("", "", "19.99", "33.333333"))
                currency = "EUR" if price and self.chance.random() < 0.1 else ""
                if self.chance.random() < 0.2:
                    end = self.some_day()
                    if begin and end < begin:
                        begin, end = end, begin
                    if self.chance.random() < 0.5:
                        again = end + timedelta(days=self.chance.choice((1, 2, 9)))
                        lines.append((email, tool, "plan", again, "", price, currency, ""))
                lines.append((email, tool, "plan", begin, end, price, currency, ""))
        for tool in TOOLS:
            if self.chance.random() < 0.3:
                lines.append(("", tool, "plan", "", "", self.chance.choice(("", "12.50")), "", 3))
        if self.chance.random() < 0.85:
            table(self.home / "licenses.csv",
                  ("email", "tool", "plan", "start_date", "end_date", "monthly_price", "currency", "seats"), lines)

    def contracts(self):
        lines = []
        for tool in TOOLS:
            seats = self.chance.randint(1, len(self.emails) + 5)
            price, period = self.chance.choice((("39.00", "month"), ("480.00", "year"), ("19.99", "month"),
                                                ("1000.01", "year")))
            if self.chance.random() < 0.3:
                change = self.some_day()
                lines.append((tool, "plan", seats, price, period, "", "", change))
                lines.append((tool, "plan", seats + 3, "41.07", "month", "", change + timedelta(days=1), ""))
            elif self.chance.random() < 0.8:
                lines.append((tool, "plan", seats, price, period, "", "", ""))
            if self.chance.random() < 0.15:
                lines.append((tool, "platform", 1, "500.00", "month", "", "", ""))
        table(self.home / "subscriptions.csv",
              ("tool", "plan", "seats", "price_per_seat", "billing_period", "currency", "start_date", "end_date"),
              lines)

    def days_off(self):
        lines = []
        for email in self.emails:
            for _ in range(self.chance.choice((0, 0, 1, 3))):
                begin = self.some_day()
                portion = self.chance.choice(("1", "1", "0.5"))
                end = begin if portion == "0.5" else begin + timedelta(days=self.chance.choice((0, 4, 13)))
                lines += [(email, begin, end, portion, self.chance.choice(("approved", "", "requested")))
                          ] * self.chance.choice((1, 1, 2))
        table(self.home / "timeoff.csv", ("email", "start_date", "end_date", "portion", "status"), lines)
        table(self.home / "holidays.csv", ("date", "name", "calendar"),
              {(self.some_day(), "Holiday", self.chance.choice(("*", "PT", "IN"))) for _ in range(4)})
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

    # ---- Exports ----

    def users(self, tool, day):
        return [email for email in self.emails + self.strangers
                if (email in self.strangers or email in self.holders[tool] or self.habit[email] > 0.8)
                and self.chance.random() < self.habit[email] * (0.15 if day.weekday() > 4 else 1)]

    def files(self, name, days):
        """Spans of days that one file each holds: with overlaps, now and then a gap; and its date."""
        at = 0
        while at < len(days):
            length = self.chance.choice((1, 7, 7, 14, 28))
            overlap = self.chance.choice((0, 0, 1, 3, 7))
            span = days[max(0, at - overlap):at + length]
            yield name.format(span[-1] + timedelta(days=1)), span
            at += length + (self.chance.choice((1, 5, 9)) if self.chance.random() < 0.08 else 0)

    def claude_record(self, day, actor):
        chance = self.chance
        api = actor["type"] == "api_actor" or chance.random() < 0.3
        record = {
            "date": f"{day}T00:00:00Z", "actor": actor, "organization_id": "o-1",
            "customer_type": "api" if api else "subscription", "subscription_type": None if api else "team",
            "terminal_type": chance.choice(("tmux", "vscode")), "is_remote": chance.random() < 0.2,
            "core_metrics": {"num_sessions": chance.choice((0, 1, 1, 2, 4)),
                             "lines_of_code": {"added": 1, "removed": 0}, "commits_by_claude_code": 0,
                             "pull_requests_by_claude_code": 0},
            "tool_actions": chance.choice(({}, {"edit_tool": {"accepted": 2, "rejected": 1}})),
            "model_breakdown": [
                {"model": f"claude-{n}", "tokens": {"input": chance.randint(0, 9000), "output": chance.randint(0, 5000),
                                                    "cache_read": chance.randint(0, 90000),
                                                    "cache_creation": chance.choice((0, chance.randint(0, 40000)))},
                 "estimated_cost": {"currency": "USD" if chance.random() < 0.97 else "EUR",
                                    "amount": chance.choice((chance.randint(0, 900), chance.randint(0, 9000) / 4))}}
                for n in range(chance.randint(0, 3))]}
        if not record["is_remote"] and chance.random() < 0.3:
            del record["is_remote"]
        return record

    def claude(self):
        days = collections.defaultdict(dict)
        for day in self.days():
            actors = [{"type": "user_actor", "email_address": self.chance.choice((email, email.title()))}
                      for email in self.users("claude_code", day)]
            actors += [{"type": "api_actor", "api_key_name": name} for name in ("owned-key", "ci-key")
                       if self.chance.random() < 0.3]
            for actor in actors:
                for _ in range(self.chance.choice((1, 1, 2))):
                    record = self.claude_record(day, actor)
                    key = json.dumps([actor, record["customer_type"], record["terminal_type"],
                                      record.get("is_remote", False)])
                    days[day][key] = record
        for name, span in self.files("claude-code-analytics-{}", self.days()):
            records = [self.revised(record, day, span, lambda: self.claude_record(day, record["actor"]))
                       for day in span for record in days[day].values()]
            folder = self.home / "exports"
            if not records:
                continue
            if self.chance.random() < 0.5:
                page = {"data": records, "has_more": False, "next_page": None}
                (folder / f"{name}.json").write_text(json.dumps(page))
            else:
                (folder / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))

    def revised(self, record, day, span, other):
        """What an export says of its own last day may be wrong as long as a later one puts it right."""
        if day != span[-1] or self.chance.random() < 0.5:
            return record
        early = other()
        same = ("customer_type", "subscription_type", "terminal_type", "user_id", "user_login", "is_remote")
        early.update({key: record[key] for key in same if key in record})
        if "is_remote" not in record:
            early.pop("is_remote", None)
        return early

    def copilot_row(self, day, email):
        chance = self.chance
        prompts = chance.choice((0, 0, 2, 9))
        row = {"day": str(day), "enterprise_id": "7", "organization_id": "8",
               "user_id": self.logins[email][0], "user_login": self.logins[email][1],
               "user_initiated_interaction_count": prompts,
               "code_generation_activity_count": chance.choice((0, 3)),
               "code_acceptance_activity_count": chance.choice((0, 0, 1)),
               "loc_suggested_to_add_sum": 0, "loc_suggested_to_delete_sum": 0, "loc_added_sum": 0,
               "loc_deleted_sum": 0, "used_agent": False, "used_chat": chance.random() < 0.1,
               "used_copilot_code_review_passive": chance.random() < 0.2, "totals_by_ide": [],
               "totals_by_feature": [], "totals_by_language_feature": [], "totals_by_model_feature": []}
        if chance.random() < 0.6:
            row["ai_credits_used"] = chance.choice((0, 5.25, 12, 0.125))
        if chance.random() < 0.3:
            row["totals_by_cli"] = {
                "session_count": chance.randint(1, 3), "request_count": 9, "prompt_count": chance.randint(1, 5),
                "token_usage": {"prompt_tokens_sum": chance.randint(0, 300000),
                                "output_tokens_sum": chance.randint(0, 9000), "avg_tokens_per_request": None}}
        return row

    def copilot(self):
        days = {day: [self.copilot_row(day, email) for email in self.users("copilot", day)] for day in self.days()}
        emails = {user: email for email, (user, _) in self.logins.items()}
        for name, span in self.files("users-28-day_{}.ndjson", self.days()):
            records = []
            for day in span:
                for row in days[day]:
                    row = self.revised(row, day, span, lambda: self.copilot_row(day, emails[row["user_id"]]))
                    records.append({**row, "report_start_day": str(span[0]), "report_end_day": str(span[-1])}
                                   if len(span) == 28 else row)
            if records:
                data = "".join(json.dumps(row) + "\n" for row in records).encode()
                if self.chance.random() < 0.3:
                    (self.home / "exports" / f"{name}.gz").write_bytes(gzip.compress(data, mtime=0))
                else:
                    (self.home / "exports" / name).write_bytes(data)

    def event(self, instant, email, automation=""):
        chance = self.chance
        kind = chance.choice(KINDS)
        numbers = [chance.choice((0, chance.randint(1, 30000))) for _ in range(4)]
        tokens = [*numbers, sum(numbers)]
        if kind.startswith(("Errored", "Aborted")):
            tokens = [""] * 5
        elif chance.random() < 0.05:
            tokens = ["", "", "", "", chance.randint(1, 9999)]
        cost = {"On-Demand": f"${chance.randint(0, 500) / 100:.2f}", "Usage-based": f"{chance.randint(0, 99) / 100}",
                "Included": chance.choice(("Included", "0.19", "-", ""))}.get(kind, "-")
        stamp = instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"
        agent = "bc-1" if chance.random() < 0.1 else ""
        return (stamp, email, agent, automation, kind, chance.choice(MODELS), "No", *tokens, cost)

    def cursor(self):
        days = {}
        for day in self.days():
            rows = []
            midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=UTC)
            for email in self.users("cursor", day) + ["shared@example.com"] * (self.chance.random() < 0.2):
                at = midnight + timedelta(minutes=self.chance.randint(0, 1380))
                for _ in range(self.chance.randint(1, 6)):
                    row = self.event(at, email)
                    rows += [row] * self.chance.choice((1, 1, 1, 1, 2))
                    at += timedelta(minutes=self.chance.choice((0, 1, 29, 30, 31, 200)),
                                    milliseconds=self.chance.choice((0, 0, -1, 1, 500)))
                    if at >= midnight + timedelta(days=1):
                        break
            if self.chance.random() < 0.2:
                rows.append(self.event(midnight, "", "0f96aa21-da33-4828-aaaf-14756b0d93e0"))
            days[day] = [row for row in rows if row[0] >= str(day)]
        for name, span in self.files("team-usage-events-1-{}.csv", self.days()):
            rows = [row for day in reversed(span) for row in reversed(days[day])]
            if rows:
                table(self.home / "exports" / name, CURSOR_HEADER, rows)


def make(home, seed):
    maker = Maker(home, seed)
    (home / "exports").mkdir(parents=True)
    maker.settings()
    for part in (maker.teams, maker.people, maker.licences, maker.contracts, maker.days_off, maker.identities,
                 maker.claude, maker.copilot, maker.cursor):
        part()
    return maker.last + timedelta(days=4)
