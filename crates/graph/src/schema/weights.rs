//! What fields weigh before anything is executed.

use crate::guard::Catalog;
use crate::limits::Limits;
use async_graphql::dynamic::Schema;

/// Items of a list without `first`: criteria of a table, policies, cells of a row.
const LIST: u64 = 20;

/// Read from the schema; single fields that compute weigh more than those that look up.
pub(crate) fn weights(schema: &Schema, limits: &Limits) -> Catalog {
    let all = Catalog::of(schema.registry(), u64::from(limits.page), LIST);
    HEAVY.iter().fold(all, |catalog, (parent, field, own)| catalog.own(parent, field, *own))
}

/// Fields that read many rows for one value.
const HEAVY: &[(&str, &str, u64)] = &[
    ("Ranking", "criteria", 100),
    ("Ranking", "nextPlace", 20),
    ("Ranking", "tiedWith", 20),
    ("Result", "funnel", 10),
    ("Result", "sources", 10),
    ("Result", "sourcesCount", 50),
    ("Indicator", "results", 500),
    ("Query", "aggregate", 3_000),
    ("Release", "aggregate", 3_000),
    ("Query", "compare", 5_000),
    ("Query", "whatIf", 20_000),
    ("Release", "whatIf", 20_000),
    ("Query", "standing", 20_000),
    ("Release", "standing", 20_000),
    ("Comparison", "split", 50_000),
    ("Query", "verification", 50_000),
    ("Release", "verification", 50_000),
    ("Query", "history", 500),
];
