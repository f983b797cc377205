//! What one request carries through its resolvers.

use crate::error::Code;
use crate::heavy::Heavy;
use crate::library::Library;
use crate::limits::Limits;
use crate::list::{ListSpec, Rows};
use crate::scope::Scope;
use crate::shelf::{Shelf, View};
use crate::whole::Whole;
use async_graphql::Error;
use async_graphql::dynamic::{FieldFuture, FieldValue, ResolverContext};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use thidua_model::Text;

/// One request: it sees one set of releases from its first to its last field.
pub(crate) struct Session {
    pub(crate) library: Noted,
    /// The release that root fields speak of; `None` when nothing is published.
    pub(crate) shelf: Option<Arc<Shelf>>,
    pub(crate) scope: Scope,
    pub(crate) limits: Limits,
    pub(crate) deadline: Instant,
    pub(crate) selections: Arc<Selections>,
    pub(crate) comparisons: Arc<Comparisons>,
    pub(crate) heavy: Arc<Heavy>,
    pub(crate) whole: Arc<Whole>,
    /// Some object is asked in several places: see `repeats`.
    pub(crate) is_merged: bool,
}

/// Comparisons made lately, by the ids of both releases.
pub(crate) type Comparisons = Cache<(Text, Text), Arc<thidua_release::Comparison>>;

pub(crate) fn comparisons() -> Comparisons {
    Cache::new(4)
}

/// The releases that are served, which note that they were looked at: such an answer holds only as
/// long as they are the same, whatever release it was asked of.
pub(crate) struct Noted {
    library: Arc<Library>,
    is_read: Arc<AtomicBool>,
}

impl Noted {
    pub(crate) fn new(library: Arc<Library>, is_read: &Arc<AtomicBool>) -> Self {
        Self { library, is_read: Arc::clone(is_read) }
    }
}

impl Deref for Noted {
    type Target = Library;

    fn deref(&self) -> &Library {
        self.is_read.store(true, Ordering::Relaxed);
        &self.library
    }
}

/// Rows selected lately, by release and fingerprint: walking all pages of a list selects once.
pub(crate) type Selections = Cache<(Text, u64), Rows, RowsWeight>;

/// Bytes that selections may hold in all.
const SELECTIONS_BYTES: u64 = 64 << 20;

#[derive(Debug, Clone)]
pub(crate) struct RowsWeight;

impl Weighter<(Text, u64), Rows> for RowsWeight {
    fn weight(&self, _: &(Text, u64), rows: &Rows) -> u64 {
        64 + 4 * u64::from(rows.len())
    }
}

pub(crate) fn selections() -> Selections {
    Cache::with_weighter(256, SELECTIONS_BYTES, RowsWeight)
}

impl Session {
    /// A loaded release; the one that is asked needs no look at the others.
    pub(crate) fn release(&self, id: &str) -> Option<Arc<Shelf>> {
        match &self.shelf {
            Some(shelf) if **shelf.id() == *id => Some(Arc::clone(shelf)),
            _ => self.library.release(id),
        }
    }

    /// What the caller may see of a release.
    pub(crate) fn view(&self, shelf: &Shelf) -> View {
        shelf.view(&self.scope)
    }

    /// Whether the caller may see a row.
    pub(crate) fn sees_row(&self, shelf: &Shelf, list: &ListSpec, row: u32) -> bool {
        !self.hides(shelf, list) && (self.scope.is_everything() || self.view(shelf).sees_row(shelf, list, row))
    }

    /// The list is for others: it has no rows for this caller.
    pub(crate) fn hides(&self, shelf: &Shelf, list: &ListSpec) -> bool {
        list.is_of_ranges() && !self.scope.shows_ranges(shelf.manifest())
    }

    /// # Errors
    /// [`Code::Timeout`].
    pub(crate) fn check_time(&self) -> Result<(), Error> {
        if Instant::now() > self.deadline {
            return Err(Code::Timeout.error("hết thời gian cho một truy vấn / the query took too long"));
        }
        Ok(())
    }
}

/// The parent of fields that speak of one release.
#[derive(Clone)]
pub(crate) struct OfRelease(pub(crate) Arc<Shelf>);

pub(crate) fn session<'c>(ctx: &'c ResolverContext<'_>) -> &'c Session {
    ctx.data_unchecked::<Session>()
}

/// The release that a field speaks of: its parent's, else the request's.
///
/// # Errors
/// [`Code::NotReady`].
pub(crate) fn shelf_of(ctx: &ResolverContext<'_>) -> Result<Arc<Shelf>, Error> {
    if let Some(OfRelease(shelf)) = ctx.parent_value.downcast_ref::<OfRelease>() {
        return Ok(Arc::clone(shelf));
    }
    session(ctx)
        .shelf
        .clone()
        .ok_or_else(|| Code::NotReady.error("chưa có bản nào được công bố / no release is published yet"))
}

/// Resolves a field that can fail: the error is noted with its path, and the field is null.
pub(crate) fn resolve<'a>(ctx: &ResolverContext<'a>, value: Result<Option<FieldValue<'a>>, Error>) -> FieldFuture<'a> {
    match value {
        Ok(value) => FieldFuture::Value(value),
        Err(error) => {
            ctx.add_error(ctx.set_error_path(error.into_server_error(ctx.item.pos)));
            FieldFuture::Value(None)
        }
    }
}
