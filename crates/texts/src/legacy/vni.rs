//! VNI: the fonts `VNI-…` show a letter and a mark behind it as one letter.
//!
//! In:  text as such files hold it, `ñoaøn vieân`.
//! Out: Unicode, `đoàn viên`; `None` for text with letters or marks that these fonts do not have.

use super::syllable::TONES;

/// Marks behind a, e, o, u, y and the letters ô (ơ), ö (ư): grave, hook, tilde, acute, dot below.
const PLAIN: [char; 5] = ['ø', 'û', 'õ', 'ù', 'ï'];
/// Marks behind a that make it ă: level, then the tones.
const BREVE: [char; 6] = ['ê', 'è', 'ú', 'ü', 'é', 'ë'];
/// Marks behind a, e, o that make them â, ê, ô.
const HAT: [char; 6] = ['â', 'à', 'å', 'ã', 'á', 'ä'];
/// Letters without a mark of their own.
const SINGLE: [(char, char); 9] =
    [('ì', 'ì'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('í', 'í'), ('ò', 'ị'), ('î', 'ỵ'), ('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư')];

/// Unicode for a text in a `VNI` font.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut decoded = String::with_capacity(text.len() * 2);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_upper = c.is_uppercase();
        let small = lower(c);
        let base = match SINGLE.iter().find(|(raw, _)| *raw == small) {
            Some((_, letter)) => *letter,
            None if c.is_ascii() || !(c.is_alphabetic() || super::is_mark(c)) => small,
            None => return None,
        };
        let whole = chars.peek().and_then(|&next| marked(base, lower(next)));
        if whole.is_some() {
            chars.next();
        }
        let letter = whole.unwrap_or(base);
        if is_upper { decoded.extend(letter.to_uppercase()) } else { decoded.push(letter) }
    }
    Some(decoded)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The letter that a base and the mark behind it show.
fn marked(base: char, mark: char) -> Option<char> {
    let tones = |base: char| TONES.iter().find(|tones| tones[0] == base);
    let hatted = |base: char| match base {
        'a' => Some('â'),
        'e' => Some('ê'),
        'o' => Some('ô'),
        _ => None,
    };
    if let Some(at) = PLAIN.iter().position(|&plain| plain == mark) {
        // i has letters of its own.
        return Some(tones(base).filter(|tones| tones[0] != 'i')?[at + 1]);
    }
    if let Some(at) = HAT.iter().position(|&hat| hat == mark) {
        return Some(tones(hatted(base)?)?[at]);
    }
    let at = BREVE.iter().position(|&breve| breve == mark)?;
    Some(tones('ă').filter(|_| base == 'a')?[at])
}

/// The text as a `VNI` font needs it; `None` for what it cannot show.
#[cfg(test)]
pub(super) fn encode(text: &str) -> Option<String> {
    let mut raw = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            raw.push(c);
            continue;
        }
        let small = lower(c);
        let pair = || {
            let bases = ['a', 'e', 'o', 'u', 'y', 'ơ', 'ư'];
            let marks = PLAIN.iter().chain(&BREVE).chain(&HAT);
            marks.flat_map(|&mark| bases.map(|base| (base, mark))).find(|&(b, m)| marked(b, m) == Some(small))
        };
        let single = |letter: char| SINGLE.iter().find(|(_, to)| *to == letter).map_or(letter, |(raw, _)| *raw);
        let parts = match SINGLE.iter().find(|(_, letter)| *letter == small) {
            Some((raw, _)) => vec![*raw],
            None => pair().map(|(base, mark)| vec![single(base), mark])?,
        };
        raw.extend(
            parts
                .into_iter()
                .flat_map(|part| if c.is_uppercase() { part.to_uppercase().collect::<Vec<_>>() } else { vec![part] }),
        );
    }
    Some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_old_files_hold_becomes_unicode() {
        for (raw, expected) in [
            ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", Some("Cộng hòa xã hội chủ nghĩa Việt Nam")),
            ("Ñoäc laäp - Töï do - Haïnh phuùc", Some("Độc lập - Tự do - Hạnh phúc")),
            ("Toång soá lao ñoäng", Some("Tổng số lao động")),
            ("COÂNG ÑOAØN CÔ SÔÛ", Some("CÔNG ĐOÀN CƠ SỞ")),
            ("Ngöôøi ñöôïc tính; kyû luaät", Some("Người được tính; kỷ luật")),
            ("đoàn", None),
            ("Phá", None),
        ] {
            assert_eq!(decode(raw).as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn every_letter_has_a_place() {
        for c in TONES.iter().flatten().chain(&['đ']).filter(|c| !c.is_ascii()) {
            for text in [c.to_string(), c.to_uppercase().to_string()] {
                let raw = encode(&text).unwrap_or_else(|| panic!("{text}"));
                assert_eq!(decode(&raw), Some(text));
            }
        }
    }
}
