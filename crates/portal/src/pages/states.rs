//! How a unit stands with a period: what came, what became of it, what was decided.
//!
//! In:  the forms that are due, and the store's states of the unit and period.
//! Out: one word for the unit's page, one for those above it.

use thidua_model::DateTime;
use thidua_pages::tracking::TrackState;
use thidua_store::{ReviewState, State, Status};

/// A unit and period at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    NotDue,
    Due,
    Overdue,
    /// Some form that is due is missing or cannot be used.
    Mend,
    Returned,
    /// Everything came; somebody has to decide. `is_late`: after the deadline.
    Waiting {
        has_warnings: bool,
        is_late: bool,
    },
    Approved,
}

/// `forms`: ids of the forms that are due. `states`: of this unit and period alone. `times`: now, and
/// the deadline with all extensions.
pub(super) fn standing(forms: &[&str], states: &[&State], now: i64, deadline: Option<i64>) -> Standing {
    if forms.is_empty() && states.is_empty() {
        return Standing::NotDue;
    }
    let of = |form: &str| states.iter().find(|state| state.form == form);
    let came: Vec<&&State> = states.iter().collect();
    if came.is_empty() {
        return if deadline.is_some_and(|deadline| deadline <= now) { Standing::Overdue } else { Standing::Due };
    }
    if came.iter().any(|state| state.standing.is_some() && state.review == ReviewState::Returned) {
        return Standing::Returned;
    }
    let is_missing = forms.iter().any(|form| of(form).is_none_or(|state| state.standing.is_none()));
    let is_broken = came.iter().any(|state| matches!(state.newest.status, Status::Rejected | Status::PartlyAccepted));
    if is_missing || is_broken {
        return Standing::Mend;
    }
    if came.iter().all(|state| state.review == ReviewState::Approved) {
        return Standing::Approved;
    }
    let has_warnings = came.iter().any(|state| state.newest.status == Status::AcceptedWithWarnings);
    let first = came.iter().filter_map(|state| state.standing.as_ref()).map(|it| it.received_at).max();
    let is_late = first.zip(deadline).is_some_and(|(at, deadline)| at >= deadline);
    Standing::Waiting { has_warnings, is_late }
}

impl Standing {
    /// As those above see it.
    pub(super) fn tracked(self) -> TrackState {
        match self {
            Self::NotDue => TrackState::NotDue,
            Self::Due => TrackState::Missing,
            Self::Overdue => TrackState::Overdue,
            Self::Mend => TrackState::Mend,
            Self::Returned => TrackState::Returned,
            Self::Waiting { is_late: true, .. } => TrackState::Late,
            Self::Waiting { .. } => TrackState::Waiting,
            Self::Approved => TrackState::Approved,
        }
    }

    /// A report is there that can be used.
    pub(super) fn has_reported(self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Approved)
    }
}

/// Whole days from one moment to another, by the calendar.
pub(super) fn days(from: DateTime, to: DateTime) -> i64 {
    thidua_model::date::days(to.date()) - thidua_model::date::days(from.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_store::{Attempt, SubmissionId, UploadId};

    fn state(form: &str, newest: Status, is_standing: bool, review: ReviewState) -> State {
        let attempt = |status| Attempt {
            submission: SubmissionId::from("s"),
            upload: UploadId::from("u"),
            status,
            received_at: 50,
        };
        State {
            unit: "a".into(),
            period: "p".into(),
            form: form.into(),
            newest: attempt(newest),
            standing: is_standing.then(|| attempt(newest)),
            review,
            review_seq: None,
            approved: None,
        }
    }

    #[test]
    fn a_unit_stands_as_its_forms_stand_together() {
        use ReviewState::{Approved, Returned, Waiting};
        use Status::{Accepted, AcceptedWithWarnings, PartlyAccepted, Rejected};
        let waiting = |has_warnings, is_late| Standing::Waiting { has_warnings, is_late };
        // Forms that are due; what came of each; now; the deadline.
        type Came = (&'static str, Status, bool, ReviewState);
        type Case = (&'static [&'static str], &'static [Came], i64, i64, Standing);
        let cases: &[Case] = &[
            (&[], &[], 0, 100, Standing::NotDue),
            (&["1"], &[], 99, 100, Standing::Due),
            (&["1"], &[], 100, 100, Standing::Overdue),
            (&["1"], &[("1", Accepted, true, Waiting)], 60, 100, waiting(false, false)),
            (&["1"], &[("1", Accepted, true, Waiting)], 60, 50, waiting(false, true)),
            (&["1"], &[("1", AcceptedWithWarnings, true, Waiting)], 60, 100, waiting(true, false)),
            (&["1"], &[("1", Rejected, false, Waiting)], 60, 100, Standing::Mend),
            (&["1"], &[("1", PartlyAccepted, true, Waiting)], 60, 100, Standing::Mend),
            (&["1", "2"], &[("1", Accepted, true, Waiting)], 60, 100, Standing::Mend),
            (&["1"], &[("1", Accepted, true, Returned)], 60, 100, Standing::Returned),
            (&["1"], &[("1", Accepted, true, Approved)], 60, 50, Standing::Approved),
            (
                &["1", "2"],
                &[("1", Accepted, true, Approved), ("2", Accepted, true, Waiting)],
                60,
                100,
                waiting(false, false),
            ),
            // Nothing was due, and something came all the same.
            (&[], &[("1", Accepted, true, Waiting)], 60, 100, waiting(false, false)),
        ];
        for (forms, came, now, deadline, expected) in cases {
            let states: Vec<State> =
                came.iter().map(|(form, status, stands, review)| state(form, *status, *stands, *review)).collect();
            let states: Vec<&State> = states.iter().collect();
            assert_eq!(standing(forms, &states, *now, Some(*deadline)), *expected, "{forms:?} {came:?}");
        }
    }
}
