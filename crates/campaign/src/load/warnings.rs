//! What a valid definition probably does not mean: kinds and clusters without units, deadlines that
//! nobody can meet, rules that can never be decided.
//!
//! In:  a campaign without errors, and the root table of `campaign.toml` for the places.
//! Out: warnings (D014, D015, D016, D019); the campaign can be used as it is.

use crate::definition::{Campaign, Form, Period};
use crate::load::issues::Issues;
use crate::load::node::Node;
use crate::rules::{Against, Check, Missing, Rule};
use std::collections::BTreeSet;
use thidua_formula::Formula;
use thidua_model::issue::IdleRule;
use thidua_model::{DocumentId, FieldIx, IssueKind, LevelId, Place, Text};

pub(crate) fn find(root: &Node<'_>, campaign: &Campaign, issues: &Issues) {
    let spans = || campaign.units.iter().flat_map(|unit| &unit.spans);
    for (at, (kind, place)) in declared(root, "kinds").into_iter().enumerate() {
        if spans().all(|span| span.kind != at) {
            issues.add(IssueKind::KindUnused { kind }, place);
        }
    }
    for (at, (cluster, place)) in declared(root, "clusters").into_iter().enumerate() {
        if spans().all(|span| span.cluster != Some(at)) {
            issues.add(IssueKind::ClusterEmpty { cluster }, place);
        }
    }
    for (period, node) in campaign.periods.iter().zip(root.tables("periods")) {
        for (deadline, node) in period.deadlines.iter().zip(node.tables("deadlines")) {
            if !can_be_met(campaign, period, &deadline.document, &deadline.level) {
                let (document, level) = (deadline.document.text(), deadline.level.text());
                issues.add(IssueKind::DueWithoutForm { document, level, as_of: period.as_of }, node.here());
            }
        }
    }
    let asked = asked(campaign);
    for form in &campaign.forms {
        for rule in &form.rules {
            if let Some(why) = idle(campaign, form, rule, &asked) {
                issues.add(IssueKind::RuleIdle { rule: rule.id.clone(), why }, rule.place.clone());
            }
        }
    }
}

/// Why a rule can never be decided, as far as the definition alone tells.
fn idle(campaign: &Campaign, form: &Form, rule: &Rule, asked: &BTreeSet<(LevelId, FieldIx)>) -> Option<IdleRule> {
    let (formulas, looks_back) = match &rule.check {
        Check::Relation(relation) => {
            let sides = [&relation.left, &relation.right];
            let needed = sides.iter().filter(|side| side.missing != Missing::Zero).map(|side| &side.formula);
            (needed.collect::<Vec<_>>(), sides.iter().any(|side| side.is_previous))
        }
        Check::Outlier(outlier) => {
            if outlier.against == Against::Cluster && campaign.clusters.is_empty() {
                return Some(IdleRule::NoClusters);
            }
            let per = outlier.per.as_ref();
            let formulas = std::iter::once(&outlier.value).chain(per.map(|per| &per.formula)).collect();
            (formulas, outlier.against == Against::Past || per.is_some_and(|per| per.is_previous))
        }
    };
    if looks_back {
        let has_due = |period: &&Period| period.deadlines.iter().any(|deadline| deadline.document == form.document);
        let periods = campaign.periods.iter().filter(has_due).count();
        // A document without any deadline can come in every period.
        if periods == 1 || campaign.periods.len() == 1 {
            return Some(IdleRule::NoEarlierPeriod { document: form.document.text() });
        }
    }
    // A formula that says what a missing value is worth can do without it.
    let copes = |formula: &Formula| ["coalesce", "null", "case"].iter().any(|word| formula.text().contains(word));
    let inputs: Vec<&Text> = formulas.into_iter().filter(|it| !copes(it)).flat_map(|it| it.inputs()).collect();
    let levels = if rule.levels.is_empty() { &form.levels } else { &rule.levels };
    let is_asked = |level: &LevelId, input: &Text| {
        campaign.find_field(input).is_some_and(|field| asked.contains(&(level.clone(), field)))
    };
    if levels.iter().any(|level| inputs.iter().all(|input| is_asked(level, input))) {
        return None;
    }
    let absent = inputs.into_iter().find(|input| !levels.iter().any(|level| is_asked(level, input)))?;
    let levels: Vec<&str> = levels.iter().map(LevelId::as_str).collect();
    Some(IdleRule::NotAsked { field: absent.clone(), levels: levels.join(", ").into() })
}

/// The fields that reports of a level can hold: lines, and what lists count.
fn asked(campaign: &Campaign) -> BTreeSet<(LevelId, FieldIx)> {
    let mut asked = BTreeSet::new();
    for form in &campaign.forms {
        for line in form.sections.iter().flat_map(|section| &section.lines) {
            let levels = if line.levels.is_empty() { &form.levels } else { &line.levels };
            let fields = line.fields.iter().flatten();
            asked.extend(fields.flat_map(|field| levels.iter().map(|level| (level.clone(), *field))));
        }
        for list in &form.lists {
            for count in &list.counts {
                // A row can name a unit of any level.
                let levels: Vec<&LevelId> = match count.unit_column {
                    Some(_) => campaign.levels.iter().map(|level| &level.id).collect(),
                    None => list.levels.iter().collect(),
                };
                asked.extend(levels.into_iter().map(|level| (level.clone(), count.field)));
            }
        }
    }
    asked
}

/// Ids in their order, each with its place. In a definition without errors, positions are those of
/// the campaign.
fn declared(root: &Node<'_>, key: &'static str) -> Vec<(Text, Place)> {
    root.tables(key).into_iter().map(|node| (node.text_or("id", ""), node.place("id"))).collect()
}

/// A document without a form (a plan) only needs to arrive.
fn can_be_met(campaign: &Campaign, period: &Period, document: &DocumentId, level: &LevelId) -> bool {
    let has_form = campaign.documents.iter().any(|it| it.id == *document && it.has_form);
    !has_form
        || campaign.forms.iter().any(|form| {
            form.document == *document
                && form.levels.contains(level)
                && form.valid_from <= period.as_of
                && form.valid_to.is_none_or(|to| period.as_of <= to)
        })
}
