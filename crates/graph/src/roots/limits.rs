//! The limits, told to the caller.

use crate::about::About;
use crate::limits::Limits;
use crate::session::session;
use async_graphql::dynamic::{Field, FieldFuture, FieldValue, Object, SchemaBuilder, TypeRef};

pub(super) fn root_fields(root: Object) -> Object {
    root.field(
        Field::new("limits", TypeRef::named_nn("Limits"), |ctx| {
            FieldFuture::Value(Some(FieldValue::owned_any(session(&ctx).limits)))
        })
        .description(About::new("Giới hạn của một truy vấn", "What one request may ask for").text()),
    )
}

pub(super) fn register(builder: SchemaBuilder) -> SchemaBuilder {
    let whole = |name: &str, about: About, value: fn(&Limits) -> u64| {
        Field::new(name, TypeRef::named_nn("Long"), move |ctx| {
            let limits = ctx.parent_value.downcast_ref::<Limits>();
            FieldFuture::Value(limits.map(|limits| FieldValue::value(value(limits))))
        })
        .description(about.text())
    };
    builder.register(
        Object::new("Limits")
            .description(About::new("Giới hạn của một truy vấn", "What one request may ask for").text())
            .field(whole("bodyBytes", About::new("byte của thân yêu cầu", "bytes of a request's body"), |it| {
                it.body_bytes as u64
            }))
            .field(whole("bracketDepth", About::new("ngoặc lồng nhau", "brackets open at one time"), |it| {
                u64::from(it.bracket_depth)
            }))
            .field(whole("tokens", About::new("từ và dấu của truy vấn", "tokens of the text"), |it| {
                u64::from(it.tokens)
            }))
            .field(whole(
                "selections",
                About::new("trường sau khi trải các đoạn", "fields after fragments are spread"),
                |it| it.selections,
            ))
            .field(whole("aliases", About::new("bí danh", "aliases"), |it| u64::from(it.aliases)))
            .field(whole("depth", About::new("trường lồng nhau", "fields inside fields"), |it| {
                u64::from(it.depth)
            }))
            .field(whole(
                "cost",
                About::new(
                    "giá trị mà câu trả lời có thể chứa, ước từ first",
                    "values that the answer may hold, estimated from first",
                ),
                |it| it.cost,
            ))
            .field(whole("page", About::new("dòng của một trang", "rows of a page"), |it| u64::from(it.page)))
            .field(whole(
                "columnRows",
                About::new("dòng của một lần lấy theo cột", "rows of a page of columns"),
                |it| u64::from(it.column_rows),
            ))
            .field(whole(
                "timeoutMilliseconds",
                About::new("thời gian tối đa", "time that a request may take"),
                |it| it.timeout.as_millis() as u64,
            )),
    )
}
