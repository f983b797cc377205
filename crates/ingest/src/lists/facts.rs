//! Flags of list rows, and facts that lists give: over all rows of a list at once.
//!
//! In:  the rows of all submissions that count.
//! Out: a flag for each row, counts and sums as facts. Where a list has rows, it wins over the
//!      line that says the same, and a difference is shown (R202). An empty list says nothing, and
//!      one with rows that cannot be counted says only how many there are at least.
//!
//! A row about another unit counts when that unit stands below the sender at the period's as-of
//! date (R206); an official class when one row alone gives it (R207).

use crate::IngestError;
use crate::blame::name;
use crate::gathered::Gathered;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{List, ListCount};
use thidua_formula::{Formula, Frame};
use thidua_model::facts::Source;
use thidua_model::{CellRef, Fact, FactMark, Issue, IssueKind, ListValue, PeriodIx, Place, Text, UnitIx, ValueKind};
use thidua_texts::values::numbers::show;

pub(crate) fn derive(all: &mut Gathered<'_>) -> Result<(), IngestError> {
    let plan = all.plan;
    for list_plan in &plan.lists {
        let list = &plan.campaign.forms[list_plan.form].lists[list_plan.list];
        let is_of_list = |at: &usize| {
            all.forms[all.intake.lists[*at].submission as usize].0 == list_plan.form
                && all.row_units[*at].0 == list_plan.list
        };
        let rows: Vec<usize> = (0..all.intake.lists.len()).filter(is_of_list).collect();
        if rows.is_empty() {
            continue;
        }
        keep_own_units(all, list, &rows);
        let frame = flags(all, list, &rows)?;
        for count in &list.counts {
            let holds = match &count.when {
                Some(when) => truths(when, &frame, list)?,
                None => vec![Some(true); rows.len()],
            };
            count_rows(all, (list_plan.list, list), count, &rows, &holds);
        }
    }
    Ok(())
}

fn truths(formula: &Formula, frame: &Frame, list: &List) -> Result<Vec<Option<bool>>, IngestError> {
    formula.truths(frame).map_err(|source| IngestError::Formula {
        what: format!("{} of list {}", formula.text(), list.id.as_str()),
        source,
    })
}

/// Evaluates the flags in order, so that one can read another before it; gives the frame with
/// columns and flags.
fn flags(all: &mut Gathered<'_>, list: &List, rows: &[usize]) -> Result<Frame, IngestError> {
    let mut frame = Frame::new(rows.len());
    for (at, column) in list.columns.iter().enumerate() {
        let value = |row: &usize| all.intake.lists[*row].values[at].as_ref();
        if column.is_unit || matches!(column.kind, ValueKind::Text | ValueKind::Choice) {
            let texts = rows.iter().map(|row| match value(row)? {
                ListValue::Text(text) => Some(text.clone()),
                ListValue::Int(number) => Some(number.to_string().into()),
            });
            frame.text(&column.id, texts.collect());
        } else {
            let numbers = rows.iter().map(|row| match value(row)? {
                ListValue::Int(number) => Some(*number),
                ListValue::Text(_) => None,
            });
            frame.int(&column.id, numbers.collect());
        }
    }
    for (at, flag) in list.flags.iter().enumerate() {
        let holds = truths(&flag.when, &frame, list)?;
        for (row, holds) in rows.iter().zip(&holds) {
            all.intake.lists[*row].flags[at] = *holds;
        }
        frame.int(&flag.id, holds.iter().map(|holds| holds.map(i64::from)).collect());
    }
    Ok(frame)
}

/// Forgets the unit of rows that give no fact about it, each with its issue.
fn keep_own_units(all: &mut Gathered<'_>, list: &List, rows: &[usize]) {
    let mut columns: Vec<usize> = list.counts.iter().filter_map(|count| count.unit_column).collect();
    columns.extend(list.official_class.as_ref().map(|class| class.unit_column));
    columns.sort_unstable();
    columns.dedup();
    let campaign = all.plan.campaign;
    for &column in &columns {
        let is_class = list.official_class.as_ref().is_some_and(|class| class.unit_column == column);
        let mut of_unit: BTreeMap<(PeriodIx, UnitIx), Vec<usize>> = BTreeMap::new();
        for &at in rows {
            let Some(unit) = named(all, at, column) else { continue };
            let row = &all.intake.lists[at];
            let date = campaign.period(row.period).as_of;
            if campaign.is_at_or_below(unit, row.unit, date) {
                of_unit.entry((row.period, unit)).or_default().push(at);
            } else {
                let name = |unit| campaign.unit(unit).at(date).unwrap_or(campaign.unit(unit).latest()).name.clone();
                let (unit, sender) = (name(unit), name(row.unit));
                let date = thidua_model::date::dmy(date).into();
                forget(all, at, column, Some(IssueKind::NotBelowSender { unit, sender, date }));
            }
        }
        for ((_, unit), rows) in of_unit.iter().filter(|(_, rows)| is_class && rows.len() > 1) {
            let is_same = rows.iter().all(|&at| all.intake.lists[at].values == all.intake.lists[rows[0]].values);
            // The same row again says nothing new.
            for &at in rows.iter().skip(usize::from(is_same)) {
                let unit = campaign.unit(*unit).latest().name.clone();
                let twice = IssueKind::ListedTwice { unit, list_title: list.title.vi.clone() };
                forget(all, at, column, (!is_same).then_some(twice));
            }
        }
    }
}

/// The unit that a column of a row names.
fn named(all: &Gathered<'_>, at: usize, column: usize) -> Option<UnitIx> {
    all.row_units[at].1.iter().find(|(named, _)| *named == column).map(|(_, unit)| *unit)
}

fn forget(all: &mut Gathered<'_>, at: usize, column: usize, why: Option<IssueKind>) {
    all.row_units[at].1.retain(|(named, _)| *named != column);
    let Some(kind) = why else { return };
    let campaign = all.plan.campaign;
    let row = &all.intake.lists[at];
    let mut issue = Issue::new(kind, row.place.clone());
    name(campaign, &mut issue, row.unit, row.period, Some(&all.intake.submissions[row.submission as usize].form));
    all.issues.push((Some(row.submission), issue));
}

/// The rows of one list that one submission sent about one unit.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    unit: UnitIx,
    period: PeriodIx,
    submission: u32,
}

/// What the rows of a group come to.
struct Tally {
    /// Of the rows that are known to count.
    total: i128,
    counted: usize,
    /// Rows of which nobody can tell whether, or how much, they count.
    undecided: usize,
    is_sum: bool,
    sheet: Text,
}

impl Tally {
    /// The value could be meant by the rows.
    fn allows(&self, value: i64) -> bool {
        let most = self.total + self.undecided as i128;
        let value = i128::from(value);
        self.total <= value && (self.is_sum || value <= most)
    }
}

fn count_rows(
    all: &mut Gathered<'_>,
    (list_at, list): (usize, &List),
    count: &ListCount,
    rows: &[usize],
    holds: &[Option<bool>],
) {
    let mut groups: BTreeMap<Group, Tally> = BTreeMap::new();
    for (&at, holds) in rows.iter().zip(holds).filter(|(at, _)| !all.repeats[**at]) {
        let row = &all.intake.lists[at];
        let unit = match count.unit_column {
            Some(column) => named(all, at, column),
            None => Some(row.unit),
        };
        let Some(unit) = unit else { continue };
        let key = Group { unit, period: row.period, submission: row.submission };
        let sheet = || row.place.sheet().cloned().unwrap_or_default();
        let is_sum = count.sum.is_some();
        let empty = || Tally { total: 0, counted: 0, undecided: 0, is_sum, sheet: sheet() };
        let tally = groups.entry(key).or_insert_with(empty);
        let brings = count.sum.map_or(Some(1), |column| match row.values[column] {
            Some(ListValue::Int(value)) => Some(i128::from(value)),
            _ => None,
        });
        match (holds, brings) {
            (Some(false), _) => {}
            (Some(true), Some(brings)) => {
                tally.counted += 1;
                tally.total += brings;
            }
            _ => tally.undecided += 1,
        }
    }
    let mut replaced = BTreeSet::new();
    for (group, tally) in groups {
        let line = all.intake.facts.get(group.period, count.field, group.unit);
        if tally.undecided > 0 && !line.mark.has_value() {
            // Neither the line nor the list says how many: that is not the number of good rows.
            let source = Source { submission: group.submission, ..Source::NONE };
            let source = if line.mark == FactMark::NotReported { source } else { line.source };
            let fact = Fact { value: 0, mark: FactMark::Rejected, source };
            all.intake.facts.put(group.period, count.field, group.unit, fact);
        } else if tally.undecided == 0 || !tally.allows(line.value) {
            put(all, (list_at, list), count, &group, &tally);
            replaced.insert((group.submission, count.field));
        }
    }
    // The list gave what the line left empty.
    let campaign = all.plan.campaign;
    all.issues.retain(|(submission, issue)| {
        let is_answered = submission.is_some_and(|at| replaced.contains(&(at, count.field)));
        !(is_answered
            && matches!(issue.kind, IssueKind::RequiredBlank {})
            && issue.field.as_ref() == Some(&campaign.field(count.field).id))
    });
}

fn put(all: &mut Gathered<'_>, (list_at, list): (usize, &List), count: &ListCount, group: &Group, tally: &Tally) {
    let plan = all.plan;
    let field = count.field;
    let &Tally { total, counted, ref sheet, .. } = tally;
    let known = plan.campaign.field(field);
    let measure = plan.measure(known.measure.as_ref());
    let (decimals, max) = measure.map_or((0, i64::MAX), |measure| (measure.decimals, measure.max));
    // Rows are counted in whole things, whatever decimals the measure keeps.
    let line = all.intake.facts.get(group.period, field, group.unit);
    let has_line = !matches!(line.mark, FactMark::NotReported | FactMark::Suspect | FactMark::Derived);
    let report = |all: &mut Gathered<'_>, kind, place| {
        let mut issue = Issue::new(kind, place);
        let form = &all.intake.submissions[group.submission as usize].form;
        name(plan.campaign, &mut issue, group.unit, group.period, Some(form));
        issue.field = Some(known.id.clone());
        issue.label = Some(known.label.clone());
        all.issues.push((Some(group.submission), issue));
    };
    let Some(value) = i64::try_from(total).ok().filter(|value| *value <= max) else {
        let max = show(max.into(), decimals).into();
        // The list says it, not the line: its total, where it has one that says the same.
        let file = all.intake.submissions[group.submission as usize].file.clone();
        let stated = count.sum.and_then(|column| all.totals.get(&(group.submission, list_at, column)));
        let own = stated.filter(|(stated, ..)| i128::from(*stated) == total);
        let own = own.map(|(_, found, place)| (found.clone(), place.clone()));
        let (found, place) =
            own.unwrap_or_else(|| (show(total, decimals).into(), Place::Sheet { file, sheet: sheet.clone() }));
        report(all, IssueKind::OutOfBounds { found, min: "0".into(), max }, place);
        return;
    };
    if line.mark.has_value() && line.value != value {
        let kind = IssueKind::ListDiffers {
            line: show(line.value.into(), decimals).into(),
            list: show(value.into(), decimals).into(),
            list_title: list.title.vi.clone(),
        };
        let place = all.intake.place_of(line.source);
        report(all, kind, place);
    }
    let raw = all.intake.facts.keep_raw(format!("{sheet}: {counted} dòng"));
    let cell = if has_line { line.source.cell } else { CellRef::default() };
    let source = Source { submission: group.submission, cell, raw };
    let fact = Fact { value, mark: FactMark::Derived, source };
    all.intake.facts.put(group.period, field, group.unit, fact);
}
