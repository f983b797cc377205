//! A row of a list in a release, and its id.

use super::ListSpec;
use crate::error::Code;
use crate::lists::LISTS;
use crate::shelf::Shelf;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::sync::Arc;
use thidua_model::Date;

/// A row of a list; which list, the type of the field says.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) row: u32,
    /// The date at which the organisation around a unit is taken when none is named: that of the
    /// period or of the question that led here.
    pub(crate) as_of: Option<Date>,
}

impl Row {
    pub(crate) fn new(shelf: &Arc<Shelf>, row: u32) -> Self {
        Self { shelf: Arc::clone(shelf), row, as_of: None }
    }

    pub(crate) fn at(mut self, as_of: Option<Date>) -> Self {
        self.as_of = as_of;
        self
    }

    /// The id of the row: a release never changes, so list and position name it for ever.
    pub(crate) fn id(&self, list: &ListSpec) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{}:{}", list.name, self.shelf.id(), self.row))
    }

    pub(crate) fn text(&self, list: &ListSpec, column: &str) -> Option<&str> {
        self.shelf.table(list)?.column(column)?.text(self.row)
    }

    pub(crate) fn int(&self, list: &ListSpec, column: &str) -> Option<i64> {
        self.shelf.table(list)?.column(column)?.int(self.row)
    }
}

/// What an id names: the list, the release, the row.
///
/// # Errors
/// [`Code::BadUserInput`] for a text that no release gave.
pub(crate) fn named_by(id: &str) -> Result<(&'static ListSpec, String, u32), async_graphql::Error> {
    let bad = || Code::BadUserInput.error(format!("id không đúng / not an id: {id:.80}"));
    let bytes = URL_SAFE_NO_PAD.decode(id).map_err(|_| bad())?;
    let text = String::from_utf8(bytes).map_err(|_| bad())?;
    let mut parts = text.splitn(3, ':');
    let (Some(name), Some(release), Some(row)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(bad());
    };
    let list = LISTS.iter().copied().find(|list| list.name == name).ok_or_else(bad)?;
    let row = row.parse().ok().filter(|number: &u32| number.to_string() == row).ok_or_else(bad)?;
    Ok((list, release.to_owned(), row))
}
