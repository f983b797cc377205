"""Lets LibreOffice compute the checks of forms again and compares them with the results that stand in the file.

In:  paths of workbooks that `thidua` wrote; `soffice` on the path.
Out: differences, one line each, and how many results were compared; exit code 1 when any differs.

openpyxl drops stored results when it saves: LibreOffice then has to compute every formula.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

import form


def results(path):
    """Results of formulas by sheet and cell."""
    formulas, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in form.sheets(formulas)[0]:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    found[sheet.title, cell.coordinate] = stored[sheet.title][cell.coordinate].value
    return found


def again(paths, folder):
    """The same workbooks, computed by LibreOffice."""
    bare, computed = folder / "bare", folder / "computed"
    bare.mkdir()
    for at, path in enumerate(paths):
        openpyxl.load_workbook(path).save(bare / f"{at}.xlsx")
    profile = "-env:UserInstallation=" + (folder / "office").as_uri()
    files = [str(bare / f"{at}.xlsx") for at in range(len(paths))]
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(computed), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [computed / f"{at}.xlsx" for at in range(len(paths))]


def main():
    paths = [Path(path) for path in sys.argv[1:]]
    compared, wrong = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for path, computed in zip(paths, again(paths, Path(folder))):
            stored, now = results(path), results(computed)
            for place in sorted(stored.keys() | now.keys()):
                compared += 1
                if stored.get(place) != now.get(place):
                    wrong += 1
                    print(f"{path.name} {place[0]}!{place[1]}: stored {stored.get(place)!r}, computed {now.get(place)!r}")
    print(f"compared {compared}")
    sys.exit(1 if wrong or not compared else 0)


if __name__ == "__main__":
    main()
