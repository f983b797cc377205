//! Who sent a sheet and for which period: what each witness says, and whom to believe.

mod header;
mod identity;
mod owner;
mod witness;

pub(crate) use header::{Header, read_header, senders_below};
pub(crate) use identity::{Identity, is_own_sheet, read_identity};
pub(crate) use owner::{Home, ListPage, Owner, owners};
pub(crate) use witness::{Asked, Witnesses, check_superior, find_period, find_unit};
