//! Bytes become text: what a part or a file says about its encoding, and what its bytes show.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use std::borrow::Cow;

/// The text of an XML part: a byte order mark, UTF-16 by its zeros, UTF-8 when it is valid, else the
/// declaration.
pub(crate) fn xml_text(bytes: &[u8]) -> (Cow<'_, str>, Decoded) {
    text(bytes, b"encoding=", UTF_8)
}

/// The text of an XML part, whatever its encoding; what is not of the encoding is U+FFFD.
pub fn part_text(bytes: &[u8]) -> Cow<'_, str> {
    xml_text(bytes).0
}

/// The text of a CSV or HTML file: as of an XML part; what the page declares, else the Vietnamese
/// code page of Windows.
pub(crate) fn file_text(bytes: &[u8]) -> (Cow<'_, str>, Decoded) {
    text(bytes, b"charset=", WINDOWS_1258)
}

/// `label`: what stands before the name of an encoding; `last`: what it is when nothing tells.
fn text<'b>(bytes: &'b [u8], label: &[u8], last: &'static Encoding) -> (Cow<'b, str>, Decoded) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decode(encoding, bytes);
    }
    if let Some(text) = utf_8(bytes) {
        return (Cow::Borrowed(text), Decoded { encoding: UTF_8, is_faithful: true });
    }
    let declared = label_after(bytes, label).filter(|&encoding| encoding != UTF_8);
    decode(declared.unwrap_or(last), bytes)
}

/// As `std::str::from_utf8`, which does not look through it in wide steps.
pub(crate) fn utf_8(bytes: &[u8]) -> Option<&str> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes)? {
        Cow::Borrowed(text) => Some(text),
        Cow::Owned(_) => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) encoding: &'static Encoding,
    /// No byte had to be replaced.
    pub(crate) is_faithful: bool,
}

fn decode<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> (Cow<'b, str>, Decoded) {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    (text, Decoded { encoding, is_faithful: !has_errors })
}

/// UTF-16 as some exporters write it: every second byte of the beginning is zero.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(256) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if even == 0 && odd * 2 > pairs => Some(UTF_16LE),
        () if odd == 0 && even * 2 > pairs => Some(UTF_16BE),
        () => None,
    }
}

/// `charset="utf-8"` and the like in the first kilobytes.
fn label_after(bytes: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let start = head.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))? + key.len();
    let label = head[start..].iter().skip_while(|b| matches!(b, b'"' | b'\'' | b' '));
    let label: Vec<u8> =
        label.copied().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).take(40).collect();
    Encoding::for_label(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_by_mark_by_zeros_by_validity_and_by_declaration() {
        let utf_16 = |text: &str, is_big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let plain = "Số lao động; 12";
        for (name, bytes, expected) in [
            ("UTF-8", plain.as_bytes().to_vec(), "UTF-8"),
            ("UTF-8 with mark", [b"\xEF\xBB\xBF", plain.as_bytes()].concat(), "UTF-8"),
            ("UTF-16LE with mark", [b"\xFF\xFE".to_vec(), utf_16(plain, false)].concat(), "UTF-16LE"),
            ("UTF-16BE with mark", [b"\xFE\xFF".to_vec(), utf_16(plain, true)].concat(), "UTF-16BE"),
            ("UTF-16LE", utf_16(plain, false), "UTF-16LE"),
            ("UTF-16BE", utf_16(plain, true), "UTF-16BE"),
        ] {
            let (text, decoded) = file_text(&bytes);
            assert_eq!((&*text, decoded.encoding.name(), decoded.is_faithful), (plain, expected, true), "{name}");
        }
        // "Số" with the tone as a combining mark, as windows-1258 writes it.
        let (text, decoded) = file_text(b"S\xF4\xEC");
        assert_eq!(
            (&*text, decoded.encoding.name()),
            ("So\u{302}\u{301}".replace("o\u{302}", "ô").as_str(), "windows-1258")
        );
        let (text, _) = file_text(b"<meta charset=windows-1252>\xE0");
        assert!(text.ends_with('à'));
        let (text, _) = xml_text(b"<?xml version='1.0' encoding='windows-1258'?>\xD2");
        assert!(text.ends_with('\u{309}'), "{text}");
        assert!(!xml_text(b"<a>\xFF\xFF</a>").1.is_faithful);
    }
}
