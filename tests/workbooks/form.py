"""A form of ours as openpyxl sees it: where its input cells, ticks and checks are.

In:  a workbook that `thidua template` wrote.
Out: positions; nothing is changed.
"""

NOT_PRINTED = "(không in)"
TICK = "Không phát sinh"
OWN = ("_thidua", "_chon")
# Row of the column headings, and of the counter above the checks.
COLUMNS, COUNTER = 10, 9


def sheets(book):
    """Sheets of forms and of lists."""
    forms = [sheet for sheet in book.worksheets if sheet.title not in OWN and sheet.cell(COLUMNS, 2).value == "Nội dung"]
    lists = [sheet for sheet in book.worksheets if sheet.title not in OWN and sheet not in forms]
    return forms, lists


def inputs(book):
    """Input cells by the name of their field, as the defined names say."""
    found = {}
    for name, defined in book.defined_names.items():
        if name.startswith("f_"):
            [(tab, cell)] = defined.destinations
            found[name.removeprefix("f_")] = book[tab][cell.replace("$", "")]
    return found


def aside(sheet):
    """Columns beside the page, by the words of their headings."""
    heads = {cell.value: cell.column for cell in sheet[COLUMNS] if isinstance(cell.value, str)}
    return {text: column for text, column in heads.items() if text.endswith(NOT_PRINTED)}


def check_column(sheet):
    return next(column for text, column in aside(sheet).items() if text.startswith("Kiểm tra"))


def ticks(sheet):
    """Cells of ticks by the heading beside which they stand."""
    return {
        sheet.cell(cell.row, 2).value: cell
        for row in sheet.iter_rows(min_row=COLUMNS + 1)
        for cell in row
        if isinstance(cell.value, str) and cell.value.endswith(TICK)
    }


def rules(sheet, cell):
    """Data validations that hold a cell."""
    return [rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref]
