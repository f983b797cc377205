//! What rows can tell beyond their own columns: relations, sources, explanations.

mod cells;
mod fields;
mod intervals;
mod lists;
mod rankings;
mod results;
mod sources;
mod units;

use crate::list::ListSpec;
use async_graphql::dynamic::{Object, SchemaBuilder};

/// The type of a list's rows, with everything they tell.
pub(crate) fn complete(list: &'static ListSpec, object: Object) -> Object {
    match list.name {
        "Unit" => units::complete(object),
        "Result" => results::complete(object),
        "Ranking" => rankings::complete(object),
        "Score" => fields::with_criterion(object),
        "Fact" => fields::with_submission(object),
        "Submission" => fields::with_contents(object),
        "Indicator" => fields::with_definition(object),
        "Work" | "Award" | "House" | "Training" | "Movement" | "Change" | "OfficialClass" => {
            lists::with_cells(list, object)
        }
        _ => object,
    }
}

/// Types that only rows lead to.
pub(crate) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let builder = results::register(builder);
    let builder = sources::register(builder);
    let builder = rankings::register(builder);
    lists::register(builder)
}
