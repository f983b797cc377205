//! A small schema with everything the guard looks at: a connection, an interface, lists with and
//! without `first`, inputs inside inputs. Its resolvers answer at once.

use crate::guard::Catalog;
use async_graphql::Value;
use async_graphql::dynamic::{
    Field, FieldFuture, FieldValue, InputObject, InputValue, Interface, InterfaceField, Object, Schema, TypeRef,
};

pub(crate) fn schema() -> Schema {
    let argument = |name: &str, ty: TypeRef| InputValue::new(name, ty);
    let scalar = |name: &str, ty: TypeRef| Field::new(name, ty, |_| FieldFuture::from_value(Some(Value::from("7"))));
    let object =
        |name: &str, ty: &str| Field::new(name, TypeRef::named(ty), |_| FieldFuture::from_value(Some(Value::Null)));
    let one = |name: &str, ty: &str| {
        Field::new(name, TypeRef::named(ty), |_| FieldFuture::Value(Some(FieldValue::owned_any(()).with_type("Unit"))))
    };
    let many = |name: &str, ty: TypeRef| {
        Field::new(name, ty, |_| {
            FieldFuture::Value(Some(FieldValue::list((0..2).map(|_| FieldValue::owned_any(()).with_type("Unit")))))
        })
    };
    let connection = |name: &str| {
        one(name, "UnitConnection")
            .argument(argument("first", TypeRef::named(TypeRef::INT)))
            .argument(argument("last", TypeRef::named(TypeRef::INT)))
            .argument(argument("filter", TypeRef::named("UnitFilter")))
    };
    let query = Object::new("Query")
        .field(one("unit", "Unit").argument(argument("code", TypeRef::named(TypeRef::STRING))))
        .field(connection("units"))
        .field(one("node", "Node").argument(argument("id", TypeRef::named_nn(TypeRef::ID))))
        .field(
            many("nodes", TypeRef::named_list("Node"))
                .argument(argument("ids", TypeRef::named_nn_list_nn(TypeRef::ID))),
        )
        .field(scalar("heavy", TypeRef::named(TypeRef::STRING)));
    let unit = Object::new("Unit")
        .implement("Node")
        .field(scalar("id", TypeRef::named_nn(TypeRef::ID)))
        .field(scalar("name", TypeRef::named(TypeRef::STRING)))
        .field(object("parent", "Unit"))
        .field(connection("children"));
    let units = Object::new("UnitConnection")
        .field(many("nodes", TypeRef::named_nn_list_nn("Unit")))
        .field(many("edges", TypeRef::named_nn_list_nn("UnitEdge")))
        .field(Field::new("totalCount", TypeRef::named(TypeRef::INT), |_| {
            FieldFuture::from_value(Some(Value::from(2)))
        }));
    let edge =
        Object::new("UnitEdge").field(one("node", "Unit")).field(scalar("cursor", TypeRef::named(TypeRef::STRING)));
    let filter = InputObject::new("UnitFilter")
        .field(argument("and", TypeRef::named_nn_list("UnitFilter")))
        .field(argument("not", TypeRef::named("UnitFilter")))
        .field(argument("name", TypeRef::named(TypeRef::STRING)))
        .field(argument("in", TypeRef::named_nn_list(TypeRef::INT)));
    let node = Interface::new("Node").field(InterfaceField::new("id", TypeRef::named_nn(TypeRef::ID)));
    Schema::build("Query", None, None)
        .register(query)
        .register(unit)
        .register(units)
        .register(edge)
        .register(filter)
        .register(node)
        .finish()
        .expect("a schema")
}

/// Lists without `first` count 10, those with `first` left out 100.
pub(crate) fn catalog() -> Catalog {
    let schema = schema();
    Catalog::of(schema.registry(), 100, 10).own("Query", "heavy", 500).argument("Query", "nodes", &["ids"], 10)
}
