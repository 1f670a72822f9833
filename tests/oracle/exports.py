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
from own_table import NO_CUT, Cut, OwnTable
from precedence import SLOTS, SOURCES, choose

SESSION_GAP = timedelta(minutes=30)  # between whole minutes: times are kept to the minute
SEVERAL = 5
FLAGS = ("used_agent", "used_chat", "used_cli", "used_copilot_app", "used_vscode_agent",
         "used_copilot_coding_agent", "used_copilot_cloud_agent", "used_copilot_code_review_active")


# Since this day prompts in the terminal are in Copilot's counter, even where a row lists no features.
TERMINAL_COUNTED = date(2026, 4, 10)
COPILOT_TOOLS = {"totals_by_cli": "copilot_cli", "totals_by_copilot_app": "copilot_app"}


def copilot_figures(row):
    figures = collections.Counter()
    features = row.get("totals_by_feature")
    listed = {feature["feature"] for feature in features or ()}
    recent = features is None and date.fromisoformat(row["day"]) >= TERMINAL_COUNTED
    held = added = 0
    sign = any(row.get(flag) for flag in FLAGS)
    for name, feature in COPILOT_TOOLS.items():
        part = row.get(name) or {}
        if recent or feature in listed:
            held += part.get("prompt_count") or 0
        else:
            added += part.get("prompt_count") or 0
        tokens = part.get("token_usage") or {}
        for measure, value in (("sessions", part.get("session_count")),
                               ("unsplit_tokens", tokens.get("prompt_tokens_sum")),
                               ("output_tokens", tokens.get("output_tokens_sum"))):
            if value is not None:
                figures[measure] += value
        sign = sign or bool(part.get("session_count") or part.get("request_count"))
    editor = row.get("totals_by_vscode_agent") or {}
    if editor.get("session_count") is not None:
        figures["sessions"] += editor["session_count"]
        sign = sign or editor["session_count"] > 0
    figures["messages"] = max(row["user_initiated_interaction_count"], held) + added
    if row.get("ai_credits_used") is not None:
        figures["list_value"] = int(Decimal(row["ai_credits_used"]) * 10000)
        sign = sign or row["ai_credits_used"] > 0
    figures["interactions"] = max(figures["messages"], editor.get("total_user_messages") or 0) + row[
        "code_acceptance_activity_count"] + sum(item["user_initiated_interaction_count"]
                                                for item in row.get("totals_by_3rd_party_agent") or ())
    if not figures["interactions"] and sign:
        figures["interactions"] = 1
    return figures


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


class Exports(ClientExports, OwnTable):
    """use[account][tool][day] -> Counter; accounts are ('person', address), ('other', …), ('service', …).

    Figures have only the measures that a source states. cuts[account][tool][day] -> {Cut: Counter}
    says what the use was for, as far as sources tell.
    """

    def __init__(self, company):
        self.company = company
        self.use = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(collections.Counter)))
        self.cuts = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(lambda: collections.defaultdict(collections.Counter))))
        self.covered = collections.defaultdict(set)  # by tool, for everybody
        self._rows = collections.defaultdict(lambda: collections.defaultdict(
            lambda: collections.defaultdict(lambda: collections.defaultdict(
                collections.Counter))))  # by account, source, day and Cut
        self._covered = collections.defaultdict(set)  # by source and account; None: everybody's
        self._requests = collections.defaultdict(lambda: collections.defaultdict(list))
        self._prompts = collections.defaultdict(dict)
        self._kept = {}
        self._events = collections.defaultdict(list)
        for path in sorted(company.exports.rglob("*")):
            if path.is_file() and path.stat().st_size and not path.name.startswith("."):
                self._read(path)
        self._cover_tools()
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
        elif text.startswith("date,email,"):
            self._own_table(rank_of(path), text)
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
            self._covered[source, account].update(span)

    def _cover_tools(self):
        """Days that are known of a tool: from sources of everybody, or from those of several people."""
        shared = {SOURCES[source].tool for source, account in self._covered if account is None}
        owners = collections.defaultdict(set)
        for (source, account), days in self._covered.items():
            for week in {week_of(day) for day in days} if account else ():
                owners[SOURCES[source].tool, week].add(account)
        for (source, account), days in self._covered.items():
            tool = SOURCES[source].tool
            self.covered[tool].update(day for day in days if account is None or tool not in shared
                                      or len(owners[tool, week_of(day)]) >= SEVERAL)

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
            figures = collections.Counter(interactions=record["core_metrics"]["num_sessions"],
                                          sessions=record["core_metrics"]["num_sessions"])
            used = sum(action["accepted"] + action["rejected"] for action in record["tool_actions"].values())
            surface = "agent" if record.get("is_remote") else "terminal"
            parts = [(Cut(None, surface, None, None), figures)]
            for part in record["model_breakdown"]:
                tokens, cost = part["tokens"], part["estimated_cost"]
                amounts = collections.Counter()
                for slot, name in zip(SLOTS, ("input", "cache_creation", "output", "cache_read")):
                    amounts[slot] = tokens[name]
                    used += tokens[name]
                if cost["currency"] == "USD":
                    money = "cost_metered" if record["customer_type"] == "api" else "list_value"
                    amounts[money] = int(Decimal(cost["amount"]) * 10000)
                parts.append((Cut(part["model"], surface, None, None), amounts))
            if not figures["interactions"] and used:
                figures["interactions"] = 1
            days.append(day)
            self._keep(("claude_code", day, identity, record.get("organization_id"), record["customer_type"],
                        record.get("subscription_type"), record.get("terminal_type"),
                        bool(record.get("is_remote"))), rank,
                       ("analytics", self._account("claude_code", [identity], day, service), day, parts))
        self._cover("analytics", days)

    def _copilot(self, path, values):
        days = []
        for row, page in values:
            day = date.fromisoformat(row["day"])
            days.append(day)
            stated = [row.get(name) or page.get(name) for name in ("report_start_day", "report_end_day")]
            days += [date.fromisoformat(text) for text in stated if text]
            exported = page.get("created_at")
            figures = copilot_figures(row)
            account = self._account("copilot", [("user_id", str(row["user_id"])), ("login", row["user_login"])],
                                    day, False)
            scope = row.get("organization_id") or page.get("organization_id") or row.get("enterprise_id")
            self._keep(("copilot", scope, row["user_id"], day),
                       rank_of(path, read_instant(exported) if exported else None),
                       ("copilot", account, day, [(NO_CUT, figures)]))
        self._cover("copilot", days)

    def _cursor(self, path, text):
        """Rows have no id: alike ones are as many events as in the file where they are most."""
        rank, days, here = rank_of(path), [], collections.Counter()
        number = lambda cell: int(cell.replace(",", "")) if cell else 0
        for row in csv.DictReader(io.StringIO(text)):
            row = collections.defaultdict(str, {key: value or "" for key, value in row.items()})
            parts = [row["Input (w/o Cache Write)"], row["Input (w/ Cache Write)"], row["Output Tokens"],
                     row["Cache Read"]]
            figures = collections.Counter({slot: number(cell) for slot, cell in zip(SLOTS, parts) if cell})
            if not any(parts) and row["Total Tokens"]:
                figures["unsplit_tokens"] = number(row["Total Tokens"])
            kind = row["Kind"].lower()
            failed = kind.startswith(("errored", "aborted"))
            billed = kind.startswith(("on-demand", "usage-based"))
            figures["interactions"] = int(not failed)
            cost = re.sub("[$, ]", "", row["Cost"])
            figures["cost_metered"] = 0  # each kind that we know says who pays
            if re.fullmatch(r"\d+(\.\d+)?", cost):
                amount = int(Decimal(cost) * 1000000)
                if billed:
                    figures["cost_metered"] = amount
                elif not failed:
                    figures["list_value"] = amount
            instant = read_instant(row["Date"]) if "T" in row["Date"] else None
            day = instant.date() if instant else date.fromisoformat(row["Date"])
            service = bool(row["Automation ID"]) or not row["User"]
            account = self._account("cursor", [("email", row["User"])], day, service)
            if row["Automation ID"] and account[0] == "person":
                account = ("service", "cursor:" + account[1])
            model = {"default": "auto"}.get(row["Model"], row["Model"])
            surface = ("agent" if row["Cloud Agent ID"] or row["Automation ID"] else
                       "review" if model == "agent_review" else None)
            key = ("cursor", row["Date"], row["User"].lower(), model, *parts, row["Total Tokens"])
            here[key] += 1
            if account[0] == "person" and instant:
                day = self.company.local_day(account[1], instant)
            elif instant:
                day = instant.astimezone(self.company.zone).date()
            days.append(instant.date() if instant else day)
            self._keep((*key, here[key]), rank,
                       ("cursor", account, day, [(Cut(model, surface, None, None), figures)], instant))
        self._cover("cursor", days)

    def _add_up(self):
        for _, (source, account, day, parts, *instant) in self._kept.values():
            for cut, figures in parts:
                self._rows[account][source][day][cut].update(figures)
            if instant and parts[0][1]["interactions"]:
                at = instant[0] and instant[0].replace(second=0, microsecond=0)
                self._events[account].append((at, day))
        for account, events in self._events.items():
            before = None
            for instant, day in sorted((event for event in events if event[0]), key=lambda event: event[0]):
                if before is None or instant - before >= SESSION_GAP:
                    self._rows[account]["cursor"][day][NO_CUT]["sessions"] += 1
                before = instant
            for day in {day for instant, day in events if instant is None}:
                self._rows[account]["cursor"][day][NO_CUT]["sessions"] += 1
            for _, day in events:
                self._rows[account]["cursor"][day][NO_CUT]["sessions"] += 0  # stated, if only as none
        self._add_requests()
        for account, sources in self._rows.items():
            for tool in {SOURCES[name].tool for name in sources}:
                self._merge(account, tool, sources)

    def _merge(self, account, tool, sources):
        """Weeks of one account and tool: from what each source has to what counts."""
        names = [name for name, source in SOURCES.items() if source.tool == tool]
        covered = {name: self._covered[name, account if SOURCES[name].personal else None] for name in names}
        for week in {week_of(day) for name in names for day in sources.get(name, ())}:
            rows = {name: {day: cuts for day, cuts in sources[name].items() if week_of(day) == week}
                    for name in names if name in sources}
            for measure, day, name in choose(rows, covered, week, self.company.usual_work_days):
                for cut, figures in rows.get(name, {}).get(day, {}).items():
                    if measure in figures:
                        self.use[account][tool][day][measure] += figures[measure]
                        self.cuts[account][tool][day][cut][measure] += figures[measure]
