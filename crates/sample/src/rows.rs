//! The rows of list sheets: works, houses, awards, classes of the units below.
//!
//! In:  the figures of a level and the lists of its forms.
//! Out: rows, and in place of a line's figure the count that the list gives, by the definition's
//!      own conditions.
//!
//! A list that counts what the units below already stated stays empty: it would say it again.

use crate::SampleError;
use crate::definition::measure;
use crate::figures::{Figures, progress};
use crate::names;
use crate::world::World;
use std::collections::BTreeMap;
use thidua_campaign::{List, ListColumn, UnitSpan};
use thidua_forms::CellInput;
use thidua_formula::{Formula, Frame};
use thidua_model::{ListId, PeriodIx, Text, UnitIx, ValueKind, date};

/// Rows of one list of one unit, at most (but for lists with a row for each unit below).
const MOST: i64 = 8;

/// Rows by list.
pub(crate) type Rows = BTreeMap<ListId, Vec<Vec<CellInput>>>;

pub(crate) fn fill(
    world: &World<'_>,
    period: PeriodIx,
    here: &[(UnitIx, &UnitSpan)],
    children: &[Vec<UnitIx>],
    figures: &mut Figures,
) -> Result<(), SampleError> {
    // All units of a list together: its conditions run over columns.
    let mut of_list: BTreeMap<&ListId, (&List, Vec<UnitIx>)> = BTreeMap::new();
    for (unit, span) in here {
        for document in world.documents(period) {
            if !world.owes(span, period, document) {
                continue;
            }
            for list in world.lists(span, period, document) {
                let below = &children[unit.0 as usize];
                let rows = rows(world, period, *unit, below, list, figures);
                if !rows.is_empty() {
                    figures.rows[unit.0 as usize].insert(list.id.clone(), rows);
                    of_list.entry(&list.id).or_insert((list, Vec::new())).1.push(*unit);
                }
            }
        }
    }
    for (list, units) in of_list.values() {
        count(list, units, figures)?;
    }
    Ok(())
}

fn rows(
    world: &World<'_>,
    period: PeriodIx,
    unit: UnitIx,
    below: &[UnitIx],
    list: &List,
    figures: &Figures,
) -> Vec<Vec<CellInput>> {
    let campaign = world.campaign;
    let mut random = world.random(&["rows", list.id.as_str(), world.code(unit)]);
    let is_due = |child: &&UnitIx| campaign.is_due(**child, campaign.period(period).as_of);
    let mut below: Vec<UnitIx> = below.iter().filter(is_due).copied().collect();
    let stated = |field| below.iter().any(|child| figures.value(*child, field).is_some());
    if list.counts.iter().any(|count| count.unit_column.is_none() && stated(count.field)) {
        return Vec::new();
    }
    if list.official_class.is_some() {
        // A unit in the middle speaks for those below it itself.
        let is_leaf = |child: &UnitIx| campaign.is_grassroots(campaign.unit(*child).latest());
        below.retain(is_leaf);
    }
    let wanted = if list.official_class.is_some() {
        if campaign.period(period).is_judged { below.len() as i64 } else { 0 }
    } else if list.counts.is_empty() {
        let progress = progress(world, period);
        (random.between(0, 3) * progress.done + progress.all - 1) / progress.all
    } else {
        let own = |count: &thidua_campaign::ListCount| figures.value(unit, count.field).unwrap_or(0);
        let all = list.counts.iter().filter(|count| count.when.is_none() && count.sum.is_none()).map(own).max();
        all.unwrap_or_else(|| list.counts.iter().filter(|count| count.sum.is_none()).map(own).sum()).clamp(0, MOST)
    };
    (0..wanted.max(0) as usize).map(|n| row(world, period, unit, &below, list, n)).collect()
}

/// One row: the same in every period, but for what is not finished yet.
fn row(world: &World<'_>, period: PeriodIx, unit: UnitIx, below: &[UnitIx], list: &List, n: usize) -> Vec<CellInput> {
    let campaign = world.campaign;
    let mut random = world.random(&["row", list.id.as_str(), world.code(unit), &n.to_string()]);
    let today = date::days(campaign.period(period).as_of);
    let opening = campaign.periods.iter().map(|period| date::days(period.from)).min().unwrap_or(today);
    let mut day = random.between(opening, opening + 60);
    let last_date = list.columns.iter().rposition(|column| column.kind == ValueKind::Date);
    let mut dates = 0;
    let mut cells = Vec::with_capacity(list.columns.len());
    for (at, column) in list.columns.iter().enumerate() {
        let cell = match column.kind {
            _ if column.is_unit => CellInput::Text(world.code(*below.get(n).unwrap_or(&unit)).into()),
            ValueKind::Text => CellInput::Text(words(column, n, &mut random)),
            ValueKind::Flag => CellInput::Int(i64::from(random.chance(300))),
            ValueKind::Choice => {
                let of_period = column.choices.iter().position(|(id, _)| **id == *campaign.period(period).id.as_str());
                CellInput::Int(of_period.unwrap_or_else(|| random.early(column.choices.len())) as i64)
            }
            ValueKind::Number => CellInput::Int(number(world, column, &mut random)),
            ValueKind::Date => {
                // Each date follows the one before; the last may come a little before its plan.
                dates += 1;
                day += if dates == 1 {
                    0
                } else if Some(at) == last_date {
                    random.between(-20, 20)
                } else {
                    random.between(30, 270)
                };
                if Some(at) == last_date && day > today { CellInput::Blank } else { CellInput::Int(day) }
            }
        };
        cells.push(cell);
    }
    cells
}

fn words(column: &ListColumn, n: usize, random: &mut crate::random::Random) -> Text {
    match column.required {
        true => format!("{} {}", column.label, names::place(random.below(576))).into(),
        false => format!("{} ({})", names::person(random.below(12)), n + 1).into(),
    }
}

fn number(world: &World<'_>, column: &ListColumn, random: &mut crate::random::Random) -> i64 {
    let measure = measure(world.campaign, column.measure.as_ref());
    let (decimals, min, max) = measure.map_or((0, 0, i64::MAX), |it| (it.decimals, it.min, it.max));
    let unit = 10i64.pow(decimals.into());
    let value = if max / unit >= 100_000_000_000 { random.between(5, 80) * 1_000_000 } else { random.between(1, 60) };
    (value * unit).clamp(min, max)
}

/// What the list gives for its fields, for each unit that has rows.
fn count(list: &List, units: &[UnitIx], figures: &mut Figures) -> Result<(), SampleError> {
    let failed = |formula: &Formula| {
        let what = format!("{} of list {}", formula.text(), list.id);
        move |source| SampleError::Formula { what, source }
    };
    let rows: Vec<(UnitIx, Vec<CellInput>)> = units
        .iter()
        .flat_map(|unit| figures.rows[unit.0 as usize][&list.id].iter().map(|row| (*unit, row.clone())))
        .collect();
    let mut frame = Frame::new(rows.len());
    for (at, column) in list.columns.iter().enumerate() {
        let cells = rows.iter().map(|(_, row)| &row[at]);
        let is_word = column.is_unit || matches!(column.kind, ValueKind::Text | ValueKind::Choice);
        if is_word {
            let word = |cell: &CellInput| match cell {
                CellInput::Text(text) => Some(text.clone()),
                CellInput::Int(position) => Some(column.choices.get(*position as usize)?.0.clone()),
                _ => None,
            };
            frame.text(&column.id, cells.map(word).collect());
        } else {
            let kept = |cell: &CellInput| match cell {
                CellInput::Int(value) => Some(*value),
                _ => None,
            };
            frame.int(&column.id, cells.map(kept).collect());
        }
    }
    for flag in &list.flags {
        let holds = flag.when.truths(&frame).map_err(failed(&flag.when))?;
        frame.int(&flag.id, holds.into_iter().map(|holds| holds.map(i64::from)).collect());
    }
    for counted in &list.counts {
        let holds = match &counted.when {
            Some(when) => when.truths(&frame).map_err(failed(when))?,
            None => vec![Some(true); rows.len()],
        };
        let mut totals: BTreeMap<UnitIx, i64> = BTreeMap::new();
        for ((unit, row), holds) in rows.iter().zip(holds) {
            let worth = match (counted.sum.map(|column| &row[column]), holds) {
                (_, Some(false) | None) => 0,
                (None, _) => 1,
                (Some(CellInput::Int(value)), _) => *value,
                (Some(_), _) => 0,
            };
            *totals.entry(*unit).or_insert(0) += worth;
        }
        for (unit, total) in totals {
            // Rows about the units below add up to the line of the one that lists them.
            if counted.unit_column.is_none() || figures.value(unit, counted.field).is_some() {
                figures.set(unit, counted.field, total);
            }
        }
    }
    Ok(())
}
