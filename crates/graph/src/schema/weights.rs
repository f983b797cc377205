//! What fields weigh before anything is executed.

use crate::guard::Catalog;
use crate::limits::Limits;
use std::sync::OnceLock;

/// Items of a list without `first`: criteria of a table, policies, cells of a row.
const LIST: u64 = 20;

/// Read from the schema; single fields that compute weigh more than those that look up.
pub(crate) fn weights() -> &'static Catalog {
    static WEIGHTS: OnceLock<Catalog> = OnceLock::new();
    WEIGHTS.get_or_init(|| {
        let schema = super::build();
        let page = u64::from(Limits::default().page);
        HEAVY.iter().fold(Catalog::of(schema.registry(), page, LIST), |catalog, (parent, field, own)| {
            catalog.own(parent, field, *own)
        })
    })
}

/// Fields that read many rows for one value.
const HEAVY: &[(&str, &str, u64)] = &[
    ("Ranking", "criteria", 100),
    ("Ranking", "nextPlace", 20),
    ("Ranking", "tiedWith", 20),
    ("Result", "sources", 10),
    ("Result", "sourcesCount", 50),
    ("Indicator", "results", 500),
];
