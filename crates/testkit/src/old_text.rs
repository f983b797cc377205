//! Vietnamese text as files from before Unicode hold it.
//!
//! In:  Unicode.
//! Out: the characters that such a file holds in the places of Latin-1. Written from the published
//!      tables, not from the reader's.

/// TCVN3, for the fonts `.Vn…`. Capitals with tones do not exist there and become small letters.
pub fn tcvn3(text: &str) -> String {
    const FROM: &str = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
    const TO: &str = "¡¢£¤¥¦§¨©ª«¬\u{AD}®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ";
    let to_code = |c: char| FROM.chars().position(|from| from == c).and_then(|at| TO.chars().nth(at));
    text.chars().map(|c| to_code(c).or_else(|| to_code(c.to_lowercase().next()?)).unwrap_or(c)).collect()
}

/// VNI, for the fonts `VNI-…`: a letter and a mark behind it.
pub fn vni(text: &str) -> String {
    const PAIRS: &str = "à aø á aù ả aû ã aõ ạ aï ă aê ằ aè ắ aé ẳ aú ẵ aü ặ aë â aâ ầ aà ấ aá ẩ aå ẫ aã ậ aä \
        è eø é eù ẻ eû ẽ eõ ẹ eï ê eâ ề eà ế eá ể eå ễ eã ệ eä ì ì í í ỉ æ ĩ ó ị ò \
        ò oø ó où ỏ oû õ oõ ọ oï ô oâ ồ oà ố oá ổ oå ỗ oã ộ oä ơ ô ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï \
        ù uø ú uù ủ uû ũ uõ ụ uï ư ö ừ öø ứ öù ử öû ữ öõ ự öï ỳ yø ý yù ỷ yû ỹ yõ ỵ î đ ñ";
    let words: Vec<&str> = PAIRS.split_whitespace().collect();
    let to_pair = |c: char| words.chunks(2).find(|pair| pair[0].starts_with(c)).map(|pair| pair[1]);
    let mut old = String::new();
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        match to_pair(small) {
            Some(pair) if c == small => old.push_str(pair),
            Some(pair) => old.push_str(&pair.to_uppercase()),
            None => old.push(c),
        }
    }
    old
}

/// What is left when the plain ư of TCVN3, a soft hyphen there, is dropped on the way.
pub fn without_plain_u(text: &str) -> String {
    text.replace(['ư', 'Ư'], "")
}

/// What is left when letters outside of Latin-1 become question marks.
pub fn question_marks(text: &str) -> String {
    text.chars().map(|c| if c > '\u{FF}' && c.is_alphabetic() { '?' } else { c }).collect()
}
