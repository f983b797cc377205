//! `Đơn vị báo cáo`, `Công đoàn cấp trên` and their spellings inside one text.
//!
//! In:  the text of a cell of a sheet's head.
//! Out: the labels that stand in it, each with the text behind it.
//!
//! A label may lack its colon, be followed by dots, stand on its own line of the cell or behind
//! another label, and carry a slip where a colon says that it is a label.

use thidua_model::text::fold;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    Unit,
    Superior,
    /// `Đơn vị :` alone, which also stands before a unit of measure.
    Loose,
}

/// A label with what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled<'t> {
    pub label: Label,
    /// Empty when the name stands elsewhere.
    pub name: &'t str,
    /// A colon or dots say that a name follows; else only a name that is known is one.
    pub is_told: bool,
}

/// Folded; where one begins with another the longer stands first.
const LABELS: &[(&str, Label)] = &[
    ("tendonvibaocao", Label::Unit),
    ("donvibaocao", Label::Unit),
    ("congdoanbaocao", Label::Unit),
    ("congdoancosobaocao", Label::Unit),
    ("tencongdoancoso", Label::Unit),
    ("tencdcs", Label::Unit),
    ("tendonvi", Label::Unit),
    ("congdoancaptrentructiepcoso", Label::Superior),
    ("congdoancaptrentructiep", Label::Superior),
    ("congdoancaptrencoso", Label::Superior),
    ("congdoancaptren", Label::Superior),
    ("donvicaptren", Label::Superior),
    ("cdcaptren", Label::Superior),
    ("donvi", Label::Loose),
];
/// A label with a slip is at least this like the label.
const LIKE: f64 = 0.85;

/// What a text looks like while labels are looked for: folded letters with their bytes.
struct Letters {
    letters: String,
    /// First byte, and the byte after, of the character behind each folded letter.
    bytes: Vec<(usize, usize)>,
}

impl Letters {
    fn new(text: &str) -> Self {
        let mut all = Self { letters: String::new(), bytes: Vec::new() };
        let mut piece = [0; 4];
        for (at, c) in text.char_indices() {
            let folded = fold(c.encode_utf8(&mut piece));
            all.bytes.extend(folded.bytes().map(|_| (at, at + c.len_utf8())));
            all.letters.push_str(&folded);
        }
        all
    }
}

/// The labels of a text in order. `key` is the folded text, by which most texts are passed over.
pub fn labelled<'t>(text: &'t str, key: &str) -> Vec<Labelled<'t>> {
    let may_be = ["donvi", "captren", "coso", "cdcs", "baocao"].iter().any(|word| key.contains(word));
    if !may_be && !text.contains(':') {
        return Vec::new();
    }
    let mut all = Vec::new();
    for line in text.lines() {
        let found = if may_be { exact(line) } else { Vec::new() };
        if found.is_empty() {
            all.extend(alike(line));
        }
        all.extend(found);
    }
    all
}

/// A label with a slip, told by its colon.
fn alike(line: &str) -> Option<Labelled<'_>> {
    let (head, rest) = line.split_once(':')?;
    let key = fold(head);
    if !(8..=40).contains(&key.len()) {
        return None;
    }
    let strict = LABELS.iter().filter(|(_, label)| *label != Label::Loose);
    let like = strict.map(|(word, label)| (strsim::normalized_levenshtein(word, &key), *label));
    let (score, label) = like.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score >= LIKE).then(|| Labelled { label, name: bare(rest), is_told: true })
}

fn exact(line: &str) -> Vec<Labelled<'_>> {
    let all = Letters::new(line);
    // Label, first byte of it, byte after it, whether a colon or dots follow.
    let mut found: Vec<(Label, usize, usize, bool)> = Vec::new();
    let mut from = 0;
    while from < all.letters.len() {
        let start = all.bytes[from].0;
        let is_word_start = from == 0 || all.bytes[from - 1].1 < start;
        let rest = all.letters.get(from..).filter(|_| is_word_start).unwrap_or("");
        let here = LABELS.iter().find(|(word, _)| rest.starts_with(word));
        let Some((word, label)) = here else {
            from += 1;
            continue;
        };
        let end = all.bytes[from + word.len() - 1].1;
        let behind = || line[end..].chars().filter(|c| !is_own_mark(*c));
        let is_word_end = behind().next().is_none_or(|c| !c.is_alphanumeric());
        let has_leader = behind().find(|c| !c.is_whitespace()).is_some_and(is_leader);
        let counts = match label {
            Label::Loose => from == 0 && has_leader && line[end..].contains(':'),
            Label::Unit | Label::Superior => is_word_end && (from == 0 || has_leader),
        };
        if counts {
            found.push((*label, start, end, has_leader));
        }
        from += word.len();
    }
    let ends = found.iter().skip(1).map(|(_, start, ..)| *start).chain([line.len()]);
    let named = |((label, _, from, has_leader), to): (&(Label, usize, usize, bool), usize)| Labelled {
        label: *label,
        name: bare(&line[*from..to]),
        is_told: *has_leader && *label != Label::Loose,
    };
    found.iter().zip(ends).map(named).collect()
}

/// A mark of its own that belongs to the letter before it.
fn is_own_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// What stands between a label and its text.
fn is_leader(c: char) -> bool {
    matches!(c, ':' | '：' | '.' | '…' | '_' | '-' | '–' | '·')
}

/// A name without the dots and colons around it; empty when nothing else is there.
pub fn bare(text: &str) -> &str {
    let is_around = |c: char| c.is_whitespace() || is_leader(c) || is_own_mark(c) || matches!(c, '*' | ';' | ',');
    let text = text.trim_matches(is_around);
    // `(ghi rõ tên đơn vị)` printed behind the label.
    match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.trim_matches(is_around),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_told_from_the_name_behind_it() {
        for (text, expected) in [
            ("Đơn vị báo cáo : CĐCS A", "Unit=CĐCS A"),
            ("ĐƠN VỊ BÁO CÁO CĐCS A", "Unit=CĐCS A"),
            ("Đơn  vị báo cáo……………CĐCS A…………", "Unit=CĐCS A"),
            ("Đơn vị báo cáo : ……………………", "Unit="),
            ("Tên đơn vị báo cáo: A", "Unit=A"),
            ("Tên đơn vị: A", "Unit=A"),
            ("Đơn vị báo cáo (ghi rõ): A", "Unit=A"),
            ("Dơn vi bao cao: A", "Unit=A"),
            ("Đơn vị bbáo cáo: A", "Unit=A"),
            ("Công đoàn cấp trên trực tiếp cơ sở: LĐLĐ huyện Lắk", "Superior=LĐLĐ huyện Lắk"),
            ("Công đoàn cấp trên: B\nĐơn vị báo cáo: A", "Superior=B Unit=A"),
            ("Công đoàn cấp trên: B      Đơn vị báo cáo: A", "Superior=B Unit=A"),
            ("Đơn vị: A", "Loose=A"),
            ("Đơn vị tính: đồng", ""),
            ("Đơn vị tính", ""),
            ("(Dùng cho công đoàn cấp trên)", ""),
            ("Mẫu số 1-HĐCĐ", ""),
            ("BÁO CÁO HOẠT ĐỘNG CÔNG ĐOÀN CƠ SỞ", ""),
            ("Đơn vị báo cáo", "Unit="),
        ] {
            let shown: Vec<String> =
                labelled(text, &fold(text)).iter().map(|it| format!("{:?}={}", it.label, it.name)).collect();
            assert_eq!(shown.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn marks_that_are_letters_of_their_own_change_nothing() {
        let mut decomposed = "Đơn vị báo cáo: Cơ sở".to_owned();
        for (one, two) in [("ơ", "o\u{31b}"), ("ị", "i\u{323}"), ("á", "a\u{301}")] {
            decomposed = decomposed.replace(one, two);
        }
        let found = labelled(&decomposed, &fold(&decomposed));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(fold(found[0].name), "coso");
    }
}
