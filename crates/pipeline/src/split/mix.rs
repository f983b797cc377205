//! What was read, as a mixture of two releases under one definition.
//!
//! In:  two releases; the groups of the definition that differ.
//! Out: [`Mixes`]: for each choice of groups both readings, what differs between them, and the points
//!      that a [`State`] gives.

use super::states::State;
use super::{Group, SplitError, definition};
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::Campaign;
use thidua_model::facts::Source;
use thidua_model::rows::RankingRow;
use thidua_model::{
    Fact, FactMark, FactStore, FieldIx, Intake, ListRow, PeriodIx, Points, RunOptions, Submission, SubmissionStatus,
    Text, UnitIx,
};
use thidua_release::{Opened, thaw_under};

/// By period and unit.
pub(super) type PointsByUnit = BTreeMap<(Text, Text), Option<Points>>;

pub(super) struct Mixes {
    /// Periods that both releases ran.
    pub(super) periods: BTreeSet<Text>,
    /// How many groups of the definition differ.
    pub(super) groups: usize,
    /// Codes of the units of which other things were read.
    pub(super) changed: Vec<Text>,
    pub(super) has_corrections: bool,
    /// One release has a register of receipts and the other has none.
    pub(super) has_other_presence: bool,
    /// By the bits of the chosen groups.
    by_choice: Vec<Mix>,
    /// By period: of each changed unit itself and all above it, in either definition.
    above: BTreeMap<Text, Vec<BTreeSet<Text>>>,
}

/// Both readings under one definition.
struct Mix {
    campaign: Campaign,
    old: Intake,
    new: Intake,
    options: RunOptions,
    /// Values that differ though the report behind them is the same.
    cells: BTreeMap<(PeriodIx, FieldIx, UnitIx), Cell>,
}

/// Why such a value differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Corrected,
    /// This group of the definition reads the report otherwise.
    Read(usize),
}

impl Mixes {
    pub(super) fn new(from: &Opened, to: &Opened, groups: &[Group]) -> Result<Self, SplitError> {
        let ran = |opened: &Opened| opened.manifest.periods.iter().map(|it| Text::from(it.id.as_str())).collect();
        let (old, new): (Vec<Text>, Vec<Text>) = (ran(from), ran(to));
        let last = old.iter().rfind(|id| new.contains(id)).cloned();
        let corrections = |opened: &Opened| opened.manifest.corrections.as_ref().map(|it| it.digest.clone());
        let doubt = Doubt {
            has_other_corrections: corrections(from) != corrections(to),
            forms: groups.iter().position(|group| group.has_forms),
        };
        let mut found = Self {
            periods: old.iter().filter(|id| new.contains(id)).cloned().collect(),
            groups: groups.len(),
            changed: Vec::new(),
            has_corrections: false,
            has_other_presence: from.manifest.receipts.is_some() != to.manifest.receipts.is_some(),
            by_choice: Vec::new(),
            above: BTreeMap::new(),
        };
        let mut changed = BTreeSet::new();
        for choice in 0..1_usize << groups.len() {
            let (mix, units) = Mix::new((from, to), groups, choice, last.as_ref(), &doubt)?;
            changed.extend(units);
            found.has_corrections |= mix.cells.values().any(|cell| *cell == Cell::Corrected);
            found.by_choice.push(mix);
        }
        found.changed = changed.into_iter().collect();
        for period in &found.periods {
            let above = found.changed.iter().map(|code| above(&found.by_choice, period, code));
            found.above.insert(period.clone(), above.collect());
        }
        Ok(found)
    }

    /// Of the changed units the unit itself and those below it.
    pub(super) fn below(&self, period: &Text, unit: &Text) -> BTreeSet<usize> {
        let above = self.above.get(period).map_or(&[][..], Vec::as_slice);
        above.iter().enumerate().filter(|(_, above)| above.contains(unit)).map(|(at, _)| at).collect()
    }

    pub(super) fn points(&self, state: &State) -> PointsByUnit {
        let choice = state.groups.iter().enumerate().map(|(at, chosen)| usize::from(*chosen) << at).sum::<usize>();
        let mix = &self.by_choice[choice];
        let mut is_new = vec![false; mix.campaign.units.len()];
        for unit in state.units.iter().filter_map(|at| mix.campaign.find_unit(&self.changed[*at])) {
            is_new[unit.0 as usize] = true;
        }
        let intake = mix.intake(&is_new, state, self.has_other_presence);
        let outcome = thidua_compute::compute(&mix.campaign, &intake, &mix.options);
        let mut points = points(outcome.rankings);
        points.retain(|(period, _), _| self.periods.contains(period));
        points
    }
}

pub(super) fn points(rows: Vec<RankingRow>) -> PointsByUnit {
    rows.into_iter().map(|row| ((row.period, row.unit), row.points)).collect()
}

fn above(mixes: &[Mix], period: &str, code: &Text) -> BTreeSet<Text> {
    let mut above = BTreeSet::from([code.clone()]);
    for campaign in mixes.iter().map(|mix| &mix.campaign) {
        let Some(period) = campaign.find_period(period) else { continue };
        let as_of = campaign.period(period).as_of;
        let mut at = campaign.find_unit(code);
        // No register has as many levels as units.
        for _ in 0..campaign.units.len() {
            at = at.and_then(|unit| campaign.unit(unit).at(as_of)).and_then(|span| span.parent);
            let Some(unit) = at else { break };
            above.insert(campaign.unit(unit).id.text());
        }
    }
    above
}

/// What else can have made a value another where the report is the same.
struct Doubt {
    has_other_corrections: bool,
    /// The group of the definition that reads reports otherwise.
    forms: Option<usize>,
}

impl Mix {
    /// With the codes of the units of which other things were read.
    fn new(
        (from, to): (&Opened, &Opened),
        groups: &[Group],
        choice: usize,
        last: Option<&Text>,
        doubt: &Doubt,
    ) -> Result<(Self, BTreeSet<Text>), SplitError> {
        let chosen: Vec<bool> = (0..groups.len()).map(|at| choice & (1 << at) != 0).collect();
        let files = definition(from, to, groups, &chosen);
        let (mut old, mut new) = (thaw_under(from, files.clone())?, thaw_under(to, files)?);
        let has_new_units = groups.iter().zip(&chosen).any(|(group, chosen)| group.has_units_as_of && *chosen);
        let (mut campaign, units_as_of) = match has_new_units {
            true => (new.campaign, new.options.units_as_of),
            false => (old.campaign, old.options.units_as_of),
        };
        // How firm places are costs a thousand times what points do.
        campaign.ranking.variations = None;
        if let Some(last) = last.and_then(|id| campaign.find_period(id)) {
            let is_later = |id: &thidua_model::PeriodId| campaign.find_period(id.as_str()).is_some_and(|it| it > last);
            for intake in [&mut old.intake, &mut new.intake] {
                intake.keep_until(last, is_later);
                intake.submissions.retain(|it| it.period <= last);
                intake.receipts.iter_mut().for_each(|receipts| receipts.retain(|it| it.period <= last));
            }
        }
        let has_new_options = groups.iter().zip(&chosen).any(|(group, chosen)| group.has_options && *chosen);
        let as_of = if has_new_options { new.options.as_of } else { old.options.as_of };
        let options = RunOptions { as_of, period: last.map(|id| (&**id).into()), units_as_of };
        let mut mix = Self { campaign, old: old.intake, new: new.intake, options, cells: BTreeMap::new() };
        let units = mix.compare(doubt);
        let codes = units.into_iter().map(|unit| mix.campaign.unit(unit).id.text()).collect();
        Ok((mix, codes))
    }

    /// Finds the cells; gives the units of which other things were read.
    fn compare(&mut self, doubt: &Doubt) -> BTreeSet<UnitIx> {
        let mut changed = BTreeSet::new();
        let (old, new) = (&self.old, &self.new);
        let columns: BTreeSet<(PeriodIx, FieldIx)> =
            old.facts.columns().chain(new.facts.columns()).map(|(period, field, _)| (period, field)).collect();
        let reports = [reports(old), reports(new)];
        for (period, field) in columns {
            for unit in self.campaign.unit_ixs() {
                let facts = [old.facts.get(period, field, unit), new.facts.get(period, field, unit)];
                if said(&facts[0]) == said(&facts[1]) {
                    continue;
                }
                let behind = [behind(old, &facts[0]), behind(new, &facts[1])];
                let is_same_report = match behind {
                    [Some(one), Some(other)] => one == other,
                    _ => reports[0].get(&(unit, period)) == reports[1].get(&(unit, period)),
                };
                match cell(&facts, doubt).filter(|_| is_same_report) {
                    Some(cell) => drop(self.cells.insert((period, field, unit), cell)),
                    None => drop(changed.insert(unit)),
                }
            }
        }
        changed.extend(differing(texts(old), texts(new)));
        changed.extend(differing(lists(old), lists(new)));
        changed.extend(differing(documents(old), documents(new)));
        changed.extend(differing(receipts(old), receipts(new)));
        changed
    }

    /// # Input
    /// `is_new`: by unit, whether its reports are those of the second release.
    fn intake(&self, is_new: &[bool], state: &State, has_other_presence: bool) -> Intake {
        let (old, new) = (&self.old, &self.new);
        let is_new = |unit: UnitIx| is_new[unit.0 as usize];
        fn pick<T: Clone>(old: &[T], new: &[T], is_new: impl Fn(&T) -> bool) -> Vec<T> {
            old.iter().filter(|it| !is_new(it)).chain(new.iter().filter(|it| is_new(it))).cloned().collect()
        }
        let has_receipts = match state.presence && has_other_presence {
            true => new.receipts.is_some(),
            false => old.receipts.is_some(),
        };
        let receipts = |intake: &'_ Intake| intake.receipts.clone().unwrap_or_default();
        Intake {
            submissions: pick(&old.submissions, &new.submissions, |it| is_new(it.unit)),
            facts: self.facts(&is_new, state),
            texts: pick(&old.texts, &new.texts, |it| is_new(it.unit)),
            lists: pick(&old.lists, &new.lists, |it| is_new(it.unit)),
            receipts: has_receipts.then(|| pick(&receipts(old), &receipts(new), |it| is_new(it.unit))),
            ..Intake::default()
        }
    }

    fn facts(&self, is_new: &dyn Fn(UnitIx) -> bool, state: &State) -> FactStore {
        let mut facts = FactStore::new(self.campaign.units.len());
        let reads_new = |cell: Cell| match cell {
            Cell::Corrected => state.corrections,
            Cell::Read(group) => state.groups[group],
        };
        for (intake, wanted) in [(&self.old, false), (&self.new, true)] {
            for (period, field, column) in intake.facts.columns() {
                for (at, mark) in column.marks.iter().enumerate().filter(|(_, it)| **it != FactMark::NotReported) {
                    let unit = UnitIx(at as u32);
                    let side = match self.cells.get(&(period, field, unit)) {
                        Some(cell) => reads_new(*cell),
                        None => is_new(unit),
                    };
                    if side == wanted {
                        // Submissions are numbered otherwise here, and nothing computes with places.
                        let fact = Fact { value: column.values[at], mark: *mark, source: Source::NONE };
                        facts.put(period, field, unit, fact);
                    }
                }
            }
        }
        facts
    }
}

/// What computing reads of a fact.
fn said(fact: &Fact) -> (FactMark, Option<i64>) {
    (fact.mark, fact.mark.has_value().then_some(fact.value))
}

/// Why a value differs where the report is the same; `None`: it is the unit's own doing.
fn cell(facts: &[Fact; 2], doubt: &Doubt) -> Option<Cell> {
    let has = |marks: &[FactMark]| facts.iter().any(|fact| marks.contains(&fact.mark));
    match doubt {
        Doubt { has_other_corrections: true, .. } if has(&[FactMark::Corrected, FactMark::TakenOut]) => {
            Some(Cell::Corrected)
        }
        Doubt { forms: Some(group), .. } => Some(Cell::Read(*group)),
        // Rules judge the neighbours of a corrected value anew; receipts and lists have no part in that.
        Doubt { has_other_corrections: true, .. } if !has(&[FactMark::Derived]) => Some(Cell::Corrected),
        _ => None,
    }
}

/// The sheet that a fact was read from.
fn behind<'i>(intake: &'i Intake, fact: &Fact) -> Option<[&'i str; 3]> {
    intake.submissions.get(fact.source.submission as usize).map(sheet)
}

fn sheet(submission: &Submission) -> [&str; 3] {
    [&submission.digest, &submission.sheet, submission.form.as_str()]
}

/// By unit and period: the sheets that count.
fn reports(intake: &Intake) -> BTreeMap<(UnitIx, PeriodIx), BTreeSet<[&str; 3]>> {
    let mut reports: BTreeMap<_, BTreeSet<[&str; 3]>> = BTreeMap::new();
    for it in intake.submissions.iter().filter(|it| it.status.counts()) {
        reports.entry((it.unit, it.period)).or_default().insert(sheet(it));
    }
    reports
}

/// Units of which the two sides tell other things.
fn differing<T: Ord>(old: BTreeMap<UnitIx, Vec<T>>, new: BTreeMap<UnitIx, Vec<T>>) -> impl Iterator<Item = UnitIx> {
    let sorted = |mut it: BTreeMap<UnitIx, Vec<T>>| {
        it.values_mut().for_each(|rows| rows.sort());
        it
    };
    let (old, new) = (sorted(old), sorted(new));
    let units: BTreeSet<UnitIx> = old.keys().chain(new.keys()).copied().collect();
    units.into_iter().filter(move |unit| old.get(unit) != new.get(unit))
}

fn gathered<T>(rows: impl Iterator<Item = (UnitIx, T)>) -> BTreeMap<UnitIx, Vec<T>> {
    let mut by_unit: BTreeMap<UnitIx, Vec<T>> = BTreeMap::new();
    rows.for_each(|(unit, row)| by_unit.entry(unit).or_default().push(row));
    by_unit
}

fn texts(intake: &Intake) -> BTreeMap<UnitIx, Vec<(PeriodIx, FieldIx, Text)>> {
    gathered(intake.texts.iter().map(|it| (it.unit, (it.period, it.field, it.value.clone()))))
}

/// Rows of lists as words: what they say, not where.
fn lists(intake: &Intake) -> BTreeMap<UnitIx, Vec<String>> {
    let said = |it: &ListRow| format!("{:?} {:?} {:?} {:?}", it.list, it.period, it.values, it.flags);
    gathered(intake.lists.iter().map(|it| (it.unit, said(it))))
}

/// Period, form, document, arrival, status.
type Document = (PeriodIx, String, String, Option<String>, &'static str);

/// What computing reads of a submission: not its name or bytes.
fn documents(intake: &Intake) -> BTreeMap<UnitIx, Vec<Document>> {
    let rows = intake.submissions.iter().map(|it| {
        let status = if it.status.counts() { SubmissionStatus::Accepted } else { it.status };
        let received_at = it.received_at.map(|at| at.to_string());
        (it.unit, (it.period, it.form.to_string(), it.document.to_string(), received_at, status.as_str()))
    });
    gathered(rows)
}

fn receipts(intake: &Intake) -> BTreeMap<UnitIx, Vec<(PeriodIx, String, String, bool)>> {
    let rows = intake
        .receipts
        .iter()
        .flatten()
        .map(|it| (it.unit, (it.period, it.document.to_string(), it.received_at.to_string(), it.file.is_some())));
    gathered(rows)
}
