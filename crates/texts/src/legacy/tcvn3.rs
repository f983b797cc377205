//! TCVN3 (ABC): the fonts `.Vn…` show Vietnamese letters in the places of Latin-1.
//!
//! In:  text as such files hold it, `®oµn viªn`.
//! Out: Unicode, `đoàn viên`; `None` for text with letters that these fonts do not have.
//!
//! Source: TCVN 5712:1993, set VN3. It has no capitals with tones: fonts ending in `H` show capitals
//! for small letters.

/// From 0xA1 on; a space stands where the set has no letter.
#[rustfmt::skip]
static LETTERS: [char; 0x5F] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', ' ', ' ',
    ' ', ' ', ' ', ' ', 'à', 'ả', 'ã', 'á', 'ạ', ' ', 'ằ', 'ẳ', 'ẵ', 'ắ', ' ', ' ',
    ' ', ' ', ' ', ' ', ' ', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', ' ', 'ẻ', 'ẽ', 'é',
    'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', ' ', ' ', ' ', 'ĩ', 'í', 'ị', 'ò', ' ',
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', ' ',
    'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', ' ',
];

/// Unicode for a text in a `.Vn` font. `is_capital`: a font that shows capitals alone.
pub(super) fn decode(text: &str, is_capital: bool) -> Option<String> {
    let mut decoded = String::with_capacity(text.len() * 2);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // `12 µg` is a measure.
        let is_unit_sign = matches!(c, 'µ' | 'μ')
            && before.is_ascii_digit()
            && chars.peek().is_some_and(|next| matches!(next, 'g' | 'm' | 'l' | 's' | 'A' | 'V' | 'W' | 'F'));
        before = if c.is_whitespace() { before } else { c };
        decoded.push(if is_unit_sign { c } else { letter(c)? });
    }
    Some(if is_capital { decoded.to_uppercase() } else { raise(&decoded, text) })
}

/// `None` for a letter that these fonts do not have.
fn letter(c: char) -> Option<char> {
    match c {
        // The micro sign became a Greek letter in files that were converted once.
        'μ' => Some('à'),
        '\u{A1}'..='\u{FF}' => match LETTERS[c as usize - 0xA1] {
            ' ' if c.is_alphabetic() && !matches!(c, 'ª' | 'º') => None,
            ' ' => Some(c),
            found => Some(found),
        },
        c if c.is_ascii() || !(c.is_alphabetic() || super::is_mark(c)) => Some(c),
        _ => None,
    }
}

/// `HOµN THµNH` means capitals throughout: in a text without small letters, else in a word of at
/// least two capitals.
fn raise(decoded: &str, raw: &str) -> String {
    let count = |text: &str, is: fn(&char) -> bool| text.chars().filter(is).count();
    let is_loud = |text: &str, least: usize| {
        count(text, char::is_ascii_lowercase) == 0 && count(text, char::is_ascii_uppercase) >= least
    };
    if is_loud(raw, 4) {
        return decoded.to_uppercase();
    }
    if !raw.split(' ').any(|word| is_loud(word, 2)) {
        return decoded.to_owned();
    }
    // Letters become letters one by one, spaces stay spaces.
    let words = decoded.split(' ').zip(raw.split(' '));
    let raised = words.map(|(word, raw)| if is_loud(raw, 2) { word.to_uppercase() } else { word.to_owned() });
    raised.collect::<Vec<_>>().join(" ")
}

/// The text as a `.Vn` font needs it; `None` for what it cannot show.
#[cfg(test)]
pub(super) fn encode(text: &str) -> Option<String> {
    let position = |c: char| LETTERS.iter().position(|letter| *letter == c && c != ' ');
    text.chars().map(|c| if c.is_ascii() { Some(c) } else { char::from_u32(position(c)? as u32 + 0xA1) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_old_files_hold_becomes_unicode() {
        for (raw, expected) in [
            ("Céng hßa x· héi chñ nghÜa ViÖt Nam", Some("Cộng hòa xã hội chủ nghĩa Việt Nam")),
            ("§éc lËp - Tù do - H¹nh phóc", Some("Độc lập - Tự do - Hạnh phúc")),
            ("Tæng sè lao ®éng", Some("Tổng số lao động")),
            ("Ng\u{AD}êi “®\u{AD}îc” tÝnh", Some("Người “được” tính")),
            ("C¤NG §OµN C¥ Së", Some("CÔNG ĐOÀN CƠ SỞ")),
            ("H\u{AD}íng dÉn, thùc hiÖn, khuyÕn khÝch, hËu ®Ëu", Some("Hướng dẫn, thực hiện, khuyến khích, hậu đậu")),
            ("5 µg", Some("5 µg")),
            ("đoàn", None),
            ("o\u{309}", None),
        ] {
            assert_eq!(decode(raw, false).as_deref(), expected, "{raw}");
        }
        assert_eq!(decode("tæng sè", true).as_deref(), Some("TỔNG SỐ"));
    }

    #[test]
    fn every_small_letter_has_a_place() {
        for c in super::super::syllable::TONES.iter().flatten().chain(&['đ']).filter(|c| !c.is_ascii()) {
            let raw = encode(&c.to_string()).unwrap_or_else(|| panic!("{c}"));
            assert_eq!(decode(&raw, false), Some(c.to_string()));
        }
    }
}
