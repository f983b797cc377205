//! What goes on around the reports: questions, documents, more time, tokens, accounts.

use crate::testing::{CAMPAIGN, Office, PASSWORD};
use axum::http::StatusCode;
use thidua_pages::routes as to;
use thidua_store::Role;

const UNIT: &str = "cs-ea-kpam";

#[tokio::test]
async fn an_objection_is_asked_answered_and_decided_and_nobody_else_reads_it() {
    let office = Office::open().await;
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    let mut other = office.signed_in("cs-th-ho-xanh", Role::Unit, Some("cs-th-ho-xanh")).await;
    let mut department = office.signed_in("cs-pl", Role::Department, None).await;
    let page = to::objections(CAMPAIGN, UNIT);
    clerk.get(&page).await;
    let empty = clerk.post(&page, &[("period", "dot-1"), ("about", "CT01"), ("text", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields =
        [("period", "dot-1"), ("about", "CT01"), ("cell", "Phụ lục › D12"), ("text", "Đếm thiếu <b>12</b> người")];
    let asked = clerk.post(&page, &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", clerk.page);
    let thread = asked.location().to_owned();
    clerk.get(&thread).await;
    assert!(clerk.page.contains("Phụ lục › D12") && clerk.page.contains("CT01"), "{}", clerk.page);
    assert!(!clerk.page.contains("<b>12</b>"), "{}", clerk.page);
    assert_eq!(other.get(&thread).await.status, StatusCode::FORBIDDEN);
    department.get(&to::all_objections(CAMPAIGN)).await;
    assert!(department.page.contains(&thread), "{}", department.page);
    let id = thread.rsplit('/').next().expect("an id").to_owned();
    // A clerk does not decide.
    clerk.get(&thread).await;
    let decided = clerk.post(&to::decide(CAMPAIGN, &id), &[("outcome", "upheld"), ("text", "tự xử")]).await;
    assert_eq!(decided.status, StatusCode::FORBIDDEN);
    department.get(&thread).await;
    let decided = department.post(&to::decide(CAMPAIGN, &id), &[("outcome", "upheld"), ("text", "Đúng, sẽ sửa")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER);
    clerk.get(&thread).await;
    assert!(clerk.page.contains("Đúng, sẽ sửa"), "{}", clerk.page);
}

#[tokio::test]
async fn documents_are_kept_as_they_came_and_nothing_else_is_taken() {
    let office = Office::open().await;
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    let mut other = office.signed_in("cs-th-ho-xanh", Role::Unit, Some("cs-th-ho-xanh")).await;
    let page = to::attachments(CAMPAIGN, UNIT);
    clerk.get(&page).await;
    let fields = [("period", "dang-ky"), ("kind", "plan")];
    let wrong = clerk.upload(&page, &fields, &[("ke-hoach.pdf", b"MZ not a document")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.get(&page).await;
    let pdf = "%PDF-1.4\nkế hoạch".as_bytes().to_vec();
    let kept = clerk.upload(&page, &fields, &[("Kế hoạch 2014.pdf", &pdf)]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", clerk.page);
    clerk.get(&page).await;
    assert!(clerk.page.contains("Kế hoạch 2014.pdf"), "{}", clerk.page);
    let before = format!("/c/{CAMPAIGN}/attachments/");
    let id = clerk.page.split(&before).nth(1).unwrap_or_default().split('"').next().unwrap_or_default().to_owned();
    let bytes = clerk.get(&to::attachment(CAMPAIGN, &id)).await.bytes;
    assert_eq!(bytes, pdf);
    assert_eq!(other.get(&to::attachment(CAMPAIGN, &id)).await.status, StatusCode::FORBIDDEN);
    // Everything of the unit goes out as one archive.
    let archive = clerk.get(&to::unit_export(CAMPAIGN, UNIT)).await;
    assert!(archive.bytes.windows(pdf.len()).any(|window| window == pdf), "the document is not in the archive");
}

#[tokio::test]
async fn a_superior_gives_more_time_and_gets_the_list_of_those_to_be_reminded() {
    let office = Office::open().await;
    let mut superior = office.signed_in("ldld-cu-mgar", Role::Superior, Some("ldld-cu-mgar")).await;
    let page = to::extend(CAMPAIGN, UNIT, "dot-1");
    for (until, reason, expected) in [
        ("hôm sau", "ốm", StatusCode::UNPROCESSABLE_ENTITY),
        ("2014-01-01T08:00", "ốm", StatusCode::UNPROCESSABLE_ENTITY),
        ("2199-06-12T17:00", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("2199-06-12T17:00", "Kế toán ốm", StatusCode::SEE_OTHER),
    ] {
        superior.get(&page).await;
        let answer = superior.post(&page, &[("until", until), ("reason", reason)]).await;
        assert_eq!(answer.status, expected, "{until} {reason}");
    }
    superior.get(&to::tracking(CAMPAIGN, "ldld-cu-mgar", "dot-1")).await;
    assert!(superior.page.contains("12/06/2199"), "{}", superior.page);
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await;
    assert!(clerk.page.contains("12/06/2199") && clerk.page.contains("Kế toán ốm"), "{}", clerk.page);
    let list = superior.get(&to::reminders(CAMPAIGN, "ldld-cu-mgar", "dot-1")).await;
    assert!(list.bytes.starts_with(b"PK"));
    let own = clerk.get(&to::reminders(CAMPAIGN, UNIT, "dot-1")).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_is_shown_once_and_revoked_for_good() {
    let office = Office::open().await;
    let mut analyst = office.signed_in("phan-tich", Role::Analyst, None).await;
    analyst.get(&to::tokens()).await;
    let none = analyst.post(&to::tokens(), &[("name", ""), ("days", "30")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = analyst.post(&to::tokens(), &[("name", "báo cáo quý"), ("days", "30")]).await;
    assert_eq!(made.status, StatusCode::OK);
    let is_token = |word: &&str| word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let csrf = analyst.token();
    let words = analyst.page.split(|c: char| !c.is_ascii_alphanumeric());
    let token = words.filter(is_token).find(|word| *word != csrf).expect("a token").to_owned();
    let hash = thidua_store::digest_of(token.as_bytes()).into();
    let valid =
        async || office.portal.store.tokens().valid(&hash, crate::clock::now()).await.expect("a store").is_some();
    assert!(valid().await);
    analyst.get(&to::tokens()).await;
    assert!(!analyst.page.contains(&token), "a token is shown again");
    let id = analyst.page.split("/tokens/").nth(1).unwrap_or_default().split('/').next().unwrap_or_default().to_owned();
    let revoked = analyst.post(&to::revoke(&id), &[]).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER, "{}", analyst.page);
    assert!(!valid().await);
}

#[tokio::test]
async fn the_last_operator_stays_and_a_disabled_account_is_out_at_once() {
    let office = Office::open().await;
    let mut operator = office.signed_in("quan-tri", Role::Operator, None).await;
    let mut clerk = office.signed_in(UNIT, Role::Unit, Some(UNIT)).await;
    let id = async |login: &str| {
        let found = office.portal.store.accounts().by_login(login).await.expect("a store");
        found.expect("an account").id.to_string()
    };
    let (own, unit) = (id("quan-tri").await, id(UNIT).await);
    operator.get(&to::account(&own)).await;
    operator.post(&to::disable(&own), &[]).await;
    assert_eq!(operator.get(&to::accounts()).await.status, StatusCode::OK);
    operator.get(&to::account(&unit)).await;
    assert_eq!(operator.post(&to::disable(&unit), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await.status, StatusCode::SEE_OTHER);
    clerk.get(&to::sign_in()).await;
    clerk.post(&to::sign_in(), &[("login", UNIT), ("password", PASSWORD)]).await;
    assert_eq!(clerk.get(&to::unit_home(CAMPAIGN, UNIT)).await.status, StatusCode::SEE_OTHER);
    for page in [to::audit(), to::jobs(), to::health(), to::deadlines(CAMPAIGN), to::all_tokens()] {
        assert_eq!(operator.get(&page).await.status, StatusCode::OK, "{page}");
    }
    operator.get(&to::audit()).await;
    assert!(operator.page.contains("account.disabled"), "{}", operator.page);
}
