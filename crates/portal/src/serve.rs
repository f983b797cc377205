//! The life of a portal: opens the store, starts the workers, and serves.

use crate::clock;
use crate::definitions::{OtherFolder, agree};
use crate::error::PortalError;
use crate::guard::guard;
use crate::jobs::work;
use crate::pages::accounts::code_until;
use crate::published::follow;
use crate::reading::READ;
use crate::router::router;
use crate::runs::RUN;
use crate::secrets::{Secret, activation_code};
use crate::state::{Portal, Shared};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thidua_server::{Mount, ServeOptions};
use thidua_sheets::ReaderCommand;
use thidua_store::{Actor, NewAccount, Options, Role, Store};
use tokio::task::JoinSet;

/// The login of the account that is made at the first start.
const FIRST: &str = "operator";
/// How often ended sessions and old counters are removed.
const SWEEP: Duration = Duration::from_secs(600);
const DAY: i64 = 24 * 3600 * 1_000_000;

/// What a portal serves and where it keeps things.
#[derive(Debug, Clone)]
pub struct PortalOptions {
    /// Folders of campaigns.
    pub campaigns: Vec<PathBuf>,
    /// The database, unless `database` is given, and the releases.
    pub data: PathBuf,
    /// `postgres://…`.
    pub database: Option<String>,
    /// The program that reads workbooks in child processes; `None` reads them in this process.
    pub reader: Option<ReaderCommand>,
    /// Cookies go over HTTPS alone.
    pub is_secure: bool,
    /// Most bytes of one file.
    pub file_bytes: usize,
    /// Files and forms with files that one account may send in a minute.
    pub upload_rate: NonZeroU32,
    /// How to reach the operator, for those who cannot sign in.
    pub contact: String,
    /// Proxies in front of this server: what they say of their client's address counts.
    pub proxies: Vec<IpAddr>,
}

/// The way in for the operator, told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAccount {
    pub login: String,
    pub code: String,
}

/// What the operator is told once the portal listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    pub address: SocketAddr,
    /// At the first start: the code with which the operator makes a password.
    pub first: Option<FirstAccount>,
    /// Folders that are not what counts: the definition that was applied goes on.
    pub others: Vec<OtherFolder>,
}

/// Serves until the process is told to stop. `on_listening` is called when connections are accepted.
///
/// # Errors
/// When it cannot start.
pub async fn serve(
    options: PortalOptions,
    mut serve: ServeOptions,
    on_listening: impl FnOnce(Started),
) -> Result<(), PortalError> {
    let made = |folder: &PathBuf| {
        std::fs::create_dir_all(folder).map_err(|source| PortalError::Folder { folder: folder.clone(), source })
    };
    made(&options.data)?;
    let store = match &options.database {
        Some(address) => Store::open(address, &Options::default()).await?,
        None => Store::open_file(&options.data.join("thidua.db"), &Options::default()).await?,
    };
    let portal: Shared = Arc::new(Portal::new(&options, store)?);
    let others = agree(&portal).await?;
    for site in portal.sites().values() {
        let folder = portal.releases(site);
        made(&folder)?;
        serve.releases.push(folder);
    }
    let first = first_account(&portal).await?;

    let mut tasks = JoinSet::new();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    for number in 0..workers {
        tasks.spawn(work(Arc::clone(&portal), format!("{}-{number}", std::process::id()), &[READ]));
    }
    // Files are read while a run goes on.
    tasks.spawn(work(Arc::clone(&portal), format!("{}-run", std::process::id()), &[RUN]));
    tasks.spawn(follow(Arc::clone(&portal)));
    tasks.spawn(sweep(Arc::clone(&portal)));
    let mount = Mount { router: router(&portal, options.is_secure), guard: guard(Arc::clone(&portal)) };
    thidua_server::serve(serve, Some(mount), |address| on_listening(Started { address, first, others })).await?;
    // A job that is under way comes back when its lease has run out.
    tasks.shutdown().await;
    Ok(())
}

/// Makes the operator's account when there is none at all.
async fn first_account(portal: &Shared) -> Result<Option<FirstAccount>, PortalError> {
    let Secret { clear, hash } = activation_code().ok_or(PortalError::Random)?;
    let new = NewAccount {
        login: FIRST.to_owned(),
        name: "Quản trị hệ thống".to_owned(),
        role: Role::Operator,
        unit: None,
        contact: None,
        activation: hash,
        activation_until: code_until(),
    };
    let made = portal.store.accounts().create_first(&new, &Actor::system(clock::now())).await?;
    Ok(made.map(|_| FirstAccount { login: FIRST.to_owned(), code: clear }))
}

/// Removes what has run out.
async fn sweep(portal: Shared) {
    loop {
        let now = clock::now();
        if let Err(error) = portal.store.sessions().sweep(now).await {
            tracing::warn!(%error, "ended sessions were not removed");
        }
        portal.uploads.retain_recent();
        if let Err(error) = portal.store.throttle().sweep(now - DAY).await {
            tracing::warn!(%error, "old counters were not removed");
        }
        tokio::time::sleep(SWEEP).await;
    }
}
