//! What a question asks to change: weights, indicators left out, the policy of ranking; or settings of
//! the scoring definition.
//!
//! Not here: what follows from it (`pipeline`).

use crate::about::About;
use crate::error::Code;
use crate::list::{Argument, argument, input};
use async_graphql::dynamic::{Enum, EnumItem, InputObject, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use std::borrow::Cow;
use thidua_campaign::{MissingItem, NotApplicableItem, Setting};
use thidua_model::Points;
use thidua_pipeline::{Asked, Change, PolicyChange};

/// Weights, excluded indicators and settings of one question.
const TERMS: usize = 100;

/// Characters of a path and of a value.
const PATH: usize = 300;
const VALUE: usize = 4_000;

/// Which rows are wanted.
pub(super) fn asked(ctx: &ResolverContext<'_>) -> Asked {
    let id = |name: &str| argument(&ctx.args, name).map(Cow::into_owned);
    Asked {
        period: id("period"),
        table: id("table"),
        cluster: id("cluster"),
        unit: id("unit"),
        moved_only: matches!(ctx.args.given("movedOnly"), Some(Value::Boolean(true))),
    }
}

pub(super) fn change(ctx: &ResolverContext<'_>) -> Result<Change, Error> {
    let id = |name: &str| argument(&ctx.args, name).map(Cow::into_owned);
    let weights = items(ctx.args.given("weights"));
    let excluded = items(ctx.args.given("excludeIndicators"));
    many(weights.len())?;
    many(excluded.len())?;
    Ok(Change {
        weights: weights.iter().map(weight).collect::<Result<_, _>>()?,
        exclude_indicators: excluded.iter().filter_map(as_text).map(str::to_owned).collect(),
        policy: policy(ctx.args.given("policy"))?,
        period: id("period"),
        table: id("table"),
        cluster: id("cluster"),
    })
}

fn items(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(items)) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Enum(name) => Some(name),
        _ => None,
    }
}

/// Points of a weight, exact to 10⁻⁹.
fn weight(value: &Value) -> Result<(String, Points), Error> {
    let bad = || Code::BadUserInput.error("weights: points 0 … 1000000");
    let Value::Object(given) = value else { return Err(bad()) };
    let name = given.get("criterion").and_then(as_text).ok_or_else(bad)?;
    let points = match given.get("points") {
        Some(Value::Number(number)) => number.as_f64(),
        _ => None,
    };
    let points = points.filter(|points| (0.0..=1_000_000.0).contains(points)).ok_or_else(bad)?;
    Ok((name.to_owned(), Points((points * 1e9).round() as i64)))
}

fn policy(value: Option<&Value>) -> Result<PolicyChange, Error> {
    let given = match value {
        None => return Ok(PolicyChange::default()),
        Some(Value::Object(given)) => given,
        Some(_) => return Err(Code::BadUserInput.error("policy: cần một đối tượng / an object is needed")),
    };
    let decimals = match given.get("decimals") {
        Some(Value::Number(number)) => {
            let decimals = number.as_u64().and_then(|number| u8::try_from(number).ok()).filter(|number| *number <= 9);
            Some(Some(decimals.ok_or_else(|| Code::BadUserInput.error("decimals: 0 … 9"))?))
        }
        _ if matches!(given.get("fullPrecision"), Some(Value::Boolean(true))) => Some(None),
        _ => None,
    };
    let tie_breakers = given
        .get("tieBreakers")
        .map(|value| items(Some(value)).iter().filter_map(as_text).map(str::to_owned).collect());
    let missing = match given.get("missing").and_then(as_text) {
        Some("ZERO") => Some(MissingItem::Zero),
        Some("UNSCORED") => Some(MissingItem::Unscored),
        Some("REDISTRIBUTE") => Some(MissingItem::Redistribute),
        _ => None,
    };
    let not_applicable = match given.get("notApplicable").and_then(as_text) {
        Some("REDISTRIBUTE") => Some(NotApplicableItem::Redistribute),
        Some("DROP") => Some(NotApplicableItem::Drop),
        _ => None,
    };
    Ok(PolicyChange { decimals, tie_breakers, missing, not_applicable })
}

/// Settings of the scoring definition; none when the question has none.
///
/// # Errors
/// A path that is none, in the words of the command line; settings beside another kind of change.
pub(super) fn settings(ctx: &ResolverContext<'_>) -> Result<Vec<Setting>, Error> {
    let given = items(ctx.args.given("set"));
    many(given.len())?;
    let other = ["weights", "excludeIndicators", "policy"].into_iter().find(|name| ctx.args.given(name).is_some());
    if let (false, Some(other)) = (given.is_empty(), other) {
        return Err(Code::BadUserInput.error(format!(
            "set không đi cùng {other}: hãy đặt cả qua set / set stands without {other}: set that, too"
        )));
    }
    given.iter().map(setting).collect()
}

fn setting(value: &Value) -> Result<Setting, Error> {
    let bad = || {
        let message = format!("set: path tối đa {PATH} ký tự, value tối đa {VALUE} / at most so many characters");
        Code::BadUserInput.error(message)
    };
    let Value::Object(given) = value else { return Err(bad()) };
    let text = |name: &str, most: usize| {
        given.get(name).and_then(as_text).filter(|text| text.chars().count() <= most).ok_or_else(bad)
    };
    let made = Setting::new(text("path", PATH)?, text("value", VALUE)?);
    made.map_err(|error| Code::BadUserInput.error(error.to_string()))
}

fn many(count: usize) -> Result<(), Error> {
    match count > TERMS {
        true => Err(Code::BadUserInput.error(format!("không quá {TERMS} mục / at most {TERMS} items"))),
        false => Ok(()),
    }
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let weight = InputObject::new("WeightInput")
        .description(About::new("Điểm chuẩn khác của một tiêu chí", "Another weight of a criterion").text())
        .field(input(
            "criterion",
            TypeRef::named_nn(TypeRef::ID),
            About::new("tiêu chí, hoặc bảng/tiêu chí", "criterion, or table/criterion"),
        ))
        .field(input("points", TypeRef::named_nn(TypeRef::FLOAT), About::new("điểm", "points")));
    let policy = InputObject::new("RankingPolicyInput")
        .description(About::new("Cách xếp hạng khác", "Another policy of ranking").text())
        .field(input(
            "decimals",
            TypeRef::named(TypeRef::INT),
            About::new(
                "làm tròn điểm đến mấy chữ số trước khi xếp",
                "decimals to which points are rounded before ranking",
            ),
        ))
        .field(input(
            "fullPrecision",
            TypeRef::named(TypeRef::BOOLEAN),
            About::new("true: không làm tròn", "true: not rounded at all"),
        ))
        .field(input(
            "tieBreakers",
            TypeRef::named_nn_list(TypeRef::ID),
            About::new(
                "tiêu chí phân định khi bằng điểm, theo thứ tự",
                "criteria that separate equal totals, in order",
            ),
        ))
        .field(input("missing", TypeRef::named("MissingItem"), About::new("mục thiếu số liệu", "items without data")))
        .field(input(
            "notApplicable",
            TypeRef::named("NotApplicableItem"),
            About::new("mục không áp dụng", "items that do not apply"),
        ));
    let item = |name: &str, about: About| EnumItem::new(name).description(about.text());
    let missing = Enum::new("MissingItem")
        .description(About::new("Mục thiếu số liệu cho bao nhiêu điểm", "What an item without data gives").text())
        .item(item("ZERO", About::new("0 điểm, tổng là tạm tính", "0 points, the total is provisional")))
        .item(item("UNSCORED", About::new("không chấm đơn vị", "the unit is not scored")))
        .item(item("REDISTRIBUTE", About::new("chia điểm cho các mục khác", "its points go to its siblings")));
    let not_applicable = Enum::new("NotApplicableItem")
        .description(
            About::new("Mục không áp dụng cho bao nhiêu điểm", "What an item that does not apply gives").text(),
        )
        .item(item(
            "REDISTRIBUTE",
            About::new("chia điểm cho các mục áp dụng", "its points go to the items that apply"),
        ))
        .item(item("DROP", About::new("bỏ điểm khỏi tổng", "its points leave the total")));
    let setting = InputObject::new("SettingInput")
        .description(
            About::new("Một giá trị khác của định nghĩa chấm điểm", "Another value of the scoring definition").text(),
        )
        .field(input(
            "path",
            TypeRef::named_nn(TypeRef::STRING),
            About::new(
                "đường dẫn, như tables.td_cap_tren.criteria.ket_nap.points",
                "path, like tables.td_cap_tren.criteria.ket_nap.points",
            ),
        ))
        .field(input(
            "value",
            TypeRef::named_nn(TypeRef::STRING),
            About::new("giá trị TOML; một từ trần là chữ", "a TOML value; a bare word is a text"),
        ));
    builder.register(weight).register(policy).register(missing).register(not_applicable).register(setting)
}
