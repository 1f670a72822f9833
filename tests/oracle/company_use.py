"""Exports of the random companies of company.py: what people used, in the vendors' own files."""

import collections
import csv
import datetime
import gzip
import json
from datetime import date, timedelta

from own_table import COLUMNS

MODELS = ("auto", "default", "claude-sonnet-5", "agent_review")
KINDS = ("Included", "Included", "On-Demand", "Usage-based", "Errored, No Charge", "Aborted, Not Charged")
CURSOR_HEADER = ("Date", "User", "Cloud Agent ID", "Automation ID", "Kind", "Model", "Max Mode",
                 "Input (w/ Cache Write)", "Input (w/o Cache Write)", "Cache Read", "Output Tokens",
                 "Total Tokens", "Cost")
SURFACES = ("completion", "chat", "edit", "agent", "review", "terminal", "other")
TASKS = ("coding", "testing", "debugging", "documentation", "review", "refactoring", "other")
UTC = datetime.timezone.utc


def table(path, header, lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *lines])


class UseMaker:
    """Knows days, emails, strangers, logins, holders, tools and chance of the company."""

    def users(self, tool, day):
        """Who used it that day; some begin late, some stop or do less from a day of their own on."""
        here = []
        for email in self.emails + self.strangers:
            holds = email in self.strangers or email in self.holders[tool] or self.habit[email] > 0.8
            turn, later = self.turns.get(email, (date.max, 1))
            share = self.habit[email] * (0.15 if day.weekday() > 4 else 1) * (later if day >= turn else 1)
            share *= self.shock[1] if day >= self.shock[0] else 1
            if holds and day >= self.starts.get(email, date.min) and self.chance.random() < share:
                here.append(email)
        return here

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
        if chance.random() < self.terminals:
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

    def own_profile(self):
        """What the rows of a tool state: each with its measures and dimensions, or without."""
        chance = self.chance
        return {"sessions": chance.random() < 0.5, "messages": chance.random() < 0.6,
                "tokens": chance.random() < 0.8, "time": chance.random() < 0.6,
                "metered": chance.random() < 0.4, "list_value": chance.random() < 0.5,
                "models": chance.choice((0, 1, 3, 6)), "surface": chance.random() < 0.7,
                "task": chance.random() < 0.6, "label": chance.choice(("", "", *("cost_center", "project", "product")))}

    def own_row(self, tool, profile, day, email, place):
        """`place` tells rows of one person and day apart, by their surface or model."""
        chance, row = self.chance, dict.fromkeys(COLUMNS, "")
        row.update(date=day, email=email, tool=tool, interactions=chance.choice((0, 1, 1, 2, 3, 8)))
        if profile["models"]:
            row["model"] = f"acme-model-{place % profile['models']}"
        if profile["surface"]:
            row["surface"] = SURFACES[(place * 3 + hash_of(email)) % len(SURFACES)]
        if profile["task"] and chance.random() < 0.9:
            row["task"] = TASKS[(place + hash_of(email)) % len(TASKS)]
        if profile["label"]:
            row[profile["label"]] = f"p{hash_of(email) % 3}"
        stated = lambda name: profile[name] and chance.random() < 0.95
        if stated("sessions"):
            row["sessions"] = chance.choice((0, 1, 1, 2, 5))
        if stated("messages"):
            row["messages"] = chance.randint(0, 30)
        if stated("time"):
            row["active_seconds"] = chance.randint(0, 9000)
        if stated("tokens"):
            size = self.size(day)
            row.update(input_tokens=int(chance.randint(0, 20000) * size),
                       output_tokens=int(chance.randint(0, 9000) * size),
                       cache_write_tokens=chance.choice(("", chance.randint(0, 9000))),
                       cache_read_tokens=chance.choice(("", chance.randint(0, 200000))))
        elif chance.random() < 0.1:
            row["unsplit_tokens"] = chance.randint(0, 9000)
        if stated("metered"):
            row["metered"] = f"{chance.randint(0, 900) * self.size(day) / 100:.2f}"
        if stated("list_value"):
            row["list_value"] = f"{chance.randint(0, 900) / 100:.2f}"
        if chance.random() < 0.02:
            row["currency"] = "EUR"
        if any(row[name] for name in ("sessions", "messages", "input_tokens", "output_tokens", "active_seconds")):
            row["interactions"] = row["interactions"] or 1
        return row

    def own_tables(self):
        for tool in self.own_tools:
            profile = self.own_profile()
            rows = 2 if profile["surface"] else 1
            days = {day: [self.own_row(tool, profile, day, email, place)
                          for email in self.users(tool, day) + [""] * (self.chance.random() < 0.1)
                          for place in range(self.chance.randint(1, rows))] for day in self.days()}
            for name, span in self.files(tool + "-{}.csv", self.days()):
                lines = [[row[column] for column in COLUMNS] for day in span for row in days[day]]
                if lines:
                    table(self.home / "exports" / name, COLUMNS, lines)


def hash_of(email):
    return sum(email.encode())
