//! What stands before the sheets of an `.xls`: tabs, texts, formats, fonts, the date system.

use super::records::{Pieces, Record, Records};
use crate::gather::{Fonts, Gather, Look, Shared};
use crate::number_format::NumberFormat;
use crate::{Note, Refusal};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;
use thidua_model::issue::FileGuess;

pub(super) struct Globals {
    pub(super) tabs: Vec<Tab>,
    pub(super) strings: Vec<Shared>,
    pub(super) fonts: Fonts,
    pub(super) is_1904: bool,
    /// Excel 5 and 95: texts are bytes of a code page.
    pub(super) is_old: bool,
    code_page: &'static Encoding,
    styles: Vec<(NumberFormat, u16)>,
    /// By the number that records use; the number 4 does not exist.
    font_table: Vec<u16>,
}

pub(super) struct Tab {
    pub(super) name: String,
    pub(super) is_visible: bool,
    pub(super) position: u32,
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;

impl Globals {
    pub(super) fn read(stream: &[u8], gather: &mut Gather<'_>) -> Result<Self, Refusal> {
        let mut globals = Self {
            tabs: Vec::new(),
            strings: Vec::new(),
            fonts: Fonts::new(),
            is_1904: false,
            is_old: false,
            code_page: WINDOWS_1252,
            styles: Vec::new(),
            font_table: Vec::new(),
        };
        let mut formats: HashMap<u16, NumberFormat> = HashMap::new();
        let mut xfs: Vec<(u16, u16)> = Vec::new();
        let mut names: Vec<(Record<'_>, u8)> = Vec::new();
        let Some(mut records) = Records::at(stream, 0) else { return Err(Refusal::not(FileGuess::OldOffice)) };
        let mut is_first = true;
        while let Some(record) = records.next()? {
            gather.clock.tick()?;
            if std::mem::take(&mut is_first) {
                // Excel 2 to 4 knew no workbooks; nobody sends them.
                if record.kind != BOF {
                    return Err(Refusal::not(FileGuess::OldOffice));
                }
                globals.is_old = match record.u16(0)? {
                    0x0600 => false,
                    0x0500 => true,
                    _ => return Err(Refusal::not(FileGuess::OldOffice)),
                };
                continue;
            }
            match record.kind {
                EOF => break,
                0x002F => return Err(Refusal::Encrypted),
                0x0042 => globals.code_page = code_page(record.u16(0)?),
                0x0022 => globals.is_1904 = record.u16(0)? == 1,
                0x0031 => {
                    gather.table_size(globals.font_table.len() + 1)?;
                    let count = usize::from(record.u8(14)?);
                    let name = globals.short_text(&mut records, record, 15, count)?;
                    let font = globals.fonts.add(&name);
                    globals.font_table.push(font);
                }
                0x041E => {
                    let id = record.u16(0)?;
                    let (count, at) =
                        if globals.is_old { (usize::from(record.u8(2)?), 3) } else { (usize::from(record.u16(2)?), 4) };
                    let code = globals.short_text(&mut records, record, at, count)?;
                    formats.insert(id, NumberFormat::of_code(&code));
                }
                0x00E0 => {
                    gather.table_size(xfs.len() + 1)?;
                    xfs.push((record.u16(2)?, record.u16(0)?));
                }
                0x0085 => {
                    // Names may stand before the code page that they are written in.
                    names.push((record, record.u8(6)?));
                    gather.sheet_count(names.len())?;
                }
                0x00FC => globals.read_strings(&mut records, record, gather)?,
                _ => {}
            }
        }
        for (record, length) in names {
            // Kind 0: a worksheet; others are charts and macros.
            if record.u8(5)? == 0 {
                let mut pieces = Pieces::alone(record);
                pieces.skip(7)?;
                let name = globals.text(&mut pieces, usize::from(length))?;
                let is_visible = record.u8(4)? & 3 == 0;
                globals.tabs.push(Tab { name, is_visible, position: record.u32(0)? });
            }
        }
        let styles = xfs.iter().map(|&(format, font)| {
            let builtin = || NumberFormat::builtin(u32::from(format));
            (formats.get(&format).copied().unwrap_or_else(builtin), globals.font(font))
        });
        globals.styles = styles.collect();
        if globals.is_old && !globals.tabs.is_empty() {
            gather.note(Note::ReadInEncoding { encoding: globals.code_page.name().into() });
        }
        Ok(globals)
    }

    /// The font of a number that records use.
    pub(super) fn font(&self, number: u16) -> u16 {
        let position = if number > 4 { number - 1 } else { number };
        self.font_table.get(usize::from(position)).copied().unwrap_or(0)
    }

    pub(super) fn style(&self, xf: u16) -> (NumberFormat, Look) {
        let (format, font) = self.styles.get(usize::from(xf)).copied().unwrap_or_default();
        (format, Look { is_percent: format == NumberFormat::Percent, font })
    }

    /// A text of `count` characters at `at`; newer files say there how it is written.
    pub(super) fn short_text<'a>(
        &self,
        records: &mut Records<'a>,
        record: Record<'a>,
        at: usize,
        count: usize,
    ) -> Result<String, Refusal> {
        let mut pieces = records.whole(record)?;
        pieces.skip(at)?;
        self.text(&mut pieces, count)
    }

    pub(super) fn text(&self, pieces: &mut Pieces<'_>, count: usize) -> Result<String, Refusal> {
        if count == 0 {
            return Ok(String::new());
        }
        if self.is_old {
            return Ok(self.code_page.decode_without_bom_handling(&pieces.bytes(count)?).0.into_owned());
        }
        let is_wide = pieces.u8()? & 1 == 1;
        pieces.chars(count, is_wide)
    }

    /// Nothing is allocated by what the table claims to hold.
    fn read_strings<'a>(
        &mut self,
        records: &mut Records<'a>,
        record: Record<'a>,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        let mut pieces = records.whole(record)?;
        pieces.u32()?;
        let count = pieces.u32()?;
        for _ in 0..count {
            gather.clock.tick()?;
            // The count is often wrong; the bytes are not.
            if pieces.is_end() {
                break;
            }
            let length = usize::from(pieces.u16()?);
            let flags = pieces.u8()?;
            let runs = if flags & 8 != 0 { usize::from(pieces.u16()?) } else { 0 };
            let phonetic = if flags & 4 != 0 { pieces.u32()? as usize } else { 0 };
            let text = pieces.chars(length, flags & 1 == 1)?;
            let mut font = 0;
            for run in 0..runs {
                let (from, number) = (pieces.u16()?, pieces.u16()?);
                if run == 0 && from == 0 {
                    font = self.font(number);
                }
            }
            pieces.skip(phonetic)?;
            gather.fits(&text)?;
            self.strings.push(Shared { text: text.into(), font });
            gather.table_size(self.strings.len())?;
        }
        Ok(())
    }
}

fn code_page(number: u16) -> &'static Encoding {
    match number {
        // UTF-16; the bytes of an older file are not.
        1200 => WINDOWS_1252,
        10_000 => encoding_rs::MACINTOSH,
        65_001 => encoding_rs::UTF_8,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        other => Encoding::for_label(format!("windows-{other}").as_bytes()).unwrap_or(WINDOWS_1252),
    }
}
