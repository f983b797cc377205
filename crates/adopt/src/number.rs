//! What stands before a line: `I`, `1.`, `1.2`, `a)`, `-`.
//!
//! In:  the text of a TT cell, or the beginning of a label.
//! Out: its style, by which lines lie above or below one another, and what follows it.

/// How a line is numbered. Lines of one style stand on one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// `A`, `B.`
    Upper,
    /// `I`, `II.`
    Roman,
    /// `1`, `1.2`: the number of parts.
    Digits(u8),
    /// `a)`
    Lower,
    /// `-`, `–`
    Dash,
    /// `+`, `*`, `•`
    Plus,
    None,
}

/// The style of a TT cell, `None` for anything that is no number.
pub(crate) fn style_of(text: &str) -> Style {
    let text = text.trim();
    match text {
        "-" | "–" | "—" => return Style::Dash,
        "+" | "*" | "•" => return Style::Plus,
        _ => {}
    }
    let bare = text.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']', '/', ':', '-', '–', ' ']);
    if bare.is_empty() || bare.len() > 12 {
        return Style::None;
    }
    let parts: Vec<&str> = bare.split('.').collect();
    let is_digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if parts.iter().all(is_digits) {
        return Style::Digits(parts.len().min(9) as u8);
    }
    // `I.1`, `A.2`: below the letter.
    if parts.len() > 1 && parts[1..].iter().all(is_digits) && matches!(style_of(parts[0]), Style::Upper | Style::Roman)
    {
        return Style::Digits(parts.len().min(9) as u8 - 1);
    }
    if bare.len() <= 5 && bare.bytes().all(|b| b"IVX".contains(&b)) {
        return Style::Roman;
    }
    match bare.as_bytes() {
        [b'A'..=b'Z'] => Style::Upper,
        [b'a'..=b'z'] => Style::Lower,
        _ if bare == "Đ" => Style::Upper,
        _ if bare == "đ" => Style::Lower,
        _ => Style::None,
    }
}

/// The number at the beginning of a label, and the label behind it: `1.2. Số lớp`, `- Nữ`.
pub(crate) fn split(label: &str) -> (Style, &str) {
    let label = label.trim_start();
    for (marks, style) in [(&['-', '–', '—'][..], Style::Dash), (&['+', '*', '•'][..], Style::Plus)] {
        if let Some(rest) = label.strip_prefix(marks) {
            return (style, rest.trim_start());
        }
    }
    let end = label.find(|c: char| c.is_whitespace()).unwrap_or(label.len());
    // `1.Số lớp` and `a)Nữ` have no space.
    let head = label[..end].find([')', '/']).map_or(end, |at| at + 1);
    let dotted = label[..head].rfind('.').map(|at| at + 1).filter(|at| *at < head);
    for end in [Some(head), dotted].into_iter().flatten() {
        let mark = &label[..end];
        let is_marked = mark.ends_with(['.', ')', '/', ':', '-']);
        let style = style_of(mark);
        let rest = label[end..].trim_start_matches(['-', '–', ':', ' ']);
        // `1.2 Số lớp` is numbered; `5 người` and `A được` are not.
        let is_number = is_marked || matches!(style, Style::Digits(2..)) || (style == Style::Roman && mark.len() > 1);
        if style != Style::None && is_number && !rest.is_empty() {
            return (style, rest);
        }
    }
    (Style::None, label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lines_are_told_by_their_style() {
        for (text, style) in [
            ("I", Style::Roman),
            ("IV.", Style::Roman),
            ("A", Style::Upper),
            ("B.", Style::Upper),
            ("1", Style::Digits(1)),
            ("(1)", Style::Digits(1)),
            ("1.2.", Style::Digits(2)),
            ("I.1", Style::Digits(1)),
            ("a)", Style::Lower),
            ("-", Style::Dash),
            ("+", Style::Plus),
            ("Số", Style::None),
            ("", Style::None),
        ] {
            assert_eq!(style_of(text), style, "{text}");
        }
    }

    #[test]
    fn a_number_is_taken_off_a_label_and_words_are_not() {
        for (text, style, rest) in [
            ("1. Tổng số lao động", Style::Digits(1), "Tổng số lao động"),
            ("1.Tổng số", Style::Digits(1), "Tổng số"),
            ("1.2 Số lớp", Style::Digits(2), "Số lớp"),
            ("a) Nữ", Style::Lower, "Nữ"),
            ("II. Tổ chức", Style::Roman, "Tổ chức"),
            ("A- SỐ LIỆU", Style::Upper, "SỐ LIỆU"),
            ("- Trong đó: nữ", Style::Dash, "Trong đó: nữ"),
            ("+ Số người", Style::Plus, "Số người"),
            ("5 người", Style::None, "5 người"),
            ("Tổng số", Style::None, "Tổng số"),
            ("1.", Style::None, "1."),
        ] {
            assert_eq!(split(text), (style, rest), "{text}");
        }
    }
}
