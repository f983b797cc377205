//! The table of shared strings, and the text of rich and inline strings.

use crate::Refusal;
use crate::encoding::xml_text;
use crate::gather::{Fonts, Gather, Shared};
use crate::xml::{Event, Xml, unescape};
use memchr::memchr;
use std::borrow::Cow;
use thidua_model::Text;

/// Nothing is allocated by what `count` and `uniqueCount` claim.
pub(super) fn read(bytes: &[u8], fonts: &mut Fonts, gather: &mut Gather<'_>) -> Result<Vec<Shared>, Refusal> {
    let (text, _) = xml_text(bytes);
    let mut xml = Xml::new(&text, "sharedStrings.xml", gather.clock);
    let mut strings = Vec::new();
    let mut buffer = String::new();
    loop {
        gather.clock.tick()?;
        if xml.opens_with("si", []).is_none() {
            match xml.next()? {
                Event::Start(tag) if tag.name() == "si" => {}
                Event::Eof => return Ok(strings),
                _ => continue,
            }
        }
        buffer.clear();
        let font = rich_text(&mut xml, "si", &mut buffer, |name| fonts.add(name))?;
        let text = unescape_controls(&buffer);
        gather.fits(&text)?;
        strings.push(Shared { text: Text::from(&*text), font });
        gather.table_size(strings.len())?;
    }
}

/// The text of `<si>` or `<is>`, pieces put together, readings of Japanese left out; ends behind
/// its end tag. Gives the font of the first piece, 0 if it names none.
pub(super) fn rich_text(
    xml: &mut Xml<'_>,
    element: &'static str,
    text: &mut String,
    mut font_named: impl FnMut(&str) -> u16,
) -> Result<u16, Refusal> {
    // Nearly always: one text.
    if let Some(words) = xml.leaf("t") {
        text.push_str(words);
        if xml.ends(element) {
            return Ok(0);
        }
    }
    let (mut font, mut in_text) = (0, false);
    loop {
        if let Some(words) = xml.leaf("t") {
            text.push_str(words);
            in_text = false;
        }
        let event = xml.next()?;
        match &event {
            Event::Start(tag) => match tag.name() {
                "t" => in_text = true,
                "rPh" | "phoneticPr" => xml.skip()?,
                "rFont" if font == 0 && text.is_empty() => {
                    if let Some((_, name)) = tag.attributes().find(|(name, _)| *name == "val") {
                        font = font_named(&unescape(name));
                    }
                }
                _ => {}
            },
            Event::End(tag) => match *tag {
                "t" => in_text = false,
                name if name == element => return Ok(font),
                _ => {}
            },
            Event::Eof => return Err(xml.cut()),
            event if in_text => {
                event.append_to(text);
            }
            _ => {}
        }
    }
}

/// `_x000D_` is how the format writes characters that XML cannot hold.
pub(super) fn unescape_controls(text: &str) -> Cow<'_, str> {
    if memchr(b'_', text.as_bytes()).is_none() || !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = code.filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push(c);
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_controls_are_unescaped_and_other_underscores_stay() {
        for (text, expected) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("so_xuat", "so_xuat"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_xD800_", "_xD800_"),
            ("_x00", "_x00"),
            ("_xđđđđ_", "_xđđđđ_"),
        ] {
            assert_eq!(unescape_controls(text), expected, "{text}");
        }
    }
}
