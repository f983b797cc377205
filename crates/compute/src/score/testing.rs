//! Tables and marks drawn as text, for the tests of this folder.

use super::items::Mark;
use thidua_campaign::{Aggregate, Bilingual, Criterion, Enough, Item, MissingItem, NotApplicableItem, ScoringTable};
use thidua_model::Points;
use thidua_model::words::{Reason, TableUse};

fn bilingual(text: &str) -> Bilingual {
    Bilingual { vi: text.into(), en: text.into() }
}

/// A line a criterion, `id points`, indented under its parent; leaves become items.
pub(crate) fn table(text: &str) -> ScoringTable {
    let mut above: Vec<(usize, usize)> = Vec::new();
    let mut criteria: Vec<Criterion> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let depth = line.len() - line.trim_start().len();
        let (id, max) = line.trim().split_once(' ').expect("id and points");
        above.retain(|(other, _)| *other < depth);
        let parent = above.last().map(|(_, at)| *at);
        above.push((depth, criteria.len()));
        criteria.push(Criterion {
            id: id.into(),
            parent,
            title: bilingual(id),
            max: Points::whole(max.parse().expect("points")),
            weight: Points::whole(max.parse().expect("points")),
            item: None,
            aggregate: Aggregate::Sum,
            enough: Enough::default(),
            missing: None,
            self_field: None,
            superior_field: None,
            explanation_field: None,
            source: String::new(),
        });
    }
    for at in 0..criteria.len() {
        if criteria.iter().all(|other| other.parent != Some(at)) {
            criteria[at].item = Some(Item::Reviewed);
        }
    }
    ScoringTable {
        id: "table".into(),
        usage: TableUse::Classification,
        title: bilingual("table"),
        levels: Vec::new(),
        kinds: Vec::new(),
        sectors: Vec::new(),
        periods: Vec::new(),
        total: Points::whole(100),
        aggregate: Aggregate::Sum,
        enough: Enough::default(),
        min_data: None,
        criteria,
        missing: MissingItem::Zero,
        not_applicable: NotApplicableItem::Redistribute,
        classes: Vec::new(),
        gates: Vec::new(),
        source: String::new(),
    }
}

/// `id part, …`: a part is `1/2`, whole points for a pure penalty, `n/a` or `missing`.
pub(crate) fn marks(table: &ScoringTable, text: &str) -> Vec<Mark> {
    let mut marks = vec![Mark::NONE; table.criteria.len()];
    for entry in text.split(", ") {
        let (id, part) = entry.split_once(' ').expect("id and part");
        let at = table.criteria.iter().position(|criterion| criterion.id.as_str() == id).expect("a criterion");
        marks[at] = match (part, part.split_once('/')) {
            ("n/a", _) => Mark::NotApplicable(Reason::DenominatorZero),
            ("missing", _) => Mark::Missing(Reason::NotReported),
            (_, Some((numerator, denominator))) => {
                Mark::Part(numerator.parse().expect("a number"), denominator.parse().expect("a number"))
            }
            _ => Mark::Fixed(Points::whole(part.parse().expect("points"))),
        };
    }
    marks
}
