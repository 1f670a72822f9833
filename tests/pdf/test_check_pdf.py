#!/usr/bin/env python3
"""Proves that every check of check_pdf.py can fail, and for one reason only."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check_pdf
import document_checks
import good_pdf

# Check -> (object to damage, its text, the text put in its place). Object 0 is the trailer.
DAMAGES = {
    "trailer id": (
        0,
        "/ID[<0123456789abcdef0123456789abcdef><0123456789abcdef0123456789abcdef>]",
        "",
    ),
    "output intent": (6, "GTS_PDFA1", "GTS_PDFX"),
    "annotation flags": (30, "/F 4", ""),
    "link contents": (30, "/Contents(To the table)", ""),
    "tab order": (3, "/Tabs/S", ""),
    "title": (33, "/Title(Report)", "/Title(Other)"),
    "conformance": (5, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<"),
    "dates": (33, "/CreationDate(D:20261115000000Z)", "/CreationDate(D:20261115000001Z)"),
    "display title": (1, "/DisplayDocTitle true", ""),
    "language": (1, "/Lang(en)", ""),
    "outline": (1, "/Outlines 8 0 R", ""),
    "glyph map": (34, "/CIDToGIDMap/Identity", ""),
    "interpolation": (35, "/Interpolate false", "/Interpolate true"),
    "inert": (9, "/Dest[3 0 R/Fit]", "/A<</S/JavaScript/JS(x)>>"),
    "attachment": (31, "/AFRelationship/Data", ""),
    "page size": (3, "595.276 841.89", "612 792"),
    "marked": (1, "/Marked true", "/Marked false"),
    "known types": (13, "/S/P/", "/S/Absatz/"),
    "everything marked": (4, "/Artifact BMC 0 0 10 10 re f EMC", "0 0 10 10 re f"),
    "content reachable": (23, "/K[7]", "/K[7 70]"),
    "parents agree": (10, "0[12 0 R 13 0 R", "0[13 0 R 12 0 R"),
    "links tagged": (14, "<</Type/OBJR/Obj 30 0 R>>", ""),
    "headings": (12, "/S/H1/", "/S/H2/"),
    "figures": (23, "/Alt(Adoption over twelve weeks)", ""),
    "header scopes": (18, "/Scope/Column", ""),
    "lists": (25, "/S/LI/", "/S/Div/"),
}


class Checks(unittest.TestCase):
    maxDiff = None

    def failures(self, objects=None, **parts):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.pdf")
            good_pdf.write(path, objects, **parts)
            found = check_pdf.failures(path, check_pdf.parse([path]))
        self.assertIn("fonts", found)  # Helvetica is not embedded in the small file
        del found["fonts"]
        return found

    def damaged(self, number, old, new):
        if number == 0:
            self.assertIn(old, good_pdf.TRAILER)
            return self.failures(trailer=good_pdf.TRAILER.replace(old, new))
        objects = dict(good_pdf.OBJECTS)
        value = objects[number]
        if isinstance(value, tuple):
            changed = (value[0].replace(old, new), value[1].replace(old, new))
        else:
            changed = value.replace(old, new)
        self.assertNotEqual(value, changed)
        objects[number] = changed
        return self.failures(objects)

    def test_good_file_passes(self):
        self.assertEqual(self.failures(), {})

    def test_one_damage_fails_one_check(self):
        for name, damage in DAMAGES.items():
            with self.subTest(name):
                self.assertEqual(list(self.damaged(*damage)), [name])

    def test_every_check_is_proved_to_fail(self):
        elsewhere = {"syntax", "header", "metadata", "fonts", "text", "tables", "no empty elements"}
        names = {check_pdf.name_of(check) for check in check_pdf.CHECKS}
        self.assertEqual(names, set(DAMAGES) | elsewhere)

    def test_header_without_binary_comment(self):
        self.assertEqual(list(self.failures(header=b"%PDF-1.7\n")), ["header"])

    def test_broken_metadata(self):
        found = self.damaged(5, "</x:xmpmeta>", "")
        self.assertIn("metadata", found)

    def test_irregular_table(self):
        found = self.damaged(20, "22 0 R", "")
        self.assertIn("tables", found)

    def test_empty_paragraph(self):
        found = self.damaged(13, "/K[1 14 0 R]", "/K[]")
        self.assertIn("no empty elements", found)

    def test_artifact_inside_a_tag(self):
        found = self.damaged(4, "(Adoption rose) Tj", "/Artifact BMC (Adoption rose) Tj EMC")
        self.assertEqual(list(found), ["everything marked"])

    def test_text_missing(self):
        objects = dict(good_pdf.OBJECTS)
        objects[4] = ("", "")
        self.assertIn("text", self.failures(objects))

    def test_not_a_pdf_fails_every_check(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"not a PDF")
            file.flush()
            found = check_pdf.failures(file.name, check_pdf.parse([file.name]))
        self.assertEqual(len(found), len(check_pdf.CHECKS))

    def test_fonts_read_from_the_listing(self):
        head = "name type encoding emb sub uni object ID\n----\n"
        good = "ABCDEF+Inter-Regular CID Type 0C Identity-H yes yes yes 9 0\n"
        self.assertIsNone(document_checks.font_faults(head + good))
        self.assertIsNotNone(
            document_checks.font_faults(head + good.replace("yes yes yes", "yes yes no"))
        )
        self.assertIsNotNone(document_checks.font_faults(head))


if __name__ == "__main__":
    unittest.main()
