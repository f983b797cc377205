//! The words by which the head of every form tells its sender, when letters of them are lost.
//!
//! In:  `??n v? báo cáo : C?CS Tr??ng Hoa Ban`.
//! Out: `Đơn vị báo cáo : C?CS Tr??ng Hoa Ban`: the phrase can be no other; the name stays, and is
//!      compared with the register as it is.

const PHRASES: &[&str] =
    &["Đơn vị báo cáo", "Tên đơn vị", "Công đoàn cấp trên", "Liên đoàn Lao động", "Số liệu tính đến ngày"];
/// The phrase stands at the beginning, at most behind a bracket and a number.
const MAX_BEFORE: usize = 6;

pub(super) fn restore(text: &str) -> Option<String> {
    if !text.contains(is_lost) {
        return None;
    }
    let starts = text.char_indices().take(MAX_BEFORE).map(|(at, _)| at);
    starts.into_iter().find_map(|start| {
        let (phrase, end) =
            PHRASES.iter().find_map(|phrase| Some((phrase, start + length(phrase, &text[start..])?)))?;
        Some(format!("{}{phrase}{}", &text[..start], &text[end..]))
    })
}

/// Bytes of the text that are the phrase, some letters of it lost.
fn length(phrase: &str, text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut has_lost = false;
    for wanted in phrase.chars() {
        let (_, c) = chars.next()?;
        let is_gone = is_lost(c) && !wanted.is_ascii();
        has_lost |= is_gone;
        if !is_gone && !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let end = chars.next().map_or(text.len(), |(at, _)| at);
    has_lost.then_some(end)
}

fn is_lost(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_head_come_back_and_names_stay() {
        for (text, expected) in [
            ("??n v? báo cáo : C?CS Hoa Ban", Some("Đơn vị báo cáo : C?CS Hoa Ban")),
            ("(S? li?u tính ??n ngày : ☒ 31/5)", Some("(Số liệu tính đến ngày : ☒ 31/5)")),
            ("CÔNG ?OÀN C?P TRÊN:", Some("Công đoàn cấp trên:")),
            ("Đơn vị báo cáo : C?CS Hoa Ban", None),
            ("Đơn vị nào?", None),
            ("?", None),
        ] {
            assert_eq!(restore(text).as_deref(), expected, "{text}");
        }
    }
}
