//! Facts become indicators, points, classes and rankings; pure.
//!
//! In:  the campaign, what reading gave, and the options of the run.
//! Out: the rows of every stage after the facts, and issues `C…`. No file, clock or chance is
//!      consulted, so the same inputs give the same rows.
//!
//! The way of one number: facts stand in columns by unit ([`context`]); a formula is evaluated once
//! per indicator and period for all units (`figures`); superiors add up the numerators and
//! denominators of the units below them (`rollup`) at the period's as-of date, or take their own consolidated
//! report; the result is compared with the target in integers ([`target`]).
//!
//! The same adding up serves whoever asks before a run ([`sums()`]): form 2 filled from form 1.
//!
//! Not here: reading workbooks (`ingest`), keeping results (`release`).

mod bridge;
pub mod context;
mod coverage;
mod derived;
mod documents;
mod figures;
mod missing;
mod people;
pub mod period;
mod promises;
mod reconcile;
mod rollup;
mod rows;
mod score;
mod sums;
pub mod target;
mod terms;

pub use documents::DocumentState;
pub use score::{Answer, Earned, Lever, Need, Needs, Ranked, earned, needs};
pub use sums::{FormSum, SumKind, sums};
pub use terms::Terms;

use context::Context;
use thidua_campaign::Campaign;
use thidua_model::{Intake, Issue, Outcome, RunOptions};

/// Computes every stage after the facts.
///
/// # Input
/// `intake`: positions of units, fields and periods are those of `campaign`.
/// `options`: the periods to run, and the date that separates "missing" from "not yet due".
///
/// # Output
/// Rows sorted by period, unit and their own key. What is wrong is an issue beside them.
pub fn compute(campaign: &Campaign, intake: &Intake, options: &RunOptions) -> Outcome {
    let context = Context::new(campaign, intake, options);
    let mut outcome = Outcome { targets: promises::rows(&context), ..Outcome::default() };
    promises::check_registered(&context, &mut outcome.issues);
    coverage::fill(&context, &mut outcome);
    rows::fill(&context, &mut outcome);
    sort_bridges(campaign, &mut outcome);
    reconcile::fill(&context, &mut outcome);
    // Scoring reads the figures and adds to the rest.
    let indicators = std::mem::take(&mut outcome.indicators);
    score::score(&context, &indicators, &mut outcome);
    outcome.indicators = indicators;
    sort_issues(campaign, &mut outcome.issues);
    outcome
}

/// They come by indicator.
fn sort_bridges(campaign: &Campaign, outcome: &mut Outcome) {
    outcome.bridge.sort_by_cached_key(|row| {
        let indicator = campaign.find_indicator(&row.indicator).map(|(at, _)| at);
        (campaign.find_period(&row.period), row.unit.clone(), indicator)
    });
}

fn sort_issues(campaign: &Campaign, issues: &mut [Issue]) {
    issues.sort_by_cached_key(|issue| {
        let period = issue.period.as_ref().and_then(|id| campaign.find_period(id.as_str()));
        (period, issue.unit.clone(), issue.code(), issue.field.clone(), issue.label.clone(), issue.place.clone())
    });
}
