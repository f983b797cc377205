//! A binary workbook (`.xlsb`): no program at hand writes one.
//!
//! In:  a [`Grid`]: numbers, texts, truths and dates; other cells as the text that is shown.
//! Out: bytes; texts stand in the cells.

use super::grid::{Grid, Page, Value};
use super::write::pack;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(crate) fn xlsb(grid: &Grid) -> Vec<u8> {
    let mut tabs = Vec::new();
    let mut links = String::new();
    let mut parts = Vec::new();
    for (number, page) in grid.pages.iter().enumerate() {
        let (id, file) = (format!("rId{}", number + 1), format!("worksheets/sheet{}.bin", number + 1));
        let mut tab = if page.is_hidden { 1u32 } else { 0 }.to_le_bytes().to_vec();
        tab.extend((number as u32 + 1).to_le_bytes());
        tab.extend(wide(&id));
        tab.extend(wide(&page.name));
        tabs.extend(record(156, &tab));
        links += &format!("<Relationship Id=\"{id}\" Type=\"{DOCUMENT}/worksheet\" Target=\"{file}\"/>");
        parts.push((format!("xl/{file}"), sheet(page)));
    }
    links += &format!("<Relationship Id=\"rIdS\" Type=\"{DOCUMENT}/styles\" Target=\"styles.bin\"/>");
    let book = [record(131, &[]), record(143, &[]), tabs, record(144, &[]), record(132, &[])].concat();
    let xf = |format: u16| record(47, &[&0u16.to_le_bytes()[..], &format.to_le_bytes(), &[0; 12]].concat());
    let styles = [record(617, &2u32.to_le_bytes()), xf(0), xf(14), record(618, &[])].concat();
    let relations = |links: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
        )
    };
    let main = format!("<Relationship Id=\"rId1\" Type=\"{DOCUMENT}/officeDocument\" Target=\"xl/workbook.bin\"/>");
    let mut all: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), TYPES.into()),
        ("_rels/.rels".to_owned(), relations(&main).into_bytes()),
        ("xl/_rels/workbook.bin.rels".to_owned(), relations(&links).into_bytes()),
        ("xl/workbook.bin".to_owned(), book),
        ("xl/styles.bin".to_owned(), styles),
    ];
    all.extend(parts);
    pack(&all)
}

fn sheet(page: &Page) -> Vec<u8> {
    let mut records = [record(129, &[]), record(145, &[])].concat();
    let mut last = None;
    for (&(row, col), cell) in &page.cells {
        if last != Some(row) {
            let mut data = row.to_le_bytes().to_vec();
            data.extend([0; 13]);
            records.extend(record(0, &data));
            last = Some(row);
        }
        let (kind, style, rest) = match &cell.value {
            Value::Number(number) => (5, 0u32, number.to_le_bytes().to_vec()),
            Value::Bool(truth) => (4, 0, vec![u8::from(*truth)]),
            Value::Date(year, month, day) => (5, 1, serial(*year, *month, *day).to_le_bytes().to_vec()),
            other => (6, 0, wide(&other.shown())),
        };
        let data = [&col.to_le_bytes()[..], &style.to_le_bytes(), &rest].concat();
        records.extend(record(kind, &data));
    }
    records.extend([record(146, &[]), record(130, &[])].concat());
    records
}

/// Days since 30/12/1899, for dates of this century.
fn serial(year: u16, month: u8, day: u8) -> f64 {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let is_leap = |year: u16| year.is_multiple_of(4);
    let years: u32 = (2001..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: u32 = days[..usize::from(month) - 1].iter().sum();
    f64::from(36892 + years + months + u32::from(is_leap(year) && month > 2) + u32::from(day) - 1)
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
    let mut length = data.len();
    while length >= 0x80 {
        record.push(length as u8 & 0x7F | 0x80);
        length >>= 7;
    }
    record.push(length as u8);
    record.extend(data);
    record
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::serial;

    #[test]
    fn a_date_is_the_serial_that_spreadsheets_store() {
        for (date, expected) in [((2001, 1, 1), 36892.0), ((2014, 5, 31), 41790.0), ((2012, 3, 1), 40969.0)] {
            assert_eq!(serial(date.0, date.1, date.2), expected);
        }
    }
}
