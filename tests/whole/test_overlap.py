"""Claude Code: telemetry, transcripts, analytics, reports and bills of one use count once."""

import json

import overlap
import overlap_telemetry
from harness import ProgramTest
from overlap import (DAY, DAY_INPUT, DAY_OUTPUT, HOURS, INPUT, OUTPUT, PEOPLE, each, mail,
                     of_people)

MODEL = "claude-sonnet-5"


def analytics_of(customer):
    page = {"data": [
        {"date": f"{DAY}T00:00:00Z", "actor": {"type": "user_actor", "email_address": mail(who)},
         "organization_id": "o", "customer_type": customer, "terminal_type": "x",
         "core_metrics": {"num_sessions": 2, "lines_of_code": {"added": 0, "removed": 0},
                          "commits_by_claude_code": 0, "pull_requests_by_claude_code": 0},
         "tool_actions": {},
         "model_breakdown": [{"model": MODEL, "tokens": {
             "input": INPUT * 2, "output": OUTPUT * 2, "cache_read": 0, "cache_creation": 0},
             "estimated_cost": {"currency": "USD", "amount": 7}}]} for who in PEOPLE],
            "has_more": False}
    return {"analytics.json": json.dumps(page)}


def analytics():
    return analytics_of("subscription")


def analytics_of_keys():
    return analytics_of("api")


def transcripts():
    return {f"{who}/s.jsonl": overlap.lines(
        {"isSidechain": False, "type": "assistant", "uuid": f"{who}{hour}",
         "sessionId": f"{who}{hour}", "requestId": f"r{who}{hour}",
         "timestamp": overlap.instant(hour),
         "message": {"id": f"m{who}{hour}", "model": MODEL,
                     "usage": {"input_tokens": INPUT, "output_tokens": OUTPUT}}}
        for hour in HOURS) for who in PEOPLE}


def otel_events():
    return {"events.jsonl": overlap.log_records("", "com.anthropic.claude_code.events", (
        (hour, {"event.name": "api_request", "user.email": mail(who),
                "session.id": f"{who}{hour}", "model": MODEL, "input_tokens": INPUT,
                "output_tokens": OUTPUT, "cache_read_tokens": 0, "cache_creation_tokens": 0,
                "request_id": f"r{who}{hour}"}, "claude_code.api_request")
        for who, hour in each()))}


def otel_metrics():
    return {"metrics.jsonl": overlap.lines({"resourceMetrics": [{
        "resource": {"attributes": []}, "scopeMetrics": [{
            "scope": {"name": "com.anthropic.claude_code"}, "metrics": [{
                "name": "claude_code.token.usage", "sum": {
                    "aggregationTemporality": 1, "isMonotonic": True, "dataPoints": [
                        {"startTimeUnixNano": overlap.nanoseconds(7),
                         "timeUnixNano": overlap.nanoseconds(hour), "asDouble": tokens,
                         "attributes": overlap.attributes({
                             "user.email": mail(who), "session.id": f"{who}{hour}", "type": kind,
                             "model": MODEL})}
                        for kind, tokens in (("input", INPUT), ("output", OUTPUT))]}}]}]}]}
        for who, hour in each())}


def ccusage():
    return {f"{who}/ccusage.json": json.dumps({"daily": [
        {"date": DAY, "inputTokens": INPUT * 2, "outputTokens": OUTPUT * 2, "cacheCreationTokens": 0,
         "cacheReadTokens": 0, "totalTokens": (INPUT + OUTPUT) * 2, "totalCost": 0.1,
         "modelsUsed": [MODEL], "modelBreakdowns": [
             {"modelName": MODEL, "inputTokens": INPUT * 2, "outputTokens": OUTPUT * 2,
              "cacheCreationTokens": 0, "cacheReadTokens": 0, "cost": 0.1}]}],
        "totals": {"inputTokens": INPUT * 2, "outputTokens": OUTPUT * 2, "cacheCreationTokens": 0,
                   "cacheReadTokens": 0, "totalTokens": (INPUT + OUTPUT) * 2, "totalCost": 0.1}})
        for who in PEOPLE}


def report(**values):
    """A row of Claude Enterprise by person and day."""
    return json.dumps({"data_refreshed_at": "2026-11-12T04:00:00Z", "has_more": False,
                       "next_page": None, "data": [
        {"actor": {"type": "user_actor", "user_id": f"user_{who}", "email": mail(who),
                   "deleted": False},
         "starting_at": f"{DAY}T00:00:00Z", "ending_at": "2026-11-10T00:00:00Z",
         "product": "claude_code", "model": MODEL, **values} for who in PEOPLE]})


def usage_report():
    return {"usage.json": report(
        uncached_input_tokens=DAY_INPUT, output_tokens=DAY_OUTPUT, cache_read_input_tokens=0,
        cache_creation={"ephemeral_1h_input_tokens": 0, "ephemeral_5m_input_tokens": 0},
        total_tokens=DAY_INPUT + DAY_OUTPUT, requests=4)}


def cost_report():
    return {"cost.json": report(cost_type=None, token_type=None, currency="USD", amount="20.0",
                                list_amount="20.0", requests=5)}


def users_report():
    return {f"users_{DAY}.json": json.dumps({"next_page": None, "data": [
        {"user": {"id": f"user_{who}", "email_address": mail(who), "type": "user"},
         "claude_code_metrics": {
             "core_metrics": {"commit_count": 0, "distinct_session_count": 3,
                              "lines_of_code": {"added_count": 0, "removed_count": 0},
                              "pull_request_count": 0},
             "tool_actions": {}}} for who in PEOPLE]})}


def spend_of(product):
    return {f"spend-report-0f0e0d0c-0000-4000-8000-000000000001-{DAY}-to-{DAY}.csv": overlap.table(
        "user_email,account_uuid,product,model,total_requests,total_prompt_tokens,"
        "total_completion_tokens,total_net_spend_usd,total_gross_spend_usd,user_id,"
        "total_uncached_input_tokens,total_cache_read_tokens,total_cache_write_5m_tokens,"
        "total_cache_write_1h_tokens",
        ((mail(who), "a", product, MODEL, 6, DAY_INPUT, DAY_OUTPUT, 0.3, 0.3, f"user_{who}",
          DAY_INPUT, 0, 0, 0) for who in PEOPLE))}


def spend_report():
    return spend_of("Claude Code")


def ccusage_sessions():
    return {f"{who}/sessions.json": json.dumps({"sessions": [
        {"sessionId": f"{who}{hour}", "projectPath": "p", "firstActivity": overlap.instant(hour),
         "lastActivity": overlap.instant(hour), "outputTokens": OUTPUT} for hour in HOURS],
        "totals": {"outputTokens": DAY_OUTPUT}}) for who in PEOPLE}


revenium = overlap_telemetry.sources("", "claude_code", MODEL)[3]
own_table = overlap.tidemark_csv("claude_code", interactions=9, input_tokens=1, metered="0.33")

LISTED = len(HOURS) * (INPUT * 2 + OUTPUT * 10)  # at 2 and 10 dollars a million
SPLIT = {"input_tokens": DAY_INPUT, "output_tokens": DAY_OUTPUT}
TOKENS = (DAY_INPUT + DAY_OUTPUT) * overlap.MANY


CALLS = {"interactions": 2, "requests": 2, "sessions": 2, "list_value": LISTED, **SPLIT}
ROW = {"interactions": 2, "sessions": 2, **SPLIT}


class ClaudeCode(overlap.Pairs, ProgramTest):
    tool = "claude_code"
    told = {
        otel_events: of_people(**CALLS),
        revenium: of_people(**CALLS),
        otel_metrics: of_people(**ROW),
        transcripts: of_people(**CALLS),
        analytics: of_people(list_value=70000, **ROW),
        users_report: of_people(interactions=3, sessions=3),
        usage_report: of_people(interactions=4, requests=4, list_value=LISTED, **SPLIT),
        cost_report: of_people(interactions=5, requests=5, metered=200000),
        spend_report: of_people(interactions=6, requests=6, metered=300000, **SPLIT),
        own_table: of_people(interactions=9, input_tokens=1, metered=330000),
        ccusage: of_people(interactions=1, list_value=100000, **SPLIT),
        ccusage_sessions: of_people(interactions=2, sessions=2),
    }
    order = tuple(told)
    money = (cost_report, spend_report, own_table, otel_events, revenium, transcripts, analytics,
             usage_report, ccusage)


class ClaudeCodeByToken(overlap.Pairs, ProgramTest):
    """Analytics of those who pay by token: what they are billed is no list value of recordings."""

    tool = "claude_code"
    told = {
        otel_events: of_people(**CALLS),
        transcripts: of_people(**CALLS),
        analytics_of_keys: of_people(metered=70000, **ROW),
        ccusage: of_people(interactions=1, list_value=100000, **SPLIT),
    }
    order = tuple(told)
    money = (analytics_of_keys, otel_events, transcripts, ccusage)


class Published(overlap.Company, ProgramTest):
    def test_what_is_published_counts_once(self):
        company = self.given(*ClaudeCode.order)
        self.assertFine(company.run("run"))
        found = overlap.published(company)
        self.assertEqual(found["tokens"]["value"], TOKENS)
        self.assertEqual(found["cost_metered"]["value"], 1.2)
        self.assertEqual(found["list_value"]["value"], 0)
        self.assertEqual(found["active_users"]["high"], overlap.MANY)
