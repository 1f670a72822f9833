"""What a few people hand in from their laptops: Claude Code's transcripts, an old ccusage report.

A response is written once for each block of its content. One session was forked: the new file
begins with copies. The client deletes transcripts after thirty days; of older weeks one person has
kept a ccusage report, whose days are in the analytics too.
"""

import datetime
import json

from . import claude, clients, days
from .chance import Chance
from .clients import stamp

# Number on the roster -> tag of the laptop.
LAPTOPS = {14: "LF-2214", 64: "LF-2264", 66: "LF-2266"}
FIRST_WEEK = 43
FORKING = 64  # whose session is forked, on her first day with two prompts or more
REPORTING = 64  # who made the ccusage report
REPORT_DAYS = days.days_between(days.FIRST_DAY, days.date("2026-08-23"))
VERSION = "2.1.197"
LINES_OF_A_RESPONSE = {1: 6, 2: 3, 3: 1}


def folder_of(number):
    return f"laptops/{LAPTOPS[number]}"


def _line(kind, request, instant, person, number, **members):
    chance = Chance("line", kind, request.key, number)
    home = f"/home/{person.email.partition('@')[0]}/src/larkfield"
    return {
        "parentUuid": None,
        "isSidechain": request.helper,
        "userType": "external",
        "cwd": home,
        "sessionId": request.session,
        "version": VERSION,
        "gitBranch": "main",
        "type": kind,
        "uuid": chance.uuid(),
        "timestamp": stamp(instant),
        **members,
    }


def _response(request, person):
    fresh, write, read, output = request.tokens
    usage = {
        "input_tokens": fresh,
        "cache_creation_input_tokens": write,
        "cache_read_input_tokens": read,
        "cache_creation": {"ephemeral_5m_input_tokens": write, "ephemeral_1h_input_tokens": 0},
        "output_tokens": output,
        "service_tier": "standard",
    }
    lines = Chance("response", request.key).weighted(LINES_OF_A_RESPONSE)
    for number in range(lines):
        last = number == lines - 1
        message = {
            "id": f"msg_01{request.key}",
            "type": "message",
            "role": "assistant",
            "model": request.model,
            "content": [{"type": "text" if last else "thinking"}],
            "stop_reason": "end_turn",
            "usage": usage,
        }
        instant = request.instant + datetime.timedelta(seconds=2 * number)
        members = {"requestId": f"req_01{request.key}", "message": message}
        yield _line("assistant", request, instant, person, number, **members)


def _prompt(request, person):
    instant = request.instant - datetime.timedelta(seconds=40)
    message = {"role": "user", "content": "Please look at the failing test."}
    return _line("user", request, instant, person, 0, message=message)


def _text(lines):
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def _sessions(requests, person):
    """Name of the session -> lines of its own file and of its helper's."""
    sessions = {}
    for number, request in enumerate(requests):
        own, helper = sessions.setdefault(request.session, ([], []))
        if request.helper:
            helper += _response(request, person)
            continue
        if not own or number % 3 == 0:
            own.append(_prompt(request, person))
        own += _response(request, person)
    return sessions


def _fork(lines, chance):
    """The parent's lines up to its second prompt, copied, and the rest under a new name.

    So the parent ends where the fork begins, and the fork is a session more.
    """
    prompts = [place for place, line in enumerate(lines) if line["type"] == "user"]
    name = chance.uuid()
    return name, lines[: prompts[-1]], [{**line, "sessionId": name} for line in lines]


def _transcripts(person, told):
    files, forked = {}, person.number != FORKING
    project = "-home-" + person.email.partition("@")[0].replace(".", "-") + "-src-larkfield"
    for week in range(FIRST_WEEK, days.LAST_WEEK + 1):
        for day in days.days_of_week(week):
            requests = clients.requests_of_day(person, told, day)
            for name, (own, helper) in _sessions(requests, person).items():
                folder = f"{folder_of(person.number)}/.claude/projects/{project}"
                if not forked and sum(line["type"] == "user" for line in own) > 1:
                    forked = True
                    fork, own, copies = _fork(own, Chance("fork", person.number))
                    files[f"{folder}/{fork}.jsonl"] = _text(copies)
                files[f"{folder}/{name}.jsonl"] = _text(own)
                if helper:
                    files[f"{folder}/{name}/subagents/agent-{name[:8]}.jsonl"] = _text(helper)
    return files


def _tokens_by_model(person, told, day):
    models = {}
    for record in claude.records_of_person(person, told, day):
        for part in record["model_breakdown"]:
            known = models.setdefault(part["model"], [0, 0, 0, 0])
            for slot, name in enumerate(clients.SLOTS):
                known[slot] += part["tokens"][name]
    return models


def _usage(tokens, cost_name, micros):
    fresh, write, read, output = tokens
    return {
        "inputTokens": fresh,
        "outputTokens": output,
        "cacheCreationTokens": write,
        "cacheReadTokens": read,
        cost_name: micros / 1_000_000,
    }


def _report(person, told):
    rows, total, spent = [], [0, 0, 0, 0], 0
    for day in REPORT_DAYS:
        models = _tokens_by_model(person, told, day)
        if not models:
            continue
        parts, micros = [], 0
        for model, tokens in sorted(models.items()):
            request = clients.Request(model, tokens, False)
            parts.append({"modelName": model, **_usage(tokens, "cost", request.micros)})
            micros += request.micros
        tokens = [sum(column) for column in zip(*models.values())]
        rows.append(
            {
                "date": str(day),
                **_usage(tokens, "totalCost", micros),
                "totalTokens": sum(tokens),
                "modelsUsed": sorted(models),
                "modelBreakdowns": parts,
            }
        )
        total, spent = [sum(pair) for pair in zip(total, tokens)], spent + micros
    totals = {**_usage(total, "totalCost", spent), "totalTokens": sum(total)}
    return json.dumps({"daily": rows, "totals": totals}, indent=2) + "\n"


def make_files(people, told):
    files = {}
    for person in people:
        if person.number in LAPTOPS:
            assert not claude.is_billed(person)
            files.update(_transcripts(person, told))
        if person.number == REPORTING:
            name = f"ccusage-daily-{REPORT_DAYS[-1] + days.DAY}.json"
            files[f"{folder_of(person.number)}/{name}"] = _report(person, told)
    return files
