"""No tool with several sources of people's use is without a test of their overlap."""

import collections
import importlib
import re
import unittest

import harness
import overlap


def tested_tools():
    for path in sorted((harness.ROOT / "tests" / "whole").glob("test_overlap*.py")):
        for value in vars(importlib.import_module(path.stem)).values():
            if isinstance(value, type) and issubclass(value, overlap.Pairs):
                yield value.tool


class Complete(unittest.TestCase):
    def test_every_tool_with_several_sources_is_tested(self):
        text = (harness.ROOT / "src" / "intake" / "sources.def").read_text()
        sources = re.findall(r"^SOURCE\(\w+, \"[^\"]+\", (\w+),.*?(\w+)\)$", text, re.M | re.S)
        many = collections.Counter(tool.lower() for tool, trait in sources if trait != "APART")
        self.assertGreater(len(many), 20)
        self.assertEqual({tool for tool, n in many.items() if n > 1} - set(tested_tools()), set())
