//! The fields of the root, and of a release.

mod aggregate;
mod arguments;
mod campaign;
mod compare;
mod history;
mod limits;
mod lists;
mod nodes;
mod release;
mod slices;
mod split;
mod standing;
mod units;
mod verification;
mod what_if;

use crate::about::About;
use async_graphql::dynamic::{Object, SchemaBuilder};

/// The root type.
pub(crate) fn query() -> Object {
    let root = Object::new("Query").description(
        About::new(
            "Số liệu của các bản đã công bố. Các danh sách nói về bản hiện hành, hoặc bản được ghim bằng ?release=",
            "Figures of published releases. Lists speak of the current release, or of the one pinned by ?release=",
        )
        .text(),
    );
    let root = lists::with_release_fields(root);
    let root = release::root_fields(root);
    let root = campaign::root_fields(root);
    let root = nodes::root_fields(root);
    let root = compare::root_fields(root);
    let root = history::root_fields(root);
    limits::root_fields(root)
}

/// Types that only the root leads to.
pub(crate) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let builder = release::register(builder);
    let builder = campaign::register(builder);
    let builder = units::register(builder);
    let builder = aggregate::register(builder);
    let builder = compare::register(builder);
    let builder = history::register(builder);
    let builder = what_if::register(builder);
    let builder = standing::register(builder);
    let builder = split::register(builder);
    let builder = verification::register(builder);
    limits::register(builder)
}
