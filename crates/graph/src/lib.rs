//! The GraphQL schema over releases.
//!
//! In:  the releases that are served, and a request as text with its variables and scope.
//! Out: the bytes of an answer, whatever the request: refused by a limit before it can cost
//!      anything, or executed over one release.
//!
//! Not here: HTTP, caches, exports (`server`); computing (`compute`).

pub mod error;
mod explorer_page;
pub mod limits;

pub use error::Code;
pub use explorer_page::explorer_page;
pub use limits::Limits;
