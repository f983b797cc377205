//! Questions and objections of a unit about a figure, with the replies to them.

use crate::Store;
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::random;
use crate::sql::{Row, Sql};
use crate::words::{AccountId, ObjectionId, ObjectionKind, ObjectionState, Units};
use serde_json::json;

/// What an objection points at: an indicator, or a field with its cell; whatever is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// The release in which it was seen.
    pub release: Option<String>,
    pub indicator: Option<String>,
    pub form: Option<String>,
    pub field: Option<String>,
    pub sheet: Option<String>,
    pub cell: Option<String>,
}

/// An objection to be kept.
#[derive(Debug, Clone)]
pub struct NewObjection<'a> {
    pub campaign: &'a str,
    pub unit: &'a str,
    pub period: &'a str,
    pub kind: ObjectionKind,
    pub target: Target,
    pub body: &'a str,
}

/// An objection as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    pub id: ObjectionId,
    pub seq: i64,
    pub campaign: String,
    pub unit: String,
    pub period: String,
    pub kind: ObjectionKind,
    pub target: Target,
    pub body: String,
    pub state: ObjectionState,
    pub account: Option<AccountId>,
    pub at: i64,
    /// Of the newest reply, or its own.
    pub changed_at: i64,
}

/// What was said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub body: String,
    /// Where it stands since this reply, if that changed.
    pub state: Option<ObjectionState>,
    pub account: Option<AccountId>,
    pub at: i64,
}

/// Which objections to list.
#[derive(Debug, Clone, Copy)]
pub struct ObjectionFilter<'a> {
    pub campaign: &'a str,
    pub units: Units<'a>,
    pub period: Option<&'a str>,
    pub state: Option<ObjectionState>,
    /// Older than this one, for the next page.
    pub before: Option<i64>,
    pub limit: u32,
}

const COLUMNS: &str = "id, seq, campaign, unit, period, kind, release, indicator, form, field, sheet, cell, body, \
                       state, account, at, changed_at";

/// Objections.
pub struct Objections<'a>(pub(crate) &'a Store);

impl Objections<'_> {
    pub async fn open(&self, new: &NewObjection<'_>, actor: &Actor) -> Result<ObjectionId> {
        let mut change = self.0.change("keep an objection", actor).await?;
        let id = random::id()?;
        let target = &new.target;
        Sql::new(
            "insert into objections (id, campaign, unit, period, kind, release, indicator, form, field, sheet, cell,
               body, state, account, at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)",
        )
        .text(&id)
        .text(new.campaign)
        .text(new.unit)
        .text(new.period)
        .text(new.kind.as_str())
        .opt_text(target.release.as_ref())
        .opt_text(target.indicator.as_ref())
        .opt_text(target.form.as_ref())
        .opt_text(target.field.as_ref())
        .opt_text(target.sheet.as_ref())
        .opt_text(target.cell.as_ref())
        .text(new.body)
        .text(ObjectionState::Open.as_str())
        .opt_text(actor.account.as_ref())
        .int(actor.now)
        .run(&mut change)
        .await?;
        let line = Line::new("objection.opened", "objection", &id).unit(new.unit).detail(json!({
            "campaign": new.campaign, "period": new.period, "kind": new.kind.as_str(), "release": target.release,
            "indicator": target.indicator, "form": target.form, "field": target.field, "sheet": target.sheet,
            "cell": target.cell,
        }));
        change.commit(line).await?;
        Ok(id.into())
    }

    /// Says something to it, and with `state` where it stands from now on.
    pub async fn reply(
        &self,
        id: &ObjectionId,
        body: &str,
        state: Option<ObjectionState>,
        actor: &Actor,
    ) -> Result<()> {
        let mut change = self.0.change("reply to an objection", actor).await?;
        let sql = "update objections set state = coalesce($1, state), changed_at = $2 where id = $3 returning unit";
        let state = state.map(ObjectionState::as_str);
        let found = Sql::new(sql).opt_text(state).int(actor.now).text(id).optional(&mut change).await?;
        let found = found.ok_or_else(|| StoreError::NotFound { what: "objection", id: id.to_string() })?;
        Sql::new("insert into replies (objection, body, state, account, at) values ($1, $2, $3, $4, $5)")
            .text(id)
            .text(body)
            .opt_text(state)
            .opt_text(actor.account.as_ref())
            .int(actor.now)
            .run(&mut change)
            .await?;
        let line = Line::new("objection.replied", "objection", id).detail(json!({ "state": state }));
        change.commit(line.unit(found.text("unit")?)).await
    }

    /// One with its replies, oldest first.
    pub async fn get(&self, id: &ObjectionId) -> Result<(Objection, Vec<Reply>)> {
        let mut reader = self.0.reader("read an objection").await?;
        let sql = Sql::new(format!("select {COLUMNS} from objections where id = $1")).text(id);
        let row = sql.optional(&mut reader).await?;
        let row = row.ok_or_else(|| StoreError::NotFound { what: "objection", id: id.to_string() })?;
        let replies = Sql::new("select body, state, account, at from replies where objection = $1 order by seq");
        let replies = replies.text(id).all(&mut reader).await?;
        Ok((objection(&row)?, replies.iter().map(reply).collect::<Result<_>>()?))
    }

    /// Newest first.
    pub async fn list(&self, filter: &ObjectionFilter<'_>) -> Result<Vec<Objection>> {
        let mut reader = self.0.reader("list the objections").await?;
        let rows = Sql::new(format!("select {COLUMNS} from objections where campaign = $1"))
            .text(filter.campaign)
            .and_units(self.0.backend(), "unit", filter.units)
            .and_text("period =", filter.period)
            .and_text("state =", filter.state.map(ObjectionState::as_str))
            .and_int("seq <", filter.before)
            .push(" order by seq desc")
            .limit(filter.limit)
            .all(&mut reader)
            .await?;
        rows.iter().map(objection).collect()
    }
}

fn objection(row: &Row) -> Result<Objection> {
    Ok(Objection {
        id: row.id("id")?,
        seq: row.int("seq")?,
        campaign: row.text("campaign")?,
        unit: row.text("unit")?,
        period: row.text("period")?,
        kind: row.word("kind")?,
        target: Target {
            release: row.opt_text("release")?,
            indicator: row.opt_text("indicator")?,
            form: row.opt_text("form")?,
            field: row.opt_text("field")?,
            sheet: row.opt_text("sheet")?,
            cell: row.opt_text("cell")?,
        },
        body: row.text("body")?,
        state: row.word("state")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
        changed_at: row.int("changed_at")?,
    })
}

fn reply(row: &Row) -> Result<Reply> {
    Ok(Reply {
        body: row.text("body")?,
        state: row.opt_word("state")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
    })
}
