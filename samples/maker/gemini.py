"""Corporate systems' pilot of Gemini CLI: the telemetry file, indented objects one after another.

Each answer stands there twice, the second time in the terms of GenAI. The pilot adds to what
people do with their other tools on a day.
"""

import datetime
import json

from . import days
from .chance import Chance
from .clients import stamp

TOOL, PLAN, SEATS, PRICE = "gemini_cli", "standard", 8, 19
# Who has a seat, by number on the roster, and who of them tries it.
HOLDERS = [79, 85, 87, 88, 89, 90, 92, 93]
USERS = [79, 85, 87, 88, 89, 90]
FIRST_DAY = days.date("2026-10-26")
# Days on which all who are there try it: when it begins, and before it is discussed.
TRIED = [FIRST_DAY, days.LAST_DAY]
MODEL = "gemini-2.5-pro"


def _object(name, instant, session, person, attributes):
    seconds = int(instant.timestamp())
    full = {
        "session.id": session,
        "installation.id": Chance("installation", person.number).uuid(),
        "interactive": True,
        "user.email": person.email,
        "auth_type": "oauth-personal",
        "event.name": name,
        "event.timestamp": stamp(instant),
        **attributes,
    }
    value = {
        "hrTime": [seconds, instant.microsecond * 1_000],
        "resource": {
            "_rawAttributes": [["service.name", "gemini-cli"], ["session.id", session]],
            "_asyncAttributesPending": False,
        },
        "instrumentationScope": {"name": "gemini-cli"},
        "attributes": full,
        "_body": name,
        "_attributesCount": len(full),
        "_isReadonly": True,
    }
    return json.dumps(value, indent=2) + "\n"


def _tokens(chance):
    fresh, cached = chance.between(1_500, 9_000), chance.between(4_000, 60_000)
    output, thoughts = chance.between(80, 900), chance.between(0, 700)
    return {
        "input_token_count": fresh + cached,
        "output_token_count": output,
        "cached_content_token_count": cached,
        "thoughts_token_count": thoughts,
        "tool_token_count": 0,
        "total_token_count": fresh + cached + output + thoughts,
    }


def _of_day(person, day):
    chance = Chance("gemini", person.number, day)
    session, objects = chance.uuid(), []
    instant = days.local_time(person.country, day, chance.between(600, 900))
    for number in range(chance.between(1, 4)):
        prompt = {"prompt_id": f"{session}########{number}"}

        def add(name, attributes):
            nonlocal instant
            instant += datetime.timedelta(milliseconds=chance.between(900, 40_000))
            objects.append(_object(name, instant, session, person, {**attributes, **prompt}))

        add("gemini_cli.user_prompt", {"prompt_length": chance.between(15, 400)})
        for _ in range(chance.between(1, 2)):
            tokens = _tokens(chance)
            call = {"model": MODEL, "duration_ms": 2_300, "status_code": 200, "role": "main"}
            add("gemini_cli.api_response", {**call, **tokens})
            add(
                "gen_ai.client.inference.operation.details",
                {
                    "gen_ai.operation.name": "generate_content",
                    "gen_ai.request.model": MODEL,
                    "gen_ai.usage.input_tokens": tokens["input_token_count"],
                    "gen_ai.usage.output_tokens": tokens["output_token_count"],
                },
            )
        if chance.happens(0.5):
            decision = chance.pick(["accept", "accept", "reject", "auto_accept"])
            add("gemini_cli.tool_call", {"function_name": "replace", "decision": decision})
    return objects


def make_files(people, told):
    objects = []
    for day in days.days_between(FIRST_DAY, days.LAST_DAY):
        for person in people:
            used = person.number in USERS and told.use.get((person.number, day))
            if used and (day in TRIED or Chance("tries gemini", person.number, day).happens(0.8)):
                objects += _of_day(person, day)
    return {"telemetry-corporate-2026-11-16.log": "".join(objects)}
