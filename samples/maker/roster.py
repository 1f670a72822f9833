"""Who is there: departments, teams, people with their spells, licences and time off."""

import datetime

from . import days
from .chance import Chance
from .days import date

DOMAIN = "example.com"

DEPARTMENTS = [
    ("product", "Product", "CC-100"),
    ("platform", "Platform", "CC-200"),
    ("corporate", "Corporate systems", "CC-300"),
    ("devices", "Devices", "CC-400"),
]

# The letters are the parts that the team's members play in the story (story.py explains them).
# fmt: off
TEAMS = [
    # id, name, department, function, stage, roll-out state, members' parts, countries
    ("checkout", "Checkout", "product", "product engineering", 3, "iterate",
     "EERRRLLLNJJXXX", ["PT", "DE", "PT"]),
    ("storefront", "Web storefront", "product", "product engineering", 3, "iterate",
     "ERRLLNNJXXXU", ["DE", "IN", "DE"]),
    ("mobile", "Mobile apps", "product", "product engineering", 3, "launch",
     "RRLLNJJXXXU", ["IN", "PT", "US"]),
    ("data", "Data infrastructure", "platform", "platform engineering", 3, "iterate",
     "EEERRRRLLNXXXXU", ["US", "IN", "US"]),
    ("reliability", "Site reliability", "platform", "platform engineering", 3, "iterate",
     "ERFFFFFFSXXU", ["US", "DE", "JP"]),
    ("devtools", "Developer tools", "platform", "platform engineering", 3, "done",
     "EERRLNXXXU", ["DE", "US", "DE"]),
    ("network", "Network", "platform", "platform engineering", 3, "launch",
     "RLXX", ["US", "JP"]),
    ("finance", "Finance systems", "corporate", "corporate engineering", 3, "launch",
     "RLNXXXXJU", ["PT", "EG"]),
    ("internal", "Internal tools", "corporate", "corporate engineering", 2, "seed",
     "RLLNXXXJU", ["EG", "PT"]),
    ("people-systems", "People systems", "corporate", "corporate engineering", 3, "baseline",
     "LXX", ["PT"]),
    ("firmware", "Firmware", "devices", "product engineering", 3, "launch",
     "ERRLLNXXXXXJU", ["JP", "DE", "JP"]),
    ("device-cloud", "Device cloud", "devices", "product engineering", 3, "launch",
     "RRLNXXJU", ["JP", "IN"]),
]
# fmt: on

FIRST_NAMES = """Ana Ben Carla David Elif Farid Greta Hiro Ines Jonas Kavya Luis Mei Nils Omar Petra
Quentin Rosa Sanjay Teresa Udo Vera Wanda Xenia Yusuf Zoe Amina Bruno Chloé Dario""".split()
LAST_NAMES = """Almeida Berger Costa Dietrich Endo Farouk Gupta Hoffmann Iyer Jansen Kimura Lopes Mansour
Nakamura Oliveira Patel Quist Rocha Schäfer Tanaka Ueda Vogel Weber Ximenes Yamada Zimmer Araújo
Brandt Carvalho Desai""".split()
PLAIN = str.maketrans("áàâãäçéèêëíïóôõöúüåøšž", "aaaaaceeeeiioooouuaosz")

# Part-timers by their number on the roster; everybody else works five days.
PART_TIME = {4: "xxxx---", 23: "xxx----", 41: "xxxx---", 66: "--xxx--", 90: "xxxx---", 107: "xx-xx--"}

# Number on the roster -> what happens to that person's employment.
MOVERS = {30: ("mobile", date("2026-10-05")), 77: ("internal", date("2026-09-14")),
          112: ("firmware", date("2026-10-19"))}
JOINERS = {20: date("2026-08-17"), 47: date("2026-09-14"), 87: date("2026-10-05"), 117: date("2026-10-19")}
# People who are gone at the end, beside the 120: team, part, country, last day.
LEAVERS = [("checkout", "R", "DE", date("2026-09-11")), ("data", "L", "US", date("2026-10-02")),
           ("firmware", "X", "JP", date("2026-08-28")), ("devtools", "R", "DE", date("2026-10-23"))]

LATE_LICENCES = date("2026-10-26")
PRICES = {"cursor": ("teams", 40), "copilot": ("enterprise", 39), "claude_code": ("premium", 150)}


class Person:
    """One developer; `spells` are (team, first day or None, last day or None)."""

    def __init__(self, number, part, team, country, name):
        self.number, self.part, self.country, self.name = number, part, country, name
        local = name.lower().translate(PLAIN).replace(" ", ".")
        self.email = f"{local}@{DOMAIN}"
        # A few logged in to Claude Code with the address of a former domain.
        self.claude_email = f"{local}@eng.{DOMAIN}" if number % 40 == 37 else self.email
        self.login = local.replace(".", "-") + "_lkf"
        self.github_id = 5_200_000 + number * 37
        self.work_days = PART_TIME.get(number, "xxxx--x" if country == "EG" else "xxxxx--")
        self.hired = date("2021-01-04") + datetime.timedelta(days=(number * 97) % 1900)
        self.spells = [(team, self.hired, None)]
        self.licences = {}  # tool -> (first day, last day or None)
        self.time_off = []  # (first day, last day, portion, status)

    def employed(self, day):
        return any(
            (first is None or first <= day) and (last is None or day <= last)
            for _, first, last in self.spells
        )

    def team_on(self, day):
        for team, first, last in self.spells:
            if (first is None or first <= day) and (last is None or day <= last):
                return team
        return None

    def is_off(self, day):
        return any(
            first <= day <= last and portion == "1" and status == "approved"
            for first, last, portion, status in self.time_off
        )

    def works(self, day):
        return (
            self.employed(day)
            and self.work_days[day.weekday()] == "x"
            and not days.is_holiday(self.country, day)
            and not self.is_off(day)
        )

    def holds(self, tool, day):
        if tool not in self.licences:
            return False
        first, last = self.licences[tool]
        return first <= day and (last is None or day <= last)

    def licensed(self, day):
        return any(self.holds(tool, day) for tool in self.licences)


# Part -> {tools joined by +: weight}; who holds nothing is not licensed.
LICENCE_MIX = {
    "E": {
        "cursor+claude_code": 3,
        "cursor+copilot": 2,
        "claude_code+copilot": 2,
        "cursor+claude_code+copilot": 3,
    },
    "R": {
        "cursor+copilot": 4,
        "cursor+claude_code": 2,
        "claude_code+copilot": 2,
        "copilot": 2,
        "cursor+claude_code+copilot": 2,
    },
    "L": {"copilot": 4, "cursor+copilot": 3, "cursor": 2, "claude_code+copilot": 1},
    "N": {"copilot": 4, "cursor+copilot": 4, "claude_code+copilot": 2},
    "J": {"copilot": 3, "cursor+copilot": 2},
    "F": {"cursor+copilot": 3, "claude_code+copilot": 2},
    "S": {"cursor+copilot": 1},
    "X": {"copilot": 1},
}


def _assign_licences(person, late):
    if person.part == "U":
        return
    chance = Chance("licences", person.number)
    # Data infrastructure works with agents in the cloud, so all its users hold Cursor.
    if person.spells[0][0] == "data" and person.part in "ERLN":
        tools = "cursor+claude_code" if chance.happens(0.6) else "cursor+copilot"
    else:
        tools = chance.weighted(LICENCE_MIX[person.part])
    end = person.spells[-1][2]
    for tool in tools.split("+"):
        start = date("2025-11-03") + chance.below(220) * days.DAY
        if late:
            start = LATE_LICENCES
        person.licences[tool] = (max(start, person.hired), end)


def _assign_time_off(person):
    chance = Chance("time off", person.number)

    def spell(first, length, portion="1", status="approved"):
        person.time_off.append((first, first + (length - 1) * days.DAY, portion, status))

    if chance.happens(0.6):
        spell(days.monday(chance.between(31, 36)), 5 + 7 * chance.below(2))
    if chance.happens(0.3):
        spell(days.monday(chance.between(39, 45)), 5)
    if chance.happens(0.25):
        spell(days.monday(chance.between(37, 45)) + chance.below(5) * days.DAY, 1)
    if chance.happens(0.12):
        spell(days.monday(chance.between(37, 45)) + chance.below(5) * days.DAY, 1, "0.5")
    if chance.happens(0.08):
        spell(days.monday(46), 5, "1", chance.pick(["denied", "requested", "cancelled"]))
    kept = []
    for first, last, portion, status in sorted(person.time_off):
        if not kept or first > kept[-1][1]:
            kept.append((first, last, portion, status))
    person.time_off = kept


def _apply_employment(person):
    number = person.number
    if number in MOVERS:
        team, first = MOVERS[number]
        person.spells = [(person.spells[0][0], person.hired, first - days.DAY), (team, first, None)]
    if number in JOINERS:
        person.hired = JOINERS[number]
        person.spells = [(person.spells[0][0], person.hired, None)]


def make_people():
    """The 120 of the last week and those who left before, in the order of their numbers."""
    people = []
    late = 0
    members = [
        (team[0], part, team[7][index % len(team[7])])
        for team in TEAMS
        for index, part in enumerate(team[6])
    ]
    members += [(team, part, country) for team, part, country, _ in LEAVERS]
    for number, (team, part, country) in enumerate(members):
        turn, place = divmod(number, len(FIRST_NAMES))
        first_name = FIRST_NAMES[place]
        last_name = LAST_NAMES[(place * 7 + turn * 11) % len(LAST_NAMES)]
        person = Person(number, part, team, country, f"{first_name} {last_name}")
        _apply_employment(person)
        gone = number - (len(members) - len(LEAVERS))
        if gone >= 0:
            person.spells = [(team, person.hired, LEAVERS[gone][3])]
        # Six who wait beside the nine that start in the last week: all licensed on one day.
        waits = part == "X" and team in ("checkout", "mobile", "firmware") and late < 6
        late += waits
        _assign_licences(person, part == "J" or waits)
        _assign_time_off(person)
        people.append(person)
    assert len({person.email for person in people}) == len(people)
    return people
