//! What was read from a file, as text that a person can judge.

use crate::reading::{Known, Reading};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use thidua_model::intake::{ListRow, Submission};
use thidua_model::{FactMark, Intake, Issue, ListValue, Place};

/// A fact as it is compared: value and mark.
type Fact = (i64, FactMark);

/// What the plain reports say, by level of the unit, form and field; and their list rows.
pub(crate) struct Plain {
    facts: BTreeMap<(String, String, String), Fact>,
    rows: BTreeSet<String>,
}

impl Plain {
    pub(crate) fn of(known: &Known, readings: &[Reading]) -> Self {
        let mut plain = Self { facts: BTreeMap::new(), rows: BTreeSet::new() };
        for Reading { intake, .. } in readings {
            for (at, submission) in intake.submissions.iter().enumerate() {
                for (field, fact, _) in facts(known, intake, at) {
                    plain.facts.insert((level(known, submission), submission.form.as_str().to_owned(), field), fact);
                }
            }
            plain.rows.extend(intake.lists.iter().map(|row| row_text(intake, row)));
        }
        plain
    }

    fn of_form(&self, level: &str, form: &str) -> BTreeMap<&str, Fact> {
        let of_form = self.facts.iter().filter(|((at, of, _), _)| at == level && of == form);
        of_form.map(|((_, _, field), fact)| (field.as_str(), *fact)).collect()
    }
}

fn level(known: &Known, submission: &Submission) -> String {
    let span = known.campaign.unit(submission.unit).latest();
    known.campaign.level(span).id.as_str().to_owned()
}

/// Fields of one submission with value, mark, and where they stand.
fn facts(known: &Known, intake: &Intake, submission: usize) -> Vec<(String, Fact, String)> {
    let unit = intake.submissions[submission].unit;
    let mut found = Vec::new();
    for (period, field, _) in intake.facts.columns() {
        let fact = intake.facts.get(period, field, unit);
        if fact.source.submission as usize != submission || fact.mark == FactMark::NotReported {
            continue;
        }
        let raw = intake.facts.raw_text(fact.source.raw);
        let raw = raw.map(|raw| format!(" {:?}", &**raw)).unwrap_or_default();
        let field = known.campaign.field(field).id.as_str().to_owned();
        found.push((field, (fact.value, fact.mark), format!("{}{raw}", fact.source.cell)));
    }
    found
}

fn fact_text((value, mark): Fact) -> String {
    match mark {
        FactMark::Present => value.to_string(),
        mark if mark.has_value() => format!("{value} ({})", mark.as_str()),
        mark => mark.as_str().to_owned(),
    }
}

fn row_text(intake: &Intake, row: &ListRow) -> String {
    let values: Vec<String> = row
        .values
        .iter()
        .map(|value| match value {
            Some(ListValue::Int(value)) => value.to_string(),
            Some(ListValue::Text(text)) => format!("{:?}", &**text),
            None => "–".to_owned(),
        })
        .collect();
    let flags: String = row.flags.iter().map(|flag| flag.map_or('?', |flag| if flag { '1' } else { '0' })).collect();
    let form = intake.submissions.get(row.submission as usize).map_or("?", |submission| submission.form.as_str());
    format!("{form}/{}: {} [{flags}]", row.list.as_str(), values.join(" | "))
}

/// The whole reading; against the plain reports, or in full without them.
pub(crate) fn shown(known: &Known, reading: &Reading, plain: Option<&Plain>) -> String {
    let mut text = String::new();
    match &reading.book {
        Ok(book) => {
            let sheets: Vec<String> = book
                .sheets
                .iter()
                .map(|sheet| {
                    format!("{}{} {}", if sheet.is_visible { "" } else { "hidden " }, sheet.name, sheet.cells.len())
                })
                .collect();
            let _ = writeln!(text, "{:?}: {}", book.format, sheets.join(", "));
            for note in &book.notes {
                let _ = writeln!(text, "note: {note:?}");
            }
        }
        Err(refusal) => {
            let _ = writeln!(text, "refused: {refusal}");
        }
    }
    let intake = &reading.intake;
    for at in 0..intake.submissions.len() {
        submission(&mut text, known, intake, at, plain);
    }
    rows(&mut text, intake, plain);
    if !intake.issues.is_empty() {
        text.push('\n');
    }
    for issue in &intake.issues {
        let _ = writeln!(text, "{}", issue_text(issue));
    }
    text
}

fn submission(text: &mut String, known: &Known, intake: &Intake, at: usize, plain: Option<&Plain>) {
    let submission = &intake.submissions[at];
    let account = &submission.account;
    let _ = writeln!(
        text,
        "\n{} {} {} {} on {:?}: {}",
        known.campaign.unit(submission.unit).id.as_str(),
        submission.form.as_str(),
        submission.version,
        known.campaign.period(submission.period).id.as_str(),
        &*submission.sheet,
        submission.status.as_str(),
    );
    let outside: Vec<String> = account
        .outside
        .iter()
        .map(ToString::to_string)
        .chain(account.outside_lists.iter().map(|(sheet, cell)| format!("{sheet}!{cell}")))
        .collect();
    let more = if outside.len() > 12 { format!(", and {} more", outside.len() - 12) } else { String::new() };
    let shown: Vec<&str> = outside.iter().take(12).map(String::as_str).collect();
    let _ = writeln!(
        text,
        "  read {}, empty {}, template {}, formulas {}, outside {} ({}{more})",
        account.read,
        account.empty,
        account.template,
        account.formulas,
        outside.len(),
        shown.join(" "),
    );
    let found = facts(known, intake, at);
    let valued = found.iter().filter(|(_, (_, mark), _)| mark.has_value()).count();
    let expected =
        plain.map(|plain| plain.of_form(&level(known, submission), submission.form.as_str())).unwrap_or_default();
    let _ = writeln!(text, "  {valued} values");
    for (field, fact, place) in &found {
        match expected.get(field.as_str()) {
            Some(plain) if plain == fact => {}
            Some(plain) => {
                let _ = writeln!(text, "  {field} = {} at {place}; plain: {}", fact_text(*fact), fact_text(*plain));
            }
            None => {
                let _ = writeln!(text, "  {field} = {} at {place}", fact_text(*fact));
            }
        }
    }
    let seen: BTreeSet<&str> = found.iter().map(|(field, ..)| field.as_str()).collect();
    let gone: Vec<&str> = expected.keys().copied().filter(|field| !seen.contains(field)).collect();
    if !gone.is_empty() && submission.status.counts() {
        let _ = writeln!(text, "  not read: {}", gone.join(", "));
    }
    for words in intake.texts.iter().filter(|words| words.source.submission as usize == at) {
        let start: String = words.value.chars().take(60).collect();
        let length = words.value.chars().count();
        let field = known.campaign.field(words.field).id.as_str();
        let _ = writeln!(text, "  {field} = {start:?} ({length} characters) at {}", words.source.cell);
    }
}

fn rows(text: &mut String, intake: &Intake, plain: Option<&Plain>) {
    let all: Vec<String> = intake.lists.iter().map(|row| row_text(intake, row)).collect();
    if all.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{} list rows", all.len());
    for row in all.iter().filter(|row| plain.is_none_or(|plain| !plain.rows.contains(*row))) {
        let _ = writeln!(text, "  {row}");
    }
}

/// Severity, code, place and details; the sentence itself is the catalogue's business.
fn issue_text(issue: &Issue) -> String {
    let place = match &issue.place {
        Place::Cell { sheet, cell, .. } => format!("{sheet}!{cell}"),
        Place::Sheet { sheet, .. } => sheet.to_string(),
        Place::File { .. } => "the file".to_owned(),
        other => other.to_string(),
    };
    let field = issue.field.as_ref().map(|field| format!(" {}", field.as_str())).unwrap_or_default();
    format!("{} {} {place}{field}: {:?}", issue.severity().as_str(), issue.code(), issue.kind)
}
