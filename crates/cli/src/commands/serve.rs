//! `thidua serve`.

use crate::args::{Level, Serve};
use crate::exit::Usage;
use crate::print::print;
use crate::words::{Step, unopened, unserved};
use anyhow::Context;
use std::env;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use thidua_portal::{FirstAccount, OtherFolder, PortalOptions};
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
    let served = match portal(args) {
        Some(portal) => runtime.block_on(async {
            let data = portal.data.clone();
            let served = thidua_portal::serve(portal, options, |started| {
                listening(started.address);
                if let Some(first) = &started.first {
                    let _ = print(&first_account(started.address, first));
                }
                for other in &started.others {
                    eprintln!("{}", other_folder(other, &data));
                }
            });
            served.await.map_err(|error| {
                let step = unopened(&error);
                anyhow::Error::new(error).context(step)
            })
        }),
        None => runtime.block_on(thidua_server::serve(options, None, listening)).map_err(|error| {
            let step = unserved(&error);
            anyhow::Error::new(error).context(step)
        }),
    };
    // A query that is still executed has nobody to answer any more.
    runtime.shutdown_timeout(LEFT);
    served
}

fn listening(address: SocketAddr) {
    // A closed output is no reason to end a server.
    let _ = print(&format!("listening on http://{address}\n"));
}

/// The portal that is asked for, if one is.
fn portal(args: &Serve) -> Option<PortalOptions> {
    let data = args.data.clone().filter(|_| !args.campaign.is_empty())?;
    Some(PortalOptions {
        campaigns: args.campaign.clone(),
        data,
        database: crate::database::address(args.database_url.as_ref()),
        reader: super::read_workbooks::reader(),
        is_secure: !args.plain_http,
        file_bytes: usize::from(args.file_limit) << 20,
        upload_rate: args.upload_rate,
        contact: args.contact.clone(),
        proxies: args.behind_proxy.clone(),
    })
}

/// Told once, at the first start: whoever reads this runs the portal.
fn first_account(address: SocketAddr, first: &FirstAccount) -> String {
    format!(
        "\nTài khoản quản trị đầu tiên (chỉ hiện một lần) · the first account, shown once\n  \
         http://{address}/activate?login={}&code={}\n  đăng nhập · login: {}\n  mã kích hoạt · activation code: {}\n\n",
        first.login, first.code, first.login, first.code
    )
}

/// The folder that was given is not the definition in use.
fn other_folder(other: &OtherFolder, data: &Path) -> String {
    format!(
        "Phong trào {}: thư mục {} khác định nghĩa đang dùng; cổng tiếp tục với định nghĩa đang dùng. \
         Xem khác gì, rồi áp dụng: thidua campaign apply {} --data {}\n\
         The folder differs from the definition in use, which goes on. Look at the differences and apply it as above.",
        other.campaign,
        other.folder.display(),
        other.folder.display(),
        data.display(),
    )
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
