//! Submissions in one order, and the way from a fact's submission to its row.

use std::collections::BTreeMap;
use thidua_campaign::{Campaign, Form, List};
use thidua_model::rows::{FactRow, IssueRow, SubmissionRow};
use thidua_model::{FieldIx, Intake, ListId, Severity, Submission, Text};

/// The submissions by file, sheet, form and unit. Readers number them as they come; a release
/// numbers them by this order.
pub(super) struct Submissions<'a> {
    sorted: Vec<&'a Submission>,
    /// From the reader's number to the release's.
    numbers: Vec<u32>,
}

impl<'a> Submissions<'a> {
    pub(super) fn number(intake: &'a Intake) -> Self {
        let mut given: Vec<usize> = (0..intake.submissions.len()).collect();
        given.sort_by(|&a, &b| {
            let key = |at: usize| {
                let it = &intake.submissions[at];
                (&it.file, &it.sheet, &it.form, it.unit, it.period)
            };
            key(a).cmp(&key(b))
        });
        let mut numbers = vec![0; given.len()];
        for (number, &at) in (0..).zip(&given) {
            numbers[at] = number;
        }
        Self { sorted: given.into_iter().map(|at| &intake.submissions[at]).collect(), numbers }
    }

    /// The number in the release and the submission of a reader's number; `None` for facts of the
    /// register and of receipts.
    pub(super) fn of(&self, given: u32) -> Option<(u32, &'a Submission)> {
        let number = *self.numbers.get(given as usize)?;
        Some((number, self.sorted[number as usize]))
    }

    pub(super) fn get(&self, number: u32) -> Option<&'a Submission> {
        self.sorted.get(number as usize).copied()
    }

    pub(super) fn rows(&self, campaign: &Campaign, facts: &[FactRow], issues: &[IssueRow]) -> Vec<SubmissionRow> {
        let mut values = vec![0; self.sorted.len()];
        for fact in facts {
            if let (Some(number), true) = (fact.submission, fact.value.is_some() || fact.text.is_some()) {
                values[number as usize] += 1;
            }
        }
        let mut by_file: BTreeMap<&str, Vec<&IssueRow>> = BTreeMap::new();
        for issue in issues {
            if let Some(file) = &issue.file {
                by_file.entry(file).or_default().push(issue);
            }
        }
        let row = |(number, it): (u32, &&Submission)| {
            let own: Vec<&&IssueRow> =
                by_file.get(&*it.file).into_iter().flatten().filter(|issue| belongs(issue, it)).collect();
            let count = |severity: Severity| own.iter().filter(|it| &*it.severity == severity.as_str()).count() as u32;
            let of_lists = it.account.outside_lists.iter().map(|(sheet, cell)| format!("{sheet}!{cell}"));
            let outside: Vec<String> = it.account.outside.iter().map(ToString::to_string).chain(of_lists).collect();
            SubmissionRow {
                submission: number,
                unit: campaign.unit(it.unit).id.text(),
                form: it.form.text(),
                version: it.version.clone(),
                document: it.document.text(),
                period: campaign.period(it.period).id.text(),
                file: it.file.clone(),
                sheet: it.sheet.clone(),
                digest: it.digest.clone(),
                received_at: it.received_at,
                status: it.status.as_str().into(),
                facts: values[number as usize],
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
                cells_read: it.account.read,
                cells_empty: it.account.empty,
                cells_template: it.account.template,
                cells_outside: outside.len() as u32,
                outside: outside.join(" ").into(),
                formulas: it.account.formulas,
            }
        };
        (0..).zip(&self.sorted).map(row).collect()
    }
}

/// An issue of the whole file, of the sheet, or of a list sheet of the form.
fn belongs(issue: &IssueRow, submission: &Submission) -> bool {
    match &issue.sheet {
        None => true,
        Some(sheet) => *sheet == submission.sheet || issue.form.as_deref() == Some(submission.form.as_str()),
    }
}

/// The form as it was when the submission was read.
pub(crate) fn form_of<'c>(campaign: &'c Campaign, submission: &Submission) -> Option<&'c Form> {
    let same = |form: &&Form| form.id == submission.form;
    let mut forms = campaign.forms.iter().filter(same);
    forms
        .clone()
        .find(|form| form.version == submission.version && form.sheet == submission.sheet)
        .or_else(|| forms.clone().find(|form| form.version == submission.version))
        .or_else(|| forms.next())
}

/// The definition of a list as the submission's form has it; any form's when that one has none.
pub(crate) fn list_of<'c>(campaign: &'c Campaign, submission: Option<&Submission>, list: &ListId) -> Option<&'c List> {
    let own = submission.and_then(|it| form_of(campaign, it)).into_iter();
    own.chain(&campaign.forms).flat_map(|form| &form.lists).find(|it| it.id == *list)
}

/// What the officer reads beside the cell, and whether a list of the form counts the field.
pub(super) fn label_of(form: &Form, field: FieldIx) -> Option<&Text> {
    form.sections
        .iter()
        .flat_map(|section| &section.lines)
        .find(|line| line.fields.contains(&Some(field)))
        .map(|line| &line.label)
}
