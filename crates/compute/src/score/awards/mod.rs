//! Award proposals: who comes out of the rules, joined with whom units proposed.
//!
//! In:  places and classes of the period, gates, what units told; the list of awards.
//! Out: a row a unit that is proposed, beyond a quota or tied at it, and a row a unit that was put on
//!      the list without the rules' support; C309 where awards exclude each other.
//!
//! An award never changes a place or a class. A unit in conflict keeps its place in both quotas: what
//! to give up is the council's word.
//!
//! Not here: giving awards.

mod conditions;
mod listed;
mod quota;

use super::classes::{self, GateState};
use super::grading::Grader;
use super::tree::{self, Node};
use super::{Entered, Round};
use conditions::{Against, Known};
use listed::{Listed, listed};
use quota::{Chosen, Contender, Order, choose};
use std::collections::BTreeMap;
use thidua_campaign::{Award, Campaign, Gate, GateRule, ScoringTable};
use thidua_formula::Formula;
use thidua_model::rows::{AwardProposalRow, ClassRow, RankingRow};
use thidua_model::words::{AwardKind, AwardStatus};
use thidua_model::{Issue, IssueKind, Outcome, PeriodIx, Place, Points, Text, UnitIx};

/// The standards of the units, for gates over them: of the classification, else of the competition.
#[derive(Default)]
pub(super) struct Standards {
    of: BTreeMap<UnitIx, Vec<Node>>,
}

impl Standards {
    /// Keeps what a table gave, where an award of the period asks for standards.
    pub(super) fn keep(&mut self, campaign: &Campaign, period: PeriodIx, table: &ScoringTable, entered: &[Entered]) {
        let over_standards = |gate: &Gate| matches!(gate.rule, GateRule::EachStandardAtLeast { .. });
        if !campaign.awards.iter().any(|award| award.period == period && award.gates.iter().any(over_standards)) {
            return;
        }
        for Entered { entry, scored, .. } in entered {
            let nodes = || tree::roots(&table.criteria).map(|at| scored.nodes[at]).collect();
            if table.classes.is_empty() {
                self.of.entry(entry.unit).or_insert_with(nodes);
            } else {
                self.of.insert(entry.unit, nodes());
            }
        }
    }

    fn at_least(&self, unit: UnitIx, percent: i64) -> GateState {
        let standards = self.of.get(&unit).map(|nodes| nodes.iter().copied());
        standards.map_or(GateState::Undecided, |nodes| classes::each_standard_at_least(percent, nodes))
    }
}

/// What was found of a period before awards.
pub(super) struct Found<'r> {
    pub(super) standards: &'r Standards,
    pub(super) rankings: &'r [RankingRow],
    pub(super) classes: &'r [(UnitIx, ClassRow)],
}

/// What the places of the units give, by unit.
struct Standing<'r> {
    rows: BTreeMap<UnitIx, &'r RankingRow>,
    /// The best place of the units that stand equal, under every policy of ties.
    places: BTreeMap<UnitIx, u32>,
    classes: BTreeMap<UnitIx, &'r ClassRow>,
}

impl<'r> Standing<'r> {
    fn new(campaign: &Campaign, found: &Found<'r>) -> Self {
        let mut rows = BTreeMap::new();
        let mut equals: BTreeMap<(&str, u32), u32> = BTreeMap::new();
        for row in found.rankings {
            rows.extend(campaign.find_unit(&row.unit).map(|unit| (unit, row)));
            if let (Some(place), Some(upto)) = (row.place, row.place_upto) {
                let best = equals.entry((&row.cluster, upto)).or_insert(place);
                *best = place.min(*best);
            }
        }
        let place = |row: &RankingRow| {
            row.place_upto.and_then(|upto| equals.get(&(&*row.cluster, upto)).copied()).or(row.place)
        };
        let places = rows.iter().filter_map(|(unit, row)| Some((*unit, place(row)?))).collect();
        Self { places, rows, classes: found.classes.iter().map(|(unit, row)| (*unit, row)).collect() }
    }

    fn points(&self, unit: UnitIx) -> Option<Points> {
        let ranked = self.rows.get(&unit).and_then(|row| row.points);
        ranked.or_else(|| self.classes.get(&unit).and_then(|row| row.points))
    }
}

/// A unit under one award.
struct Judged {
    unit: UnitIx,
    cluster: Option<usize>,
    against: Against,
    status: AwardStatus,
    is_provisional: bool,
}

impl Judged {
    fn meets(&self) -> bool {
        self.against.fails.is_empty() && self.against.undecided.is_empty()
    }

    /// What is missing could still put it among those who meet the conditions.
    fn is_open(&self) -> bool {
        self.against.fails.is_empty() && !self.against.undecided.is_empty()
    }
}

impl Round<'_, '_> {
    /// The awards of the period.
    pub(super) fn awards(&mut self, found: &Found<'_>, outcome: &mut Outcome) {
        let campaign = self.context.campaign;
        let awards: Vec<&Award> = campaign.awards.iter().filter(|award| award.period == self.period).collect();
        if awards.is_empty() {
            return;
        }
        let standing = Standing::new(campaign, found);
        let judged: Vec<Vec<Judged>> =
            awards.iter().map(|award| self.judged(award, found.standards, &standing)).collect();
        let on_list = join(&judged, listed(campaign, self.context.intake, self.period, &awards));
        let mut rows: Vec<(UnitIx, AwardProposalRow)> = Vec::new();
        for (at, award) in awards.iter().enumerate() {
            for it in &judged[at] {
                let listed = on_list.get(&(it.unit, at));
                if it.meets() || listed.is_some() {
                    rows.push((it.unit, self.row(award, it, &standing, listed.map_or(&[], Vec::as_slice))));
                }
            }
        }
        outcome.issues.extend(conflicts(campaign, self.period, &awards, &mut rows, &on_list));
        outcome.award_proposals.extend(rows.into_iter().map(|(_, row)| row));
    }

    /// Every due unit of the award's levels, in order of code.
    fn judged(&mut self, award: &Award, standards: &Standards, standing: &Standing<'_>) -> Vec<Judged> {
        let campaign = self.context.campaign;
        let Some(view) = self.context.view(self.period) else { return Vec::new() };
        let is_asked =
            |unit: &UnitIx| view.span(*unit).is_some_and(|span| award.levels.contains(&campaign.level(span).id));
        let units: Vec<UnitIx> = view.due_units().filter(is_asked).collect();
        let condition = award.condition.as_ref().map(|condition| self.condition(condition, &units));
        let gates: Vec<Vec<GateState>> =
            award.gates.iter().map(|gate| self.award_gate(gate, &units, standards)).collect();
        let mut judged: Vec<Judged> = Vec::with_capacity(units.len());
        for (at, unit) in units.iter().enumerate() {
            let (ranking, class) = (standing.rows.get(unit).copied(), standing.classes.get(unit).copied());
            let known = Known {
                is_excluded: self.standing.is_excluded(*unit, self.period),
                ranking,
                class,
                condition: condition.as_ref().map(|states| states[at].0),
                gates: gates.iter().map(|states| states[at]).collect(),
            };
            let is_partial = condition.as_ref().is_some_and(|states| states[at].1);
            let rests_on_class =
                !award.classes.is_empty() && class.is_some_and(|row| row.official.is_none() && row.is_provisional);
            judged.push(Judged {
                unit: *unit,
                cluster: self.span(*unit).and_then(|span| span.cluster),
                against: Against::of(award, &known),
                status: AwardStatus::NotSupported,
                is_provisional: is_partial
                    || rests_on_class
                    || award.uses_places() && ranking.is_some_and(|row| row.is_provisional),
            });
        }
        decide(award, &mut judged, standing, campaign);
        judged
    }

    /// A condition over fields, and whether what it read is complete.
    fn condition(&mut self, condition: &Formula, units: &[UnitIx]) -> Vec<(GateState, bool)> {
        let campaign = self.context.campaign;
        let mut grader =
            Grader { campaign, told: self.told, figures: self.figures, period: self.period, instead: None };
        let truths = grader.truths(condition);
        let mut state = |unit: &UnitIx| match truths[unit.0 as usize] {
            Some(holds) => {
                let state = if holds { GateState::Holds } else { GateState::Fails };
                (state, self.told.is_partial(condition, self.period, *unit))
            }
            None => match self.told.why_missing(condition, self.period, *unit) {
                Ok(_) => (GateState::Undecided, false),
                // It is not asked of this unit.
                Err(_) => (GateState::Fails, false),
            },
        };
        units.iter().map(&mut state).collect()
    }

    fn award_gate(&mut self, gate: &Gate, units: &[UnitIx], standards: &Standards) -> Vec<GateState> {
        if let GateRule::Condition { condition } = &gate.rule {
            return self.condition(condition, units).into_iter().map(|(state, _)| state).collect();
        }
        let state = |unit: &UnitIx| match &gate.rule {
            GateRule::EachStandardAtLeast { percent } => standards.at_least(*unit, *percent),
            GateRule::NotDisciplined { forms } => self.standing.undisciplined(*unit, forms, self.period),
            GateRule::Received { document } => self.standing.arrived(*unit, document, self.period),
            GateRule::Condition { .. } => GateState::Undecided,
        };
        units.iter().map(state).collect()
    }

    fn row(&self, award: &Award, it: &Judged, standing: &Standing<'_>, listed: &[Listed<'_>]) -> AwardProposalRow {
        let campaign = self.context.campaign;
        let ranking = standing.rows.get(&it.unit);
        let class = standing.classes.get(&it.unit);
        let official = class.and_then(|row| row.official.clone());
        let mut senders: Vec<&str> = listed.iter().map(|it| campaign.unit(it.row.unit).id.as_str()).collect();
        senders.dedup();
        let first = listed.first().map(|it| it.row);
        AwardProposalRow {
            unit: campaign.unit(it.unit).id.text(),
            period: campaign.period(self.period).id.text(),
            award: award.id.clone(),
            kind: award.kind,
            given_by: award.given_by.clone(),
            cluster: it.cluster.map(|cluster| campaign.clusters[cluster].id.text()),
            place: ranking.and_then(|row| row.place),
            points: standing.points(it.unit),
            class_is_official: official.is_some(),
            class: official.or_else(|| class.and_then(|row| row.proposed.clone())),
            status: it.status,
            conflict_with: None,
            fails: Against::words(&it.against.fails),
            undecided: Against::words(&it.against.undecided),
            listed_by: (!senders.is_empty()).then(|| senders.join(" ").into()),
            file: first.and_then(|row| row.place.file().cloned()),
            sheet: first.and_then(|row| row.place.sheet().cloned()),
            row: first.map(|row| row.row + 1),
            imputed: ranking.and_then(|row| row.imputed),
            is_provisional: it.is_provisional,
        }
    }
}

/// The status of every unit, and whether something that is still open can change it.
fn decide(award: &Award, judged: &mut [Judged], standing: &Standing<'_>, campaign: &Campaign) {
    let meeting: Vec<usize> = (0..judged.len()).filter(|at| judged[*at].meets()).collect();
    let contender = |at: &usize| {
        let it: &Judged = &judged[*at];
        let order = Order::new(standing.places.get(&it.unit).copied(), standing.points(it.unit));
        Contender { cluster: it.cluster, order }
    };
    let contenders: Vec<Contender> = meeting.iter().map(contender).collect();
    let mut ranked: BTreeMap<usize, u32> = BTreeMap::new();
    for row in standing.rows.values() {
        if let Some(at) = campaign.clusters.iter().position(|cluster| cluster.id.as_str() == &*row.cluster) {
            ranked.insert(at, row.ranked);
        }
    }
    let chosen = choose(&award.quota, &contenders, &ranked);

    // A unit that may still meet the conditions moves others where there is not enough for all.
    let is_scarce = |limit: Option<u32>, among: &dyn Fn(&Judged) -> bool| {
        let (mut wanted, mut is_open) = (0u32, false);
        for it in judged.iter().filter(|it| among(it)) {
            wanted += u32::from(it.meets() || it.is_open());
            is_open |= it.is_open() || it.meets() && it.is_provisional;
        }
        is_open && limit.is_some_and(|limit| wanted > limit)
    };
    let mut open: BTreeMap<Option<usize>, bool> = BTreeMap::new();
    for contender in &contenders {
        open.entry(contender.cluster).or_insert_with(|| {
            let ranked = contender.cluster.and_then(|cluster| ranked.get(&cluster)).copied().unwrap_or(0);
            is_scarce(award.quota.of_cluster(ranked), &|it| it.cluster == contender.cluster)
        });
    }
    let is_open_in_all = is_scarce(award.quota.most, &|_| true);
    for (at, chosen) in meeting.into_iter().zip(chosen) {
        judged[at].is_provisional |= is_open_in_all || open.get(&judged[at].cluster) == Some(&true);
        judged[at].status = match chosen {
            Chosen::Proposed => AwardStatus::Proposed,
            Chosen::Tied => AwardStatus::TiedAtQuota,
            Chosen::Beyond => AwardStatus::BeyondQuota,
        };
    }
    for it in judged.iter_mut().filter(|it| it.is_open()) {
        it.status = AwardStatus::Undecided;
        it.is_provisional = true;
    }
}

/// Rows of the list by unit and award. A row that can mean several awards means the first that the
/// rules support, else the first.
fn join<'a>(judged: &[Vec<Judged>], listed: Vec<Listed<'a>>) -> BTreeMap<(UnitIx, usize), Vec<Listed<'a>>> {
    let mut joined: BTreeMap<(UnitIx, usize), Vec<Listed<'a>>> = BTreeMap::new();
    for row in listed {
        let of = |at: &usize| {
            let found = judged[*at].binary_search_by_key(&row.unit, |it| it.unit).ok();
            found.map(|found| (!judged[*at][found].meets(), *at))
        };
        // A unit of another level cannot have the award at all: its row stays in the list.
        if let Some((_, award)) = row.awards.iter().filter_map(of).min() {
            joined.entry((row.unit, award)).or_default().push(row);
        }
    }
    joined
}

/// Marks units that are proposed for a comprehensive and a thematic award of one deciding level, and
/// tells them: C309, at the row of the list where there is one.
fn conflicts(
    campaign: &Campaign,
    period: PeriodIx,
    awards: &[&Award],
    rows: &mut [(UnitIx, AwardProposalRow)],
    on_list: &BTreeMap<(UnitIx, usize), Vec<Listed<'_>>>,
) -> Vec<Issue> {
    let mut of: BTreeMap<(UnitIx, Text), Vec<usize>> = BTreeMap::new();
    for (at, (unit, row)) in rows.iter().enumerate() {
        if row.status == AwardStatus::Proposed {
            of.entry((*unit, row.given_by.clone())).or_default().push(at);
        }
    }
    let mut issues = Vec::new();
    for ((unit, given_by), found) in of {
        let ids = |kind: AwardKind| -> Vec<Text> {
            let found = found.iter().filter(|at| rows[**at].1.kind == kind);
            found.map(|at| rows[*at].1.award.clone()).collect()
        };
        let (comprehensive, thematic) = (ids(AwardKind::Comprehensive), ids(AwardKind::Thematic));
        if comprehensive.is_empty() || thematic.is_empty() {
            continue;
        }
        for at in found {
            let row = &mut rows[at].1;
            let other = if row.kind == AwardKind::Comprehensive { &thematic } else { &comprehensive };
            row.status = AwardStatus::Conflict;
            row.conflict_with = Some(other.join(" ").into());
        }
        let titles = |ids: &[Text]| -> Text {
            let named = awards.iter().filter(|award| ids.contains(&award.id));
            named.map(|award| &*award.title.vi).collect::<Vec<_>>().join("; ").into()
        };
        let is_in = |at: usize| comprehensive.contains(&awards[at].id) || thematic.contains(&awards[at].id);
        let mut told = on_list.range((unit, 0)..=(unit, usize::MAX)).filter(|((_, at), _)| is_in(*at));
        let place = told.next().and_then(|(_, rows)| rows.first()).map_or(Place::Campaign, |it| it.row.place.clone());
        let kind = IssueKind::AwardsInConflict {
            comprehensive: titles(&comprehensive),
            thematic: titles(&thematic),
            given_by,
        };
        let mut issue = Issue::new(kind, place);
        issue.unit = Some(campaign.unit(unit).id.clone());
        issue.period = Some(campaign.period(period).id.clone());
        issues.push(issue);
    }
    issues
}
