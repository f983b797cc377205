//! The handlers, a file for each part of the portal: each asks the store and the campaign, and
//! fills in one view model of `thidua_pages`.

pub(crate) mod accounts;
pub(crate) mod attachments;
mod changes;
mod corrected;
pub(crate) mod corrections;
pub(crate) mod data;
mod decided;
pub(crate) mod department;
pub(crate) mod differences;
pub(crate) mod entry;
pub(crate) mod extend;
pub(crate) mod figures;
pub(crate) mod form2;
pub(crate) mod history;
mod names;
pub(crate) mod objections;
pub(crate) mod operator;
mod paged;
pub(crate) mod publish;
pub(crate) mod releases;
pub(crate) mod result;
pub(crate) mod reviews;
pub(crate) mod runs;
mod states;
pub(crate) mod superior;
pub(crate) mod template;
pub(crate) mod tokens;
pub(crate) mod unit;
pub(crate) mod uploads;
