//! Extensions of a deadline for one unit. The deadlines themselves are in the campaign's definition.
//!
//! In:  unit, period, perhaps one form, until when, why.
//! Out: the newest for each unit, period and form.

use crate::Store;
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::sql::{Row, Sql};
use crate::words::{AccountId, Units};
use serde_json::json;

/// An extension to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewExtension<'a> {
    pub campaign: &'a str,
    pub unit: &'a str,
    pub period: &'a str,
    /// None for all forms of the period.
    pub form: Option<&'a str>,
    /// None takes an earlier one back.
    pub until: Option<i64>,
    pub reason: &'a str,
}

/// An extension as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    pub seq: i64,
    pub unit: String,
    pub period: String,
    pub form: Option<String>,
    pub until: Option<i64>,
    pub reason: String,
    pub account: Option<AccountId>,
    pub at: i64,
}

/// Extensions.
pub struct Extensions<'a>(pub(crate) &'a Store);

impl Extensions<'_> {
    pub async fn grant(&self, new: &NewExtension<'_>, actor: &Actor) -> Result<i64> {
        let reason = new.reason.trim();
        if reason.is_empty() {
            return Err(StoreError::ReasonMissing { doing: "moving a deadline" });
        }
        let mut change = self.0.change("keep an extension", actor).await?;
        let row = Sql::new(
            "insert into extensions (campaign, unit, period, form, until, reason, account, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning seq",
        )
        .text(new.campaign)
        .text(new.unit)
        .text(new.period)
        .opt_text(new.form)
        .opt_int(new.until)
        .text(reason)
        .opt_text(actor.account.as_ref())
        .int(actor.now)
        .one(&mut change)
        .await?;
        let seq = row.int("seq")?;
        let line = Line::new("extension.granted", "extension", seq.to_string()).unit(new.unit).detail(json!({
            "campaign": new.campaign, "period": new.period, "form": new.form, "until": new.until, "reason": reason,
        }));
        change.commit(line).await?;
        Ok(seq)
    }

    /// What counts now: the newest of each unit, period and form, without those taken back.
    pub async fn counting(&self, campaign: &str, units: Units<'_>, period: Option<&str>) -> Result<Vec<Extension>> {
        let newest = " and e.until is not null and e.seq = (select max(n.seq) from extensions n
                        where n.campaign = e.campaign and n.unit = e.unit and n.period = e.period
                          and coalesce(n.form, '') = coalesce(e.form, ''))
                      order by e.unit, e.period, e.seq";
        self.list(campaign, units, period, newest).await
    }

    /// All that were ever granted or taken back, in that order.
    pub async fn history(&self, campaign: &str, units: Units<'_>, period: Option<&str>) -> Result<Vec<Extension>> {
        self.list(campaign, units, period, " order by e.seq").await
    }

    async fn list(&self, campaign: &str, units: Units<'_>, period: Option<&str>, tail: &str) -> Result<Vec<Extension>> {
        let mut reader = self.0.reader("list the extensions").await?;
        let rows = Sql::new(
            "select e.seq, e.unit, e.period, e.form, e.until, e.reason, e.account, e.at
             from extensions e where e.campaign = $1",
        )
        .text(campaign)
        .and_units(self.0.backend(), "e.unit", units)
        .and_text("e.period =", period)
        .push(tail)
        .all(&mut reader)
        .await?;
        rows.iter().map(extension).collect()
    }
}

fn extension(row: &Row) -> Result<Extension> {
    Ok(Extension {
        seq: row.int("seq")?,
        unit: row.text("unit")?,
        period: row.text("period")?,
        form: row.opt_text("form")?,
        until: row.opt_int("until")?,
        reason: row.text("reason")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
    })
}
