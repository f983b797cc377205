//! How cells look: one font, one accent colour, thin borders; everything readable in grey.
//!
//! In:  a [`Look`], the reasons for which two cells may look different.
//! Out: the format of rust_xlsxwriter, made once for each look.

use crate::brush::Palette;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};
use std::collections::BTreeMap;

pub(crate) const FONT: &str = "Times New Roman";
/// Body size in points.
pub(crate) const BODY: f64 = 11.0;
/// The one accent: a dark blue that prints as a dark grey.
pub(crate) const ACCENT: Color = Color::RGB(0x1F_3F_66);
const HEAD_FILL: Color = Color::RGB(0xDD_E6_F0);
const BAND_FILL: Color = Color::RGB(0xEE_F2_F7);
const SHADE_FILL: Color = Color::RGB(0xF6_F8_FB);
pub(crate) const RULE: Color = Color::RGB(0x9A_A5_B1);
const MUTED: Color = Color::RGB(0x59_5F_66);

/// What a cell holds, as far as its look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Text,
    /// A short text in the middle: codes, signs.
    Centre,
    /// The reason why a value is missing.
    Word,
    /// With so many decimals.
    Number(u8),
    /// A true percentage (0.9 shows as 90 %) with so many decimals.
    Percent(u8),
    Date,
    /// A date of the campaign's year where columns are narrow.
    ShortDate,
    /// A date with hours and minutes.
    Time,
    Link,
    Head,
    Band,
}

/// Texts outside tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Heading {
    Title,
    Subtitle,
    Note,
    BlockTitle,
    BackLink,
    Organisation,
    Motto,
    MottoLine,
    PlaceLine,
    CoverTitle,
    CoverSubtitle,
    TileNumber,
    TileLabel,
    Signature,
    SignatureHint,
}

/// Everything by which two cells of a table can look different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub(crate) kind: Kind,
    pub(crate) is_strong: bool,
    /// Part of an alternate group of rows.
    pub(crate) is_shaded: bool,
    /// First row of a group: a stronger line above.
    pub(crate) is_group_start: bool,
    pub(crate) indent: u8,
}

impl Look {
    pub(crate) const fn of(kind: Kind) -> Self {
        Self { kind, is_strong: false, is_shaded: false, is_group_start: false, indent: 0 }
    }
}

/// The formats of a workbook, each made once.
#[derive(Default)]
pub(crate) struct Styles {
    looks: BTreeMap<Look, Format>,
    headings: BTreeMap<Heading, Format>,
}

impl Styles {
    pub(crate) fn default_format() -> Format {
        Format::new().set_font_name(FONT).set_font_size(BODY)
    }

    pub(crate) fn look(&mut self, look: Look) -> &Format {
        self.looks.entry(look).or_insert_with(|| cell(look))
    }

    pub(crate) fn heading(&mut self, heading: Heading) -> &Format {
        self.headings.entry(heading).or_insert_with(|| text(heading))
    }
}

impl Palette for Styles {
    type Key = Look;

    fn format(&mut self, key: Look) -> &Format {
        self.look(key)
    }
}

/// Size in points of a kind of cell, for the height of its row.
pub(crate) const fn size(kind: Kind) -> f64 {
    match kind {
        Kind::Word | Kind::Head => 10.0,
        _ => BODY,
    }
}

fn cell(look: Look) -> Format {
    let mut format = Styles::default_format()
        .set_font_size(size(look.kind))
        .set_border(FormatBorder::Thin)
        .set_border_color(RULE)
        .set_align(FormatAlign::VerticalCenter);
    format = match look.kind {
        Kind::Text => format.set_text_wrap().set_align(FormatAlign::Left),
        Kind::Centre => format.set_text_wrap().set_align(FormatAlign::Center),
        Kind::Word => format.set_text_wrap().set_align(FormatAlign::Center).set_italic().set_font_color(MUTED),
        Kind::Number(decimals) => format.set_num_format(number_format(decimals)).set_align(FormatAlign::Right),
        Kind::Percent(decimals) => format.set_num_format(percent_format(decimals)).set_align(FormatAlign::Right),
        Kind::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        Kind::Time => format.set_num_format("dd/mm/yyyy hh:mm").set_align(FormatAlign::Center),
        Kind::ShortDate => format.set_num_format("dd/mm/yy").set_align(FormatAlign::Center),
        Kind::Link => format
            .set_text_wrap()
            .set_align(FormatAlign::Left)
            .set_font_color(ACCENT)
            .set_underline(FormatUnderline::Single),
        Kind::Head => format
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_bold()
            .set_font_color(ACCENT)
            .set_background_color(HEAD_FILL),
        Kind::Band => format.set_bold().set_font_color(ACCENT).set_background_color(BAND_FILL),
    };
    if look.kind == Kind::Band {
        // Its text runs over the columns: no lines between them.
        format = format.set_border_left(FormatBorder::None).set_border_right(FormatBorder::None);
    }
    if look.is_strong {
        format = format.set_bold();
    }
    if look.is_shaded && !matches!(look.kind, Kind::Head | Kind::Band) {
        format = format.set_background_color(SHADE_FILL);
    }
    if look.is_group_start {
        format = format.set_border_top(FormatBorder::Medium).set_border_top_color(ACCENT);
    }
    if look.indent > 0 {
        format = format.set_indent(look.indent);
    }
    format
}

/// Thousands and decimals with Vietnamese separators wherever the program knows the locale; `_)`
/// keeps the width of a bracket free before the line.
pub(crate) fn number_format(decimals: u8) -> String {
    format!("[$-42A]#,##0{}_)", decimals_part(decimals))
}

pub(crate) fn percent_format(decimals: u8) -> String {
    format!("[$-42A]0{}\\ %_)", decimals_part(decimals))
}

fn decimals_part(decimals: u8) -> String {
    if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(usize::from(decimals))) }
}

fn text(heading: Heading) -> Format {
    let base = Styles::default_format().set_align(FormatAlign::VerticalCenter);
    let centred = base.clone().set_align(FormatAlign::Center).set_text_wrap();
    match heading {
        Heading::Title => base.set_bold().set_font_size(16).set_font_color(ACCENT),
        Heading::Subtitle => base.set_font_color(MUTED),
        Heading::Note => base.set_text_wrap().set_italic().set_align(FormatAlign::Top),
        Heading::BlockTitle => base.set_bold().set_font_size(13).set_font_color(ACCENT),
        Heading::BackLink => base.set_font_size(10).set_font_color(ACCENT).set_underline(FormatUnderline::Single),
        Heading::Organisation => centred.set_bold().set_font_size(12),
        Heading::Motto => centred.set_bold().set_font_size(12),
        Heading::MottoLine => centred.set_bold().set_font_size(12).set_underline(FormatUnderline::Single),
        Heading::PlaceLine => centred.set_italic().set_font_size(12),
        Heading::CoverTitle => centred.set_bold().set_font_size(22).set_font_color(ACCENT),
        Heading::CoverSubtitle => centred.set_font_size(14),
        Heading::TileNumber => centred
            .set_bold()
            .set_font_size(22)
            .set_font_color(ACCENT)
            .set_background_color(BAND_FILL)
            .set_num_format(number_format(0)),
        Heading::TileLabel => centred.set_font_size(10).set_background_color(BAND_FILL).set_align(FormatAlign::Top),
        Heading::Signature => centred.set_bold(),
        Heading::SignatureHint => centred.set_italic().set_font_color(MUTED),
    }
}
