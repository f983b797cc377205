//! The whole schema, put together from lists, what their rows can tell, and the root.
//!
//! Every description is Vietnamese first, English beside. `Release` has the fields of the root that
//! speak of one release: `release(id) { units … }` asks an older one.

mod weights;

pub(crate) use weights::weights;

use crate::about::About;
use crate::list::{self, ListSpec};
use crate::lists::LISTS;
use crate::{entities, roots, vocabulary};
use async_graphql::Value;
use async_graphql::dynamic::{Interface, InterfaceField, Scalar, Schema, SchemaBuilder, TypeRef};

/// # Panics
/// Never: the schema is the same for every release, and a test builds it.
pub(crate) fn build() -> Schema {
    let root = roots::query();
    let builder = Schema::build(root.type_name(), None, None);
    let builder = register_scalars(builder);
    let builder = vocabulary::all().fold(builder, |builder, vocabulary| builder.register(vocabulary.register()));
    let builder = list::register_kinds(builder);
    let builder = list::register_filters(builder, &LISTS);
    let builder = list::register_orders(builder, &LISTS);
    let builder = list::register_page(builder, &LISTS);
    let builder = list::register_columns(builder, &LISTS);
    let node = Interface::new("Node").description(About::new("Một dòng có id", "A row with an id").text()).field(
        InterfaceField::new("id", TypeRef::named_nn(TypeRef::ID))
            .description(About::new("id của dòng trong bản", "id of the row in its release").text()),
    );
    let builder = LISTS.iter().fold(builder.register(node), |builder, list: &&'static ListSpec| {
        builder.register(entities::complete(list, list::object(list)))
    });
    let builder = entities::register(builder);
    let builder = roots::register(builder).register(root);
    match builder.finish() {
        Ok(schema) => schema,
        Err(error) => panic!("the schema is broken: {error}"),
    }
}

fn register_scalars(builder: SchemaBuilder) -> SchemaBuilder {
    let whole = Scalar::new("Long")
        .description(
            About::new(
                "Số nguyên đến 64 bit, ghi như một số JSON: tiền đồng vượt 32 bit",
                "A whole number of up to 64 bits, written as a JSON number: amounts in đồng exceed 32 bits",
            )
            .text(),
        )
        .validator(|value| match value {
            Value::Number(number) => number.is_i64() || number.is_u64(),
            value => *value == Value::Null,
        });
    // A missing value inside a list is asked, too.
    let text = |value: &Value| matches!(value, Value::String(_) | Value::Null);
    let date = Scalar::new("Date")
        .description(About::new("Ngày, dạng 2014-11-30", "A date, like 2014-11-30").text())
        .validator(text);
    let time = Scalar::new("LocalDateTime")
        .description(
            About::new(
                "Giờ Việt Nam, dạng 2014-12-05T17:00:00",
                "Local time (Asia/Ho_Chi_Minh), like 2014-12-05T17:00:00",
            )
            .text(),
        )
        .validator(text);
    builder.register(whole).register(date).register(time)
}
