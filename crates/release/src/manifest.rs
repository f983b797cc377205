//! What a release is made of, as `manifest.json` states it.
//!
//! Everything here follows from the content of the release: no time of making, no program version,
//! no path. Those stand in `files.json` and the journal.

use serde::{Deserialize, Serialize};
use thidua_campaign::Audience;
use thidua_model::rows::IssueRow;
use thidua_model::{Date, Record};

/// The layout of releases that this program writes and reads.
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Layout of the release, [`FORMAT`].
    pub format: u32,
    /// First 16 digits of `digest`.
    pub id: String,
    /// Lower-case hex SHA-256 over definition, submissions, receipts, options and tables.
    pub digest: String,
    pub campaign: CampaignLine,
    pub options: Options,
    /// The periods of the run, in order of time.
    pub periods: Vec<PeriodLine>,
    /// How figures were made, in words.
    pub policies: Vec<Policy>,
    pub counts: Counts,
    /// Files of the definition, sorted by name.
    pub definition: Vec<FileDigest>,
    /// Files of the inbox, sorted by name, without the registers `received.csv` (see `receipts`) and
    /// `corrections.csv` (see `corrections`).
    pub submissions: Vec<FileDigest>,
    /// The receipt times; absent when the inbox has no `received.csv`.
    pub receipts: Option<ReceiptsDigest>,
    /// The corrections of values; absent when the inbox has no `corrections.csv`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections: Option<CorrectionsDigest>,
    /// Sorted by name.
    pub tables: Vec<TableDigest>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CampaignLine {
    pub id: String,
    pub year: i16,
    pub title_vi: String,
    pub title_en: String,
    pub organisation_vi: String,
    pub organisation_en: String,
    pub source: String,
    /// The last day (ISO) on which names of persons are shown to those who need them; absent:
    /// without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons_shown_until: Option<String>,
    /// Who sees ranges of places: `analyst`, `board`, `unit`; absent: there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranges_shown_to: Option<Vec<String>>,
}

impl CampaignLine {
    /// Whether ranges of places are shown to somebody; without any there is nothing to hide.
    pub fn shows_ranges_to(&self, audience: Audience) -> bool {
        let words = self.ranges_shown_to.as_ref();
        words.is_none_or(|words| words.iter().any(|word| word == audience.as_str()))
    }
}

/// The options as they took effect: a default and the same value given explicitly are one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// ISO date that separates "missing" from "not yet due".
    pub as_of: String,
    /// The last period of the run.
    pub period: String,
    /// ISO date whose register of units holds for every period; absent: each as-of date's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units_as_of: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodLine {
    pub id: String,
    pub title_vi: String,
    pub title_en: String,
    /// ISO date.
    pub as_of: String,
    pub is_judged: bool,
}

/// A rule that changes figures or places: which one was used, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub id: String,
    pub vi: String,
    pub en: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Units of the register that owe a document in the last period of the run.
    pub units_due: u64,
    /// Units of which a usable document of that period arrived.
    pub units_reported: u64,
    /// Files of the inbox without the registers.
    pub files: u64,
    pub submissions: u64,
    pub facts: u64,
    pub errors: u64,
    pub warnings: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// Path with `/`.
    pub name: String,
    /// Lower-case hex SHA-256 of the bytes.
    pub digest: String,
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptsDigest {
    pub count: u64,
    /// Over unit, document, period, file and time of each receipt, sorted: the order of lines in
    /// `received.csv` makes no difference.
    pub digest: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionsDigest {
    pub count: u64,
    /// Of these, the ones that changed a value.
    pub applied: u64,
    /// Over all that each correction says, in order of time.
    pub digest: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableDigest {
    pub name: String,
    pub rows: u64,
    /// Of the canonical encoding, not of Parquet bytes.
    pub digest: String,
    pub columns: Vec<ColumnLine>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnLine {
    pub name: String,
    /// `bool`, `int`, `float`, `text` or `date`.
    pub kind: String,
    /// For columns of lists: the heading of the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// For columns of lists: the id of the measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// For columns of lists: values are integers of 10^-decimals of the measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// For columns of lists: the values can name persons.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub person: bool,
}

impl Manifest {
    /// Some list of the release can name persons.
    pub fn has_persons(&self) -> bool {
        self.tables.iter().any(TableDigest::has_persons)
    }

    /// A table can name persons: a list, or the issues, which quote cells of lists.
    pub fn names_persons(&self, table: &str) -> bool {
        let of_list = self.tables.iter().any(|it| it.name == table && it.has_persons());
        of_list || (table == IssueRow::TABLE && self.has_persons())
    }
}

impl TableDigest {
    /// Some column can name persons.
    pub fn has_persons(&self) -> bool {
        self.columns.iter().any(|column| column.person)
    }
}
