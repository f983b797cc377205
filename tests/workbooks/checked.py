"""Looks at forms with an independent reader: is everything there that a clerk needs, and nothing open that is not hers?

In:  paths of workbooks that `thidua template` wrote.
Out: what is wrong, one line each; exit code 1 when anything is.
"""

import re
import sys

import openpyxl
from openpyxl.utils import get_column_letter

import form

# Functions that Excel 97 has, and every LibreOffice.
KNOWN = {"IF", "ISERROR", "LEN", "TRIM", "ISNUMBER", "INT", "AND", "OR", "NOT", "EXACT", "LEFT", "SUMPRODUCT", "MATCH", "ABS", "ROUND", "N", "ISBLANK"}


def problems(path):
    book, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    forms, lists = form.sheets(book)
    if not forms:
        yield "no sheet of a form"
    for own in form.OWN:
        if own in book.sheetnames and book[own].sheet_state != "hidden":
            yield f"{own} is not hidden"
    if [row[0].value for row in book["_thidua"].iter_rows(max_row=2)] != ["format", "campaign"]:
        yield "the identity sheet does not begin with format and campaign"
    named = form.inputs(book)
    if not named:
        yield "no defined names of input cells"
    for sheet in forms:
        yield from (f"{sheet.title}: {problem}" for problem in of_form(sheet, stored[sheet.title], named))
    for sheet in lists:
        if sheet.protection.sheet:
            yield f"{sheet.title}: a list is protected: no rows can be pasted"


def of_form(sheet, stored, named):
    protection = sheet.protection
    if not protection.sheet or protection.password:
        yield "not protected, or with a password"
    own = {field: cell for field, cell in named.items() if cell.parent is sheet}
    for field, cell in own.items():
        if cell.protection.locked:
            yield f"{cell.coordinate} ({field}) is locked"
        if cell.fill.fill_type != "solid":
            yield f"{cell.coordinate} ({field}) is not shown as a cell to fill in"
        found = form.rules(sheet, cell)
        if cell.alignment.horizontal is None and not cell.alignment.wrap_text and not found:
            yield f"{cell.coordinate} ({field}) takes a number and has no validation"
        for rule in found:
            if not rule.showErrorMessage or not rule.error or not rule.showInputMessage or not rule.prompt:
                yield f"{cell.coordinate} ({field}): a validation without messages"
            if len(rule.error or "") > 255 or len(rule.prompt or "") > 255:
                yield f"{cell.coordinate} ({field}): a message that Excel refuses"
            if rule.type == "list" and not rule.formula1.startswith("_chon!"):
                yield f"{cell.coordinate} ({field}): its choices do not stand on the hidden sheet"
    page = own_page(sheet)
    beside = form.aside(sheet)
    ticks = form.ticks(sheet).values()
    unlocked = {cell.coordinate for cell in own.values()} | {cell.coordinate for cell in ticks}
    for cell in ticks:
        if cell.protection.locked or not form.rules(sheet, cell):
            yield f"{cell.coordinate}: the tick cannot be set"
    for row in sheet.iter_rows():
        for cell in row:
            is_open = not cell.protection.locked
            if is_open and cell.column in beside.values():
                yield f"{cell.coordinate} stands beside the page and is not locked"
            if is_open and cell.value and cell.coordinate not in unlocked and cell.row > form.COLUMNS and cell.column == 2:
                yield f"{cell.coordinate}: a label is not locked"
            if isinstance(cell.value, str) and cell.value.startswith("="):
                yield from formula(cell, stored[cell.coordinate].value, beside)
    if not beside or min(beside.values()) <= page[1]:
        yield "what is not printed stands on the page"
    if sheet.page_setup.paperSize not in (9, "9") or sheet.page_setup.fitToWidth not in (1, None) or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        yield "not one page of A4 wide"
    if sheet.print_title_rows != f"${form.COLUMNS}:${form.COLUMNS}":
        yield f"the headings are not repeated: {sheet.print_title_rows}"
    checks = [stored.cell(row, form.check_column(sheet)).value for row in range(1, sheet.max_row + 1) if row not in (form.COUNTER, form.COLUMNS)]
    open_checks = sum(1 for text in checks if isinstance(text, str) and len(text) > 1)
    counter = stored.cell(form.COUNTER, form.check_column(sheet)).value
    said = int(re.search(r"\d+", counter).group()) if re.search(r"\d", counter) else 0
    if said != open_checks:
        yield f"the counter says “{counter}”, {open_checks} checks are open"


def own_page(sheet):
    """Last row and column that are printed."""
    area = sheet.print_area
    area = area if isinstance(area, str) else area[0]
    last = area.split("!")[-1].replace("$", "").split(":")[1]
    cell = sheet[last]
    if not area.split("!")[-1].replace("$", "").startswith("A1:"):
        raise SystemExit(f"{sheet.title}: the print area {area} does not begin at A1")
    return cell.row, cell.column


def formula(cell, result, beside):
    if cell.column not in beside.values():
        yield f"{cell.coordinate}: a formula on the page"
    strings = re.compile(r'"(?:[^"]|"")*"')
    names = set(re.findall(r"([A-Z][A-Z0-9.]*)\(", strings.sub('""', cell.value)))
    if names - KNOWN:
        yield f"{cell.coordinate}: {sorted(names - KNOWN)} are not known to old programs"
    if any(len(text) > 257 for text in strings.findall(cell.value)) or len(cell.value) > 8192:
        yield f"{cell.coordinate}: a formula that Excel refuses"
    if not isinstance(result, str):
        yield f"{cell.coordinate}: no stored result ({get_column_letter(cell.column)})"


def main():
    wrong = [f"{path}: {problem}" for path in sys.argv[1:] for problem in problems(path)]
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
