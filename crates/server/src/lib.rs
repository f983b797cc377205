//! HTTP over releases.

mod explorer;
mod exports;
#[cfg(test)]
mod testing;
mod watch;
