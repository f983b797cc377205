//! Walks the XML of a part, event by event, against the clock.
//!
//! In:  the text of a part.
//! Out: events without entities expanded by a DTD, without recursion; attributes without copies.

use crate::refusal::one_line;
use crate::{Clock, Refusal};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use thidua_model::issue::FileDamage;

pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    clock: Clock,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str, part: &'a str, clock: Clock) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // `<c/>` is `<c></c>`: one way through every loop.
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, part, clock }
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Result<Event<'a>, Refusal> {
        self.clock.tick()?;
        self.reader.read_event().map_err(|error| self.broken(&error))
    }

    fn broken(&self, error: &quick_xml::Error) -> Refusal {
        use quick_xml::errors::{Error, SyntaxError};
        // Something that was opened and never closed.
        if matches!(error, Error::Syntax(problem) if *problem != SyntaxError::InvalidBangMarkup) {
            return self.cut();
        }
        Refusal::damaged(FileDamage::Xml { part: self.part.into(), problem: one_line(&error.to_string(), 120).into() })
    }

    /// The part ended before what was open was closed.
    pub(crate) fn cut(&self) -> Refusal {
        Refusal::damaged(FileDamage::CutShort)
    }

    /// Skips to the end of the element just opened.
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(self.cut()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The text inside the element just opened, CDATA and references included, comments and the
    /// text of inner elements not; ends behind its end tag.
    pub(crate) fn text_into(&mut self, text: &mut String) -> Result<(), Refusal> {
        loop {
            match self.next()? {
                Event::End(_) => return Ok(()),
                Event::Start(_) => self.skip()?,
                Event::Eof => return Err(self.cut()),
                event => {
                    append_text(&event, text);
                }
            }
        }
    }
}

/// Adds what an event says to a text; `false` when it is no text.
#[inline]
pub(crate) fn append_text(event: &Event<'_>, text: &mut String) -> bool {
    match event {
        Event::Text(words) => text.push_str(&words.xml10_content()),
        Event::CData(words) => text.push_str(&words.xml10_content()),
        Event::GeneralRef(reference) => append_reference(reference, text),
        _ => return false,
    }
    true
}

/// The five names of XML and numbers; a name that a DTD would define stays as it is written.
fn append_reference(reference: &BytesRef<'_>, text: &mut String) {
    match &**reference {
        "lt" => text.push('<'),
        "gt" => text.push('>'),
        "amp" => text.push('&'),
        "quot" => text.push('"'),
        "apos" => text.push('\''),
        name => match reference.resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            _ => {
                text.push('&');
                text.push_str(name);
                text.push(';');
            }
        },
    }
}

/// The name without its prefix.
#[inline]
pub(crate) fn local<'e>(tag: &'e BytesStart<'_>) -> &'e str {
    let name = tag.name().0;
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

pub(crate) fn local_end<'e>(tag: &'e quick_xml::events::BytesEnd<'_>) -> &'e str {
    let name = tag.name().0;
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Attributes as (name without prefix, value as written); stops at the first malformed one.
#[inline]
pub(crate) fn attributes<'e>(tag: &'e BytesStart<'_>) -> Attributes<'e> {
    Attributes { rest: tag.attributes_raw() }
}

pub(crate) struct Attributes<'e> {
    rest: &'e str,
}

impl<'e> Iterator for Attributes<'e> {
    type Item = (&'e str, &'e str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = rest.bytes().position(|b| b == b'=')?;
        let name = rest[..equals].trim_ascii_end();
        // Behind its prefix, or behind a name without a value.
        let name = name.bytes().rposition(|b| b == b':' || b.is_ascii_whitespace()).map_or(name, |at| &name[at + 1..]);
        let value = rest[equals + 1..].trim_ascii_start();
        let quote = *value.as_bytes().first().filter(|b| matches!(b, b'"' | b'\''))?;
        let value = &value[1..];
        let end = value.bytes().position(|b| b == quote)?;
        self.rest = &value[end + 1..];
        Some((name, &value[..end]))
    }
}

/// The value of one attribute, references resolved.
pub(crate) fn attribute<'e>(tag: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    attributes(tag).find(|(found, _)| *found == name).map(|(_, value)| unescape(value))
}

/// An attribute's value with references resolved; as written where that fails.
pub(crate) fn unescape(value: &str) -> Cow<'_, str> {
    if value.contains('&') {
        quick_xml::escape::unescape(value).unwrap_or(Cow::Borrowed(value))
    } else {
        Cow::Borrowed(value)
    }
}

/// `1`, `true`, `on` of an attribute.
pub(crate) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "TRUE" | "True" | "on")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn attributes_are_read_without_prefix_and_malformed_ones_end_the_list() {
        for (tag, expected) in [
            (r#"a x="1" r:id='rId2'"#, "x=1 id=rId2"),
            ("a\n x = \"1\"\t y=''", "x=1 y="),
            (r#"a x="1" y z="2""#, "x=1 z=2"),
            (r#"a x="1" y=2"#, "x=1"),
            (r#"a x="&lt;&#65;&nope;""#, "x=&lt;&#65;&nope;"),
            ("a", ""),
        ] {
            let start = BytesStart::from_content(tag, 1);
            let shown: Vec<String> = attributes(&start).map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(shown.join(" "), expected, "{tag}");
        }
    }

    #[test]
    fn text_is_put_together_from_its_pieces() {
        for (inside, expected) in [
            ("12", "12"),
            ("1<!-- no -->2", "12"),
            ("<![CDATA[1<2]]>3", "1<23"),
            ("a&amp;b&#x41;&unknown;", "a&bA&unknown;"),
            ("a<b>no</b>c", "ac"),
            ("a\r\nb", "a\nb"),
            ("", ""),
        ] {
            let whole = format!("<v>{inside}</v>");
            let mut xml = Xml::new(&whole, "test", Clock::start(&Limits::default()));
            assert!(matches!(xml.next(), Ok(Event::Start(_))));
            let mut text = String::new();
            xml.text_into(&mut text).expect("well-formed");
            assert_eq!(text, expected, "{inside}");
        }
    }
}
