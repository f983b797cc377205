//! The difference of a unit's points between two releases, split among its causes to the last 10⁻⁹.
//!
//! In:  two opened releases; the places whose difference is asked for.
//! Out: a [`Split`]: for each place the parts of the difference. They add up to it exactly.
//!
//! A difference is split by computing what neither release holds: the points with some causes as in
//! the second release and the others as in the first. The causes ([`Part`]):
//!
//! | Part | From the first release to the second |
//! |---|---|
//! | own | the reports, lists and receipts of the unit and of the units below it |
//! | others | those of all other units: the best, the bounds and the means that points are measured by |
//! | corrections | values that `corrections.csv` put in the place of others, where the report behind is the same |
//! | method | scoring, indicators, targets, decisions, forms, `campaign.toml`, and the options of the run |
//! | register | the units: where each stands, its kind, sector, cluster, and so its table |
//!
//! In which order causes came nobody knows, so each gets what it adds on the average over all orders
//! (`thidua_composite::shapley`): 2ᵏ states for k causes. Causes that changed nothing are none.
//! States are shared: for two units with the same changed reports of their own they are the same.
//!
//! What cannot be told apart is told together:
//! - `targets` and `decisions` that name new units, and a main file with their cluster, do not load
//!   with the old register; then they belong to the register, and when that does not load either,
//!   register and method are one part, `definition`. [`Split::causes`] names the files of each.
//! - Own reports and those of others are one part, `reports`, where telling them apart would take
//!   more than [`MOST_STATES`] states in all. A split of one unit never does.
//! - A value that was corrected and whose report was sent anew belongs to the report.
//! - Without a register of units a report cannot be placed: under the register of the release that
//!   does not know the unit, its reports are left out.
//! - A state in which the unit has no points (its report is not in, it is in no table) counts as 0
//!   points; such rows are marked ([`SplitRow::has_gap`]).
//! - Only periods that both releases ran are looked at.
//!
//! Not here: which rows differ and why, in words (`release::compare`).

mod mix;
mod states;

use crate::what_if::MOST_UNITS;
use mix::Mixes;
use states::{State, States};
use std::collections::BTreeSet;
use thidua_campaign::{DefinitionFile, FileRole};
use thidua_model::{Lang, Points, Text};
use thidua_release::{Opened, ReleaseError};
use thiserror::Error;

/// Recomputations of one split, at most, beyond those that every split needs.
pub const MOST_STATES: usize = 96;

/// Why points are others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Own,
    Others,
    /// Both, not told apart.
    Reports,
    Corrections,
    Method,
    Register,
    /// Method and register, not told apart.
    Definition,
}

impl Part {
    pub const ALL: &[Self] =
        &[Self::Own, Self::Others, Self::Reports, Self::Corrections, Self::Method, Self::Register, Self::Definition];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Others => "others",
            Self::Reports => "reports",
            Self::Corrections => "corrections",
            Self::Method => "method",
            Self::Register => "register",
            Self::Definition => "definition",
        }
    }

    /// For people.
    pub const fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Own, Lang::Vi) => "báo cáo của mình và cấp dưới",
            (Self::Own, Lang::En) => "own reports and those below",
            (Self::Others, Lang::Vi) => "báo cáo của đơn vị khác",
            (Self::Others, Lang::En) => "reports of others",
            (Self::Reports, Lang::Vi) => "báo cáo (mình và đơn vị khác)",
            (Self::Reports, Lang::En) => "reports, own and others'",
            (Self::Corrections, Lang::Vi) => "sửa số liệu",
            (Self::Corrections, Lang::En) => "corrections",
            (Self::Method, Lang::Vi) => "cách tính",
            (Self::Method, Lang::En) => "method",
            (Self::Register, Lang::Vi) => "danh bạ đơn vị, cụm, loại hình",
            (Self::Register, Lang::En) => "register: moves, clusters, kinds",
            (Self::Definition, Lang::Vi) => "định nghĩa (cách tính và danh bạ)",
            (Self::Definition, Lang::En) => "definition: method and register",
        }
    }
}

/// What was found. The default is of nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Split {
    /// In the order of what was asked; places without points on both sides are left out.
    pub rows: Vec<SplitRow>,
    /// The parts of the definition that differ, each with its files.
    pub causes: Vec<(Part, Vec<Text>)>,
    /// States that were computed.
    pub states: usize,
}

/// The points of one unit in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitRow {
    pub period: Text,
    pub unit: Text,
    pub from: Points,
    pub to: Points,
    /// In the order of [`Part`]; they add up to `to − from`.
    pub parts: Vec<(Part, Points)>,
    /// Some state gave the unit no points; 0 stands for them.
    pub has_gap: bool,
}

/// Why there is no split. Vietnamese first, English beside.
#[derive(Debug, Error)]
pub enum SplitError {
    #[error(
        "phong trào có {due} đơn vị phải báo cáo; chỉ tách được đến {most} · {due} units owe reports; a split takes at most {most}"
    )]
    TooManyUnits { due: u64, most: u64 },
    #[error("không dùng được bản phát hành · the release cannot be used")]
    Release(#[from] ReleaseError),
    /// Computing with what the release keeps does not give its points.
    #[error(
        "bản phát hành {release} không tính lại được như đã lập (phiên bản khác của chương trình?) · \
         release {release} is not computed again as it was"
    )]
    OtherProgram { release: String },
}

/// Splits the differences of some places, named by period and unit.
///
/// # Errors
/// [`SplitError`].
pub fn split(from: &Opened, to: &Opened, asked: &[(Text, Text)]) -> Result<Split, SplitError> {
    for opened in [from, to] {
        let due = opened.manifest.counts.units_due;
        if due > MOST_UNITS {
            return Err(SplitError::TooManyUnits { due, most: MOST_UNITS });
        }
    }
    let groups = groups(from, to);
    let mixes = Mixes::new(from, to, &groups)?;
    let mut states = States::new(&mixes);
    check(&mut states, &mixes, from, to)?;
    let mut rows = Vec::new();
    for (period, unit) in asked {
        rows.extend(row(&mut states, &mixes, &groups, period, unit));
    }
    let causes = groups.iter().map(|group| (group.part, group.files.iter().cloned().collect()));
    Ok(Split { rows, causes: causes.collect(), states: states.computed() })
}

/// Files of the definition that change together.
pub(crate) struct Group {
    pub(crate) part: Part,
    pub(crate) files: BTreeSet<Text>,
    /// The options of the run change with it.
    pub(crate) has_options: bool,
    /// What is read of a report changes with it.
    pub(crate) has_forms: bool,
}

/// The causes that lie in the definition, none or at most two.
fn groups(from: &Opened, to: &Opened) -> Vec<Group> {
    let found = thidua_campaign::differences(&from.definition, &to.definition);
    let reading: Vec<(&Text, FileRole)> =
        found.files.iter().filter(|it| it.reads_otherwise).map(|it| (&it.name, it.role)).collect();
    let has_options = from.manifest.options.as_of != to.manifest.options.as_of;
    let group = |part: Part, roles: &dyn Fn(FileRole) -> bool, has_options: bool| Group {
        part,
        files: reading.iter().filter(|(_, role)| roles(*role)).map(|(name, _)| (*name).clone()).collect(),
        has_options,
        has_forms: reading.iter().any(|(_, role)| roles(*role) && matches!(role, FileRole::Main | FileRole::Form)),
    };
    use FileRole::{Decisions, Main, Targets, Units};
    let registers: [&dyn Fn(FileRole) -> bool; 2] =
        [&|role| role == Units, &|role| matches!(role, Units | Main | Targets | Decisions)];
    for register in registers {
        let method = group(Part::Method, &|role| !register(role), has_options);
        let register = group(Part::Register, register, false);
        let groups: Vec<Group> =
            [method, register].into_iter().filter(|it| !it.files.is_empty() || it.has_options).collect();
        let loads = |side: usize| {
            let chosen: Vec<bool> = (0..groups.len()).map(|at| at == side).collect();
            thidua_campaign::from_files(definition(from, to, &groups, &chosen)).is_ok()
        };
        if groups.len() < 2 || (loads(0) && loads(1)) {
            return groups;
        }
    }
    vec![group(Part::Definition, &|_| true, has_options)]
}

/// The files of a definition of which some groups are as in the second release.
pub(crate) fn definition(from: &Opened, to: &Opened, groups: &[Group], chosen: &[bool]) -> Vec<DefinitionFile> {
    let is_new = |name: &Text| groups.iter().zip(chosen).any(|(group, chosen)| *chosen && group.files.contains(name));
    let old = from.definition.iter().filter(|file| !is_new(&file.name));
    let new = to.definition.iter().filter(|file| is_new(&file.name));
    // A file of both that reads the same is taken from the first; one of the second alone is of a group.
    let mut files: Vec<DefinitionFile> = old.chain(new).cloned().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// With all causes as in one release, its own points come out.
fn check(states: &mut States<'_>, mixes: &Mixes, from: &Opened, to: &Opened) -> Result<(), SplitError> {
    for (opened, state) in [(from, State::first(mixes)), (to, State::second(mixes))] {
        let found = states.points(&state);
        let stored = mix::points(opened.table("rankings").map(|table| table.records()).unwrap_or_default());
        let is_run = |(period, _): &&(Text, Text)| mixes.periods.contains(period);
        let same = |key: &(Text, Text)| found.get(key) == stored.get(key);
        if !stored.keys().chain(found.keys()).filter(is_run).all(same) {
            return Err(SplitError::OtherProgram { release: opened.id.to_string() });
        }
    }
    Ok(())
}

/// One cause of a row: which bits of a state it switches.
struct Cause {
    part: Part,
    switch: Switch,
}

enum Switch {
    Reports(BTreeSet<usize>, bool),
    Corrections,
    Group(usize),
}

fn row(states: &mut States<'_>, mixes: &Mixes, groups: &[Group], period: &Text, unit: &Text) -> Option<SplitRow> {
    let key = (period.clone(), unit.clone());
    let from = states.points(&State::first(mixes)).get(&key).copied()??;
    let to = states.points(&State::second(mixes)).get(&key).copied()??;
    let causes = causes(states, mixes, groups, period, unit);
    let mut has_gap = false;
    let shares = thidua_composite::shapley(causes.len(), |mask| {
        let mut state = State::first(mixes);
        for (_, cause) in causes.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0) {
            match &cause.switch {
                Switch::Reports(units, presence) => {
                    state.units.extend(units);
                    state.presence |= presence;
                }
                Switch::Corrections => state.corrections = true,
                Switch::Group(at) => state.groups[*at] = true,
            }
        }
        let points = states.points(&state).get(&key).copied().flatten();
        has_gap |= points.is_none();
        points.map_or(0, |points| points.0)
    });
    let parts = causes.iter().zip(shares).map(|(cause, share)| (cause.part, Points(share))).collect();
    Some(SplitRow { period: period.clone(), unit: unit.clone(), from, to, parts, has_gap })
}

/// The causes of one row, in the order of [`Part`].
fn causes(states: &mut States<'_>, mixes: &Mixes, groups: &[Group], period: &Text, unit: &Text) -> Vec<Cause> {
    let own = mixes.below(period, unit);
    let others: BTreeSet<usize> = (0..mixes.changed.len()).filter(|at| !own.contains(at)).collect();
    // Whether there is a register of receipts at all is nobody's own.
    let has_others = !others.is_empty() || mixes.has_other_presence;
    let mut causes = Vec::new();
    let mut add = |part, switch| causes.push(Cause { part, switch });
    match (own.is_empty(), has_others) {
        (true, false) => {}
        (true, true) => add(Part::Others, Switch::Reports(others, true)),
        (false, false) => add(Part::Own, Switch::Reports(own, true)),
        (false, true) if states.has_room(&own) => {
            add(Part::Own, Switch::Reports(own, false));
            add(Part::Others, Switch::Reports(others, true));
        }
        (false, true) => add(Part::Reports, Switch::Reports((0..mixes.changed.len()).collect(), true)),
    }
    if mixes.has_corrections {
        add(Part::Corrections, Switch::Corrections);
    }
    for (at, group) in groups.iter().enumerate() {
        add(group.part, Switch::Group(at));
    }
    causes
}
