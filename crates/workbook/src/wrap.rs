//! Estimates how many lines a text takes in a cell, so that rows are high enough everywhere.
//!
//! In:  a text, the width of its column and the size of its font.
//! Out: a number of lines; rather one too many than one too few.
//!
//! Excel and LibreOffice do not adjust the height of merged cells, and viewers on phones adjust
//! none; so heights are written into the file.

use std::sync::LazyLock;

/// Points that one line of the workbook's font takes, for each point of its size.
const LINE_HEIGHT: f64 = 1.25;

/// Width of a text in digits of the same font (Times New Roman, regular).
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

/// Lines that `text` takes when wrapped at words in a column `columns` digits wide (at 11 points).
pub(crate) fn lines(text: &str, columns: f64, size: f64, bold: bool) -> u32 {
    // Borders and padding take about half a digit; bold letters are about 6 % wider.
    let room = ((columns - 0.4).max(1.0)) * 11.0 / size / if bold { 1.07 } else { 1.0 };
    // No letter has less than a byte, and a single line needs no words.
    if text.len() as f64 * OTHER <= room && !text.contains('\n') {
        return 1;
    }
    text.split('\n').map(|paragraph| lines_of_paragraph(paragraph, room)).sum::<u32>().max(1)
}

fn lines_of_paragraph(paragraph: &str, room: f64) -> u32 {
    let (mut lines, mut used) = (1u32, 0.0f64);
    for word in paragraph.split(' ') {
        let word_width = width(word);
        let gap = if used > 0.0 { advance(' ') } else { 0.0 };
        if used > 0.0 && used + gap + word_width > room {
            lines += 1;
            used = 0.0;
        } else {
            used += gap;
        }
        if word_width > room {
            // A word wider than the column is broken inside, as file names are.
            let broken = (word_width / room).ceil();
            lines += broken as u32 - 1;
            used = word_width - (broken - 1.0) * room;
        } else {
            used += word_width;
        }
    }
    lines
}

/// Height in points of a row whose highest cell has so many lines.
pub(crate) fn height(lines: u32, size: f64) -> f64 {
    // Above 409 points Excel refuses the row.
    (f64::from(lines) * size * LINE_HEIGHT + 3.0).ceil().min(400.0)
}

/// Advance width of a character in digits (a digit is half an em in this font).
fn advance(c: char) -> f64 {
    KNOWN.get(c as usize).copied().unwrap_or(OTHER)
}

/// Signs and letters of other scripts.
const OTHER: f64 = 1.9;

/// Of letters and common signs, worked out once: a book measures each letter of its texts twice.
static KNOWN: LazyLock<Vec<f64>> = LazyLock::new(|| (0..0x2100).filter_map(char::from_u32).map(measured).collect());

fn measured(c: char) -> f64 {
    match c {
        ' ' | '\u{a0}' | ',' | '.' | ';' | ':' | '\'' | '’' | '‘' | '|' | '/' => 0.55,
        'i' | 'l' | 'j' | 't' | 'í' | 'ì' | 'ỉ' | 'ĩ' | 'ị' => 0.6,
        'f' | 'r' | 'I' | 'Í' | 'Ì' | 'Ỉ' | 'Ĩ' | 'Ị' | '(' | ')' | '-' | '“' | '”' => 0.75,
        's' | 'c' | 'z' | 'a' | 'e' => 0.9,
        'm' => 1.6,
        'w' | 'M' | 'W' | '%' | '…' | '—' => 1.9,
        'Ư' | 'Ứ' | 'Ừ' | 'Ử' | 'Ữ' | 'Ự' | 'Ơ' | 'Ớ' | 'Ờ' | 'Ở' | 'Ỡ' | 'Ợ' | 'H' | 'K' | 'N' | 'Đ' => {
            1.55
        }
        c if c.is_uppercase() => 1.42,
        'ư' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => 1.15,
        c if c.is_ascii() => 1.0,
        c if (c as u32) < 0x2000 => 1.02,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_long_names_break() {
        for (text, columns, expected) in [
            ("Đạt", 10.0, 1),
            ("Tổng số lao động", 10.0, 2),
            ("một\nhai\nba", 20.0, 3),
            ("bao-cao-dot-2_cong-doan-co-so-phuong-tan-loi.xlsx", 20.0, 3),
            ("", 10.0, 1),
        ] {
            assert_eq!(lines(text, columns, 11.0, false), expected, "{text}");
        }
        assert!(height(40, 11.0) <= 400.0, "Excel refuses rows above 409 points");
    }
}
