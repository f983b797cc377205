//! Attachments: plans, minutes, evidence, signed scans. Kept with a receipt, never parsed.

use crate::Store;
use crate::blobs::{self, digest_of};
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::random;
use crate::sql::{Row, Sql};
use crate::uploads::free_receipt;
use crate::words::{AccountId, AttachmentId, AttachmentKind, Units};
use serde_json::json;

/// A file to be kept beside the reports.
#[derive(Debug, Clone, Copy)]
pub struct NewAttachment<'a> {
    pub campaign: &'a str,
    pub unit: &'a str,
    pub period: Option<&'a str>,
    pub kind: AttachmentKind,
    pub file_name: &'a str,
    /// As its content says, not as the sender says.
    pub media_type: &'a str,
    pub is_on_behalf: bool,
    pub bytes: &'a [u8],
}

/// An attachment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub seq: i64,
    pub receipt: String,
    pub campaign: String,
    pub unit: String,
    pub period: Option<String>,
    pub kind: AttachmentKind,
    pub file_name: String,
    pub media_type: String,
    /// Read with [`crate::Blobs`].
    pub digest: String,
    pub size: u64,
    pub received_at: i64,
    pub account: Option<AccountId>,
    pub is_on_behalf: bool,
}

const COLUMNS: &str = "id, seq, receipt, campaign, unit, period, kind, file_name, media_type, digest, size, \
                       received_at, account, on_behalf";

/// Attachments.
pub struct Attachments<'a>(pub(crate) &'a Store);

impl Attachments<'_> {
    /// Receives a file; durable when this returns.
    pub async fn receive(&self, new: &NewAttachment<'_>, actor: &Actor) -> Result<Attachment> {
        let digest = digest_of(new.bytes);
        let mut change = self.0.change("receive an attachment", actor).await?;
        blobs::put(&mut change, &digest, new.bytes).await?;
        let id = AttachmentId::from(random::id()?);
        let receipt = free_receipt(&mut change).await?;
        let row = Sql::new(
            "insert into attachments (id, receipt, campaign, unit, period, kind, file_name, media_type, digest, size,
               received_at, account, on_behalf) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             returning seq",
        )
        .text(&id)
        .text(&receipt)
        .text(new.campaign)
        .text(new.unit)
        .opt_text(new.period)
        .text(new.kind.as_str())
        .text(new.file_name)
        .text(new.media_type)
        .text(&digest)
        .int(new.bytes.len() as i64)
        .int(actor.now)
        .opt_text(actor.account.as_ref())
        .flag(new.is_on_behalf)
        .one(&mut change)
        .await?;
        let attachment = Attachment {
            id,
            seq: row.int("seq")?,
            receipt,
            campaign: new.campaign.to_owned(),
            unit: new.unit.to_owned(),
            period: new.period.map(str::to_owned),
            kind: new.kind,
            file_name: new.file_name.to_owned(),
            media_type: new.media_type.to_owned(),
            digest,
            size: new.bytes.len() as u64,
            received_at: actor.now,
            account: actor.account.clone(),
            is_on_behalf: new.is_on_behalf,
        };
        let line = Line::new("attachment.received", "attachment", &attachment.id).unit(new.unit).detail(json!({
            "campaign": new.campaign, "period": new.period, "kind": new.kind.as_str(), "receipt": attachment.receipt,
            "file": new.file_name, "digest": attachment.digest, "size": attachment.size,
            "on_behalf": new.is_on_behalf,
        }));
        change.commit(line).await?;
        Ok(attachment)
    }

    pub async fn get(&self, id: &AttachmentId) -> Result<Attachment> {
        let mut reader = self.0.reader("look up an attachment").await?;
        let row = Sql::new(format!("select {COLUMNS} from attachments where id = $1")).text(id);
        let row = row.optional(&mut reader).await?;
        attachment(&row.ok_or_else(|| StoreError::NotFound { what: "attachment", id: id.to_string() })?)
    }

    /// In order of receipt.
    pub async fn list(&self, campaign: &str, units: Units<'_>, period: Option<&str>) -> Result<Vec<Attachment>> {
        let mut reader = self.0.reader("list the attachments").await?;
        let rows = Sql::new(format!("select {COLUMNS} from attachments where campaign = $1"))
            .text(campaign)
            .and_units(self.0.backend(), "unit", units)
            .and_text("period =", period)
            .push(" order by seq")
            .all(&mut reader)
            .await?;
        rows.iter().map(attachment).collect()
    }
}

fn attachment(row: &Row) -> Result<Attachment> {
    Ok(Attachment {
        id: row.id("id")?,
        seq: row.int("seq")?,
        receipt: row.text("receipt")?,
        campaign: row.text("campaign")?,
        unit: row.text("unit")?,
        period: row.opt_text("period")?,
        kind: row.word("kind")?,
        file_name: row.text("file_name")?,
        media_type: row.text("media_type")?,
        digest: row.text("digest")?,
        size: row.size("size")?,
        received_at: row.int("received_at")?,
        account: row.opt_id("account")?,
        is_on_behalf: row.flag("on_behalf")?,
    })
}
