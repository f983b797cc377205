//! Sheets drawn as text tables, and what tests of several crates share.
//!
//! In:  drawings, the sample campaign.
//! Out: real `.xlsx` bytes and readable text.

mod draw;

pub use draw::draw;
