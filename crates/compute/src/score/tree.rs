//! Points over the tree of a table: maxima after redistribution, sums, what is still open.
//!
//! In:  a table and a [`Mark`] for each of its items.
//! Out: a [`Node`] for each criterion, and the total.
//!
//! Points that do not apply stay within their standard as long as something in it applies:
//! siblings share them in proportion to their own maxima; a standard that does not apply at all
//! gives its points to the other standards. Maxima are cut from the running sum, so that they
//! always add up to their parent exactly and a unit with every item full has exactly the total.
//!
//! Not here: the parts that items earn (`items`), classes (`classes`).

use super::items::Mark;
use thidua_campaign::{Criterion, MissingItem, NotApplicableItem, ScoringTable};
use thidua_model::Points;
use thidua_model::words::Reason;

/// Points at one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    /// What the criterion can give this unit.
    pub(crate) max: Points,
    /// `None`: it does not apply, or it is not scored for want of data.
    pub(crate) points: Option<Points>,
    /// Why there are no points, or only zero.
    pub(crate) reason: Option<Reason>,
    /// Points that data still missing could add.
    pub(crate) open: Points,
    /// Something below is missing.
    pub(crate) is_provisional: bool,
}

/// All nodes, in the order of the criteria, and the node above them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) nodes: Vec<Node>,
    pub(crate) total: Node,
}

/// How an item takes part in maxima and sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It keeps its maximum.
    Kept,
    /// Its maximum goes to its siblings.
    SharedOut,
    /// Its maximum leaves the table.
    Dropped,
}

/// # Input
/// `marks`: aligned with `table.criteria`; not read for criteria that only add their children.
pub(crate) fn roll_up(table: &ScoringTable, marks: &[Mark]) -> Scored {
    let criteria = &table.criteria;
    let parts: Vec<Part> = marks.iter().map(|mark| part(table, *mark)).collect();
    let (kept, weights) = keep_and_weigh(criteria, &parts);

    let mut maxima = vec![Points::ZERO; criteria.len()];
    let children = children(criteria);
    let total_max: Points = roots(criteria).map(|at| kept[at]).sum();
    share_out(total_max, roots(criteria), &weights, &mut maxima);
    for at in 0..criteria.len() {
        share_out(maxima[at], children[at].iter().copied(), &weights, &mut maxima);
    }

    let mut nodes: Vec<Option<Node>> = vec![None; criteria.len()];
    for at in (0..criteria.len()).rev() {
        nodes[at] = Some(if criteria[at].item.is_some() {
            leaf(table.missing, marks[at], maxima[at])
        } else {
            sum(maxima[at], children[at].iter().map(|child| nodes[*child].expect("children stand after their parent")))
        });
    }
    let nodes: Vec<Node> = nodes.into_iter().map(|node| node.expect("every criterion was visited")).collect();
    let max: Points = roots(criteria).map(|at| maxima[at]).sum();
    Scored { total: sum(max, roots(criteria).map(|at| nodes[at])), nodes }
}

/// Positions of the top criteria (tiêu chuẩn).
pub(crate) fn roots(criteria: &[Criterion]) -> impl Iterator<Item = usize> + Clone {
    criteria.iter().enumerate().filter(|(_, criterion)| criterion.parent.is_none()).map(|(at, _)| at)
}

fn children(criteria: &[Criterion]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); criteria.len()];
    for (at, criterion) in criteria.iter().enumerate() {
        if let Some(parent) = criterion.parent {
            children[parent].push(at);
        }
    }
    children
}

fn part(table: &ScoringTable, mark: Mark) -> Part {
    match mark {
        Mark::Part(..) | Mark::Fixed(_) => Part::Kept,
        Mark::Missing(_) if table.missing == MissingItem::Redistribute => Part::SharedOut,
        Mark::Missing(_) => Part::Kept,
        Mark::NotApplicable(_) => match table.not_applicable {
            NotApplicableItem::Redistribute => Part::SharedOut,
            NotApplicableItem::Drop => Part::Dropped,
        },
    }
}

/// For each criterion the points that stay in the table below it, and its weight among its
/// siblings: the same, or 0 when nothing below it applies.
fn keep_and_weigh(criteria: &[Criterion], parts: &[Part]) -> (Vec<Points>, Vec<Points>) {
    let mut kept = vec![Points::ZERO; criteria.len()];
    let mut weights = vec![Points::ZERO; criteria.len()];
    let mut applies = vec![false; criteria.len()];
    for (at, criterion) in criteria.iter().enumerate().rev() {
        if criterion.item.is_some() {
            kept[at] = if parts[at] == Part::Dropped { Points::ZERO } else { criterion.max };
            applies[at] = parts[at] == Part::Kept && criterion.max.0 > 0;
        }
        weights[at] = if applies[at] { kept[at] } else { Points::ZERO };
        if let Some(parent) = criterion.parent {
            kept[parent] = kept[parent] + kept[at];
            applies[parent] |= applies[at];
        }
    }
    (kept, weights)
}

/// Cuts `max` among siblings in proportion to their weights.
fn share_out(max: Points, siblings: impl Iterator<Item = usize> + Clone, weights: &[Points], maxima: &mut [Points]) {
    let all: i128 = siblings.clone().map(|at| i128::from(weights[at].0)).sum();
    let (mut weight, mut given) = (0i128, Points::ZERO);
    for at in siblings {
        weight += i128::from(weights[at].0);
        // All weights are at most `all`, so the part fits; without any weight nothing is given.
        let upto = max.scaled(weight, all).unwrap_or(Points::ZERO);
        maxima[at] = upto - given;
        given = upto;
    }
}

fn leaf(policy: MissingItem, mark: Mark, max: Points) -> Node {
    let node = Node { max, points: None, reason: None, open: Points::ZERO, is_provisional: false };
    match mark {
        Mark::Part(numerator, denominator) => match max.scaled(numerator, denominator) {
            Some(points) => Node { points: Some(points), ..node },
            None => Node { reason: Some(Reason::OutOfRange), is_provisional: true, ..node },
        },
        Mark::Fixed(points) => Node { points: Some(points), ..node },
        Mark::NotApplicable(reason) => Node { reason: Some(reason), ..node },
        Mark::Missing(reason) => Node {
            points: (policy == MissingItem::Zero).then_some(Points::ZERO),
            reason: Some(reason),
            open: max,
            is_provisional: true,
            ..node
        },
    }
}

/// Children that do not apply add nothing; one that is not scored leaves its parent unscored.
fn sum(max: Points, children: impl Iterator<Item = Node>) -> Node {
    let mut node = Node { max, points: None, reason: None, open: Points::ZERO, is_provisional: false };
    let (mut points, mut is_unscored) = (None, false);
    for child in children {
        match child.points {
            Some(more) => points = Some(points.unwrap_or(Points::ZERO) + more),
            // A missing item whose points were shared out has no maximum left and stops nothing.
            None => is_unscored |= child.is_provisional && child.max.0 > 0,
        }
        if child.points.is_none() && node.reason.is_none() {
            node.reason = child.reason;
        }
        node.open = node.open + child.open;
        node.is_provisional |= child.is_provisional;
    }
    node.points = if is_unscored { None } else { points };
    if node.points.is_some() {
        node.reason = None;
    }
    node
}

#[cfg(test)]
mod tests {
    use super::super::testing::{marks, table};
    use super::*;
    use proptest::prelude::*;

    /// `points/max` of every criterion, then of the total; `-` where there are no points.
    fn show(table: &ScoringTable, marks: &[Mark]) -> String {
        let scored = roll_up(table, marks);
        let show = |node: &Node| {
            let points = node.points.map_or("-".into(), |points| points.to_f64().to_string());
            format!("{points}/{}{}", node.max.to_f64(), if node.is_provisional { "?" } else { "" })
        };
        scored.nodes.iter().chain([&scored.total]).map(show).collect::<Vec<_>>().join(" ")
    }

    const TREE: &str = "
        a 40
          a1 10
          a2 30
        b 60
          b1 20
            b11 5
            b12 15
          b2 40";

    #[test]
    fn a_parent_adds_its_children_at_any_depth() {
        let table = table(TREE);
        assert_eq!(
            show(&table, &marks(&table, "a1 1/1, a2 1/2, b11 1/5, b12 0/1, b2 1/4")),
            "25/40 10/10 15/30 11/60 1/20 1/5 0/15 10/40 36/100"
        );
    }

    #[test]
    fn points_that_do_not_apply_go_to_the_siblings_and_then_to_the_other_standards() {
        let table = table(TREE);
        assert_eq!(
            show(&table, &marks(&table, "a1 1/1, a2 n/a, b11 1/1, b12 1/1, b2 1/1")),
            "40/40 40/40 -/0 60/60 20/20 5/5 15/15 40/40 100/100",
            "the rest of the standard takes the points over"
        );
        assert_eq!(
            show(&table, &marks(&table, "a1 n/a, a2 n/a, b11 1/1, b12 n/a, b2 1/2")),
            "-/0 -/0 -/0 66.666666667/100 33.333333333/33.333333333 33.333333333/33.333333333 -/0 \
             33.333333334/66.666666667 66.666666667/100",
            "a standard without anything gives its points away"
        );
        assert_eq!(
            show(&table, &marks(&table, "a1 n/a, a2 n/a, b11 n/a, b12 n/a, b2 n/a")),
            "-/0 -/0 -/0 -/0 -/0 -/0 -/0 -/0 -/0"
        );
    }

    #[test]
    fn dropped_points_leave_the_table() {
        let mut table = table(TREE);
        table.not_applicable = NotApplicableItem::Drop;
        assert_eq!(
            show(&table, &marks(&table, "a1 1/1, a2 n/a, b11 1/1, b12 1/1, b2 1/2")),
            "10/10 10/10 -/0 40/60 20/20 5/5 15/15 20/40 50/70"
        );
    }

    #[test]
    fn a_missing_item_is_zero_or_leaves_no_total_or_is_shared_out() {
        let mut table = table(TREE);
        let marks = marks(&table, "a1 1/1, a2 missing, b11 1/1, b12 1/1, b2 1/1");
        assert_eq!(show(&table, &marks), "10/40? 10/10 0/30? 60/60 20/20 5/5 15/15 40/40 70/100?");
        assert_eq!(roll_up(&table, &marks).total.open, Points::whole(30), "what the report could still bring");
        table.missing = MissingItem::Unscored;
        assert_eq!(show(&table, &marks), "-/40? 10/10 -/30? 60/60 20/20 5/5 15/15 40/40 -/100?");
        table.missing = MissingItem::Redistribute;
        assert_eq!(show(&table, &marks), "40/40? 40/40 -/0? 60/60 20/20 5/5 15/15 40/40 100/100?");
    }

    #[test]
    fn a_pure_penalty_takes_away_whatever_else_applies() {
        let table = table("a 10\n  a1 10\n  minus 0");
        assert_eq!(show(&table, &marks(&table, "a1 1/2, minus -2")), "3/10 5/10 -2/0 3/10");
        assert_eq!(show(&table, &marks(&table, "a1 n/a, minus -2")), "-2/0 -/0 -2/0 -2/0");
    }

    proptest! {
        #[test]
        fn redistribution_keeps_the_total_and_full_marks_give_it(applies in prop::collection::vec(any::<bool>(), 5)) {
            let table = table(TREE);
            let items = ["a1", "a2", "b11", "b12", "b2"];
            let text: Vec<String> = items
                .iter()
                .zip(&applies)
                .map(|(item, applies)| format!("{item} {}", if *applies { "1/1" } else { "n/a" }))
                .collect();
            let scored = roll_up(&table, &marks(&table, &text.join(", ")));
            let expected = applies.iter().any(|applies| *applies).then_some(Points::whole(100));
            prop_assert_eq!(scored.total.points, expected);
            prop_assert_eq!(scored.total.max, expected.unwrap_or(Points::ZERO));
        }

        #[test]
        fn the_parts_of_a_whole_add_up_exactly(weights in prop::collection::vec(0..9_999_999i64, 1..12), max in 0..200_000_000_000i64) {
            let points: Vec<Points> = weights.iter().copied().map(Points).collect();
            let mut maxima = vec![Points::ZERO; points.len()];
            share_out(Points(max), 0..points.len(), &points, &mut maxima);
            let any = weights.iter().any(|weight| *weight > 0);
            prop_assert_eq!(maxima.iter().copied().sum::<Points>(), if any { Points(max) } else { Points::ZERO });
            prop_assert!(maxima.iter().all(|max| max.0 >= 0));
        }
    }
}
