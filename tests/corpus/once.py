"""Makes, once, the files that need other programs: `python3 once.py` in this folder.

In:  files/plain.xlsx.
Out: files/encrypted.xlsx (msoffcrypto-tool 5; the password is "thidua"), files/by-openpyxl.xlsx
     (openpyxl 3.1: formulas without results), files/by-xlwt.xls (xlwt 1.3, as many reporting programs
     write .xls). They hold clocks or salts, so that making them again changes their bytes.
"""

from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import xlwt

FILES = Path(__file__).resolve().parent / "files"


def encrypted():
    with open(FILES / "plain.xlsx", "rb") as source, open(FILES / "encrypted.xlsx", "wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("thidua", target)


def by_openpyxl():
    book = openpyxl.load_workbook(FILES / "plain.xlsx")
    sheet = book["Mẫu 1"]
    sheet["D13"] = "=7+D14"
    sheet["D29"] = "=D13-1"
    book.save(FILES / "by-openpyxl.xlsx")


def by_xlwt():
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for page in openpyxl.load_workbook(FILES / "plain.xlsx"):
        sheet = book.add_sheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.write(cell.row - 1, cell.column - 1, cell.value, *([day] if cell.is_date else []))
    book.save(str(FILES / "by-xlwt.xls"))


encrypted()
by_openpyxl()
by_xlwt()
