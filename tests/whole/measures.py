"""The measures of an export, added up a second time by other code than the program's.

sums(path) gives measure -> total over the records of one file, money in dollars.
"""

import csv
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


READERS = {"cursor": cursor, "claude-code": claude, "copilot": copilot}


def sums(path):
    return READERS[path.parent.name](path)
