//! Places and classes under other values of the scoring definition.
//!
//! Not here: the settings (`change`), computing under them (`pipeline::redefine`).

use super::super::slices::{connection, cut, cut_first, first};
use super::{Tried, standing};
use crate::about::About;
use crate::error::Code;
use crate::list::input;
use crate::plain::{list, object, option, points, record, text, word};
use crate::session::{resolve, session};
use crate::shelf::Shelf;
use async_graphql::dynamic::{Field, FieldValue, ResolverContext, SchemaBuilder, TypeRef};
use async_graphql::{Error, Value};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use thidua_campaign::{LoadError, SetLine, Setting};
use thidua_model::Lang;
use thidua_pipeline::{Asked, ClassStand, ClassStanding, MOST_UNITS, WhatIfError, redefine};

/// Problems of a changed definition that an error tells.
const TOLD: usize = 10;

pub(super) fn answer(
    ctx: &ResolverContext<'_>,
    shelf: &Shelf,
    settings: &[Setting],
    asked: &Asked,
) -> Result<Tried, Error> {
    let session = session(ctx);
    let due = shelf.manifest().counts.units_due;
    if due > MOST_UNITS {
        return Err(refused(&WhatIfError::TooManyUnits { due, most: MOST_UNITS }));
    }
    session.check_time()?;
    // Cursors hold the key, and values of settings may be long.
    let sum = Sha256::digest(format!("{settings:?} {asked:?}"));
    let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    let key = format!("whatIf {} {sum}", shelf.id());
    let cache = &session.heavy.redefined;
    let made = session.heavy.once(
        session.deadline,
        || cache.get(&key),
        || {
            let made = Arc::new(redefine(shelf.opened(), settings, asked).map_err(|error| refused(&error))?);
            cache.insert(key.clone(), Arc::clone(&made));
            Ok(made)
        },
    )?;
    session.check_time()?;
    let rows = cut(ctx, &key, &made.rankings, made.rankings.len(), standing)?;
    let line = |it: &SetLine| {
        record([("path", text(&it.path)), ("old", option(it.old.as_ref(), text)), ("new", text(&it.new))])
    };
    let value = record([
        ("moved", Value::from(made.ranked.1)),
        ("reclassed", Value::from(made.classed.1)),
        ("leftOut", Value::List(Vec::new())),
        ("set", list(&made.set, line)),
        ("followed", list(&made.followed, line)),
        ("rankings", rows),
    ]);
    Ok(Tried { value, redefined: Some((made, format!("classes {key}"))), first: first(ctx)? })
}

/// What the command line says, in one text: the problems of a definition that is none stand below.
fn refused(error: &WhatIfError) -> Error {
    let mut words = error.to_string();
    if let WhatIfError::Definition(LoadError::Invalid { issues }) = error {
        for issue in issues.iter().take(TOLD) {
            let [vi, en] = [Lang::Vi, Lang::En].map(|lang| issue.message(lang));
            words += &format!("\n{}: {vi} · {en} ({})", issue.code(), issue.place);
        }
        if issues.len() > TOLD {
            words += &format!("\n… {}", issues.len() - TOLD);
        }
    }
    Code::BadUserInput.error(words)
}

/// Null without settings: then every class stays. A page has as many rows as one of places, which is
/// what its cost is estimated from.
pub(super) fn classes() -> Field {
    let field = Field::new("classes", TypeRef::named("WhatIfClassConnection"), |ctx| {
        let tried = ctx.parent_value.downcast_ref::<Tried>();
        let rows = tried.and_then(|tried| {
            let (made, key) = tried.redefined.as_ref()?;
            Some(cut_first(&ctx, tried.first, key, (&made.classes, made.classes.len()), class))
        });
        resolve(&ctx, rows.transpose().map(|rows| rows.map(FieldValue::value)))
    });
    let about = About::new(
        "Xếp loại trước và sau, mỗi trang cũng first dòng; null khi không có set: mọi loại giữ nguyên",
        "Classes before and after, also first rows to a page; null without set: every class stays",
    );
    field.description(about.text()).argument(input(
        "after",
        TypeRef::named(TypeRef::STRING),
        About::new("sau con trỏ này (endCursor)", "after this cursor (endCursor)"),
    ))
}

fn class(it: &ClassStanding) -> Value {
    let stand = |it: &ClassStand| {
        record([
            ("classId", option(it.class.as_ref(), text)),
            ("points", option(it.points, points)),
            ("max", option(it.max, points)),
            ("failedGates", list(it.failed_gates.split_whitespace(), text)),
            ("reason", option(it.reason, |it| word(it.as_str()))),
        ])
    };
    record([
        ("periodCode", text(&it.period)),
        ("tableId", text(&it.table)),
        ("unitCode", text(&it.unit)),
        ("old", stand(&it.old)),
        ("new", stand(&it.new)),
        ("difference", option(it.difference, points)),
    ])
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    builder
        .register(connection(
            "WhatIfClassConnection",
            "WhatIfClass",
            About::new("Xếp loại thử", "Classes under the change"),
        ))
        .register(object(
            "WhatIfClass",
            About::new("Xếp loại một đơn vị, trước và sau", "A unit's class, before and after"),
            &[
                ("periodCode", "ID!", "Kỳ", "Period"),
                ("tableId", "ID!", "Bảng điểm", "Scoring table"),
                ("unitCode", "ID!", "Đơn vị", "Unit"),
                ("old", "ClassStand!", "Trước", "Before"),
                ("new", "ClassStand!", "Sau", "After"),
                ("difference", "Float", "Chênh lệch điểm", "Difference of the points"),
            ],
        ))
        .register(object(
            "ClassStand",
            About::new("Điểm và loại", "Points and class"),
            &[
                ("classId", "ID", "Loại, sau các điều kiện", "Class, after the gates"),
                ("points", "Float", "Điểm", "Points"),
                ("max", "Float", "Điểm tối đa của đơn vị", "What the table can give this unit"),
                ("failedGates", "[ID!]!", "Điều kiện không đạt", "Gates that failed"),
                ("reason", "Reason", "Lý do khi không có loại", "Why there is no class"),
            ],
        ))
        .register(object(
            "SetLine",
            About::new("Một giá trị của định nghĩa, như tệp ghi", "A value of the definition, as its file writes it"),
            &[
                ("path", "String!", "Đường dẫn", "Path"),
                ("old", "String", "Trước; null khi chưa có", "Before; null when it was not there"),
                ("new", "String!", "Sau", "After"),
            ],
        ))
}
