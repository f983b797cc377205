//! Filters as types of the schema: one input for each kind of value, one for each list.

use super::{FieldSpec, Holds, ListSpec, value};
use crate::about::About;
use async_graphql::dynamic::{InputObject, InputValue, SchemaBuilder, TypeRef};

/// The name of the input that filters a field.
pub(super) fn kind_of(holds: Holds) -> String {
    match holds {
        Holds::Text | Holds::Name => "TextFilter".to_owned(),
        _ => format!("{}Filter", capital(value::type_name(holds))),
    }
}

/// `ID` → `Id`, `LocalDateTime` stays.
fn capital(name: &str) -> &str {
    match name {
        "ID" => "Id",
        other => other,
    }
}

pub(crate) fn filter_name(list: &ListSpec) -> String {
    format!("{}Filter", list.name)
}

const EQ: About = About::new("bằng", "equal");
const IN: About = About::new("là một trong", "one of; at most 1,000");
const IS_NULL: About = About::new("true: không có giá trị; false: có", "true: missing; false: there");

fn input(name: &str, of: TypeRef, about: About) -> InputValue {
    InputValue::new(name, of).description(about.text())
}

fn exact(name: &str, of: &str, about: About) -> InputObject {
    InputObject::new(name)
        .description(about.text())
        .field(input("eq", TypeRef::named(of), EQ))
        .field(input("in", TypeRef::named_nn_list(of), IN))
        .field(input("isNull", TypeRef::named(TypeRef::BOOLEAN), IS_NULL))
}

fn ordered(name: &str, of: &str, about: About) -> InputObject {
    exact(name, of, about)
        .field(input("gt", TypeRef::named(of), About::new("lớn hơn, sau", "above, after")))
        .field(input("gte", TypeRef::named(of), About::new("từ … trở lên", "at least, from")))
        .field(input("lt", TypeRef::named(of), About::new("nhỏ hơn, trước", "below, before")))
        .field(input("lte", TypeRef::named(of), About::new("không quá, đến", "at most, until")))
}

/// The inputs that do not depend on a list. Conditions of one input all hold; a value that is
/// missing fulfils `isNull: true` and nothing else.
pub(crate) fn register_kinds(builder: SchemaBuilder) -> SchemaBuilder {
    let text = exact("TextFilter", TypeRef::STRING, About::new("Lọc theo chữ", "Filters text"))
        .field(input(
            "contains",
            TypeRef::named(TypeRef::STRING),
            About::new(
                "có chứa; không phân biệt dấu, hoa thường, khoảng trắng, dấu câu",
                "contains; without regard to marks, case, spaces and punctuation",
            ),
        ))
        .field(input(
            "startsWith",
            TypeRef::named(TypeRef::STRING),
            About::new("bắt đầu bằng; so sánh như contains", "starts with; compared as contains does"),
        ));
    let flags = InputObject::new("BooleanFilter")
        .description(About::new("Lọc theo có, không", "Filters yes or no").text())
        .field(input("eq", TypeRef::named(TypeRef::BOOLEAN), EQ))
        .field(input("isNull", TypeRef::named(TypeRef::BOOLEAN), IS_NULL));
    let builder = builder
        .register(text)
        .register(flags)
        .register(exact("IdFilter", TypeRef::ID, About::new("Lọc theo mã", "Filters codes")))
        .register(ordered("IntFilter", TypeRef::INT, About::new("Lọc theo số", "Filters counts")))
        .register(ordered("LongFilter", "Long", About::new("Lọc theo số nguyên lớn", "Filters whole numbers")))
        .register(ordered("FloatFilter", TypeRef::FLOAT, About::new("Lọc theo số", "Filters numbers")))
        .register(ordered("DateFilter", "Date", About::new("Lọc theo ngày", "Filters dates")))
        .register(ordered("LocalDateTimeFilter", "LocalDateTime", About::new("Lọc theo giờ", "Filters times")));
    crate::vocabulary::all().fold(builder, |builder, vocabulary| {
        builder.register(exact(&format!("{}Filter", vocabulary.name), vocabulary.name, vocabulary.about))
    })
}

/// The filter of each list.
pub(crate) fn register_filters(builder: SchemaBuilder, lists: &[&'static ListSpec]) -> SchemaBuilder {
    lists.iter().fold(builder, |builder, list| builder.register(filter(list)))
}

fn filter(list: &'static ListSpec) -> InputObject {
    let name = filter_name(list);
    let fields = list.fields.iter().fold(
        InputObject::new(&name).description(
            About::new("Mọi điều kiện nêu ra đều phải thoả", "All conditions that are given must hold").text(),
        ),
        |made, field: &FieldSpec| made.field(input(field.name, TypeRef::named(kind_of(field.holds)), field.about)),
    );
    let fields = fields
        .field(input("and", TypeRef::named_nn_list(&name), About::new("tất cả", "all of")))
        .field(input("or", TypeRef::named_nn_list(&name), About::new("ít nhất một", "at least one of")))
        .field(input("not", TypeRef::named(&name), About::new("không", "not")));
    if list.unit.is_none() {
        return fields;
    }
    fields
        .field(input(
            "under",
            TypeRef::named(TypeRef::ID),
            About::new(
                "đơn vị này và mọi đơn vị cấp dưới, theo ngày lấy số liệu của kỳ",
                "this unit and all below it, as of the row's period",
            ),
        ))
        .field(input("asOf", TypeRef::named("Date"), About::new("ngày khác cho under", "another date for `under`")))
}
