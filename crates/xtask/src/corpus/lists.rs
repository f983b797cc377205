//! Odd lists: the works of the report.

use super::grid::{Grid, Page, Value};
use super::write::xlsx;
use super::{Base, Case};

const LIST: &str = "Công trình";

/// Three more works below the two of the report.
fn more(page: &mut Page) {
    for (row, (number, name, kind)) in [
        (3.0, "Phần mềm quản lý thư viện", "Đề tài"),
        (4.0, "Góc học tập ngoài trời", "Công trình thi đua"),
        (5.0, "Đồ dùng dạy học tự làm", "Sáng kiến"),
    ]
    .into_iter()
    .enumerate()
    {
        let row = 6 + row as u32;
        page.put_at(row, 0, number);
        page.put_at(row, 1, name);
        page.put_at(row, 2, kind);
        page.put_at(row, 3, "Đợt 1");
        page.put_at(row, 5, Value::Date(2014, 2, 10));
        page.put_at(row, 6, Value::Date(2014, 5, 20));
        page.put_at(row, 8, 3_000_000.0);
    }
}

pub(super) fn cases(base: &Base) -> Vec<Case> {
    // Five works, and a line of the appendix that says five.
    let with = |change: &dyn Fn(&mut Page)| {
        base.with(|grid| {
            grid.page("Phụ lục").set("Số công trình, sản phẩm mới, đề tài đã đăng ký", 5.0);
            more(grid.page(LIST));
            change(grid.page(LIST));
        })
    };
    vec![
        Case::here("list-five-rows.xlsx", "nothing: five works, and the line says five", with(&|_| {})),
        Case::here("list-header-repeated.xlsx", "the headings come again on the second printed page", {
            with(&|page| {
                page.insert_rows(8, 1);
                for col in 0..13 {
                    let heading = page.cells[&(3, col)].value.clone();
                    page.put_at(7, col, heading);
                }
            })
        }),
        Case::here("list-total-below.xlsx", "a row “Cộng” with the sum below the list", {
            with(&|page| {
                page.put("B10", "Cộng");
                page.put("I10", 95_000_000.0);
            })
        }),
        Case::here("list-total-and-signatures.xlsx", "a total with a count, then place, date and signatures", {
            with(&|page| {
                page.put("B10", "Tổng cộng: 05 công trình");
                page.put("I10", 95_000_000.0);
                page.put("J12", "Buôn Ma Thuột, ngày 02 tháng 6 năm 2014");
                page.put("B13", "NGƯỜI LẬP BIỂU");
                page.put("J13", "TM. BAN CHẤP HÀNH");
                page.put("J14", "CHỦ TỊCH");
                page.put("J18", "Nguyễn Thị Hòa");
            })
        }),
        Case::here("list-blank-rows.xlsx", "blank rows inside the list", {
            with(&|page| {
                page.insert_rows(8, 2);
                page.insert_rows(6, 1);
            })
        }),
        Case::here("list-grouped.xlsx", "group headings inside the list: I. …, II. …", {
            with(&|page| {
                page.insert_rows(8, 1);
                page.put("B8", "II. Tổ công đoàn 2");
                page.insert_rows(5, 1);
                page.put("B5", "I. Tổ công đoàn 1");
            })
        }),
        Case::here("ditto-marks.xlsx", "ditto marks in a list for the value above", {
            with(&|page| {
                for address in ["D8", "D9"] {
                    page.put(address, "\"");
                }
                page.put("F8", "nt");
                page.put("F9", "-nt-");
                page.put("G8", "“");
                page.put("G9", "như trên");
            })
        }),
        Case::here("list-columns-reordered.xlsx", "the columns of the list in another order, one is missing", {
            with(&|page| {
                page.merged.clear();
                page.move_cols(|col| match col {
                    2 => Some(3),
                    3 => Some(2),
                    11 => None,
                    col => Some(col),
                });
            })
        }),
        Case::here("list-numbers-missing.xlsx", "the list has no running numbers", {
            with(&|page| page.cells.retain(|&(row, col), _| col != 0 || row < 4))
        }),
        Case::here("impossible-dates.xlsx", "30/02, 31/04, month 13, a year alone, month first", {
            with(&|page| {
                for (address, text) in
                    [("F5", "30/02/2014"), ("F6", "31/4/2014"), ("F7", "05/13/2014"), ("F8", "2014"), ("F9", "tháng 3")]
                {
                    page.put(address, text);
                }
            })
        }),
        Case::here("dates-as-text.xlsx", "dates typed as text in many ways", {
            with(&|page| {
                for (address, text) in [
                    ("F5", "20/01/2014"),
                    ("F6", "27-1-2014"),
                    ("F7", "10.02.2014"),
                    ("F8", "10/2/14"),
                    ("F9", "ngày 10 tháng 02 năm 2014"),
                ] {
                    page.put(address, text);
                }
                page.put("G9", 41_779.0);
            })
        }),
        Case::here("list-date-out-of-the-year.xlsx", "dates far outside the campaign: 1914, 2041", {
            with(&|page| {
                page.put("F5", "20/01/1914");
                page.put("F6", Value::Date(2041, 1, 27));
            })
        }),
        Case::here("list-choice-unknown.xlsx", "kinds that the list does not know, and typing errors", {
            with(&|page| {
                page.put("C7", "Mô hình");
                page.put("C8", "công trình thi dua");
                page.put("C9", "sang kien");
            })
        }),
        Case::here("list-name-missing.xlsx", "a row with dates and money and no name", with(&|page| page.clear("B8"))),
        Case::here("list-row-twice.xlsx", "one row stands there twice", {
            with(&|page| {
                for col in 1..13 {
                    if let Some(cell) = page.cells.get(&(6, col)).cloned() {
                        page.cells.insert((7, col), cell);
                    }
                }
            })
        }),
        Case::here("list-nothing-to-report.xlsx", "“Không có” in the first row of the list", {
            base.with(|grid| {
                let page = grid.page(LIST);
                page.cells.retain(|&(row, _), _| row < 4);
                page.put("B5", "Không có");
                for label in [
                    "Số công trình, sản phẩm mới, đề tài đã đăng ký",
                    "Số công trình, sản phẩm mới, đề tài đã hoàn thành",
                ] {
                    grid.page("Phụ lục").set(label, 0.0);
                }
            })
        }),
        Case::here("list-differs-from-line.xlsx", "the list has five works, the line says two", {
            base.with(|grid| more(grid.page(LIST)))
        }),
        Case::here(
            "list-differs-explained.xlsx",
            "the list has five works, the line says two, and Ghi chú says why",
            base.with(|grid| {
                more(grid.page(LIST));
                grid.page("Phụ lục")
                    .note("Số công trình, sản phẩm mới, đề tài đã đăng ký", "03 đề tài đăng ký bổ sung sau ngày 31/5");
            }),
        ),
        Case::here("list-alone.xlsx", "the list in a file of its own", {
            let mut list = base.report.clone();
            list.keep(&[LIST]);
            list.page(LIST).put("B3", "(Số liệu tính đến ngày :  ☒ 31/5    ☐ 30/11)");
            xlsx(&list)
        }),
        Case::here("list-merged-cells.xlsx", "cells merged over several rows of the list", {
            with(&|page| {
                page.merged.push((super::grid::at("D7"), super::grid::at("D9")));
                page.clear("D8");
                page.clear("D9");
            })
        }),
        Case::office(
            "list-in-ods.ods",
            "the list in an .ods with empty repeated rows",
            &{
                let mut grid: Grid = base.report.clone();
                grid.page("Phụ lục").set("Số công trình, sản phẩm mới, đề tài đã đăng ký", 5.0);
                more(grid.page(LIST));
                grid
            },
            "ods",
        ),
    ]
}
