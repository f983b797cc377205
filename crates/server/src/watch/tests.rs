//! A watched folder while requests run.

use super::*;
use crate::testing::Out;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn options(out: &Out) -> WatchOptions {
    WatchOptions {
        folders: vec![out.path().to_owned()],
        keep: 2,
        include_unpublished: false,
        every: Duration::from_millis(5),
    }
}

/// Waits until the current release of the main campaign is `id`.
fn wait_for(served: &Served, id: &str) {
    for _ in 0..2_000 {
        if served.now().library.current(None).is_some_and(|shelf| **shelf.id() == *id) {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("{id} is not served");
}

#[test]
fn readers_always_find_a_release_while_new_ones_come() {
    let out = Out::new();
    let (served, _watcher) = start(&options(&out)).unwrap();
    assert!(!served.now().is_ready());
    let first = out.published(101, 1);
    wait_for(&served, &first);

    let stop = AtomicBool::new(false);
    let reads = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    // One request: it sees one set of releases, complete, to its end.
                    let now = served.now();
                    assert!(now.is_ready());
                    let shelf = now.library.current(None).expect("a release is served at any moment");
                    let rows: usize = shelf.opened().tables().map(|table| table.rows()).sum();
                    assert!(rows > 0);
                    assert!(now.release(shelf.id()).is_some_and(|release| release.is_current));
                    reads.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                }
            });
        }
        for day in 2..6 {
            let id = out.published(100 + day as u32, day);
            wait_for(&served, &id);
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(reads.load(Ordering::Relaxed) > 0);
    let now = served.now();
    assert_eq!(now.releases.len(), 5);
    assert_eq!(now.releases.iter().filter(|it| it.shelf.is_some()).count(), 2);
    assert!(now.bytes() > 0 && now.troubles.is_empty(), "{:?}", now.troubles);
    assert_eq!((now.opened, now.failed), (5, 0));
}

#[test]
fn a_damaged_release_never_takes_the_place_of_a_sound_one() {
    let out = Out::new();
    let first = out.published(101, 1);
    let (served, _watcher) = start(&options(&out)).unwrap();
    wait_for(&served, &first);
    let second = out.make(102, 2);
    // Published while it was sound, and damaged before it was read.
    let table = out.path().join(&second).join("tables/facts.parquet");
    let sound = std::fs::read(&table).unwrap();
    let mut bytes = sound.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&table, bytes).unwrap();
    let line = format!("{{\"at\":\"2015-12-02T08:30:00\",\"event\":\"published\",\"release\":\"{second}\"}}\n");
    let journal = out.path().join("journal.jsonl");
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, text + &line).unwrap();
    for _ in 0..2_000 {
        if !served.now().troubles.is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    let now = served.now();
    let told = now.troubles.first().expect("the damage is told");
    assert_eq!(told.release.as_deref(), Some(second.as_str()));
    assert!(told.problem.contains("facts.parquet"), "{}", told.problem);
    assert!(now.library.current(None).is_some_and(|shelf| **shelf.id() == *first));
    // Mended, it is served without anybody asking.
    std::fs::write(&table, sound).unwrap();
    wait_for(&served, &second);
    assert!(served.now().troubles.is_empty());
}

#[test]
fn the_thread_ends_with_its_watcher() {
    let out = Out::new();
    let (served, watcher) = start(&options(&out)).unwrap();
    let id = out.published(101, 1);
    wait_for(&served, &id);
    drop(watcher);
    // The thread holds the other count of it.
    for _ in 0..2_000 {
        if Arc::strong_count(&served) == 1 {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the thread still runs");
}
