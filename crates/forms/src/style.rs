//! How the forms look: one typeface, thin rules, a light fill where something is to be typed.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

const INPUT: Color = Color::RGB(0xFF_F9_E3);
const HEAD: Color = Color::RGB(0xE7_EE_F7);
const SECTION: Color = Color::RGB(0xF2_F2_F2);
const WRONG: Color = Color::RGB(0xB0_2A_1E);
const GOOD: Color = Color::RGB(0x002E_7D32);
const KNOWN: Color = Color::RGB(0x80_80_80);
const PAPER_A4: u8 = 9;

pub(crate) struct Styles {
    pub(crate) label: Format,
    pub(crate) name: Format,
    pub(crate) number: Format,
    pub(crate) used_by: Format,
    pub(crate) title: Format,
    pub(crate) subtitle: Format,
    pub(crate) as_of: Format,
    pub(crate) heading: Format,
    pub(crate) column: Format,
    pub(crate) section: Format,
    pub(crate) subsection: Format,
    pub(crate) tt: Format,
    pub(crate) text: Format,
    pub(crate) closed: Format,
    pub(crate) note: Format,
    pub(crate) sign_date: Format,
    pub(crate) sign_title: Format,
    pub(crate) sign_hint: Format,
    pub(crate) sign_name: Format,
    pub(crate) input: Inputs,
    /// The tick of a section.
    pub(crate) nil: Format,
    /// Beside the form: headings, the counter, checks that ask to be looked at, and (over these) that do not.
    pub(crate) aside_head: Format,
    pub(crate) counter: Format,
    pub(crate) check: Format,
    pub(crate) good: Format,
    /// Targets, and values of the period before by what was typed there.
    pub(crate) known: Format,
    pub(crate) last: Inputs,
}

/// Cells to fill in, by what is typed there.
pub(crate) struct Inputs {
    pub(crate) whole: Format,
    pub(crate) decimal: Format,
    pub(crate) date: Format,
    pub(crate) word: Format,
    pub(crate) text: Format,
}

/// The font of cells without a format of their own. Widths of columns count its digits: with one that every system has
/// (or one of the same measures), each program draws the same page.
fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}
/// Of that font, in pixels: a row, a column that nobody set, and a digit.
const BASE_ROW: u32 = 21;
const BASE_COLUMN: u32 = 72;
pub(crate) const DIGIT: f64 = 8.0;

/// A workbook without sheets.
pub(crate) fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_default_format(&base(), BASE_ROW, BASE_COLUMN)?;
    Ok(book)
}

/// A sheet of such a workbook.
pub(crate) fn worksheet() -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_default_format(&base(), BASE_ROW, BASE_COLUMN)?;
    Ok(sheet)
}

impl Styles {
    pub(crate) fn new() -> Self {
        let font = base().set_align(FormatAlign::VerticalCenter);
        let ruled = font.clone().set_border(FormatBorder::Thin);
        let centred = |format: &Format| format.clone().set_align(FormatAlign::Center);
        let input = ruled.clone().set_background_color(INPUT).set_unlocked();
        let aside = font.clone().set_font_size(11);
        let known = aside.clone().set_font_color(KNOWN).set_indent(1);
        Self {
            label: font.clone().set_align(FormatAlign::Right),
            name: font
                .clone()
                .set_bold()
                .set_border_bottom(FormatBorder::Dotted)
                .set_background_color(INPUT)
                .set_text_wrap()
                .set_unlocked(),
            number: font.clone().set_bold().set_align(FormatAlign::Right),
            used_by: font.clone().set_italic().set_align(FormatAlign::Right).set_shrink(),
            title: centred(&font).set_bold().set_font_size(14).set_text_wrap(),
            subtitle: centred(&font).set_bold(),
            as_of: centred(&font).set_italic().set_background_color(INPUT).set_unlocked(),
            heading: font.clone().set_bold(),
            column: centred(&ruled).set_bold().set_text_wrap().set_background_color(HEAD),
            section: ruled.clone().set_bold().set_text_wrap().set_background_color(SECTION),
            subsection: ruled.clone().set_bold().set_italic().set_text_wrap(),
            tt: centred(&ruled),
            text: ruled.clone().set_text_wrap(),
            closed: centred(&ruled).set_text_wrap(),
            note: ruled.clone().set_text_wrap().set_font_size(11).set_unlocked(),
            sign_date: centred(&font).set_italic().set_unlocked(),
            sign_title: centred(&font).set_bold(),
            sign_hint: centred(&font).set_italic(),
            sign_name: centred(&font).set_bold().set_unlocked(),
            input: Inputs {
                whole: input.clone().set_num_format("#,##0"),
                decimal: input.clone(),
                date: centred(&input).set_num_format("dd/mm/yyyy"),
                word: centred(&input).set_text_wrap(),
                text: input.clone().set_text_wrap(),
            },
            nil: input.set_font_size(10).set_align(FormatAlign::Center),
            aside_head: aside.clone().set_italic().set_text_wrap().set_font_color(KNOWN),
            counter: aside.clone().set_bold().set_font_color(WRONG),
            check: aside.set_font_color(WRONG),
            good: Format::new().set_font_color(GOOD),
            last: Inputs {
                whole: known.clone().set_num_format("#,##0"),
                decimal: known.clone(),
                date: known.clone().set_align(FormatAlign::Right).set_num_format("dd/mm/yyyy"),
                word: known.clone().set_align(FormatAlign::Right),
                text: known.clone(),
            },
            known,
        }
    }
}

/// A4, one page wide, heading row repeated, page numbers below.
pub(crate) fn set_up_print(sheet: &mut Worksheet, heading_row: u32) -> Result<(), XlsxError> {
    sheet
        .set_paper_size(PAPER_A4)
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_margins(0.6, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C&\"Times New Roman,Regular\"&9&A – trang &P/&N")
        .set_screen_gridlines(false)
        .set_repeat_rows(heading_row, heading_row)?;
    Ok(())
}
