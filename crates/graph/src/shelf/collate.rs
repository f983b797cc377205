//! Names in the order of Vietnamese dictionaries, worked out once when a release is loaded.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use thidua_release::open::Words;

/// For each word its rank; words that compare equal keep the order of their bytes.
pub(super) fn ranks(words: &Words) -> Vec<u32> {
    let mut order: Vec<u32> = (0..words.len() as u32).collect();
    match collator() {
        // Codes are in order of bytes, so a stable sort keeps that order among equals.
        Some(collator) => order.sort_by(|a, b| collator.compare(words.get(*a), words.get(*b))),
        None => return order,
    }
    let mut ranks = vec![0; order.len()];
    for (rank, code) in order.into_iter().enumerate() {
        ranks[code as usize] = rank as u32;
    }
    ranks
}

/// Compiled-in data, so it is always there.
fn collator() -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok()
}
