//! The records of an `.xls` stream, and texts that go on in the next record.

use crate::Refusal;
use thidua_model::issue::FileDamage;

pub(super) const PART: &str = "Workbook";

pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

/// A record: its kind, where it stands in the stream, its bytes.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) at: usize,
    pub(super) data: &'a [u8],
}

const CONTINUE: u16 = 0x003C;

impl<'a> Records<'a> {
    pub(super) fn at(stream: &'a [u8], at: u32) -> Option<Self> {
        let at = at as usize;
        (at < stream.len()).then_some(Self { stream, at })
    }

    /// The next record; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, Refusal> {
        let rest = &self.stream[self.at..];
        // Padding behind the last record.
        if rest.len() < 4 || rest.starts_with(&[0, 0, 0, 0]) {
            return Ok(None);
        }
        let length = usize::from(u16::from_le_bytes([rest[2], rest[3]]));
        let data = rest.get(4..4 + length).ok_or_else(|| Refusal::damaged(FileDamage::CutShort))?;
        let record = Record { kind: u16::from_le_bytes([rest[0], rest[1]]), at: self.at, data };
        self.at += 4 + length;
        Ok(Some(record))
    }

    /// The record's bytes with those of the records that continue it.
    pub(super) fn whole(&mut self, record: Record<'a>) -> Result<Pieces<'a>, Refusal> {
        let mut pieces = vec![record.data];
        loop {
            let before = self.at;
            match self.next()? {
                Some(more) if more.kind == CONTINUE => pieces.push(more.data),
                _ => {
                    self.at = before;
                    return Ok(Pieces { pieces, piece: 0, at: 0, record: record.at });
                }
            }
        }
    }
}

impl Record<'_> {
    pub(super) fn broken(&self) -> Refusal {
        Refusal::record(PART, self.at)
    }

    pub(super) fn u8(&self, at: usize) -> Result<u8, Refusal> {
        self.data.get(at).copied().ok_or_else(|| self.broken())
    }

    pub(super) fn u16(&self, at: usize) -> Result<u16, Refusal> {
        Ok(u16::from_le_bytes(self.take(at)?))
    }

    pub(super) fn u32(&self, at: usize) -> Result<u32, Refusal> {
        Ok(u32::from_le_bytes(self.take(at)?))
    }

    pub(super) fn f64(&self, at: usize) -> Result<f64, Refusal> {
        Ok(f64::from_le_bytes(self.take(at)?))
    }

    pub(super) fn take<const N: usize>(&self, at: usize) -> Result<[u8; N], Refusal> {
        let bytes = self.data.get(at..at + N).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| self.broken())
    }
}

/// Bytes in several pieces; a text that crosses into the next piece says there anew how it is
/// written.
pub(super) struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
    record: usize,
}

impl<'a> Pieces<'a> {
    /// One record that nothing continues.
    pub(super) fn alone(record: Record<'a>) -> Self {
        Self { pieces: vec![record.data], piece: 0, at: 0, record: record.at }
    }

    fn broken(&self) -> Refusal {
        Refusal::record(PART, self.record)
    }

    /// What is left of the piece that is read.
    fn here(&self) -> &'a [u8] {
        self.pieces.get(self.piece).map_or(&[], |piece| &piece[self.at..])
    }

    /// Steps into the next piece when this one is used up; `false` at the end.
    fn refill(&mut self) -> bool {
        while self.here().is_empty() {
            if self.piece + 1 >= self.pieces.len() {
                return false;
            }
            self.piece += 1;
            self.at = 0;
        }
        true
    }

    pub(super) fn is_end(&mut self) -> bool {
        !self.refill()
    }

    pub(super) fn u8(&mut self) -> Result<u8, Refusal> {
        if !self.refill() {
            return Err(self.broken());
        }
        let byte = self.here()[0];
        self.at += 1;
        Ok(byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, Refusal> {
        Ok(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub(super) fn u32(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from_le_bytes([self.u8()?, self.u8()?, self.u8()?, self.u8()?]))
    }

    pub(super) fn skip(&mut self, mut bytes: usize) -> Result<(), Refusal> {
        while bytes > 0 {
            if !self.refill() {
                return Err(self.broken());
            }
            let step = bytes.min(self.here().len());
            self.at += step;
            bytes -= step;
        }
        Ok(())
    }

    /// `count` characters, one or two bytes each; the flag is read again in each further piece.
    pub(super) fn chars(&mut self, count: usize, mut is_wide: bool) -> Result<String, Refusal> {
        let mut units: Vec<u16> = Vec::with_capacity(count.min(self.here().len()));
        while units.len() < count {
            if self.here().is_empty() {
                if !self.refill() {
                    return Err(self.broken());
                }
                is_wide = self.u8()? & 1 == 1;
                continue;
            }
            let (here, wanted) = (self.here(), count - units.len());
            if is_wide {
                let pairs = here.chunks_exact(2).take(wanted);
                let taken = pairs.len();
                // Half a character at the end of a piece.
                if taken == 0 {
                    return Err(self.broken());
                }
                units.extend(pairs.map(|two| u16::from_le_bytes([two[0], two[1]])));
                self.at += taken * 2;
            } else {
                let taken = here.len().min(wanted);
                units.extend(here[..taken].iter().map(|&byte| u16::from(byte)));
                self.at += taken;
            }
        }
        Ok(String::from_utf16_lossy(&units))
    }

    /// Bytes of an older file, in its code page.
    pub(super) fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            if !self.refill() {
                return Err(self.broken());
            }
            let step = self.here().len().min(count - bytes.len());
            bytes.extend_from_slice(&self.here()[..step]);
            self.at += step;
        }
        Ok(bytes)
    }
}
