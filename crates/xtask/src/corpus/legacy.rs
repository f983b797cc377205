//! Vietnamese as it was written before Unicode, and as it is lost today.
//!
//! In:  Unicode text.
//! Out: the same in TCVN3 (ABC), VNI, windows-1258, or damaged. In the fonts of their time the first
//!      two look right; anywhere else they are rubbish of Latin letters.
//!
//! The tables are written from the standards, apart from those of the reader: each checks the other.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Base letters with circumflex, breve or horn, then their five tones: grave, hook, tilde, acute, dot.
const TCVN3: &[(char, u8, [u8; 5])] = &[
    ('a', b'a', [0xB5, 0xB6, 0xB7, 0xB8, 0xB9]),
    ('ă', 0xA8, [0xBB, 0xBC, 0xBD, 0xBE, 0xC6]),
    ('â', 0xA9, [0xC7, 0xC8, 0xC9, 0xCA, 0xCB]),
    ('e', b'e', [0xCC, 0xCE, 0xCF, 0xD0, 0xD1]),
    ('ê', 0xAA, [0xD2, 0xD3, 0xD4, 0xD5, 0xD6]),
    ('i', b'i', [0xD7, 0xD8, 0xDC, 0xDD, 0xDE]),
    ('o', b'o', [0xDF, 0xE1, 0xE2, 0xE3, 0xE4]),
    ('ô', 0xAB, [0xE5, 0xE6, 0xE7, 0xE8, 0xE9]),
    ('ơ', 0xAC, [0xEA, 0xEB, 0xEC, 0xED, 0xEE]),
    ('u', b'u', [0xEF, 0xF1, 0xF2, 0xF3, 0xF4]),
    ('ư', 0xAD, [0xF5, 0xF6, 0xF7, 0xF8, 0xF9]),
    ('y', b'y', [0xFA, 0xFB, 0xFC, 0xFD, 0xFE]),
];
const TCVN3_CAPITALS: &[(char, u8)] =
    &[('Ă', 0xA1), ('Â', 0xA2), ('Ê', 0xA3), ('Ô', 0xA4), ('Ơ', 0xA5), ('Ư', 0xA6), ('Đ', 0xA7), ('đ', 0xAE)];
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// The letter without its tone, and the tone.
fn split(letter: char) -> (char, Option<usize>) {
    let (mut base, mut tone) = (String::new(), None);
    for piece in std::iter::once(letter).nfd() {
        match TONES.iter().position(|known| *known == piece) {
            Some(found) => tone = Some(found),
            None => base.push(piece),
        }
    }
    (base.nfc().next().unwrap_or(letter), tone)
}

/// TCVN3 as its bytes read in Latin-1: what a cell in a `.Vn` font holds. Capitals with a tone are
/// small letters, for which people took a font of capitals.
pub(crate) fn tcvn3(text: &str) -> String {
    let letter = |letter: char| {
        if let Some((_, byte)) = TCVN3_CAPITALS.iter().find(|(known, _)| *known == letter) {
            return char::from(*byte);
        }
        let (base, tone) = split(letter);
        let small = base.to_lowercase().next().unwrap_or(base);
        match (TCVN3.iter().find(|(known, ..)| *known == small), tone) {
            (Some((_, _, tones)), Some(tone)) => char::from(tones[tone]),
            (Some((_, byte, _)), None) if base == small => char::from(*byte),
            _ => letter,
        }
    };
    text.nfc().map(letter).collect()
}

/// VNI as its bytes read in Latin-1: letters and the marks behind them.
pub(crate) fn vni(text: &str) -> String {
    let plain = ['ø', 'û', 'õ', 'ù', 'ï'];
    let (hat, breve) = (['à', 'å', 'ã', 'á', 'ä'], ['è', 'ú', 'ü', 'é', 'ë']);
    let mut out = String::new();
    for letter in text.nfc() {
        let (base, tone) = split(letter);
        let is_capital = base.is_uppercase();
        let small = base.to_lowercase().next().unwrap_or(base);
        let of = |marks: [char; 5]| tone.map(|tone| marks[tone]);
        let (body, mark) = match (small, tone) {
            ('đ', _) => ('ñ', None),
            ('i', Some(tone)) => (['ì', 'æ', 'ó', 'í', 'ò'][tone], None),
            ('y', Some(4)) => ('î', None),
            ('a' | 'e' | 'o' | 'u' | 'y', _) => (small, of(plain)),
            ('â' | 'ê' | 'ô', _) => (split_hat(small), Some(of(hat).unwrap_or('â'))),
            ('ă', _) => ('a', Some(of(breve).unwrap_or('ê'))),
            ('ơ', _) => ('ô', of(plain)),
            ('ư', _) => ('ö', of(plain)),
            _ => {
                out.push(letter);
                continue;
            }
        };
        for piece in [Some(body), mark].into_iter().flatten() {
            out.extend(if is_capital { piece.to_uppercase().next() } else { Some(piece) });
        }
    }
    out
}

fn split_hat(letter: char) -> char {
    std::iter::once(letter).nfd().next().unwrap_or(letter)
}

/// The bytes of text in which every letter is one of Latin-1.
pub(crate) fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
}

/// windows-1258: letters with hat, breve and horn are whole, tones stand behind.
pub(crate) fn windows_1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in text.nfc() {
        let (base, tone) = split(letter);
        let whole = match base {
            'Ă' => 0xC3,
            'ă' => 0xE3,
            'Đ' => 0xD0,
            'đ' => 0xF0,
            'Ơ' => 0xD5,
            'ơ' => 0xF5,
            'Ư' => 0xDD,
            'ư' => 0xFD,
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            '…' => 0x85,
            other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
        };
        bytes.push(whole);
        bytes.extend(tone.map(|tone| [0xCCu8, 0xD2, 0xDE, 0xEC, 0xF2][tone]));
    }
    bytes
}

/// Every letter with its marks apart.
pub(crate) fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// No marks at all, as typed without a Vietnamese keyboard.
pub(crate) fn without_marks(text: &str) -> String {
    let plain = |letter: char| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    };
    text.nfd().filter(|letter| !is_combining_mark(*letter)).map(plain).collect()
}

/// Plain ư is gone, as a converter of TCVN3 lost its soft hyphen.
pub(crate) fn horn_lost(text: &str) -> String {
    text.nfc().filter(|letter| !matches!(letter, 'ư' | 'Ư')).collect()
}

/// Letters that windows-1252 lacks became question marks.
pub(crate) fn question_marks(text: &str) -> String {
    text.nfc().map(|letter| if u32::from(letter) < 0x100 { letter } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_written_as_people_saw_them() {
        for (write, text, expected) in [
            (tcvn3 as fn(&str) -> String, "Tổng số lao động", "Tæng sè lao ®éng"),
            (tcvn3, "công đoàn", "c«ng ®oµn"),
            (tcvn3, "Hướng dẫn", "H\u{AD}íng dÉn"),
            (vni, "Tổng số lao động", "Toång soá lao ñoäng"),
            (vni, "Hướng dẫn Đắk Lắk", "Höôùng daãn Ñaék Laék"),
            (vni, "nghỉ, kỹ, kỵ, TIỀN", "nghæ, kyõ, kî, TIEÀN"),
            (horn_lost, "người lương", "ngời lơng"),
            (without_marks, "Đơn vị", "Don vi"),
            (question_marks, "số lượng", "s? l??ng"),
        ] {
            assert_eq!(write(text), expected, "{text}");
        }
        assert_eq!(windows_1258("Đắk"), [0xD0, 0xE3, 0xEC, b'k']);
    }
}
