"""opencode's database is refused; what docs/contribute.md exports from it is read."""

import json
import sqlite3

import harness
from harness import ProgramTest

TEXT = "CANARY-of-a-prompt"


class Opencode(ProgramTest):
    def database(self, company):
        path = company.root / "opencode.db"
        base = sqlite3.connect(path)
        base.execute("CREATE TABLE message (id TEXT, session_id TEXT, time_created INTEGER, data TEXT)")
        at = 1794211200000  # 2026-11-09 08:00
        for name, data in (
                ("m1", {"role": "user", "time": {"created": at}, "summary": {"title": TEXT}}),
                ("m2", {"role": "assistant", "time": {"created": at + 1}, "modelID": "claude-sonnet-5",
                        "path": {"cwd": TEXT}, "cost": 0.5, "tokens": {
                            "input": 10, "output": 20, "reasoning": 0, "cache": {"read": 5, "write": 0}}})):
            base.execute("INSERT INTO message VALUES (?, 's', ?, ?)", (name, at, json.dumps(data)))
        base.commit()
        self.addCleanup(base.close)
        return path, base

    def test_the_database_is_refused_with_what_to_do_instead(self):
        path, _ = self.database(self.company(small=True))
        made = harness.run("check", "--today", harness.TODAY, path)
        self.assertEqual(made.code, 2)
        self.assertIn("docs/contribute.md", made.errors)

    def test_the_exported_messages_are_read(self):
        company = self.company(small=True)
        _, base = self.database(company)
        page = (harness.ROOT / "docs" / "contribute.md").read_text()
        query = page.split('sqlite3 opencode.db "', 1)[1].split('"', 1)[0]
        exported = "".join(row[0] + "\n" for row in base.execute(query))
        self.assertNotIn(TEXT, exported)
        company.give({"opencode-messages.jsonl": exported})
        said = json.loads(company.run("check", "--json").output)[0]
        self.assertEqual(said["format"], "opencode-messages")
        self.assertEqual({key: said["totals"][key] for key in (
            "messages", "requests", "input_tokens", "cache_read_tokens", "output_tokens", "list_value")}, {
                "messages": 1, "requests": 1, "input_tokens": 10, "cache_read_tokens": 5,
                "output_tokens": 20, "list_value": 0.5})
