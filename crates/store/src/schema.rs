//! The schema and how a database gets to it.
//!
//! In:  the migrations of the folder `migrations`, in order; a connection for writing.
//! Out: a database with the newest schema this program knows, or an error and no change.
//!
//! Two servers that start at once are safe: each migrates inside a transaction that holds a lock,
//! and looks again at the version after it got the lock.

use crate::backend::Backend;
use crate::change::Quiet;
use crate::error::{Result, StoreError};
use crate::sql::{Link, Sql};
use futures_util::future::BoxFuture;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// Every migration ever released, oldest first; one that was released never changes.
const MIGRATIONS: &[&str] = &[include_str!("../migrations/0001_first.sql")];

/// The schema this program works with.
pub const NEWEST_SCHEMA: i64 = MIGRATIONS.len() as i64;

const VERSIONS: &str = "create table if not exists schema_versions (
  version bigint not null primary key,
  program text not null
)";

/// The number of the database's schema, 0 for an empty database.
pub(crate) async fn version(link: &mut dyn Link, backend: Backend, place: &str) -> Result<i64> {
    let tables = tables(link, backend).await?;
    if tables.iter().any(|table| table == "schema_versions") {
        let row = Sql::new("select coalesce(max(version), 0) as version from schema_versions").one(link).await?;
        return row.int("version");
    }
    if tables.is_empty() { Ok(0) } else { Err(StoreError::NotOurs { place: place.to_owned() }) }
}

/// The names of all tables, sorted.
pub(crate) async fn tables(link: &mut dyn Link, backend: Backend) -> Result<Vec<String>> {
    let sql = match backend {
        Backend::Sqlite => {
            "select name from sqlite_master where type = 'table' and name not like 'sqlite|_%' escape '|' order by name"
        }
        Backend::Postgres => {
            "select cast(tablename as text) as name from pg_catalog.pg_tables
             where schemaname = current_schema() order by tablename"
        }
    };
    Sql::new(sql).all(link).await?.iter().map(|row| row.text("name")).collect()
}

/// Brings the database to [`NEWEST_SCHEMA`]; gives the schema that was found.
#[inline(never)]
pub(crate) fn migrate<'a>(quiet: &'a mut Quiet, backend: Backend, place: &'a str) -> BoxFuture<'a, Result<i64>> {
    Box::pin(migrate_one_by_one(quiet, backend, place))
}

async fn migrate_one_by_one(quiet: &mut Quiet, backend: Backend, place: &str) -> Result<i64> {
    let found = version(quiet, backend, place).await?;
    refuse_newer(found)?;
    if found == NEWEST_SCHEMA {
        return Ok(found);
    }
    let failed = |version: i64| move |error: sqlx::Error| StoreError::Migrate { version, source: Box::new(error) };
    let mut transaction = quiet.connection.begin_with(backend.begin_write()).await.map_err(failed(found + 1))?;
    if backend == Backend::Postgres {
        // Any fixed number will do; it is ours as long as nobody else uses it in this database.
        let lock = "select pg_advisory_xact_lock(7208440719)";
        transaction.execute(lock).await.map_err(failed(found + 1))?;
    }
    transaction.execute(VERSIONS).await.map_err(failed(found + 1))?;
    let mut link = Within { connection: &mut transaction, doing: quiet.doing };
    let found = version(&mut link, backend, place).await?;
    refuse_newer(found)?;
    for (at, text) in MIGRATIONS.iter().enumerate() {
        let version = at as i64 + 1;
        if version <= found {
            continue;
        }
        sqlx::raw_sql(AssertSqlSafe(backend.spell(text)))
            .execute(&mut *link.connection)
            .await
            .map_err(failed(version))?;
        Sql::new("insert into schema_versions (version, program) values ($1, $2)")
            .int(version)
            .text(env!("CARGO_PKG_VERSION"))
            .run(&mut link)
            .await?;
    }
    transaction.commit().await.map_err(failed(NEWEST_SCHEMA))?;
    Ok(found)
}

fn refuse_newer(found: i64) -> Result<()> {
    if found > NEWEST_SCHEMA {
        return Err(StoreError::SchemaNewer { found, known: NEWEST_SCHEMA });
    }
    Ok(())
}

struct Within<'a> {
    connection: &'a mut sqlx::AnyConnection,
    doing: &'static str,
}

impl Link for Within<'_> {
    fn link(&mut self) -> (&mut sqlx::AnyConnection, &'static str) {
        (self.connection, self.doing)
    }
}
