//! What is asked of whom: the loaded campaign of the invented province, with look-ups.
//!
//! In:  the invented campaign and the seed.
//! Out: for each period the documents that are due, for each unit the fields and lists it is asked.

use crate::random::{Random, key};
use crate::relations::Relations;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, DerivedField, Form, Line, List, Package, UnitSpan};
use thidua_model::{DocumentId, FieldIx, LevelId, PeriodIx, UnitIx};

/// Submissions that never arrive, and that arrive late, in a thousand.
const MISSING: i64 = 30;
const LATE: i64 = 60;

pub(crate) struct World<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) seed: u64,
    pub(crate) relations: Relations,
    /// By field: units of the lowest level that states it.
    pub(crate) stating: Vec<i64>,
    pub(crate) derived: BTreeMap<FieldIx, &'a DerivedField>,
}

impl<'a> World<'a> {
    pub(crate) fn new(campaign: &'a Campaign, seed: u64) -> Self {
        let mut units = vec![0i64; campaign.levels.len()];
        for span in campaign.units.iter().map(|unit| unit.latest()).filter(|span| campaign.kind(span).is_due) {
            units[span.level] += 1;
        }
        let mut lowest = vec![0usize; campaign.fields.len()];
        for form in &campaign.forms {
            for line in form.sections.iter().flat_map(|section| &section.lines) {
                let levels = if line.levels.is_empty() { &form.levels } else { &line.levels };
                let level = campaign.levels.iter().rposition(|level| levels.contains(&level.id)).unwrap_or(0);
                for field in line.fields.iter().flatten() {
                    lowest[field.0 as usize] = lowest[field.0 as usize].max(level);
                }
            }
        }
        Self {
            campaign,
            seed,
            relations: Relations::of(campaign, seed),
            stating: lowest.into_iter().map(|level| units[level].max(1)).collect(),
            derived: campaign.derived.iter().map(|derived| (derived.field, derived)).collect(),
        }
    }

    pub(crate) fn random(&self, keys: &[&str]) -> Random {
        let keys: Vec<u64> = keys.iter().map(|word| key(word)).collect();
        Random::of(self.seed, &keys)
    }

    pub(crate) fn code(&self, unit: UnitIx) -> &'a str {
        self.campaign.unit(unit).id.as_str()
    }

    /// Documents with a form that somebody owes in a period.
    pub(crate) fn documents(&self, period: PeriodIx) -> BTreeSet<&'a DocumentId> {
        let due = self.campaign.period(period).deadlines.iter().map(|deadline| &deadline.document);
        due.filter(|id| self.campaign.documents.iter().any(|document| document.id == **id && document.has_form))
            .collect()
    }

    pub(crate) fn owes(&self, span: &UnitSpan, period: PeriodIx, document: &DocumentId) -> bool {
        let level = &self.campaign.level(span).id;
        let deadlines = &self.campaign.period(period).deadlines;
        deadlines.iter().any(|deadline| deadline.document == *document && deadline.level == *level)
    }

    /// The workbook that a unit fills in for a document.
    pub(crate) fn package(&self, span: &UnitSpan, document: &DocumentId) -> Option<&'a Package> {
        let level = &self.campaign.level(span).id;
        self.campaign.packages.iter().find(|package| {
            let fits = |form: &usize| self.campaign.forms[*form].is_for(self.campaign, span);
            package.document == *document && package.levels.contains(level) && package.forms.iter().any(fits)
        })
    }

    /// The forms of a unit's workbook for a document at a period's date.
    pub(crate) fn forms(&self, span: &UnitSpan, period: PeriodIx, document: &DocumentId) -> Vec<&'a Form> {
        let date = self.campaign.period(period).as_of;
        let forms = self.package(span, document).map_or(&[][..], |package| &package.forms);
        let forms = forms.iter().map(|form| &self.campaign.forms[*form]);
        let is_valid = |form: &&Form| form.valid_from <= date && form.valid_to.is_none_or(|to| date <= to);
        forms.filter(is_valid).filter(|form| form.is_for(self.campaign, span)).collect()
    }

    pub(crate) fn asks(&self, line: &Line, span: &UnitSpan) -> bool {
        let sector = span.sector.map(|sector| &self.campaign.sectors[sector].id);
        self.fits(&line.levels, span)
            && (line.sectors.is_empty() || sector.is_some_and(|sector| line.sectors.contains(sector)))
    }

    /// Fields that a unit is asked in a document, each with "its line must be filled in".
    pub(crate) fn fields(&self, span: &UnitSpan, period: PeriodIx, document: &DocumentId) -> BTreeMap<FieldIx, bool> {
        let forms = self.forms(span, period, document);
        let lines = forms.iter().flat_map(|form| &form.sections).flat_map(|section| &section.lines);
        let asked = lines.filter(|line| self.asks(line, span));
        asked.flat_map(|line| line.fields.iter().flatten().map(|field| (*field, line.required))).collect()
    }

    /// Lists of a unit's workbook for a document.
    pub(crate) fn lists(&self, span: &UnitSpan, period: PeriodIx, document: &DocumentId) -> Vec<&'a List> {
        let forms = self.forms(span, period, document);
        forms.into_iter().flat_map(|form| &form.lists).filter(|list| self.fits(&list.levels, span)).collect()
    }

    fn fits(&self, levels: &[LevelId], span: &UnitSpan) -> bool {
        levels.is_empty() || levels.contains(&self.campaign.level(span).id)
    }

    /// The submission never arrives.
    pub(crate) fn is_missing(&self, unit: UnitIx, period: PeriodIx, document: &DocumentId) -> bool {
        self.fate("missing", unit, period, document).chance(MISSING)
    }

    pub(crate) fn is_late(&self, unit: UnitIx, period: PeriodIx, document: &DocumentId) -> bool {
        self.fate("late", unit, period, document).chance(LATE)
    }

    pub(crate) fn fate(&self, what: &str, unit: UnitIx, period: PeriodIx, document: &DocumentId) -> Random {
        self.random(&[what, self.code(unit), self.campaign.period(period).id.as_str(), document.as_str()])
    }
}
