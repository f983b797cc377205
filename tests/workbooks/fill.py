"""Fills in a form as a clerk would: values into its input cells, ticks beside its sections.

In:  a form, and JSON: {"values": {field: number | text | {"date": "2014-02-18"}}, "ticks": [[tab, heading], …]}.
Out: the filled form. Only unlocked cells are touched; choices must be on offer.
"""

import datetime as dt
import json
import re
import sys
from pathlib import Path

import openpyxl

import form


def main():
    source, values, target = sys.argv[1:]
    wanted = json.loads(Path(values).read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(source)
    cells = form.inputs(book)
    for field, value in wanted["values"].items():
        cell = cells[re.sub(r"\W", "_", field)]
        if cell.protection.locked:
            sys.exit(f"{cell.coordinate} ({field}) is locked")
        if isinstance(value, str):
            check_choice(book, cell, value)
        if isinstance(value, dict):
            value = dt.date.fromisoformat(value["date"])
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "dd/mm/yyyy"
    for tab, heading in wanted["ticks"]:
        cell = form.ticks(book[tab])[heading]
        cell.value = choices(book, form.rules(book[tab], cell)[0])[1]
    book.save(target)


def choices(book, rule):
    tab, cells = rule.formula1.replace("$", "").split("!")
    return [row[0].value for row in book[tab][cells]]


def check_choice(book, cell, value):
    for rule in form.rules(cell.parent, cell):
        if rule.type == "list" and value not in choices(book, rule):
            sys.exit(f"{cell.coordinate}: “{value}” is not on offer")


if __name__ == "__main__":
    main()
