//! Campaign, intake and outcome become tables, digests and an id.
//!
//! In:  the three stages and the options of the run.
//! Out: a [`Frozen`] whose rows stand in one order, whatever order they came in.
//!
//! Not here: writing files (`write`).

mod facts;
mod issues;
mod lists;
mod manifest;
mod order;
mod outcome;
mod policies;
mod submissions;
mod units;

#[cfg(test)]
mod tests;

use crate::{Frozen, digest};
use order::Order;
use std::collections::BTreeMap;
use submissions::Submissions;
use thidua_campaign::{Campaign, DefinitionFile};
use thidua_model::{Intake, Outcome, Record, RunOptions, Table, Text};

pub(crate) use facts::CORRECTIONS_FILE;
pub(crate) use lists::{Layout, layouts};
pub(crate) use manifest::{check_id, counts};
pub(crate) use submissions::{form_of, list_of};

/// Freezes a run.
///
/// # Input
/// `intake` and `outcome` of the same `campaign` (their positions refer to it); `options` as they
/// were given to the run.
///
/// # Output
/// A release whose id depends on definition, submissions, receipt times, effective options and the
/// content of the tables: not on the order of files, threads, machine, clock or program version.
pub fn freeze(campaign: &Campaign, intake: &Intake, outcome: &Outcome, options: &RunOptions) -> Frozen {
    let order = Order::new(campaign);
    let submissions = Submissions::number(intake);
    let lists = lists::layouts(campaign);

    let facts = facts::rows(campaign, intake, &submissions, &order);
    let registrations = facts::registrations(campaign, &submissions, &facts);
    let issues = issues::rows(intake, outcome);

    let mut tables = BTreeMap::new();
    put(&mut tables, &units::rows(campaign));
    put(&mut tables, &registrations);
    put(&mut tables, &submissions.rows(campaign, &facts, &issues));
    put(&mut tables, &facts);
    put(&mut tables, &issues);
    outcome::put_all(&mut tables, outcome, &order);
    for layout in &lists {
        let table = lists::table(campaign, intake, &submissions, &order, layout);
        tables.insert(table.name.clone(), table);
    }

    let mut definition: Vec<DefinitionFile> = campaign
        .files
        .iter()
        .map(|file| DefinitionFile { digest: digest::of_bytes(&file.bytes).into(), ..file.clone() })
        .collect();
    definition.sort_by(|a, b| a.name.cmp(&b.name));

    let manifest = manifest::manifest(campaign, intake, options, &definition, &tables, &lists);
    Frozen { id: manifest.id.as_str().into(), manifest, tables, definition }
}

fn put<R: Record>(tables: &mut BTreeMap<Text, Table>, rows: &[R]) {
    tables.insert(R::TABLE.into(), R::to_table(rows));
}
