//! What a valid definition probably does not mean: kinds and clusters without units, deadlines that
//! nobody can meet.
//!
//! In:  a campaign without errors, and the root table of `campaign.toml` for the places.
//! Out: warnings (D014, D015, D016); the campaign can be used as it is.

use crate::definition::{Campaign, Period};
use crate::load::issues::Issues;
use crate::load::node::Node;
use thidua_model::{DocumentId, IssueKind, LevelId, Place, Text};

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
