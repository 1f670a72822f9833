"""Cursor's events, tables, days and analytics tell the same use, which counts once."""

import json

import overlap
import overlap_telemetry
from harness import ProgramTest
from overlap import (DAY, DAY_INPUT, DAY_OUTPUT, INPUT, MIDNIGHT, OUTPUT, PEOPLE, each, mail,
                     of_people)

MODEL = "claude-sonnet-5"
CENTS = 11  # of each request, beyond the seats


def events():
    return {"events.json": json.dumps({
        "totalUsageEventsCount": len(PEOPLE) * 2, "pagination": {"hasNextPage": False},
        "usageEvents": [
            {"timestamp": str(overlap.seconds(hour) * 1000), "userEmail": mail(who),
             "model": MODEL, "kind": "Usage-based", "maxMode": False, "requestsCosts": 1,
             "isTokenBasedCall": True, "isHeadless": False, "conversationId": f"{who}{hour}",
             "tokenUsage": {"inputTokens": INPUT, "outputTokens": OUTPUT, "cacheWriteTokens": 0,
                            "cacheReadTokens": 0, "totalCents": CENTS},
             "chargedCents": CENTS} for who, hour in each()]})}


def usage_csv():
    return {"usage.csv": overlap.table(
        "Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),"
        "Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost",
        ((overlap.instant(hour), mail(who), "", "", "On-Demand", MODEL, "No", 0, INPUT,
          0, OUTPUT, INPUT + OUTPUT, f"${CENTS / 100:.2f}") for who, hour in each()))}


def daily_usage():
    return {"daily.json": json.dumps({
        "data": [{"email": mail(who), "day": DAY, "userId": f"user_{who}",
                  "date": MIDNIGHT * 1000, "isActive": True, "totalTabsShown": 0,
                  "totalTabsAccepted": 0, "composerRequests": 0, "chatRequests": 0,
                  "agentRequests": 3, "cmdkUsages": 0, "usageBasedReqs": 3}
                 for who in PEOPLE],
        "period": {"startDate": MIDNIGHT * 1000, "endDate": (MIDNIGHT + 86400) * 1000}})}


def by_user():
    return {"by-user.json": json.dumps({
        "data": {mail(who): [{"date": DAY, "model_breakdown": {
            MODEL: {"messages": 4, "users": 1}}}] for who in PEOPLE},
        "params": {"metric": "models", "startDate": DAY, "endDate": DAY}})}


def team_csv():
    return {"team.csv": overlap.table(
        "Date,User ID,Email,Is Active,Chat Total Accepts,Chat Total Rejects,Chat Tabs Shown,"
        "Tabs Accepted,Edit Requests,Ask Requests,Agent Requests,Cmd+K Usages,Bugbot Usages",
        ((f"{DAY}T00:00:00.000Z", 100 + PEOPLE.index(who), mail(who), "true", 0, 0, 0, 0, 0, 0,
          5, 0, 0) for who in PEOPLE))}


def spend():
    return {"spend.json": json.dumps({"teamMemberSpend": [
        {"userId": f"user_{who}", "email": mail(who), "role": "member",
         "spendCents": CENTS * 2, "overallSpendCents": CENTS * 2} for who in PEOPLE],
        "subscriptionCycleStart": MIDNIGHT * 1000, "totalMembers": len(PEOPLE), "totalPages": 1})}


def analytics():
    return {"analytics.json": json.dumps({"data": [
        {"event_date": DAY, "total_suggested_diffs": 9, "total_accepted_diffs": 4,
         "total_rejected_diffs": 2}], "params": {"metric": "agent-edits"}})}


tidemark_csv = overlap.tidemark_csv("cursor", interactions=6, requests=6, input_tokens=1,
                                    output_tokens=2, metered="0.33")
spans, calls, metrics, revenium = overlap_telemetry.sources("cursor", "cursor_ide", MODEL)

TOKENS = {"input_tokens": DAY_INPUT, "output_tokens": DAY_OUTPUT}
LISTED = 2 * (INPUT * 2 + OUTPUT * 10)  # at 2 and 10 dollars a million
CALLS = {"interactions": 2, "requests": 2, **TOKENS}


class Cursor(overlap.Pairs, ProgramTest):
    tool = "cursor"
    told = {
        spans: of_people(sessions=2, list_value=LISTED, **CALLS),
        calls: of_people(sessions=2, list_value=LISTED, **CALLS),
        revenium: of_people(sessions=2, list_value=LISTED, **CALLS),
        metrics: of_people(sessions=2, interactions=2, requests=2, unsplit_tokens=DAY_INPUT,
                           output_tokens=DAY_OUTPUT),
        events: of_people(sessions=2, metered=CENTS * 2 * 10000, **CALLS),
        daily_usage: of_people(interactions=3, requests=3),
        by_user: of_people(interactions=4, requests=4),
        usage_csv: of_people(sessions=2, metered=CENTS * 2 * 10000, **CALLS),
        team_csv: of_people(interactions=5, requests=5),
        tidemark_csv: of_people(interactions=6, requests=6, input_tokens=1, output_tokens=2,
                                metered=330000),
        spend: {},
        analytics: {},
    }
    order = tuple(told)
    money = (events, usage_csv, tidemark_csv, spans, calls, revenium)
