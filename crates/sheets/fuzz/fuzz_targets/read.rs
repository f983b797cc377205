//! Any bytes are read or refused: no panic, no abort, no hang. The whole in-process reader, behind
//! its checks.
//!
//! `cargo fuzz run read -- -max_len=65536 -timeout=10 -rss_limit_mb=1024`
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua_sheets::{Limits, Refusal, read};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { cells: 20_000, strings: 20_000, ..Limits::default() };
    if let Err(refusal @ Refusal::Stopped { .. }) = read(bytes, &limits) {
        panic!("{refusal}");
    }
});
