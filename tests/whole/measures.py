"""The measures of an export, added up a second time by other code than the program's.

sums(path, exports) gives measure -> total over the records of one file, money in dollars;
what a format does not state is not among them.
"""

import csv
import fnmatch
import gzip
import io
import json
import re
from decimal import Decimal


def _text(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return data.decode("utf-8-sig")


def _dollars(cell):
    return Decimal(re.sub(r"[$, ]", "", cell))


def _number(cell):
    return int(cell.replace(",", "")) if cell else 0


def cursor(path):
    total = dict.fromkeys(
        [
            "input_tokens",
            "cache_write_tokens",
            "cache_read_tokens",
            "output_tokens",
            "requests",
            "metered",
        ],
        0,
    )
    for row in csv.DictReader(io.StringIO(_text(path))):
        failed = row["Kind"].startswith(("Errored", "Aborted"))
        total["requests"] += not failed
        total["cache_write_tokens"] += _number(row["Input (w/ Cache Write)"])
        total["input_tokens"] += _number(row["Input (w/o Cache Write)"])
        total["cache_read_tokens"] += _number(row["Cache Read"])
        total["output_tokens"] += _number(row["Output Tokens"])
        if row["Kind"] == "On-Demand":
            total["metered"] += _dollars(row["Cost"])
    return total


def _json_values(text):
    decoder, at = json.JSONDecoder(), 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return
        value, at = decoder.raw_decode(text, at)
        yield value


def _claude_records(value):
    if isinstance(value, list):
        for item in value:
            yield from _claude_records(item)
    elif "data" in value:
        yield from _claude_records(value["data"])
    else:
        yield value


def claude(path):
    total = dict.fromkeys(
        [
            "input_tokens",
            "cache_write_tokens",
            "cache_read_tokens",
            "output_tokens",
            "sessions",
            "accepted",
            "rejected",
            "metered",
            "list_value",
        ],
        0,
    )
    for value in _json_values(_text(path)):
        for record in _claude_records(value):
            total["sessions"] += record["core_metrics"]["num_sessions"]
            for action in record["tool_actions"].values():
                total["accepted"] += action["accepted"]
                total["rejected"] += action["rejected"]
            for model in record["model_breakdown"]:
                tokens = model["tokens"]
                total["input_tokens"] += tokens["input"]
                total["cache_write_tokens"] += tokens["cache_creation"]
                total["cache_read_tokens"] += tokens["cache_read"]
                total["output_tokens"] += tokens["output"]
                money = "metered" if record["customer_type"] == "api" else "list_value"
                total[money] += Decimal(model["estimated_cost"]["amount"]) / 100
    return total


def copilot(path):
    total = dict.fromkeys(["messages", "accepted", "output_tokens"], 0)
    for row in _json_values(_text(path)):
        total["messages"] += row["user_initiated_interaction_count"]
        total["accepted"] += row["code_acceptance_activity_count"]
        terminal = row.get("totals_by_cli")
        if terminal:
            total["output_tokens"] += terminal["token_usage"]["output_tokens_sum"]
    return total


TOKENS = ["input_tokens", "cache_write_tokens", "cache_read_tokens", "output_tokens"]


def _add(total, names, values):
    for name, value in zip(names, values):
        total[name] = total.get(name, 0) + value


def transcript(path):
    """Lines of one response are copies: the one with most tokens counts."""
    total = dict.fromkeys(["requests", "messages", *TOKENS], 0)
    responses, prompts = {}, set()
    for line in _json_values(_text(path)):
        if line["type"] == "assistant":
            members = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"]
            usage = line["message"]["usage"]
            copies = responses.setdefault(line["message"]["id"], {}).setdefault(line.get("requestId"), [])
            copies.append([usage[name] for name in [*members, "output_tokens"]])
        else:
            prompts.add(line["uuid"])
    for requests in responses.values():
        unnamed = requests.pop(None, [])
        if len(requests) < 2:  # else a copy that names no request tells nothing new
            requests = [[*unnamed, *next(iter(requests.values()), [])]]
        else:
            requests = requests.values()
        for copies in requests:
            _add(total, TOKENS, max(copies, key=sum))
            total["requests"] += 1
    total["messages"] = len(prompts)
    return total


def ccusage(path):
    total = dict.fromkeys([*TOKENS, "list_value"], 0)
    for day in json.loads(_text(path), parse_float=Decimal)["daily"]:
        for part in day["modelBreakdowns"]:
            members = ["inputTokens", "cacheCreationTokens", "cacheReadTokens", "outputTokens"]
            _add(total, TOKENS, [part[name] for name in members])
            total["list_value"] += part["cost"]
    return total


def _otel_events(path):
    for export in _json_values(_text(path)):
        for resource in export["resourceLogs"]:
            for scope in resource["scopeLogs"]:
                for record in scope["logRecords"]:
                    pairs = record["attributes"]
                    yield {pair["key"]: next(iter(pair["value"].values())) for pair in pairs}


def collector(path):
    decisions = ["accepted", "rejected"]
    total = dict.fromkeys(["requests", "messages", *decisions, *TOKENS, "list_value"], 0)
    for event in _otel_events(path):
        if event["event.name"] == "api_request":
            total["requests"] += 1
            members = ["input_tokens", "cache_creation_tokens", "cache_read_tokens"]
            _add(total, TOKENS, [int(event[name]) for name in [*members, "output_tokens"]])
            total["list_value"] += Decimal(event["cost_usd_micros"]) / 1_000_000
        elif event["event.name"] == "user_prompt":
            total["messages"] += 1
        elif event["tool_name"] != "Bash" and event["source"].startswith("user_"):
            total[event["decision"] + "ed"] += 1
    return total


def gemini(path):
    total = dict.fromkeys(["requests", "messages", "accepted", "rejected", *TOKENS], 0)
    for event in (value["attributes"] for value in _json_values(_text(path))):
        if event["event.name"] == "gemini_cli.api_response":
            cached = event["cached_content_token_count"]
            total["requests"] += 1
            total["cache_read_tokens"] += cached
            total["input_tokens"] += event["input_token_count"] - cached
            total["output_tokens"] += event["output_token_count"] + event["thoughts_token_count"]
        elif event["event.name"] == "gemini_cli.user_prompt":
            total["messages"] += 1
        elif event["event.name"] == "gemini_cli.tool_call" and event["decision"] != "auto_accept":
            total[event["decision"] + "ed"] += 1
    return total


def copilot_bill(path):
    total = dict.fromkeys([*TOKENS, "metered", "list_value"], 0)
    for row in csv.DictReader(io.StringIO(_text(path))):
        members = ["input", "cache_write", "cache_read", "output"]
        _add(total, TOKENS, [int(row[name]) for name in members])
        total["metered"] += _dollars(row["net_amount"])
        total["list_value"] += _dollars(row["gross_amount"]) - _dollars(row["net_amount"])
    return total


def copilot_seats(path):
    seats = json.loads(_text(path))
    assert seats["total_seats"] == len(seats["seats"])
    return {"interactions": 0, "list_value": 0, "metered": 0}


def claude_spend(path):
    total = dict.fromkeys(["requests", *TOKENS, "metered", "list_value"], 0)
    for row in csv.DictReader(io.StringIO(_text(path))):
        total["requests"] += int(row["total_requests"])
        members = ["uncached_input", "cache_write_5m", "cache_read"]
        _add(total, TOKENS, [int(row[f"total_{name}_tokens"]) for name in members])
        total["output_tokens"] += int(row["total_completion_tokens"])
        total["metered"] += _dollars(row["total_net_spend_usd"])
        total["list_value"] += max(
            0, _dollars(row["total_gross_spend_usd"]) - _dollars(row["total_net_spend_usd"]))
    return total


def claude_cost(path):
    total = {"metered": 0}
    for bucket in json.loads(_text(path))["data"]:
        for result in bucket["results"]:
            total["metered"] += Decimal(result["amount"]) / 100
    return total


# Place among the exports -> how it is added up; the first that matches.
READERS = [
    ("cursor/*", cursor),
    ("claude-code/*-events-*", collector),
    ("claude-code/*", claude),
    ("claude-billing/spend-*", claude_spend),
    ("claude-billing/cost-*", claude_cost),
    ("copilot/*", copilot),
    ("copilot-admin/*-seats-*", copilot_seats),
    ("copilot-admin/*", copilot_bill),
    ("gemini-cli/*", gemini),
    ("laptops/*/ccusage-*", ccusage),
    ("laptops/*", transcript),
]


def sums(path, exports):
    place = path.relative_to(exports).as_posix()
    return next(reader for pattern, reader in READERS if fnmatch.fnmatch(place, pattern))(path)
