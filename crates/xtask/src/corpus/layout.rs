//! Odd layouts and odd letters: where the lines stand and how their labels are written.

use super::grid::{Grid, Page, Value};
use super::legacy::{horn_lost, nfd, question_marks, tcvn3, vni, without_marks};
use super::write::xlsx;
use super::{Base, Case};

/// The first row of lines and the row behind the last one of Mẫu 1, counted from 0.
const LINES: std::ops::Range<u32> = 10..32;

pub(super) fn cases(base: &Base) -> Vec<Case> {
    let lettered = |change: fn(&str) -> String, font: Option<&str>| {
        base.grid(|grid| {
            grid.map_text(change);
            if let Some(font) = font {
                grid.set_font(font);
            }
        })
    };
    let mut cases = letters(base, &lettered);
    cases.extend(vec![
        Case::here("sheet-renamed.xlsx", "tabs named Sheet1, Sheet2, Sheet3", {
            base.with(|grid| {
                for (number, page) in grid.pages.iter_mut().enumerate() {
                    page.name = format!("Sheet{}", number + 1);
                }
            })
        }),
        Case::here("rows-inserted.xlsx", "rows inserted above and inside the table", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.insert_rows(29, 1);
                page.put("B29", "(số liệu do kế toán cung cấp)");
                page.insert_rows(14, 2);
                page.insert_rows(3, 3);
            })
        }),
        Case::here("rows-removed.xlsx", "lines that do not concern the unit are deleted", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                let gone = [page.row("Số người phải tự thuê", 0), page.row("Tổng số tiền doanh nghiệp", 0)];
                page.move_rows(|row| {
                    (!gone.contains(&row)).then(|| row - gone.iter().filter(|at| **at < row).count() as u32)
                });
            })
        }),
        Case::here("rows-reordered.xlsx", "section II stands above section I", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                let (second, end) = (page.row("II. Đoàn viên", 0), LINES.end);
                let height = end - second;
                page.move_rows(|row| {
                    Some(match row {
                        row if row >= second && row < end => LINES.start + row - second,
                        row if row >= LINES.start && row < second => row + height,
                        row => row,
                    })
                });
            })
        }),
        Case::here("columns-inserted.xlsx", "an empty column A, and one between label and measure", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.insert_cols(2, 1);
                page.insert_cols(0, 1);
            })
        }),
        Case::here("columns-swapped.xlsx", "the value stands before the measure", {
            base.with(|grid| {
                grid.page("Mẫu 1").merged.clear();
                grid.page("Mẫu 1").move_cols(|col| {
                    Some(match col {
                        2 => 3,
                        3 => 2,
                        col => col,
                    })
                });
                // The head is as it was.
                let page = grid.page("Mẫu 1");
                page.move_rows(Some);
            })
        }),
        Case::here("two-value-columns.xlsx", "a column for last year beside the value", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.merged.clear();
                page.insert_cols(3, 1);
                page.put("D10", "Cùng kỳ năm trước");
                for row in LINES {
                    if let Some(Value::Number(number)) = page.cells.get(&(row, 4)).map(|cell| cell.value.clone()) {
                        page.put_at(row, 3, (number * 0.9).round());
                    }
                }
            })
        }),
        Case::here("no-measure-column.xlsx", "the column of measures is deleted", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                for address in ["C1", "C2", "C3", "C4"] {
                    let value = page.cells[&(super::grid::at(address).row, 2)].value.clone();
                    page.put(&address.replace('C', "D"), value);
                }
                page.merged.clear();
                page.move_cols(|col| match col {
                    2 => None,
                    col if col > 2 => Some(col - 1),
                    col => Some(col),
                });
            })
        }),
        Case::here("tt-missing.xlsx", "the column TT is empty", {
            base.with(|grid| grid.page("Mẫu 1").cells.retain(|&(row, col), _| col > 0 || !LINES.contains(&row)))
        }),
        Case::here("tt-dotted.xlsx", "TT as numbers with dots, and in front of the labels", {
            base.with(|grid| {
                let dotted = |grid: &mut Grid, name: &str| {
                    let page = grid.page(name);
                    for row in 10..50 {
                        if let Some(cell) = page.cells.get_mut(&(row, 0)) {
                            cell.value = format!("{}.", cell.value.shown()).into();
                        }
                    }
                };
                dotted(grid, "Mẫu 1");
                let page = grid.page("Phụ lục");
                for row in 10..50 {
                    if let Some(tt) = page.cells.remove(&(row, 0)) {
                        let label = page.cells[&(row, 1)].value.shown();
                        page.put_at(row, 1, format!("{}. {label}", tt.value.shown()));
                    }
                }
            })
        }),
        Case::here("tt-as-numbers.xlsx", "TT typed as numbers", {
            base.with(|grid| {
                for row in LINES {
                    if let Some(cell) = grid.page("Mẫu 1").cells.get_mut(&(row, 0)) {
                        cell.value = Value::Number(cell.value.shown().parse().expect("a number"));
                    }
                }
            })
        }),
        Case::here("label-over-two-rows.xlsx", "a long label is broken over two rows", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.insert_rows(24, 1);
                page.put("B23", "Số người được nhà nước, cơ quan,");
                page.put("B24", "doanh nghiệp bố trí nhà ở");
            })
        }),
        Case::here("value-in-the-label.xlsx", "values typed behind the labels", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.relabel("Tổng số lao động", "Tổng số lao động: 47");
                page.clear("D13");
                page.relabel("Tổng số đoàn viên", "Tổng số đoàn viên : 46 người");
                page.clear("D29");
            })
        }),
        Case::here("value-in-the-notes.xlsx", "values typed in the column of notes", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                for label in ["Tổng số đoàn viên", "Số đoàn viên mới"] {
                    let row = page.row(label, 0);
                    let cell = page.cells.remove(&(row, 3)).expect("a value");
                    page.cells.insert((row, 4), cell);
                }
            })
        }),
        Case::here("values-one-row-up.xlsx", "values of a part were pasted one row too high", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                for row in 28..32 {
                    if let Some(cell) = page.cells.remove(&(row, 3)) {
                        page.cells.insert((row - 1, 3), cell);
                    }
                }
            })
        }),
        Case::here("lines-added-by-the-unit.xlsx", "the unit wrote lines of its own into the form", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                page.insert_rows(30, 2);
                page.put("B30", "Số đoàn viên là người dân tộc thiểu số");
                page.put("D30", 12.0);
                page.put("B31", "- Trong đó: nữ");
                page.put("D31", 9.0);
            })
        }),
        Case::here("two-forms-on-one-sheet.xlsx", "Mẫu 1 and Phụ lục one below the other on one sheet", {
            base.with(|grid| {
                let below = grid.page("Phụ lục").clone();
                grid.keep(&["Mẫu 1", "Công trình"]);
                let page = grid.page("Mẫu 1");
                page.name = "Báo cáo".to_owned();
                for ((row, col), cell) in below.cells {
                    page.cells.insert((row + 40, col), cell);
                }
            })
        }),
        Case::here("older-form-version.xlsx", "the older form: fewer lines, other numbers, other words", older(base)),
        Case::here("no-header.xlsx", "the table alone: no unit, no form number, no date", {
            base.with(|grid| {
                grid.keep(&["Mẫu 1"]);
                grid.page("Mẫu 1").merged.clear();
                grid.page("Mẫu 1").move_rows(|row| row.checked_sub(9));
            })
        }),
        Case::here("blank-form.xlsx", "the form came back without a single figure", {
            base.with(|grid| {
                for name in ["Mẫu 1", "Phụ lục"] {
                    grid.page(name).cells.retain(|&(row, col), _| col != 3 || row < 10);
                }
                grid.keep(&["Mẫu 1", "Phụ lục"]);
            })
        }),
        Case::here("notes-sheet-added.xlsx", "a sheet of the unit's own calculations", {
            base.with(|grid| {
                let mut page = Page::named("Ghi chép");
                page.put("A1", "Danh sách thu đoàn phí");
                page.put("A3", "Nguyễn Thị Lan");
                page.put("B3", 120_000.0);
                grid.pages.push(page);
            })
        }),
        Case::here("pivot-of-another-topic.xlsx", "a workbook about something else", {
            let mut page = Page::named("Bảng lương");
            for (row, line) in [["Họ và tên", "Lương"], ["Nguyễn Thị Lan", "5.200.000"]].iter().enumerate() {
                for (col, text) in line.iter().enumerate() {
                    page.put_at(row as u32, col as u32, *text);
                }
            }
            xlsx(&Grid { pages: vec![page], ..Grid::default() })
        }),
    ]);
    cases
}

/// The report with its texts in an old encoding, in a font.
type Lettered<'a> = dyn Fn(fn(&str) -> String, Option<&str>) -> Grid + 'a;

fn letters(base: &Base, lettered: &Lettered<'_>) -> Vec<Case> {
    let spaced = |text: &str| format!("  {} ", text.replace(' ', "  ").replace(" số", "\u{A0}số"));
    let shouted = |text: &str| text.to_uppercase();
    vec![
        Case::here("tcvn3-by-font.xlsx", "TCVN3 text in the font .VnTime", xlsx(&lettered(tcvn3, Some(".VnTime")))),
        Case::here(
            "tcvn3-font-lost.xlsx",
            "TCVN3 text in Times New Roman",
            xlsx(&lettered(tcvn3, Some("Times New Roman"))),
        ),
        Case::office("tcvn3-in-xls.xls", "TCVN3 text in an .xls", &lettered(tcvn3, Some(".VnTime")), "xls"),
        Case::here("vni-by-font.xlsx", "VNI text in the font VNI-Times", xlsx(&lettered(vni, Some("VNI-Times")))),
        Case::office("vni-in-xls.xls", "VNI text in an .xls", &lettered(vni, Some("VNI-Times")), "xls"),
        Case::here("vni-font-lost.xlsx", "VNI text in Arial", xlsx(&lettered(vni, Some("Arial")))),
        Case::here(
            "nfd-labels.xlsx",
            "every letter with its marks apart (as a Mac writes)",
            xlsx(&lettered(nfd, None)),
        ),
        Case::here("u-horn-lost.xlsx", "plain ư is gone: “ngời lao động”", xlsx(&lettered(horn_lost, None))),
        Case::here("mu-for-a.xlsx", "μ for à: “đoμn viên”", {
            base.with(|grid| grid.map_text(|text| text.replace('à', "μ").replace('À', "µ")))
        }),
        Case::here(
            "question-marks.xlsx",
            "letters replaced by ?: “s? lao ??ng”; so are the boxes",
            xlsx(&lettered(question_marks, None)),
        ),
        Case::here("without-marks.xlsx", "typed without a Vietnamese keyboard", xlsx(&lettered(without_marks, None))),
        Case::here("upper-case.xlsx", "everything in capitals", base.with(|grid| grid.map_text(shouted))),
        Case::here(
            "spaces-everywhere.xlsx",
            "doubled, leading and non-breaking spaces",
            base.with(|grid| grid.map_text(spaced)),
        ),
        Case::here("typing-errors.xlsx", "labels with typing errors", {
            base.with(|grid| {
                let page = grid.page("Mẫu 1");
                for (label, typed) in [
                    ("Tổng số lao động", "Tỗng số lao đông"),
                    ("Số lao động thiếu", "Số lao động thiêú việc làm"),
                    ("Tiền lương bình quân", "Tiền lương bình quan tháng của một người lao động"),
                    ("Số người phải tự", "Số ngưòi phải tự thuê nhà"),
                    ("Tổng số đoàn viên", "Tổng số đòan viên"),
                    ("Số đoàn viên mới", "Số đoàn viên kết nạp mới"),
                ] {
                    page.relabel(label, typed);
                }
            })
        }),
        Case::here("other-apostrophes.xlsx", "the unit's apostrophe typed as ’ and `", {
            xlsx(&base.superior_with(|grid| {
                grid.page("Mẫu 2").map_text(|text| text.replace("H'leo", "H’leo"));
                grid.page("Phụ lục").map_text(|text| text.replace("H'leo", "H`leo"));
            }))
        }),
        Case::here("quotes-straight.xlsx", "straight quotes and short dashes for the printed ones", {
            base.with(|grid| grid.map_text(|text| text.replace(['“', '”'], "\"").replace('–', "-")))
        }),
        Case::here("lines-broken-in-cells.xlsx", "labels broken by line breaks inside the cells", {
            base.with(|grid| grid.map_text(|text| text.replacen(" lao động", "\nlao động", 1)))
        }),
    ]
}

/// As the form looked before: numbered otherwise, without the later lines, its own number.
fn older(base: &Base) -> Vec<u8> {
    base.with(|grid| {
        grid.keep(&["Mẫu 1"]);
        let page = grid.page("Mẫu 1");
        page.map_text(|text| match text {
            "Mẫu số 1-HĐCĐ" => "Mẫu số 1 (QĐ 1624/QĐ-TLĐ)".to_owned(),
            "Tổng số lao động" => "Tổng số CNVCLĐ".to_owned(),
            "Số lao động được đóng BHXH, BHYT, BHTN" => "Số lao động được đóng BHXH".to_owned(),
            other => other.to_owned(),
        });
        let gone =
            [page.row("4. Nhà ở", 0), page.row("Số người được nhà nước", 0), page.row("Số người phải tự thuê", 0)];
        page.move_rows(|row| (!gone.contains(&row)).then(|| row - gone.iter().filter(|at| **at < row).count() as u32));
        let mut number = 0;
        for row in 10..32 {
            if page.cells.contains_key(&(row, 3)) {
                number += 1;
                page.put_at(row, 0, number.to_string());
            }
        }
    })
}
