//! A consistent copy of a SQLite database while it goes on working.

use crate::Store;
use crate::backend::{Address, Backend};
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::random;
use futures_util::future::BoxFuture;
use serde_json::json;
use sqlx::{AnyConnection, Connection, Executor, Row};
use std::path::{Path, PathBuf};

const DOING: &str = "make a backup";

/// A copy that is not whole yet; removed with this.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when all went well; that it cannot be removed is not the news.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Store {
    /// Writes a copy of the database, as it is at one moment, into a new file: checked, on the disk
    /// and whole when this returns; under another name until then.
    ///
    /// # Errors
    /// [`StoreError::OnlySqlite`] for PostgreSQL, whose operators use `pg_dump`;
    /// [`StoreError::FileExists`]: a backup never replaces a file.
    pub async fn backup(&self, to: &Path, actor: &Actor) -> Result<()> {
        if self.backend() == Backend::Postgres {
            return Err(StoreError::OnlySqlite { what: "backup" });
        }
        let failed = |source| StoreError::Io { doing: "make the backup", path: to.to_owned(), source };
        let exists = || StoreError::FileExists { doing: "make a backup", path: to.to_owned() };
        if to.try_exists().map_err(failed)? {
            return Err(exists());
        }
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let part = to.with_file_name(format!(".{name}.{}.part", random::id()?));
        // Whatever is there when this ends early, by an error or because the caller gives up, is half a copy.
        let part = Part(part);
        let Part(part) = &part;
        self.copy_into(part).await?;
        std::fs::File::open(part).and_then(|file| file.sync_all()).map_err(failed)?;
        // A link, unlike a renaming, never replaces a file that came meanwhile.
        std::fs::hard_link(part, to).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => exists(),
            _ => failed(error),
        })?;
        std::fs::remove_file(part).map_err(failed)?;
        if let Some(folder) = std::path::absolute(to).map_err(failed)?.parent() {
            std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        let line = Line::new("store.backed-up", "store", "").detail(json!({ "file": to.display().to_string() }));
        self.audit().record(Line { id: None, ..line }, actor).await
    }

    #[inline(never)]
    fn copy_into<'a>(&'a self, part: &'a Path) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.copy_and_check(part))
    }

    async fn copy_and_check(&self, part: &Path) -> Result<()> {
        let sqlx = |error: sqlx::Error| StoreError::from_sqlx(DOING, error);
        // A connection of its own: those for reading may not write, not even a new file.
        let mut from = AnyConnection::connect(&self.inner.address.url).await.map_err(sqlx)?;
        let copied = sqlx::query("vacuum into $1").bind(part.display().to_string()).execute(&mut from).await;
        from.close().await.map_err(sqlx)?;
        copied.map_err(sqlx)?;
        let copy = Address::file(part)?;
        let mut copy = AnyConnection::connect(&copy.url).await.map_err(sqlx)?;
        let checked = copy.fetch_one("pragma quick_check(1)").await;
        copy.close().await.map_err(sqlx)?;
        let found: String = checked.and_then(|row| row.try_get(0)).map_err(sqlx)?;
        if found != "ok" {
            return Err(StoreError::Broken { doing: DOING, source: found.into() });
        }
        Ok(())
    }
}
