//! A workbook's container while it is changed: parts that nobody touches are copied as they are packed.
//!
//! In:  the bytes of a workbook, checked by `sheets`.
//! Out: texts of parts; the container with some parts replaced, added or left out.

use crate::Unfit;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use thidua_sheets::{Limits, Package, part_text};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// What becomes of a part of the container.
enum Change {
    Replaced(Vec<u8>),
    Removed,
}

pub(crate) struct Container<'a> {
    bytes: &'a [u8],
    package: Package<'a>,
    /// Names as they were packed.
    names: Vec<String>,
    /// By the agreed name.
    changes: BTreeMap<String, Change>,
    /// New parts, in the order of their coming.
    added: Vec<(String, Vec<u8>)>,
}

impl<'a> Container<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Unfit> {
        let mut package = Package::open(bytes, limits)?;
        let names = package.files();
        Ok(Self { bytes, package, names, changes: BTreeMap::new(), added: Vec::new() })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        let agreed = agreed(name);
        match self.changes.get(&agreed) {
            Some(Change::Removed) => false,
            Some(Change::Replaced(_)) => true,
            None => self.package.has(name) || self.added.iter().any(|(added, _)| *added == agreed),
        }
    }

    /// The text of a part, as changed so far; `None` when there is no such part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Unfit> {
        let text = |bytes: &[u8]| part_text(bytes).into_owned();
        let agreed = agreed(name);
        if let Some((_, bytes)) = self.added.iter().find(|(added, _)| *added == agreed) {
            return Ok(Some(text(bytes)));
        }
        match self.changes.get(&agreed) {
            Some(Change::Removed) => Ok(None),
            Some(Change::Replaced(bytes)) => Ok(Some(text(bytes))),
            None => Ok(self.package.part(name)?.map(|bytes| text(&bytes))),
        }
    }

    /// Replaces a part, or adds it.
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        let bytes = in_utf_8(text).into_bytes();
        let agreed = agreed(name);
        if self.package.has(name) {
            self.changes.insert(agreed, Change::Replaced(bytes));
        } else if let Some(added) = self.added.iter_mut().find(|(added, _)| *added == agreed) {
            added.1 = bytes;
        } else {
            self.added.push((name.trim_start_matches('/').to_owned(), bytes));
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        let agreed = agreed(name);
        self.added.retain(|(added, _)| *added != agreed);
        if self.package.has(name) {
            self.changes.insert(agreed, Change::Removed);
        }
    }

    /// The parts that there are now, by their agreed names.
    pub(crate) fn names(&self) -> BTreeSet<String> {
        let kept = self.names.iter().map(|name| agreed(name));
        let kept = kept.filter(|name| !matches!(self.changes.get(name), Some(Change::Removed)));
        kept.chain(self.added.iter().map(|(name, _)| agreed(name))).collect()
    }

    /// The first name of a row that no part has.
    pub(crate) fn free(&self, name: impl Fn(u32) -> String) -> String {
        let names = self.names();
        let free = (1..).map(name).find(|name| !names.contains(&agreed(name)));
        free.expect("numbers do not end")
    }

    /// Parts that were not changed stand there byte by byte as they were packed.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Unfit> {
        let mut old = ZipArchive::new(Cursor::new(self.bytes)).map_err(|_| Unfit)?;
        let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + (16 << 10))));
        // The same workbook and marks give the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for index in 0..old.len() {
            let part = old.by_index_raw(index).map_err(|_| Unfit)?;
            let name = part.name().map_or_else(|_| String::from_utf8_lossy(part.name_raw()).into_owned(), Into::into);
            match self.changes.remove(&agreed(&name)) {
                Some(Change::Removed) => {}
                Some(Change::Replaced(bytes)) => {
                    new.start_file(name, options).map_err(|_| Unfit)?;
                    new.write_all(&bytes).map_err(|_| Unfit)?;
                }
                None => new.raw_copy_file(part).map_err(|_| Unfit)?,
            }
        }
        for (name, bytes) in self.added {
            new.start_file(name, options).map_err(|_| Unfit)?;
            new.write_all(&bytes).map_err(|_| Unfit)?;
        }
        Ok(new.finish().map_err(|_| Unfit)?.into_inner())
    }
}

/// As readers agree on names: `/`, no leading slash, lower case.
fn agreed(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// A part that was written in another encoding says that it is UTF-8 now.
fn in_utf_8(text: &str) -> String {
    const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    let declared = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    match declared {
        Some((words, _)) if words.to_ascii_lowercase().contains("utf-8") || !words.contains("encoding") => {
            text.to_owned()
        }
        Some((_, rest)) => format!("{DECLARATION}{rest}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rewritten_part_declares_its_own_encoding() {
        for (text, expected) in [
            ("<?xml version='1.0' encoding='utf-8'?><a/>", "<?xml version='1.0' encoding='utf-8'?><a/>"),
            ("<?xml version='1.0'?><a/>", "<?xml version='1.0'?><a/>"),
            ("<a/>", "<a/>"),
            (
                "<?xml version='1.0' encoding='UTF-16'?><a/>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><a/>",
            ),
        ] {
            assert_eq!(in_utf_8(text), expected);
        }
    }
}
