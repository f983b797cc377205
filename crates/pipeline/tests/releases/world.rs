//! Releases in memory, made as a run makes them.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use thidua_campaign::{Campaign, DefinitionFile, from_files};
use thidua_ingest::{FileSource, Inbox, IngestOptions};
use thidua_model::{Intake, Outcome, RunOptions};
use thidua_release::Opened;

/// A run with its release.
pub(crate) struct Run {
    pub(crate) campaign: Campaign,
    pub(crate) intake: Intake,
    pub(crate) outcome: Outcome,
    pub(crate) opened: Opened,
}

/// What a run is made of; the default is the sample as it stands.
pub(crate) struct Making {
    pub(crate) campaign: Campaign,
    pub(crate) inbox: Inbox,
    pub(crate) options: RunOptions,
}

pub(crate) fn top(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(below)
}

impl Making {
    pub(crate) fn sample() -> Self {
        Self::of(&top("templates/dak-lak-2014"), &top("samples/dak-lak-2014/inbox"))
    }

    pub(crate) fn of(campaign: &Path, inbox: &Path) -> Self {
        Self {
            campaign: thidua_campaign::load(campaign).expect("a campaign"),
            inbox: thidua_ingest::read_folder(inbox).expect("an inbox"),
            options: RunOptions { as_of: Some("2014-12-31".parse().expect("a date")), period: None, units_as_of: None },
        }
    }

    /// Takes a workbook out of the inbox, with its line in the register of receipts.
    pub(crate) fn without(mut self, file: &str) -> Self {
        let before = self.inbox.files.len();
        self.inbox.files.retain(|it| &*it.name != file);
        assert_eq!(self.inbox.files.len() + 1, before, "the inbox has {file}");
        self.receipts(|text| text.lines().filter(|line| !line.contains(file)).map(|line| format!("{line}\n")).collect())
    }

    /// Changes the register of receipts.
    pub(crate) fn receipts(mut self, change: impl Fn(&str) -> String) -> Self {
        let receipts = self.inbox.files.iter_mut().find(|it| &*it.name == "received.csv").expect("receipts");
        let text = match &receipts.source {
            FileSource::Path(path) => std::fs::read_to_string(path).expect("a text file"),
            FileSource::Bytes(bytes) => std::str::from_utf8(bytes).expect("a text file").to_owned(),
        };
        let changed = change(&text);
        assert_ne!(changed, text);
        receipts.source = FileSource::Bytes(changed.into_bytes().into());
        self
    }

    /// Changes words in a text file of the definition.
    pub(crate) fn with(mut self, file: &str, old: &str, new: &str) -> Self {
        let files = self.campaign.files.iter().map(|it| {
            if &*it.name != file {
                return it.clone();
            }
            let text = std::str::from_utf8(&it.bytes).expect("a text file");
            assert!(text.contains(old), "{file} says {old}");
            DefinitionFile { bytes: text.replacen(old, new, 1).into_bytes().into(), ..it.clone() }
        });
        self.campaign = from_files(files.collect()).expect("still a definition");
        self
    }

    pub(crate) fn run(self) -> Run {
        let Self { campaign, inbox, options } = self;
        let mut intake = thidua_ingest::ingest(
            &campaign,
            &inbox,
            &IngestOptions { jobs: 2, reader: None, ..IngestOptions::default() },
            &|_| {},
        )
        .expect("an intake");
        if let Some(last) = options.period.as_ref().and_then(|id| campaign.find_period(id.as_str())) {
            intake.keep_until(last, |id| campaign.find_period(id.as_str()).is_some_and(|period| period > last));
        }
        let outcome = thidua_compute::compute(&campaign, &intake, &options);
        let frozen = thidua_release::freeze(&campaign, &intake, &outcome, &options);
        let opened = Opened::of(&frozen, Path::new("nowhere"));
        Run { campaign, intake, outcome, opened }
    }
}

/// The whole sample; made once.
pub(crate) static SAMPLE: LazyLock<Run> = LazyLock::new(|| Making::sample().run());
