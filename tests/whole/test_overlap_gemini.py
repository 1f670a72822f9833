"""Gemini CLI, Qwen Code and opencode: telemetry and recordings of the same use count once."""

import json

import overlap
import overlap_telemetry
from harness import ProgramTest
from overlap import DAY_INPUT, DAY_OUTPUT, HOURS, INPUT, OUTPUT, each, mail, of_people

TOKENS = {"input_tokens": DAY_INPUT, "output_tokens": DAY_OUTPUT}


def response(name, who, hour, model):
    return {"event.name": f"{name}.api_response", "event.timestamp": overlap.instant(hour),
            "session.id": f"{who}{hour}", "user.email": mail(who), "model": model,
            "input_token_count": INPUT, "output_token_count": OUTPUT,
            "cached_content_token_count": 0, "thoughts_token_count": 0, "tool_token_count": 0,
            "total_token_count": INPUT + OUTPUT, "prompt_id": f"{who}{hour}########0",
            "status_code": 200}


def events_of(service, prefix, model):
    def events():
        return {f"{service}-events.jsonl": overlap.log_records(service, service, (
            (hour, response(prefix, who, hour, model), "x") for who, hour in each()))}

    return events


def metrics_of(service, prefix, model):
    def point(who, hour, value, **more):
        return {"startTimeUnixNano": overlap.nanoseconds(hour - 1),
                "timeUnixNano": overlap.nanoseconds(hour), "asInt": value,
                "attributes": overlap.attributes({
                    "user.email": mail(who), "session.id": f"{who}{hour}", "model": model, **more})}

    def metric(name, points):
        return {"name": f"{prefix}.{name}", "sum": {
            "aggregationTemporality": 1, "isMonotonic": True, "dataPoints": points}}

    def metrics():
        return {f"{service}-metrics.jsonl": overlap.lines({"resourceMetrics": [{
            "resource": {"attributes": []}, "scopeMetrics": [{"scope": {"name": service}, "metrics": [
                metric("token.usage", [point(who, hour, INPUT, type="input"),
                                       point(who, hour, OUTPUT, type="output")]),
                metric("api.request.count", [point(who, hour, 1, status_code=200)])]}]}]}
            for who, hour in each())}

    return metrics


def telemetry_file():
    """What Gemini CLI writes itself: objects of its library, one after another."""
    return {"telemetry.json": "".join(json.dumps({
        "hrTime": [overlap.seconds(hour), 0],
        "resource": {"_rawAttributes": [["service.name", "gemini-cli"]]},
        "instrumentationScope": {"name": "gemini-cli"},
        "attributes": {"installation.id": f"i-{who}", "interactive": True,
                       **response("gemini_cli", who, hour, "gemini-2.5-pro")},
        "_body": "text", "_isReadonly": True}, indent=2) + "\n" for who, hour in each())}


def chats():
    return {f"{who}/chats/session-{who}{hour}.json": json.dumps({
        "sessionId": f"{who}{hour}", "projectHash": "0", "startTime": overlap.instant(hour),
        "lastUpdated": overlap.instant(hour), "messages": [
            {"id": f"u{who}{hour}", "timestamp": overlap.instant(hour), "type": "user",
             "content": "x"},
            {"id": f"m{who}{hour}", "timestamp": overlap.instant(hour), "type": "gemini",
             "content": "x", "model": "gemini-2.5-pro", "tokens": {
                 "input": INPUT, "output": OUTPUT, "cached": 0, "thoughts": 0, "tool": 0,
                 "total": INPUT + OUTPUT}}]}) for who, hour in each()}


events = events_of("gemini-cli", "gemini_cli", "gemini-2.5-pro")
metrics = metrics_of("gemini-cli", "gemini_cli", "gemini-2.5-pro")
revenium = overlap_telemetry.sources("", "gemini_cli", "gemini-2.5-pro")[3]
own_table = overlap.tidemark_csv("gemini_cli", interactions=9, requests=9, input_tokens=1)


class GeminiCli(overlap.Pairs, ProgramTest):
    tool = "gemini_cli"
    told = {
        events: of_people(interactions=2, requests=2, sessions=2, **TOKENS),
        telemetry_file: of_people(interactions=2, requests=2, sessions=2, **TOKENS),
        revenium: of_people(interactions=2, requests=2, sessions=2, **TOKENS),
        metrics: of_people(interactions=2, requests=2, sessions=2, unsplit_tokens=DAY_INPUT,
                           output_tokens=DAY_OUTPUT),
        chats: of_people(interactions=2, requests=2, messages=2, sessions=2, **TOKENS),
        own_table: of_people(interactions=9, requests=9, input_tokens=1),
    }
    order = tuple(told)


def qwen_chats():
    return {f"{who}/chats/{who}{hour}.jsonl": overlap.lines(
        {"uuid": f"{kind}{who}{hour}", "parentUuid": None, "sessionId": f"{who}{hour}",
         "timestamp": overlap.instant(hour), "type": kind, "cwd": "/", "version": "0.15.10", **more}
        for kind, more in (
            ("user", {"message": {"role": "user", "parts": [{"text": "x"}]}}),
            ("assistant", {"model": "qwen3-coder", "message": {"role": "model", "parts": []},
                           "usageMetadata": {"promptTokenCount": INPUT,
                                             "candidatesTokenCount": OUTPUT,
                                             "thoughtsTokenCount": 0,
                                             "totalTokenCount": INPUT + OUTPUT,
                                             "cachedContentTokenCount": 0}})))
        for who, hour in each()}


qwen_events = events_of("qwen-code", "qwen-code", "qwen3-coder")
qwen_metrics = metrics_of("qwen-code", "qwen-code", "qwen3-coder")
qwen_table = overlap.tidemark_csv("qwen_code", interactions=9, requests=9, input_tokens=1)


class QwenCode(overlap.Pairs, ProgramTest):
    tool = "qwen_code"
    told = {
        qwen_events: of_people(interactions=2, requests=2, sessions=2, **TOKENS),
        qwen_metrics: of_people(interactions=2, requests=2, sessions=2, unsplit_tokens=DAY_INPUT,
                                output_tokens=DAY_OUTPUT),
        qwen_chats: of_people(interactions=2, requests=2, messages=2, sessions=2, **TOKENS),
        qwen_table: of_people(interactions=9, requests=9, input_tokens=1),
    }
    order = tuple(told)


def opencode_messages():
    return {f"{who}/storage/message/ses_{who}{hour}/msg_{who}{hour}.json": json.dumps({
        "id": f"msg_{who}{hour}", "sessionID": f"ses_{who}{hour}", "role": "assistant",
        "parentID": "u", "modelID": "claude-sonnet-5", "providerID": "anthropic", "mode": "build",
        "path": {"cwd": "/", "root": "/"}, "time": {"created": overlap.seconds(hour) * 1000,
                                                    "completed": overlap.seconds(hour) * 1000 + 1},
        "cost": 0.013, "tokens": {"input": INPUT, "output": OUTPUT, "reasoning": 0,
                                  "cache": {"read": 0, "write": 0}}}) for who, hour in each()}


spans, calls, call_metrics, _ = overlap_telemetry.sources("opencode", "", "claude-sonnet-5")
opencode_table = overlap.tidemark_csv("opencode", interactions=9, requests=9, list_value="0.33")

LISTED = len(HOURS) * (INPUT * 2 + OUTPUT * 10)  # at 2 and 10 dollars a million
CALLS = {"interactions": 2, "requests": 2, "sessions": 2, **TOKENS}


class OpenCode(overlap.Pairs, ProgramTest):
    tool = "opencode"
    told = {
        spans: of_people(list_value=LISTED, **CALLS),
        calls: of_people(list_value=LISTED, **CALLS),
        call_metrics: of_people(interactions=2, requests=2, sessions=2, unsplit_tokens=DAY_INPUT,
                                output_tokens=DAY_OUTPUT),
        opencode_messages: of_people(list_value=26000, **CALLS),
        opencode_table: of_people(interactions=9, requests=9, list_value=330000),
    }
    order = tuple(told)
