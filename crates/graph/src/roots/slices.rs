//! Pages of lists that are worked out for one question: compared rows, places under other weights.
//! They have the shape of connections without edges.

use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, argument, input};
use crate::plain::{Line, object, record};
use crate::session::session;
use async_graphql::dynamic::{Field, Object, ResolverContext, TypeRef};
use async_graphql::{Error, Value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `first` and `after` of such a list.
pub(super) fn with_paging(field: Field) -> Field {
    field
        .argument(input(
            "first",
            TypeRef::named_nn(TypeRef::INT),
            About::new("bao nhiêu dòng, không quá 500", "how many rows, at most 500"),
        ))
        .argument(input(
            "after",
            TypeRef::named(TypeRef::STRING),
            About::new("sau con trỏ này (endCursor)", "after this cursor (endCursor)"),
        ))
}

/// The type of such a list.
pub(super) fn connection(name: &str, row: &str, about: About) -> Object {
    let nodes: &'static str = Box::leak(format!("[{row}!]!").into_boxed_str());
    let lines: [Line; 3] = [
        ("nodes", nodes, "các dòng", "the rows"),
        ("totalCount", "Int!", "số dòng của cả danh sách", "rows of the whole list"),
        ("pageInfo", "PageInfo!", "vị trí của trang", "where the page stands"),
    ];
    object(name, about, &lines)
}

/// How many rows a page has.
///
/// # Errors
/// `BAD_USER_INPUT`.
pub(super) fn first(ctx: &ResolverContext<'_>) -> Result<usize, Error> {
    let limit = session(ctx).limits.page;
    let first = match ctx.args.given("first") {
        Some(Value::Number(number)) => number.as_u64().filter(|first| *first <= u64::from(limit)),
        _ => None,
    };
    first.map(|first| first as usize).ok_or_else(|| {
        Code::BadUserInput.error(format!("first phải từ 0 đến {limit} / first must be between 0 and {limit}"))
    })
}

/// Cuts the page asked for. `key` names the question, so that a cursor serves no other.
///
/// # Errors
/// `BAD_USER_INPUT`, `BAD_CURSOR`.
pub(super) fn cut<T>(
    ctx: &ResolverContext<'_>,
    key: &str,
    rows: &[T],
    total: usize,
    value: impl Fn(&T) -> Value,
) -> Result<Value, Error> {
    cut_first(ctx, first(ctx)?, key, (rows, total), value)
}

/// As [`cut`], with so many rows.
///
/// # Errors
/// `BAD_CURSOR`.
pub(super) fn cut_first<T>(
    ctx: &ResolverContext<'_>,
    first: usize,
    key: &str,
    (rows, total): (&[T], usize),
    value: impl Fn(&T) -> Value,
) -> Result<Value, Error> {
    let from = match argument(&ctx.args, "after") {
        Some(cursor) => position(&cursor, key)? + 1,
        None => 0,
    };
    let from = from.min(rows.len());
    let to = from.saturating_add(first).min(rows.len());
    let cursor = |at: usize| Value::String(URL_SAFE_NO_PAD.encode(format!("{key}.{at}")));
    let info = record([
        ("hasNextPage", Value::Boolean(to < rows.len())),
        ("hasPreviousPage", Value::Boolean(from > 0)),
        ("startCursor", if from < to { cursor(from) } else { Value::Null }),
        ("endCursor", if from < to { cursor(to - 1) } else { Value::Null }),
    ]);
    Ok(record([
        ("nodes", Value::List(rows[from..to].iter().map(value).collect())),
        ("totalCount", Value::from(total)),
        ("pageInfo", info),
    ]))
}

fn position(cursor: &str, key: &str) -> Result<usize, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let at = text.as_deref().and_then(|text| text.rsplit_once('.')).filter(|(of, _)| *of == key);
    at.and_then(|(_, at)| at.parse().ok())
        .filter(|at| *at < usize::MAX)
        .ok_or_else(|| Code::BadCursor.error("con trỏ không thuộc danh sách này / the cursor is not of this list"))
}
