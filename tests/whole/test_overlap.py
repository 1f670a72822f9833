"""The same use told by several sources of one tool is counted once, whatever pair is given."""

import itertools
import json

from harness import ProgramTest

PEOPLE = ("ana", "ben", "cleo", "dan", "eva", "fay")
DAY, HOURS = "2026-11-09", (8, 9)  # Monday of W46; two requests at these hours
INPUT, OUTPUT = 3000, 2000  # tokens of each request
TOKENS = (INPUT + OUTPUT) * len(HOURS) * len(PEOPLE)
NANOSECONDS = {8: "1794211200000000000", 9: "1794214800000000000"}


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def analytics():
    page = {"data": [
        {"date": f"{DAY}T00:00:00Z", "actor": {"type": "user_actor", "email_address": f"{who}@example.com"},
         "organization_id": "o", "customer_type": "subscription", "terminal_type": "x",
         "core_metrics": {"num_sessions": 2, "lines_of_code": {"added": 0, "removed": 0},
                          "commits_by_claude_code": 0, "pull_requests_by_claude_code": 0},
         "tool_actions": {},
         "model_breakdown": [{"model": "claude-sonnet-5", "tokens": {
             "input": INPUT * 2, "output": OUTPUT * 2, "cache_read": 0, "cache_creation": 0},
             "estimated_cost": {"currency": "USD", "amount": 1}}]} for who in PEOPLE], "has_more": False}
    return {"analytics.json": json.dumps(page)}


def transcripts():
    return {f"{who}/s.jsonl": lines(
        {"isSidechain": False, "type": "assistant", "uuid": f"{who}{hour}", "sessionId": f"{who}{hour}",
         "requestId": f"r{who}{hour}", "timestamp": f"{DAY}T{hour:02}:00:00.000Z",
         "message": {"id": f"m{who}{hour}", "model": "claude-sonnet-5",
                     "usage": {"input_tokens": INPUT, "output_tokens": OUTPUT}}}
        for hour in HOURS) for who in PEOPLE}


def attributes(**values):
    return [{"key": key.replace("_DOT_", "."), "value": {"intValue": value} if isinstance(value, int)
             else {"stringValue": value}} for key, value in values.items()]


def otel_events():
    return {"events.jsonl": lines({"resourceLogs": [{"resource": {"attributes": []}, "scopeLogs": [{
        "scope": {"name": "com.anthropic.claude_code.events"},
        "logRecords": [{"timeUnixNano": NANOSECONDS[hour], "body": {"stringValue": "claude_code.api_request"},
                        "attributes": attributes(
                            event_DOT_name="api_request", user_DOT_email=f"{who}@example.com",
                            session_DOT_id=f"{who}{hour}", model="claude-sonnet-5", input_tokens=INPUT,
                            output_tokens=OUTPUT, cache_read_tokens=0, cache_creation_tokens=0,
                            request_id=f"r{who}{hour}")}]}]}]}
        for who in PEOPLE for hour in HOURS)}


def otel_metrics():
    return {"metrics.jsonl": lines({"resourceMetrics": [{"resource": {"attributes": []}, "scopeMetrics": [{
        "scope": {"name": "com.anthropic.claude_code"},
        "metrics": [{"name": "claude_code.token.usage", "sum": {
            "aggregationTemporality": 1, "isMonotonic": True, "dataPoints": [
                {"startTimeUnixNano": "1794207600000000000", "timeUnixNano": NANOSECONDS[hour],
                 "asDouble": tokens, "attributes": attributes(
                     user_DOT_email=f"{who}@example.com", session_DOT_id=f"{who}{hour}", type=kind,
                     model="claude-sonnet-5")}
                for kind, tokens in (("input", INPUT), ("output", OUTPUT))]}}]}]}]}
        for who in PEOPLE for hour in HOURS)}


def ccusage():
    return {f"{who}/ccusage.json": json.dumps({"daily": [
        {"date": DAY, "inputTokens": INPUT * 2, "outputTokens": OUTPUT * 2, "cacheCreationTokens": 0,
         "cacheReadTokens": 0, "totalTokens": (INPUT + OUTPUT) * 2, "totalCost": 0.1,
         "modelsUsed": ["claude-sonnet-5"], "modelBreakdowns": [
             {"modelName": "claude-sonnet-5", "inputTokens": INPUT * 2, "outputTokens": OUTPUT * 2,
              "cacheCreationTokens": 0, "cacheReadTokens": 0, "cost": 0.1}]}],
        "totals": {"inputTokens": INPUT * 2, "outputTokens": OUTPUT * 2, "cacheCreationTokens": 0,
                   "cacheReadTokens": 0, "totalTokens": (INPUT + OUTPUT) * 2, "totalCost": 0.1}})
        for who in PEOPLE}


SOURCES = (analytics, transcripts, otel_events, otel_metrics, ccusage)


class Overlap(ProgramTest):
    def told(self, *sources):
        """Tokens and active people of W46 when these sources are given."""
        company = self.company(small=True)
        (company.home / "identities.csv").write_text(
            "email,tool,kind,value\n" + "".join(f"{who}@example.com,,path,{who}\n" for who in PEOPLE))
        for source in sources:
            company.give(source())
        self.assertFine(company.run("run"))
        cells = json.loads((company.week / "kpis.json").read_text())["cells"]
        values = {(cell["kpi"], cell["part"]): cell for cell in cells
                  if cell["scope"] == "org" and cell["week"] == "2026-W46"}
        return values["tokens", ""]["value"], values["active_users", ""]["low"], values

    def test_each_source_by_itself_tells_the_use(self):
        for source in SOURCES:
            with self.subTest(source.__name__):
                self.assertEqual(self.told(source)[0], TOKENS)

    def test_each_pair_gives_one_count(self):
        for pair in itertools.combinations(SOURCES, 2):
            with self.subTest(" and ".join(source.__name__ for source in pair)):
                self.assertEqual(self.told(*pair)[0], TOKENS)

    def test_all_together_give_one_count(self):
        self.assertEqual(self.told(*SOURCES)[0], TOKENS)
