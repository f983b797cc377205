//! Files that came in are read: apart from requests, as often as it takes, and never twice.
//!
//! In:  jobs of the store, which came into being with their files.
//! Out: readings with reports and submissions in the store.
//!
//! Not here: taking files in (`pages::uploads`), showing reports (`pages::result`).

mod allowed;
mod archive;
mod read;
mod receipts;
mod report;
mod shown;

pub(crate) use archive::taken_apart;
pub(crate) use read::{READ, annotated, issues, read};
pub(crate) use receipts::file_name;
pub(crate) use report::{Both, Group, Report};
