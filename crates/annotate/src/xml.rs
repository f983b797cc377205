//! Walks the XML of a part and changes it where it stands.
//!
//! In:  the text of a part.
//! Out: its pieces with the bytes they take; tags and texts as they are read and written.
//!
//! Not here: which piece means what, putting other pieces in their place (`splice`).

mod splice;

pub(crate) use splice::{Splice, append, prefixed};

use crate::Unfit;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::ops::Range;

/// What a piece of XML is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `<a>`
    Open,
    /// `<a/>`
    Empty,
    /// `</a>`
    Close,
    /// Text, references, CDATA.
    Text,
    /// Declarations, comments, instructions.
    Other,
}

/// A piece of a part.
#[derive(Debug, Clone)]
pub(crate) struct Step<'t> {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
    /// As it is written.
    pub(crate) raw: &'t str,
    /// How many elements are open around it.
    pub(crate) depth: usize,
}

impl<'t> Step<'t> {
    /// The name of the element without its prefix; empty for what is no element.
    pub(crate) fn local(&self) -> &'t str {
        let name = self.name();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix of the element with its colon, or nothing.
    pub(crate) fn prefix(&self) -> &'t str {
        let name = self.name();
        name.rfind(':').map_or("", |at| &name[..=at])
    }

    fn name(&self) -> &'t str {
        match self.kind {
            Kind::Open | Kind::Empty | Kind::Close => name(self.raw),
            Kind::Text | Kind::Other => "",
        }
    }

    /// An element begins here.
    pub(crate) fn is_start(&self) -> bool {
        matches!(self.kind, Kind::Open | Kind::Empty)
    }

    /// The value of an attribute, by its name without prefix, references resolved.
    pub(crate) fn attr(&self, local: &str) -> Option<Cow<'t, str>> {
        attr(self.raw, local)
    }
}

/// Goes through a part once, forwards.
pub(crate) struct Walk<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: usize,
}

impl<'t> Walk<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        Self { text, reader, depth: 0 }
    }

    /// The next piece; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Step<'t>>, Unfit> {
        let start = self.position();
        let event = self.reader.read_event().map_err(|_| Unfit)?;
        let kind = match event {
            Event::Start(_) => Kind::Open,
            Event::Empty(_) => Kind::Empty,
            Event::End(_) => Kind::Close,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => Kind::Text,
            Event::Eof if self.depth > 0 => return Err(Unfit),
            Event::Eof => return Ok(None),
            _ => Kind::Other,
        };
        if kind == Kind::Close {
            self.depth = self.depth.checked_sub(1).ok_or(Unfit)?;
        }
        let range = start..self.position();
        let step = Step { kind, raw: self.text.get(range.clone()).ok_or(Unfit)?, range, depth: self.depth };
        if kind == Kind::Open {
            self.depth += 1;
        }
        Ok(Some(step))
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// Goes on behind the end of the element that `open` began, and gives the bytes of the whole element.
    pub(crate) fn whole(&mut self, open: &Step<'t>) -> Result<Range<usize>, Unfit> {
        let mut end = open.range.end;
        if open.kind == Kind::Open {
            loop {
                let step = self.next()?.ok_or(Unfit)?;
                if step.kind == Kind::Close && step.depth == open.depth {
                    end = step.range.end;
                    break;
                }
            }
        }
        Ok(open.range.start..end)
    }
}

/// The name of a tag as it is written, prefix included.
fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(inside.len());
    &inside[..end]
}

/// An attribute of a tag.
struct Attr<'t> {
    name: &'t str,
    value: &'t str,
    /// From its name to its closing quote.
    range: Range<usize>,
    /// Of what stands between the quotes.
    value_at: Range<usize>,
}

/// The attributes of a tag; stops at the first malformed one.
fn attrs(tag: &str) -> impl Iterator<Item = Attr<'_>> {
    let mut at = tag.find(name(tag)).unwrap_or(0) + name(tag).len();
    std::iter::from_fn(move || {
        let rest = &tag[at..];
        let start = at + rest.len() - rest.trim_ascii_start().len();
        let equals = start + tag[start..].find('=')?;
        let name = tag[start..equals].trim_ascii_end();
        // Behind a name without a value.
        let name = name.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or(name);
        let quoted = tag[equals + 1..].trim_ascii_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let first = tag.len() - quoted.len() + 1;
        let last = first + tag[first..].find(quote)?;
        at = last + 1;
        Some(Attr { name, value: &tag[first..last], range: start..at, value_at: first..last })
    })
}

/// The value of an attribute of a tag, by its name without prefix.
pub(crate) fn attr<'t>(tag: &'t str, local: &str) -> Option<Cow<'t, str>> {
    attrs(tag)
        .find(|attr| attr.name.rsplit(':').next() == Some(local) && !attr.name.starts_with("xmlns"))
        .map(|attr| unescaped(attr.value))
}

/// The namespaces that a tag declares, as (prefix, name); the prefix of the default one is empty.
pub(crate) fn namespaces(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    attrs(tag).filter_map(|attr| {
        let rest = attr.name.strip_prefix("xmlns")?;
        Some((rest.strip_prefix(':').unwrap_or(rest), attr.value))
    })
}

/// The tag with an attribute (named without prefix) set.
pub(crate) fn with_attr(tag: &str, name: &str, value: &str) -> String {
    let value = escaped(value);
    if let Some(found) = attrs(tag).find(|attr| attr.name == name) {
        return format!("{}{value}{}", &tag[..found.value_at.start], &tag[found.value_at.end..]);
    }
    let end = tag.len() - tag_end(tag);
    format!("{} {name}=\"{value}\"{}", tag[..end].trim_end(), &tag[end..])
}

/// The tag without an attribute.
pub(crate) fn without_attr(tag: &str, name: &str) -> String {
    match attrs(tag).find(|attr| attr.name == name) {
        Some(found) => format!("{}{}", tag[..found.range.start].trim_end(), &tag[found.range.end..]),
        None => tag.to_owned(),
    }
}

/// `<a/>` as `<a>`.
pub(crate) fn opened(tag: &str) -> String {
    format!("{}>", tag[..tag.len() - tag_end(tag)].trim_end())
}

/// Length of `>` or `/>`.
fn tag_end(tag: &str) -> usize {
    if tag.ends_with("/>") { 2 } else { usize::from(tag.ends_with('>')) }
}

/// A value or a text with references resolved; as written where that fails.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains('&') {
        quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// A text as XML takes it, in an element or in quotes. What XML cannot hold at all is left out.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if is_unwritable(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// A text of a cell or a comment: `_x0041_` would be read as a letter, so its underscore is written as one.
pub(crate) fn cell_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_code = rest.as_bytes().get(6) == Some(&b'_')
            && rest.get(2..6).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        out.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = &rest[2..];
    }
    out.push_str(rest);
    if out.contains(is_unwritable) {
        // What XML cannot hold is written by its number.
        out = out.chars().fold(String::new(), |mut text, c| {
            match c {
                c if is_unwritable(c) => text.push_str(&format!("_x{:04X}_", u32::from(c))),
                c => text.push(c),
            }
            text
        });
    }
    escaped(&out)
}

fn is_unwritable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_changed_in_one_attribute_alone() {
        for (tag, value, with, without) in [
            ("<c r=\"A1\" s=\"3\"/>", "3", "<c r=\"A1\" s=\"7\"/>", "<c r=\"A1\"/>"),
            ("<c s='3' r='A1'>", "3", "<c s='7' r='A1'>", "<c r='A1'>"),
            ("<x:c\n r=\"A1\" >", "-", "<x:c\n r=\"A1\" s=\"7\">", "<x:c\n r=\"A1\" >"),
            ("<c/>", "-", "<c s=\"7\"/>", "<c/>"),
            ("<c xs=\"1\" s = \"3\">", "3", "<c xs=\"1\" s = \"7\">", "<c xs=\"1\">"),
        ] {
            assert_eq!(attr(tag, "s").as_deref().unwrap_or("-"), value, "{tag}");
            assert_eq!(with_attr(tag, "s", "7"), with, "{tag}");
            assert_eq!(without_attr(tag, "s"), without, "{tag}");
        }
    }

    #[test]
    fn pieces_take_all_bytes_of_a_part() {
        let text = "<?xml version=\"1.0\"?>\n<!-- a --><a x='1'><b/>t&amp;<![CDATA[<]]><c> </c></a>\n";
        let mut walk = Walk::new(text);
        let mut all = String::new();
        let mut shown = Vec::new();
        while let Some(step) = walk.next().unwrap() {
            all.push_str(step.raw);
            if !step.local().is_empty() {
                shown.push(format!("{:?} {} {}", step.kind, step.local(), step.depth));
            }
        }
        assert_eq!(all, text);
        assert_eq!(shown, ["Open a 0", "Empty b 1", "Open c 1", "Close c 1", "Close a 0"]);
        assert!(
            std::iter::from_fn({
                let mut walk = Walk::new("<a><b></a>");
                move || walk.next().transpose()
            })
            .any(|step| step.is_err())
        );
    }

    #[test]
    fn what_is_added_takes_the_prefix_of_the_part() {
        for (text, expected) in [
            ("<a><b/></a>", "<a><b/><n x=\"1\">t</n></a>"),
            ("<a/>", "<a><n x=\"1\">t</n></a>"),
            ("<p:a xmlns:p=\"u\"></p:a>\n", "<p:a xmlns:p=\"u\"><p:n x=\"1\">t</p:n></p:a>\n"),
        ] {
            assert_eq!(append(text, "<n x=\"1\">t</n>").unwrap(), expected);
        }
        assert!(append("no xml", "<n/>").is_err());
    }

    #[test]
    fn texts_of_people_stay_texts() {
        for (text, expected) in [
            ("a<b> & \"c\"", "a&lt;b&gt; &amp; &quot;c&quot;"),
            ("một\ndòng\u{0}\r", "một\ndòng_x0000__x000D_"),
            ("_x0041_ _x41_", "_x005F_x0041_ _x41_"),
            ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ] {
            assert_eq!(cell_text(text), expected);
        }
    }
}
