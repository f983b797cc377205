//! The campaign definitions that were applied: the packed folder, its digest, when and by whom.
//!
//! In:  the bytes of a packed definition.
//! Out: the one that counts now, cheap to poll; all that ever counted.

use crate::Store;
use crate::blobs::{self, digest_of};
use crate::change::{Actor, Line};
use crate::error::{Result, StoreError};
use crate::sql::{Row, Sql};
use crate::words::AccountId;
use serde_json::json;

/// A definition to be applied.
#[derive(Debug, Clone, Copy)]
pub struct NewDefinition<'a> {
    pub campaign: &'a str,
    /// The digest the campaign itself has, whatever it was packed with.
    pub definition: &'a str,
    /// The packed folder.
    pub bytes: &'a [u8],
    pub note: Option<&'a str>,
    /// The number of the definition that the changes were shown against; 0 for the first.
    pub over: u64,
}

/// A definition as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub campaign: String,
    /// From 1; grows with each that is applied.
    pub number: u64,
    pub definition: String,
    /// Of the packed folder; read with [`crate::Blobs`].
    pub digest: String,
    pub size: u64,
    pub note: Option<String>,
    pub account: Option<AccountId>,
    pub at: i64,
}

const COLUMNS: &str = "d.campaign, d.number, d.definition, d.digest, d.size, d.note, d.account, d.at";

/// Applied definitions.
pub struct Definitions<'a>(pub(crate) &'a Store);

impl Definitions<'_> {
    /// Applies a definition. Applying the one that counts already changes nothing.
    ///
    /// # Errors
    /// [`StoreError::DefinitionMoved`] when another was applied since the changes were shown.
    pub async fn apply(&self, new: &NewDefinition<'_>, actor: &Actor) -> Result<u64> {
        let digest = digest_of(new.bytes);
        let mut change = self.0.change("apply a campaign definition", actor).await?;
        change.lock(&format!("definition\n{}", new.campaign)).await?;
        let current = Sql::new(
            "select number, digest, definition from definitions where campaign = $1 order by number desc limit 1",
        );
        let current = current.text(new.campaign).optional(&mut change).await?;
        let number = current.as_ref().map_or(Ok(0), |row| row.size("number"))?;
        if let Some(row) = &current
            && row.text("digest")? == digest
            && row.text("definition")? == new.definition
        {
            change.abandon().await?;
            return Ok(number);
        }
        if number != new.over {
            return Err(StoreError::DefinitionMoved { shown: new.over, found: number });
        }
        blobs::put(&mut change, &digest, new.bytes).await?;
        let number = number + 1;
        Sql::new(
            "insert into definitions (campaign, number, definition, digest, size, note, account, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .text(new.campaign)
        .int(number as i64)
        .text(new.definition)
        .text(&digest)
        .int(new.bytes.len() as i64)
        .opt_text(new.note)
        .opt_text(actor.account.as_ref())
        .int(actor.now)
        .run(&mut change)
        .await?;
        let line = Line::new("definition.applied", "definition", new.campaign)
            .detail(json!({ "number": number, "definition": new.definition, "digest": digest, "note": new.note }));
        change.commit(line).await?;
        Ok(number)
    }

    /// The one that counts now.
    pub async fn current(&self, campaign: &str) -> Result<Option<Definition>> {
        Ok(self.history(campaign).await?.into_iter().next())
    }

    /// The one that counts now of each campaign, in order of campaign: for a server to poll.
    pub async fn all_current(&self) -> Result<Vec<Definition>> {
        let mut reader = self.0.reader("list the campaigns").await?;
        let rows = Sql::new(format!(
            "select {COLUMNS} from definitions d
             where d.number = (select max(n.number) from definitions n where n.campaign = d.campaign)
             order by d.campaign"
        ));
        rows.all(&mut reader).await?.iter().map(definition).collect()
    }

    /// All that were applied, newest first.
    pub async fn history(&self, campaign: &str) -> Result<Vec<Definition>> {
        let mut reader = self.0.reader("list the definitions of a campaign").await?;
        let sql = Sql::new(format!("select {COLUMNS} from definitions d where d.campaign = $1 order by d.number desc"));
        sql.text(campaign).all(&mut reader).await?.iter().map(definition).collect()
    }
}

fn definition(row: &Row) -> Result<Definition> {
    Ok(Definition {
        campaign: row.text("campaign")?,
        number: row.size("number")?,
        definition: row.text("definition")?,
        digest: row.text("digest")?,
        size: row.size("size")?,
        note: row.opt_text("note")?,
        account: row.opt_id("account")?,
        at: row.int("at")?,
    })
}
