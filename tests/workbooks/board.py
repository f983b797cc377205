#!/usr/bin/env python3
"""The board's workbook as another library reads it (openpyxl), and its formulas computed by this script.

    board.py <consolidated.xlsx> <publication.xlsx>

Each function asks one thing; an assertion that does not hold says which sheet and cell.
"""
import re
import sys

import openpyxl
from openpyxl.utils import get_column_letter

TABLES_ALONE = {"Bìa"}


def opened(path):
    """The same book twice: with formulas, and with their stored results."""
    return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)


def rows(sheet, heading):
    """Rows below the first row that starts with a heading, as dictionaries."""
    lines = list(sheet.iter_rows())
    at = next(i for i, line in enumerate(lines) if line[0].value == heading)
    heads = [cell.value for cell in lines[at]]
    return [dict(zip(heads, line)) for line in lines[at + 1 :] if line[0].value is not None]


def every_formula_has_the_result_that_it_computes(book, values):
    """Few kinds of formulas stand in the book; each is computed here from the cells around it."""
    counted = 0
    for sheet in book:
        shown = values[sheet.title]
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type != "f":
                    continue
                stored = shown[cell.coordinate].value
                assert stored is not None, f"{sheet.title}!{cell.coordinate} has no stored result"
                computed = compute(values, shown, cell)
                same = stored == computed if isinstance(computed, str) else abs(stored - computed) < 5e-9
                assert same, f"{sheet.title}!{cell.coordinate}: {cell.value} is {computed}, stored {stored}"
                counted += 1
    assert counted > 0
    return counted


def compute(values, sheet, cell):
    text, row = cell.value.lstrip("="), cell.row
    at = lambda col: sheet[f"{col}{row}"].value
    if found := re.fullmatch(r"ROUND\(SUM\(([A-Z]+)\d+:([A-Z]+)\d+\),9\)", text):
        first, last = (openpyxl.utils.column_index_from_string(col) for col in found.groups())
        cells = [sheet.cell(row, col).value for col in range(first, last + 1)]
        return round(sum(value for value in cells if isinstance(value, (int, float))), 9)
    if text.startswith("1+COUNTIFS("):
        better = 0
        for line in range(1, sheet.max_row + 1):
            other = {col: sheet[f"{col}{line}"].value for col in "ABCF"}
            same = other["A"] == at("A") and other["B"] == at("B") and other["C"] != "chưa xếp"
            better += same and isinstance(other["F"], (int, float)) and other["F"] > at("F")
        return 1 + better
    if found := re.fullmatch(r"SUMIFS\('([^']+)'!\$([A-Z]):\$\2,.*", text):
        addends, col = values[found.group(1)], found.group(2)
        total = 0
        for line in range(1, addends.max_row + 1):
            if addends[f"A{line}"].value == at("A") and addends[f"B{line}"].value == at("B"):
                value = addends[f"{col}{line}"].value
                total += value if isinstance(value, (int, float)) else 0
        return total
    if re.fullmatch(r"[A-Z]+\d+(?:[+-][A-Z]+\d+)+", text):
        signed = re.findall(r"([+-]?)([A-Z]+)\d+", text)
        return sum((-1 if sign == "-" else 1) * at(col) for sign, col in signed)
    if text.startswith("IF(AND("):
        return "✓ Khớp" if at("D") == at("E") and at("F") == at("G") and at("H") == at("I") else "✗ Lệch"
    raise AssertionError(f"{sheet.title}!{cell.coordinate}: a formula of no known kind: {text}")


def totals_are_the_sums_of_what_stands_below(values):
    checked = rows(values["Kiểm tra"], "Kỳ")
    assert checked, "there is something to check"
    for line in checked:
        where = f"{line['Kỳ'].value} {line['Mã'].value}"
        assert line["Tử số / số lượng"].value == line["Cộng lại"].value, where
        assert line["Kết quả"].value == "✓ Khớp", where


def links_lead_to_cells_that_say_what_they_promise(book):
    places, back = 0, 0
    for cell in (line[4] for line in book["Xếp hạng"].iter_rows() if line[4].hyperlink):
        sheet, row = target(cell)
        assert sheet == "Chi tiết điểm", cell.coordinate
        band = book[sheet][row].value
        assert band.startswith(cell.value + " – "), f"{cell.value} leads to {band}"
        again, home = target(book[sheet][row])
        assert again == "Xếp hạng" and book[again][f"E{home[1:]}"].value == cell.value, band
        places, back = places + 1, back + 1
    assert places > 10
    for sheet in book.worksheets[1:]:
        assert target(sheet["A3"]) == ("Bìa", "A1"), sheet.title


def target(cell):
    found = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", cell.hyperlink.location)
    return found.group(1).replace("''", "'"), found.group(2)


def it_prints_on_a4_with_headings_and_page_numbers(book):
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape", sheet.title
        assert "&P" in (sheet.oddFooter.right.text or ""), f"{sheet.title} has page numbers"
    for name in ("Xếp hạng", "Chi tiết điểm", "Nguồn số liệu"):
        assert book[name].print_title_rows, f"{name} repeats its headings"
        assert book[name].freeze_panes, f"{name} keeps its headings in view"
    assert book.active.title == "Bìa" and book.active.sheet_view.selection[0].activeCell in (None, "A1")


def units_below_a_superior_can_be_folded(book):
    sheet = book["Chỉ tiêu theo đơn vị"]
    folded = [row for row, shape in sheet.row_dimensions.items() if shape.outlineLevel == 1]
    assert folded, "there are units below superior unions"
    assert not sheet.sheet_properties.outlinePr.summaryBelow, "the name stands above"


def there_are_charts_with_words_for_those_who_do_not_see_them(book):
    assert len(book["Biểu đồ"]._charts) == 2


def nothing_is_told_by_a_number_that_is_text(values):
    for sheet in values:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.value not in ("NaN", "inf", "#DIV/0!", "#N/A", "#VALUE!", "#REF!"), f"{sheet.title}!{cell.coordinate}"


def the_publication_is_plain_tables(path, board):
    book, values = opened(path)
    assert book.worksheets[0].title == "Mục lục"
    listed = [line[0].value for line in book["Mục lục"].iter_rows(min_row=2)]
    assert listed == [sheet.title for sheet in book.worksheets[1:]], "the contents name every sheet, in order"
    for sheet in book:
        assert not sheet.merged_cells.ranges, f"{sheet.title} has merged cells"
        assert len(sheet.tables) == 1, f"{sheet.title} is one table"
        table = next(iter(sheet.tables.values()))
        last = f"{get_column_letter(sheet.max_column)}{sheet.max_row}"
        assert table.ref == f"A1:{last}", f"{sheet.title}: {table.ref}, cells to {last}"
        for line in values[sheet.title].iter_rows():
            for cell in line:
                assert cell.value not in (None, ""), f"{sheet.title}!{cell.coordinate} says nothing"
        assert not sheet.conditional_formatting, sheet.title
        fills = {cell.fill.fill_type for line in sheet.iter_rows() for cell in line}
        assert fills <= {None}, f"{sheet.title} is coloured"
    every_formula_has_the_result_that_it_computes(book, values)
    places = rows(values["Xếp hạng"], "Kỳ")
    assert [line["Hạng"].value for line in places] == [line["Hạng"].value for line in rows(board["Xếp hạng"], "Kỳ")]


def main(consolidated, publication):
    book, values = opened(consolidated)
    formulas = every_formula_has_the_result_that_it_computes(book, values)
    totals_are_the_sums_of_what_stands_below(values)
    links_lead_to_cells_that_say_what_they_promise(book)
    it_prints_on_a4_with_headings_and_page_numbers(book)
    units_below_a_superior_can_be_folded(book)
    there_are_charts_with_words_for_those_who_do_not_see_them(book)
    nothing_is_told_by_a_number_that_is_text(values)
    the_publication_is_plain_tables(publication, values)
    print(f"{len(book.worksheets)} sheets, {formulas} formulas: each is what it says")


if __name__ == "__main__":
    main(*sys.argv[1:])
