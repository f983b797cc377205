//! Where rows with names stand in the book, so that cells elsewhere can lead to them.
//!
//! In:  the sheets in their order, before anything is written.
//! Out: links by anchor.

use crate::table::Sheet;
use crate::write::{HEAD_ROWS, link_to};
use std::collections::BTreeMap;

/// Rows by their names.
#[derive(Debug, Default)]
pub(crate) struct Anchors(BTreeMap<String, String>);

impl Anchors {
    /// Of sheets that lead back to a cover, or not. Of two rows with one name the first counts.
    pub(crate) fn of(sheets: &[Sheet], has_cover: bool) -> Self {
        let mut found = BTreeMap::new();
        for sheet in sheets {
            let starts = starts(sheet, has_cover);
            for (block, start) in sheet.blocks.iter().zip(starts) {
                for (row, at) in block.rows.iter().zip(start..) {
                    if let Some(anchor) = &row.anchor {
                        found.entry(anchor.clone()).or_insert_with(|| link_to(&sheet.name, at));
                    }
                }
            }
        }
        Self(found)
    }

    pub(crate) fn find(&self, anchor: &str) -> Option<&str> {
        self.0.get(anchor).map(String::as_str)
    }
}

/// The row, counted from 0, where each block has its first row below the headings.
pub(crate) fn starts(sheet: &Sheet, has_cover: bool) -> Vec<u32> {
    let head = if has_cover { HEAD_ROWS } else { HEAD_ROWS - 1 };
    // After the notes one low row.
    let mut row = head + sheet.notes.len() as u32 + 1;
    let mut starts = Vec::with_capacity(sheet.blocks.len());
    for (at, block) in sheet.blocks.iter().enumerate() {
        row += u32::from(at > 0) + u32::from(block.title.is_some());
        row += if block.heads.iter().any(|head| head.group.is_some()) { 2 } else { 1 };
        starts.push(row);
        row += block.rows.len().max(1) as u32;
    }
    starts
}
