//! A change: one transaction, one actor, at least one line of the audit log.
//!
//! In:  who does what from where and when.
//! Out: all of it kept, or nothing.
//!
//! A change can only be finished with its audit line ([`Change::commit`]): there is no way to
//! change what is kept and leave no trace. The few things that are no change of what is kept
//! (sessions, counters of failed logins, a worker's heartbeat) go through [`Quiet`].

use crate::backend::Backend;
use crate::error::{Result, StoreError};
use crate::sql::{Link, Sql};
use crate::words::AccountId;
use futures_util::future::BoxFuture;
use serde_json::Value;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Transaction};

/// Who does something, from where, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// None for the system itself.
    pub account: Option<AccountId>,
    /// The network address the request came from.
    pub address: Option<String>,
    /// Microseconds since the epoch; the store has no clock of its own.
    pub now: i64,
}

impl Actor {
    /// A person at an address.
    pub fn of(account: &AccountId, address: &str, now: i64) -> Self {
        Self { account: Some(account.clone()), address: Some(address.to_owned()), now }
    }

    /// The system itself: jobs, commands of the operator's shell.
    pub fn system(now: i64) -> Self {
        Self { account: None, address: None, now }
    }
}

/// A line for the audit log: what was done to what. Never put a secret into `detail`.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As `upload.received`; a word of the program, never changed once used.
    pub action: &'static str,
    /// What it was done to: `upload`, `account` …
    pub object: &'static str,
    pub id: Option<String>,
    /// The unit it concerns.
    pub unit: Option<String>,
    pub detail: Value,
}

impl Line {
    /// A line without unit and detail.
    pub fn new(action: &'static str, object: &'static str, id: impl AsRef<str>) -> Self {
        Self { action, object, id: Some(id.as_ref().to_owned()), unit: None, detail: Value::Object(Default::default()) }
    }

    /// The same about a unit.
    pub fn unit(mut self, unit: impl AsRef<str>) -> Self {
        self.unit = Some(unit.as_ref().to_owned());
        self
    }

    /// The same with more to say, a JSON object.
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// A transaction that ends with an audit line, or leaves nothing behind.
pub(crate) struct Change<'a> {
    pub(crate) transaction: Transaction<'static, Any>,
    pub(crate) backend: Backend,
    pub(crate) actor: &'a Actor,
    pub(crate) doing: &'static str,
}

impl Link for Change<'_> {
    fn link(&mut self) -> (&mut AnyConnection, &'static str) {
        (&mut *self.transaction, self.doing)
    }
}

impl Change<'_> {
    /// From here to the end nobody else holds this name. With SQLite every change is alone anyway.
    /// Who needs several takes them in sorted order.
    pub(crate) async fn lock(&mut self, name: &str) -> Result<()> {
        if self.backend == Backend::Postgres {
            Sql::new("select pg_advisory_xact_lock(hashtextextended($1, 0))").text(name).run(self).await?;
        }
        Ok(())
    }

    /// The lock under which anything of one unit's reports changes.
    pub(crate) async fn lock_unit(&mut self, campaign: &str, unit: &str) -> Result<()> {
        self.lock(&format!("unit\n{campaign}\n{unit}")).await
    }

    pub(crate) fn account(&self) -> Option<&str> {
        self.actor.account.as_ref().map(AccountId::as_str)
    }

    /// Writes a line besides the closing one.
    pub(crate) async fn note(&mut self, line: Line) -> Result<()> {
        Sql::new(
            "insert into audit (at, account, address, action, object, object_id, unit, detail)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .int(self.actor.now)
        .opt_text(self.actor.account.as_ref())
        .opt_text(self.actor.address.as_ref())
        .text(line.action)
        .text(line.object)
        .opt_text(line.id)
        .opt_text(line.unit)
        .text(line.detail.to_string())
        .run(self)
        .await
        .map(drop)
    }

    /// Writes the audit line and makes everything durable. Only when this has returned may anybody
    /// be told that it is done.
    #[inline(never)]
    pub(crate) fn commit<'a>(mut self, line: Line) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            self.note(line).await?;
            let doing = self.doing;
            self.transaction.commit().await.map_err(|error| StoreError::from_sqlx(doing, error))
        })
    }

    /// Leaves everything as it was.
    #[inline(never)]
    pub(crate) fn abandon<'a>(self) -> BoxFuture<'a, Result<()>>
    where
        Self: 'a,
    {
        let doing = self.doing;
        Box::pin(async move { self.transaction.rollback().await.map_err(|error| StoreError::from_sqlx(doing, error)) })
    }
}

/// A connection for reading.
pub(crate) struct Reader {
    pub(crate) connection: PoolConnection<Any>,
    pub(crate) doing: &'static str,
}

impl Link for Reader {
    fn link(&mut self) -> (&mut AnyConnection, &'static str) {
        (&mut *self.connection, self.doing)
    }
}

/// A connection for single statements that leave no audit line.
pub(crate) struct Quiet {
    pub(crate) connection: PoolConnection<Any>,
    pub(crate) doing: &'static str,
}

impl Link for Quiet {
    fn link(&mut self) -> (&mut AnyConnection, &'static str) {
        (&mut *self.connection, self.doing)
    }
}
