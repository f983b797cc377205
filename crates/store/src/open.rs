//! Opens a store: understands the address, connects, checks, migrates.

use crate::Store;
use crate::backend::{Address, Backend};
use crate::change::{Actor, Change, Quiet, Reader};
use crate::error::{Result, StoreError};
use crate::schema;
use crate::sql::Sql;
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Executor};
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

    /// Brings the database to the newest schema; does nothing when it has it. Opening does it too.
    pub async fn migrate(&self) -> Result<()> {
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
    pub async fn close(&self) {
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }

    async fn connect(address: Address, options: &Options) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let refused =
            |error: sqlx::Error| StoreError::Connect { place: address.place.clone(), source: Box::new(error) };
        let inner = match address.backend {
            Backend::Sqlite => {
                let writer = sqlite(&address, options, 1, "").await.map_err(refused)?;
                become_wal(&writer, &address).await?;
                let readers = sqlite(&address, options, options.connections.max(1), "pragma query_only = on;")
                    .await
                    .map_err(refused)?;
                Inner { writer, readers, address }
            }
            Backend::Postgres => {
                let pool = postgres(&address, options).await.map_err(refused)?;
                Inner { writer: pool.clone(), readers: pool, address }
            }
        };
        let store = Self { inner: Arc::new(inner) };
        if store.backend() == Backend::Postgres {
            store.check_server().await?;
        }
        Ok(store)
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
    pub(crate) async fn change<'a>(&self, doing: &'static str, actor: &'a Actor) -> Result<Change<'a>> {
        let backend = self.backend();
        let transaction = self.inner.writer.begin_with(backend.begin_write()).await;
        let transaction = transaction.map_err(|error| StoreError::from_sqlx(doing, error))?;
        Ok(Change { transaction, backend, actor, doing })
    }

    pub(crate) async fn reader(&self, doing: &'static str) -> Result<Reader> {
        let connection = self.inner.readers.acquire().await.map_err(|error| StoreError::from_sqlx(doing, error))?;
        Ok(Reader { connection, doing })
    }

    pub(crate) async fn quiet(&self, doing: &'static str) -> Result<Quiet> {
        let connection = self.inner.writer.acquire().await.map_err(|error| StoreError::from_sqlx(doing, error))?;
        Ok(Quiet { connection, doing })
    }
}

async fn sqlite(address: &Address, options: &Options, most: u32, more: &'static str) -> sqlx::Result<AnyPool> {
    // The busy time is for other processes on the same file. `recursive_triggers` makes
    // `insert or replace` meet the triggers of the audit log.
    let settings = format!(
        "pragma busy_timeout = {}; pragma foreign_keys = on; pragma synchronous = full;
         pragma recursive_triggers = on; pragma trusted_schema = off; {more}",
        options.wait.as_millis()
    );
    let settings: Arc<str> = settings.into();
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

/// Write-ahead logging lasts for the file's life. Switching to it needs the file alone for a moment
/// and does not wait for others by itself, so two servers that start at once take turns here.
async fn become_wal(writer: &AnyPool, address: &Address) -> Result<()> {
    const TRIES: u32 = 100;
    let failed = |error: sqlx::Error| match StoreError::from_sqlx("open the database file", error) {
        StoreError::Broken { source, .. } => StoreError::Connect { place: address.place.clone(), source },
        other => other,
    };
    for left in (0..TRIES).rev() {
        match writer.execute("pragma journal_mode = wal").await {
            Ok(_) => return Ok(()),
            Err(error) => match failed(error) {
                StoreError::Busy { .. } if left > 0 => tokio::time::sleep(Duration::from_millis(50)).await,
                other => return Err(other),
            },
        }
    }
    Ok(())
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
