//! The GraphQL schema over releases.
//!
//! In:  the releases that are served, and a request as text with its variables and scope.
//! Out: the bytes of an answer, whatever the request: refused by a limit before it can cost
//!      anything, or executed over one release.
//!
//! A list of the schema is data (`list::ListSpec`, all of them in `lists`): its type, filter, order,
//! pages and columns follow from one description. What rows tell beyond their own columns stands in
//! `entities`, the root in `roots`.
//!
//! Not here: HTTP, caches, exports (`server`); computing (`compute`).

mod about;
mod engine;
mod entities;
pub mod error;
mod explorer_page;
pub mod guard;
mod heavy;
pub mod library;
pub mod limits;
mod list;
mod lists;
mod plain;
mod repeats;
mod roots;
mod schema;
pub mod scope;
mod session;
pub mod shelf;
mod vocabulary;
mod walk;
mod whole;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use engine::{Answer, Call, Engine, Operation, Outcome};
pub use error::Code;
pub use explorer_page::explorer_page;
pub use library::{Library, ReleaseLine, Shelved};
pub use limits::Limits;
pub use scope::{MASK, Persons, Scope, Units};
pub use shelf::{Shelf, ShelfError};
pub use walk::{Walk, WalkError};
