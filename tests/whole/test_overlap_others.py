"""Windsurf, Augment, Cody, Amazon Q, Kiro, GitLab Duo, OpenRouter: all that tells one use, once."""

import json

import overlap
from harness import ProgramTest
from overlap import DAY, DAY_INPUT, DAY_OUTPUT, INPUT, OUTPUT, PEOPLE, each, mail, of_people

# ---- Windsurf --------------------------------------------------------------------------------


def consumption():
    return {f"windsurf-{DAY}.json": json.dumps({"data": [
        {"timestamp": DAY, "user_email": mail(who), "model_uid": "m",
         "consumption": {"prompt_credits": 4, "message_count": 2}} for who in PEOPLE],
        "pagination": {"next_page_cursor": None}, "metadata": {"team_id": "t"}})}


def windsurf_file(kind, who, results):
    return {f"windsurf_{kind}_{mail(who)}_{DAY}_{DAY}.json": json.dumps({"queryResults": results})}


def cascade():
    files = {}
    for who in PEOPLE:
        files |= windsurf_file("cascade", who, [{"cascadeRuns": {"cascadeRuns": [
            {"day": f"{DAY}T00:00:00Z", "model": "m", "mode": "CONVERSATIONAL_PLANNER_MODE_DEFAULT",
             "messagesSent": "3", "cascadeId": f"c-{who}"}]}}])
    return files


def queries():
    files = {}
    for who in PEOPLE:
        files |= windsurf_file("queries", who, [{"responseItems": [
            {"item": {"date": DAY, "num_acceptances": "4"}}]}])
    return files


def windsurf_members():
    return {"users-2026-11-10.json": json.dumps({"userTableStats": [
        {"email": mail(who), "signupTime": "2025-02-01T08:00:00Z",
         "lastUpdateTime": "2026-11-10T01:00:00Z", "activeDays": "1",
         "lastChatUsageTime": f"{DAY}T10:00:00Z"} for who in PEOPLE]})}


windsurf_table = overlap.tidemark_csv("windsurf", interactions=9)


class Windsurf(overlap.Pairs, ProgramTest):
    tool = "windsurf"
    told = {
        consumption: of_people(interactions=2, requests=2, messages=2),
        cascade: of_people(interactions=3, requests=3, messages=3, sessions=1),
        queries: of_people(interactions=4),
        windsurf_table: of_people(interactions=9),
        windsurf_members: of_people(interactions=1),
    }
    order = tuple(told)


# ---- Augment and Cody ------------------------------------------------------------------------


def augment_rows(messages, **more):
    return [{"user_email": mail(who), **more, "metrics": {
        "total_messages": messages, "completions_count": 0, "completions_accepted": 0,
        "chat_messages": messages}} for who in PEOPLE]


def augment_editors():
    return {"editors.json": json.dumps({
        "records": augment_rows(2, language="c", editor="vscode"),
        "metadata": {"effective_date": DAY}})}


def augment_users():
    return {"users.json": json.dumps({
        "users": augment_rows(3, active_days=1), "pagination": {"has_more": False},
        "metadata": {"effective_start_date": DAY, "effective_end_date": DAY}})}


def augment_csv():
    return {f"augment-{DAY}.csv": overlap.table(
        "User,First Seen,Last Seen,Active Days,Completions,Accepted Completions,Accept Rate,"
        "Chat Messages,Agent Messages,Tool Uses,Total Modified Lines of Code",
        ((mail(who), "2026-01-02", DAY, 1, 0, 0, "0%", 4, 0, 0, 0) for who in PEOPLE))}


def augment_days():
    return {"days.json": json.dumps({"daily_usage": [
        {"date": DAY, "metrics": {"total_messages": 99, "chat_messages": 99}}]})}


augment_table = overlap.tidemark_csv("augment", interactions=9)


class Augment(overlap.Pairs, ProgramTest):
    tool = "augment"
    told = {
        augment_editors: of_people(interactions=2, messages=2),
        augment_users: of_people(interactions=3, messages=3),
        augment_csv: of_people(interactions=4, messages=4),
        augment_table: of_people(interactions=9),
        augment_days: {},
    }
    order = tuple(told)


def cody_clients():
    return {"cody-clients.csv": overlap.table(
        "Instance user ID,User Email,Username,Client Name,Timestamp Date,Language,Chat Events,"
        "Command Events,Combined Completion Suggestions,Combined Completion Acceptances",
        ((501 + PEOPLE.index(who), mail(who), who, "vscode", DAY, "c", 2, 0, 0, 0)
         for who in PEOPLE))}


def cody_days():
    return {"cody-days.csv": overlap.table(
        "instance_user_id,username,timestamp_date,chat_events,command_events",
        ((501 + PEOPLE.index(who), who, DAY, 3, 0) for who in PEOPLE))}


cody_table = overlap.tidemark_csv("cody", interactions=9)


class Cody(overlap.Pairs, ProgramTest):
    tool = "cody"
    told = {
        cody_clients: of_people(interactions=2, messages=2),
        cody_days: of_people(interactions=3, messages=3),
        cody_table: of_people(interactions=9),
    }
    order = tuple(told)


# ---- Amazon ----------------------------------------------------------------------------------


def activity_rows(messages):
    return overlap.table(
        "UserId,Date,Chat_MessagesSent,Inline_AcceptanceCount,Inline_SuggestionsCount",
        ((501 + PEOPLE.index(who), DAY, messages, 0, 0) for who in PEOPLE))


def amazon_activity():
    return {"activity.csv": activity_rows(2)}


amazon_table = overlap.tidemark_csv("amazon_q", interactions=9)


class AmazonQ(overlap.Pairs, ProgramTest):
    tool = "amazon_q"
    told = {
        amazon_activity: of_people(interactions=2, messages=2),
        amazon_table: of_people(interactions=9),
    }
    order = tuple(told)


def kiro_report():
    return {"kiro.csv": overlap.table(
        "Date,UserId,Client_Type,Chat_Conversations,Credits_Used,Overage_Cap,Overage_Credits_Used,"
        "Overage_Enabled,ProfileId,Subscription_Tier,Total_Messages",
        ((DAY, 501 + PEOPLE.index(who), "KIRO_IDE", 1, 1, 100, 0, "false", "", "Pro", 3)
         for who in PEOPLE))}


def kiro_activity():
    return {"KiroLogs-activity.csv": activity_rows(2)}


kiro_table = overlap.tidemark_csv("kiro", interactions=9)


class Kiro(overlap.Pairs, ProgramTest):
    tool = "kiro"
    told = {
        kiro_report: of_people(interactions=3, messages=3, sessions=1),
        kiro_activity: of_people(interactions=2, messages=2),
        kiro_table: of_people(interactions=9),
    }
    order = tuple(told)


# ---- GitLab Duo ------------------------------------------------------------------------------


def duo(fields):
    return json.dumps({"data": {"group": fields}})


def duo_events():
    return {"events.json": duo({"aiUsageData": {"codeSuggestionEvents": {
        "pageInfo": {"hasNextPage": False}, "nodes": [
            {"event": "REQUEST_DUO_CHAT_RESPONSE", "timestamp": overlap.instant(hour),
             "user": {"username": who}} for who, hour in each()]}}})}


def duo_users():
    return {f"duo-{DAY}.json": duo({"aiUserMetrics": {"nodes": [
        {"duoChatInteractionsCount": 3, "user": {"username": who}} for who in PEOPLE]}})}


def duo_groups():
    return {f"duo-groups-{DAY}.json": duo({"aiMetrics": {
        "codeSuggestions": {"shownCount": 99, "acceptedCount": 99}, "duoUsedCount": 6}})}


duo_table = overlap.tidemark_csv("gitlab_duo", interactions=9)


class GitLabDuo(overlap.Pairs, ProgramTest):
    tool = "gitlab_duo"
    told = {
        duo_events: of_people(interactions=2, messages=2, sessions=2),
        duo_users: of_people(interactions=3, messages=3),
        duo_table: of_people(interactions=9),
        duo_groups: {},
    }
    order = tuple(told)


# ---- OpenRouter ------------------------------------------------------------------------------


def generations():
    return {"openrouter.csv": overlap.table(
        "generation_id,created_at,cost_total,byok_usage_inference,tokens_prompt,tokens_completion,"
        "tokens_cached,model_permaslug,cancelled,user,api_key_name",
        ((f"gen-{who}{hour}", f"{DAY} {hour:02}:00:00.000", 0.05, 0, INPUT, OUTPUT, 0, "m", "false",
          mail(who), "k") for who, hour in each()))}


openrouter_table = overlap.tidemark_csv("openrouter", interactions=9, input_tokens=1, metered="0.33")


class OpenRouter(overlap.Pairs, ProgramTest):
    tool = "openrouter"
    told = {
        generations: of_people(interactions=2, requests=2, sessions=2, input_tokens=DAY_INPUT,
                               output_tokens=DAY_OUTPUT, metered=100000),
        openrouter_table: of_people(interactions=9, input_tokens=1, metered=330000),
    }
    order = tuple(told)
