"""Good exports in small, which the hostile cases damage in one place each."""

import json

HEADER = (
    "Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),"
    "Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost"
)


def cursor_row(
    minute=0, user="ana@example.com", model="auto", output="700", date="2026-10-05", **other
):
    total = str(35300 + int(output)) if output.isdigit() else "36000"
    cells = [
        f"{date}T09:{minute:02}:44.120Z",
        user,
        "",
        "",
        "Included",
        model,
        "No",
        "0",
        "5200",
        "30100",
        output,
        other.get("total", total),
        "Included",
    ]
    return ",".join(f'"{cell}"' for cell in cells)


def cursor(*rows, end="\n"):
    """A usage-events download; without rows it holds three good ones."""
    return end.join([HEADER, *(rows or [cursor_row(minute) for minute in (3, 2, 1)])]) + end


def claude_record(day="2026-10-05", email="ana@example.com", model="claude-sonnet-5", **changes):
    record = {
        "date": f"{day}T00:00:00Z",
        "actor": {"type": "user_actor", "email_address": email},
        "organization_id": "7b1f0c2e-0000-4000-8000-000000000001",
        "customer_type": "subscription",
        "subscription_type": "team",
        "terminal_type": "vscode",
        "is_remote": False,
        "core_metrics": {
            "num_sessions": 4,
            "lines_of_code": {"added": 312, "removed": 95},
            "commits_by_claude_code": 3,
            "pull_requests_by_claude_code": 1,
        },
        "tool_actions": {"edit_tool": {"accepted": 28, "rejected": 4}},
        "model_breakdown": [
            {
                "model": model,
                "tokens": {
                    "input": 41000,
                    "output": 18000,
                    "cache_read": 910000,
                    "cache_creation": 62000,
                },
                "estimated_cost": {"currency": "USD", "amount": 60},
            }
        ],
    }
    record.update(changes)
    return record


def claude_page(*records):
    return (
        json.dumps(
            {"data": list(records or [claude_record()]), "has_more": False, "next_page": None}
        )
        + "\n"
    )


def copilot_row(day="2026-10-05", login="ana-lima_lkf", **changes):
    row = {
        "day": day,
        "enterprise_id": "700001",
        "organization_id": "800001",
        "user_id": 5001,
        "user_login": login,
        "user_initiated_interaction_count": 14,
        "code_generation_activity_count": 31,
        "code_acceptance_activity_count": 9,
        "loc_suggested_to_add_sum": 120,
        "loc_suggested_to_delete_sum": 0,
        "loc_added_sum": 210,
        "loc_deleted_sum": 44,
        "used_agent": True,
        "used_chat": True,
        "totals_by_ide": [],
        "totals_by_feature": [],
        "totals_by_language_feature": [],
        "totals_by_model_feature": [],
    }
    row.update(changes)
    return row


def copilot(*rows):
    rows = rows or [copilot_row(f"2026-10-0{day}") for day in (5, 6, 7)]
    return "".join(json.dumps(row) + "\n" for row in rows)
