"""What clients and bills say of use, for exports.py: transcripts, telemetry, ccusage, AI credits."""

import collections
import csv
import io
import json
from datetime import date
from decimal import Decimal

from calendar_days import half_even, read_instant
from precedence import FOUR_SLOTS, SLOTS

# Dollars for a million tokens by slot, cache writes kept for five minutes.
PRICES = {
    "claude-opus-5": ("5", "6.25", "25", "0.5"),
    "claude-sonnet-5": ("2", "2.5", "10", "0.2"),
    "claude-haiku-4-5-20251001": ("1", "1.25", "5", "0.1"),
}
USAGE = ("input_tokens", "cache_creation_input_tokens", "output_tokens", "cache_read_input_tokens")


def price(prices, tokens):
    """In millionths: dollars for a million are millionths for one."""
    return half_even(sum(Decimal(each) * count for each, count in zip(prices, tokens)))


def attributes_of(record):
    return {pair["key"]: next(iter(pair["value"].values())) for pair in record["attributes"]}


def figures_of(tokens, value):
    return collections.Counter(dict(zip(SLOTS, tokens)), interactions=1, list_value=value)


class ClientExports:
    def _instant_day(self, account, instant):
        if account[0] == "person":
            return self.company.local_day(account[1], instant)
        return instant.astimezone(self.company.zone).date()

    def _take_request(self, source, tool, identity, instant, session, key, figures):
        """A request of a client; days on which an account has any are covered in between."""
        account = self._account(tool, [identity], instant.date(), False)
        day = self._instant_day(account, instant)
        self._requests[source, account][key].append((instant, session, day, figures))
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
                account = self._account("claude_code", [place], instant.date(), False)
                taken.append((account, self._instant_day(account, instant)))
                continue
            message = line["message"]
            tokens = [message["usage"][name] for name in USAGE]
            figures = figures_of(tokens, price(PRICES[message["model"]], tokens))
            taken.append(self._take_request("transcripts", "claude_code", place, instant, line["sessionId"],
                                            message["id"], figures))
        self._cover_personal("transcripts", taken)

    def _collector(self, values):
        taken = []
        records = (record for value in values for resource in value["resourceLogs"]
                   for scope in resource["scopeLogs"] for record in scope["logRecords"])
        for event in map(attributes_of, records):
            identity, instant = ("email", event["user.email"]), read_instant(event["event.timestamp"])
            if event["event.name"] == "api_request":
                names = ("input_tokens", "cache_creation_tokens", "output_tokens", "cache_read_tokens")
                figures = figures_of([int(event[name]) for name in names], int(event["cost_usd_micros"]))
                taken.append(self._take_request("collector", "claude_code", identity, instant, event["session.id"],
                                                event["request_id"], figures))
        self._cover_personal("collector", taken)

    def _gemini(self, values):
        taken = []
        prices = {row["model"]: row for row in self.company.prices}
        for event in (value["attributes"] for value in values):
            if event["event.name"] != "gemini_cli.api_response":
                continue
            cached = event["cached_content_token_count"]
            tokens = (event["input_token_count"] - cached, 0,
                      event["output_token_count"] + event["thoughts_token_count"], cached)
            row = prices[event["model"]]
            value = price((row["input"], "0", row["output"], row["cache_read"]), tokens)
            taken.append(self._take_request(
                "gemini", "gemini_cli", ("email", event["user.email"]), read_instant(event["event.timestamp"]),
                event["session.id"], (event["session.id"], event["event.timestamp"]), figures_of(tokens, value)))
        self._cover_personal("gemini", taken)

    def _ccusage(self, path, report):
        taken, place = [], ("path", path.relative_to(self.company.exports).as_posix())
        for row in report["daily"]:
            day = date.fromisoformat(row["date"])
            account = self._account("claude_code", [place], day, False)
            for part in row["modelBreakdowns"]:
                names = ("inputTokens", "cacheCreationTokens", "outputTokens", "cacheReadTokens")
                figures = figures_of([part[name] for name in names], int(Decimal(str(part["cost"])) * 1000000))
                self._keep(("ccusage", account, day, part["modelName"]), (), ("ccusage", account, day, figures))
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
            self._keep(("bill", *key), rank, ("bill", account, day, money))
            self._keep(("bill_tokens", *key), rank, ("bill_tokens", account, day, tokens))
            days.append(day)
        for source in ("bill", "bill_tokens"):
            self._cover(source, days)

    def _add_requests(self):
        """Each request once, at its earliest; a session once, on the day of its first request."""
        for (source, account), requests in self._requests.items():
            sessions, shared = {}, []
            for copies in requests.values():
                instant, _, day, figures = min(copies, key=lambda copy: copy[0])
                self._rows[account][source][day].update(figures)
                names = {name for _, name, _, _ in copies}
                if len(names) > 1:
                    shared.append((names, instant, day))
                else:
                    name = names.pop()
                    sessions[name] = min(sessions.get(name, (instant, day)), (instant, day))
            for names, instant, day in sorted(shared, key=lambda entry: entry[1]):
                # A fork's copies: they date the session that counts by itself.
                name = min(names & sessions.keys() or names, key=lambda each: sessions.get(each, (instant, day)))
                sessions[name] = min(sessions.get(name, (instant, day)), (instant, day))
            for _, day in sessions.values():
                self._rows[account][source][day]["sessions"] += 1
