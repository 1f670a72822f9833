"""Copilot's metrics, bills, lists and telemetry tell the same use, which counts once."""

import json

import overlap
import overlap_telemetry
from harness import ProgramTest
from overlap import DAY, DAY_INPUT, DAY_OUTPUT, INPUT, OUTPUT, PEOPLE, of_people

MODEL = "gpt-5.4"
BILL = ("date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,"
        "discount_amount,net_amount,total_monthly_quota,organization,repository,cost_center_name,"
        "aic_quantity,aic_gross_amount")


def user_row(who, prompts, **scope):
    """Of 25 credits at a cent; two of the prompts are those of one session in the terminal."""
    return {"day": DAY, **scope, "user_id": 501 + PEOPLE.index(who), "user_login": who,
            "ai_credits_used": 25, "user_initiated_interaction_count": prompts,
            "code_generation_activity_count": 0, "code_acceptance_activity_count": 0,
            "totals_by_cli": {"session_count": 1, "request_count": 2, "prompt_count": 2,
                              "token_usage": {"output_tokens_sum": DAY_OUTPUT,
                                              "prompt_tokens_sum": DAY_INPUT}}}


def enterprise_day():
    return {"users-1-day.ndjson": overlap.lines(
        user_row(who, 3, enterprise_id="7") for who in PEOPLE)}


def enterprise_28_days():
    return {"users-28-day.ndjson": overlap.lines(
        {"report_start_day": "2026-10-14", "report_end_day": DAY,
         **user_row(who, 3, enterprise_id="7")} for who in PEOPLE)}


def organisation_day():
    return {"users-of-organisation.ndjson": overlap.lines(
        user_row(who, 4, organization_id="8") for who in PEOPLE)}


def bill_rows(who, *tokens):
    """25 credits: 10 within the plan, 15 beyond."""
    return (DAY, who, "copilot", "copilot_ai_credit", MODEL, 25, "ai-credits", 0.01, 0.25, 0.1, 0.15,
            1900, "o", "", "", 0, 0, *tokens)


def bill():
    return {"bill.csv": overlap.table(BILL, (bill_rows(who) for who in PEOPLE))}


def bill_with_tokens():
    return {"bill-with-tokens.csv": overlap.table(
        BILL + ",input,output,cache_read,cache_write",
        (bill_rows(who, DAY_INPUT, DAY_OUTPUT, 0, 0) for who in PEOPLE))}


def bill_api():
    return {f"bill-{who}.json": json.dumps({
        "timePeriod": {"year": 2026, "month": 11, "day": 9}, "user": who, "usageItems": [{
            "product": "Copilot", "sku": "Copilot AI Credit", "model": MODEL,
            "unitType": "ai-credits", "pricePerUnit": 0.01, "grossQuantity": 25,
            "grossAmount": 0.25, "discountQuantity": 10, "discountAmount": 0.1, "netQuantity": 15,
            "netAmount": 0.15}]}) for who in PEOPLE}


def activity_report():
    return {"activity.csv": overlap.table(
        "Report Time,Login,Last Authenticated At,Last Activity At,Last Surface Used",
        (("2026-11-10T02:00:00Z", who, "None", f"{DAY}T09:00:00Z", "vscode/1.1")
         for who in PEOPLE))}


def seats():
    return {"seats.json": json.dumps({"total_seats": len(PEOPLE), "seats": [
        {"created_at": "2026-01-12T09:00:00Z", "updated_at": "2026-02-01T00:00:00Z",
         "pending_cancellation_date": None, "last_activity_at": f"{DAY}T09:00:00Z",
         "last_activity_editor": "vscode/1.1", "plan_type": "business",
         "assignee": {"login": who, "id": 501 + PEOPLE.index(who), "type": "User"}}
        for who in PEOPLE]})}


def organisation_totals():
    return {"totals.json": json.dumps({
        "report_start_day": DAY, "report_end_day": DAY, "organization_id": "8", "day_totals": [
            {"day": DAY, "organization_id": "8", "daily_active_users": 6,
             "user_initiated_interaction_count": 99, "code_generation_activity_count": 0,
             "code_acceptance_activity_count": 0, "totals_by_cli": {
                 "session_count": 6, "request_count": 12, "prompt_count": 12,
                 "token_usage": {"output_tokens_sum": 99, "prompt_tokens_sum": 99}}}]})}


def bill_of_organisation():
    return {"bill-of-organisation.csv": overlap.table(
        "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,"
        "discount_amount,net_amount,organization,repository,cost_center_name",
        [(DAY, "copilot", "copilot_ai_credit", 150, "ai-credits", 0.01, 1.5, 0.6, 0.9, "o", "", "")])}


spans, calls, metrics, revenium = overlap_telemetry.sources("copilot-chat", "github_copilot", MODEL)
own_table = overlap.tidemark_csv("copilot", interactions=9, requests=9, metered="0.33")

LISTED = 2 * (INPUT * 5 + OUTPUT * 30) // 2  # at 2.5 and 15 dollars a million
CALLS = {"interactions": 2, "requests": 2, "sessions": 2, "input_tokens": DAY_INPUT,
         "output_tokens": DAY_OUTPUT, "list_value": LISTED}
ROW = {"requests": 2, "sessions": 1, "list_value": 250000, "unsplit_tokens": DAY_INPUT,
       "output_tokens": DAY_OUTPUT}
BILLED = {"interactions": 1, "metered": 150000, "list_value": 100000}


class Copilot(overlap.Pairs, ProgramTest):
    tool = "copilot"
    told = {
        spans: of_people(**CALLS),
        calls: of_people(**CALLS),
        revenium: of_people(**CALLS),
        metrics: of_people(interactions=2, requests=2, sessions=2, unsplit_tokens=DAY_INPUT,
                           output_tokens=DAY_OUTPUT),
        enterprise_day: of_people(interactions=3, messages=3, **ROW),
        enterprise_28_days: of_people(interactions=3, messages=3, **ROW),
        organisation_day: of_people(interactions=4, messages=4, **ROW),
        bill: of_people(**BILLED),
        bill_with_tokens: of_people(input_tokens=DAY_INPUT, output_tokens=DAY_OUTPUT, **BILLED),
        bill_api: of_people(**BILLED),
        own_table: of_people(interactions=9, requests=9, metered=330000),
        activity_report: of_people(interactions=1),
        seats: {},
        organisation_totals: {},
        bill_of_organisation: {},
    }
    order = tuple(told)
    tokens = (spans, calls, revenium, metrics, bill_with_tokens, enterprise_day,
              enterprise_28_days, organisation_day)
    money = (bill, bill_with_tokens, bill_api, own_table, spans, calls, revenium, enterprise_day,
             enterprise_28_days, organisation_day)


class OnePerson(overlap.Company, ProgramTest):
    """Metrics name id and login of an account, a bill its login alone."""

    def known_by(self, *kinds):
        self.accounts = overlap.accounts_of_people(*kinds)
        company = self.given(enterprise_day, bill)
        return company, overlap.used(company)["copilot"]

    def test_a_file_with_both_is_the_person_of_a_bill_with_one(self):
        _, found = self.known_by("login")
        self.assertEqual((found["accounts"], found["metered"]), (6, 6 * 150000))
        self.assertEqual((found["interactions"], found["list_value"]), (6 * 3, 6 * 100000))

    def test_identities_of_both_kinds_are_one_person(self):
        _, found = self.known_by("login", "user_id")
        self.assertEqual((found["accounts"], found["list_value"]), (6, 6 * 100000))

    def test_what_nothing_links_counts_once_and_is_said_by_status(self):
        company, found = self.known_by("user_id")
        self.assertEqual((found["accounts"], found["metered"]), (6, 6 * 150000))
        self.assertEqual((found["interactions"], found["list_value"]), (6 * 3, 6 * 100000))
        said = company.run("status").output
        self.assertIn("6 people, 6 accounts of unknown people", said)
        self.assertIn("rows in identities.csv would turn unknown accounts into people", said)

    def test_accounts_that_are_linked_later_become_one_person(self):
        company, _ = self.known_by("user_id")
        (company.home / "identities.csv").write_text(overlap.accounts_of_people("login", "user_id"))
        self.assertFine(company.run("ingest"))
        found = overlap.used(company)["copilot"]
        self.assertEqual((found["accounts"], found["list_value"]), (6, 6 * 100000))
