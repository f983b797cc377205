//! The plain XML that programs write: tags, text, references, a declaration at the beginning.
//!
//! In:  the text of a part.
//! Out: the same events as the library gives (`general`), several times faster; `None` as soon as
//!      anything else stands there, malformed tags included: the library goes on from that place.

use super::{Event, Tag};
use memchr::{memchr, memchr2, memchr3};

pub(super) struct Plain<'a> {
    text: &'a str,
    at: usize,
    /// Elements not yet closed: the whole name, and where it begins without its prefix.
    open: Vec<(&'a str, usize)>,
    /// `<c/>` was given as `<c>`: its end comes next.
    is_empty: bool,
}

/// No spreadsheet nests deeper.
const DEEPEST: usize = 200;

impl<'a> Plain<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open: Vec::new(), is_empty: false }
    }

    /// How far the text was read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// After `None` nothing has moved.
    pub(super) fn next(&mut self) -> Option<Event<'a>> {
        if self.is_empty {
            self.is_empty = false;
            return self.close();
        }
        let bytes = self.text.as_bytes();
        match bytes.get(self.at) {
            Some(b'<') => match bytes.get(self.at + 1)? {
                b'/' => {
                    self.at = self.behind_end(self.at, self.open.last()?.0)?;
                    self.close()
                }
                b'!' => None,
                b'?' => self.declaration(),
                _ => self.opens().map(Event::Start),
            },
            Some(b'&') => {
                let length = memchr3(b';', b'&', b'<', &bytes[self.at + 1..])?;
                let end = self.at + 1 + length;
                let name = Some(&self.text[self.at + 1..end]).filter(|_| bytes[end] == b';')?;
                self.at = end + 1;
                Some(Event::Reference(name))
            }
            Some(_) => {
                let length = memchr2(b'<', b'&', &bytes[self.at..]).unwrap_or(bytes.len() - self.at);
                let start = self.at;
                self.at += length;
                Some(Event::Text(&self.text[start..self.at]))
            }
            None => Some(Event::Eof),
        }
    }

    /// `<element a="1" b="2">` with attributes whose names are among these letters, and nothing else in it.
    #[inline(always)]
    pub(super) fn opens_with<const N: usize>(
        &mut self,
        element: &'static str,
        names: [u8; N],
    ) -> Option<[Option<&'a str>; N]> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..)?.strip_prefix(b"<")?.strip_prefix(element.as_bytes())?;
        if self.is_empty || self.open.len() == DEEPEST {
            return None;
        }
        let mut at = bytes.len() - rest.len();
        let mut values = [None; N];
        let is_empty = loop {
            match bytes.get(at..at + 2)? {
                [b'>', _] => break false,
                b"/>" => break true,
                // openpyxl writes ` />`.
                b" /" => at += 1,
                [b' ', name] => {
                    let place = names.iter().position(|known| known == name)?;
                    bytes.get(at + 2..)?.strip_prefix(b"=\"")?;
                    let end = find(bytes, at + 4, b'"')?;
                    values[place] = Some(&self.text[at + 4..end]);
                    at = end + 1;
                }
                _ => return None,
            }
        };
        self.is_empty = is_empty;
        self.open.push((element, 0));
        self.at = at + 1 + usize::from(is_empty);
        Some(values)
    }

    /// The element that begins here; `None`, and nothing has moved, when something else stands here.
    #[inline(always)]
    pub(super) fn opens(&mut self) -> Option<Tag<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        if self.is_empty || self.open.len() == DEEPEST || *bytes.get(self.at)? != b'<' {
            return None;
        }
        let (mut at, mut local) = (start, start);
        // Names with quotes are beyond us: the library looks for their pairs.
        loop {
            match *bytes.get(at)? {
                b'>' | b' ' | b'\t' | b'\r' | b'\n' => break,
                b'/' if at == start || *bytes.get(at + 1)? == b'>' => break,
                b'!' | b'?' if at == start => return None,
                b':' => local = at + 1,
                b'"' | b'\'' => return None,
                _ => {}
            }
            at += 1;
        }
        let name = Some(&self.text[start..at]).filter(|name| !name.is_empty())?;
        let end = tag_end(bytes, at)?;
        self.is_empty = bytes[end - 1] == b'/';
        let content = &self.text[start..end - usize::from(self.is_empty)];
        self.open.push((name, local - start));
        self.at = end + 1;
        Some(Tag { content, local: local - start, name_end: name.len() })
    }

    /// Goes behind `</element>`, the end of the innermost element; `false`, and nothing has moved, when something
    /// else stands here.
    #[inline(always)]
    pub(super) fn ends(&mut self, element: &str) -> bool {
        if self.open.last().is_none_or(|(name, _)| *name != element) {
            return false;
        }
        if !std::mem::take(&mut self.is_empty) {
            let Some(behind) = self.behind_end(self.at, element) else { return false };
            self.at = behind;
        }
        self.open.pop();
        true
    }

    /// Where it goes on behind `</element>`, if that stands at this place.
    #[inline(always)]
    fn behind_end(&self, at: usize, element: &str) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(at..)?.strip_prefix(b"</")?.strip_prefix(element.as_bytes())?.strip_prefix(b">")?;
        Some(bytes.len() - rest.len())
    }

    /// The text of `<element>text</element>`, when that is what stands here, without references or old line ends.
    #[inline]
    pub(super) fn leaf(&mut self, element: &str) -> Option<&'a str> {
        if self.is_empty {
            return None;
        }
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..)?.strip_prefix(b"<")?.strip_prefix(element.as_bytes())?;
        let open = bytes.len() - rest.len();
        let start = match *rest.first()? {
            b'>' => open + 1,
            // `<t xml:space="preserve">`
            b' ' => Some(tag_end(bytes, open)?).filter(|&end| bytes[end - 1] != b'/')? + 1,
            _ => return None,
        };
        let end = start + memchr3(b'<', b'&', b'\r', bytes.get(start..)?)?;
        self.at = self.behind_end(end, element)?;
        Some(&self.text[start..end])
    }

    /// Leaves out the words that stand here; `true` when the innermost element ended behind them.
    #[inline]
    pub(super) fn skip_words(&mut self) -> bool {
        if std::mem::take(&mut self.is_empty) {
            self.open.pop();
            return true;
        }
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr(b'<', rest).unwrap_or(rest.len());
        match self.open.last().and_then(|(name, _)| self.behind_end(self.at, name)) {
            Some(behind) => {
                self.at = behind;
                self.open.pop();
                true
            }
            None => false,
        }
    }

    #[inline(always)]
    fn close(&mut self) -> Option<Event<'a>> {
        let (name, local) = self.open.pop()?;
        Some(Event::End(&name[local..]))
    }

    fn declaration(&mut self) -> Option<Event<'a>> {
        let bytes = self.text.as_bytes();
        let is_first = self.at == 0 && bytes.starts_with(b"<?xml ");
        let end = memchr(b'>', bytes).filter(|&end| is_first && bytes[end - 1] == b'?')?;
        self.at = end + 1;
        Some(Event::Other)
    }
}

/// Where the `>` of a tag stands; one inside a value is none.
#[inline]
fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at),
            quote @ (b'"' | b'\'') => at = find(bytes, at + 1, quote)? + 1,
            _ => at += 1,
        }
    }
}

/// Where a byte stands from a place on: values of attributes are short, most of the time.
#[inline]
pub(super) fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    let near = bytes.len().min(from + 16);
    match bytes.get(from..near)?.iter().position(|&byte| byte == wanted) {
        Some(at) => Some(from + at),
        None => memchr(wanted, bytes.get(near..)?).map(|at| near + at),
    }
}
