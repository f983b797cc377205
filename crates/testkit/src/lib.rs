//! Sheets drawn as text tables, and what tests of several crates share.
//!
//! In:  drawings, texts.
//! Out: real `.xlsx` bytes; texts as old programs wrote them; a database of PostgreSQL.

mod draw;
mod old_text;
mod postgres;

pub use draw::draw;
pub use old_text::{question_marks, tcvn3, vni, without_plain_u};
pub use postgres::postgres;
