"""Writes the register workbooks of the campaign from the story.

In:  story/units.csv, story/targets.csv, story/decisions.csv.
Out: templates/dak-lak-2014/{units,targets,decisions}.xlsx; dates are real dates, numbers are
     numbers, and writing twice gives the same bytes.
"""

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Font

HERE = Path(__file__).resolve().parent
CAMPAIGN = HERE.parent.parent / "templates" / "dak-lak-2014"
STAMP = dt.datetime(2014, 1, 2)


def rows(name):
    """The rows of a story table as dictionaries."""
    with open(HERE / "story" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def save(book, path):
    """Saves a workbook so that the same content gives the same bytes (no clock in the archive)."""
    book.properties.created = book.properties.modified = STAMP
    book.properties.creator = "thidua sample"
    raw = io.BytesIO()
    book.save(raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            data = source.read(entry)
            if entry == "docProps/core.xml":  # openpyxl stamps "modified" when it saves
                head, _, rest = data.partition(b"<dcterms:modified")
                data = head + b'<dcterms:modified xsi:type="dcterms:W3CDTF">2014-01-02T00:00:00Z' + rest[rest.index(b"</") :]
            target.writestr(zipfile.ZipInfo(entry, (2014, 1, 2, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def value(column, text):
    """What a cell of a register holds: a date, a whole number, text, or nothing."""
    if text == "":
        return None
    if column in ("valid_from", "valid_to", "when"):
        return dt.date.fromisoformat(text)
    if column in ("members",) or (column == "value" and text.isdigit()):
        return int(text)
    return text


def register(name, sheet):
    table = rows(f"{name}.csv")
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    columns = list(table[0])
    page.append(columns)
    for cell in page[1]:
        cell.font = Font(bold=True)
    for row in table:
        page.append([value(column, row[column]) for column in columns])
        for cell in page[page.max_row]:
            if isinstance(cell.value, dt.date):
                cell.number_format = "dd/mm/yyyy"
    for position, column in enumerate(columns):
        width = max(len(str(row[column])) for row in table)
        page.column_dimensions[openpyxl.utils.get_column_letter(position + 1)].width = min(48, max(width, len(column)) + 2)
    page.freeze_panes = "A2"
    save(book, CAMPAIGN / f"{name}.xlsx")


def main():
    register("units", "Đơn vị")
    register("targets", "Chỉ tiêu giao")
    register("decisions", "Quyết định")


if __name__ == "__main__":
    main()
