//! Cells become facts, issues and a reading account.
//!
//! In:  a campaign and a folder of reports (or their bytes).
//! Out: an [`Intake`]: every file with its digest, submissions, facts with their cells, list rows,
//!      receipts, and everything that is wrong, at its place. Whatever a file holds, the others are
//!      read; the result depends neither on the number of threads nor on the order of the files.
//!
//! Not here: bytes to cells (`sheets`), what a field means (`campaign`), figures (`compute`).
//!
//! # The way of a cell
//!
//! `inbox` lists the files; `file` opens one, `book` goes through its sheets: texts become readable,
//! `scan` gives each its key, `sender` hears what header, identity sheet, names and receipts say of
//! unit and period and whose a list is, `identify` tells the form. `lines` finds columns and lines of
//! a form, whose cells are values by `thidua_texts`; `lists` reads the rows of lists. `versions`
//! settles which version counts, `merge` puts everything together; facts of lists and `rules` work on
//! whole columns.

mod blame;
mod book;
mod correct;
mod draft;
mod error;
mod file;
mod gathered;
mod identify;
mod inbox;
mod kept;
mod lines;
mod lists;
mod merge;
mod names;
mod plan;
mod rules;
mod scan;
mod sender;
mod versions;

pub use correct::{Chosen, FieldOf, Meaning};
pub use error::IngestError;
pub use inbox::{CORRECTIONS, FileSource, Inbox, InboxFile, RECEIPTS, read_folder};
pub use inbox::{CorrectionRow, ReceiptRow, corrections_csv, receipts_csv};
pub use kept::Keep;

use file::{Desk, Reader};
use inbox::{CorrectionLine, ReceiptLine, parse_corrections, parse_receipts};
use kept::Kept;
use plan::Plan;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use thidua_campaign::Campaign;
use thidua_model::{Intake, Text};
use thidua_sheets::{Bounds, Pool, ReaderCommand};

/// How to read; nothing here changes the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IngestOptions {
    /// Threads; 0 takes one for each processor.
    pub jobs: usize,
    /// The program that reads workbooks in child processes; `None` reads them in this process.
    pub reader: Option<ReaderCommand>,
    /// Files that have not changed since they were read into this file are not read again.
    pub keep: Option<Keep>,
}

/// How far reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files that are done.
    pub done: usize,
    pub all: usize,
    /// Of those that are done: known from an earlier run, not read again.
    pub kept: usize,
}

/// Reads all reports of an inbox.
///
/// # Input
/// `progress` is called after each file, from any thread.
///
/// # Output
/// The intake; see [`Intake`]. A file that cannot be read is an issue in it.
///
/// # Errors
/// Disk trouble, or a defect of ours: see [`IngestError`].
pub fn ingest(
    campaign: &Campaign,
    inbox: &Inbox,
    options: &IngestOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Intake, IngestError> {
    let plan = Plan::new(campaign);
    let mut files: Vec<&InboxFile> = inbox.files.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut register_issues = Vec::new();
    let mut receipts: Option<Vec<ReceiptLine>> = None;
    if let Some(register) = files.iter().find(|file| file.is_receipts()) {
        let (_, bytes) = register.load(u64::MAX)?;
        let (mut lines, issues) = parse_receipts(campaign, &bytes.unwrap_or_default());
        name_files(&mut lines, &files);
        receipts = Some(lines);
        register_issues = issues;
    }
    let mut corrections: Option<Vec<CorrectionLine>> = None;
    if let Some(register) = files.iter().find(|file| file.is_corrections()) {
        let (_, bytes) = register.load(u64::MAX)?;
        let (lines, issues) = parse_corrections(campaign, &bytes.unwrap_or_default());
        corrections = Some(lines);
        register_issues.extend(issues);
    }
    let mut by_file: BTreeMap<&str, Vec<ReceiptLine>> = BTreeMap::new();
    for line in receipts.iter().flatten() {
        if let Some(file) = &line.receipt.file {
            by_file.entry(file).or_default().push(line.clone());
        }
    }
    let (done, found) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs)
        .build()
        .map_err(|source| IngestError::Threads { source })?;
    let children = match &options.reader {
        Some(command) => {
            let start = Pool::new(command.clone(), pool.current_num_threads(), Bounds::default());
            Some(start.map_err(|source| IngestError::Reader { program: command.program.clone(), source })?)
        }
        None => None,
    };
    let reader = children.as_ref().map_or(Reader::Here, Reader::Children);
    let kept = options.keep.as_ref().map(|keep| Kept::open(keep, campaign));
    let desk = Desk { plan: &plan, reader, kept: kept.as_ref() };
    let readings = pool.install(|| {
        files
            .par_iter()
            .map(|file| {
                let receipts = by_file.get(&*file.name).map_or(&[][..], Vec::as_slice);
                let (reading, is_kept) = desk.read_file(file, receipts)?;
                let kept = found.fetch_add(usize::from(is_kept), Ordering::Relaxed) + usize::from(is_kept);
                progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, all: files.len(), kept });
                Ok(reading)
            })
            .collect::<Result<Vec<_>, IngestError>>()
    })?;
    kept.map_or(Ok(()), Kept::finish)?;
    merge::merge(&plan, readings, merge::Registers { receipts, corrections, issues: register_issues })
}

/// A receipt may give the name alone where the file stands in a folder: it means that file when no
/// other has the name.
fn name_files(lines: &mut [ReceiptLine], files: &[&InboxFile]) {
    let mut by_end: BTreeMap<&str, Vec<&Text>> = BTreeMap::new();
    for file in files {
        by_end.entry(file.name.rsplit('/').next().unwrap_or("")).or_default().push(&file.name);
    }
    let is_there = |name: &str| files.binary_search_by(|file| (*file.name).cmp(name)).is_ok();
    for line in lines {
        if let Some(file) = &mut line.receipt.file
            && !is_there(file)
            && let Some([only]) = by_end.get(&**file).map(Vec::as_slice)
        {
            *file = (*only).clone();
        }
    }
}
