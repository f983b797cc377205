//! The server is killed while files come in: none that was acknowledged is lost, none is there in
//! part.

use crate::client::{CAMPAIGN, Portal, code_of, top};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use thidua_store::{Options, Store, Units, UploadFilter, UploadId};

/// Files that are sent in all; the server is killed after each of these many.
const FILES: usize = 1_000;
const KILLS: [usize; 4] = [37, 260, 611, 940];
const CLERKS: usize = 4;

#[test]
fn no_file_that_was_acknowledged_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut portal = Portal::start(folder.path());
    let mut operator = portal.operator();
    operator.get("/admin/accounts/from-register");
    operator.post("/admin/accounts/from-register", &[("campaign", CAMPAIGN)]);
    let code = code_of(&operator.page, "cs-ea-kpam");
    let clerk = portal.browser().activated("cs-ea-kpam", &code);
    let report = top("samples/dak-lak-2014/inbox/dot-1/Bao cao dot 1 - xa Ea Kpam.xlsx");
    let report = std::fs::read(report).expect("a report");

    let sent = Arc::new(AtomicUsize::new(0));
    let acknowledged: Arc<Mutex<Vec<(String, usize)>>> = Arc::default();
    for last in KILLS.into_iter().chain([FILES]) {
        let threads: Vec<_> = (0..CLERKS)
            .map(|_| {
                let (sent, acknowledged, report) = (Arc::clone(&sent), Arc::clone(&acknowledged), report.clone());
                let mut clerk = portal.reach(&clerk);
                std::thread::spawn(move || {
                    clerk.get(&format!("/c/{CAMPAIGN}/units/cs-ea-kpam"));
                    loop {
                        let number = sent.fetch_add(1, Ordering::SeqCst);
                        if number >= last {
                            return;
                        }
                        // Each file is another one, so that each has bytes of its own.
                        let mut bytes = report.clone();
                        bytes.extend(number.to_le_bytes());
                        let path = format!("/c/{CAMPAIGN}/units/cs-ea-kpam/uploads");
                        match clerk.try_upload(&path, &format!("{number}.xlsx"), &bytes) {
                            Ok(got) if got.status == 303 => {
                                let id = got.location.rsplit('/').next().unwrap_or_default().to_owned();
                                acknowledged.lock().expect("no panic").push((id, number));
                            }
                            Ok(got) => panic!("{}: {}", got.status, clerk.page),
                            // The server is gone.
                            Err(_) => return,
                        }
                    }
                })
            })
            .collect();
        if last < FILES {
            while sent.load(Ordering::SeqCst) < last {
                std::thread::yield_now();
            }
            portal.kill();
        }
        for thread in threads {
            thread.join().expect("a clerk");
        }
        if last < FILES {
            portal = Portal::start(folder.path());
            sent.store(last, Ordering::SeqCst);
        }
    }
    portal.kill();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open_file(&folder.path().join("thidua.db"), &Options::default()).await.expect("the store");
        let acknowledged = std::mem::take(&mut *acknowledged.lock().expect("no panic"));
        assert!(acknowledged.len() > FILES - KILLS.len() * CLERKS * 3, "{}", acknowledged.len());
        for (id, number) in &acknowledged {
            let bytes = store.uploads().bytes(&UploadId::from(id.as_str())).await.expect("kept");
            assert!(bytes.starts_with(&report) && bytes.ends_with(&number.to_le_bytes()), "{number}");
        }
        // What was not acknowledged is there as a whole, or not at all; and everything waits to be
        // read, is being read, or was.
        let filter = UploadFilter { campaign: CAMPAIGN, units: Units::All, period: None, after: None, limit: 5_000 };
        let all = store.uploads().list(&filter).await.expect("a list");
        let mut receipts = BTreeSet::new();
        for upload in &all {
            assert_eq!(store.uploads().bytes(&upload.id).await.expect("whole").len(), report.len() + 8);
            assert!(receipts.insert(upload.receipt.clone()));
        }
        let jobs: u64 = store.jobs().counts().await.expect("counts").into_iter().map(|(_, count)| count).sum();
        assert_eq!(jobs, all.len() as u64);
    });
}
