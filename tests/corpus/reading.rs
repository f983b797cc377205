//! One file, alone in its inbox, through the real reader.

use crate::top;
use std::sync::Arc;
use thidua_campaign::{Campaign, load};
use thidua_ingest::{FileSource, Inbox, InboxFile, IngestOptions, ingest};
use thidua_model::Intake;
use thidua_sheets::{Book, Limits, Refusal};

/// The campaign that all files belong to.
pub(crate) struct Known {
    pub(crate) campaign: Campaign,
}

impl Known {
    pub(crate) fn load() -> Self {
        let campaign = load(&top("templates/dak-lak-2014"));
        Self { campaign: campaign.unwrap_or_else(|error| panic!("the campaign is sound: {error}")) }
    }
}

/// What a file gave.
pub(crate) struct Reading {
    /// The cells, before anybody asks what they mean.
    pub(crate) book: Result<Book, Refusal>,
    pub(crate) intake: Intake,
}

pub(crate) fn inbox_file(name: &str, bytes: &[u8]) -> InboxFile {
    InboxFile { name: name.into(), source: FileSource::Bytes(Arc::from(bytes)) }
}

pub(crate) fn read_all(known: &Known, files: Vec<InboxFile>, options: &IngestOptions) -> Intake {
    ingest(&known.campaign, &Inbox { files }, options, &|_| {}).expect("content never stops a run")
}

pub(crate) fn read_alone(known: &Known, name: &str, bytes: &[u8]) -> Reading {
    let options = IngestOptions { jobs: 1, ..IngestOptions::default() };
    let intake = read_all(known, vec![inbox_file(name, bytes)], &options);
    Reading { book: thidua_sheets::read(bytes, &Limits::default()), intake }
}
