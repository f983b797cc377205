//! `thidua serve`.

use crate::args::{Level, Serve};
use crate::exit::Usage;
use crate::print::print;
use crate::words::{Step, unserved};
use anyhow::Context;
use std::env;
use std::time::Duration;
use thidua_server::{LogLevel, ServeOptions};

/// Where the level of the log is read from when no option gives it.
const LOG: &str = "THIDUA_LOG";

/// For threads to end after the server has.
const LEFT: Duration = Duration::from_secs(1);

pub(crate) fn serve(args: &Serve) -> anyhow::Result<()> {
    let options = ServeOptions {
        releases: args.releases.clone(),
        listen: args.listen,
        include_unpublished: args.include_unpublished,
        keep: args.keep.into(),
        cache_bytes: (args.cache as usize) << 20,
        connections: args.connections as usize,
        requests: args.requests as usize,
        allow_origin: args.allow_origin.clone(),
        log: level(args.log)?,
        ..ServeOptions::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.with_context(|| Step("không khởi động được máy chủ".to_owned()))?;
    let served = runtime.block_on(thidua_server::serve(options, |address| {
        // A closed output is no reason to end a server.
        let _ = print(&format!("listening on http://{address}\n"));
    }));
    // A query that is still executed has nobody to answer any more.
    runtime.shutdown_timeout(LEFT);
    served.map_err(|error| {
        let step = unserved(&error);
        anyhow::Error::new(error).context(step)
    })
}

fn level(option: Option<Level>) -> anyhow::Result<LogLevel> {
    Ok(match option {
        Some(Level::Off) => LogLevel::Off,
        Some(Level::Error) => LogLevel::Error,
        Some(Level::Warn) => LogLevel::Warn,
        Some(Level::Info) => LogLevel::Info,
        Some(Level::Debug) => LogLevel::Debug,
        None => match env::var(LOG) {
            Ok(text) => {
                LogLevel::parse(&text).ok_or_else(|| Usage(format!("{LOG}={text}: off, error, warn, info, debug")))?
            }
            Err(_) => LogLevel::default(),
        },
    })
}
