//! Mistakes as clerks make them, at most one in the cells of a workbook.
//!
//! In:  a unit's true figures for one document.
//! Out: what is typed instead, and a name for the mistake.

use crate::figures::Figures;
use crate::random::Random;
use crate::world::World;
use std::collections::BTreeMap;
use thidua_forms::CellInput;
use thidua_model::numerals::number;
use thidua_model::{FieldIx, Lang, Text, UnitIx, ValueKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flaw {
    Missing,
    Late,
    /// Sent twice; the first version has a wrong figure.
    Resubmitted,
    /// `1.234 người` instead of 1234.
    NumberAsText,
    /// Women above workers.
    PartAboveWhole,
    /// A line left empty.
    BlankLine,
    /// `khoảng 20`.
    NotANumber,
    /// The file ends in the middle.
    Damaged,
    /// Nobody noted when it came.
    NoReceipt,
}

impl Flaw {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Late => "late",
            Self::Resubmitted => "resubmitted",
            Self::NumberAsText => "number-as-text",
            Self::PartAboveWhole => "part-above-whole",
            Self::BlankLine => "blank-line",
            Self::NotANumber => "not-a-number",
            Self::Damaged => "damaged-file",
            Self::NoReceipt => "no-receipt",
        }
    }
}

/// In a thousand workbooks; the rest has none.
const CELLS: [(Flaw, i64); 4] =
    [(Flaw::NumberAsText, 40), (Flaw::PartAboveWhole, 20), (Flaw::BlankLine, 20), (Flaw::NotANumber, 10)];

/// Draws a mistake and makes it, where the workbook has a cell for it.
///
/// # Input
/// `typed`: the true figures by field; changed where the mistake stands.
pub(crate) fn make(
    world: &World<'_>,
    figures: &Figures,
    unit: UnitIx,
    typed: &mut BTreeMap<FieldIx, CellInput>,
    random: &mut Random,
) -> Option<Flaw> {
    let mut draw = random.between(0, 999);
    let (flaw, _) = CELLS.into_iter().find(|(_, permille)| {
        draw -= permille;
        draw < 0
    })?;
    let known = |field: &FieldIx| world.campaign.field(*field);
    let counts: Vec<(FieldIx, i64)> = typed
        .keys()
        .filter(|field| known(field).kind == ValueKind::Number && known(field).recomputed.is_none())
        .filter_map(|field| Some((*field, figures.value(unit, *field)?)))
        .collect();
    let measure = |field: FieldIx| crate::definition::measure(world.campaign, known(&field).measure.as_ref());
    let (field, cell) = match flaw {
        Flaw::PartAboveWhole => {
            let parts: Vec<(FieldIx, i64)> = counts
                .iter()
                .flat_map(|(part, _)| {
                    let bonds = world.relations.of[part.0 as usize].bonds.iter().filter(|bond| bond.is_hard);
                    let whole =
                        |field: FieldIx| counts.iter().find(|(whole, _)| *whole == field).map(|(_, value)| *value);
                    bonds.filter_map(move |bond| Some((*part, whole(bond.whole?)?)))
                })
                .collect();
            let (part, whole) = *random.pick(&parts)?;
            (part, CellInput::Int(whole + random.between(1, 1 + whole / 10)))
        }
        Flaw::NumberAsText => {
            let whole =
                |(field, value): &&(FieldIx, i64)| *value > 0 && measure(*field).is_some_and(|it| it.decimals == 0);
            let counts: Vec<&(FieldIx, i64)> = counts.iter().filter(whole).collect();
            let (field, value) = **random.pick(&counts)?;
            let label = measure(field).map_or_else(|| Text::from(""), |it| it.label.clone());
            (field, CellInput::Text(format!("{} {label}", number(value, 0, Lang::Vi)).trim_end().into()))
        }
        Flaw::NotANumber => {
            let (field, value) = *random.pick(&counts)?;
            (field, CellInput::Text(format!("khoảng {value}").into()))
        }
        _ => (random.pick(&counts)?.0, CellInput::Blank),
    };
    typed.insert(field, cell);
    Some(flaw)
}

/// A first version: one figure is a little off.
pub(crate) fn earlier(
    world: &World<'_>,
    typed: &BTreeMap<FieldIx, CellInput>,
    random: &mut Random,
) -> Option<BTreeMap<FieldIx, CellInput>> {
    let is_count = |field: &FieldIx| world.campaign.field(*field).kind == ValueKind::Number;
    let counts: Vec<(FieldIx, i64)> = typed
        .iter()
        .filter_map(|(field, cell)| match cell {
            CellInput::Int(value) if is_count(field) && *value > 0 => Some((*field, *value)),
            _ => None,
        })
        .collect();
    let (field, value) = *random.pick(&counts)?;
    let mut earlier = typed.clone();
    earlier.insert(field, CellInput::Int(value - 1));
    Some(earlier)
}
