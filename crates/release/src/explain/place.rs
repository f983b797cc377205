//! A place explained: points by criterion beside the leader's and the cluster's median, what is
//! strong and what is weak, the neighbours, how firm the place is.
//!
//! In:  the stored tables of a release; a unit and a period.
//! Out: a [`Placing`]. Its `policies` and `needs` have to be computed and are left empty here.
//!
//! Not here: places under other policies and what one more place needs (`pipeline`), words and lines
//! (`render_place`).

use super::figure::unit_line;
use super::terms::Term;
use super::tree::UnitLine;
use crate::Opened;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use thidua_campaign::{Campaign, ScoringTable, Ties};
use thidua_model::rows::{RangeRow, RankingRow, RemovalRow, ScoreRow, TreatmentRow};
use thidua_model::{PeriodIx, Record, Text, UnitIx};

/// How many items each list of strong and weak ones names.
const NAMED: usize = 3;

/// A place in a cluster and everything that it rests on. Points are in 10⁻⁹.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placing {
    pub release: String,
    pub unit: UnitLine,
    pub period: Term,
    pub as_of: String,
    pub cluster: Term,
    pub table: Term,
    pub place: Option<u32>,
    /// Last of the places that equals take, and their mean where the policy gives that.
    pub place_upto: Option<u32>,
    pub place_mean: Option<f64>,
    pub ranked: u32,
    pub cluster_size: u32,
    pub points: Option<i64>,
    /// What the table can give this unit.
    pub max: Option<i64>,
    /// Why there is no place.
    pub reason: Option<Term>,
    pub is_provisional: bool,
    pub elected_leader: bool,
    /// Who decided the order of equal points, when and why.
    pub decided: Option<String>,
    /// Gates that bar from a place and failed.
    pub vetoes: Vec<Term>,
    /// Items that rest on an imputed figure.
    pub imputed: u32,
    pub policy: PolicyLine,
    /// The best unit of the cluster with the same table; the unit itself when it is the first.
    pub leader: Option<Rival>,
    /// Of the points of the ranked units with the same table; a mean of two is rounded down.
    pub median: Option<i64>,
    pub criteria: Vec<CriterionStand>,
    /// Ids of items: the highest and lowest part of what they can give, and those that cost most
    /// against the leader.
    pub strongest: Vec<String>,
    pub weakest: Vec<String>,
    pub costliest: Vec<String>,
    /// Units with the same place.
    pub tied_with: Vec<Rival>,
    pub above: Option<Rival>,
    pub below: Option<Rival>,
    pub range: Option<RangeLine>,
    /// Indicators without which the place is another, the greatest shift first.
    pub removals: Vec<RemovalLine>,
    /// Figures of the unit that were changed before they were scored.
    pub treatments: Vec<TreatmentLine>,
    /// Under every tie method and rounding.
    pub policies: Vec<PolicyPlace>,
    /// What one more place needs in each criterion; empty for the first.
    pub needs: Vec<NeedLine>,
}

/// The policy that gave the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyLine {
    pub ties: String,
    /// Decimals of the points that are compared; `None`: all.
    pub decimals: Option<u8>,
    pub tie_breakers: Vec<String>,
}

/// Another unit of the cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rival {
    pub unit: UnitLine,
    pub place: u32,
    pub points: Option<i64>,
    /// Its points less those of the unit that is explained.
    pub ahead: Option<i64>,
}

/// Points at one criterion beside the cluster's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionStand {
    pub criterion: Term,
    /// 0 for the top criteria.
    pub depth: usize,
    pub is_item: bool,
    pub max: i64,
    pub points: Option<i64>,
    pub reason: Option<Term>,
    pub imputed: Option<Term>,
    pub leader: Option<i64>,
    pub median: Option<i64>,
    /// The leader's and the median's points less the unit's; negative where it is ahead.
    pub loss_to_leader: Option<i64>,
    pub loss_to_median: Option<i64>,
}

/// Places under varied weights, scales and aggregations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RangeLine {
    pub median: u32,
    /// 5 % and 95 % quantile.
    pub low: u32,
    pub high: u32,
    pub mean: f64,
    /// Best and worst place of the units that it cannot be separated from.
    pub first: u32,
    pub last: u32,
    pub draws: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RemovalLine {
    pub indicator: Term,
    pub without: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TreatmentLine {
    pub criterion: Term,
    pub treatment: Term,
    pub from: Option<f64>,
    pub to: f64,
}

/// The place under another policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicyPlace {
    pub ties: String,
    pub decimals: Option<u8>,
    pub place: Option<u32>,
    pub place_mean: Option<f64>,
    pub is_tied: bool,
    /// The campaign's own policy.
    pub is_own: bool,
}

/// What one more place needs of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedLine {
    pub criterion: Term,
    /// `figure`, `count`, `condition`, `given`; `None` where there is no figure.
    pub kind: Option<String>,
    /// The indicator, formula or field.
    pub fact: Option<String>,
    /// What is counted: `người`; empty where it is not one measure.
    pub measure: String,
    pub measure_en: String,
    pub decimals: u32,
    /// The denominator of a share, which stays.
    pub whole: Option<i64>,
    /// In 10^-decimals of the measure.
    pub now: Option<i64>,
    pub to: Option<i64>,
    pub change: Option<i64>,
    /// With the change: the place and the points.
    pub place: Option<u32>,
    pub points: Option<i64>,
    /// `enough`; `not_enough`: not even with all that the fact can give; `no_fact`.
    pub answer: String,
    pub reason: Option<Term>,
}

/// A place from the stored tables; `None` when the unit competes in no cluster of the period.
///
/// # Input
/// `campaign`: loaded from the release's own copy of the definition; `unit`, `period`: positions in it.
pub fn place(opened: &Opened, campaign: &Campaign, unit: UnitIx, period: PeriodIx) -> Option<Placing> {
    let (code, of) = (campaign.unit(unit).id.text(), campaign.period(period));
    let find = |row: &RankingRow| row.unit == code && *row.period == *of.id.as_str();
    let own = rows::<RankingRow>(opened, "unit", &code).into_iter().find(find)?;
    let cluster: Vec<RankingRow> = rows(opened, "cluster", &own.cluster);
    let cluster = cluster.into_iter().filter(|row| row.period == own.period).collect();
    let look = Look { opened, campaign, period, own: &own, cluster };
    let title = |id: &str| Term::find(id, campaign.clusters.iter().map(|it| (it.id.as_str(), &it.title)));
    let table = campaign.tables.iter().find(|it| it.id.as_str() == &*own.table);
    let gates = || table.iter().flat_map(|it| &it.gates).map(|it| (it.id.as_str(), &it.title));
    let vetoes = own.vetoes.iter().flat_map(|ids| ids.split_whitespace());
    let peers: Vec<&RankingRow> = look.peers().collect();
    let leader = peers.first().copied();
    let scores = look.scores(&peers);
    let criteria = table.map(|table| look.criteria(table, &scores, leader)).unwrap_or_default();
    let [strongest, weakest, costliest] = named(&criteria);
    let same = look.ranked().filter(|row| row.place == own.place && row.unit != own.unit);
    Some(Placing {
        release: opened.id.to_string(),
        unit: unit_line(campaign, unit, period),
        period: Term::new(of.id.as_str(), &of.title),
        as_of: of.as_of.to_string(),
        cluster: title(&own.cluster),
        table: Term::find(&own.table, campaign.tables.iter().map(|it| (it.id.as_str(), &it.title))),
        place: own.place,
        place_upto: own.place_upto,
        place_mean: own.place_mean,
        ranked: own.ranked,
        cluster_size: own.cluster_size,
        points: own.points.map(|it| it.0),
        max: own.points.and_then(|_| top_max(&criteria)),
        reason: own.reason.map(Term::from),
        is_provisional: own.is_provisional,
        elected_leader: own.elected_leader,
        decided: own.decided.as_ref().map(ToString::to_string),
        vetoes: vetoes.map(|id| Term::find(id, gates())).collect(),
        imputed: own.imputed.unwrap_or(0),
        policy: PolicyLine {
            ties: campaign.ranking.ties.as_str().to_owned(),
            decimals: campaign.ranking.decimals,
            tie_breakers: campaign.ranking.tie_breakers.iter().map(ToString::to_string).collect(),
        },
        leader: leader.and_then(|row| look.rival(row)),
        median: median(peers.iter().filter_map(|row| row.points).map(|it| it.0).collect()),
        criteria,
        strongest,
        weakest,
        costliest,
        tied_with: own.place.map(|_| same.filter_map(|row| look.rival(row)).collect()).unwrap_or_default(),
        above: look
            .ranked()
            .take_while(|row| own.place.is_some() && row.place < own.place)
            .last()
            .and_then(|row| look.rival(row)),
        below: look.ranked().find(|row| own.place.is_some() && row.place > own.place).and_then(|row| look.rival(row)),
        range: look.range(),
        removals: look.removals(),
        treatments: look.treatments(table),
        policies: Vec::new(),
        needs: Vec::new(),
    })
}

impl Placing {
    /// For people: indented lines.
    pub fn render(&self, lang: thidua_model::Lang) -> String {
        super::render_place::placing(self, lang)
    }

    /// The criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<&CriterionStand> {
        self.criteria.iter().find(|it| it.criterion.id == id)
    }
}

/// The words of a tie method.
pub fn ties_words(ties: Ties) -> Term {
    let (vi, en) = match ties {
        Ties::Min => ("cùng hạng tốt nhất (1, 2, 2, 4)", "best place shared (1, 2, 2, 4)"),
        Ties::Dense => ("cùng hạng, không bỏ hạng (1, 2, 2, 3)", "shared, no place left out (1, 2, 2, 3)"),
        Ties::Ordinal => ("lần lượt theo mã (1, 2, 3, 4)", "one after the other by code (1, 2, 3, 4)"),
        Ties::Average => ("hạng trung bình (1; 2,5; 2,5; 4)", "mean of the places (1, 2.5, 2.5, 4)"),
        Ties::Max => ("cùng hạng cuối (1, 3, 3, 4)", "last place shared (1, 3, 3, 4)"),
    };
    Term { id: ties.as_str().to_owned(), vi: vi.to_owned(), en: en.to_owned() }
}

fn rows<R: Record>(opened: &Opened, column: &str, word: &str) -> Vec<R> {
    opened.table(R::TABLE).map(|it| it.records_at(&it.rows_where(column, word))).unwrap_or_default()
}

/// Points by unit and criterion.
type Scores = BTreeMap<(Text, Text), ScoreRow>;

struct Look<'a> {
    opened: &'a Opened,
    campaign: &'a Campaign,
    period: PeriodIx,
    own: &'a RankingRow,
    /// Of the cluster and period, in order of place.
    cluster: Vec<RankingRow>,
}

impl Look<'_> {
    fn ranked(&self) -> impl Iterator<Item = &RankingRow> {
        self.cluster.iter().filter(|row| row.place.is_some())
    }

    /// Ranked units with the same table: others have other criteria. Best first, the unit itself
    /// before its equals.
    fn peers(&self) -> impl Iterator<Item = &RankingRow> {
        let mut peers: Vec<&RankingRow> = self.ranked().filter(|row| row.table == self.own.table).collect();
        peers.sort_by_key(|row| (row.place, row.unit != self.own.unit));
        peers.into_iter()
    }

    fn rival(&self, row: &RankingRow) -> Option<Rival> {
        let unit = self.campaign.find_unit(&row.unit)?;
        Some(Rival {
            unit: unit_line(self.campaign, unit, self.period),
            place: row.place?,
            points: row.points.map(|it| it.0),
            ahead: row.points.zip(self.own.points).map(|(other, own)| other.0 - own.0),
        })
    }

    fn scores(&self, peers: &[&RankingRow]) -> Scores {
        let units: BTreeSet<&Text> = peers.iter().map(|row| &row.unit).chain([&self.own.unit]).collect();
        let of_unit = |unit: &&Text| rows::<ScoreRow>(self.opened, "unit", unit);
        let all = units.iter().flat_map(of_unit);
        let here = all.filter(|row| row.table == self.own.table && row.period == self.own.period);
        here.map(|row| ((row.unit.clone(), row.criterion.clone()), row)).collect()
    }

    fn criteria(&self, table: &ScoringTable, scores: &Scores, leader: Option<&RankingRow>) -> Vec<CriterionStand> {
        let mut depths: Vec<usize> = Vec::with_capacity(table.criteria.len());
        let mut stands = Vec::new();
        for criterion in &table.criteria {
            depths.push(criterion.parent.map_or(0, |parent| depths[parent] + 1));
            let id = criterion.id.text();
            let Some(own) = scores.get(&(self.own.unit.clone(), id.clone())) else { continue };
            let points = own.points.map(|it| it.0);
            let of = |unit: &Text| scores.get(&(unit.clone(), id.clone()))?.points.map(|it| it.0);
            let leader = leader.and_then(|row| of(&row.unit));
            let median = median(self.peers().filter_map(|row| of(&row.unit)).collect());
            stands.push(CriterionStand {
                criterion: Term::new(&id, &criterion.title),
                depth: depths.last().copied().unwrap_or(0),
                is_item: criterion.item.is_some(),
                max: own.max.0,
                points,
                reason: own.reason.map(Term::from),
                imputed: own.imputed.map(Term::from),
                leader,
                median,
                loss_to_leader: leader.zip(points).map(|(leader, own)| leader - own),
                loss_to_median: median.zip(points).map(|(median, own)| median - own),
            });
        }
        stands
    }

    fn is_here(&self, period: &Text, table: &Text) -> bool {
        *period == self.own.period && *table == self.own.table
    }

    fn range(&self) -> Option<RangeLine> {
        let found = rows::<RangeRow>(self.opened, "unit", &self.own.unit);
        let it = found.into_iter().find(|it| self.is_here(&it.period, &it.table))?;
        let RangeRow { median, low, high, mean, first, last, draws, .. } = it;
        Some(RangeLine { median, low, high, mean, first, last, draws })
    }

    fn removals(&self) -> Vec<RemovalLine> {
        let found = rows::<RemovalRow>(self.opened, "unit", &self.own.unit).into_iter();
        let found = found.filter(|it| self.is_here(&it.period, &it.table) && it.without != it.place);
        let titles = || self.campaign.indicators.iter().map(|it| (it.id.as_str(), &it.title));
        let mut lines: Vec<RemovalLine> = found
            .map(|it| RemovalLine { indicator: Term::find(&it.indicator, titles()), without: it.without })
            .collect();
        let shift = |line: &RemovalLine| Some(line.without?.abs_diff(self.own.place?));
        lines.sort_by_key(|line| std::cmp::Reverse(shift(line)));
        lines
    }

    fn treatments(&self, table: Option<&ScoringTable>) -> Vec<TreatmentLine> {
        let found = rows::<TreatmentRow>(self.opened, "unit", &self.own.unit).into_iter();
        let titles = || table.iter().flat_map(|it| &it.criteria).map(|it| (it.id.as_str(), &it.title));
        let line = |it: TreatmentRow| TreatmentLine {
            criterion: Term::find(&it.criterion, titles()),
            treatment: Term::from(it.treatment),
            from: it.from,
            to: it.to,
        };
        found.filter(|it| self.is_here(&it.period, &it.table)).map(line).collect()
    }
}

fn top_max(criteria: &[CriterionStand]) -> Option<i64> {
    let tops = criteria.iter().filter(|it| it.depth == 0);
    tops.map(|it| it.max).try_fold(0i64, i64::checked_add).filter(|max| *max > 0)
}

/// The middle value, or the mean of the two in the middle rounded down, in 10⁻⁹ points.
pub fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle]),
        _ => {
            let sum = i128::from(values[middle - 1]) + i128::from(values[middle]);
            i64::try_from(sum.div_euclid(2)).ok()
        }
    }
}

/// Strongest, weakest, costliest. Parts are compared as fractions, so that no rounding orders them;
/// among equal parts the greater item counts.
fn named(criteria: &[CriterionStand]) -> [Vec<String>; 3] {
    let items = criteria.iter().filter(|it| it.is_item && it.max > 0);
    let items: Vec<(&CriterionStand, i64)> = items.filter_map(|it| Some((it, it.points?))).collect();
    // a/b against c/d: a·d against c·b.
    let by_part = |(a, own): &(&CriterionStand, i64), (b, other): &(&CriterionStand, i64)| {
        (i128::from(*own) * i128::from(b.max)).cmp(&(i128::from(*other) * i128::from(a.max)))
    };
    let ids = |sorted: &[(&CriterionStand, i64)]| -> Vec<String> {
        sorted.iter().take(NAMED).map(|(it, _)| it.criterion.id.clone()).collect()
    };
    let mut strong: Vec<_> = items.iter().copied().filter(|(_, points)| *points > 0).collect();
    strong.sort_by(|a, b| by_part(b, a).then(b.0.max.cmp(&a.0.max)));
    let mut weak: Vec<_> = items.iter().copied().filter(|(it, points)| *points < it.max).collect();
    weak.sort_by(|a, b| by_part(a, b).then(b.0.max.cmp(&a.0.max)));
    let mut costly: Vec<_> = items.iter().copied().filter(|(it, _)| it.loss_to_leader > Some(0)).collect();
    costly.sort_by_key(|(it, _)| std::cmp::Reverse(it.loss_to_leader));
    [ids(&strong), ids(&weak), ids(&costly)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_rounded_down() {
        for (values, expected) in [
            (vec![], None),
            (vec![5], Some(5)),
            (vec![1, 9, 4], Some(4)),
            (vec![1, 4, 7, 9], Some(5)),
            (vec![-4, -1], Some(-3)),
        ] {
            assert_eq!(median(values), expected);
        }
    }

    #[test]
    fn items_are_strong_and_weak_by_their_part_and_costly_by_points() {
        let stand = |(id, max, points, leader): (&str, i64, i64, i64)| CriterionStand {
            criterion: Term { id: id.into(), vi: id.into(), en: id.into() },
            depth: 1,
            is_item: id != "sum",
            max,
            points: Some(points),
            reason: None,
            imputed: None,
            leader: Some(leader),
            median: None,
            loss_to_leader: Some(leader - points),
            loss_to_median: None,
        };
        let criteria = [
            ("sum", 40, 23, 39),
            ("half", 20, 10, 20),
            ("full", 5, 5, 5),
            ("great", 8, 8, 7),
            ("third", 3, 1, 3),
            ("none", 4, 0, 4),
        ]
        .map(stand);
        let [strong, weak, costly] = named(&criteria);
        assert_eq!(strong, ["great", "full", "half"]);
        assert_eq!(weak, ["none", "third", "half"]);
        assert_eq!(costly, ["half", "none", "third"]);
    }
}
