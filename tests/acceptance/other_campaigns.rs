//! A new organisation is a new folder, and no Rust.

use crate::inbox::Inbox;
use crate::program::{run, top};
use thidua_model::rows::{IndicatorRow, RankingRow};

/// A branch report of the invented Red Cross society.
fn branch(name: &str, people: u32, members: u32, blood: u32, first_aid: &str) -> String {
    format!(
        "| Báo cáo | A  | B                                | C            | D           | E       |
         | 1       |    | Công đoàn cấp trên :             |              |             |         |
         | 2       |    | Đơn vị báo cáo : {name}          |              | Mẫu CTĐ-01  |         |
         | 4       |    | BÁO CÁO CÔNG TÁC HỘI             |              |             |         |
         | 5       |    | NĂM : 2015                       |              |             |         |
         | 7       |    | SỐ LIỆU                          |              |             |         |
         | 8       | TT | Nội dung                         | Đơn vị tính  | Số lượng    | Ghi chú |
         | 9       |    | I. Tổ chức                       |              |             |         |
         | 10      | 1  | Tổng số dân trong địa bàn        | người        | {people}    |         |
         | 11      | 2  | Số hội viên                      | người        | {members}   |         |
         | 12      |    | II. Hiến máu                     |              |             |         |
         | 13      | 3  | Đơn vị máu tiếp nhận             | đơn vị máu   | {blood}     |         |
         | 14      | 4  | Có điểm sơ cấp cứu               | có/không     | {first_aid} |         |"
    )
}

/// Worked by hand, in `tests/campaigns/chu-thap-do`:
///
/// ```text
///            people members blood
/// SX-1-1        500     120    70
/// SX-1-2        300      40    50   SX-1: 160/800 = 20 % met; 120 blood of 100 assigned
/// SX-2-1        400      60    30   SX-2:  60/400 = 15 % not met; 30 of 50; SX-2-2 is missing
/// SX           1200     220   150   220/1200 = 18.3 % not met; 150 of 100–160 met
/// ```
///
/// Points: SX-1 = 20 + 30; SX-2 = 20 · 15/20 + 30 · 30/50 = 15 + 18.
#[test]
fn another_organisation_runs_with_no_rust_changed() {
    let inbox = Inbox::new()
        .with("ben-da.xlsx", &branch("Chi hội Bến Đá", 500, 120, 70, "Có"))
        .with("cau-go.xlsx", &branch("Chi hội Cầu Gỗ", 300, 40, 50, "Không"))
        .with("dong-lau.xlsx", &branch("SX-2-1", 400, 60, 30, "Có"));
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = run(&top("tests/campaigns/chu-thap-do"), &inbox.path(), out.path(), &[]);

    let figures: Vec<String> = ran
        .release
        .rows::<IndicatorRow>()
        .iter()
        .filter(|row| &*row.level != "chi-hoi")
        .map(|row| {
            let denominator = row.denominator.map_or_else(String::new, |count| format!("/{count}"));
            let numerator = row.numerator.map_or_else(|| "?".to_owned(), |count| count.to_string());
            format!(
                "{} {} {numerator}{denominator} {} in {}/{}",
                row.unit,
                row.indicator,
                row.verdict.as_str(),
                row.units_in,
                row.units_due
            )
        })
        .collect();
    insta::assert_snapshot!(figures.join("\n"), @"");

    let places: Vec<String> = ran
        .release
        .rows::<RankingRow>()
        .iter()
        .map(|row| {
            let place = row.place.map_or_else(|| "-".to_owned(), |place| place.to_string());
            let points = row.points.map_or_else(|| "-".to_owned(), |points| points.to_string());
            format!("{} {place} {} {points} provisional {}", row.cluster, row.unit, row.is_provisional)
        })
        .collect();
    insta::assert_snapshot!(places.join("\n"), @"");
    assert!(ran.path.join("consolidated.xlsx").is_file());
}
