//! What a unit finds in the form that it downloads.

use crate::testing::{Browser, CAMPAIGN, Office};
use axum::http::StatusCode;
use thidua_pages::routes as to;
use thidua_sheets::{Limits, Sheet, read};
use thidua_store::Role;

const UNIT: &str = "cs-ea-kpam";
const ABOVE: &str = "ldld-cu-mgar";

/// The sheets of the form that a page gives.
async fn form(browser: &mut Browser, address: &str) -> Vec<Sheet> {
    let file = browser.get(address).await;
    assert_eq!(file.status, StatusCode::OK, "{address}");
    read(&file.bytes, &Limits::default()).expect("a workbook").sheets
}

/// What stands in the column of a heading beside the line of a label; `None`: there is no such column.
fn beside(sheets: &[Sheet], heading: &str, label: &str) -> Option<String> {
    let starts = |sheet: &Sheet, text: &str| {
        sheet.cells.iter().find(|cell| cell.value.shown().starts_with(text)).map(|cell| cell.at)
    };
    let (sheet, line) = sheets.iter().find_map(|sheet| Some((sheet, starts(sheet, label)?))).expect("the line");
    let column = starts(sheet, heading)?;
    let cell = sheet.cells.iter().find(|cell| cell.at.row == line.row && cell.at.col == column.col);
    Some(cell.map(|cell| cell.value.shown()).unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_shows_what_was_published_of_the_period_before_and_what_the_unit_registered() {
    let office = Office::open().await;
    let mut board = office.signed_in("btv", Role::Board, None).await;
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    let mut superior = office.signed_in(ABOVE, Role::Superior, Some(ABOVE)).await;
    office.receive_sample().await;
    let (first, second) = (to::template(CAMPAIGN, UNIT, "dot-1"), to::template(CAMPAIGN, UNIT, "dot-2"));
    let workers = |sheets: &[Sheet]| beside(sheets, "Kỳ trước", "Tổng số lao động");
    let target = |sheets: &[Sheet]| beside(sheets, "Chỉ tiêu của đơn vị", "Số CNVCLĐ được tuyên truyền");

    // A run that nobody published tells units nothing.
    let release = office.run(&mut board, "dot-1").await;
    let before = form(&mut clerk, &second).await;
    assert_eq!(workers(&before), None);
    assert!(!target(&before).unwrap_or_default().contains("đã đăng ký"), "{:?}", target(&before));

    office.publish(&mut board, "dot-1", &release).await;
    let filled = form(&mut clerk, &second).await;
    assert_eq!(workers(&filled).as_deref(), Some("34"), "as its report of the first wave says");
    let told = target(&filled).unwrap_or_default();
    assert!(told.starts_with("CT01 ≥ ") && told.ends_with("(đã đăng ký)"), "{told}");
    // Nothing was reported before the first wave but the registration.
    let of_first = form(&mut clerk, &first).await;
    assert_eq!(workers(&of_first), None);
    assert_eq!(target(&of_first), target(&filled));

    // A superior's form 2 has its own figures of the first wave beside the sums of the second.
    for address in [to::template(CAMPAIGN, ABOVE, "dot-2"), to::form2_workbook(CAMPAIGN, ABOVE, "dot-2")] {
        assert_eq!(workers(&form(&mut superior, &address).await).as_deref(), Some("1238"), "{address}");
    }
}
