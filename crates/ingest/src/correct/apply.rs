//! Corrections against the values that count.
//!
//! In:  lines of `corrections.csv` that can be used; facts after versions and lists are settled and
//!      before rules judge them.
//! Out: corrected facts at their old places, with what stood there; what became of each line.
//!
//! A correction is about what was read: it is applied while the value is what it was then, and never
//! to what came later. Of several of one field the latest that fits counts; one may go on from
//! another.

use super::{FieldOf, Meaning};
use crate::blame::name;
use crate::gathered::Gathered;
use crate::inbox::{CorrectionLine, at_correction};
use std::collections::BTreeMap;
use thidua_model::facts::Source;
use thidua_model::intake::{CorrectionState, TextFact};
use thidua_model::{Fact, FactMark, FieldIx, Issue, IssueKind, PeriodIx, Place, Text, UnitIx};

type Key = (PeriodIx, UnitIx, Text, FieldIx);

/// What counts of a field before it is corrected.
struct Now {
    meaning: Meaning,
    source: Source,
    /// What stands in a cell that gave no value.
    raw: Option<Text>,
    mark: FactMark,
}

pub(crate) fn apply(all: &mut Gathered<'_>, mut lines: Vec<CorrectionLine>) {
    let mut groups: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, CorrectionLine { correction, field, .. }) in lines.iter().enumerate() {
        let key = (correction.period, correction.unit, correction.form.text(), *field);
        groups.entry(key).or_default().push(at);
    }
    for (key, mut group) in groups {
        group.sort_by_key(|&at| (lines[at].correction.at, lines[at].correction.line));
        match submission(all, &key) {
            Some(submission) => correct(all, &mut lines, &group, &key, submission),
            None => group.into_iter().for_each(|at| not_reported(all, &mut lines[at])),
        }
    }
    all.intake.corrections = Some(lines.into_iter().map(|line| line.correction).collect());
}

/// The report that counts: the form itself, else what came of it without the form.
fn submission(all: &Gathered<'_>, (period, unit, form, _): &Key) -> Option<u32> {
    let is_it = |at: &usize| {
        let it = &all.intake.submissions[*at];
        it.unit == *unit && it.period == *period && it.form.text() == *form && it.status.counts()
    };
    let found: Vec<usize> = (0..all.intake.submissions.len()).filter(is_it).collect();
    let whole = found.iter().find(|at| all.forms[**at].1);
    whole.or(found.first()).map(|at| *at as u32)
}

fn correct(all: &mut Gathered<'_>, lines: &mut [CorrectionLine], group: &[usize], key: &Key, submission: u32) {
    let &(period, unit, ref form, field) = key;
    let Some(of) = FieldOf::find(all.plan.campaign, unit, period, form, field) else { return };
    let now = now(all, key);
    let corrections: Vec<(&str, &Meaning)> =
        group.iter().map(|&at| (&*lines[at].correction.old, &lines[at].new)).collect();
    let chosen = of.choose(&now.meaning, now.raw.as_deref(), &corrections);
    for at in chosen.overtaken {
        lines[group[at]].correction.state = CorrectionState::Overtaken;
    }
    for at in chosen.stale {
        let line = &mut lines[group[at]];
        line.correction.state = CorrectionState::Stale;
        let old = &line.correction.old;
        let was = of.shown(&of.read(old).unwrap_or_else(|_| Meaning::Words(old.clone())));
        let (now, corrected) = (of.shown(&now.meaning), of.shown(&line.new));
        report(all, line, &of, IssueKind::CorrectionStale { was, now, corrected }, None);
    }
    let Some(at) = chosen.counts.map(|at| group[at]) else { return };
    let meaning = lines[at].new.clone();
    let is_without_cell = now.source.submission == u32::MAX;
    let line = &mut lines[at];
    line.correction.state =
        if is_without_cell { CorrectionState::AppliedWithoutCell } else { CorrectionState::Applied };
    let (by, reason) = (line.correction.by.clone(), line.correction.reason.clone());
    let at = line.correction.at;
    let at = format!("{} {:02}:{:02}", thidua_model::date::dmy(at.date()), at.hour(), at.minute()).into();
    let (was, corrected) = (of.shown(&now.meaning), of.shown(&meaning));
    let kind = IssueKind::ValueCorrected { was, corrected, by, at, reason };
    let place = (!is_without_cell).then(|| all.intake.place_of(now.source));
    report(all, line, &of, kind, Some((submission, place)));
    put(all, key, &of, now, meaning, submission);
}

fn now(all: &Gathered<'_>, &(period, unit, _, field): &Key) -> Now {
    let facts = &all.intake.facts;
    let is_it = |text: &&TextFact| (text.unit, text.period, text.field) == (unit, period, field);
    if let Some(text) = all.intake.texts.iter().find(is_it) {
        let meaning = Meaning::Words(text.value.clone());
        return Now { meaning, source: text.source, raw: None, mark: text.mark };
    }
    let Fact { value, mark, source } = facts.get(period, field, unit);
    let meaning = match mark {
        mark if mark.has_value() => Meaning::Value(value),
        FactMark::NotApplicable => Meaning::NotApplicable,
        _ => Meaning::Nothing,
    };
    let raw = facts.raw_text(source.raw).filter(|_| mark == FactMark::Rejected).cloned();
    Now { meaning, source, raw, mark }
}

/// The new value at the old place; what was read stays beside it.
fn put(all: &mut Gathered<'_>, key: &Key, of: &FieldOf<'_>, now: Now, meaning: Meaning, submission: u32) {
    let &(period, unit, _, field) = key;
    let mut source = now.source;
    if source.submission == u32::MAX {
        source.submission = submission;
    }
    if source.raw == u32::MAX && now.mark.has_value() {
        source.raw = all.intake.facts.keep_raw(of.written(&now.meaning));
    }
    all.intake.texts.retain(|text| (text.unit, text.period, text.field) != (unit, period, field));
    let (value, mark) = match meaning {
        Meaning::Words(value) => {
            let mark = FactMark::Corrected;
            all.intake.texts.push(TextFact { unit, period, field, value, mark, source });
            return;
        }
        Meaning::Value(value) => (value, FactMark::Corrected),
        Meaning::NotApplicable => (0, FactMark::NotApplicable),
        Meaning::Nothing => (0, FactMark::TakenOut),
    };
    all.intake.facts.put(period, field, unit, Fact { value, mark, source });
}

fn not_reported(all: &mut Gathered<'_>, line: &mut CorrectionLine) {
    let campaign = all.plan.campaign;
    let correction = &mut line.correction;
    correction.state = CorrectionState::NoReport;
    let form = correction.form.text();
    let unit = campaign.unit(correction.unit).latest().name.clone();
    let mut issue =
        Issue::new(IssueKind::CorrectionWithoutReport { form, unit }, at_correction(correction.line, "form"));
    name(campaign, &mut issue, correction.unit, correction.period, Some(&correction.form));
    issue.field = Some(correction.field.clone());
    issue.label = Some(campaign.field(line.field).label.clone());
    all.issues.push((None, issue));
}

/// At the cell of an applied correction, else at its line.
fn report(
    all: &mut Gathered<'_>,
    line: &CorrectionLine,
    of: &FieldOf<'_>,
    kind: IssueKind,
    applied: Option<(u32, Option<Place>)>,
) {
    let correction = &line.correction;
    let key = if applied.is_some() { "new" } else { "old" };
    let (submission, place) = applied.map_or((None, None), |(submission, place)| (Some(submission), place));
    let mut issue = Issue::new(kind, place.unwrap_or_else(|| at_correction(correction.line, key)));
    name(all.plan.campaign, &mut issue, correction.unit, correction.period, Some(&correction.form));
    issue.field = Some(correction.field.clone());
    issue.label = Some(of.label().clone());
    all.issues.push((submission, issue));
}
