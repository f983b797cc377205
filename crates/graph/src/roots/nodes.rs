//! Rows by their id.

use super::arguments::{required_id, text_of};
use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, Row, input, node};
use crate::lists::PERIODS;
use crate::session::{resolve, session};
use async_graphql::dynamic::{Field, FieldValue, Object, TypeRef};
use async_graphql::{Error, Value};

/// Ids of one `nodes`.
const IDS: usize = 500;

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("node", TypeRef::named("Node"), |ctx| {
            let found = node(session(&ctx), &text_of(&ctx, "id"));
            resolve(&ctx, found.map(|found| found.map(|(list, row)| FieldValue::owned_any(row).with_type(list.name))))
        })
        .description(
            About::new("Một dòng theo id; null nếu không có", "A row by its id; null when there is none").text(),
        )
        .argument(required_id("id", About::new("id của dòng", "id of the row"))),
    )
    .field(
        Field::new("nodes", TypeRef::named_list("Node"), |ctx| {
            let ids = match ctx.args.given("ids") {
                Some(Value::List(ids)) => ids.as_slice(),
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            let found = (|| {
                if ids.len() > IDS {
                    return Err(Code::BadUserInput.error(format!("ids: không quá {IDS} / at most {IDS}")));
                }
                // The executor's lists of an interface have no gaps: a row that everybody sees
                // stands in them until the answer is done.
                let stand_in = session(&ctx).shelf.as_ref().map(|shelf| Row::new(shelf, 0));
                let each = |(at, id): (usize, &Value)| -> Result<Option<FieldValue<'static>>, Error> {
                    let Value::String(id) = id else { return Err(Code::BadUserInput.error("ids?")) };
                    if let Some((list, row)) = node(session(&ctx), id)? {
                        return Ok(Some(FieldValue::owned_any(row).with_type(list.name)));
                    }
                    session(&ctx).whole.leave_gap(&ctx, at);
                    Ok(stand_in.clone().map(|row| FieldValue::owned_any(row).with_type(PERIODS.name)))
                };
                let found: Option<Vec<_>> = ids.iter().enumerate().map(each).collect::<Result<_, _>>()?;
                // Nothing is published: there is no row at all.
                Ok(found
                    .map_or_else(|| session(&ctx).whole.leave(&ctx, vec![Value::Null; ids.len()]), FieldValue::list))
            })();
            resolve(&ctx, found.map(Some))
        })
        .description(
            About::new(
                "Nhiều dòng theo id, đúng thứ tự; null ở chỗ không có dòng nào",
                "Rows by their ids, in their order; null where there is none",
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
