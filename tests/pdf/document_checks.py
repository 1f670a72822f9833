"""Checks of the document as a whole: what PDF/A-3 and PDF/UA-1 want besides the structure.

Each check is a function (pdf, options) that returns None, or in words what is wrong. The rule
numbers are those of ISO 19005-2/-3 (A) and ISO 14289-1 (UA).
"""

import re
import tempfile
import xml.etree.ElementTree as ElementTree

from pdf_file import run, text_of

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
}
PAGE_SIZES = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
PRINT, UNSEEN = 4, 1 | 2 | 32  # annotation flags: invisible, hidden, no view


def syntax(pdf, options):
    """qpdf --check finds nothing"""
    code, output = run("qpdf", "--check", pdf.path, errors=True)
    return None if code == 0 else output.strip().splitlines()[-1]


def header(pdf, options):
    """A 6.1.2: the second line is a comment of four bytes beyond ASCII"""
    with open(pdf.path, "rb") as file:
        lines = file.read(64).splitlines()
    if len(lines) < 2 or not re.fullmatch(rb"%PDF-1\.[4-7]", lines[0]):
        return "the first line is no header of PDF 1.4 to 1.7"
    if not (lines[1][:1] == b"%" and sum(byte > 127 for byte in lines[1][1:5]) == 4):
        return "no binary comment after the header"
    return None


def trailer_id(pdf, options):
    """A 6.1.3-1: the trailer has an ID"""
    value = pdf.get(pdf.trailer.get("/ID"))
    return None if isinstance(value, list) and len(value) == 2 else "no /ID"


def output_intent(pdf, options):
    """A 6.2.4.3-2: an output intent with an ICC profile"""
    for intent in pdf.get(pdf.catalogue.get("/OutputIntents")) or []:
        intent = pdf.get(intent)
        profile = pdf.stream(intent.get("/DestOutputProfile"))
        if intent.get("/S") == "/GTS_PDFA1" and profile and profile[36:40] == b"acsp":
            return None
    return "no GTS_PDFA1 output intent with a profile"


def _annotations(pdf):
    for number, (_, page) in enumerate(pdf.pages, 1):
        for reference in pdf.get(page.get("/Annots")) or []:
            yield number, pdf.get(reference)


def annotation_flags(pdf, options):
    """A 6.3.2-1: annotations print and are not hidden"""
    for number, annotation in _annotations(pdf):
        flags = annotation.get("/F", 0)
        if not flags & PRINT or flags & UNSEEN:
            return f"page {number}: an annotation with flags {flags}"
    return None


def link_contents(pdf, options):
    """UA 7.18.5-2: links say in words where they lead"""
    for number, annotation in _annotations(pdf):
        if annotation.get("/Subtype") == "/Link" and not text_of(annotation.get("/Contents")):
            return f"page {number}: a link without /Contents"
    return None


def tab_order(pdf, options):
    """UA 7.18.3-1: tab order follows the structure"""
    for number, (_, page) in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != "/S":
            return f"page {number} has no /Tabs /S"
    return None


def _xmp(pdf):
    data = pdf.stream(pdf.catalogue.get("/Metadata"))
    if not data:
        return None
    try:
        return ElementTree.fromstring(data.strip(b"\0\n "))
    except ElementTree.ParseError:
        return None


def _property(tree, name):
    prefix, local = name.split(":")
    full = f"{{{NAMESPACES[prefix]}}}{local}"
    for description in tree.iter(f"{{{NAMESPACES['rdf']}}}Description"):
        if full in description.attrib:
            return description.attrib[full]
        node = description.find(full)
        if node is not None:
            item = node.find(".//rdf:li", NAMESPACES)
            return (item if item is not None else node).text
    return None


def metadata(pdf, options):
    """A 6.6.2.1-1: an XMP packet that parses"""
    return None if _xmp(pdf) is not None else "no XMP metadata, or not well-formed"


def title(pdf, options):
    """UA 7.1-8: dc:title is there and equals the title in Info"""
    tree = _xmp(pdf)
    told = _property(tree, "dc:title") if tree is not None else None
    if not told:
        return "no dc:title"
    return None if told == text_of(pdf.info.get("/Title")) else "dc:title differs from Info"


def conformance(pdf, options):
    """XMP claims PDF/A-3a and PDF/UA-1, with the extension schema that pdfuaid needs"""
    tree = _xmp(pdf)
    if tree is None:
        return "no XMP metadata"
    for name, wanted in (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        if _property(tree, name) != wanted:
            return f"{name} is not {wanted}"
    schemas = [node.text for node in tree.iter(f"{{{NAMESPACES['pdfaSchema']}}}namespaceURI")]
    return None if NAMESPACES["pdfuaid"] in schemas else "no extension schema for pdfuaid"


def _digits(instant):
    """A date of Info or of XMP as digits, with its offset; Z and +00:00 are the same."""
    instant = re.sub(r"(Z|[+-]00'?:?00'?)$", "", instant)
    return re.sub(r"[^0-9+-]", "", instant.replace("-", "", 2) if "T" in instant else instant)


def dates(pdf, options):
    """A 6.6.2.1: dates in Info begin with D: and equal those of XMP"""
    tree = _xmp(pdf)
    for info_name, xmp_name in (
        ("/CreationDate", "xmp:CreateDate"),
        ("/ModDate", "xmp:ModifyDate"),
    ):
        said = text_of(pdf.info.get(info_name))
        told = (_property(tree, xmp_name) if tree is not None else None) or ""
        if said and not re.match(r"D:\d{14}", said):
            return f"{info_name} is not a PDF date"
        if _digits(said[2:]) != _digits(told):
            return f"{info_name} and {xmp_name} differ"
    return None if text_of(pdf.info.get("/CreationDate")) else "no creation date"


def display_title(pdf, options):
    """UA 7.1-10: viewers show the title, not the file's name"""
    preferences = pdf.get(pdf.catalogue.get("/ViewerPreferences")) or {}
    return None if preferences.get("/DisplayDocTitle") is True else "no /DisplayDocTitle true"


def language(pdf, options):
    """UA 7.2: the document names its language"""
    return None if re.match(r"[a-z]{2,3}\b", text_of(pdf.catalogue.get("/Lang"))) else "no /Lang"


def outline(pdf, options):
    """there are bookmarks"""
    entries = pdf.get(pdf.catalogue.get("/Outlines")) or {}
    return None if "/First" in entries else "no bookmarks"


def glyph_map(pdf, options):
    """A 6.2.11.3.2-1: TrueType descendants have a CIDToGIDMap"""
    for value in pdf.dictionaries():
        if value.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in value:
            return "a CIDFontType2 without /CIDToGIDMap"
    return None


def interpolation(pdf, options):
    """A 6.2.8-3: no image asks for interpolation"""
    for value in pdf.dictionaries():
        if value.get("/Subtype") == "/Image" and value.get("/Interpolate") is True:
            return "an image with /Interpolate true"
    return None


def inert(pdf, options):
    """no encryption, script, launch action or outside file"""
    if "/Encrypt" in pdf.trailer:
        return "encrypted"
    for value in pdf.dictionaries():
        if (
            value.get("/S") in ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")
            or "/JS" in value
        ):
            return "an action that does something"
    return None


def font_faults(listing):
    """What is wrong in the output of pdffonts, or None."""
    lines = listing.splitlines()[2:]
    for line in lines:
        fields = line.split()
        if fields[-5:-2] != ["yes", "yes", "yes"]:
            return f"{fields[0]} is not embedded, subset and mapped to Unicode"
    return None if lines else "no fonts"


def fonts(pdf, options):
    """A 6.2.11.4, UA 7.21: every font is embedded, a subset, and maps to Unicode"""
    return font_faults(run("pdffonts", pdf.path)[1])


def attachment(pdf, options):
    """A 6.8: the data file is attached, with its relationship"""
    names = [pdf.get(reference) for reference in pdf.get(pdf.catalogue.get("/AF")) or []]
    for specification in names:
        if text_of(specification.get("/UF")) != options.attachment:
            continue
        if specification.get("/AFRelationship") not in (
            "/Data",
            "/Source",
            "/Supplement",
            "/Alternative",
        ):
            return "no /AFRelationship"
        embedded = pdf.get(pdf.get(specification.get("/EF")).get("/F")) or {}
        if "/Subtype" not in embedded or "/ModDate" not in (pdf.get(embedded.get("/Params")) or {}):
            return "the embedded file lacks its media type or date"
        with tempfile.NamedTemporaryFile() as saved:
            code, output = run(
                "pdfdetach",
                "-savefile",
                options.attachment,
                "-o",
                saved.name,
                pdf.path,
                errors=True,
            )
            return (
                None
                if code == 0 and saved.read()
                else "pdfdetach cannot take it out: " + output.strip()
            )
    return f"{options.attachment} is not among the associated files"


def page_size(pdf, options):
    """every page has the size that was asked for"""
    wanted = PAGE_SIZES[options.page_size]
    for number, (_, page) in enumerate(pdf.pages, 1):
        left, bottom, right, top = map(float, pdf.get(page.get("/MediaBox")))
        if abs(right - left - wanted[0]) > 0.5 or abs(top - bottom - wanted[1]) > 0.5:
            return f"page {number} measures {right - left:.1f} by {top - bottom:.1f}"
    return None if pdf.pages else "no pages"


def text(pdf, options):
    """the text can be taken out, without unknown characters"""
    output = run("pdftotext", "-enc", "UTF-8", pdf.path, "-")[1]
    if not output.strip():
        return "no text"
    return "unknown characters in the text" if "\ufffd" in output else None


CHECKS = [
    syntax,
    header,
    trailer_id,
    output_intent,
    annotation_flags,
    link_contents,
    tab_order,
    metadata,
    title,
    conformance,
    dates,
    display_title,
    language,
    outline,
    glyph_map,
    interpolation,
    inert,
    fonts,
    attachment,
    page_size,
    text,
]
