//! Reads files in child processes: what no check foresees ends a child, never the run.
//!
//! In:  the bytes of a file, and a command that calls [`serve_child`].
//! Out: the same book or refusal as [`crate::read`] gives; [`crate::Refusal::Stopped`] when the
//!      child dies, needs too much memory, takes too long or answers rubbish. Other work on hostile
//!      bytes ([`Pool::work`]) goes the same way: the child brings what is to be done.

mod codec;
mod frame;
mod pool;
mod serve;

pub use pool::{Bounds, Pool, ReaderCommand};
pub use serve::{serve_child, serve_child_and, serve_child_with};
