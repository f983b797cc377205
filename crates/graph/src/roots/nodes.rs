//! Rows by their id.

use super::release::id_argument;
use super::text_of;
use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, input, node};
use crate::session::{resolve, session};
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};

/// Ids of one `nodes`.
const IDS: usize = 500;

/// The library's lists of an interface have no gaps: this stands in them.
const NO_ROW: &str = "NoRow";

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder.register(
        Object::new(NO_ROW)
            .description(
                About::new("Không có dòng nào, hoặc không được xem", "There is no such row, or it may not be seen")
                    .text(),
            )
            .implement("Node")
            .field(
                Field::new("id", TypeRef::named_nn(TypeRef::ID), |ctx| {
                    FieldFuture::Value(ctx.parent_value.as_value().cloned().map(FieldValue::value))
                })
                .description(About::new("id đã hỏi", "the id that was asked").text()),
            ),
    )
}

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("node", TypeRef::named("Node"), |ctx| {
            let found = node(session(&ctx), &text_of(&ctx, "id"));
            resolve(&ctx, found.map(|found| found.map(|(list, row)| FieldValue::owned_any(row).with_type(list.name))))
        })
        .description(
            About::new("Một dòng theo id; null nếu không có", "A row by its id; null when there is none").text(),
        )
        .argument(id_argument(About::new("id của dòng", "id of the row"))),
    )
    .field(
        Field::new("nodes", TypeRef::named_nn_list("Node"), |ctx| {
            let ids = match ctx.args.given("ids") {
                Some(Value::List(ids)) => ids.as_slice(),
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            let found = (|| {
                if ids.len() > IDS {
                    return Err(Code::BadUserInput.error(format!("ids: không quá {IDS} / at most {IDS}")));
                }
                let each = |id: &Value| -> Result<FieldValue<'static>, Error> {
                    let Value::String(id) = id else { return Err(Code::BadUserInput.error("ids?")) };
                    let found = node(session(&ctx), id)?;
                    Ok(match found {
                        Some((list, row)) => FieldValue::owned_any(row).with_type(list.name),
                        None => FieldValue::value(Value::String(id.clone())).with_type(NO_ROW),
                    })
                };
                ids.iter().map(each).collect::<Result<Vec<_>, _>>()
            })();
            resolve(&ctx, found.map(|found| Some(FieldValue::list(found))))
        })
        .description(
            About::new(
                "Nhiều dòng theo id, đúng thứ tự; NoRow ở chỗ không có dòng nào",
                "Rows by their ids, in their order; NoRow where there is none",
            )
            .text(),
        )
        .argument(input(
            "ids",
            TypeRef::named_nn_list_nn(TypeRef::ID),
            About::new("không quá 500", "at most 500"),
        )),
    )
}
