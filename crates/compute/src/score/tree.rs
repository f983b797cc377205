//! Points over the tree of a table: maxima after redistribution, sums and means, what is still open.
//!
//! In:  a table, a [`Mark`] for each of its items and units, the group that each unit is compared in.
//! Out: a [`Node`] for each criterion, and the total.
//!
//! Under a sum, points that do not apply stay within their standard as long as something in it
//! applies: siblings share them in proportion to their own maxima; a standard that does not apply at
//! all gives its points to the other standards. Maxima are cut from the running sum, so that they
//! always add up to their parent exactly and a unit with every item full has exactly the total.
//! Under a mean or a vote a child that does not apply is left out, and the weights of the others
//! count for the whole.
//!
//! Not here: the parts that items earn (`items`), means and votes of numbers (`composite`), classes (`classes`).

use super::items::{self, Mark};
use std::collections::BTreeMap;
use thidua_campaign::{Aggregate, Criterion, Enough, MissingItem, NotApplicableItem, ScoringTable};
use thidua_composite::{Mean, borda, copeland, weighted_mean};
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

impl Node {
    fn empty(max: Points) -> Self {
        Self { max, points: None, reason: None, open: Points::ZERO, is_provisional: false }
    }

    /// Missing, under a policy.
    fn missing(max: Points, reason: Reason, policy: MissingItem) -> Self {
        let points = (policy == MissingItem::Zero).then_some(Points::ZERO);
        Self { max, points, reason: Some(reason), open: max, is_provisional: true }
    }

    /// Its part, and the part that it would have with everything that is open.
    fn parts(&self) -> Option<(f64, f64)> {
        let points = self.points?;
        (self.max > Points::ZERO).then(|| {
            let max = self.max.0 as f64;
            (points.0 as f64 / max, (points + self.open).0 as f64 / max)
        })
    }
}

/// All nodes of a unit, in the order of the criteria, and the node above them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scored {
    pub(crate) nodes: Vec<Node>,
    pub(crate) total: Node,
}

/// One unit as the tree reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marked<'m> {
    /// Aligned with the criteria; not read for criteria that are made of their children.
    pub(crate) marks: &'m [Mark],
    /// The group in which nodes that compare units compare it; `None`: it is not compared.
    pub(crate) group: Option<u32>,
}

/// The nodes of a unit, and the part that a comparison of units gives, for a node that compares.
type Below<'n> = (&'n [Node], Option<Option<f64>>);

/// How a criterion takes part in maxima and sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It keeps its maximum.
    Kept,
    /// Its maximum goes to its siblings.
    SharedOut,
    /// Its maximum leaves the table.
    Dropped,
}

/// What the arithmetic reads of a table; a variation changes it without touching the definition.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    /// In the order of the criteria.
    pub(crate) branches: Vec<Branch>,
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
    pub(crate) aggregate: Aggregate,
    total: Points,
    enough: Enough,
    min_data: Option<i64>,
    pub(crate) missing: MissingItem,
    not_applicable: NotApplicableItem,
}

/// One criterion of it.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    pub(crate) max: Points,
    pub(crate) weight: Points,
    pub(crate) is_item: bool,
    pub(crate) aggregate: Aggregate,
    enough: Enough,
    missing: Option<MissingItem>,
}

impl Tree {
    pub(crate) fn of(table: &ScoringTable) -> Self {
        let mut children = vec![Vec::new(); table.criteria.len()];
        for (at, criterion) in table.criteria.iter().enumerate() {
            if let Some(parent) = criterion.parent {
                children[parent].push(at);
            }
        }
        let branch = |criterion: &Criterion| Branch {
            max: criterion.max,
            weight: criterion.weight,
            is_item: criterion.item.is_some(),
            aggregate: criterion.aggregate,
            enough: criterion.enough,
            missing: criterion.missing,
        };
        Self {
            branches: table.criteria.iter().map(branch).collect(),
            children,
            roots: roots(&table.criteria).collect(),
            aggregate: table.aggregate,
            total: table.total,
            enough: table.enough,
            min_data: table.min_data,
            missing: table.missing,
            not_applicable: table.not_applicable,
        }
    }

    /// Positions of the criteria below one, or of the top ones.
    pub(crate) fn below(&self, at: Option<usize>) -> &[usize] {
        at.map_or(&self.roots, |at| &self.children[at])
    }

    /// What the criteria below one can give together, and how.
    pub(crate) fn above(&self, at: Option<usize>) -> (Points, Aggregate) {
        at.map_or((self.total, self.aggregate), |at| (self.branches[at].max, self.branches[at].aggregate))
    }

    fn policy(&self, branch: &Branch) -> MissingItem {
        branch.missing.unwrap_or(self.missing)
    }

    /// Scores all units, in their order.
    pub(crate) fn roll_up(&self, units: &[Marked<'_>]) -> Vec<Scored> {
        let outlines: Vec<Outline> = units.iter().map(|unit| Outline::of(self, unit.marks)).collect();
        let empty = |outline: &Outline| Scored {
            nodes: outline.maxima.iter().map(|max| Node::empty(*max)).collect(),
            total: Node::empty(outline.total),
        };
        let mut scored: Vec<Scored> = outlines.iter().map(empty).collect();
        for at in (0..self.branches.len()).rev() {
            let votes = self.votes(Some(at), units, &scored);
            for (position, (unit, outline)) in units.iter().zip(&outlines).enumerate() {
                let vote = votes.as_ref().map(|votes| votes[position]);
                let node = self.node(at, unit.marks[at], outline, (&scored[position].nodes, vote));
                scored[position].nodes[at] = node;
            }
        }
        let votes = self.votes(None, units, &scored);
        for (position, outline) in outlines.iter().enumerate() {
            let vote = votes.as_ref().map(|votes| votes[position]);
            scored[position].total = self.top(outline, (&scored[position].nodes, vote));
        }
        scored
    }

    /// The totals alone, as [`Tree::roll_up`] gives them: a thousand draws ask for nothing else. Without votes no
    /// unit is compared, and one after the other goes through the same few bytes.
    pub(crate) fn totals(&self, units: &[Marked<'_>]) -> Vec<Option<Points>> {
        let compares = |aggregate: &Aggregate| matches!(aggregate, Aggregate::Borda | Aggregate::Copeland);
        let aggregates = self.branches.iter().map(|branch| &branch.aggregate).chain([&self.aggregate]);
        if aggregates.into_iter().any(compares) {
            return self.roll_up(units).into_iter().map(|scored| scored.total.points).collect();
        }
        let (mut own, mut nodes) = (Outline::default(), vec![Node::empty(Points::ZERO); self.branches.len()]);
        // Hundreds of units differ in what they earned and not in what applies to them.
        let mut shared: BTreeMap<u128, Outline> = BTreeMap::new();
        let total = |unit: &Marked<'_>| {
            let outline = match self.pattern(unit.marks) {
                Some(pattern) => &*shared.entry(pattern).or_insert_with(|| Outline::of(self, unit.marks)),
                None => {
                    own.fill(self, unit.marks);
                    &own
                }
            };
            for at in (0..self.branches.len()).rev() {
                nodes[at] = self.node(at, unit.marks[at], outline, (&nodes, None));
            }
            self.top(outline, (&nodes, None)).points
        };
        units.iter().map(total).collect()
    }

    /// All that an [`Outline`] reads of a unit's marks, two bits an item; `None` for a table too large for it.
    fn pattern(&self, marks: &[Mark]) -> Option<u128> {
        let bits = |(branch, mark): (&Branch, &Mark)| match mark {
            _ if !branch.is_item => 0,
            Mark::Part(..) | Mark::Fixed(_) => 1,
            Mark::Missing(_) => 2,
            Mark::NotApplicable(_) => 3,
        };
        let is_small = self.branches.len() <= u128::BITS as usize / 2;
        is_small.then(|| self.branches.iter().zip(marks).map(bits).fold(0, |pattern, bits| pattern << 2 | bits))
    }

    /// One criterion of one unit, when those below it are known.
    fn node(&self, at: usize, mark: Mark, outline: &Outline, (nodes, vote): Below<'_>) -> Node {
        let (branch, max) = (&self.branches[at], outline.maxima[at]);
        let policy = self.policy(branch);
        if branch.is_item {
            leaf(policy, mark, max)
        } else if outline.lacks[at] {
            Node::missing(max, Reason::TooLittleData, policy)
        } else {
            self.combined(branch.aggregate, max, &self.children[at], (nodes, vote))
        }
    }

    /// The node above all others.
    fn top(&self, outline: &Outline, below: Below<'_>) -> Node {
        let total = self.combined(self.aggregate, outline.total, &self.roots, below);
        if outline.total_lacks {
            return Node { points: None, reason: Some(Reason::TooLittleData), is_provisional: true, ..total };
        }
        total
    }

    /// The node above its children: what they can tell together, and its points.
    ///
    /// # Input
    /// `vote`: the part that a comparison of units gives, for nodes that compare.
    fn combined(&self, aggregate: Aggregate, max: Points, children: &[usize], (nodes, vote): Below<'_>) -> Node {
        // Its points are the sum of theirs, unless something else is asked.
        let sum = sum(max, children.iter().map(|child| nodes[*child]));
        let mean = match aggregate {
            Aggregate::Sum => return sum,
            Aggregate::Arithmetic => Some(Mean::Arithmetic),
            Aggregate::Geometric => Some(Mean::Geometric),
            Aggregate::Harmonic => Some(Mean::Harmonic),
            Aggregate::Power(exponent) => Some(Mean::Power(exponent)),
            Aggregate::Borda | Aggregate::Copeland => None,
        };
        let node = Node { points: None, open: Points::ZERO, ..sum };
        if sum.points.is_none() {
            return node;
        }
        let parts = |of: fn((f64, f64)) -> f64| -> Vec<(f64, f64)> {
            let weighed = |child: &usize| Some((self.branches[*child].weight.0 as f64, of(nodes[*child].parts()?)));
            children.iter().filter_map(weighed).collect()
        };
        let reached = |part: Option<f64>| part.and_then(|part| items::real_part(part, max));
        let points = match mean {
            Some(mean) => reached(weighted_mean(mean, &parts(|(now, _)| now))),
            None => reached(vote.flatten()),
        };
        let Some(points) = points else { return Node { reason: Some(Reason::OutOfRange), ..node } };
        let at_most = match mean {
            _ if !sum.is_provisional => Some(points),
            Some(mean) => reached(weighted_mean(mean, &parts(|(_, then)| then))),
            None => Some(max),
        };
        let open = at_most.unwrap_or(max) - points;
        Node { points: Some(points), open: open.max(Points::ZERO), ..node }
    }

    /// For a node that compares units: the part of each, by position.
    fn votes(&self, at: Option<usize>, units: &[Marked<'_>], scored: &[Scored]) -> Option<Vec<Option<f64>>> {
        let vote = match self.above(at).1 {
            Aggregate::Borda => borda,
            Aggregate::Copeland => copeland,
            _ => return None,
        };
        let children = self.below(at);
        let weights: Vec<f64> = children.iter().map(|child| self.branches[*child].weight.0 as f64).collect();
        let mut groups: Vec<u32> = units.iter().filter_map(|unit| unit.group).collect();
        groups.sort_unstable();
        groups.dedup();
        let mut votes = vec![None; units.len()];
        for group in groups {
            let members: Vec<usize> = (0..units.len()).filter(|at| units[*at].group == Some(group)).collect();
            let part = |at: &usize, child: &usize| scored[*at].nodes[*child].parts().map(|(now, _)| now);
            let columns: Vec<Vec<Option<f64>>> =
                children.iter().map(|child| members.iter().map(|at| part(at, child)).collect()).collect();
            for (at, value) in members.iter().zip(vote(&weights, &columns)) {
                votes[*at] = value;
            }
        }
        Some(votes)
    }
}

/// Scores one unit that is compared with nobody.
#[cfg(test)]
pub(crate) fn roll_up(table: &ScoringTable, marks: &[Mark]) -> Scored {
    Tree::of(table).roll_up(&[Marked { marks, group: None }]).remove(0)
}

/// Positions of the top criteria (tiêu chuẩn).
pub(crate) fn roots(criteria: &[Criterion]) -> impl Iterator<Item = usize> + Clone {
    criteria.iter().enumerate().filter(|(_, criterion)| criterion.parent.is_none()).map(|(at, _)| at)
}

/// What a unit's marks alone decide: what each criterion can give it, and where data are too few.
#[derive(Default)]
struct Outline {
    maxima: Vec<Points>,
    total: Points,
    lacks: Vec<bool>,
    total_lacks: bool,
    /// On the way there: what each criterion keeps, its weight among its siblings, the data below it.
    kept: Vec<Points>,
    weights: Vec<Points>,
    data: Vec<Data>,
}

/// As many as there are criteria, all as nothing were known.
fn clear<T: Copy>(values: &mut Vec<T>, count: usize, nothing: T) {
    values.clear();
    values.resize(count, nothing);
}

/// Data below a criterion: of what applies, what is there.
#[derive(Debug, Clone, Copy, Default)]
struct Data {
    applies: bool,
    is_there: bool,
}

impl Outline {
    fn of(tree: &Tree, marks: &[Mark]) -> Self {
        let mut outline = Self::default();
        outline.fill(tree, marks);
        outline
    }

    /// Takes the place of what was there, in the same memory.
    fn fill(&mut self, tree: &Tree, marks: &[Mark]) {
        let count = tree.branches.len();
        let Self { maxima, lacks, kept, weights, data, .. } = self;
        clear(maxima, count, Points::ZERO);
        clear(kept, count, Points::ZERO);
        clear(weights, count, Points::ZERO);
        clear(data, count, Data::default());
        clear(lacks, count, false);
        let (mut asked, mut told) = (0i64, 0i64);
        for (at, branch) in tree.branches.iter().enumerate().rev() {
            let policy = tree.policy(branch);
            let part = if branch.is_item {
                let is_there = matches!(marks[at], Mark::Part(..) | Mark::Fixed(_));
                let applies = !matches!(marks[at], Mark::NotApplicable(_));
                (asked, told) = (asked + i64::from(applies), told + i64::from(is_there));
                data[at] = Data { applies, is_there };
                kept[at] = branch.max;
                part(tree.not_applicable, policy, marks[at])
            } else {
                let children = &tree.children[at];
                lacks[at] = !tree.has_enough(branch.enough, children, data);
                let applies = children.iter().any(|child| data[*child].applies);
                data[at] = Data { applies, is_there: applies && !lacks[at] };
                let has_weight = children.iter().any(|child| weights[*child] > Points::ZERO);
                kept[at] = match branch.aggregate {
                    Aggregate::Sum => children.iter().map(|child| kept[*child]).sum(),
                    _ if has_weight || tree.not_applicable == NotApplicableItem::Redistribute => branch.max,
                    _ => Points::ZERO,
                };
                match lacks[at] && policy == MissingItem::Redistribute || !has_weight {
                    true => Part::SharedOut,
                    false => Part::Kept,
                }
            };
            match part {
                Part::Kept => weights[at] = kept[at],
                Part::SharedOut => {}
                Part::Dropped => kept[at] = Points::ZERO,
            }
        }
        let roots = &tree.roots;
        let total = match tree.aggregate {
            Aggregate::Sum => {
                let all: Points = roots.iter().map(|root| kept[*root]).sum();
                share_out(all, roots, weights, maxima);
                roots.iter().map(|root| maxima[*root]).sum()
            }
            _ => {
                roots.iter().for_each(|root| maxima[*root] = weights[*root]);
                if roots.iter().any(|root| weights[*root] > Points::ZERO) { tree.total } else { Points::ZERO }
            }
        };
        for (at, branch) in tree.branches.iter().enumerate() {
            let children = &tree.children[at];
            match branch.aggregate {
                Aggregate::Sum => share_out(maxima[at], children, weights, maxima),
                _ => children.iter().for_each(|child| maxima[*child] = weights[*child]),
            }
        }
        let too_few = tree.min_data.is_some_and(|percent| told * 100 < percent * asked);
        self.total_lacks = too_few || !tree.has_enough(tree.enough, roots, data);
        self.total = total;
    }
}

impl Tree {
    fn has_enough(&self, enough: Enough, children: &[usize], data: &[Data]) -> bool {
        if enough == Enough::default() {
            return true;
        }
        let (mut asked, mut told, mut count) = (0i128, 0i128, 0i64);
        for child in children.iter().filter(|child| data[**child].applies) {
            let weight = i128::from(self.branches[*child].weight.0);
            asked += weight;
            if data[*child].is_there {
                (told, count) = (told + weight, count + 1);
            }
        }
        // Where nothing applies there is nothing to lack.
        asked == 0
            || enough.weight.is_none_or(|percent| told * 100 >= i128::from(percent) * asked)
                && enough.count.is_none_or(|least| count >= least)
    }
}

fn part(not_applicable: NotApplicableItem, missing: MissingItem, mark: Mark) -> Part {
    match mark {
        Mark::Part(..) | Mark::Fixed(_) => Part::Kept,
        Mark::Missing(_) if missing == MissingItem::Redistribute => Part::SharedOut,
        Mark::Missing(_) => Part::Kept,
        Mark::NotApplicable(_) => match not_applicable {
            NotApplicableItem::Redistribute => Part::SharedOut,
            NotApplicableItem::Drop => Part::Dropped,
        },
    }
}

/// Cuts `max` among siblings in proportion to their weights.
fn share_out(max: Points, siblings: &[usize], weights: &[Points], maxima: &mut [Points]) {
    let all: i128 = siblings.iter().map(|at| i128::from(weights[*at].0)).sum();
    if all == i128::from(max.0) {
        // Everything applies: nothing is shared out, and nothing needs dividing.
        siblings.iter().for_each(|at| maxima[*at] = weights[*at]);
        return;
    }
    let (mut weight, mut given) = (0i128, Points::ZERO);
    for &at in siblings {
        weight += i128::from(weights[at].0);
        // All weights are at most `all`, so the part fits; without any weight nothing is given.
        let upto = max.scaled(weight, all).unwrap_or(Points::ZERO);
        maxima[at] = upto - given;
        given = upto;
    }
}

fn leaf(policy: MissingItem, mark: Mark, max: Points) -> Node {
    let node = Node::empty(max);
    match mark {
        Mark::Part(numerator, denominator) => match max.scaled(numerator, denominator) {
            Some(points) => Node { points: Some(points), ..node },
            None => Node { reason: Some(Reason::OutOfRange), is_provisional: true, ..node },
        },
        Mark::Fixed(points) => Node { points: Some(points), ..node },
        Mark::NotApplicable(reason) => Node { reason: Some(reason), ..node },
        Mark::Missing(reason) => Node::missing(max, reason, policy),
    }
}

/// Children that do not apply add nothing; one that is not scored leaves its parent unscored.
fn sum(max: Points, children: impl Iterator<Item = Node>) -> Node {
    let mut node = Node::empty(max);
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
    use super::super::testing::{marks, table, table as table_of};
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

    #[test]
    fn totals_alone_are_those_of_whole_trees_in_any_company() {
        let mut table = table(TREE);
        let of = |text: &str| marks(&table_of(TREE), text);
        let marks = [
            of("a1 1/1, a2 1/2, b11 1/5, b12 0/1, b2 1/4"),
            of("a1 n/a, a2 n/a, b11 1/1, b12 n/a, b2 1/2"),
            of("a1 1/1, a2 missing, b11 1/1, b12 1/1, b2 1/1"),
            of("a1 n/a, a2 n/a, b11 n/a, b12 n/a, b2 n/a"),
            of("a1 1/3, a2 2/3, b11 missing, b12 n/a, b2 3/7"),
        ];
        let units: Vec<Marked> =
            marks.iter().zip(0..).map(|(marks, at)| Marked { marks, group: Some(at / 3) }).collect();
        for missing in [MissingItem::Zero, MissingItem::Unscored, MissingItem::Redistribute] {
            for aggregate in [Aggregate::Sum, Aggregate::Geometric, Aggregate::Borda] {
                table.missing = missing;
                table.aggregate = aggregate;
                let tree = Tree::of(&table);
                let whole: Vec<_> = tree.roll_up(&units).into_iter().map(|scored| scored.total.points).collect();
                assert_eq!(tree.totals(&units), whole, "{missing:?} {aggregate:?}");
            }
        }
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
            let siblings: Vec<usize> = (0..points.len()).collect();
            share_out(Points(max), &siblings, &points, &mut maxima);
            let any = weights.iter().any(|weight| *weight > 0);
            prop_assert_eq!(maxima.iter().copied().sum::<Points>(), if any { Points(max) } else { Points::ZERO });
            prop_assert!(maxima.iter().all(|max| max.0 >= 0));
        }
    }
}
