#!/usr/bin/env python3
"""Checks PDF reports against the rules of PDF/A-3a and PDF/UA-1 that a machine can check here.

It stands in for veraPDF, which no Debian package brings: one named check for each rule that
cairo's output breaks, and some for what else a reader needs. Needs qpdf and poppler-utils.
"""

import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import document_checks
import structure_checks
from pdf_file import PdfFile

CHECKS = document_checks.CHECKS + structure_checks.CHECKS


def name_of(check):
    return check.__name__.replace("_", " ")


def failures(path, options):
    """Name -> what is wrong, of every check that fails."""
    try:
        pdf = PdfFile(path)
    except ValueError as problem:
        return {name_of(check): f"qpdf cannot read the file: {problem}" for check in CHECKS}
    found = {}
    for check in CHECKS:
        try:
            fault = check(pdf, options)
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            fault = f"the file is not made as expected: {problem!r}"
        if fault:
            found[name_of(check)] = fault
    return found


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--page-size", choices=sorted(document_checks.PAGE_SIZES), default="a4")
    parser.add_argument("--attachment", default="kpis.csv", help="name of the attached data file")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    passed = failed = 0
    for path in options.files:
        found = failures(path, options)
        for check in CHECKS:
            fault = found.pop(name_of(check), None)
            passed, failed = passed + (not fault), failed + bool(fault)
            print(
                f"{path}: {'FAILED' if fault else 'ok'}: {name_of(check)}"
                + (f": {fault}" if fault else "")
            )
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
