//! The audit log: who did what to what, from where, when. Only ever added to.
//!
//! In:  lines that changes write themselves; lines of the portal about what is no change (a failed
//!      login, a download).
//! Out: pages of lines, newest first.
//!
//! There is no call that changes or removes a line, and the database itself refuses both.

use crate::Store;
use crate::change::{Actor, Line};
use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::words::AccountId;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Grows with each line.
    pub seq: i64,
    pub at: i64,
    /// None for the system itself.
    pub account: Option<AccountId>,
    pub address: Option<String>,
    pub action: String,
    pub object: String,
    pub id: Option<String>,
    pub unit: Option<String>,
    /// A JSON object.
    pub detail: String,
}

/// Which lines to show.
#[derive(Debug, Clone, Copy)]
pub struct AuditFilter<'a> {
    /// From this moment on.
    pub from: Option<i64>,
    /// Until before this moment.
    pub until: Option<i64>,
    pub account: Option<&'a AccountId>,
    /// As `upload.received`.
    pub action: Option<&'a str>,
    pub unit: Option<&'a str>,
    /// Lines older than this one: the last of the page before.
    pub before: Option<i64>,
    pub limit: u32,
}

impl Default for AuditFilter<'_> {
    fn default() -> Self {
        Self { from: None, until: None, account: None, action: None, unit: None, before: None, limit: 100 }
    }
}

/// The audit log.
pub struct Audit<'a>(pub(crate) &'a Store);

impl Audit<'_> {
    /// Writes a line about something that the store itself does not do.
    pub async fn record(&self, line: Line, actor: &Actor) -> Result<()> {
        self.0.change("write the audit log", actor).await?.commit(line).await
    }

    /// A page, newest first; the next page begins before the last `seq`.
    pub async fn page(&self, filter: &AuditFilter<'_>) -> Result<Vec<AuditLine>> {
        let mut reader = self.0.reader("read the audit log").await?;
        let rows = Sql::new(
            "select seq, at, account, address, action, object, object_id, unit, detail from audit where 1 = 1",
        )
        .and_int("at >=", filter.from)
        .and_int("at <", filter.until)
        .and_text("account =", filter.account)
        .and_text("action =", filter.action)
        .and_text("unit =", filter.unit)
        .and_int("seq <", filter.before)
        .push(" order by seq desc")
        .limit(filter.limit)
        .all(&mut reader)
        .await?;
        rows.iter().map(line).collect()
    }
}

fn line(row: &Row) -> Result<AuditLine> {
    Ok(AuditLine {
        seq: row.int("seq")?,
        at: row.int("at")?,
        account: row.opt_id("account")?,
        address: row.opt_text("address")?,
        action: row.text("action")?,
        object: row.text("object")?,
        id: row.opt_text("object_id")?,
        unit: row.opt_text("unit")?,
        detail: row.text("detail")?,
    })
}
