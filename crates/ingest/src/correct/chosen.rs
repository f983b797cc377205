//! Which of several corrections of one field counts.
//!
//! In:  what counts of the field before it is corrected; corrections in order of time.
//! Out: the one that counts, and those that are about another value.

use super::meaning::{FieldOf, Meaning, Said};

/// What became of the corrections of one field, by position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    pub counts: Option<usize>,
    /// They are about a value that is not there.
    pub stale: Vec<usize>,
    /// They fit, and a later one counts.
    pub overtaken: Vec<usize>,
}

impl FieldOf<'_> {
    /// The latest that fits: a correction is of what is read, or of what an earlier one gave.
    ///
    /// # Input
    /// `raw`: the text of a cell that gave no value. `corrections`: the old value as it was written
    /// and the new one as it is understood, in order of time.
    pub fn choose(&self, now: &Meaning, raw: Option<&str>, corrections: &[(&str, &Meaning)]) -> Chosen {
        let mut chosen = Chosen::default();
        for (at, (old, _)) in corrections.iter().enumerate() {
            let given = chosen.counts.map(|at| corrections[at].1);
            if self.says(old, now, raw) || given.is_some_and(|given| self.says(old, given, None)) {
                chosen.overtaken.extend(chosen.counts.replace(at));
            } else {
                chosen.stale.push(at);
            }
        }
        chosen
    }

    /// The text is this value. What could not be read is told by its own text, or as a gap.
    fn says(&self, text: &str, now: &Meaning, raw: Option<&str>) -> bool {
        let is_raw = || raw.is_some_and(|raw| raw.split_whitespace().eq(text.split_whitespace()));
        match (self.said(text), now) {
            (Said::One(Meaning::Words(old)), Meaning::Words(now)) => old.split_whitespace().eq(now.split_whitespace()),
            (Said::One(Meaning::Nothing), Meaning::NotApplicable) => true,
            (Said::One(old), now) => old == *now,
            (Said::Either(one, other, _), Meaning::Value(now)) => *now == one || *now == other,
            (Said::Either(..) | Said::Unread(_), Meaning::Nothing) => is_raw(),
            (Said::Either(..) | Said::Unread(_), _) => false,
        }
    }
}
