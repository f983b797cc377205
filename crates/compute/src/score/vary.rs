//! Competition tables under other choices: weights, scales, aggregation, what a gap gives.
//!
//! In:  what every unit earned in the tables of a period, and the variations that the definition names.
//! Out: the points of every unit for four numbers between 0 and 1, one for each choice.
//!
//! A variation goes through the same tree as the ranking itself: there is no second arithmetic.
//! The numbers choose; whoever draws them decides whether it is a Monte Carlo run (`firmness`) or
//! an index of sensitivity.
//!
//! Not here: which numbers, and what is told of the places that follow (`firmness`).

use super::candidate::Candidate;
use super::items::Mark;
use super::tree::{Marked, Tree};
use thidua_campaign::{Aggregate, MissingItem, ScoringTable, Variations, WeightVariation};
use thidua_composite::Stream;
use thidua_model::Points;

/// The choices that can be varied, in the order of their numbers.
pub(super) const CHOICES: [&str; 4] = ["weights", "normalise", "aggregate", "missing"];

/// A competition table ready to be varied.
pub(super) struct Varied<'t> {
    pub(super) table: &'t ScoringTable,
    variations: &'t Variations,
    tree: Tree,
    pub(super) candidates: &'t [Candidate],
    /// By scale of the variations, then unit: marks with the items that another scale changes.
    others: Vec<Vec<Vec<Mark>>>,
}

impl<'t> Varied<'t> {
    /// # Input
    /// `others`: by criterion, then scale of the variations: the marks of the units on that scale; `None` for
    /// a criterion that no scale changes.
    pub(super) fn new(
        table: &'t ScoringTable,
        variations: &'t Variations,
        candidates: &'t [Candidate],
        others: &[Option<Vec<Vec<Mark>>>],
    ) -> Self {
        let marks = |scale: usize| -> Vec<Vec<Mark>> {
            let of_unit = |(position, candidate): (usize, &Candidate)| {
                let own = candidate.marks.iter().zip(others);
                own.map(|(own, scales)| scales.as_ref().map_or(*own, |scales| scales[scale][position])).collect()
            };
            candidates.iter().enumerate().map(of_unit).collect()
        };
        let others = (0..variations.scales.len()).map(marks).collect();
        Self { table, variations, tree: Tree::of(table), candidates, others }
    }

    /// The choices that this table really varies, by position in [`CHOICES`].
    pub(super) fn choices(&self) -> Vec<usize> {
        let it = self.variations;
        let varies = [
            it.weights != WeightVariation::Fixed,
            !it.scales.is_empty(),
            !it.aggregates.is_empty(),
            !it.missing.is_empty(),
        ];
        (0..CHOICES.len()).filter(|choice| varies[*choice]).collect()
    }

    /// Points of every unit with nothing varied.
    pub(super) fn as_they_are(&self) -> Vec<Option<Points>> {
        self.rolled(&self.tree, None)
    }

    /// Points of every unit under the choices; `None` where it has none or is not ranked.
    pub(super) fn points(&self, choices: [f64; 4]) -> Vec<Option<Points>> {
        let it = self.variations;
        let [weights, scale, aggregate, missing] = choices;
        let mut tree = self.tree.clone();
        self.weigh(&mut tree, weights);
        if let Some(other) = chosen(&it.aggregates, aggregate) {
            aggregate_by(&mut tree, *other);
        }
        if let Some(other) = chosen::<MissingItem>(&it.missing, missing) {
            tree.missing = *other;
        }
        self.rolled(&tree, chosen(&self.others, scale))
    }

    fn rolled(&self, tree: &Tree, others: Option<&Vec<Vec<Mark>>>) -> Vec<Option<Points>> {
        let marked: Vec<Marked> = self
            .candidates
            .iter()
            .enumerate()
            .map(|(at, candidate)| Marked {
                marks: others.map_or(&candidate.marks, |others| &others[at]),
                group: candidate.group,
            })
            .collect();
        let ranked = self.candidates.iter().zip(tree.totals(&marked));
        ranked.map(|(candidate, points)| candidate.group.and(points)).collect()
    }

    /// Draws the weights of every group of siblings, which keep their sum.
    fn weigh(&self, tree: &mut Tree, choice: f64) {
        if self.variations.weights == WeightVariation::Fixed {
            return;
        }
        // The number is the name of a draw: the same number gives the same weights.
        let mut stream = Stream::new(self.variations.seed ^ choice.to_bits(), 0);
        for at in std::iter::once(None).chain((0..tree.branches.len()).map(Some)) {
            let children = tree.below(at).to_vec();
            if children.len() < 2 {
                // A lone child takes what its parent has now.
                if let Some(child) = children.first()
                    && tree.above(at).1 == Aggregate::Sum
                {
                    tree.branches[*child].max = tree.above(at).0;
                }
                continue;
            }
            let (whole, aggregate) = tree.above(at);
            let is_sum = aggregate == Aggregate::Sum;
            let own: Vec<f64> = children
                .iter()
                .map(|child| if is_sum { tree.branches[*child].max } else { tree.branches[*child].weight })
                .map(|points| points.0 as f64)
                .collect();
            let drawn = drawn(self.variations.weights, &own, &mut stream);
            let sum: f64 = drawn.iter().sum();
            if sum <= 0.0 {
                continue;
            }
            let mut given = 0;
            for (nth, (child, weight)) in children.iter().zip(&drawn).enumerate() {
                let branch = &mut tree.branches[*child];
                let points = (whole.0 as f64 * weight / sum).round() as i64;
                match is_sum {
                    // The last takes what rounding left, so that the sum is the parent's.
                    true if nth + 1 == children.len() => branch.max = Points((whole.0 - given).max(0)),
                    true => branch.max = Points(points),
                    false => branch.weight = Points((*weight).round() as i64),
                }
                given += points;
            }
        }
    }
}

/// The definition's own choice (`None`) or one of the others, all equally likely.
fn chosen<T>(others: &[T], choice: f64) -> Option<&T> {
    let at = (choice * (others.len() + 1) as f64) as usize;
    at.checked_sub(1).and_then(|at| others.get(at.min(others.len() - 1)))
}

fn aggregate_by(tree: &mut Tree, other: Aggregate) {
    tree.aggregate = other;
    for branch in &mut tree.branches {
        if !branch.is_item {
            branch.aggregate = other;
        }
    }
}

/// Weights around their own; what weighs nothing keeps weighing nothing.
fn drawn(how: WeightVariation, own: &[f64], stream: &mut Stream) -> Vec<f64> {
    match how {
        WeightVariation::Fixed => own.to_vec(),
        WeightVariation::Within { percent } => {
            let reach = percent as f64 / 100.0;
            own.iter().map(|weight| weight * (1.0 + reach * (2.0 * stream.unit() - 1.0))).collect()
        }
        WeightVariation::Dirichlet { concentration } => {
            let sum: f64 = own.iter().sum();
            own.iter()
                .map(|weight| match *weight > 0.0 {
                    true => sum * stream.gamma(concentration as f64 * weight / sum),
                    false => 0.0,
                })
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_is_equally_likely_and_the_first_is_the_definitions_own() {
        let others = ["a", "b", "c"];
        for (choice, expected) in
            [(0.0, None), (0.249, None), (0.25, Some("a")), (0.5, Some("b")), (0.75, Some("c")), (0.999_999, Some("c"))]
        {
            assert_eq!(chosen(&others, choice).copied(), expected, "{choice}");
        }
        assert_eq!(chosen::<u8>(&[], 0.7), None);
    }

    #[test]
    fn drawn_weights_stay_within_their_reach_and_a_weight_of_nothing_stays() {
        let mut stream = Stream::new(1, 0);
        for _ in 0..200 {
            let drawn = drawn(WeightVariation::Within { percent: 25 }, &[4.0, 0.0, 8.0], &mut stream);
            assert!(
                (3.0..=5.0).contains(&drawn[0]) && drawn[1] == 0.0 && (6.0..=10.0).contains(&drawn[2]),
                "{drawn:?}"
            );
        }
        let drawn = super::drawn(WeightVariation::Dirichlet { concentration: 100_000 }, &[1.0, 0.0, 3.0], &mut stream);
        assert!(drawn[1] == 0.0 && (drawn[2] / drawn[0] - 3.0).abs() < 0.1, "{drawn:?}");
    }
}
