//! The database of a portal, as a command is told where it is.

use crate::args::Database;
use crate::clock;
use crate::exit::Usage;
use crate::words::{self, Step};
use anyhow::Context;
use std::env;
use std::future::Future;
use std::path::{Path, PathBuf};
use thidua_store::{Actor, Options, Store, StoreError};

/// Where a database is looked for when no option tells.
const ADDRESS: &str = "THIDUA_DATABASE_URL";
/// The database in the folder of a portal.
const FILE: &str = "thidua.db";
/// What the audit log shows in place of a network address.
const COMMAND_LINE: &str = "command line";

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    File(PathBuf),
    Address(String),
}

/// The database that options and environment name; an address goes before a folder, as in `serve`.
pub(crate) fn location(database: &Database) -> Result<Location, Usage> {
    match (address(database.database_url.as_ref()), &database.data) {
        (Some(address), _) => Ok(Location::Address(address)),
        (None, Some(data)) => Ok(Location::File(data.join(FILE))),
        (None, None) => {
            Err(Usage(format!("thiếu --data hoặc --database-url (hay {ADDRESS}) · which database? give one of these")))
        }
    }
}

/// The address that an option gives, else the environment. Not an option of its own with both: a server
/// without a portal needs no database, whatever the environment says.
pub(crate) fn address(option: Option<&String>) -> Option<String> {
    option.cloned().or_else(|| env::var(ADDRESS).ok().filter(|it| !it.is_empty()))
}

impl Location {
    /// Opens a database that must be there, with the newest schema.
    pub(crate) async fn open(&self) -> anyhow::Result<Store> {
        let store = self.open_as_it_is().await?;
        store.migrate().await.map_err(failed)?;
        Ok(store)
    }

    /// Opens a database that must be there, whatever its schema.
    pub(crate) async fn open_as_it_is(&self) -> anyhow::Result<Store> {
        if let Self::File(path) = self
            && !path.is_file()
        {
            return Err(Usage(format!("không có cơ sở dữ liệu {} · there is no such database", path.display())).into());
        }
        self.make_as_it_is().await
    }

    /// The same; a SQLite file that is not there is made.
    pub(crate) async fn make_as_it_is(&self) -> anyhow::Result<Store> {
        let options = Options::default();
        let store = match self {
            Self::File(path) => Store::open_file_as_it_is(path, &options).await,
            Self::Address(address) => Store::open_as_it_is(address, &options).await,
        };
        store.map_err(failed)
    }

    /// The file of a SQLite database that `--data` names and that is not there yet.
    pub(crate) fn missing_file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path.as_path()).filter(|path| !path.exists()),
            Self::Address(_) => None,
        }
    }
}

/// Whoever has the operator's shell.
pub(crate) fn operator() -> Actor {
    Actor { address: Some(COMMAND_LINE.to_owned()), ..Actor::system(clock::micros()) }
}

/// A failure of the store in the words of the office.
pub(crate) fn failed(error: StoreError) -> anyhow::Error {
    let step = words::store(&error);
    anyhow::Error::new(error).context(step)
}

/// Does it, unless the operator gives up meanwhile; then what was half done is removed.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.with_context(|| Step("không khởi động được chương trình".to_owned()))?;
    runtime.block_on(async {
        tokio::select! {
            done = work => done,
            told = tokio::signal::ctrl_c() => {
                told.with_context(|| Step("không nhận được tín hiệu dừng".to_owned()))?;
                Err(anyhow::Error::msg("đã dừng theo yêu cầu; không để lại gì dở dang · stopped, nothing is left half done"))
            }
        }
    })
}
