//! The lists of one release, and what else speaks of one: fields of the root and of `Release`.

use super::{aggregate, standing, units, verification, what_if};
use crate::about::About;
use crate::list::{Argument, From, ListSpec, Row, argument, columns_field, input, page_field, parse_date};
use crate::lists::{self, LISTS};
use crate::session::{session, shelf_of};
use crate::shelf::Shelf;
use async_graphql::Error;
use async_graphql::dynamic::{Object, ResolverContext, TypeRef};
use std::sync::Arc;

/// Fields that speak of one release.
pub(super) fn with_release_fields(object: Object) -> Object {
    let object = LISTS.iter().fold(object, |object, list| list_fields(object, list));
    let object = aggregate::release_fields(units::release_fields(object));
    verification::release_fields(standing::release_fields(what_if::release_fields(object)))
}

/// A list and its columns.
fn list_fields(object: Object, list: &'static ListSpec) -> Object {
    let about = list.about;
    match list.name {
        // A unit has a row for each span of its life: one date gives each unit once.
        "Unit" => {
            let every_span = || {
                input(
                    "everySpan",
                    TypeRef::named(TypeRef::BOOLEAN),
                    About::new(
                        "true: mọi khoảng thời gian của mọi đơn vị, không chỉ tại một ngày",
                        "true: every span of every unit's life, not one date alone",
                    ),
                )
            };
            let as_of = || {
                input(
                    "asOf",
                    TypeRef::named("Date"),
                    About::new(
                        "tổ chức tại ngày này; mặc định theo kỳ cuối",
                        "the organisation at this date; by default of the last period",
                    ),
                )
            };
            object
                .field(page_field(list.plural, about, list, living).argument(as_of()).argument(every_span()))
                .field(columns_field(list, living).argument(as_of()).argument(every_span()))
        }
        "Ranking" => {
            let kind = || input("kind", TypeRef::named(TypeRef::ID), About::new("loại đơn vị", "kind of the unit"));
            object
                .field(page_field(list.plural, about, list, of_kind).argument(kind()))
                .field(columns_field(list, of_kind).argument(kind()))
        }
        _ => object
            .field(page_field(list.plural, about, list, |ctx| Ok((shelf_of(ctx)?, From::Table))))
            .field(columns_field(list, |ctx| Ok((shelf_of(ctx)?, From::Table)))),
    }
}

/// Units that live at a date.
fn living(ctx: &ResolverContext<'_>) -> Result<(Arc<Shelf>, From), Error> {
    let shelf = shelf_of(ctx)?;
    let date = argument(&ctx.args, "asOf").map(|text| parse_date(&text)).transpose()?;
    if matches!(ctx.args.given("everySpan"), Some(async_graphql::Value::Boolean(true))) {
        return match date {
            None => Ok((shelf, From::Table)),
            Some(_) => Err(crate::Code::BadUserInput
                .error("chỉ dùng một trong asOf và everySpan / use one of asOf and everySpan, not both")),
        };
    }
    let at = date.unwrap_or_else(|| shelf.last_as_of());
    let rows = Arc::new(shelf.tree(at).living().to_vec());
    Ok((shelf, From::Rows { word: at.to_string(), rows, as_of: date }))
}

/// Places of units of one kind.
fn of_kind(ctx: &ResolverContext<'_>) -> Result<(Arc<Shelf>, From), Error> {
    let shelf = shelf_of(ctx)?;
    let Some(kind) = argument(&ctx.args, "kind") else { return Ok((shelf, From::Table)) };
    let list = &lists::RANKINGS;
    let mut rows = Vec::new();
    for row in 0..shelf.rows(list) {
        if row % 65_536 == 0 {
            session(ctx).check_time()?;
        }
        let it = Row::new(&shelf, row);
        let unit = it.text(list, "unit").and_then(|code| crate::list::unit_at(&shelf, code, it.text(list, "period")));
        if unit.is_some_and(|unit| Row::new(&shelf, unit).text(&lists::UNITS, "kind") == Some(&*kind)) {
            rows.push(row);
        }
    }
    let word = format!("kind {kind}");
    Ok((shelf, From::rows(word, rows)))
}
