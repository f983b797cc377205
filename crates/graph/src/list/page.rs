//! Pages of a list as Relay connections.

use super::args::{Argument, canonical, paging};
use super::filter_input::filter_name;
use super::order::order_name;
use super::plain_nodes::Plain;
use super::select::From;
use super::{Asked, FieldSpec, Holds, ListSpec, Paging, Row, Rows, Target, cursor, select};
use crate::about::About;
use crate::session::{Session, resolve, session};
use crate::shelf::Shelf;
use async_graphql::dynamic::{
    Field, FieldFuture, FieldValue, InputValue, Object, ResolverContext, SchemaBuilder, TypeRef,
};
use async_graphql::{Error, Name, Value};
use std::sync::Arc;
use thidua_model::Date;

/// A page: rows `from..to` of what was asked.
#[derive(Clone)]
pub(crate) struct Page {
    shelf: Arc<Shelf>,
    /// See [`Row::as_of`].
    as_of: Option<Date>,
    rows: Rows,
    asked: u64,
    from: u32,
    to: u32,
}

struct Edge {
    row: Row,
    cursor: String,
}

/// Cuts the page asked for.
///
/// # Errors
/// Those of selecting, paging and cursors.
pub(crate) fn page(session: &Session, shelf: &Arc<Shelf>, asked: &Asked, paging: &Paging) -> Result<Page, Error> {
    let rows = select(session, shelf, asked)?;
    let fingerprint = asked.fingerprint(&session.scope.key());
    let position = |cursor: &Option<String>| {
        cursor.as_deref().map(|cursor| cursor::read(cursor, shelf.id(), fingerprint)).transpose()
    };
    let (from, to) = paging.span(rows.len(), position(&paging.after)?, position(&paging.before)?);
    Ok(Page { shelf: Arc::clone(shelf), as_of: asked.from.as_of(), rows, asked: fingerprint, from, to })
}

impl Page {
    fn rows(&self) -> impl Iterator<Item = (u32, Row)> + '_ {
        (self.from..self.to).map(|position| (position, Row::new(&self.shelf, self.rows.get(position)).at(self.as_of)))
    }

    fn cursor(&self, position: u32) -> String {
        cursor::write(self.shelf.id(), self.asked, position)
    }
}

/// Arguments of every field that lists.
pub(crate) fn with_paging(field: Field, list: &'static ListSpec) -> Field {
    with_choice(field, list)
        .argument(input(
            "first",
            TypeRef::named(TypeRef::INT),
            About::new(
                "bao nhiêu dòng đầu; cần first hoặc last, không quá 500",
                "how many from the start; first or last is required, at most 500",
            ),
        ))
        .argument(input(
            "last",
            TypeRef::named(TypeRef::INT),
            About::new("bao nhiêu dòng cuối", "how many from the end"),
        ))
        .argument(input("after", TypeRef::named(TypeRef::STRING), About::new("sau con trỏ này", "after this cursor")))
        .argument(input(
            "before",
            TypeRef::named(TypeRef::STRING),
            About::new("trước con trỏ này", "before this cursor"),
        ))
}

/// What the arguments of a field ask of a list.
pub(crate) fn asked(ctx: &ResolverContext<'_>, list: &'static ListSpec, from: From) -> Asked {
    let order = ctx.args.given("orderBy").map(canonical);
    let mut conditions: Vec<Value> = ctx.args.given("filter").map(canonical).into_iter().collect();
    for field in shortcuts(list) {
        if let Some(code) = ctx.args.given(field.name) {
            conditions.push(condition(field.name, "eq", code.clone()));
        }
    }
    let filter = match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(condition_of("and", Value::List(conditions))),
    };
    Asked { list, filter, order, from }
}

/// `{field: {test: value}}`.
fn condition(field: &str, test: &str, value: Value) -> Value {
    condition_of(field, condition_of(test, value))
}

fn condition_of(name: &str, value: Value) -> Value {
    Value::Object([(Name::new(name), value)].into_iter().collect())
}

/// The rows that a list refers to can be named beside the filter: `results(unit: "x")`.
fn shortcuts(list: &'static ListSpec) -> impl Iterator<Item = &'static FieldSpec> {
    list.fields.iter().filter(|field| matches!(field.holds, Holds::Ref(target) if target != Target::Measure))
}

/// Filter, order, and the rows referred to.
pub(crate) fn with_choice(field: Field, list: &'static ListSpec) -> Field {
    let field = shortcuts(list)
        .fold(field, |made, field| made.argument(input(field.name, TypeRef::named(TypeRef::ID), field.about)));
    field.argument(input("filter", TypeRef::named(filter_name(list)), About::new("điều kiện", "conditions"))).argument(
        input(
            "orderBy",
            TypeRef::named_nn_list(order_name(list)),
            About::new("thứ tự, không quá ba cột", "order, at most three fields"),
        ),
    )
}

pub(crate) fn input(name: &str, of: TypeRef, about: About) -> InputValue {
    InputValue::new(name, of).description(about.text())
}

/// A field that lists rows by pages. `from` says what the rows are taken from.
pub(crate) fn page_field(
    name: &str,
    about: About,
    list: &'static ListSpec,
    from: impl Fn(&ResolverContext<'_>) -> Result<(Arc<Shelf>, From), Error> + Send + Sync + 'static,
) -> Field {
    let field = Field::new(name, TypeRef::named(connection_name(list)), move |ctx| {
        let value = from(&ctx).and_then(|(shelf, from)| {
            let session = session(&ctx);
            let asked = asked(&ctx, list, from);
            let paging = paging(&ctx.args, session.limits.page)?;
            page(session, &shelf, &asked, &paging).map(|page| Some(FieldValue::owned_any(page)))
        });
        resolve(&ctx, value)
    });
    with_paging(field.description(about.text()), list)
}

fn connection_name(list: &ListSpec) -> String {
    format!("{}Connection", list.name)
}

fn edge_name(list: &ListSpec) -> String {
    format!("{}Edge", list.name)
}

/// `PageInfo`, and for each list its connection and edge.
pub(crate) fn register_page(builder: SchemaBuilder, lists: &[&'static ListSpec]) -> SchemaBuilder {
    let text = |value: Option<String>| value.map(|text| FieldValue::value(Value::String(text)));
    let info = Object::new("PageInfo")
        .description(About::new("Vị trí của trang trong danh sách", "Where a page stands in its list").text())
        .field(of_info(
            "hasNextPage",
            TypeRef::named_nn(TypeRef::BOOLEAN),
            About::new("còn dòng phía sau", "rows follow"),
            |page| Some(FieldValue::value(page.to < page.rows.len())),
        ))
        .field(of_info(
            "hasPreviousPage",
            TypeRef::named_nn(TypeRef::BOOLEAN),
            About::new("còn dòng phía trước", "rows precede"),
            |page| Some(FieldValue::value(page.from > 0)),
        ))
        .field(of_info(
            "startCursor",
            TypeRef::named(TypeRef::STRING),
            About::new("con trỏ của dòng đầu trang", "cursor of the first row"),
            move |page| text((page.from < page.to).then(|| page.cursor(page.from))),
        ))
        .field(of_info(
            "endCursor",
            TypeRef::named(TypeRef::STRING),
            About::new("con trỏ của dòng cuối trang", "cursor of the last row"),
            move |page| text((page.from < page.to).then(|| page.cursor(page.to - 1))),
        ));
    lists.iter().fold(builder.register(info), |builder, list| {
        let connection = Object::new(connection_name(list))
            .description(list.about.text())
            .field(of_page(
                "edges",
                TypeRef::named_nn_list_nn(edge_name(list)),
                About::new("dòng và con trỏ", "rows with their cursors"),
                |page| {
                    let edges = page
                        .rows()
                        .map(|(position, row)| FieldValue::owned_any(Edge { row, cursor: page.cursor(position) }));
                    Some(FieldValue::list(edges.collect::<Vec<_>>()))
                },
            ))
            .field(nodes(list))
            .field(of_page(
                "totalCount",
                TypeRef::named_nn(TypeRef::INT),
                About::new("số dòng của cả danh sách", "rows of the whole list"),
                |page| Some(FieldValue::value(page.rows.len())),
            ))
            .field(of_page(
                "pageInfo",
                TypeRef::named_nn("PageInfo"),
                About::new("vị trí của trang", "where the page stands"),
                |page| Some(FieldValue::owned_any(page.clone())),
            ));
        let edge = Object::new(edge_name(list))
            .description(list.about.text())
            .field(
                Field::new("node", TypeRef::named_nn(list.name), |ctx| {
                    let edge = ctx.parent_value.downcast_ref::<Edge>();
                    FieldFuture::Value(edge.map(|edge| FieldValue::borrowed_any(&edge.row)))
                })
                .description(About::new("dòng", "the row").text()),
            )
            .field(
                Field::new("cursor", TypeRef::named_nn(TypeRef::STRING), |ctx| {
                    let edge = ctx.parent_value.downcast_ref::<Edge>();
                    FieldFuture::Value(edge.map(|edge| FieldValue::value(edge.cursor.clone())))
                })
                .description(About::new("con trỏ của dòng", "the row's cursor").text()),
            );
        builder.register(connection).register(edge)
    })
}

fn of_page(
    name: &str,
    of: TypeRef,
    about: About,
    value: impl Fn(&Page) -> Option<FieldValue<'static>> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| FieldFuture::Value(ctx.parent_value.downcast_ref::<Page>().and_then(&value)))
        .description(about.text())
}

/// The rows; made at once when nothing but their own columns is asked.
fn nodes(list: &'static ListSpec) -> Field {
    Field::new("nodes", TypeRef::named_nn_list_nn(list.name), move |ctx| {
        let Some(page) = ctx.parent_value.downcast_ref::<Page>() else { return FieldFuture::Value(None) };
        let rows = page.rows().map(|(_, row)| row);
        let plain = Plain::of(list, &ctx.item.node.selection_set.node).filter(|_| !session(&ctx).is_merged);
        FieldFuture::Value(Some(match plain {
            Some(plain) => {
                let view = session(&ctx).view(&page.shelf);
                session(&ctx).whole.leave(&ctx, rows.map(|row| plain.value(&view, list, &row)).collect())
            }
            None => FieldValue::list(rows.map(FieldValue::owned_any).collect::<Vec<_>>()),
        }))
    })
    .description(About::new("các dòng", "the rows").text())
}

/// A field of `PageInfo`: of a page, or of a list that was worked out and cut already.
fn of_info(
    name: &'static str,
    of: TypeRef,
    about: About,
    value: impl Fn(&Page) -> Option<FieldValue<'static>> + Send + Sync + 'static,
) -> Field {
    Field::new(name, of, move |ctx| {
        let told = match ctx.parent_value.as_value() {
            Some(Value::Object(fields)) => {
                fields.get(name).filter(|value| !matches!(value, Value::Null)).cloned().map(FieldValue::value)
            }
            _ => ctx.parent_value.downcast_ref::<Page>().and_then(&value),
        };
        FieldFuture::Value(told)
    })
    .description(about.text())
}
