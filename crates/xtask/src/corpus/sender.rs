//! Whose report it is, of which form, for which period: said twice, not at all, or wrongly.

use super::grid::{Grid, Page};
use super::write::xlsx;
use super::{Base, Case};

/// Writes another unit into the heads of all sheets.
fn unit(grid: &mut Grid, name: &str) {
    for page in grid.pages.iter_mut().filter(|page| page.name != "_thidua") {
        page.put("C2", name);
    }
}

fn superior(grid: &mut Grid, name: &str) {
    for page in &mut grid.pages {
        if page.name != "Công trình" {
            page.put("C1", name);
        }
    }
}

/// Writes another line of dates.
fn dates(grid: &mut Grid, line: &str) {
    for name in ["Mẫu 1", "Phụ lục"] {
        grid.page(name).put("A7", line);
    }
}

pub(super) fn cases(base: &Base) -> Vec<Case> {
    let dated = |line: &str| base.with(|grid| dates(grid, line));
    let named = |name: &str| base.with(|grid| unit(grid, name));
    vec![
        Case::here(
            "both-dates-marked.xlsx",
            "both as-of dates are marked",
            dated("(Số liệu tính đến ngày :  ☒ 31/5    ☒ 30/11)"),
        ),
        Case::here(
            "no-date-marked.xlsx",
            "neither date is marked",
            dated("(Số liệu tính đến ngày : * 31/5   * 30/11)"),
        ),
        Case::here(
            "date-marked-by-x.xlsx",
            "the date marked by an x behind it",
            dated("(Số liệu tính đến ngày : 31/5 x   30/11 )"),
        ),
        Case::here(
            "date-written-out.xlsx",
            "the date written out in words",
            dated("(Số liệu tính đến ngày 31 tháng 5 năm 2014)"),
        ),
        Case::here(
            "date-other-deleted.xlsx",
            "the other date was deleted",
            dated("(Số liệu tính đến ngày : 31/5/2014)"),
        ),
        Case::here(
            "date-of-no-period.xlsx",
            "data as of 30/6, which is no date of the campaign",
            dated("(Số liệu tính đến ngày : ☒ 30/6)"),
        ),
        Case::here("dot-1/period-by-folder.xlsx", "no date; the folder says which wave", {
            base.with(|grid| grid.pages.iter_mut().for_each(|page| page.clear("A7")))
        }),
        Case::here("dot-2/folder-disagrees.xlsx", "31/5 is marked, the folder is that of wave 2", xlsx(&base.report)),
        Case::here("bao-cao-truong-tieu-hoc-sao-mai.xlsx", "no unit inside; the file's name says it", {
            base.with(|grid| grid.pages.iter_mut().for_each(|page| page.clear("C2")))
        }),
        Case::here("unit-missing.xlsx", "no unit anywhere", {
            base.with(|grid| grid.pages.iter_mut().for_each(|page| page.clear("C2")))
        }),
        Case::here("unit-misspelt.xlsx", "the unit's name with typing errors", named("CĐCS Trường Tiểu học Sao Mia")),
        Case::here("unit-shortened.xlsx", "the unit's name shortened as people say it", named("Trường TH Sao Mai")),
        Case::here("unit-unknown.xlsx", "a unit that is not in the register", named("CĐCS Trường Tiểu học Bình Minh")),
        Case::here("unit-by-code.xlsx", "the unit's code instead of its name", named("cs-th-sao-mai")),
        Case::here(
            "unit-upper-case.xlsx",
            "the unit in capitals with “Công đoàn cơ sở”",
            named("CÔNG ĐOÀN CƠ SỞ TRƯỜNG TIỂU HỌC SAO MAI"),
        ),
        Case::here("unit-in-the-label-cell.xlsx", "label and unit in one cell", {
            base.with(|grid| {
                for page in &mut grid.pages {
                    page.clear("C2");
                    page.put("B2", "Đơn vị báo cáo : CĐCS Trường Tiểu học Sao Mai");
                }
            })
        }),
        Case::here("superior-is-another.xlsx", "another superior union than the register says", {
            base.with(|grid| superior(grid, "LĐLĐ huyện Cư M'gar"))
        }),
        Case::here("sheets-of-different-units.xlsx", "form and appendix name different units", {
            base.with(|grid| grid.page("Phụ lục").put("C2", "CĐCS Trường THCS Hoa Ban"))
        }),
        Case::here("sheets-of-different-periods.xlsx", "form and appendix mark different dates", {
            base.with(|grid| grid.page("Phụ lục").put("A7", "(Số liệu tính đến ngày :  ☐ 31/5    ☒ 30/11)"))
        }),
        Case::here("identity-of-another-unit.xlsx", "a workbook copied from a neighbour: its identity sheet stayed", {
            xlsx(&{
                let mut grid = base.superior.clone();
                unit(&mut grid, "LĐLĐ huyện Ea Kar");
                grid
            })
        }),
        Case::here("identity-of-another-campaign.xlsx", "the identity sheet of last year's campaign", {
            xlsx(&{
                let mut grid = base.superior.clone();
                grid.page("_thidua").put("B2", "dak-lak-2013");
                grid
            })
        }),
        Case::here(
            "identity-shown-and-edited.xlsx",
            "the identity sheet was shown and its unit overwritten with nonsense",
            {
                xlsx(&{
                    let mut grid = base.superior.clone();
                    grid.page("_thidua").is_hidden = false;
                    grid.page("_thidua").put("B4", "abc");
                    grid
                })
            },
        ),
        Case::here("year-of-last-campaign.xlsx", "the report of 2013", {
            base.with(|grid| {
                for page in ["Mẫu 1", "Phụ lục"] {
                    grid.page(page).put("A6", "NĂM : 2013");
                }
            })
        }),
        Case::here("two-units-one-workbook.xlsx", "two units in one workbook, a sheet each", two_units(base, 2)),
        Case::here(
            "six-units-one-workbook.xlsx",
            "a superior union sends six units in one workbook, tabs named by them",
            two_units(base, 6),
        ),
        Case::here("same-form-twice.xlsx", "the same unit's form on two sheets with different figures", {
            base.with(|grid| {
                let mut page = grid.page("Mẫu 1").clone();
                page.name = "Mẫu 1 sửa".to_owned();
                page.set("Tổng số lao động", 48.0);
                grid.pages.push(page);
            })
        }),
        Case::here("same-form-twice-alike.xlsx", "the same unit's form on two sheets, alike", {
            base.with(|grid| {
                let mut page = grid.page("Mẫu 1").clone();
                page.name = "Bản in".to_owned();
                grid.pages.push(page);
            })
        }),
        Case::here("form-1-of-a-superior.xlsx", "a superior union filled the form of grassroots unions", {
            base.with(|grid| {
                grid.keep(&["Mẫu 1"]);
                unit(grid, "LĐLĐ huyện Ea Kar");
                superior(grid, "LĐLĐ tỉnh Đắk Lắk");
            })
        }),
        Case::here("form-2-of-a-grassroots-union.xlsx", "a grassroots union filled the form of superior unions", {
            xlsx(&base.superior_with(|grid| {
                grid.keep(&["Mẫu 2"]);
                unit(grid, "CĐCS Trường Tiểu học Sao Mai");
                grid.page("Mẫu 2").put("C1", "LĐLĐ TP Buôn Ma Thuột");
            }))
        }),
        Case::here("superior-of-later.xlsx", "wave 1 of a unit at its superior of later", {
            base.with(|grid| {
                grid.keep(&["Mẫu 1"]);
                unit(grid, "CĐCS Công ty CP Cà phê Cao Nguyên Xanh");
                superior(grid, "LĐLĐ TP Buôn Ma Thuột");
            })
        }),
        Case::here("central-union.xlsx", "a central union, which owes no report, sends one", {
            base.with(|grid| {
                grid.keep(&["Mẫu 1"]);
                unit(grid, "CĐCS Công ty Thủy điện Sông Xanh");
                superior(grid, "LĐLĐ tỉnh Đắk Lắk");
            })
        }),
    ]
}

/// Mẫu 1 of several units, each with one figure of its own.
fn two_units(base: &Base, count: usize) -> Vec<u8> {
    let names = [
        "CĐCS Trường Tiểu học Sao Mai",
        "CĐCS Trường THCS Hoa Ban",
        "CĐCS phường Tân Lợi",
        "CĐCS xã Ea Kao",
        "CĐCS Công ty TNHH May Ban Mê Xanh",
        "CĐCS Công ty TNHH MTV Môi trường Hoa Nắng",
    ];
    base.with(|grid| {
        let form = grid.page("Mẫu 1").clone();
        grid.pages = names[..count]
            .iter()
            .enumerate()
            .map(|(number, name)| {
                let mut page: Page = form.clone();
                page.name = name.trim_start_matches("CĐCS ").chars().take(31).collect();
                page.put("C2", *name);
                page.set("Tổng số lao động", 47.0 + number as f64);
                page
            })
            .collect();
    })
}
