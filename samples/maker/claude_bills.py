"""What Anthropic bills: the spend report of October, and the Console's cost report by day.

Both are of the use that the analytics tell of, of a whole month or of nobody in particular, so
they can be nobody's day.
"""

import csv
import decimal
import io
import json

from . import claude, days
from .chance import Chance
from .days import date

SPEND_DAYS = days.days_between(date("2026-10-01"), date("2026-10-31"))
COST_PAGES = [("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-15")]
SPEND_HEADER = """user_email account_uuid product model total_requests total_prompt_tokens
total_completion_tokens total_net_spend_usd total_gross_spend_usd user_id
total_uncached_input_tokens total_cache_read_tokens total_cache_write_5m_tokens
total_cache_write_1h_tokens total_web_search_count slack_channel_id teams_channel_id""".split()
TOKEN_TYPES = [
    ("input", "uncached_input_tokens"),
    ("cache_creation", "cache_creation.ephemeral_5m_input_tokens"),
    ("cache_read", "cache_read_input_tokens"),
    ("output", "output_tokens"),
]
SLOTS = [slot for slot, _ in TOKEN_TYPES]


def _add(sums, key, tokens):
    known = sums.setdefault(key, dict.fromkeys(SLOTS, 0))
    for slot in SLOTS:
        known[slot] += tokens[slot]


def _cost(model, slot, count):
    """In millionths of a dollar, which are ten-thousandths of a cent."""
    price = claude.PRICES[model][SLOTS.index(slot)]
    return int(decimal.Decimal(count) * decimal.Decimal(str(price)))


def _spend_row(email, model, tokens):
    chance = Chance("account", email)
    account, user = chance.uuid(), "user_01" + chance.digits(12)
    sent = tokens["input"] + tokens["cache_creation"] + tokens["cache_read"]
    cents = (sum(_cost(model, slot, tokens[slot]) for slot in SLOTS) + 5_000) // 10_000
    row = [email, account, "Claude Code", model, 2 + sent // 700_000, sent, tokens["output"]]
    row += ["0.00", f"{cents // 100:,}.{cents % 100:02}", user, tokens["input"]]
    return row + [tokens["cache_read"], tokens["cache_creation"], 0, 0, "", ""]


def _spend_report(people, told):
    sums = {}
    for day in SPEND_DAYS:
        for record in claude.records_of_day(people, told, day):
            if record["customer_type"] == "subscription":
                for part in record["model_breakdown"]:
                    key = record["actor"]["email_address"], part["model"]
                    _add(sums, key, part["tokens"])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SPEND_HEADER)
    writer.writerows(_spend_row(*key, tokens) for key, tokens in sorted(sums.items()))
    return text.getvalue()


def _result(model, slot, token_type, count):
    micros = _cost(model, slot, count)
    return {
        "amount": f"{micros // 10_000}.{micros % 10_000:04}",
        "currency": "USD",
        "cost_type": "tokens",
        "model": model,
        "token_type": token_type,
        "context_window": "0-200k",
        "service_tier": "standard",
        "inference_geo": "global",
        "workspace_id": None,
    }


def _bucket(people, told, day):
    sums = {}
    for record in claude.records_of_day(people, told, day):
        if record["customer_type"] == "api":
            for part in record["model_breakdown"]:
                _add(sums, part["model"], part["tokens"])
    return {
        "starting_at": f"{day}T00:00:00Z",
        "ending_at": f"{day + days.DAY}T00:00:00Z",
        "results": [
            _result(model, slot, token_type, tokens[slot])
            for model, tokens in sorted(sums.items())
            for slot, token_type in TOKEN_TYPES
        ],
    }


def make_files(people, told):
    stem = f"spend-report-{claude.ORGANISATION}"
    files = {f"{stem}-{SPEND_DAYS[0]}-to-{SPEND_DAYS[-1]}.csv": _spend_report(people, told)}
    for first, last in COST_PAGES:
        spell = days.days_between(date(first), date(last))
        page = {
            "data": [_bucket(people, told, day) for day in spell],
            "has_more": False,
            "next_page": None,
        }
        files[f"cost-report-{first}-to-{last}.json"] = json.dumps(page, indent=1) + "\n"
    return files
