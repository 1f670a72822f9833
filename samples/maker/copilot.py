"""GitHub Copilot as its usage reports would give it: a row per user and day, JSON lines.

28-day reports overlap, the newest days of a report are not complete yet, and the days of W37 are
in none of them: nobody fetched a report in time.
"""

import json

from . import days
from .chance import Chance
from .days import date

ENTERPRISE, ORGANISATION = "700412", "800977"
# Name, first and last day; the last one is the day of the report.
REPORTS_28_DAYS = [
    ("users-28-day_2026-08-23.ndjson.gz", "2026-07-27", "2026-08-23"),
    ("users-28-day_2026-09-06.ndjson", "2026-08-10", "2026-09-06"),
    ("users-28-day_2026-10-11.ndjson.gz", "2026-09-14", "2026-10-11"),
    ("users-28-day_2026-11-01.ndjson.gz", "2026-10-05", "2026-11-01"),
]
REPORTS_1_DAY = days.days_between(date("2026-10-31"), date("2026-11-15"))
UNFINISHED_DAYS = 2  # the newest days of a 28-day report

COUNTERS = [
    "user_initiated_interaction_count",
    "code_generation_activity_count",
    "code_acceptance_activity_count",
    "loc_suggested_to_add_sum",
    "loc_suggested_to_delete_sum",
    "loc_added_sum",
    "loc_deleted_sum",
]
IDES = ["vscode", "vscode", "vscode", "intellij", "visualstudio", "neovim"]
PLUGINS = {
    "vscode": "copilot-chat",
    "intellij": "copilot-intellij",
    "visualstudio": "copilot-vs",
    "neovim": "copilot.vim",
}
LANGUAGES = ["typescript", "python", "go", "c", "c#", "csharp", "shellscript", "sql", "prompt"]
CHAT_FEATURES = ["chat_panel_ask_mode", "chat_panel_agent_mode", "chat_inline"]
MODELS = ["claude-sonnet-4.6", "claude-4.6-sonnet", "gpt-5.4", "auto"]
# Logins that identities.csv does not know, and a bot that it sets aside on purpose.
STRANGERS = [
    ("rvogel-ext_lkf", 5_299_001),
    ("pairing-desk_lkf", 5_299_002),
    ("jm-contract_lkf", 5_299_003),
]
BOT = ("renovate[bot]", 5_299_900)


def _counts(*values):
    return dict(zip(COUNTERS, values))


def _sum(parts):
    return {name: sum(part[name] for part in parts) for name in COUNTERS}


def _without_prompts(entry):
    return {key: value for key, value in entry.items() if key != COUNTERS[0]}


def _features(chance, intensity):
    shown = 4 + chance.skewed(0, int(60 * intensity))
    accepted = shown * (22 + chance.below(16)) // 100
    prompts = 1 + chance.skewed(0, int(22 * intensity))
    features = {
        "code_completion": _counts(0, shown, accepted, shown * 2, 0, accepted * 2, 0),
        chance.pick(CHAT_FEATURES): _counts(
            prompts,
            prompts + chance.below(6),
            chance.below(4),
            prompts * 6,
            0,
            prompts * 2,
            chance.below(9),
        ),
    }
    if chance.happens(0.4):
        edits = 1 + chance.below(8)
        features["agent_edit"] = _counts(0, edits, 0, 0, 0, edits * 17, edits * 5)
    return features


def _terminal(chance, day):
    requests, prompts = 6 + chance.skewed(0, 50), 2 + chance.below(8)
    sent, output = requests * chance.between(9_000, 26_000), requests * chance.between(200, 700)
    return {
        "session_count": 1 + chance.below(3),
        "request_count": requests,
        "prompt_count": prompts,
        "token_usage": {
            "output_tokens_sum": output,
            "prompt_tokens_sum": sent,
            "avg_tokens_per_request": round((sent + output) / requests, 2),
        },
        "last_known_cli_version": {"cli_version": "1.0.90", "sampled_at": f"{day}T16:40:00.000Z"},
    }


def _row(day, user_id, login, chance, intensity, habits):
    features = _features(chance, intensity)
    ide = habits.pick(IDES)
    in_ide = _sum(features.values())
    terminal = _terminal(chance, day) if habits.happens(0.3) and chance.happens(0.6) else None
    if terminal:
        prompts = terminal["prompt_count"]
        features["copilot_cli"] = _counts(prompts, prompts, 0, 0, 0, prompts * 9, prompts)
    totals = _sum(features.values())
    chat = next(name for name in features if name.startswith("chat"))
    language = habits.pick(LANGUAGES)
    row = {
        "day": str(day),
        "enterprise_id": ENTERPRISE,
        "organization_id": ORGANISATION,
        "user_id": user_id,
        "user_login": login,
    }
    if chance.happens(0.9):
        row["ai_credits_used"] = round(totals[COUNTERS[0]] * (3 + chance.below(40) / 8) / 2, 2)
    row.update(totals)
    row.update(
        {
            "used_agent": "agent_edit" in features,
            "used_chat": True,
            "totals_by_ide": [
                {
                    "ide": ide,
                    **in_ide,
                    "last_known_plugin_version": {
                        "sampled_at": f"{day}T15:02:11.4810000Z",
                        "plugin": PLUGINS[ide],
                        "plugin_version": "0.60.1",
                    },
                }
            ],
            "totals_by_feature": [{"feature": name, **counts} for name, counts in features.items()],
            "totals_by_language_feature": [
                _without_prompts(
                    {
                        "language": language,
                        "feature": "code_completion",
                        **features["code_completion"],
                    }
                )
            ],
            "totals_by_model_feature": [
                {"model": chance.pick(MODELS), "feature": chat, **features[chat]}
            ],
        }
    )
    if terminal:
        row["used_cli"] = True
        row["totals_by_cli"] = terminal
    return row


def _passive_row(day, user_id, login):
    """Somebody whose merge request was reviewed by the machine unasked: not use."""
    return {
        "day": str(day),
        "enterprise_id": ENTERPRISE,
        "organization_id": ORGANISATION,
        "user_id": user_id,
        "user_login": login,
        **_counts(0, 0, 0, 0, 0, 0, 0),
        "used_agent": False,
        "used_chat": False,
        "used_copilot_code_review_active": False,
        "used_copilot_code_review_passive": True,
        "totals_by_ide": [],
        "totals_by_feature": [],
        "totals_by_language_feature": [],
        "totals_by_model_feature": [],
    }


def rows_of_day(people, told, day):
    rows = []
    for person in people:
        chance, habits = Chance("copilot", person.number, day), Chance("copilot", person.number)
        if "copilot" in told.use.get((person.number, day), ()):
            rows.append(
                _row(
                    day, person.github_id, person.login, chance, told.intensity(person, day), habits
                )
            )
        elif person.part == "X" and person.holds("copilot", day) and chance.happens(0.01):
            rows.append(_passive_row(day, person.github_id, person.login))
    for login, user_id in STRANGERS:
        chance = Chance("copilot", login, day)
        if day.weekday() < 5 and chance.happens(0.55):
            rows.append(_row(day, user_id, login, chance, 0.7, Chance("copilot", login)))
    if day.weekday() == 1:
        rows.append(_row(day, BOT[1], BOT[0], Chance("bot", day), 0.3, Chance("bot")))
    return rows


def _unfinished(row, chance):
    """The row as it was before the day's late data came in: fewer acceptances, no credits."""
    early = dict(row)
    early.pop("ai_credits_used", None)
    early[COUNTERS[2]] = early[COUNTERS[2]] * (50 + chance.below(50)) // 100
    return early


def _line(row):
    return json.dumps(row, separators=(",", ":")) + "\n"


def make_files(people, told):
    rows = {
        day: rows_of_day(people, told, day)
        for day in days.days_between(days.FIRST_DAY, days.LAST_DAY)
    }
    files = {}
    for name, first, last in REPORTS_28_DAYS:
        first, last = date(first), date(last)
        lines = []
        for day in days.days_between(first, last):
            for row in rows[day]:
                if (last - day).days < UNFINISHED_DAYS:
                    row = _unfinished(row, Chance("unfinished", row["user_id"], day))
                lines.append(
                    _line({"report_start_day": str(first), "report_end_day": str(last), **row})
                )
        files[name] = "".join(lines)
    for day in REPORTS_1_DAY:
        files[f"users-1-day_{day}.ndjson"] = "".join(map(_line, rows[day]))
    return files
