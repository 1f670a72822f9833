"""What the exports of a company say: figures of an account, a tool and a day, each use once."""

import collections
import csv
import datetime
import gzip
import hashlib
import io
import json
import re
from datetime import date, timedelta
from decimal import Decimal

from calendar_days import days_between, read_instant, week_of
from client_exports import ClientExports
from precedence import MONEY, SLOTS, SOURCES, merge

SESSION_GAP = timedelta(minutes=30)  # between whole minutes: times are kept to the minute
FLAGS = ("used_agent", "used_chat", "used_cli", "used_copilot_app", "used_vscode_agent",
         "used_copilot_coding_agent", "used_copilot_cloud_agent", "used_copilot_code_review_active")


def text_of(path):
    data = path.read_bytes()
    return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")


def rank_of(path, exported=None):
    """What tells which of two exports is the later one."""
    dates = re.findall(r"\d{4}-\d{2}-\d{2}", path.name)
    when = exported or (read_instant(dates[-1] + "T00:00:00Z") if dates else
                        datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.timezone.utc))
    return when, hashlib.sha256(path.read_bytes()).digest()


def json_values(text):
    decoder, at = json.JSONDecoder(parse_float=Decimal), 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        yield value


def records_of(value, pages):
    """Records of what may be a record, a page, or an array of either; with the page of each."""
    if isinstance(value, list):
        for item in value:
            yield from records_of(item, pages)
    elif isinstance(value, dict):
        inner = next((value[key] for key in pages if isinstance(value.get(key), list)), None)
        if inner is None:
            yield value, {}
        else:
            for item in inner:
                yield item, value


class Exports(ClientExports):
    """use[account][tool][day] -> Counter; accounts are ('person', address), ('other', …), ('service', …)."""

    def __init__(self, company):
        self.company = company
        self.use = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(collections.Counter)))
        self.covered = collections.defaultdict(set)  # by tool, for everybody
        self._rows = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(collections.Counter)))  # by account, source and day
        self._covered = collections.defaultdict(set)  # by source and account; None: everybody's
        self._requests = collections.defaultdict(lambda: collections.defaultdict(list))
        self._kept = {}
        self._events = collections.defaultdict(list)
        for path in sorted(company.exports.rglob("*")):
            if path.is_file() and path.stat().st_size and not path.name.startswith("."):
                self._read(path)
        self._add_up()

    def _read(self, path):
        text = text_of(path)
        if text.lstrip()[:1] in "[{":
            if self._read_client(path, list(json_values(text))):
                return
            values = [pair for value in json_values(text) for pair in records_of(value, ("data", "day_totals"))]
            if any("actor" in record for record, _ in values):
                self._claude(path, values)
            elif any("user_login" in record for record, _ in values):
                self._copilot(path, values)
        elif text.startswith(("Date,", '"Date"')):
            self._cursor(path, text)
        elif '"aic_quantity"' in text.partition("\n")[0]:
            self._bill(rank_of(path), text)

    def _read_client(self, path, values):
        first = values[0]
        if not isinstance(first, dict):
            return False
        if "sessionId" in first:
            self._transcripts(path, values)
        elif "resourceLogs" in first:
            self._collector(values)
        elif "hrTime" in first:
            self._gemini(values)
        elif "daily" in first:
            self._ccusage(path, first)
        else:
            return False
        return True

    def _cover(self, source, days, account=None):
        if days:
            span = list(days_between(min(days), max(days)))
            self.covered[SOURCES[source].tool].update(span)
            self._covered[source, account].update(span)

    def _account(self, tool, identities, day, service):
        for kind, value in identities:
            email = self.company.resolve(tool, kind, value, day) if value else None
            if email == "-":
                return "service", f"{tool}:{kind}:{value}"
            if email:
                return "person", email
        kind, value = next((pair for pair in identities if pair[1]), ("", ""))
        return "service" if service else "other", f"{tool}:{kind}:{value.lower()}"

    def _keep(self, key, rank, record):
        if key not in self._kept or self._kept[key][0] < rank:
            self._kept[key] = (rank, record)

    def _claude(self, path, values):
        rank, days = rank_of(path), []
        for record, _ in values:
            day, actor = date.fromisoformat(record["date"][:10]), record["actor"]
            service = actor["type"] == "api_actor"
            identity = ("api_key", actor["api_key_name"]) if service else ("email", actor["email_address"])
            figures = collections.Counter(sessions=record["core_metrics"]["num_sessions"])
            figures["interactions"] = figures["sessions"] + sum(
                action["accepted"] + action["rejected"] for action in record["tool_actions"].values())
            for part in record["model_breakdown"]:
                tokens, cost = part["tokens"], part["estimated_cost"]
                for slot, name in zip(SLOTS, ("input", "cache_creation", "output", "cache_read")):
                    figures[slot] += tokens[name]
                    figures["interactions"] += tokens[name]
                if cost["currency"] == "USD":
                    money = "cost_metered" if record["customer_type"] == "api" else "list_value"
                    figures[money] += int(Decimal(cost["amount"]) * 10000)
            days.append(day)
            self._keep(("claude_code", day, identity, record.get("organization_id"), record["customer_type"],
                        record.get("subscription_type"), record.get("terminal_type"),
                        bool(record.get("is_remote"))), rank,
                       ("analytics", self._account("claude_code", [identity], day, service), day, figures))
        self._cover("analytics", days)

    def _copilot(self, path, values):
        days = []
        for row, page in values:
            day = date.fromisoformat(row["day"])
            days.append(day)
            stated = [row.get(name) or page.get(name) for name in ("report_start_day", "report_end_day")]
            days += [date.fromisoformat(text) for text in stated if text]
            exported = page.get("created_at")
            figures = collections.Counter(
                interactions=row["user_initiated_interaction_count"] + row["code_acceptance_activity_count"]
                + sum(item["user_initiated_interaction_count"] for item in row.get("totals_by_3rd_party_agent") or ())
                + any(row.get(flag) for flag in FLAGS))
            credits = row.get("ai_credits_used") or 0
            figures["list_value"] = int(Decimal(credits) * 10000)
            figures["interactions"] += credits > 0
            for name in ("totals_by_cli", "totals_by_copilot_app", "totals_by_vscode_agent"):
                part = row.get(name) or {}
                figures["sessions"] += part.get("session_count") or 0
                figures["interactions"] += part.get("prompt_count") or part.get("total_user_messages") or 0
                tokens = part.get("token_usage") or {}
                figures["unsplit_tokens"] += tokens.get("prompt_tokens_sum") or 0
                figures["output_tokens"] += tokens.get("output_tokens_sum") or 0
            account = self._account("copilot", [("user_id", str(row["user_id"])), ("login", row["user_login"])],
                                    day, False)
            scope = row.get("organization_id") or page.get("organization_id") or row.get("enterprise_id")
            self._keep(("copilot", scope, row["user_id"], day),
                       rank_of(path, read_instant(exported) if exported else None),
                       ("copilot", account, day, figures))
        self._cover("copilot", days)

    def _cursor(self, path, text):
        """Rows have no id: alike ones are as many events as in the file where they are most."""
        rank, days, here = rank_of(path), [], collections.Counter()
        number = lambda cell: int(cell.replace(",", "")) if cell else 0
        for row in csv.DictReader(io.StringIO(text)):
            row = collections.defaultdict(str, {key: value or "" for key, value in row.items()})
            parts = [row["Input (w/o Cache Write)"], row["Input (w/ Cache Write)"], row["Output Tokens"],
                     row["Cache Read"]]
            figures = collections.Counter({slot: number(cell) for slot, cell in zip(SLOTS, parts)})
            if not any(parts):
                figures["unsplit_tokens"] = number(row["Total Tokens"])
            kind = row["Kind"].lower()
            figures["interactions"] = int(not kind.startswith(("errored", "aborted")))
            cost = re.sub("[$, ]", "", row["Cost"])
            if re.fullmatch(r"\d+(\.\d+)?", cost):
                billed = kind.startswith(("on-demand", "usage-based"))
                figures["cost_metered" if billed else "list_value"] = int(Decimal(cost) * 1000000)
            instant = read_instant(row["Date"]) if "T" in row["Date"] else None
            day = instant.date() if instant else date.fromisoformat(row["Date"])
            service = bool(row["Automation ID"]) or not row["User"]
            account = self._account("cursor", [("email", row["User"])], day, service)
            if row["Automation ID"] and account[0] == "person":
                account = ("service", "cursor:" + account[1])
            model = {"default": "auto"}.get(row["Model"], row["Model"])
            key = ("cursor", row["Date"], row["User"].lower(), model, *parts, row["Total Tokens"])
            here[key] += 1
            if account[0] == "person" and instant:
                day = self.company.local_day(account[1], instant)
            elif instant:
                day = instant.astimezone(self.company.zone).date()
            days.append(instant.date() if instant else day)
            self._keep((*key, here[key]), rank, ("cursor", account, day, figures, instant))
        self._cover("cursor", days)

    def _add_up(self):
        for _, (source, account, day, figures, *instant) in self._kept.values():
            self._rows[account][source][day].update(figures)
            if instant and figures["interactions"]:
                at = instant[0] and instant[0].replace(second=0, microsecond=0)
                self._events[account].append((at, day))
        for account, events in self._events.items():
            before = None
            for instant, day in sorted((event for event in events if event[0]), key=lambda event: event[0]):
                if before is None or instant - before >= SESSION_GAP:
                    self._rows[account]["cursor"][day]["sessions"] += 1
                before = instant
            for day in {day for instant, day in events if instant is None}:
                self._rows[account]["cursor"][day]["sessions"] += 1
        self._add_requests()
        for account, sources in self._rows.items():
            for tool in {SOURCES[name].tool for name in sources}:
                self._merge(account, tool, sources)

    def _merge(self, account, tool, sources):
        """Weeks of one account and tool: from what each source has to what counts."""
        names = [name for name, source in SOURCES.items() if source.tool == tool]
        covered = {name: self._covered[name, account if SOURCES[name].personal else None] for name in names}
        for week in {week_of(day) for name in names for day in sources.get(name, ())}:
            rows = {name: {day: figures for day, figures in sources[name].items() if week_of(day) == week}
                    for name in names if name in sources}
            for day, figures in merge(rows, covered, week, self.company.usual_work_days).items():
                self.use[account][tool][day].update(figures)
