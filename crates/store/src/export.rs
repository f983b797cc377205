//! A copy of everything in a form that both databases read: `export`; all about one unit:
//! `export_unit`.
//!
//! In:  the database at one moment, while it goes on working.
//! Out: a tar: `thidua-store.json` (format and schema), `blobs/<digest>`, `rows/<table>/<part>.jsonl`
//!      with a JSON object a line, `end.json` with the counts, by which a whole export is known.
//!
//! An export holds the hashes of passwords and tokens: guard it as the database. What a unit is
//! given holds none.

use crate::Store;
use crate::archive::ArchiveWriter;
use crate::blobs;
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::random::hex;
use crate::schema::NEWEST_SCHEMA;
use crate::sql::{Link, Row, Sql};
use crate::tables::{SECRETS, TABLES, Table};
use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sqlx::{Any, AnyConnection, Transaction};
use std::io::Write;

/// The form of the archive; a changed form gets a new number.
pub(crate) const FORMAT: i64 = 1;
/// Rows are gathered up to about so many bytes in one entry.
const ROWS: usize = 4 << 20;

/// What an export or restore moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    pub rows: u64,
    pub files: u64,
    /// Of the files.
    pub bytes: u64,
}

/// One moment of the whole database.
struct Snapshot {
    transaction: Transaction<'static, Any>,
    doing: &'static str,
}

impl Link for Snapshot {
    fn link(&mut self) -> (&mut AnyConnection, &'static str) {
        (&mut *self.transaction, self.doing)
    }
}

impl Store {
    /// Writes everything that is kept to `to`, as it is at one moment; work goes on meanwhile.
    /// Two exports of the same content are the same bytes.
    ///
    /// # Errors
    /// [`StoreError::BrokenBlob`] when a kept file is broken: better no copy than a broken one.
    pub async fn export(&self, to: impl Write + Send + 'static, actor: &Actor) -> Result<Moved> {
        self.export_boxed(Box::new(to), actor).await
    }

    /// Writes everything kept about one unit to `to`: the rows as JSON below `rows/`, the files as
    /// they came below `files/`. Without hashes, sessions and what concerns other units.
    pub async fn export_unit(&self, unit: &str, to: impl Write + Send + 'static, actor: &Actor) -> Result<Moved> {
        self.export_unit_boxed(unit, Box::new(to), actor).await
    }

    #[inline(never)]
    fn export_boxed<'a>(&'a self, to: Box<dyn Write + Send>, actor: &'a Actor) -> BoxFuture<'a, Result<Moved>> {
        Box::pin(self.export_all(to, actor))
    }

    #[inline(never)]
    fn export_unit_boxed<'a>(
        &'a self,
        unit: &'a str,
        to: Box<dyn Write + Send>,
        actor: &'a Actor,
    ) -> BoxFuture<'a, Result<Moved>> {
        Box::pin(self.export_one(unit, to, actor))
    }

    async fn export_all(&self, to: Box<dyn Write + Send>, actor: &Actor) -> Result<Moved> {
        let mut from = self.snapshot("export").await?;
        let mut tar = ArchiveWriter::new(to);
        let about = json!({ "format": FORMAT, "schema": NEWEST_SCHEMA, "program": env!("CARGO_PKG_VERSION") });
        tar.entry("thidua-store.json", about.to_string().into_bytes()).await?;
        let mut moved = Moved::default();
        let digests = Sql::new("select digest, size, chunks from blobs order by digest").all(&mut from).await?;
        for row in &digests {
            let name = format!("blobs/{}", row.text("digest")?);
            moved.bytes += write_blob(&mut from, &mut tar, &name, row).await?;
            moved.files += 1;
        }
        let mut counts = Map::new();
        for table in TABLES {
            let sql = format!("select * from {} order by {}", table.name, table.order);
            let rows = write_rows(&mut from, &mut tar, table, Sql::new(sql), &[]).await?;
            counts.insert(table.name.to_owned(), rows.into());
            moved.rows += rows;
        }
        let end = json!({ "rows": counts, "files": moved.files, "bytes": moved.bytes });
        tar.entry("end.json", end.to_string().into_bytes()).await?;
        tar.finish().await?;
        from.close().await?;
        let line = Line::new("store.exported", "store", "").detail(json!({ "rows": moved.rows, "files": moved.files }));
        self.audit().record(Line { id: None, ..line }, actor).await?;
        Ok(moved)
    }

    async fn export_one(&self, unit: &str, to: Box<dyn Write + Send>, actor: &Actor) -> Result<Moved> {
        let mut from = self.snapshot("export what is kept about a unit").await?;
        let mut tar = ArchiveWriter::new(to);
        let mut moved = Moved::default();
        for table in TABLES {
            if let Some(which) = table.of_unit {
                let sql = format!("select * from {} where {which} order by {}", table.name, table.order);
                moved.rows += write_rows(&mut from, &mut tar, table, Sql::new(sql).text(unit), SECRETS).await?;
            }
        }
        for (kind, sql) in [
            ("uploads", "select receipt, file_name, digest from uploads where unit = $1 order by seq"),
            ("attachments", "select receipt, file_name, digest from attachments where unit = $1 order by seq"),
        ] {
            for file in Sql::new(sql).text(unit).all(&mut from).await? {
                let name = format!("files/{kind}/{} {}", file.text("receipt")?, safe_name(&file.text("file_name")?));
                let sql = Sql::new("select digest, size, chunks from blobs where digest = $1");
                let blob = sql.text(file.text("digest")?).one(&mut from).await?;
                moved.bytes += write_blob(&mut from, &mut tar, &name, &blob).await?;
                moved.files += 1;
            }
        }
        let end = json!({ "unit": unit, "rows": moved.rows, "files": moved.files, "bytes": moved.bytes });
        tar.entry("end.json", end.to_string().into_bytes()).await?;
        tar.finish().await?;
        from.close().await?;
        let line = Line::new("unit.exported", "unit", unit).unit(unit);
        self.audit().record(line.detail(json!({ "rows": moved.rows, "files": moved.files })), actor).await?;
        Ok(moved)
    }

    async fn snapshot(&self, doing: &'static str) -> Result<Snapshot> {
        let begin = self.backend().begin_snapshot();
        let transaction = self.inner.readers.begin_with(begin).await;
        let transaction = transaction.map_err(|error| StoreError::from_sqlx(doing, error))?;
        Ok(Snapshot { transaction, doing })
    }
}

impl Snapshot {
    async fn close(self) -> Result<()> {
        let doing = self.doing;
        self.transaction.rollback().await.map_err(|error| StoreError::from_sqlx(doing, error))
    }
}

async fn write_blob(from: &mut Snapshot, tar: &mut ArchiveWriter, name: &str, row: &Row) -> Result<u64> {
    let (digest, size) = (row.text("digest")?, row.size("size")?);
    let mut seen = Sha256::new();
    let mut left = size;
    tar.begin(name, size).await?;
    for number in 0..row.int("chunks")? {
        let piece = blobs::chunk(from, &digest, number).await?.unwrap_or_default();
        seen.update(&piece);
        left = left.saturating_sub(piece.len() as u64);
        // What is too short would leave the archive waiting for more.
        if piece.is_empty() {
            break;
        }
        tar.bytes(piece).await?;
    }
    let found = hex(&seen.finalize());
    if left != 0 || found != digest {
        return Err(StoreError::BrokenBlob { digest, found });
    }
    Ok(size)
}

async fn write_rows(
    from: &mut Snapshot,
    tar: &mut ArchiveWriter,
    table: &Table,
    sql: Sql,
    without: &[&str],
) -> Result<u64> {
    let doing = from.doing;
    let mut rows = sql.stream(from);
    let (mut gathered, mut count, mut part) = (Vec::new(), 0u64, 1u32);
    while let Some(row) = rows.try_next().await.map_err(|error| StoreError::from_sqlx(doing, error))? {
        let object = Row::of(row, doing).object(without)?;
        gathered.extend_from_slice(Value::Object(object).to_string().as_bytes());
        gathered.push(b'\n');
        count += 1;
        if gathered.len() >= ROWS {
            tar.entry(&entry_name(table, part), std::mem::take(&mut gathered)).await?;
            part += 1;
        }
    }
    if !gathered.is_empty() {
        tar.entry(&entry_name(table, part), gathered).await?;
    }
    Ok(count)
}

fn entry_name(table: &Table, part: u32) -> String {
    format!("rows/{}/{part:06}.jsonl", table.name)
}

/// A sender's file name as a name of one file that no system misunderstands.
fn safe_name(name: &str) -> String {
    let plain = |sign: char| if sign.is_alphanumeric() || " ._-()".contains(sign) { sign } else { '_' };
    let name: String = name.chars().map(plain).take(100).collect();
    name.trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sent_file_name_becomes_one_plain_name() {
        for (sent, expected) in [
            ("Báo cáo đợt 1 (sửa).xlsx", "Báo cáo đợt 1 (sửa).xlsx"),
            ("../../etc/passwd", "_.._etc_passwd"),
            (r"C:\x\y.xls", "C__x_y.xls"),
            ("a\u{202e}fdp.exe\n", "a_fdp.exe_"),
            ("..", ""),
        ] {
            assert_eq!(safe_name(sent), expected, "{sent:?}");
        }
        assert_eq!(safe_name(&"dài".repeat(100)).chars().count(), 100);
    }
}
