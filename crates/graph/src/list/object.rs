//! The type of a row: its own columns, its id, and the rows that it refers to.

use super::{FieldSpec, Holds, ListSpec, Row, Target, named_by, value};
use crate::about::About;
use crate::lists;
use crate::session::session;
use crate::shelf::Shelf;
use async_graphql::Value;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, TypeRef};
use std::sync::Arc;
use thidua_model::Date;

/// The type of a list's rows, without what `entities` adds.
pub(crate) fn object(list: &'static ListSpec) -> Object {
    let object = Object::new(list.name).description(list.about.text()).implement("Node").field(of_row(
        "id",
        TypeRef::named_nn(TypeRef::ID),
        About::new("mã của dòng trong bản này, dùng cho node(id)", "names the row in this release, for node(id)"),
        |row, list| Some(FieldValue::value(Value::String(row.id(list)))),
        list,
    ));
    let shown = (0..).zip(list.fields).filter(|(_, field)| field.shown);
    shown.fold(object, |object, (at, field)| {
        let object = object.field(own(list, at, field));
        match field.holds {
            Holds::Ref(target) => object.field(referred(list, field, target)),
            _ => object,
        }
    })
}

/// The value of a column.
fn own(list: &'static ListSpec, at: usize, field: &'static FieldSpec) -> Field {
    let name = value::type_name(field.holds);
    let of = if field.required { TypeRef::named_nn(name) } else { TypeRef::named(name) };
    Field::new(field.flat_name(), of, move |ctx| {
        let row = ctx.parent_value.downcast_ref::<Row>();
        let value = row.and_then(|row| value::seen(&row.shelf, &session(&ctx).view(&row.shelf), list, at, row.row));
        FieldFuture::Value(value.map(FieldValue::value))
    })
    .description(field.about.text())
}

/// The row that a column names; null when it is not in the release, or outside the scope.
fn referred(list: &'static ListSpec, field: &'static FieldSpec, target: Target) -> Field {
    Field::new(field.name, TypeRef::named(target.type_name()), move |ctx| {
        let row = ctx.parent_value.downcast_ref::<Row>();
        let found = row.and_then(|row| {
            let found = follow(row, list, field, target)?;
            let of = target.list();
            session(&ctx)
                .sees_row(&row.shelf, of, found)
                .then(|| Row::new(&row.shelf, found).at(period_date(row, list)))
        });
        FieldFuture::Value(found.map(FieldValue::owned_any))
    })
    .description(field.about.text())
}

/// The as-of date of a row's period.
pub(crate) fn period_date(row: &Row, list: &ListSpec) -> Option<Date> {
    let period = row.text(list, list.period?)?;
    Some(row.shelf.units_as_of(Some(period)))
}

fn follow(row: &Row, list: &'static ListSpec, field: &FieldSpec, target: Target) -> Option<u32> {
    let code = row.text(list, field.column)?;
    match target {
        Target::Unit => {
            let period = list.period.and_then(|period| row.text(list, period));
            unit_at(&row.shelf, code, period)
        }
        _ => find(&row.shelf, target.list(), code),
    }
}

/// The row of a unit at a period; of its latest span when it did not live then.
pub(crate) fn unit_at(shelf: &Arc<Shelf>, code: &str, period: Option<&str>) -> Option<u32> {
    let unit = shelf.unit_words()?.find(code)?;
    let row = shelf.tree(shelf.units_as_of(period)).row(unit);
    row.or_else(|| shelf.rows_of_unit(&lists::UNITS, code).last().copied())
}

/// The row of a list of the definition by its first column.
pub(crate) fn find(shelf: &Shelf, list: &'static ListSpec, code: &str) -> Option<u32> {
    let column = shelf.column(list, 0)?;
    let code = column.words()?.find(code)?;
    (0..shelf.rows(list)).find(|row| column.code(*row) == Some(code))
}

impl Target {
    pub(crate) fn list(self) -> &'static ListSpec {
        match self {
            Self::Unit => &lists::UNITS,
            Self::Period => &lists::PERIODS,
            Self::Indicator => &lists::INDICATORS,
            Self::Cluster => &lists::CLUSTERS,
            Self::Measure => &lists::MEASURES,
        }
    }
}

/// A field that is worked out from a row.
pub(crate) fn of_row(
    name: &str,
    of: TypeRef,
    about: About,
    value: impl for<'r> Fn(&'r Row, &'static ListSpec) -> Option<FieldValue<'static>> + Send + Sync + 'static,
    list: &'static ListSpec,
) -> Field {
    Field::new(name, of, move |ctx| {
        FieldFuture::Value(ctx.parent_value.downcast_ref::<Row>().and_then(|row| value(row, list)))
    })
    .description(about.text())
}

/// The row that an id names, if the request may see it; null otherwise, which tells nobody whether
/// there is one.
pub(crate) fn node(
    session: &crate::session::Session,
    id: &str,
) -> Result<Option<(&'static ListSpec, Row)>, async_graphql::Error> {
    let (list, release, row) = named_by(id)?;
    let Some(shelf) = session.release(&release) else { return Ok(None) };
    let is_seen = row < shelf.rows(list) && session.sees_row(&shelf, list, row);
    Ok(is_seen.then(|| (list, Row::new(&shelf, row))))
}
