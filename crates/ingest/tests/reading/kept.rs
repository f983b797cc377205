//! What was read is kept for the next run: the same as reading again, or not used at all.

use super::*;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use thidua_ingest::{Keep, Progress, read_folder};

const RECEIPTS: &str = "unit,document,period,file,received_at\ncs-hoa-ban,bao-cao,dot-1,a1.xlsx,2014-06-04 16:30\n";

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("a temporary folder");
}

/// Two reports, one of them with a mistake, and a file that is no workbook.
fn inbox() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "a1.xlsx", &draw(&form_1(GOOD)));
    write(folder.path(), "a2.xlsx", &draw(&form_1(&GOOD.replace("120  ", "12 con"))));
    write(folder.path(), "ghi-chu.docx", b"PK\x03\x04 no workbook");
    folder
}

/// What was understood, and how many files were not read again.
fn read_kept(inbox: &Path, keep: Option<&Keep>) -> (String, usize) {
    let (campaign, kept) = (small::campaign(), AtomicUsize::new(0));
    let options = IngestOptions { jobs: 2, keep: keep.cloned(), ..IngestOptions::default() };
    let count = |it: Progress| {
        kept.fetch_max(it.kept, Ordering::Relaxed);
    };
    let intake = ingest(&campaign, &read_folder(inbox).expect("listed"), &options, &count).expect("read");
    (format!("{}\n{:?}", shown_intake(&campaign, &intake), intake.books), kept.into_inner())
}

fn keep(folder: &Path) -> Keep {
    Keep { file: folder.join(".readings"), context: "this program".into(), is_fresh: false }
}

#[test]
fn what_has_not_changed_is_not_read_again_and_says_the_same() {
    let (inbox, out) = (inbox(), tempfile::tempdir().unwrap());
    let keep = keep(out.path());
    let plain = read_kept(inbox.path(), None);
    assert_eq!(read_kept(inbox.path(), Some(&keep)), plain);
    assert_eq!(read_kept(inbox.path(), Some(&keep)), (plain.0.clone(), 3), "a refusal is kept, too");
    let fresh = Keep { is_fresh: true, ..keep.clone() };
    assert_eq!(read_kept(inbox.path(), Some(&fresh)), plain);

    // One more report: it alone is read.
    write(inbox.path(), "a3.xlsx", &draw(&form_1(&GOOD.replace("120  ", "121  "))));
    let plain = read_kept(inbox.path(), None).0;
    assert_eq!(read_kept(inbox.path(), Some(&keep)), (plain.clone(), 3));
    assert_eq!(read_kept(inbox.path(), Some(&keep)), (plain, 4));
    let left: Vec<_> = std::fs::read_dir(out.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, [".readings"], "nothing else is left behind");
}

#[test]
fn what_a_reading_depends_on_is_part_of_it() {
    for (what, change, kept) in [
        (
            "other bytes",
            (|folder: &Path| write(folder, "a1.xlsx", &draw(&form_1(&GOOD.replace("45  ", "46  "))))) as fn(&Path),
            2,
        ),
        ("another name", |folder| std::fs::rename(folder.join("a1.xlsx"), folder.join("b1.xlsx")).unwrap(), 2),
        ("a receipt of it", |folder| write(folder, "received.csv", RECEIPTS.as_bytes()), 2),
        ("a file less", |folder| std::fs::remove_file(folder.join("a1.xlsx")).unwrap(), 2),
        ("nothing", |_| {}, 3),
    ] {
        let (inbox, out) = (inbox(), tempfile::tempdir().unwrap());
        let keep = keep(out.path());
        read_kept(inbox.path(), Some(&keep));
        change(inbox.path());
        let plain = read_kept(inbox.path(), None).0;
        assert_eq!(read_kept(inbox.path(), Some(&keep)), (plain, kept), "{what}");
    }
    let (inbox, out) = (inbox(), tempfile::tempdir().unwrap());
    let before = keep(out.path());
    let plain = read_kept(inbox.path(), Some(&before)).0;
    let newer = Keep { context: "a newer program".into(), ..before };
    assert_eq!(read_kept(inbox.path(), Some(&newer)), (plain, 0));
}

#[test]
fn a_damaged_file_of_readings_is_as_good_as_none() {
    let (inbox, out) = (inbox(), tempfile::tempdir().unwrap());
    let keep = keep(out.path());
    let plain = read_kept(inbox.path(), Some(&keep)).0;
    let whole = std::fs::read(&keep.file).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 60 + 1) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x55;
        for damaged in [&flipped[..], &whole[..at]] {
            std::fs::write(&keep.file, damaged).unwrap();
            let (shown, kept) = read_kept(inbox.path(), Some(&keep));
            assert_eq!(shown, plain, "byte {at}");
            assert!(kept < 3, "byte {at}: the damage is seen");
        }
    }
}
