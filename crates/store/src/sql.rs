//! One statement with its arguments, for either database.
//!
//! In:  text with `$1`, `$2` …, arguments in that order, a link to a database.
//! Out: rows read by column name, or an error that says what was being done.
//!
//! Not here: transactions and who did what (`change`).
//!
//! The futures are boxed here, where all statements pass: an `async fn` is compiled again in every
//! crate that calls it, and the database library with it.

use crate::backend::{Backend, codes};
use crate::error::{Result, StoreError};
use crate::words::{Units, Word};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use serde_json::{Map, Value};
use sqlx::any::{AnyArguments, AnyRow, AnyTypeInfoKind};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Column, Executor, Row as _, ValueRef};

/// Something to send statements to, and what is being done with it.
pub(crate) trait Link: Send {
    fn link(&mut self) -> (&mut AnyConnection, &'static str);
}

#[derive(Debug)]
enum Argument {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Vec<u8>),
}

/// A statement being put together.
#[derive(Debug)]
pub(crate) struct Sql {
    text: String,
    arguments: Vec<Argument>,
    is_repeated: bool,
}

impl Sql {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), arguments: Vec::new(), is_repeated: true }
    }

    /// For a statement whose text hardly comes twice: it is not kept prepared.
    pub(crate) fn once(mut self) -> Self {
        self.is_repeated = false;
        self
    }

    pub(crate) fn text(self, value: impl AsRef<str>) -> Self {
        self.opt_text(Some(value))
    }

    /// PostgreSQL knows no NUL in a text, and no text of ours means anything by it: in both
    /// databases a replacement character stands there.
    pub(crate) fn opt_text(mut self, value: Option<impl AsRef<str>>) -> Self {
        self.arguments.push(Argument::Text(value.map(|text| text.as_ref().replace('\0', "\u{fffd}"))));
        self
    }

    pub(crate) fn int(self, value: i64) -> Self {
        self.opt_int(Some(value))
    }

    pub(crate) fn opt_int(mut self, value: Option<i64>) -> Self {
        self.arguments.push(Argument::Int(value));
        self
    }

    pub(crate) fn flag(self, value: bool) -> Self {
        self.int(i64::from(value))
    }

    pub(crate) fn bytes(mut self, value: Vec<u8>) -> Self {
        self.arguments.push(Argument::Bytes(value));
        self
    }

    /// Appends text as it is. Never text of a user.
    pub(crate) fn push(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Appends ` and <left> $n` when there is a value, as in `and_text("period =", …)`.
    pub(crate) fn and_text(self, left: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => {
                let at = self.arguments.len() + 1;
                self.push(&format!(" and {left} ${at}")).text(value)
            }
            None => self,
        }
    }

    /// The same with a number.
    pub(crate) fn and_int(self, left: &str, value: Option<i64>) -> Self {
        match value {
            Some(value) => {
                let at = self.arguments.len() + 1;
                self.push(&format!(" and {left} ${at}")).int(value)
            }
            None => self,
        }
    }

    /// Appends that the column is one of these units.
    pub(crate) fn and_units(self, backend: Backend, column: &str, units: Units<'_>) -> Self {
        match codes(units) {
            Some(codes) => {
                let at = self.arguments.len() + 1;
                self.push(&format!(" and {}", backend.among(column, at))).text(codes)
            }
            None => self,
        }
    }

    /// Appends ` limit $n`.
    pub(crate) fn limit(self, rows: u32) -> Self {
        let at = self.arguments.len() + 1;
        self.push(&format!(" limit ${at}")).int(i64::from(rows))
    }

    fn query(self) -> Query<'static, Any, AnyArguments> {
        // The text is put together from this crate's own words only; every value is an argument.
        let mut query = sqlx::query(AssertSqlSafe(self.text)).persistent(self.is_repeated);
        for argument in self.arguments {
            query = match argument {
                Argument::Text(value) => query.bind(value),
                Argument::Int(value) => query.bind(value),
                Argument::Bytes(value) => query.bind(value),
            };
        }
        query
    }

    /// Runs it; gives the number of rows it changed.
    #[inline(never)]
    pub(crate) fn run<'a>(self, link: &'a mut (dyn Link + 'a)) -> BoxFuture<'a, Result<u64>> {
        Box::pin(async move {
            let (connection, doing) = link.link();
            let done = connection.execute(self.query()).await.map_err(|error| StoreError::from_sqlx(doing, error))?;
            Ok(done.rows_affected())
        })
    }

    /// Every row.
    #[inline(never)]
    pub(crate) fn all<'a>(self, link: &'a mut (dyn Link + 'a)) -> BoxFuture<'a, Result<Vec<Row>>> {
        Box::pin(async move {
            let (connection, doing) = link.link();
            let rows = connection.fetch_all(self.query()).await.map_err(|error| StoreError::from_sqlx(doing, error))?;
            Ok(rows.into_iter().map(|row| Row { row, doing }).collect())
        })
    }

    /// Rows one by one, for tables that do not fit into memory.
    pub(crate) fn stream<'a>(self, link: &'a mut (dyn Link + 'a)) -> BoxStream<'a, sqlx::Result<AnyRow>> {
        let (connection, _) = link.link();
        connection.fetch(self.query())
    }

    /// The first row, if there is one. Not sqlx's `fetch_optional`: with SQLite it stops after the
    /// first row, before a statement that changes rows has ended.
    #[inline(never)]
    pub(crate) fn optional<'a>(self, link: &'a mut (dyn Link + 'a)) -> BoxFuture<'a, Result<Option<Row>>> {
        let rows = self.all(link);
        Box::pin(async move { Ok(rows.await?.into_iter().next()) })
    }

    /// The first row of a statement that always has one.
    #[inline(never)]
    pub(crate) fn one<'a>(self, link: &'a mut (dyn Link + 'a)) -> BoxFuture<'a, Result<Row>> {
        let (_, doing) = link.link();
        let row = self.optional(link);
        Box::pin(
            async move { row.await?.ok_or_else(|| StoreError::Database { doing, source: "no row came back".into() }) },
        )
    }
}

/// A row, read by column name.
pub(crate) struct Row {
    row: AnyRow,
    doing: &'static str,
}

impl Row {
    pub(crate) fn of(row: AnyRow, doing: &'static str) -> Self {
        Self { row, doing }
    }

    fn get<'r, T>(&'r self, column: &'static str) -> Result<T>
    where
        T: sqlx::Decode<'r, Any> + sqlx::Type<Any>,
    {
        self.row.try_get(column).map_err(|error| StoreError::Column {
            doing: self.doing,
            column,
            source: Box::new(error),
        })
    }

    pub(crate) fn text(&self, column: &'static str) -> Result<String> {
        self.get(column)
    }

    pub(crate) fn opt_text(&self, column: &'static str) -> Result<Option<String>> {
        self.get(column)
    }

    /// An id that the row must have.
    pub(crate) fn id<I: From<String>>(&self, column: &'static str) -> Result<I> {
        self.text(column).map(I::from)
    }

    pub(crate) fn opt_id<I: From<String>>(&self, column: &'static str) -> Result<Option<I>> {
        Ok(self.opt_text(column)?.map(I::from))
    }

    pub(crate) fn int(&self, column: &'static str) -> Result<i64> {
        self.get(column)
    }

    pub(crate) fn opt_int(&self, column: &'static str) -> Result<Option<i64>> {
        self.get(column)
    }

    pub(crate) fn flag(&self, column: &'static str) -> Result<bool> {
        Ok(self.int(column)? != 0)
    }

    /// A size or number that cannot be negative.
    pub(crate) fn size(&self, column: &'static str) -> Result<u64> {
        let number = self.int(column)?;
        u64::try_from(number).map_err(|error| StoreError::Column { doing: self.doing, column, source: Box::new(error) })
    }

    pub(crate) fn bytes(&self, column: &'static str) -> Result<Vec<u8>> {
        self.get(column)
    }

    pub(crate) fn word<W: Word>(&self, column: &'static str) -> Result<W> {
        W::parse(&self.text(column)?)
    }

    pub(crate) fn opt_word<W: Word>(&self, column: &'static str) -> Result<Option<W>> {
        self.opt_text(column)?.map(|word| W::parse(&word)).transpose()
    }

    /// All columns but some as a JSON object; texts and whole numbers only.
    pub(crate) fn object(&self, without: &[&str]) -> Result<Map<String, Value>> {
        let mut object = Map::new();
        for column in self.row.columns().iter().filter(|column| !without.contains(&column.name())) {
            let failed = |source: sqlx::Error| StoreError::from_sqlx(self.doing, source);
            let (at, raw) = (column.ordinal(), self.row.try_get_raw(column.ordinal()).map_err(failed)?);
            let value = match raw.type_info().kind() {
                _ if raw.is_null() => Value::Null,
                AnyTypeInfoKind::Text => self.row.try_get::<String, _>(at).map_err(failed)?.into(),
                _ => self.row.try_get::<i64, _>(at).map_err(failed)?.into(),
            };
            object.insert(column.name().to_owned(), value);
        }
        Ok(object)
    }
}
