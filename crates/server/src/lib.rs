//! HTTP over releases.

mod explorer;
mod exports;
mod list_file;
#[cfg(test)]
mod testing;
mod watch;
