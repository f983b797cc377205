//! The workbooks of many units at once, each for its unit.
//!
//! In:  units, a period, and what is known of them ([`Known`]).
//! Out: one file for each unit and document, named by the unit's code.
//!
//! Not here: one workbook (`workbook`), where what is known comes from.

use crate::{CellInput, FormsError, Prefill, workbook};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use thidua_campaign::{Campaign, Package};
use thidua_model::{FieldIx, PeriodIx, Text, UnitIx};

/// A workbook to make.
#[derive(Debug, Clone)]
pub struct Wanted<'c> {
    pub package: &'c Package,
    pub unit: UnitIx,
    /// `None`: for every period of the document; its sender marks the date.
    pub period: Option<PeriodIx>,
    /// Name of the file.
    pub file: String,
}

/// What is known of units before their workbooks go out; see [`Prefill`]. By default nothing.
#[expect(unused_variables, reason = "names say what the parts are")]
pub trait Known: Sync {
    fn value(&self, of: &Wanted, field: FieldIx) -> Option<CellInput> {
        None
    }
    fn note(&self, of: &Wanted, field: FieldIx) -> Option<Text> {
        None
    }
    fn last(&self, of: &Wanted, field: FieldIx) -> Option<i64> {
        None
    }
    fn registered(&self, of: &Wanted, field: FieldIx) -> Option<i64> {
        None
    }
    fn is_given(&self, of: &Wanted, field: FieldIx) -> bool {
        false
    }
}

/// Nothing beyond the definition: name, superior, targets that were assigned.
#[derive(Debug, Clone, Copy)]
pub struct OnlyDefinition;

impl Known for OnlyDefinition {}

/// The workbooks that these units owe in a period, in their order: one for each document with a form. Without a
/// period, of every document that they owe at any time.
///
/// # Output
/// Files are named `<unit>_<period>.xlsx`, with `_<document>` where a unit owes several; without a period
/// `<unit>_<document>.xlsx`. Units that owe nothing are left out.
pub fn wanted<'c>(campaign: &'c Campaign, units: &[UnitIx], period: Option<PeriodIx>) -> Vec<Wanted<'c>> {
    let mut all = Vec::new();
    let mut names = BTreeSet::new();
    for unit in units {
        let packages: Vec<&Package> = campaign.packages.iter().filter(|it| owes(campaign, it, *unit, period)).collect();
        for package in &packages {
            let mut parts = vec![campaign.unit(*unit).id.as_str()];
            parts.extend(period.map(|period| campaign.period(period).id.as_str()));
            if period.is_none() || packages.len() > 1 {
                parts.push(package.document.as_str());
            }
            let plain = file_name(&parts.join("_"));
            // Codes that differ in other signs alone.
            let mut tails = (1..).map(|at| if at == 1 { String::new() } else { format!("-{at}") });
            let file = tails.find_map(|tail| {
                let file = format!("{plain}{tail}.xlsx");
                names.insert(file.to_lowercase()).then_some(file)
            });
            all.extend(file.map(|file| Wanted { package, unit: *unit, period, file }));
        }
    }
    all
}

/// The unit owes the package's document in the period, or in any.
fn owes(campaign: &Campaign, package: &Package, unit: UnitIx, period: Option<PeriodIx>) -> bool {
    let in_period = |period: PeriodIx| {
        let defined = campaign.period(period);
        let span = campaign.unit(unit).at(defined.as_of).filter(|_| campaign.is_due(unit, defined.as_of));
        span.is_some_and(|span| {
            let level = &campaign.level(span).id;
            let is_due = defined.deadlines.iter().any(|it| it.document == package.document && it.level == *level);
            let is_asked = |form: &usize| campaign.forms[*form].is_for(campaign, span);
            is_due && package.levels.contains(level) && package.forms.iter().any(is_asked)
        })
    };
    match period {
        Some(period) => in_period(period),
        None => campaign.period_ixs().any(in_period),
    }
}

/// Letters, digits, `-`, `_` and `.` stay; what a folder may not hold becomes `-`.
fn file_name(text: &str) -> String {
    let clean = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = text.chars().map(clean).collect();
    name.trim_start_matches('.').to_owned()
}

/// The period before for which the same document was due from the package's levels.
pub fn period_before(campaign: &Campaign, package: &Package, period: PeriodIx) -> Option<PeriodIx> {
    crate::scope::periods_of(campaign, package).take_while(|it| *it < period).last()
}

/// Writes workbooks into a folder, which is made if it is missing; on all cores, one in memory on each.
///
/// # Output
/// The paths written, in order.
///
/// # Errors
/// [`FormsError::Write`] when the folder or a file cannot be written.
pub fn write_all(
    campaign: &Campaign,
    wanted: &[Wanted],
    known: &dyn Known,
    out: &Path,
) -> Result<Vec<PathBuf>, FormsError> {
    fs::create_dir_all(out).map_err(|source| FormsError::Write { path: out.to_owned(), source })?;
    let write = |of: &Wanted| {
        let prefill = Prefill {
            unit: Some(of.unit),
            period: of.period,
            value: &|field| known.value(of, field),
            note: &|field| known.note(of, field),
            last: &|field| known.last(of, field),
            registered: &|field| known.registered(of, field),
            is_given: &|field| known.is_given(of, field),
            ..Prefill::blank()
        };
        let bytes = workbook(campaign, of.package, &prefill)?;
        let path = out.join(&of.file);
        fs::write(&path, bytes).map_err(|source| FormsError::Write { path: path.clone(), source })?;
        Ok(path)
    };
    wanted.par_iter().map(write).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_becomes_a_name_that_every_folder_takes() {
        for (code, expected) in
            [("cs-ea_1.b", "cs-ea_1.b"), ("LĐLĐ/01", "LĐLĐ-01"), ("..\\a:b*", "-a-b-"), (".an", "an")]
        {
            assert_eq!(super::file_name(code), expected);
        }
    }
}
