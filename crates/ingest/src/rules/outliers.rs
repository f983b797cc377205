//! Figures far from comparable ones: the modified z-score.
//!
//! In:  one figure for each unit, and whom it is compared with.
//! Out: pass, fail with the score, or undecided when there are too few to compare with.
//!
//! The only floats of reading. Figures go in order of units, so that every run adds up alike.

use super::sides::Columns;
use super::{Failure, Group, Outcome, Sender};
use std::collections::BTreeMap;
use thidua_campaign::{Against, Missing, Outlier, UnitSpan};
use thidua_formula::FormulaError;
use thidua_model::PeriodIx;

/// Makes the median absolute deviation comparable with a standard deviation.
const NORMAL: f64 = 0.6745;

/// How far a figure lies from the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Score {
    pub(super) value: i64,
    pub(super) per: Option<i64>,
    /// Of the figures compared with, in the last places of the measures.
    pub(super) median: f64,
    /// Figures that have this median.
    pub(super) crowd: u32,
    pub(super) score: f64,
}

/// The counts of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Figure {
    value: i64,
    per: Option<i64>,
}

impl Figure {
    fn size(self) -> f64 {
        self.value as f64 / self.per.map_or(1.0, |per| per as f64)
    }
}

/// Aligned with `asked`.
pub(super) fn judge(
    columns: &Columns<'_, '_>,
    outlier: &Outlier,
    group: &Group,
    asked: &[Sender],
) -> Result<Vec<Outcome>, FormulaError> {
    let Some(found) = figures(columns, outlier, group, asked)? else {
        return Ok(vec![Outcome::Skipped; asked.len()]);
    };
    let mut outcomes: Vec<Outcome> = found.iter().map(|it| it.err().unwrap_or(Outcome::Undecided)).collect();
    let figures: Vec<Option<Figure>> = found.into_iter().map(Result::ok).collect();
    if outlier.against == Against::Past {
        let mut past: Vec<Vec<f64>> = vec![Vec::new(); asked.len()];
        for period in columns.earlier(group) {
            let before = Group { form: group.form, period, units: Vec::new() };
            let Some(earlier) = self::figures(columns, outlier, &before, asked)? else { continue };
            for (past, figure) in past.iter_mut().zip(earlier) {
                past.extend(figure.ok().map(Figure::size));
            }
        }
        for (at, figure) in figures.into_iter().enumerate() {
            let Some(figure) = figure else { continue };
            let others = past[at].len();
            outcomes[at] = weigh(outlier, figure, &Crowd::of(std::mem::take(&mut past[at]), outlier), others);
        }
        return Ok(outcomes);
    }
    let mut crowds: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, figure) in figures.iter().enumerate() {
        if figure.is_some()
            && let Some(key) = key(columns, outlier, group.period, asked[at])
        {
            crowds.entry(key).or_default().push(at);
        }
    }
    for members in crowds.into_values() {
        let sizes = members.iter().filter_map(|&at| figures[at]).map(Figure::size).collect();
        let crowd = Crowd::of(sizes, outlier);
        for &at in &members {
            let Some(figure) = figures[at] else { continue };
            outcomes[at] = weigh(outlier, figure, &crowd, members.len() - 1);
        }
    }
    Ok(outcomes)
}

/// Level and sector, or the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Alike { level: usize, sector: Option<usize> },
    Cluster(usize),
}

fn key(columns: &Columns<'_, '_>, outlier: &Outlier, period: PeriodIx, sender: Sender) -> Option<Key> {
    let campaign = columns.all.plan.campaign;
    let span: &UnitSpan = campaign.unit(sender.unit).at(campaign.period(period).as_of)?;
    match outlier.against {
        Against::Cluster => span.cluster.map(Key::Cluster),
        Against::Peers | Against::Past => Some(Key::Alike { level: span.level, sector: span.sector }),
    }
}

/// The figure of each unit, or what the rule says of a unit without one; `None` when it needs an
/// earlier period and there is none.
fn figures(
    columns: &Columns<'_, '_>,
    outlier: &Outlier,
    group: &Group,
    asked: &[Sender],
) -> Result<Option<Vec<Result<Figure, Outcome>>>, FormulaError> {
    let values = columns.ints(&outlier.value, group.period, asked, false)?;
    let per = match &outlier.per {
        None => None,
        Some(side) => match columns.side(side, group, asked)? {
            Some(per) => Some((side, per)),
            None => return Ok(None),
        },
    };
    let absent = |missing| match missing {
        Missing::Skip => Outcome::Skipped,
        Missing::Undecided | Missing::Zero => Outcome::Undecided,
    };
    let figure = |(at, value): (usize, Option<i64>)| {
        let value = value.ok_or(absent(outlier.missing))?;
        let per = per.as_ref().map(|(side, per)| per[at].ok_or(absent(side.missing))).transpose()?;
        // For each of nothing there is no figure, and nothing has no logarithm.
        let is_sound = per.is_none_or(|per| per > 0) && (!outlier.is_log || value > 0);
        if is_sound { Ok(Figure { value, per }) } else { Err(Outcome::Undecided) }
    };
    Ok(Some(values.into_iter().enumerate().map(figure).collect()))
}

/// The middle of some figures and how far they lie apart, on the scale of the rule.
struct Crowd {
    size: usize,
    /// As people know the figure, also on a scale of logarithms.
    median: f64,
    middle: f64,
    spread: f64,
}

impl Crowd {
    fn of(mut sizes: Vec<f64>, outlier: &Outlier) -> Self {
        let size = sizes.len();
        let median = middle(&mut sizes);
        let mut scaled: Vec<f64> = sizes.iter().map(|size| scale(*size, outlier)).collect();
        let centre = middle(&mut scaled);
        let mut apart: Vec<f64> = scaled.iter().map(|size| (size - centre).abs()).collect();
        let least = f64::from(outlier.spread_at_least) / 100.0;
        let least = if outlier.is_log { libm::log1p(least) } else { centre.abs() * least };
        Self { size, median, middle: centre, spread: middle(&mut apart).max(least) }
    }
}

fn scale(size: f64, outlier: &Outlier) -> f64 {
    if outlier.is_log { libm::log(size) } else { size }
}

/// The median; 0 of nothing.
fn middle(sizes: &mut [f64]) -> f64 {
    sizes.sort_by(f64::total_cmp);
    match (sizes.len(), sizes.len() / 2) {
        (0, _) => 0.0,
        (odd, half) if odd % 2 == 1 => sizes[half],
        (_, half) => f64::midpoint(sizes[half - 1], sizes[half]),
    }
}

fn weigh(outlier: &Outlier, figure: Figure, crowd: &Crowd, others: usize) -> Outcome {
    if others < outlier.at_least as usize {
        return Outcome::Undecided;
    }
    let off = scale(figure.size(), outlier) - crowd.middle;
    if off == 0.0 {
        return Outcome::Pass;
    }
    if crowd.spread == 0.0 {
        // Nearly all are 0: there is nothing to measure a distance with.
        return Outcome::Undecided;
    }
    let score = NORMAL * off / crowd.spread;
    if score.abs() * 100.0 <= outlier.threshold as f64 {
        return Outcome::Pass;
    }
    let Figure { value, per } = figure;
    Outcome::Fail(Failure::Outlier(Score { value, per, median: crowd.median, crowd: crowd.size as u32, score }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_formula::Formula;

    fn outlier(is_log: bool, spread_at_least: u32) -> Outlier {
        Outlier {
            value: Formula::parse("a").expect("a name"),
            per: None,
            against: Against::Peers,
            is_log,
            threshold: 350,
            at_least: 4,
            spread_at_least,
            missing: Missing::Undecided,
        }
    }

    fn outcomes(rule: &Outlier, values: &[i64]) -> String {
        let crowd = Crowd::of(values.iter().map(|value| *value as f64).collect(), rule);
        let shown =
            values.iter().map(|&value| match weigh(rule, Figure { value, per: None }, &crowd, values.len() - 1) {
                Outcome::Pass => "·".to_owned(),
                Outcome::Fail(Failure::Outlier(score)) => format!("{:.1}", score.score),
                _ => "?".to_owned(),
            });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_score_is_that_of_iglewicz_and_hoaglin() {
        // By hand: median 24.5, MAD 1.5; 0.6745 · 57.5 / 1.5 and 0.6745 · 58.5 / 1.5.
        let values = [21, 26, 24, 25, 23, 21, 23, 26, 82, 83];
        assert_eq!(outcomes(&outlier(false, 0), &values), "· · · · · · · · 25.9 26.3");
    }

    #[test]
    fn a_figure_stands_out_from_enough_others_only() {
        for (is_log, spread, values, expected) in [
            (false, 5, &[100, 101, 99, 100, 500][..], "· · · · 54.0"),
            (false, 5, &[100, 101, 99, 500], "? ? ? ?"), // three others are no crowd
            (false, 5, &[100, 100, 100, 100, 110], "· · · · ·"), // all alike: within the least spread
            (false, 0, &[100, 100, 100, 100, 101], "· · · · ?"), // nothing to measure with
            (false, 5, &[0, 0, 0, 0, 7], "· · · · ?"),
            (true, 5, &[10, 20, 40, 80, 160, 300], "· · · · · ·"), // sizes differ by factors
            (false, 5, &[10, 20, 40, 80, 160, 900], "· · · · · 12.6"),
            (true, 5, &[4_000, 4_500, 5_000, 5_500, 4], "· · · · -40.2"), // thousands instead of units
        ] {
            assert_eq!(outcomes(&outlier(is_log, spread), values), expected, "{values:?}");
        }
    }
}
