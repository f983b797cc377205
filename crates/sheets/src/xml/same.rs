//! Test: plain.
use std::cell::Cell;

thread_local! {
    static GENERAL_ONLY: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn is_general_only() -> bool {
    GENERAL_ONLY.get()
}
