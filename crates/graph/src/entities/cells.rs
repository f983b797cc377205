//! Whose cells, and of which fields, a result was made of: the walk that computing took.
//!
//! In:  a result.
//! Out: units with the fields that were read from them, the unit itself first, then those below it.
//!
//! A side of a figure (numerator, denominator) is the unit's own or added up from below, as the
//! definition says for its level and the register for the unit; a unit whose figure was left out of
//! a sum is left out here. What the register or the receipts tell has no cell.
//!
//! Not here: the cells themselves (`sources`).

use super::fields::definition;
use crate::list::Row;
use crate::lists;
use crate::shelf::{Shelf, Tree};
use async_graphql::Error;
use std::ops::ControlFlow;
use std::sync::Arc;
use thidua_campaign::{Campaign, DerivedFrom, Indicator, LevelBasis, TakenFrom, UnitSpan};
use thidua_model::words::Reason;
use thidua_model::{Date, LevelId, Text};
use thidua_release::open::Packed;

/// Told of a unit and the fields that count there; says whether to go on.
type Visit<'v> = dyn FnMut(&str, &[&str]) -> Result<ControlFlow<()>, Error> + 'v;

/// Goes on until nothing is left or the visitor has enough.
///
/// # Errors
/// Those of the visitor.
pub(super) fn walk(row: &Row, visit: &mut Visit<'_>) -> Result<(), Error> {
    let list = &lists::RESULTS;
    let (Some(unit), Some(walk)) = (row.text(list, "unit"), Walk::new(row)) else { return Ok(()) };
    let all = Needs { numerator: true, denominator: walk.indicator.denominator.is_some() };
    walk.node(unit, all, visit).map(|_| ())
}

/// Which sides of a figure are wanted.
#[derive(Clone, Copy)]
struct Needs {
    numerator: bool,
    denominator: bool,
}

struct Walk<'a> {
    shelf: &'a Shelf,
    campaign: &'a Campaign,
    indicator: &'a Indicator,
    date: Date,
    tree: Arc<Tree>,
    /// Position of the lowest level that has the figure.
    lowest: usize,
    results: &'a Packed,
    /// Codes of the indicator and the period in the results.
    of: (u32, u32),
    /// By level: fields of the numerator and of the denominator that stand in cells.
    fields: Vec<[Vec<&'a str>; 2]>,
}

impl<'a> Walk<'a> {
    fn new(row: &'a Row) -> Option<Self> {
        let (shelf, campaign) = (&*row.shelf, row.shelf.campaign());
        let indicator = definition(row)?;
        let results = shelf.table(&lists::RESULTS)?;
        let code = |column: &str| results.column(column).and_then(|column| column.code(row.row));
        let date = shelf.units_as_of(row.text(&lists::RESULTS, "period"));
        let position = |level: &LevelId| campaign.levels.iter().position(|it| it.id == *level);
        let fields = campaign.levels.iter().map(|level| {
            let of = |names: &'a [Text]| {
                names.iter().map(|name| &**name).filter(|name| !is_derived(campaign, &level.id, name)).collect()
            };
            let whole = indicator.denominator.as_ref().map(|formula| formula.inputs());
            [of(indicator.numerator.inputs()), of(whole.unwrap_or_default())]
        });
        Some(Self {
            shelf,
            campaign,
            indicator,
            date,
            tree: shelf.tree(date),
            lowest: indicator.levels.iter().filter_map(position).max().unwrap_or(0),
            results,
            of: (code("indicator")?, code("period")?),
            fields: fields.collect(),
        })
    }

    fn node(&self, unit: &str, needs: Needs, visit: &mut Visit<'_>) -> Result<ControlFlow<()>, Error> {
        let Some(span) = self.span(unit) else { return Ok(ControlFlow::Continue(())) };
        let numerator = self.side(span, self.indicator.numerator_from.get(&self.campaign.level(span).id));
        let denominator = self.side(span, self.indicator.denominator_from.get(&self.campaign.level(span).id));
        let [above, whole] = &self.fields[span.level];
        let mut fields: Vec<&str> = Vec::new();
        for (is_needed, side, names) in [(needs.numerator, numerator, above), (needs.denominator, denominator, whole)] {
            if is_needed && side != TakenFrom::Children {
                let more: Vec<&str> = names.iter().filter(|name| !fields.contains(name)).copied().collect();
                fields.extend(more);
            }
        }
        if !fields.is_empty() && visit(unit, &fields)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let below = Needs {
            numerator: needs.numerator && numerator != TakenFrom::Own,
            denominator: needs.denominator && denominator != TakenFrom::Own,
        };
        if !below.numerator && !below.denominator {
            return Ok(ControlFlow::Continue(()));
        }
        let Some(words) = self.shelf.unit_words() else { return Ok(ControlFlow::Continue(())) };
        let children = words.find(unit).map(|code| self.tree.children(code)).unwrap_or_default();
        for child in children.iter().map(|code| words.get(*code)).filter(|child| self.counts(child, below)) {
            if self.node(child, below, visit)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn span(&self, unit: &str) -> Option<&'a UnitSpan> {
        self.campaign.unit(self.campaign.find_unit(unit)?).at(self.date)
    }

    /// The lowest level that has the figure states it itself, whatever its basis.
    fn side(&self, span: &UnitSpan, exception: Option<&TakenFrom>) -> TakenFrom {
        let is_lowest = span.level == self.lowest || self.campaign.is_grassroots(span);
        let usual = if is_lowest || span.basis == LevelBasis::Own { TakenFrom::Own } else { TakenFrom::Children };
        exception.copied().unwrap_or(usual)
    }

    /// The unit above adds this unit's figure: it is asked, has what is needed, and is credible.
    fn counts(&self, unit: &str, needs: Needs) -> bool {
        let is_asked = self.span(unit).is_some_and(|span| span.level <= self.lowest && self.campaign.kind(span).is_due);
        if !is_asked {
            return false;
        }
        let code = |column: &str, row: u32| self.results.column(column).and_then(|column| column.code(row));
        let is_same = |row: &u32| code("indicator", *row) == Some(self.of.0) && code("period", *row) == Some(self.of.1);
        let rows = self.shelf.rows_of_unit(&lists::RESULTS, unit);
        let Some(row) = rows.iter().copied().find(is_same) else { return false };
        let reason = self.results.column("reason").and_then(|column| column.text(row)).and_then(Reason::parse);
        let is_there = |column: &str| self.results.column(column).is_some_and(|column| !column.is_missing(row));
        let stands = matches!(reason, None | Some(Reason::DenominatorZero));
        let is_refused = matches!(
            reason,
            Some(Reason::PartAboveWhole | Reason::OutOfRange | Reason::NotAsked | Reason::NotApplicable)
        );
        !is_refused
            && (!needs.numerator || is_there("numerator") || stands)
            && (!needs.denominator || is_there("denominator"))
    }
}

/// The register or the receipts tell the field of units of this level.
fn is_derived(campaign: &Campaign, level: &LevelId, field: &str) -> bool {
    let of_field = campaign.derived.iter().filter(|it| campaign.field(it.field).id.as_str() == field);
    of_field.into_iter().any(|it| {
        let (DerivedFrom::Register { levels, .. } | DerivedFrom::OnTime { levels, .. }) = &it.from;
        levels.is_empty() || levels.contains(level)
    })
}
