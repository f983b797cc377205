//! Signing in: what opens, and what does not.

use crate::clock;
use crate::testing::{Office, PASSWORD, PROXY};
use axum::http::{StatusCode, header};
use thidua_pages::routes as to;
use thidua_store::{AuditFilter, Role};

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let office = Office::open().await;
    office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let mut browser = office.browser();
    let home = to::unit_home("dak-lak-2014", "cs-ea-kpam");
    let answer = browser.get(&home).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = browser.follow(&answer).await;
    assert_eq!(answer.status, StatusCode::OK);
    let wrong =
        browser.post(&to::sign_in(), &[("login", "cs-ea-kpam"), ("password", "không phải"), ("next", &home)]).await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(browser.page.contains(&home) && !browser.page.contains("không phải"), "{}", browser.page);
    let right =
        browser.post(&to::sign_in(), &[("login", "CS-EA-KPAM "), ("password", PASSWORD), ("next", &home)]).await;
    assert_eq!((right.status, right.location()), (StatusCode::SEE_OTHER, home.as_str()));
    assert_eq!(browser.follow(&right).await.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_are_for_one_person_and_for_this_site_alone() {
    let office = Office::open().await;
    let mut browser = office.browser();
    let answer = browser.get(&to::sign_in()).await;
    let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY).expect("a policy").to_str().expect("text");
    assert!(policy.starts_with("default-src 'self'"), "{policy}");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn a_form_that_came_from_elsewhere_does_nothing() {
    let office = Office::open().await;
    let mut browser = office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    browser.get(&to::password()).await;
    let fields = [("current", PASSWORD), ("password", "một mật khẩu khác"), ("again", "một mật khẩu khác")];
    for token in ["", "0000", &"0".repeat(64)] {
        let answer = browser.post_with(&to::password(), token, &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{token}");
    }
    browser.get(&to::password()).await;
    assert_eq!(browser.post(&to::password(), &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_and_a_new_session_leave_nothing_of_the_old_one() {
    let office = Office::open().await;
    let mut browser = office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let home = to::unit_home("dak-lak-2014", "cs-ea-kpam");
    assert_eq!(browser.get(&home).await.status, StatusCode::OK);
    browser.post(&to::sign_out(), &[]).await;
    assert_eq!(browser.get(&home).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn passwords_are_not_tried_for_ever() {
    let office = Office::open().await;
    office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let mut browser = office.browser();
    browser.get(&to::sign_in()).await;
    for _ in 0..8 {
        browser.post(&to::sign_in(), &[("login", "cs-ea-kpam"), ("password", "đoán mò")]).await;
    }
    // Even the right one has to wait now.
    let answer = browser.post(&to::sign_in(), &[("login", "cs-ea-kpam"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(browser.page.contains("15 phút"), "{}", browser.page);
}

#[tokio::test]
async fn a_code_makes_one_password_and_no_second() {
    let office = Office::open().await;
    let code = office.invite("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let mut browser = office.browser();
    browser.get(&to::activate()).await;
    let with = |password: &'static str| [("login", "cs-ea-kpam"), ("password", password), ("again", password)];
    for (password, expected) in [("ngắn", StatusCode::OK), (PASSWORD, StatusCode::SEE_OTHER)] {
        let mut fields = with(password).to_vec();
        fields.push(("code", &code));
        assert_eq!(browser.post(&to::activate(), &fields).await.status, expected, "{password}");
    }
    let mut other = office.browser();
    other.get(&to::activate()).await;
    let mut fields = with("mật khẩu của kẻ khác").to_vec();
    fields.push(("code", &code));
    assert_eq!(other.post(&to::activate(), &fields).await.status, StatusCode::OK);
    assert_eq!(other.get(&to::home()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn clerks_behind_a_proxy_are_told_apart_and_nobody_chooses_an_address() {
    let office = Office::open().await;
    office.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let elsewhere = "10.0.0.9".parse().expect("an address");
    for blocked in ["203.0.113.7", "10.0.0.9"] {
        for _ in 0..60 {
            let name = format!("address:{blocked}");
            office.portal.store.throttle().hit(&name, 1_000_000_000, clock::now()).await.expect("a counter");
        }
    }
    for (peer, client, is_let_in) in [
        (PROXY, "203.0.113.8", true),
        (PROXY, "203.0.113.7", false),
        (PROXY, "203.0.113.8, 203.0.113.7", false), // the first was written by the client
        (elsewhere, "203.0.113.8", false),          // no proxy of ours
    ] {
        let mut browser = office.browser().through(peer, client);
        browser.get(&to::sign_in()).await;
        let answer = browser.post(&to::sign_in(), &[("login", "cs-ea-kpam"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, is_let_in, "{peer} {client}: {}", browser.page);
    }
    let lines = office.portal.store.audit().page(&AuditFilter::default()).await.expect("the audit log");
    let addresses: Vec<&str> = lines.iter().filter_map(|line| line.address.as_deref()).collect();
    assert!(addresses.contains(&"203.0.113.8"), "{addresses:?}");
    assert!(!addresses.contains(&"203.0.113.7") && !addresses.contains(&"10.0.0.1"), "{addresses:?}");
}
