//! A unit: who stands above and below it at a date, and its rows of every list.

use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, From, ListSpec, Row, argument, input, page_field, parse_date};
use crate::lists::{self, LISTS};
use crate::session::{resolve, session};
use crate::shelf::Tree;
use async_graphql::dynamic::{Field, FieldValue, Object, ResolverContext, TypeRef};
use async_graphql::{Error, Value};
use std::sync::Arc;
use thidua_model::Date;
use thidua_model::date::{days, from_days};

/// Ancestors and levels below that one field gives.
const LEVELS: i64 = 16;

pub(super) fn complete(object: Object) -> Object {
    let object = hierarchy(object);
    let of_unit = LISTS.iter().copied().filter(|list| list.unit.is_some() && list.name != "Unit");
    of_unit.fold(object, |object, list: &'static ListSpec| {
        object.field(page_field(list.plural, list.about, list, |ctx| {
            let row = unit(ctx)?;
            let code = row.text(&lists::UNITS, "unit").unwrap_or_default().to_owned();
            Ok((Arc::clone(&row.shelf), From::Unit(code)))
        }))
    })
}

fn unit<'c>(ctx: &'c ResolverContext<'_>) -> Result<&'c Row, Error> {
    ctx.parent_value.downcast_ref::<Row>().ok_or_else(|| Code::Internal.error("Unit"))
}

/// The date at which the hierarchy around a unit is taken: the one asked, else that of the period
/// or of the question that led to the unit, else that of the last period; moved into the span that
/// the row is of.
fn date(ctx: &ResolverContext<'_>, row: &Row) -> Result<Date, Error> {
    if let Some(text) = argument(&ctx.args, "asOf") {
        return parse_date(&text);
    }
    let last = row.as_of.unwrap_or_else(|| row.shelf.units_as_of(None));
    let bound = |column: &str| row.int(&lists::UNITS, column);
    let day = days(last);
    let day = bound("valid_to").map_or(day, |to| day.min(to));
    let day = bound("valid_from").map_or(day, |from| day.max(from));
    Ok(from_days(day).unwrap_or(last))
}

struct Around {
    tree: Arc<Tree>,
    date: Date,
    code: u32,
}

fn around(ctx: &ResolverContext<'_>, row: &Row) -> Result<Option<Around>, Error> {
    let date = date(ctx, row)?;
    let code = row.text(&lists::UNITS, "unit").and_then(|code| row.shelf.unit_words()?.find(code));
    Ok(code.map(|code| Around { tree: row.shelf.tree(date), date, code }))
}

fn hierarchy(object: Object) -> Object {
    let as_of = || {
        input(
            "asOf",
            TypeRef::named("Date"),
            About::new("tại ngày này; mặc định theo kỳ cuối", "at this date; by default of the last period"),
        )
    };
    let parent = Field::new("parent", TypeRef::named("Unit"), |ctx| {
        let found = unit(&ctx).and_then(|row| {
            let Some(at) = around(&ctx, row)? else { return Ok(None) };
            let parent = at.tree.parent(at.code).and_then(|code| at.tree.row(code));
            Ok(parent.and_then(|found| seen(&ctx, row, found)).map(|found| found.at(Some(at.date))))
        });
        resolve(&ctx, found.map(|row| row.map(FieldValue::owned_any)))
    })
    .description(About::new("Công đoàn cấp trên trực tiếp", "The unit above").text())
    .argument(as_of());
    let ancestors = Field::new("ancestors", TypeRef::named_nn_list("Unit"), |ctx| {
        let found = unit(&ctx).and_then(|row| {
            let Some(at) = around(&ctx, row)? else { return Ok(Vec::new()) };
            let above = at.tree.ancestors(at.code).into_iter().take(LEVELS as usize);
            let above = above.filter_map(|code| seen(&ctx, row, at.tree.row(code)?));
            Ok(above.map(|found| FieldValue::owned_any(found.at(Some(at.date)))).collect())
        });
        resolve(&ctx, found.map(|rows| Some(FieldValue::list(rows))))
    })
    .description(About::new("Các cấp trên, gần nhất trước", "Units above, nearest first").text())
    .argument(as_of());
    let children = page_field(
        "children",
        About::new("Các đơn vị trực tiếp bên dưới", "Units directly below"),
        &lists::UNITS,
        |ctx| below(ctx, 1),
    )
    .argument(as_of());
    let descendants = page_field(
        "descendants",
        About::new("Mọi đơn vị bên dưới", "All units below"),
        &lists::UNITS,
        |ctx| {
            let depth = match ctx.args.given("depth") {
                Some(Value::Number(number)) => number.as_i64().unwrap_or(0),
                _ => LEVELS,
            };
            if !(1..=LEVELS).contains(&depth) {
                return Err(Code::BadUserInput.error(format!("depth: 1 … {LEVELS}")));
            }
            below(ctx, depth as u32)
        },
    )
    .argument(as_of())
    .argument(input(
        "depth",
        TypeRef::named(TypeRef::INT),
        About::new("bao nhiêu cấp; mặc định tất cả", "how many levels; by default all"),
    ));
    let spans = Field::new("spans", TypeRef::named_nn_list("Unit"), |ctx| {
        let found = unit(&ctx).map(|row| {
            let code = row.text(&lists::UNITS, "unit").unwrap_or_default();
            let spans = row.shelf.rows_of_unit(&lists::UNITS, code).iter();
            let spans = spans.filter_map(|at| seen(&ctx, row, *at)).map(FieldValue::owned_any);
            Some(FieldValue::list(spans.collect::<Vec<_>>()))
        });
        resolve(&ctx, found)
    })
    .description(
        About::new(
            "Mọi khoảng thời gian của đơn vị: thành lập, chuyển, đổi tên, giải thể",
            "Every span of the unit's life: founded, moved, renamed, dissolved",
        )
        .text(),
    );
    object.field(parent).field(ancestors).field(children).field(descendants).field(spans)
}

/// The row as the request may see it.
fn seen(ctx: &ResolverContext<'_>, of: &Row, row: u32) -> Option<Row> {
    session(ctx).sees_row(&of.shelf, &lists::UNITS, row).then(|| Row::new(&of.shelf, row))
}

fn below(ctx: &ResolverContext<'_>, depth: u32) -> Result<(Arc<crate::shelf::Shelf>, From), Error> {
    let row = unit(ctx)?;
    let shelf = Arc::clone(&row.shelf);
    let Some(at) = around(ctx, row)? else { return Ok((shelf, From::rows(String::new(), Vec::new()))) };
    let mut rows: Vec<u32> =
        at.tree.descendants(at.code, depth).into_iter().filter_map(|code| at.tree.row(code)).collect();
    rows.sort_unstable();
    let word = format!("below {} {} {depth}", row.text(&lists::UNITS, "unit").unwrap_or_default(), at.date);
    Ok((shelf, From::Rows { word, rows: Arc::new(rows), as_of: Some(at.date) }))
}
