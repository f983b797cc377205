//! The as-of dates of a header, of which one is marked.
//!
//! In:  a line such as `(Số liệu tính đến ngày : ☒ 31/5   ☐ 30/11)`.
//! Out: its dates in order, and which of them are marked.

use thidua_model::text::fold;

/// A date of the as-of line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    pub day: u8,
    pub month: u8,
    /// Where the line says it.
    pub year: Option<i16>,
    pub is_marked: bool,
    /// Where it begins in the line, in characters, and how long it is.
    pub from: usize,
    pub length: usize,
}

/// Longer lines hold no dates of ours.
const MAX_CHARS: usize = 400;

/// The dates of a line. A mark stands before its date, or after it when nothing stands before the
/// first one.
pub fn as_of_dates(line: &str) -> Vec<AsOf> {
    let chars: Vec<char> = line.chars().take(MAX_CHARS).collect();
    let mut dates: Vec<AsOf> = Vec::new();
    // Texts before, between and after the dates.
    let mut gaps = vec![String::new()];
    let mut at = 0;
    while at < chars.len() {
        // Digits before it belong to a longer number.
        let date = date_at(&chars[at..]).filter(|_| at == 0 || !chars[at - 1].is_ascii_digit());
        match date {
            Some(date) => {
                let length = date.length;
                dates.push(AsOf { from: at, ..date });
                gaps.push(String::new());
                at += length;
            }
            None => {
                gaps.last_mut().expect("there is always a gap").push(chars[at]);
                at += 1;
            }
        }
    }
    gaps[0] = before_first(&gaps[0]);
    // `[ ]` and `( )` are marks too: empty ones.
    let is_before = gaps.first().is_some_and(|gap| is_marked(gap) || is_empty_mark(gap));
    let offset = usize::from(!is_before);
    for (at, date) in dates.iter_mut().enumerate() {
        date.is_marked = is_marked(&gaps[at + offset]);
    }
    if dates.len() > 1 && !dates.iter().any(|date| date.is_marked) {
        let is_enclosed = |at: usize| {
            let opens = gaps[at].trim_end().ends_with(['(', '[', '{', '<']);
            opens && gaps[at + 1].trim_start().starts_with([')', ']', '}', '>'])
        };
        let enclosed: Vec<usize> = (0..dates.len()).filter(|&at| is_enclosed(at)).collect();
        // Printed forms have a star before each date; one that is left alone marks.
        let is_starred = gaps[0].contains('*') && gaps[1..].iter().all(|gap| !gap.contains('*'));
        match enclosed.as_slice() {
            [only] => dates[*only].is_marked = true,
            [] if is_starred => dates[0].is_marked = true,
            _ => {}
        }
    }
    dates
}

/// What can mark the first date: the text behind the colon or the last word before it.
fn before_first(gap: &str) -> String {
    let gap = gap.rsplit_once([':', '：']).map_or(gap, |(_, rest)| rest);
    let is_mark = |c: char| matches!(c, 'x' | 'X' | 'o' | 'O' | 'v' | 'V' | 'q' | 'þ' | 'ý' | 'ü');
    match gap.rfind(|c: char| c.is_alphabetic() && !is_mark(c)) {
        Some(end) => gap[end..].chars().skip(1).collect(),
        None => gap.to_owned(),
    }
}

fn is_marked(gap: &str) -> bool {
    // The last ones are what a tick of the symbol fonts becomes as text.
    let signs = ['☒', '☑', '✓', '✔', '✗', '✘', '✕', '✖', '√', '■', '●', '×', '\u{f0fe}', '\u{f0fd}', '\u{f0fc}'];
    gap.contains(signs)
        || gap.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "x" | "X" | "v" | "V" | "þ" | "ý" | "ü"))
}

fn is_empty_mark(gap: &str) -> bool {
    let signs = ['☐', '□', '○', '*', '[', '(', '¨', '£', '\u{f0a8}', '\u{f06f}', '\u{f071}'];
    gap.contains(signs) || matches!(fold(gap).as_str(), "o" | "q")
}

/// `31/5`, `31/05`, `31/5/2014`, `31-5`, `31.5`, `31 tháng 5 năm 2014`.
fn date_at(chars: &[char]) -> Option<AsOf> {
    let number = |from: usize, most: usize| {
        let length = chars.get(from..)?.iter().take(most).take_while(|c| c.is_ascii_digit()).count();
        let value: u16 = chars[from..from + length].iter().collect::<String>().parse().ok()?;
        Some((length, value))
    };
    let spaces = |from: usize| chars[from.min(chars.len())..].iter().take_while(|c| c.is_whitespace()).count();
    let is_slash = |at: usize| matches!(chars.get(at), Some('/' | '-' | '.'));
    // A word with the spaces around it: the characters that it takes.
    let word = |from: usize, wanted: &str, letters: usize| {
        let start = from + spaces(from);
        let text: String = chars.get(start..start + letters)?.iter().collect();
        (fold(&text) == wanted).then(|| start + letters + spaces(start + letters) - from)
    };
    let between = |at: usize| if is_slash(at) { Some(1) } else { word(at, "thang", 5) };
    let (days, day) = number(0, 2)?;
    let gap = between(days)?;
    let (months, month) = number(days + gap, 2)?;
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    let mut length = days + gap + months;
    let mut year = None;
    let before_year = if is_slash(length) { Some(1) } else { word(length, "nam", 3) };
    if let Some(gap) = before_year
        && let Some((digits, value)) = number(length + gap, 4)
    {
        length += gap + digits;
        year = match digits {
            4 => Some(value as i16),
            2 => Some(2000 + value as i16),
            _ => None,
        };
    }
    Some(AsOf { day: day as u8, month: month as u8, year, is_marked: false, from: 0, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_two_dates_is_marked_in_many_ways() {
        for (line, expected) in [
            ("(Số liệu tính đến ngày : * 31/5   * 30/11)", "31/5 30/11"),
            ("(Số liệu tính đến ngày : * 31/5     30/11)", "[31/5] 30/11"),
            ("(Số liệu tính đến ngày :  ☒ 31/5    ☐ 30/11)", "[31/5] 30/11"),
            ("(Số liệu tính đến ngày :  ☐ 31/5    ☒ 30/11)", "31/5 [30/11]"),
            ("(Số liệu tính đến ngày :  ☐ 31/5    ☐ 30/11)", "31/5 30/11"),
            ("Số liệu tính đến ngày: [x] 31/05 [ ] 30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: [ ] 31/05/2014 [X] 30/11/2014", "31/5/2014 [30/11/2014]"),
            ("Số liệu tính đến ngày: 31/5 [ ]  30/11 [x]", "31/5 [30/11]"),
            ("Số liệu tính đến ngày: 31/5 x 30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: o 31/5 x 30/11", "31/5 [30/11]"),
            ("Số liệu tính đến ngày: ✓ 30-11", "[30/11]"),
            ("Số liệu tính đến ngày: 30/11", "30/11"),
            ("(Số liệu tính đến ngày 31/5 x 30/11)", "[31/5] 30/11"),
            ("(Số liệu tính đến ngày x 31/5 30/11)", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: (31/5)  30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày:  31/5  [30/11]", "31/5 [30/11]"),
            ("(Số liệu tính đến ngày 31/5 30/11)", "31/5 30/11"),
            ("Số liệu tính đến ngày: V 31/5   30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: þ 31/5  ¨ 30/11", "[31/5] 30/11"),
            ("Số liệu tính đến ngày: \u{f0a8} 31/5  \u{f0fe} 30/11", "31/5 [30/11]"),
            ("Số liệu tính đến ngày 31/5: x   30/11:", "[31/5] 30/11"),
            ("Số liệu tính đến ngày 31 tháng 5 năm 2014", "31/5/2014"),
            ("Số liệu tính đến ngày 31/5/14", "31/5/2014"),
            ("Số liệu tính đến ngày ☒ 31/5 ☒ 30/11", "[31/5] [30/11]"),
            ("Số liệu tính đến ngày 99/99, 131/5", ""),
            ("Số liệu tính đến ngày …/…", ""),
        ] {
            let shown: Vec<String> = as_of_dates(line)
                .iter()
                .map(|date| {
                    let year = date.year.map(|year| format!("/{year}")).unwrap_or_default();
                    let text = format!("{}/{}{year}", date.day, date.month);
                    if date.is_marked { format!("[{text}]") } else { text }
                })
                .collect();
            assert_eq!(shown.join(" "), expected, "{line}");
        }
    }
}
