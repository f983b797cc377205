//! Odd and hostile files, each named by what is odd in it, with what must come of it.
//!
//! Made on the fly, so that nobody has to open a binary file to see what is in it.

mod agree;
mod containers;
mod damage;
mod formats;
mod make;
mod old;
mod open_document;
mod show;
mod worksheets;

/// Checks every case, so that one run shows all that is different.
#[track_caller]
fn check(cases: Vec<(&str, Vec<u8>, &str)>) {
    let mut wrong = String::new();
    for (name, bytes, expected) in &cases {
        let shown = show::shown(bytes);
        if shown != *expected {
            wrong.push_str(&format!("\n{name}\n  expected {expected}\n  is       {shown}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
