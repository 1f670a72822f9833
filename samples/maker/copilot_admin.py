"""What GitHub's billing pages give beside the usage reports: the list of seats, and AI credits.

The bill tells of the same credits as the usage reports and adds their tokens. It is what was
charged: nothing so far, since the seats' allowance covers it. Contractors are not on it: their own
companies pay.
"""

import csv
import decimal
import io
import json

from . import copilot, days, roster
from .chance import Chance
from .days import date

TOOL = "copilot"
LISTED = date("2026-11-16")
KEPT_DAYS = 90  # for so long GitHub knows when somebody was last active
BILLS = [("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-15")]
BILL_HEADER = """date username product sku model quantity unit_type applied_cost_per_quantity
gross_amount discount_amount net_amount total_monthly_quota organization repository
cost_center_name aic_quantity aic_gross_amount input output cache_read cache_write""".split()
NOT_BILLED = {login for login, _ in copilot.STRANGERS}
MODELS = {
    "claude-sonnet-4.6": "Claude Sonnet 4.6",
    "claude-4.6-sonnet": "Claude Sonnet 4.6",
    "gpt-5.4": "GPT-5.4",
    "auto": "Auto: GPT-5.4",
}


def _last_active(person, told):
    known = days.days_between(LISTED - KEPT_DAYS * days.DAY, LISTED - days.DAY)
    used = [day for day in known if TOOL in told.use.get((person.number, day), ())]
    return f"{used[-1]}T12:40:00Z" if used else None


def _seat(person, told):
    assigned, active = person.licences[TOOL][0], _last_active(person, told)
    team = person.team_on(LISTED)
    return {
        "created_at": f"{assigned}T09:00:00+01:00",
        "updated_at": f"{assigned}T09:00:00+01:00",
        "pending_cancellation_date": None,
        "last_activity_at": active,
        "last_activity_editor": "vscode/1.120.0/copilot-chat/0.60.1" if active else None,
        "last_authenticated_at": active,
        "plan_type": roster.PRICES[TOOL][0],
        "assignee": {
            "login": person.login,
            "id": person.github_id,
            "type": "User",
            "site_admin": False,
        },
        "assigning_team": {"id": 60 + len(team), "slug": team, "name": team},
    }


def _seats(people, told):
    seats = [_seat(person, told) for person in people if person.holds(TOOL, LISTED)]
    return json.dumps({"total_seats": len(seats), "seats": seats}, indent=1) + "\n"


def _tokens(row):
    """Input, output, cache read, cache write: of chat, and of the terminal as reported."""
    chance = Chance("bill", row["user_id"], row["day"])
    terminal = row.get("totals_by_cli")
    prompts = row[copilot.COUNTERS[0]]
    fresh, output = prompts * chance.between(300, 1_500), prompts * chance.between(90, 500)
    cached = 0
    if terminal:
        sent = terminal["token_usage"]["prompt_tokens_sum"]
        fresh, cached = fresh + sent // 20, sent - sent // 20
        output += terminal["token_usage"]["output_tokens_sum"]
    return fresh, output, cached, 0


def _bill(rows):
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(BILL_HEADER)
    for row in rows:
        if "ai_credits_used" not in row or row["user_login"] in NOT_BILLED:
            continue
        model = MODELS[row["totals_by_model_feature"][0]["model"]]
        credits = decimal.Decimal(str(row["ai_credits_used"]))
        amount = credits / 100
        line = [row["day"], row["user_login"], "copilot", "copilot_ai_credit", model, credits]
        line += ["ai-credits", "0.01", amount, amount, 0, 3900, "larkfield", "", "", 0, 0]
        writer.writerow([*line, *_tokens(row)])
    return "\ufeff" + text.getvalue()


def make_files(people, told):
    files = {f"copilot-seats-{LISTED}.json": _seats(people, told)}
    for first, last in BILLS:
        rows = [
            row
            for day in days.days_between(date(first), date(last))
            for row in copilot.rows_of_day(people, told, day)
        ]
        files[f"ai-usage-report_{first}_{last}.csv"] = _bill(rows)
    return files
