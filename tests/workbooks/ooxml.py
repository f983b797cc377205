#!/usr/bin/env python3
"""Is an .xlsx what the format allows? Asks what a spreadsheet would "repair" without saying what.

    ooxml.py <file.xlsx>…

Python's own library is enough. Each finding is a line with file and part; the exit code is 1 when there is one.
What is checked, after ECMA-376 part 1 (SpreadsheetML) and part 2 (packages): every part is well-formed XML and has
one content type; relationships lead to parts that are there, and ids are used once; children of a worksheet stand in
the order of CT_Worksheet; rows and cells ascend; indices into shared strings and styles exist; merged areas do not
overlap; names, links and tables lead to what exists; a table's headings are the texts of its cells; formulas have a
stored result.
"""
import posixpath
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# CT_Worksheet is a sequence.
ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing drawingHF legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems "
    "tableParts extLst"
).split()
WORKBOOK_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst"
).split()
CELL = re.compile(r"^([A-Z]{1,3})([1-9][0-9]*)$")


def local(tag):
    return tag.rsplit("}", 1)[-1]


def column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def area(ref):
    """(first column, first row, last column, last row) of `A1:B2` or `A1`."""
    ends = [CELL.match(part.replace("$", "")) for part in ref.split(":")]
    if not all(ends):
        return None
    (a, b), (c, d) = (ends[0].groups(), ends[-1].groups())
    return column(a), int(b), column(c), int(d)


class Book:
    def __init__(self, path):
        self.path, self.found = path, []
        self.zip = zipfile.ZipFile(path)
        names = [info.filename for info in self.zip.infolist() if not info.is_dir()]
        self.names = set(names)
        if len(names) != len(self.names):
            self.say("", "a part stands twice in the package")
        lower = {name.lower() for name in names}
        if len(lower) != len(self.names):
            self.say("", "two parts differ by case alone")
        self.trees = {}
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                try:
                    self.trees[name] = ET.fromstring(self.zip.read(name))
                except ET.ParseError as error:
                    self.say(name, f"no well-formed XML: {error}")

    def say(self, part, words):
        self.found.append(f"{self.path}: {part}: {words}")

    def check(self):
        self.types()
        self.relations()
        workbook = self.target("_rels/.rels", "officeDocument")
        if workbook is None or workbook not in self.trees:
            self.say("_rels/.rels", "leads to no workbook")
            return self.found
        self.book(workbook)
        return self.found

    def types(self):
        tree = self.trees.get("[Content_Types].xml")
        if tree is None:
            return self.say("[Content_Types].xml", "is absent")
        defaults = [node.get("Extension").lower() for node in tree if local(node.tag) == "Default"]
        overrides = [node.get("PartName") for node in tree if local(node.tag) == "Override"]
        for listed in (defaults, overrides):
            for twice in {it for it in listed if listed.count(it) > 1}:
                self.say("[Content_Types].xml", f"{twice} stands twice")
        for name in overrides:
            if name.lstrip("/") not in self.names:
                self.say("[Content_Types].xml", f"{name} is absent")
        for name in self.names - {"[Content_Types].xml"}:
            if "/" + name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
                self.say("[Content_Types].xml", f"says nothing of {name}")

    def rels(self, part):
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", name + ".rels")

    def relations(self):
        for rels, tree in self.trees.items():
            if not rels.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(rels))
            ids = [node.get("Id") for node in tree]
            if len(ids) != len(set(ids)):
                self.say(rels, "an id stands twice")
            for node in tree:
                if node.get("TargetMode") != "External" and self.resolved(folder, node.get("Target")) not in self.names:
                    self.say(rels, f"{node.get('Target')} is absent")

    @staticmethod
    def resolved(folder, target):
        target = target.split("#")[0]
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))

    def target(self, rels, kind=None, identity=None):
        folder = posixpath.dirname(posixpath.dirname(rels))
        for node in self.trees.get(rels, ()):
            if (kind and node.get("Type", "").endswith("/" + kind)) or (identity and node.get("Id") == identity):
                return self.resolved(folder, node.get("Target"))
        return None

    def ordered(self, part, tree, order):
        places = [order.index(local(node.tag)) for node in tree if local(node.tag) in order]
        if places != sorted(places):
            self.say(part, "its parts stand in another order: " + " ".join(local(node.tag) for node in tree))
        for node in tree:
            if local(node.tag) not in order and local(node.tag) != "AlternateContent" and node.tag.startswith(MAIN):
                self.say(part, f"<{local(node.tag)}> is not allowed there")

    def book(self, part):
        tree, rels = self.trees[part], self.rels(part)
        self.ordered(part, tree, WORKBOOK_ORDER)
        strings = self.trees.get(self.target(rels, "sharedStrings") or "")
        self.strings = [] if strings is None else ["".join(t.text or "" for t in it.iter(MAIN + "t")) for it in strings]
        styles = self.trees.get(self.target(rels, "styles") or "")
        self.formats = None if styles is None else len(styles.find(MAIN + "cellXfs") or ())
        if styles is not None:
            self.styles(self.target(rels, "styles"), styles)
        sheets = tree.find(MAIN + "sheets")
        self.sheets = [node.get("name") for node in sheets]
        for name in self.sheets:
            if not 1 <= len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
                self.say(part, f"“{name}” is no name of a sheet")
        if len({name.lower() for name in self.sheets}) != len(self.sheets):
            self.say(part, "two sheets have one name")
        for node in tree.iter(MAIN + "definedName"):
            self.leads(part, node.text or "")
            at = node.get("localSheetId")
            if at is not None and int(at) >= len(self.sheets):
                self.say(part, f"the name {node.get('name')} belongs to no sheet")
        view = tree.find(f"{MAIN}bookViews/{MAIN}workbookView")
        if view is not None and int(view.get("activeTab", 0)) >= len(self.sheets):
            self.say(part, "no sheet is the active one")
        self.table_names = []
        for node in sheets:
            sheet = self.target(rels, identity=node.get(REL + "id"))
            if sheet in self.trees:
                self.sheet(sheet, self.trees[sheet])
            else:
                self.say(part, f"{node.get('name')} has no part")

    def styles(self, part, tree):
        count = {name: len(tree.find(MAIN + name) or ()) for name in ("fonts", "fills", "borders")}
        for node in list(tree.find(MAIN + "cellXfs") or ()):
            for name, key in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
                if int(node.get(key, 0)) >= count[name]:
                    self.say(part, f"a format has a {key} that is not there")
        for name in ("fonts", "fills", "borders", "cellXfs", "numFmts", "dxfs"):
            node = tree.find(MAIN + name)
            if node is not None and node.get("count") and int(node.get("count")) != len(node):
                self.say(part, f"{name} says {node.get('count')} and has {len(node)}")

    def leads(self, part, formula):
        for quoted, plain in re.findall(r"'((?:[^']|'')+)'!|(?<![\w'])([^\W\d]\w*)!", formula):
            name = quoted.replace("''", "'") if quoted else plain
            if name.lower() not in {sheet.lower() for sheet in self.sheets}:
                self.say(part, f"{formula} leads to the sheet “{name}”, which is absent")

    def sheet(self, part, tree):
        if local(tree.tag) != "worksheet":
            return
        self.ordered(part, tree, ORDER)
        cells, last_row = {}, 0
        for row in tree.iter(MAIN + "row"):
            number = int(row.get("r", last_row + 1))
            if number <= last_row:
                self.say(part, f"row {number} does not ascend")
            last_row, last_col = number, 0
            for cell in row:
                self.cell(part, cell, number, last_col, cells)
                last_col = column(CELL.match(cell.get("r")).group(1))
        merged = [area(node.get("ref")) for node in tree.iter(MAIN + "mergeCell")]
        taken = {}
        for index, (a, b, c, d) in enumerate(merged):
            for row in range(b, d + 1):
                for other, (e, f) in taken.setdefault(row, []):
                    if a <= f and e <= c:
                        self.say(part, f"merged areas overlap in row {row}")
                taken[row].append((index, (a, c)))
        for node in tree.iter(MAIN + "hyperlink"):
            if node.get("location"):
                self.leads(part, node.get("location"))
            if area(node.get("ref")) is None:
                self.say(part, f"a link stands at {node.get('ref')}")
        identities = {node.get("Id") for node in self.trees.get(self.rels(part), ())}
        for node in tree.iter():
            used = node.get(REL + "id")
            if used is not None and used not in identities:
                self.say(part, f"<{local(node.tag)}> has the relation {used}, which is absent")
        for node in tree.iter(MAIN + "tablePart"):
            self.table(self.target(self.rels(part), identity=node.get(REL + "id")), cells)

    def cell(self, part, cell, row, last_col, cells):
        match = CELL.match(cell.get("r", ""))
        if not match or int(match.group(2)) != row or column(match.group(1)) <= last_col:
            return self.say(part, f"cell {cell.get('r')} does not ascend in row {row}")
        kind, value = cell.get("t", "n"), cell.find(MAIN + "v")
        if self.formats is not None and int(cell.get("s", 0)) >= self.formats:
            self.say(part, f"{cell.get('r')} has a format that is not there")
        text = None if value is None else value.text
        if kind == "s":
            if text is None or int(text) >= len(self.strings):
                return self.say(part, f"{cell.get('r')} has a shared string that is not there")
            text = self.strings[int(text)]
        elif kind == "n" and text is not None:
            if not re.fullmatch(r"-?[0-9.]+([eE][-+]?[0-9]+)?", text):
                self.say(part, f"{cell.get('r')} holds “{text}” as a number")
        elif kind == "inlineStr":
            text = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
        if cell.find(MAIN + "f") is not None and value is None:
            self.say(part, f"{cell.get('r')} has a formula without a stored result")
        if text is not None and len(text) > 32767:
            self.say(part, f"{cell.get('r')} has {len(text)} characters")
        cells[(column(match.group(1)), row)] = text

    def table(self, part, cells):
        tree = self.trees.get(part)
        if tree is None:
            return self.say(str(part), "is no table")
        name, (a, b, c, d) = tree.get("displayName"), area(tree.get("ref"))
        if name.lower() in self.table_names:
            self.say(part, f"two tables are called {name}")
        self.table_names.append(name.lower())
        heads = [node.get("name") for node in tree.iter(MAIN + "tableColumn")]
        if len(heads) != c - a + 1 or len({head.lower() for head in heads}) != len(heads):
            self.say(part, "its columns are not as many as its area has, or two have one name")
        for head, col in zip(heads, range(a, c + 1)):
            if cells.get((col, b)) != head:
                self.say(part, f"the heading “{head}” reads “{cells.get((col, b))}” in its cell")
        if d <= b:
            self.say(part, "has no row below its headings")


def main(paths):
    found = [line for path in paths for line in Book(path).check()]
    print("\n".join(found) if found else f"{len(paths)} workbook(s): nothing to repair")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
