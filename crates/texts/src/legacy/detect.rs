//! Which encoding the texts of a sheet are in, where their fonts do not say.
//!
//! In:  the texts.
//! Out: for each text the conversion, or that it is Unicode as it stands.
//!
//! A word counts for an encoding when it is a Vietnamese syllable in that encoding and none as it
//! stands: "®oµn", "ñoaøn". Three different words are needed, and a text with a word that is
//! Vietnamese only as it stands is never converted. Texts that could be either ("cô" is "cụ" in
//! TCVN3) follow the rest of the sheet.

use super::syllable::is_syllable;
use super::{Way, is_odd, tcvn3, vni};
use std::borrow::Cow;
use std::collections::BTreeSet;
use thidua_model::text::nfc;

/// Different words that an encoding must explain before it is believed.
const WORDS: usize = 3;
/// Words more that windows-1258 must explain before a text is believed to have been read in it.
const WORDS_OF_PAGE: usize = 2;
/// Texts looked at, and words of a text: the beginning tells.
const MAX_TEXTS: usize = 5_000;
const MAX_WORDS: usize = 100;
/// A longer word is no word of a language.
const MAX_WORD: usize = 60;

/// An encoding, and how its bytes became the characters that stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Code {
    way: Way,
    page: Page,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Latin,
    /// A file that does not tell its encoding is read as windows-1258, which has some letters of
    /// its own in the places of Latin-1.
    Windows1258,
}

const TCVN3: Way = Way::Tcvn3 { is_capital: false };
const CODES: [Code; 4] = [
    Code { way: TCVN3, page: Page::Latin },
    Code { way: Way::Vni, page: Page::Latin },
    Code { way: TCVN3, page: Page::Windows1258 },
    Code { way: Way::Vni, page: Page::Windows1258 },
];

/// What was told about the texts of a sheet that have no telling font.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    /// The encodings that are there, the one with most words first.
    codes: Vec<Code>,
    /// More texts of the sheet are in the first of them than in Unicode.
    is_dominant: bool,
}

pub(super) fn detect<'t>(texts: impl Iterator<Item = &'t str>) -> Pattern {
    let mut words: [BTreeSet<String>; 4] = Default::default();
    let mut legacy = 0;
    let mut unicode = 0;
    for text in texts.filter(|text| !text.is_ascii()).take(MAX_TEXTS) {
        let mut is_legacy = false;
        for (code, words) in CODES.into_iter().zip(&mut words) {
            let weight = weigh(text, code);
            if !weight.is_ruled_out() {
                is_legacy |= !weight.only_here.is_empty();
                words.extend(weight.only_here.into_iter().map(str::to_owned));
            }
        }
        if is_legacy {
            legacy += 1;
        } else {
            unicode += usize::from(text.split_whitespace().any(|word| !word.is_ascii() && is_syllable(&nfc(word))));
        }
    }
    let counts = words.map(|words| words.len());
    let mut found: Vec<(usize, Code)> = (0..2)
        .map(|way| {
            let of_page = way + 2;
            let at = if counts[of_page] >= counts[way] + WORDS_OF_PAGE { of_page } else { way };
            (counts[at], CODES[at])
        })
        .filter(|(words, _)| *words >= WORDS)
        .collect();
    found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
    Pattern { codes: found.into_iter().map(|(_, code)| code).collect(), is_dominant: legacy > unicode }
}

impl Pattern {
    /// The readable text and how it was written; `None` for Unicode.
    pub(super) fn decode(&self, text: &str) -> Option<(String, Way)> {
        if text.is_ascii() {
            return None;
        }
        let mut best: Option<(Weight<'_>, Code)> = None;
        for &code in &self.codes {
            let weight = weigh(text, code);
            if !weight.is_ruled_out()
                && best.as_ref().is_none_or(|(most, _)| weight.only_here.len() > most.only_here.len())
            {
                best = Some((weight, code));
            }
        }
        let (weight, code) = best?;
        let follows = self.is_dominant && self.codes[0] == code;
        if weight.only_here.is_empty() && !follows {
            return None;
        }
        code.decode(text).map(|decoded| (decoded, code.way))
    }
}

/// What a font says of a text: its encoding, as far as the text agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// Vietnamese in the font's encoding alone.
    Legacy,
    /// Vietnamese, or only possible, as it stands.
    Unicode,
    Either,
}

/// Whether a text in a font of an old encoding is in that encoding: people type Unicode into cells
/// that have an old font from the file before.
pub(super) fn agreement(text: &str, way: Way) -> Agreement {
    let weight = weigh(text, Code { way, page: Page::Latin });
    // Names of other peoples are no syllables in any encoding: "Krông Búk".
    let has_sign = is_odd(text) || text.contains(['«', '»']);
    match (weight.is_possible, weight.only_here.is_empty()) {
        (false, _) => Agreement::Unicode,
        (true, false) => Agreement::Legacy,
        (true, true) if weight.only_unicode > 0 || (weight.either == 0 && !has_sign) => Agreement::Unicode,
        (true, true) => Agreement::Either,
    }
}

impl Code {
    fn decode(self, text: &str) -> Option<String> {
        let text = match self.page {
            Page::Latin => Cow::Borrowed(text),
            Page::Windows1258 => text.chars().map(latin_of).collect(),
        };
        match self.way {
            Way::Tcvn3 { is_capital } => tcvn3::decode(&text, is_capital),
            Way::Vni => vni::decode(&text),
            Way::Remains | Way::Apart | Way::Restored => None,
        }
    }
}

/// The character of Latin-1 in the place of one that windows-1258 has of its own.
const fn latin_of(c: char) -> char {
    match c {
        'Ă' => 'Ã',
        '\u{300}' => 'Ì',
        'Đ' => 'Ð',
        '\u{309}' => 'Ò',
        'Ơ' => 'Õ',
        'Ư' => 'Ý',
        '\u{303}' => 'Þ',
        'ă' => 'ã',
        '\u{301}' => 'ì',
        'đ' => 'ð',
        '\u{323}' => 'ò',
        'ơ' => 'õ',
        'ư' => 'ý',
        '₫' => 'þ',
        c => c,
    }
}

struct Weight<'t> {
    /// Every letter exists in the encoding.
    is_possible: bool,
    /// Words that are Vietnamese in the encoding and not as they stand.
    only_here: Vec<&'t str>,
    only_unicode: usize,
    either: usize,
}

impl Weight<'_> {
    fn is_ruled_out(&self) -> bool {
        !self.is_possible || self.only_unicode > 0
    }
}

fn weigh(text: &str, code: Code) -> Weight<'_> {
    let mut weight = Weight { is_possible: true, only_here: Vec::new(), only_unicode: 0, either: 0 };
    let is_between = |c: char| {
        c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphabetic()) || matches!(c, '\u{2000}'..='\u{206F}')
    };
    let words = text.split(is_between).filter(|word| !word.is_ascii() && word.len() <= MAX_WORD);
    for word in words.take(MAX_WORDS) {
        let Some(decoded) = code.decode(word) else {
            weight.is_possible = false;
            break;
        };
        // One sign alone is a bullet or a paragraph sign.
        if word.chars().nth(1).is_none() && !word.chars().all(char::is_alphabetic) {
            continue;
        }
        match (is_syllable(&decoded), is_syllable(&nfc(word))) {
            (true, false) if word.contains(|c: char| c.is_ascii_alphabetic()) => weight.only_here.push(word),
            (false, true) => weight.only_unicode += 1,
            (true, true) => weight.either += 1,
            _ => {}
        }
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_believed_after_three_words_that_are_vietnamese_in_it_alone() {
        for (texts, way) in [
            (&["Tæng sè lao ®éng", "- Trong ®ã: n÷"][..], Some(TCVN3)),
            (&["Toång soá lao ñoäng", "Ngöôøi"][..], Some(Way::Vni)),
            // 0xD2 and 0xF2 of TCVN3 as windows-1258 shows them.
            (&["Sè ti\u{309}n th\u{301}i gian h\u{303}nh", "c\u{323}ng ®ãng ti\u{309}p, kiÓm"][..], Some(TCVN3)),
            (&["Tổng số lao động", "Trong đó: nữ"][..], None),
            (&["Café på hôtel", "Müller für Köln", "5 µg ®"][..], None),
            (&["Tæng sè"][..], None),
        ] {
            let pattern = detect(texts.iter().copied());
            assert_eq!(pattern.codes.first().map(|code| code.way), way, "{texts:?}");
        }
    }

    #[test]
    fn a_text_that_is_vietnamese_as_it_stands_is_never_converted() {
        let texts = ["Tæng sè lao ®éng", "ThiÕu kinh phÝ", "Kh¸", "Đơn vị: Trường Hoa Ban", "đóng góp, trình độ"];
        let pattern = detect(texts.into_iter());
        let shown = texts.map(|text| pattern.decode(text).map_or_else(|| text.to_owned(), |(decoded, _)| decoded));
        let expected = ["Tổng số lao động", "Thiếu kinh phí", "Khá", "Đơn vị: Trường Hoa Ban", "đóng góp, trình độ"];
        assert_eq!(shown, expected);
        for (text, expected) in [
            ("Phòng họp", Agreement::Unicode),
            ("Krông Búk", Agreement::Unicode),
            ("Čư M'gar", Agreement::Unicode),
            ("Kr«ng Bók", Agreement::Either),
            ("Tæng sè", Agreement::Legacy),
            ("cô", Agreement::Either),
        ] {
            assert_eq!(agreement(text, TCVN3), expected, "{text}");
        }
    }
}
