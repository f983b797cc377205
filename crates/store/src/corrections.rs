//! Corrections of a fact, with their reason. Taken back by a row more, never by removing one.
//!
//! In:  which field of which form, its value so far and the right one, why.
//! Out: the corrections that count, or all that ever were made.

use crate::Store;
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::random;
use crate::sql::{Row, Sql};
use crate::words::{AccountId, CorrectionId, Units};
use serde_json::json;

/// A correction to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewCorrection<'a> {
    pub campaign: &'a str,
    pub unit: &'a str,
    pub period: &'a str,
    pub form: &'a str,
    pub field: &'a str,
    /// As it was read; none for a gap.
    pub old_value: Option<&'a str>,
    /// What it is to be; none takes the value out.
    pub new_value: Option<&'a str>,
    pub reason: &'a str,
}

/// A correction as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub id: CorrectionId,
    /// Grows; of two corrections of one field the later counts.
    pub seq: i64,
    pub campaign: String,
    pub unit: String,
    pub period: String,
    pub form: String,
    pub field: String,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    pub reason: String,
    pub account: Option<AccountId>,
    pub at: i64,
    pub withdrawn: Option<Withdrawal>,
}

/// Why a correction no longer counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    pub reason: String,
    pub account: Option<AccountId>,
    pub at: i64,
}

/// Corrections.
pub struct Corrections<'a>(pub(crate) &'a Store);

impl Corrections<'_> {
    /// Keeps a correction.
    ///
    /// # Errors
    /// [`StoreError::ReasonMissing`].
    pub async fn add(&self, new: &NewCorrection<'_>, actor: &Actor) -> Result<CorrectionId> {
        let reason = new.reason.trim();
        if reason.is_empty() {
            return Err(StoreError::ReasonMissing { doing: "correcting a value" });
        }
        let mut change = self.0.change("keep a correction", actor).await?;
        let id = random::id()?;
        Sql::new(
            "insert into corrections (id, campaign, unit, period, form, field, old_value, new_value, reason, account, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .text(&id)
        .text(new.campaign)
        .text(new.unit)
        .text(new.period)
        .text(new.form)
        .text(new.field)
        .opt_text(new.old_value)
        .opt_text(new.new_value)
        .text(reason)
        .opt_text(actor.account.as_ref())
        .int(actor.now)
        .run(&mut change)
        .await?;
        let line = Line::new("correction.made", "correction", &id).unit(new.unit).detail(json!({
            "campaign": new.campaign, "period": new.period, "form": new.form, "field": new.field,
            "old": new.old_value, "new": new.new_value, "reason": reason,
        }));
        change.commit(line).await?;
        Ok(id.into())
    }

    /// Takes a correction back, once.
    pub async fn withdraw(&self, id: &CorrectionId, reason: &str, actor: &Actor) -> Result<()> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(StoreError::ReasonMissing { doing: "withdrawing a correction" });
        }
        let mut change = self.0.change("withdraw a correction", actor).await?;
        let found = Sql::new("select unit from corrections where id = $1").text(id).optional(&mut change).await?;
        let found = found.ok_or_else(|| StoreError::NotFound { what: "correction", id: id.to_string() })?;
        let sql = "insert into withdrawals (correction, reason, account, at) values ($1, $2, $3, $4)
                   on conflict (correction) do nothing";
        let sql = Sql::new(sql).text(id).text(reason).opt_text(actor.account.as_ref()).int(actor.now);
        if sql.run(&mut change).await? == 0 {
            return Err(StoreError::WithdrawnBefore { id: id.to_string() });
        }
        let line = Line::new("correction.withdrawn", "correction", id).detail(json!({ "reason": reason }));
        change.commit(line.unit(found.text("unit")?)).await
    }

    /// The corrections that count, in the order they were made.
    pub async fn counting(&self, campaign: &str, units: Units<'_>, period: Option<&str>) -> Result<Vec<Correction>> {
        self.list(campaign, units, period, " and w.correction is null").await
    }

    /// All that were ever made, in that order.
    pub async fn history(&self, campaign: &str, units: Units<'_>, period: Option<&str>) -> Result<Vec<Correction>> {
        self.list(campaign, units, period, "").await
    }

    async fn list(
        &self,
        campaign: &str,
        units: Units<'_>,
        period: Option<&str>,
        which: &str,
    ) -> Result<Vec<Correction>> {
        let mut reader = self.0.reader("list the corrections").await?;
        let rows = Sql::new(
            "select c.id, c.seq, c.campaign, c.unit, c.period, c.form, c.field, c.old_value, c.new_value, c.reason,
               c.account, c.at, w.reason as withdrawn_why, w.account as withdrawn_by, w.at as withdrawn_at
             from corrections c left join withdrawals w on w.correction = c.id where c.campaign = $1",
        )
        .text(campaign)
        .and_units(self.0.backend(), "c.unit", units)
        .and_text("c.period =", period)
        .push(which)
        .push(" order by c.seq")
        .all(&mut reader)
        .await?;
        rows.iter().map(correction).collect()
    }
}

fn correction(row: &Row) -> Result<Correction> {
    let withdrawn = match row.opt_text("withdrawn_why")? {
        Some(reason) => Some(Withdrawal { reason, account: row.opt_id("withdrawn_by")?, at: row.int("withdrawn_at")? }),
        None => None,
    };
    Ok(Correction {
        id: row.id("id")?,
        seq: row.int("seq")?,
        campaign: row.text("campaign")?,
        unit: row.text("unit")?,
        period: row.text("period")?,
        form: row.text("form")?,
        field: row.text("field")?,
        old_value: row.opt_text("old_value")?,
        new_value: row.opt_text("new_value")?,
        reason: row.text("reason")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
        withdrawn,
    })
}
