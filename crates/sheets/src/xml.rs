//! Walks the XML of a part, event by event, against the clock.
//!
//! In:  the text of a part.
//! Out: events without entities expanded by a DTD, without recursion; attributes without copies.
//!
//! What programs write is plain and read here (`plain`); where anything else stands, the library goes on from that
//! place (`general`). Both give the same events, which the tests hold them to.

mod attributes;
mod general;
mod plain;
#[cfg(test)]
mod same;

use crate::refusal::one_line;
use crate::{Clock, Refusal};
pub(crate) use attributes::Attributes;
use general::General;
use memchr::memchr;
use plain::Plain;
use quick_xml::events::BytesRef;
use std::borrow::Cow;
use thidua_model::issue::FileDamage;

/// `<c/>` is `<c></c>`: one way through every loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    Start(Tag<'a>),
    /// The name without its prefix.
    End(&'a str),
    /// As written, CDATA included; references come on their own.
    Text(&'a str),
    /// What stands between `&` and `;`.
    Reference(&'a str),
    /// A declaration, a comment, an instruction.
    Other,
    Eof,
}

/// The beginning of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    content: &'a str,
    /// The name without its prefix.
    local: usize,
    name_end: usize,
}

impl<'a> Tag<'a> {
    fn of(content: &'a str) -> Self {
        let name_end = content.bytes().position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(content.len());
        Self { content, local: name_end - local(&content[..name_end]).len(), name_end }
    }

    /// The name without its prefix.
    #[inline]
    pub(crate) fn name(&self) -> &'a str {
        &self.content[self.local..self.name_end]
    }

    /// Attributes as (name without prefix, value as written); stops at the first malformed one.
    #[inline]
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes::of(&self.content[self.name_end..])
    }

    /// The value of one attribute, references resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| unescape(value))
    }
}

pub(crate) struct Xml<'a> {
    plain: Plain<'a>,
    /// Goes on where something else than plain XML stood.
    general: Option<Box<General<'a>>>,
    text: &'a str,
    part: &'a str,
    clock: Clock,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str, part: &'a str, clock: Clock) -> Self {
        let text = text.trim_start_matches('\u{FEFF}');
        #[cfg(test)]
        let general = same::is_general_only().then(|| Box::new(General::new(text)));
        #[cfg(not(test))]
        let general = None;
        Self { plain: Plain::new(text), general, text, part, clock }
    }

    pub(crate) fn next(&mut self) -> Result<Event<'a>, Refusal> {
        self.clock.tick()?;
        if self.general.is_none()
            && let Some(event) = self.plain.next()
        {
            return Ok(event);
        }
        self.next_in_general()
    }

    #[cold]
    fn next_in_general(&mut self) -> Result<Event<'a>, Refusal> {
        let mut general = match self.general.take() {
            Some(general) => general,
            None => {
                let mut general = Box::new(General::new(self.text));
                while !general.is_at(self.plain.position()) {
                    self.clock.tick()?;
                    general.next().map_err(|error| self.broken(&error))?;
                }
                general
            }
        };
        let event = general.next().map_err(|error| self.broken(&error));
        self.general = Some(general);
        event
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

    // What follows is for the loops that go over every cell. Each tells whether just that stands here, in plain XML;
    // otherwise nothing has moved, and `next` tells what does.

    /// An element begins here.
    #[inline(always)]
    pub(crate) fn opens(&mut self) -> Option<Tag<'a>> {
        if self.general.is_none() { self.plain.opens() } else { None }
    }

    /// `<element a="1" b="2">`, with attributes of these names only.
    #[inline(always)]
    pub(crate) fn opens_with<const N: usize>(
        &mut self,
        element: &'static str,
        names: [u8; N],
    ) -> Option<[Option<&'a str>; N]> {
        if self.general.is_none() { self.plain.opens_with(element, names) } else { None }
    }

    /// `<element>text</element>`.
    #[inline]
    pub(crate) fn leaf(&mut self, element: &str) -> Option<&'a str> {
        if self.general.is_none() { self.plain.leaf(element) } else { None }
    }

    /// `</element>`, of the innermost element.
    #[inline(always)]
    pub(crate) fn ends(&mut self, element: &str) -> bool {
        self.general.is_none() && self.plain.ends(element)
    }

    /// Skips to the end of the element just opened.
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1usize;
        while depth > 0 {
            if self.general.is_none() {
                self.clock.tick()?;
                if self.plain.skip_words() {
                    depth -= 1;
                    continue;
                }
                if self.plain.opens().is_some() {
                    depth += 1;
                    continue;
                }
            }
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
                event => event.append_to(text),
            }
        }
    }
}

impl Event<'_> {
    /// Adds what the event says to a text.
    #[inline]
    pub(crate) fn append_to(&self, text: &mut String) {
        match self {
            Event::Text(words) if memchr(b'\r', words.as_bytes()).is_some() => {
                text.push_str(&words.replace("\r\n", "\n").replace('\r', "\n"));
            }
            Event::Text(words) => text.push_str(words),
            Event::Reference(name) => append_reference(name, text),
            _ => {}
        }
    }
}

/// The five names of XML and numbers; a name that a DTD would define stays as it is written.
fn append_reference(name: &str, text: &mut String) {
    match name {
        "lt" => text.push('<'),
        "gt" => text.push('>'),
        "amp" => text.push('&'),
        "quot" => text.push('"'),
        "apos" => text.push('\''),
        name => match BytesRef::new(name).resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            _ => {
                text.push('&');
                text.push_str(name);
                text.push(';');
            }
        },
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
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
