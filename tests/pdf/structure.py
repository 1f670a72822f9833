"""The structure tree, and which marked content of which page belongs to which element."""

from pdf_file import operators

PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI", "Tj", "TJ", "'", '"'}


class Element:
    def __init__(self, kind, dictionary, parent):
        self.kind, self.dictionary, self.parent = kind, dictionary, parent
        self.children = []  # elements
        self.content = []  # (page reference, MCID)
        self.objects = []  # references of annotations

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, *kinds):
        return [element for element in self.walk() if element.kind in kinds]

    def has_content(self):
        return any(element.content or element.objects for element in self.walk())

    def attributes(self, pdf):
        """All attributes of the element in one dictionary."""
        found = pdf.get(self.dictionary.get("/A"))
        together = {}
        for entry in found if isinstance(found, list) else [found]:
            entry = pdf.get(entry)
            if isinstance(entry, dict):
                together.update(entry)
        return together


def read_tree(pdf):
    """The root with everything below it, or None without a structure tree."""
    root_dictionary = pdf.get(pdf.catalogue.get("/StructTreeRoot"))
    if not isinstance(root_dictionary, dict):
        return None
    roles = pdf.get(root_dictionary.get("/RoleMap")) or {}
    root = Element("StructTreeRoot", root_dictionary, None)
    _add_kids(pdf, root, root_dictionary.get("/K"), None, roles, set())
    return root


def _add_kids(pdf, element, kids, page, roles, seen):
    value = pdf.get(kids)
    for kid in value if isinstance(value, list) else [kids]:
        entry = pdf.get(kid)
        if isinstance(entry, int) and not isinstance(entry, bool):
            element.content.append((page, entry))
        elif not isinstance(entry, dict):
            continue
        elif entry.get("/Type") == "/MCR":
            element.content.append((entry.get("/Pg", page), entry.get("/MCID")))
        elif entry.get("/Type") == "/OBJR":
            element.objects.append(entry.get("/Obj"))
        elif "/S" in entry and kid not in seen:
            if isinstance(kid, str):
                seen.add(kid)
            kind = entry["/S"]
            for _ in range(8):
                kind = pdf.get(roles.get(kind, kind))
            child = Element(kind.lstrip("/"), entry, element)
            element.children.append(child)
            _add_kids(pdf, child, entry.get("/K"), entry.get("/Pg", page), roles, seen)


class PageMarks:
    """What one page's content stream marks, and what it paints outside of any mark."""

    def __init__(self, pdf, page):
        self.mcids = []
        self.unmarked = []  # painting operators in neither a tag nor an artifact
        self.mixed = 0  # artifacts inside tagged content, or the other way round
        self.unbalanced = False
        resources = pdf.get(page.get("/Resources")) or {}
        self._properties = pdf.get(resources.get("/Properties")) or {}
        self._pdf = pdf
        self._read(pdf.page_content(page))

    def _mcid(self, operands):
        if "/MCID" in operands:
            return int(operands[operands.index("/MCID") + 1])
        listed = self._pdf.get(self._properties.get(operands[-1])) if operands else None
        return listed.get("/MCID") if isinstance(listed, dict) else None

    def _read(self, data):
        stack = []
        for operator, operands in operators(data):
            if operator in ("BMC", "BDC"):
                tag = operands[0] if operands else ""
                mcid = self._mcid(operands[1:]) if operator == "BDC" else None
                kind = "artifact" if tag == "/Artifact" else "tag" if mcid is not None else "plain"
                if (kind == "artifact" and "tag" in stack) or (
                    kind == "tag" and "artifact" in stack
                ):
                    self.mixed += 1
                if kind == "tag":
                    self.mcids.append(mcid)
                stack.append(kind)
            elif operator == "EMC":
                if stack:
                    stack.pop()
                else:
                    self.unbalanced = True
            elif operator in PAINTING and "tag" not in stack and "artifact" not in stack:
                self.unmarked.append(operator)
        self.unbalanced = self.unbalanced or bool(stack)


def parent_tree(pdf):
    """StructParents key -> value of the number tree."""
    root = pdf.get(pdf.catalogue.get("/StructTreeRoot")) or {}
    found = {}

    def visit(reference, depth):
        node = pdf.get(reference)
        if not isinstance(node, dict) or depth > 16:
            return
        numbers = pdf.get(node.get("/Nums")) or []
        for at in range(0, len(numbers) - 1, 2):
            found[numbers[at]] = numbers[at + 1]
        for kid in pdf.get(node.get("/Kids")) or []:
            visit(kid, depth + 1)

    visit(root.get("/ParentTree"), 0)
    return found
