//! A book or a refusal as one line of text, so that an expectation can be read.

use thidua_sheets::{Book, CellValue, Limits, Note, Refusal, Sheet, read};

pub(crate) fn shown(bytes: &[u8]) -> String {
    show(&read(bytes, &Limits::default()))
}

pub(crate) fn show(result: &Result<Book, Refusal>) -> String {
    match result {
        Ok(book) => {
            let mut pieces = vec![format!("{:?}", book.format)];
            pieces.extend(book.sheets.iter().map(sheet));
            pieces.extend(book.notes.iter().map(note));
            if book.more_notes > 0 {
                pieces.push(format!("({} more)", book.more_notes));
            }
            pieces.join(" | ")
        }
        Err(refusal) => format!("refused: {refusal}"),
    }
}

fn sheet(sheet: &Sheet) -> String {
    let mut shown = if sheet.name.is_empty() { "–".to_owned() } else { sheet.name.to_string() };
    if !sheet.is_visible {
        shown.push_str(" hidden");
    }
    if sheet.is_protected {
        shown.push_str(" protected");
    }
    for (what, spans) in [("rows", &sheet.hidden_rows), ("cols", &sheet.hidden_cols)] {
        for (first, last) in spans.ranges() {
            shown.push_str(&format!(" -{what}{}:{}", first + 1, u64::from(*last) + 1));
        }
    }
    for area in &sheet.merged {
        shown.push_str(&format!(" {}:{}", area.first, area.last));
    }
    for cell in sheet.cells.iter().take(12) {
        let value = match &cell.value {
            CellValue::Number(number) => format!("{number}"),
            CellValue::Text(text) => format!("'{}'", text.escape_debug()),
            CellValue::Bool(truth) => format!("{truth}"),
            CellValue::Date(at) => at.to_string().replace("T00:00:00", ""),
            CellValue::Error(text) => format!("!{text}"),
            CellValue::Nothing => "nothing".to_owned(),
        };
        let font = match sheet.font(cell) {
            None | Some("Calibri" | "Arial") => String::new(),
            Some(name) => format!("({name})"),
        };
        let (formula, percent) = (if cell.is_formula { "=" } else { "" }, if cell.is_percent { "%" } else { "" });
        shown.push_str(&format!(" {}:{formula}{value}{percent}{font}", cell.at));
    }
    if sheet.cells.len() > 12 {
        shown.push_str(&format!(" … {} cells", sheet.cells.len()));
    }
    shown
}

fn note(note: &Note) -> String {
    match note {
        Note::CellTwice { sheet, at } => format!("note: {sheet}!{at} twice"),
        Note::BadAddress { sheet, found } => format!("note: {sheet} address {found}"),
        Note::TextMissing { sheet, at } => format!("note: {sheet}!{at} text missing"),
        Note::SheetLost { sheet } => format!("note: {sheet} lost"),
        Note::NotCalculated => "note: not calculated".to_owned(),
        Note::BadEncoding { encoding } => format!("note: bad {encoding}"),
        Note::ReadInEncoding { encoding } => format!("note: {encoding}"),
    }
}
