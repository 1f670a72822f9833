"""Nothing that is content or identity leaves the private store: strings put into exports and set-up
are searched for in everything that the program writes and says."""

import json
import zlib

import harness
from harness import ProgramTest, undisturbed
from hostile import texts

CANARY = "CANARY-7f3a"


def searchable(path):
    """Bytes of a file, and of the compressed streams inside of a PDF."""
    data = path.read_bytes()
    found = [data]
    if data.startswith(b"%PDF"):
        for part in data.split(b"stream\r\n" if b"stream\r\n" in data else b"stream\n")[1:]:
            try:
                found.append(zlib.decompressobj().decompress(part))
            except zlib.error:
                continue
    return b"\n".join(found).lower()


def content_exports():
    """Exports with the canary in every place where content or a path could stand."""
    copilot = texts.copilot_row(
        "2026-11-10",
        prompt=CANARY,
        totals_by_skill=[{"skill": CANARY, "interaction_count": 2}],
        totals_by_language_feature=[
            {"language": CANARY, "feature": "code_completion", "code_generation_activity_count": 1}
        ],
    )
    claude = texts.claude_record(
        "2026-11-10", terminal_type=CANARY, last_prompt=CANARY, cwd="/home/" + CANARY
    )
    event = texts.HEADER + ",Prompt\n" + texts.cursor_row(1, date="2026-11-10") + f',"{CANARY}"\n'
    return {
        "users-1-day_2026-11-11.ndjson": json.dumps(copilot) + "\n",
        "claude-code-analytics-2026-11-11.json": texts.claude_page(claude),
        "usage-events-2026-11-11.csv": event,
    }


def faulty_exports():
    """Exports that are refused for a field whose value is the canary."""
    return {
        "usage-events-2026-11-12.csv": texts.cursor(
            texts.cursor_row(1, date=CANARY),
            texts.cursor_row(2, output=CANARY),
            texts.cursor_row(3, date="2026-11-10") + f',"{CANARY}"',
        ),
        "claude-code-analytics-2026-11-12.json": texts.claude_page(
            texts.claude_record(date=CANARY),
            texts.claude_record(actor={"type": CANARY, "email_address": CANARY + "@example.com"}),
        ),
        "users-1-day_2026-11-12.ndjson": json.dumps(texts.copilot_row(CANARY))
        + "\n"
        + '{"day":"'
        + CANARY
        + "\n",
        "unknown.csv": f"{CANARY},Column\n{CANARY},1\n",
        "unknown.json": json.dumps({CANARY: CANARY}),
    }


class Canaries(ProgramTest):
    def assertNowhere(self, words, company, results):
        words = [word.lower().encode() for word in words]
        for result in results:
            said = result.said.lower().encode()
            for word in words:
                self.assertNotIn(word, said)
        written = company.written()
        self.assertTrue(written)
        for path in written:
            held = searchable(path)
            for word in words:
                self.assertNotIn(word, held, f"{path.name} holds what it must not")

    def feed(self, company, files):
        company.give(files)
        return [
            company.run("check", company.exports),
            company.run("run"),
            company.run("status"),
            company.run("report"),
        ]

    def test_people_of_the_sample_appear_nowhere(self):
        company, result = undisturbed()
        people = (company.home / "people.csv").read_text().splitlines()[1:]
        identities = (company.home / "identities.csv").read_text().splitlines()[1:]
        # Files are named where there is something to say of them.
        identities = [line for line in identities if line.split(",")[2] != "path"]
        joiners = (company.home / "directory" / "entra-users.csv").read_text().splitlines()[1:]
        people += joiners
        words = {line.split(",")[0] for line in people} | {line.split(",")[1] for line in people}
        words |= {line.split(",")[3] for line in identities}
        words |= {"k.brandt@contractor", "rvogel-ext", "ci-review-bot"}
        self.assertGreater(len(words), 250)
        self.assertNowhere(words, company, [result, company.run("status"), company.run("check")])

    def test_content_appears_nowhere(self):
        company = self.company()
        results = self.feed(company, content_exports())
        self.assertFine(results[1])
        self.assertNowhere([CANARY], company, results)

    def test_refused_values_appear_nowhere(self):
        company = self.company()
        results = self.feed(company, faulty_exports())
        self.assertFine(results[1], codes=(1,))
        self.assertNowhere([CANARY], company, results)

    def test_faulty_set_up_values_appear_nowhere(self):
        company = self.company()
        with open(company.home / "licenses.csv", "a") as file:
            file.write(f"{CANARY}@example.com,{CANARY},,05/10/2026,,abc,\n")
        with open(company.home / "timeoff.csv", "a") as file:
            file.write(f"{CANARY}@example.com,{CANARY},2026-10-10,1,approved\n")
        results = [company.run("run")]
        self.assertFine(results[0], codes=(0, 1))
        self.assertNowhere([CANARY], company, results)

    def test_the_ledger_knows_people_by_pseudonym_only(self):
        company, _ = undisturbed()
        addresses = [
            line.split(",")[0].encode()
            for line in (company.home / "people.csv").read_text().splitlines()[1:]
        ]
        logins = [
            line.split(",")[3].encode()
            for line in (company.home / "identities.csv").read_text().splitlines()[1:]
        ]
        for path in company.private_files():
            held = path.read_bytes().lower()
            for word in addresses + logins:
                self.assertNotIn(word.lower(), held, path.name)

    def test_the_key_is_readable_by_its_owner_only(self):
        company, _ = undisturbed()
        key = next(path for path in company.private_files() if "key" in path.name)
        self.assertEqual(key.stat().st_mode & 0o077, 0)
