//! What a section's tick "không phát sinh" answers.
//!
//! In:  a form with its lines.
//! Out: whether an empty cell means zero where the tick of its section is set.
//!
//! The writer of forms (`forms`) offers the tick and the reader (`ingest`) believes it by the same rule.

use crate::definition::{Campaign, Field, Form, Line, Rollup};
use thidua_model::{FieldIx, ValueKind};

impl Form {
    /// An empty cell of this field is a zero when the tick of its section is set.
    ///
    /// Only quantities and yes/no: among words, dates and choices there is no zero. Not what must be filled in
    /// (the workers of a unit), not a mean and the people whom it is of (no wages are not a wage of 0), not what is
    /// computed from other lines, not what a unit promises (its own target), not points.
    pub fn takes_nil(&self, campaign: &Campaign, line: &Line, field: FieldIx) -> bool {
        let known = campaign.field(field);
        let is_weight = |of: &Field| matches!(of.rollup, Rollup::Mean { weight } if weight == field);
        let is_of_mean = || matches!(known.rollup, Rollup::Mean { .. }) || campaign.fields.iter().any(is_weight);
        let is_promise = || campaign.indicators.iter().any(|indicator| indicator.registered_in == Some(field));
        self.scoresheet_of.is_none()
            && !line.required
            && matches!(known.kind, ValueKind::Number | ValueKind::Flag)
            && known.recomputed.is_none()
            && !is_of_mean()
            && !is_promise()
    }

    /// The section prints a heading of its own: a title that the one before does not have, or a subtitle. There
    /// stands its tick.
    pub fn has_own_heading(&self, section: usize) -> bool {
        let title = |at: usize| &self.sections[at].title;
        let is_new = section == 0 || title(section) != title(section - 1);
        (is_new && !title(section).is_empty())
            || self.sections[section].subtitle.as_deref().is_some_and(|subtitle| !subtitle.is_empty())
    }
}
