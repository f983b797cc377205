//! The compound file that holds an `.xls`: a small file system of linked sectors.
//!
//! In:  the bytes of the file.
//! Out: the streams of its root folder by name. Every chain is bounded by the number of sectors
//!      that are there, so that a circle ends.

use crate::limits::at_most;
use crate::{Limits, Refusal};
use thidua_model::issue::{FileDamage, FileLimit};

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// Streams shorter than this lie in sectors of 64 bytes.
const SMALL: u64 = 4096;

pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    entries: Vec<Entry>,
    small_fat: Vec<u32>,
    small: Vec<u8>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

fn broken() -> Refusal {
    Refusal::damaged(FileDamage::Directory)
}

fn cut() -> Refusal {
    Refusal::damaged(FileDamage::CutShort)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]])).ok_or_else(cut)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    bytes.get(at..at + 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).ok_or_else(cut)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

impl<'a> Compound<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(broken()),
        };
        let mut file =
            Self { bytes, sector, fat: Vec::new(), entries: Vec::new(), small_fat: Vec::new(), small: Vec::new() };
        file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?, None)?;
        at_most(FileLimit::Parts, directory.len() as u64 / 128, limits.parts as u64)?;
        let root = file.read_directory(&directory)?;
        at_most(FileLimit::PartBytes, root.size, limits.part_bytes)?;
        let small_fat = u32_at(bytes, 60)?;
        if small_fat < END {
            file.small_fat = words(&file.chain(small_fat, None)?).collect();
            file.small = file.chain(root.start, Some(root.size))?;
        }
        Ok(file)
    }

    /// Where sector `id` lies; the header takes the place of one.
    fn sector(&self, id: u32) -> Result<&'a [u8], Refusal> {
        let start = (id as usize).checked_add(1).and_then(|id| id.checked_mul(self.sector)).ok_or_else(broken)?;
        // The last sector of a file may be shorter than the others.
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty()).ok_or_else(cut)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    fn read_fat(&mut self) -> Result<(), Refusal> {
        let mut places: Vec<u32> = words(self.bytes.get(76..512).ok_or_else(cut)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while next < END {
            steps += 1;
            if steps > self.sectors() {
                return Err(broken());
            }
            let mut more: Vec<u32> = words(self.sector(next)?).collect();
            next = more.pop().ok_or_else(broken)?;
            places.extend(more);
        }
        places.retain(|&place| place < END - 1);
        if places.len() > self.sectors() {
            return Err(broken());
        }
        for place in places {
            let sector = self.sector(place)?;
            self.fat.extend(words(sector));
        }
        Ok(())
    }

    /// The bytes of a chain of sectors; with a size, as many of them.
    fn chain(&self, start: u32, size: Option<u64>) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let (mut next, mut steps) = (start, 0);
        while next != END && size.is_none_or(|size| (bytes.len() as u64) < size) {
            steps += 1;
            if steps > self.sectors() || next == FREE {
                return Err(broken());
            }
            bytes.extend_from_slice(self.sector(next)?);
            next = *self.fat.get(next as usize).ok_or_else(broken)?;
        }
        Self::to_size(bytes, size)
    }

    fn small_chain(&self, start: u32, size: u64) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        let (mut next, mut steps) = (start, 0);
        while next != END && (bytes.len() as u64) < size {
            steps += 1;
            if steps > self.small.len() / 64 + 1 {
                return Err(broken());
            }
            let at = next as usize * 64;
            let end = (at + 64).min(self.small.len());
            bytes.extend_from_slice(self.small.get(at..end).ok_or_else(broken)?);
            next = *self.small_fat.get(next as usize).ok_or_else(broken)?;
        }
        Self::to_size(bytes, Some(size))
    }

    fn to_size(mut bytes: Vec<u8>, size: Option<u64>) -> Result<Vec<u8>, Refusal> {
        if let Some(size) = size {
            if (bytes.len() as u64) < size {
                return Err(cut());
            }
            bytes.truncate(size as usize);
        }
        Ok(bytes)
    }

    /// Gives the root entry; keeps the streams of the root folder, not those of embedded objects.
    fn read_directory(&mut self, directory: &[u8]) -> Result<Entry, Refusal> {
        let records: Vec<&[u8]> = directory.chunks_exact(128).collect();
        let root = *records.first().ok_or_else(broken)?;
        let mut is_seen = vec![false; records.len()];
        let mut open = vec![u32_at(root, 76)?];
        while let Some(id) = open.pop() {
            if id == FREE {
                continue;
            }
            let record = *records.get(id as usize).ok_or_else(broken)?;
            if std::mem::replace(&mut is_seen[id as usize], true) {
                return Err(broken());
            }
            open.extend([u32_at(record, 68)?, u32_at(record, 72)?]);
            if record[66] == 2 {
                let entry = self.entry(record)?;
                self.entries.push(entry);
            }
        }
        self.entry(root)
    }

    fn entry(&self, record: &[u8]) -> Result<Entry, Refusal> {
        let length = usize::from(u16_at(record, 64)?).saturating_sub(2).min(62);
        let units: Vec<u16> =
            record[..length].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        let low = u64::from(u32_at(record, 120)?);
        // The small kind of file leaves rubbish in the upper half.
        let high = if self.sector == 4096 { u64::from(u32_at(record, 124)?) } else { 0 };
        Ok(Entry { name: String::from_utf16_lossy(&units), start: u32_at(record, 116)?, size: high << 32 | low })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream of the root folder.
    pub(crate) fn stream(&self, name: &str, limits: &Limits) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        at_most(FileLimit::PartBytes, entry.size, limits.part_bytes)?;
        let bytes = if entry.size < SMALL && !self.small_fat.is_empty() {
            self.small_chain(entry.start, entry.size)?
        } else {
            self.chain(entry.start, Some(entry.size))?
        };
        Ok(Some(bytes))
    }
}
