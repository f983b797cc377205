//! Points by criterion that differ.
//!
//! Not here: why; the figures and places beside them tell it.

use super::align::{Frame, NONE, Same, column, paired};
use super::results::matched;
use super::{Listed, ScoreChange, ScoreLine};
use crate::open::Packed;
use thidua_model::words::Reason;
use thidua_model::{Points, Text};

/// By period, unit, then table and criterion as the second release orders them.
pub(super) fn list(frame: &Frame<'_>, most: usize) -> Listed<ScoreChange> {
    let (from, to) = frame.sides("scores");
    let same = |name| Same::new(from.table, to.table, name);
    let keys = [same("table"), same("criterion")];
    let compared = [same("max"), same("points"), same("reason")];
    let is_one = |old: u32, new: u32| keys.iter().all(|column| column.holds(old, new));
    let is_same = |old: u32, new: u32| compared.iter().all(|column| column.holds(old, new));
    let mut listed = Listed::default();
    for (period, id) in frame.periods.iter().enumerate() {
        paired(&from, &to, period, |unit, old, new| {
            let in_step = || old.clone().zip(new.clone());
            if old.len() == new.len() && in_step().all(|(old, new)| is_one(old, new) && is_same(old, new)) {
                return;
            }
            for (left, right) in matched(&old, &new, is_one) {
                if let (Some(left), Some(right)) = (left, right)
                    && is_same(left, right)
                {
                    continue;
                }
                listed.add(most, || {
                    let word = |name| match (left, right) {
                        (_, Some(row)) => text(to.table, name, row),
                        (Some(row), None) => text(from.table, name, row),
                        (None, None) => Text::default(),
                    };
                    let (from, to) = (left.map(|row| line(from.table, row)), right.map(|row| line(to.table, row)));
                    ScoreChange {
                        period: id.clone(),
                        unit: if unit == NONE { Text::default() } else { frame.units.get(unit).clone() },
                        table: word("table"),
                        criterion: word("criterion"),
                        difference: from.zip(to).and_then(|(from, to)| Some(to.points? - from.points?)),
                        from,
                        to,
                    }
                });
            }
        });
    }
    listed
}

fn text(table: &Packed, name: &str, row: u32) -> Text {
    column(table, name).text(row).unwrap_or_default().into()
}

fn line(table: &Packed, row: u32) -> ScoreLine {
    ScoreLine {
        max: Points(column(table, "max").int(row).unwrap_or(0)),
        points: column(table, "points").int(row).map(Points),
        reason: column(table, "reason").text(row).and_then(Reason::parse),
    }
}
