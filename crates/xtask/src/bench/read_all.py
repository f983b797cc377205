# Reads every sheet of the workbooks of a list, as a script of an office would.
import sys

files = open(sys.argv[1], encoding="utf-8").read().splitlines()
cells = 0
try:
    import pandas

    for file in files:
        for sheet in pandas.read_excel(file, sheet_name=None, header=None, engine="openpyxl").values():
            cells += int(sheet.notna().sum().sum())
except ImportError:
    import openpyxl

    for file in files:
        book = openpyxl.load_workbook(file, data_only=True)
        for sheet in book.worksheets:
            cells += sum(cell is not None for row in sheet.iter_rows(values_only=True) for cell in row)
print(cells)
