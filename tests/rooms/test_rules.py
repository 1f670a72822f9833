#!/usr/bin/env python3
"""Every rule of rules.py can fail: small trees that break one rule each, and near ones that do not."""

import inspect
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True

import rules

REPORTING = {f"src/commands/{name}": '/* c */\n#include "render.h"\n' for name in rules.REPORTING_COMMANDS}


class RuleTest(unittest.TestCase):
    """A test writes files into a tree of its own and looks at what one rule finds."""

    def found(self, rule, files):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                whole = pathlib.Path(folder) / path
                whole.parent.mkdir(parents=True, exist_ok=True)
                whole.write_text(text, encoding="utf-8")
            return list(rule(rules.Tree(folder)))

    def assert_breaks(self, rule, files, path, line):
        found = self.found(rule, files)
        self.assertEqual([(one.path, one.line) for one in found], [(path, line)])

    def assert_keeps(self, rule, files):
        self.assertEqual([str(one) for one in self.found(rule, files)], [])


class Includes(RuleTest):
    def test_a_folder_that_is_no_room(self):
        self.assert_breaks(rules.every_room_is_known, {"src/attic/a.c": "/* a */\n"}, "src/attic/a.c", 1)

    def test_a_room_includes_to_its_left(self):
        self.assert_keeps(rules.rooms_include_to_the_left,
                          {"src/ledger/a.c": "#include <tidemark/intake.h>\n#include <tidemark/ledger.h>\n"})

    def test_a_room_includes_to_its_right(self):
        self.assert_breaks(rules.rooms_include_to_the_left,
                           {"src/intake/a.c": "/* a */\n#include <tidemark/ledger.h>\n"}, "src/intake/a.c", 2)

    def test_a_public_header_includes_to_its_right(self):
        self.assert_breaks(rules.rooms_include_to_the_left,
                           {"include/tidemark/base.h": "#include <tidemark/setup.h>\n"},
                           "include/tidemark/base.h", 1)

    def test_a_file_in_a_folder_of_a_room_includes_to_its_right(self):
        self.assert_breaks(rules.rooms_include_to_the_left,
                           {"src/intake/formats/a.c": "#  include <tidemark/measure.h>\n"},
                           "src/intake/formats/a.c", 1)

    def test_press_may_not_include_report(self):
        self.assert_breaks(rules.rooms_include_to_the_left,
                           {"src/press/a.c": "#include <tidemark/report.h>\n"}, "src/press/a.c", 1)

    def test_a_public_header_named_in_quotes(self):
        self.assert_breaks(rules.rooms_include_to_the_left,
                           {"src/base/a.c": '#include "tidemark/setup.h"\n'}, "src/base/a.c", 1)

    def test_a_public_header_of_no_room(self):
        self.assert_breaks(rules.rooms_include_to_the_left,
                           {"src/press/a.c": "#include <tidemark/everything.h>\n"}, "src/press/a.c", 1)

    def test_an_include_in_a_comment_is_none(self):
        self.assert_keeps(rules.rooms_include_to_the_left,
                          {"src/base/a.c": "/*\n#include <tidemark/setup.h>\n*/\n// #include <tidemark/setup.h>\n"})

    def test_a_private_header_of_the_same_room(self):
        self.assert_keeps(rules.private_headers_stay_in_their_room,
                          {"src/intake/formats/a.c": '#include "../formats.h"\n', "src/intake/formats.h": ""})

    def test_a_private_header_of_another_room(self):
        self.assert_breaks(rules.private_headers_stay_in_their_room,
                           {"src/archive/a.c": '\n#include "../ledger/key.h"\n', "src/ledger/key.h": ""},
                           "src/archive/a.c", 2)

    def test_a_private_header_found_on_some_path(self):
        self.assert_breaks(rules.private_headers_stay_in_their_room,
                           {"src/archive/a.c": '#include "key.h"\n', "src/ledger/key.h": ""},
                           "src/archive/a.c", 1)

    def test_every_published_room_against_every_private_one(self):
        for room in rules.PUBLISHED_ONLY:
            for private in rules.PRIVATE_ROOMS:
                with self.subTest(room=room, private=private):
                    path = f"src/{room}/a.c"
                    self.assert_breaks(rules.published_rooms_know_no_person,
                                       {path: f"#include <tidemark/{private}.h>\n"}, path, 1)

    def test_archive_includes_measure(self):
        self.assert_keeps(rules.measure_is_for_archive_and_its_right,
                          {"src/archive/a.c": "#include <tidemark/measure.h>\nTmMeasured *m;\n"})

    def test_ledger_includes_measure(self):
        self.assert_breaks(rules.measure_is_for_archive_and_its_right,
                           {"src/ledger/a.c": "#include <tidemark/measure.h>\n"}, "src/ledger/a.c", 1)

    def test_report_uses_the_catalogue(self):
        self.assert_keeps(rules.measure_is_for_archive_and_its_right,
                          {"src/report/a.c": "#include <tidemark/measure.h>\nconst TmKpi *k = tm_kpi(1);\n"})

    def test_report_uses_exact_figures(self):
        self.assert_breaks(rules.measure_is_for_archive_and_its_right,
                           {"src/report/a.c": "\n\nconst TmFigure *figure;\n"}, "src/report/a.c", 3)


class Reporting(RuleTest):
    def test_reporting_commands_that_reach_the_archive_only(self):
        self.assert_keeps(rules.reporting_commands_reach_no_ledger, REPORTING | {
            "src/commands/render.h": "#include <tidemark/archive.h>\n",
            "include/tidemark/archive.h": "#include <tidemark/measure.h>\n",
            "include/tidemark/measure.h": "int tm_measure_run(void);\n"})

    def test_a_private_header_that_brings_in_the_ledger(self):
        found = self.found(rules.reporting_commands_reach_no_ledger,
                           REPORTING | {"src/commands/render.h": "\n#include <tidemark/ledger.h>\n"})
        self.assertEqual({(one.path, one.line) for one in found}, {("src/commands/render.h", 2)})
        self.assertEqual(len(found), len(rules.REPORTING_COMMANDS))

    def test_a_public_header_that_brings_in_intake(self):
        self.assertTrue(self.found(rules.reporting_commands_reach_no_ledger, REPORTING | {
            "src/commands/render.h": "#include <tidemark/archive.h>\n",
            "include/tidemark/archive.h": "#include <tidemark/intake.h>\n"}))

    def test_a_reporting_command_that_measures(self):
        self.assert_breaks(rules.reporting_commands_reach_no_ledger, REPORTING | {
            "src/commands/report.c": "/* r */\nvoid *p = tm_measure_run(0, 0, 0, 0);\n"},
            "src/commands/report.c", 2)

    def test_a_reporting_command_that_went_away(self):
        files = dict(REPORTING)
        del files["src/commands/explain.c"]
        self.assert_breaks(rules.reporting_commands_reach_no_ledger, files, "src/commands/explain.c", 1)


class Determinism(RuleTest):
    def test_every_way_to_the_clock(self):
        for call in ("g_get_real_time()", "time(NULL)", "time(&now)", "g_date_time_new_now_utc()",
                     "g_date_time_new_now(zone)", "g_date_time_new_now_local()", "g_get_current_time(&v)",
                     "clock_gettime(CLOCK_REALTIME, &t)", "strftime(b, n, f, t)", "localtime_r(&t, &tm)",
                     "gettimeofday(&v, 0)", "\"SELECT date('now')\"", '"DEFAULT CURRENT_TIMESTAMP"', "__DATE__"):
            with self.subTest(call):
                self.assert_breaks(rules.the_clock_is_read_in_two_places,
                                   {"src/press/a.c": f"/* a */\nx = {call};\n"}, "src/press/a.c", 2)

    def test_words_that_only_look_like_the_clock(self):
        self.assert_keeps(rules.the_clock_is_read_in_two_places, {
            "src/press/a.c": "/* time(NULL) */\nlong mtime = runtime(0), day_time = 1;\n"
                             "g_get_monotonic_time(); clock_gettime(CLOCK_MONOTONIC, &t);\n"})

    def test_the_two_places(self):
        self.assert_keeps(rules.the_clock_is_read_in_two_places, {
            path: "x = g_date_time_new_now_utc();\n" for path in rules.CLOCK_READERS})

    def test_a_second_reading_in_one_of_the_two_places(self):
        for path in rules.CLOCK_READERS:
            with self.subTest(path):
                self.assert_breaks(rules.the_clock_is_read_in_two_places,
                                   {path: "a = g_date_time_new_now_utc();\nb = g_get_real_time();\n"}, path, 2)

    def test_the_locale_of_numbers(self):
        for category in ("LC_ALL", "LC_NUMERIC"):
            with self.subTest(category):
                self.assert_breaks(rules.numbers_have_no_locale,
                                   {"src/commands/main.c": f'setlocale( {category}, "");\n'},
                                   "src/commands/main.c", 1)

    def test_the_locale_of_messages(self):
        self.assert_keeps(rules.numbers_have_no_locale,
                          {"src/commands/main.c": 'setlocale(LC_MESSAGES, "");\n'})


class WordsAndSizes(RuleTest):
    def test_the_most_lines(self):
        self.assert_keeps(rules.files_are_short, {"src/base/a.c": "x;\n" * rules.MOST_LINES})

    def test_one_line_too_many(self):
        for path in ("src/base/a.c", "tests/base/test_a.c", "tests/whole/a.py"):
            with self.subTest(path):
                self.assert_breaks(rules.files_are_short, {path: "x;\n" * (rules.MOST_LINES + 1)},
                                   path, rules.MOST_LINES + 1)

    def test_data_may_be_long(self):
        self.assert_keeps(rules.files_are_short, {"tests/press/golden/a.c": "x;\n" * (rules.MOST_LINES + 1)})

    def test_a_file_without_a_comment(self):
        for path in ("src/base/a.c", "src/base/a.h", "src/press/a.cc", "include/tidemark/base.h"):
            with self.subTest(path):
                self.assert_breaks(rules.files_open_with_a_comment, {path: "#include <glib.h>\n/* a */\n"}, path, 1)

    def test_a_file_with_a_comment(self):
        self.assert_keeps(rules.files_open_with_a_comment, {"src/base/a.c": "/* What it is. */\n"})

    def test_unfinished_work(self):
        for word in ("TODO", "FIXME", "XXX", "HACK"):
            for path in ("src/base/a.c", "docs/a.md", "man/a.1"):
                with self.subTest(word=word, path=path):
                    self.assert_breaks(rules.nothing_is_unfinished, {path: f"\n{word}: later\n"}, path, 2)

    def test_a_pattern_of_a_temporary_name_is_no_mark(self):
        self.assert_keeps(rules.nothing_is_unfinished, {"src/base/a.c": '"tidemark-XXXXXX"\n'})

    def test_paths_of_machines(self):
        for path in ("src/base/a.c", "README.md", "meson.build", "docs/a.md"):
            for folder in ("/home/ana", "/root/x", "/work/x", "/Users/ana"):
                with self.subTest(path=path, folder=folder):
                    self.assert_breaks(rules.no_path_of_a_machine, {path: f"see {folder}\n"}, path, 1)

    def test_folders_that_every_machine_has(self):
        self.assert_keeps(rules.no_path_of_a_machine,
                          {"README.md": "/var/lib/tidemark /etc/tidemark out/work/x src/home/x\n"})


class Symbols(unittest.TestCase):
    def test_a_symbol_in_two_libraries(self):
        found = list(rules.symbols_are_defined_once({
            "libtm_a.a": "tm_one T 0 10\n", "libtm_b.a": "libtm_b.a[b.o]:\ntm_one T 0 10\ntm_two T 0 1\n"}))
        self.assertEqual([one.path for one in found], ["libtm_b.a"])

    def test_a_symbol_twice_in_one_library(self):
        self.assertEqual(len(list(rules.symbols_are_defined_once({"libtm_a.a": "tm_one T 0 1\ntm_one D 0 1\n"}))), 1)

    def test_weak_symbols_may_repeat(self):
        self.assertEqual(list(rules.symbols_are_defined_once({"a.a": "_ZN1aEv W 0 1\n", "b.a": "_ZN1aEv W 0 1\n"})), [])


class EveryRule(unittest.TestCase):
    def test_every_rule_is_run(self):
        listed = set(rules.TREE_RULES + rules.SYMBOL_RULES)
        helpers = {rules.without_comments, rules.room_of, rules.symbols_of}
        functions = {one for _, one in inspect.getmembers(rules, inspect.isfunction)
                     if one.__module__ == "rules"}
        self.assertEqual(functions - helpers, listed)


if __name__ == "__main__":
    unittest.main()
