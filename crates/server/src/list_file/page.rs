//! One page of a list, read from the answer to its request.

use serde_json::{Map, Value};
use thidua_graph::Walk;

/// The rows of a page, and how to go on.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) rows: Vec<Value>,
    /// The cursor that the next page begins after; `None`: this is the last.
    pub(super) next: Option<String>,
    /// Rows of the whole list.
    pub(super) total: u64,
}

impl Page {
    /// `None` when the answer is not what was asked for.
    pub(super) fn read(body: &[u8], walk: &Walk) -> Option<Self> {
        let mut answer: Map<String, Value> = serde_json::from_slice(body).ok()?;
        let Value::Object(mut list) = answer.get_mut("data")?.get_mut(&walk.list)?.take() else { return None };
        let page = list.get(walk.page)?;
        let next = match page.get("hasNextPage")?.as_bool()? {
            true => Some(page.get("endCursor")?.as_str()?.to_owned()),
            false => None,
        };
        let total = list.get(walk.total)?.as_u64()?;
        let Value::Array(rows) = list.remove(&walk.nodes)? else { return None };
        Some(Self { rows, next, total })
    }
}
