//! The tree of a scoring table: criteria, their points, and the method of each item.
//!
//! In:  `[[tables.criteria]]` in their order, each naming the criterion it stands `in`.
//! Out: criteria in pre-order; D010 where points do not add up, D013 where a method does not fit
//!      what it measures.

use crate::definition::{Direction, Indicator, List, Operator, Shape, Unit};
use crate::load::formulas::{Gives, Inputs};
use crate::load::issues::Issues;
use crate::load::keys::one_key;
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::Organisation;
use crate::load::scaled;
use crate::scoring::{Aggregate, Criterion, Enough, Item, MissingItem, ScoringTable};
use thidua_formula::Formula;
use thidua_model::issue::{Expected, MethodProblem, Thing};
use thidua_model::words::TableUse;
use thidua_model::{CriterionId, IssueKind, Place, Points};

const METHODS: &[&str] =
    &["proportional", "cluster_best", "verdict", "yes_no", "count", "terms", "reviewed", "normalise"];
pub(crate) const MISSING: [(&str, MissingItem); 3] =
    [("zero", MissingItem::Zero), ("unscored", MissingItem::Unscored), ("redistribute", MissingItem::Redistribute)];

/// What scoring may refer to.
pub(crate) struct Scope<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) inputs: &'a Inputs,
    pub(crate) indicators: &'a [Indicator],
    pub(crate) indicator_names: &'a Names,
    pub(crate) units: &'a [Unit],
    pub(crate) lists: Vec<&'a List>,
}

/// A criterion while its siblings are read.
struct Read {
    criterion: Criterion,
    /// Of its points.
    place: Place,
    /// Of itself.
    here: Place,
    names_method: bool,
}

pub(crate) fn read(node: &Node<'_>, table: &ScoringTable, scope: &Scope<'_>) -> Vec<Criterion> {
    let issues = node.issues;
    let mut read: Vec<Read> = Vec::new();
    let mut names = Names::new(Thing::Criterion);
    for entry in node.tables("criteria") {
        let id = entry.needed_text("id").unwrap_or_default();
        if !id.is_empty() {
            check_id(&entry, &id);
            names.declare(issues, &id, read.len(), || entry.place("id"));
        }
        let parent = parent(&entry, &names, &read);
        let points = entry.needed_scaled("points", 9).map(Points);
        let max = points.unwrap_or(Points::ZERO);
        if max < Points::ZERO {
            issues.bad_value(entry.place("points"), shown(max), Expected::NotNegativePoints);
        }
        let names_method = METHODS.iter().any(|method| entry.has(method));
        let item = if names_method { item(&entry, max, table, scope) } else { None };
        if points == Some(Points::ZERO) && names_method && !entry.has("terms") {
            issues.bad_value(entry.place("points"), "0", Expected::PointsUnlessTerms);
        }
        let weight = entry.scaled("weight", 9).map(Points);
        if weight.is_some_and(|weight| weight < Points::ZERO) {
            issues.bad_value(entry.place("weight"), "", Expected::NotNegativePoints);
        }
        if names_method {
            entry.refuse("aggregate", Expected::NotAnItem);
            entry.refuse("enough", Expected::NotAnItem);
        }
        let criterion = Criterion {
            id: CriterionId::new(&id),
            parent,
            title: entry.needed_bilingual("title"),
            max,
            weight: weight.unwrap_or(max),
            item,
            aggregate: if names_method { Aggregate::Sum } else { aggregate(&entry, table) },
            enough: if names_method { Enough::default() } else { enough(&entry) },
            missing: entry.word("missing", &MISSING),
            self_field: None,
            superior_field: None,
            explanation_field: None,
            source: entry.text_or("source", "").to_string(),
        };
        read.push(Read { criterion, place: entry.place("points"), here: entry.here(), names_method });
        entry.finish();
    }
    if read.is_empty() {
        let expected = Expected::AtLeastOneTable { key: "tables.criteria".into() };
        issues.bad_value(node.place("criteria"), "", expected);
    }
    check_sums(issues, &read, table, node.place("total"));
    read.into_iter().map(|read| read.criterion).collect()
}

/// How children make the points of the table or of a criterion in it.
pub(crate) fn aggregate(node: &Node<'_>, table: &ScoringTable) -> Aggregate {
    if node.holds_table("aggregate") {
        let Some(power) = node.table("aggregate") else { return Aggregate::Sum };
        let exponent = power.needed_scaled("power", 6).map_or(1.0, |exponent| exponent as f64 / 1e6);
        power.finish();
        return Aggregate::Power(exponent);
    }
    let words = Aggregate::PLAIN.map(|it| (it.as_str(), it));
    let read = node.word("aggregate", &words).unwrap_or(Aggregate::Sum);
    if read.compares_units() && table.usage == TableUse::Classification {
        let method = format!("aggregate = {}", read.as_str()).into();
        let kind = IssueKind::MethodNotAllowed { method, why: MethodProblem::Classification };
        node.issues.add(kind, node.place("aggregate"));
    }
    read
}

/// `enough = { weight = 66, count = 2 }`.
pub(crate) fn enough(node: &Node<'_>) -> Enough {
    let Some(table) = node.table("enough") else { return Enough::default() };
    let enough = Enough { weight: table.int("weight", 1, 100), count: table.int("count", 1, 1000) };
    table.finish();
    enough
}

/// The id becomes a part of field names (the scoring sheet's), which formulas can read.
fn check_id(entry: &Node<'_>, id: &str) {
    if !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        entry.issues.bad_value(entry.place("id"), id, Expected::Id);
    }
}

/// The parent is the criterion before, or one of those that it stands in: a tree is written from
/// the top down, branch by branch.
fn parent(entry: &Node<'_>, names: &Names, read: &[Read]) -> Option<usize> {
    let name = entry.text("in")?;
    let at = names.find(entry.issues, &name, || entry.place("in"))?;
    let mut branch = read.len().checked_sub(1);
    while let Some(above) = branch.filter(|above| *above != at) {
        branch = read[above].criterion.parent;
    }
    let expected = match branch {
        None => Expected::OpenBranch,
        Some(at) if read[at].names_method => Expected::ParentWithoutMethod,
        Some(_) => return Some(at),
    };
    entry.issues.bad_value(entry.place("in"), &*name, expected);
    None
}

/// A parent is worth what its children are worth together, and the table what its standards are.
fn check_sums(issues: &Issues, read: &[Read], table: &ScoringTable, total: Place) {
    let sum_below = |parent: Option<usize>| -> Option<Points> {
        let mut below = read.iter().filter(|read| read.criterion.parent == parent).map(|read| read.criterion.max);
        below
            .try_fold((false, Points::ZERO), |(_, sum), max| Some((true, Points(sum.0.checked_add(max.0)?))))
            .and_then(|(has_any, sum)| has_any.then_some(sum))
    };
    for (at, it) in read.iter().enumerate() {
        match sum_below(Some(at)) {
            None if !it.names_method => {
                let expected = Expected::MethodOrCriteria { methods: METHODS.join(", ").into() };
                issues.bad_value(it.here.clone(), "", expected);
            }
            Some(sum) if it.criterion.aggregate == Aggregate::Sum && sum != it.criterion.max => {
                add_up(issues, sum, it.criterion.max, it.place.clone())
            }
            _ => {}
        }
    }
    if let Some(sum) = sum_below(None).filter(|sum| table.aggregate == Aggregate::Sum && *sum != table.total) {
        add_up(issues, sum, table.total, total);
    }
}

fn add_up(issues: &Issues, found: Points, expected: Points, place: Place) {
    issues.add(IssueKind::PointsDoNotAddUp { found: shown(found).into(), expected: shown(expected).into() }, place);
}

/// Points without idle zeros: `4.5`.
pub(crate) fn shown(points: Points) -> String {
    let (whole, rest) = (points.0 / Points::ONE, (points.0 % Points::ONE).abs());
    let sign = if points.0 < 0 && whole == 0 { "-" } else { "" };
    let rest = format!("{rest:09}");
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

fn item(entry: &Node<'_>, max: Points, table: &ScoringTable, scope: &Scope<'_>) -> Option<Item> {
    one_key(entry, METHODS);
    let proportional = indicator(entry, "proportional", table, scope).map(|indicator| {
        let cap = entry.scaled("cap", 9).map_or(Points::whole(1), Points);
        if cap < Points::whole(1) {
            entry.issues.bad_value(entry.place("cap"), shown(cap), Expected::CapOfTarget);
        }
        Item::Proportional { indicator, cap }
    });
    let best = indicator(entry, "cluster_best", table, scope).map(|indicator| Item::ClusterBest { indicator });
    let verdict = indicator(entry, "verdict", table, scope).map(|indicator| Item::Verdict { indicator });
    let yes_no = scope.inputs.read(entry, "yes_no", Gives::Condition).map(|condition| Item::YesNo { condition });
    let counted = entry.has("count").then(|| per_item(entry, scope)).flatten();
    let terms = entry.has("terms").then(|| bonus_penalty(entry, max, scope)).flatten();
    let reviewed = entry.flag("reviewed").and_then(|is_reviewed| {
        if !is_reviewed {
            entry.issues.bad_value(entry.place("reviewed"), "false", Expected::TrueOrOtherMethod);
        }
        is_reviewed.then_some(Item::Reviewed)
    });
    let scaled = entry.has("normalise").then(|| scaled::read(entry, table, scope)).flatten();
    proportional.or(best).or(verdict).or(yes_no).or(counted).or(terms).or(reviewed).or(scaled)
}

fn per_item(entry: &Node<'_>, scope: &Scope<'_>) -> Option<Item> {
    let count = scope.inputs.needed(entry, "count", Gives::Number);
    let each = Points(entry.needed_scaled("each", 9)?);
    if each <= Points::ZERO {
        entry.issues.bad_value(entry.place("each"), shown(each), Expected::PointsEach);
    }
    Some(Item::PerItem { count: count?, each })
}

fn bonus_penalty(entry: &Node<'_>, max: Points, scope: &Scope<'_>) -> Option<Item> {
    let mut terms: Vec<(Formula, Points)> = Vec::new();
    let mut is_whole = true;
    for term in entry.tables("terms") {
        let count = scope.inputs.needed(&term, "count", Gives::Number);
        let each = term.needed_scaled("each", 9);
        match (count, each) {
            (Some(count), Some(each)) => terms.push((count, Points(each))),
            _ => is_whole = false,
        }
        term.finish();
    }
    let min = Points(entry.scaled("min", 9).unwrap_or(0));
    if min > Points::ZERO || min > max {
        entry.issues.bad_value(entry.place("min"), shown(min), Expected::ZeroOrLess);
    }
    if is_whole && terms.is_empty() {
        entry.issues.bad_value(entry.place("terms"), "", Expected::Terms);
        return None;
    }
    is_whole.then_some(Item::BonusPenalty { terms, min })
}

/// The position of an indicator, with D013 where the method does not fit it.
pub(super) fn indicator<'a>(entry: &Node<'a>, key: &'a str, table: &ScoringTable, scope: &Scope<'_>) -> Option<usize> {
    let name = entry.text(key)?;
    scope.indicator_names.find(entry.issues, &name, || entry.place(key))?;
    // A broken indicator has a name and no definition.
    let at = scope.indicators.iter().position(|indicator| indicator.id.as_str() == &*name)?;
    for why in refusals(key, &scope.indicators[at], table) {
        let kind = IssueKind::MethodNotAllowed { method: format!("{key} = {name}").into(), why };
        entry.issues.add(kind, entry.place(key));
    }
    Some(at)
}

/// Why a method cannot be used with an indicator in a table.
fn refusals(method: &str, indicator: &Indicator, table: &ScoringTable) -> Vec<MethodProblem> {
    let is_yes_no = indicator.shape == Shape::Flag || indicator.target.operator == Operator::Yes;
    let is_lower_better = indicator.direction == Direction::LowerIsBetter
        || matches!(indicator.target.operator, Operator::Below | Operator::AtMost);
    let mut why = Vec::new();
    // On a scale any figure can stand, and each way round.
    if !matches!(method, "verdict" | "indicator") {
        if is_yes_no {
            why.push(MethodProblem::YesNo);
        }
        if is_lower_better {
            why.push(MethodProblem::LowerIsBetter);
        }
    }
    if method == "cluster_best" {
        if table.usage == TableUse::Classification {
            why.push(MethodProblem::Classification);
        }
        let is_capped = indicator.is_part_of_whole || indicator.target.operator == Operator::Exactly;
        if is_capped && !is_yes_no {
            why.push(MethodProblem::Capped);
        }
    }
    for level in table.levels.iter().filter(|level| !indicator.levels.contains(level)) {
        why.push(MethodProblem::NoFigureAt { level: level.text() });
    }
    let last = table.periods.iter().max();
    if last.is_some_and(|last| indicator.periods.iter().all(|period| period > last)) {
        why.push(MethodProblem::ToldLater);
    }
    why
}
