//! `corrections.csv`: which value was put in the place of which, by whom, when and why.
//!
//! In:  the bytes of the register of corrections.
//! Out: corrections in order of the file; a line that cannot be used becomes an issue (F045).
//!
//! Columns, by name in the first line: `unit,period,form,field,old,new,by,at,reason`. Values are
//! written as in the field's cell. Times are local times.
//!
//! Not here: whether they fit what was read (`correct`).

use super::register::{Trouble, parse_time, rows};
use super::{CORRECTION_COLUMNS, CORRECTIONS};
use crate::correct::{FieldOf, Meaning};
use thidua_campaign::Campaign;
use thidua_model::intake::{Correction, CorrectionState};
use thidua_model::issue::CorrectionProblem;
use thidua_model::{FieldIx, Issue, IssueKind, Place};

/// A correction as it is understood.
#[derive(Debug, Clone)]
pub(crate) struct CorrectionLine {
    pub(crate) correction: Correction,
    pub(crate) field: FieldIx,
    pub(crate) new: Meaning,
}

pub(crate) fn at_correction(line: u32, key: &str) -> Place {
    Place::Definition { file: CORRECTIONS.into(), line, key: key.into() }
}

pub(crate) fn parse_corrections(campaign: &Campaign, bytes: &[u8]) -> (Vec<CorrectionLine>, Vec<Issue>) {
    let mut issues = Vec::new();
    let mut bad = |line: u32, key: &str, problem: CorrectionProblem| {
        issues.push(Issue::new(IssueKind::BadCorrection { problem }, at_correction(line, key)));
    };
    let rows = rows(bytes, CORRECTION_COLUMNS, |line, key, trouble| {
        let problem = match trouble {
            Trouble::NotUtf8 => CorrectionProblem::NotUtf8,
            Trouble::ColumnMissing(column) => CorrectionProblem::ColumnMissing { column },
            Trouble::Csv(problem) => CorrectionProblem::Csv { problem },
        };
        bad(line, key, problem);
    });
    let mut lines = Vec::new();
    for (line, cells) in &rows {
        match parse(campaign, *line, cells) {
            Ok(correction) => lines.push(correction),
            Err(problems) => problems.into_iter().for_each(|(key, problem)| bad(*line, key, problem)),
        }
    }
    (lines, issues)
}

type Problems = Vec<(&'static str, CorrectionProblem)>;

fn parse(campaign: &Campaign, line: u32, cells: &[String; 9]) -> Result<CorrectionLine, Problems> {
    let [unit, period, form, field, old, new, by, at, reason] = cells.each_ref().map(String::as_str);
    let mut problems: Problems = Vec::new();
    let found_unit = campaign.find_unit(unit);
    let found_period = campaign.find_period(period);
    let found_form = campaign.forms.iter().find(|it| it.id.as_str() == form);
    let found_field = campaign.find_field(field);
    let found_at = parse_time(at);
    for (is_known, column, found) in [
        (found_unit.is_some(), "unit", unit),
        (found_period.is_some(), "period", period),
        (found_form.is_some(), "form", form),
        (found_field.is_some(), "field", field),
        (found_at.is_some(), "at", at),
    ] {
        if !is_known {
            problems.push((column, CorrectionProblem::Unknown { column: column.into(), found: found.into() }));
        }
    }
    for (column, text) in [("by", by), ("reason", reason)] {
        if text.is_empty() {
            problems.push((column, CorrectionProblem::Empty { column: column.into() }));
        }
    }
    let (Some(unit), Some(period), Some(form), Some(field_ix), Some(at)) =
        (found_unit, found_period, found_form, found_field, found_at)
    else {
        return Err(problems);
    };
    let Some(of) = FieldOf::find(campaign, unit, period, form.id.as_str(), field_ix) else {
        let problem = CorrectionProblem::NotOfForm { field: field.into(), form: form.id.text() };
        problems.push(("field", problem));
        return Err(problems);
    };
    let becomes = of.read(new).ok();
    if becomes.is_none() {
        problems.push(("new", CorrectionProblem::NotRead { column: "new".into(), found: new.into() }));
    }
    let Some(becomes) = becomes.filter(|_| problems.is_empty()) else { return Err(problems) };
    let correction = Correction {
        unit,
        period,
        form: form.id.clone(),
        field: campaign.field(field_ix).id.clone(),
        old: old.into(),
        new: new.into(),
        by: by.into(),
        at,
        reason: reason.into(),
        line,
        // Until it is held against what was read.
        state: CorrectionState::NoReport,
    };
    Ok(CorrectionLine { correction, field: field_ix, new: becomes })
}
