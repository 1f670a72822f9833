#!/usr/bin/env python3
"""Keeps the order of rooms: runs the rules of rules.py over the tree and the libraries built of it.

check.py SOURCE BUILD [NM]; prints TAP.
"""

import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

import rules


def library_listings(build, nm):
    """What nm says of each static library of src/, by meson's own list of targets."""
    targets = json.loads((build / "meson-info" / "intro-targets.json").read_text(encoding="utf-8"))
    listings = {}
    for target in targets:
        path = pathlib.Path(target["filename"][0])
        if target["type"] == "static library" and path.parent.parent.name == "src":
            listings[path.name] = subprocess.run(
                [nm, "--extern-only", "--defined-only", "--portability", path], check=True,
                capture_output=True, text=True).stdout
    return listings


def run(number, rule, material):
    findings = [str(finding) for finding in rule(material)]
    print(f"{'not ok' if findings else 'ok'} {number} - {rule.__name__}")
    for finding in findings:
        print(f"# {finding}")
    return not findings


def main():
    source, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    tree = rules.Tree(source)
    listings = library_listings(build, sys.argv[3] if len(sys.argv) > 3 else "nm")
    checks = [(rule, tree) for rule in rules.TREE_RULES]
    checks += [(rule, listings) for rule in rules.SYMBOL_RULES]
    print(f"1..{len(checks) + 1}")
    passed = [run(number, rule, material) for number, (rule, material) in enumerate(checks, 1)]
    # Rules over nothing would all hold.
    seen = len(tree.code()) > 100 and len(listings) >= len(rules.ROOMS) - 1
    print(f"{'ok' if seen else 'not ok'} {len(checks) + 1} - the tree and its libraries were found")
    return 0 if all(passed) and seen else 1


sys.exit(main())
