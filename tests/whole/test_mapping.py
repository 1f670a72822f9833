"""Exports that a company describes itself; the examples are those of docs/mapping.md."""

import json
import re

import harness
from harness import ProgramTest

PAGE = (harness.ROOT / "docs" / "mapping.md").read_text()
CSV_MAPPING, JSON_MAPPING = re.findall(r"```xml\n(.*?)```", PAGE, re.S)
EXPORT = re.search(r"```\n(Day,User.*?)```", PAGE, re.S).group(1)
EVENTS = [{"id": f"e{i}", "created": 1794211200 + i, "actor": {"login": who}, "thread": who,
           "usage": {"in": 1000, "out": 500}, "text": "CANARY"}
          for i, who in enumerate(("ana", "ben", "cleo", "dan", "eva", "fay"))]
LICENSES = "email,tool\n" + "".join(f"{event['actor']['login']}@example.com,acme\n" for event in EVENTS)


class Mapping(ProgramTest):
    def mapped(self, *mappings):
        company = self.company(small=True)
        (company.home / "licenses.csv").write_text(LICENSES)
        company.give({f"{i}.xml": text for i, text in enumerate(mappings)}, company.home / "mappings")
        return company

    def checked(self, company, name, text):
        company.give({name: text})
        return json.loads(company.run("check", "--json").output)[0]

    def test_the_example_of_the_page_is_read(self):
        said = self.checked(self.mapped(CSV_MAPPING), "acme.csv", EXPORT)
        self.assertEqual(said["format"], "mapping:acme-monthly")
        self.assertEqual((said["rows_taken"], said["rows_skipped"]), (2, 0))
        self.assertEqual(said["totals"]["interactions"], 17)
        self.assertEqual(said["totals"]["metered"], 1.27)
        self.assertEqual(said["dropped_content_fields"], 2)

    def tokens(self, company):
        (company.home / "identities.csv").write_text("email,tool,kind,value\n" + "".join(
            f"{event['actor']['login']}@example.com,acme,login,{event['actor']['login']}\n"
            for event in EVENTS))
        self.assertFine(company.run("run"))
        cells = json.loads((company.week / "kpis.json").read_text())["cells"]
        return [cell["value"] for cell in cells if cell["kpi"] == "tokens" and not cell["part"]
                and cell["scope"] == "org" and cell["week"] == "2026-W46"]

    def test_events_give_tokens_and_no_content(self):
        company = self.mapped(JSON_MAPPING)
        company.give({"events.jsonl": "".join(json.dumps(event) + "\n" for event in EVENTS)})
        self.assertEqual(self.tokens(company), [6 * 1500])
        for path in company.root.rglob("*"):
            if path.is_file() and path.name != "events.jsonl" and path.suffix != ".xml":
                self.assertNotIn(b"CANARY", path.read_bytes(), path)

    def test_a_later_export_revises_a_record(self):
        company = self.mapped(JSON_MAPPING)
        revised = dict(EVENTS[0], usage={"in": 2000, "out": 500})
        company.give({"a-2026-11-15.jsonl": json.dumps(revised),
                      "b-2026-11-12.jsonl": "".join(json.dumps(event) + "\n" for event in EVENTS)})
        self.assertEqual(self.tokens(company), [6 * 1500 + 1000])

    def test_bad_rows_are_skipped_with_their_line(self):
        company = self.mapped(CSV_MAPPING)
        company.give({"acme.csv": EXPORT.replace("2026-11-10", "yesterday").replace(",14,", ",many,")})
        made = company.run("check")
        self.assertEqual(made.code, 2)
        self.assertRegex(made.errors, r"acme\.csv:2:.*interactions")
        self.assertRegex(made.errors, r"acme\.csv:3:.*date")
        self.assertNotIn("many", made.said)

    def test_a_broken_mapping_names_file_line_and_remedy(self):
        cases = (
            (CSV_MAPPING.replace('name="date"', 'name="moment"'), 2, "no slot of this name"),
            (CSV_MAPPING.replace('<slot name="date" from="Day"/>', ""), 10, "date is missing"),
            (CSV_MAPPING.replace('tool="acme"', 'tool="other_tool"'), 1, "no tool of this name"),
            (CSV_MAPPING.replace('format="csv"', 'format="xls"'), 1, "csv or json"),
            (CSV_MAPPING.replace('unit="cents"', 'unit="pence"'), 6, "unit:"),
            (CSV_MAPPING.replace('from="User"', 'column="User"'), 3, "no attribute column"),
            (CSV_MAPPING.replace('name="email" from', 'name="date" from'), 3, "filled already"),
            (CSV_MAPPING.replace("<content", "<secret"), 8, "cannot stand here"),
            (CSV_MAPPING.replace("</mapping>", ""), None, "not well-formed"),
            (JSON_MAPPING.replace("usage.in", "usage[].in"), 6, "a path of members"),
            ('<!DOCTYPE m [<!ENTITY e SYSTEM "/etc/passwd">]>' + CSV_MAPPING.replace("Acme usage", "&e;"),
             None, "not well-formed"),
        )
        for text, line, says in cases:
            with self.subTest(says):
                made = self.mapped(text).run("ingest")
                self.assertEqual(made.code, 2)
                self.assertIn(says, made.errors)
                self.assertIn(f"0.xml:{line}:" if line else "0.xml:", made.errors)

    def test_two_mappings_need_two_names(self):
        made = self.mapped(CSV_MAPPING, CSV_MAPPING).run("ingest")
        self.assertEqual(made.code, 2)
        self.assertIn("another mapping has the same name", made.errors)
