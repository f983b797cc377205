//! A zip container whose directory was checked before anything is unpacked.
//!
//! In:  the bytes of a zip file and limits.
//! Out: its parts by name, each unpacked into memory only when it is asked for.
//!
//! Not here: which part means what (`xlsx`, `xlsb`, `ods`).

use crate::limits::at_most;
use crate::refusal::one_line;
use crate::{Limits, Refusal};
use flate2::{Crc, Decompress, FlushDecompress, Status};
use memchr::memmem;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use thidua_model::issue::{FileDamage, FileLimit};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// A container that was checked before anything of it was unpacked.
#[derive(Debug)]
pub struct Package<'a> {
    bytes: &'a [u8],
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Used again for each part.
    inflate: Decompress,
    /// By the name that readers agree on: `/`, no leading slash, lower case.
    parts: HashMap<String, Part>,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    index: usize,
    size: u64,
}

const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

impl<'a> Package<'a> {
    /// # Errors
    /// Damage, or a limit: number, size and growth of the parts, two parts of one name (readers
    /// differ in which they take), names that lead outside, parts that share bytes.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        // Counted before the library makes a record of each.
        let (entries, has_end) = signatures(bytes);
        at_most(FileLimit::Parts, entries, limits.parts as u64)?;
        if !has_end {
            return Err(Refusal::damaged(FileDamage::CutShort));
        }
        let broken = |_| Refusal::damaged(FileDamage::Directory);
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        at_most(FileLimit::Parts, zip.len() as u64, limits.parts as u64)?;
        let mut parts = HashMap::with_capacity(zip.len());
        let mut all = 0u64;
        for index in 0..zip.len() {
            let (name, size) = {
                let part = zip.by_index_raw(index).map_err(broken)?;
                let name =
                    part.name().map_or_else(|_| String::from_utf8_lossy(part.name_raw()).into_owned(), Into::into);
                (name, part.size())
            };
            at_most(FileLimit::PartBytes, size, limits.part_bytes)?;
            all = all.saturating_add(size);
            if leads_outside(&name) {
                return Err(Refusal::damaged(FileDamage::PartOutside { part: one_line(&name, 100).into() }));
            }
            if parts.insert(agreed(&name), Part { index, size }).is_some() {
                return Err(twice(&name));
            }
        }
        if zip.has_duplicate_names() {
            return Err(twice(duplicate(bytes, zip.central_directory_start()).as_deref().unwrap_or("?")));
        }
        at_most(FileLimit::AllBytes, all, limits.all_bytes)?;
        if all > Limits::RATIO_FROM {
            at_most(FileLimit::Ratio, all / bytes.len().max(1) as u64, limits.ratio)?;
        }
        if zip.has_overlapping_files().map_err(broken)? {
            return Err(Refusal::damaged(FileDamage::PartsOverlap));
        }
        Ok(Self { bytes, zip, inflate: Decompress::new(false), parts })
    }

    /// There is a part of that name, its case and leading slash left aside.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&agreed(name))
    }

    /// What is in the container as files, in its own order: names as they were packed.
    pub fn files(&mut self) -> Vec<String> {
        let mut names = Vec::with_capacity(self.zip.len());
        for index in 0..self.zip.len() {
            let Ok(part) = self.zip.by_index_raw(index) else { continue };
            if !part.is_dir() {
                names.push(
                    part.name().map_or_else(|_| String::from_utf8_lossy(part.name_raw()).into_owned(), Into::into),
                );
            }
        }
        names
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// Unpacks a part; `None` when there is none of that name.
    ///
    /// # Errors
    /// It is encrypted, damaged, or not of the size that the directory promised.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(&Part { index, size }) = self.parts.get(&agreed(name)) else { return Ok(None) };
        let unpacking = || Refusal::damaged(FileDamage::Unpacking { part: one_line(name, 100).into() });
        // The declared size was checked; what unpacks to another size is not what it says.
        let mut unpacked = Vec::with_capacity(size as usize);
        let part = self.zip.by_index_raw(index).map_err(|_| unpacking())?;
        let packed = part.data_start().and_then(|start| piece(self.bytes, start, part.compressed_size()));
        match packed.filter(|_| part.compression() == CompressionMethod::Deflated && !part.encrypted()) {
            // In one step, from memory to memory: a stream around it costs half as much again.
            Some(packed) => {
                let expected = part.crc32();
                self.inflate.reset(false);
                let done = self.inflate.decompress_vec(packed, &mut unpacked, FlushDecompress::Finish);
                let mut crc = Crc::new();
                crc.update(&unpacked);
                if !matches!(done, Ok(Status::StreamEnd)) || crc.sum() != expected {
                    return Err(unpacking());
                }
            }
            None => {
                drop(part);
                let part = self.zip.by_index(index).map_err(|error| match error {
                    ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
                    _ => unpacking(),
                })?;
                part.take(size + 1).read_to_end(&mut unpacked).map_err(|_| unpacking())?;
            }
        }
        if unpacked.len() as u64 != size {
            return Err(unpacking());
        }
        Ok(Some(unpacked))
    }
}

fn piece(bytes: &[u8], start: u64, length: u64) -> Option<&[u8]> {
    bytes.get(usize::try_from(start).ok()?..)?.get(..usize::try_from(length).ok()?)
}

fn twice(name: &str) -> Refusal {
    Refusal::damaged(FileDamage::PartTwice { part: one_line(name, 100).into() })
}

/// How many directory entries the bytes can hold at most, and whether a directory ends in them.
fn signatures(bytes: &[u8]) -> (u64, bool) {
    let (mut entries, mut has_end) = (0, false);
    let mut rest = bytes;
    while let Some(at) = memmem::find(rest, b"PK") {
        rest = &rest[at..];
        entries += u64::from(rest.starts_with(ENTRY));
        has_end |= rest.starts_with(END);
        rest = &rest[2..];
    }
    (entries, has_end)
}

/// The first name that stands twice in the directory.
fn duplicate(bytes: &[u8], start: u64) -> Option<String> {
    let mut rest = bytes.get(usize::try_from(start).ok()?..)?;
    let mut seen = std::collections::HashSet::new();
    while rest.starts_with(ENTRY) && rest.len() >= 46 {
        let length = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
        let (name, extra, comment) = (length(28), length(30), length(32));
        let found = rest.get(46..46 + name)?;
        if !seen.insert(found) {
            return Some(String::from_utf8_lossy(found).into_owned());
        }
        rest = rest.get(46 + name + extra + comment..)?;
    }
    None
}

fn agreed(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

fn leads_outside(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    has_drive || name.contains('\0') || name.split(['/', '\\']).any(|step| step == "..")
}

/// The part that a relation names: absolute from the root, else from the folder of `from`. `None`
/// when it leads outside.
pub fn resolve(from: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(from.rsplit_once('/').map(|(folder, _)| folder.split('/')).into_iter().flatten());
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relation_is_followed_inside_the_package_only() {
        for (from, target, expected) in [
            ("xl/workbook.xml", "worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "./worksheets\\sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/workbook.xml", "../xl/a.xml", Some("xl/a.xml")),
            ("xl/workbook.xml", "../../a.xml", None),
            ("", "xl/workbook.xml", Some("xl/workbook.xml")),
            ("", "../x", None),
        ] {
            assert_eq!(resolve(from, target).as_deref(), expected, "{from} {target}");
        }
    }

    #[test]
    fn a_name_that_leads_outside_is_told() {
        for (name, expected) in [
            ("xl/workbook.xml", false),
            ("xl/..hidden", false),
            ("../evil", true),
            ("xl\\..\\..\\evil", true),
            ("C:\\evil", true),
            ("a\0b", true),
        ] {
            assert_eq!(leads_outside(name), expected, "{name}");
        }
    }
}
