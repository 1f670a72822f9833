"""Claude Code as its analytics interface would give it: pages of records, packed in four ways.

A record is one actor on one UTC day on one terminal, local or remote. A day's pages are cut at
PAGE_SIZE; how pages lie in files changes with the weeks, as it does when several people fetch.
"""

import json

from . import days
from .chance import Chance
from .days import date

ORGANISATION = "7b1f0c2e-5a55-4c1d-9e7a-3f6f0f3f2a11"
PAGE_SIZE = 8
# Model -> price in micro-dollars per token: input, cache write, cache read, output.
PRICES = {
    "claude-opus-5": (5, 6.25, 0.5, 25),
    "claude-sonnet-5": (2, 2.5, 0.2, 10),
    "claude-haiku-4-5-20251001": (1, 1.25, 0.1, 5),
}
MAIN_MODELS = {"claude-sonnet-5": 6, "claude-opus-5": 4}
TERMINALS = ["vscode", "iTerm.app", "tmux", "VS Code", "ghostty"]
# People whose use is billed by the token through the Console; the others sit on seats.
API_SHARE = 0.3
STRANGER = "m.solis@contractor.example.com"
PARTIAL_DAY = date("2026-11-05")  # fetched on the day itself, and again with its week


def _tokens(chance, scale):
    return (
        int(scale * chance.skewed(9_000, 150_000)),
        int(scale * chance.skewed(90_000, 1_900_000)),
        int(scale * chance.skewed(900_000, 42_000_000)),
        int(scale * chance.skewed(9_000, 300_000)),
    )


def _model(model, tokens):
    fresh, write, read, output = tokens
    micros = sum(int(count * price * 100) for count, price in zip(tokens, PRICES[model])) // 100
    cents = (micros + 5_000) // 10_000
    return {
        "model": model,
        "tokens": {"input": fresh, "output": output, "cache_read": read, "cache_creation": write},
        "estimated_cost": {"currency": "USD", "amount": cents},
    }


def _record(day, actor, customer, subscription, terminal, remote, chance, scale):
    sessions = 1 + int(scale * chance.skewed(0, 7))
    actions = {"edit_tool": {"accepted": 2 + chance.skewed(0, 60), "rejected": chance.skewed(0, 9)}}
    if chance.happens(0.6):
        actions["write_tool"] = {"accepted": chance.skewed(0, 14), "rejected": chance.below(3)}
    if chance.happens(0.1):
        actions["notebook_edit_tool"] = {"accepted": chance.below(6), "rejected": chance.below(2)}
    models = [_model(chance.weighted(MAIN_MODELS), _tokens(chance, scale))]
    if chance.happens(0.35):
        models.append(_model("claude-haiku-4-5-20251001", _tokens(chance, 0.2)))
    return {
        "date": f"{day}T00:00:00Z",
        "actor": actor,
        "organization_id": ORGANISATION,
        "customer_type": customer,
        "subscription_type": subscription,
        "terminal_type": terminal,
        "is_remote": remote,
        "core_metrics": {
            "num_sessions": sessions,
            "lines_of_code": {"added": chance.skewed(5, 900), "removed": chance.skewed(0, 300)},
            "commits_by_claude_code": chance.skewed(0, 6),
            "pull_requests_by_claude_code": chance.skewed(0, 2),
        },
        "tool_actions": actions,
        "model_breakdown": models,
    }


def _of_person(day, email, api, intensity, chance, terminal):
    actor = {"type": "user_actor", "email_address": email}
    customer, subscription = ("api", None) if api else ("subscription", "team")
    records = [_record(day, actor, customer, subscription, terminal, False, chance, intensity)]
    if chance.happens(0.12):
        records.append(_record(day, actor, customer, subscription, terminal, True, chance, 0.4))
    if days.week_of(day) < 35:
        records = records[:1]
        del records[0]["is_remote"]  # not in older payloads
    return records


def is_billed(person):
    """Whether the person's use is billed by the token."""
    return Chance("claude", person.number).happens(API_SHARE)


def records_of_person(person, told, day):
    if "claude_code" not in told.use.get((person.number, day), ()):
        return []
    habits = Chance("claude", person.number)
    api, terminal = habits.happens(API_SHARE), habits.pick(TERMINALS)
    return _of_person(
        day,
        person.claude_email,
        api,
        told.intensity(person, day),
        Chance("claude", person.number, day),
        terminal,
    )


def records_of_day(people, told, day):
    records = [
        record for person in people for record in records_of_person(person, told, day)
    ]
    chance = Chance("claude strangers", day)
    if day.weekday() < 5 and chance.happens(0.6):
        records += _of_person(day, STRANGER, False, 0.7, chance, "tmux")
    # The build farm's key works on weekends too.
    records.append(
        _record(
            day,
            {"type": "api_actor", "api_key_name": "ci-review-bot"},
            "api",
            None,
            "non-interactive",
            False,
            Chance("ci", day),
            0.8,
        )
    )
    return records


def _pages(records, page_name):
    pages = []
    for start in range(0, max(1, len(records)), PAGE_SIZE):
        more = start + PAGE_SIZE < len(records)
        pages.append(
            {
                "data": records[start : start + PAGE_SIZE],
                "has_more": more,
                "next_page": f"page_{page_name}_{start + PAGE_SIZE}" if more else None,
            }
        )
    return pages


def _compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def make_files(people, told):
    files = {}
    for week in range(days.FIRST_WEEK, days.LAST_WEEK + 1):
        records = {day: records_of_day(people, told, day) for day in days.days_of_week(week)}
        pages = [page for day in records for page in _pages(records[day], day.strftime("%m%d"))]
        fetched = days.monday(week) + 8 * days.DAY
        stem = f"claude-code-analytics-{fetched}"
        if week <= 32:  # one file a day, which holds one full page
            for day in records:
                page = {"data": records[day], "has_more": False, "next_page": None}
                files[f"claude-code-analytics-{day}.json"] = json.dumps(page, indent=1) + "\n"
        elif week <= 38:  # JSON lines, a page on each
            files[f"{stem}.jsonl"] = "".join(_compact(page) + "\n" for page in pages)
        elif week <= 42:  # an array of pages
            files[f"{stem}.json"] = _compact(pages) + "\n"
        elif week <= 45:  # a bare array of records
            files[f"{stem}.json"] = (
                "[\n"
                + ",\n".join(_compact(record) for day in records for record in records[day])
                + "\n]\n"
            )
        else:  # pages one after the other
            files[f"{stem}.json"] = "".join(json.dumps(page, indent=1) + "\n" for page in pages)
    early = records_of_day(people, told, PARTIAL_DAY)[::2]
    files[f"claude-code-analytics-{PARTIAL_DAY}.json"] = (
        json.dumps({"data": early, "has_more": False, "next_page": None}, indent=1) + "\n"
    )
    return files
