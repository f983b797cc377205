//! Pages of cells become files of the formats that we can write ourselves.
//!
//! In:  a [`Grid`].
//! Out: bytes without a clock in them.

use super::grid::{Cell, Grid, Page, Value};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

pub(crate) fn xlsx(grid: &Grid) -> Vec<u8> {
    xlsx_of(grid).unwrap_or_else(|error| panic!("a case cannot be written: {error}"))
}

fn xlsx_of(grid: &Grid) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let stamp = ExcelDateTime::from_ymd(2014, 6, 2)?;
    book.set_properties(&DocProperties::new().set_author("thidua corpus").set_creation_datetime(&stamp));
    let mut first_visible = true;
    for page in &grid.pages {
        let sheet = book.add_worksheet();
        sheet.set_name(&page.name)?;
        if page.is_hidden {
            sheet.set_hidden(true);
        } else if std::mem::take(&mut first_visible) {
            sheet.set_active(true);
        }
        if page.is_protected {
            sheet.protect_with_password("thidua");
        }
        write_page(sheet, page)?;
    }
    let bytes = book.save_to_buffer()?;
    if grid.is_structure_locked {
        let lock = "<workbookProtection workbookPassword=\"CE4B\" lockStructure=\"1\"/><bookViews>";
        return Ok(patch(&bytes, |name, text| (name == "xl/workbook.xml").then(|| text.replace("<bookViews>", lock))));
    }
    Ok(bytes)
}

fn write_page(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    for (col, width) in [(0, 5.0), (1, 58.0), (2, 14.0), (3, 16.0), (4, 18.0)] {
        sheet.set_column_width(col, width)?;
    }
    for row in &page.hidden_rows {
        sheet.set_row_hidden(*row)?;
    }
    for col in &page.hidden_cols {
        sheet.set_column_hidden(*col as u16)?;
    }
    for (first, last) in &page.merged {
        sheet.merge_range(first.row, first.col as u16, last.row, last.col as u16, "", &Format::new())?;
    }
    for (&(row, col), cell) in &page.cells {
        write_cell(sheet, row, col as u16, cell)?;
    }
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, col: u16, cell: &Cell) -> Result<(), XlsxError> {
    let mut format = Format::new();
    if let Some(number_format) = &cell.format {
        format = format.set_num_format(number_format);
    }
    if let Some(font) = &cell.font {
        format = format.set_font_name(font);
    }
    match &cell.value {
        Value::Number(number) => sheet.write_number_with_format(row, col, *number, &format)?,
        Value::Text(text) => sheet.write_string_with_format(row, col, text, &format)?,
        Value::Bool(truth) => sheet.write_boolean_with_format(row, col, *truth, &format)?,
        Value::Date(year, month, day) => {
            sheet.write_datetime_with_format(row, col, ExcelDateTime::from_ymd(*year, *month, *day)?, &format)?
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.as_deref().unwrap_or_default());
            sheet.write_formula_with_format(row, col, formula, &format)?
        }
        Value::Rich(pieces) => {
            let pieces: Vec<(Format, &str)> = pieces
                .iter()
                .map(|(text, font)| {
                    let format = Format::new();
                    (font.as_ref().map_or(format.clone(), |font| format.set_font_name(font)), text.as_str())
                })
                .collect();
            let pieces: Vec<(&Format, &str)> = pieces.iter().map(|(format, text)| (format, *text)).collect();
            sheet.write_rich_string_with_format(row, col, &pieces, &format)?
        }
    };
    Ok(())
}

/// Rewrites text parts of a zip container; parts for which `change` gives `None` stay.
pub(crate) fn patch(bytes: &[u8], change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let parts = parts(bytes).into_iter().map(|(name, content)| {
        let text = String::from_utf8_lossy(&content).into_owned();
        let changed = change(&name, &text).map_or(content, String::into_bytes);
        (name, changed)
    });
    pack(&parts.collect::<Vec<_>>())
}

/// The parts of a zip container, in its order.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a container that was just written");
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).expect("its parts");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("memory");
        parts.push((part.name().expect("a name in UTF-8").into_owned(), content));
    }
    parts
}

pub(crate) fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // The type of an OpenDocument file stands unpacked at its beginning.
        let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        zip.start_file(name.as_str(), options).expect("a name");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// Rows of shown texts, gaps included.
fn rows(page: &Page) -> Vec<Vec<String>> {
    let height = page.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0);
    let width = page.cells.keys().map(|(_, col)| col + 1).max().unwrap_or(0);
    let cell = |row, col| page.cells.get(&(row, col)).map(|cell: &Cell| cell.value.shown()).unwrap_or_default();
    (0..height).map(|row| (0..width).map(|col| cell(row, col)).collect()).collect()
}

/// One page as separated values.
pub(crate) fn delimited(page: &Page, separator: char) -> String {
    let mut text = String::new();
    for row in rows(page) {
        let fields: Vec<String> = row
            .iter()
            .map(|field| match field.contains(['"', '\n', separator]) {
                true => format!("\"{}\"", field.replace('"', "\"\"")),
                false => field.clone(),
            })
            .collect();
        text.push_str(&fields.join(&separator.to_string()));
        text.push_str("\r\n");
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Each page as a table of a web page, as reporting programs write "Excel files".
pub(crate) fn html(grid: &Grid) -> String {
    let mut text = String::from(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\n",
    );
    for page in &grid.pages {
        text.push_str("<table border=1>\n");
        for row in rows(page) {
            text.push_str("<tr>");
            for field in row {
                let _ = write!(text, "<td>{}", escaped(&field).replace('\n', "<br>"));
            }
            text.push('\n');
        }
        text.push_str("</table>\n");
    }
    text + "</body></html>\n"
}

/// Excel 2003 XML.
pub(crate) fn spreadsheet_ml(grid: &Grid) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
         xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\n\
         <Styles><Style ss:ID=\"d\"><NumberFormat ss:Format=\"dd/mm/yyyy\"/></Style></Styles>\n",
    );
    for page in &grid.pages {
        let _ = writeln!(text, "<Worksheet ss:Name=\"{}\"><Table>", escaped(&page.name));
        let mut last = u32::MAX;
        for (&(row, col), cell) in &page.cells {
            if row != last {
                text.push_str(if last == u32::MAX { "" } else { "</Row>\n" });
                let _ = write!(text, "<Row ss:Index=\"{}\">", row + 1);
                last = row;
            }
            let (style, kind, shown) = match &cell.value {
                Value::Number(number) => ("", "Number", number.to_string()),
                Value::Bool(truth) => ("", "Boolean", u8::from(*truth).to_string()),
                Value::Date(y, m, d) => (" ss:StyleID=\"d\"", "DateTime", format!("{y}-{m:02}-{d:02}T00:00:00.000")),
                other => ("", "String", escaped(&other.shown())),
            };
            let _ =
                write!(text, "<Cell ss:Index=\"{}\"{style}><Data ss:Type=\"{kind}\">{shown}</Data></Cell>", col + 1);
        }
        text.push_str(if last == u32::MAX { "" } else { "</Row>\n" });
        text.push_str("</Table></Worksheet>\n");
    }
    text + "</Workbook>\n"
}

/// UTF-16 with its mark, as Excel writes "Unicode text".
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
