"""What the tests of overlapping sources share: people, times, and what a company's tools have used.

A case tells the same use of the same people in the forms of all sources of one tool. Each source
has in `told` what it tells by itself, worked out by hand. Of several, each measure must be that of
the source which stands first in `order` among those that tell it.
"""

import itertools
import json
import pathlib
import subprocess

import harness

PEOPLE = ("ana", "ben", "cleo", "dan", "eva", "fay")
MANY = len(PEOPLE)
DAY, WEEK, HOURS = "2026-11-09", "2026-W46", (8, 9)  # a Monday; two requests at these hours
MIDNIGHT = 1794182400  # of the day, in seconds since 1970
INPUT, OUTPUT = 3000, 2000  # tokens of each request
DAY_INPUT, DAY_OUTPUT = INPUT * len(HOURS), OUTPUT * len(HOURS)

SLOTS = {f"{slot}_tokens" for slot in ("input", "cache_write", "cache_read", "output", "unsplit")}
AMOUNTS = {"metered", "list_value"}


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def table(heading, rows):
    return heading + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def seconds(hour):
    return MIDNIGHT + hour * 3600


def nanoseconds(hour):
    return f"{seconds(hour)}000000000"


def instant(hour):
    return f"{DAY}T{hour:02}:00:00.000Z"


def each():
    """Every person's requests."""
    return itertools.product(PEOPLE, HOURS)


def mail(who):
    return f"{who}@example.com"


def attributes(values):
    return [{"key": key, "value": {"intValue": value} if isinstance(value, int)
             else {"stringValue": value}} for key, value in values.items()]


def log_records(service, scope, records):
    """OpenTelemetry log records: (hour, attributes, body)."""
    return lines({"resourceLogs": [{
        "resource": {"attributes": attributes({"service.name": service} if service else {})},
        "scopeLogs": [{"scope": {"name": scope}, "logRecords": [
            {"timeUnixNano": nanoseconds(hour), "body": {"stringValue": body},
             "attributes": attributes(values)}]}]}]} for hour, values, body in records)


def of_people(**measures):
    """The sums over all people of what one of them has used in the day; all were active."""
    return {"accounts": MANY, "days": MANY} | {key: n * MANY for key, n in measures.items()}


def used(company, week=WEEK):
    """Tool -> measure -> sum over all accounts, after the sources were joined."""
    program = pathlib.Path(harness.PROGRAM).resolve().parents[2] / "tests" / "whole" / "use_dump"
    done = subprocess.run([program, company.settings, week], capture_output=True, check=True,
                          env=harness.environment(), text=True)
    found = {}
    for line in done.stdout.splitlines():
        tool, measure, value = line.split()
        found.setdefault(tool, {})[measure] = int(value)
    return found


def published(company, week=WEEK):
    """The organisation's cells of a week, by KPI."""
    cells = json.loads((company.week / "kpis.json").read_text())["cells"]
    return {cell["kpi"]: cell for cell in cells
            if cell["scope"] == "org" and cell["week"] == week and not cell["part"]}


def accounts_of_people(*kinds):
    """identities.csv: accounts of the given kinds, of everybody's first name or number."""
    return "email,tool,kind,value\n" + "".join(
        f"{mail(who)},,{kind},{501 + PEOPLE.index(who) if kind == 'user_id' else who}\n"
        for who in PEOPLE for kind in kinds)


def tidemark_csv(tool, **measures):
    """The source of the company's own table with the day of everybody."""
    def own_table():
        return {"tidemark.csv": table("date,email,tool," + ",".join(measures), (
            (DAY, mail(who), tool, *measures.values()) for who in PEOPLE))}

    return own_table


class Company:
    """Mixed into a test: a company of six whose exports are given."""

    accounts = accounts_of_people("path", "login", "user_id")

    def given(self, *sources):
        company = self.company(small=True)
        (company.home / "identities.csv").write_text(self.accounts)
        for source in sources:
            company.give(source())
        self.assertFine(company.run("ingest"))
        return company


class Pairs(Company):
    """Mixed into a test: each source, each pair and all of them tell the same use once."""

    tool = ""
    told = {}  # source -> measure -> sum over all people
    order = ()  # all sources, the preferred first …
    tokens = money = ()  # … and those of tokens and of amounts, where they have another order

    def chosen_with(self, measure):
        return next((group for group in (SLOTS, AMOUNTS) if measure in group),
                    {"accounts", "days", "interactions"} if measure in ("accounts", "days")
                    else {measure})

    def expected(self, sources):
        """What must be told when these sources are given."""
        wanted = {}
        for measure in set().union(*(self.told[source] for source in sources)):
            group = self.chosen_with(measure)
            other = self.tokens if group == SLOTS else self.money if group == AMOUNTS else ()
            first = next(source for source in other or self.order
                         if source in sources and group & set(self.told[source]))
            wanted[measure] = self.told[first].get(measure, 0)
        return wanted

    def assertOnce(self, *sources):
        with self.subTest(" and ".join(source.__name__ for source in sources)):
            found = used(self.given(*sources))
            self.assertLessEqual(set(found), {self.tool})
            nonzero = {key: n for key, n in found.get(self.tool, {}).items() if n}
            self.assertEqual(nonzero, {k: n for k, n in self.expected(sources).items() if n})

    def test_each_source_by_itself_tells_the_use(self):
        self.assertEqual(set(self.order), set(self.told))
        for source in self.order:
            self.assertOnce(source)

    def test_each_pair_gives_one_count(self):
        for pair in itertools.combinations(self.order, 2):
            self.assertOnce(*pair)

    def test_all_together_give_one_count(self):
        self.assertOnce(*self.order)
