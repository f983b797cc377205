//! Yes and no as clerks mark them: words, ticks, boxes, and letters of the Wingdings fonts.
//!
//! In:  a cell's value and the name of its font.
//! Out: yes, no, both, or neither.
//!
//! Not here: issues (`values`).

use super::numbers::plain;
use thidua_model::text::fold;
use thidua_sheets::CellValue;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    Yes,
    No,
    /// `có/không`: nothing was struck out.
    Both,
    Neither,
}

const YES_MARKS: &[char] = &['✓', '✔', '☑', '☒', '√', '×', '\u{f0fc}', '\u{f0fe}', '\u{f0fd}'];
const NO_MARKS: &[char] = &['☐', '□', '▢', '❏', '❑', '-', '–', '—', '\u{f06f}', '\u{f0a8}'];

/// Folded, as whole answers.
const YES: &[&str] = &["co", "c", "x", "1", "yes", "true", "dung", "dat", "roi", "coroi"];
/// Folded, as whole answers.
const NO: &[&str] = &["khong", "k", "ko", "0", "no", "false", "chua", "0co"];
/// What was done, or is so: yes by itself where the table says so, yes behind a word of [`DONE`], no
/// behind a word of [`NOT_DONE`]. Folded.
const DEEDS: &[(&str, bool)] = &[
    ("co", true),
    ("dat", true),
    ("datchuan", true),
    ("datyeucau", true),
    ("dungquydinh", true),
    ("dung", true),
    ("hoanthanh", true),
    ("tochuc", false),
    ("cotochuc", true),
    ("thuchien", false),
    ("cothuchien", true),
    ("ky", false),
    ("kyket", false),
    ("coky", true),
    ("lam", false),
    ("colam", true),
    ("thanhlap", false),
    ("cothanhlap", true),
    ("xaydung", false),
    ("coxaydung", true),
    ("banhanh", false),
    ("cobanhanh", true),
    ("coquy", true),
    ("phatsinh", false),
];
const DONE: &[&str] = &["da"];
const NOT_DONE: &[&str] = &["khong", "ko", "chua"];

/// Letters that a symbol font shows as a mark: font, ticks and crossed boxes, empty boxes.
const SYMBOL_FONTS: &[(&str, &str, &str)] =
    &[("wingdings", "üþýx", "o¨q"), ("wingdings2", "PRTV", "£*"), ("webdings", "a", "c")];

pub fn flag(value: &CellValue, font: Option<&str>) -> Flag {
    match value {
        CellValue::Bool(true) => Flag::Yes,
        CellValue::Bool(false) => Flag::No,
        CellValue::Number(number) if *number == 1.0 => Flag::Yes,
        CellValue::Number(number) if *number == 0.0 => Flag::No,
        CellValue::Text(text) => of_text(text.trim(), font),
        _ => Flag::Neither,
    }
}

fn of_text(text: &str, font: Option<&str>) -> Flag {
    // The longest: "☒ Có    ☐ Không".
    if text.len() > 80 {
        return Flag::Neither;
    }
    if let Some(of_font) = of_symbol_font(text, font) {
        return of_font;
    }
    let text = plain(text);
    if let Some(boxes) = of_boxes(&text) {
        return boxes;
    }
    let text = text.trim().trim_end_matches('.');
    match of_word(text) {
        Flag::Neither => {}
        known => return known,
    }
    let parts: Vec<Flag> = text.split(['/', ',', ';', '|']).map(|part| of_word(part.trim())).collect();
    let has = |wanted| parts.contains(&wanted);
    if has(Flag::Yes) && has(Flag::No) && !has(Flag::Neither) { Flag::Both } else { Flag::Neither }
}

/// One mark or one word.
fn of_word(word: &str) -> Flag {
    if matches!(word, "[ ]" | "[]" | "( )" | "()") {
        return Flag::No;
    }
    let bare = word.trim_matches(['[', ']', '(', ')', ' ']);
    if bare.is_empty() && !word.is_empty() {
        // An empty box: `[ ]`.
        return Flag::No;
    }
    let mut chars = bare.chars();
    if let (Some(mark), None) = (chars.next(), chars.next()) {
        if YES_MARKS.contains(&mark) {
            return Flag::Yes;
        }
        if NO_MARKS.contains(&mark) {
            return Flag::No;
        }
    }
    let key = fold(bare);
    if YES.contains(&&*key) {
        Flag::Yes
    } else if NO.contains(&&*key) {
        Flag::No
    } else {
        of_deed(&key)
    }
}

/// `đã tổ chức`, `chưa ký`, `đạt chuẩn`; not `đang tổ chức`, nor `tổ chức` alone.
fn of_deed(key: &str) -> Flag {
    let deed = |rest: &str| DEEDS.iter().find(|(deed, _)| *deed == rest).map(|(_, is_yes)| *is_yes);
    let behind = |words: &[&str]| words.iter().find_map(|word| deed(key.strip_prefix(word)?)).is_some();
    // `đã tổ chức rồi`.
    let done = key.strip_suffix("roi").unwrap_or(key);
    let is_done = || DONE.iter().find_map(|word| deed(done.strip_prefix(word)?)).is_some();
    if behind(NOT_DONE) {
        Flag::No
    } else if is_done() || deed(done) == Some(true) {
        Flag::Yes
    } else {
        Flag::Neither
    }
}

/// `☒ Có  ☐ Không`, `[x] Có [ ] Không`: the box that is marked decides.
fn of_boxes(text: &str) -> Option<Flag> {
    let text = text.replace("[ ]", "☐").replace("[]", "☐").replace("[x]", "☒").replace("[X]", "☒");
    let is_full = |c: char| matches!(c, '☑' | '☒' | '✓' | '✔' | '\u{f0fe}' | '\u{f0fd}');
    let is_box = |c: char| is_full(c) || matches!(c, '☐' | '□' | '▢' | '\u{f06f}' | '\u{f0a8}');
    let mut starts: Vec<usize> = text.char_indices().filter(|(_, c)| is_box(*c)).map(|(at, _)| at).collect();
    if starts.len() != 2 || starts[0] != 0 {
        return None;
    }
    starts.push(text.len());
    let mut marked = Vec::new();
    for pair in starts.windows(2) {
        let part = &text[pair[0]..pair[1]];
        let mark = part.chars().next()?;
        let word = of_word(part[mark.len_utf8()..].trim());
        if word == Flag::Neither {
            return None;
        }
        if is_full(mark) {
            marked.push(word);
        }
    }
    Some(match marked.as_slice() {
        [one] => *one,
        [] => Flag::Neither,
        _ => Flag::Both,
    })
}

/// A letter in a symbol font; `None` when the font is another one or the cell holds words.
fn of_symbol_font(text: &str, font: Option<&str>) -> Option<Flag> {
    let name = font?.to_lowercase().replace(' ', "");
    let (_, yes, no) = SYMBOL_FONTS.iter().find(|(known, ..)| *known == name)?;
    let mut chars = text.chars();
    let (Some(letter), None) = (chars.next(), chars.next()) else { return None };
    // Symbol fonts are also stored in the private area, F020 to F0FF.
    let letter = match u32::from(letter) {
        code @ 0xf020..=0xf0ff => char::from_u32(code - 0xf000)?,
        _ => letter,
    };
    Some(if yes.contains(letter) {
        Flag::Yes
    } else if no.contains(letter) {
        Flag::No
    } else {
        Flag::Neither
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mark_or_a_word_says_yes_or_no_and_never_a_guess() {
        check(
            "x                  yes
             X                  yes
             ｘ                  yes
             Có                 yes
             CÓ                 yes
             đạt                yes
             Đạt.               yes
             ✓                  yes
             ☒                  yes
             [x]                yes
             1                  yes
             không              no
             Không có           no
             chưa               no
             chưa đạt           no
             -                  no
             ☐                  no
             [ ]                no
             0                  no
             có/không           both
             Có, Không          both
             ☒ Có ☐ Không       yes
             ☐ Có ☒ Không       no
             [x] Có [ ] Không   yes
             ☒ Có ☒ Không       both
             ☐ Có ☐ Không       neither
             có thể             neither
             có/chưa rõ         neither
             2                  neither
             ✗                  neither
             đang làm           neither",
            None,
        );
    }

    #[test]
    fn what_was_done_and_what_was_not_is_understood_with_and_without_marks() {
        check(
            "Rồi                yes
             roi                yes
             Có rồi             yes
             đã tổ chức         yes
             da to chuc         yes
             Đã tổ chức rồi     yes
             ĐÃ CÓ              yes
             có tổ chức         yes
             đã ký              yes
             đã thành lập       yes
             đạt chuẩn          yes
             đúng quy định      yes
             hoàn thành         yes
             chưa tổ chức       no
             chua to chuc       no
             không tổ chức      no
             ko tổ chức         no
             không có           no
             Chưa có            no
             không đạt          no
             khong dat          no
             không đạt chuẩn    no
             không đúng quy định no
             chưa ký            no
             chưa phát sinh     no
             đã/chưa            neither
             đã có/chưa có      both
             tổ chức            neither
             đang tổ chức       neither
             sẽ tổ chức         neither
             chưa rõ            neither
             chưa rồi           neither
             chưa hoàn thành rồi neither
             không phải không   neither
             đã                 neither
             tốt                neither
             tổ chức 2 lần      neither",
            None,
        );
    }

    #[test]
    fn no_word_says_both_yes_and_no() {
        for word in YES.iter().chain(DEEDS.iter().map(|(deed, _)| deed)) {
            assert!(!NO.contains(word), "{word}");
            for begin in NOT_DONE {
                assert!(!YES.contains(&&*format!("{begin}{word}")), "{begin} {word}");
            }
        }
    }

    #[test]
    fn a_letter_of_a_symbol_font_is_the_mark_that_it_shows() {
        check("ü yes\nþ yes\no no\n¨ no\n\u{f0fc} yes\nz neither\nKhông no", Some("Wingdings"));
        check("P yes\nR yes\n£ no\nx neither", Some("Wingdings 2"));
        check("ü neither\no neither\nx yes", Some("Times New Roman"));
    }

    #[track_caller]
    fn check(table: &str, font: Option<&str>) {
        for line in table.lines() {
            let (text, expected) = line.trim().rsplit_once(' ').unwrap();
            let found = match of_text(text.trim(), font) {
                Flag::Yes => "yes",
                Flag::No => "no",
                Flag::Both => "both",
                Flag::Neither => "neither",
            };
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}", font in prop::option::of("(Wingdings( 2)?|Arial)")) {
            let _ = of_text(&text, font.as_deref());
        }
    }
}
