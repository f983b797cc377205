//! Units of two registers: who came, who went, who stands elsewhere.

use super::{Change, ChangeKind, NOTHING};
use crate::definition::{Campaign, LevelBasis, Unit, UnitSpan};
use std::collections::{BTreeMap, BTreeSet};
use thidua_model::UnitIx;
use thidua_model::date::dmy;

pub(super) fn compare(from: &Campaign, to: &Campaign, found: &mut Vec<Change>) {
    let mut tell = |kind, line| found.push(Change { kind, line });
    let codes: BTreeSet<&str> = from.units.iter().chain(&to.units).map(|unit| unit.id.as_str()).collect();
    for code in codes {
        let of = |campaign: &Campaign| campaign.find_unit(code).map(|unit| campaign.unit(unit).clone());
        let (old, new) = match (of(from), of(to)) {
            (Some(old), Some(new)) => (old, new),
            (None, Some(new)) => {
                tell(ChangeKind::UnitAdded, format!("{code}: {}", new.latest().name));
                continue;
            }
            (Some(old), None) => {
                tell(ChangeKind::UnitRemoved, format!("{code}: {}", old.latest().name));
                continue;
            }
            (None, None) => continue,
        };
        let name = &new.latest().name;
        if old.latest().name != *name {
            tell(ChangeKind::UnitRenamed, format!("{code}: {} → {name}", old.latest().name));
        }
        let parent = |campaign: &Campaign, unit: &Unit| unit.latest().parent.map(|above| named(campaign, above));
        let (old_parent, new_parent) = (parent(from, &old), parent(to, &new));
        if old_parent.as_ref().map(|it| &it.0) != new_parent.as_ref().map(|it| &it.0) {
            let shown = |parent: Option<(String, String)>| parent.map_or_else(|| NOTHING.to_owned(), |it| it.1);
            tell(ChangeKind::UnitMoved, format!("{code} {name}: {} → {}", shown(old_parent), shown(new_parent)));
        }
        let cluster = |campaign: &Campaign, unit: &Unit| {
            let cluster = unit.latest().cluster.map(|at| &campaign.clusters[at]);
            cluster.map(|it| (it.id.clone(), it.title.vi.to_string()))
        };
        let (old_cluster, new_cluster) = (cluster(from, &old), cluster(to, &new));
        if old_cluster.as_ref().map(|it| &it.0) != new_cluster.as_ref().map(|it| &it.0) {
            let shown = |cluster: Option<(_, String)>| cluster.map_or_else(|| NOTHING.to_owned(), |it| it.1);
            tell(ChangeKind::UnitCluster, format!("{code} {name}: {} → {}", shown(old_cluster), shown(new_cluster)));
        }
        let others = others((from, &old), (to, &new));
        if !others.is_empty() {
            tell(ChangeKind::UnitOther, format!("{code} {name}: {}", others.join(", ")));
        }
    }
}

/// Code and name.
fn named(campaign: &Campaign, unit: UnitIx) -> (String, String) {
    let unit = campaign.unit(unit);
    (unit.id.to_string(), unit.latest().name.to_string())
}

/// What else the rows of a unit say: columns of its last row, then the days of earlier rows that
/// are otherwise.
fn others((from, old): (&Campaign, &Unit), (to, new): (&Campaign, &Unit)) -> Vec<String> {
    let (old_columns, new_columns) = (columns(from, old.latest()), columns(to, new.latest()));
    let mut told: Vec<String> = old_columns
        .iter()
        .filter(|(column, value)| new_columns[*column] != **value)
        .map(|(column, value)| format!("{column} {value} → {}", new_columns[column]))
        .collect();
    let earlier = |campaign: &Campaign, unit: &Unit| -> BTreeSet<String> {
        let spans = &unit.spans[..unit.spans.len() - 1];
        spans.iter().map(|span| format!("{:?}{:?}", columns(campaign, span), places(campaign, span))).collect()
    };
    let (old_spans, new_spans) = (earlier(from, old), earlier(to, new));
    if old_spans != new_spans {
        let days = |campaign: &Campaign, unit: &Unit, known: &BTreeSet<String>| -> Vec<String> {
            let spans = unit.spans[..unit.spans.len() - 1].iter();
            spans
                .filter(|span| !known.contains(&format!("{:?}{:?}", columns(campaign, span), places(campaign, span))))
                .map(|span| format!("{} – {}", dmy(span.valid_from), span.valid_to.map_or_else(String::new, dmy)))
                .collect()
        };
        let mut all = days(to, new, &old_spans);
        for day in days(from, old, &new_spans) {
            if !all.contains(&day) {
                all.push(day);
            }
        }
        told.extend(all);
    }
    told
}

/// Name, parent and cluster of a row, which have changes of their own for the last one.
fn places(campaign: &Campaign, span: &UnitSpan) -> [Option<String>; 3] {
    [
        Some(span.name.to_string()),
        span.parent.map(|above| campaign.unit(above).id.to_string()),
        span.cluster.map(|at| campaign.clusters[at].id.to_string()),
    ]
}

/// The other columns of a row, by their names in the register.
fn columns(campaign: &Campaign, span: &UnitSpan) -> BTreeMap<&'static str, String> {
    let text = |value: Option<String>| value.unwrap_or_else(|| NOTHING.to_owned());
    let basis = match span.basis {
        LevelBasis::Own => "own",
        LevelBasis::Children => "children",
    };
    [
        ("kind", campaign.kind(span).id.to_string()),
        ("sector", text(span.sector.map(|at| campaign.sectors[at].id.to_string()))),
        ("ownership", text(span.ownership.as_ref().map(ToString::to_string))),
        ("basis", basis.to_owned()),
        ("members", text(span.members.map(|members| members.to_string()))),
        ("followed_by", text(span.followed_by.as_ref().map(ToString::to_string))),
        ("contact", text(span.contact.as_ref().map(ToString::to_string))),
        ("valid_from", dmy(span.valid_from)),
        ("valid_to", text(span.valid_to.map(dmy))),
    ]
    .into()
}
