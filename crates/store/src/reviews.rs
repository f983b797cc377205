//! Reviews: what superior unions decide about a submission.
//!
//! In:  approve or return, with whom and why.
//! Out: all decisions as rows; the newest about an upload stands.
//!
//! Not here: who may decide what (`portal`), what counts then (`latest`).

use crate::Store;
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::latest::{self, Key};
use crate::sql::{Row, Sql};
use crate::words::{AccountId, Decision, Status, SubmissionId, UploadId};
use serde_json::json;

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub seq: i64,
    pub submission: SubmissionId,
    pub upload: UploadId,
    pub decision: Decision,
    pub reason: Option<String>,
    /// The superior unit whose decision it is.
    pub level: Option<String>,
    pub account: Option<AccountId>,
    pub at: i64,
}

/// A decision to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewReview<'a> {
    /// The one that was looked at.
    pub submission: &'a SubmissionId,
    pub decision: Decision,
    /// Must be there when it is returned.
    pub reason: Option<&'a str>,
    pub level: Option<&'a str>,
}

/// Reviews.
pub struct Reviews<'a>(pub(crate) &'a Store);

impl Reviews<'_> {
    /// Decides about a submission.
    ///
    /// # Errors
    /// [`StoreError::Superseded`] when another one stands by now, so that nobody approves what was
    /// not looked at; [`StoreError::NotReviewable`] for a rejected one; [`StoreError::ReasonMissing`].
    pub async fn decide(&self, new: &NewReview<'_>, actor: &Actor) -> Result<i64> {
        let reason = new.reason.map(str::trim).filter(|reason| !reason.is_empty());
        if new.decision == Decision::Returned && reason.is_none() {
            return Err(StoreError::ReasonMissing { doing: "returning a report" });
        }
        let about = self.0.readings().submission(new.submission).await?;
        let mut change = self.0.change("decide about a submission", actor).await?;
        change.lock_unit(&about.campaign, &about.unit).await?;
        let key = Key::of(&about.campaign, &about.unit, &about.period, &about.form);
        let standing = Sql::new(
            "select standing, submission from latest where campaign = $1 and unit = $2 and period = $3 and form = $4",
        )
        .text(&key.campaign)
        .text(&key.unit)
        .text(&key.period)
        .text(&key.form)
        .optional(&mut change)
        .await?;
        if about.status == Status::Rejected {
            return Err(StoreError::NotReviewable);
        }
        let stands = standing.as_ref().map(|row| row.opt_text("standing")).transpose()?.flatten();
        if stands.as_deref() != Some(new.submission.as_str()) {
            let newest = stands.unwrap_or_else(|| "another reading".to_owned());
            return Err(StoreError::Superseded { newest });
        }
        let row = Sql::new(
            "insert into reviews (submission, upload, campaign, unit, period, form, decision, reason, level, account, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning seq",
        )
        .text(new.submission)
        .text(&about.upload)
        .text(&key.campaign)
        .text(&key.unit)
        .text(&key.period)
        .text(&key.form)
        .text(new.decision.as_str())
        .opt_text(reason)
        .opt_text(new.level)
        .opt_text(actor.account.as_ref())
        .int(actor.now)
        .one(&mut change)
        .await?;
        latest::settle(&mut change, &key).await?;
        let line = Line::new("submission.reviewed", "submission", new.submission).unit(&about.unit).detail(json!({
            "decision": new.decision.as_str(), "reason": reason, "level": new.level, "campaign": about.campaign,
            "period": about.period, "form": about.form, "upload": about.upload.as_str(),
        }));
        change.commit(line).await?;
        row.int("seq")
    }

    /// All decisions about a unit and period, oldest first.
    pub async fn of(&self, campaign: &str, unit: &str, period: &str) -> Result<Vec<Review>> {
        let mut reader = self.0.reader("list the decisions about a unit").await?;
        let rows = Sql::new(
            "select seq, submission, upload, decision, reason, level, account, at from reviews
             where campaign = $1 and unit = $2 and period = $3 order by seq",
        )
        .text(campaign)
        .text(unit)
        .text(period)
        .all(&mut reader)
        .await?;
        rows.iter().map(review).collect()
    }
}

fn review(row: &Row) -> Result<Review> {
    Ok(Review {
        seq: row.int("seq")?,
        submission: row.id("submission")?,
        upload: row.id("upload")?,
        decision: row.word("decision")?,
        reason: row.opt_text("reason")?,
        level: row.opt_text("level")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
    })
}
