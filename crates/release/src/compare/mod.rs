//! What differs between two releases, and why.
//!
//! In:  two [`Opened`] releases, of one campaign or of two.
//! Out: a [`Comparison`]: figures, places, units, submissions, definition and options that differ;
//!      figures and places with their reasons.
//!
//! Tables are walked side by side in their own order, so time grows with the rows and memory with
//! the rows that differ. Only periods that both releases ran are compared; the others are named.
//!
//! A reason says what happened to a unit, its reports and the definition between the two releases;
//! which of several counted how much is not reckoned. A reading that the definition's forms or
//! main file changed is given with every figure that differs, since any of them may follow from it.
//!
//! Not here: words for people beyond the closed lists of `model::words`.

mod align;
mod causes;
mod evidence;
mod rankings;
mod results;
mod scores;
mod submissions;
mod units;

use crate::Opened;
use align::Frame;
use evidence::Evidence;
use thidua_campaign::{DefinitionDifferences, FileDifference};
use thidua_model::words::{Reason, SubmissionDifference, UnitDifference, Verdict, Why};
use thidua_model::{DateTime, Lang, Points, SubmissionStatus, Text};

/// How much is asked of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Rows kept of each list; more are counted.
    pub rows: usize,
    /// Points by criterion too.
    pub scores: bool,
}

impl Default for Depth {
    fn default() -> Self {
        Self { rows: 100_000, scores: false }
    }
}

/// Rows of a list, and how many there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    /// The first ones, in the order of the list.
    pub rows: Vec<T>,
    /// All, kept or not.
    pub total: usize,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), total: 0 }
    }
}

impl<T> Listed<T> {
    /// Makes the row only when it is kept.
    fn add(&mut self, most: usize, row: impl FnOnce() -> T) {
        self.total += 1;
        if self.rows.len() < most {
            self.rows.push(row());
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Ids of the releases.
    pub from: Text,
    pub to: Text,
    /// Periods that both ran and that were compared, in order of time.
    pub periods: Vec<Text>,
    pub periods_from_only: Vec<Text>,
    pub periods_to_only: Vec<Text>,
    pub options: Vec<OptionChange>,
    /// Files of the definition with other digests, sorted by name.
    pub definition: Vec<FileDifference>,
    /// Indicators whose definition reads otherwise, sorted.
    pub indicators: Vec<Text>,
    /// Scoring tables that read otherwise or score such an indicator, sorted.
    pub tables: Vec<Text>,
    /// The register of receipts is another, or is there on one side only.
    pub receipts_changed: bool,
    pub units: Listed<UnitChange>,
    pub submissions: Listed<SubmissionChange>,
    pub results: Listed<ResultChange>,
    pub rankings: Listed<RankingChange>,
    /// When asked for.
    pub scores: Option<Listed<ScoreChange>>,
}

/// An option of the run: `as_of` (the date between "missing" and "not yet due") or `period`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionChange {
    pub name: Text,
    pub from: Text,
    pub to: Text,
}

/// One reason of a differing row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    pub why: Why,
    /// How many units it speaks of: below, in the cluster; 0 for the unit itself.
    pub units: u32,
    /// Files of the definition, for [`Why::DefinitionChanged`].
    pub files: Vec<Text>,
}

impl Cause {
    /// For people: the reason, with how many units or which files it speaks of.
    pub fn words(&self, lang: Lang) -> String {
        let words = self.why.words(lang);
        let files = self.files.iter().map(|file| &**file).collect::<Vec<_>>().join(", ");
        match (self.units, files.as_str()) {
            (0, "") => words.to_owned(),
            (0, files) => format!("{words} ({files})"),
            (units, _) => format!("{words} ({units})"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    pub unit: Text,
    /// The first period in which it shows.
    pub period: Text,
    pub difference: UnitDifference,
    /// Names for added, withdrawn and renamed units; else codes of parents or clusters, or ids of
    /// kind, level, sector.
    pub from: Option<Text>,
    pub to: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionChange {
    pub unit: Text,
    pub period: Text,
    pub form: Text,
    pub difference: SubmissionDifference,
    pub from: Option<SubmissionLine>,
    pub to: Option<SubmissionLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionLine {
    pub file: Text,
    pub sheet: Text,
    pub digest: Text,
    pub received_at: Option<DateTime>,
    pub status: SubmissionStatus,
}

/// A figure that differs in value, verdict, own target, coverage or standing.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultChange {
    pub period: Text,
    pub unit: Text,
    pub indicator: Text,
    /// `None`: the unit or the indicator was not there.
    pub from: Option<Figure>,
    pub to: Option<Figure>,
    /// New value less the old one, where both are known.
    pub difference: Option<f64>,
    /// In the order of [`Why`].
    pub why: Vec<Cause>,
}

/// As in the table `indicators`.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: Option<f64>,
    pub reason: Option<Reason>,
    pub verdict: Verdict,
    pub own_verdict: Option<Verdict>,
    pub own_target: Option<i64>,
    pub units_in: i64,
    pub units_due: i64,
    pub is_provisional: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingChange {
    pub period: Text,
    /// The new one, unless the unit is in none.
    pub cluster: Text,
    pub unit: Text,
    pub from: Option<PlaceLine>,
    pub to: Option<PlaceLine>,
    /// Places gained (positive) or lost, where both are known.
    pub moved: Option<i64>,
    /// New points less the old ones, where both are known.
    pub difference: Option<Points>,
    /// In the order of [`Why`].
    pub why: Vec<Cause>,
}

/// As in the table `rankings`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLine {
    pub cluster: Text,
    pub table: Text,
    pub place: Option<u32>,
    pub is_tied: bool,
    pub points: Option<Points>,
    pub reason: Option<Reason>,
    pub is_provisional: bool,
    pub elected_leader: bool,
    /// Units ranked and units of the cluster: facts about others, so no difference by themselves.
    pub ranked: u32,
    pub cluster_size: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreChange {
    pub period: Text,
    pub unit: Text,
    pub table: Text,
    pub criterion: Text,
    pub from: Option<ScoreLine>,
    pub to: Option<ScoreLine>,
    pub difference: Option<Points>,
}

/// As in the table `scores`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoreLine {
    pub max: Points,
    pub points: Option<Points>,
    pub reason: Option<Reason>,
}

/// What rows take their reasons from.
struct Reasons<'a> {
    evidence: &'a Evidence<'a>,
    definition: &'a DefinitionDifferences,
    /// The date between "missing" and "not yet due" is another.
    has_other_date: bool,
}

/// Compares two releases as deep as by default.
pub fn compare(from: &Opened, to: &Opened) -> Comparison {
    compare_to(from, to, Depth::default())
}

/// Compares two releases. The same releases give the same comparison.
pub fn compare_to(from: &Opened, to: &Opened, depth: Depth) -> Comparison {
    let frame = Frame::new(from, to);
    let organisation = units::Organisation::new(&frame);
    let (submissions, found) = submissions::list(&frame, depth.rows);
    let evidence = Evidence::new(&frame, &organisation, &found);
    let definition = thidua_campaign::differences(&from.definition, &to.definition);
    let options = options(from, to);
    let has_other_date = options.iter().any(|option| &*option.name == "as_of");
    let reasons = Reasons { evidence: &evidence, definition: &definition, has_other_date };
    let digest = |opened: &Opened| opened.manifest.receipts.as_ref().map(|receipts| receipts.digest.clone());
    Comparison {
        from: from.id.clone(),
        to: to.id.clone(),
        periods_from_only: only(from, &frame),
        periods_to_only: only(to, &frame),
        options,
        receipts_changed: digest(from) != digest(to),
        units: units::list(&frame, &organisation, depth.rows),
        submissions,
        results: results::list(&frame, &reasons, depth.rows),
        rankings: rankings::list(&frame, &reasons, depth.rows),
        scores: depth.scores.then(|| scores::list(&frame, depth.rows)),
        indicators: definition.indicators.iter().cloned().collect(),
        tables: definition.tables.iter().cloned().collect(),
        periods: frame.periods,
        definition: definition.files,
    }
}

fn options(from: &Opened, to: &Opened) -> Vec<OptionChange> {
    let (old, new) = (&from.manifest.options, &to.manifest.options);
    let own = |date: Option<thidua_model::Date>| date.map(|it| it.to_string()).unwrap_or_default();
    [
        ("as_of", old.as_of.clone(), new.as_of.clone()),
        ("period", old.period.clone(), new.period.clone()),
        ("units_as_of", own(old.units_as_of), own(new.units_as_of)),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(name, old, new)| OptionChange { name: name.into(), from: old.into(), to: new.into() })
    .collect()
}

/// Periods of a release that the other has not run.
fn only(opened: &Opened, frame: &Frame<'_>) -> Vec<Text> {
    let ids = opened.manifest.periods.iter().map(|period| Text::from(period.id.as_str()));
    ids.filter(|id| !frame.periods.contains(id)).collect()
}
