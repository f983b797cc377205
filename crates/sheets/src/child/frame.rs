//! Frames on the pipes between a pool and its children: a mark, a length, that many bytes.

use std::io::{self, ErrorKind, Read, Write};

/// Something else on the pipe, such as a line that a library prints, is told at once.
const REQUEST: [u8; 4] = *b"TDq1";
const UNPACK: [u8; 4] = *b"TDz1";
const WORK: [u8; 4] = *b"TDw1";
const ANSWER: [u8; 4] = *b"TDa1";

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// A workbook to be read.
    Request,
    /// A zip to be taken apart.
    Unpack,
    /// A file with an order, for the work that the child brings itself.
    Work,
    Answer,
}

impl Way {
    const fn mark(self) -> [u8; 4] {
        match self {
            Self::Request => REQUEST,
            Self::Unpack => UNPACK,
            Self::Work => WORK,
            Self::Answer => ANSWER,
        }
    }
}

/// Up to this size a frame is written in one step: each step wakes the other side.
const AT_ONCE: usize = 1 << 20;

pub(super) fn write(pipe: &mut impl Write, way: Way, pieces: &[&[u8]]) -> io::Result<()> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut head = Vec::with_capacity(12 + length.min(AT_ONCE));
    head.extend_from_slice(&way.mark());
    head.extend_from_slice(&(length as u64).to_le_bytes());
    if length <= AT_ONCE {
        pieces.iter().for_each(|piece| head.extend_from_slice(piece));
        pipe.write_all(&head)?;
    } else {
        pipe.write_all(&head)?;
        for piece in pieces {
            pipe.write_all(piece)?;
        }
    }
    pipe.flush()
}

/// A frame of one of these kinds; `None` when the pipe ends before a frame begins.
///
/// # Errors
/// `InvalidData` for another mark, or a length above `most`.
pub(super) fn read(pipe: &mut impl Read, ways: &[Way], most: u64) -> io::Result<Option<(Way, Vec<u8>)>> {
    let mut head = [0; 12];
    let mut filled = 0;
    while filled < head.len() {
        match pipe.read(&mut head[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        let known = filled.min(4);
        if !ways.iter().any(|way| head[..known] == way.mark()[..known]) {
            return Err(ErrorKind::InvalidData.into());
        }
    }
    let way = ways.iter().find(|way| head[..4] == way.mark()).copied().ok_or(ErrorKind::InvalidData)?;
    let length = u64::from_le_bytes([head[4], head[5], head[6], head[7], head[8], head[9], head[10], head[11]]);
    if length > most {
        return Err(ErrorKind::InvalidData.into());
    }
    // Grows with what comes, not with what is claimed.
    let mut body = Vec::with_capacity(length.min(1 << 20) as usize);
    pipe.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some((way, body)))
}
