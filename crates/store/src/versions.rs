//! The history of a unit and period: every version with what became of it.
//!
//! In:  uploads that were sent for the unit and period, or that turned out to speak about it.
//! Out: versions numbered from 1 in order of receipt.
//!
//! A number moves by one only when an older file that named no period turns out, on being read
//! again, to speak about this one.

use crate::Store;
use crate::error::Result;
use crate::readings::{Reading, reading};
use crate::sql::Sql;
use crate::uploads::{self, Upload};

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: u64,
    pub upload: Upload,
    /// The newest reading; its report is got with [`crate::Readings::report`].
    pub reading: Option<Reading>,
}

/// Versions.
pub struct Versions<'a>(pub(crate) &'a Store);

impl Versions<'_> {
    /// All versions of a unit and period, newest first.
    pub async fn of(&self, campaign: &str, unit: &str, period: &str) -> Result<Vec<Version>> {
        let mut reader = self.0.reader("list the versions of a report").await?;
        let rows = Sql::new(format!(
            "select {} from versions v join uploads u on u.id = v.upload
             where v.campaign = $1 and v.unit = $2 and v.period = $3 order by u.seq",
            uploads::COLUMNS
        ))
        .text(campaign)
        .text(unit)
        .text(period)
        .all(&mut reader)
        .await?;
        let newest = Sql::new(
            "select r.id, r.upload, r.definition, r.program, r.made_at, r.status
             from versions v join readings r on r.upload = v.upload
             where v.campaign = $1 and v.unit = $2 and v.period = $3
               and r.seq = (select max(n.seq) from readings n where n.upload = v.upload)",
        );
        let newest = newest.text(campaign).text(unit).text(period).all(&mut reader).await?;
        let newest: Vec<Reading> = newest.iter().map(reading).collect::<Result<_>>()?;
        let mut versions = Vec::with_capacity(rows.len());
        for (row, number) in rows.iter().zip(1..) {
            let upload = uploads::upload(row)?;
            let reading = newest.iter().find(|reading| reading.upload == upload.id).cloned();
            versions.push(Version { number, upload, reading });
        }
        versions.reverse();
        Ok(versions)
    }
}
