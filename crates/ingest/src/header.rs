//! What the head of a sheet says of itself.
//!
//! In:  the cells above the column headings.
//! Out: unit, superior, year, marked date, and the folded texts in which the form's number stands.
//!
//! Not here: which of these is believed (`identify`).

use crate::scan::{Role, Scan};
use thidua_model::Text;
use thidua_model::text::fold;

/// Rows looked at when the column headings were not found.
const HEAD_ROWS: u32 = 15;

#[derive(Debug, Default)]
pub(crate) struct Header {
    /// As written after or beside `Đơn vị báo cáo :`.
    pub(crate) unit: Option<Text>,
    /// Where the name stands, or should.
    pub(crate) unit_at: Option<thidua_model::CellRef>,
    pub(crate) superior: Option<Text>,
    /// Where year or date stand.
    pub(crate) period_at: Option<thidua_model::CellRef>,
    pub(crate) year: Option<i16>,
    /// Day and month of each date of the as-of line, and whether it is marked.
    pub(crate) dates: Vec<(u8, u8, bool)>,
    /// Every text, folded.
    pub(crate) texts: Vec<String>,
}

impl Header {
    /// The dates that are marked, or the only one that stands there.
    pub(crate) fn marked_dates(&self) -> Vec<(u8, u8)> {
        let is_alone = self.dates.len() == 1;
        let marked = self.dates.iter().filter(|(_, _, is_marked)| *is_marked || is_alone);
        marked.map(|(day, month, _)| (*day, *month)).collect()
    }
}

/// Reads the head; `end` is the row of the column headings. What it understands becomes part of
/// the form in the sheet's account.
pub(crate) fn read_header(scan: &mut Scan<'_>, end: Option<u32>) -> Header {
    let mut header = Header::default();
    let last = end.unwrap_or(HEAD_ROWS).min(40);
    let rows: Vec<(u32, std::ops::Range<usize>)> = scan.rows().take_while(|(row, _)| *row < last).collect();
    for (_, cells) in rows {
        let mut joined = String::new();
        let mut is_as_of = false;
        for index in cells.clone() {
            let Some(text) = scan.text(index) else {
                joined.push(' ');
                joined.push_str(&scan.cell(index).value.shown());
                continue;
            };
            joined.push(' ');
            joined.push_str(text);
            let key = fold(text);
            if key.starts_with("donvibaocao") || key.starts_with("tendonvi") {
                header.unit_at = header.unit_at.or(Some(scan.cell(index).at));
                header.unit = header.unit.take().or_else(|| named(scan, index, cells.end));
            } else if key.starts_with("congdoancaptren") {
                header.superior = header.superior.take().or_else(|| named(scan, index, cells.end));
            } else if let Some(year) = year_of(&key, scan, index, cells.end) {
                header.year = header.year.or(Some(year));
                header.period_at = header.period_at.or(Some(scan.cell(index).at));
                scan.claim(index, Role::Template);
            }
            is_as_of |= key.contains("solieutinhden") || key.contains("tinhdenngay");
            header.texts.push(key);
        }
        if is_as_of && header.dates.is_empty() {
            header.dates = marked_dates(&joined);
            header.period_at = cells.clone().next().map(|index| scan.cell(index).at);
            cells.for_each(|index| scan.claim(index, Role::Template));
        }
    }
    header
}

/// The text after the colon, else in the next cell of the row.
fn named(scan: &mut Scan<'_>, index: usize, end: usize) -> Option<Text> {
    scan.claim(index, Role::Template);
    let after = scan.text(index)?.split_once(':').map_or("", |(_, rest)| rest);
    let is_dots = |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | ':' | '-');
    let own = after.trim_matches(is_dots);
    if !own.is_empty() {
        return Some(own.into());
    }
    let beside = index + 1;
    if beside < end
        && let Some(text) = scan.text(beside)
    {
        scan.claim(beside, Role::Template);
        let text = text.trim_matches(is_dots);
        return Some(text.into()).filter(|text: &Text| !text.is_empty());
    }
    None
}

/// `NĂM : 2014` in one cell or two.
fn year_of(key: &str, scan: &mut Scan<'_>, index: usize, end: usize) -> Option<i16> {
    let rest = key.strip_prefix("nam")?;
    if let Ok(year) = rest.parse() {
        return Some(year);
    }
    if !rest.is_empty() || index + 1 >= end {
        return None;
    }
    let year = scan.cell(index + 1).value.shown().trim().parse().ok()?;
    scan.claim(index + 1, Role::Template);
    Some(year)
}

/// The dates of `(Số liệu tính đến ngày : ☒ 31/5   ☐ 30/11)`. A mark stands before its date, or
/// after it when nothing stands before the first one.
fn marked_dates(line: &str) -> Vec<(u8, u8, bool)> {
    let line = line.rsplit_once(':').map_or(line, |(_, dates)| dates);
    let chars: Vec<char> = line.chars().take(400).collect();
    let mut dates = Vec::new();
    // Texts before, between and after the dates.
    let mut gaps = vec![String::new()];
    let mut at = 0;
    while at < chars.len() {
        match date_at(&chars[at..]) {
            Some((length, day, month)) => {
                dates.push((day, month));
                gaps.push(String::new());
                at += length;
            }
            None => {
                gaps.last_mut().expect("there is always a gap").push(chars[at]);
                at += 1;
            }
        }
    }
    // Words before the first date are not its mark.
    if let Some(word_end) = gaps[0].rfind(|c: char| c.is_alphabetic() && !matches!(c, 'x' | 'X' | 'o' | 'O')) {
        let after = gaps[0][word_end..]
            .char_indices()
            .nth(1)
            .map_or(String::new(), |(at, _)| gaps[0][word_end + at..].to_owned());
        gaps[0] = after;
    }
    // `[ ]` and `( )` are marks too: empty ones.
    let has_mark = |gap: &str| is_marked(gap) || gap.contains(['☐', '□', '*', '[', '(']) || fold(gap) == "o";
    let is_before = gaps.first().is_some_and(|gap| has_mark(gap));
    let offset = usize::from(!is_before);
    dates.iter().enumerate().map(|(at, &(day, month))| (day, month, is_marked(&gaps[at + offset]))).collect()
}

fn is_marked(gap: &str) -> bool {
    gap.contains(['☒', '☑', '✓', '✔', '√', '■', '×'])
        || gap.split(|c: char| !c.is_alphanumeric()).any(|w| w == "x" || w == "X")
}

/// `31/5`, `31/05`, `31/5/2014`, `31-5`: its length, day and month.
fn date_at(chars: &[char]) -> Option<(usize, u8, u8)> {
    let number = |from: usize, most: usize| {
        let length = chars[from..].iter().take(most).take_while(|c| c.is_ascii_digit()).count();
        let value: Option<u16> = chars[from..from + length].iter().collect::<String>().parse().ok();
        value.map(|value| (length, value))
    };
    let is_slash = |at: usize| matches!(chars.get(at), Some('/' | '-' | '.'));
    let (days, day) = number(0, 2)?;
    if !is_slash(days) {
        return None;
    }
    let (months, month) = number(days + 1, 2)?;
    let mut length = days + 1 + months;
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    if is_slash(length)
        && let Some((years, _)) = number(length + 1, 4)
    {
        length += 1 + years;
    }
    Some((length, day as u8, month as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_two_dates_is_marked_in_many_ways() {
        for (line, expected) in [
            ("(Số liệu tính đến ngày : * 31/5   * 30/11)", "31/5 30/11"),
            ("(Số liệu tính đến ngày :  ☒ 31/5    ☐ 30/11)", "[31/5] 30/11"),
            ("(Số liệu tính đến ngày :  ☐ 31/5    ☒ 30/11)", "31/5 [30/11]"),
            ("Số liệu tính đến ngày: [x] 31/05 [ ] 30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: [ ] 31/05/2014 [X] 30/11/2014", "31/5 [30/11]"),
            ("Số liệu tính đến ngày: 31/5 [ ]  30/11 [x]", "31/5 [30/11]"),
            ("Số liệu tính đến ngày: 31/5 x 30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: o 31/5 x 30/11", "31/5 [30/11]"),
            ("Số liệu tính đến ngày: ✓ 30-11", "[30/11]"),
            ("Số liệu tính đến ngày: 30/11", "30/11"),
            ("(Số liệu tính đến ngày 31/5 x 30/11)", "[31/5] 30/11"),
            ("(Số liệu tính đến ngày x 31/5 30/11)", "[31/5] 30/11"),
        ] {
            let shown: Vec<String> = marked_dates(line)
                .iter()
                .map(
                    |(day, month, is_marked)| {
                        if *is_marked { format!("[{day}/{month}]") } else { format!("{day}/{month}") }
                    },
                )
                .collect();
            assert_eq!(shown.join(" "), expected, "{line}");
        }
    }
}
