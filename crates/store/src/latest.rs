//! Which submission of a unit, period and form counts now.
//!
//! In:  the submissions of all uploads that speak about it, and the newest decision on each upload.
//! Out: the newest attempt, the standing one, the approved one.
//!
//! The rule, in [`judge`]:
//! - A later upload takes the place of an earlier one; one that was rejected as unreadable shows as
//!   the newest attempt and takes nobody's place.
//! - A decision belongs to the upload it was made about: reading the same file again keeps it.
//! - What was approved stays as it was approved, even when a later reading of the same file says
//!   otherwise: approved data change only by a newer upload.

use crate::Store;
use crate::backend::Backend;
use crate::change::Change;
use crate::error::Result;
use crate::sql::{Link, Row, Sql};
use crate::words::{Decision, ReviewState, Status, SubmissionId, Units, UploadId};
use std::collections::BTreeMap;

/// What is known about a unit, period and form now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub unit: String,
    pub period: String,
    pub form: String,
    /// The newest attempt, whatever became of it.
    pub newest: Attempt,
    /// The newest attempt that was not rejected: what counts. The same as `newest`, or older, or
    /// none.
    pub standing: Option<Attempt>,
    /// Where the standing one is with those who approve it; waiting when there is none.
    pub review: ReviewState,
    /// The newest decision on the standing one.
    pub review_seq: Option<i64>,
    /// The newest approved one: the standing one, or an older one that a newer upload has replaced
    /// and that the newer one is to be compared with.
    pub approved: Option<SubmissionId>,
}

/// A submission and the upload it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub submission: SubmissionId,
    pub upload: UploadId,
    pub status: Status,
    pub received_at: i64,
}

/// Unit, period and form of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) campaign: String,
    pub(crate) unit: String,
    pub(crate) period: String,
    pub(crate) form: String,
}

impl Key {
    pub(crate) fn of(campaign: &str, unit: &str, period: &str, form: &str) -> Self {
        let own = str::to_owned;
        Self { campaign: own(campaign), unit: own(unit), period: own(period), form: own(form) }
    }
}

/// What one upload says about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    upload: UploadId,
    received_at: i64,
    /// Of its newest reading; none when that no longer finds the form.
    fresh: Option<(SubmissionId, Status)>,
    /// The newest decision on any of its readings.
    decision: Option<Decided>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Decided {
    seq: i64,
    decision: Decision,
    submission: SubmissionId,
    status: Status,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Judged {
    newest: Attempt,
    standing: Option<Attempt>,
    review: ReviewState,
    review_seq: Option<i64>,
    approved: Option<SubmissionId>,
}

/// `candidates` in order of receipt.
fn judge(candidates: &[Candidate]) -> Option<Judged> {
    let attempt = |it: &Candidate| {
        let approved = it.decision.as_ref().filter(|decided| decided.decision == Decision::Approved);
        let counts = approved.map(|decided| (decided.submission.clone(), decided.status));
        let (submission, status) = counts.or_else(|| it.fresh.clone())?;
        Some(Attempt { submission, upload: it.upload.clone(), status, received_at: it.received_at })
    };
    let newest = candidates.iter().rev().find_map(attempt)?;
    let standing = candidates.iter().rev().find_map(|it| {
        attempt(it).filter(|attempt| attempt.status != Status::Rejected).map(|attempt| (attempt, it.decision.as_ref()))
    });
    let decision = standing.as_ref().and_then(|(_, decision)| *decision);
    let approved = candidates.iter().rev().find_map(|it| {
        it.decision.as_ref().filter(|it| it.decision == Decision::Approved).map(|it| it.submission.clone())
    });
    Some(Judged {
        newest,
        review: decision.map_or(ReviewState::Waiting, |it| it.decision.into()),
        review_seq: decision.map(|it| it.seq),
        standing: standing.map(|(attempt, _)| attempt),
        approved,
    })
}

/// Brings the row of a key up to date. The caller holds the lock of the unit.
pub(crate) async fn settle(change: &mut Change<'_>, key: &Key) -> Result<()> {
    let candidates = candidates(change, key).await?;
    let Some(judged) = judge(&candidates) else {
        return bind(
            Sql::new("delete from latest where campaign = $1 and unit = $2 and period = $3 and form = $4"),
            key,
        )
        .run(change)
        .await
        .map(drop);
    };
    let standing = judged.standing.as_ref();
    bind(
        Sql::new(
            "insert into latest (campaign, unit, period, form, submission, upload, status, received_at, standing,
               standing_upload, standing_status, standing_received_at, review, review_seq, approved)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             on conflict (campaign, unit, period, form) do update set
               submission = excluded.submission, upload = excluded.upload, status = excluded.status,
               received_at = excluded.received_at, standing = excluded.standing,
               standing_upload = excluded.standing_upload, standing_status = excluded.standing_status,
               standing_received_at = excluded.standing_received_at, review = excluded.review,
               review_seq = excluded.review_seq, approved = excluded.approved",
        ),
        key,
    )
    .text(&judged.newest.submission)
    .text(&judged.newest.upload)
    .text(judged.newest.status.as_str())
    .int(judged.newest.received_at)
    .opt_text(standing.map(|it| &it.submission))
    .opt_text(standing.map(|it| &it.upload))
    .opt_text(standing.map(|it| it.status.as_str()))
    .opt_int(standing.map(|it| it.received_at))
    .text(judged.review.as_str())
    .opt_int(judged.review_seq)
    .opt_text(judged.approved.as_ref())
    .run(change)
    .await
    .map(drop)
}

fn bind(sql: Sql, key: &Key) -> Sql {
    sql.text(&key.campaign).text(&key.unit).text(&key.period).text(&key.form)
}

async fn candidates(link: &mut dyn Link, key: &Key) -> Result<Vec<Candidate>> {
    let mut found: BTreeMap<i64, Candidate> = BTreeMap::new();
    let fresh = Sql::new(
        "select u.seq, u.id as upload, u.received_at, s.id, s.status
         from submissions s join uploads u on u.id = s.upload join readings r on r.id = s.reading
         where s.campaign = $1 and s.unit = $2 and s.period = $3 and s.form = $4
           and r.seq = (select max(n.seq) from readings n where n.upload = s.upload)",
    );
    for row in bind(fresh, key).all(link).await? {
        let candidate = Candidate {
            upload: row.id("upload")?,
            received_at: row.int("received_at")?,
            fresh: Some((row.id("id")?, row.word("status")?)),
            decision: None,
        };
        found.insert(row.int("seq")?, candidate);
    }
    let decided = Sql::new(
        "select u.seq, u.id as upload, u.received_at, v.seq as review, v.decision, v.submission, s.status
         from reviews v join uploads u on u.id = v.upload join submissions s on s.id = v.submission
         where v.campaign = $1 and v.unit = $2 and v.period = $3 and v.form = $4 order by v.seq",
    );
    // In order of decision, so that the newest stands.
    for row in bind(decided, key).all(link).await? {
        let candidate = found.entry(row.int("seq")?).or_insert(Candidate {
            upload: row.id("upload")?,
            received_at: row.int("received_at")?,
            fresh: None,
            decision: None,
        });
        candidate.decision = Some(Decided {
            seq: row.int("review")?,
            decision: row.word("decision")?,
            submission: row.id("submission")?,
            status: row.word("status")?,
        });
    }
    Ok(found.into_values().collect())
}

/// Where everything stands.
pub struct States<'a>(pub(crate) &'a Store);

impl States<'_> {
    /// The state of each unit × period × form that anything was sent for, in that order: one
    /// statement for thousands of units. What is missing is not in it: only the campaign knows what
    /// is due.
    pub async fn of(&self, campaign: &str, units: Units<'_>, period: Option<&str>) -> Result<Vec<State>> {
        let backend: Backend = self.0.backend();
        let mut reader = self.0.reader("read the state of units").await?;
        let rows = Sql::new(
            "select unit, period, form, submission, upload, status, received_at, standing, standing_upload,
               standing_status, standing_received_at, review, review_seq, approved
             from latest where campaign = $1",
        )
        .text(campaign)
        .and_text("period =", period)
        .and_units(backend, "unit", units)
        .push(" order by unit, period, form")
        .all(&mut reader)
        .await?;
        rows.iter().map(state).collect()
    }
}

fn state(row: &Row) -> Result<State> {
    let standing = match row.opt_id("standing")? {
        Some(submission) => Some(Attempt {
            submission,
            upload: row.id("standing_upload")?,
            status: row.word("standing_status")?,
            received_at: row.int("standing_received_at")?,
        }),
        None => None,
    };
    Ok(State {
        unit: row.text("unit")?,
        period: row.text("period")?,
        form: row.text("form")?,
        newest: Attempt {
            submission: row.id("submission")?,
            upload: row.id("upload")?,
            status: row.word("status")?,
            received_at: row.int("received_at")?,
        },
        standing,
        review: row.word("review")?,
        review_seq: row.opt_int("review_seq")?,
        approved: row.opt_id("approved")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_readable_upload_stands_and_approval_holds_its_reading() {
        // An upload a line: its newest reading (submission:status), then the newest decision.
        check("", "nothing");
        check("a:ok", "newest a, standing a waiting");
        check("a:ok | b:ok", "newest b, standing b waiting");
        check("a:ok | b:rejected", "newest b, standing a waiting");
        check("a:rejected", "newest a, no standing waiting");
        check("a:ok returned:a", "newest a, standing a returned");
        check("a2:ok returned:a1", "newest a2, standing a2 returned"); // read again: still returned
        check("a2:ok approved:a1", "newest a1, standing a1 approved, approved a1"); // approved stays as it was
        check("a2:rejected approved:a1", "newest a1, standing a1 approved, approved a1");
        check("- approved:a1", "newest a1, standing a1 approved, approved a1"); // not even found any more
        check("- returned:a1", "nothing");
        check("a:ok approved:a | b:ok", "newest b, standing b waiting, approved a");
        check("a:ok approved:a | b:rejected", "newest b, standing a approved, approved a");
        check("a:ok approved:a | b:ok returned:b", "newest b, standing b returned, approved a");
        check("a:ok approved:a | b:ok approved:b", "newest b, standing b approved, approved b");
        check("a:ok approved:a | - returned:b1", "newest a, standing a approved, approved a");
    }

    #[track_caller]
    fn check(uploads: &str, expected: &str) {
        let candidates: Vec<Candidate> = uploads
            .split('|')
            .filter(|line| !line.trim().is_empty())
            .enumerate()
            .map(|(at, line)| candidate(at, line.trim()))
            .collect();
        let found = judge(&candidates).map_or("nothing".to_owned(), |it| {
            let standing = it.standing.map_or("no standing".to_owned(), |it| format!("standing {}", it.submission));
            let approved = it.approved.map_or(String::new(), |it| format!(", approved {it}"));
            format!("newest {}, {standing} {}{approved}", it.newest.submission, it.review)
        });
        assert_eq!(found, expected, "{uploads}");
    }

    fn candidate(at: usize, line: &str) -> Candidate {
        let (fresh, decision) = line.split_once(' ').unwrap_or((line, ""));
        let fresh = fresh.split_once(':').map(|(id, status)| {
            (SubmissionId::from(id), if status == "ok" { Status::Accepted } else { Status::Rejected })
        });
        let decision = decision.split_once(':').map(|(decision, id)| Decided {
            seq: at as i64,
            decision: Decision::from_word(decision).expect("a decision"),
            submission: SubmissionId::from(id),
            status: Status::Accepted,
        });
        Candidate { upload: UploadId::from(format!("u{at}")), received_at: at as i64, fresh, decision }
    }
}
