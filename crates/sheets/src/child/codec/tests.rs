//! What is encoded is decoded, and nothing else is.

use super::{GUESSES, LIMITS, answer, read_answer, request, request_head};
use crate::{Bounds, Limits, Refusal, read};
use proptest::prelude::*;
use thidua_model::issue::{FileDamage, ReaderEnd};

fn page() -> Vec<u8> {
    "<table><tr style='display:none'><td colspan=2>Số</td><td x:num='0.5'>50%</td><td>12</td></tr></table>".into()
}

#[test]
fn a_book_and_every_refusal_come_back_as_they_went() {
    let limits = Limits::default();
    let text = || "phần “x”".into();
    let mut all = vec![
        read(&page(), &limits),
        read(b"S\xF4\xEC;b\n1;-2\n", &limits),
        Err(Refusal::Encrypted),
        Err(Refusal::Stopped { how: ReaderEnd::Crashed }),
    ];
    all.extend(GUESSES.iter().map(|found| Err(Refusal::NotASpreadsheet { found: found.clone() })));
    all.extend(LIMITS.iter().map(|limit| Err(Refusal::Limit { limit: limit.clone(), found: u64::MAX, allowed: 0 })));
    let damages = [
        FileDamage::CutShort,
        FileDamage::PartMissing { part: text() },
        FileDamage::PartTwice { part: text() },
        FileDamage::PartOutside { part: text() },
        FileDamage::PartsOverlap,
        FileDamage::Unpacking { part: text() },
        FileDamage::Xml { part: text(), problem: text() },
        FileDamage::Directory,
        FileDamage::Record { part: text(), at: 300 },
        FileDamage::NoSheets,
    ];
    all.extend(damages.map(|problem| Err(Refusal::Damaged { problem })));
    for result in all {
        assert_eq!(read_answer(&answer(&result), &limits), Some(result));
    }
}

#[test]
fn an_answer_that_breaks_a_limit_is_none() {
    let answer = answer(&read(&page(), &Limits::default()));
    let limits = Limits::default();
    for (limits, is_taken) in [
        (limits, true),
        (Limits { cells: 2, ..limits }, false),
        (Limits { cols: 3, ..limits }, false),
        (Limits { sheets: 0, ..limits }, false),
        (Limits { text_chars: 1, ..limits }, false),
    ] {
        assert_eq!(read_answer(&answer, &limits).is_some(), is_taken);
    }
}

#[test]
fn a_request_comes_back_as_it_went() {
    let (limits, bounds) = (Limits { cells: 7, ..Limits::default() }, Bounds::default());
    let sent = [request_head(&limits, &bounds), b"file".to_vec()].concat();
    assert_eq!(request(&sent), Some((limits, bounds, &b"file"[..])));
    assert_eq!(request(&sent[..100]), None);
}

proptest! {
    #[test]
    fn changed_answers_are_no_answers_or_keep_every_promise(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let limits = Limits::default();
        let mut bytes = answer(&read(&page(), &limits));
        let place = at.index(bytes.len());
        bytes[place] = byte;
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Some(Ok(book)) = read_answer(bytes, &limits) {
                for sheet in &book.sheets {
                    prop_assert!(sheet.cells.is_sorted_by(|a, b| a.at < b.at));
                    prop_assert!(sheet.cells.iter().all(|cell| cell.at.row < limits.rows && cell.at.col < limits.cols));
                }
            }
        }
    }
}
