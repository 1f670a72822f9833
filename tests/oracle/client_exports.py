"""What clients and bills say of use, for exports.py: transcripts, telemetry, ccusage, AI credits."""

import collections
import csv
import io
from datetime import date
from decimal import Decimal

from calendar_days import half_even, read_instant
from own_table import Cut
from precedence import FOUR_SLOTS, SLOTS

# Dollars for a million tokens by slot, cache writes kept for five minutes.
PRICES = {
    "claude-opus-5": ("5", "6.25", "25", "0.5"),
    "claude-sonnet-5": ("2", "2.5", "10", "0.2"),
    "claude-haiku-4-5-20251001": ("1", "1.25", "5", "0.1"),
}
TIMED = ("transcripts",)  # whose records have no time of their own, but instants
LONGEST_GAP = 30 * 60
USAGE = ("input_tokens", "cache_creation_input_tokens", "output_tokens", "cache_read_input_tokens")


BILL_SURFACES = {"coding_agent": "agent", "coding agent": "agent", "code review": "review", "code_review": "review",
                 "spark": "other"}


def price(prices, tokens):
    """In millionths: dollars for a million are millionths for one."""
    return half_even(sum(Decimal(each) * count for each, count in zip(prices, tokens)))


def attributes_of(record):
    return {pair["key"]: next(iter(pair["value"].values())) for pair in record["attributes"]}


def terminal(model=None):
    return Cut(model, "terminal", None, None)


def figures_of(tokens, value):
    return collections.Counter(dict(zip(SLOTS, tokens)), interactions=1, list_value=value)


class ClientExports:
    def _instant_day(self, account, instant):
        if account[0] == "person":
            return self.company.local_day(account[1], instant)
        return instant.astimezone(self.company.zone).date()

    def _take_request(self, source, tool, identity, instant, session, key, figures, cut):
        """A request of a client; days on which an account has any are covered in between."""
        account = self._account(tool, [identity], instant.date(), False)
        day = self._instant_day(account, instant)
        self._requests[source, account][key].append((instant, session, day, figures, cut))
        return account, day

    def _take_prompt(self, source, tool, identity, instant, key):
        """What a person wrote; the request that answers it is the interaction."""
        account = self._account(tool, [identity], instant.date(), False)
        day = self._instant_day(account, instant)
        prompts = self._prompts[source, account]
        prompts[key] = min(prompts.get(key, (instant, day)), (instant, day))
        return account, day

    def _cover_personal(self, source, taken):
        spans = collections.defaultdict(list)
        for account, day in taken:
            spans[account].append(day)
        for account, days in spans.items():
            self._cover(source, days, account)

    def _transcripts(self, path, lines):
        taken, place = [], ("path", path.relative_to(self.company.exports).as_posix())
        for line in lines:
            instant = read_instant(line["timestamp"])
            if line["type"] != "assistant":
                if not line["isSidechain"]:
                    taken.append(self._take_prompt("transcripts", "claude_code", place, instant, line["uuid"]))
                continue
            message = line["message"]
            tokens = [message["usage"][name] for name in USAGE]
            figures = figures_of(tokens, price(PRICES[message["model"]], tokens))
            taken.append(self._take_request("transcripts", "claude_code", place, instant, line["sessionId"],
                                            message["id"], figures,
                                            Cut(message["model"], "agent" if line["isSidechain"] else "terminal",
                                                None, None)))
        self._cover_personal("transcripts", taken)

    def _collector(self, values):
        taken = []
        records = (record for value in values for resource in value["resourceLogs"]
                   for scope in resource["scopeLogs"] for record in scope["logRecords"])
        for event in map(attributes_of, records):
            identity, instant = ("email", event["user.email"]), read_instant(event["event.timestamp"])
            if event["event.name"] == "user_prompt":
                key = event["session.id"], event["event.sequence"], event["event.timestamp"]
                taken.append(self._take_prompt("collector", "claude_code", identity, instant, key))
            elif event["event.name"] == "api_request":
                names = ("input_tokens", "cache_creation_tokens", "output_tokens", "cache_read_tokens")
                figures = figures_of([int(event[name]) for name in names], int(event["cost_usd_micros"]))
                taken.append(self._take_request("collector", "claude_code", identity, instant, event["session.id"],
                                                event["request_id"], figures, terminal(event["model"])))
        self._cover_personal("collector", taken)

    def _gemini(self, values):
        taken = []
        prices = {row["model"]: row for row in self.company.prices}
        for event in (value["attributes"] for value in values):
            identity, instant = ("email", event["user.email"]), read_instant(event["event.timestamp"])
            key = (event["session.id"], event["event.timestamp"])
            if event["event.name"] == "gemini_cli.user_prompt":
                taken.append(self._take_prompt("gemini", "gemini_cli", identity, instant, key))
            if event["event.name"] != "gemini_cli.api_response":
                continue
            cached = event["cached_content_token_count"]
            tokens = (event["input_token_count"] - cached, 0,
                      event["output_token_count"] + event["thoughts_token_count"], cached)
            row = prices[event["model"]]
            value = price((row["input"], "0", row["output"], row["cache_read"]), tokens)
            taken.append(self._take_request(
                "gemini", "gemini_cli", identity, instant, event["session.id"], key, figures_of(tokens, value),
                terminal(event["model"])))
        self._cover_personal("gemini", taken)

    def _ccusage(self, path, report):
        taken, place = [], ("path", path.relative_to(self.company.exports).as_posix())
        for row in report["daily"]:
            day = date.fromisoformat(row["date"])
            account = self._account("claude_code", [place], day, False)
            for part in row["modelBreakdowns"]:
                names = ("inputTokens", "cacheCreationTokens", "outputTokens", "cacheReadTokens")
                figures = figures_of([part[name] for name in names], int(Decimal(str(part["cost"])) * 1000000))
                self._keep(("ccusage", account, day, part["modelName"]), (),
                           ("ccusage", account, day, [(terminal(part["modelName"]), figures)]))
            taken.append((account, day))
        self._cover_personal("ccusage", taken)

    def _bill(self, rank, text):
        days = []
        for row in csv.DictReader(io.StringIO(text)):
            day = date.fromisoformat(row["date"])
            account = self._account("copilot", [("login", row["username"])], day, False)
            net, gross = (int(Decimal(row[name]) * 1000000) for name in ("net_amount", "gross_amount"))
            money = collections.Counter(interactions=Decimal(row["quantity"]) > 0, cost_metered=net,
                                        list_value=gross - net)
            tokens = collections.Counter(dict(zip(FOUR_SLOTS, (int(row[name]) for name in (
                "input", "cache_write", "output", "cache_read")))))
            key = (day, row["username"].lower(), row["sku"], row["model"])
            text = row["sku"].lower() + " " + row["model"].lower()
            surface = next((surface for word, surface in BILL_SURFACES.items() if word in text), None)
            label = "cost_center:" + row["cost_center_name"] if row["cost_center_name"] else None
            cut = Cut(row["model"].removeprefix("Auto: ") or None, surface, None, label)
            self._keep(("bill", *key), rank, ("bill", account, day, [(cut, money)]))
            self._keep(("bill_tokens", *key), rank, ("bill_tokens", account, day, [(cut, tokens)]))
            days.append(day)
        for source in ("bill", "bill_tokens"):
            self._cover(source, days)

    def _add_requests(self):
        """Each request once, at its earliest; a session once, on the day of its first request."""
        for (source, account), prompts in self._prompts.items():
            for _, day in prompts.values():
                self._rows[account][source][day][terminal()]["messages"] += 1
        for (source, account), requests in self._requests.items():
            sessions, shared, instants = {}, [], set()
            for copies in requests.values():
                instant, _, day, figures, cut = min(copies, key=lambda copy: copy[0])
                self._rows[account][source][day][cut].update(figures)
                instants.add((instant.replace(second=0, microsecond=0), day))
                names = {name for _, name, *_ in copies}
                if len(names) > 1:
                    shared.append((names, instant, day))
                else:
                    name = names.pop()
                    sessions[name] = min(sessions.get(name, (instant, day)), (instant, day))
            for names, instant, day in sorted(shared, key=lambda entry: entry[1]):
                # A fork's copies: they date the session that counts by itself.
                name = min(names & sessions.keys() or names, key=lambda each: sessions.get(each, (instant, day)))
                sessions[name] = min(sessions.get(name, (instant, day)), (instant, day))
            days = {day for _, day in instants}
            for day in days:
                self._rows[account][source][day][terminal()]["sessions"] += 0  # stated, if only as none
            for _, day in sessions.values():
                self._rows[account][source][day][terminal()]["sessions"] += 1
            if source in TIMED:
                self._add_time(self._rows[account][source], sorted(instants))

    @staticmethod
    def _add_time(rows, instants):
        """Minutes between requests under 30 minutes apart, on the day of the earlier one."""
        for _, day in instants:
            rows[day][terminal()]["active_seconds"] += 0
        for (before, day), (after, _) in zip(instants, instants[1:]):
            if (after - before).total_seconds() < LONGEST_GAP:
                rows[day][terminal()]["active_seconds"] += int((after - before).total_seconds())
