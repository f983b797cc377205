//! Rules of a form: `[[rules]]`, checked against the fields of all forms.
//!
//! In:  the root table of a form's file, the fields, the form's lines.
//! Out: rules; D017, D018 and D020 beside the usual codes, at file, line and key.
//!
//! Not here: rules that can never be decided (`warnings`), what the keys mean (this crate's README).

use crate::definition::{Field, Form};
use crate::load::formulas::{Gives, Inputs};
use crate::load::names::Names;
use crate::load::node::Node;
use crate::load::organisation::{Organisation, each};
use crate::rules::{Against, Check, Comparison, Missing, Outlier, Relation, Rule, Side};
use std::collections::BTreeSet;
use thidua_formula::Formula;
use thidua_model::issue::{Expected, RuleProblem, Thing};
use thidua_model::{FieldIx, IssueKind, Measure, Severity, Text};

const OPERATORS: &[(&str, Comparison)] = &[
    ("less", Comparison::Less),
    ("at-most", Comparison::AtMost),
    ("equal", Comparison::Equal),
    ("at-least", Comparison::AtLeast),
    ("more", Comparison::More),
];
const MISSING: &[(&str, Missing)] =
    &[("undecided", Missing::Undecided), ("skip", Missing::Skip), ("zero", Missing::Zero)];
/// A figure that is not there is never 0 among its peers.
const MISSING_FIGURE: &[(&str, Missing)] = &[("undecided", Missing::Undecided), ("skip", Missing::Skip)];
const AGAINST: &[(&str, Against)] =
    &[("peers", Against::Peers), ("cluster", Against::Cluster), ("past", Against::Past)];

/// The usual threshold of the modified z-score, in hundredths.
const THRESHOLD: i64 = 350;
/// Fewer peers than this are no crowd to stand out from.
const PEERS: i64 = 10;
/// Fewer earlier periods than this are no past.
const PERIODS: i64 = 3;
/// Percent of the median.
const SPREAD: i64 = 5;

/// What a rule may name.
pub(crate) struct Scope<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) inputs: &'a Inputs,
    pub(crate) fields: &'a [Field],
    pub(crate) form: &'a Form,
}

/// Reads `[[rules]]` and `retired_rules`.
pub(crate) fn read(root: &Node<'_>, scope: &Scope<'_>) -> Vec<Rule> {
    let retired: BTreeSet<Text> = root.texts("retired_rules").into_iter().map(|word| word.text).collect();
    let mut rules = Vec::new();
    each(root, "rules", &mut Names::new(Thing::Rule), |node, id| {
        if retired.contains(id) {
            node.issues.add(IssueKind::RuleRetired { rule: id.into() }, node.place("id"));
        }
        rules.extend(Reader { node, id, scope }.rule());
    });
    rules
}

struct Reader<'a, 'n> {
    node: &'a Node<'n>,
    id: &'a str,
    scope: &'a Scope<'a>,
}

impl Reader<'_, '_> {
    fn rule(&self) -> Option<Rule> {
        let node = self.node;
        let severity = node.word("severity", &[("error", Severity::Error), ("warning", Severity::Warning)]);
        let severity = severity.unwrap_or(Severity::Warning);
        let check = if node.has("outlier") {
            self.outlier(severity).map(Check::Outlier)
        } else {
            self.relation(severity).map(Check::Relation)
        };
        let at = self.at(check.as_ref());
        let (valid_from, valid_to) = (node.date("valid_from"), node.date("valid_to"));
        if let (Some(from), Some(to)) = (valid_from, valid_to)
            && to < from
        {
            node.issues.bad_value(node.place("valid_to"), to.to_string(), Expected::DateNotBefore { date: from });
        }
        let levels = self.scope.organisation.levels_of(node, "levels");
        for level in levels.iter().filter(|level| !self.scope.form.levels.contains(level)) {
            node.issues.bad_value(node.place("levels"), level.text(), Expected::LevelOfForm);
        }
        Some(Rule {
            id: self.id.into(),
            title: node.needed_bilingual("title"),
            fix: node.bilingual("fix"),
            severity,
            enabled: node.flag("enabled").unwrap_or(true),
            valid_from,
            valid_to,
            levels,
            sectors: self.scope.organisation.sectors_of(node, "sectors"),
            source: node.text_or("source", &self.scope.form.source),
            place: node.place("id"),
            at: at?,
            check: check?,
        })
    }

    fn wrong(&self, key: &str, problem: RuleProblem) {
        let kind = IssueKind::RuleMalformed { rule: self.id.into(), problem };
        self.node.issues.add(kind, self.node.place(key));
    }

    fn relation(&self, severity: Severity) -> Option<Relation> {
        let node = self.node;
        let missing = node.word("missing", MISSING).unwrap_or_default();
        let left = self.side("left", missing, MISSING);
        let operator = node.needed_word("operator", OPERATORS);
        let right = self.side("right", missing, MISSING);
        let is_part_of_whole = node.flag("is_part_of_whole").unwrap_or(false);
        let tolerance = node.int("tolerance", 0, i64::MAX);
        let (left, operator, right) = (left?, operator?, right?);
        let tolerance = tolerance.unwrap_or_else(|| i64::from(self.is_share(&left) || self.is_share(&right)));
        if is_part_of_whole {
            for (is_wrong, key, problem) in [
                (operator != Comparison::AtMost, "operator", RuleProblem::PartNeedsAtMost),
                (severity == Severity::Error, "severity", RuleProblem::PartIsWarning),
                (left.is_previous || right.is_previous, "is_part_of_whole", RuleProblem::PartOfOnePeriod),
            ] {
                if is_wrong {
                    self.wrong(key, problem);
                }
            }
        }
        if left.is_previous && right.is_previous {
            self.wrong("right", RuleProblem::BothEarlier);
        } else if left.formula == right.formula && left.is_previous == right.is_previous {
            self.wrong("right", RuleProblem::SameSides);
        } else if left.formula.inputs().is_empty() && right.formula.inputs().is_empty() {
            self.wrong("left", RuleProblem::NothingRead);
        }
        self.compare_measures(&left, &right);
        Some(Relation { left, operator, right, tolerance, is_part_of_whole })
    }

    /// A formula, or a table with a formula, its period and what it is worth when missing.
    fn side(&self, key: &'static str, missing: Missing, words: &[(&str, Missing)]) -> Option<Side> {
        let (node, inputs) = (self.node, self.scope.inputs);
        if !node.holds_table(key) {
            if !node.has(key) {
                node.issues.bad_value(node.place(key), "", Expected::SideOfRule);
                return None;
            }
            let formula = inputs.read(node, key, Gives::Number)?;
            return Some(Side { formula, is_previous: false, missing, label: None });
        }
        let table = node.table(key)?;
        let formula = inputs.needed(&table, "formula", Gives::Number);
        let is_previous = table.word("period", &[("same", false), ("previous", true)]).unwrap_or(false);
        let missing = table.word("missing", words).unwrap_or(missing);
        let label = table.text("label");
        table.finish();
        Some(Side { formula: formula?, is_previous, missing, label })
    }

    fn outlier(&self, severity: Severity) -> Option<Outlier> {
        let node = self.node;
        let missing = node.word("missing", MISSING_FIGURE).unwrap_or_default();
        let value = self.scope.inputs.needed(node, "outlier", Gives::Number);
        let per = if node.has("per") { self.side("per", missing, MISSING_FIGURE) } else { None };
        let against = node.word("against", AGAINST).unwrap_or(Against::Peers);
        let is_log = node.word("scale", &[("plain", false), ("log", true)]).unwrap_or(false);
        let threshold = node.scaled("threshold", 2).unwrap_or(THRESHOLD);
        if threshold <= 0 {
            node.issues.bad_value(node.place("threshold"), threshold.to_string(), Expected::AboveZero);
        }
        let usual = if against == Against::Past { PERIODS } else { PEERS };
        let at_least = node.int("at_least", 2, 1_000_000).unwrap_or(usual) as u32;
        let spread_at_least = node.int("spread_at_least", 0, 1000).unwrap_or(SPREAD) as u32;
        if severity == Severity::Error {
            self.wrong("severity", RuleProblem::OutlierIsWarning);
        }
        let value = value?;
        if is_log && self.scope.inputs.bounds(&value).is_ok_and(|(low, _)| low < 0) {
            self.wrong("scale", RuleProblem::LogOfNothing);
        }
        Some(Outlier { value, per, against, is_log, threshold, at_least, spread_at_least, missing })
    }

    /// The field whose cell carries the issue: `at`, else the single field of the first formula.
    fn at(&self, check: Option<&Check>) -> Option<FieldIx> {
        let (node, inputs) = (self.node, self.scope.inputs);
        let first = check.map(|check| match check {
            Check::Relation(relation) => &relation.left.formula,
            Check::Outlier(outlier) => &outlier.value,
        });
        let name = match (node.text("at"), first.and_then(only_input)) {
            (Some(name), _) => name,
            (None, Some(only)) if !node.has("at") => only.clone(),
            (None, _) => {
                // Without a sound formula nobody knows what `at` could have been.
                if check.is_some() && !node.has("at") {
                    node.issues.bad_value(node.place("at"), "", Expected::FieldOfThisForm);
                }
                return None;
            }
        };
        let at = FieldIx(inputs.find(node.issues, &name, || node.place("at"))? as u32);
        let mut lines = self.scope.form.sections.iter().flat_map(|section| &section.lines);
        if !lines.any(|line| line.fields.contains(&Some(at))) {
            node.issues.bad_value(node.place("at"), name, Expected::FieldOfThisForm);
        } else if !check.is_none_or(|check| reads_now(check, &name)) {
            self.wrong("at", RuleProblem::PlaceNotRead { at: name });
        }
        Some(at)
    }

    fn measure(&self, name: &str) -> Option<&Measure> {
        let field = self.scope.fields.iter().find(|field| field.id.as_str() == name)?;
        self.scope.organisation.measures.iter().find(|measure| Some(&measure.id) == field.measure.as_ref())
    }

    /// The side is a share as a form states it: rounded, so that two of them can differ by a last
    /// place and still say the same.
    fn is_share(&self, side: &Side) -> bool {
        only_input(&side.formula).and_then(|name| self.measure(name)).is_some_and(|measure| measure.label.contains('%'))
    }

    /// D020: persons compared with money. A product has a measure of its own and is left alone.
    fn compare_measures(&self, left: &Side, right: &Side) {
        let only = |side: &Side| -> Option<&Measure> {
            let mut measures: Vec<&Measure> =
                side.formula.inputs().iter().map(|name| self.measure(name)).collect::<Option<_>>()?;
            measures.dedup_by_key(|measure| measure.id.clone());
            match measures.as_slice() {
                [only] if !side.formula.text().contains('*') => Some(only),
                _ => None,
            }
        };
        if let (Some(left), Some(right)) = (only(left), only(right))
            && left.id != right.id
        {
            let (left, right) = (left.label.clone(), right.label.clone());
            let kind = IssueKind::MeasuresCompared { rule: self.id.into(), left, right };
            self.node.issues.add(kind, self.node.place("right"));
        }
    }
}

/// The formula is the name of one field.
fn only_input(formula: &Formula) -> Option<&Text> {
    match formula.inputs() {
        [input] if **input == *formula.text().trim() => Some(input),
        _ => None,
    }
}

/// The check reads the field in the period that it is asked in.
fn reads_now(check: &Check, name: &str) -> bool {
    let reads = |formula: &Formula| formula.inputs().iter().any(|input| **input == *name);
    let side = |side: &Side| !side.is_previous && reads(&side.formula);
    match check {
        Check::Relation(relation) => side(&relation.left) || side(&relation.right),
        Check::Outlier(outlier) => reads(&outlier.value),
    }
}
