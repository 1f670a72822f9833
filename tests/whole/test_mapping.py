"""Exports that a company describes itself; the examples are those of docs/mapping.md, as they stand there."""

import json
import os
import pathlib
import re

import harness
from harness import ProgramTest

PAGE = (harness.ROOT / "docs" / "mapping.md").read_text()


def blocks(language):
    """The examples of a language on the page, without the indentation of the list they are in."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", PAGE, re.S | re.M)
    return [re.sub(rf"^{indent}", "", text, flags=re.M) for indent, text in found]


CSV_MAPPING, EVENTS_MAPPING, PAGE_MAPPING = blocks("xml")
CSV_EXPORT, LICENSES = blocks("csv")
EVENTS_EXPORT, PAGE_EXPORT = blocks("json")
NAMES = ("ana", "ben", "cleo", "dan", "eva", "fay")


def events(names=NAMES, changed=None):
    """Events like those of the page, one for each person."""
    first = json.loads(EVENTS_EXPORT.splitlines()[0])
    return [
        first | {"id": f"e{i}", "created": first["created"] + i, "actor": {"login": who}, "thread": who,
                 "text": "CANARY"} | (changed or {})
        for i, who in enumerate(names)
    ]


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


class Mapping(ProgramTest):
    def mapped(self, *mappings):
        company = self.company(small=True)
        company.give({
            "licenses.csv": LICENSES + "".join(f"{name}@example.com,acme\n" for name in NAMES[1:]),
            "identities.csv": "email,tool,kind,value\n"
                              + "".join(f"{name}@example.com,acme,login,{name}\n" for name in NAMES),
        }, company.home)
        company.give({f"{i}.xml": text for i, text in enumerate(mappings)}, company.home / "mappings")
        return company

    def checked(self, company, name, text):
        company.give({name: text})
        said = json.loads(company.run("check", "--json").output)[0]
        said["totals"] = {measure: sum for measure, sum in said["totals"].items() if sum is not None}
        return said

    def tokens(self, company):
        self.assertFine(company.run("run"))
        cells = json.loads((company.week / "kpis.json").read_text())["cells"]
        return [cell["value"] for cell in cells if cell["kpi"] == "tokens" and not cell["part"]
                and cell["scope"] == "org" and cell["week"] == harness.WEEK]

    def stored(self, company):
        """All that the ledger holds, as text."""
        dump = pathlib.Path(harness.PROGRAM).resolve().parents[2] / "tests" / "whole" / "ledger_dump"
        held = harness.run(company.settings, program=dump)
        self.assertFine(held)
        return held.output

    def sum_stored(self, company, measure):
        self.assertFine(company.run("ingest"))
        return sum(map(int, re.findall(rf"\b{measure}=~?(\d+)", self.stored(company))))

    # ---- The examples of the page

    def test_the_monthly_csv_is_read(self):
        said = self.checked(self.mapped(CSV_MAPPING), "acme.csv", CSV_EXPORT)
        self.assertEqual(said["format"], "mapping:acme-monthly")
        self.assertEqual((said["rows_taken"], said["rows_skipped"]), (2, 0))
        self.assertEqual(said["totals"], {"interactions": 17, "metered": 1.27})
        self.assertEqual(said["dropped_content_fields"], 2)

    def test_the_events_are_read(self):
        said = self.checked(self.mapped(EVENTS_MAPPING), "acme.jsonl", EVENTS_EXPORT)
        self.assertEqual(said["format"], "mapping:acme-events")
        self.assertEqual((said["rows_taken"], said["rows_skipped"]), (2, 0))
        self.assertEqual(said["totals"], {"interactions": 2, "requests": 2, "input_tokens": 3000,
                                          "output_tokens": 600})
        self.assertEqual(said["dropped_content_fields"], 2)

    def test_the_page_of_lists_is_read(self):
        said = self.checked(self.mapped(PAGE_MAPPING), "acme.json", PAGE_EXPORT)
        self.assertEqual(said["format"], "mapping:acme-admin")
        self.assertEqual((said["rows_taken"], said["rows_skipped"]), (4, 0))
        self.assertEqual(said["totals"], {"interactions": 17, "input_tokens": 4000,
                                          "cache_read_tokens": 6000, "output_tokens": 900})

    def test_all_of_them_go_together_and_say_nothing_else(self):
        company = self.mapped(CSV_MAPPING, EVENTS_MAPPING, PAGE_MAPPING)
        company.give({"a.csv": CSV_EXPORT, "b.jsonl": EVENTS_EXPORT, "c.json": PAGE_EXPORT})
        checked = company.run("check")
        self.assertFine(checked)
        self.assertEqual(checked.errors, "")
        made = company.run("ingest")
        self.assertFine(made)
        self.assertIn("8 records taken, 0 skipped", made.output)

    def test_the_page_of_lists_is_stored_as_its_words_say(self):
        company = self.mapped(PAGE_MAPPING)
        company.give({"c.json": PAGE_EXPORT})
        self.assertFine(company.run("ingest"))
        stored = self.stored(company)
        self.assertIn(" person mapping:acme-admin 2026-11-09 interactions=14 input_tokens=4000"
                      " cache_read_tokens=6000 output_tokens=900\n", stored)
        self.assertIn(" service mapping:acme-admin 2026-11-10 interactions=3\n", stored)

    # ---- From exports to figures

    def test_events_give_tokens_and_no_content(self):
        company = self.mapped(EVENTS_MAPPING)
        company.give({"events.jsonl": lines(events())})
        self.assertEqual(self.tokens(company), [6 * 1500])
        for path in company.root.rglob("*"):
            if path.is_file() and path.name != "events.jsonl" and path.suffix != ".xml":
                self.assertNotIn(b"CANARY", path.read_bytes(), path)

    def test_a_later_export_revises_a_record(self):
        company = self.mapped(EVENTS_MAPPING)
        company.give({"a-2026-11-15.jsonl": lines(events(["ana"], {"usage": {"in": 2000, "out": 500}})),
                      "b-2026-11-12.jsonl": lines(events())})
        self.assertEqual(self.tokens(company), [6 * 1500 + 1000])

    def page_of_all(self, **more):
        row = json.loads(PAGE_EXPORT)["results"][0]
        people = [row | {"member": {"mail": f"{name}@example.com"}} for name in NAMES]
        return json.dumps({"team": "core", "results": people} | more)

    def test_lists_give_tokens_by_model_and_count_prompts_once(self):
        company = self.mapped(PAGE_MAPPING)
        company.give({"page.json": self.page_of_all()})
        self.assertEqual(self.sum_stored(company, "interactions"), 6 * 14)
        self.assertEqual(self.sum_stored(company, "cache_read_tokens"), 6 * 6000)
        self.assertEqual(self.sum_stored(company, "input_tokens"), 6 * 4000)

    def test_the_same_page_of_a_later_day_adds_nothing(self):
        company = self.mapped(PAGE_MAPPING)
        company.give({"a-2026-11-12.json": self.page_of_all(), "b-2026-11-15.json": self.page_of_all(next=1)})
        self.assertEqual(self.sum_stored(company, "interactions"), 6 * 14)
        self.assertEqual(self.sum_stored(company, "output_tokens"), 6 * 900)

    def stored_requests(self, attributes, *files):
        """Sum of the requests in the ledger after reading files that one mapping describes."""
        company = self.mapped(
            f'<mapping name="t" title="T" tool="acme" format="csv" {attributes}><slot name="date" from="Day"/>'
            '<slot name="login" from="Who" required="no"/><slot name="record" from="Id" required="no"/>'
            '<slot name="requests" from="N"/></mapping>'.replace(
                '<slot name="record" from="Id" required="no"/>' if "twins" in attributes else "none", ""))
        if "personal" in attributes:
            with (company.home / "identities.csv").open("a") as identities:
                identities.write("ana@example.com,acme,path,*/ana/*\n")
        company.give(dict(files))
        return self.sum_stored(company, "requests")

    def test_twins_of_two_overlapping_exports_are_not_doubled(self):
        rows = "Day,Who,N\n2026-11-09,ana,3\n2026-11-09,ana,3\n"
        self.assertEqual(self.stored_requests('merging="twins"', ("a-2026-11-12.csv", rows),
                                              ("b-2026-11-15.csv", rows + "2026-11-10,ana,4\n")), 10)

    def test_copies_in_two_files_are_one(self):
        self.assertEqual(self.stored_requests(
            'merging="copies"', ("a.csv", "Day,Who,Id,N\n2026-11-09,ana,x,3\n2026-11-09,ana,y,1\n"),
            ("b.csv", "Day,Who,Id,N\n2026-11-10,ana,x,3\n")), 4)

    def test_times_give_sessions(self):
        company = self.mapped(
            '<mapping name="t" title="T" tool="acme" format="csv" sessions="gaps"><slot name="date" from="Time"/>'
            '<slot name="login" from="Who"/><slot name="interactions" from="N"/></mapping>')
        moments = ("08:00", "08:20", "08:45", "09:30", "17:00")
        company.give({"a.csv": "Time,Who,N\n" + "".join(f"2026-11-09T{at}:00Z,ana,1\n" for at in moments)})
        self.assertEqual(self.sum_stored(company, "sessions"), 3)

    def test_a_file_of_one_person_is_known_by_its_path(self):
        self.assertEqual(self.stored_requests('personal="yes"', ("ana/use.csv", "Day,N\n2026-11-09,3\n")), 3)

    # ---- What is said of rows and mappings

    def test_bad_rows_are_skipped_with_line_and_the_vendors_column(self):
        company = self.mapped(CSV_MAPPING)
        company.give({"acme.csv": CSV_EXPORT.replace("2026-11-10", "yesterday").replace(",14,", ",many,")
                      + "2026-11-11,ana@example.com,1,m,-4,,eu\n"})
        made = company.run("check")
        self.assertEqual(made.code, 2)
        self.assertRegex(made.errors, r"acme\.csv:2:28: skipped: not a number: Prompts: ")
        self.assertRegex(made.errors, r"acme\.csv:3:1: skipped: not a date: Day: ")
        self.assertRegex(made.errors, r"acme\.csv:4:32: skipped: number out of range: Cost \(cents\): ")
        for value in ("many", "yesterday", "-4"):
            self.assertNotIn(value, made.said)

    def test_unknown_words_are_counted_and_not_printed(self):
        company = self.mapped(PAGE_MAPPING)
        company.give({"c.json": PAGE_EXPORT.replace("inline", "CANARY").replace('"bot"', '"CANARY"')})
        made = company.run("check")
        self.assertFine(made)
        self.assertIn("../mode: rows with a word that the mapping does not have: 3;", made.errors)
        self.assertIn("../kind: rows with a word that the mapping does not have: 1;", made.errors)
        self.assertNotIn("CANARY", made.said)

    def assertRefused(self, company, place, says):
        for command in ("check", "ingest", "run"):
            made = company.run(command)
            self.assertFine(made, codes=(2,))
            self.assertIn(place, made.errors)
            self.assertIn(says, made.errors)
        self.assertEqual([path for path in company.written() if path.suffix != ".xml"], [])

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
            (CSV_MAPPING.replace("</mapping>", ""), 10, "not well-formed"),
            (EVENTS_MAPPING.replace("usage.in", "usage[].in"), 6, "a path of members"),
            (EVENTS_MAPPING.replace('"id"', '"created"'), 4, "named before"),
            (PAGE_MAPPING.replace('to="chat"', 'to="talk"'), 11, "not a word of this slot"),
            ('<!DOCTYPE m [<!ENTITY e SYSTEM "/etc/passwd">]>' + CSV_MAPPING.replace("Acme usage", "&e;"),
             1, "has a document type"),
        )
        for text, line, says in cases:
            with self.subTest(says):
                self.assertRefused(self.mapped(text), f"mappings/0.xml:{line}:", says)

    def test_two_mappings_need_two_names(self):
        self.assertRefused(self.mapped(CSV_MAPPING, CSV_MAPPING), "mappings/1.xml:1:",
                           "another mapping has the same name")

    def test_hostile_files_in_the_folder_end_the_command(self):
        def laughs(path):
            entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
            path.write_text(f'<!DOCTYPE m [<!ENTITY l0 "ha">{entities}]><mapping name="&l9;"/>')

        hostile = {
            "has a document type": laughs,
            "is a link that leads": lambda path: os.symlink("/etc/passwd", path),
            "is no file that can be read": os.mkfifo,
            "is larger than 256 KiB": lambda path: path.write_bytes(b"<" * (1 << 24)),
            "is not UTF-8": lambda path: path.write_bytes(CSV_MAPPING.encode("utf-16")),
            "this element cannot stand here": lambda path: path.write_text("<a>" * 50000),
            "there is no element in it": lambda path: path.write_bytes(b""),
        }
        for says, make in hostile.items():
            with self.subTest(says):
                company = self.mapped(CSV_MAPPING)
                make(company.home / "mappings" / "1.xml")
                self.assertRefused(company, "mappings/1.xml:1:", says)

    def test_a_changed_mapping_counts_when_its_tool_was_reset(self):
        company = self.mapped(CSV_MAPPING)
        company.give({"acme.csv": CSV_EXPORT})
        self.assertEqual(self.sum_stored(company, "metered"), 1270000)
        company.give({"0.xml": CSV_MAPPING.replace("cents", "units").replace("(units)", "(cents)")},
                     company.home / "mappings")
        self.assertEqual(self.sum_stored(company, "metered"), 1270000)
        self.assertFine(company.run("ingest", "--reset", "acme"))
        self.assertEqual(self.sum_stored(company, "metered"), 127000000)

    def test_without_its_mapping_stored_use_is_passed_over(self):
        company = self.mapped(CSV_MAPPING)
        company.give({"acme.csv": CSV_EXPORT})
        self.assertFine(company.run("ingest"))
        (company.home / "mappings" / "0.xml").unlink()
        self.assertFine(company.run("status"))
        self.assertNotIn("mapping:", self.stored(company))
