//! Arguments that several fields of the root have.

use crate::about::About;
use crate::list::{argument, input};
use async_graphql::dynamic::{InputValue, ResolverContext, TypeRef};
use std::borrow::Cow;

/// An id without which a field has no answer.
pub(super) fn required_id(name: &str, about: About) -> InputValue {
    input(name, TypeRef::named_nn(TypeRef::ID), about)
}

/// The value of a required text argument.
pub(super) fn text_of<'a>(ctx: &'a ResolverContext<'_>, name: &str) -> Cow<'a, str> {
    argument(&ctx.args, name).unwrap_or_default()
}
