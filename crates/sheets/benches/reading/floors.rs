//! What reading cannot cost less than: the same bytes with everything else left out.

use flate2::{Decompress, FlushDecompress};
use memchr::{memchr, memmem};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::hint::black_box;

/// Parts that a reader of cells has to look at.
const NEEDED: [&str; 4] = ["_rels/", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/"];

/// Unpacks every part that reading needs.
pub(crate) fn inflate(bytes: &[u8], memory: &mut Memory) {
    for (name, packed, size) in directory(bytes) {
        if is_data(name) || NEEDED.iter().any(|needed| name.starts_with(needed)) {
            black_box(memory.unpack(packed, size));
        }
    }
}

/// And takes them apart into the events of XML; nothing is kept.
pub(crate) fn tokenise(bytes: &[u8], memory: &mut Memory) {
    for (name, packed, size) in directory(bytes) {
        if is_data(name) || NEEDED.iter().any(|needed| name.starts_with(needed)) {
            let text = std::str::from_utf8(memory.unpack(packed, size)).expect("UTF-8");
            let mut reader = Reader::from_str(text);
            while !matches!(black_box(reader.read_event().expect("well-formed")), Event::Eof) {}
        }
    }
}

#[derive(Debug, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    /// A range of the texts of the book.
    Text(u32, u32),
}

/// What the hand reader keeps: cells of all sheets, one behind the other, and their texts in one piece.
#[derive(Default)]
pub(crate) struct Flat {
    pub(crate) cells: Vec<(u32, u32, Value)>,
    pub(crate) texts: String,
}

/// Reads cells as one writes it in an afternoon: it believes every size, offset and tag, knows no styles, sheets,
/// errors, dates or limits, and reads what Excel, rust_xlsxwriter and openpyxl write.
pub(crate) fn hand(bytes: &[u8], memory: &mut Memory) -> Flat {
    let mut flat = Flat::default();
    let parts = directory(bytes);
    let mut shared = Vec::new();
    if let Some(&(_, packed, size)) = parts.iter().find(|(name, ..)| *name == "xl/sharedStrings.xml") {
        strings(memory.unpack(packed, size), &mut flat, &mut shared);
    }
    for (_, packed, size) in parts.into_iter().filter(|(name, ..)| name.starts_with("xl/worksheets/sheet")) {
        cells(memory.unpack(packed, size), &mut flat, &shared);
    }
    flat
}

fn is_data(name: &str) -> bool {
    name == "xl/sharedStrings.xml" || name.starts_with("xl/worksheets/sheet")
}

/// Used again for each part.
pub(crate) struct Memory {
    inflate: Decompress,
    part: Vec<u8>,
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self { inflate: Decompress::new(false), part: Vec::new() }
    }

    fn unpack(&mut self, packed: &[u8], size: usize) -> &[u8] {
        if self.part.len() < size {
            self.part.resize(size, 0);
        }
        self.inflate.reset(false);
        self.inflate.decompress(packed, &mut self.part[..size], FlushDecompress::Finish).expect("a deflated part");
        &self.part[..size]
    }
}

/// Name, packed bytes and size of each part.
fn directory(bytes: &[u8]) -> Vec<(&str, &[u8], usize)> {
    let u16_at = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let u32_at = |at: usize| u16_at(at) | u16_at(at + 2) << 16;
    let end = memmem::rfind(bytes, b"PK\x05\x06").expect("a zip");
    let mut at = u32_at(end + 16);
    let mut parts = Vec::new();
    for _ in 0..u16_at(end + 10) {
        let (packed, size, name, head) = (u32_at(at + 20), u32_at(at + 24), u16_at(at + 28), u32_at(at + 42));
        let start = head + 30 + u16_at(head + 26) + u16_at(head + 28);
        parts.push((
            std::str::from_utf8(&bytes[at + 46..at + 46 + name]).expect("UTF-8"),
            &bytes[start..start + packed],
            size,
        ));
        at += 46 + name + u16_at(at + 30) + u16_at(at + 32);
    }
    parts
}

fn strings(xml: &[u8], flat: &mut Flat, shared: &mut Vec<(u32, u32)>) {
    let mut at = 0;
    let mut start = 0;
    while let Some(found) = memchr(b'<', &xml[at..]) {
        at += found + 1;
        match xml[at] {
            b's' if xml[at..].starts_with(b"si>") => start = flat.texts.len() as u32,
            b't' if matches!(xml[at + 1], b'>' | b' ') => at = text(xml, at, &mut flat.texts),
            b'/' if xml[at..].starts_with(b"/si>") => shared.push((start, flat.texts.len() as u32)),
            _ => {}
        }
    }
}

/// Adds the text of the element that begins here, and gives where it ends.
fn text(xml: &[u8], at: usize, texts: &mut String) -> usize {
    let open = at + memchr(b'>', &xml[at..]).expect("an end");
    if xml[open - 1] == b'/' {
        return open;
    }
    let close = open + 1 + memchr(b'<', &xml[open + 1..]).expect("an end");
    let mut rest = std::str::from_utf8(&xml[open + 1..close]).expect("UTF-8");
    while let Some(reference) = memchr(b'&', rest.as_bytes()) {
        texts.push_str(&rest[..reference]);
        let end = reference + memchr(b';', &rest.as_bytes()[reference..]).expect("an end");
        texts.push(match &rest[reference + 1..end] {
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => '&',
        });
        rest = &rest[end + 1..];
    }
    texts.push_str(rest);
    close
}

fn cells(xml: &[u8], flat: &mut Flat, shared: &[(u32, u32)]) {
    let mut at = memmem::find(xml, b"<sheetData").expect("a sheet");
    while let Some(found) = memchr(b'<', &xml[at..]) {
        at += found + 1;
        match xml[at] {
            b'c' if xml[at + 1] == b' ' => at = cell(xml, at + 2, flat, shared),
            b'/' if xml[at..].starts_with(b"/sheetData") => return,
            _ => {}
        }
    }
}

/// `r="B7" s="3" t="s"><v>12</v></c>`; gives where it ends.
fn cell(xml: &[u8], mut at: usize, flat: &mut Flat, shared: &[(u32, u32)]) -> usize {
    let (mut row, mut col, mut kind) = (0u32, 0u32, b'n');
    while xml[at] != b'>' && xml[at] != b'/' {
        let start = at + 3;
        at = start + memchr(b'"', &xml[start..]).expect("an end") + 1;
        match xml[start - 3] {
            b'r' => {
                for &byte in &xml[start..at - 1] {
                    match byte {
                        b'A'..=b'Z' => col = col * 26 + u32::from(byte - b'A') + 1,
                        _ => row = row * 10 + u32::from(byte - b'0'),
                    }
                }
            }
            // `s`, `str`, `inlineStr`: their last letters differ.
            b't' => kind = xml[at - 2],
            _ => {}
        }
        while xml[at] == b' ' {
            at += 1;
        }
    }
    if xml[at] == b'/' {
        return at;
    }
    at += 1;
    if xml[at..].starts_with(b"<f") {
        let open = at + memchr(b'>', &xml[at..]).expect("an end");
        at = if xml[open - 1] == b'/' {
            open + 1
        } else {
            open + memmem::find(&xml[open..], b"</f>").expect("an end") + 4
        };
    }
    let value = if xml[at..].starts_with(b"<is>") {
        let start = flat.texts.len() as u32;
        at = text(xml, at + 5, &mut flat.texts);
        Value::Text(start, flat.texts.len() as u32)
    } else if xml[at..].starts_with(b"<v>") {
        let start = at + 3;
        at = start + memchr(b'<', &xml[start..]).expect("an end");
        match kind {
            b's' => {
                let (start, end) = shared[whole(&xml[start..at]).expect("a position") as usize];
                Value::Text(start, end)
            }
            b'r' => {
                let first = flat.texts.len() as u32;
                at = text(xml, start - 1, &mut flat.texts);
                Value::Text(first, flat.texts.len() as u32)
            }
            _ => Value::Number(number(&xml[start..at])),
        }
    } else {
        return at;
    };
    flat.cells.push((row - 1, col - 1, value));
    at
}

fn whole(digits: &[u8]) -> Option<u64> {
    if digits.len() > 15 {
        return None;
    }
    digits.iter().try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}

fn number(written: &[u8]) -> f64 {
    match whole(written) {
        Some(whole) => whole as f64,
        None => std::str::from_utf8(written).ok().and_then(|text| text.parse().ok()).unwrap_or_default(),
    }
}
