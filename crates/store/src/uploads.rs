//! Uploads: files as they came, each with its receipt.
//!
//! In:  bytes, who sent them, for which unit.
//! Out: a receipt, given only when bytes, row and audit line are durable together.
//!
//! Not here: what a file says (`readings`), plans and evidence (`attachments`).

use crate::Store;
use crate::blobs::{self, digest_of};
use crate::change::{Actor, Change, Line};
use crate::error::{Result, StoreError};
use crate::jobs::{self, NewJob};
use crate::random;
use crate::sql::{Row, Sql};
use crate::words::{AccountId, Units, UploadId};
use serde_json::json;

/// A file that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    /// Grows with each upload; of two of one unit the later has the greater.
    pub seq: i64,
    /// Short, to be read out over the telephone.
    pub receipt: String,
    pub campaign: String,
    /// The unit it was sent for.
    pub unit: String,
    /// As the sender chose it; what the file itself says is in its reading.
    pub period: Option<String>,
    /// As sent: text to be shown, never a path.
    pub file_name: String,
    /// The zip it came in.
    pub came_in: Option<String>,
    /// SHA-256, hexadecimal.
    pub digest: String,
    pub size: u64,
    /// Strictly growing within a unit, so that the latest is always one.
    pub received_at: i64,
    pub account: Option<AccountId>,
    /// Sent by a superior for the unit (nộp thay).
    pub is_on_behalf: bool,
}

/// A file to be received.
#[derive(Debug, Clone, Copy)]
pub struct NewUpload<'a> {
    pub campaign: &'a str,
    pub unit: &'a str,
    pub period: Option<&'a str>,
    pub file_name: &'a str,
    pub came_in: Option<&'a str>,
    pub is_on_behalf: bool,
    pub bytes: &'a [u8],
    /// A job of this kind is queued with it, in the same transaction, with the payload
    /// `{"upload": "<id>"}`: no file stays unread because a server stopped in between.
    pub then: Option<&'a str>,
}

/// Which uploads to list.
#[derive(Debug, Clone, Copy)]
pub struct UploadFilter<'a> {
    pub campaign: &'a str,
    pub units: Units<'a>,
    pub period: Option<&'a str>,
    /// Later than this one, for the next page.
    pub after: Option<i64>,
    pub limit: u32,
}

pub(crate) const COLUMNS: &str = "u.id, u.seq, u.receipt, u.campaign, u.unit, u.period, u.file_name, u.came_in, \
                                  u.digest, u.size, u.received_at, u.account, u.on_behalf";

/// Uploads.
pub struct Uploads<'a>(pub(crate) &'a Store);

impl Uploads<'_> {
    /// Receives a file. When this returns the file is durable: bytes, row and audit line in one
    /// transaction. The same file sent twice is kept once and has two receipts.
    pub async fn receive(&self, new: &NewUpload<'_>, actor: &Actor) -> Result<Upload> {
        let digest = digest_of(new.bytes);
        let mut change = self.0.change("receive a file", actor).await?;
        change.lock_unit(new.campaign, new.unit).await?;
        blobs::put(&mut change, &digest, new.bytes).await?;
        let sql = Sql::new("select max(received_at) as last from uploads where campaign = $1 and unit = $2");
        let last = sql.text(new.campaign).text(new.unit).one(&mut change).await?.opt_int("last")?;
        let received_at = last.map_or(actor.now, |last| actor.now.max(last.saturating_add(1)));
        let id = UploadId::from(random::id()?);
        let receipt = free_receipt(&mut change).await?;
        let row = Sql::new(
            "insert into uploads (id, receipt, campaign, unit, period, file_name, came_in, digest, size, received_at,
               account, on_behalf) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning seq",
        )
        .text(&id)
        .text(&receipt)
        .text(new.campaign)
        .text(new.unit)
        .opt_text(new.period)
        .text(new.file_name)
        .opt_text(new.came_in)
        .text(&digest)
        .int(new.bytes.len() as i64)
        .int(received_at)
        .opt_text(actor.account.as_ref())
        .flag(new.is_on_behalf)
        .one(&mut change)
        .await?;
        let upload = Upload {
            id,
            seq: row.int("seq")?,
            receipt,
            campaign: new.campaign.to_owned(),
            unit: new.unit.to_owned(),
            period: new.period.map(str::to_owned),
            file_name: new.file_name.to_owned(),
            came_in: new.came_in.map(str::to_owned),
            digest,
            size: new.bytes.len() as u64,
            received_at,
            account: actor.account.clone(),
            is_on_behalf: new.is_on_behalf,
        };
        if let Some(period) = new.period {
            number(&mut change, new.campaign, new.unit, period, &upload.id).await?;
        }
        if let Some(kind) = new.then {
            let name = format!("{kind}:{}", upload.id);
            let payload = json!({ "upload": upload.id.as_str() }).to_string();
            let job = NewJob { campaign: Some(new.campaign), name: Some(&name), ..NewJob::new(kind, &payload) };
            jobs::insert(&mut change, &job).await?;
        }
        let line = Line::new("upload.received", "upload", &upload.id).unit(new.unit).detail(json!({
            "campaign": new.campaign, "period": new.period, "receipt": upload.receipt, "file": new.file_name,
            "digest": upload.digest, "size": upload.size, "on_behalf": new.is_on_behalf, "came_in": new.came_in,
        }));
        change.commit(line).await?;
        Ok(upload)
    }

    pub async fn get(&self, id: &UploadId) -> Result<Upload> {
        let found = self.by("id", id.as_str()).await?;
        found.ok_or_else(|| StoreError::NotFound { what: "upload", id: id.to_string() })
    }

    /// The upload of a receipt as a person read it out: small letters and spaces do not matter.
    pub async fn by_receipt(&self, receipt: &str) -> Result<Option<Upload>> {
        let signs: String = receipt.chars().filter(char::is_ascii_alphanumeric).collect();
        let signs = signs.to_ascii_uppercase();
        let (Some(head), Some(tail)) = (signs.get(..4), signs.get(4..)) else { return Ok(None) };
        self.by("receipt", &format!("{head}-{tail}")).await
    }

    async fn by(&self, column: &str, value: &str) -> Result<Option<Upload>> {
        let mut reader = self.0.reader("look up an upload").await?;
        let sql = Sql::new(format!("select {COLUMNS} from uploads u where u.{column} = $1")).text(value);
        sql.optional(&mut reader).await?.as_ref().map(upload).transpose()
    }

    /// In order of receipt; the next page begins after the last `seq`.
    pub async fn list(&self, filter: &UploadFilter<'_>) -> Result<Vec<Upload>> {
        let mut reader = self.0.reader("list the uploads").await?;
        let rows = Sql::new(format!("select {COLUMNS} from uploads u where u.campaign = $1"))
            .text(filter.campaign)
            .and_units(self.0.backend(), "u.unit", filter.units)
            .and_text("u.period =", filter.period)
            .and_int("u.seq >", filter.after)
            .push(" order by u.seq")
            .limit(filter.limit)
            .all(&mut reader)
            .await?;
        rows.iter().map(upload).collect()
    }

    /// Uploads that this definition and program have not read, oldest first: after a new definition
    /// these are to be read again.
    pub async fn unread(&self, campaign: &str, definition: &str, program: &str, limit: u32) -> Result<Vec<Upload>> {
        let mut reader = self.0.reader("list the unread uploads").await?;
        let rows = Sql::new(format!(
            "select {COLUMNS} from uploads u where u.campaign = $1 and not exists (
               select 1 from readings r where r.upload = u.id and r.definition = $2 and r.program = $3)
             order by u.seq"
        ))
        .text(campaign)
        .text(definition)
        .text(program)
        .limit(limit)
        .all(&mut reader)
        .await?;
        rows.iter().map(upload).collect()
    }

    /// The bytes as they came, verified.
    pub async fn bytes(&self, id: &UploadId) -> Result<Vec<u8>> {
        let upload = self.get(id).await?;
        self.0.blobs().read(&upload.digest).await
    }
}

/// Notes that an upload speaks about a unit and period.
pub(crate) async fn number(
    change: &mut Change<'_>,
    campaign: &str,
    unit: &str,
    period: &str,
    upload: &UploadId,
) -> Result<()> {
    Sql::new("insert into versions (campaign, unit, period, upload) values ($1, $2, $3, $4) on conflict do nothing")
        .text(campaign)
        .text(unit)
        .text(period)
        .text(upload)
        .run(change)
        .await
        .map(drop)
}

/// A receipt that neither an upload nor an attachment has.
pub(crate) async fn free_receipt(change: &mut Change<'_>) -> Result<String> {
    loop {
        let receipt = random::receipt()?;
        let row = Sql::new(
            "select (select count(*) from uploads where receipt = $1)
                  + (select count(*) from attachments where receipt = $1) as taken",
        )
        .text(&receipt)
        .one(change)
        .await?;
        if row.int("taken")? == 0 {
            return Ok(receipt);
        }
    }
}

pub(crate) fn upload(row: &Row) -> Result<Upload> {
    Ok(Upload {
        id: row.id("id")?,
        seq: row.int("seq")?,
        receipt: row.text("receipt")?,
        campaign: row.text("campaign")?,
        unit: row.text("unit")?,
        period: row.opt_text("period")?,
        file_name: row.text("file_name")?,
        came_in: row.opt_text("came_in")?,
        digest: row.text("digest")?,
        size: row.size("size")?,
        received_at: row.int("received_at")?,
        account: row.opt_id("account")?,
        is_on_behalf: row.flag("on_behalf")?,
    })
}
