"""The requests of overlap.py as OpenTelemetry: GenAI conventions, and Revenium's events."""

from overlap import (INPUT, OUTPUT, attributes, each, lines, log_records, mail, nanoseconds)

SENT = ("genai_spans", "genai_events", "genai_metrics", "revenium")


def call(who, hour, model):
    return {"gen_ai.operation.name": "chat", "user.email": mail(who), "gen_ai.request.model": model,
            "gen_ai.conversation.id": f"{who}{hour}", "gen_ai.response.id": f"r{who}{hour}",
            "gen_ai.usage.input_tokens": INPUT, "gen_ai.usage.cache_read.input_tokens": 0,
            "gen_ai.usage.output_tokens": OUTPUT}


def sources(service, body, model):
    """The functions of one tool: its service.name, how Revenium's events begin, its model."""
    resource = {"attributes": attributes({"service.name": service})}

    def genai_spans():
        return {"spans.jsonl": lines({"resourceSpans": [{"resource": resource, "scopeSpans": [{
            "spans": [{"traceId": f"t{who}{hour}", "spanId": f"s{who}{hour}",
                       "startTimeUnixNano": nanoseconds(hour), "endTimeUnixNano": nanoseconds(hour),
                       "name": "chat", "attributes": attributes(call(who, hour, model))}]}]}]}
            for who, hour in each())}

    def genai_events():
        return {"events-of-calls.jsonl": log_records(service, "genai", (
            (hour, {"event.name": "gen_ai.client.inference.operation.details",
                    **call(who, hour, model)}, "") for who, hour in each()))}

    def genai_metrics():
        return {"metrics-of-calls.jsonl": lines({"resourceMetrics": [{
            "resource": resource, "scopeMetrics": [{"scope": {"name": "genai"}, "metrics": [{
                "name": "gen_ai.client.token.usage", "histogram": {
                    "aggregationTemporality": 1, "dataPoints": [
                        {"startTimeUnixNano": nanoseconds(hour - 1),
                         "timeUnixNano": nanoseconds(hour), "count": "1", "sum": tokens,
                         "attributes": attributes({
                             "user.email": mail(who), "gen_ai.token.type": kind,
                             "gen_ai.request.model": model})}
                        for kind, tokens in (("input", INPUT), ("output", OUTPUT))]}}]}]}]}
            for who, hour in each())}

    def revenium():
        return {"revenium.jsonl": log_records("", "revenium", (
            (hour, {"transaction_id": f"x{who}{hour}", "user.email": mail(who), "model": model,
                    "session.id": f"{who}{hour}", "input_tokens": INPUT, "output_tokens": OUTPUT,
                    "cache_read_tokens": 0}, f"{body}.api_response") for who, hour in each()))}

    return genai_spans, genai_events, genai_metrics, revenium
