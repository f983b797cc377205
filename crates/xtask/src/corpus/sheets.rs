//! Odd sheets and cells: hidden, merged, protected, damaged, without results.

use super::grid::{Page, Value, at};
use super::write::{patch, xlsx};
use super::{Base, Case};

/// Changes the part of the first sheet (Mẫu 1).
fn sheet_1(bytes: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    patch(bytes, |name, text| (name == "xl/worksheets/sheet1.xml").then(|| change(text)))
}

/// The cell element of an address in a part.
fn cell<'t>(text: &'t str, address: &str) -> &'t str {
    let start = text.find(&format!("<c r=\"{address}\"")).expect("the cell is there");
    let end = text[start..].find("</c>").expect("and ends");
    &text[start..start + end + 4]
}

/// Cells of Mẫu 1 written otherwise.
fn with_cells(base: &Base, cells: &[(&str, &str)]) -> Vec<u8> {
    sheet_1(&xlsx(&base.report), |text| {
        let mut text = text.to_owned();
        for (address, written) in cells {
            text = text.replacen(cell(&text.clone(), address), written, 1);
        }
        text
    })
}

pub(super) fn cases(base: &Base) -> Vec<Case> {
    let share = |format: &'static str| {
        base.superior_with(|grid| {
            let page = grid.page("Mẫu 2");
            let rows = [page.row("+ Tỷ lệ so với", 0), page.row("+ Tỷ lệ so với", 1)];
            for (row, value) in rows.into_iter().zip([0.0166, 0.0124]) {
                page.put_at(row, 3, value);
                page.cells.get_mut(&(row, 3)).expect("just put").format = Some(format.to_owned());
            }
        })
    };
    let dates = base.grid(|grid| grid.keep(&["Mẫu 1", "Công trình"]));
    vec![
        Case::here("blank-workbook.xlsx", "a new workbook with nothing in it", {
            xlsx(&super::Grid { pages: vec![Page::named("Sheet1")], ..super::Grid::default() })
        }),
        Case::here("hidden-sheet-with-data.xlsx", "the appendix stands on a hidden sheet", {
            base.with(|grid| grid.page("Phụ lục").is_hidden = true)
        }),
        Case::here("hidden-copy-of-the-form.xlsx", "a hidden copy of the form with older figures", {
            base.with(|grid| {
                let mut old = grid.page("Mẫu 1").clone();
                old.name = "Mẫu 1 (2)".to_owned();
                old.is_hidden = true;
                old.set("Tổng số lao động", 45.0);
                grid.pages.push(old);
            })
        }),
        Case::here("hidden-rows.xlsx", "filled lines are hidden", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.hidden_rows = vec![page.row("Tổng số đoàn viên", 0), page.row("Số đoàn viên mới", 0)];
            })
        }),
        Case::here("hidden-column.xlsx", "the column of values is hidden", {
            base.with(|grid| grid.page("Mẫu 1").hidden_cols = vec![3])
        }),
        Case::here("merged-over-inputs.xlsx", "one merged cell over the inputs of two lines", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.merged.push((at("D13"), at("D14")));
                page.clear("D14");
            })
        }),
        Case::here("merged-value-and-note.xlsx", "the input is merged with the column of notes", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.merged.push((at("D13"), at("E13")));
                page.merged.push((at("D29"), at("E29")));
            })
        }),
        Case::here("merged-labels.xlsx", "labels are merged over two columns and values stand further right", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.insert_cols(2, 1);
                for row in 10..32 {
                    if page.cells.contains_key(&(row, 1)) {
                        page.merged.push((thidua_model::CellRef::new(row, 1), thidua_model::CellRef::new(row, 2)));
                    }
                }
            })
        }),
        Case::here("protected-sheet.xlsx", "sheets protected by a password", {
            base.with(|grid| grid.pages.iter_mut().for_each(|page| page.is_protected = true))
        }),
        Case::here("protected-structure.xlsx", "a workbook whose structure is locked by a password", {
            base.with(|grid| grid.is_structure_locked = true)
        }),
        Case::here("dates-1904.xlsx", "dates count from 1904", {
            patch(&xlsx(&dates), |name, text| match name {
                "xl/workbook.xml" if text.contains("<workbookPr ") => {
                    Some(text.replacen("<workbookPr ", "<workbookPr date1904=\"1\" ", 1))
                }
                "xl/workbook.xml" => Some(text.replacen("<bookViews>", "<workbookPr date1904=\"1\"/><bookViews>", 1)),
                "xl/worksheets/sheet2.xml" => {
                    Some(["41659", "41766", "41666", "41960"].iter().fold(text.to_owned(), |text, day| {
                        let moved = day.parse::<u32>().expect("a number") - 1462;
                        text.replace(&format!("<v>{day}</v>"), &format!("<v>{moved}</v>"))
                    }))
                }
                _ => None,
            })
        }),
        Case::office("dates-1904-by-libreoffice.ods", "1904 dates, saved by LibreOffice as .ods", &dates, "ods"),
        Case::office("ods-iso-dates.ods", "dates of an .ods, stored as 2014-05-07", &dates, "ods"),
        Case::here("rich-text.xlsx", "labels and values in pieces of different fonts", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                let piece = |text: &str| (text.to_owned(), None);
                let bold = |text: &str| (text.to_owned(), Some("Arial".to_owned()));
                page.put("B13", Value::Rich(vec![bold("Tổng số "), piece("lao "), bold("động")]));
                page.put("D13", Value::Rich(vec![piece("4"), bold("7")]));
                page.put("C2", Value::Rich(vec![piece("CĐCS Trường "), bold("Tiểu học Sao Mai")]));
            })
        }),
        Case::here("inline-strings.xlsx", "texts stand in the cells", inline(base)),
        Case::here("comment-inside-v.xlsx", "an XML comment inside a value", {
            with_cells(
                base,
                &[("D13", "<c r=\"D13\"><v>4<!-- 8 -->7</v></c>"), ("D14", "<c r=\"D14\"><v><![CDATA[40]]></v></c>")],
            )
        }),
        Case::here("no-addresses.xlsx", "rows and cells without their addresses", {
            sheet_1(&xlsx(&base.grid(fill_gaps)), |text| {
                let mut out = String::new();
                for piece in text.split_inclusive('>') {
                    let is_cell = piece.contains("<c r=\"") || piece.contains("<row r=\"");
                    let start = piece.find(" r=\"").filter(|_| is_cell);
                    match start.and_then(|start| Some((start, piece[start + 4..].find('"')?))) {
                        Some((start, length)) => {
                            out += &piece[..start];
                            out += &piece[start + 4 + length + 1..];
                        }
                        None => out += piece,
                    }
                }
                out
            })
        }),
        Case::here("cell-twice.xlsx", "one address stands there twice with two values", {
            with_cells(base, &[("D13", "<c r=\"D13\"><v>47</v></c><c r=\"D13\"><v>74</v></c>")])
        }),
        Case::here("shared-string-missing.xlsx", "a cell names a text that is not there", {
            with_cells(base, &[("D13", "<c r=\"D13\" t=\"s\"><v>9999</v></c>")])
        }),
        Case::here("dimension-lies.xlsx", "the sheet claims to be one cell large", {
            sheet_1(&xlsx(&base.report), |text| {
                let start = text.find("<dimension ref=\"").expect("a dimension") + 16;
                let end = start + text[start..].find('"').expect("its end");
                format!("{}A1{}", &text[..start], &text[end..])
            })
        }),
        Case::here("reference-beyond-the-grid.xlsx", "a cell at ZZZ9 and one in row 2000000", {
            with_cells(
                base,
                &[("D13", "<c r=\"D13\"><v>47</v></c><c r=\"ZZZ9\"><v>1</v></c><c r=\"D2000000\"><v>2</v></c>")],
            )
        }),
        Case::here("formula-with-result.xlsx", "an input is a formula with its result", {
            base.with(|grid| grid.page("Mẫu 1").set("Tổng số lao động", Value::formula("=7+D14", "47")))
        }),
        Case::here("formula-without-result.xlsx", "formulas without results, as programs write them", {
            with_cells(
                base,
                &[("D13", "<c r=\"D13\"><f>D14+7</f></c>"), ("D14", "<c r=\"D14\"><f>SUM(G1:G9)</f><v></v></c>")],
            )
        }),
        Case::here("formula-zero-not-calculated.xlsx", "formulas with a stored 0 that nobody calculated", {
            let bytes = base.with(|grid| {
                grid.page("Mẫu 1").set("Tổng số lao động", Value::Formula("=D14+7".to_owned(), None));
                grid.page("Mẫu 1").set("Tổng số đoàn viên", Value::Formula("=D13-1".to_owned(), None));
            });
            patch(&bytes, |name, text| {
                (name == "docProps/app.xml").then(|| text.replace("Microsoft Excel", "openpyxl"))
            })
        }),
        Case::here("formula-of-text.xlsx", "formulas that give words: the unit's name, Có", {
            base.with(|grid| {
                grid.page("Phụ lục").put("C2", Value::formula("='Mẫu 1'!C2", "CĐCS Trường Tiểu học Sao Mai"));
                grid.page("Phụ lục").set("Có quy chế dân chủ", Value::formula("=IF(1=1,\"Có\",\"Không\")", "Có"));
            })
        }),
        Case::here("formula-total-row.xlsx", "a sum below the table that belongs to no line", {
            base.with(|grid| grid.page("Mẫu 1").put("D33", Value::formula("=SUM(D29:D32)", "52")))
        }),
        Case::here("error-cells.xlsx", "#REF!, #N/A and #DIV/0! in inputs", {
            with_cells(
                base,
                &[
                    ("D13", "<c r=\"D13\" t=\"e\"><f>#REF!+1</f><v>#REF!</v></c>"),
                    ("D14", "<c r=\"D14\" t=\"e\"><v>#N/A</v></c>"),
                    ("D19", "<c r=\"D19\" t=\"e\"><f>D13/0</f><v>#DIV/0!</v></c>"),
                ],
            )
        }),
        Case::here("true-and-false.xlsx", "yes and no as TRUE and FALSE", {
            base.with(|grid| {
                grid.page("Phụ lục").set("Có quy chế dân chủ", true);
                grid.page("Phụ lục").set("Đơn vị đạt chuẩn văn hóa", false);
            })
        }),
        Case::here(
            "percent-format.xlsx",
            "a share in a cell shown as percent: 0.0166 is 1,66 %",
            xlsx(&share("0.00%")),
        ),
        Case::office("percent-format.xls", "the same in an .xls", &share("0.00%"), "xls"),
        Case::office("percent-format.ods", "the same in an .ods", &share("0.00%"), "ods"),
        Case::here("counts-shown-as-percent.xlsx", "counts in cells shown as percent", {
            base.with(|grid| grid.page("Mẫu 1").set_as("Tổng số đoàn viên", 46.0, "0%"))
        }),
        Case::here("counts-shown-as-dates.xlsx", "counts in cells shown as dates", {
            base.with(|grid| grid.page("Mẫu 1").set_as("Tổng số đoàn viên", 46.0, "dd/mm/yyyy"))
        }),
        Case::here("thousand-formatted-rows.xlsx", "thousands of empty formatted rows below", {
            sheet_1(&xlsx(&base.report), |text| {
                let rows: String = (60..4_060)
                    .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"/><c r=\"D{row}\"/></row>"))
                    .collect();
                text.replace("</sheetData>", &format!("{rows}</sheetData>"))
            })
        }),
    ]
}

/// A space in every empty cell, so that positions follow from order alone.
fn fill_gaps(grid: &mut super::Grid) {
    let page = grid.page("Mẫu 1");
    page.merged.clear();
    for (row, col) in (0..36).flat_map(|row| (0..5).map(move |col| (row, col))) {
        if !page.cells.contains_key(&(row, col)) {
            page.put_at(row, col, " ");
        }
    }
}

/// Every shared string of the first sheet into its cell.
fn inline(base: &Base) -> Vec<u8> {
    let bytes = xlsx(&base.report);
    let strings: Vec<String> = super::write::parts(&bytes)
        .iter()
        .filter(|(name, _)| name == "xl/sharedStrings.xml")
        .flat_map(|(_, content)| {
            let text = String::from_utf8_lossy(content).into_owned();
            let pieces: Vec<String> = text
                .split("<si>")
                .skip(1)
                .map(|piece| piece.split("</si>").next().unwrap_or_default().to_owned())
                .collect();
            pieces
        })
        .collect();
    sheet_1(&bytes, |text| {
        let mut text = text.to_owned();
        for (number, string) in strings.iter().enumerate() {
            text = text
                .replace(&format!(" t=\"s\"><v>{number}</v></c>"), &format!(" t=\"inlineStr\"><is>{string}</is></c>"));
        }
        text
    })
}
