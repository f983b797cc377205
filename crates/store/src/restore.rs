//! Puts an export into an empty database, of either kind.
//!
//! In:  the tar that `export` wrote. Out: the same content, or nothing at all.

use crate::Store;
use crate::archive::{self, Part};
use crate::backend::Backend;
use crate::blobs;
use crate::change::{Actor, Change, Line};
use crate::error::{Result, StoreError};
use crate::export::{FORMAT, Moved};
use crate::random::hex;
use crate::schema::NEWEST_SCHEMA;
use crate::sql::Sql;
use crate::tables::{TABLES, Table};
use futures_util::future::BoxFuture;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Read};
use tokio::sync::mpsc::Receiver;

/// No entry of rows is longer: a part is a few MiB, and one report at most more.
const LONGEST_ROWS: u64 = 1 << 30;

impl Store {
    /// Reads an export into this database, which must be empty. All or nothing.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`]; [`StoreError::ExportBroken`] when a byte of it is not as it was
    /// written, or its end is missing; [`StoreError::ExportSchema`] for another schema.
    pub async fn restore(&self, from: impl Read + Send + 'static, actor: &Actor) -> Result<Moved> {
        self.restore_boxed(Box::new(from), actor).await
    }

    #[inline(never)]
    fn restore_boxed<'a>(&'a self, from: Box<dyn Read + Send>, actor: &'a Actor) -> BoxFuture<'a, Result<Moved>> {
        Box::pin(self.restore_all(from, actor))
    }

    async fn restore_all(&self, from: Box<dyn Read + Send>, actor: &Actor) -> Result<Moved> {
        let mut change = self.change("restore an export", actor).await?;
        change.lock("restore").await?;
        for table in TABLES {
            let sql = Sql::new(format!("select count(*) as rows_kept from {}", table.name));
            if sql.one(&mut change).await?.int("rows_kept")? > 0 {
                return Err(StoreError::NotEmpty { table: table.name });
            }
        }
        let mut reading = Reading { parts: archive::read(from), counts: BTreeMap::new(), moved: Moved::default() };
        reading.all(&mut change).await?;
        if self.backend() == Backend::Postgres {
            for table in TABLES.iter().filter(|table| table.has_serial) {
                // The numbers given from now on follow those that came.
                let name = table.name;
                Sql::new(format!(
                    "select setval(pg_get_serial_sequence('{name}', 'seq'),
                       (select coalesce(max(seq), 0) + 1 from {name}), false) as next"
                ))
                .one(&mut change)
                .await?;
            }
        }
        let moved = reading.moved;
        let line = Line::new("store.restored", "store", "").detail(json!({ "rows": moved.rows, "files": moved.files }));
        change.commit(Line { id: None, ..line }).await?;
        Ok(moved)
    }
}

struct Reading {
    parts: Receiver<io::Result<Part>>,
    counts: BTreeMap<&'static str, u64>,
    moved: Moved,
}

impl Reading {
    async fn next(&mut self) -> Result<Part> {
        match self.parts.recv().await {
            Some(Ok(part)) => Ok(part),
            Some(Err(source)) => Err(StoreError::ExportRead { source }),
            None => Ok(Part::End),
        }
    }

    async fn all(&mut self, change: &mut Change<'_>) -> Result<()> {
        let (mut is_ours, mut is_whole) = (false, false);
        loop {
            let (name, size) = match self.next().await? {
                Part::Entry(name, size) => (name, size),
                Part::Bytes(_) => return Err(broken("", "bytes outside an entry")),
                Part::End => break,
            };
            match name.as_str() {
                "thidua-store.json" => {
                    check_about(&self.json(&name, size).await?)?;
                    is_ours = true;
                }
                _ if !is_ours => return Err(broken(&name, "it does not begin with thidua-store.json")),
                "end.json" => {
                    let end = self.json(&name, size).await?;
                    let counts: Map<String, Value> = TABLES
                        .iter()
                        .map(|table| (table.name.to_owned(), self.counts.get(table.name).copied().unwrap_or(0).into()))
                        .collect();
                    let found = json!({ "rows": counts, "files": self.moved.files, "bytes": self.moved.bytes });
                    if end != found {
                        return Err(broken(&name, "the counts do not agree with what came"));
                    }
                    is_whole = true;
                }
                _ => {
                    if let Some(digest) = name.strip_prefix("blobs/") {
                        self.blob(change, digest, size).await?;
                    } else {
                        let table = name.strip_prefix("rows/").and_then(|rest| rest.split('/').next());
                        let table = TABLES.iter().find(|it| Some(it.name) == table);
                        let table = table.ok_or_else(|| broken(&name, "no such table"))?;
                        self.rows(change, table, &name, size).await?;
                    }
                }
            }
        }
        if !is_whole {
            return Err(broken("end.json", "the end is missing: the file was cut off"));
        }
        Ok(())
    }

    async fn bytes(&mut self, name: &str, size: u64) -> Result<Vec<u8>> {
        if size > LONGEST_ROWS {
            return Err(broken(name, "the entry is too long"));
        }
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < size {
            match self.next().await? {
                Part::Bytes(piece) => bytes.extend_from_slice(&piece),
                Part::Entry(..) | Part::End => return Err(broken(name, "the entry is cut off")),
            }
        }
        Ok(bytes)
    }

    async fn json(&mut self, name: &str, size: u64) -> Result<Value> {
        let bytes = self.bytes(name, size).await?;
        serde_json::from_slice(&bytes).map_err(|error| broken(name, &error.to_string()))
    }

    async fn blob(&mut self, change: &mut Change<'_>, digest: &str, size: u64) -> Result<()> {
        let at = format!("blobs/{digest}");
        if !blobs::announce(change, digest, size).await? {
            return Err(broken(&at, "the file comes twice"));
        }
        let (mut seen, mut left, mut number, mut held) = (Sha256::new(), size, 0, Vec::new());
        while left > 0 {
            let Part::Bytes(piece) = self.next().await? else { return Err(broken(&at, "the file is cut off")) };
            left = left.saturating_sub(piece.len() as u64);
            seen.update(&piece);
            // Pieces come as the archive's reader cuts them; kept are pieces of the store's size.
            held.extend_from_slice(&piece);
            while held.len() >= blobs::CHUNK || (left == 0 && !held.is_empty()) {
                let rest = held.split_off(held.len().min(blobs::CHUNK));
                blobs::put_chunk(change, digest, number, std::mem::replace(&mut held, rest)).await?;
                number += 1;
            }
        }
        if hex(&seen.finalize()) != digest {
            return Err(broken(&at, "the bytes are not those of this digest"));
        }
        self.moved.files += 1;
        self.moved.bytes += size;
        Ok(())
    }

    async fn rows(&mut self, change: &mut Change<'_>, table: &Table, name: &str, size: u64) -> Result<()> {
        let bytes = self.bytes(name, size).await?;
        let text = String::from_utf8(bytes).map_err(|error| broken(name, &error.to_string()))?;
        for (at, line) in text.lines().enumerate() {
            let at = || format!("{name}, line {}", at + 1);
            let row: Map<String, Value> =
                serde_json::from_str(line).map_err(|error| broken(&at(), &error.to_string()))?;
            insert(change, table, row).await.map_err(|error| match error {
                StoreError::Database { source, .. }
                | StoreError::Dangling { source, .. }
                | StoreError::Exists { source, .. } => broken(&at(), &source.to_string()),
                other => other,
            })?;
            *self.counts.entry(table.name).or_default() += 1;
            self.moved.rows += 1;
        }
        Ok(())
    }
}

async fn insert(change: &mut Change<'_>, table: &Table, row: Map<String, Value>) -> Result<()> {
    let mut columns = Vec::new();
    let mut places = Vec::new();
    let mut sql = Sql::new("");
    for (column, value) in row {
        // The name becomes part of a statement.
        if column.is_empty() || !column.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(broken(table.name, "a column has a name that no column has"));
        }
        sql = match value {
            // A gap is what a column holds when nothing is said.
            Value::Null => continue,
            Value::String(text) => sql.text(text),
            Value::Number(number) => match number.as_i64() {
                Some(number) => sql.int(number),
                None => return Err(broken(table.name, "a number is no whole number")),
            },
            _ => return Err(broken(table.name, "a value is neither text nor number")),
        };
        columns.push(column);
        places.push(format!("${}", places.len() + 1));
    }
    let text = format!("insert into {} ({}) values ({})", table.name, columns.join(", "), places.join(", "));
    sql.push(&text).run(change).await.map(drop)
}

fn check_about(about: &Value) -> Result<()> {
    let number = |key: &str| about.get(key).and_then(Value::as_i64);
    if number("format") != Some(FORMAT) {
        return Err(broken("thidua-store.json", "a form that this program does not know"));
    }
    match number("schema") {
        Some(NEWEST_SCHEMA) => Ok(()),
        Some(found) => Err(StoreError::ExportSchema { found, known: NEWEST_SCHEMA }),
        None => Err(broken("thidua-store.json", "no schema")),
    }
}

fn broken(at: &str, reason: &str) -> StoreError {
    StoreError::ExportBroken { at: at.to_owned(), reason: reason.to_owned() }
}
