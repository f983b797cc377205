//! What was found, as one JSON object for scripts. Names of fields never change their meaning.

use super::Written;
use serde_json::{Value, json};
use thidua_campaign::Campaign;
use thidua_model::issue::pages;
use thidua_model::{Issue, Lang, Severity, Submission, Text};
use thidua_pipeline::validate::FileAccount;
use thidua_pipeline::{Checked, Validated};

/// Grows when a field is added; a field that is there stays.
const SCHEMA: u32 = 2;

pub(super) fn json(validated: &Validated, written: &Written<'_>) -> Value {
    let count = |severity| validated.files.iter().map(|file| file.count(severity)).sum::<usize>();
    json!({
        "schema": SCHEMA,
        "campaign": &*validated.campaign.id,
        "accepted": validated.is_accepted(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "report": written.report,
        "files": validated.files.iter().map(|file| one(validated, file, written)).collect::<Vec<_>>(),
    })
}

fn one(validated: &Validated, file: &Checked, written: &Written<'_>) -> Value {
    json!({
        "file": &*file.record.name,
        "path": validated.paths.get(&file.record.name),
        "digest": &*file.record.digest,
        "bytes": file.record.bytes,
        "status": file.status.as_str(),
        "accepted": file.status.is_fine(),
        "errors": file.count(Severity::Error),
        "warnings": file.count(Severity::Warning),
        "submissions": file.submissions.iter().map(|it| submission(&validated.campaign, it)).collect::<Vec<_>>(),
        "issues": file.issues.iter().map(issue).collect::<Vec<_>>(),
        "annotated": written.annotated.written.get(&file.record.name),
        "account": file.account.as_ref().map(account),
    })
}

fn submission(campaign: &Campaign, it: &Submission) -> Value {
    let period = campaign.period(it.period);
    let unit = campaign.unit(it.unit);
    json!({
        "sheet": &*it.sheet,
        "unit": unit.id.as_str(),
        "unit_name": &*unit.at(period.as_of).unwrap_or_else(|| unit.latest()).name,
        "form": it.form.as_str(),
        "form_version": &*it.version,
        "document": it.document.as_str(),
        "period": period.id.as_str(),
        "received_at": it.received_at.map(|at| at.to_string()),
        "status": it.status.as_str(),
    })
}

fn issue(issue: &Issue) -> Value {
    let both = |say: &dyn Fn(Lang) -> Option<String>| json!({ "vi": say(Lang::Vi), "en": say(Lang::En) });
    json!({
        "code": issue.code(),
        "severity": issue.severity().as_str(),
        "file": issue.place.file().map(|it| &**it),
        "sheet": issue.place.sheet().map(|it| &**it),
        "cell": issue.place.cell().map(|cell| cell.to_string()),
        "label": issue.label.as_deref(),
        "unit": issue.unit.as_ref().map(|it| it.as_str()),
        "period": issue.period.as_ref().map(|it| it.as_str()),
        "form": issue.form.as_ref().map(|it| it.as_str()),
        "field": issue.field.as_ref().map(|it| it.as_str()),
        "found": both(&|lang| issue.kind.found(lang)),
        "expected": both(&|lang| issue.kind.expected(lang)),
        "message": both(&|lang| Some(issue.message(lang))),
        "fix": both(&|lang| Some(issue.fix(lang))),
        "page": pages::address(issue.code()),
    })
}

fn account(account: &FileAccount) -> Value {
    let cells = account.outside.iter().map(|(sheet, cell)| json!({ "sheet": &**sheet, "cell": cell.to_string() }));
    let sheet = |(name, cells): &(Text, u64)| json!({ "sheet": &**name, "cells": cells });
    json!({
        "cells": account.cells,
        "read": account.read,
        "template": account.template,
        "outside": cells.collect::<Vec<_>>(),
        "unused_sheets": account.unused.iter().map(sheet).collect::<Vec<_>>(),
        "own": account.own,
        "empty_inputs": account.empty,
        "formulas": account.formulas,
    })
}
