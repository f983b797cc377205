//! The readings of all files become one intake.
//!
//! In:  readings in order of file name, receipts, corrections.
//! Out: submissions, facts, texts, list rows and issues whose order depends on names alone.
//!
//! Not here: counts of lists (`list_facts`), relations between values (`rules`).

use crate::blame::name;
use crate::draft::{Draft, FileReading};
use crate::gathered::Gathered;
use crate::inbox::{CorrectionLine, ReceiptLine, at_line};
use crate::plan::Plan;
use crate::versions::{Version, settle_versions};
use crate::{IngestError, correct, lists, rules};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::facts::Source;
use thidua_model::intake::{FileRecord, TextFact};
use thidua_model::{
    Fact, FactMark, FactStore, Intake, Issue, IssueKind, Lang, ListRow, Place, Severity, Submission, SubmissionStatus,
};

/// What stands beside the reports.
pub(crate) struct Registers {
    pub(crate) receipts: Option<Vec<ReceiptLine>>,
    pub(crate) corrections: Option<Vec<CorrectionLine>>,
    /// Of both.
    pub(crate) issues: Vec<Issue>,
}

pub(crate) fn merge(
    plan: &Plan<'_>,
    readings: Vec<FileReading>,
    Registers { receipts, corrections, issues }: Registers,
) -> Result<Intake, IngestError> {
    let facts = FactStore::new(plan.campaign.units.len());
    let mut all = Gathered {
        plan,
        intake: Intake { facts, ..Intake::default() },
        forms: Vec::new(),
        row_units: Vec::new(),
        repeats: Vec::new(),
        totals: BTreeMap::new(),
        reported: BTreeSet::new(),
        notes: BTreeMap::new(),
        issues: issues.into_iter().map(|issue| (None, issue)).collect(),
    };
    let mut drafts = Vec::new();
    for reading in readings {
        all.intake.files.push(reading.record);
        all.intake.books.push(reading.book);
        all.issues.extend(reading.issues.into_iter().map(|issue| (None, issue)));
        drafts.extend(reading.drafts);
    }
    if let Some(receipts) = &receipts {
        all.issues.extend(missing_files(plan, receipts, &all.intake.files).into_iter().map(|issue| (None, issue)));
    }
    all.intake.receipts = receipts.map(|lines| lines.into_iter().map(|line| line.receipt).collect());
    let forms = &plan.campaign.forms;
    let family = |form: usize| {
        forms.iter().position(|it| it.id == forms[form].id && it.variant == forms[form].variant).unwrap_or(form)
    };
    let (versions, replaced) = settle_versions(&drafts, family);
    for lists in replaced {
        all.replace_list(&mut drafts[lists.home], lists.list, lists.by);
    }
    for (draft, version) in drafts.into_iter().zip(versions) {
        all.add(draft, version);
    }
    lists::derive(&mut all)?;
    if let Some(corrections) = corrections {
        correct::apply(&mut all, corrections);
    }
    rules::check(&mut all)?;
    Ok(all.finish())
}

impl Gathered<'_> {
    /// Takes the rows of a list out of a workbook: the list came again, alone.
    fn replace_list(&mut self, draft: &mut Draft, list: usize, by: thidua_model::Text) {
        let campaign = self.plan.campaign;
        let Some(sheet) = draft.rows.iter().find(|row| row.list == list).map(|row| row.sheet.clone()) else { return };
        draft.rows.retain(|row| row.list != list);
        // What was wrong in the old rows asks nobody for anything.
        draft.issues.retain(|issue| issue.place.sheet() != Some(&sheet) || sheet == draft.sheet);
        let place = Place::Sheet { file: draft.file.clone(), sheet };
        let mut issue = Issue::new(IssueKind::Superseded { by }, place);
        name(campaign, &mut issue, draft.unit, draft.period, Some(&campaign.forms[draft.form].id));
        draft.issues.push(issue);
    }

    fn add(&mut self, draft: Draft, version: Version) {
        let campaign = self.plan.campaign;
        let form = &campaign.forms[draft.form];
        let at = self.intake.submissions.len() as u32;
        let status = match &version {
            Version::HiddenCopy { .. } => SubmissionStatus::Superseded,
            _ if draft.is_rejected => SubmissionStatus::Rejected,
            Version::Counts => SubmissionStatus::Accepted,
            Version::Superseded { .. } => SubmissionStatus::Superseded,
            Version::Contested { .. } => SubmissionStatus::Contested,
        };
        let replaced = match version {
            Version::Superseded { by } => Some(IssueKind::Superseded { by }),
            Version::Contested { files } => Some(IssueKind::ContestedVersions { files }),
            Version::HiddenCopy { used, differing } => Some(IssueKind::HiddenCopy { used, differing }),
            Version::Counts => None,
        };
        if let Some(kind) = replaced {
            let place = Place::Sheet { file: draft.file.clone(), sheet: draft.sheet.clone() };
            let mut issue = Issue::new(kind, place);
            name(campaign, &mut issue, draft.unit, draft.period, Some(&form.id));
            self.issues.push((Some(at), issue));
        } else {
            // What is wrong inside a version that does not count asks nobody for anything.
            self.issues.extend(draft.issues.into_iter().map(|issue| (Some(at), issue)));
        }
        if status.counts() {
            for entry in draft.entries {
                let raw = entry.raw.map_or(u32::MAX, |raw| self.intake.facts.keep_raw(raw));
                let source = Source { submission: at, cell: entry.cell, raw };
                let fact = Fact { value: entry.value, mark: entry.mark, source };
                self.intake.facts.put(draft.period, entry.field, draft.unit, fact);
            }
            self.notes.extend(draft.notes.into_iter().map(|(field, note)| ((at, field), note)));
            for words in draft.words {
                let raw = words.raw.map_or(u32::MAX, |raw| self.intake.facts.keep_raw(raw));
                let source = Source { submission: at, cell: words.cell, raw };
                let (unit, period, field) = (draft.unit, draft.period, words.field);
                self.intake.texts.push(TextFact {
                    unit,
                    period,
                    field,
                    value: words.value,
                    mark: FactMark::Present,
                    source,
                });
            }
            for row in draft.rows {
                self.intake.lists.push(ListRow {
                    list: form.lists[row.list].id.clone(),
                    unit: draft.unit,
                    period: draft.period,
                    submission: at,
                    row: row.cell.row,
                    place: Place::Cell { file: draft.file.clone(), sheet: row.sheet, cell: row.cell },
                    flags: vec![None; form.lists[row.list].flags.len()],
                    values: row.values,
                    raw: row.raw,
                });
                self.row_units.push((row.list, row.units));
                self.repeats.push(row.repeats);
            }
            for total in draft.totals {
                let place = Place::Cell { file: draft.file.clone(), sheet: total.sheet, cell: total.cell };
                self.totals.insert((at, total.list, total.column), (total.stated, total.found, place));
            }
        }
        self.forms.push((draft.form, draft.lone_list.is_none()));
        self.intake.submissions.push(Submission {
            file: draft.file,
            digest: draft.digest,
            sheet: draft.sheet,
            form: form.id.clone(),
            version: form.version.clone(),
            document: form.document.clone(),
            unit: draft.unit,
            period: draft.period,
            received_at: draft.received_at,
            status,
            account: draft.account,
        });
    }

    fn finish(self) -> Intake {
        let Self { mut intake, issues, .. } = self;
        let mut worst: Vec<Option<Severity>> = vec![None; intake.submissions.len()];
        for (submission, issue) in &issues {
            let Some(at) = submission else { continue };
            // `Error` is the least: severities stand in order.
            let worst = &mut worst[*at as usize];
            *worst = Some(worst.map_or(issue.severity(), |so_far| so_far.min(issue.severity())));
        }
        for (submission, worst) in intake.submissions.iter_mut().zip(worst) {
            if submission.status == SubmissionStatus::Accepted {
                submission.status = match worst {
                    None => SubmissionStatus::Accepted,
                    Some(Severity::Explained) => SubmissionStatus::Accepted,
                    Some(Severity::Warning) => SubmissionStatus::AcceptedWithWarnings,
                    Some(Severity::Error) => SubmissionStatus::PartlyAccepted,
                };
            }
        }
        intake.issues = issues.into_iter().map(|(_, issue)| issue).collect();
        intake.issues.sort_by(by_place);
        say_once(&mut intake.issues);
        intake
    }
}

/// Takes out what is said again: the same at the same cell (a rule can stand in two forms of one
/// unit), and a wrong name in the header that stands on every sheet of a file.
fn say_once(issues: &mut Vec<Issue>) {
    issues.dedup_by(|later, earlier| later.kind == earlier.kind && later.place == earlier.place);
    let mut names = BTreeSet::new();
    issues.retain(|issue| match issue.kind {
        IssueKind::NamesDisagree { .. } => names.insert((issue.place.file().cloned(), issue.kind.message(Lang::En))),
        _ => true,
    });
}

/// What is equal here keeps the order of the form.
fn by_place(a: &Issue, b: &Issue) -> Ordering {
    let line = |issue: &Issue| match &issue.place {
        Place::Definition { line, .. } => *line,
        _ => 0,
    };
    (a.place.file().cmp(&b.place.file()))
        .then_with(|| line(a).cmp(&line(b)))
        .then_with(|| a.place.sheet().cmp(&b.place.sheet()))
        .then_with(|| a.place.cell().cmp(&b.place.cell()))
        .then_with(|| a.code().cmp(b.code()))
}

/// Files that the receipts name and the inbox does not hold (F014).
fn missing_files(plan: &Plan<'_>, receipts: &[ReceiptLine], files: &[FileRecord]) -> Vec<Issue> {
    let names: BTreeSet<&str> = files.iter().map(|file| &*file.name).collect();
    let is_missing = |line: &&ReceiptLine| line.receipt.file.as_ref().is_some_and(|file| !names.contains(&**file));
    let missing = receipts.iter().filter(is_missing).map(|line| {
        let file = line.receipt.file.clone().unwrap_or_default();
        let mut issue = Issue::new(IssueKind::FileMissing { file }, at_line(line.line, "file"));
        name(plan.campaign, &mut issue, line.receipt.unit, line.receipt.period, None);
        issue
    });
    missing.collect()
}
