//! Opens a store: understands the address, connects, checks, migrates.

use crate::Store;
use crate::backend::{Address, Backend};
use crate::change::{Actor, Change, Quiet, Reader};
use crate::error::{Result, StoreError};
use crate::schema;
use crate::sql::Sql;
use futures_util::future::BoxFuture;
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The oldest PostgreSQL that is tested.
const OLDEST_POSTGRES: i64 = 15;

/// How a store uses its database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Connections at most; with SQLite, connections for reading (there is one for writing).
    pub connections: u32,
    /// How long a call waits for its turn before it gives up with [`StoreError::Busy`].
    pub wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { connections: 8, wait: Duration::from_secs(30) }
    }
}

pub(crate) struct Inner {
    pub(crate) address: Address,
    /// With SQLite one connection for everything that writes: whoever comes second waits in line
    /// here, in order, and never hears "database is locked" from a neighbour in this process.
    pub(crate) writer: AnyPool,
    pub(crate) readers: AnyPool,
}

impl Store {
    /// Opens the database of an address and brings it to the newest schema.
    ///
    /// # Errors
    /// [`StoreError::SchemaNewer`] when a newer program has been at work; [`StoreError::NotOurs`]
    /// for the database of another program; [`StoreError::Connect`] and others when it cannot be
    /// reached.
    pub async fn open(address: &str, options: &Options) -> Result<Self> {
        let store = Self::connect(Address::parse(address)?, options).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// The same with the file of a SQLite database; it is made when it is not there.
    pub async fn open_file(path: &Path, options: &Options) -> Result<Self> {
        let store = Self::connect(Address::file(path)?, options).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens the database of an address and leaves its schema as it is: for a backup before a newer
    /// program goes to work, and to say what a migration did. Everything else needs
    /// [`Store::migrate`] first.
    pub async fn open_as_it_is(address: &str, options: &Options) -> Result<Self> {
        Self::connect(Address::parse(address)?, options).await
    }

    /// The same with the file of a SQLite database; it is made when it is not there.
    pub async fn open_file_as_it_is(path: &Path, options: &Options) -> Result<Self> {
        Self::connect(Address::file(path)?, options).await
    }

    /// Brings the database to the newest schema, and tells which it had; does nothing when it has it.
    /// Opening does it too.
    pub async fn migrate(&self) -> Result<i64> {
        let mut quiet = self.quiet("bring the database to the newest schema").await?;
        schema::migrate(&mut quiet, self.backend(), &self.inner.address.place).await
    }

    /// The number of the database's schema.
    pub async fn schema_version(&self) -> Result<i64> {
        let mut reader = self.reader("read the number of the schema").await?;
        schema::version(&mut reader, self.backend(), &self.inner.address.place).await
    }

    /// A call that succeeds when the database can be reached and read.
    pub async fn ping(&self) -> Result<()> {
        let mut reader = self.reader("reach the database").await?;
        Sql::new("select count(*) as blobs from schema_versions").one(&mut reader).await.map(drop)
    }

    /// Which database is behind it.
    pub fn backend(&self) -> Backend {
        self.inner.address.backend
    }

    /// Where the database is, without its password.
    pub fn place(&self) -> &str {
        &self.inner.address.place
    }

    /// Closes all connections; what was under way ends first. With SQLite the write-ahead log is
    /// folded into the file.
    #[inline(never)]
    pub fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.inner.readers.close().await;
            self.inner.writer.close().await;
        })
    }

    #[inline(never)]
    fn connect(address: Address, options: &Options) -> BoxFuture<'_, Result<Self>> {
        Box::pin(connect(address, options))
    }

    async fn check_server(&self) -> Result<()> {
        let mut reader = self.reader("ask the server for its version").await?;
        let row = Sql::new(
            "select current_setting('server_version') as version,
                    cast(current_setting('server_version_num') as bigint) as number,
                    current_setting('server_encoding') as encoding",
        )
        .one(&mut reader)
        .await?;
        if row.int("number")? < OLDEST_POSTGRES * 10_000 {
            return Err(StoreError::ServerTooOld { found: row.text("version")?, need: OLDEST_POSTGRES });
        }
        let found = row.text("encoding")?;
        if found != "UTF8" {
            return Err(StoreError::NotUtf8 { found });
        }
        Ok(())
    }

    /// Begins a change.
    #[inline(never)]
    pub(crate) fn change<'a>(&'a self, doing: &'static str, actor: &'a Actor) -> BoxFuture<'a, Result<Change<'a>>> {
        Box::pin(async move {
            let backend = self.backend();
            let transaction = self.inner.writer.begin_with(backend.begin_write()).await;
            let transaction = transaction.map_err(|error| StoreError::from_sqlx(doing, error))?;
            Ok(Change { transaction, backend, actor, doing })
        })
    }

    #[inline(never)]
    pub(crate) fn reader(&self, doing: &'static str) -> BoxFuture<'_, Result<Reader>> {
        Box::pin(async move {
            let connection = self.inner.readers.acquire().await;
            Ok(Reader { connection: connection.map_err(|error| StoreError::from_sqlx(doing, error))?, doing })
        })
    }

    #[inline(never)]
    pub(crate) fn quiet(&self, doing: &'static str) -> BoxFuture<'_, Result<Quiet>> {
        Box::pin(async move {
            let connection = self.inner.writer.acquire().await;
            Ok(Quiet { connection: connection.map_err(|error| StoreError::from_sqlx(doing, error))?, doing })
        })
    }
}

async fn connect(address: Address, options: &Options) -> Result<Store> {
    sqlx::any::install_default_drivers();
    let refused = |error: sqlx::Error| StoreError::Connect { place: address.place.clone(), source: Box::new(error) };
    let inner = match address.backend {
        Backend::Sqlite => {
            prepare(&address, options).await?;
            let writer = sqlite(&address, options, 1, "").await.map_err(refused)?;
            let readers = sqlite(&address, options, options.connections.max(1), "pragma query_only = on;")
                .await
                .map_err(refused)?;
            Inner { writer, readers, address }
        }
        Backend::Postgres => {
            // A pool would go on trying for the whole of its waiting time, whatever the reason.
            AnyConnection::connect(&address.url).await.map_err(refused)?.close().await.map_err(refused)?;
            let pool = postgres(&address, options).await.map_err(refused)?;
            Inner { writer: pool.clone(), readers: pool, address }
        }
    };
    let store = Store { inner: Arc::new(inner) };
    if store.backend() == Backend::Postgres {
        store.check_server().await?;
    }
    Ok(store)
}

/// What every connection to a SQLite file is told. The busy time is for other processes on the same
/// file; `recursive_triggers` makes `insert or replace` meet the triggers of the audit log.
fn settings(options: &Options, more: &str) -> String {
    format!(
        "pragma busy_timeout = {}; pragma foreign_keys = on; pragma synchronous = full;
         pragma recursive_triggers = on; pragma trusted_schema = off; {more}",
        options.wait.as_millis()
    )
}

async fn sqlite(address: &Address, options: &Options, most: u32, more: &str) -> sqlx::Result<AnyPool> {
    let settings: Arc<str> = settings(options, more).into();
    AnyPoolOptions::new()
        .max_connections(most)
        .min_connections(1)
        .acquire_timeout(options.wait)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            let settings = Arc::clone(&settings);
            Box::pin(async move {
                connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(settings))).await?;
                Ok(())
            })
        })
        .connect(&address.url)
        .await
}

/// Makes the file when it is not there and switches it to write-ahead logging, which lasts for the
/// file's life. The switch needs the file alone for a moment and does not wait for others by itself,
/// so two servers that start at once take turns here. A connection of its own: a pool would try
/// again whatever is wrong with the file.
async fn prepare(address: &Address, options: &Options) -> Result<()> {
    const TRIES: u32 = 100;
    let refused = |source| StoreError::Connect { place: address.place.clone(), source };
    let mut connection = AnyConnection::connect(&address.url).await.map_err(|error| refused(Box::new(error)))?;
    let settings = settings(options, "pragma journal_mode = wal;");
    for left in (0..TRIES).rev() {
        let done = connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(settings.as_str()))).await;
        match done.map_err(|error| StoreError::from_sqlx("open the database file", error)) {
            Ok(_) => break,
            Err(StoreError::Busy { .. }) if left > 0 => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(StoreError::Broken { source, .. } | StoreError::Disk { source, .. }) => return Err(refused(source)),
            Err(other) => return Err(other),
        }
    }
    connection.close().await.map_err(|error| StoreError::from_sqlx("open the database file", error))
}

async fn postgres(address: &Address, options: &Options) -> sqlx::Result<AnyPool> {
    AnyPoolOptions::new()
        .max_connections(options.connections.max(2))
        .acquire_timeout(options.wait)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // What is acknowledged is on the disk, whatever the server's default is; a stricter
                // default (a standby that has it, too) stays.
                connection
                    .execute(
                        "select set_config('synchronous_commit', 'on', false)
                         where current_setting('synchronous_commit') = 'off'",
                    )
                    .await?;
                Ok(())
            })
        })
        .connect(&address.url)
        .await
}
