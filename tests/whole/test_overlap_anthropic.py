"""Claude's apps and the Anthropic API: reports, exports and bills of one use count once."""

import json

import overlap
import test_overlap
from harness import ProgramTest
from overlap import DAY, DAY_INPUT, DAY_OUTPUT, HOURS, PEOPLE, mail, of_people

MODEL = "claude-sonnet-5"
NEXT_DAY = "2026-11-10"
TOKENS = {"input_tokens": DAY_INPUT, "output_tokens": DAY_OUTPUT}
LISTED = DAY_INPUT * 2 + DAY_OUTPUT * 10  # at 2 and 10 dollars a million


def page(rows):
    return json.dumps({"data": rows, "has_more": False, "next_page": None})


# ---- Apps ------------------------------------------------------------------------------------


def of_apps(start, end, **values):
    return [{"actor": {"type": "user_actor", "user_id": f"user_{who}", "email": mail(who),
                       "deleted": False},
             "starting_at": start, "ending_at": end, "product": "chat", "model": MODEL, **values}
            for who in PEOPLE]


def users():
    return {f"users_{DAY}.json": json.dumps({"next_page": None, "data": [
        {"user": {"id": f"user_{who}", "email_address": mail(who), "type": "user"},
         "chat_metrics": {"distinct_conversation_count": 1, "message_count": 2}}
        for who in PEOPLE]})}


def usage(start, end, requests, of=1):
    return page(of_apps(
        start, end, uncached_input_tokens=DAY_INPUT // of, output_tokens=DAY_OUTPUT // of,
        cache_read_input_tokens=0, total_tokens=(DAY_INPUT + DAY_OUTPUT) // of, requests=requests))


def usage_days():
    return {"usage.json": usage(f"{DAY}T00:00:00Z", f"{NEXT_DAY}T00:00:00Z", 3)}


def usage_hours():
    return {f"usage-{hour}.json": usage(f"{DAY}T{hour:02}:00:00Z", f"{DAY}T{hour + 1:02}:00:00Z", 2,
                                        of=len(HOURS)) for hour in HOURS}


def cost():
    return {"cost.json": page(of_apps(
        f"{DAY}T00:00:00Z", f"{NEXT_DAY}T00:00:00Z", cost_type=None, token_type=None,
        currency="USD", amount="20.0", list_amount="25.0", requests=5))}


def spend():
    return test_overlap.spend_of("Chat")


apps_table = overlap.tidemark_csv("claude", interactions=9, input_tokens=1, metered="0.33")


class ClaudeApps(overlap.Pairs, ProgramTest):
    tool = "claude"
    told = {
        users: of_people(interactions=2, messages=2, sessions=1),
        usage_days: of_people(interactions=3, requests=3, list_value=LISTED, **TOKENS),
        usage_hours: of_people(interactions=4, requests=4, list_value=LISTED, **TOKENS),
        cost: of_people(interactions=5, requests=5, metered=200000, list_value=50000),
        spend: of_people(interactions=6, requests=6, metered=300000, **TOKENS),
        apps_table: of_people(interactions=9, input_tokens=1, metered=330000),
    }
    order = tuple(told)
    money = (cost, spend, apps_table, usage_days, usage_hours)


# ---- API -------------------------------------------------------------------------------------


def buckets(start, end, of=1):
    return page([{"starting_at": start, "ending_at": end, "results": [
        {"uncached_input_tokens": DAY_INPUT // of, "cache_creation": {
            "ephemeral_1h_input_tokens": 0, "ephemeral_5m_input_tokens": 0},
         "cache_read_input_tokens": 0, "output_tokens": DAY_OUTPUT // of, "account_id": None,
         "api_key_id": f"apikey_{who}", "workspace_id": "w", "model": MODEL,
         "service_tier": "standard"} for who in PEOPLE]}])


def api_days():
    return {"api-days.json": buckets(f"{DAY}T00:00:00Z", f"{NEXT_DAY}T00:00:00Z")}


def api_hours():
    return {f"api-{hour}.json": buckets(
        f"{DAY}T{hour:02}:00:00Z", f"{DAY}T{hour + 1:02}:00:00Z", len(HOURS)) for hour in HOURS}


def console(day_of):
    return overlap.table(
        "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,"
        "usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
        "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,"
        "web_search_count",
        ((day, MODEL, f"apikey_{who}", "w", "standard", "", DAY_INPUT // len(day_of), 0, 0, 0,
          DAY_OUTPUT // len(day_of), 0) for who in PEOPLE for day in day_of))


def console_days():
    return {"console.csv": console((DAY,))}


def console_hours():
    return {"console-hours.csv": console(tuple(f"{DAY} {hour:02}:00" for hour in HOURS))}


def console_cost():
    return {"console-cost.csv": overlap.table(
        "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,"
        "list_price_usd,cost_type",
        ((DAY, MODEL, "w", f"apikey_{who}", "message", "", "output", 0.2, 0.2, "token")
         for who in PEOPLE))}


def cost_totals():
    return {"cost-totals.json": page([{
        "starting_at": f"{DAY}T00:00:00Z", "ending_at": f"{NEXT_DAY}T00:00:00Z", "results": [
            {"amount": "120", "currency": "USD", "workspace_id": "w", "description": None}]}])}


api_table = overlap.tidemark_csv("anthropic_api", interactions=9, input_tokens=1, metered="0.33")


class AnthropicApi(overlap.Pairs, ProgramTest):
    """Keys that identities.csv gives to people."""

    tool = "anthropic_api"
    accounts = "email,tool,kind,value\n" + "".join(
        f"{mail(who)},anthropic_api,api_key,apikey_{who}\n" for who in PEOPLE)
    told = {
        api_days: of_people(interactions=1, list_value=LISTED, **TOKENS),
        api_hours: of_people(interactions=2, list_value=LISTED, **TOKENS),
        console_days: of_people(interactions=1, list_value=LISTED, **TOKENS),
        console_hours: of_people(interactions=2, list_value=LISTED, **TOKENS),
        api_table: of_people(interactions=9, input_tokens=1, metered=330000),
        console_cost: {"metered": 200000 * overlap.MANY},
        cost_totals: {},
    }
    order = tuple(told)
    money = (console_cost, api_table, api_days, api_hours, console_days, console_hours)
