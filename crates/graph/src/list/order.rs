//! Orders of lists: by any field, Vietnamese order for names, missing values last. Every order
//! ends in the order of the table, which is that of ids: no two rows change places.

use super::filter::masked;
use super::value::scaled;
use super::{FieldSpec, Holds, ListSpec};
use crate::about::About;
use crate::error::Code;
use crate::shelf::{Shelf, View};
use async_graphql::dynamic::{Enum, EnumItem, InputObject, InputValue, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};

/// Fields of one order.
const TERMS: usize = 3;

/// Sorts after everything that is there.
const MISSING: u64 = u64::MAX;

pub(super) fn order_name(list: &ListSpec) -> String {
    format!("{}Order", list.name)
}

fn field_enum_name(list: &ListSpec) -> String {
    format!("{}OrderField", list.name)
}

/// The order input of each list.
pub(crate) fn register_orders(builder: SchemaBuilder, lists: &[&'static ListSpec]) -> SchemaBuilder {
    let direction = Enum::new("Direction")
        .description(About::new("Chiều sắp xếp", "Direction of an order").text())
        .item(EnumItem::new("ASC").description(About::new("tăng dần", "smallest first").text()))
        .item(EnumItem::new("DESC").description(About::new("giảm dần", "greatest first").text()));
    lists.iter().fold(builder.register(direction), |builder, list| {
        let fields = list.fields.iter().fold(
            Enum::new(field_enum_name(list)).description(About::new("Sắp xếp theo", "Order by").text()),
            |made, field| made.item(EnumItem::new(field.order_name()).description(field.about.text())),
        );
        let order = InputObject::new(order_name(list))
            .description(
                About::new(
                    "Thứ tự; giá trị thiếu đứng cuối; sau cùng theo mã",
                    "An order; missing values come last; it ends in the id",
                )
                .text(),
            )
            .field(InputValue::new("field", TypeRef::named_nn(field_enum_name(list))).description("Cột / Field"))
            .field(
                InputValue::new("direction", TypeRef::named_nn("Direction"))
                    .default_value(Value::Enum(async_graphql::Name::new("ASC")))
                    .description("Chiều / Direction"),
            );
        builder.register(fields).register(order)
    })
}

/// Sorts rows that stand in order of the table.
///
/// # Errors
/// [`Code::BadUserInput`] for more than three terms.
/// [`Code::Forbidden`] for a field whose values the caller does not see.
pub(super) fn sort(
    shelf: &Shelf,
    view: &View,
    list: &'static ListSpec,
    rows: &mut Vec<u32>,
    order: &Value,
) -> Result<(), Error> {
    let terms = terms(list, order)?;
    if let Some((field, _)) = terms.iter().find(|(field, _)| view.masks(shelf, list, *field)) {
        return Err(masked(list.fields[*field].name));
    }
    if terms.is_empty() {
        return Ok(());
    }
    let mut keyed: Vec<([u64; TERMS], u32)> = rows
        .iter()
        .map(|row| {
            let mut keys = [0; TERMS];
            for (key, (field, is_descending)) in keys.iter_mut().zip(&terms) {
                *key = match self::key(shelf, list, *field, *row) {
                    Some(key) if *is_descending => MISSING - 1 - key.min(MISSING - 1),
                    Some(key) => key.min(MISSING - 1),
                    None => MISSING,
                };
            }
            (keys, *row)
        })
        .collect();
    keyed.sort_unstable();
    rows.clear();
    rows.extend(keyed.into_iter().map(|(_, row)| row));
    Ok(())
}

/// Positions of the fields, and whether the greatest comes first.
fn terms(list: &ListSpec, order: &Value) -> Result<Vec<(usize, bool)>, Error> {
    let given = match order {
        Value::List(terms) => terms.as_slice(),
        one => std::slice::from_ref(one),
    };
    if given.len() > TERMS {
        return Err(Code::BadUserInput.error(format!("orderBy: không quá {TERMS} cột / at most {TERMS} fields")));
    }
    let term = |value: &Value| {
        let Value::Object(term) = value else { return None };
        let (Some(Value::String(name)), direction) = (term.get("field"), term.get("direction")) else { return None };
        let field = list.fields.iter().position(|field: &FieldSpec| field.order_name() == name.as_str())?;
        Some((field, matches!(direction, Some(Value::String(direction)) if direction == "DESC")))
    };
    given.iter().map(|value| term(value).ok_or_else(|| Code::BadUserInput.error("orderBy?"))).collect()
}

/// A number that sorts as the value does.
fn key(shelf: &Shelf, list: &'static ListSpec, field: usize, row: u32) -> Option<u64> {
    let column = shelf.column(list, field)?;
    let spec = &list.fields[field];
    match spec.holds {
        Holds::Name => {
            let code = column.code(row)?;
            Some(u64::from(shelf.ranks(list, field)?.get(code as usize).copied()?))
        }
        // Words are sorted by bytes: codes compare as the texts do.
        Holds::Text | Holds::Id | Holds::Ref(_) | Holds::Time | Holds::Word(_) => column.code(row).map(u64::from),
        Holds::Int | Holds::Long | Holds::Points | Holds::Bool | Holds::Date => column.int(row).map(of_int),
        Holds::Float => column.float(row).map(of_float),
        Holds::Scaled(_) => scaled(shelf, list, spec, column, row).map(of_float),
    }
}

const fn of_int(value: i64) -> u64 {
    (value as u64) ^ (1 << 63)
}

/// IEEE 754 total order as an unsigned integer; −0 and 0 are one.
fn of_float(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | (1 << 63) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_values_do() {
        let ints = [i64::MIN, -5, -1, 0, 1, 7, i64::MAX];
        assert!(ints.windows(2).all(|pair| of_int(pair[0]) < of_int(pair[1])));
        let floats = [-1e300, -2.5, -0.1, 0.0, 0.1, 2.5, 1e300];
        assert!(floats.windows(2).all(|pair| of_float(pair[0]) < of_float(pair[1])));
        assert_eq!(of_float(-0.0), of_float(0.0));
    }
}
