"""Codex's recordings, telemetry, analytics and credits, and OpenAI's usage and costs, count once."""

import json

import overlap
import overlap_telemetry
from harness import ProgramTest
from overlap import (DAY, DAY_INPUT, DAY_OUTPUT, HOURS, INPUT, MIDNIGHT, OUTPUT, PEOPLE,
                     mail, of_people)

MODEL = "gpt-5.4"
LISTED = (INPUT * 5 + OUTPUT * 30)  # of two requests, at 2.5 and 15 dollars a million
BUCKET = {"start_time": MIDNIGHT, "end_time": MIDNIGHT + 86400}


def thread(who):
    return f"01990000-0000-7000-8000-00000000000{PEOPLE.index(who)}"


def line(hour, kind, **payload):
    return {"timestamp": overlap.instant(hour), "type": kind, "payload": payload}


def rollouts():
    usage = {"input_tokens": INPUT, "cached_input_tokens": 0, "cache_write_input_tokens": 0,
             "output_tokens": OUTPUT, "reasoning_output_tokens": 0, "total_tokens": INPUT + OUTPUT}
    return {f"{who}/rollout-{DAY}T08-00-00-{thread(who)}.jsonl": overlap.lines([
        line(HOURS[0], "session_meta", id=thread(who), cwd="/", originator="codex-tui",
             source="cli", thread_source="user"),
        *(record for turn, hour in enumerate(HOURS) for record in (
            line(hour, "event_msg", type="task_started", turn_id=f"t-{turn}"),
            line(hour, "turn_context", turn_id=f"t-{turn}", model=MODEL),
            line(hour, "token_usage_record", thread_id=thread(who), turn_id=f"t-{turn}",
                 response_id=f"resp{who}{turn}", usage=usage, turn_token_usage=usage,
                 thread_token_usage=usage)))]) for who in PEOPLE}


def analytics_users():
    return {"codex-users.json": json.dumps({"object": "page", "has_more": False, "data": [
        {"object": "codex.usage", **BUCKET, "user_id": f"user-{who}",
         "actor": {"type": "user", "user_id": f"user-{who}", "email": mail(who)},
         "totals": {"threads": 3, "turns": 4, "credits": 1},
         "clients": [{"client_id": "codex_cli", "threads": 3, "turns": 4, "credits": 1,
                      "uncached_text_input_tokens": DAY_INPUT, "cached_text_input_tokens": 0,
                      "text_output_tokens": DAY_OUTPUT,
                      "text_total_tokens": DAY_INPUT + DAY_OUTPUT}],
         "models": [{"model": MODEL, "credits": 1, "speed": "standard"}]} for who in PEOPLE]})}


def analytics_workspace():
    return {"codex-workspace.json": json.dumps({"object": "page", "has_more": False, "data": [
        {"object": "codex.usage", **BUCKET, "user_id": None, "actor": None,
         "totals": {"threads": 9, "turns": 99, "credits": 6}}]})}


def credits():
    return {"credits.csv": overlap.table(
        "date_partition,account_id,account_user_id,email,name,public_id,usage_type,usage_credits,"
        "usage_quantity,usage_units",
        ((DAY, "acct", f"user-{who}", mail(who), who, "pub", "codex", 1.5, 5, "counts")
         for who in PEOPLE))}


def ccusage():
    tokens = {"inputTokens": DAY_INPUT, "outputTokens": DAY_OUTPUT, "cacheCreationTokens": 0,
              "cacheReadTokens": 0, "reasoningOutputTokens": 0}
    return {f"{who}/ccusage.json": json.dumps({
        "daily": [{"date": DAY, **tokens, "totalTokens": DAY_INPUT + DAY_OUTPUT, "costUSD": 0.5,
                   "models": {MODEL: {**tokens, "isFallback": False}}}],
        "totals": {**tokens, "costUSD": 0.5}}) for who in PEOPLE}


spans, calls, metrics, revenium = overlap_telemetry.sources("codex_cli_rs", "codex_cli", MODEL)
own_table = overlap.tidemark_csv("codex", interactions=9, input_tokens=1, output_tokens=2,
                                 list_value="0.33")

TOKENS = {"input_tokens": DAY_INPUT, "output_tokens": DAY_OUTPUT}
CALLS = {"interactions": 2, "requests": 2, "sessions": 2, "list_value": LISTED, **TOKENS}


class Codex(overlap.Pairs, ProgramTest):
    tool = "codex"
    told = {
        spans: of_people(**CALLS),
        calls: of_people(**CALLS),
        revenium: of_people(**CALLS),
        metrics: of_people(interactions=2, requests=2, sessions=2, unsplit_tokens=DAY_INPUT,
                           output_tokens=DAY_OUTPUT),
        rollouts: of_people(interactions=2, requests=2, messages=2, sessions=1, list_value=LISTED,
                            **TOKENS),
        analytics_users: of_people(interactions=4, messages=4, sessions=3, list_value=LISTED,
                                   **TOKENS),
        credits: of_people(interactions=5),
        own_table: of_people(interactions=9, input_tokens=1, output_tokens=2, list_value=330000),
        ccusage: of_people(interactions=1, list_value=500000, **TOKENS),
        analytics_workspace: {},
    }
    order = tuple(told)


def usage_of_users():
    return {"usage.json": json.dumps({"object": "page", "has_more": False, "data": [
        {"object": "bucket", **BUCKET, "results": [
            {"object": "organization.usage.completions.result", "input_tokens": DAY_INPUT,
             "input_cached_tokens": 0, "output_tokens": DAY_OUTPUT, "num_model_requests": 2,
             "input_audio_tokens": 0, "project_id": "p", "user_id": f"user-{who}",
             "model": MODEL, "batch": False} for who in PEOPLE]}]})}


def usage_dashboard():
    return {"usage.csv": overlap.table(
        "start_time,end_time,num_model_requests,user_id,model,project_id,input_tokens,"
        "input_cached_tokens,output_tokens",
        ((MIDNIGHT, MIDNIGHT + 86400, 2, f"user-{who}", MODEL, "p", DAY_INPUT, 0, DAY_OUTPUT)
         for who in PEOPLE))}


def usage_of_organisation():
    return {"usage-of-organisation.json": json.dumps({"object": "page", "data": [
        {"object": "bucket", **BUCKET, "results": [
            {"object": "organization.usage.completions.result", "input_tokens": 99,
             "input_cached_tokens": 0, "output_tokens": 99, "num_model_requests": 99,
             "user_id": None, "model": MODEL}]}]})}


def costs_of_users():
    return {"costs.csv": overlap.table(
        "start_time,end_time,amount_value,amount_currency,line_item,user_id,project_id,user_email",
        ((MIDNIGHT, MIDNIGHT + 86400, 0.08, "usd", "", f"user-{who}", "p", mail(who))
         for who in PEOPLE))}


def costs_of_organisation():
    return {"costs-of-organisation.json": json.dumps({"object": "page", "data": [
        {"object": "bucket", **BUCKET, "results": [
            {"object": "organization.costs.result", "amount": {"value": 0.48, "currency": "usd"},
             "line_item": None, "project_id": "p"}]}]})}


own_rows = overlap.tidemark_csv("openai_api", interactions=9, requests=9, input_tokens=1,
                                output_tokens=2, list_value="0.33")


class OpenAi(overlap.Pairs, ProgramTest):
    tool = "openai_api"
    accounts = "email,tool,kind,value\n" + "".join(
        f"{mail(who)},openai_api,user_id,user-{who}\n" for who in PEOPLE)
    told = {
        usage_of_users: of_people(interactions=2, requests=2, list_value=LISTED, **TOKENS),
        usage_dashboard: of_people(interactions=2, requests=2, list_value=LISTED, **TOKENS),
        costs_of_users: {"metered": 80000 * overlap.MANY},
        own_rows: of_people(interactions=9, requests=9, input_tokens=1, output_tokens=2,
                            list_value=330000),
        usage_of_organisation: {},
        costs_of_organisation: {},
    }
    order = tuple(told)
    money = (costs_of_users, usage_of_users, usage_dashboard, own_rows)
