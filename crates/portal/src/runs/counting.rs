//! Which versions of a unit's report a run takes.
//!
//! In:  the versions of a unit and period, oldest first, with the newest decision on each.
//! Out: for each whether it is taken.
//!
//! What is approved changes only by a newer version that is approved, too: until then the approved
//! one stands. A version that was sent back counts no more, and neither does anything before it: the
//! unit has been asked for another. Which of several versions taken counts is the run's own rule.

use thidua_store::Decision;

pub(super) fn taken(versions: &[Option<Decision>]) -> Vec<bool> {
    let last = |wanted| versions.iter().rposition(|decision| *decision == Some(wanted));
    let (approved, returned) = (last(Decision::Approved), last(Decision::Returned));
    let is_taken = |at: usize| match (approved, returned) {
        (Some(approved), _) => at <= approved && versions[at] != Some(Decision::Returned),
        (None, Some(returned)) => at > returned,
        (None, None) => true,
    };
    (0..versions.len()).map(is_taken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approved_data_stand_until_newer_ones_are_approved_and_what_was_returned_counts_no_more() {
        // A approved, R returned, - undecided; then what is taken.
        for (versions, expected) in [
            ("", ""),
            ("-", "x"),
            ("--", "xx"),
            ("A", "x"),
            ("A-", "x."),
            ("A-A", "xxx"),
            ("R", "."),
            ("-R", ".."),
            ("-R-", "..x"),
            ("AR", "x."),
            ("AR-", "x.."),
            ("RA", ".x"),
            ("RA-", ".x."),
        ] {
            let decisions: Vec<Option<Decision>> = versions
                .chars()
                .map(|sign| match sign {
                    'A' => Some(Decision::Approved),
                    'R' => Some(Decision::Returned),
                    _ => None,
                })
                .collect();
            let shown: String = taken(&decisions).into_iter().map(|is| if is { 'x' } else { '.' }).collect();
            assert_eq!(shown, expected, "{versions}");
        }
    }
}
