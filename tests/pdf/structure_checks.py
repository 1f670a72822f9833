"""Checks of the structure: what a screen reader would meet.

Each check is a function (pdf, options) that returns None, or in words what is wrong.
"""

from pdf_file import text_of
from structure import PageMarks, parent_tree, read_tree

STANDARD = set(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H
H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry
Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split()
)


def _elements(pdf, *kinds):
    root = read_tree(pdf)
    return root.find(*kinds) if root else []


def marked(pdf, options):
    """UA 7.1: the document says that it is tagged"""
    mark_info = pdf.get(pdf.catalogue.get("/MarkInfo")) or {}
    if mark_info.get("/Marked") is not True or mark_info.get("/Suspects") is True:
        return "no /MarkInfo with /Marked true"
    return None if read_tree(pdf) else "no structure tree"


def known_types(pdf, options):
    """UA 7.1: every element has a standard type, or one that a role map explains"""
    root = read_tree(pdf)
    for element in root.walk() if root else []:
        if element.parent and element.kind not in STANDARD:
            return f"{element.kind} is no standard type"
    return None


def everything_marked(pdf, options):
    """UA 7.1-3: all that is painted is tagged or an artifact, and never both"""
    for number, (_, page) in enumerate(pdf.pages, 1):
        marks = PageMarks(pdf, page)
        if marks.unmarked:
            return f"page {number}: {len(marks.unmarked)} painting operators outside of marks"
        if marks.mixed:
            return f"page {number}: artifacts and tagged content within each other"
        if marks.unbalanced:
            return f"page {number}: marks do not balance"
    return None


def content_reachable(pdf, options):
    """every piece of marked content is in the tree exactly once, and the tree names no other"""
    root = read_tree(pdf)
    in_tree = [entry for element in (root.walk() if root else []) for entry in element.content]
    on_pages = [
        (reference, mcid) for reference, page in pdf.pages for mcid in PageMarks(pdf, page).mcids
    ]
    if len(set(on_pages)) != len(on_pages):
        return "an MCID occurs twice on a page"
    if len(set(in_tree)) != len(in_tree):
        return "an MCID occurs twice in the tree"
    missing = len(set(on_pages) - set(in_tree))
    surplus = len(set(in_tree) - set(on_pages))
    return f"{missing} not in the tree, {surplus} not on a page" if missing or surplus else None


def parents_agree(pdf, options):
    """the parent tree leads from marked content to the element that holds it"""
    root, parents = read_tree(pdf), parent_tree(pdf)
    owner = {
        entry: element.dictionary
        for element in (root.walk() if root else [])
        for entry in element.content
    }
    for number, (reference, page) in enumerate(pdf.pages, 1):
        mcids = PageMarks(pdf, page).mcids
        listed = pdf.get(parents.get(page.get("/StructParents"))) or []
        for mcid in mcids:
            leads_to = pdf.get(listed[mcid]) if mcid < len(listed) else None
            if leads_to is None or leads_to != owner.get((reference, mcid)):
                return f"page {number}: content {mcid} has another parent than in the tree"
    return None


def links_tagged(pdf, options):
    """UA 7.18.5: every link annotation is held by a Link element that has content"""
    held = set()
    for element in _elements(pdf, "Link"):
        held.update(element.objects)
        if not any(child.content for child in element.walk()):
            return "a Link element without content"
    parents = parent_tree(pdf)
    for number, (_, page) in enumerate(pdf.pages, 1):
        for reference in pdf.get(page.get("/Annots")) or []:
            annotation = pdf.get(reference)
            if annotation.get("/Subtype") != "/Link":
                continue
            if reference not in held:
                return f"page {number}: a link that no Link element holds"
            if annotation.get("/StructParent") not in parents:
                return f"page {number}: a link without an entry in the parent tree"
    return None


def headings(pdf, options):
    """UA 7.4: headings begin at level 1 and skip none"""
    levels = [
        int(element.kind[1]) for element in _elements(pdf, "H1", "H2", "H3", "H4", "H5", "H6")
    ]
    if not levels or levels[0] != 1:
        return "the first heading is not H1"
    for before, after in zip(levels, levels[1:]):
        if after > before + 1:
            return f"H{after} follows H{before}"
    return None


def figures(pdf, options):
    """UA 7.3-1: figures have a text alternative"""
    for element in _elements(pdf, "Figure", "Formula"):
        if not text_of(element.dictionary.get("/Alt")) and not text_of(
            element.dictionary.get("/ActualText")
        ):
            return "a figure without /Alt"
    return None


def header_scopes(pdf, options):
    """UA 7.5-1: header cells say what they head"""
    for element in _elements(pdf, "TH"):
        if element.attributes(pdf).get("/Scope") not in ("/Row", "/Column", "/Both"):
            return "a TH without /Scope"
    return None


def _widths(pdf, table):
    """Cells of each row, with column spans and the spans that come down from rows above."""
    rows = table.find("TR")
    carried = {}
    for at, row in enumerate(rows):
        width = carried.get(at, 0)
        for cell in row.children:
            attributes = cell.attributes(pdf)
            columns = attributes.get("/ColSpan", 1)
            width += columns
            for below in range(1, attributes.get("/RowSpan", 1)):
                carried[at + below] = carried.get(at + below, 0) + columns
        yield width


def tables(pdf, options):
    """UA 7.5: tables have headers, and rows of equal width made of cells only"""
    for table in _elements(pdf, "Table"):
        if not table.find("TH"):
            return "a table without TH"
        if any(cell.kind not in ("TH", "TD") for row in table.find("TR") for cell in row.children):
            return "a row with something else than cells"
        widths = set(_widths(pdf, table))
        if len(widths) != 1:
            return f"rows of {sorted(widths)} cells"
    return None


def lists(pdf, options):
    """UA 7.6: lists are made of items, items of a label and a body"""
    for element in _elements(pdf, "L"):
        if any(child.kind not in ("LI", "L", "Caption") for child in element.children):
            return "a list with something else than items"
    for element in _elements(pdf, "LI"):
        if element.parent.kind != "L" or any(
            child.kind not in ("Lbl", "LBody") for child in element.children
        ):
            return "an item outside of a list, or with something else than label and body"
    return None


def no_empty_elements(pdf, options):
    """every paragraph, heading, figure and caption holds something; empty cells are fine"""
    for element in _elements(
        pdf, "P", "H1", "H2", "H3", "H4", "H5", "H6", "Figure", "Caption", "LBody"
    ):
        if not element.has_content():
            return f"an empty {element.kind}"
    return None


CHECKS = [
    marked,
    known_types,
    everything_marked,
    content_reachable,
    parents_agree,
    links_tagged,
    headings,
    figures,
    header_scopes,
    tables,
    lists,
    no_empty_elements,
]
