//! From the value of a filter argument to a [`Test`] of rows.
//!
//! The schema has checked names and types, and the value is in its canonical form (`args`); what is
//! left to check are dates, times and the number of alternatives. A unit that nobody knows has
//! nothing below it: whether it is there is not told.

use super::test::{Bound, Folded, Test, Wanted};
use super::value::scaled;
use super::{FieldSpec, Holds, ListSpec};
use crate::error::Code;
use crate::session::Session;
use crate::shelf::Shelf;
use async_graphql::{Error, Value};
use std::str::FromStr;
use thidua_model::date::days;
use thidua_model::text::fold;
use thidua_model::{Date, DateTime};
use thidua_release::open::PackedColumn;

/// Alternatives of one `in`.
const ALTERNATIVES: usize = 1_000;

/// Conditions of one filter. Each is prepared for every word of its column, which takes time and
/// memory before a row is looked at.
const CONDITIONS: usize = 100;

/// # Errors
/// [`Code::BadUserInput`] for a date that is none, too many alternatives;
/// [`Code::Forbidden`] for a field whose values the caller does not see;
/// [`Code::TooComplex`] for too many conditions; [`Code::Timeout`].
pub(super) fn prepared<'a>(
    session: &Session,
    shelf: &'a Shelf,
    list: &'static ListSpec,
    filter: &Value,
) -> Result<Test<'a>, Error> {
    if conditions(filter) > CONDITIONS {
        return Err(Code::TooComplex.error(format!(
            "bộ lọc có quá {CONDITIONS} điều kiện / the filter has more than {CONDITIONS} conditions"
        )));
    }
    test(session, shelf, list, filter)
}

/// The library checks what stands in an object, not that there is one: a filter that is passed over
/// would give all rows to somebody who asked for a few.
fn no_object(name: &str) -> Error {
    Code::BadUserInput
        .error(format!("{name}: cần một đối tượng như {{eq: …}} / {name}: an object like {{eq: …}} is needed"))
}

/// A condition or an order by a value that the caller does not see would tell it, try by try.
pub(super) fn masked(name: &str) -> Error {
    Code::Forbidden.error(format!(
        "{name}: tên người đã được che, không lọc hay sắp xếp theo được / {name}: names of persons are masked, and are \
         neither filtered nor ordered by"
    ))
}

/// Conditions on fields, wherever they stand. The guard has bounded how deep.
fn conditions(filter: &Value) -> usize {
    match filter {
        Value::List(filters) => filters.iter().map(conditions).sum(),
        Value::Object(given) => {
            let of = |(name, value): (&async_graphql::Name, &Value)| match name.as_str() {
                "and" | "or" | "not" => conditions(value),
                _ => 1,
            };
            given.iter().map(of).sum()
        }
        _ => 0,
    }
}

fn test<'a>(session: &Session, shelf: &'a Shelf, list: &'static ListSpec, filter: &Value) -> Result<Test<'a>, Error> {
    let given = match filter {
        Value::Object(given) => given,
        Value::Null => return Ok(Test::Always),
        _ => return Err(no_object(list.name)),
    };
    let mut tests = Vec::new();
    for (name, value) in given {
        session.check_time()?;
        match name.as_str() {
            "and" => tests.push(Test::All(each(session, shelf, list, value)?)),
            "or" => tests.push(Test::Any(each(session, shelf, list, value)?)),
            "not" => tests.push(Test::Not(Box::new(test(session, shelf, list, value)?))),
            "under" => tests.push(under(shelf, list, value, given.get("asOf"))?),
            "asOf" => {}
            field => {
                let at = list.fields.iter().position(|known| known.name == field);
                let at = at.ok_or_else(|| Code::BadUserInput.error(format!("{}.{field}?", list.name)))?;
                if session.view(shelf).masks(shelf, list, at) {
                    return Err(masked(field));
                }
                tests.push(of_field(shelf, list, at, value)?);
            }
        }
    }
    Ok(match tests.len() {
        0 => Test::Always,
        1 => tests.remove(0),
        _ => Test::All(tests),
    })
}

/// The unit that a filter demands, for a look-up in place of a walk over all rows.
pub(super) fn only_unit<'v>(list: &ListSpec, filter: Option<&'v Value>) -> Option<&'v str> {
    let unit = list.unit?;
    let field = list.fields.iter().find(|field| field.column == unit)?;
    let Some(Value::Object(given)) = filter else { return None };
    let own = match given.get(field.name) {
        Some(Value::Object(of_unit)) => of_unit.get("eq"),
        _ => None,
    };
    match (own, given.get("and")) {
        (Some(Value::String(code)), _) => Some(code),
        (_, Some(Value::List(all))) => all.iter().find_map(|one| only_unit(list, Some(one))),
        _ => None,
    }
}

fn each<'a>(
    session: &Session,
    shelf: &'a Shelf,
    list: &'static ListSpec,
    value: &Value,
) -> Result<Vec<Test<'a>>, Error> {
    match value {
        Value::List(filters) => filters.iter().map(|filter| test(session, shelf, list, filter)).collect(),
        one => Ok(vec![test(session, shelf, list, one)?]),
    }
}

fn of_field<'a>(shelf: &'a Shelf, list: &'static ListSpec, at: usize, value: &Value) -> Result<Test<'a>, Error> {
    let field = &list.fields[at];
    let Value::Object(given) = value else { return Err(no_object(field.name)) };
    let Some(column) = shelf.column(list, at) else {
        // The release has no such column: every value is missing.
        let wants_missing = matches!(given.get("isNull"), Some(Value::Boolean(true)));
        return Ok(if wants_missing && given.len() == 1 { Test::Always } else { Test::Never });
    };
    let mut tests = Vec::new();
    if let Some(Value::Boolean(expected)) = given.get("isNull") {
        tests.push(Test::Missing { column, expected: *expected });
    }
    match field.holds {
        Holds::Text | Holds::Name | Holds::Id | Holds::Ref(_) => {
            tests.extend(words(column, given, |word| Ok(word.to_owned()))?)
        }
        Holds::Word(vocabulary) => {
            let stored = |word: &str| Ok(vocabulary.stored(word).unwrap_or_default().to_owned());
            tests.extend(words(column, given, stored)?);
        }
        // Times are stored as text whose order is that of time.
        Holds::Time => tests.extend(times(column, given)?),
        Holds::Int | Holds::Long => {
            tests.extend(wanted(given, integer)?.map(|wanted| Test::Ints { column, wanted }));
        }
        Holds::Date => tests.extend(wanted(given, date)?.map(|wanted| Test::Ints { column, wanted })),
        Holds::Bool => {
            if let Some(Value::Boolean(expected)) = given.get("eq") {
                tests.push(Test::Bool { column, expected: *expected });
            }
        }
        Holds::Float => {
            let number = Box::new(move |row| column.float(row));
            tests.extend(wanted(given, float)?.map(|wanted| Test::Floats { number, wanted }));
        }
        Holds::Points | Holds::Scaled(_) => tests.extend(scaled_test(shelf, list, field, column, given)?),
    }
    Ok(Test::All(tests))
}

fn scaled_test<'a>(
    shelf: &'a Shelf,
    list: &'static ListSpec,
    field: &'static FieldSpec,
    column: &'a PackedColumn,
    given: &Given,
) -> Result<Option<Test<'a>>, Error> {
    let number = Box::new(move |row| scaled(shelf, list, field, column, row));
    Ok(wanted(given, float)?.map(|wanted| Test::Floats { number, wanted }))
}

type Given = async_graphql::indexmap::IndexMap<async_graphql::Name, Value>;

/// Conditions on text, answered once for each distinct word.
fn words<'a>(
    column: &'a PackedColumn,
    given: &Given,
    stored: impl Fn(&str) -> Result<String, Error>,
) -> Result<Option<Test<'a>>, Error> {
    let exact = one_of(given, |value| match value {
        Value::String(text) => stored(text),
        Value::Number(number) => stored(&number.to_string()),
        _ => Err(Code::BadUserInput.error("eq, in?")),
    })?;
    let folded = |name: &str| match given.get(name) {
        Some(Value::String(text)) => Some(fold(text)),
        _ => None,
    };
    let (contains, starts) = (folded("contains"), folded("startsWith"));
    if exact.is_none() && contains.is_none() && starts.is_none() {
        return Ok(None);
    }
    let Some(known) = column.words() else { return Ok(Some(Test::Never)) };
    let mut tests = Vec::new();
    if let Some(exact) = exact {
        let mut wanted = vec![false; known.len()];
        for code in exact.iter().filter_map(|word| known.find(word)) {
            wanted[code as usize] = true;
        }
        tests.push(Test::Words { column, wanted });
    }
    if contains.is_some() || starts.is_some() {
        tests.push(Test::Folded { column, part: Folded::new(contains, starts, known.len()) });
    }
    Ok(Some(Test::All(tests)))
}

fn times<'a>(column: &'a PackedColumn, given: &Given) -> Result<Option<Test<'a>>, Error> {
    let Some(wanted) = wanted(given, time)? else { return Ok(None) };
    let Some(known) = column.words() else { return Ok(Some(Test::Never)) };
    let holds = |code: u32| DateTime::from_str(known.get(code)).is_ok_and(|time| wanted.holds(time));
    Ok(Some(Test::Words { column, wanted: (0..known.len() as u32).map(holds).collect() }))
}

fn one_of<T>(given: &Given, read: impl Fn(&Value) -> Result<T, Error>) -> Result<Option<Vec<T>>, Error> {
    let eq = given.get("eq").filter(|value| !matches!(value, Value::Null));
    let listed = match given.get("in") {
        Some(Value::List(values)) => Some(values.as_slice()),
        Some(Value::Null) | None => None,
        Some(one) => Some(std::slice::from_ref(one)),
    };
    if listed.is_some_and(|values| values.len() > ALTERNATIVES) {
        return Err(Code::BadUserInput
            .error(format!("in: không quá {ALTERNATIVES} giá trị / in: at most {ALTERNATIVES} values")));
    }
    match (eq, listed) {
        (None, None) => Ok(None),
        (Some(eq), None) => Ok(Some(vec![read(eq)?])),
        (None, Some(values)) => values.iter().map(read).collect::<Result<_, _>>().map(Some),
        (Some(_), Some(_)) => {
            Err(Code::BadUserInput.error("chỉ dùng một trong eq và in / use one of eq and in, not both"))
        }
    }
}

fn wanted<T>(given: &Given, read: impl Fn(&Value) -> Result<T, Error>) -> Result<Option<Wanted<T>>, Error> {
    let mut bounds = Vec::new();
    for (name, bound) in [("gt", Bound::Above), ("gte", Bound::AtLeast), ("lt", Bound::Below), ("lte", Bound::AtMost)] {
        if let Some(value) = given.get(name).filter(|value| !matches!(value, Value::Null)) {
            bounds.push((bound, read(value)?));
        }
    }
    let one_of = one_of(given, read)?;
    Ok((one_of.is_some() || !bounds.is_empty()).then_some(Wanted { one_of, bounds }))
}

fn integer(value: &Value) -> Result<i64, Error> {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    };
    number.ok_or_else(|| Code::BadUserInput.error("cần số nguyên / a whole number is needed"))
}

fn float(value: &Value) -> Result<f64, Error> {
    let number = match value {
        Value::Number(number) => number.as_f64().filter(|number| number.is_finite()),
        _ => None,
    };
    number.ok_or_else(|| Code::BadUserInput.error("cần một số / a number is needed"))
}

/// An ISO date.
///
/// # Errors
/// [`Code::BadUserInput`] for anything else.
pub(crate) fn parse_date(text: &str) -> Result<Date, Error> {
    Date::from_str(text).map_err(|_| {
        Code::BadUserInput.error(format!("\"{text:.40}\" không phải ngày dạng 2014-11-30 / is no date like 2014-11-30"))
    })
}

fn date(value: &Value) -> Result<i64, Error> {
    match value {
        Value::String(text) => parse_date(text).map(days),
        _ => Err(Code::BadUserInput.error("cần ngày dạng 2014-11-30 / a date like 2014-11-30 is needed")),
    }
}

fn time(value: &Value) -> Result<DateTime, Error> {
    match value {
        Value::String(text) => DateTime::from_str(text).ok(),
        _ => None,
    }
    .ok_or_else(|| {
        Code::BadUserInput.error("cần giờ dạng 2014-12-05T17:00:00 / a time like 2014-12-05T17:00:00 is needed")
    })
}

/// The unit and all below it at the period of each row.
fn under<'a>(
    shelf: &'a Shelf,
    list: &'static ListSpec,
    above: &Value,
    as_of: Option<&Value>,
) -> Result<Test<'a>, Error> {
    let (Value::String(above), Some(unit)) = (above, shelf.unit_column(list)) else { return Ok(Test::Never) };
    let as_of = match as_of {
        Some(Value::String(text)) => Some(parse_date(text)?),
        _ => None,
    };
    let period = if as_of.is_none() { shelf.period_column(list) } else { None };
    let inside = |date: Date| shelf.inside(list, above, date);
    let inside = match (as_of, period.and_then(PackedColumn::words)) {
        (Some(date), _) => vec![inside(date)],
        (None, Some(periods)) => {
            (0..periods.len() as u32).map(|code| inside(shelf.units_as_of(Some(periods.get(code))))).collect()
        }
        (None, None) => vec![inside(shelf.units_as_of(None))],
    };
    Ok(Test::Under { unit, period, inside })
}
