//! A value of a report is corrected by the department, counted, shown, and taken back.

use crate::testing::{Browser, CAMPAIGN, Office, sample};
use axum::http::StatusCode;
use std::io::{Cursor, Read, Write};
use thidua_model::rows::{FactRow, IssueRow};
use thidua_pages::routes as to;
use thidua_store::Role;

const UNIT: &str = "cs-ea-kpam";
const OWN: &str = "dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx";
const FIELD: &str = "workers";

async fn send(clerk: &mut Browser, bytes: &[u8]) -> String {
    clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await;
    let answer = clerk.upload(&to::upload(CAMPAIGN, UNIT), &[("period", "")], &[("bao cao.xlsx", bytes)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", clerk.page);
    let address = answer.location().to_owned();
    for _ in 0..40 {
        clerk.get(&address).await;
        if !clerk.page.contains("http-equiv=\"refresh\"") {
            return address;
        }
    }
    panic!("never read: {}", clerk.page);
}

/// Makes a provisional run; the fact of the field and what is said of it.
async fn run(office: &Office, department: &mut Browser) -> (FactRow, Vec<IssueRow>) {
    department.get(&to::department(CAMPAIGN, "dot-1")).await;
    let asked = department.post(&to::run(CAMPAIGN), &[("period", "dot-1")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", department.page);
    let job = asked.location().to_owned();
    for _ in 0..600 {
        department.get(&job).await;
        let begin = format!("/c/{CAMPAIGN}/releases/");
        let rest = department.page.split_once(&begin).map(|(_, rest)| rest).unwrap_or_default();
        let id = rest.split('/').next().unwrap_or_default();
        if !id.is_empty() {
            let site = office.portal.site(CAMPAIGN).expect("the campaign");
            let release = thidua_release::load(&office.portal.releases(&site).join(id)).expect("a release");
            let fact = release.rows::<FactRow>().into_iter().find(|it| &*it.unit == UNIT && &*it.field == FIELD);
            let mut issues = release.rows::<IssueRow>();
            issues.retain(|it| it.field.as_deref() == Some(FIELD) && it.unit.as_deref() == Some(UNIT));
            return (fact.expect("the fact"), issues);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("never made: {}", department.page);
}

/// The workbook with another number of workers.
fn changed(bytes: &[u8], old: i64) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changes = 0;
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its bytes");
        if name == "xl/worksheets/sheet1.xml" {
            let text = String::from_utf8(content).expect("UTF-8");
            // Whatever its style.
            let (before, rest) = text.split_once("r=\"D13\"").expect("the cell");
            let (head, rest) = rest.split_once("<v>").expect("its value");
            let cell = format!("r=\"D13\"{head}<v>{old}</v>");
            let new = format!("r=\"D13\"><v>{}</v>", old + 1);
            assert!(!before.is_empty() && rest.starts_with(&old.to_string()), "{cell}");
            changes += text.matches(&cell).count();
            content = text.replace(&cell, &new).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        to.start_file(name, options).expect("a part");
        to.write_all(&content).expect("memory");
    }
    assert_eq!(changes, 1, "the cell of the sample");
    to.finish().expect("memory").into_inner()
}

fn codes(issues: &[IssueRow]) -> Vec<&str> {
    issues.iter().map(|it| &*it.code).filter(|code| ["V150", "F046", "F047"].contains(code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_corrected_counted_shown_and_taken_back() {
    let office = Office::open().await;
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    let mut superior = office.signed_in("ldld-cu-mgar", Role::Superior, Some("ldld-cu-mgar")).await;
    let mut department = office.signed_in("cs-pl", Role::Department, None).await;
    let bytes = sample(OWN);
    let answer = send(&mut clerk, &bytes).await;
    let (before, issues) = run(&office, &mut department).await;
    assert_eq!((&*before.mark == "corrected", codes(&issues)), (false, Vec::new()));
    let old = before.value.expect("a value");

    // The department alone finds the way from the value to its correction.
    department.get(&answer).await;
    let begin = format!("/c/{CAMPAIGN}/units/{UNIT}/facts/dot-1/");
    let links: Vec<String> = department
        .page
        .split(&begin)
        .skip(1)
        .map(|rest| format!("{begin}{}", rest.split('"').next().unwrap_or_default()))
        .collect();
    let page = links.iter().find(|link| link.ends_with(&format!("/{FIELD}"))).expect("a link").clone();
    for other in [&mut clerk, &mut superior] {
        other.get(&answer).await;
        assert!(!other.page.contains(&begin), "{}", other.page);
        assert_eq!(other.get(&page).await.status, StatusCode::FORBIDDEN);
        other.get(&to::unit_home(CAMPAIGN, UNIT)).await;
        let tried = other.post(&page, &[("value", "1"), ("reason", "tự sửa")]).await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN);
        assert_eq!(other.get(&to::corrections(CAMPAIGN)).await.status, StatusCode::FORBIDDEN);
    }

    // What cannot be taken is asked for again.
    department.get(&page).await;
    assert!(department.page.contains(&before.cell.clone().expect("a cell").to_string()), "{}", department.page);
    for (value, reason, problem) in [
        ("khoảng 12", "x", "Chưa đọc được giá trị này"),
        (&*old.to_string(), "x", "Giá trị mới giống"),
        ("77", " ", "Xin ghi lý do"),
    ] {
        department.get(&page).await;
        let again = department.post(&page, &[("value", value), ("reason", reason)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        assert!(department.page.contains(problem) && department.page.contains(value), "{}", department.page);
    }
    department.get(&page).await;
    let reason = "gõ nhầm, \"đã hỏi lại\"; đơn vị xác nhận";
    let kept = department.post(&page, &[("value", "77"), ("reason", reason)]).await;
    assert_eq!((kept.status, kept.location()), (StatusCode::SEE_OTHER, &*answer), "{}", department.page);

    // The unit reads what was made of its value, by whom and why.
    clerk.get(&answer).await;
    assert!(clerk.page.contains("đã sửa thành 77 người bởi Tài khoản cs-pl"), "{}", clerk.page);
    assert!(clerk.page.contains("đơn vị xác nhận"), "{}", clerk.page);

    // A run counts it, at the same cell, with what stood there.
    let (after, issues) = run(&office, &mut department).await;
    assert_eq!((after.value, &*after.mark), (Some(77), "corrected"));
    assert_eq!((&after.file, &after.sheet, &after.cell), (&before.file, &before.sheet, &before.cell));
    assert_eq!(codes(&issues), ["V150"]);
    let told = &issues.iter().find(|it| &*it.code == "V150").expect("told").message_vi;
    assert!(told.contains("Tài khoản cs-pl") && told.contains(reason), "{told}");

    // Another version with another value is not corrected by what was said of this one.
    department.get(&to::corrections(CAMPAIGN)).await;
    assert!(department.page.contains("Đang áp dụng") && department.page.contains("77 người"), "{}", department.page);
    let newer = changed(&bytes, old);
    // The register of receipts tells seconds: of two versions of one second neither would count.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let second = send(&mut clerk, &newer).await;
    assert!(clerk.page.contains("không áp dụng: số đã khác"), "{}", clerk.page);
    let (third, issues) = run(&office, &mut department).await;
    assert_eq!((third.value, codes(&issues)), (Some(old + 1), vec!["F046"]));
    department.get(&to::corrections(CAMPAIGN)).await;
    assert!(department.page.contains("đơn vị đã gửi số khác"), "{}", department.page);

    // Taken back, it is said no more.
    department.get(&page).await;
    department.post(&page, &[("value", ""), ("reason", "chưa có căn cứ")]).await;
    let (out, issues) = run(&office, &mut department).await;
    assert_eq!((out.value, &*out.mark), (None, "taken_out"));
    assert_eq!(codes(&issues).len(), 2);
    for _ in 0..2 {
        department.get(&to::corrections(CAMPAIGN)).await;
        let begin = format!("/c/{CAMPAIGN}/corrections/");
        let id = department.page.split(&begin).nth(1).and_then(|rest| rest.split('/').next()).expect("one").to_owned();
        let path = to::withdraw(CAMPAIGN, &id);
        clerk.get(&second).await;
        assert_eq!(clerk.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(department.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(department.post(&path, &[]).await.status, StatusCode::CONFLICT, "taken back once");
    }
    let (last, issues) = run(&office, &mut department).await;
    assert_eq!((last.value, codes(&issues)), (Some(old + 1), Vec::new()));
    clerk.get(&second).await;
    assert!(!clerk.page.contains("không áp dụng: số đã khác"), "{}", clerk.page);
}
