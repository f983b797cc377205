//! Points by criterion that differ.
//!
//! Not here: why; the figures and places beside them tell it.

use super::align::{Frame, NONE, Same, column, differing};
use super::{Listed, ScoreChange, ScoreLine};
use crate::open::Packed;
use thidua_model::words::Reason;
use thidua_model::{Points, Text};

/// By period, unit, then table and criterion as the second release orders them.
pub(super) fn list(frame: &Frame<'_>, most: usize) -> Listed<ScoreChange> {
    let mut listed = Listed::default();
    if frame.is_same("scores") {
        return listed;
    }
    let (from, to) = frame.sides("scores");
    let same = |name| Same::new(from.table, to.table, name);
    let keys = [same("table"), same("criterion")];
    let compared = [same("max"), same("points"), same("reason")];
    for (period, id) in frame.periods.iter().enumerate() {
        differing((&from, &to), period, &keys, &compared, |pair| {
            listed.add(most, || {
                let word = |name| match (pair.old, pair.new) {
                    (_, Some(row)) => text(to.table, name, row),
                    (Some(row), None) => text(from.table, name, row),
                    (None, None) => Text::default(),
                };
                let (old, new) = (pair.old.map(|row| line(from.table, row)), pair.new.map(|row| line(to.table, row)));
                ScoreChange {
                    period: id.clone(),
                    unit: if pair.unit == NONE { Text::default() } else { frame.units.get(pair.unit).clone() },
                    table: word("table"),
                    criterion: word("criterion"),
                    difference: old.zip(new).and_then(|(old, new)| Some(new.points? - old.points?)),
                    from: old,
                    to: new,
                }
            });
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
