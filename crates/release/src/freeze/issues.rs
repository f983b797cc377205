//! Issues of reading and computing in one table, with their sentences.

use thidua_model::issue::Lang;
use thidua_model::rows::IssueRow;
use thidua_model::{Intake, Issue, Outcome, Place};

/// By file, sheet, cell, code; issues without a file come first.
pub(super) fn rows(intake: &Intake, outcome: &Outcome) -> Vec<IssueRow> {
    let mut issues: Vec<&Issue> = intake.issues.iter().chain(&outcome.issues).collect();
    issues.sort_by_cached_key(|it| {
        (it.place.clone(), it.code(), it.period.clone(), it.unit.clone(), it.field.clone(), it.kind.message(Lang::En))
    });
    issues.into_iter().map(row).collect()
}

fn row(issue: &Issue) -> IssueRow {
    let cell = match &issue.place {
        Place::Definition { line: 0, key, .. } => Some(key.clone()),
        Place::Definition { line, key, .. } => Some(format!("{line}: {key}").into()),
        place => place.cell().map(|cell| cell.to_string().into()),
    };
    IssueRow {
        code: issue.code().into(),
        severity: issue.severity().as_str().into(),
        unit: issue.unit.as_ref().map(|id| id.text()),
        period: issue.period.as_ref().map(|id| id.text()),
        form: issue.form.as_ref().map(|id| id.text()),
        field: issue.field.as_ref().map(|id| id.text()),
        file: issue.place.file().cloned(),
        sheet: issue.place.sheet().cloned(),
        cell,
        label: issue.label.clone(),
        message_vi: issue.message(Lang::Vi).into(),
        fix_vi: issue.fix(Lang::Vi).into(),
        message_en: issue.message(Lang::En).into(),
        fix_en: issue.fix(Lang::En).into(),
    }
}
