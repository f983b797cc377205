//! Which versions of a unit's report a run takes.
//!
//! In:  the versions of a unit and period, oldest first, with the newest decision on each, and which
//!      of them came after the period was published.
//! Out: for each whether it is taken.
//!
//! What is approved changes only by a newer version that is approved, too: until then the approved
//! one stands. A version that was sent back counts no more, and neither does anything before it: the
//! unit has been asked for another. Publishing locks a period: what comes later counts only when it is
//! approved. Which of several versions taken counts is the run's own rule.

use thidua_store::Decision;

/// A version of a unit's report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version {
    pub(super) decision: Option<Decision>,
    /// It came when the period was published already.
    pub(super) is_after_lock: bool,
}

pub(super) fn taken(versions: &[Version]) -> Vec<bool> {
    let last = |wanted| versions.iter().rposition(|version| version.decision == Some(wanted));
    let (approved, returned) = (last(Decision::Approved), last(Decision::Returned));
    let is_taken = |at: usize| {
        let Version { decision, is_after_lock } = versions[at];
        let stands = match (approved, returned) {
            (Some(approved), _) => at <= approved && decision != Some(Decision::Returned),
            (None, Some(returned)) => at > returned,
            (None, None) => true,
        };
        stands && (!is_after_lock || decision == Some(Decision::Approved))
    };
    (0..versions.len()).map(is_taken).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approved_data_stand_until_newer_ones_are_approved_and_what_was_returned_counts_no_more() {
        // A approved, R returned, - undecided, behind | what came after publication; then what is
        // taken.
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
            ("-|-", "x."),
            ("-|A", "xx"),
            ("|-", "."),
            ("|A", "x"),
            ("A|-A", "x.x"),
        ] {
            let lock = versions.find('|').unwrap_or(versions.len());
            let all: Vec<Version> = versions
                .char_indices()
                .filter(|(_, sign)| *sign != '|')
                .map(|(at, sign)| Version {
                    decision: match sign {
                        'A' => Some(Decision::Approved),
                        'R' => Some(Decision::Returned),
                        _ => None,
                    },
                    is_after_lock: at > lock,
                })
                .collect();
            let shown: String = taken(&all).into_iter().map(|is| if is { 'x' } else { '.' }).collect();
            assert_eq!(shown, expected, "{versions}");
        }
    }
}
