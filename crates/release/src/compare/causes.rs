//! Reasons of a differing row, gathered and put in their one order.

use super::Cause;
use super::evidence::{ARRIVED, CORRECTED, RECEIPT, UNIT, WITHDRAWN};
use thidua_model::Text;
use thidua_model::words::Why;

#[derive(Default)]
pub(super) struct Causes(Vec<Cause>);

impl Causes {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, why: Why) {
        self.0.push(Cause { why, units: 0, files: Vec::new() });
    }

    /// Nothing when no unit is meant.
    pub(super) fn add_units(&mut self, why: Why, units: u32) {
        if units > 0 {
            self.0.push(Cause { why, units, files: Vec::new() });
        }
    }

    /// Nothing when no file is meant.
    pub(super) fn add_files(&mut self, mut files: Vec<Text>) {
        files.sort();
        files.dedup();
        if !files.is_empty() {
            self.0.push(Cause { why: Why::DefinitionChanged, units: 0, files });
        }
    }

    /// What happened to the unit's own reports.
    pub(super) fn add_reports(&mut self, own: u8) {
        for (bit, why) in [
            (CORRECTED, Why::FormCorrected),
            (ARRIVED, Why::ReportArrived),
            (WITHDRAWN, Why::ReportWithdrawn),
            (RECEIPT, Why::ReceiptChanged),
        ] {
            if own & bit != 0 {
                self.add(why);
            }
        }
    }

    /// What happened to the unit in the register.
    pub(super) fn add_unit(&mut self, own: u8) {
        if own & UNIT != 0 {
            self.add(Why::UnitChanged);
        }
    }

    /// In the order of [`Why`]; at least one.
    pub(super) fn finish(mut self) -> Vec<Cause> {
        if self.0.is_empty() {
            self.add(Why::Unknown);
        }
        self.0.sort_by_key(|cause| cause.why);
        self.0
    }
}
