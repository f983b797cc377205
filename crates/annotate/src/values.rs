//! A workbook of the values alone: of a file that is no `.xlsx`, or one too odd to be changed in place.
//!
//! In:  cells as they were read.
//! Out: a plain `.xlsx` in which the same cells are read again, and which sheets had to be renamed.

use crate::mark::Mark;
use crate::styles::minimal;
use crate::xml::{cell_text, escaped};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use thidua_model::{CellRef, Date, DateTime, Text};
use thidua_sheets::{Book, Cell, CellValue, Sheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime as ZipTime, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OF_SPREADSHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Errors that spreadsheet programs know; any other word is written as a text.
const ERRORS: [&str; 7] = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];

/// New names of sheets by their old ones, in the order of the tabs.
pub(crate) type Names = Vec<(Text, Text)>;

/// The workbook, and what its sheets are called.
pub(crate) fn workbook(book: &Book) -> (Vec<u8>, Names) {
    let names = names(book);
    let mut looks = Looks::default();
    let mut parts: Vec<(String, String)> = Vec::new();
    let (mut types, mut tabs, mut relations) = (String::new(), String::new(), String::new());
    for (at, (sheet, (_, name))) in book.sheets.iter().zip(&names).enumerate() {
        let number = at + 1;
        let state = if sheet.is_visible { "" } else { " state=\"hidden\"" };
        let _ = write!(tabs, "<sheet name=\"{}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>", escaped(name));
        let _ = write!(
            relations,
            "<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        let _ = write!(
            types,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{OF_SPREADSHEETS}.worksheet+xml\"/>"
        );
        parts.push((format!("xl/worksheets/sheet{number}.xml"), worksheet(sheet, &mut looks)));
    }
    let _ = write!(relations, "<Relationship Id=\"rIdS\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>");
    let mut all = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
                 ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
                 ContentType=\"{OF_SPREADSHEETS}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" \
                 ContentType=\"{OF_SPREADSHEETS}.styles+xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><bookViews><workbookView/></bookViews>\
                 <sheets>{tabs}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"),
        ),
        ("xl/styles.xml".to_owned(), looks.styles()),
    ];
    all.append(&mut parts);
    (packed(&all), names)
}

/// A mark on the sheet as it is called now.
pub(crate) fn renamed(mark: &Mark, names: &Names) -> Mark {
    let renamed =
        |sheet: &Text| names.iter().find(|(old, _)| old == sheet).map_or_else(|| sheet.clone(), |(_, new)| new.clone());
    Mark { sheet: mark.sheet.as_ref().map(renamed), ..mark.clone() }
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(ZipTime::default());
    for (name, text) in parts {
        zip.start_file(name, options).expect("memory takes a part");
        zip.write_all(text.as_bytes()).expect("memory takes bytes");
    }
    zip.finish().expect("memory takes a directory").into_inner()
}

/// What a spreadsheet program takes as a tab: 31 characters, none of a few, each name once whatever its case.
fn names(book: &Book) -> Names {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let name = |sheet: &Sheet| {
        let plain: String =
            sheet.name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { '_' } else { c }).collect();
        let plain = plain.trim_matches('\'').trim();
        let plain = if plain.is_empty() { "Trang" } else { plain };
        let cut = |most: usize| {
            let mut units = 0;
            plain.chars().take_while(|c| (units += c.len_utf16(), units <= most).1).collect::<String>()
        };
        let numbered = (1..).map(|number| match number {
            1 => cut(31),
            number => format!("{} ({number})", cut(31 - 3 - format!("{number}").len())),
        });
        let free = numbered.into_iter().find(|name| taken.insert(name.to_lowercase()));
        (sheet.name.clone(), Text::from(free.expect("numbers do not end")))
    };
    book.sheets.iter().map(name).collect()
}

/// How a cell shows its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Shape {
    Plain,
    Percent,
    Day,
    Moment,
}

/// Looks of cells, each once: a font, and how numbers are shown.
#[derive(Default)]
struct Looks {
    fonts: Vec<String>,
    known: BTreeMap<(usize, Shape), usize>,
    all: Vec<(usize, Shape)>,
}

impl Looks {
    /// Position of the style; 0 is the plain one.
    fn style(&mut self, font: &str, shape: Shape) -> usize {
        let font = match font {
            "" => 0,
            font => match self.fonts.iter().position(|known| known == font) {
                Some(position) => position + 1,
                None => {
                    self.fonts.push(font.to_owned());
                    self.fonts.len()
                }
            },
        };
        if (font, shape) == (0, Shape::Plain) {
            return 0;
        }
        let next = self.all.len() + 1;
        let position = *self.known.entry((font, shape)).or_insert(next);
        if position == next {
            self.all.push((font, shape));
        }
        position
    }

    fn styles(&self) -> String {
        let fonts: String = self.fonts.iter().fold(String::new(), |mut out, font| {
            let _ = write!(out, "<font><sz val=\"11\"/><name val=\"{}\"/></font>", escaped(font));
            out
        });
        let formats: String = self.all.iter().fold(String::new(), |mut out, (font, shape)| {
            let number = match shape {
                Shape::Plain => 0,
                Shape::Percent => 10,
                Shape::Day => 164,
                Shape::Moment => 165,
            };
            let _ = write!(
                out,
                "<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
                 applyNumberFormat=\"1\" applyFont=\"1\"/>"
            );
            out
        });
        let numbers = "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>\
                       <numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy\\ hh:mm:ss\"/></numFmts>";
        let text = minimal(MAIN)
            .replace("<fonts count=\"1\">", &format!("{numbers}<fonts count=\"{}\">", self.fonts.len() + 1))
            .replace("</fonts>", &format!("{fonts}</fonts>"))
            .replace("<cellXfs count=\"1\">", &format!("<cellXfs count=\"{}\">", self.all.len() + 1));
        text.replace("</cellXfs>", &format!("{formats}</cellXfs>"))
    }
}

fn worksheet(sheet: &Sheet, looks: &mut Looks) -> String {
    let mut data = String::new();
    let mut widths: BTreeMap<u32, usize> = BTreeMap::new();
    let hidden: BTreeSet<u32> = small(sheet.hidden_rows.ranges()).collect();
    let mut rows = sheet.rows().peekable();
    let mut empty = hidden.iter().copied().peekable();
    loop {
        // Hidden rows without cells stay hidden.
        let next = rows.peek().map(|(row, _)| *row);
        if let Some(row) = empty.next_if(|row| next.is_none_or(|next| *row < next)) {
            let _ = write!(data, "<row r=\"{}\" hidden=\"1\"/>", row + 1);
            continue;
        }
        let Some((row, cells)) = rows.next() else { break };
        empty.next_if_eq(&row);
        let state = if sheet.hidden_rows.contains(row) { " hidden=\"1\"" } else { "" };
        let _ = write!(data, "<row r=\"{}\"{state}>", row + 1);
        for cell in cells {
            write_cell(&mut data, cell, sheet.font(cell).unwrap_or_default(), looks);
            let width = cell.value.shown().lines().map(|line| line.chars().count()).max().unwrap_or(0);
            if width <= 60 {
                let widest = widths.entry(cell.at.col).or_default();
                *widest = width.max(*widest);
            }
        }
        data.push_str("</row>");
    }
    let mut columns = String::new();
    let hidden: BTreeSet<u32> = small(sheet.hidden_cols.ranges()).collect();
    let all: BTreeSet<u32> = widths.keys().copied().chain(hidden.iter().copied()).collect();
    for col in all {
        let width = widths.get(&col).map_or(9, |&width| width.clamp(6, 50) + 2);
        let state = if hidden.contains(&col) { " hidden=\"1\"" } else { "" };
        let _ = write!(columns, "<col min=\"{0}\" max=\"{0}\" width=\"{width}\"{state} customWidth=\"1\"/>", col + 1);
    }
    if !columns.is_empty() {
        columns = format!("<cols>{columns}</cols>");
    }
    let mut merged = String::new();
    for area in &sheet.merged {
        let _ = write!(merged, "<mergeCell ref=\"{}:{}\"/>", area.first, area.last);
    }
    if !merged.is_empty() {
        merged = format!("<mergeCells count=\"{}\">{merged}</mergeCells>", sheet.merged.len());
    }
    format!(
        "{DECLARATION}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews>{columns}\
         <sheetData>{data}</sheetData>{merged}</worksheet>"
    )
}

/// Positions of ranges, as many as a report may have: a range to the end of the grid hides nothing that is there.
fn small(ranges: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    const MOST: u32 = 2_000;
    ranges.iter().flat_map(|&(first, last)| first..=last.min(first.saturating_add(MOST))).take(20_000)
}

fn write_cell(out: &mut String, cell: &Cell, font: &str, looks: &mut Looks) {
    let at = cell.at;
    let plain = if cell.is_percent { Shape::Percent } else { Shape::Plain };
    let mut styled = |shape| match looks.style(font, shape) {
        0 => String::new(),
        style => format!(" s=\"{style}\""),
    };
    let _ = match &cell.value {
        CellValue::Number(number) => write!(out, "<c r=\"{at}\"{}><v>{number}</v></c>", styled(plain)),
        CellValue::Bool(truth) => {
            write!(out, "<c r=\"{at}\"{} t=\"b\"><v>{}</v></c>", styled(plain), u8::from(*truth))
        }
        CellValue::Error(error) if ERRORS.contains(&&**error) => {
            write!(out, "<c r=\"{at}\"{} t=\"e\"><v>{}</v></c>", styled(plain), escaped(error))
        }
        CellValue::Date(moment) => {
            let is_day = moment.time() == thidua_model::DateTime::MIN.time();
            let shape = if is_day { Shape::Day } else { Shape::Moment };
            match serial(*moment) {
                Some(serial) => write!(out, "<c r=\"{at}\"{}><v>{serial}</v></c>", styled(shape)),
                None => text(out, at, &cell.value.shown(), &styled(plain)),
            }
        }
        CellValue::Text(words) | CellValue::Error(words) => text(out, at, words, &styled(plain)),
        // A formula that was never calculated has no value to give.
        CellValue::Nothing => Ok(()),
    };
}

fn text(out: &mut String, at: CellRef, text: &str, style: &str) -> std::fmt::Result {
    write!(out, "<c r=\"{at}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", cell_text(text))
}

/// A moment as spreadsheets count it; `None` before 1 March 1900, where they differ.
fn serial(at: DateTime) -> Option<f64> {
    let first = Date::new(1900, 3, 1).ok()?;
    let days = first.until(at.date()).ok()?.get_days();
    let time = at.time();
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    (days >= 0).then(|| 61.0 + f64::from(days) + seconds as f64 / 86_400.0)
}
