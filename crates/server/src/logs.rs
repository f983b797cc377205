//! Structured logs: one JSON object a line, on the standard error.
//!
//! A request leaves one line with its id, route, status, time, release, origin and the hash of its
//! operation: never the text of a query, its variables or an address. Answers from memory are told
//! at `debug`, since writing them down would cost more than giving them.

use std::io;
use std::panic::{self, PanicHookInfo};
use tracing::level_filters::LevelFilter;
use tracing::{Level, error};

/// How much is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    #[default]
    Info,
    Debug,
}

impl LogLevel {
    /// Reads `off`, `error`, `warn`, `info` or `debug`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_lowercase().as_str() {
            "off" => Self::Off,
            "error" => Self::Error,
            "warn" => Self::Warn,
            "info" => Self::Info,
            "debug" => Self::Debug,
            _ => return None,
        })
    }

    fn filter(self) -> LevelFilter {
        match self {
            Self::Off => LevelFilter::OFF,
            Self::Error => LevelFilter::from_level(Level::ERROR),
            Self::Warn => LevelFilter::from_level(Level::WARN),
            Self::Info => LevelFilter::from_level(Level::INFO),
            Self::Debug => LevelFilter::from_level(Level::DEBUG),
        }
    }
}

/// Sends logs, and the words of a panic, to the standard error. A second call changes nothing.
pub(crate) fn install(level: LogLevel) {
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_max_level(level.filter())
        .with_writer(io::stderr)
        .finish();
    if tracing::subscriber::set_global_default(subscriber).is_ok() && level != LogLevel::Off {
        panic::set_hook(Box::new(tell));
    }
}

/// Only where it happened: the words of a panic may hold what a client sent.
fn tell(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    error!(place, "panic");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_by_name() {
        assert_eq!(LogLevel::parse("WARN"), Some(LogLevel::Warn));
        assert_eq!(LogLevel::parse("loud"), None);
    }
}
