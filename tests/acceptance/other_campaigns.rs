//! A new organisation is a new folder, and no Rust.

use crate::inbox::Inbox;
use crate::program::{run, top};
use std::path::Path;
use thidua_campaign::Campaign;
use thidua_forms::{CellInput, Prefill};
use thidua_model::FieldIx;
use thidua_model::rows::{IndicatorRow, RankingRow};
use thidua_model::words::Basis;

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
                "{} {} {numerator}{denominator} {} own {} in {}/{}",
                row.unit,
                row.indicator,
                row.verdict.as_str(),
                row.own_verdict.map_or("-", |verdict| verdict.as_str()),
                row.units_in,
                row.units_due
            )
        })
        .collect();
    insta::assert_snapshot!(figures.join("\n"), @"
    SX HV 220/1200 not_met own - in 3/4
    SX MAU 150 met own - in 3/4
    SX-1 HV 160/800 met own - in 2/2
    SX-1 MAU 120 no_verdict own met in 2/2
    SX-2 HV 60/400 not_met own - in 1/2
    SX-2 MAU 30 no_verdict own not_met in 1/2
    ");

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
    insta::assert_snapshot!(places.join("\n"), @"
    cum-song 1 SX-1 50.00 provisional true
    cum-song 2 SX-2 33.00 provisional true
    ");
    assert!(ran.path.join("consolidated.xlsx").is_file());
}

/// The campaign of 2014 with a register of its own: no grassroots union in it.
fn province_of_superiors(folder: &Path) -> Campaign {
    let definition = top("templates/dak-lak-2014");
    std::fs::create_dir(folder.join("forms")).expect("made");
    for form in std::fs::read_dir(definition.join("forms")).expect("the forms") {
        let form = form.expect("a form").path();
        std::fs::copy(&form, folder.join("forms").join(form.file_name().expect("a name"))).expect("copied");
    }
    for name in ["indicators.toml", "scoring.toml"] {
        std::fs::copy(definition.join(name), folder.join(name)).expect("copied");
    }
    let campaign = std::fs::read_to_string(definition.join("campaign.toml")).expect("readable");
    std::fs::write(folder.join("campaign.toml"), campaign.replace(".xlsx\"", ".csv\"")).expect("written");
    for (name, lines) in [
        (
            "units.csv",
            "code,name,kind,parent,sector,ownership,cluster,basis,members,followed_by,contact,valid_from,valid_to\n\
             T,LĐLĐ tỉnh,tinh,,,,,,,,,2010-01-01,\n\
             A,LĐLĐ huyện Ao Sen,huyen,T,,,cum-1,,,,,2010-01-01,\n\
             B,LĐLĐ huyện Bãi Dâu,huyen,T,,,cum-1,,,,,2010-01-01,\n",
        ),
        ("targets.csv", "unit,indicator,value,decided_by,decision\n"),
        ("decisions.csv", "what,unit,period,value,who,when,why\n"),
    ] {
        std::fs::write(folder.join(name), lines).expect("written");
    }
    thidua_campaign::load(folder).unwrap_or_else(|error| panic!("{error:?}"))
}

/// Two districts state 90 of 100 and 180 of 200 workers reached; the third figure is their sum.
#[test]
fn a_province_that_has_only_form_2_workbooks_runs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let campaign = province_of_superiors(folder.path());
    let package = campaign.packages.iter().find(|it| &*it.id == "bao-cao-cap-tren").expect("a package");
    let mut inbox = Inbox::new();
    for (unit, reached, workers) in [("A", 90, 100), ("B", 181, 200)] {
        let value = |field: FieldIx| {
            let value = match campaign.field(field).id.as_str() {
                "reached" => reached,
                "workers" => workers,
                "grassroots" | "grassroots_reported" => 3,
                _ => return None,
            };
            Some(CellInput::Int(value))
        };
        let prefill = Prefill {
            unit: campaign.find_unit(unit),
            period: campaign.find_period("dot-2"),
            value: &value,
            ..Prefill::blank()
        };
        let bytes = thidua_forms::workbook(&campaign, package, &prefill).expect("a workbook");
        inbox = inbox.with_bytes(&format!("{unit}.xlsx"), &bytes);
    }
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = run(folder.path(), &inbox.path(), out.path(), &[]);
    let rows = ran.release.rows::<IndicatorRow>();
    let found = |unit: &str| {
        rows.iter()
            .find(|row| &*row.unit == unit && &*row.period == "dot-2" && &*row.indicator == "CT01")
            .map(|row| (row.numerator, row.denominator, row.verdict.as_str(), row.basis, row.units_in, row.units_due))
            .expect("a figure")
    };
    assert_eq!(found("A"), (Some(90), Some(100), "not_met", Basis::Own, 3, 3));
    assert_eq!(found("B"), (Some(181), Some(200), "met", Basis::Own, 3, 3));
    assert_eq!(found("T"), (Some(271), Some(300), "met", Basis::Children, 6, 6));
}
