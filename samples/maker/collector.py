"""Firmware's pilot of telemetry: Claude Code's events, as an OpenTelemetry collector files them."""

import json

from . import claude, clients, days
from .chance import Chance
from .clients import stamp

TEAM, WEEKS = "firmware", range(44, 47)
SCOPE = {"name": "com.anthropic.claude_code.events", "version": "2.1.197"}
DECISIONS = {"user_temporary": 5, "user_permanent": 2, "user_reject": 1, "config": 4}
BATCH = 20  # records that the collector writes at once


def _attribute(key, value):
    kind = {str: "stringValue", int: "intValue", float: "doubleValue"}[type(value)]
    return {"key": key, "value": {kind: str(value) if kind == "intValue" else value}}


def _record(name, instant, person, request, sequence, attributes):
    nanoseconds = str(int(instant.timestamp()) * 1_000_000_000 + instant.microsecond * 1_000)
    common = {
        "event.name": name,
        "event.timestamp": stamp(instant),
        "event.sequence": sequence,
        "user.email": person.claude_email,
        "organization.id": claude.ORGANISATION,
        "session.id": request.session,
        "terminal.type": "vscode",
    }
    return {
        "timeUnixNano": nanoseconds,
        "observedTimeUnixNano": nanoseconds,
        "body": {"stringValue": f"claude_code.{name}"},
        "attributes": [_attribute(*pair) for pair in {**common, **attributes}.items()],
    }


def _request(request):
    fresh, write, read, output = request.tokens
    return {
        "model": request.model,
        "input_tokens": fresh,
        "output_tokens": output,
        "cache_read_tokens": read,
        "cache_creation_tokens": write,
        "cost_usd": request.micros / 1_000_000,
        "cost_usd_micros": request.micros,
        "duration_ms": 1_800 + output // 10,
        "request_id": f"req_01{request.key}",
        "speed": "normal",
        "query_source": "agent:builtin:general-purpose" if request.helper else "repl_main_thread",
    }


def _of_day(person, told, day):
    records = []
    for number, request in enumerate(clients.requests_of_day(person, told, day)):
        chance = Chance("event", request.key)

        def add(name, attributes):
            records.append(
                _record(name, request.instant, person, request, len(records) + 1, attributes)
            )

        if number % 3 == 0 and not request.helper:
            add("user_prompt", {"prompt_length": str(chance.between(20, 900))})
        add("api_request", _request(request))
        if chance.happens(0.3):
            source = chance.weighted(DECISIONS)
            decision = "reject" if source == "user_reject" else "accept"
            add(
                "tool_decision",
                {
                    "tool_name": chance.pick(["Edit", "Write", "Bash"]),
                    "tool_use_id": f"toolu_01{request.key}",
                    "decision": decision,
                    "source": source,
                },
            )
    return records


def _export(records):
    resource = {"attributes": [_attribute("service.name", "claude-code")]}
    logs = [{"scope": SCOPE, "logRecords": records}]
    value = {"resourceLogs": [{"resource": resource, "scopeLogs": logs}]}
    return json.dumps(value, separators=(",", ":")) + "\n"


def make_files(people, told):
    lines = []
    for week in WEEKS:
        for day in days.days_of_week(week):
            for person in people:
                if person.team_on(day) == TEAM and not claude.is_billed(person):
                    records = _of_day(person, told, day)
                    lines += [
                        _export(records[at : at + BATCH]) for at in range(0, len(records), BATCH)
                    ]
    return {"claude-code-events-2026-11-16.jsonl.gz": "".join(lines)}
