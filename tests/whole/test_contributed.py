"""A ledger made of contributions is the ledger of the files that they were made of."""

import json

import harness
from harness import ProgramTest
from overlap import attributes, lines
from test_overlap import ccusage, otel_events, otel_metrics

ANA = "ana@example.com"


def response(time, message, session, output, **more):
    """A line of a Claude Code transcript."""
    return {"isSidechain": False, "type": "assistant", "uuid": f"{message}-{output}", "sessionId": session,
            "timestamp": time, "requestId": f"r-{message}",
            "message": {"id": message, "model": "claude-sonnet-5", "usage": {
                "input_tokens": 100, "output_tokens": output, "cache_creation_input_tokens": 70,
                "cache_read_input_tokens": 5, "cache_creation": {
                    "ephemeral_5m_input_tokens": 30, "ephemeral_1h_input_tokens": 40}, **more}}}


def claude(day="2026-11-09"):
    """Two lines of one streamed response, and a fork that copies all of its parent and goes on."""
    parent = [response(f"{day}T09:00:00.000Z", "m1", "parent", 1), response(f"{day}T09:00:02.000Z", "m1", "parent", 80),
              response(f"{day}T09:20:00.000Z", "m2", "parent", 90, speed="fast")]
    copies = [dict(line, sessionId="fork") for line in parent]
    fork = copies + [response(f"{day}T11:00:00.000Z", "m3", "fork", 60)]
    return {"ana/projects/a/parent.jsonl": lines(parent), "ana/projects/a/fork.jsonl": lines(fork)}


THREADS = ("01990000-aaaa-7000-8000-000000000001", "01990000-cccc-7000-8000-000000000003")


def codex():
    """A thread with running totals, one of them told twice, and its copy in the archive."""
    def line(time, kind, **payload):
        return {"timestamp": f"2026-11-10T{time}Z", "type": kind, "payload": payload}

    def usage(total):
        return {"input_tokens": total, "cached_input_tokens": total // 2, "output_tokens": total // 10,
                "reasoning_output_tokens": 0, "total_tokens": total + total // 10}

    def counted(time, total, last):
        return line(time, "event_msg", type="token_count", info={
            "total_token_usage": usage(total), "last_token_usage": usage(last)})

    thread = [line("08:30:00.100", "session_meta", id=THREADS[0], originator="codex-tui", source="cli"),
              line("08:30:01.000", "turn_context", turn_id="t-1", model="gpt-5.4"),
              line("08:30:02.000", "event_msg", type="user_message", message="x"),
              counted("08:30:05.000", 1000, 1000), counted("08:30:06.000", 1000, 1000),
              counted("08:41:05.000", 3000, 2000)]
    name = f"rollout-2026-11-10T08-30-00-{THREADS[0]}.jsonl"
    return {f"ana/sessions/{name}": lines(thread), f"ana/archived_sessions/{name}": lines(thread[:4])}


def gemini():
    def answer(who, time, tokens):
        return {"id": who, "timestamp": f"2026-11-11T{time}Z", "type": "gemini", "content": "x",
                "model": "gemini-2.5-pro", "tokens": tokens and {
                    "input": tokens, "output": 30, "cached": 80, "thoughts": 5, "tool": 0, "total": tokens + 35}}

    head = {"sessionId": "g-1", "projectHash": "0f3a", "startTime": "2026-11-11T09:12:40.000Z",
            "lastUpdated": "2026-11-11T09:12:40.000Z", "kind": "main"}
    prompt = {"id": "p-1", "timestamp": "2026-11-11T09:12:44.000Z", "type": "user", "content": "x"}
    return {"ana/chats/g-1.jsonl": lines([head, prompt, answer("a-1", "09:12:47.000", None),
                                          answer("a-1", "09:12:47.000", 900), answer("a-2", "09:30:00.000", 400)])}


def qwen():
    def line(uuid, time, kind, **more):
        return {"uuid": uuid, "parentUuid": None, "sessionId": "q-1", "timestamp": f"2026-11-12T{time}Z",
                "type": kind, **more}

    usage = {"promptTokenCount": 700, "candidatesTokenCount": 40, "totalTokenCount": 740}
    return {"ana/chats/q-1.jsonl": lines([
        line("u-1", "09:00:00.000", "user", message={}),
        line("a-1", "09:00:05.000", "assistant", model="qwen3-coder", usageMetadata=usage),
        line("a-2", "09:10:05.000", "assistant", model="qwen3-coder", usageMetadata=usage)])}


def counters(days=(9, 10, 11)):
    """Running totals of Claude Code's telemetry: 100 tokens and 60 seconds more each day, 0.05 dollars."""
    def metric(name, day, value, **more):
        return {"name": f"claude_code.{name}", "sum": {
            "aggregationTemporality": 2, "isMonotonic": True, "dataPoints": [
                {"startTimeUnixNano": "1794182400000000000", "asDouble": value,
                 "timeUnixNano": str((1794182400 + 86400 * (day - 9) + 36000) * 10**9),
                 "attributes": attributes({
                     "user.email": ANA, "session.id": "c-1", "model": "claude-sonnet-5", **more})}]}}

    return {"ana/metrics.jsonl": lines({"resourceMetrics": [{"resource": {"attributes": []}, "scopeMetrics": [{
        "scope": {"name": "com.anthropic.claude_code"}, "metrics": [
            metric("token.usage", day, 100 * (day - 8), type="output"), metric("cost.usage", day, 0.05 * (day - 8)),
            metric("active_time.total", day, 60 * (day - 8))]}]}]} for day in days)}


def of_ana(files):
    return {f"ana/{name.removeprefix('ana/')}": "".join(line for line in text.splitlines(True) if ANA in line)
            for name, text in files.items()}


def events():
    return of_ana(otel_events())


def increases():
    return of_ana(otel_metrics())


def opencode():
    """A message that was written again while its answer grew, and a copy of the first form."""
    def message(name, at, tokens):
        return json.dumps({"id": name, "sessionID": "o-1", "role": "assistant", "modelID": "claude-sonnet-5",
                           "time": {"created": 1794211200000 + at}, "cost": 0, "tokens": {
                               "input": tokens, "output": tokens // 10, "reasoning": 0,
                               "cache": {"read": 7, "write": 0}}})

    return {"ana/message/o-1/m-1.json": message("m-1", 0, 900), "ana/message/copy/m-1.json": message("m-1", 0, 0),
            "ana/message/o-1/m-2.json": message("m-2", 600000, 400)}


def summary():
    return {name: text for name, text in ccusage().items() if name.startswith("ana/")}


SOURCES = (claude, codex, gemini, qwen, counters, events, increases, opencode, summary)


class Contributed(ProgramTest):
    zone = "UTC"

    def world(self, given=(), contributions=()):
        """
        What a ledger holds of raw files and of contributions: (files, options of contribute) each,
        made on machines in this zone by somebody who is known to live there.
        """
        company = self.keyed()
        (company.home / "people.csv").write_text(
            f"email,name,team_id,time_zone\n{ANA},Ana Test,core,{self.zone}\n")
        (company.home / "identities.csv").write_text(
            "email,tool,kind,value\n" + f"{ANA},,path,ana\n")
        for files in given:
            company.give(files)
        for number, (files, *options) in enumerate(contributions):
            machine = company.root / f"machine-{number}"
            company.give(files, machine)
            self.assertFine(harness.run(
                "contribute", "--as", ANA, "--output", company.exports / f"{number}.csv",
                "--today", harness.TODAY, *options, machine, zone=self.zone))
        self.assertFine(company.run("ingest"))
        return [line.split(" ", 2)[2] for line in self.stored(company)]

    def test_each_source_gives_the_ledger_of_its_files(self):
        for source in SOURCES:
            with self.subTest(source.__name__):
                raw = self.world([source()])
                self.assertGreater(len(raw), 0)
                self.assertEqual(self.world([], [(source(),)]), raw)

    def test_a_contribution_beside_the_files_changes_nothing(self):
        for source in SOURCES:
            with self.subTest(source.__name__):
                self.assertEqual(self.world([source()], [(source(),)]), self.world([source()]))

    def test_overlapping_contributions_count_once(self):
        files = {name: text for source in SOURCES for name, text in source().items()}
        twice = [(files, "--until", "2026-11-11"), (files, "--since", "2026-11-10")]
        self.assertEqual(self.world([], twice), self.world([files]))

    def test_a_file_that_has_grown_counts_once(self):
        early = {name: "".join(text.splitlines(True)[:4]) for name, text in codex().items()}
        self.assertEqual(self.world([], [(early,), (codex(),)]), self.world([codex()]))
        early = {name: "".join(text.splitlines(True)[:2]) for name, text in claude().items()}
        self.assertEqual(self.world([], [(early,), (claude(),)]), self.world([claude()]))
        self.assertEqual(self.world([], [(counters(days=(9, 10)),), (counters(),)]), self.world([counters()]))

    def test_two_machines_with_copies_count_once(self):
        first, second = claude(), {**codex(), **{
            name: text for name, text in claude().items() if "fork" in name}}
        self.assertEqual(self.world([], [(first,), (second,)]), self.world([{**first, **second}]))

    def test_increases_before_a_total_are_part_of_it(self):
        beside = self.world([counters(days=(11,))], [(counters(days=(9, 10)),)])
        self.assertEqual(beside, self.world([counters()]))

    def test_one_record_is_one_line_with_most_tokens(self):
        company = self.keyed()
        company.give({**claude(), **codex()}, company.root / "machine")
        shown = harness.run("contribute", "--as", ANA, "--dry-run", "--today", harness.TODAY,
                            company.root / "machine")
        rows = [dict(zip(shown.output.splitlines()[0].split(","), line.split(",")))
                for line in shown.output.splitlines()[1:]]
        self.assertEqual(sorted(row["output_tokens"] for row in rows), ["100", "200", "60", "80", "90"])
        self.assertEqual(len({(row["record"], row["part"]) for row in rows}), 5)

    def test_time_between_requests_is_written_as_an_estimate(self):
        company = self.keyed()
        company.give(claude(), company.root / "machine")
        shown = harness.run("contribute", "--as", ANA, "--dry-run", "--today", harness.TODAY,
                            company.root / "machine")
        head, *rows = [line.split(",") for line in shown.output.splitlines()]
        self.assertEqual(sorted(row[head.index("active_seconds")] for row in rows), ["0", "0", "1200"])
        self.assertTrue(all("active_seconds" in row[head.index("estimated")] for row in rows))

    def test_running_totals_are_written_as_increases(self):
        company = self.keyed()
        company.give(counters(), company.root / "machine")
        shown = harness.run("contribute", "--as", ANA, "--dry-run", "--today", harness.TODAY,
                            "--since", "2026-11-10", company.root / "machine")
        head, *rows = [line.split(",") for line in shown.output.splitlines()]
        said = sorted((row[0], row[head.index("output_tokens")]) for row in rows if row[head.index("output_tokens")])
        self.assertEqual(said, [("2026-11-10", "100"), ("2026-11-11", "100")])


class ContributedFarWest(Contributed):
    """The same ten hours behind UTC: what is said at nine in UTC was done the evening before."""

    zone = "Pacific/Honolulu"


class ContributedFarEast(Contributed):
    zone = "Pacific/Auckland"


class ContributedDays(ProgramTest):
    """The day of a contribution is that of the developer's machine."""

    MIDNIGHT = {"ana/a.jsonl": lines([response("2026-11-09T23:59:59.000Z", "m1", "s", 7),
                                      response("2026-11-10T00:00:01.000Z", "m2", "s", 8)])}

    def days(self, zone, today="2026-11-12"):
        company = self.keyed()
        company.give(self.MIDNIGHT, company.root / "machine")
        shown = harness.run("contribute", "--as", ANA, "--dry-run", "--today", today,
                            company.root / "machine", zone=zone)
        self.assertFine(shown)
        return sorted(line.split(",")[0] for line in shown.output.splitlines()[1:])

    def test_days_change_at_midnight_of_the_machine(self):
        self.assertEqual(self.days("UTC"), ["2026-11-09", "2026-11-10"])
        self.assertEqual(self.days("Europe/Berlin"), ["2026-11-10", "2026-11-10"])
        self.assertEqual(self.days("America/New_York"), ["2026-11-09", "2026-11-09"])

    def test_the_evening_of_today_is_no_future(self):
        self.assertEqual(self.days("America/New_York", today="2026-11-09"), ["2026-11-09", "2026-11-09"])

    def test_thirty_days_are_contributed_where_nothing_else_is_said(self):
        self.assertEqual(self.days("UTC", today="2026-12-09"), ["2026-11-09", "2026-11-10"])
        self.assertEqual(self.days("UTC", today="2026-12-10"), ["2026-11-10"])

    def test_files_that_tell_the_time_decide_the_day(self):
        company = self.keyed()
        company.give(self.MIDNIGHT)
        (company.home / "identities.csv").write_text(f"email,tool,kind,value\n{ANA},,path,ana\n")
        company.give(self.MIDNIGHT, company.root / "machine")
        self.assertFine(harness.run(
            "contribute", "--as", ANA, "--output", company.exports / "a.csv", "--today", harness.TODAY,
            company.root / "machine", zone="America/New_York"))
        self.assertFine(company.run("ingest"))
        self.assertEqual([line.split()[3] for line in self.stored(company) if "output_tokens" in line],
                         ["2026-11-09", "2026-11-10"])
