//! Two servers on one database.

use crate::testing::{CAMPAIGN, Office, sample};
use axum::http::StatusCode;
use std::time::Duration;
use thidua_pages::routes as to;
use thidua_release::journal;
use thidua_store::Role;

const OWN: &str = "dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx";

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_takes_in_the_other_reads_shows_and_publishes() {
    share(Office::without_workers().await).await;
}

/// The same on PostgreSQL, where servers stand on several machines.
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_share_a_postgresql() {
    if let Some(address) = thidua_testkit::postgres().expect("a cluster") {
        share(Office::without_workers_on(address).await).await;
    }
}

async fn share(first: Office) {
    let second = first.beside().await;
    let mut clerk = first.signed_in("cs-ea-kpam", Role::Unit, Some("cs-ea-kpam")).await;
    let home = to::unit_home(CAMPAIGN, "cs-ea-kpam");
    clerk.get(&home).await;
    let path = to::upload(CAMPAIGN, "cs-ea-kpam");
    let sent = clerk.upload(&path, &[("period", "dot-1")], &[("a.xlsx", &sample(OWN))]).await;
    let answer = sent.location().to_owned();
    for _ in 0..40 {
        clerk.get(&answer).await;
        if clerk.page.contains("Được nhận") {
            break;
        }
    }
    assert!(clerk.page.contains("Được nhận"), "{}", clerk.page);

    // The session, made at the first, is known at the second.
    let mut there = second.browser();
    there.take_session(&clerk);
    assert_eq!(there.get(&answer).await.status, StatusCode::OK);
    assert!(there.page.contains("Được nhận"), "{}", there.page);

    // A run and its publication at the second are served by the first.
    let mut board = second.signed_in("btv", Role::Board, None).await;
    board.get(&to::publish(CAMPAIGN, "dot-1")).await;
    let run = board.post(&to::run(CAMPAIGN), &[("period", "dot-1")]).await;
    let told = board.get(&format!("{}/events", run.location())).await;
    assert!(String::from_utf8_lossy(&told.bytes).contains("event: done"));
    board.get(&to::publish(CAMPAIGN, "dot-1")).await;
    let release = board.page.split("name=\"run\" value=\"").nth(1).unwrap_or_default();
    let release = release.split('"').next().unwrap_or_default().to_owned();
    let fields = [("run", release.as_str()), ("confirm", "yes")];
    let published = board.post(&to::publish(CAMPAIGN, "dot-1"), &fields).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", board.page);
    for office in [&first, &second] {
        let out = office.portal.releases(&office.portal.sites()[CAMPAIGN]);
        let mut current = None;
        for _ in 0..200 {
            current = journal::current(&out).expect("a journal");
            if current.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(current.as_deref(), Some(release.as_str()));
        assert!(thidua_release::load(&out.join(&release)).is_ok());
    }
}
