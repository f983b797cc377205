//! Readings: what the software made of an upload.
//!
//! In:  the report and the submissions of one upload, read with one definition and program version.
//! Out: the same again; the submissions of the newest reading; facts.
//!
//! Not here: which submission counts now (`latest`), what a superior says of it (`reviews`).

use crate::Store;
use crate::backend::Backend;
use crate::change::{Actor, Change, Line};
use crate::error::{Result, StoreError};
use crate::latest::{self, Key};
use crate::random;
use crate::sql::{Row, Sql};
use crate::uploads;
use crate::words::{ReadingId, Status, SubmissionId, Units, UploadId};
use serde_json::json;
use std::collections::BTreeSet;

/// What was made of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub id: ReadingId,
    pub upload: UploadId,
    /// Digest of the campaign's definition.
    pub definition: String,
    /// Version of the program.
    pub program: String,
    pub made_at: i64,
    pub status: Status,
}

/// A reading to be kept.
#[derive(Debug, Clone)]
pub struct NewReading<'a> {
    pub upload: &'a UploadId,
    pub definition: &'a str,
    pub program: &'a str,
    pub status: Status,
    /// JSON: issues, account of cells, whatever the page shows.
    pub report: &'a str,
    /// One for each unit, form and period found in the file.
    pub submissions: Vec<NewSubmission>,
}

/// One form of one unit and period, found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubmission {
    pub unit: String,
    pub period: String,
    pub form: String,
    pub status: Status,
    pub facts: Vec<Fact>,
}

/// A submission as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    pub id: SubmissionId,
    pub reading: ReadingId,
    pub upload: UploadId,
    pub campaign: String,
    pub unit: String,
    pub period: String,
    pub form: String,
    pub status: Status,
}

/// A value and the cell it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fact {
    pub field: String,
    /// A count, an amount, a date as a number: what is added up.
    pub value: Option<i64>,
    /// A text or choice.
    pub words: Option<String>,
    /// Why it is marked, if it is.
    pub mark: Option<String>,
    /// The cell's content as the sender sees it.
    pub raw: String,
    pub sheet: String,
    pub cell: String,
}

/// When a form of a unit came first in a file that could be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstUsable {
    pub unit: String,
    pub form: String,
    pub received_at: i64,
}

const READING: &str = "r.id, r.upload, r.definition, r.program, r.made_at, r.status";
const SUBMISSION: &str = "s.id, s.reading, s.upload, s.campaign, s.unit, s.period, s.form, s.status";
const FACT: &str = "f.field, f.value, f.words, f.mark, f.raw, f.sheet, f.cell";
/// Rows of facts in one statement: nine arguments each, far below what either database allows.
const FACTS_AT_ONCE: usize = 100;

/// Readings, their submissions and facts.
pub struct Readings<'a>(pub(crate) &'a Store);

impl Readings<'_> {
    /// Keeps a reading. Doing it again with the same upload, definition and program changes nothing
    /// and gives the first one's id, so that a job may be repeated.
    pub async fn add(&self, new: &NewReading<'_>, actor: &Actor) -> Result<ReadingId> {
        let upload = self.0.uploads().get(new.upload).await?;
        let mut change = self.0.change("keep a reading", actor).await?;
        // Two readings of one upload one after the other; then the units in sorted order, so that
        // two readings of different uploads never wait for each other in a circle.
        change.lock(&format!("upload\n{}", upload.id)).await?;
        let mut units: BTreeSet<&str> = new.submissions.iter().map(|it| it.unit.as_str()).collect();
        let before = self.keys_of(&mut change, &upload.campaign, &upload.id).await?;
        units.extend(before.iter().map(|key| key.unit.as_str()));
        units.insert(&upload.unit);
        for unit in units {
            change.lock_unit(&upload.campaign, unit).await?;
        }
        let sql = Sql::new("select id from readings where upload = $1 and definition = $2 and program = $3");
        let found = sql.text(&upload.id).text(new.definition).text(new.program).optional(&mut change).await?;
        if let Some(row) = found {
            change.abandon().await?;
            return row.id("id");
        }
        let id = ReadingId::from(random::id()?);
        Sql::new(
            "insert into readings (id, upload, definition, program, made_at, status, report)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .text(&id)
        .text(&upload.id)
        .text(new.definition)
        .text(new.program)
        .int(actor.now)
        .text(new.status.as_str())
        .text(new.report)
        .run(&mut change)
        .await?;
        let mut keys: BTreeSet<Key> = before.into_iter().collect();
        for submission in &new.submissions {
            insert(&mut change, &id, &upload, submission).await?;
            uploads::number(&mut change, &upload.campaign, &submission.unit, &submission.period, &upload.id).await?;
            keys.insert(Key::of(&upload.campaign, &submission.unit, &submission.period, &submission.form));
        }
        for key in &keys {
            latest::settle(&mut change, key).await?;
        }
        let line = Line::new("reading.kept", "reading", &id).unit(&upload.unit).detail(json!({
            "upload": upload.id.as_str(), "definition": new.definition, "program": new.program,
            "status": new.status.as_str(), "submissions": new.submissions.len(),
        }));
        change.commit(line).await?;
        Ok(id)
    }

    async fn keys_of(&self, change: &mut Change<'_>, campaign: &str, upload: &UploadId) -> Result<Vec<Key>> {
        let sql = Sql::new("select distinct unit, period, form from submissions where upload = $1");
        let rows = sql.text(upload).all(change).await?;
        rows.iter()
            .map(|row| Ok(Key::of(campaign, &row.text("unit")?, &row.text("period")?, &row.text("form")?)))
            .collect()
    }

    /// The readings of an upload, newest first.
    pub async fn of_upload(&self, upload: &UploadId) -> Result<Vec<Reading>> {
        let mut reader = self.0.reader("list the readings of an upload").await?;
        let sql = Sql::new(format!("select {READING} from readings r where r.upload = $1 order by r.seq desc"));
        sql.text(upload).all(&mut reader).await?.iter().map(reading).collect()
    }

    /// The report of a reading, as it was given.
    pub async fn report(&self, reading: &ReadingId) -> Result<String> {
        let mut reader = self.0.reader("read the report of a reading").await?;
        let row = Sql::new("select report from readings where id = $1").text(reading).optional(&mut reader).await?;
        row.ok_or_else(|| StoreError::NotFound { what: "reading", id: reading.to_string() })?.text("report")
    }

    /// The submissions of a reading, in order of unit, period and form.
    pub async fn submissions(&self, reading: &ReadingId) -> Result<Vec<Submission>> {
        let mut reader = self.0.reader("list the submissions of a reading").await?;
        let order = "order by s.unit, s.period, s.form";
        let sql = Sql::new(format!("select {SUBMISSION} from submissions s where s.reading = $1 {order}"));
        sql.text(reading).all(&mut reader).await?.iter().map(submission).collect()
    }

    /// The submissions of the newest reading of an upload.
    pub async fn newest_submissions(&self, upload: &UploadId) -> Result<Vec<Submission>> {
        match self.of_upload(upload).await?.first() {
            Some(newest) => self.submissions(&newest.id).await,
            None => Ok(Vec::new()),
        }
    }

    pub async fn submission(&self, id: &SubmissionId) -> Result<Submission> {
        let mut reader = self.0.reader("look up a submission").await?;
        let sql = Sql::new(format!("select {SUBMISSION} from submissions s where s.id = $1"));
        let row = sql.text(id).optional(&mut reader).await?;
        submission(&row.ok_or_else(|| StoreError::NotFound { what: "submission", id: id.to_string() })?)
    }

    /// When each unit first sent each form of a period so that it could be used, by the newest reading
    /// of every file; in order of unit and form.
    pub async fn first_usable(&self, campaign: &str, period: &str) -> Result<Vec<FirstUsable>> {
        let mut reader = self.0.reader("look up when reports came first").await?;
        let sql = Sql::new(
            "select s.unit, s.form, cast(min(u.received_at) as bigint) as received_at
             from submissions s join uploads u on u.id = s.upload join readings r on r.id = s.reading
             where s.campaign = $1 and s.period = $2 and s.status <> $3
               and r.seq = (select max(n.seq) from readings n where n.upload = s.upload)
             group by s.unit, s.form order by s.unit, s.form",
        );
        let rows = sql.text(campaign).text(period).text(Status::Rejected.as_str()).all(&mut reader).await?;
        let first = |row: &Row| {
            Ok(FirstUsable { unit: row.text("unit")?, form: row.text("form")?, received_at: row.int("received_at")? })
        };
        rows.iter().map(first).collect()
    }

    /// The facts of a submission, in the order they were given.
    pub async fn facts(&self, submission: &SubmissionId) -> Result<Vec<Fact>> {
        let mut reader = self.0.reader("read the facts of a submission").await?;
        let sql = Sql::new(format!("select {FACT} from facts f where f.submission = $1 order by f.number"));
        sql.text(submission).all(&mut reader).await?.iter().map(fact).collect()
    }

    /// The facts that count now for one form and period: of the standing submission of each unit,
    /// in order of unit. A superior's form 2 is filled from these.
    pub async fn standing_facts(
        &self,
        campaign: &str,
        period: &str,
        form: &str,
        units: Units<'_>,
    ) -> Result<Vec<(String, Fact)>> {
        let backend: Backend = self.0.backend();
        let mut reader = self.0.reader("read the facts of a subtree").await?;
        let rows = Sql::new(format!(
            "select l.unit, {FACT} from latest l join facts f on f.submission = l.standing
             where l.campaign = $1 and l.period = $2 and l.form = $3"
        ))
        .text(campaign)
        .text(period)
        .text(form)
        .and_units(backend, "l.unit", units)
        .push(" order by l.unit, f.number")
        .all(&mut reader)
        .await?;
        rows.iter().map(|row| Ok((row.text("unit")?, fact(row)?))).collect()
    }
}

async fn insert(
    change: &mut Change<'_>,
    reading: &ReadingId,
    upload: &uploads::Upload,
    new: &NewSubmission,
) -> Result<()> {
    let id = random::id()?;
    Sql::new(
        "insert into submissions (id, reading, upload, campaign, unit, period, form, status)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .text(&id)
    .text(reading)
    .text(&upload.id)
    .text(&upload.campaign)
    .text(&new.unit)
    .text(&new.period)
    .text(&new.form)
    .text(new.status.as_str())
    .run(change)
    .await?;
    for (group, facts) in new.facts.chunks(FACTS_AT_ONCE).enumerate() {
        let mut text =
            String::from("insert into facts (submission, number, field, value, words, mark, raw, sheet, cell) values ");
        for at in 0..facts.len() {
            let first = at * 9 + 1;
            let places: Vec<String> = (first..first + 9).map(|n| format!("${n}")).collect();
            text += &format!("{}({})", if at == 0 { "" } else { ", " }, places.join(", "));
        }
        let mut sql = if facts.len() == FACTS_AT_ONCE { Sql::new(text) } else { Sql::new(text).once() };
        for (at, fact) in facts.iter().enumerate() {
            sql = sql
                .text(&id)
                .int((group * FACTS_AT_ONCE + at) as i64)
                .text(&fact.field)
                .opt_int(fact.value)
                .opt_text(fact.words.as_ref())
                .opt_text(fact.mark.as_ref())
                .text(&fact.raw)
                .text(&fact.sheet)
                .text(&fact.cell);
        }
        sql.run(change).await?;
    }
    Ok(())
}

pub(crate) fn reading(row: &Row) -> Result<Reading> {
    Ok(Reading {
        id: row.id("id")?,
        upload: row.id("upload")?,
        definition: row.text("definition")?,
        program: row.text("program")?,
        made_at: row.int("made_at")?,
        status: row.word("status")?,
    })
}

fn submission(row: &Row) -> Result<Submission> {
    Ok(Submission {
        id: row.id("id")?,
        reading: row.id("reading")?,
        upload: row.id("upload")?,
        campaign: row.text("campaign")?,
        unit: row.text("unit")?,
        period: row.text("period")?,
        form: row.text("form")?,
        status: row.word("status")?,
    })
}

fn fact(row: &Row) -> Result<Fact> {
    Ok(Fact {
        field: row.text("field")?,
        value: row.opt_int("value")?,
        words: row.opt_text("words")?,
        mark: row.opt_text("mark")?,
        raw: row.text("raw")?,
        sheet: row.text("sheet")?,
        cell: row.text("cell")?,
    })
}
