//! Rows as typed columns, for data frames: one list for each field, all of one length.

use super::args::paging;
use super::page::{asked, input, with_choice};
use super::select::From;
use super::{ListSpec, Row, Rows, cursor, select, value};
use crate::about::About;
use crate::error::Code;
use crate::session::{resolve, session};
use crate::shelf::{Shelf, View};
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::sync::Arc;

/// Rows `from..to` of what was asked.
struct Columns {
    shelf: Arc<Shelf>,
    view: View,
    rows: Rows,
    asked: u64,
    from: u32,
    to: u32,
}

fn columns_name(list: &ListSpec) -> String {
    format!("{}Columns", list.name)
}

/// `unitsColumns`, beside `units`.
pub(crate) fn columns_field(
    list: &'static ListSpec,
    from: impl Fn(&ResolverContext<'_>) -> Result<(Arc<Shelf>, From), Error> + Send + Sync + 'static,
) -> Field {
    let field = Field::new(format!("{}Columns", list.plural), TypeRef::named(columns_name(list)), move |ctx| {
        let value = from(&ctx).and_then(|(shelf, from)| columns(&ctx, list, &shelf, from));
        resolve(&ctx, value.map(|columns| Some(FieldValue::owned_any(columns))))
    })
    .description(
        About::new(
            "Cùng các dòng, theo cột: mỗi trường một danh sách, dùng cho bảng dữ liệu",
            "The same rows as columns: one list for each field, for data frames",
        )
        .text(),
    );
    with_choice(field, list)
        .argument(input(
            "first",
            TypeRef::named_nn(TypeRef::INT),
            About::new("bao nhiêu dòng, không quá 10.000", "how many rows, at most 10,000"),
        ))
        .argument(input(
            "after",
            TypeRef::named(TypeRef::STRING),
            About::new("sau con trỏ này (endCursor)", "after this cursor (endCursor)"),
        ))
}

fn columns(
    ctx: &ResolverContext<'_>,
    list: &'static ListSpec,
    shelf: &Arc<Shelf>,
    from: From,
) -> Result<Columns, Error> {
    let session = session(ctx);
    let asked = asked(ctx, list, from);
    let paging = paging(&ctx.args, session.limits.column_rows)?;
    let rows = select(session, shelf, &asked)?;
    let fingerprint = asked.fingerprint(&session.scope.key());
    let after = paging.after.as_deref().map(|after| cursor::read(after, shelf.id(), fingerprint)).transpose()?;
    if paging.last.is_some() {
        return Err(Code::BadUserInput.error("last?"));
    }
    let (from, to) = paging.span(rows.len(), after, None);
    Ok(Columns { shelf: Arc::clone(shelf), view: session.view(shelf), rows, asked: fingerprint, from, to })
}

pub(crate) fn register_columns(builder: SchemaBuilder, lists: &[&'static ListSpec]) -> SchemaBuilder {
    lists.iter().fold(builder, |builder, list| builder.register(object(list)))
}

fn object(list: &'static ListSpec) -> Object {
    let made = Object::new(columns_name(list))
        .description(list.about.text())
        .field(of_columns(
            "totalCount",
            TypeRef::named_nn(TypeRef::INT),
            About::new("số dòng của cả danh sách", "rows of the whole list"),
            |it| Some(FieldValue::value(it.rows.len())),
        ))
        .field(of_columns(
            "count",
            TypeRef::named_nn(TypeRef::INT),
            About::new("số dòng ở đây", "rows given here"),
            |it| Some(FieldValue::value(it.to - it.from)),
        ))
        .field(of_columns(
            "hasNextPage",
            TypeRef::named_nn(TypeRef::BOOLEAN),
            About::new("còn dòng phía sau", "rows follow"),
            |it| Some(FieldValue::value(it.to < it.rows.len())),
        ))
        .field(of_columns(
            "endCursor",
            TypeRef::named(TypeRef::STRING),
            About::new("con trỏ của dòng cuối", "cursor of the last row"),
            |it| (it.from < it.to).then(|| FieldValue::value(cursor::write(it.shelf.id(), it.asked, it.to - 1))),
        ));
    let made = made.field(column(
        "id",
        TypeRef::named_nn_list_nn(TypeRef::ID),
        About::new("id của dòng, dùng cho node(id)", "ids of the rows, for node(id)"),
        move |it| {
            let rows = (it.from..it.to).map(|position| Row::new(&it.shelf, it.rows.get(position)));
            rows.map(|row| Value::String(row.id(list))).collect()
        },
    ));
    (0..).zip(list.fields).fold(made, |made, (at, field)| {
        let of = value::type_name(field.holds);
        let of = if field.required { TypeRef::named_nn_list_nn(of) } else { TypeRef::named_list_nn(of) };
        made.field(column(&field.flat_name(), of, field.about, move |it| {
            (it.from..it.to)
                .map(|position| {
                    value::seen(&it.shelf, &it.view, list, at, it.rows.get(position)).unwrap_or(Value::Null)
                })
                .collect()
        }))
    })
}

fn of_columns(
    name: &str,
    of: TypeRef,
    about: About,
    value: impl Fn(&Columns) -> Option<FieldValue<'static>> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| FieldFuture::Value(ctx.parent_value.downcast_ref::<Columns>().and_then(&value)))
        .description(about.text())
}

/// A field with a value for each row.
fn column(
    name: &str,
    of: TypeRef,
    about: About,
    values: impl Fn(&Columns) -> Vec<Value> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| {
        let values = ctx.parent_value.downcast_ref::<Columns>().map(&values);
        FieldFuture::Value(values.map(|values| session(&ctx).whole.leave(&ctx, values)))
    })
    .description(about.text())
}
