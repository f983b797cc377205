//! `thidua run` over the database of a portal.

use crate::client::{CAMPAIGN, Portal, code_of, top};
use crate::command::{ends, thidua};

#[test]
fn a_run_over_the_database_is_the_portals_own_provisional_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut portal = Portal::start(folder.path());
    let mut operator = portal.operator();
    let mut board = operator.with_account(&portal, "ban-thuong-vu", "board", "");
    operator.get("/admin/accounts/from-register");
    operator.post("/admin/accounts/from-register", &[("campaign", CAMPAIGN)]);
    for (unit, file) in
        [("cs-ea-kpam", "Bao cao dot 1 - xa Ea Kpam.xlsx"), ("cs-tan-loi", "phuong Tan Loi_BC 6 thang dau nam.xlsx")]
    {
        let mut clerk = portal.browser().activated(unit, &code_of(&operator.page, unit));
        let home = format!("/c/{CAMPAIGN}/units/{unit}");
        clerk.get(&home);
        let bytes = std::fs::read(top("samples/dak-lak-2014/inbox/dot-1").join(file)).expect("a report");
        let sent = clerk.try_upload(&format!("{home}/uploads"), file, &bytes).expect("an answer");
        let is_read = (0..100).any(|_| {
            clerk.get(&sent.location);
            !clerk.page.contains("http-equiv=\"refresh\"")
        });
        assert!(is_read && clerk.page.contains("Được nhận"), "{}", clerk.page);
    }
    let publish = format!("/c/{CAMPAIGN}/board/dot-1/publish");
    board.get(&publish);
    let run = board.post(&format!("/c/{CAMPAIGN}/runs"), &[("period", "dot-1")]);
    board.get(&format!("{}/events", run.location));
    board.get(&publish);
    let release = board.page.split("name=\"run\" value=\"").nth(1).unwrap_or_default();
    let release = release.split('"').next().unwrap_or_default();
    assert!(!release.is_empty(), "{}", board.page);

    let campaign = top("templates").join(CAMPAIGN);
    let out = folder.path().join("out");
    let period: [&dyn AsRef<std::ffi::OsStr>; 4] = [&"--period", &"dot-1", &"--format", &"json"];
    let data: [&dyn AsRef<std::ffi::OsStr>; 6] = [&"run", &campaign, &"--data", &folder.path(), &"--out", &out];
    // The portal goes on working meanwhile.
    let ran = thidua(&[&data[..], &period[..]].concat());
    ends(&ran, 0, &[release, "\"units_reported\":2"]);
    assert!(out.join(release).join("consolidated.xlsx").is_file());

    let inbox = folder.path();
    ends(&thidua(&[&data[..], &[&inbox]].concat()), 2, &["cannot be used with"]);
    ends(&thidua(&[&"run", &campaign, &"--out", &out]), 2, &["thiếu thư mục báo cáo"]);
}
