"""Gateways and tracing tools tell the same calls once; a client behind one is another tool."""

import json

import overlap
import overlap_telemetry
import test_overlap_openai
from harness import ProgramTest
from overlap import DAY, DAY_INPUT, DAY_OUTPUT, INPUT, OUTPUT, PEOPLE, each, mail, of_people

MODEL = "gpt-5.4"
COST = 0.02  # of each call, as the gateways reckon


def litellm_calls():
    return {"litellm.jsonl": overlap.lines(
        {"request_id": f"q{who}{hour}", "call_type": "acompletion", "spend": COST,
         "total_tokens": INPUT + OUTPUT, "prompt_tokens": INPUT, "completion_tokens": OUTPUT,
         "startTime": overlap.instant(hour), "endTime": overlap.instant(hour), "model": MODEL,
         "user": mail(who), "session_id": f"{who}{hour}", "status": "success"}
        for who, hour in each())}


def langfuse_observations():
    return {"langfuse.json": json.dumps([
        {"id": f"o{who}{hour}", "trace_id": f"t{who}{hour}", "type": "GENERATION",
         "start_time": overlap.instant(hour), "provided_model_name": MODEL,
         "usage_details": {"input": INPUT, "output": OUTPUT, "total": INPUT + OUTPUT},
         "total_cost": COST, "user_id": mail(who), "session_id": f"{who}{hour}"}
        for who, hour in each()])}


def helicone_requests():
    return {"helicone.csv": overlap.table(
        "response_id,response_created_at,response_status,request_created_at,request_user_id,model,"
        "prompt_tokens,completion_tokens,latency,cost",
        ((f"r{who}{hour}", overlap.instant(hour), 200, overlap.instant(hour), mail(who), MODEL,
          INPUT, OUTPUT, 100, COST) for who, hour in each()))}


def litellm_days():
    return {"litellm-days.csv": overlap.table(
        "user_id,date,api_key,model,model_group,custom_llm_provider,prompt_tokens,"
        "completion_tokens,cache_read_input_tokens,cache_creation_input_tokens,spend,api_requests,"
        "successful_requests,failed_requests",
        ((mail(who), DAY, "h", MODEL, "g", "p", DAY_INPUT, DAY_OUTPUT, 0, 0, COST, 5, 5, 0)
         for who in PEOPLE))}


def litellm_activity():
    return {"activity.json": json.dumps({"results": [
        {"date": DAY, "metrics": {"spend": 9, "prompt_tokens": 99, "completion_tokens": 99,
                                  "api_requests": 99, "total_tokens": 198}}],
        "metadata": {"has_more": False, "total_spend": 9}})}


spans, calls, metrics, _ = overlap_telemetry.sources("litellm", "", MODEL)
own_table = overlap.tidemark_csv("gateway", interactions=9, input_tokens=1, list_value="0.33")

LISTED = INPUT * 5 + OUTPUT * 30  # of two calls, at 2.5 and 15 dollars a million
CALLS = {"interactions": 2, "requests": 2, "sessions": 2, "output_tokens": DAY_OUTPUT}


class Gateway(overlap.Pairs, ProgramTest):
    tool = "gateway"
    told = {
        spans: of_people(input_tokens=DAY_INPUT, list_value=LISTED, **CALLS),
        calls: of_people(input_tokens=DAY_INPUT, list_value=LISTED, **CALLS),
        metrics: of_people(unsplit_tokens=DAY_INPUT, **CALLS),
        litellm_calls: of_people(unsplit_tokens=DAY_INPUT, list_value=40000, **CALLS),
        langfuse_observations: of_people(input_tokens=DAY_INPUT, list_value=40000, **CALLS),
        helicone_requests: of_people(unsplit_tokens=DAY_INPUT, list_value=40000, **CALLS),
        litellm_days: of_people(interactions=5, requests=5, input_tokens=DAY_INPUT,
                                output_tokens=DAY_OUTPUT, list_value=20000),
        own_table: of_people(interactions=9, input_tokens=1, list_value=330000),
        litellm_activity: {},
    }
    order = tuple(told)


agent_spans, agent_calls, agent_metrics, _ = overlap_telemetry.sources("acme", "", MODEL)
agent_table = overlap.tidemark_csv("other_agent", interactions=9, input_tokens=1, list_value="0.33")


class OtherAgent(overlap.Pairs, ProgramTest):
    tool = "other_agent"
    told = {
        agent_spans: of_people(input_tokens=DAY_INPUT, list_value=LISTED, **CALLS),
        agent_calls: of_people(input_tokens=DAY_INPUT, list_value=LISTED, **CALLS),
        agent_metrics: of_people(unsplit_tokens=DAY_INPUT, **CALLS),
        agent_table: of_people(interactions=9, input_tokens=1, list_value=330000),
    }
    order = tuple(told)


class ClientBehindAGateway(overlap.Company, ProgramTest):
    """Nothing in a gateway's record names the client, so that its use is of a tool of its own."""

    def test_people_count_once_and_tokens_of_both_tools_are_told_apart(self):
        company = self.given(test_overlap_openai.rollouts, litellm_calls)
        found = overlap.used(company)
        self.assertEqual(set(found), {"codex", "gateway"})
        for tool in found:
            self.assertEqual(found[tool]["output_tokens"], DAY_OUTPUT * len(PEOPLE))
        self.assertIn("calls through the gateway", company.run("status").output)
        self.assertFine(company.run("run"))
        self.assertEqual(overlap.published(company)["active_users"]["high"], len(PEOPLE))
