//! What the readings of all files have given so far: `merge` adds, `list_facts` and `rules` read and
//! amend.

use crate::plan::Plan;
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::{FieldIx, Intake, Issue, PeriodIx, Place, Text, UnitIx};

/// The intake while it grows: every issue knows its submission.
pub(crate) struct Gathered<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) intake: Intake,
    /// Aligned with the submissions: position in the campaign's forms, and whether the form itself
    /// is there (not only one of its lists).
    pub(crate) forms: Vec<(usize, bool)>,
    /// Aligned with the list rows: position in the form's lists, and the units that columns name.
    pub(crate) row_units: Vec<(usize, Vec<(usize, UnitIx)>)>,
    /// Aligned with the list rows: the row is kept, and counts where it stands first.
    pub(crate) repeats: Vec<bool>,
    /// What the last total of a list states of a column, by submission, list and column.
    pub(crate) totals: BTreeMap<(u32, usize, usize), (i64, Text, Place)>,
    pub(crate) issues: Vec<(Option<u32>, Issue)>,
    /// Relations that were reported: code, field, period, unit and sentence.
    pub(crate) reported: BTreeSet<(&'static str, FieldIx, PeriodIx, UnitIx, String)>,
    /// What senders wrote beside a field (Ghi chú), by submission.
    pub(crate) notes: BTreeMap<(u32, FieldIx), Text>,
}
