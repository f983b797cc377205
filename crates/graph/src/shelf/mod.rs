//! A release made ready to be asked: its tables by list, rows by unit, names in Vietnamese order,
//! the organisation at a date.
//!
//! In:  a release as `release::open` holds it.
//! Out: [`Shelf`]; it never changes and is shared by all requests.
//!
//! Not here: which releases are served (`library`), what is asked of the rows (`list`).

mod collate;
mod definition;
mod terms;
mod tree;
mod units;
mod view;

pub(crate) use tree::Tree;
pub(crate) use units::ByUnit;
pub(crate) use view::View;

use crate::list::{FieldSpec, Holds, ListSpec};
use crate::lists::LISTS;
use quick_cache::sync::Cache;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};
use thidua_campaign::{Campaign, LoadError};
use thidua_model::{Date, DateTime, Text};
use thidua_release::open::{Packed, PackedColumn, Words};
use thidua_release::{Manifest, Opened};

/// Why a release cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    #[error(
        "the definition inside release {release} cannot be read: {first} / không đọc được định nghĩa trong bản {release}"
    )]
    Definition { release: Text, first: String },
}

/// Scopes that are worked out and kept for each release.
const SCOPES: usize = 64;

/// A release ready to be asked.
pub struct Shelf {
    opened: Opened,
    campaign: Campaign,
    published_at: Option<DateTime>,
    /// Of all its tables together.
    rows_in_all: usize,
    /// Tables of the definition that no stage holds: periods, indicators, criteria, clusters.
    defined: BTreeMap<&'static str, Packed>,
    /// By position in [`LISTS`].
    lists: Vec<OnShelf>,
    /// By date; the as-of dates of periods come up again and again.
    trees: Cache<Date, Arc<Tree>>,
    /// The units that a scope shows, by its key.
    seen: Cache<Text, Arc<view::Seen>>,
    thawed: OnceLock<Arc<thidua_pipeline::Thawed>>,
    thawing: Mutex<()>,
    verified: OnceLock<Arc<thidua_pipeline::Verified>>,
}

/// Where the columns of a list stand.
struct OnShelf {
    /// Position of each field's column; `None` where the release has no such column.
    columns: Vec<Option<usize>>,
    unit: Option<usize>,
    period: Option<usize>,
    /// For each field that holds names: the rank of each word.
    ranks: Vec<Option<Vec<u32>>>,
    /// For each field whether it can name persons.
    persons: Vec<bool>,
    by_unit: OnceLock<ByUnit>,
}

impl Shelf {
    /// # Errors
    /// When the copy of the definition inside the release does not load.
    pub fn new(opened: Opened, published_at: Option<DateTime>) -> Result<Self, ShelfError> {
        let campaign = thidua_campaign::from_files(opened.definition.clone())
            .map_err(|error| ShelfError::Definition { release: opened.id.clone(), first: first_problem(&error) })?;
        let defined = definition::tables(&campaign, &opened.manifest);
        let mut shelf = Self {
            rows_in_all: opened.tables().map(Packed::rows).sum(),
            opened,
            campaign,
            published_at,
            defined,
            lists: Vec::new(),
            trees: Cache::new(16),
            seen: Cache::new(SCOPES),
            thawed: OnceLock::new(),
            thawing: Mutex::new(()),
            verified: OnceLock::new(),
        };
        shelf.lists = LISTS.par_iter().map(|list| shelf.lay_out(list)).collect();
        Ok(shelf)
    }

    fn lay_out(&self, list: &ListSpec) -> OnShelf {
        let table = self.table_named(list.table);
        let position = |name: &str| table.and_then(|table| table.position(name));
        let rank = |field: &FieldSpec| match field.holds {
            Holds::Name => {
                let words = table.and_then(|table| table.column(field.column)).and_then(PackedColumn::words);
                words.map(collate::ranks)
            }
            _ => None,
        };
        OnShelf {
            columns: list.fields.iter().map(|field| position(field.column)).collect(),
            unit: list.unit.and_then(position),
            period: list.period.and_then(position),
            ranks: list.fields.iter().map(rank).collect(),
            persons: list.fields.iter().map(|field| self.is_person_column(list.table, field.column)).collect(),
            by_unit: OnceLock::new(),
        }
    }

    pub fn id(&self) -> &Text {
        &self.opened.id
    }

    pub fn manifest(&self) -> &Manifest {
        &self.opened.manifest
    }

    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    pub fn published_at(&self) -> Option<DateTime> {
        self.published_at
    }

    /// Rows of all tables of the release together.
    pub(crate) fn rows_in_all(&self) -> usize {
        self.rows_in_all
    }

    fn table_named(&self, name: &str) -> Option<&Packed> {
        self.defined.get(name).or_else(|| self.opened.table(name))
    }

    /// The table of a list; a release without it has no row of it.
    pub(crate) fn table(&self, list: &ListSpec) -> Option<&Packed> {
        self.table_named(list.table)
    }

    pub(crate) fn rows(&self, list: &ListSpec) -> u32 {
        self.table(list).map_or(0, |table| u32::try_from(table.rows()).unwrap_or(u32::MAX))
    }

    fn on(&self, list: &ListSpec) -> &OnShelf {
        &self.lists[list.at]
    }

    /// The column of a field of a list, by the field's position.
    pub(crate) fn column(&self, list: &ListSpec, field: usize) -> Option<&PackedColumn> {
        let position = self.on(list).columns[field]?;
        self.table(list)?.columns().get(position)
    }

    /// The column with the unit that a row belongs to.
    pub(crate) fn unit_column(&self, list: &ListSpec) -> Option<&PackedColumn> {
        self.table(list)?.columns().get(self.on(list).unit?)
    }

    pub(crate) fn period_column(&self, list: &ListSpec) -> Option<&PackedColumn> {
        self.table(list)?.columns().get(self.on(list).period?)
    }

    /// The rank of each word of a field of names.
    pub(crate) fn ranks(&self, list: &ListSpec, field: usize) -> Option<&[u32]> {
        self.on(list).ranks[field].as_deref()
    }

    /// Rows of a list that belong to a unit, in order of the table.
    pub(crate) fn rows_of_unit(&self, list: &ListSpec, unit: &str) -> &[u32] {
        let Some(column) = self.unit_column(list) else { return &[] };
        let Some(code) = column.words().and_then(|words| words.find(unit)) else { return &[] };
        self.on(list).by_unit.get_or_init(|| ByUnit::of(column, self.rows(list))).rows(code)
    }

    /// The organisation as it was at a date.
    pub(crate) fn tree(&self, date: Date) -> Arc<Tree> {
        let made =
            self.trees.get_or_insert_with(&date, || Ok::<_, std::convert::Infallible>(Arc::new(Tree::at(self, date))));
        match made {
            Ok(tree) => tree,
            Err(never) => match never {},
        }
    }

    /// The as-of date of a period; of the last period of the run for any other word.
    pub(crate) fn as_of(&self, period: Option<&str>) -> Date {
        let known = period.and_then(|id| self.campaign.find_period(id)).map(|at| self.campaign.period(at).as_of);
        known.unwrap_or_else(|| self.last_as_of())
    }

    /// The as-of date of the last period of the run.
    pub(crate) fn last_as_of(&self) -> Date {
        let last = self.campaign.find_period(&self.manifest().options.period);
        let last = last.map(|at| self.campaign.period(at)).or(self.campaign.periods.last());
        last.map_or(Date::MIN, |period| period.as_of)
    }
}

impl Shelf {
    /// What a question "what if" starts from; made when first asked.
    ///
    /// # Errors
    /// Why places of this release cannot be worked out again.
    pub(crate) fn thawed(&self) -> Result<Arc<thidua_pipeline::Thawed>, thidua_pipeline::WhatIfError> {
        // One at a time: two that ask first wait for one another, not for twice the memory.
        let _one = self.thawing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = self.thawed.get() {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(thidua_pipeline::Thawed::of(&self.opened)?);
        Ok(Arc::clone(self.thawed.get_or_init(|| made)))
    }

    /// What verifying the release gave, kept as long as the release is loaded.
    pub(crate) fn verified(&self) -> Option<Arc<thidua_pipeline::Verified>> {
        self.verified.get().cloned()
    }

    /// Verifies the release in its folder; all digests and everything that can be computed again.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(crate) fn verify(&self) -> Result<Arc<thidua_pipeline::Verified>, thidua_release::ReleaseError> {
        let made = Arc::new(thidua_pipeline::verify(&self.opened.folder)?);
        Ok(Arc::clone(self.verified.get_or_init(|| made)))
    }
}

fn first_problem(error: &LoadError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

impl Shelf {
    /// For each unit named in a list whether it is `above` or below it at a date, by the code of
    /// the list's own column.
    pub(crate) fn inside(&self, list: &ListSpec, above: &str, date: Date) -> Vec<bool> {
        let Some(words) = self.unit_column(list).and_then(PackedColumn::words) else { return Vec::new() };
        let Some(units) = self.unit_words() else { return vec![false; words.len()] };
        let Some(above) = units.find(above) else { return vec![false; words.len()] };
        let subtree = self.tree(date).subtree(above);
        let is_inside = |word: &str| units.find(word).is_some_and(|code| subtree[code as usize]);
        (0..words.len() as u32).map(|code| is_inside(words.get(code))).collect()
    }

    /// The codes of all units of the register; positions are those of [`Tree`].
    pub(crate) fn unit_words(&self) -> Option<&Words> {
        self.unit_column(&crate::lists::UNITS)?.words()
    }
}
