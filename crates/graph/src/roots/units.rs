//! One unit by its code.

use super::arguments::{required_id, text_of};
use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, Row, argument, input, named_by, parse_date};
use crate::lists;
use crate::session::{resolve, session, shelf_of};
use crate::shelf::Shelf;
use async_graphql::dynamic::{Field, FieldValue, InputObject, Object, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::sync::Arc;
use thidua_model::Date;
use thidua_model::text::fold;

pub(super) fn release_fields(object: Object) -> Object {
    let as_of = || {
        input(
            "asOf",
            TypeRef::named("Date"),
            About::new(
                "đơn vị tại ngày này; mặc định theo kỳ cuối",
                "the unit at this date; by default of the last period",
            ),
        )
    };
    object
        .field(
            Field::new("unit", TypeRef::named("Unit"), |ctx| {
                let found = shelf_of(&ctx).and_then(|shelf| at(&ctx, &shelf, &text_of(&ctx, "code")));
                resolve(&ctx, found.map(|row| row.map(FieldValue::owned_any)))
            })
            .description(About::new("Một đơn vị theo mã", "A unit by its code").text())
            .argument(required_id("code", About::new("mã đơn vị", "code of the unit")))
            .argument(as_of()),
        )
        .field(
            Field::new("unitBy", TypeRef::named("Unit"), |ctx| {
                let found = shelf_of(&ctx).and_then(|shelf| by(&ctx, &shelf));
                resolve(&ctx, found.map(|row| row.map(FieldValue::owned_any)))
            })
            .description(About::new("Một đơn vị theo mã, id hoặc tên", "A unit by code, id or name").text())
            .argument(input("lookup", TypeRef::named_nn("UnitLookup"), About::new("một trong", "one of")))
            .argument(as_of()),
        )
}

/// What a unit is looked up by.
pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let by = |name: &str, of: &str, about: About| input(name, TypeRef::named(of), about);
    builder.register(
        InputObject::new("UnitLookup")
            .description(About::new("Đúng một trong", "Exactly one of").text())
            .field(by("code", TypeRef::ID, About::new("mã đơn vị", "code of the unit")))
            .field(by("id", TypeRef::ID, About::new("id của dòng", "id of its row")))
            .field(by(
                "name",
                TypeRef::STRING,
                About::new("tên, không phân biệt dấu và hoa thường", "name, without regard to marks and case"),
            ))
            .oneof(),
    )
}

/// The unit at the date asked; its latest span when it does not live then and no date was asked.
fn at(ctx: &ResolverContext<'_>, shelf: &Arc<Shelf>, code: &str) -> Result<Option<Row>, Error> {
    let Some(unit) = shelf.unit_words().and_then(|words| words.find(code)) else { return Ok(None) };
    let date = asked_date(ctx)?;
    let row = match date {
        Some(date) => shelf.tree(date).row(unit),
        None => crate::list::unit_at(shelf, code, None),
    };
    let row = row.filter(|row| session(ctx).sees_row(shelf, &lists::UNITS, *row));
    Ok(row.map(|row| Row::new(shelf, row).at(date)))
}

fn asked_date(ctx: &ResolverContext<'_>) -> Result<Option<Date>, Error> {
    argument(&ctx.args, "asOf").map(|text| parse_date(&text)).transpose()
}

fn by(ctx: &ResolverContext<'_>, shelf: &Arc<Shelf>) -> Result<Option<Row>, Error> {
    let Some(Value::Object(lookup)) = ctx.args.given("lookup") else {
        return Err(Code::BadUserInput.error("lookup: cần một đối tượng / an object is needed"));
    };
    let text = |name: &str| match lookup.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    if let Some(code) = text("code") {
        return at(ctx, shelf, &code);
    }
    if let Some(id) = text("id") {
        let (list, release, row) = named_by(&id)?;
        if list.name != lists::UNITS.name || **shelf.id() != *release || row >= shelf.rows(list) {
            return Ok(None);
        }
        let code = Row::new(shelf, row).text(list, "unit").map(str::to_owned);
        return code.map_or(Ok(None), |code| at(ctx, shelf, &code));
    }
    let Some(name) = text("name") else { return Ok(None) };
    let wanted = fold(&name);
    let view = session(ctx).view(shelf);
    let named = |row: &u32| {
        let it = Row::new(shelf, *row);
        view.sees_row(shelf, &lists::UNITS, *row)
            && it.text(&lists::UNITS, "name").is_some_and(|name| fold(name) == wanted)
    };
    let tree = shelf.tree(asked_date(ctx)?.unwrap_or_else(|| shelf.units_as_of(None)));
    let found: Vec<u32> = tree.living().iter().copied().filter(named).take(2).collect();
    match found.as_slice() {
        [] => Ok(None),
        [row] => {
            let code = Row::new(shelf, *row).text(&lists::UNITS, "unit").map(str::to_owned);
            code.map_or(Ok(None), |code| at(ctx, shelf, &code))
        }
        _ => Err(Code::BadUserInput.error(format!(
            "nhiều đơn vị cùng tên {name:.80}: hãy dùng mã / several units are called {name:.80}: use the code"
        ))),
    }
}
