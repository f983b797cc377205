//! Loads a campaign folder: files → checked definition, or every problem at once.
//!
//! In:  `campaign.toml` and the files that its `[files]` names.
//! Out: a [`Campaign`], or D-issues at file, line and key, sorted.
//!
//! Order of work: organisation, units, forms (lines, then lists and rules), indicators, scoring,
//! scoring sheets, packages, targets and decisions. A later file may name what an earlier one
//! declared; nothing stops at the first mistake.

mod asked;
mod awards;
mod criteria;
mod decisions;
mod fields;
mod files;
mod forms;
mod formulas;
mod indicators;
mod issues;
mod keys;
mod lists;
mod names;
mod node;
mod organisation;
mod packages;
mod register_file;
mod rules;
mod scaled;
mod scoresheets;
mod scoring;
mod units;
mod value_columns;
mod variations;
mod warnings;

#[cfg(test)]
mod scoring_tests;
#[cfg(test)]
pub(crate) mod tests;

use crate::definition::{Campaign, DefinitionFile, Field, Form, Persons};
use files::Files;
pub(crate) use files::file;
use formulas::Inputs;
use issues::Issues;
use names::Names;
use node::Node;
use organisation::Organisation;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use thidua_model::issue::{Expected, Thing};
use thidua_model::words::TargetKind;
use thidua_model::{Date, Issue, IssueKind, Severity, Text};
use thiserror::Error;

/// The file that every campaign folder has.
pub const MAIN_FILE: &str = "campaign.toml";

/// Why there is no campaign.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("cannot read {}", path.display())]
    Io { path: PathBuf, source: io::Error },
    /// The definition is wrong; all problems, sorted by file and line.
    #[error("the campaign definition has {} problem(s)", issues.len())]
    Invalid { issues: Vec<Issue> },
}

/// Reads and checks a campaign folder.
///
/// # Errors
/// [`LoadError::Io`] when a file that is there cannot be read; [`LoadError::Invalid`] with every
/// problem of the definition.
pub fn load(folder: &Path) -> Result<Campaign, LoadError> {
    from_files(files::read_folder(folder)?)
}

/// As [`load`], with the warnings of a valid definition.
///
/// # Errors
/// As [`load`].
pub fn check(folder: &Path) -> Result<(Campaign, Vec<Issue>), LoadError> {
    assemble(files::read_folder(folder)?)
}

/// Checks a definition that is in memory, such as the copy in a release. Files that
/// `campaign.toml` does not name are left out.
///
/// # Errors
/// [`LoadError::Invalid`].
pub fn from_files(files: Vec<DefinitionFile>) -> Result<Campaign, LoadError> {
    assemble(files).map(|(campaign, _)| campaign)
}

fn assemble(files: Vec<DefinitionFile>) -> Result<(Campaign, Vec<Issue>), LoadError> {
    let issues = Issues::default();
    let campaign = build(files, &issues);
    let mut found = issues.into_sorted();
    // What an unreadable file may have declared is not called unknown.
    if found.iter().any(|issue| matches!(issue.code(), "D001" | "D002")) {
        found.retain(|issue| !matches!(issue.code(), "D003" | "D007"));
    }
    let is_valid = found.iter().all(|issue| issue.severity() == Severity::Warning);
    if !is_valid {
        // A warning beside an error is often its echo: the units of a misspelt kind are not of it.
        found.retain(|issue| issue.severity() == Severity::Error);
    }
    match campaign {
        Some(campaign) if is_valid => Ok((campaign, found)),
        _ => Err(LoadError::Invalid { issues: found }),
    }
}

fn build(all: Vec<DefinitionFile>, issues: &Issues) -> Option<Campaign> {
    let files = Files::new(all);
    let main = files.toml(MAIN_FILE, issues)?;
    let main_table = node::parse(&main.source, main.text, issues)?;
    let root = Node::root(&main.source, &main_table, issues);

    let named = files::Named::read(&root);
    let organisation = Organisation::read(&root);
    let year = root.int("year", 1900, 2200).unwrap_or(1900) as i16;
    if !root.has("year") {
        issues.bad_value(root.place("year"), "", Expected::Year);
    }
    let first_day = Date::constant(year, 1, 1);
    let opening = organisation.periods.iter().map(|period| period.from).chain([first_day]).min().unwrap_or(first_day);
    let register = units::read(files.register(named.units.as_ref(), issues), &organisation, opening, issues);

    // Forms: lines of all of them first, since lists and rules may name any field.
    let sources: Vec<_> = named.forms.iter().filter_map(|name| files.named_toml(name, issues)).collect();
    let tables: Vec<_> = sources.iter().map(|file| node::parse(&file.source, file.text, issues)).collect();
    let mut fields = fields::Fields::default();
    let mut drafts = Vec::new();
    for (file, table) in sources.iter().zip(&tables) {
        if let Some(table) = table {
            drafts.push(forms::draft(Node::root(&file.source, table, issues), &organisation, &mut fields));
        }
    }
    let derived = packages::derived(&root, &organisation, &mut fields);
    units::check_sectors(&register, &derived, &organisation, issues);
    let stated_coverage = packages::coverage(&root, &fields);
    let mut fields: Vec<Field> = fields.resolve(&organisation, issues);
    let inputs = Inputs::of_fields(&fields, &organisation);
    check_versions(&drafts, issues);
    let completed: Vec<_> = drafts.into_iter().map(|draft| draft.complete(&organisation, &inputs, &fields)).collect();
    let asked: Vec<(&Form, &[forms::Asked])> =
        completed.iter().map(|(form, asked, _)| (form, asked.as_slice())).collect();
    let ids: Vec<Text> = fields.iter().map(|field| field.id.text()).collect();
    asked::check(&asked, &ids, &organisation, issues);

    let scope = indicators::Scope {
        organisation: &organisation,
        fields: &fields,
        inputs: &inputs,
        units: register.units.len(),
    };
    let (indicators, indicator_names) = match named.indicators.as_ref().and_then(|name| files.named_toml(name, issues))
    {
        None => (Vec::new(), Names::new(Thing::Indicator)),
        Some(file) => match node::parse(&file.source, file.text, issues) {
            None => (Vec::new(), Names::new(Thing::Indicator)),
            Some(table) => {
                let node = Node::root(&file.source, &table, issues);
                let read = indicators::read(&node, &scope);
                node.finish();
                read
            }
        },
    };
    let mut scoring = scoring::Scoring::default();
    if let Some(file) = named.scoring.as_ref().and_then(|name| files.named_toml(name, issues))
        && let Some(table) = node::parse(&file.source, file.text, issues)
    {
        let lists = completed.iter().flat_map(|(form, ..)| &form.lists).collect();
        let scope = criteria::Scope {
            organisation: &organisation,
            inputs: &inputs,
            indicators: &indicators,
            indicator_names: &indicator_names,
            units: &register.units,
            lists,
        };
        scoring = scoring::load(Node::root(&file.source, &table, issues), &scope);
    }

    let form_names = Names::of(Thing::Form, completed.iter().map(|(form, ..)| form.id.as_str()));
    let mut forms: Vec<Form> = Vec::new();
    for (form, _, pattern) in completed {
        match pattern {
            None => forms.push(form),
            Some(pattern) => {
                forms.extend(scoresheets::expand(&form, &pattern, &mut scoring.tables, &mut fields, issues));
            }
        }
    }
    let packages = packages::packages(&root, &organisation, &forms, &form_names);

    let assigned = files
        .register(named.targets.as_ref(), issues)
        .map(|file| decisions::targets(file, &register, (&indicators, &indicator_names), &organisation, issues));
    let class_ids: BTreeSet<&str> =
        scoring.tables.iter().flat_map(|table| &table.classes).map(|class| class.id.as_str()).collect();
    let classes = Names::of(Thing::Class, class_ids);
    let decisions = files
        .register(named.decisions.as_ref(), issues)
        .map(|file| decisions::decisions(file, &register, &organisation, &classes, issues));

    let campaign = Campaign {
        id: root.needed_text("id").unwrap_or_default(),
        year,
        title: root.needed_bilingual("title"),
        organisation: root.needed_bilingual("organisation"),
        place: root.text_or("place", ""),
        source: root.text_or("source", ""),
        target_order: target_order(&root),
        levels: organisation.levels,
        kinds: organisation.kinds,
        sectors: organisation.sectors,
        measures: organisation.measures,
        documents: organisation.documents,
        periods: organisation.periods,
        clusters: organisation.clusters,
        units: register.units,
        fields,
        forms,
        packages,
        derived,
        stated_coverage,
        indicators,
        tables: scoring.tables,
        ranking: scoring.ranking,
        awards: scoring.awards,
        award_list: scoring.award_list,
        assigned: assigned.unwrap_or_default(),
        decisions: decisions.unwrap_or_default(),
        persons: persons(&root),
        files: files.used(&named),
    };
    warnings::find(&root, &campaign, issues);
    root.finish();
    Some(campaign)
}

/// How long names of persons are shown; without `[persons]` without end.
fn persons(root: &Node<'_>) -> Persons {
    let Some(node) = root.table("persons") else { return Persons::default() };
    let shown_until = node.needed_date("shown_until");
    let source = node.text_or("source", "");
    node.finish();
    Persons { shown_until, source }
}

fn target_order(root: &Node<'_>) -> Vec<TargetKind> {
    let words: Vec<(&str, TargetKind)> = TargetKind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    let mut order = Vec::new();
    for word in root.texts("target_order") {
        let place = word.place.clone();
        if let Some(kind) = root.one_of(&word.text, &words, || word.place) {
            if order.contains(&kind) {
                root.issues.declared_twice(place, Thing::TargetKind, &word.text);
            }
            order.push(kind);
        }
    }
    if order.is_empty() { TargetKind::ALL.to_vec() } else { order }
}

/// Versions of one form do not overlap in time.
fn check_versions(drafts: &[forms::Draft<'_>], issues: &Issues) {
    for (at, draft) in drafts.iter().enumerate() {
        let form = &draft.form;
        let overlaps = drafts[..at].iter().any(|other| {
            let other = &other.form;
            other.id == form.id
                && other.valid_to.is_none_or(|to| form.valid_from <= to)
                && form.valid_to.is_none_or(|to| other.valid_from <= to)
        });
        if overlaps {
            issues.declared_twice(draft.place(), Thing::Form, form.id.as_str());
        }
    }
}

/// D001 at the key of `campaign.toml` that names the file.
fn missing(word: &node::Word, issues: &Issues) {
    issues.add(IssueKind::DefinitionFileMissing {}, word.place.clone());
}
