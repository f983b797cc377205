//! The portal: units upload, superiors follow, the board publishes and downloads.
//!
//! In:  campaign folders, a store, and requests of browsers.
//! Out: pages; files kept before they are acknowledged, and read in child processes; releases.
//!
//! The way of a request: `router` finds the handler (`pages`), which asks `visitor` who is there and
//! `access` what they may see, takes what it needs from the store and the campaign (`site`), and
//! gives a view model of `thidua_pages` to `answer`.
//!
//! The way of a file: `pages::uploads` hands it to the store, which keeps it with a job in one
//! transaction; `reading` takes the job, reads the file as a run would, and keeps the report.
//!
//! The way of a changed definition: `definitions` keeps it in the store when it is applied; each server
//! finds it there within a second and replaces its `site`, while requests under way keep theirs.
//!
//! Not here: how pages look (`thidua_pages`), what is kept and how (`thidua_store`), what a report
//! says (`thidua_pipeline`), GraphQL (`thidua_server`).

mod access;
mod answer;
mod books;
mod clock;
mod corrections;
mod definitions;
mod earlier;
mod error;
mod form2;
mod guard;
mod jobs;
mod kept;
mod pages;
mod peer;
mod persons;
mod places;
mod published;
mod reading;
mod router;
mod runs;
mod secrets;
mod serve;
mod session;
mod site;
mod state;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod visitor;

pub use definitions::{ApplyError, Obstacle, OtherFolder, Proposal, apply, is_in_use, propose};
pub use error::PortalError;
pub use runs::{RunError, StoreRun, run_store};
pub use serve::{FirstAccount, PortalOptions, Started, serve};
