//! Places of a release explained, and kept as long as the release is in memory: what one more place needs is
//! found by ranking its cluster again and again.
//!
//! Not here: who sees which of it (`pages::figures::place`), how it is found (`pipeline::place`).

use crate::books::Book;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use thidua_model::{PeriodIx, UnitIx};
use thidua_pipeline::{Thawed, WhatIfError};
use thidua_release::ReleaseError;
use thidua_release::explain::{self, Placing};

/// Explanations that are kept for one release.
const KEPT: usize = 1_000;

/// A place explained.
pub(crate) struct Explained {
    /// `None`: the unit competes in no cluster of the period.
    pub(crate) placing: Option<Placing>,
    /// Why it tells neither other policies nor what one more place needs, in both languages.
    pub(crate) without: Option<String>,
}

/// Explanations of one release.
#[derive(Default)]
pub(crate) struct Places(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// What every explanation starts from, or why there is none.
    thawed: Option<Result<Arc<Thawed>, String>>,
    known: BTreeMap<(UnitIx, PeriodIx), Arc<Explained>>,
}

impl Places {
    /// Explains a place; units and periods are positions in the campaign of the book. It takes its time: a
    /// second one who asks waits for the first.
    ///
    /// # Errors
    /// A damaged release.
    pub(crate) fn explain(&self, book: &Book, unit: UnitIx, period: PeriodIx) -> Result<Arc<Explained>, ReleaseError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.known.get(&(unit, period)) {
            return Ok(Arc::clone(known));
        }
        if kept.thawed.is_none() {
            kept.thawed = Some(match Thawed::of(&book.opened) {
                Ok(thawed) => Ok(Arc::new(thawed)),
                Err(WhatIfError::Release(error)) => return Err(error),
                Err(error) => Err(error.to_string()),
            });
        }
        let found = match &kept.thawed {
            Some(Ok(thawed)) => {
                let id = book.campaign.period(period).id.as_str();
                thidua_pipeline::place(&book.opened, thawed, unit, Some(id)).map_err(|error| error.to_string())
            }
            Some(Err(why)) => Err(why.clone()),
            None => Err(String::new()),
        };
        // What the tables hold can be told all the same.
        let explained = match found {
            Ok(placing) => Explained { placing, without: None },
            Err(why) => {
                Explained { placing: explain::place(&book.opened, &book.campaign, unit, period), without: Some(why) }
            }
        };
        if kept.known.len() == KEPT {
            kept.known.clear();
        }
        let explained = Arc::new(explained);
        kept.known.insert((unit, period), Arc::clone(&explained));
        Ok(explained)
    }
}
