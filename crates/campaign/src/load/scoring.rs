//! `scoring.toml`: tables of criteria, classes with gates, the ranking policy, awards.
//!
//! In:  the root table of the file; the organisation, fields and indicators.
//! Out: tables whose points add up and whose methods fit what they measure.
//!
//! Gates and classes are declared once and named by tables; a table keeps the gates that its
//! classes demand.
//!
//! Not here: the items of a table (`criteria`), the sheets that units fill in (`scoresheets`), one
//! award (`awards`).

use crate::awards::{Award, AwardList};
use crate::load::awards;
use crate::load::criteria::{self, Scope};
use crate::load::formulas::Gives;
use crate::load::issues::Issues;
use crate::load::keys::one_key;
use crate::load::names::Names;
use crate::load::node::{Node, Word};
use crate::load::organisation::each;
use crate::load::variations;
use crate::scoring::{
    Aggregate, Class, Enough, Gate, GateRule, MissingItem, NotApplicableItem, RankingPolicy, ScoringTable, Ties,
};
use thidua_model::issue::{Expected, Thing};
use thidua_model::words::TableUse;
use thidua_model::{CriterionId, Place, Points, TableId};

/// The content of `scoring.toml`.
///
/// Without the file nothing is scored.
#[derive(Default)]
pub(crate) struct Scoring {
    pub(crate) tables: Vec<ScoringTable>,
    pub(crate) ranking: RankingPolicy,
    pub(crate) awards: Vec<Award>,
    pub(crate) award_list: Option<AwardList>,
}

/// Reads the file.
pub(crate) fn load(root: Node<'_>, scope: &Scope<'_>) -> Scoring {
    let mut gates: Vec<Gate> = Vec::new();
    let mut gate_names = Names::new(Thing::Gate);
    // A broken one keeps its name, so that it is not called unknown elsewhere.
    each(&root, "gates", &mut gate_names, |node, id| gates.extend(gate(node, id, scope)));
    let mut classes: Vec<Class> = Vec::new();
    let mut class_names = Names::new(Thing::Class);
    each(&root, "classes", &mut class_names, |node, id| classes.push(class(node, id, &gate_names)));

    let (mut ranking, breakers) = ranking(&root, scope, &gate_names);
    let declared =
        Declared { gates: &gates, classes: &classes, class_names: &class_names, vetoes: &ranking.vetoes.clone() };
    let mut tables: Vec<(ScoringTable, Place)> = Vec::new();
    let mut names = Names::new(Thing::ScoringTable);
    each(&root, "tables", &mut names, |node, id| {
        tables.extend(table(node, id, scope, &declared).map(|table| (table, node.here())));
    });
    check_overlaps(root.issues, &tables);
    let tables: Vec<ScoringTable> = tables.into_iter().map(|(table, _)| table).collect();
    ranking.tie_breakers = tie_breakers(root.issues, &breakers, &tables);
    let declared =
        awards::Declared { gates: &gates, gate_names: &gate_names, class_names: &class_names, tables: &tables };
    let (awards, award_list) = awards::read(&root, scope, &declared);
    root.finish();
    Scoring { tables, ranking, awards, award_list }
}

/// Gates and classes, for the tables that name them.
struct Declared<'a> {
    gates: &'a [Gate],
    classes: &'a [Class],
    class_names: &'a Names,
    /// Ids of the gates that bar from places.
    vetoes: &'a [String],
}

fn gate(node: &Node<'_>, id: &str, scope: &Scope<'_>) -> Option<Gate> {
    let percent = node.int("each_standard_at_least", 0, 100).map(|percent| GateRule::EachStandardAtLeast { percent });
    let undisciplined = node.has("not_disciplined").then(|| GateRule::NotDisciplined {
        forms: node.texts("not_disciplined").into_iter().map(|word| word.text.to_string()).collect(),
    });
    let received = node.has("received").then(|| scope.organisation.document_of(node, "received")).flatten();
    let received = received.map(|document| GateRule::Received { document });
    let condition = scope.inputs.read(node, "condition", Gives::Condition);
    let condition = condition.map(|condition| GateRule::Condition { condition });
    one_key(node, &["each_standard_at_least", "not_disciplined", "received", "condition"]);
    let title = node.needed_bilingual("title");
    let source = node.text_or("source", "").to_string();
    Some(Gate { id: id.into(), title, rule: percent.or(undisciplined).or(received).or(condition)?, source })
}

fn class(node: &Node<'_>, id: &str, gate_names: &Names) -> Class {
    let gates = node
        .texts("gates")
        .into_iter()
        .filter_map(|word| gate_names.find(node.issues, &word.text, || word.place).map(|_| word.text.to_string()));
    let gates = gates.collect();
    Class {
        id: id.into(),
        title: node.needed_bilingual("title"),
        min: Points(node.needed_scaled("min", 9).unwrap_or(0)),
        gates,
        source: node.text_or("source", "").to_string(),
    }
}

fn table(node: &Node<'_>, id: &str, scope: &Scope<'_>, declared: &Declared<'_>) -> Option<ScoringTable> {
    let (issues, organisation) = (node.issues, scope.organisation);
    let usages = TableUse::ALL.iter().map(|usage| (usage.as_str(), *usage));
    let usage = node.needed_word("usage", &usages.collect::<Vec<_>>());
    let title = node.needed_bilingual("title");
    let levels = organisation.levels_of(node, "levels");
    let kinds = organisation.kinds_of(node, "kinds");
    let sectors = organisation.sectors_of(node, "sectors");
    let periods = organisation.periods_of(node, "periods");
    for (key, is_empty, expected) in [
        ("levels", levels.is_empty(), Expected::LevelsOfTable),
        ("periods", periods.is_empty(), Expected::PeriodsOfTable),
    ] {
        if is_empty && !node.has(key) {
            issues.bad_value(node.place(key), "", expected);
        }
    }
    let total = Points(node.needed_scaled("total", 9).unwrap_or(0));
    if total.0 <= 0 && node.has("total") {
        issues.bad_value(node.place("total"), criteria::shown(total), Expected::AboveZero);
    }
    let not_applicable = [("redistribute", NotApplicableItem::Redistribute), ("drop", NotApplicableItem::Drop)];
    let classes = classes(node, usage, declared);
    let is_contest = usage == Some(TableUse::Competition);
    let gates = declared.gates.iter().filter(|gate| {
        classes.iter().any(|class| class.gates.contains(&gate.id)) || is_contest && declared.vetoes.contains(&gate.id)
    });
    let table = ScoringTable {
        id: TableId::new(id),
        usage: usage.unwrap_or(TableUse::Classification),
        title,
        levels,
        kinds,
        sectors,
        periods,
        total,
        aggregate: Aggregate::Sum,
        enough: Enough::default(),
        min_data: node.int("min_data", 1, 100),
        criteria: Vec::new(),
        missing: node.word("missing", &criteria::MISSING).unwrap_or(MissingItem::Zero),
        not_applicable: node.word("not_applicable", &not_applicable).unwrap_or(NotApplicableItem::Redistribute),
        gates: gates.cloned().collect(),
        classes,
        source: node.text_or("source", "").to_string(),
    };
    let table = ScoringTable { aggregate: criteria::aggregate(node, &table), enough: criteria::enough(node), ..table };
    let criteria = criteria::read(node, &table, scope);
    usage.map(|_| ScoringTable { criteria, ..table })
}

/// The classes of a table, best first. The last takes every unit that no other takes, so it demands
/// nothing.
fn classes(node: &Node<'_>, usage: Option<TableUse>, declared: &Declared<'_>) -> Vec<Class> {
    let issues = node.issues;
    let mut classes: Vec<Class> = Vec::new();
    for word in node.texts("classes") {
        let Some(at) = declared.class_names.find(issues, &word.text, || word.place.clone()) else { continue };
        // Positions of names and classes agree: a class is kept even when it is broken.
        let class = declared.classes[at].clone();
        if classes.iter().any(|known| known.id == class.id) {
            issues.declared_twice(word.place.clone(), Thing::Class, &word.text);
        } else if classes.last().is_some_and(|above| above.min <= class.min) {
            issues.bad_value(word.place.clone(), &*word.text, Expected::ClassesDown);
        }
        classes.push(class);
    }
    match (usage, classes.last()) {
        (Some(TableUse::Classification), None) if !node.has("classes") => {
            issues.bad_value(node.place("classes"), "", Expected::ClassesOfTable);
        }
        (Some(TableUse::Competition), Some(_)) => {
            issues.bad_value(node.place("classes"), "", Expected::NoClasses);
        }
        (Some(TableUse::Classification), Some(last)) if last.min != Points::ZERO || !last.gates.is_empty() => {
            issues.bad_value(node.place("classes"), last.id.as_str(), Expected::LastClass);
        }
        _ => {}
    }
    classes
}

/// D004: two tables of one use for the same units and period would score a unit twice.
fn check_overlaps(issues: &Issues, tables: &[(ScoringTable, Place)]) {
    fn meet<T: PartialEq>(one: &[T], other: &[T]) -> bool {
        one.is_empty() || other.is_empty() || one.iter().any(|it| other.contains(it))
    }
    for (at, (table, place)) in tables.iter().enumerate() {
        for (before, _) in &tables[..at] {
            if before.usage == table.usage
                && meet(&before.levels, &table.levels)
                && meet(&before.kinds, &table.kinds)
                && meet(&before.sectors, &table.sectors)
                && meet(&before.periods, &table.periods)
            {
                issues.declared_twice(place.clone(), Thing::TableForUnitsOf, before.id.as_str());
            }
        }
    }
}

/// The policy, and the words of its tie-breakers, which only the tables can tell.
fn ranking(root: &Node<'_>, scope: &Scope<'_>, gates: &Names) -> (RankingPolicy, Vec<Word>) {
    let mut policy = RankingPolicy { variations: variations::read(root), ..RankingPolicy::default() };
    let Some(node) = root.table("ranking") else { return (policy, Vec::new()) };
    let issues = node.issues;
    policy.decimals = node.int("decimals", 0, 9).map(|decimals| decimals as u8);
    let ties: Vec<(&str, Ties)> = Ties::ALL.iter().map(|ties| (ties.as_str(), *ties)).collect();
    policy.ties = node.word("ties", &ties).unwrap_or(Ties::Min);
    policy.min_coverage = node.int("min_coverage", 1, 100);
    for word in node.texts("must_have") {
        if let Some(at) = scope.organisation.names.documents.find(issues, &word.text, || word.place.clone()) {
            policy.must_have.push(scope.organisation.documents[at].id.clone());
        }
    }
    for word in node.texts("vetoes") {
        if gates.find(issues, &word.text, || word.place.clone()).is_some() {
            policy.vetoes.push(word.text.to_string());
        }
    }
    policy.source = node.text_or("source", "").to_string();
    if let Some(note) = node.bilingual("note") {
        policy.note = note;
    }
    let breakers = node.texts("tie_breakers");
    node.finish();
    (policy, breakers)
}

/// Criteria of competition tables.
fn tie_breakers(issues: &Issues, words: &[Word], tables: &[ScoringTable]) -> Vec<CriterionId> {
    let competition = tables.iter().filter(|table| table.usage == TableUse::Competition);
    let criteria = competition.flat_map(|table| table.criteria.iter().map(|criterion| criterion.id.as_str()));
    let criteria = Names::of(Thing::CompetitionCriterion, criteria);
    let known = words.iter().filter(|word| criteria.find(issues, &word.text, || word.place.clone()).is_some());
    known.map(|word| CriterionId::new(&word.text)).collect()
}
