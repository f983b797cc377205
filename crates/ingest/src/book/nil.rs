//! The tick of a section: its empty cells mean that nothing occurred.
//!
//! In:  the sheet of a form whose lines were found.
//! Out: the cell of each section's tick, where it is set.
//!
//! The tick stands in the notes' column beside the section's own heading. Missing is not zero: without the tick
//! an empty cell stays a gap. Which fields it answers: [`thidua_campaign::Form::takes_nil`].

use crate::lines::{Columns, Lines};
use crate::plan::FormPlan;
use crate::scan::Scan;
use thidua_model::text::fold;
use thidua_model::{CellRef, Text};

/// What the writer of forms prints beside the box, folded.
const WORDS: &str = "khongphatsinh";
const OPEN: &[char] = &['☐', '□', '▢', '◻', '❏', '❑'];
/// A tick is short; longer texts are notes.
const LONGEST: usize = 60;

/// A set tick and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) cell: CellRef,
    pub(super) text: Text,
}

/// For each section its tick, `None` where it is not set.
pub(super) fn ticks(scan: &Scan<'_>, form: &FormPlan, columns: &Columns, lines: &Lines) -> Vec<Option<Tick>> {
    let tick = |item: &Option<usize>| {
        let cell = CellRef::new(lines.row((*item)?)?, columns.note?);
        let text = scan.text(scan.find(cell)?)?;
        is_ticked(text).then(|| Tick { cell, text: text.into() })
    };
    form.ticks.iter().map(tick).collect()
}

/// `☒ Không phát sinh`, `x không phát sinh`, `Không phát sinh`; not with an open box before it.
fn is_ticked(text: &str) -> bool {
    if text.len() > LONGEST || text.contains(OPEN) {
        return false;
    }
    let key = fold(text);
    key == WORDS || key.strip_prefix(['x', 'v']) == Some(WORDS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_words_without_an_open_box_are_a_tick() {
        for (text, expected) in [
            ("☒ Không phát sinh", true),
            ("☑ không phát sinh", true),
            ("[x] Không phát sinh", true),
            ("X  KHÔNG PHÁT SINH", true),
            ("Không phát sinh.", true),
            ("☐ Không phát sinh", false),
            ("□ Không phát sinh", false),
            ("x", false),
            ("", false),
            ("Không phát sinh trong quý I, có một vụ trong quý II", false),
            ("không phát sinh mới", false),
        ] {
            assert_eq!(super::is_ticked(text), expected, "{text}");
        }
    }
}
