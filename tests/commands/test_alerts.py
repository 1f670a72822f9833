#!/usr/bin/env python3
"""Alerts of a run: alerts.json against its schema, --alerts-only, --daily-cost.

test_alerts.py PROGRAM; meson calls it.
"""

import datetime
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
SCHEMAS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "schemas"

# Week 46 begins on 9 November 2026; it settles on the 18th.
FIRST_MONDAY = datetime.date(2026, 10, 5)
SETTLED = "2026-11-18"
RUNNING = "2026-11-20"  # Friday of week 47

GOALS = (
    "team_id,metric,target,lower,start_date,ramp_from,ramp_end\n"
    "*,adoption,99,98,2026-01-05,90,2026-03-30\n"
)
TEAMS = (
    "team_id,name,parent_team_id,type,rollout_state\n"
    "large,Large,,department,launch\nsmall,Small,,department,\n"
    "large-a,Large A,large,team,\nlarge-b,Large B,large,team,\nsmall-a,Small A,small,team,\n"
)
SIZES = {"large-a": 16, "large-b": 16, "small-a": 12}


def people():
    return [(f"{team}-{number}@example.com", team) for team, size in SIZES.items() for number in range(size)]


def day_rows(day, metered):
    """Everybody but two of each team works, at the same cost."""
    return [
        f"{day},{email},cursor,4,2,9000,1000,{metered}\n"
        for email, team in people()
        if not email.startswith((f"{team}-0@", f"{team}-1@"))
    ]


def export(weeks, metered, last_metered, last_days=5):
    rows = ["date,email,tool,interactions,sessions,input_tokens,output_tokens,metered\n"]
    for week in range(weeks):
        last = week == weeks - 1
        for weekday in range(last_days if last else 5):
            day = FIRST_MONDAY + datetime.timedelta(days=7 * week + weekday)
            rows += day_rows(day, last_metered if last else metered)
    return "".join(rows)


# ---- JSON Schema, as far as the published ones use it ---------------------------------------

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def has_type(value, name):
    if name in ("integer", "number"):
        numbers = (int,) if name == "integer" else (int, float)
        return isinstance(value, numbers) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(value, schema, root, path="$"):
    """What breaks a schema, as texts."""
    known = {"$schema", "title", "description", "type", "enum", "pattern", "minimum", "required",
             "properties", "additionalProperties", "items", "$defs", "$ref"}
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, path)
        return
    types = schema.get("type")
    if types and not any(has_type(value, name) for name in ([types] if isinstance(types, str) else types)):
        yield f"{path}: is no {types}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value} is none of the list"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{path}: {value} does not fit"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{path}: {value} is too small"
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                yield f"{path}: lacks {name}"
        for name, member in value.items():
            if name in properties:
                yield from faults(member, properties[name], root, f"{path}.{name}")
            elif schema.get("additionalProperties", True) is False:
                yield f"{path}: has {name}"
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from faults(item, schema["items"], root, f"{path}[{index}]")


def schema_of(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


class AlertTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "exports").mkdir()
        self.write("tidemark.ini", "[organisation]\nname = Northwind\n")
        self.write("teams.csv", TEAMS)
        self.write("goals.csv", GOALS)
        self.write("people.csv", "email,name,team_id\n" + "".join(f"{email},,{team}\n" for email, team in people()))
        self.write("licenses.csv", "email,tool,plan,start_date,end_date,monthly_price,currency\n" + "".join(
            f"{email},cursor,,2026-01-05,,40,USD\n" for email, _ in people()))

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True,
                              encoding="utf-8", timeout=120, check=False)

    def assert_fine(self, *arguments):
        done = self.run_program(*arguments)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done.stdout

    def files(self):
        return sorted(path.relative_to(self.folder / "out").as_posix()
                      for path in (self.folder / "out").rglob("*") if path.is_file())

    def read(self, name):
        return json.loads((self.folder / "out" / "organisation" / name).read_text(encoding="utf-8"))

    def alerts(self, week="2026-W46"):
        return self.read(f"{week}/alerts.json")["alerts"]

    def assert_follows(self, value, name):
        schema = schema_of(name)
        self.assertEqual(list(faults(value, schema, schema)), [])


class Weekly(AlertTest):
    def setUp(self):
        super().setUp()
        self.write("exports/use.csv", export(6, metered=1, last_metered=6))

    def test_the_data_of_a_run_follow_the_schema(self):
        self.assert_fine("run", f"--today={SETTLED}", "--format=data")
        self.assertIn("organisation/2026-W46/alerts.json", self.files())
        self.assert_follows(self.read("2026-W46/alerts.json"), "alerts")
        self.assert_follows(self.read("2026-W46/kpis.json"), "kpis")

    def test_alerts_only_writes_two_files(self):
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        self.assertEqual(self.files(), ["organisation/2026-W46/alerts.json", "organisation/2026-W46/alerts.txt"])

    def test_alerts_only_gives_the_same_bytes_twice(self):
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        first = {name: (self.folder / "out" / name).read_bytes() for name in self.files()}
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        self.assertEqual(first, {name: (self.folder / "out" / name).read_bytes() for name in self.files()})

    def test_alerts_only_publishes_no_week_that_has_not_settled(self):
        self.assert_fine("run", "--today=2026-11-17", "--alerts-only")
        self.assertEqual(self.files(), ["organisation/2026-W45/alerts.json", "organisation/2026-W45/alerts.txt"])

    def test_a_spike_is_new_in_its_week(self):
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        spikes = [alert for alert in self.alerts() if alert["alert"] == "cost_spike" and alert["scope"] == "org"]
        self.assertEqual([(alert["state"], alert["since"]) for alert in spikes], [("new", "2026-W46")])
        self.assertIn("New this week", (self.folder / "out/organisation/2026-W46/alerts.txt").read_text("utf-8"))

    def test_goals_and_rollouts_reach_the_alerts_through_the_archive(self):
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        (self.folder / "goals.csv").unlink()
        (self.folder / "teams.csv").unlink()
        self.assert_fine("report", "--format=alerts")
        fired = {(alert["alert"], alert["scope_name"]): alert for alert in self.alerts() if alert["state"] != "not judged"}
        self.assertEqual(fired["below_target", "Northwind"]["compared"]["exact"], 98)
        self.assertIn(("adoption_stall", "Large"), fired)
        self.assertNotIn(("adoption_stall", "Small"), fired)

    def test_a_threshold_reaches_the_alerts(self):
        self.write("tidemark.ini", "[organisation]\nname = Northwind\n\n[alerts]\ntoken_spike_percent = 77\n")
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        self.assertEqual({alert["threshold"] for alert in self.alerts() if alert["alert"] == "token_spike"} - {77}, set())
        self.assertEqual(self.stored_setting("token_spike_percent"), 77)

    def stored_setting(self, key):
        with sqlite3.connect(self.folder / "archive" / "archive.sqlite") as archive:
            rows = archive.execute("SELECT body FROM line WHERE kind = 'context'").fetchall()
        return next(int(body.split("\t")[-1]) for (body,) in rows if f'"{key}"' in body)

    def test_every_threshold_is_in_the_archive(self):
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        page = (SCHEMAS.parent / "settings.md").read_text(encoding="utf-8")
        group = page[page.index("### [alerts]"):page.index("### [identities]")]
        defaults = re.findall(r"\| `(\w+)` \| whole number, [^|]* \| `(\d+)` \|", group)
        self.assertGreater(len(defaults), 10)
        for key, value in defaults:
            self.assertEqual(self.stored_setting(key), int(value), key)

    def test_options_that_contradict_each_other_are_refused(self):
        for options in (("--alerts-only", "--daily-cost"), ("--alerts-only", "--format=pdf"),
                        ("--daily-cost", "--week=2026-W46")):
            with self.subTest(options):
                done = self.run_program("run", f"--today={SETTLED}", *options)
                self.assertEqual((done.returncode, done.stdout), (2, ""))

    def test_the_schema_can_fail(self):
        schema = schema_of("alerts")
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        told = self.read("2026-W46/alerts.json")
        told["alerts"][0]["state"] = "gone"
        del told["alerts"][1]["since"]
        told["alerts"][2]["more"] = 1
        told["alerts"][3]["threshold"] = "150"
        self.assertEqual(len(list(faults(told, schema, schema))), 4)


    def test_schema_and_page_know_the_same_alerts(self):
        page = (SCHEMAS.parent / "alerts.md").read_text(encoding="utf-8")
        keys = re.findall(r"^`(\w+)` in alerts.json", page, re.M)
        self.assertEqual(schema_of("alerts")["$defs"]["alert"]["properties"]["alert"]["enum"], keys)


class DailyCost(AlertTest):
    def setUp(self):
        super().setUp()
        # Two days of the seventh week at eleven times the cost of a usual day.
        self.write("exports/use.csv", export(7, metered=1, last_metered=11, last_days=2))
        self.assert_fine("run", f"--today={SETTLED}", "--format=data")

    def judged(self, *arguments):
        self.assert_fine("run", f"--today={RUNNING}", "--daily-cost", *arguments)
        return {(cost["week"], cost["scope_name"]): cost["fired"] for cost in self.read("daily-cost.json")["alerts"]}

    def test_a_running_week_that_is_over_already_fires(self):
        self.assertIs(self.judged()["2026-W47", "Northwind"], True)

    def test_departments_under_twenty_people_are_not_spoken_of(self):
        self.assertEqual({name for _, name in self.judged()}, {"Northwind", "Large"})

    def test_it_follows_its_schema(self):
        self.judged()
        self.assert_follows(self.read("daily-cost.json"), "daily-cost")

    def test_it_tells_no_figure(self):
        self.judged()
        text = (self.folder / "out/organisation/daily-cost.txt").read_text(encoding="utf-8")
        self.assertEqual(set(re.findall(r"\d+", text)), {"47"})
        told = (self.folder / "out/organisation/daily-cost.json").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r"[:\[] *-?\d", told), [])

    def test_nothing_is_archived(self):
        before = (self.folder / "archive" / "archive.sqlite").read_bytes()
        self.judged()
        self.assertEqual((self.folder / "archive" / "archive.sqlite").read_bytes(), before)

    def test_no_report_is_written(self):
        before = self.files()
        self.judged()
        self.assertEqual(set(self.files()) - set(before), {"organisation/daily-cost.json", "organisation/daily-cost.txt"})

    def test_a_week_without_metered_cost_yet_is_not_judged(self):
        self.assert_fine("run", "--today=2026-11-27", "--daily-cost")
        later = {cost["week"]: cost["fired"] for cost in self.read("daily-cost.json")["alerts"]}
        self.assertIsNone(later["2026-W48"])

    def test_the_audit_log_names_the_run(self):
        before = (self.folder / "archive" / "audit.jsonl").read_text(encoding="utf-8").count("\n")
        self.judged()
        lines = (self.folder / "archive" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(lines), before + 1)
        told = json.loads(lines[-1])
        self.assertEqual((told["command"], told["cells"]), ("run --daily-cost", 0))

    def test_a_dry_run_does_nothing(self):
        before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.assertIn("would judge", self.assert_fine("run", f"--today={RUNNING}", "--daily-cost", "--dry-run"))
        self.assertEqual({path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}, before)


class Budgets(AlertTest):
    """Seats cost the same each week; October has five weeks, W40 to W44, and November four."""

    def setUp(self):
        super().setUp()
        self.write("exports/use.csv", export(6, metered=1, last_metered=1))
        self.write("budgets.csv", "team_id,tool,month,amount,currency\n"
                   "*,*,2026-10,100000,USD\n*,*,2026-11,500,USD\nlarge,*,2026-11,300,USD\n")

    def fired(self, week):
        return {(alert["alert"], alert["scope_name"]): alert["since"] for alert in self.alerts(week)
                if alert["state"] in ("new", "open") and "budget" in alert["alert"]}

    def test_each_month_is_held_against_its_own_budget(self):
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        self.assert_fine("report", "--week=2026-W44", "--format=alerts")
        self.assertEqual(self.fired("2026-W44"), {})
        self.assertEqual(self.fired("2026-W46"), {("budget", "Northwind"): "2026-W45",
                                                  ("department_budget", "Large"): "2026-W45"})

    def test_without_teams_the_department_has_no_budget_of_its_own(self):
        (self.folder / "teams.csv").unlink()
        (self.folder / "goals.csv").unlink()
        self.write("budgets.csv", "team_id,tool,month,amount,currency\n*,*,2026,500,USD\n")
        self.assert_fine("run", f"--today={SETTLED}", "--alerts-only")
        self.assertEqual({alert for alert, _ in self.fired("2026-W46")}, {"budget"})


class CalmDailyCost(AlertTest):
    def test_a_calm_week_has_not_fired_so_far(self):
        self.write("exports/use.csv", export(7, metered=1, last_metered=1, last_days=2))
        self.assert_fine("run", f"--today={SETTLED}", "--format=data")
        self.assert_fine("run", f"--today={RUNNING}", "--daily-cost")
        self.assertEqual({cost["fired"] for cost in self.read("daily-cost.json")["alerts"]}, {False})

    def test_a_week_of_holidays_is_not_judged(self):
        self.write("exports/use.csv", export(7, metered=1, last_metered=90, last_days=2))
        self.write("holidays.csv", "date,calendar,name\n" + "".join(
            f"2026-11-{day},*,Rest\n" for day in (18, 19, 20)))
        self.assert_fine("run", f"--today={SETTLED}", "--format=data")
        self.assert_fine("run", f"--today={RUNNING}", "--daily-cost")
        self.assertEqual({cost["fired"] for cost in self.read("daily-cost.json")["alerts"]}, {None})

    def test_without_a_published_week_it_is_refused(self):
        self.write("exports/use.csv", export(7, metered=1, last_metered=1, last_days=2))
        self.assertEqual(self.run_program("run", f"--today={RUNNING}", "--daily-cost").returncode, 2)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
