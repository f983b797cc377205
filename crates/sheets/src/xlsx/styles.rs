//! What the styles of an `.xlsx` say about meaning: date, percentage, font.

use crate::Refusal;
use crate::encoding::xml_text;
use crate::gather::{Fonts, Gather, Look};
use crate::number_format::NumberFormat;
use crate::xml::{Event, Xml, unescape};
use std::collections::HashMap;

#[derive(Default)]
pub(super) struct Styles {
    cells: Vec<Style>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Style {
    pub(super) format: NumberFormat,
    pub(super) font: u16,
}

impl Styles {
    /// A style out of range is the default one.
    #[inline]
    pub(super) fn get(&self, index: u32) -> Style {
        self.cells.get(index as usize).copied().unwrap_or_default()
    }
}

impl Style {
    pub(super) const fn look(self) -> Look {
        Look { is_percent: matches!(self.format, NumberFormat::Percent), font: self.font }
    }
}

pub(super) fn read(bytes: &[u8], names: &mut Fonts, gather: &Gather<'_>) -> Result<Styles, Refusal> {
    let (text, _) = xml_text(bytes);
    let mut xml = Xml::new(&text, "styles.xml", gather.clock);
    let mut formats: HashMap<u32, NumberFormat> = HashMap::new();
    let mut fonts: Vec<u16> = Vec::new();
    let mut xfs: Vec<(u32, usize)> = Vec::new();
    // Differential formats hold fonts, and named styles hold `xf` too: only these lists count.
    let (mut in_fonts, mut in_cells) = (false, false);
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "fills" | "borders" | "cellStyles" => xml.skip()?,
                "fonts" => in_fonts = true,
                "cellXfs" => in_cells = true,
                "font" if in_fonts => {
                    gather.table_size(fonts.len() + 1)?;
                    fonts.push(0);
                }
                "name" if in_fonts => {
                    let name = tag.attributes().find(|(name, _)| *name == "val");
                    if let (Some((_, name)), Some(font)) = (name, fonts.last_mut()) {
                        *font = names.add(&unescape(name));
                    }
                }
                "numFmt" => {
                    let (mut id, mut code) = (None, None);
                    for (name, value) in tag.attributes() {
                        match name {
                            "numFmtId" => id = value.parse().ok(),
                            "formatCode" => code = Some(NumberFormat::of_code(&unescape(value))),
                            _ => {}
                        }
                    }
                    if let (Some(id), Some(code)) = (id, code) {
                        gather.table_size(formats.len() + 1)?;
                        formats.insert(id, code);
                    }
                }
                "xf" if in_cells => {
                    let (mut format, mut font) = (0, 0);
                    for (name, value) in tag.attributes() {
                        match name {
                            "numFmtId" => format = value.parse().unwrap_or(0),
                            "fontId" => font = value.parse().unwrap_or(0),
                            _ => {}
                        }
                    }
                    gather.table_size(xfs.len() + 1)?;
                    xfs.push((format, font));
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                "fonts" => in_fonts = false,
                "cellXfs" => in_cells = false,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let cells = xfs.into_iter().map(|(format, font)| Style {
        // A file may redefine an id below 164; its own word counts.
        format: formats.get(&format).copied().unwrap_or_else(|| NumberFormat::builtin(format)),
        font: fonts.get(font).copied().unwrap_or(0),
    });
    Ok(Styles { cells: cells.collect() })
}
