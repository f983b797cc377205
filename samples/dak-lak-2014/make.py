"""Fills the blank forms with the story: the inbox as the offices would have sent it.

In:  story/*.csv, the blank forms templates/dak-lak-2014/blank/*.xlsx and the labels in
     templates/dak-lak-2014/forms/*.toml.
Out: the register workbooks of the campaign (see registers.py), inbox/**/*.xlsx and
     inbox/received.csv. The same story gives the same bytes.

Files that are no .xlsx, and the one with a formula, go through LibreOffice, whose output holds the
clock; they were converted once and are committed. They are made again only when they are missing
or with `--convert` (needs `soffice`).

A value is put beside its label, as a clerk would do it; nothing here knows a cell address.
What is wrong on purpose stands in story/flaws.csv.
"""

import argparse
import csv
import datetime as dt
import re
import shutil
import subprocess
import tempfile
import tomllib
from copy import copy
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import MergedCell

import registers
from registers import CAMPAIGN, HERE, rows, save

INBOX = HERE / "inbox"
PROFILE = "-env:UserInstallation=" + (Path(tempfile.gettempdir()) / "thidua-sample-office").as_uri()
AS_OF_LABEL = {"dot-1": "31/5", "dot-2": "30/11"}
IDENTITY = "_thidua"
SHARES = ("underemployed_share", "underemployed_female_share")


# ---------------------------------------------------------------- the definition: labels

FORMS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((CAMPAIGN / "forms").glob("*.toml"))}
PACKAGES = {
    ("dang-ky", "grassroots"): ("dang-ky-cdcs", ["dang-ky-thi-dua"]),
    ("dang-ky", "superior"): ("dang-ky-cap-tren", ["dang-ky-thi-dua"]),
    ("bao-cao", "grassroots"): ("bao-cao-cdcs", ["mau-1-hdcd", "phu-luc-thi-dua"]),
    ("bao-cao", "superior"): ("bao-cao-cap-tren", ["mau-2-hdcd", "phu-luc-thi-dua"]),
    ("bao-cao", "province"): ("bao-cao-tinh", ["mau-2-hdcd", "phu-luc-thi-dua"]),
}
LISTS_OF = {
    "works_plan": "ds-dang-ky-cong-trinh.csv",
    "movements_plan": "ds-dang-ky-phong-trao.csv",
    "works": "ds-cong-trinh.csv",
    "awards": "ds-khen-thuong.csv",
    "houses": "ds-mai-am.csv",
    "training": "ds-dao-tao.csv",
    "movements": "ds-phong-trao.csv",
    "changes": "ds-bien-dong.csv",
    "classification": "ds-xep-loai.csv",
}


def lines(form):
    """Fields of a form from top to bottom: the definition of each line."""
    return [line for section in form["sections"] for line in section["lines"]]


# ---------------------------------------------------------------- the story

UNITS = {}
for span in rows("units.csv"):
    UNITS.setdefault(span["code"], []).append(span)
LEVEL = {"tinh": "province", "huyen": "superior", "nganh": "superior", "vien-chuc": "superior"}
AS_OF = {"dang-ky": "2014-02-20", "dot-1": "2014-05-31", "dot-2": "2014-11-30"}


def span_at(unit, period):
    day = AS_OF[period]
    return next(s for s in UNITS[unit] if s["valid_from"] <= day and (not s["valid_to"] or day <= s["valid_to"]))


def level(unit):
    return LEVEL.get(UNITS[unit][0]["kind"], "grassroots")


def values(unit, period):
    """Everything the unit states in the lines of its forms."""
    tables = {"dang-ky": ["dang-ky.csv"], "dot-1": ["cdcs-dot-1.csv", "cap-tren-dot-1.csv"], "dot-2": ["cdcs-dot-2.csv", "cap-tren-dot-2.csv"]}[period]
    found = {}
    for name in tables:
        for row in rows(name):
            if row["unit"] == unit:
                found.update({field: value for field, value in row.items() if field != "unit" and value != ""})
    for row in rows("loi-van.csv"):
        if row["unit"] == unit and row["period"] == period:
            found.update({field: row[field] for field in ("difficulties", "proposals") if row[field]})
    if "workers" in found and level(unit) != "grassroots" and period != "dang-ky":
        found["underemployed_share"] = f"{100 * int(found['underemployed']) / int(found['workers']):.2f}"
        found["underemployed_female_share"] = f"{100 * int(found['underemployed_female']) / int(found['workers_female']):.2f}"
    return found


def list_rows(list_id, unit, period):
    chosen = []
    for row in rows(LISTS_OF[list_id]):
        sender = row.get("sender", row["unit"])
        if sender == unit and row.get("period", "dang-ky") == period:
            chosen.append(row)
    return chosen


FLAWS = rows("flaws.csv")


def flaws(unit, period, *kinds):
    return [flaw for flaw in FLAWS if flaw["unit"] == unit and flaw["period"] == period and flaw["kind"] in kinds]


# ---------------------------------------------------------------- cells


def typed(definition, value, is_grassroots):
    """A value of the story as it is typed into a cell of this kind."""
    kind = definition.get("kind", "number" if "measure" in definition else "text")
    if kind == "choice":
        labels = dict(definition["choices"])
        if value in labels:
            return labels[value]
        return definition["choices"][int(value)][1]
    if kind == "flag":
        return ("Có" if value == "1" else "Không") if is_grassroots else int(value)
    if kind == "date":
        return dt.date.fromisoformat(value)
    if kind == "number":
        return float(value) if "." in value else int(value)
    return value


def text_of(cell):
    return " ".join(str(cell.value).split()) if cell.value is not None else ""


def find(sheet, text):
    """The cell that starts with a text, reading row by row."""
    for row in sheet.iter_rows():
        for cell in row:
            if text_of(cell).startswith(text):
                return cell
    raise LookupError(f"{sheet.title}: {text}")


def beside(cell):
    """The next cell to the right that can be written: not the inside of a merged block."""
    sheet, column = cell.parent, cell.column + 1
    while isinstance(sheet.cell(cell.row, column), MergedCell):
        column += 1
    return sheet.cell(cell.row, column)


def put(cell, value):
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = "dd/mm/yyyy"


# ---------------------------------------------------------------- one workbook


def fill_header(sheet, unit, period, name):
    span = span_at(unit, period)
    above = span_at(span["parent"], period)["name"] if span["parent"] else "Tổng Liên đoàn Lao động Việt Nam"
    put(beside(find(sheet, "Công đoàn cấp trên")), above)
    put(beside(find(sheet, "Đơn vị báo cáo")), name)
    if period in AS_OF_LABEL:
        cell = find(sheet, "(Số liệu tính đến ngày")
        label = AS_OF_LABEL[period]
        cell.value = re.sub(rf"☐(\s*{re.escape(label)})", r"☒\1", cell.value)
        if f"☒ {label}" not in cell.value:
            raise ValueError(f"{sheet.title}: {cell.value}")


def fill_lines(sheet, form, stated, sector, is_grassroots, altered):
    """Walks down the sheet and the form together: a label that repeats is the next one."""
    head = find(sheet, "Nội dung")
    label_column = head.column
    value_column = find(sheet, "Số lượng").column
    row, places = head.row, {}
    for line in lines(form):
        at = row + 1
        while " ".join(line["label"].split()) != text_of(sheet.cell(at, label_column)):
            at += 1
            if at > sheet.max_row:
                break
        if at > sheet.max_row:
            continue  # a line for other levels
        row = at
        field = line["field"]
        places[field] = sheet.cell(row, value_column)
        if field in altered:
            put(places[field], altered[field])
        elif field in stated and (not line.get("sectors") or sector in line["sectors"]):
            put(places[field], typed(line, stated[field], is_grassroots))
    return places


def fill_list(sheet, definition, unit, period, name):
    put(beside(find(sheet, "Đơn vị báo cáo")), name)
    columns = {}
    head = find(sheet, "TT")
    for column in definition["columns"]:
        columns[column["id"]] = next(c for c in sheet[head.row] if text_of(c) == " ".join(column["label"].split()))
    entries = list_rows(definition["id"], unit, period)
    for position, entry in enumerate(entries, start=1):
        put(sheet.cell(head.row + position, head.column), position)
        for column in definition["columns"]:
            value = entry.get(column["id"], "")
            if value == "":
                continue
            cell = sheet.cell(head.row + position, columns[column["id"]].column)
            if column.get("is_unit"):
                put(cell, span_at(value, period)["name"])
            else:
                put(cell, typed({"kind": "text", **column}, value, True))
    return len(entries)


def insert_row(sheet, row):
    """A clerk's inserted row: everything from `row` on moves down, merged cells too."""
    merged = [copy(block) for block in sheet.merged_cells.ranges]
    for block in merged:
        sheet.unmerge_cells(str(block))
    heights = {at: sheet.row_dimensions[at].height for at in range(row, sheet.max_row + 1)}
    sheet.insert_rows(row)
    for at, height in heights.items():
        sheet.row_dimensions[at + 1].height = height
    for block in merged:
        if block.min_row >= row:
            block.shift(row_shift=1)
        sheet.merge_cells(str(block))
    for validation in sheet.data_validations.dataValidation:
        for block in validation.sqref.ranges:
            if block.min_row >= row:
                block.shift(row_shift=1)


def workbook(blanks, receipt, altered):
    """The workbook of one receipt; gives it and whether a formula needs a stored result."""
    unit, period, document = receipt["unit"], receipt["period"], receipt["document"]
    package, forms = PACKAGES[document, level(unit)]
    book = openpyxl.load_workbook(blanks / f"{package}.xlsx")
    name = span_at(unit, period)["name"]
    shown = next((flaw["written"] for flaw in flaws(unit, period, "name")), name)
    is_grassroots, sector = level(unit) == "grassroots", span_at(unit, period)["sector"]
    stated, places, has_formula = values(unit, period), {}, False
    altered = dict(altered)
    for flaw in flaws(unit, period, "text"):
        altered[flaw["where"]] = flaw["written"]
    for flaw in flaws(unit, period, "line"):
        altered[flaw["where"]] = int(flaw["written"])
    for flaw in flaws(unit, period, "formula"):
        whole = int(stated[flaw["where"]])
        altered[flaw["where"]] = f"={whole // 2}+{whole - whole // 2}"
        has_formula = True
    for id in forms:
        form = FORMS[id]
        sheet = book[form["sheet"]]
        fill_header(sheet, unit, period, shown)
        places.update(fill_lines(sheet, form, stated, sector, is_grassroots, altered))
        for definition in form.get("lists", []):
            if definition["sheet"] in book.sheetnames:
                used = fill_list(book[definition["sheet"]], definition, unit, period, shown)
                if not used and document == "bao-cao" and is_grassroots:
                    del book[definition["sheet"]]  # many offices throw empty lists away
    for flaw in flaws(unit, period, "row"):
        cell = places[flaw["where"]]
        sheet, at = cell.parent, cell.row
        insert_row(sheet, at)
        sheet.cell(at, 2).value = "(dòng ghi chú của đơn vị)"
    for flaw in flaws(unit, period, "sheet"):
        extra = book.create_sheet(flaw["where"])
        extra["A1"], extra["A2"], extra["B2"] = "Ghi chép của văn phòng", "Số liệu tạm", 17
    identity = book[IDENTITY]
    if receipt["identity"] == "không":
        del book[IDENTITY]
        for defined in list(book.defined_names):
            del book.defined_names[defined]
    else:
        keep_identity(book, identity, unit)
    return book, has_formula


def keep_identity(book, identity, unit):
    for row in list(identity.iter_rows()):
        if row[0].value == "unit":
            identity.cell(row[0].row, 2).value = unit
        if row[0].value in ("sheet", "list") and row[1].value not in book.sheetnames:
            for cell in row:
                cell.value = None
    for defined in list(book.defined_names):
        target = book.defined_names[defined].attr_text.split("!")[0].strip("'")
        if target not in book.sheetnames:
            del book.defined_names[defined]


# ---------------------------------------------------------------- the inbox


def convert(source, target):
    """Through LibreOffice: other formats, and stored results for formulas."""
    kind = {".xls": "xls:MS Excel 97", ".ods": "ods", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}[target.suffix]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", PROFILE, "--convert-to", kind, "--outdir", folder, str(source)], check=True, capture_output=True)
        made = next(Path(folder).iterdir())
        shutil.copyfile(made, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--convert", action="store_true", help="convert .xls, .ods and formula files again")
    parser.add_argument("--blanks", type=Path, default=CAMPAIGN / "blank", help="folder of the blank forms")
    options = parser.parse_args()
    registers.main()
    INBOX.mkdir(exist_ok=True)
    receipts = rows("so-nhan.csv")
    expected = {INBOX / receipt["file"] for receipt in receipts if receipt["file"]} | {INBOX / "received.csv"}
    for stale in [path for path in INBOX.rglob("*") if path.is_file() and path not in expected]:
        stale.unlink()
    latest = {(r["unit"], r["document"], r["period"]): r["received_at"] for r in sorted(receipts, key=lambda r: r["received_at"])}
    for receipt in receipts:
        if not receipt["file"]:
            continue
        target = INBOX / receipt["file"]
        is_first = receipt["received_at"] < latest[receipt["unit"], receipt["document"], receipt["period"]]
        altered = {f["where"]: int(f["written"]) for f in flaws(receipt["unit"], receipt["period"], "resubmitted")} if is_first else {}
        is_formula = bool(flaws(receipt["unit"], receipt["period"], "formula"))
        if (target.suffix != ".xlsx" or is_formula) and target.exists() and not options.convert:
            continue
        book, has_formula = workbook(options.blanks, receipt, altered)
        if target.suffix == ".xlsx" and not has_formula:
            save(book, target)
            continue
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "report.xlsx"
            save(book, source)
            target.parent.mkdir(parents=True, exist_ok=True)
            convert(source, target)
    with open(INBOX / "received.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["unit", "document", "period", "file", "received_at"], extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(receipts)


if __name__ == "__main__":
    main()
