//! Which rows of a list were asked for, in which order.

use super::{ListSpec, filter, order};
use crate::session::Session;
use crate::shelf::Shelf;
use async_graphql::{Error, Value};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use thidua_model::Date;

/// What was asked of a list.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) list: &'static ListSpec,
    pub(crate) filter: Option<Value>,
    pub(crate) order: Option<Value>,
    /// What the rows are taken from, in order of the table.
    pub(crate) from: From,
}

/// What a list is taken from.
#[derive(Clone)]
pub(crate) enum From {
    Table,
    /// Rows of one unit.
    Unit(String),
    /// These rows; the word tells them from others.
    Rows {
        word: String,
        rows: Arc<Vec<u32>>,
        /// The date of the organisation that they were chosen for.
        as_of: Option<Date>,
    },
}

impl From {
    pub(crate) fn rows(word: String, rows: Vec<u32>) -> Self {
        Self::Rows { word, rows: Arc::new(rows), as_of: None }
    }

    pub(super) fn as_of(&self) -> Option<Date> {
        match self {
            Self::Rows { as_of, .. } => *as_of,
            Self::Table | Self::Unit(_) => None,
        }
    }
}

/// Rows in the order asked.
#[derive(Debug, Clone)]
pub(crate) enum Rows {
    /// All rows of a table.
    All(u32),
    Some(Arc<Vec<u32>>),
}

impl Rows {
    pub(crate) fn len(&self) -> u32 {
        match self {
            Self::All(rows) => *rows,
            Self::Some(rows) => rows.len() as u32,
        }
    }

    pub(crate) fn get(&self, position: u32) -> u32 {
        match self {
            Self::All(_) => position,
            Self::Some(rows) => rows[position as usize],
        }
    }
}

/// Rows scanned between two looks at the clock, and from which a selection is worth keeping.
const BATCH: usize = 1 << 16;
const WORTH_KEEPING: u32 = 2_048;

impl Asked {
    /// The same for the same rows in the same order of one release: cursors carry it.
    pub(crate) fn fingerprint(&self, scope: &str) -> u64 {
        let json = |value: &Option<Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let from = match &self.from {
            From::Table => String::new(),
            From::Unit(unit) => format!("unit {unit}"),
            From::Rows { word, .. } => format!("rows {word}"),
        };
        let mut sum = Sha256::new();
        for part in [self.list.name, &json(&self.filter), &json(&self.order), &from, scope] {
            sum.update((part.len() as u64).to_le_bytes());
            sum.update(part.as_bytes());
        }
        let digest = sum.finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// The rows asked for; those outside the caller's scope are not among them, nor counted.
///
/// # Errors
/// `BAD_USER_INPUT` for a filter of no use, `FORBIDDEN` for one by what is masked, `TIMEOUT`.
pub(crate) fn select(session: &Session, shelf: &Arc<Shelf>, asked: &Asked) -> Result<Rows, Error> {
    let all = shelf.rows(asked.list);
    if session.hides(shelf, asked.list) {
        return Ok(Rows::All(0));
    }
    if asked.filter.is_none() && asked.order.is_none() && session.scope.is_everything() {
        match &asked.from {
            From::Table => return Ok(Rows::All(all)),
            From::Rows { rows, .. } => return Ok(Rows::Some(Arc::clone(rows))),
            From::Unit(_) => {}
        }
    }
    let is_large = match &asked.from {
        From::Unit(_) => false,
        From::Table => all >= WORTH_KEEPING,
        From::Rows { rows, .. } => rows.len() >= WORTH_KEEPING as usize,
    };
    if !is_large {
        return select_now(session, shelf, asked);
    }
    let key = (shelf.id().clone(), asked.fingerprint(&session.scope.key()));
    if let Some(known) = session.selections.get(&key) {
        return Ok(known);
    }
    let rows = select_now(session, shelf, asked)?;
    session.selections.insert(key, rows.clone());
    Ok(rows)
}

fn select_now(session: &Session, shelf: &Arc<Shelf>, asked: &Asked) -> Result<Rows, Error> {
    let list = asked.list;
    let view = session.view(shelf);
    let test = asked.filter.as_ref().map(|filter| filter::prepared(session, shelf, list, filter)).transpose()?;
    let holds = |row: &u32| test.as_ref().is_none_or(|test| test.holds(*row)) && view.sees_row(shelf, list, *row);
    let mut rows: Vec<u32> = Vec::new();
    match &asked.from {
        From::Unit(unit) => rows.extend(shelf.rows_of_unit(list, unit).iter().copied().filter(holds)),
        From::Rows { rows: of, .. } => {
            for batch in of.chunks(BATCH) {
                session.check_time()?;
                rows.extend(batch.iter().copied().filter(holds));
            }
        }
        From::Table => match filter::only_unit(list, asked.filter.as_ref()) {
            Some(unit) => rows.extend(shelf.rows_of_unit(list, unit).iter().copied().filter(holds)),
            None => {
                for start in (0..shelf.rows(list)).step_by(BATCH) {
                    session.check_time()?;
                    let end = shelf.rows(list).min(start.saturating_add(BATCH as u32));
                    rows.extend((start..end).filter(holds));
                }
            }
        },
    }
    session.check_time()?;
    if let Some(order) = &asked.order {
        order::sort(shelf, &view, list, &mut rows, order)?;
    }
    Ok(Rows::Some(Arc::new(rows)))
}
